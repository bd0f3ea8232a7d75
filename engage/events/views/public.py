"""The list, the calendar and the page of an event, for everybody."""

from calendar import Calendar
from datetime import datetime, timedelta
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import Response, render_template, request

from engage.core import access, clock, i18n, pages
from engage.core.access import Actor
from engage.core.city import city
from engage.core.pages import Panel
from engage.core.pages.kept import public_page
from engage.events import rules
from engage.events.models import Event
from engage.events.queries import listing, showing
from engage.events.queries.listing import Filters
from engage.events.queries.showing import Glance
from engage.events.rules import Acceptance, LanguageUse, PersonRole
from engage.events.views import bp, filters, structured
from engage.events.views.filters import FilterForm
from engage.places import queries as places

IN_PANELS = 5
places.counted_by(listing.counts_by_neighbourhood)


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
    seats = rules.public_seats(event.capacity, event.seats_taken, event.is_sign_up_paused)
    return render_template(
        "events/show.html", event=event, phase=seen.phase, seats=seats, access=_access(event),
        hosts=_called(event, PersonRole.HOST, PersonRole.CO_HOST), facilitators=_called(event, PersonRole.FACILITATOR),
        officials=_people(event, PersonRole.OFFICIAL), partners=_called(event, PersonRole.PARTNER),
        spoken=_languages(event, LanguageUse.SPOKEN), interpreted=_languages(event, LanguageUse.INTERPRETED),
        structured=structured.event(event, i18n.locale()), url=pages.address("events.show", slug=event.slug),
    )


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
