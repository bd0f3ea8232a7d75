"""What the clock ticks in messages: delivery, and the nightly erasing."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import UUID, uuid4

import structlog
from sqlalchemy.exc import IntegrityError

from engage.core import db, pages
from engage.core.city import city
from engage.core.clock import Job
from engage.messages import actions, adapters, letters, queries, rules
from engage.messages.actions import Outcome
from engage.messages.adapters import Carrier
from engage.messages.letters import Letter
from engage.messages.models import OutboxLetter
from engage.messages.rules import Channel, Problem, State

BATCH = 10

log = structlog.get_logger()


@dataclass(frozen=True)
class _Ready:
    """A letter that is about to leave."""

    mail: EmailMessage
    to: str
    expires_at: datetime


def deliver(now: datetime) -> int:
    """Send what is due, until nothing is; return how many letters were tried or ended."""
    if queries.oldest_due(now) is None:
        return 0
    done, present = 0, _running_from(now)
    with adapters.carrier(pages.settings().mail) as carrier:
        while batch := _claimed(lease := uuid4(), present()):
            for letter_id in batch:
                _handle(letter_id, lease, carrier, present)
            done += len(batch)
    return done


def _running_from(now: datetime) -> Callable[[], datetime]:
    """Return a clock that starts at the instant of this tick: a round may take minutes."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


def _claimed(lease: UUID, now: datetime) -> list[UUID]:
    with db.transaction():
        return actions.claim(lease=lease, now=now, limit=BATCH)


def _handle(letter_id: UUID, lease: UUID, carrier: Carrier, present: Callable[[], datetime]) -> None:
    """Take one letter through a try; no transaction is open while the mail server is spoken to."""
    with db.transaction():
        if not actions.begin_try(letter_id=letter_id, lease=lease, now=present()):
            return
    ready = _prepared(letter_id, present())
    outcome = ready if isinstance(ready, Outcome) else _carried(ready, carrier, present)
    with db.transaction():
        is_ours = actions.conclude(letter_id=letter_id, lease=lease, outcome=outcome, now=present())
    log.info("letter", letter=str(letter_id), state=outcome.state, problem=outcome.problem, is_ours=is_ours)


def _carried(ready: _Ready, carrier: Carrier, present: Callable[[], datetime]) -> Outcome:
    try:
        carrier.carry(ready.mail, sender=pages.settings().mail_from, to=ready.to)
    except adapters.Refusal as refusal:
        return Outcome(State.REFUSED, refusal.problem)
    except adapters.Delay as delay:
        return Outcome(State.DUE if present() < ready.expires_at else State.EXPIRED, delay.problem)
    return Outcome(State.SENT)


def _prepared(letter_id: UUID, now: datetime) -> _Ready | Outcome:
    """Return the mail of a letter, or how it ends without one. Leaves no transaction behind."""
    try:
        row = queries.letter(letter_id)
        return _examined(row, now) if row else Outcome(State.CANCELLED)
    except Exception as error:
        # One letter that can't be written must not keep the others; it is tried again and then expires.
        log.exception("letter_not_written", letter=str(letter_id), error=type(error).__name__)
        return Outcome(State.DUE, Problem.WRITING)
    finally:
        db.session().rollback()


def _examined(row: OutboxLetter, now: datetime) -> _Ready | Outcome:
    if now >= row.expires_at:
        return Outcome(State.EXPIRED, Problem(row.problem) if row.problem else None)
    if row.topic and row.topic in queries.opted_out(row.address_id):
        return Outcome(State.CANCELLED, Problem.OPTED_OUT)
    letter = letters.KINDS[row.kind].render(row.facts, now)
    if letter is None:
        return Outcome(State.CANCELLED)
    if row.address.channel == Channel.PHONE:
        return Outcome(State.REFUSED, Problem.PHONE)
    return _Ready(_mail(row, letter, now), row.address.value, row.expires_at)


def _mail(row: OutboxLetter, letter: Letter, now: datetime) -> EmailMessage:
    topic = rules.Topic(row.topic) if row.topic else None
    unsubscribe_url = letters.unsubscribe_url(row.address, topic, letters.spoken(letter.locale)) if topic else None
    written = letters.write(letter, unsubscribe_url=unsubscribe_url)
    parts = tuple(adapters.Part(part.name, part.content, part.content_type) for part in letter.attachments)
    return adapters.message(adapters.Mail(
        message_id=row.message_id, to=row.address.value, sender_name=city().name, sender=pages.settings().mail_from,
        subject=written.subject, locale=written.locale, text=written.text, html=written.html, date=now, parts=parts,
        reply_to=letter.reply_to or city().contact_email or None, unsubscribe_url=unsubscribe_url,
    ))


def forget(now: datetime) -> int:
    """Keep the promises of `personal(...)`: erase ended letters, then addresses nothing refers to."""
    with db.transaction():
        erased = actions.erase_ended(now=now)
    return erased + sum(_erased(address_id, now) for address_id in queries.unused_addresses(now - rules.UNUSED_FOR))


def _erased(address_id: UUID, now: datetime) -> bool:
    try:
        with db.transaction():
            return actions.erase_unused(address_id=address_id, now=now)
    except IntegrityError:  # somebody signed up with it at this very moment
        return False


JOBS: tuple[Job, ...] = (
    Job("messages.deliver", timedelta(seconds=3), deliver),
    Job("messages.forget", timedelta(days=1), forget),
)
