"""Staff's and hosts' screens of registrations."""

from flask import Blueprint

bp = Blueprint("registrations_desk", __name__, template_folder="templates")
