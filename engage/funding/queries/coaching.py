"""What coaches look after."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.core import db
from engage.core.access import Actor
from engage.funding.models import Application, CoachNote
from engage.funding.rules.states import PREPARING, REPORTABLE

ACCOMPANIED = PREPARING | REPORTABLE


def coached_by(person_id: UUID) -> list[Application]:
    """Return whom somebody coaches, who is to be contacted soonest first."""
    mine = select(Application).where(Application.coach_id == person_id)
    loaded = joinedload(Application.round), joinedload(Application.event)
    soonest = Application.next_contact_on.is_(None), Application.next_contact_on, Application.planned_on, Application.id
    return list(db.session().scalars(mine.options(*loaded).order_by(*soonest)))


def notes(application_id: UUID) -> list[CoachNote]:
    """Return a coach's notes, the newest first."""
    about = select(CoachNote).where(CoachNote.application_id == application_id)
    return list(db.session().scalars(about.order_by(CoachNote.on.desc(), CoachNote.at.desc())))


def is_to_contact(application: Application, today: date) -> bool:
    """Say whether a coach wanted to have talked with a host by today, or has not planned to yet."""
    planned = application.next_contact_on
    return application.state in ACCOMPANIED and (planned is None or planned <= today)


def count_to_contact(by: Actor, today: date) -> int:
    """Return how many hosts wait for somebody to talk with them."""
    mine = coached_by(by.person_id) if by.person_id else []
    return sum(is_to_contact(application, today) for application in mine)
