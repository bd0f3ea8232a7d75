"""What came of a dinner: report, files, receipts; and which are due."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from engage.attendance import queries as attendance
from engage.core import db
from engage.core.access import Actor
from engage.events.models import Event
from engage.funding import policy
from engage.funding.models import Application, File, Receipt, Report
from engage.funding.rules.states import State

TO_CHECK = frozenset({State.REPORTED, State.LAPSED})


def of(application_id: UUID) -> Report | None:
    """Return a report as far as it is written."""
    return db.session().get(Report, application_id)


def files(application_id: UUID) -> list[File]:
    """Return the files of a report without their content, the oldest first."""
    mine = select(File).where(File.application_id == application_id)
    return list(db.session().scalars(mine.order_by(File.added_at, File.id)))


def file(application_id: UUID, file_id: UUID) -> File | None:
    """Return one file of a report with its content."""
    wanted = select(File).where(File.id == file_id, File.application_id == application_id)
    return db.session().scalars(wanted.options(undefer(File.content))).one_or_none()


def receipts(application_id: UUID) -> list[Receipt]:
    """Return the receipts of a report, the oldest first."""
    mine = select(Receipt).where(Receipt.application_id == application_id)
    return list(db.session().scalars(mine.order_by(Receipt.added_at, Receipt.id)))


def receipt(receipt_id: UUID) -> Receipt | None:
    return db.session().get(Receipt, receipt_id)


def is_known(form_key: str) -> bool:
    """Say whether a form was sent before."""
    kinds = (File, Receipt)
    return any(db.session().scalar(select(kind.id).where(kind.form_key == form_key)) is not None for kind in kinds)


def counted_people(event_id: UUID) -> int:
    """Return how many people check-in has counted at the table."""
    return attendance.came(event_id).total


def to_check(by: Actor) -> list[Application]:
    """Return what waits for staff to check and settle, the longest-waiting first."""
    waiting = select(Application).join(Event, Event.id == Application.event_id).where(Application.state.in_(TO_CHECK))
    areas = by.areas(*policy.STAFF)
    if areas is not None:
        waiting = waiting.where(Application.neighbourhood_id.in_(areas))
    loaded = joinedload(Application.round), joinedload(Application.event)
    return list(db.session().scalars(waiting.options(*loaded).order_by(Event.ends_at, Application.id)))


def count_to_check(by: Actor) -> int:
    """Return how many those are."""
    waiting = select(func.count()).select_from(Application).where(Application.state.in_(TO_CHECK))
    areas = by.areas(*policy.STAFF)
    return db.session().scalar(waiting if areas is None else waiting.where(Application.neighbourhood_id.in_(areas))) or 0


def awaited(states: frozenset[State]) -> list[Application]:
    """Return applications in some states whose report has a day it is due, with their round."""
    waiting = select(Application).where(Application.state.in_(states), Application.report_due_at.is_not(None))
    return list(db.session().scalars(waiting.options(joinedload(Application.round)).order_by(Application.report_due_at)))
