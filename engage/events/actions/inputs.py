"""What the steps of a proposal give: plain values, as forms, the API and the demo all can make them."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from engage.core.text import Localized
from engage.events.rules import Audience, Hour, Minors, Reach
from engage.events.rules.series import Rule


@dataclass(frozen=True)
class What:
    """What it is about, in one language."""

    programme_id: UUID
    locale: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class When:
    """Wall time in the event's zone. An end that is not after the start means the next day.

    `start_hour` and `end_hour` say which one is meant where the clocks bring an hour twice.
    """

    day: date
    start: time
    end: time
    start_hour: Hour | None = None
    end_hour: Hour | None = None


@dataclass(frozen=True)
class Where:
    """A public venue, or (without one) a home. An empty address keeps the one on record."""

    neighbourhood_id: UUID | None = None
    venue_id: UUID | None = None
    address: str = ""
    directions: str = ""
    reveal_hours: int | None = None  # None: as the programme says


@dataclass(frozen=True)
class WhenAndWhere:
    """Time and place; without a time yet, a draft keeps the one it has."""

    when: When | None
    where: Where


@dataclass(frozen=True)
class Details:
    """Who it is for and what helps them come. `food` is in `locale`."""

    locale: str
    spoken: tuple[str, ...] = ()
    interpreted: tuple[str, ...] = ()
    capacity: int | None = None
    is_step_free: bool = False
    has_hearing_loop: bool = False
    has_sign_language: bool = False
    has_childcare: bool = False
    helps_transport: bool = False
    food: str = ""
    minors: Minors = Minors.WITH_ADULT


@dataclass(frozen=True)
class ToGuests:
    """A letter to an event's people; `form_key` makes the same form one letter, however often it is sent."""

    form_key: str
    subject: Localized
    body: Localized
    audience: Audience = Audience.REGISTERED
    reach: Reach = Reach.EVENT


Step = What | WhenAndWhere | Details


@dataclass(frozen=True)
class Words:
    """An event's texts in one language; an empty one is taken away."""

    locale: str
    title: str
    description: str
    food: str = ""


@dataclass(frozen=True)
class Plan:
    """What all dates of a new series have in common; `form_key` makes the form sent twice one series."""

    form_key: str
    rule: Rule
    what: What
    details: Details
    facilitator_id: UUID | None = None
