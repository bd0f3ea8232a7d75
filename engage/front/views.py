"""Residents' pages made of many features."""

from flask import Blueprint

bp = Blueprint("front", __name__, template_folder="templates")
