"""Take what the retention periods want gone off the record."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CursorResult, Delete, String, Update, cast, delete, func, or_, select, update

from engage.concerns.models import (
    ActionItem,
    ActionNote,
    Agenda,
    AgendaItem,
    Concern,
    ConcernStep,
    Consultation,
    MinutesVersion,
    Ranking,
    Voice,
)
from engage.concerns.rules.meeting import ActionState
from engage.concerns.rules.steps import Step
from engage.core import db
from engage.core.access import Actor
from engage.core.refusal import require
from engage.events.models import Event

WEEK, QUARTER, YEAR = timedelta(days=7), timedelta(days=90), timedelta(days=365)


def _of_meetings_over_before(model: type[Agenda | AgendaItem | MinutesVersion], instant: datetime) -> Delete:
    return delete(model).where(model.event_id.in_(select(Event.id).where(Event.ends_at < instant)))


def _minutes(now: datetime) -> Delete:
    return _of_meetings_over_before(MinutesVersion, now - 3 * YEAR)


def _actions(now: datetime) -> Delete:
    """What somebody promised, with the notes about it: three years after it was made, once it has ended."""
    return delete(ActionItem).where(ActionItem.created_at < now - 3 * YEAR, ActionItem.state != ActionState.OPEN)


def _items(now: datetime) -> Delete:
    return _of_meetings_over_before(AgendaItem, now - 3 * YEAR)


def _agendas(now: datetime) -> Delete:
    return _of_meetings_over_before(Agenda, now - 3 * YEAR)


def _rankings(now: datetime) -> Delete:
    """Who ranked what: a year after the consultation closed; its priorities and their numbers stay."""
    closed = select(Consultation.id).where(Consultation.closed_at < now - YEAR)
    return delete(Ranking).where(Ranking.consultation_id.in_(closed))


def _unproven_rankings(now: datetime) -> Delete:
    """What was ranked with an address that nobody proved: a week after it was sent last."""
    return delete(Ranking).where(Ranking.proven_at.is_(None), Ranking.at < now - WEEK)


def _unproven_answers(now: datetime) -> Update:
    """What was sent since with an address that had ranked before, and nobody confirmed: a week; what counts stays."""
    is_asked = Ranking.proven_at.is_not(None) & (cast(Ranking.asked_ids, String) != "[]")
    return update(Ranking).where(is_asked, Ranking.at < now - WEEK).values(asked_ids=[])


def _concerns(now: datetime) -> Delete:
    """Three years after it was raised, unless something still refers to it."""
    spoken_of = select(AgendaItem.concern_id).where(AgendaItem.concern_id.is_not(None))
    acted_on = select(ActionItem.concern_id).where(ActionItem.concern_id.is_not(None))
    into = select(Concern.merged_into_id).where(Concern.merged_into_id.is_not(None))
    free = (Concern.id.not_in(spoken_of), Concern.id.not_in(acted_on), Concern.id.not_in(into))
    return delete(Concern).where(Concern.raised_at < now - 3 * YEAR, *free)


def _unproven_voices(now: datetime) -> Delete:
    """Who said that it matters to them too, and never proved the address: a week."""
    return delete(Voice).where(Voice.proven_at.is_(None), ~Voice.is_author, Voice.at < now - WEEK)


def _unproven_authors(now: datetime) -> Update:
    """The address of an author who never proved it: a week; what they raised stays."""
    is_theirs = Voice.is_author & Voice.proven_at.is_(None) & Voice.address_id.is_not(None)
    return update(Voice).where(is_theirs, Voice.at < now - WEEK).values(address_id=None)


def _told_to_the_end(now: datetime) -> Update:
    """Addresses of those a concern mattered to: 90 days after it was done, when there is no more to tell."""
    last = select(ConcernStep.concern_id).group_by(ConcernStep.concern_id).having(func.max(ConcernStep.at) < now - QUARTER)
    over = select(Concern.id).where(Concern.step == Step.DONE, Concern.id.in_(last))
    return update(Voice).where(Voice.concern_id.in_(over), Voice.address_id.is_not(None)).values(address_id=None)


PROMISES: tuple[Callable[[datetime], Delete | Update], ...] = (
    _minutes, _actions, _items, _agendas, _rankings, _unproven_rankings, _unproven_answers, _concerns, _unproven_voices,
    _unproven_authors, _told_to_the_end,
)


def keep_promise(*, number: int, by: Actor, now: datetime) -> int:
    """Carry out one of the `PROMISES` and return how many rows it took. Raises NotAllowed."""
    require(by.is_clock)
    done = db.session().execute(PROMISES[number](now).execution_options(synchronize_session=False))
    return done.rowcount if isinstance(done, CursorResult) else 0


# --- agendas, minutes and action items --------------------------------------------------------------


def forget_owner(*, person_id: UUID, address_id: UUID | None, by: Actor, now: datetime) -> None:
    """Take somebody who has left off what they were to do, and their name off what they wrote. Raises NotAllowed."""
    require(by.is_clock)
    is_theirs = ActionItem.owner_id == person_id
    if address_id is not None:
        is_theirs = or_(is_theirs, ActionItem.address_id == address_id)
    nobody = {"owner_id": None, "address_id": None, "who": "", "revocation": ActionItem.revocation + 1}
    for statement in (
        update(ActionItem).where(is_theirs).values(**nobody),
        update(ActionNote).where(ActionNote.author_id == person_id).values(author_id=None),
        update(MinutesVersion).where(MinutesVersion.published_by == person_id).values(published_by=None),
    ):
        db.session().execute(statement.execution_options(synchronize_session=False))
