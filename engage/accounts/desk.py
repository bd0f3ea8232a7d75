"""Staff's and hosts' screens of accounts."""

from flask import Blueprint

bp = Blueprint("accounts_desk", __name__, template_folder="templates")
