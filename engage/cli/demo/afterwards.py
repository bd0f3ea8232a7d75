"""What happens at the door and the morning after: check-ins, walk-ins, closing, answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from engage.attendance import actions as attendance
from engage.core import db, secrets
from engage.core.access import Actor
from engage.feedback import actions as feedback
from engage.feedback.models import Ticket
from engage.registrations import queries as registrations

if TYPE_CHECKING:
    from engage.cli.demo.meetings import Meeting

HEARD, TRUST = (5, 4, 5, 3, 4, 5, 4, 5), (4, 3, 5, 2, 4, 4, 3, 5)  # a scale from 1 to 5
MET, AGAIN = ("several", "one", "several", "several", "nobody"), ("yes", "yes", "perhaps", "yes", "yes", "no")


def hold(meeting: "Meeting") -> None:
    """Note the evening itself, if it is over, and what was said of it."""
    if "came" not in meeting.told:
        return
    diary, chance = meeting.diary, Random(meeting.number)  # noqa: S311 - the same story each time
    diary.note(meeting.starts_at + timedelta(minutes=12), lambda now: _check_in(meeting, chance, now))
    if "walk_ins" in meeting.told:
        meeting.act(
            meeting.starts_at + timedelta(minutes=20), attendance.add_walk_in, form_key=secrets.new_token(),
            people=meeting.told["walk_ins"], by=lambda: meeting.host,
        )
    meeting.act(meeting.ends_at + timedelta(minutes=40), attendance.close, by=lambda: meeting.host)
    diary.note(meeting.ends_at + timedelta(hours=18), lambda now: _answer(meeting, chance, now))


def _check_in(meeting: "Meeting", chance: Random, now: datetime) -> None:
    guests = registrations.seated(meeting.id)
    for guest in chance.sample(list(guests), round(len(guests) * meeting.told["came"])):
        attendance.check_in(
            event_id=meeting.id, registration_id=guest.id, came=guest.party_size, by=meeting.host, now=now,
        )


def _answer(meeting: "Meeting", chance: Random, now: datetime) -> None:
    mine = select(Ticket.id).where(Ticket.event_id == meeting.id, Ticket.sheet.is_(None)).order_by(Ticket.id)
    tickets: Sequence[UUID] = db.session().scalars(mine.limit(meeting.told["answers"])).all()
    for ticket_id in tickets:
        holder = Actor(links=frozenset({("feedback", ticket_id)}))
        feedback.answer(ticket_id=ticket_id, said=_said(meeting, chance), by=holder, now=now)


def _said(meeting: "Meeting", chance: Random) -> dict[str, Any]:
    said: dict[str, Any] = {
        "heard": chance.choice(HEARD), "met": chance.choice(MET), "trust": chance.choice(TRUST), "again": chance.choice(AGAIN),
    }
    if chance.random() < 0.6:  # noqa: PLR2004 - not everybody writes
        text, lang = chance.choice(meeting.cast.told["words"])
        said["words"] = {"text": text, "lang": lang}
    return said
