"""The report after a dinner: one page, saved as it is written; its photos and receipts; files sent out again."""

from typing import Any
from uuid import UUID

from flask import Response as FlaskResponse
from flask import render_template, request
from werkzeug.wrappers import Response

from engage.core import access, clock
from engage.core.access import Actor
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.pages import Panel, attempt, told
from engage.core.refusal import NotFound
from engage.funding import policy
from engage.funding.actions import reporting
from engage.funding.forms.reporting import PhotoForm, receipt_form, report_form
from engage.funding.models import Application
from engage.funding.queries import applications, money, reports
from engage.funding.rules import states
from engage.funding.rules.reporting import MOST_FILES
from engage.funding.rules.states import State
from engage.funding.views.blueprint import bp
from engage.funding.wording import labels

Page = tuple[str, int]
ADDRESS = "/<locale>/my/funding/<uuid:application_id>/report"


def _application(application_id: UUID) -> Application:
    return applications.for_actor(application_id, access.actor(), policy.may_report)


@bp.route(ADDRESS, methods=["GET", "POST"])
@access.signed_in()
def report(application_id: UUID) -> Response | Page:
    """Show and keep the report; send it in with the last button."""
    application = _application(application_id)
    form = report_form(application, reports.of(application_id), reports.counted_people(application.event_id))
    done, problem, status = attempt(form, lambda: reporting.save(
        application_id=application_id, told=form.given(), by=access.actor(), now=clock.now()
    ))
    if done and "send" in request.form:
        done, problem, status = attempt(form, lambda: reporting.send_in(
            application_id=application_id, by=access.actor(), now=clock.now()
        ))
        if done:
            return told(_("Thank you! We have your report."), ".application", application_id=application_id)
    if done:
        return told(_("Saved."), ".report", application_id=application_id)
    return _page(application_id, problem, status, report=form)


def _page(application_id: UUID, problem: str = "", status: int = 200, **forms: Form) -> Page:
    application = _application(application_id)
    counted = reports.counted_people(application.event_id)
    receipts = reports.receipts(application_id)
    text = render_template(
        "funding/report.html", application=application, problem=problem, labels=labels, counted=counted,
        form=forms.get("report") or report_form(application, reports.of(application_id), counted),
        photo=forms.get("photo") or PhotoForm(formdata=None),
        receipt=forms.get("receipt") or receipt_form(application, formdata=None),
        files=reports.files(application_id), receipts=receipts, spent=sum(item.amount for item in receipts),
        balance=money.balance_of(application), is_open=application.state in states.REPORTABLE, most_files=MOST_FILES,
        missing=[labels.REPORT_MISSING[item] for item in reporting.missing_of(application)],
    )
    return text, status


@bp.post(f"{ADDRESS}/photos")
@access.signed_in()
def add_photo(application_id: UUID) -> Response | Page:
    """Add a photo."""
    _application(application_id)
    form = PhotoForm()
    upload = form.file.upload()
    done, problem, status = attempt(form, lambda: reporting.add_photo(
        application_id=application_id, upload=upload or reporting.Upload("", b""), has_consent=bool(form.has_consent.data),
        form_key=form.key.data or "", by=access.actor(), now=clock.now(),
    ))
    if done:
        return told(_("The photo is added."), ".report", application_id=application_id, _anchor="photos")
    return _page(application_id, problem, status, photo=form)


@bp.post(f"{ADDRESS}/receipts")
@access.signed_in()
def add_receipt(application_id: UUID) -> Response | Page:
    """Add a receipt."""
    form = receipt_form(_application(application_id))
    upload = form.file.upload()
    done, problem, status = attempt(form, lambda: reporting.add_receipt(
        application_id=application_id, kind=form.chosen(), amount=form.amount.data or 0, note=form.note.data or "",
        upload=upload, form_key=form.key.data or "", by=access.actor(), now=clock.now(),
    ))
    if done:
        return told(_("The receipt is added."), ".report", application_id=application_id, _anchor="receipts")
    return _page(application_id, problem, status, receipt=form)


@bp.post(f"{ADDRESS}/photos/<uuid:file_id>/remove")
@access.signed_in()
def remove_photo(application_id: UUID, file_id: UUID) -> Response | Page:
    """Take a photo off a report."""
    return _remove(application_id, lambda: reporting.remove_file(
        application_id=application_id, file_id=file_id, by=access.actor(), now=clock.now()
    ))


@bp.post(f"{ADDRESS}/receipts/<uuid:receipt_id>/remove")
@access.signed_in()
def remove_receipt(application_id: UUID, receipt_id: UUID) -> Response | Page:
    """Take a receipt off a report."""
    return _remove(application_id, lambda: reporting.remove_receipt(
        application_id=application_id, receipt_id=receipt_id, by=access.actor(), now=clock.now()
    ))


def _remove(application_id: UUID, act: Any) -> Response | Page:
    _application(application_id)
    done, problem, status = attempt(Form(), act)
    if done:
        return told(_("Taken off."), ".report", application_id=application_id)
    return _page(application_id, problem, status)


@bp.get("/<locale>/my/funding/<uuid:application_id>/files/<uuid:file_id>")
@access.signed_in()
def file(application_id: UUID, file_id: UUID) -> FlaskResponse:
    """Send a picture to look at, or a PDF to keep: never something a browser would run."""
    applications.for_actor(application_id, access.actor(), policy.may_see_files)
    found = reports.file(application_id, file_id)
    if found is None:
        raise NotFound
    answer = FlaskResponse(found.content, content_type=found.content_type)
    shown = "inline" if found.content_type.startswith("image/") else "attachment"
    answer.headers.set("Content-Disposition", shown, filename=found.name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _next(actor: Actor, application: Application) -> dict[str, Any] | None:
    """Say what comes next after the dinner."""
    is_after = application.state in states.REPORTABLE | {State.REPORTED, State.SETTLED}
    if not is_after or not policy.is_applicant(actor, application):
        return None
    is_open = application.state in states.REPORTABLE
    return {"application": application, "balance": money.balance_of(application), "is_open": is_open}


PANELS: tuple[Panel, ...] = (Panel("application", 10, "funding/after_panel.html", _next),)
