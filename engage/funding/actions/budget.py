"""A round's money: it moves by one conditional UPDATE under its CHECK, whatever runs at the same time."""

from uuid import UUID

from sqlalchemy import update

from engage.core import db
from engage.core.refusal import Refused
from engage.funding.models import FundingRound
from engage.funding.rules.reasons import Reason


def take(round_id: UUID, amount: int) -> None:
    """Take an award, in minor units, from what is left of a round. Raises Refused when that is less."""
    fits = FundingRound.awarded + amount <= FundingRound.budget
    if not _move(round_id, amount, fits):
        kept = db.session().get_one(FundingRound, round_id, populate_existing=True)
        raise Refused(Reason.OVER_BUDGET, left=kept.left, currency=kept.currency)


def free(round_id: UUID, amount: int) -> None:
    """Give an award, or what of it isn't needed, back to its round."""
    _move(round_id, -amount, FundingRound.awarded >= amount)


def grow_page(round_id: UUID) -> None:
    """Say that a round's public pages look different now."""
    step = update(FundingRound).where(FundingRound.id == round_id).values(page_version=FundingRound.page_version + 1)
    db.session().execute(step.execution_options(synchronize_session=False))


def _move(round_id: UUID, amount: int, condition: object) -> bool:
    step = update(FundingRound).where(FundingRound.id == round_id, condition)  # type: ignore[arg-type]
    step = step.values(awarded=FundingRound.awarded + amount, page_version=FundingRound.page_version + 1)
    moved = db.session().execute(step.returning(FundingRound.id).execution_options(synchronize_session=False)).first()
    return moved is not None
