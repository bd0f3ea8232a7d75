"""What tests of joining share: two concerns, what each has on its way, and what is read of them afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.concerns.actions import acting, agendas, moving, tending
from engage.concerns.actions.acting import Promise, Task
from engage.concerns.models import Concern, ConcernStep
from engage.concerns.queries import agendas as agenda_queries
from engage.concerns.queries import concerns
from engage.core import db, secrets
from engage.core.access import Role
from engage.core.text import Localized
from tests import factories as make
from tests.concerns.saying import do
from tests.conftest import NOW

STAFF = make.actor(None, Role.STAFF)
DAY = timedelta(days=1)
WHAT, DONE, NONE = Localized.of("en", "Mend the lights"), Localized.of("en", "New lamps."), Localized({}, "en")
SPRING, SUMMER = Localized.of("en", "In spring."), Localized.of("en", "In summer.")


@pytest.fixture
def here(app):
    return make.neighbourhood("Dallow")


@pytest.fixture
def two(here):
    """One that will be merged, and the one that stands."""
    return make.concern("No light.", area=here), make.concern("It is dark.", area=here)


def merge(one, into):
    do(tending.merge, concern_id=one.id, into_id=into.id, by=STAFF)


def fresh(concern):
    db.session().rollback()
    return db.session().get(Concern, concern.id)


def way(concern):
    db.session().rollback()
    wanted = select(ConcernStep).where(ConcernStep.concern_id == concern.id)
    return [row.step for row in db.session().scalars(wanted.order_by(ConcernStep.at, ConcernStep.id))]


def step(concern, to, **values):
    do(lambda now: moving.move(concerns.locked(concern.id), to, by=STAFF, now=now, **values))


def promise(concern, **values):
    task = Task(WHAT, "Odile", "Highways", "")
    given = Promise(task, NOW.date() + DAY, secrets.new_token(), "en")
    return do(acting.promise_for_concern, concern_id=concern.id, promise=given, by=STAFF, **values)


def finish(action):
    do(acting.finish, action_id=action, outcome=DONE, by=STAFF)


def planned(here, *on, is_published=True, **values):
    """A meeting with concerns on its agenda."""
    event = make.event("Town hall", area=here, **values)
    make.agenda(event, items=("Welcome",))
    for concern in on:
        make.agenda_item(event, concern_id=concern.id)
    if is_published:
        do(agendas.publish, event_id=event.id, version=1, by=STAFF)
    return event


def items(event):
    db.session().rollback()
    return agenda_queries.items(event.id)


def about(event):
    return [item.concern_id for item in items(event) if item.concern_id]


def heard(*concerns_, email="noor@example.org"):
    """Somebody who wants to hear what comes of some concerns."""
    address = make.address(email)
    for concern in concerns_:
        make.voice(concern, to=address)
    return address


def version(event):
    db.session().rollback()
    return agenda_queries.of(event.id).version
