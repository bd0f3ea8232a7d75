"""What was funded, for everybody to see."""

from flask import Response, render_template

from engage.core import access
from engage.core.pages import public_page
from engage.funding.queries import rounds
from engage.funding.queries import shown as queries
from engage.funding.rules import showing
from engage.funding.views.blueprint import bp
from engage.places import queries as places


@bp.get("/<locale>/funding/funded")
@access.public
def funded() -> Response:
    """Show how many dinners were funded and with how much, by neighbourhood and by round, and what people said."""
    return public_page(f"funded:{rounds.public_version()}", _page)


def _page() -> str:
    by_currency, names, quotes = queries.awards()
    areas = places.all_neighbourhoods()
    dinners: dict[object, int] = {}
    for award in (award for awards in by_currency.values() for award in awards):
        dinners[award.area] = dinners.get(award.area, 0) + 1
    return render_template(
        "funding/funded.html", shown={currency: showing.shown(awards) for currency, awards in by_currency.items()},
        round_names=names, quotes=quotes, areas=areas, area_names={area.id: area.name for area in areas}, dinners=dinners,
        fewest=showing.FEWEST, total=sum(dinners.values()),
    )
