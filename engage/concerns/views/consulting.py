"""Consultations for residents: what is asked, ranking themes, what was agreed."""

from typing import Any
from uuid import UUID

from flask import Response, render_template
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.concerns import policy
from engage.concerns.actions import ranking as actions
from engage.concerns.forms.consulting import RankForm, rank_form
from engage.concerns.models import Consultation
from engage.concerns.queries import consulting as queries
from engage.concerns.rules.consulting import ConsultationState
from engage.concerns.views.blueprint import bp
from engage.concerns.wording.consulting import STATES
from engage.core import access, clock, secrets
from engage.core.access import Actor
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.pages import Panel, Tried, attempt, network, public_page, told, within_limit
from engage.core.refusal import NotFound
from engage.core.tokens import LinkKind
from engage.places import queries as places

Page = tuple[str, int]
NETWORK_RATE, ADDRESS_RATE = "600 per hour", "5 per hour"  # a town hall ranks together, behind one wireless network


@bp.get("/<locale>/consultations")
@access.public
def consultations() -> Response:
    """Show what the city asks its residents, open questions first."""
    return public_page("consultations", lambda: render_template(
        "concerns/consultations.html", consultations=queries.every(), areas=_area_names(), states=STATES,
    ))


@bp.get("/<locale>/consultations/<slug>")
@access.public
def consultation(slug: str) -> Response:
    """Show one consultation: how to take part, or the priorities agreed on with the numbers behind them."""
    return public_page(queries.version(slug), lambda: _page(slug))


def _page(slug: str) -> str:
    found, results = queries.shown(slug)
    most = max((result.priority.points for result in results if result.priority), default=0)
    return render_template(
        "concerns/consultation.html", consultation=found, results=results, most=most, states=STATES,
        area=_area_names().get(found.neighbourhood_id),
    )


def _area_names() -> dict[UUID | None, str]:
    return {area.id: area.name for area in places.all_neighbourhoods()}


@bp.route("/<locale>/consultations/<slug>/rank", methods=["GET", "POST"])
@access.anyone
def rank(slug: str) -> WerkzeugResponse | Page:
    """Let somebody say what matters most to them."""
    found, actor = queries.by_slug(slug), access.actor()
    form = rank_form(queries.themes(found), found.most_ranked, needs_email=not actor.is_signed_in)
    if form.validate_on_submit() and not (actor.is_signed_in or _is_within_limits(form.email.data or "")):
        return _rank_page(slug, form, Tried(is_done=False, problem=too_often(), status=429))
    counted: list[bool] = []
    tried = attempt(form, lambda: counted.append(
        actions.rank(consultation_id=found.id, ranked=form.given(), by=actor, now=clock.now())
    ))
    if not tried.is_done:
        return _rank_page(slug, form, tried)
    done = _("Thank you. Your answer counts; you can change it until the consultation closes.")
    asked = _("Please look into your letters: your answer counts once you press the button in the one from us.")
    return told(done if counted[0] else asked, ".consultation_thanks", slug=slug)


def _rank_page(slug: str, form: RankForm, tried: Tried) -> Page:
    found = queries.by_slug(slug)  # again: a refusal ended the transaction it was read in
    page = render_template(
        "concerns/rank.html", consultation=found, form=form, problem=tried.problem,
        before=_before(found, access.actor()), is_open=found.state == ConsultationState.RANKING,
    )
    return page, tried.status


def _is_within_limits(email: str) -> bool:
    key = secrets.keyed_hash(email.lower())
    return within_limit("rank", network(), NETWORK_RATE) and within_limit("rank-address", key, ADDRESS_RATE)


def too_often() -> str:
    return _(
        "That was a lot at once, so your answer has not been sent. What you chose still stands below: please send it again "
        "in an hour, or fill in a paper sheet at a meeting."
    )


def _before(found: Consultation, actor: Actor) -> list[Any]:
    """Return the names of the themes that this reader has ranked already."""
    if actor.person_id is None:
        return []
    mine = queries.rankings_of(found.id, actor.person_id, actor.addresses)
    names = {str(theme.id): theme.name for theme in queries.themes(found)} if mine else {}
    return [names[theme] for theme in mine[0].theme_ids if theme in names] if mine else []


@bp.get("/<locale>/consultations/<slug>/thanks")
@access.anyone
def consultation_thanks(slug: str) -> str:
    """Say what happens with an answer next."""
    return render_template("concerns/rank_thanks.html", consultation=queries.by_slug(slug))


@bp.get("/<locale>/rankings/<uuid:ranking_id>")
@access.by_link(policy.RANKING, "ranking_id")
def ranking(ranking_id: UUID) -> str:
    """Show what was sent with somebody's address, with the button that lets it count."""
    row = queries.ranking(ranking_id)
    if row is None or not policy.may_answer_ranking(access.actor(), row):
        raise NotFound
    found = queries.one(row.consultation_id)
    names = {str(theme.id): theme.name for theme in queries.themes(found)}
    return render_template(
        "concerns/ranking.html", row=row, consultation=found, is_open=found.state == ConsultationState.RANKING,
        chosen=[names[theme] for theme in row.asked_ids or row.theme_ids if theme in names],
    )


@bp.post("/<locale>/rankings/<uuid:ranking_id>/confirm")
@access.by_link(policy.RANKING, "ranking_id")
def confirm_ranking(ranking_id: UUID) -> WerkzeugResponse:
    """Let an answer count."""
    tried = attempt(Form(), lambda: actions.confirm(ranking_id=ranking_id, by=access.actor(), now=clock.now()))
    wrong = tried.problem or _("Please press the button once more.")
    return told(_("Thank you. Your answer counts now.") if tried.is_done else wrong, ".ranking", ranking_id=ranking_id)


def _revocation(ranking_id: UUID) -> int | None:
    row = queries.ranking(ranking_id)
    return row.revocation if row else None


def _of_programme(_actor: Actor, programme: Any) -> dict[str, Any] | None:
    found = queries.of_programme(programme.id)
    return {"consultations": found, "states": STATES} if found else None


def _of_area(_actor: Actor, area: Any) -> dict[str, Any] | None:
    found = queries.of_area(area.id)
    return {"consultations": found, "states": STATES} if found else None


LINKS: tuple[LinkKind, ...] = (LinkKind(policy.RANKING, _revocation, "concerns.ranking", "ranking_id"),)
PANELS: tuple[Panel, ...] = (
    Panel("programme", 20, "concerns/consulting_panel.html", _of_programme),
    Panel("neighbourhood", 20, "concerns/consulting_panel.html", _of_area),
)
