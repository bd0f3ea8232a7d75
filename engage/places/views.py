"""Residents' screens of places."""

import hashlib

from flask import Blueprint, Response, g, render_template

from engage.accounts.queries import AREAS
from engage.core import access
from engage.core.pages import public_page
from engage.places import queries

bp = Blueprint("places", __name__, template_folder="templates")

# A role's areas mean those below them as well: accounts asks, places knows.
AREAS.expand = queries.with_below
AREAS.named = lambda: [(area.id, area.name) for area in queries.all_neighbourhoods()]
bp.add_app_template_global(queries.chart, "chart_of")


@bp.get("/<locale>/neighbourhoods")
@access.public
def index() -> Response:
    """Show the city as a map and a list, with what is coming in each neighbourhood."""
    counts = queries.coming_counts(g.now)
    version = hashlib.blake2b(repr(sorted(counts.items())).encode(), digest_size=8).hexdigest()
    return public_page(version, lambda: render_template("places/index.html", areas=queries.all_neighbourhoods(), counts=counts))
