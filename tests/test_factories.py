"""Every factory makes a row that the database takes."""

from engage.core import db
from engage.core.access import Role
from tests import factories as make


def test_rows_are_valid(app):
    with db.transaction():
        host = make.person()
        make.contact(host)
        make.grant(host, Role.COACH)
        event = make.event(venue_id=None)
        make.event_person(event, host)
        make.private_address(event)
        make.registration(event, party_size=3)
        make.registration(event)
    assert event.seats_taken == 4
