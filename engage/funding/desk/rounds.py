"""Staff's screens of funding rounds: all of them, a new one, its parts, published and ended."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, render_template
from werkzeug.wrappers import Response

from engage.core import access, clock
from engage.core.access import Role
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.i18n import locale
from engage.core.pages import attempt, told
from engage.core.refusal import NotFound
from engage.funding import policy
from engage.funding.actions import rounds as actions
from engage.funding.desk.blueprint import bp
from engage.funding.forms import rounds as forms
from engage.funding.models import FundingRound
from engage.funding.queries import board, rounds
from engage.funding.rules import rounds as rules
from engage.funding.rules.rounds import RoundState
from engage.funding.wording import labels

EVERYBODY = (*policy.STAFF, Role.REVIEWER, Role.COACH)
Page = tuple[str, int]


@bp.get("/<locale>/desk/funding")
@access.signed_in(*EVERYBODY)
def index() -> str:
    """Show all rounds to staff; to reviewers and coaches the way to their own work."""
    actor = access.actor()
    found = rounds.every() if actor.has_role(*policy.STAFF, anywhere=True) else []
    return render_template(
        "funding/rounds_desk.html", rounds=found, counts=rounds.application_counts(actor), labels=labels, policy=policy,
        phases={round_.id: phase_of(round_) for round_ in found}, waiting=board.to_decide(actor) if found else [],
        lacking=actions.missing_of_each([round_ for round_ in found if round_.state == RoundState.DRAFT]),
    )


def phase_of(round_: FundingRound) -> rules.Phase | None:
    """Return where a public round is; None while it is being written."""
    if round_.state == RoundState.DRAFT or not round_.opens_at or not round_.closes_at:
        return None
    return rules.phase(RoundState(round_.state), round_.opens_at, round_.closes_at, clock.now())


@bp.route("/<locale>/desk/funding/new", methods=["GET", "POST"])
@access.signed_in(*policy.STAFF)
def new() -> Response | Page:
    """Begin a round."""
    form, made = forms.NewRoundForm(), list[UUID]()
    done, problem, status = attempt(form, lambda: made.append(actions.make(
        name=form.name.data or "", locale=locale(), currency=form.currency.data, by=access.actor(), now=clock.now()
    )))
    if done:
        return told(_("It is begun. Only staff see it until you publish it."), ".edit", round_id=made[0], part="texts")
    return render_template("funding/round_new.html", form=form, problem=problem), status


def _open(round_id: UUID) -> FundingRound:
    """Return a round for whoever may change it; for all others it does not exist. Raises NotFound."""
    round_ = rounds.one(round_id)
    if not policy.may_run(access.actor(), round_.area_ids):
        raise NotFound
    return round_


@bp.route("/<locale>/desk/funding/<uuid:round_id>/edit/<part>", methods=["GET", "POST"])
@access.signed_in(*policy.STAFF)
def edit(round_id: UUID, part: str) -> Response | Page:
    """Show and change one part of a round."""
    round_ = _open(round_id)
    if part not in forms.PARTS:
        abort(404)
    form = forms.form_of(part, round_)
    done, problem, status = attempt(form, lambda: actions.change(
        round_id=round_id, version=form.seen(), part=part, values=form.given(round_), by=access.actor(), now=clock.now()
    ))
    if done:
        return told(_("Saved."), ".edit", round_id=round_id, part=part)
    round_ = rounds.one(round_id)
    form.version.data = str(round_.version)  # saving once more means: I have compared
    return _page(round_, part, form, problem), status


def _page(round_: FundingRound, part: str, form: Form, problem: str) -> str:
    return render_template(
        f"funding/round_{part}.html", round=round_, part=part, form=form, problem=problem, labels=labels,
        lacking=[labels.ROUND_MISSING[item] for item in actions.missing(round_)], phase=phase_of(round_),
    )


@bp.post("/<locale>/desk/funding/<uuid:round_id>/publish")
@access.signed_in(*policy.STAFF)
def publish(round_id: UUID) -> Response:
    """Put a round before the public."""
    return _press(round_id, actions.publish, _("It is public now."))


@bp.post("/<locale>/desk/funding/<uuid:round_id>/end")
@access.signed_in(*policy.STAFF)
def end(round_id: UUID) -> Response:
    """Say that a round is over."""
    return _press(round_id, actions.end, _("The round is over. Its page stays public."))


def _press(round_id: UUID, act: Callable[..., None], message: str) -> Response:
    _open(round_id)
    done, problem, _status = attempt(Form(), lambda: act(round_id=round_id, by=access.actor(), now=clock.now()))
    return told(message if done else problem, ".edit", round_id=round_id, part="texts")
