"""Reviewers' screens: what they were asked to read, and reading one."""

from typing import Any
from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from engage.core import access, clock
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.pages import Queue, attempt, told
from engage.funding import policy
from engage.funding.actions import reviewing
from engage.funding.desk.blueprint import bp
from engage.funding.forms.applying import answered
from engage.funding.forms.deciding import ConflictForm, review_form
from engage.funding.models import Application, Review
from engage.funding.queries import applications, board
from engage.funding.rules import states
from engage.funding.rules.deciding import ReviewState
from engage.funding.wording import labels
from engage.places import queries as places

Page = tuple[str, int]


@bp.get("/<locale>/desk/funding/reviews")
@access.signed_in(*board.REVIEWING)
def reviews() -> str:
    """Show what the reader was asked to judge."""
    actor = access.actor()
    found = board.reviews_of(actor.person_id) if actor.person_id else []
    mine = {application.id: policy.review_of(actor, application) for application in found}
    to_read = [each for each in found if each.state in states.UNDECIDED and _is_open(mine[each.id])]
    others = [each for each in found if each not in to_read]
    return render_template("funding/reviews.html", to_read=to_read, others=others, mine=mine, UNDECIDED=states.UNDECIDED)


def _is_open(review: policy.Judged | None) -> bool:
    return review is not None and review.state == ReviewState.ASKED


def _asked(application_id: UUID) -> tuple[Application, Review]:
    """Return an application and the reader's part in judging it; there is none for anybody else. Raises NotFound."""
    application = applications.for_actor(application_id, access.actor(), policy.may_review)
    return application, next(each for each in application.reviews if each.reviewer_id == access.actor().person_id)


@bp.route("/<locale>/desk/funding/review/<uuid:application_id>", methods=["GET", "POST"])
@access.signed_in(*board.REVIEWING)
def review(application_id: UUID) -> Response | Page:
    """Read an application and judge it."""
    application, mine = _asked(application_id)
    form = review_form(application, mine)
    done, problem, status = attempt(form, lambda: reviewing.give_review(
        application_id=application_id, scores=form.scores(), comments=form.comments(), by=access.actor(), now=clock.now()
    ))
    if done:
        return told(_("Thank you. Your review is in."), ".reviews")
    return _page(application_id, problem, status, form=form)


@bp.post("/<locale>/desk/funding/review/<uuid:application_id>/conflict")
@access.signed_in(*board.REVIEWING)
def conflict(application_id: UUID) -> Response | Page:
    """Stand back from an application."""
    _asked(application_id)
    form = ConflictForm()
    done, problem, status = attempt(form, lambda: reviewing.declare_conflict(
        application_id=application_id, reason=form.reason.data or "", by=access.actor(), now=clock.now()
    ))
    if done:
        return told(_("Thank you for telling us. Somebody else reads it."), ".reviews")
    return _page(application_id, problem, status, conflict=form)


def _page(application_id: UUID, problem: str, status: int, **forms: Any) -> Page:
    application, mine = _asked(application_id)
    others = [each for each in application.reviews if each is not mine and each.state == ReviewState.DONE]
    text = render_template(
        "funding/review.html", application=application, mine=mine, problem=problem, labels=labels,
        form=forms.get("form") or review_form(application, mine), conflict=forms.get("conflict") or ConflictForm(formdata=None),
        others=others if mine.state == ReviewState.DONE else [], answers=answered(application),
        area=next((area for area in places.all_neighbourhoods() if area.id == application.neighbourhood_id), None),
        is_open=application.state in states.UNDECIDED, hides_names=application.round.hides_names,
    )
    return text, status


QUEUES: tuple[Queue, ...] = (
    Queue(_l("Applications for funding to read"), "funding_desk.reviews", board.count_to_review, board.REVIEWING, "to-read"),
)
