"""What can be changed about several dates of a series: each kind says what it comes to at one date, and does it there."""

from dataclasses import dataclass, fields, replace
from datetime import datetime, time, timedelta
from typing import ClassVar, Protocol
from uuid import UUID

from engage.core import text
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused
from engage.events import queries
from engage.events.actions import changing, ending, writing
from engage.events.actions.inputs import Details, When, WhenAndWhere, Where, Words
from engage.events.actions.writing import Span
from engage.events.models import Event
from engage.events.rules import Hour, Reason
from engage.places import queries as places
from engage.places.models import Venue


class Alteration(Protocol):
    """A change of several dates, made at each as that one event is changed alone.

    `kind` is its name in the ledger; if it `tells`, those registered get a letter.
    """

    @property
    def kind(self) -> str: ...

    @property
    def tells(self) -> bool: ...

    def differs(self, event: Event, now: datetime) -> bool:
        """Say whether it changes anything at a date. Raises Refused where it can't be."""
        ...

    def make(self, event: Event, by: Actor, now: datetime) -> None:
        """Change a date. Raises NotAllowed, Refused."""
        ...


@dataclass(frozen=True)
class Shift:
    """Other hours, each date on its own day or on a weekday (Monday is 0) of its week."""

    start: time
    end: time
    weekday: int | None = None
    start_hour: Hour | None = None
    end_hour: Hour | None = None
    kind: ClassVar[str] = "Shift"
    tells: ClassVar[bool] = True

    def span(self, event: Event, now: datetime) -> Span:
        """Return the new time of a date. Raises Refused."""
        return writing.span(self._when(event), event.zone, now)

    def differs(self, event: Event, now: datetime) -> bool:
        span = self.span(event, now)
        return (span.starts_at, span.ends_at) != (event.starts_at, event.ends_at)

    def make(self, event: Event, by: Actor, now: datetime) -> None:
        stays = Where(event.neighbourhood_id, event.venue_id, reveal_hours=queries.reveal_hours(event.id))
        changing.move(event_id=event.id, to=WhenAndWhere(self._when(event), stays), by=by, now=now)

    def _when(self, event: Event) -> When:
        assert event.wall_start  # noqa: S101 - a public event has a time
        day = event.wall_start.date()
        if self.weekday is not None:
            day += timedelta(days=self.weekday - day.weekday())
        return When(day, self.start, self.end, self.start_hour, self.end_hour)


@dataclass(frozen=True)
class Elsewhere:
    """Another place of the city's list."""

    venue_id: UUID
    kind: ClassVar[str] = "Where"
    tells: ClassVar[bool] = True

    def venue(self) -> Venue:
        """Return the new place. Raises Refused."""
        try:
            return places.venue(self.venue_id)
        except NotFound as error:
            raise Refused(Reason.NO_SUCH_PLACE) from error

    def differs(self, event: Event, now: datetime) -> bool:
        venue = self.venue()
        return (venue.id, venue.neighbourhood_id) != (event.venue_id, event.neighbourhood_id)

    def make(self, event: Event, by: Actor, now: datetime) -> None:
        changing.move(event_id=event.id, to=WhenAndWhere(None, Where(venue_id=self.venue_id)), by=by, now=now)


@dataclass(frozen=True)
class Edited:
    """Other texts, or other languages and access: what was changed of what a page showed of one date.

    Of all else, each date keeps its own.
    """

    shown: Words | Details
    given: Words | Details
    tells: ClassVar[bool] = False

    @property
    def kind(self) -> str:
        return type(self.given).__name__

    @property
    def changed(self) -> tuple[str, ...]:
        """Return the names of what was changed."""
        return self._unlike(self.shown, self.given)

    def keeps(self, event: Event) -> tuple[str, ...]:
        """Return what is different at a date and stays so."""
        return tuple(name for name in self._unlike(self.shown, self._own(event)) if name not in self.changed)

    def loses(self, event: Event) -> tuple[str, ...]:
        """Return what was different at a date and is so no more."""
        lost = set(self._unlike(self._own(event), self.given)).intersection(self.changed)
        return tuple(name for name in self._unlike(self.shown, self._own(event)) if name in lost)

    def differs(self, event: Event, now: datetime) -> bool:
        return bool(self._unlike(self._fitted(event), self._own(event)))

    def make(self, event: Event, by: Actor, now: datetime) -> None:
        fitted = self._fitted(event)
        if isinstance(fitted, Words):
            changing.change_texts(event_id=event.id, words=fitted, by=by, now=now)
        else:
            changing.change_details(event_id=event.id, details=fitted, by=by, now=now)

    def _own(self, event: Event) -> Words | Details:
        read = writing.words_of if isinstance(self.given, Words) else writing.details_of
        return read(event, self.given.locale)

    def _fitted(self, event: Event) -> Words | Details:
        new = replace(self._own(event), **{name: getattr(self.given, name) for name in self.changed})
        return writing.settled(new) if isinstance(new, Details) else new

    @staticmethod
    def _unlike(one: Words | Details, other: Words | Details) -> tuple[str, ...]:
        """Return the names of what is not the same in both; a form cleans texts that were kept otherwise."""
        both = {field.name: (_read(one, field.name), _read(other, field.name)) for field in fields(one)}
        return tuple(name for name, (value, another) in both.items() if value != another)


def _read(kept: Words | Details, name: str) -> object:
    value = getattr(kept, name)
    return text.clean(value, is_long=True) if name in ("title", "description", "food") else value


@dataclass(frozen=True)
class Places:
    """How many may come; None is no limit."""

    capacity: int | None
    kind: ClassVar[str] = "Places"
    tells: ClassVar[bool] = False

    def differs(self, event: Event, now: datetime) -> bool:
        return writing.possible_capacity(event, self.capacity) != event.capacity

    def make(self, event: Event, by: Actor, now: datetime) -> None:
        changing.raise_capacity(event_id=event.id, capacity=self.capacity, by=by, now=now)


@dataclass(frozen=True)
class CalledOff:
    """Why dates do not take place, in one language."""

    reason: str
    locale: str
    kind: ClassVar[str] = "CalledOff"
    tells: ClassVar[bool] = True

    def differs(self, event: Event, now: datetime) -> bool:
        return True

    def make(self, event: Event, by: Actor, now: datetime) -> None:
        ending.cancel(event_id=event.id, reason=self.reason, locale=self.locale, by=by, now=now)
