"""The ledger of money: one application's, and a round's for the finance office."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.core import db
from engage.core.access import Actor
from engage.funding import policy
from engage.funding.models import Application, Payment, Receipt
from engage.funding.rules import paying, rounds
from engage.funding.rules.paying import Balance, Direction
from engage.funding.rules.states import PREPARING, State


def entries(application_id: UUID) -> list[Payment]:
    """Return an application's payments and counter-entries, the oldest first."""
    mine = select(Payment).where(Payment.application_id == application_id)
    return list(db.session().scalars(mine.order_by(Payment.entered_at, Payment.id)))


def balance_of(application: Application) -> Balance:
    """Return where an application's money stands; the round must be loaded."""
    return balance(application, entries(application.id))


def balance(application: Application, ledger: list[Payment]) -> Balance:
    """Return the same from entries that are loaded already."""
    return paying.balance(owed(application), ((Direction(entry.direction), entry.amount) for entry in ledger))


def outlook(application: Application, receipts: Iterable[Receipt]) -> Balance:
    """Return where the money will stand once these receipts are settled; one that isn't checked yet counts in full."""
    accepted = sum(receipt.amount if receipt.approved is None else receipt.approved for receipt in receipts)
    ledger = ((Direction(entry.direction), entry.amount) for entry in entries(application.id))
    return paying.balance(min(accepted, application.award or 0), ledger)


def owed(application: Application) -> int:
    """Return what should be paid by now: the advance before the report, what was accepted after it, nothing if it lapsed."""
    if application.state == State.SETTLED:
        return application.approved or 0
    if application.state in (State.LAPSED, State.WITHDRAWN):
        return 0
    return advance(application) if application.award else 0


def advance(application: Application) -> int:
    """Return what of an award is paid before the dinner."""
    round_ = application.round
    return rounds.advance_of(application.award or 0, rounds.PayMode(round_.pay_mode), round_.advance_percent)


def is_advance_open(application: Application) -> bool:
    """Say whether an advance is still to be paid."""
    return application.state in PREPARING - {State.PAID_IN_ADVANCE} and advance(application) > 0


def of_round(round_id: UUID, by: Actor) -> list[tuple[Application, Payment]]:
    """Return all payments of a round that this reader may see, by the day they were made."""
    wanted = select(Application, Payment).join(Payment, Payment.application_id == Application.id)
    wanted = wanted.where(Application.round_id == round_id).options(joinedload(Application.event))
    areas = by.areas(*policy.STAFF)
    if areas is not None:
        wanted = wanted.where(Application.neighbourhood_id.in_(areas))
    rows = db.session().execute(wanted.order_by(Payment.on, Payment.entered_at, Payment.id))
    return [(row[0], row[1]) for row in rows]


def payment(payment_id: UUID) -> Payment | None:
    return db.session().get(Payment, payment_id)


def counter_entry(payment_id: UUID) -> Payment | None:
    """Return what corrects a payment, if something does."""
    return db.session().scalars(select(Payment).where(Payment.corrects_id == payment_id)).one_or_none()


def by_form_key(form_key: str) -> Payment | None:
    """Return what was entered with a form before."""
    return db.session().scalars(select(Payment).where(Payment.form_key == form_key)).one_or_none()
