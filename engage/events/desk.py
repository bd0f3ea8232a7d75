"""Staff's and hosts' screens of events."""

from flask import Blueprint

bp = Blueprint("events_desk", __name__, template_folder="templates")
