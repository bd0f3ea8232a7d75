"""Feeds, calendars and health."""

from flask import Blueprint

bp = Blueprint("api", __name__)
