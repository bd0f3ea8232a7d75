"""What staff decide on the page of an application: who reads it, and what becomes of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from engage.accounts import queries as accounts
from engage.core import access, clock
from engage.core.access import Actor
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.pages import Panel, attempt, told
from engage.funding import policy
from engage.funding.actions import deciding, reviewing
from engage.funding.desk.blueprint import bp
from engage.funding.forms.deciding import NoteForm, ReviewerForm, award_form, decline_form
from engage.funding.forms.onepage import Page, form_of, page
from engage.funding.models import Application
from engage.funding.queries import applications, board
from engage.funding.rules import states
from engage.funding.rules.deciding import DeclineReason
from engage.funding.rules.states import State
from engage.funding.wording import labels

ADDRESS = "/<locale>/desk/funding/application/<uuid:application_id>"
ONE = "funding.application"


def _press(application_id: UUID, name: str, form: Form, act: Callable[[], object], message: str) -> Response | Page:
    done, problem, status = attempt(form, act)
    if done:
        return told(message, ONE, application_id=application_id)
    return page(application_id, problem=problem, status=status, **{name: form})


def _application(application_id: UUID) -> Application:
    return applications.for_actor(application_id, access.actor(), policy.may_decide)


@bp.post(f"{ADDRESS}/reviewers")
@access.signed_in(*policy.STAFF)
def ask_reviewer(application_id: UUID) -> Response | Page:
    """Ask somebody to judge an application."""
    application = _application(application_id)
    form = ReviewerForm(board.reviewers(application.neighbourhood_id))
    return _press(application_id, "reviewer", form, lambda: reviewing.ask_reviewer(
        application_id=application_id, person_id=form.chosen() or application_id, by=access.actor(), now=clock.now()
    ), _("They find it on their desk."))


@bp.post(f"{ADDRESS}/reviewers/<uuid:person_id>/take-off")
@access.signed_in(*policy.STAFF)
def take_off_reviewer(application_id: UUID, person_id: UUID) -> Response | Page:
    """Ask somebody no longer."""
    _application(application_id)
    return _press(application_id, "taken", Form(), lambda: reviewing.take_off(
        application_id=application_id, person_id=person_id, by=access.actor(), now=clock.now()
    ), _("Taken off."))


@bp.post(f"{ADDRESS}/changes")
@access.signed_in(*policy.STAFF)
def request_changes(application_id: UUID) -> Response | Page:
    """Give an application back with what should change."""
    _application(application_id)
    form = NoteForm(prefix="changes")
    return _press(application_id, "changes", form, lambda: deciding.request_changes(
        application_id=application_id, note=form.note.data or "", by=access.actor(), now=clock.now()
    ), _("Given back. Its host gets a letter with your note."))


@bp.post(f"{ADDRESS}/award")
@access.signed_in(*policy.STAFF)
def award(application_id: UUID) -> Response | Page:
    """Fund an application."""
    form = award_form(_application(application_id))
    return _press(application_id, "award", form, lambda: deciding.decide(
        application_id=application_id, decision=form.given(), by=access.actor(), now=clock.now()
    ), _("It is funded. Its host gets a letter."))


@bp.post(f"{ADDRESS}/decline")
@access.signed_in(*policy.STAFF)
def decline(application_id: UUID) -> Response | Page:
    """Say no to an application."""
    _application(application_id)
    form = decline_form()
    return _press(application_id, "decline", form, lambda: deciding.decide(
        application_id=application_id, decision=form.given(), by=access.actor(), now=clock.now()
    ), _("Declined. Its host gets a letter with your reason."))


def _decision(actor: Actor, application: Application) -> dict[str, Any] | None:
    """Show staff who reads an application, what they think, and the three ways to answer."""
    if not policy.may_decide(actor, application):
        return None
    known = accounts.people(review.reviewer_id for review in application.reviews if review.reviewer_id)
    asked = {review.reviewer_id for review in application.reviews}
    free = [person for person in board.reviewers(application.neighbourhood_id) if person.id not in asked]
    return {
        "application": application, "labels": labels, "known": known,
        "may_see_scores": policy.may_see_scores(actor, application),
        "scored": board.scored(application), "is_open": application.state in states.UNDECIDED,
        "mine": policy.review_of(actor, application),
        "reviewer": form_of("reviewer", lambda: ReviewerForm(free, formdata=None)),
        "changes": form_of("changes", lambda: NoteForm(prefix="changes", formdata=None)),
        "award": form_of("award", lambda: award_form(application, formdata=None)),
        "decline": form_of("decline", lambda: decline_form(formdata=None)),
    }


def _answer(_actor: Actor, application: Application) -> dict[str, Any] | None:
    """Show the hosts why they were declined, and what helps next time."""
    if application.state != State.DECLINED:
        return None
    reasons = [DeclineReason(code) for code in application.decline_reasons]
    return {"reasons": [(labels.DECLINED[reason], labels.ADVICE[reason]) for reason in reasons]}


PANELS: tuple[Panel, ...] = (
    Panel("application", 15, "funding/answer_panel.html", _answer),
    Panel("application", 20, "funding/decision_panel.html", _decision),
)
