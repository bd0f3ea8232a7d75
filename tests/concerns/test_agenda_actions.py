"""Agendas in the database: made, put in order, published; and the concerns on them."""

from datetime import timedelta

import pytest

from engage.concerns.actions import agendas
from engage.concerns.models import Agenda, Concern, ConcernStep
from engage.concerns.queries import agendas as queries
from engage.concerns.rules.meeting import MOST_ITEMS, Move
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db
from engage.core.access import CLOCK, Role
from engage.core.refusal import NotAllowed, NotFound, Refused
from engage.core.text import Localized
from engage.events import actions as events
from engage.events.models import Event
from engage.events.rules import PersonRole, State
from tests import factories as make
from tests.conftest import NOW

STAFF = make.actor(None, Role.STAFF)
TITLE = Localized.of("en", "Welcome")


def _do(act, **values):
    with db.transaction():
        return act(**{"by": STAFF, "now": NOW, **values})


def _version(event):
    db.session().rollback()
    agenda = db.session().get(Agenda, event.id)
    return agenda.version if agenda else 0


def _add(event, title=TITLE, **values):
    return _do(agendas.add_own, event_id=event.id, version=_version(event), title=title, minutes=10, speaker="", **values)


def _add_concerns(event, *concerns):
    ids = [concern.id for concern in concerns]
    _do(agendas.add_concerns, event_id=event.id, version=_version(event), concern_ids=ids)


def _publish(event, **values):
    _do(agendas.publish, event_id=event.id, version=_version(event), **values)


def _titles(event):
    db.session().rollback()
    return [item.title.shown("en").text for item in queries.items(event.id)]


def _step(concern):
    db.session().rollback()
    return db.session().get(Concern, concern.id).step


def _here(**values):
    area = make.neighbourhood()
    return make.event(area=area), make.raised(neighbourhood_id=area.id, **values)


def test_items_stand_in_the_order_they_are_put(app):
    event = make.event()
    for title in ("One", "Two", "Three"):
        _add(event, Localized.of("en", title))
    third = queries.items(event.id)[2].id
    _do(agendas.arrange, event_id=event.id, version=_version(event), item_id=third, to=Move.UP)
    assert _titles(event) == ["One", "Three", "Two"]
    _do(agendas.take_off, event_id=event.id, version=_version(event), item_id=queries.items(event.id)[0].id)
    assert _titles(event) == ["Three", "Two"]
    assert [item.position for item in queries.items(event.id)] == [1, 2]


def test_of_two_tabs_the_second_is_told(app):
    event = make.event()
    first, _second = _add(event), _add(event, Localized.of("en", "Questions"))
    seen = _version(event)
    _do(agendas.arrange, event_id=event.id, version=seen, item_id=first, to=Move.DOWN)
    with pytest.raises(Refused) as refused:
        _do(agendas.arrange, event_id=event.id, version=seen, item_id=first, to=Move.DOWN)
    assert refused.value.reason == Reason.CHANGED_MEANWHILE
    assert _titles(event) == ["Questions", "Welcome"]


def test_the_same_form_sent_twice_is_one_item(app):
    event = make.event()
    _do(agendas.add_own, event_id=event.id, version=0, title=TITLE, minutes=5, speaker="")
    with pytest.raises(Refused):
        _do(agendas.add_own, event_id=event.id, version=0, title=TITLE, minutes=5, speaker="")
    assert _titles(event) == ["Welcome"]


def test_an_agenda_holds_what_an_evening_holds(app):
    event = make.event()
    make.agenda(event, items=[f"Item {number}" for number in range(MOST_ITEMS)])
    with pytest.raises(Refused) as refused:
        _add(event)
    assert refused.value.reason == Reason.AGENDA_IS_FULL
    assert len(_titles(event)) == MOST_ITEMS


def test_an_item_needs_words(app):
    with pytest.raises(Refused) as refused:
        _add(make.event(), Localized({}, "en"))
    assert refused.value.reason == Reason.WORDS_MISSING


def test_what_could_come_onto_an_agenda_and_in_which_order(app):
    area, elsewhere = make.neighbourhood("Here"), make.neighbourhood("There")
    ward = make.neighbourhood("Ward", parent_id=area.id)
    event = make.event(area=area)
    few, many = make.raised("few", neighbourhood_id=area.id), make.raised("many", 5, neighbourhood_id=ward.id)
    own = make.raised("own", event_id=event.id)
    of_programme = make.raised("programme", 2, programme_id=event.programme_id)
    make.raised("there", neighbourhood_id=elsewhere.id)
    make.raised("there too", neighbourhood_id=elsewhere.id, programme_id=event.programme_id)
    make.raised("answered", neighbourhood_id=area.id, step=Step.ANSWERED)
    make.raised("hidden", neighbourhood_id=area.id, hidden_at=NOW)
    make.raised("merged", neighbourhood_id=area.id, merged_into_id=many.id)
    offered = queries.fitting(db.session().get(Event, event.id))
    assert [each.concern.id for each in offered] == [many.id, of_programme.id, own.id, few.id]
    assert [each.voices for each in offered] == [5, 2, 1, 1]
    _add_concerns(event, few)
    assert few.id not in {each.concern.id for each in queries.fitting(db.session().get(Event, event.id))}


@pytest.mark.parametrize("values", [{}, {"hidden_at": NOW}, {"step": Step.DONE}])
def test_what_does_not_fit_does_not_come_on(app, values):
    event, fitting = _here()
    other = make.raised(**({"neighbourhood_id": fitting.neighbourhood_id} if values else {}), **values)
    with pytest.raises(Refused) as refused:
        _add_concerns(event, fitting, other)
    assert refused.value.reason == Reason.NOT_FOR_THIS_MEETING
    assert _titles(event) == []


