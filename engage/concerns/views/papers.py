"""Agendas and minutes, for everybody."""

from flask import Response, render_template

from engage.concerns.queries import reading
from engage.concerns.queries.reading import Papers
from engage.concerns.rules import meeting as rules
from engage.concerns.views.blueprint import bp
from engage.concerns.wording import acting as labels
from engage.core import access, clock
from engage.core.city import city
from engage.core.pages import public_page
from engage.core.refusal import NotFound
from engage.core.text import Localized


@bp.get("/<locale>/events/<slug>/agenda")
@access.public
def agenda(slug: str) -> Response:
    """Show what a meeting talks about."""
    seen = reading.glance(slug)
    if not seen.has_agenda:
        raise NotFound
    return public_page(seen.version, lambda: _agenda(seen))


def _agenda(seen: Papers) -> str:
    event, items, hidden = reading.agenda(seen.event_id)
    return render_template(
        "concerns/agenda.html", event=event, items=items, planned=sum(item.minutes for item in items),
        has_minutes=bool(seen.newest), hidden=hidden,
    )


@bp.get("/<locale>/events/<slug>/minutes")
@access.public
def newest_minutes(slug: str) -> Response:
    """Show what was said and decided, as it was published last."""
    return _minutes(slug, None)


@bp.get("/<locale>/events/<slug>/minutes/<int:number>")
@access.public
def old_minutes(slug: str, number: int) -> Response:
    """Show minutes as they stood before they were corrected."""
    return _minutes(slug, number)


def _minutes(slug: str, number: int | None) -> Response:
    seen = reading.glance(slug)
    wanted = seen.newest if number is None else number
    if not 1 <= wanted <= seen.newest:
        raise NotFound
    return public_page(seen.version, lambda: minutes_page(reading.minutes(seen.event_id), wanted))


def minutes_page(found: reading.Minutes, number: int, *, is_inside: bool = False) -> str:
    """Render one version of published minutes, with what came of it as it stands today."""
    version = found.version(number)
    return render_template(
        "concerns/minutes.html", event=found.event, version=version, versions=found.versions, is_inside=is_inside,
        items=[{**item, **{name: Localized.from_json(item[name]) for name in ("title", "said", "decision")}}
               for item in version.content],
        actions={item["item_id"]: [each for each in found.actions if str(each.agenda_item_id) == item["item_id"]]
                 for item in version.content},
        hidden=found.hidden, labels=labels, rules=rules, today=clock.local(clock.now(), city().zone).date(),
    )
