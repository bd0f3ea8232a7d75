"""Named selects of feedback. None joins an answer to anything but its event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from engage.attendance import queries as attendance_queries
from engage.core import db
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.events.models import Event
from engage.feedback.models import Answer, Result, Ticket
from engage.messages.models import Address
from engage.messages.rules import Channel
from engage.programmes.models import Programme
from engage.programmes.rules import QuestionKind
from engage.registrations.models import Registration
from engage.registrations.rules import State


@dataclass(frozen=True)
class Option:
    key: str
    text: Localized


@dataclass(frozen=True)
class Question:
    """One question of a programme."""

    key: str
    kind: QuestionKind
    text: Localized
    options: tuple[Option, ...] = ()

    @property
    def option_keys(self) -> tuple[str, ...]:
        return tuple(option.key for option in self.options)


@dataclass(frozen=True)
class Asked:
    """A registration that is asked how it was."""

    id: UUID
    address_id: UUID


def questions(programme: Programme) -> list[Question]:
    """Return what a programme asks."""
    return [_question(question) for question in programme.questions]


def meeting(event_id: UUID) -> Event:
    """Return an event with its programme and languages. Raises NotFound."""
    wanted = select(Event).where(Event.id == event_id)
    found = db.session().scalars(wanted.options(joinedload(Event.programme), selectinload(Event.languages))).one_or_none()
    if found is None:
        raise NotFound
    return found


def open_ticket(ticket_id: UUID, now: datetime) -> Ticket | None:
    """Return a ticket that can still be spent."""
    return db.session().scalars(select(Ticket).where(Ticket.id == ticket_id, Ticket.expires_at > now)).one_or_none()


def ticket_of_sheet(code: str, now: datetime) -> Ticket | None:
    """Return the ticket of a printed code that can still be spent."""
    return db.session().scalars(select(Ticket).where(Ticket.sheet == code, Ticket.expires_at > now)).one_or_none()


def revocation(ticket_id: UUID) -> int:
    """Return the revocation number of a ticket, and zero for one that is gone.

    So who follows the link once more is let in and thanked; without a signature of ours nobody
    gets as far as here.
    """
    return db.session().scalar(select(Ticket.revocation).where(Ticket.id == ticket_id)) or 0


def registration_of(ticket_id: UUID, now: datetime) -> tuple[Ticket, Registration] | None:
    """Return an open ticket and whose it is, with the event, for a letter."""
    wanted = select(Ticket, Registration).join(Registration, Registration.id == Ticket.registration_id)
    loaded = joinedload(Registration.event).joinedload(Event.programme)
    row = db.session().execute(wanted.where(Ticket.id == ticket_id, Ticket.expires_at > now).options(loaded)).one_or_none()
    return None if row is None else (row[0], row[1])


def to_ask(event_id: UUID) -> list[Asked]:
    """Return the registrations to ask: those that came; everybody with a place where no check-in was taken.

    Who can't be written to is left out.
    """
    came = attendance_queries.came(event_id).parties
    wanted = select(Registration.id, Address.id).join(Address, Address.id == Registration.address_id)
    has_place = (Registration.event_id == event_id, Registration.state == State.CONFIRMED, Address.channel == Channel.EMAIL)
    rows = db.session().execute(wanted.where(*has_place)).all()
    return [Asked(*row) for row in rows if not came or row[0] in came]


def sheets(event_id: UUID) -> list[Ticket]:
    """Return the printed codes nobody has used yet, in no order that tells anything."""
    mine = (Ticket.event_id == event_id, Ticket.sheet.is_not(None))
    return list(db.session().scalars(select(Ticket).where(*mine).order_by(Ticket.sheet)))


def result(event_id: UUID) -> Result | None:
    """Return what is shown of an event's answers."""
    return db.session().get(Result, event_id, populate_existing=True)


def locked_result(event_id: UUID) -> Result | None:
    """Return the same, locked: answers of one event come in one after the other."""
    return db.session().scalars(select(Result).where(Result.event_id == event_id).with_for_update()).one_or_none()


def answers(event_id: UUID) -> list[Answer]:
    """Return all answers about an event."""
    return list(db.session().scalars(select(Answer).where(Answer.event_id == event_id)))


def answer_count(event_id: UUID) -> int:
    return db.session().scalar(select(func.count()).where(Answer.event_id == event_id)) or 0


def unshuffled() -> list[UUID]:
    """Return the events with answers that still lie as they came."""
    return list(db.session().scalars(select(Answer.event_id).where(Answer.is_shuffled.is_(False)).distinct()))


def to_forget(ended_before: datetime) -> list[UUID]:
    """Return events that ended by then and of which answers are kept."""
    kept = select(Answer.event_id).where(Answer.event_id == Event.id).exists()
    return list(db.session().scalars(select(Event.id).where(Event.ends_at <= ended_before, kept)))


def _question(question: Mapping[str, Any]) -> Question:
    return Question(
        key=question["key"], kind=QuestionKind(question["kind"]), text=Localized.from_json(question["text"]),
        options=tuple(_options(question.get("options", ()))),
    )


def _options(options: Iterable[Mapping[str, Any]]) -> Iterable[Option]:
    return (Option(option["key"], Localized.from_json(option["text"])) for option in options)
