"""Funding as everybody sees it: what it is, and each round."""

from flask import Response, render_template

from engage.core import access, clock
from engage.core.pages import public_page
from engage.funding.models import FundingRound
from engage.funding.queries import rounds
from engage.funding.rules.rounds import Phase, RoundState, phase
from engage.funding.views.blueprint import bp
from engage.funding.wording import labels
from engage.places import queries as places
from engage.programmes import queries as programmes


@bp.get("/<locale>/funding")
@access.public
def index() -> Response:
    """Show what funding there is for dinners, and how it goes."""
    found = rounds.shown()
    version = ":".join(f"{round_.id}{round_.page_version}{_phase(round_)}" for round_ in found)
    return public_page(f"funding:{version}", lambda: render_template(
        "funding/index.html", rounds=found, phases={round_.id: _phase(round_) for round_ in found}, labels=labels, Phase=Phase,
    ))


@bp.get("/<locale>/funding/rounds/<slug>")
@access.public
def round(slug: str) -> Response:  # noqa: A001 - the page of a round
    """Show one round: what it funds, for whom, until when, and how to apply."""
    found = rounds.public(slug)
    version = f"round:{found.id}:{found.page_version}:{_phase(found)}"
    return public_page(version, lambda: _page(found))


def _page(round_: FundingRound) -> str:
    offered = {row.programme_id for row in round_.programmes}
    return render_template(
        "funding/round.html", round=round_, phase=_phase(round_), labels=labels, Phase=Phase,
        programmes=[programme for programme in programmes.public() if programme.id in offered],
        areas=[area for area in places.all_neighbourhoods() if area.id in round_.area_ids],
    )


def _phase(round_: FundingRound) -> Phase:
    assert round_.opens_at  # noqa: S101 - published
    assert round_.closes_at  # noqa: S101 - published
    return phase(RoundState(round_.state), round_.opens_at, round_.closes_at, clock.now())
