"""Staff's part after a dinner: reports to check, receipts judged, the money settled."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from engage.core import access, clock
from engage.core.access import Actor
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.pages import Panel, Queue, attempt, told
from engage.core.refusal import NotFound
from engage.funding import policy
from engage.funding.actions import settling
from engage.funding.desk.blueprint import bp
from engage.funding.forms.onepage import Page, form_of, page
from engage.funding.forms.reporting import MoreForm, judge_form
from engage.funding.models import Application
from engage.funding.queries import applications, money, reports
from engage.funding.rules import states
from engage.funding.rules.states import State
from engage.funding.wording import labels

ADDRESS = "/<locale>/desk/funding/application/<uuid:application_id>"


@bp.get("/<locale>/desk/funding/reports")
@access.signed_in(*policy.STAFF)
def reports_to_check() -> str:
    """Show the reports that wait to be checked and settled."""
    return render_template("funding/reports.html", applications=reports.to_check(access.actor()), labels=labels)


def _press(application_id: UUID, form: Form, act: Callable[[], object], message: str, **filled: Form) -> Response | Page:
    applications.for_actor(application_id, access.actor(), policy.may_pay)
    done, problem, status = attempt(form, act)
    if done:
        return told(message, "funding.application", application_id=application_id)
    return page(application_id, problem=problem, status=status, **filled)


@bp.post(f"{ADDRESS}/receipts/<uuid:receipt_id>")
@access.signed_in(*policy.STAFF)
def judge_receipt(application_id: UUID, receipt_id: UUID) -> Response | Page:
    """Accept a receipt, whole or in part."""
    application = applications.for_actor(application_id, access.actor(), policy.may_pay)
    receipt = next((each for each in reports.receipts(application_id) if each.id == receipt_id), None)
    if receipt is None:
        raise NotFound
    form = judge_form(application, receipt)
    return _press(application_id, form, lambda: settling.judge_receipt(
        receipt_id=receipt_id, approved=form.approved.data or 0, note=form.note.data or "", by=access.actor(), now=clock.now()
    ), _("Saved."), **{f"judge-{receipt_id}": form})


@bp.post(f"{ADDRESS}/more")
@access.signed_in(*policy.STAFF)
def ask_more(application_id: UUID) -> Response | Page:
    """Give a report back with what is still needed."""
    form = MoreForm(prefix="more")
    return _press(application_id, form, lambda: settling.ask_more(
        application_id=application_id, note=form.note.data or "", by=access.actor(), now=clock.now()
    ), _("Given back. Its host gets a letter with your note."), more=form)


@bp.post(f"{ADDRESS}/settle")
@access.signed_in(*policy.STAFF)
def settle(application_id: UUID) -> Response | Page:
    """Settle the money."""
    return _press(application_id, Form(), lambda: settling.settle(
        application_id=application_id, by=access.actor(), now=clock.now()
    ), _("It is settled. Its host gets a letter."))


@bp.post(f"{ADDRESS}/quote/<any(hide, show):what>")
@access.signed_in(*policy.STAFF)
def hide_quote(application_id: UUID, what: str) -> Response | Page:
    """Keep a quote off the public page, or let it stand there again."""
    return _press(application_id, Form(), lambda: settling.hide_quote(
        application_id=application_id, is_hidden=what == "hide", by=access.actor(), now=clock.now()
    ), _("Saved."))


def _report(actor: Actor, application: Application) -> dict[str, Any] | None:
    """Show the report: to the hosts what they sent, to staff with what they have to check."""
    report = reports.of(application.id)
    is_sent = report is not None and report.submitted_at is not None
    is_staff = policy.may_pay(actor, application)
    if not (is_sent or (is_staff and application.state == State.LAPSED)) or not policy.may_see_files(actor, application):
        return None
    receipts = reports.receipts(application.id)
    may_judge = is_staff and application.state in reports.TO_CHECK
    return {
        "application": application, "report": report, "counted": reports.counted_people(application.event_id), "labels": labels,
        "photos": [each for each in reports.files(application.id) if each.kind == "photo"], "receipts": receipts,
        "may_judge": may_judge, "is_staff": is_staff, "is_judged": all(receipt.approved is not None for receipt in receipts),
        "forms": {item.id: _judged(application, item) for item in receipts} if may_judge else {},
        "outlook": money.outlook(application, receipts) if may_judge else None,
        "more": form_of("more", lambda: MoreForm(prefix="more", formdata=None)), "is_over": application.state in states.OVER,
    }


def _judged(application: Application, receipt: Any) -> Form:
    return form_of(f"judge-{receipt.id}", lambda: judge_form(application, receipt, formdata=None))


PANELS: tuple[Panel, ...] = (Panel("application", 60, "funding/report_panel.html", _report),)
QUEUES: tuple[Queue, ...] = (
    Queue(_l("Reports about dinners to check"), "funding_desk.reports_to_check", reports.count_to_check, policy.STAFF),
)
