"""Meetings for calendars and feed readers. A home is in none of them: its neighbourhood is."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, render_template, request

from engage.api.views import bp
from engage.core import access, clock, i18n, pages
from engage.core.city import city
from engage.core.i18n import gettext as _
from engage.core.pages.kept import public_page
from engage.core.refusal import NotFound
from engage.core.text import clean, markdown
from engage.events import adapters
from engage.events.models import Event
from engage.events.queries import listing, options, showing
from engage.events.queries.listing import Filters
from engage.events.rules import Phase
from engage.places import queries as places

CALENDAR = "text/calendar"
ATOM = "application/atom+xml"


@bp.get("/<locale>/events/<slug>.ics")
@access.public
def event_file(slug: str) -> Response:
    """Give one meeting as a calendar entry."""
    seen = showing.glance(slug, clock.now())
    response = public_page(seen.version, lambda: _entry_file(seen), mimetype=CALENDAR)
    response.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response


def _entry_file(seen: showing.Glance) -> str:
    entry = adapters.entry_of(showing.public_event(seen.event_id), i18n.locale())
    return adapters.calendar_file(entry, method="CANCEL" if seen.phase == Phase.CANCELLED else "PUBLISH").decode()


@bp.get("/<locale>/feeds/events.ics")
@bp.get("/<locale>/feeds/programmes/<programme>.ics")
@bp.get("/<locale>/feeds/neighbourhoods/<area>.ics")
@access.public
def calendar_feed(programme: str | None = None, area: str | None = None) -> Response:
    """Give all meetings, or those of a programme or neighbourhood, as a calendar to subscribe to."""
    wishes, name = _wishes(programme, area)
    now = clock.now()
    return public_page(listing.version(now), lambda: _calendar(wishes, name, now), mimetype=CALENDAR)


def _calendar(wishes: Filters, name: str, now: datetime) -> str:
    entries = [adapters.entry_of(event, i18n.locale()) for event in showing.for_calendar(wishes, now=now)]
    return adapters.calendar_feed(entries, name=name, url=_here()).decode()


@bp.get("/<locale>/feeds/series/<slug>.ics")
@access.public
def series_feed(slug: str) -> Response:
    """Give the dates of one series as a calendar to subscribe to."""
    now = clock.now()
    seen = showing.series_glance(slug, now)
    return public_page(seen.version, lambda: _series_calendar(seen, now), mimetype=CALENDAR)


def _series_calendar(seen: showing.SeriesGlance, now: datetime) -> str:
    events = showing.for_calendar(Filters(series_id=seen.series_id), now=now)
    entries = [adapters.entry_of(event, i18n.locale()) for event in events]
    name = next((event.series.title.shown(i18n.locale()).text for event in events if event.series), city().name)
    return adapters.calendar_feed(entries, name=name, url=_here()).decode()


@bp.get("/<locale>/feeds/events.atom")
@bp.get("/<locale>/feeds/programmes/<programme>.atom")
@bp.get("/<locale>/feeds/neighbourhoods/<area>.atom")
@access.public
def atom(programme: str | None = None, area: str | None = None) -> Response:
    """Give the meetings published last, for feed readers (RFC 4287)."""
    wishes, name = _wishes(programme, area)
    now = clock.now()
    return public_page(listing.version(now), lambda: _atom(wishes, name, now), mimetype=ATOM)


def _atom(wishes: Filters, name: str, now: datetime) -> str:
    events = showing.newest(wishes, now=now)
    entries = [(event, adapters.entry_of(event, i18n.locale()), _html(event)) for event in events]
    updated = max((event.changed_at for event in events), default=datetime(2000, 1, 1, tzinfo=UTC))
    return render_template("api/atom.xml", name=name, here=_here(), entries=entries, updated=updated)


def _html(event: Event) -> str:
    return str(markdown(event.description.shown(i18n.locale()).text))


def _wishes(programme: str | None, area: str | None) -> tuple[Filters, str]:
    """Return what a feed's path asks for, and the feed's name. Raises NotFound."""
    language = clean(request.args.get("language", "")) or None
    if area is not None:
        place = places.neighbourhood(area)
        name = _("Meetings in %(area)s, %(city)s", area=place.name, city=city().name)
        return Filters(areas=places.with_below({place.id}), language=language), name
    if programme is not None:
        way = next((way for way in options.ways() if way.slug == programme), None)
        if way is None:
            raise NotFound
        name = _("%(kind)s in %(city)s", kind=way.name.shown(i18n.locale()).text, city=city().name)
        return Filters(programme=programme, language=language), name
    return Filters(language=language), _("Meetings in %(city)s", city=city().name)


def _here() -> str:
    given: dict[str, Any] = {**(request.view_args or {}), "language": request.args.get("language")}
    return pages.address(request.endpoint or "", **{name: value for name, value in given.items() if value})
