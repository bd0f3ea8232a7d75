"""The numbers that public pages of concerns change with."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from engage.concerns.models import Agenda, AgendaItem, Concern, ConcernsVersion
from engage.core import db


def grow(concern_id: UUID) -> None:
    """Say that a concern's public page, and every list it stands in, look different now."""
    page = update(Concern).where(Concern.id == concern_id).values(version=Concern.version + 1)
    db.session().execute(page.execution_options(synchronize_session=False))
    grow_lists()


def grow_papers(concern_id: UUID) -> None:
    """Say that the agendas and minutes that name a concern look different now."""
    naming = select(AgendaItem.event_id).where(AgendaItem.concern_id == concern_id)
    papers = update(Agenda).where(Agenda.event_id.in_(naming)).values(version=Agenda.version + 1)
    db.session().execute(papers.execution_options(synchronize_session=False))


def grow_lists() -> None:
    """Say that lists look different; until the transaction ends, whoever else says so waits."""
    insert = postgresql.insert if db.db.engine.dialect.name == "postgresql" else sqlite.insert
    first = insert(ConcernsVersion).values(id=1, number=1)  # in a new city nobody has made the row yet
    grown = {"number": ConcernsVersion.number + 1}
    db.session().execute(first.on_conflict_do_update(index_elements=["id"], set_=grown))
