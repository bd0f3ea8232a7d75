"""Making an agenda: one page with everything on it, each button a form of its own; and the sheet for taking notes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from engage.concerns import policy
from engage.concerns.actions import agendas as actions
from engage.concerns.forms import meeting as forms
from engage.concerns.models import AgendaItem
from engage.concerns.queries import agendas
from engage.concerns.rules import meeting as rules
from engage.concerns.views.blueprint import bp
from engage.concerns.views.finding import event_for
from engage.core import access, clock
from engage.core.city import city
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.i18n import own_name
from engage.core.pages import attempt, told

ADDRESS = "/<locale>/my/events/<uuid:event_id>/agenda"
Page = tuple[str, int]


@bp.get(ADDRESS)
@access.signed_in()
def plan(event_id: UUID) -> Page:
    """Show an agenda to those who make it."""
    return _page(event_id)


def _page(event_id: UUID, problem: str = "", status: int = 200, **filled: Form) -> Page:
    event = event_for(policy.may_plan, event_id)
    agenda, items, offered = agendas.of(event_id), agendas.items(event_id), agendas.fitting(event)
    version = agenda.version if agenda else 0
    for form in filled.values():
        form["version"].data = str(version)  # sending it once more means: I have looked again
    planned = sum(item.minutes for item in items)
    page = render_template(
        "concerns/plan.html", event=event, agenda=agenda, items=items, offered=offered, problem=problem, planned=planned,
        over=rules.minutes_over(planned, event.starts_at, event.ends_at), missing=_missing(items), names=_names(offered),
        own=filled.get("own") or forms.item_form(version, formdata=None),
        chosen=filled.get("chosen") or forms.concerns_form(version, offered, formdata=None),
        seen=forms.Versioned(formdata=None, data={"version": version}),
        is_over=event.ends_at is not None and clock.now() >= event.ends_at, most=rules.MOST_ITEMS,
    )
    return page, status


def _names(offered: list[agendas.Supported]) -> dict[UUID, Any]:
    return {each.concern.id: actions.title_of(each.concern) for each in offered}


def _missing(items: list[AgendaItem]) -> dict[UUID, list[str]]:
    """Return the languages in which each item has no title yet."""
    return {item.id: [own_name(code) for code in item.title.missing(city().locales)] for item in items}


@bp.post(f"{ADDRESS}/items")
@access.signed_in()
def add_item(event_id: UUID) -> Response | Page:
    """Add an item of the meeting's own."""
    event_for(policy.may_plan, event_id)
    form = forms.item_form(0)
    done, problem, status = attempt(form, lambda: actions.add_own(
        event_id=event_id, version=form.seen(), title=form.text("title"), minutes=form.minutes.data or 1,
        speaker=form.speaker.data or "", by=access.actor(), now=clock.now(),
    ))
    if done:
        return told(_("It is on the agenda."), ".plan", event_id=event_id)
    return _page(event_id, problem, status, own=form)


@bp.post(f"{ADDRESS}/concerns")
@access.signed_in()
def add_concerns(event_id: UUID) -> Response | Page:
    """Add concerns that were raised."""
    event = event_for(policy.may_plan, event_id)
    form = forms.concerns_form(0, agendas.fitting(event))
    done, problem, status = attempt(form, lambda: actions.add_concerns(
        event_id=event_id, version=form.seen(), concern_ids=[each for each in form.concerns.data or () if each],
        by=access.actor(), now=clock.now(),
    ))
    if done:
        return told(_("They are on the agenda."), ".plan", event_id=event_id)
    return _page(event_id, problem, status, chosen=form)


@bp.route(f"{ADDRESS}/items/<uuid:item_id>", methods=["GET", "POST"])
@access.signed_in()
def change_item(event_id: UUID, item_id: UUID) -> Response | Page:
    """Change what an item is called in each language, how long it takes and who speaks."""
    event = event_for(policy.may_plan, event_id)
    item, agenda = agendas.item(event_id, item_id), agendas.of(event_id)
    form = forms.item_form(agenda.version if agenda else 0, item)
    title = form.text("title", item.title) if form.is_submitted() else item.title
    done, problem, status = attempt(form, lambda: actions.change_item(
        event_id=event_id, version=form.seen(), item_id=item_id, title=title, minutes=form.minutes.data or 1,
        speaker=form.speaker.data or "", by=access.actor(), now=clock.now(),
    ))
    if done:
        return told(_("Saved."), ".plan", event_id=event_id)
    agenda = agendas.of(event_id)
    form.version.data = str(agenda.version if agenda else 0)
    page = render_template("concerns/item.html", event=event, item=agendas.item(event_id, item_id), form=form, problem=problem)
    return page, status


@bp.post(f"{ADDRESS}/items/<uuid:item_id>/arrange")
@access.signed_in()
def arrange(event_id: UUID, item_id: UUID) -> Response | Page:
    """Move an item up or down."""
    form = forms.MoveForm()
    return _press(event_id, form, _("Moved."), lambda: actions.arrange(
        event_id=event_id, version=form.seen(), item_id=item_id, to=form.to.data, by=access.actor(), now=clock.now()
    ))


@bp.post(f"{ADDRESS}/items/<uuid:item_id>/off")
@access.signed_in()
def take_off(event_id: UUID, item_id: UUID) -> Response | Page:
    """Take an item off."""
    form = forms.Versioned()
    return _press(event_id, form, _("Taken off the agenda."), lambda: actions.take_off(
        event_id=event_id, version=form.seen(), item_id=item_id, by=access.actor(), now=clock.now()
    ))


@bp.post(f"{ADDRESS}/publish")
@access.signed_in()
def publish_agenda(event_id: UUID) -> Response | Page:
    """Put the agenda before the public."""
    form = forms.Versioned()
    thanks = _("The agenda is public. Whoever raised one of its concerns, or supports it, gets a letter.")
    return _press(event_id, form, thanks, lambda: actions.publish(
        event_id=event_id, version=form.seen(), by=access.actor(), now=clock.now()
    ))


def _press(event_id: UUID, form: forms.Versioned, message: str, act: Callable[[], object]) -> Response | Page:
    event_for(policy.may_plan, event_id)
    done, problem, status = attempt(form, act)
    if done:
        return told(message, ".plan", event_id=event_id)
    return _page(event_id, problem or _expired(form), status)


def _expired(form: Form) -> str:
    if form.has_expired:
        return _("This page was open for a long time. Nothing is lost: please check it and send it once more.")
    return _("Please open this page again and retry.")


@bp.get(f"{ADDRESS}/sheet")
@access.signed_in()
def note_sheet(event_id: UUID) -> str:
    """Show the agenda with room to write, for paper."""
    event = event_for(policy.may_plan, event_id)
    return render_template("concerns/note_sheet.html", event=event, items=agendas.items(event_id))
