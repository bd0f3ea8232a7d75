"""The desk: what needs staff, on one page."""

from flask import Blueprint

bp = Blueprint("front_desk", __name__, template_folder="templates")
