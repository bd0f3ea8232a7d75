from datetime import timedelta

from engage.accounts.models import Contact, Grant, Person
from engage.core.access import Actor, Role, Scope
from tests.conftest import NOW
from tests.factories.base import keep
from tests.factories.messages import address


def person(called="Amina", **values):
    return keep(Person(**{"called": called, "locale": "en", "created_at": NOW, **values}))


def contact(of, value=None, **values):
    return keep(Contact(**{"person_id": of.id, "address_id": address(value).id, "proven_at": NOW, "created_at": NOW, **values}))


def grant(to, role=Role.STAFF, area=None, **values):
    return keep(Grant(**{
        "person_id": to.id, "role": role, "area_id": area.id if area else None, "starts_on": NOW.date() - timedelta(days=1),
        **values,
    }))


def actor(of=None, *roles, areas=None, **values):
    """An actor without a database: `actor(person, Role.STAFF)`; areas=None is the whole city."""
    scopes = tuple(Scope(Role(role), None if areas is None else frozenset(area.id for area in areas)) for role in roles)
    return Actor(person_id=of.id if of else None, scopes=scopes, called=of.called if of else "", **values)
