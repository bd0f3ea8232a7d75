"""What the tests of registrations share."""

from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select

from engage.core import db, secrets
from engage.core.access import Actor
from engage.messages.models import Address, OutboxLetter
from engage.registrations import actions, queries
from engage.registrations.models import Registration
from tests.conftest import NOW
from tests.rows import as_written


def form(contact="noor@example.org", party_size=1, **values):
    return actions.SignUp(**{
        "form_key": secrets.new_token(), "called": "Noor", "contact": contact, "locale": "en", "party_size": party_size,
        **values,
    })


def holder(*registrations):
    """Whoever has the links of the letters."""
    return Actor(links=frozenset(("place", registration.id) for registration in registrations))


def sign_up(event, contact="noor@example.org", party_size=1, by=None, now=NOW, **values):
    with db.transaction():
        row = actions.sign_up(event_id=event.id, form=form(contact, party_size, **values), by=by or Actor(), now=now)
        return row.id


def proven(event, contact="noor@example.org", party_size=1, now=NOW, **values):
    """Sign up and answer the letter; return the id."""
    found = sign_up(event, contact, party_size, now=now, **values)
    return prove(found, now)


def prove(registration_id, now=NOW):
    with db.transaction():
        return actions.prove(registration_id=registration_id, by=link(registration_id), now=now).id


def link(*registration_ids):
    return Actor(links=frozenset(("place", found) for found in registration_ids))


def do(action, registration_id, by=None, now=NOW, **values):
    with db.transaction():
        return action(registration_id=registration_id, by=by or link(registration_id), now=now, **values)


def state(registration_id):
    return get(registration_id).state


def get(registration_id):
    db.session().rollback()
    return queries.find(registration_id)


def rows(event):
    db.session().rollback()
    return db.session().scalars(select(Registration).where(Registration.event_id == event.id).order_by(Registration.turn)).all()


def seats(event):
    """What the event says is taken, after checking it against its rows."""
    db.session().rollback()
    db.session().refresh(event)
    assert event.seats_taken == queries.kept_seats(event.id)
    assert event.capacity is None or event.seats_taken <= event.capacity
    return event.seats_taken


def letters(to=None):
    """The kinds of letters posted, in order; to one address, or all."""
    db.session().rollback()
    wanted = select(OutboxLetter.kind).join(Address).order_by(OutboxLetter.created_at, *as_written("outbox"))
    if to:
        wanted = wanted.where(Address.value_hash == secrets.keyed_hash(to))
    return list(db.session().scalars(wanted))


class Statements(list):
    """The SQL statements of a block, but those that begin and end transactions."""

    def __enter__(self):
        sqlalchemy_event.listen(db.db.engine, "before_cursor_execute", self._note)
        return self

    def _note(self, _connection, _cursor, statement, *_):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.append(statement)

    def __exit__(self, *_):
        sqlalchemy_event.remove(db.db.engine, "before_cursor_execute", self._note)
