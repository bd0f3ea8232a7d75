"""Consultations for staff: begun, ranked on paper as well, closed with agreed priorities."""

from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from engage.concerns import policy
from engage.concerns.actions import consulting as actions
from engage.concerns.desk.blueprint import bp
from engage.concerns.forms import consulting as forms
from engage.concerns.models import Consultation, Priority
from engage.concerns.queries import consulting as queries
from engage.concerns.rules.consulting import MOST_SHEETS, ConsultationState, Standing
from engage.concerns.wording.consulting import STATES
from engage.core import access, clock
from engage.core.access import Role
from engage.core.fields import Form, read_id
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.pages import attempt, told
from engage.core.refusal import NotFound
from engage.places import queries as places
from engage.programmes.models import Theme

STAFF = (Role.STAFF, Role.ADMINISTRATOR)
ONE = "/<locale>/desk/consultations/<uuid:consultation_id>"
Page = tuple[str, int]
Row = tuple[Theme, Standing | Priority, int]  # a theme, what it came to, how many concerns stand under it


@bp.get("/<locale>/desk/consultations")
@access.signed_in(*STAFF)
def consultations() -> str:
    """Show the consultations of where this reader works."""
    found = queries.for_staff(access.actor())
    areas = {area.id: area.name for area in places.all_neighbourhoods()}
    return render_template("concerns/desk_consultations.html", consultations=found, areas=areas, states=STATES)


@bp.route("/<locale>/desk/consultations/new", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def begin() -> Response | Page:
    """Ask residents something new."""
    mine = access.actor().areas(*STAFF)
    areas = [area for area in places.all_neighbourhoods() if mine is None or area.id in mine]
    form = forms.new_form(queries.open_programmes(), areas, is_for_all=mine is None)
    made: list[UUID] = []
    tried = attempt(form, lambda: made.append(
        actions.begin(form_key=form.key.data or "", asked=form.given(), where=form.where(), by=access.actor(), now=clock.now())
    ))
    if tried.is_done:
        return told(_("It is public now, and collects concerns."), ".consultation", consultation_id=made[0])
    return render_template("concerns/desk_consultation_new.html", form=form, problem=tried.problem), tried.status


def _open(consultation_id: UUID) -> Consultation:
    """Return a consultation this reader may run. Raises NotFound."""
    found = queries.one(consultation_id)
    if not policy.may_consult(access.actor(), found):
        raise NotFound
    return found


@bp.get(ONE)
@access.signed_in(*STAFF)
def consultation(consultation_id: UUID) -> str:
    """Show how a consultation stands, and what can be done next; once it is closed, what was published."""
    found = _open(consultation_id)
    rows = _published(found) if found.state == ConsultationState.CLOSED else _standing(found)
    return render_template(
        "concerns/desk_consultation.html", consultation=found, states=STATES, rows=rows, numbers=queries.numbers(found.id),
        most=max((row[1].points for row in rows), default=0),
    )


def _published(found: Consultation) -> list[Row]:
    return [(agreed.theme, agreed, agreed.concerns) for agreed in queries.agreed(found.id)]


def _standing(found: Consultation) -> list[Row]:
    offered = queries.themes(found)
    themes, concerns = {theme.id: theme for theme in offered}, queries.concerns_by_theme(found, offered)
    standings = queries.standings(found, offered)
    return [(themes[one.theme_id], one, concerns.get(one.theme_id, 0)) for one in standings]


@bp.route(f"{ONE}/texts", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def consultation_texts(consultation_id: UUID) -> Response | Page:
    """Change what is asked."""
    found = _open(consultation_id)
    form = forms.asked_form(found)
    tried = attempt(form, lambda: actions.change(
        consultation_id=consultation_id, version=form.seen, asked=form.given(found), by=access.actor(), now=clock.now()
    ))
    if tried.is_done:
        return told(_("Saved."), ".consultation", consultation_id=consultation_id)
    found = _open(consultation_id)
    form.version.data = str(found.version)  # saving once more means: I have compared
    page = render_template("concerns/desk_consultation_texts.html", consultation=found, form=form, problem=tried.problem)
    return page, tried.status


@bp.post(f"{ONE}/start")
@access.signed_in(*STAFF)
def start_ranking(consultation_id: UUID) -> Response:
    """Let residents rank the themes."""
    _open(consultation_id)
    tried = attempt(Form(), lambda: actions.start_ranking(
        consultation_id=consultation_id, by=access.actor(), now=clock.now()
    ))
    done = _("People can choose now what matters most to them.")
    return told(done if tried.is_done else tried.problem, ".consultation", consultation_id=consultation_id)


@bp.route(f"{ONE}/sheets", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def enter_sheets(consultation_id: UUID) -> Response | Page:
    """Enter what was ranked on paper, all sheets of a meeting at once."""
    found = _open(consultation_id)
    meetings = queries.meetings(found)
    form = forms.SheetsForm(meetings)
    entered: list[int] = []
    tried = attempt(form, lambda: entered.append(actions.enter_sheets(
        consultation_id=consultation_id, event_id=read_id(form.meeting.data) or consultation_id, form_key=form.key.data or "",
        sheets=form.given(), by=access.actor(), now=clock.now(),
    )))
    if tried.is_done:
        return told(_entered(entered[0]), ".consultation", consultation_id=consultation_id)
    page = render_template(
        "concerns/desk_sheets.html", consultation=found, themes=queries.themes(found), form=form, problem=tried.problem,
        most=MOST_SHEETS, is_open=found.state == ConsultationState.RANKING, has_meetings=bool(meetings),
    )
    return page, tried.status


def _entered(number: int) -> str:
    if not number:
        return _("This page was sent before, so nothing was entered twice. Please open it anew for further sheets.")
    return ngettext("%(num)s sheet entered.", "%(num)s sheets entered.", number)


@bp.get(f"{ONE}/paper")
@access.signed_in(*STAFF)
def paper(consultation_id: UUID) -> str:
    """Show the sheet that people fill in at a meeting, in the language of this page."""
    found = _open(consultation_id)
    is_open = found.state == ConsultationState.RANKING
    return render_template("concerns/ranking_paper.html", consultation=found, themes=queries.themes(found), is_open=is_open)


@bp.route(f"{ONE}/close", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def close_consultation(consultation_id: UUID) -> Response | Page:
    """Publish the priorities agreed on, in the order of the numbers unless the meeting agreed on another."""
    found = _open(consultation_id)
    form = forms.close_form(_in_order(found))
    tried = attempt(form, lambda: actions.close(
        consultation_id=consultation_id, priorities=form.priorities(), conclusion=form.conclusion(), by=access.actor(),
        now=clock.now(),
    ))
    if tried.is_done:
        return told(_("The priorities are published."), ".consultation", consultation_id=consultation_id)
    page = render_template(
        "concerns/desk_consultation_close.html", consultation=found, form=form, problem=tried.problem,
        numbers=queries.numbers(found.id), is_open=found.state == ConsultationState.RANKING,
    )
    return page, tried.status


def _in_order(found: Consultation) -> list[Theme]:
    """Return the themes as the numbers order them."""
    themes = {theme.id: theme for theme in queries.themes(found)}
    return [themes[standing.theme_id] for standing in queries.standings(found, list(themes.values()))]
