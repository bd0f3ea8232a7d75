""""You said, we did": what was raised and what came of it, for everybody."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse
from wtforms.validators import Optional

from engage.concerns.queries import concerns, showing
from engage.concerns.queries.showing import Filters
from engage.concerns.rules.steps import Step
from engage.concerns.views.blueprint import bp
from engage.concerns.wording.steps import CHIPS, STEPS
from engage.core import access, i18n
from engage.core.fields import Choice, Form, read_id, read_number
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.pages import public_page
from engage.places import queries as places

LAST_PAGE = 500
WHOSE, NARROWED = ("area", "programme"), ("theme", "step")


def _named(row: concerns.Subject) -> str:
    return row.name.shown(i18n.locale()).text


class BoardForm(Form):
    """Narrow what was raised; reads the address bar, changes nothing."""

    area = Choice(_l("Neighbourhood"), choices=[], validators=[Optional()])
    programme = Choice(_l("Kind of meeting"), choices=[], validators=[Optional()])
    theme = Choice(_l("Theme"), choices=[], validators=[Optional()])
    step = Choice(_l("Step"), choices=[], validators=[Optional()])

    class Meta(Form.Meta):
        csrf = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        known = concerns.subjects()
        self.area.choices = [("", _("All of the city")), *((row.code, row.name) for row in places.all_neighbourhoods())]
        self.programme.choices = [("", _("All kinds")), *((row.slug, _named(row)) for row in known.programmes)]
        themes = concerns.themes_for(self.chosen_programme_id())
        self.theme.choices = [("", _("All themes")), *((str(row.id), _named(row)) for row in themes)]
        self.step.choices = [("", _("Any step")), *((str(step), name) for step, name in STEPS.items())]

    def chosen_programme_id(self) -> UUID | None:
        chosen = self.programme.data
        return next((row.id for row in concerns.subjects().programmes if row.slug == chosen), None)

    def chosen_area(self) -> places.Area | None:
        return next((area for area in places.all_neighbourhoods() if area.code == self.area.data), None)

    def filters(self) -> Filters:
        """Return what was chosen; what isn't there narrows nothing."""
        area, step = self.chosen_area(), self.step.data
        return Filters(
            areas=places.with_below({area.id}) if area else None, programme_id=self.chosen_programme_id(),
            theme_id=read_id(self.theme.data), step=Step(step) if step in set(Step) else None,
        )


@bp.get("/<locale>/concerns")
@access.public
def index() -> Response:
    """Show what was raised in the city, a neighbourhood or a programme, how far it came, and the numbers."""
    return public_page(showing.version(), _board)


def _board() -> str:
    form = BoardForm(formdata=request.args)
    number = min(max(read_number(request.args.get("page", "")) or 1, 1), LAST_PAGE)
    found = showing.page(form.filters(), number)
    programme = next((row for row in concerns.subjects().programmes if row.id == form.chosen_programme_id()), None)
    return render_template(
        "concerns/board.html", form=form, found=found, number=number, by_theme=_by_theme(form, found),
        area=form.chosen_area(), programme=programme,
        areas={area.id: area.name for area in places.all_neighbourhoods()}, themes=concerns.subjects().theme_names(),
        steps=STEPS, chips=CHIPS, asked=_asked(*WHOSE, *NARROWED), about=_asked(*WHOSE),
    )


def _by_theme(form: BoardForm, found: showing.Found) -> list[tuple[UUID, int]]:
    """Return what concerns are about with their numbers, and the themes of that area or programme nobody has spoken of."""
    area = form.chosen_area()
    own = concerns.themes_of(programme_id=form.chosen_programme_id(), area_id=area.id if area else None)
    raised = sorted(found.by_theme.items(), key=lambda pair: (-pair[1], str(pair[0])))
    known = concerns.subjects().theme_names()
    return [*((theme, number) for theme, number in raised if theme in known),
            *((theme.id, 0) for theme in own if theme.id not in found.by_theme)]


def _asked(*names: str) -> dict[str, str]:
    """Return what the address bar says, to lead on with."""
    return {name: request.args[name] for name in names if request.args.get(name)}


@bp.get("/<locale>/concerns/<uuid:concern_id>")
@access.public
def show(concern_id: UUID) -> WerkzeugResponse:
    """Show one concern and its way from raised to done; what was merged leads to what it is part of."""
    seen = showing.glance(concern_id)
    if seen.merged_into_id is not None:
        return redirect(url_for(".show", concern_id=seen.merged_into_id), 301)
    return public_page(seen.version, lambda: _concern(concern_id))


def _concern(concern_id: UUID) -> str:
    concern, number = showing.one(concern_id)
    return render_template(
        "concerns/show.html", concern=concern, number=number, steps=STEPS, chips=CHIPS,
        theme=concerns.subjects().theme_names().get(concern.theme_id) if concern.theme_id else None,
    )
