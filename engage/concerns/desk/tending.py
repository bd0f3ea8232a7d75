"""Staff's list of concerns, and the one page where each is sorted, translated, answered, joined or hidden."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from engage.concerns import policy
from engage.concerns.actions import tending as actions
from engage.concerns.desk.blueprint import bp
from engage.concerns.forms.tending import FindForm, HideForm, JoinForm, SortForm, words_form
from engage.concerns.models import Concern
from engage.concerns.queries import concerns, showing
from engage.concerns.queries import tending as queries
from engage.concerns.wording import hiding
from engage.concerns.wording.steps import CHIPS, STEPS
from engage.core import access, clock
from engage.core.fields import Form, read_id
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.pages import Queue, attempt, place_of, told, turned_to
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.places import queries as places

Page = Response | tuple[str, int]


@bp.get("/<locale>/desk/concerns")
@access.signed_in(*policy.STAFF)
def index() -> str:
    """Show the concerns of one's neighbourhoods, first those that wait for an answer."""
    actor = access.actor()
    mine = actor.areas(*policy.STAFF)
    areas = [area for area in places.all_neighbourhoods() if mine is None or area.id in mine]
    form = FindForm(concerns.subjects().themes, areas, formdata=request.args)
    found, number = queries.listed(form.filters(), actor, after=turned_to()), queries.number_of(form.filters(), actor)
    shown, more = found[:queries.ON_A_PAGE], found[queries.ON_A_PAGE:]
    following = place_of(shown[-1][0].raised_at, shown[-1][0].id) if more else None
    return render_template(
        "concerns/desk.html", form=form, found=shown, total=number, following=following, areas=_area_names(), steps=STEPS,
        chips=CHIPS, themes=concerns.subjects().theme_names(),
    )


def _area_names() -> dict[UUID, str]:
    return {area.id: area.name for area in places.all_neighbourhoods()}


def _open(concern_id: UUID) -> tuple[Concern, int]:
    """Return a concern for whoever may tend it. Raises NotFound."""
    concern, number = showing.whole(concern_id)
    if not policy.may_tend(access.actor(), concern):
        raise NotFound
    return concern, number


@bp.get("/<locale>/desk/concerns/<uuid:concern_id>")
@access.signed_in(*policy.STAFF)
def concern(concern_id: UUID) -> Page:
    """Show one concern with all that can be done about it."""
    return _page(concern_id)


def _page(concern_id: UUID, *, problem: str = "", status: int = 200, **sent: Form) -> tuple[str, int]:
    found, number = _open(concern_id)
    text = render_template(
        "concerns/tend.html", concern=found, number=number, problem=problem, steps=STEPS, chips=CHIPS, areas=_area_names(),
        theme=concerns.subjects().theme_names().get(found.theme_id) if found.theme_id else None, sent=set(sent),
        hidden_told=hiding.TOLD,
        forms={**_forms(found, set(sent)), **sent},
    )
    return text, status


def _forms(found: Concern, sent: set[str]) -> dict[str, Form]:
    """Return the forms that were not sent, fresh."""
    made: dict[str, Callable[[], Form]] = {
        "sort": lambda: _sort_form(found, formdata=None),
        "summary": lambda: words_form("summary", WORDS["summary"], found.summary),
        "answer": lambda: words_form("answer", WORDS["answer"]), "finish": lambda: words_form("finish", WORDS["finish"]),
        "hide": lambda: HideForm(formdata=None), "join": lambda: _join_form(found, formdata=None),
    }
    return {name: make() for name, make in made.items() if name not in sent}


WORDS = {"summary": _l("Translation or summary"), "answer": _l("The city's answer"), "finish": _l("What was done")}


def _sort_form(found: Concern, **kwargs: Any) -> SortForm:
    kept = {"theme": str(found.theme_id or ""), "neighbourhood": str(found.neighbourhood_id or "")}
    themes = concerns.themes_for(found.programme_id, found.neighbourhood_id)
    return SortForm(themes, places.all_neighbourhoods(), data=kept, **kwargs)


def _join_form(found: Concern, **kwargs: Any) -> JoinForm:
    return JoinForm(queries.to_join(found, access.actor()), _area_names(), **kwargs)


