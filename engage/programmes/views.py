"""Residents' screens of programmes."""

from flask import Blueprint

bp = Blueprint("programmes", __name__, template_folder="templates")
