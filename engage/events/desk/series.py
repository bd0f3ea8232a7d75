"""Series in staff's hands: all of them, and one with its dates."""

from uuid import UUID

from flask import render_template

from engage.core import access, clock, i18n, ledger
from engage.core.pages import place_of, turned_to
from engage.core.refusal import NotFound
from engage.events import policy, queries, wording
from engage.events.desk.blueprint import STAFF, bp
from engage.events.models import Event, Series
from engage.events.queries.series import ON_A_PAGE
from engage.events.rules import State

MOST_HISTORY = 30


@bp.get("/<locale>/desk/series")
@access.signed_in(*STAFF)
def all_series() -> str:
    """Show the series of the areas staff work for, those that go on first."""
    after = turned_to()
    found = queries.every_series(access.actor(), clock.now(), after)
    shown, more = found[:ON_A_PAGE], found[ON_A_PAGE:]
    following = place_of(*shown[-1].place) if more else None
    return render_template("events/series_all.html", lines=shown, following=following, is_first=after is None)


@bp.get("/<locale>/desk/series/<uuid:series_id>")
@access.signed_in(*STAFF)
def series(series_id: UUID) -> str:
    """Show one series: its dates with state and numbers, and what can be done with several at once."""
    found, dates = opened(series_id)
    now = clock.now()
    past = [event for event in dates if event.starts_at and event.starts_at <= now]
    coming = [event for event in dates if event not in past]
    is_changeable = any(event.state == State.PUBLISHED for event in coming)
    told_of = [(entry.at, wording.series.history(entry.kind, entry.details)) for entry in ledger.history(series_id)]
    return render_template(
        "events/series.html", series=found, coming=coming, past=past, is_changeable=is_changeable, wording=wording,
        followers=len(queries.followers(series_id)), history=[line for line in told_of if line[1]][:MOST_HISTORY],
        language=i18n.locale(),
    )


def opened(series_id: UUID) -> tuple[Series, list[Event]]:
    """Return a series and its dates for staff of any of its areas; for all others it does not exist. Raises NotFound."""
    found, dates = queries.one_series(series_id), queries.dates(series_id)
    if not policy.may_open_series(access.actor(), dates):
        raise NotFound
    return found, dates