def _act(concern_id: UUID, name: str, form: Form, message: str, act: Callable[[], object]) -> Page:
    tried = attempt(form, act)
    if not tried.is_done:
        return _page(concern_id, problem=tried.problem, status=tried.status, **{name: form})
    if not policy.may_tend(access.actor(), showing.whole(concern_id)[0]):  # sorted into another neighbourhood
        return told(message, ".index")
    return told(message, ".concern", concern_id=concern_id)


@bp.post("/<locale>/desk/concerns/<uuid:concern_id>/sort")
@access.signed_in(*policy.STAFF)
def sort(concern_id: UUID) -> Page:
    """Set theme and neighbourhood; one that is another's now is gone from one's list."""
    form = _sort_form(_open(concern_id)[0])
    return _act(concern_id, "sort", form, _("Saved."), lambda: actions.sort(
        concern_id=concern_id, theme_id=read_id(form.theme.data), neighbourhood_id=read_id(form.neighbourhood.data),
        by=access.actor(), now=clock.now(),
    ))


@bp.post("/<locale>/desk/concerns/<uuid:concern_id>/summary")
@access.signed_in(*policy.STAFF)
def summarise(concern_id: UUID) -> Page:
    """Put a translation or summary beside the original."""
    found, _number = _open(concern_id)
    form, before = words_form("summary", WORDS["summary"]), found.summary or Localized({}, found.body.source)
    return _act(concern_id, "summary", form, _("Saved."), lambda: actions.summarise(
        concern_id=concern_id, words=form.text("summary", before), by=access.actor(), now=clock.now()
    ))


@bp.post("/<locale>/desk/concerns/<uuid:concern_id>/answer")
@access.signed_in(*policy.STAFF)
def answer(concern_id: UUID) -> Page:
    """Answer a concern."""
    before = Localized({}, _open(concern_id)[0].body.source)
    form = words_form("answer", WORDS["answer"])
    return _act(concern_id, "answer", form, _("Everybody it matters to is told."), lambda: actions.answer(
        concern_id=concern_id, words=form.text("answer", before), by=access.actor(), now=clock.now()
    ))


@bp.post("/<locale>/desk/concerns/<uuid:concern_id>/finish")
@access.signed_in(*policy.STAFF)
def finish_concern(concern_id: UUID) -> Page:
    """Say what was done."""
    before = Localized({}, _open(concern_id)[0].body.source)
    form = words_form("finish", WORDS["finish"])
    return _act(concern_id, "finish", form, _("Everybody it matters to is told."), lambda: actions.finish(
        concern_id=concern_id, words=form.text("finish", before), by=access.actor(), now=clock.now()
    ))


@bp.post("/<locale>/desk/concerns/<uuid:concern_id>/hide")
@access.signed_in(*policy.STAFF)
def hide(concern_id: UUID) -> Page:
    """Hide a concern; its author is told why."""
    _open(concern_id)
    form = HideForm()
    return _act(concern_id, "hide", form, _("It is hidden, and its author is told why."), lambda: actions.hide(
        concern_id=concern_id, ground=form.ground.data, words=form.words.data or "", language=form.language.data,
        by=access.actor(), now=clock.now()
    ))


@bp.post("/<locale>/desk/concerns/<uuid:concern_id>/show")
@access.signed_in(*policy.STAFF)
def show_again(concern_id: UUID) -> Page:
    """Show a hidden concern again."""
    _open(concern_id)
    return _act(concern_id, "show", Form(), _("It is public again."), lambda: actions.show_again(
        concern_id=concern_id, by=access.actor(), now=clock.now()
    ))


@bp.post("/<locale>/desk/concerns/<uuid:concern_id>/join")
@access.signed_in(*policy.STAFF)
def join(concern_id: UUID) -> Page:
    """Make a concern part of another that says the same."""
    form = _join_form(_open(concern_id)[0])
    return _act(concern_id, "join", form, _("They are one now. Everybody it matters to is told."), lambda: actions.merge(
        concern_id=concern_id, into_id=read_id(form.into.data) or concern_id, by=access.actor(), now=clock.now()
    ))


QUEUES: tuple[Queue, ...] = (
    Queue(_l("Concerns not answered"), "concerns_desk.index", queries.count_unanswered, policy.STAFF),
)
