"""The page of a series, for everybody."""

from datetime import datetime

from flask import Response, render_template

from engage.core import access, clock, pages
from engage.core.pages.kept import public_page
from engage.events.queries import showing
from engage.events.queries.showing import SeriesGlance
from engage.events.rules import State
from engage.events.views import bp


@bp.get("/<locale>/series/<slug>")
@access.public
def series(slug: str) -> Response:
    """Show the dates of a series: to sign up for one, or to follow it."""
    now = clock.now()
    seen = showing.series_glance(slug, now)
    return public_page(seen.version, lambda: _page(slug, seen, now))


def _page(slug: str, seen: SeriesGlance, now: datetime) -> str:
    found = showing.public_series(seen.series_id, now)
    on = [card for card in found.coming if card.state == State.PUBLISHED]
    off = [card for card in found.coming if card.state == State.CANCELLED]
    return render_template(
        "events/public_series.html", slug=slug, series=found, series_id=seen.series_id, on=on, off=off,
        past=[card for card in reversed(found.past) if card.state != State.CANCELLED],
        url=pages.address("events.series", slug=slug),
    )
