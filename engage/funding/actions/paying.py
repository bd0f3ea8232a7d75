"""The ledger of money: payments are entered, and corrected by counter-entries. Nothing is ever edited."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from engage.accounts import queries as accounts
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.funding import facts, policy
from engage.funding.actions import moving
from engage.funding.models import Application, Payment
from engage.funding.queries import applications, money
from engage.funding.rules import paying, references, states
from engage.funding.rules.paying import Balance, Direction
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State


def enter(
    *, application_id: UUID, direction: Direction, amount: int, on: date, reference: str = "", form_key: str,
    by: Actor, now: datetime,
) -> None:
    """Enter what was paid to a host or came back; the same form sent twice is one payment.

    Raises NotFound, NotAllowed, Refused.
    """
    application = applications.locked(application_id)
    require(policy.may_pay(by, application))
    if money.by_form_key(form_key):
        return
    _check(application, direction, amount, on)
    if references.looks_like_account(reference):
        raise Refused(Reason.LOOKS_LIKE_ACCOUNT)
    payment = Payment(
        application_id=application.id, form_key=form_key, on=on, amount=amount, direction=direction, reference=reference,
        entered_by=by.person_id, entered_at=now,
    )
    db.session().add(payment)
    db.session().flush()
    ledger.record(facts.PaymentEntered(application.id, payment.id, direction, amount), by=by)
    if direction == Direction.OUT and application.state in states.PREPARING - {State.PAID_IN_ADVANCE}:
        moving.move(application, State.PAID_IN_ADVANCE, by=by, now=now)


def _check(application: Application, direction: Direction, amount: int, on: date) -> None:
    if application.state not in states.FUNDED:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=State(application.state))
    is_early = direction == Direction.OUT and application.state in states.PREPARING
    if is_early and not money.advance(application):
        raise Refused(Reason.NO_ADVANCE_IN_THIS_ROUND)
    if is_early and application.state == State.AWARDED and application.round.needs_agreement:
        raise Refused(Reason.AGREEMENT_MISSING)
    stands = money.balance_of(application)
    if reason := paying.payment_refusal(direction, amount, stands, on, accounts.today()):
        raise Refused(reason, **_details(reason, stands, application.round.currency))


def _details(reason: Reason, stands: Balance, currency: str) -> dict[str, Any]:
    if reason == Reason.MORE_THAN_AWARDED:
        return {"left": stands.to_pay, "currency": currency}
    return {"paid": stands.net, "currency": currency} if reason == Reason.MORE_THAN_PAID else {}


def correct(*, payment_id: UUID, reference: str, form_key: str, by: Actor, now: datetime) -> None:
    """Answer a wrong payment with a counter-entry, once. Raises NotFound, NotAllowed, Refused."""
    wrong = money.payment(payment_id)
    if wrong is None:
        raise NotFound
    application = applications.locked(wrong.application_id)
    require(policy.may_pay(by, application))
    if money.by_form_key(form_key):
        return
    if wrong.corrects_id is not None or money.counter_entry(wrong.id):
        raise Refused(Reason.ALREADY_CORRECTED)
    if references.looks_like_account(reference):
        raise Refused(Reason.LOOKS_LIKE_ACCOUNT)
    stands = money.balance_of(application)
    if wrong.direction == Direction.OUT and wrong.amount > stands.net:  # some of it has come back: that is corrected first
        raise Refused(Reason.MORE_THAN_PAID, paid=stands.net, currency=application.round.currency)
    counter = Payment(
        application_id=application.id, form_key=form_key, on=accounts.today(), amount=-wrong.amount, direction=wrong.direction,
        reference=reference, corrects_id=wrong.id, entered_by=by.person_id, entered_at=now,
    )
    db.session().add(counter)
    db.session().flush()
    ledger.record(facts.PaymentCorrected(application.id, counter.id, wrong.id), by=by)


def note_export(*, round_id: UUID, form: str, by: Actor, now: datetime) -> None:
    """Write down that a round's money left the house as a file."""
    ledger.record(facts.PaymentsExported(round_id, form), by=by)
