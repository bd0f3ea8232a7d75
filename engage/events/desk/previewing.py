"""What is known of a time and place before anything is made or moved: holidays, feasts, clocks, what else is on."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from engage.core import clock, i18n
from engage.core.city import city
from engage.core.i18n import gettext as _
from engage.core.refusal import Refused
from engage.events import adapters, queries, wording
from engage.events.actions import writing
from engage.events.actions.writing import Span
from engage.events.forms import DateForm, RuleForm, planned_dates, sent_dates
from engage.events.queries import Shared, Wanted
from engage.events.rules.series import EVENING, days_of, rotate
from engage.places.models import Venue


@dataclass(frozen=True)
class Marks:
    """What is known of a date; `is_twice`: another one of the same plan is at its time and place."""

    notes: list[str] = field(default_factory=list)
    shared: list[Shared] = field(default_factory=list)
    is_twice: bool = False

    @property
    def has_any(self) -> bool:
        return bool(self.notes or self.shared or self.is_twice)


def marks(planned: Sequence[Wanted], besides: Collection[UUID] = ()) -> Iterator[Marks]:
    """Yield what is known of each date of a plan; `besides` are the meetings that it moves."""
    seen = set[tuple[object, ...]]()
    for wanted, shared in zip(planned, queries.clashes(planned, besides), strict=True):
        spot = wanted.starts_at, wanted.venue_id
        yield Marks(_notes(wanted), shared, is_twice=spot in seen)
        seen.add(spot)


def _notes(wanted: Wanted) -> list[str]:
    """Return what calendars and clocks say of a date, each once."""
    start, end = (clock.local(instant, wanted.zone).replace(tzinfo=None) for instant in (wanted.starts_at, wanted.ends_at))
    day, is_evening = start.date(), end.time() > EVENING or end.date() > start.date()
    notes = adapters.public_holidays(day, city().country, city().region, i18n.locale())
    notes += [wording.feast(kept.feast, is_eve=kept.is_eve, is_evening=is_evening) for kept in adapters.feasts(start, end)]
    if adapters.clocks_change(day, wanted.zone):
        hour = i18n.hour(wanted.starts_at, wanted.zone)
        notes.append(_("The clocks change the night before or after. The meeting stays at %(hour)s.", hour=hour))
    return list(dict.fromkeys(notes))


@dataclass(frozen=True)
class Row:
    """One date of a preview with what is known of it; without a `span`, something about its time is wrong."""

    form: DateForm
    venue: Venue | None
    span: Span | None = None
    marks: Marks = field(default_factory=Marks)

    @property
    def is_dropped(self) -> bool:
        return bool(self.form.is_dropped.data)

    @property
    def is_wrong(self) -> bool:
        return self.span is None and not self.is_dropped


def previewed(form: RuleForm, venues: Sequence[Venue], people: Collection[UUID]) -> list[Row]:
    """Return the dates that were sent, else those the rule names, each with its marks; `people` would welcome the guests."""
    days = days_of(form.rule)
    turns = rotate(form.places, len(days))
    forms = sent_dates(venues) or planned_dates(days, turns, form.start.data, form.end.data, venues)
    known = {str(venue.id): venue for venue in venues}
    rows = [Row(each, known.get(each.venue.data), _span(each)) for each in forms]
    known_of = marks([_wanted(row.venue, row.span, people) for row in rows if row.span])
    return [replace(row, marks=next(known_of)) if row.span else row for row in rows]


def _span(form: DateForm) -> Span | None:
    if form.is_dropped.data or not form.validate():
        return None
    when = form.given().when
    try:
        return writing.span(when, city().zone, clock.now()) if when else None
    except Refused as refused:
        form.show(refused)
        return None


def _wanted(venue: Venue | None, span: Span, people: Collection[UUID]) -> Wanted:
    assert venue  # noqa: S101 - a date with a time has a place of the list
    return Wanted(span.starts_at, span.ends_at, city().zone, venue.id, venue.neighbourhood_id, frozenset(people))
