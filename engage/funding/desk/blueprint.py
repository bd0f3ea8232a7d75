"""The blueprint that all of funding's screens for staff, reviewers and coaches hang on."""

from flask import Blueprint

bp = Blueprint("funding_desk", __name__, template_folder="../templates")
