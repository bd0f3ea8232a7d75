"""The blueprint that all of funding's screens for residents and hosts hang on."""

from flask import Blueprint

bp = Blueprint("funding", __name__, template_folder="../templates")
