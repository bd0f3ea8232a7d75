"""Rounds: for staff, and as the public sees them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, lazyload

from engage.core import db
from engage.core.access import Actor
from engage.core.refusal import NotFound
from engage.funding import policy
from engage.funding.models import Application, FundingRound, RoundProgramme
from engage.funding.rules.rounds import RoundState
from engage.places import queries as places


def one(round_id: UUID) -> FundingRound:
    """Return a round with programmes and areas. Raises NotFound."""
    found = db.session().scalars(select(FundingRound).where(FundingRound.id == round_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def locked(round_id: UUID) -> FundingRound:
    """Return a round that nobody else changes until this transaction ends. Raises NotFound."""
    wanted = select(FundingRound).where(FundingRound.id == round_id).with_for_update(of=FundingRound)
    found = db.session().scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def public(slug: str) -> FundingRound:
    """Return a published or ended round by the name in its address, in one statement. Raises NotFound."""
    wanted = select(FundingRound).where(FundingRound.slug == slug, FundingRound.state != RoundState.DRAFT)
    whole = wanted.options(joinedload(FundingRound.programmes), joinedload(FundingRound.areas))
    found = db.session().scalars(whole).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def areas(of: FundingRound) -> frozenset[UUID] | None:
    """Return the neighbourhoods a round is for with all below them; None: the whole city."""
    return places.with_below(of.area_ids) if of.area_ids else None


def open_now(now: datetime, programme_id: UUID) -> list[FundingRound]:
    """Return the rounds in which one can apply for a kind of meeting, those that close first before others."""
    is_open = (FundingRound.state == RoundState.PUBLISHED, FundingRound.opens_at <= now, FundingRound.closes_at > now)
    fitting = select(FundingRound).join(RoundProgramme).where(*is_open, RoundProgramme.programme_id == programme_id)
    return list(db.session().scalars(fitting.order_by(FundingRound.closes_at, FundingRound.id)))


def slugs() -> frozenset[str]:
    return frozenset(db.session().scalars(select(FundingRound.slug)))


def every() -> list[FundingRound]:
    """Return all rounds, the newest first."""
    return list(db.session().scalars(select(FundingRound).order_by(FundingRound.created_at.desc(), FundingRound.id)))


def shown() -> list[FundingRound]:
    """Return the rounds everybody may see, those that close last first; whom they are for is read when asked."""
    seen = select(FundingRound).where(FundingRound.state != RoundState.DRAFT)
    wanted = seen.options(lazyload(FundingRound.programmes), lazyload(FundingRound.areas))
    return list(db.session().scalars(wanted.order_by(FundingRound.closes_at.desc(), FundingRound.id)))


def public_version() -> str:
    """Return what changes whenever the pages about all rounds do."""
    counted = select(func.count(), func.sum(FundingRound.page_version)).where(FundingRound.state != RoundState.DRAFT)
    return ":".join(str(number) for number in db.session().execute(counted).one())


def application_counts(by: Actor) -> dict[UUID, int]:
    """Return how many applications of this reader's neighbourhoods were sent in, by round."""
    counted = select(Application.round_id, func.count()).where(Application.submitted_at.is_not(None))
    mine = by.areas(*policy.STAFF)
    if mine is not None:
        counted = counted.where(Application.neighbourhood_id.in_(mine))
    return {row[0]: row[1] for row in db.session().execute(counted.group_by(Application.round_id))}
