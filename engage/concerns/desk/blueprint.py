"""The blueprint that all screens of concerns for staff hang on."""

from flask import Blueprint

bp = Blueprint("concerns_desk", __name__, template_folder="../templates")
