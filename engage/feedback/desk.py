"""Staff's and hosts' screens of feedback."""

from flask import Blueprint

bp = Blueprint("feedback_desk", __name__, template_folder="templates")
