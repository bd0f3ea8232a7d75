"""Asking, answering, printing codes, shuffling.

Answering deletes the ticket and writes an answer that knows nothing of it. No fact is recorded and
nothing logged: that somebody answered can be told from the missing ticket alone.
"""

import secrets as randomness
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, insert, update

from engage.core import clock, db, ledger, secrets
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.events import policy as events_policy
from engage.events import queries as events_queries
from engage.events.models import Event
from engage.feedback import facts, letters, policy, queries, rules
from engage.feedback.models import Answer, Result, Ticket
from engage.feedback.rules import Reason
from engage.messages import actions as messages
from engage.programmes.rules import ReminderKind

_shuffler = randomness.SystemRandom()


def issue_tickets(*, event_id: UUID, by: Actor, now: datetime) -> int:
    """Give one ticket to each registration that came, and post its letters; return how many.

    Raises NotAllowed, NotFound.
    """
    event = events_queries.locked(event_id)
    require(events_policy.may_close(by, event))
    if event.ends_at is None or not event.programme.questions:
        return 0
    expires_at, morning = event.ends_at + rules.OPEN_FOR, _morning_after(event, event.ends_at)
    asked = queries.to_ask(event_id)
    for registration in asked:
        ticket = Ticket(id=uuid4(), event_id=event_id, registration_id=registration.id, expires_at=expires_at)
        db.session().add(ticket)
        _post(letters.ASK, ticket, registration, morning, now)
        _post(letters.NUDGE, ticket, registration, max(morning, now) + rules.NUDGE_AFTER, now)
    _result(event_id).asked += len(asked)
    return len(asked)


