"""Rounds: for staff, and as the public sees them."""

from uuid import UUID

from sqlalchemy import select

from engage.core import db
from engage.core.refusal import NotFound
from engage.funding.models import FundingRound
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
    """Return a published or ended round by the name in its address. Raises NotFound."""
    wanted = select(FundingRound).where(FundingRound.slug == slug, FundingRound.state != RoundState.DRAFT)
    found = db.session().scalars(wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def areas(of: FundingRound) -> frozenset[UUID] | None:
    """Return the neighbourhoods a round is for with all below them; None: the whole city."""
    return places.with_below(of.area_ids) if of.area_ids else None
