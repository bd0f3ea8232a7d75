"""One meeting as a line in a public list: plain values, and the columns they are read from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, or_, select

from engage.core.text import Localized
from engage.events import rules
from engage.events.models import Event, EventLanguage
from engage.events.rules import LanguageUse, Seats, State
from engage.places import queries as places
from engage.places.models import Venue
from engage.programmes.models import Programme
from engage.programmes.rules import Sign, SignUpMode

# What eases coming; a venue's own ramp or loop counts as the meeting's.
ACCESS: Mapping[str, ColumnElement[bool]] = {
    "step-free": or_(Event.is_step_free, func.coalesce(Venue.is_step_free, False)),
    "hearing-loop": or_(Event.has_hearing_loop, func.coalesce(Venue.has_hearing_loop, False)),
    "sign-language": Event.has_sign_language.is_(True),
    "childcare": Event.has_childcare.is_(True),
    "transport": Event.helps_transport.is_(True),
}


def aggregated(text: Any) -> Any:
    """Join a column's values with commas: `string_agg` or `group_concat`."""
    return func.aggregate_strings(text, ",")


_SAID = EventLanguage.use + ":" + EventLanguage.code
_LANGUAGES = select(aggregated(_SAID)).where(EventLanguage.event_id == Event.id).correlate(Event).scalar_subquery()
COLUMNS: tuple[ColumnElement[Any], ...] = (
    *(getattr(Event, name).label(name) for name in (
        "id", "slug", "title", "state", "starts_at", "ends_at", "wall_start", "zone", "capacity", "seats_taken",
        "is_sign_up_paused", "neighbourhood_id",
    )),
    Programme.name.label("programme"), Programme.slug.label("programme_slug"),
    Programme.sign.label("sign"), Programme.sign_up_mode.label("sign_up_mode"),
    Venue.name.label("venue"), _LANGUAGES.label("languages"),
    *(is_given.label(f"access_{name.replace('-', '_')}") for name, is_given in ACCESS.items()),
)


@dataclass(frozen=True)
class Card:
    """One meeting as a line in a list. The place is a public venue's name, or None: a home."""

    id: UUID
    slug: str
    title: Localized
    state: State
    starts_at: datetime
    ends_at: datetime
    zone: str
    capacity: int | None
    seats: Seats
    programme: Localized
    programme_slug: str
    sign: Sign
    sign_up_mode: SignUpMode
    neighbourhood_id: UUID | None
    venue: str | None
    access: tuple[str, ...]
    spoken: tuple[str, ...]
    interpreted: tuple[str, ...]

    @property
    def neighbourhood(self) -> str:
        """Return the area's name, from those that this process keeps."""
        return next((area.name for area in places.all_neighbourhoods() if area.id == self.neighbourhood_id), "")


def card_of(row: Row[Any]) -> Card:
    """Return what a row of COLUMNS says."""
    return Card(
        id=row.id,
        slug=row.slug,
        title=row.title,
        state=State(row.state),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        capacity=row.capacity,
        seats=rules.public_seats(row.capacity, row.seats_taken, row.is_sign_up_paused),
        programme=row.programme,
        programme_slug=row.programme_slug,
        sign=Sign(row.sign),
        sign_up_mode=SignUpMode(row.sign_up_mode),
        neighbourhood_id=row.neighbourhood_id,
        venue=row.venue,
        access=tuple(name for name in ACCESS if getattr(row, f"access_{name.replace('-', '_')}")),
        spoken=_languages(row.languages, LanguageUse.SPOKEN),
        interpreted=_languages(row.languages, LanguageUse.INTERPRETED),
    )


def _languages(joined: str | None, use: LanguageUse) -> tuple[str, ...]:
    pairs = (pair.partition(":") for pair in (joined or "").split(",") if pair)
    return tuple(sorted(code for name, _, code in pairs if name == use))
