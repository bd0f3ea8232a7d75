"""Inputs of the actions, whole unless a test wants otherwise."""

from datetime import date, time

from engage.core import secrets
from engage.core.text import Localized
from engage.events.actions import Details, ToGuests, What, When, WhenAndWhere, Where

DAY = date(2026, 12, 20)


def what(programme, title="Dinner in Dallow", **values):
    return What(**{"programme_id": programme.id, "locale": "en", "title": title, "description": "One table.", **values})


def when(day=DAY, start=time(18, 30), end=time(21), **values):
    return When(day, start, end, **values)


def at_venue(venue, at=None):
    return WhenAndWhere(at or when(), Where(venue_id=venue.id))


def at_home(area, address="17 Canary Close", at=None, **values):
    return WhenAndWhere(at or when(), Where(neighbourhood_id=area.id, address=address, **values))


def details(capacity=12, spoken=("en", "ur"), **values):
    return Details(**{"locale": "en", "spoken": spoken, "capacity": capacity, **values})


def to_guests(subject="The door", body="It is green.", locale="en", **values):
    texts = {"subject": Localized.of(locale, subject), "body": Localized.of(locale, body)}
    return ToGuests(**{"form_key": secrets.new_token(), **texts, **values})
