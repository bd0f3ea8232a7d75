"""Two concerns are found to be one: agendas and minutes of either go on about the one that stands."""

import pytest
from sqlalchemy import select, update

from engage.concerns.actions import agendas, minutes, tending
from engage.concerns.models import ActionItem, Concern, ConcernStep
from engage.concerns.queries import agendas as agenda_queries
from engage.concerns.rules.hiding import Ground
from engage.concerns.rules.steps import Step
from engage.core import db
from engage.events import actions as events
from tests import factories as make
from tests.concerns import joining
from tests.concerns.joining import (
    DAY,
    NONE,
    SPRING,
    STAFF,
    SUMMER,
    about,
    fresh,
    heard,
    items,
    merge,
    planned,
    step,
    version,
    way,
)
from tests.concerns.saying import do, letters
from tests.conftest import NOW

here, two = joining.here, joining.two


# --- agendas ------------------------------------------------------------------------------------------


def test_a_meeting_can_be_called_off_after_joining(here, two):
    one, into = two
    step(into, Step.ANSWERED, words=SPRING)
    event = planned(here, one)
    merge(one, into)
    do(events.cancel, event_id=event.id, reason="Storm", locale="en", by=STAFF)
    assert fresh(into).step == Step.ANSWERED


def test_a_concern_of_an_item_from_before_joining_was_mended_stops_nothing(here, two):
    """Rows that older versions left behind lead to the one that stands as well."""
    one, into = two
    event = planned(here, one)
    with db.transaction() as session:
        session.execute(update(Concern).where(Concern.id == one.id).values(merged_into_id=into.id))
    do(events.cancel, event_id=event.id, reason="Storm", locale="en", by=STAFF)
    assert fresh(into).step == Step.RAISED


@pytest.mark.parametrize("at", list(Step))
def test_an_agenda_is_published_after_joining(here, two, at):
    one, into = two
    event = planned(here, one, is_published=False)
    if at != Step.RAISED:
        step(into, at, words=SPRING)
    merge(one, into)
    do(agendas.publish, event_id=event.id, version=version(event), by=STAFF)
    assert fresh(into).step == (Step.ON_AGENDA if at == Step.RAISED else at)
    assert about(event) == [into.id]


def test_where_both_are_on_one_agenda_one_item_is_left_and_each_is_told_once(here, two):
    one, into = two
    event = planned(here, one, into, is_published=False)
    item = items(event)[1]
    action = make.action_item(item)
    heard(one, into)
    merge(one, into)
    assert about(event) == [into.id]
    assert [each.position for each in items(event)] == [1, 2]
    row = db.session().get(ActionItem, action.id)
    assert (row.concern_id, row.agenda_item_id) == (into.id, items(event)[1].id)
    do(agendas.publish, event_id=event.id, version=version(event), by=STAFF)
    assert len(letters("step")) == 1
    assert way(into).count(Step.ON_AGENDA) == 1


def test_of_two_on_one_public_agenda_the_followers_of_both_hear_once(here, two):
    heard(*two)
    heard(two[0], email="sami@example.org")
    event = planned(here, *two)
    merge(*two)
    assert way(two[1]).count(Step.ON_AGENDA) == 1
    assert about(event) == [two[1].id]
    assert len(letters("step")) == 2, "one each"


def test_on_the_agendas_of_two_meetings(here, two):
    first, second = (planned(here, concern) for concern in two)
    merge(*two)
    assert about(first) == about(second) == [two[1].id]
    do(events.cancel, event_id=first.id, reason="Storm", locale="en", by=STAFF)
    assert fresh(two[1]).step == Step.ON_AGENDA
    do(events.cancel, event_id=second.id, reason="Storm", locale="en", by=STAFF)
    assert fresh(two[1]).step == Step.RAISED


# --- minutes ------------------------------------------------------------------------------------------


def write(item, decision):
    given = {"item_id": item.id, "version": 0, "said": NONE, "decision": decision}
    do(minutes.write, event_id=item.event_id, by=STAFF, **given)


def published(event, correction=NONE):
    return do(minutes.publish, event_id=event.id, correction=correction, by=STAFF)


@pytest.mark.parametrize("at", list(Step))
def test_minutes_are_published_after_joining(here, two, at):
    one, into = two
    event = planned(here, one, is_published=False, starts_at=NOW - DAY)
    if at != Step.RAISED:
        step(into, at, words=SUMMER)
    write(items(event)[1], SPRING)
    merge(one, into)
    published(event)
    assert fresh(into).step == (Step.DONE if at == Step.DONE else Step.ANSWERED)


def test_what_was_said_of_both_stays_in_the_minutes_and_is_one_answer(here, two):
    one, into = two
    event = planned(here, one, into, is_published=False, starts_at=NOW - DAY)
    for item, decision in zip(items(event)[1:], (SPRING, SUMMER), strict=True):
        write(item, decision)
    heard(one, into)
    merge(one, into)
    assert len(about(event)) == 2
    published(event)
    told = db.session().scalars(select(ConcernStep).where(ConcernStep.step == Step.ANSWERED)).one()
    assert (told.concern_id, told.words.texts) == (into.id, {"en": "In spring.\n\nIn summer."})
    assert len(letters("step")) == 1


def test_what_is_hidden_after_joining_is_not_read_in_old_minutes(app, here, two):
    one, into = two
    event = planned(here, is_published=False, starts_at=NOW - DAY)
    for concern, title in zip(two, ("Mr X at 12", "Number 12"), strict=True):
        write(make.agenda_item(event, title, concern_id=concern.id), SPRING)
    published(event)
    with db.transaction():
        agenda_queries.of(event.id).published_at = NOW - DAY
    merge(one, into)
    do(tending.hide, concern_id=into.id, ground=Ground.PERSON, by=STAFF)
    for paper in ("minutes", "agenda"):
        page = app.test_client().get(f"/en/events/{event.slug}/{paper}").text
        assert ("Mr X" in page, "Number 12" in page, "Hidden by the city" in page) == (False, False, True)
