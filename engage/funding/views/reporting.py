"""The report after a dinner: its words, saved as they are written; its photos and receipts; files sent out again."""

from typing import Any
from uuid import UUID

from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
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
from engage.funding.rules.reporting import MOST_FILES, Missing
from engage.funding.rules.states import State
from engage.funding.views.blueprint import bp
from engage.funding.wording import labels

Page = tuple[str, int]
WORDS = frozenset({Missing.PEOPLE_WHY, Missing.TALKED, Missing.OUTCOME})  # asked for on the first of its pages
ADDRESS = "/<locale>/my/funding/<uuid:application_id>/report"


def _application(application_id: UUID) -> Application:
    return applications.for_actor(application_id, access.actor(), policy.may_report)


@bp.route(ADDRESS, methods=["GET", "POST"])
@access.signed_in()
def report(application_id: UUID) -> Response | Page:
    """Show and keep what the host tells of the dinner; photos and receipts follow on a page of their own."""
    application = _application(application_id)
    counted = reports.counted_people(application.event_id)
    form = report_form(application, reports.of(application_id), counted)
    tried = attempt(form, lambda: reporting.save(
        application_id=application_id, told=form.given(), by=access.actor(), now=clock.now()
    ))
    if not tried.is_done:
        return _shown("words", application_id, tried.problem, counted=counted, form=form), tried.status
    if "leave" in request.form:
        return told(_("Your report is saved. You find it on your own page."), ".application", application_id=application_id)
    return redirect(url_for(".papers", application_id=application_id), 303)


@bp.route(f"{ADDRESS}/papers", methods=["GET", "POST"])
@access.signed_in()
def papers(application_id: UUID) -> Response | Page:
    """Show photos and receipts; send the report in."""
    _application(application_id)
    done, problem, status = attempt(Form(), lambda: reporting.send_in(
        application_id=application_id, by=access.actor(), now=clock.now()
    ))
    if done:
        return told(_("Thank you! We have your report."), ".application", application_id=application_id)
    return _papers(application_id, problem, status)


def _papers(application_id: UUID, problem: str = "", status: int = 200, **forms: Form) -> Page:
    application, receipts = _application(application_id), reports.receipts(application_id)
    text = _shown(
        "papers", application_id, problem, photo=forms.get("photo") or PhotoForm(formdata=None),
        receipt=forms.get("receipt") or receipt_form(application, formdata=None), files=reports.files(application_id),
        receipts=receipts, spent=sum(item.amount for item in receipts), outlook=money.outlook(application, receipts),
        most_files=MOST_FILES, missing=reporting.missing_of(application), WORDS=WORDS, labels=labels,
    )
    return text, status


def _shown(step: str, application_id: UUID, problem: str, **values: Any) -> str:
    """Render one of the report's two pages."""
    application, names = _application(application_id), {"words": _("How was it?"), "papers": _("Receipts and photos")}
    return render_template(
        f"funding/report_{step}.html", application=application, problem=problem, names=list(names.values()),
        current=list(names).index(step), is_open=application.state in states.REPORTABLE, **values,
    )


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
        return told(_("The photo is added."), ".papers", application_id=application_id, _anchor="photos")
    return _papers(application_id, problem, status, photo=form)


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
        return told(_("The receipt is added."), ".papers", application_id=application_id, _anchor="receipts")
    return _papers(application_id, problem, status, receipt=form)


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
        return told(_("Taken off."), ".papers", application_id=application_id)
    return _papers(application_id, problem, status)


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
    is_sent = application.state == State.REPORTED
    balance = money.outlook(application, reports.receipts(application.id)) if is_sent else money.balance_of(application)
    return {"application": application, "balance": balance, "is_open": is_open}


PANELS: tuple[Panel, ...] = (Panel("application", 10, "funding/after_panel.html", _next),)
