"""Staff's and hosts' screens of attendance."""

from flask import Blueprint

bp = Blueprint("attendance_desk", __name__, template_folder="templates")
