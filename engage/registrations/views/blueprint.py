"""The blueprint that residents' screens of registrations hang on."""

from flask import Blueprint

bp = Blueprint("registrations", __name__, template_folder="../templates")
