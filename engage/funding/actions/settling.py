"""After the report: receipts judged, the money settled; before it: held, reminded, lapsed."""

from datetime import datetime, timedelta
from uuid import UUID

from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.events.actions import telling
from engage.funding import facts, policy
from engage.funding.actions import budget, moving
from engage.funding.queries import applications, reports
from engage.funding.rules import reporting, states
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State

MORE_TIME = timedelta(days=7)  # at least, when staff ask for something more


def note_held(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """Say that a funded dinner took place, and by when its report is due. Raises NotAllowed."""
    require(by.is_clock)
    standing = applications.standing_of(event_id)
    application = applications.locked(standing) if standing else None
    if application is None or application.state not in states.PREPARING or application.event.ends_at is None:
        return
    due_at = reporting.due_at(application.event.ends_at, application.round.report_days)
    moving.move(application, State.HELD, by=by, now=now, report_due_at=due_at)


def remind(*, application_id: UUID, by: Actor, now: datetime) -> bool:
    """Do what a report that was not sent in asks for now; say whether anything was. Raises NotFound, NotAllowed."""
    require(by.is_clock)
    application = applications.locked(application_id)
    round_, due_at = application.round, application.report_due_at
    if due_at is None:
        return False
    if application.state == State.HELD and now >= due_at - timedelta(days=round_.nudge_before_days):
        moving.move(application, State.REPORT_DUE, by=by, now=now)
        return True
    if application.state != State.REPORT_DUE:
        return False
    lapses_at = due_at + timedelta(days=round_.lapse_days)
    if now >= lapses_at:
        moving.move(application, State.LAPSED, by=by, now=now)
        return True
    passed = [days for days in (round_.first_nudge_days, round_.last_nudge_days) if now >= due_at + timedelta(days=days)]
    return bool(passed) and telling.tell_hosts(
        application.event, "funding.nudge", about=f"funding-nudge:{application.id}:{due_at.date()}:{max(passed)}", now=now,
        expires_at=lapses_at, application_id=application.id,
    )


def judge_receipt(*, receipt_id: UUID, approved: int, note: str, by: Actor, now: datetime) -> None:
    """Accept a receipt, whole or in part or not at all, in minor units. Raises NotFound, NotAllowed, Refused."""
    receipt = reports.receipt(receipt_id)
    if receipt is None:
        raise NotFound
    application = applications.locked(receipt.application_id)
    require(policy.may_pay(by, application))
    if application.state not in reports.TO_CHECK:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=State(application.state))
    if approved > receipt.amount:
        raise Refused(Reason.ABOVE_RECEIPT)
    receipt.approved, receipt.approved_note = approved, note
    db.session().flush()
    ledger.record(facts.ReceiptJudged(application.id, receipt.id, approved), by=by)


def ask_more(*, application_id: UUID, note: str, by: Actor, now: datetime) -> None:
    """Give a report back with what is still needed, and time for it. Raises NotFound, NotAllowed, Refused."""
    application = applications.locked(application_id)
    require(policy.may_pay(by, application))
    due_at = max(application.report_due_at or now, now + MORE_TIME)
    moving.move(application, State.REPORT_DUE, by=by, now=now, note=note, report_due_at=due_at)


def settle(*, application_id: UUID, by: Actor, now: datetime) -> None:
    """Settle an application: what was accepted of the receipts, at most the award. Raises NotFound, NotAllowed, Refused."""
    application = applications.locked(application_id)
    require(policy.may_pay(by, application))
    receipts = reports.receipts(application_id)
    if any(receipt.approved is None for receipt in receipts):
        raise Refused(Reason.NOT_JUDGED)
    approved = min(sum(receipt.approved or 0 for receipt in receipts), application.award or 0)
    moving.move(application, State.SETTLED, by=by, now=now, approved=approved, settled_at=now)


def hide_quote(*, application_id: UUID, is_hidden: bool, by: Actor, now: datetime) -> None:
    """Keep a quote off the public page, or let it stand there again. Raises NotFound, NotAllowed."""
    application = applications.locked(application_id)
    require(policy.may_decide(by, application))
    report = reports.of(application_id)
    if report is None:
        raise NotFound
    report.is_quote_hidden = is_hidden
    budget.grow_page(application.round_id)
    ledger.record(facts.QuoteHidden(application.id, is_hidden), by=by)
