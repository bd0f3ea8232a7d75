"""The list, the calendar and the page of an event, for everybody."""

from calendar import Calendar
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from flask import Response, render_template, request, url_for

from engage.core import access, clock, i18n, pages
from engage.core.access import Actor
from engage.core.city import city
from engage.core.pages import Panel
from engage.core.pages.kept import public_page
from engage.core.refusal import NotFound
from engage.events import policy, queries, rules
from engage.events.models import Event
from engage.events.queries import listing, showing
from engage.events.queries.listing import Filters
from engage.events.queries.showing import Glance
from engage.events.rules import Acceptance, LanguageUse, PersonRole
from engage.events.views import bp, filters, structured
from engage.events.views.filters import FilterForm
from engage.events.views.finding import event_for
from engage.places import queries as places
from engage.programmes import queries as programmes

IN_PANELS = 5
places.counted_by(listing.counts_by_neighbourhood)
programmes.counted_by(queries.count_shown)


@bp.get("/<locale>/events")
@access.public
def index() -> Response:
    """Show what is coming, as a list."""
    now = clock.now()
    return public_page(listing.version(now), lambda: _list(now))


def _list(now: datetime) -> str:
    form = filters.asked()
    wishes = form.wishes()
    found = listing.page(wishes, now=now, after=request.args.get("after"))
    form.offer({*found.languages, *filter(None, [wishes.language])})
    areas = [] if request.args.get("after") else places.all_neighbourhoods()
    context = {"found": found, "wishes": wishes, "areas": areas}
    return render_template("events/index.html", form=form, **context, **_frame(form))


def _frame(form: FilterForm) -> dict[str, Any]:
    return {
        "narrowed": filters.narrowed, "is_filtered": filters.is_filtered(),
        "news": filters.news(form), "feed": filters.feed(form),
    }


@bp.get("/<locale>/events/calendar")
@access.public
def calendar() -> Response:
    """Show a month, as a calendar."""
    now = clock.now()
    return public_page(listing.version(now), lambda: _month(now))


def _month(now: datetime) -> str:
    today = clock.local(now, city().zone).date()
    first = filters.chosen_month(today.replace(day=1))
    form = filters.asked()
    form.offer(())
    month = listing.month(first, form.wishes())
    weeks = Calendar(_first_weekday()).monthdatescalendar(first.year, first.month)
    months = {"before": first - timedelta(days=1), "first": first, "after": (first + timedelta(days=32)).replace(day=1)}
    context = {"month": month, "weeks": weeks, "months": months, "today": today}
    return render_template("events/calendar.html", form=form, **context, **_frame(form))


def _first_weekday() -> int:
    """Return the day weeks begin with where the city is, Monday as 0."""
    try:
        return int(Locale.parse(f"und_{city().country}").first_week_day) if city().country else 0
    except (UnknownLocaleError, ValueError):
        return 0


@bp.get("/<locale>/events/<slug>")
@access.public
def show(slug: str) -> Response:
    """Show one meeting, and the one thing to do about it: sign up."""
    seen = showing.glance(slug, clock.now())
    return public_page(seen.version, lambda: _event(seen))


def _event(seen: Glance) -> str:
    event = showing.public_event(seen.event_id)
    return render_template(
        "events/show.html", **_shown(event), phase=seen.phase,
        structured=structured.event(event, i18n.locale()), url=pages.address("events.show", slug=event.slug),
    )


@bp.get("/<locale>/my/events/<uuid:event_id>/page")
@access.signed_in()
def inside(event_id: UUID) -> str:
    """Show the page of a closed meeting to those who run it, as its guests see it."""
    event_for(policy.may_open, event_id)
    return closed_page(event_id, back_url=url_for(".manage", event_id=event_id))


def closed_page(event_id: UUID, *, back_url: str = "", join_url: str = "") -> str:
    """Return the page of a closed meeting for somebody who may enter: kept by nobody, found by no search engine.

    Whoever calls has asked whether they may. Raises NotFound for a meeting that is not closed, or not announced.
    """
    event = showing.closed_event(event_id)
    if event.starts_at is None:
        raise NotFound
    phase = rules.phase(event.state, event.starts_at, event.ends_at, clock.now())
    return render_template("events/closed.html", **_shown(event), phase=phase, back_url=back_url, join_url=join_url)


def _shown(event: Event) -> dict[str, Any]:
    """Return what a meeting's page tells, whoever opens it."""
    return {
        "event": event, "access": _access(event),
        "seats": rules.public_seats(event.capacity, event.seats_taken, event.is_sign_up_paused),
        "hosts": _called(event, PersonRole.HOST, PersonRole.CO_HOST), "facilitators": _called(event, PersonRole.FACILITATOR),
        "officials": _people(event, PersonRole.OFFICIAL), "partners": _called(event, PersonRole.PARTNER),
        "spoken": _languages(event, LanguageUse.SPOKEN), "interpreted": _languages(event, LanguageUse.INTERPRETED),
    }


def _people(event: Event, *roles: PersonRole) -> list[Any]:
    there = (part for part in event.people if part.role in roles and part.acceptance == Acceptance.ACCEPTED and part.called)
    return sorted(there, key=lambda part: (roles.index(PersonRole(part.role)), part.called.casefold()))


def _called(event: Event, *roles: PersonRole) -> list[str]:
    return [part.called for part in _people(event, *roles)]


def _languages(event: Event, use: LanguageUse) -> list[str]:
    return sorted(i18n.language_name(language.code) for language in event.languages if language.use == use)


def _access(event: Event) -> list[str]:
    venue = event.venue
    given = {
        "step-free": event.is_step_free or (venue is not None and venue.is_step_free),
        "hearing-loop": event.has_hearing_loop or (venue is not None and venue.has_hearing_loop),
        "sign-language": event.has_sign_language,
        "childcare": event.has_childcare,
        "transport": event.helps_transport,
    }
    return [name for name, is_given in given.items() if is_given]


# --- coming meetings on pages of others -------------------------------------------------------------


def _of_programme(_actor: Actor, programme: Any) -> dict[str, Any]:
    wishes = Filters(programme=programme.slug)
    cards = listing.coming(IN_PANELS, now=clock.now(), filters=wishes)
    return {"cards": cards, "narrow": {"programme": programme.slug}, "news": {"programme": programme.id}}


PANELS: tuple[Panel, ...] = (Panel("programme", 10, "events/panel.html", _of_programme),)
