"""A concern's way: further news takes nothing back, it is done with the last of what is to do, and nobody hears twice."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.concerns.actions import acting, minutes, tending
from engage.concerns.actions.acting import Promise, Task
from engage.concerns.models import Concern, ConcernStep
from engage.concerns.rules.meeting import ActionState
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db, secrets
from engage.core.access import Role
from engage.core.refusal import Refused
from engage.core.text import Localized
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.concerns.saying import do, letters
from tests.conftest import NOW
from tests.funding.browsing import Browser

STAFF, DAY = make.actor(None, Role.STAFF), timedelta(days=1)
WHAT, DONE, NONE = Localized.of("en", "Mend the lights"), Localized.of("en", "New lamps."), Localized({}, "en")
SPRING = Localized.of("en", "In spring.")
BOTH = Localized({"en": "In spring.", "fr": "Au printemps."}, "en")


@pytest.fixture
def concern(app):
    found = make.concern()
    make.voice(found, to=make.address("noor@example.org"))
    return found


def promise(concern):
    given = Promise(Task(WHAT, "Odile", "Highways", ""), NOW.date() + DAY, secrets.new_token(), "en")
    return do(acting.promise_for_concern, concern_id=concern.id, promise=given, by=STAFF)


def answer(concern, words=SPRING):
    do(tending.answer, concern_id=concern.id, words=words, by=STAFF)


def end(action, how=acting.finish):
    words = {"outcome": DONE} if how == acting.finish else {"reason": DONE}
    do(how, action_id=action, by=STAFF, **words)


def decided(concern, decision, *states):
    """Publish minutes of a meeting about a concern, with action items it had somebody do."""
    event = make.event(starts_at=NOW - DAY)
    make.agenda(event, items=())
    item = make.agenda_item(event, concern_id=concern.id)
    for state in states:
        make.action_item(item, state=state)
    make.minutes_item(item, said=SPRING, decision=decision)
    do(minutes.publish, event_id=event.id, correction=NONE, by=STAFF)
    return item


def step(concern):
    db.session().rollback()
    return db.session().get(Concern, concern.id).step


def lines(concern):
    db.session().rollback()
    news = select(ConcernStep).where(ConcernStep.concern_id == concern.id, ConcernStep.step != Step.RAISED)
    return list(db.session().scalars(news))


@pytest.mark.parametrize("news", [answer, lambda concern: decided(concern, SPRING)])
@pytest.mark.parametrize("how, stands", [(acting.finish, Step.DONE), (acting.drop, Step.ANSWERED)])
def test_an_answer_to_what_is_being_done_ends_with_it(concern, news, how, stands):
    action = promise(concern)
    news(concern)
    assert step(concern) == Step.IN_ACTION
    end(action, how)
    assert step(concern) == stands
    assert [letter.subject for letter in letters("step")].count("Done: what came of your concern") == (stands == Step.DONE)


def test_minutes_do_not_say_done_while_something_is_to_do(concern):
    action = promise(concern)
    decided(concern, SPRING, ActionState.DONE)
    assert step(concern) == Step.IN_ACTION
    assert "Done: what came of your concern" not in [letter.subject for letter in letters("step")]
    end(action)
    assert step(concern) == Step.DONE


def test_staff_say_that_an_answered_one_is_done(concern):
    answer(concern)
    do(tending.finish, concern_id=concern.id, words=SPRING, by=STAFF)  # the same words as the answer: news all the same
    assert step(concern) == Step.DONE


def test_staff_do_not_say_done_while_something_is_to_do(concern):
    promise(concern)
    with pytest.raises(Refused) as refused:
        do(tending.finish, concern_id=concern.id, words=DONE, by=STAFF)
    assert refused.value.reason == Reason.STILL_TO_DO
    assert step(concern) == Step.IN_ACTION


def test_what_is_said_of_minutes_not_public_yet_is_told_with_them(concern):
    event = make.event(starts_at=NOW - DAY)
    make.agenda(event, items=())
    end(make.action_item(make.agenda_item(event, concern_id=concern.id)).id)
    assert step(concern) == Step.RAISED
    assert letters("step") == []


# --- translations ---------------------------------------------------------------------------------------


def test_a_translated_answer_is_no_new_one(concern):
    answer(concern)
    answer(concern, BOTH)
    [line] = lines(concern)
    assert line.words == BOTH
    assert len(letters("step")) == 1
    answer(concern, BOTH.with_text("en", "In summer."))
    assert len(lines(concern)) == len(letters("step")) == 2


def test_a_translated_decision_is_no_new_answer(concern):
    item = decided(concern, SPRING)
    do(minutes.write, event_id=item.event_id, item_id=item.id, version=1, said=SPRING, decision=BOTH, by=STAFF)
    do(minutes.publish, event_id=item.event_id, correction=Localized.of("en", "In French as well."), by=STAFF)
    [line] = lines(concern)
    assert line.words == BOTH
    assert len(letters("step")) == 1


def test_the_same_answer_after_a_further_agenda_is_an_answer(concern):
    answer(concern)
    with db.transaction() as session:
        session.get(Concern, concern.id).step = Step.ON_AGENDA
    answer(concern)
    assert step(concern) == Step.ANSWERED
    assert len(letters("step")) == 2


def test_a_translation_is_read_on_its_page(client, concern):
    area = make.neighbourhood()
    with db.transaction() as session:
        session.get(Concern, concern.id).neighbourhood_id = area.id
    person = make.person("Sam")
    make.grant(person, Role.STAFF, area)
    with time_machine.travel(NOW, tick=False):
        sign_in(client, person)
        browser = Browser(client, person)
        browser.post(f"desk/concerns/{concern.id}/answer", answer_en="In spring.")
        browser.post(f"desk/concerns/{concern.id}/answer", answer_en="In spring.", answer_fr="Au printemps.")
        page = client.get(f"/fr/concerns/{concern.id}").text
    assert len(re.findall("Au printemps", page)) == 1
    assert "In spring" not in page
