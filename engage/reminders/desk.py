"""Staff's and hosts' screens of reminders."""

from flask import Blueprint

bp = Blueprint("reminders_desk", __name__, template_folder="templates")
