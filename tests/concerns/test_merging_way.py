"""Two concerns are found to be one: what is done about either, how far it came and its letters go along."""

import pytest
from sqlalchemy import select

from engage.concerns.actions import acting, tending
from engage.concerns.actions.acting import Promise, Task
from engage.concerns.models import ActionItem, AgendaItem
from engage.concerns.rules.hiding import Ground
from engage.concerns.rules.meeting import ActionState
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db, secrets
from engage.core.refusal import Refused
from tests import factories as make
from tests.concerns import joining
from tests.concerns.joining import (
    DAY,
    DONE,
    SPRING,
    STAFF,
    WHAT,
    about,
    finish,
    fresh,
    heard,
    items,
    merge,
    planned,
    promise,
    step,
    way,
)
from tests.concerns.saying import do, letters
from tests.conftest import NOW

here, two = joining.here, joining.two


# --- action items -------------------------------------------------------------------------------------


def test_what_is_done_about_it_goes_along_and_ends(app, here, two):
    one, into = two
    action = promise(one)
    merge(one, into)
    assert fresh(into).step == Step.IN_ACTION
    assert "Mend the lights" in app.test_client().get(f"/en/concerns/{into.id}").text
    finish(action)
    assert fresh(into).step == Step.DONE


def test_it_is_done_with_the_last_action_item_of_either(here, two):
    first, second = (promise(concern) for concern in two)
    merge(*two)
    finish(first)
    assert fresh(two[1]).step == Step.IN_ACTION
    finish(second)
    assert fresh(two[1]).step == Step.DONE


def test_a_done_one_with_something_to_do_is_in_action(here, two):
    one, into = two
    step(one, Step.DONE, words=DONE)
    action = promise(into)
    merge(one, into)
    assert fresh(into).step == Step.IN_ACTION
    finish(action)
    assert fresh(into).step == Step.DONE


def test_action_items_are_tended_where_the_one_that_stands_is(here, two):
    elsewhere = make.concern(area=make.neighbourhood("Saints"))
    action = promise(two[0])
    merge(two[0], elsewhere)
    assert db.session().get(ActionItem, action).neighbourhood_id == elsewhere.neighbourhood_id


def test_something_promised_for_a_merged_one_is_for_the_one_that_stands(here, two):
    merge(*two)
    action = promise(two[0])
    assert db.session().get(ActionItem, action).concern_id == two[1].id
    assert fresh(two[1]).step == Step.IN_ACTION


def test_nothing_is_promised_for_a_hidden_one(here, two):
    one = two[0]
    event = planned(here, one)
    do(tending.hide, concern_id=one.id, ground=Ground.PERSON, by=STAFF)
    given = Promise(Task(WHAT, "Odile", "Highways", ""), NOW.date() + DAY, secrets.new_token(), "en")
    with pytest.raises(Refused) as refused:
        promise(one)
    assert refused.value.reason == Reason.IS_HIDDEN
    with pytest.raises(Refused) as refused:
        do(acting.promise_at_meeting, event_id=event.id, item_id=items(event)[1].id, promise=given, by=STAFF)
    assert refused.value.reason == Reason.IS_HIDDEN
    assert db.session().scalars(select(ActionItem)).all() == []


# --- its way, and letters -------------------------------------------------------------------------------


@pytest.mark.parametrize("one_at", list(Step))
@pytest.mark.parametrize("into_at", list(Step))
def test_the_one_that_stands_keeps_the_further_step(here, two, one_at, into_at):
    for concern, at in zip(two, (one_at, into_at), strict=True):
        if at == Step.IN_ACTION:
            promise(concern)
        elif at != Step.RAISED:
            step(concern, at, words=SPRING)
    merge(*two)
    further = max(one_at, into_at, key=list(Step).index)
    is_open = Step.IN_ACTION in (one_at, into_at)
    assert fresh(two[1]).step == (Step.IN_ACTION if is_open else further)
    assert set(way(two[1])) == {Step.RAISED, one_at, into_at}


def test_an_answer_that_has_not_left_is_sent_after_joining(here, two):
    one, into = two
    heard(one, into)
    heard(one, email="sami@example.org")
    step(one, Step.ANSWERED, words=SPRING)
    merge(one, into)
    told = letters("step")
    assert len(told) == 2
    assert all("In spring." in letter.text for letter in told)


def test_who_followed_the_one_that_stands_hears_how_far_it_is(here, two):
    one, into = two
    heard(one, into)
    heard(into, email="sami@example.org")
    step(one, Step.ANSWERED, words=SPRING)
    assert len(letters("step")) == 1
    merge(one, into)
    assert len(letters("step")) == 2, "one for each of both"
    assert len(letters("merged")) == 1


def test_joined_twice_one_letter_says_so(here, two):
    third = make.concern("Dark.", area=here)
    heard(two[0])
    merge(*two)
    merge(two[1], third)
    assert len(letters("merged")) == 1


def test_joined_one_into_the_next_all_goes_along(here, two):
    third = make.concern("Dark.", area=here)
    action = promise(two[0])
    event = planned(here, two[1])
    merge(*two)
    merge(two[1], third)
    assert (fresh(two[0]).merged_into_id, about(event)) == (third.id, [third.id])
    assert db.session().get(ActionItem, action).concern_id == third.id
    assert fresh(third).step == Step.IN_ACTION
    finish(action)
    assert fresh(third).step == Step.DONE
    assert db.session().scalars(select(AgendaItem.concern_id).where(AgendaItem.concern_id.is_not(None))).all() == [third.id]


def test_joining_after_an_action_ended_keeps_how(here, two):
    one, into = two
    make.action_item(concern_id=one.id, state=ActionState.DONE, neighbourhood_id=here.id)
    step(one, Step.DONE, words=DONE)
    merge(one, into)
    assert fresh(into).step == Step.DONE
