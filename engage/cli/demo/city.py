"""Rivermouth before anybody met: settings, neighbourhoods, formats, venues, the people with accounts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import UUID

from engage.accounts import actions as accounts
from engage.accounts import queries as people
from engage.cli.demo.diary import Diary
from engage.core import city
from engage.core.access import CLOCK, Actor, Role, Scope
from engage.core.text import Localized
from engage.messages.rules import Channel
from engage.places import actions as places
from engage.places import queries as areas
from engage.programmes import actions as programmes
from engage.programmes import adapters as kits
from engage.programmes import rules

HERE = Path(__file__).parent
PASSWORD = "demo-engage"  # noqa: S105 - printed beside the sign-ins, for a city that doesn't exist
AGE = timedelta(days=90)


@dataclass
class Cast:
    """Who and what there is, by the names the story uses; filled when the city is founded."""

    told: dict[str, Any]
    actors: dict[str, Actor] = field(default_factory=dict)
    person_ids: dict[str, UUID] = field(default_factory=dict)
    programme_ids: dict[str, UUID] = field(default_factory=dict)
    venue_ids: dict[str, UUID] = field(default_factory=dict)
    area_ids: dict[str, UUID] = field(default_factory=dict)

    def guests(self, first: int) -> Iterator[tuple[int, str, str, list[str]]]:
        """Yield guests (number, name, locale, languages) from some number on, round and round."""
        pool = [(number, *guest) for number, guest in enumerate(self.told["guests"])]
        return cycle(pool[first % len(pool):] + pool[: first % len(pool)])


def localized(texts: dict[str, str]) -> Localized:
    """Return texts as they are kept; the first is the one that was written first."""
    return Localized(texts, next(iter(texts), "en"))


def found(diary: Diary) -> Cast:
    """Note the founding of the city, three months ago."""
    cast = Cast(json.loads((HERE / "rivermouth.json").read_text(encoding="utf-8")))
    day = diary.now - AGE
    diary.note(day, lambda now: _settle(cast, now))
    diary.note(day + timedelta(hours=1), lambda now: _build(cast, now))
    diary.note(day + timedelta(hours=2), lambda now: _move_in(cast, now))
    diary.note(day + timedelta(hours=3), lambda now: _name_themes(cast, now))
    diary.note(diary.now - timedelta(days=3), lambda now: _give_a_number(cast, now))
    diary.note(diary.now - timedelta(hours=6), lambda now: _move_away(cast, now))
    return cast


def _settle(cast: Cast, now: datetime) -> None:
    settings = cast.told["city"]
    accounts.change_city(**{**settings, "legal_notice": localized(settings["legal_notice"])}, by=CLOCK, now=now)
    accounts.install_documents(by=CLOCK, now=now)
    for kit in kits.kits():
        cast.programme_ids[kit] = programmes.install_kit(kit=kit, by=CLOCK, now=now).id
    places.import_neighbourhoods(content=(HERE / "rivermouth.geojson").read_bytes(), by=CLOCK, now=now)


def _build(cast: Cast, now: datetime) -> None:
    cast.area_ids.update({area.code: area.id for area in areas.all_neighbourhoods()})
    for name, address, area, is_step_free, has_loop, transport in cast.told["venues"]:
        venue = {
            "name": name, "address": address, "neighbourhood_id": cast.area_ids[area], "is_step_free": is_step_free,
            "has_hearing_loop": has_loop, "transport": localized(transport),
        }
        cast.venue_ids[name] = places.add_venue(venue=venue, by=CLOCK, now=now).id


def _name_themes(cast: Cast, now: datetime) -> None:
    """Have two neighbourhoods say what matters most there."""
    offered = kits.kits()["consultation_series"]["themes"]
    for code, wanted in (("RM03", offered[:4]), ("RM10", offered[2:])):
        programmes.change_area_themes(
            neighbourhood_id=cast.area_ids[code], seen=rules.fingerprint([]), themes=[(None, name) for name in wanted],
            by=CLOCK, now=now,
        )


def _move_in(cast: Cast, now: datetime) -> None:
    city.forget()
    for key, email, called, locale, roles, is_trained in cast.told["accounts"]:
        person_id = accounts.create_account(
            email=email, called=called, password=PASSWORD, roles=[Role(role) for role in roles], locale=locale,
            by=CLOCK, now=now,
        )
        if is_trained:
            accounts.train(person_id=person_id, on=now.date(), until=None, by=CLOCK, now=now)
        address_id = people.main_address_id(person_id)
        cast.person_ids[key] = person_id
        cast.actors[key] = Actor(
            person_id=person_id, scopes=tuple(Scope(Role(role)) for role in roles), called=called, locale=locale,
            is_trained=is_trained, addresses=frozenset({address_id} if address_id else ()),
        )


def _give_a_number(cast: Cast, now: datetime) -> None:
    """Have somebody ask to be called, which waits for staff to try the number."""
    by = cast.actors["nadia"]
    accounts.change_channel(
        person_id=cast.person_ids["nadia"], channel=Channel.PHONE, phone="+44 20 7946 0123", by=by, now=now,
    )


def _move_away(cast: Cast, now: datetime) -> None:
    """Have a host leave, whose meeting waits for staff to find another."""
    accounts.delete_account(person_id=cast.person_ids["sam"], by=cast.actors["sam"], now=now)
