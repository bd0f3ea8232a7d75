"""Minutes in the database: two people typing, versions, and what a decision means for a concern."""

from datetime import timedelta

import pytest

from engage.concerns.actions import agendas, minutes
from engage.concerns.models import Concern, ConcernStep, MinutesVersion
from engage.concerns.queries import agendas as agenda_queries
from engage.concerns.queries import minutes as queries
from engage.concerns.rules.meeting import ActionState
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db
from engage.core.access import Role
from engage.core.refusal import NotAllowed, Refused
from engage.core.text import Localized
from engage.events.models import Event
from engage.events.rules import PersonRole
from tests import factories as make
from tests.conftest import NOW

STAFF = make.actor(None, Role.STAFF)
NONE, YES = Localized({}, "en"), Localized.of("en", "It is mended.")
YESTERDAY = NOW - timedelta(days=1)


def _write(item, version=0, said=YES, decision=NONE, **values):
    with db.transaction():
        minutes.write(**{
            "event_id": item.event_id, "item_id": item.id, "version": version, "said": said, "decision": decision, "by": STAFF,
            "now": NOW, **values,
        })


def _publish(event_id, correction=NONE, **values):
    with db.transaction():
        return minutes.publish(**{"event_id": event_id, "correction": correction, "by": STAFF, "now": NOW, **values})


def _held(concern=None):
    """A meeting of yesterday with one item, about a concern if one is given."""
    event = make.event(starts_at=YESTERDAY)
    make.agenda(event, items=())
    return make.agenda_item(event, concern_id=concern.id if concern else None)


def _concern(concern):
    db.session().rollback()
    return db.session().get(Concern, concern.id)


def _refusal(act, *args, **values):
    with pytest.raises(Refused) as refused:
        act(*args, **values)
    return refused.value.reason


def test_of_two_who_type_the_second_is_told_and_the_first_is_kept(app):
    item = _held()
    _write(item, said=Localized.of("en", "Ann wrote this."))
    assert _refusal(_write, item, said=Localized.of("en", "Ben wrote this.")) == Reason.CHANGED_MEANWHILE
    db.session().rollback()
    assert queries.of_item(item.id).said.texts == {"en": "Ann wrote this."}
    _write(item, version=1, said=Localized.of("en", "Both wrote this."))
    assert queries.of_item(item.id).said.texts == {"en": "Both wrote this."}


def test_nothing_is_written_before_the_meeting(app):
    event = make.event()
    make.agenda(event)
    assert _refusal(_write, agenda_queries.items(event.id)[0]) == Reason.MEETING_NOT_BEGUN


def test_a_version_stays_as_it_was_published(app):
    item = _held()
    _write(item, decision=Localized.of("en", "In spring."))
    assert _publish(item.event_id) == 1
    _write(item, version=1, decision=Localized.of("en", "In summer."))
    assert _publish(item.event_id, Localized.of("en", "Summer, not spring.")) == 2
    new, old = queries.versions(item.event_id)
    assert (old.content[0]["decision"]["texts"], old.correction) == ({"en": "In spring."}, None)
    assert new.content[0]["decision"]["texts"] == {"en": "In summer."}
    assert new.correction.texts == {"en": "Summer, not spring."}
    assert db.session().get(Event, item.event_id).papers == ["minutes"]


def test_what_can_not_be_published(app):
    item = _held()
    assert _refusal(_publish, item.event_id) == Reason.NO_MINUTES
    _write(item)
    _publish(item.event_id)
    assert _refusal(_publish, item.event_id, Localized.of("en", "Nothing.")) == Reason.NOTHING_CORRECTED
    _write(item, version=1, said=Localized.of("en", "Otherwise."))
    assert _refusal(_publish, item.event_id) == Reason.CORRECTION_MISSING
    db.session().rollback()
    assert db.session().query(MinutesVersion).count() == 1


@pytest.mark.parametrize(("states", "decision", "step", "words"), [
    ([], YES, Step.ANSWERED, "It is mended."), ([ActionState.OPEN], YES, Step.IN_ACTION, "It is mended."),
    ([ActionState.OPEN], NONE, Step.IN_ACTION, "Mend the lights"), ([ActionState.DONE], YES, Step.DONE, "It is mended."),
    ([], NONE, Step.ON_AGENDA, None),
])
def test_what_a_decision_means_for_a_concern(app, states, decision, step, words):
    concern = make.raised(step=Step.ON_AGENDA)
    item = _held(concern)
    for state in states:
        make.action_item(item, state=state)
    _write(item, decision=decision)
    _publish(item.event_id)
    assert _concern(concern).step == step
    told = db.session().query(ConcernStep).filter_by(concern_id=concern.id).one_or_none()
    assert (told.words.texts["en"] if told else None) == words


def test_a_concern_hears_of_a_correction_only_if_its_own_decision_is_another(app):
    first, second = make.raised(step=Step.ON_AGENDA), make.raised(step=Step.ON_AGENDA)
    item = _held(first)
    other = make.agenda_item(db.session().get(Event, item.event_id), concern_id=second.id)
    for each in (item, other):
        _write(each, decision=YES)
    _publish(item.event_id)
    _write(item, version=1, decision=Localized.of("en", "It is not mended."))
    _publish(item.event_id, Localized.of("en", "A word was missing."))
    counts = [db.session().query(ConcernStep).filter_by(concern_id=concern.id).count() for concern in (first, second)]
    assert counts == [2, 1]


def test_minutes_of_a_spontaneous_item_answer_at_once(app):
    area = make.neighbourhood()
    event, concern = make.event(area=area, starts_at=YESTERDAY), make.raised(neighbourhood_id=area.id)
    with db.transaction():
        agendas.add_concerns(event_id=event.id, version=0, concern_ids=[concern.id], by=STAFF, now=NOW)
    assert _concern(concern).step == Step.RAISED
    _write(agenda_queries.items(event.id)[0], decision=YES)
    _publish(event.id)
    assert _concern(concern).step == Step.ANSWERED


def test_who_writes_and_who_publishes(app):
    item = _held()
    event = db.session().get(Event, item.event_id)
    host, official = make.person("Host"), make.person("Official")
    make.event_person(event, host)
    make.event_person(event, official, role=PersonRole.OFFICIAL)
    _write(item, by=make.actor(host))
    for actor in (make.actor(official), make.actor(make.person())):
        with pytest.raises(NotAllowed):
            _write(item, version=1, by=actor)
    for actor in (make.actor(host), make.actor(None, Role.STAFF, areas=[make.neighbourhood("There")])):
        with pytest.raises(NotAllowed):
            _publish(item.event_id, by=actor)
