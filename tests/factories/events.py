from datetime import timedelta

from engage.core import clock, secrets
from engage.core.text import Localized
from engage.events.models import Event, EventLanguage, EventPerson, GuestNote, PrivateAddress, Series
from engage.events.rules import LanguageUse, PersonRole, State
from tests.conftest import NOW
from tests.factories.base import count, keep
from tests.factories.places import neighbourhood, venue
from tests.factories.programmes import programme

ZONE = "Europe/London"


def event(title="Dinner in Dallow", starts_at=NOW + timedelta(days=20), of=None, area=None, languages=("en",), **values):
    """A published meeting at a venue in three weeks, for two and a half hours; a home with `venue_id=None`."""
    of, area = of or programme(), area or neighbourhood()
    ends_at = values.pop("ends_at", starts_at + timedelta(hours=2, minutes=30))
    wall_start, wall_end = (clock.local(instant, ZONE).replace(tzinfo=None) for instant in (starts_at, ends_at))
    if "venue_id" not in values:
        values["venue_id"] = venue(area).id
    return keep(Event(**{
        "programme_id": of.id, "slug": f"meeting-{next(count)}", "state": State.PUBLISHED,
        "title": Localized.of("en", title),
        "description": Localized.of("en", "One table."), "zone": ZONE, "starts_at": starts_at, "ends_at": ends_at,
        "wall_start": wall_start, "wall_end": wall_end,
        "neighbourhood_id": area.id, "capacity": 12, "created_at": NOW, "published_at": NOW,
        "languages": [EventLanguage(code=code, use=LanguageUse.SPOKEN) for code in languages], **values,
    }))


def series(title="Meetings in turn", of=None, **values):
    """A series without dates: give `series_id` to events."""
    number = next(count)
    return keep(Series(**{
        "form_key": f"series-form-{number:06}", "slug": f"series-{number}", "programme_id": (of or programme()).id,
        "title": Localized.of("en", title), "zone": ZONE, "rule": {}, "created_at": NOW, **values,
    }))


def event_person(at, person=None, role=PersonRole.HOST, **values):
    called = values.pop("called", person.called if person else "Peter")
    person_id = person.id if person else None
    return keep(EventPerson(**{"event_id": at.id, "person_id": person_id, "role": role, "called": called, **values}))


def private_address(at, address="17 Canary Close", **values):
    return keep(PrivateAddress(**{"event_id": at.id, "address": address, "directions": "", "reveal_hours": 24, **values}))


def guest_note(at, subject="The door", body="It is green.", locale="en", **values):
    """What somebody wrote to those who have a place at an event: in one language, unless given in several."""
    texts = {
        name: text if isinstance(text, Localized) else Localized.of(locale, text)
        for name, text in (("subject", subject), ("body", body))
    }
    return keep(GuestNote(**{"event_id": at.id, "form_key": secrets.new_token(), "at": NOW, **texts, **values}))
