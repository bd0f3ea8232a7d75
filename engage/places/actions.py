"""Take in a city's neighbourhoods, and keep its venues."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from engage.core import city, db, ledger
from engage.core.access import Actor
from engage.core.facts import Fact
from engage.core.refusal import Refused, require
from engage.places import facts, policy, queries, rules
from engage.places.adapters import drawing, geojson
from engage.places.adapters.geojson import Place
from engage.places.models import Neighbourhood, Venue
from engage.places.rules import Reason

VENUE = ("name", "address", "neighbourhood_id", "is_step_free", "has_hearing_loop", "transport")


@dataclass(frozen=True)
class Summary:
    """What an import did, in numbers of areas; `left` were there and are not in the file."""

    created: int
    renamed: int
    redrawn: int
    unchanged: int
    left: int


def import_neighbourhoods(*, content: bytes, by: Actor, now: datetime) -> Summary:
    """Take in a GeoJSON file as a whole; areas keep their identity by code. Raises NotAllowed, Refused."""
    require(policy.may_import(by))
    places = geojson.read(content)
    queries.lock()
    known = queries.by_code()
    summary = _summary(places, known)
    rows = {place.code: known.get(place.code) or _new(place) for place in places}
    for place in places:
        _update(rows[place.code], place, rows, by)
    _draw({**known, **rows})
    city.change()  # every public page names neighbourhoods
    queries.forget()
    ledger.record(facts.NeighbourhoodsImported(summary.created, summary.renamed, summary.redrawn, summary.unchanged), by=by)
    return summary


def _summary(places: list[Place], known: Mapping[str, Neighbourhood]) -> Summary:
    here = [(place, known[place.code]) for place in places if place.code in known]
    renamed = [place for place, row in here if place.name != row.name]
    redrawn = [place for place, row in here if _is_moved(place, row)]
    changed = {place.code for place in (*renamed, *redrawn)}
    left = len(known.keys() - {place.code for place in places})
    return Summary(len(places) - len(here), len(renamed), len(redrawn), len(here) - len(changed), left)


def _is_moved(place: Place, row: Neighbourhood) -> bool:
    return place.geometry != row.geometry or place.parent != (row.parent.code if row.parent else None)


def _new(place: Place) -> Neighbourhood:
    row = Neighbourhood(code=place.code, name=place.name)
    db.session().add(row)
    db.session().flush()
    return row


def _update(row: Neighbourhood, place: Place, rows: Mapping[str, Neighbourhood], by: Actor) -> None:
    if row.name != place.name:
        ledger.record(facts.NeighbourhoodRenamed(row.id, row.name, place.name), by=by)
    row.name = place.name
    row.parent = rows[place.parent] if place.parent else None
    row.geometry = place.geometry


def _draw(rows: Mapping[str, Neighbourhood]) -> None:
    """Draw all areas anew: one more at the edge moves the frame of all."""
    shapes = {code: rules.polygons(row.geometry) for code, row in rows.items() if row.geometry}
    outlines = drawing.draw(shapes)
    for code, row in rows.items():
        outline = outlines.get(code)
        row.outline = outline.path if outline else None
        row.label_x, row.label_y, row.label_room, row.right, row.bottom = (
            (outline.label_x, outline.label_y, outline.label_room, outline.right, outline.bottom) if outline else (None,) * 5
        )


def add_venue(*, venue: Mapping[str, Any], by: Actor, now: datetime) -> Venue:
    """Add a place to meet: name, address, neighbourhood_id, is_step_free, has_hearing_loop, transport.

    Raises NotAllowed, NotFound, Refused.
    """
    require(policy.may_edit_venue(by, queries.area(venue["neighbourhood_id"]).id))
    row = Venue(**{name: venue[name] for name in VENUE})
    _refuse_twin(row)
    db.session().add(row)
    db.session().flush()
    ledger.record(facts.VenueAdded(row.id, row.neighbourhood_id), by=by)
    return row


def change_venue(*, venue_id: UUID, venue: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Change what is said of a venue. Raises NotAllowed, NotFound, Refused."""
    row = queries.locked_venue(venue_id)
    require(policy.may_edit_venue(by, row.neighbourhood_id))
    require(policy.may_edit_venue(by, queries.area(venue["neighbourhood_id"]).id))
    changed = [name for name in VENUE if getattr(row, name) != venue[name]]
    if not changed:
        return
    for name in changed:
        setattr(row, name, venue[name])
    _refuse_twin(row)
    _tell(facts.VenueChanged(venue_id, ", ".join(changed)), by)


def _refuse_twin(row: Venue) -> None:
    with db.session().no_autoflush:
        if queries.has_twin(row):
            raise Refused(Reason.VENUE_THERE)


def close_venue(*, venue_id: UUID, by: Actor, now: datetime) -> None:
    """Offer a venue no more; meetings planned there stay. Raises NotAllowed, NotFound."""
    _switch(venue_id, by, facts.VenueClosed(venue_id), is_active=False)


def reopen_venue(*, venue_id: UUID, by: Actor, now: datetime) -> None:
    """Offer a venue again. Raises NotAllowed, NotFound."""
    _switch(venue_id, by, facts.VenueReopened(venue_id), is_active=True)


def _switch(venue_id: UUID, by: Actor, fact: Fact, *, is_active: bool) -> None:
    row = queries.locked_venue(venue_id)
    require(policy.may_edit_venue(by, row.neighbourhood_id))
    if row.is_active == is_active:
        return
    if is_active:
        _refuse_twin(row)
    row.is_active = is_active
    _tell(fact, by)


def _tell(fact: Fact, by: Actor) -> None:
    city.change()  # pages of meetings show their venue
    ledger.record(fact, by=by)