def test_a_concern_is_on_the_agenda_once_everybody_can_read_it(app):
    event, concern = _here()
    _add_concerns(event, concern)
    assert _step(concern) == Step.RAISED
    before = db.session().get(Event, event.id).version
    _publish(event)
    assert _step(concern) == Step.ON_AGENDA
    row = db.session().get(Event, event.id)
    assert row.papers == ["agenda"]
    assert row.version > before
    late = make.raised(neighbourhood_id=concern.neighbourhood_id)
    _add_concerns(event, late)
    assert _step(late) == Step.ON_AGENDA
    step = db.session().query(ConcernStep).filter_by(concern_id=late.id).one()
    assert (step.step, step.event_id) == (Step.ON_AGENDA, event.id)


def test_taken_off_it_goes_back_to_where_it_was(app):
    event, concern = _here()
    _add(event)
    _add_concerns(event, concern)
    _publish(event)
    item = queries.items(event.id)[1].id
    _do(agendas.take_off, event_id=event.id, version=_version(event), item_id=item)
    assert _step(concern) == Step.RAISED


@pytest.mark.parametrize("end", ["taken off", "called off"])
def test_what_was_answered_before_stays_answered_on_a_further_agenda(app, end):
    event, concern = _here(step=Step.RAISED)
    answer = Localized.of("en", "In spring.")
    _add(event)
    _add_concerns(event, concern)
    with db.transaction() as session:
        session.add(ConcernStep(concern_id=concern.id, step=Step.ANSWERED, at=NOW - timedelta(days=9), words=answer))
        session.get(Concern, concern.id).step = Step.ANSWERED
    _publish(event)
    assert _step(concern) == Step.ANSWERED
    if end == "taken off":
        _do(agendas.take_off, event_id=event.id, version=_version(event), item_id=queries.items(event.id)[1].id)
    else:
        _do(events.cancel, event_id=event.id, reason="Storm", locale="en")
    assert _step(concern) == Step.ANSWERED
    way = db.session().query(ConcernStep).filter_by(concern_id=concern.id).all()
    assert sorted(line.step for line in way) == [Step.ANSWERED, Step.ON_AGENDA, Step.RAISED]


def test_a_concern_that_waits_for_another_meeting_stays_on_the_agenda(app):
    event, concern = _here()
    other = make.event(area=db.session().get(type(make.neighbourhood()), concern.neighbourhood_id))
    for each in (event, other):
        _add(each)
        _add_concerns(each, concern)
        _publish(each)
    _do(agendas.take_off, event_id=event.id, version=_version(event), item_id=queries.items(event.id)[1].id)
    assert _step(concern) == Step.ON_AGENDA


def test_a_cancelled_meeting_has_no_agenda(app):
    event, concern = _here()
    _add_concerns(event, concern)
    _publish(event)
    _do(events.cancel, event_id=event.id, reason="Storm", locale="en")
    assert _step(concern) == Step.RAISED
    assert db.session().get(Event, event.id).papers == []
    assert db.session().get(Agenda, event.id).published_at is None
    with pytest.raises(Refused) as refused:
        _add(event)
    assert refused.value.reason == Reason.MEETING_IS_OFF


@pytest.mark.parametrize(("values", "reason"), [
    ({"state": State.SUBMITTED}, Reason.MEETING_IS_OFF),
    ({"starts_at": NOW - timedelta(days=2)}, Reason.MEETING_IS_OVER),
])
def test_what_can_not_be_published(app, values, reason):
    event = make.event(**values)
    _add(event)
    with pytest.raises(Refused) as refused:
        _publish(event)
    assert refused.value.reason == reason


def test_the_last_item_of_a_public_agenda_stays(app):
    event = make.event()
    make.agenda(event, is_published=True)
    with pytest.raises(Refused) as refused:
        _do(agendas.take_off, event_id=event.id, version=1, item_id=queries.items(event.id)[0].id)
    assert refused.value.reason == Reason.AGENDA_IS_EMPTY


def test_what_is_in_the_minutes_stays_on_the_agenda(app):
    event = make.event()
    make.agenda(event, items=("One", "Two"))
    item = queries.items(event.id)[0]
    make.minutes_item(item)
    with pytest.raises(Refused) as refused:
        _do(agendas.take_off, event_id=event.id, version=1, item_id=item.id)
    assert refused.value.reason == Reason.HAS_MINUTES


def test_who_makes_an_agenda(app):
    area, elsewhere = make.neighbourhood("Here"), make.neighbourhood("There")
    event = make.event(area=area)
    people = {role: make.person(role) for role in ("host", "facilitator", "official")}
    for role, person in people.items():
        make.event_person(event, person, role=PersonRole(role))
    yes = [make.actor(people["host"]), make.actor(people["facilitator"]), make.actor(None, Role.STAFF, areas=[area])]
    no = [make.actor(people["official"]), make.actor(make.person()), make.actor(None, Role.STAFF, areas=[elsewhere]), CLOCK]
    for actor in yes:
        _add(event, by=actor)
    for actor in no:
        with pytest.raises(NotAllowed):
            _add(event, by=actor)


def test_an_item_of_another_meeting_is_not_there(app):
    event, other = make.event(), make.event()
    make.agenda(event)
    make.agenda(other)
    with pytest.raises(NotFound):
        _do(agendas.take_off, event_id=event.id, version=1, item_id=queries.items(other.id)[0].id)
