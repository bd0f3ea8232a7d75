"""The blueprint that all screens of concerns for residents hang on."""

from flask import Blueprint

bp = Blueprint("concerns", __name__, template_folder="../templates")
