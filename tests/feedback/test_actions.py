"""Asking and answering: who is asked and when, once, nothing that links, steps of five."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from engage.core import db, ledger
from engage.core.access import CLOCK, NOBODY, Actor, Role
from engage.core.refusal import NotAllowed, Refused
from engage.events.rules import State as EventState
from engage.feedback import actions, jobs, queries, reactions
from engage.feedback.models import Answer, Result, Ticket
from engage.feedback.rules import Reason
from engage.messages.models import OutboxLetter
from engage.messages.rules import Channel
from engage.registrations.rules import State
from tests import factories as make
from tests.conftest import NOW
from tests.factories import attendance as came
from tests.factories import feedback as made

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def event(app):
    """An event that ended an hour ago, on a Tuesday at 11:00 in London."""
    of = make.programme(questions=made.QUESTIONS, reminders=[{"key": "feedback", "kind": "morning_after", "at": "08:30"}])
    return make.event(starts_at=NOW - 3 * HOUR, ends_at=NOW - HOUR, of=of, state=EventState.HELD, closed_at=NOW)


def do(action, **values):
    with db.transaction():
        return action(**values)


def issue(event, now=NOW):
    return do(actions.issue_tickets, event_id=event.id, by=CLOCK, now=now)


def holder(ticket):
    return Actor(links=frozenset({("feedback", ticket.id)}))


def say(ticket, said=None, now=NOW):
    do(actions.answer, ticket_id=ticket.id, said=said or {"heard": 4}, by=holder(ticket), now=now)


def rows(model):
    return list(db.session().scalars(select(model)))


def refused(action, *args, **values):
    with pytest.raises(Refused) as caught:
        action(*args, **values)
    return caught.value.reason


def test_only_those_who_came_are_asked(event):
    party = make.registration(event)
    make.registration(event)
    make.registration(event, State.WAITING)
    came.check_in(party)
    assert issue(event) == 1
    assert {ticket.registration_id for ticket in rows(Ticket)} == {party.id}


def test_without_any_check_in_everybody_with_a_place_is_asked(event):
    parties = {make.registration(event).id, make.registration(event).id}
    make.registration(event, State.CANCELLED)
    make.registration(event, to=make.address("+441582000000", channel=Channel.PHONE))
    issue(event)
    assert {ticket.registration_id for ticket in rows(Ticket)} == parties


def test_where_nothing_is_asked_nobody_is(app):
    event = make.event(starts_at=NOW - 3 * HOUR, ends_at=NOW - HOUR, state=EventState.HELD, of=make.programme(questions=[]))
    make.registration(event)
    assert issue(event) == 0
    assert rows(OutboxLetter) == []


def test_letters_leave_the_next_morning_and_once_more_after_three_days(event):
    make.registration(event)
    issue(event)
    letters = {letter.kind: letter for letter in rows(OutboxLetter)}
    assert letters["feedback.ask"].not_before == datetime(2026, 12, 2, 8, 30, tzinfo=UTC)
    assert letters["feedback.nudge"].not_before == datetime(2026, 12, 5, 8, 30, tzinfo=UTC)
    assert {letter.topic for letter in letters.values()} == {"feedback"}
    assert {letter.expires_at for letter in letters.values()} == {event.ends_at + 30 * DAY}


@pytest.mark.parametrize(("ends_at", "morning"), [
    (datetime(2026, 12, 1, 21, 0, tzinfo=UTC), datetime(2026, 12, 2, 9, 0, tzinfo=UTC)),
    (datetime(2026, 12, 2, 0, 30, tzinfo=UTC), datetime(2026, 12, 2, 9, 0, tzinfo=UTC)),  # past midnight: that morning
    (datetime(2026, 12, 2, 8, 30, tzinfo=UTC), datetime(2026, 12, 3, 9, 0, tzinfo=UTC)),  # a breakfast: not half an hour later
    (datetime(2026, 7, 1, 21, 0, tzinfo=UTC), datetime(2026, 7, 2, 8, 0, tzinfo=UTC)),  # nine in London's summer
])
def test_the_morning_is_the_events_own(app, ends_at, morning):
    of = make.programme(questions=made.QUESTIONS)
    event = make.event(starts_at=ends_at - 2 * HOUR, ends_at=ends_at, state=EventState.HELD, of=of)
    make.registration(event)
    issue(event, now=ends_at)
    assert min(letter.not_before for letter in rows(OutboxLetter)) == morning


def test_closed_late_letters_leave_at_once(event):
    make.registration(event)
    issue(event, now=NOW + 2 * DAY)
    assert sorted(letter.not_before for letter in rows(OutboxLetter)) == [NOW + 2 * DAY, NOW + 5 * DAY]


def test_the_reaction_asks_whoever_closed(event):
    make.registration(event)
    with db.transaction():
        reactions.issue_tickets(type("Fact", (), {"event_id": event.id}), NOBODY)
    assert len(rows(Ticket)) == 1


def test_an_answer_spends_its_ticket(event):
    ticket = made.ticket(event, make.registration(event))
    ticket_id, by = ticket.id, holder(ticket)
    said = {"heard": 5, "again": "yes", "words": {"text": "Good soup", "lang": "fr"}}
    say(ticket, said)
    assert rows(Ticket) == []
    assert [answer.answers for answer in rows(Answer)] == [said]
    again = {"ticket_id": ticket_id, "said": {"heard": 1}, "by": by, "now": NOW}
    assert refused(do, actions.answer, **again) is Reason.SPENT
    assert len(rows(Answer)) == 1


def test_saying_nothing_keeps_the_ticket(event):
    ticket = made.ticket(event)
    assert refused(say, ticket, {"heard": 9, "again": "perhaps", "unknown": "x", "words": {"text": ""}}) is Reason.NOTHING_SAID
    assert [kept.id for kept in rows(Ticket)] == [ticket.id]


def test_a_ticket_of_another_is_not_for_me(event):
    mine, other = made.ticket(event), made.ticket(event)
    with pytest.raises(NotAllowed):
        do(actions.answer, ticket_id=other.id, said={"heard": 1}, by=holder(mine), now=NOW)
    assert len(rows(Ticket)) == 2


def test_after_a_month_it_is_over(event):
    ticket = made.ticket(event)
    assert refused(say, ticket, now=event.ends_at + 30 * DAY) is Reason.SPENT


def test_a_printed_code_works_once_from_the_start_on(app):
    event = make.event(starts_at=NOW + HOUR, of=make.programme(questions=made.QUESTIONS))
    made.ticket(event, sheet="ABCDEFGHJK")
    use = {"code": "ABCDEFGHJK", "said": {"heard": 2}, "by": NOBODY}
    assert refused(do, actions.answer_on_sheet, now=NOW, **use) is Reason.TOO_EARLY
    do(actions.answer_on_sheet, now=NOW + HOUR, **use)
    assert refused(do, actions.answer_on_sheet, now=NOW + HOUR, **use) is Reason.SPENT
    assert refused(do, actions.answer_on_sheet, code="ABCDEFGHJJ", said={"heard": 2}, by=NOBODY, now=NOW) is Reason.SPENT


def test_codes_asked_for_twice_are_made_once(event):
    staff = make.actor(make.person(), Role.STAFF)
    for codes in (3, 3, 5):
        do(actions.print_sheets, event_id=event.id, codes=codes, by=staff, now=NOW)
    assert len(queries.sheets(event.id)) == 5
    assert queries.result(event.id).printed == 5
    assert [entry.details["codes"] for entry in ledger.history(event.id)] == [2, 3]


@pytest.mark.parametrize("who", ["stranger", "staff elsewhere", "guest"])
def test_who_may_not_print(event, who):
    actor = make.actor(make.person(), *([Role.STAFF] if who == "staff elsewhere" else []), areas=[make.neighbourhood()])
    with pytest.raises(NotAllowed):
        do(actions.print_sheets, event_id=event.id, codes=3, by=actor, now=NOW)


def test_no_codes_for_what_does_not_take_place(app):
    event, staff = make.event(state=EventState.CANCELLED), make.actor(make.person(), Role.STAFF)
    assert refused(do, actions.print_sheets, event_id=event.id, codes=3, by=staff, now=NOW) is Reason.NOT_TAKING_PLACE


def test_steps_of_five(event):
    shown = []
    for number in range(1, 12):
        say(made.ticket(event), {"heard": 1 + number % 5, "words": {"text": f"Text {number}", "lang": "en"}})
        result = queries.result(event.id)
        texts = result.summary.get("words", {}).get("texts", [])
        shown.append((result.answers, len(texts), sum(result.summary.get("heard", {}).get("counts", {}).values())))
    assert shown == [(0, 0, 0)] * 4 + [(5, 5, 5)] * 5 + [(10, 10, 10)] * 2


def test_shuffling_breaks_the_order_and_the_keys(event):
    for number in range(30):
        made.answer(event, {"words": {"text": f"{number}", "lang": "en"}})
    inserted = [f"{number}" for number in range(30)]
    before = {answer.id for answer in rows(Answer)}
    assert jobs.shuffle(NOW) == 1
    assert jobs.shuffle(NOW) == 0
    lying = [answer.answers["words"]["text"] for answer in in_physical_order()]
    assert sorted(lying) == sorted(inserted)
    assert lying != inserted
    assert not before & {answer.id for answer in rows(Answer)}
    assert all(answer.is_shuffled for answer in rows(Answer))


def test_one_new_answer_has_all_rewritten(event):
    old = {made.answer(event, is_shuffled=True).id for _ in range(6)}
    made.answer(event)
    jobs.shuffle(NOW)
    assert len(rows(Answer)) == 7
    assert not old & {answer.id for answer in rows(Answer)}


def in_physical_order():
    order = "rowid" if db.db.engine.dialect.name == "sqlite" else "ctid"
    return list(db.session().scalars(select(Answer).order_by(text(order))))


def test_retention(event):
    party = make.registration(event)
    made.ticket(event, party)
    for _ in range(5):
        say(made.ticket(event), {"heard": 5, "words": {"text": "Good soup", "lang": "en"}})
    assert jobs.forget(event.ends_at + 30 * DAY - HOUR) == 0
    assert jobs.forget(event.ends_at + 30 * DAY) == 1
    assert rows(Ticket) == []
    assert jobs.forget(event.ends_at + 3 * 365 * DAY) == 1
    assert jobs.forget(event.ends_at + 3 * 365 * DAY) == 0
    assert rows(Answer) == []
    assert rows(Result)[0].summary["heard"] == {"counts": {"5": 5}}
    assert rows(Result)[0].summary["words"] == {"texts": []}


@pytest.mark.parametrize("action", [actions.shuffle, actions.forget_answers])
def test_only_the_clock_tidies(event, action):
    with pytest.raises(NotAllowed):
        do(action, event_id=event.id, by=make.actor(make.person(), Role.ADMINISTRATOR))
