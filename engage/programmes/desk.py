"""Staff's and hosts' screens of programmes."""

from flask import Blueprint

bp = Blueprint("programmes_desk", __name__, template_folder="templates")
