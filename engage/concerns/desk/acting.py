"""Staff's screens of action items: what the city has promised in their areas, the late ones first."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from engage.accounts import queries as accounts
from engage.concerns import policy
from engage.concerns.actions import acting as actions
from engage.concerns.actions.agendas import title_of
from engage.concerns.desk.blueprint import bp
from engage.concerns.forms import meeting as forms
from engage.concerns.models import ActionItem, Concern
from engage.concerns.queries import acting, agendas, concerns
from engage.concerns.queries import minutes as minutes_queries
from engage.concerns.queries.acting import OVERDUE, STAFF, Wanted
from engage.concerns.rules import meeting as rules
from engage.concerns.wording import acting as labels
from engage.core import access, clock
from engage.core.access import Actor
from engage.core.fields import read_id
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import locale
from engage.core.pages import Panel, Queue, attempt, told
from engage.core.refusal import NotFound
from engage.events import queries as events
from engage.messages import queries as messages
from engage.places import queries as places

DONE, DROPPED = _l("What was done? Everybody can read it."), _l("Why will it never be done? Everybody can read it.")
Page = tuple[str, int]


# --- lists ------------------------------------------------------------------------------------------


@bp.get("/<locale>/desk/actions")
@access.signed_in(*STAFF)
def actions_list() -> str:
    """Show what was promised and is still to do; or what is asked for."""
    return _list(request.args)


@bp.get("/<locale>/desk/actions/overdue")
@access.signed_in(*STAFF)
def overdue() -> str:
    """Show what is late."""
    return _list(MultiDict({"state": OVERDUE}))


def _list(asked: MultiDict[str, str]) -> str:
    actor, today = access.actor(), actions.today(clock.now())
    form = forms.ListForm(asked, data={"state": rules.ActionState.OPEN})
    form.state.choices = [(OVERDUE, _("Overdue")), *labels.STATES.items(), ("", _("All"))]
    form.department.choices = [("", _("All departments")), *((name, name) for name in acting.departments(actor))]
    form.area.choices = [("", _("The whole city")), *((str(area.id), area.name) for area in places.all_neighbourhoods())]
    if "state" not in asked:
        form.state.data = rules.ActionState.OPEN
    wanted = Wanted(form.state.data or "", form.department.data or "", read_id(form.area.data)) if form.validate() else Wanted()
    return render_template(
        "concerns/actions.html", form=form, actions=acting.listed(actor, wanted, today), today=today, labels=labels,
        rules=rules, count=acting.count_overdue(actor, today), most=acting.ON_A_PAGE,
    )


# --- one --------------------------------------------------------------------------------------------


def _action(action_id: UUID) -> ActionItem:
    action = acting.one(action_id)
    if not policy.may_tend_action(access.actor(), action):
        raise NotFound
    return action


@bp.get("/<locale>/desk/actions/<uuid:action_id>")
@access.signed_in(*STAFF)
def action(action_id: UUID) -> Page:
    """Show one action item, and what can be done about it."""
    return _page(action_id)


def _page(action_id: UUID, problem: str = "", status: int = 200, **filled: Any) -> Page:
    found, today = _action(action_id), actions.today(clock.now())
    for name in ("task", "put_off"):
        if name in filled:
            filled[name].version.data = str(found.version)  # sending it once more means: I have looked again
    page = render_template(
        "concerns/action.html", action=found, problem=problem, labels=labels, today=today, filled=filled,
        overdue=rules.days_overdue(found.state, found.due_on, today), authors=_authors(found), owner=_owner(found),
        task=filled.get("task") or forms.task_form(found, formdata=None),
        put_off=filled.get("put_off") or forms.PutOffForm(formdata=None, data={"version": found.version}),
        done=filled.get("done") or forms.outcome_form(DONE, formdata=None, prefix="done"),
        dropped=filled.get("dropped") or forms.outcome_form(DROPPED, formdata=None, prefix="dropped"),
        report=filled.get("report") or forms.ReportForm(formdata=None), departments=acting.departments(access.actor()),
    )
    return page, status


def _authors(found: ActionItem) -> dict[UUID, str]:
    people = accounts.people(note.author_id for note in found.notes if note.author_id)
    return {person.id: person.called for person in people.values()}


def _owner(found: ActionItem) -> str:
    """Return who gets letters about it: somebody with an account by name, since their contacts are their own; else the
    address that staff gave."""
    person = accounts.person(found.owner_id) if found.owner_id else None
    address = messages.address(found.address_id) if found.address_id else None
    return person.called if person else address.value if address else ""


def _send(action_id: UUID, name: str, form: Any, message: str, act: Callable[..., object]) -> Response | Page:
    done, problem, status = attempt(form, lambda: act(action_id=action_id, by=access.actor(), now=clock.now()))
    if done:
        return told(message, ".action", action_id=action_id)
    return _page(action_id, problem, status, **{name: form})


@bp.post("/<locale>/desk/actions/<uuid:action_id>/task")
@access.signed_in(*STAFF)
def change_action(action_id: UUID) -> Response | Page:
    """Change what is done, and by whom."""
    found = _action(action_id)
    form = forms.task_form(found)
    task = form.given(found.what)
    return _send(action_id, "task", form, _("Saved."), lambda **who: actions.change(version=form.seen(), task=task, **who))


@bp.post("/<locale>/desk/actions/<uuid:action_id>/day")
@access.signed_in(*STAFF)
def put_off(action_id: UUID) -> Response | Page:
    """Give it another day."""
    _action(action_id)
    form = forms.PutOffForm()
    return _send(action_id, "put_off", form, _("It has a new day."), lambda **who: actions.put_off(
        version=form.seen(), due_on=form.chosen(), reason=form.reason.data or "", locale=locale(), **who
    ))


@bp.post("/<locale>/desk/actions/<uuid:action_id>/note")
@access.signed_in(*STAFF)
def note_action(action_id: UUID) -> Response | Page:
    """Write down how it stands."""
    _action(action_id)
    form = forms.ReportForm()
    return _send(action_id, "report", form, _("Saved."), lambda **who: actions.report(
        body=form.body.data or "", locale=locale(), **who
    ))


@bp.post("/<locale>/desk/actions/<uuid:action_id>/done")
@access.signed_in(*STAFF)
def finish_action(action_id: UUID) -> Response | Page:
    """Say that it is done."""
    _action(action_id)
    form = forms.outcome_form(DONE, prefix="done")
    return _send(action_id, "done", form, _("It is done. Whoever raised it is told."), lambda **who: actions.finish(
        outcome=form.text("outcome"), **who
    ))


@bp.post("/<locale>/desk/actions/<uuid:action_id>/drop")
@access.signed_in(*STAFF)
def drop_action(action_id: UUID) -> Response | Page:
    """Say that it never will be done."""
    _action(action_id)
    form = forms.outcome_form(DROPPED, prefix="dropped")
    return _send(action_id, "dropped", form, _("It is dropped, and the reason can be read."), lambda **who: actions.drop(
        reason=form.text("outcome"), **who
    ))


# --- a new one --------------------------------------------------------------------------------------


@bp.route("/<locale>/desk/meetings/<uuid:event_id>/items/<uuid:item_id>/action", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def act_on_item(event_id: UUID, item_id: UUID) -> Response | Page:
    """Have somebody do something about an item of an agenda."""
    event = events.for_manage(event_id)
    if not policy.may_promise(access.actor(), event.neighbourhood_id):
        raise NotFound
    item, row = agendas.item(event_id, item_id), minutes_queries.of_item(item_id)
    shown = {"about": item.title, "decision": row.decision if row else None, "event_id": event_id}
    return _new(shown, lambda form, **who: actions.promise_at_meeting(
        event_id=event_id, item_id=item_id, promise=form.promise(), **who
    ))


@bp.route("/<locale>/desk/concerns/<uuid:concern_id>/action", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def act_on_concern(concern_id: UUID) -> Response | Page:
    """Have somebody do something about a concern, without a meeting."""
    concern = concerns.one(concern_id)
    if not policy.may_promise(access.actor(), concern.neighbourhood_id):
        raise NotFound
    return _new({"about": title_of(concern), "concern_id": concern_id}, lambda form, **who: actions.promise_for_concern(
        concern_id=concern_id, promise=form.promise(), **who
    ))


def _new(shown: dict[str, Any], act: Callable[..., UUID]) -> Response | Page:
    form, made = forms.promise_form(), list[UUID]()
    done, problem, status = attempt(form, lambda: made.append(act(form, by=access.actor(), now=clock.now())))
    if done:
        return told(_("The action item is made. Whoever does it gets a letter."), ".action", action_id=made[0])
    page = render_template(
        "concerns/new_action.html", form=form, problem=problem, departments=acting.departments(access.actor()), **shown,
    )
    return page, status


# --- on pages of others -----------------------------------------------------------------------------


def _of_concern(actor: Actor, concern: Concern) -> dict[str, Any] | None:
    """Lead staff from a concern to what is done about it, and to something more."""
    return {"concern": concern} if policy.may_promise(actor, concern.neighbourhood_id) else None


QUEUES: tuple[Queue, ...] = (
    Queue(
        _l("Action items overdue"), "concerns_desk.overdue",
        lambda actor: acting.count_overdue(actor, actions.today(clock.now())),
    ),
)
PANELS: tuple[Panel, ...] = (Panel("concern_desk", 40, "concerns/act_panel.html", _of_concern),)
