"""What other programs read: calendars, feeds, the map of the site, and whether it is well."""

from flask import Blueprint

bp = Blueprint("api", __name__, template_folder="../templates")

from engage.api.views import feeds, health, sitemap  # noqa: E402, F401 - they hang their screens on `bp`