def answer(*, ticket_id: UUID, said: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Spend a ticket for an answer. Raises NotAllowed, Refused."""
    require(policy.may_answer(by, ticket_id))
    _exchange(Ticket.id == ticket_id, said, now)


def answer_on_sheet(*, code: str, said: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Spend a printed code for an answer; whoever has the paper may. Raises Refused."""
    _exchange(Ticket.sheet == code, said, now)


def print_sheets(*, event_id: UUID, codes: int, by: Actor, now: datetime) -> None:
    """Have so many unused codes for an event's walk-ins: asked for twice, none are added.

    Raises NotAllowed, NotFound, Refused.
    """
    event = events_queries.locked(event_id)
    require(events_policy.may_manage(by, event))
    if event.ends_at is None or event.state not in rules.ASKED_ABOUT:
        raise Refused(Reason.NOT_TAKING_PLACE)
    if not event.programme.questions:
        raise Refused(Reason.NO_QUESTIONS)
    expires_at = event.ends_at + rules.OPEN_FOR
    _keep_sheets(event_id, expires_at)
    missing = min(codes, rules.MOST_SHEETS) - len(queries.sheets(event_id))
    if missing > 0 and now < expires_at:
        _add_sheets(event_id, missing, expires_at)
        ledger.record(facts.SheetsPrinted(event_id, missing), by=by)


def shuffle(*, event_id: UUID, by: Actor) -> None:
    """Rewrite an event's answers in random order under new random keys, so that neither tells who
    came first. Raises NotAllowed."""
    require(by.is_clock)
    queries.locked_result(event_id)
    said = [answer.answers for answer in queries.answers(event_id)]
    _shuffler.shuffle(said)
    db.session().execute(delete(Answer).where(Answer.event_id == event_id))
    rows = [{"id": uuid4(), "event_id": event_id, "answers": answers, "is_shuffled": True} for answers in said]
    if rows:
        db.session().execute(insert(Answer), rows)


def drop_expired(*, by: Actor, now: datetime) -> int:
    """Delete the tickets whose month is over; return how many. Raises NotAllowed."""
    require(by.is_clock)
    return len(db.session().scalars(delete(Ticket).where(Ticket.expires_at <= now).returning(Ticket.id)).all())


def forget_answers(*, event_id: UUID, by: Actor) -> None:
    """Delete what was said about an event; counts stay. Raises NotAllowed."""
    require(by.is_clock)
    result = queries.locked_result(event_id)
    db.session().execute(delete(Answer).where(Answer.event_id == event_id))
    if result is not None:
        result.summary = rules.without_texts(result.summary)


def _exchange(which: ColumnElement[bool], said: Mapping[str, Any], now: datetime) -> None:
    """Go on only as the one who deleted the ticket: of two at once, one finds nothing to delete."""
    spent = delete(Ticket).where(which, Ticket.expires_at > now).returning(Ticket.event_id, Ticket.sheet)
    row = db.session().execute(spent).one_or_none()
    if row is None:
        raise Refused(Reason.SPENT)
    event = queries.meeting(row.event_id)
    if event.state not in rules.ASKED_ABOUT or event.starts_at is None:
        raise Refused(Reason.NOT_TAKING_PLACE)
    if row.sheet is not None and now < event.starts_at:
        raise Refused(Reason.TOO_EARLY, starts_at=event.starts_at, zone=event.zone)
    _keep(event, said)


def _keep(event: Event, said: Mapping[str, Any]) -> None:
    asked = queries.questions(event.programme)
    valid = {q.key: said[q.key] for q in asked if q.key in said and rules.is_answer(q.kind, q.option_keys, said[q.key])}
    if not valid:
        raise Refused(Reason.NOTHING_SAID)
    result = queries.locked_result(event.id)
    if result is None:  # no ticket is made without it
        raise NotFound
    db.session().execute(insert(Answer).values(id=uuid4(), event_id=event.id, answers=valid, is_shuffled=False))
    _renew(result, asked)


def _renew(result: Result, asked: list[queries.Question]) -> None:
    """Show the next five answers, when they are there; each question's in an order of its own."""
    count = rules.shown_answers(queries.answer_count(result.event_id))
    if count <= result.answers:
        return
    shown = _shuffler.sample([answer.answers for answer in queries.answers(result.event_id)], count)
    summary = {}
    for question in asked:
        said = [answers[question.key] for answers in shown if question.key in answers]
        _shuffler.shuffle(said)
        summary[question.key] = rules.tally(question.kind, said)
    result.answers, result.summary = count, summary


def _result(event_id: UUID) -> Result:
    """Return what will be shown of an event, made if it is not there; the event's row is locked by then."""
    result = queries.locked_result(event_id)
    if result is None:
        result = Result(event_id=event_id, asked=0, printed=0, answers=0, summary={})
        db.session().add(result)
        db.session().flush()
    return result


def _keep_sheets(event_id: UUID, expires_at: datetime) -> None:
    """Let printed codes last as long as the event, which may have moved, says."""
    mine = (Ticket.event_id == event_id, Ticket.sheet.is_not(None))
    db.session().execute(update(Ticket).where(*mine).values(expires_at=expires_at))


def _add_sheets(event_id: UUID, codes: int, expires_at: datetime) -> None:
    _result(event_id).printed += codes
    for _ in range(codes):
        db.session().add(Ticket(event_id=event_id, sheet=secrets.new_code(rules.SHEET_CODE), expires_at=expires_at))


def _post(kind: str, ticket: Ticket, to: queries.Asked, not_before: datetime, now: datetime) -> None:
    messages.post(
        about=f"{kind}:{ticket.id}", kind=kind, to=to.address_id, facts={"ticket_id": ticket.id},
        now=now, not_before=not_before, expires_at=ticket.expires_at,
        thread=f"registration:{to.id}", subject_id=ticket.event_id,
    )


def _morning_after(event: Event, ends_at: datetime) -> datetime:
    """Return the first morning that is some hours after the end, at the programme's hour in the event's zone."""
    hours = [rule.get("at") for rule in event.programme.reminders if rule.get("kind") == ReminderKind.MORNING_AFTER]
    at_time = time.fromisoformat(next(filter(None, hours), rules.MORNING))
    earliest = ends_at + rules.LEAST_PAUSE
    day = clock.local(earliest, event.zone).date()
    morning = clock.at(datetime.combine(day, at_time), event.zone)
    return morning if morning >= earliest else clock.at(datetime.combine(day + timedelta(days=1), at_time), event.zone)
