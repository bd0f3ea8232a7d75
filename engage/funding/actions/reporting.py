"""The report after a dinner: written and kept, with photos and receipts, sent in."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from uuid import UUID, uuid4

from engage.core import db, i18n, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.core.text import clean
from engage.funding import facts, policy
from engage.funding.actions import moving
from engage.funding.adapters import pictures
from engage.funding.models import Application, File, Receipt, Report
from engage.funding.queries import applications, reports
from engage.funding.rules import reporting, states
from engage.funding.rules.applying import BudgetKind
from engage.funding.rules.reasons import Reason
from engage.funding.rules.reporting import FileKind, Missing
from engage.funding.rules.states import State

LONGEST_NAME = 120
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}
_LARGEST = {"most_mb": reporting.LARGEST_FILE // 1024**2}


@dataclass(frozen=True)
class Told:
    """What a host tells of the dinner. `people` is None where check-in counted right."""

    people: int | None = None
    people_why: str = ""
    talked: str = ""
    outcome: str = ""
    quote: str = ""
    may_publish_quote: bool = False
    may_name_host: bool = False
    has_no_receipts: bool = False


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its name is only a name."""

    name: str
    content: bytes


def _writable(application_id: UUID, by: Actor) -> Application:
    application = applications.locked(application_id)
    require(policy.may_report(by, application))
    if application.state not in states.REPORTABLE:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=State(application.state))
    return application


def save(*, application_id: UUID, told: Told, by: Actor, now: datetime) -> None:
    """Keep what is written so far. Raises NotFound, NotAllowed, Refused."""
    application = _writable(application_id, by)
    report = reports.of(application_id)
    if report is None:
        report = Report(application_id=application_id, locale=i18n.locale())
        db.session().add(report)
    for name in ("people", "people_why", "talked", "outcome", "quote", "may_publish_quote", "has_no_receipts"):
        setattr(report, name, getattr(told, name))
    if told.people == reports.counted_people(application.event_id):
        report.people, report.people_why = None, ""
    application.may_name_host = told.may_name_host
    db.session().flush()


def add_photo(*, application_id: UUID, upload: Upload, has_consent: bool, form_key: str, by: Actor, now: datetime) -> None:
    """Add a photo that everybody on it agrees to; the same form sent twice is one photo.

    Raises NotFound, NotAllowed, Refused.
    """
    application = _writable(application_id, by)
    if reports.is_known(form_key):
        return
    if not has_consent:
        raise Refused(Reason.CONSENT_NEEDED)
    kept = _keep(application, FileKind.PHOTO, upload, form_key, now)
    ledger.record(facts.FileAdded(application.id, kept.id), by=by)


def _keep(application: Application, kind: FileKind, upload: Upload, form_key: str, now: datetime) -> File:
    files = reports.files(application.id)
    if reason := reporting.file_refusal(size=len(upload.content), files=len(files)):
        raise Refused(reason, **({"most": reporting.MOST_FILES} if reason == Reason.TOO_MANY_FILES else _LARGEST))
    taken = pictures.take(upload.content)
    if kind == FileKind.PHOTO and not taken.is_picture:
        raise Refused(Reason.FILE_NOT_KNOWN)
    kept = File(
        id=uuid4(), application_id=application.id, kind=kind, form_key=form_key, content=taken.content,
        name=_named(upload.name, taken.content_type), content_type=taken.content_type, size=len(taken.content),
        has_consent=kind == FileKind.PHOTO, added_at=now,
    )
    db.session().add(kept)
    db.session().flush()
    return kept


def _named(name: str, content_type: str) -> str:
    """Return a file's name without a path, ending in what it is."""
    ending = ENDINGS[content_type]
    stem = clean(PurePath(name.replace("\\", "/")).stem)[: LONGEST_NAME - len(ending)]
    return f"{stem or 'file'}{ending}"


def remove_file(*, application_id: UUID, file_id: UUID, by: Actor, now: datetime) -> None:
    """Take a file off a report. Raises NotFound, NotAllowed, Refused."""
    application = _writable(application_id, by)
    kept = next((each for each in reports.files(application.id) if each.id == file_id), None)
    if kept is None:
        raise NotFound
    db.session().delete(kept)
    db.session().flush()
    ledger.record(facts.FileRemoved(application.id, file_id), by=by)


def add_receipt(
    *, application_id: UUID, kind: BudgetKind, amount: int, note: str, upload: Upload | None, form_key: str,
    by: Actor, now: datetime,
) -> None:
    """Add something that was bought, perhaps with its paper; the same form sent twice is one receipt.

    Raises NotFound, NotAllowed, Refused.
    """
    application = _writable(application_id, by)
    if reports.is_known(form_key):
        return
    paper = _keep(application, FileKind.RECEIPT, upload, form_key, now) if upload else None
    db.session().add(Receipt(
        application_id=application.id, form_key=form_key, kind=kind, amount=amount, note=note,
        file_id=paper.id if paper else None, added_at=now,
    ))
    db.session().flush()


def remove_receipt(*, application_id: UUID, receipt_id: UUID, by: Actor, now: datetime) -> None:
    """Take a receipt off a report, with its paper. Raises NotFound, NotAllowed, Refused."""
    application = _writable(application_id, by)
    kept = next((each for each in reports.receipts(application.id) if each.id == receipt_id), None)
    if kept is None:
        raise NotFound
    paper = next((each for each in reports.files(application.id) if each.id == kept.file_id), None)
    for row in filter(None, (kept, paper)):
        db.session().delete(row)
    db.session().flush()


def missing_of(application: Application) -> tuple[Missing, ...]:
    """Return what a report still needs before it can be sent in."""
    report = reports.of(application.id)
    if report is None:
        return (Missing.TALKED, Missing.OUTCOME, Missing.RECEIPTS)
    return reporting.missing({
        Missing.PEOPLE_WHY: report.people is None or report.people_why, Missing.TALKED: report.talked,
        Missing.OUTCOME: report.outcome, Missing.RECEIPTS: report.has_no_receipts or reports.receipts(application.id),
    })


def send_in(*, application_id: UUID, by: Actor, now: datetime) -> None:
    """Send a report in. Raises NotFound, NotAllowed, Refused."""
    application = _writable(application_id, by)
    if lacking := missing_of(application):
        raise Refused(Reason.REPORT_NOT_COMPLETE, missing=lacking)
    report = reports.of(application_id)
    assert report  # noqa: S101 - complete
    report.submitted_at = now
    moving.move(application, State.REPORTED, by=by, now=now)
