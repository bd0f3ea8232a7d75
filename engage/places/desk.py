"""Staff's and hosts' screens of places."""

from flask import Blueprint

bp = Blueprint("places_desk", __name__, template_folder="templates")
