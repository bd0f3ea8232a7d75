"""The money on staff's screens: entered and corrected on an application's page, seen and exported by round."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Response as FlaskResponse
from flask import abort, render_template
from werkzeug.wrappers import Response

from engage.accounts import queries as accounts
from engage.core import access, clock, db, i18n, sheets
from engage.core.access import Actor
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.pages import Panel, attempt, told
from engage.core.refusal import NotFound
from engage.funding import policy
from engage.funding.actions import paying
from engage.funding.desk.blueprint import bp
from engage.funding.forms.onepage import Page, form_of, page
from engage.funding.forms.paying import CounterForm, payment_form
from engage.funding.models import Application, FundingRound, Payment
from engage.funding.queries import applications, rounds
from engage.funding.queries import money as queries
from engage.funding.rules import states
from engage.funding.rules.paying import Direction
from engage.funding.wording import labels

FORMS = {"csv": "text/csv; charset=utf-8", "xlsx": sheets.XLSX}


@bp.post("/<locale>/desk/funding/application/<uuid:application_id>/payments")
@access.signed_in(*policy.STAFF)
def enter_payment(application_id: UUID) -> Response | Page:
    """Enter a payment."""
    form = payment_form(applications.for_actor(application_id, access.actor(), policy.may_pay))
    done, problem, status = attempt(form, lambda: paying.enter(
        application_id=application_id, direction=Direction(form.direction.data), amount=form.amount.data or 0, on=form.on.data,
        reference=form.reference.data or "", form_key=form.key.data or "", by=access.actor(), now=clock.now(),
    ))
    if done:
        return told(_("Entered."), "funding.application", application_id=application_id)
    return page(application_id, problem=problem, status=status, payment=form)


@bp.post("/<locale>/desk/funding/application/<uuid:application_id>/payments/<uuid:payment_id>/correct")
@access.signed_in(*policy.STAFF)
def correct_payment(application_id: UUID, payment_id: UUID) -> Response | Page:
    """Answer a wrong payment with a counter-entry."""
    applications.for_actor(application_id, access.actor(), policy.may_pay)
    if payment_id not in {entry.id for entry in queries.entries(application_id)}:
        raise NotFound
    form = CounterForm(prefix=f"counter-{payment_id}")
    done, problem, status = attempt(form, lambda: paying.correct(
        payment_id=payment_id, reference=form.reference.data or "", form_key=form.key.data or "", by=access.actor(),
        now=clock.now(),
    ))
    if done:
        return told(_("Corrected by a counter-entry."), "funding.application", application_id=application_id)
    return page(application_id, problem=problem, status=status, **{f"counter-{payment_id}": form})


def _money(actor: Actor, application: Application) -> dict[str, Any] | None:
    """Show what was awarded, paid and is open: to the hosts, and to staff who enter it."""
    is_concerned = policy.is_applicant(actor, application) or policy.is_staff_of(actor, application)
    if application.state not in states.FUNDED or not is_concerned:
        return None
    ledger = queries.entries(application.id)
    stands = queries.balance(application, ledger)
    return {
        "application": application, "entries": ledger, "balance": stands, "labels": labels,
        "corrected": {entry.corrects_id for entry in ledger}, "may_pay": policy.may_pay(actor, application),
        "form": form_of("payment", lambda: payment_form(application, stands.to_pay, formdata=None)),
        "counter_of": _counter,
    }


def _counter(entry: Payment) -> CounterForm:
    name = f"counter-{entry.id}"
    return form_of(name, lambda: CounterForm(formdata=None, prefix=name))


def _open(round_id: UUID) -> FundingRound:
    round_ = rounds.one(round_id)
    if not policy.may_open_round(access.actor(), round_):
        raise NotFound
    return round_


@bp.get("/<locale>/desk/funding/<uuid:round_id>/payments")
@access.signed_in(*policy.STAFF)
def payments(round_id: UUID) -> str:
    """Show all payments of a round."""
    round_ = _open(round_id)
    found = queries.of_round(round_id, access.actor())
    out = sum(entry.amount for _application, entry in found if entry.direction == Direction.OUT)
    back = sum(entry.amount for _application, entry in found if entry.direction == Direction.BACK)
    return render_template("funding/payments.html", round=round_, rows=found, out=out, back=back, labels=labels, forms=FORMS)


@bp.post("/<locale>/desk/funding/<uuid:round_id>/payments/export/<form>")
@access.signed_in(*policy.STAFF)
def export_payments(round_id: UUID, form: str) -> FlaskResponse:
    """Give the finance office a round's payments as a file; that is written down."""
    round_ = _open(round_id)
    if form not in FORMS or not Form().validate_on_submit():
        abort(404 if form not in FORMS else 422)
    with db.transaction():
        paying.note_export(round_id=round_id, form=form, by=access.actor(), now=clock.now())
        content = _sheet(round_, queries.of_round(round_id, access.actor()), form)
        name = f"{round_.slug}.{form}"
    answer = FlaskResponse(content, content_type=FORMS[form])
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _sheet(round_: FundingRound, found: Iterable[tuple[Application, Payment]], form: str) -> bytes:
    rows = list(found)
    names = accounts.people(entry.entered_by for _application, entry in rows if entry.entered_by)
    lines = [_line(round_, application, entry, names) for application, entry in rows]
    header = [
        _("Day"), _("Application"), _("Dinner"), _("Host"), _("Direction"), _("Amount"), _("Currency"), _("Reference"),
        _("Corrects an earlier entry"), _("Entered by"), _("Entered at"),
    ]
    if form == "csv":
        return sheets.as_csv(header, lines)
    title = round_.name.shown(i18n.locale()).text
    return sheets.as_xlsx(header, lines, title=title, is_right_to_left=i18n.direction(i18n.locale()) == "rtl")


def _line(round_: FundingRound, application: Application, entry: Payment, names: Any) -> list[sheets.Cell]:
    entered_by = names.get(entry.entered_by)
    return [
        entry.on, application.number, application.event.title.shown(i18n.locale()).text, application.called,
        str(labels.DIRECTIONS[Direction(entry.direction)]), i18n.major(entry.amount, round_.currency), round_.currency,
        entry.reference, _("yes") if entry.corrects_id else "", entered_by.called if entered_by else "",
        clock.local(entry.entered_at, round_.zone).replace(tzinfo=None),
    ]


PANELS: tuple[Panel, ...] = (Panel("application", 70, "funding/money_panel.html", _money),)
