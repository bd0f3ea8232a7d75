"""Staff's and hosts' screens of messages."""

from flask import Blueprint

bp = Blueprint("messages_desk", __name__, template_folder="templates")
