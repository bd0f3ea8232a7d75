"""A round's board: applications side by side, narrowed and ordered, decided one by one or many at once."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from engage.core import access, clock
from engage.core.fields import read_id
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import ngettext
from engage.core.pages import Queue, attempt, told
from engage.core.refusal import NotFound
from engage.funding import policy
from engage.funding.actions import deciding
from engage.funding.desk.blueprint import bp
from engage.funding.forms.deciding import BoardForm, BulkForm, bulk_form
from engage.funding.models import Application, FundingRound
from engage.funding.queries import board as queries
from engage.funding.queries import rounds
from engage.funding.rules import deciding as rules
from engage.funding.rules.deciding import ReviewState, Scored
from engage.funding.rules.states import State
from engage.funding.wording import labels
from engage.places import queries as places

Page = tuple[str, int]
Key = Callable[[Application, Scored | None], Any]

ORDERS: Mapping[str, Key] = {
    "number": lambda application, _scored: application.number,
    "score": lambda application, scored: (-scored.mean if scored else Fraction(0), application.number),
    "spread": lambda application, scored: (-scored.spread if scored else Fraction(1), application.number),
    "amount": lambda application, _scored: (-(application.asked or 0), application.number),
}


def _open(round_id: UUID) -> FundingRound:
    """Return a round for whoever may see its board. Raises NotFound."""
    round_ = rounds.one(round_id)
    if not policy.may_open_round(access.actor(), round_):
        raise NotFound
    return round_


@bp.get("/<locale>/desk/funding/<uuid:round_id>")
@access.signed_in(*policy.STAFF)
def board(round_id: UUID) -> str:
    """Show a round's applications, and beside them the money and how it spreads."""
    round_ = _open(round_id)
    found = queries.of_round(round_id, access.actor())
    names = {area.id: area.name for area in places.all_neighbourhoods()}
    weights = rules.weights(round_.criteria)
    scores = {application.id: _score(application, weights) for application in found}
    form = BoardForm(found, names, formdata=request.args)
    order = ORDERS.get(form.sort.data or "", ORDERS["number"])
    shown = sorted(filter(form.fits, found), key=lambda application: order(application, scores[application.id]))
    return render_template(
        "funding/board.html", round=round_, applications=shown, every=found, scores=scores, names=names, form=form,
        labels=labels, spread=queries.spread(found), done={application.id: _done(application) for application in found},
        State=State, may_run=policy.may_run(access.actor(), round_.area_ids),
    )


def _score(application: Application, weights: Mapping[str, int]) -> Scored | None:
    """Return what the reviews come to; nothing to who has still to give theirs."""
    return queries.scored_by(application, weights) if policy.may_see_scores(access.actor(), application) else None


def _done(application: Application) -> tuple[int, int]:
    """Return how many reviews are in, and how many were asked for."""
    reading = [review for review in application.reviews if review.state != ReviewState.CONFLICT]
    return sum(review.state == ReviewState.DONE for review in reading), len(reading)


@bp.post("/<locale>/desk/funding/<uuid:round_id>/bulk")
@access.signed_in(*policy.STAFF)
def bulk(round_id: UUID) -> Response | Page:
    """Show what several decisions come to, and take them once that is confirmed."""
    round_ = _open(round_id)
    chosen = {read_id(value) for value in request.form.getlist("application")}
    found = [application for application in queries.of_round(round_id, access.actor()) if application.id in chosen]
    is_award = request.form.get("decision") == "award"
    if not found:
        return told(_("Please choose at least one application."), ".board", round_id=round_id)
    form = bulk_form(found, round_.currency, is_award=is_award)
    if "confirmed" not in request.form:
        form = _afresh(found, round_.currency, is_award=is_award)
        return _confirm(round_, found, form, is_award=is_award)
    count = len(found)
    done, problem, status = attempt(form, lambda: deciding.decide_many(
        decisions=form.decisions(is_award=is_award), by=access.actor(), now=clock.now()
    ))
    if done:
        message = ngettext("%(num)s application is decided.", "%(num)s applications are decided.", count)
        return told(message, ".board", round_id=round_id)
    found = [application for application in queries.of_round(round_id, access.actor()) if application.id in chosen]
    return _confirm(rounds.one(round_id), found, form, is_award=is_award, problem=problem, status=status)


def _afresh(found: list[Application], currency: str, *, is_award: bool) -> BulkForm:
    kind = type(bulk_form(found, currency, is_award=is_award))
    return kind(formdata=None, data={f"amount_{application.id}": application.asked for application in found})


def _confirm(
    round_: FundingRound, found: list[Application], form: BulkForm, *, is_award: bool, problem: str = "", status: int = 200
) -> Page:
    total = deciding.total(form.decisions(is_award=is_award).values())
    text = render_template(
        "funding/bulk.html", round=round_, applications=found, form=form, is_award=is_award, total=total, problem=problem,
        done={application.id: _done(application) for application in found},
    )
    return text, status


QUEUES: tuple[Queue, ...] = (
    Queue(_l("Applications for funding to decide"), "funding_desk.index", queries.count_to_decide, policy.STAFF, "to-decide"),
)
