"""Proposing an event: steps, each saved, that can be left and found again; and the host's own list."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage.core import access, clock
from engage.core.access import Actor
from engage.core.city import city
from engage.core.fields import Form
from engage.core.i18n import common_languages
from engage.core.i18n import gettext as _
from engage.core.pages import Panel, Tried, attempt, told
from engage.core.refusal import require
from engage.events import actions, policy, queries, rules, wording
from engage.events.forms import DetailsForm, MaybeNoteForm, WhatForm, WhenForm, WordsForm
from engage.events.models import Event
from engage.events.rules import Missing, State
from engage.events.views import bp
from engage.events.views.finding import event_for
from engage.places import queries as places
from engage.programmes import policy as programmes_policy
from engage.programmes import queries as programmes
from engage.programmes.models import Programme
from engage.programmes.rules import PlaceKind

STEPS = ("what", "when", "details", "people", "check")
ASKED_AT = {
    Missing.TITLE: "what", Missing.DESCRIPTION: "what", Missing.TIME: "when", Missing.NEIGHBOURHOOD: "when",
    Missing.PLACE: "when", Missing.LANGUAGES: "details", Missing.CAPACITY: "details",
}
Page = tuple[str, int]


def step_names() -> list[str]:
    """Return the steps in words, in order."""
    return [_("What"), _("When and where"), _("Who and how"), _("People"), _("Check and send")]


def proposable(actor: Actor) -> list[Programme]:
    """Return the programmes somebody may propose a meeting in."""
    return [programme for programme in programmes.active() if programmes_policy.may_propose(actor, programme)]


@bp.route("/<locale>/my/events/new", methods=["GET", "POST"])
@access.signed_in()
def propose() -> Response | Page:
    """Begin a proposal with what it is about; from then on it is kept."""
    every, offered = programmes.active(), proposable(access.actor())
    form = WhatForm(offered)
    made: list[UUID] = []
    tried = attempt(form, lambda: made.append(actions.create_draft(what=form.given(), by=access.actor(), now=clock.now())))
    if tried.is_done:
        return _onward(made[0], "what")
    closed = [programme for programme in every if programme not in offered and not programme.is_closed]
    page = render_template(
        "events/propose.html", form=form, offered=offered, closed=closed, names=step_names(), problem=tried.problem,
    )
    return page, tried.status


def _onward(event_id: UUID, step: str) -> Response:
    if "leave" in request.form:
        return told(_("Your draft is saved. You find it on your own page."), "events.manage", event_id=event_id)
    following = STEPS[STEPS.index(step) + 1]
    return redirect(url_for("events.draft", event_id=event_id, step=following), 303)


@bp.route("/<locale>/my/events/<uuid:event_id>/draft/<step>", methods=["GET", "POST"])
@access.signed_in()
def draft(event_id: UUID, step: str) -> Response | Page:
    """Show and keep one step of a proposal."""
    event = event_for(policy.may_edit, event_id)
    if step not in STEPS:
        abort(404)
    if step == "people":
        return redirect(url_for("events.people", event_id=event_id))
    if rules.write_refusal(event.state, is_staff=access.actor().is_staff(event.neighbourhood_id)):
        return redirect(url_for("events.manage", event_id=event_id))
    return _check(event) if step == "check" else _step(event, step)


def _step(event: Event, step: str) -> Response | Page:
    form = _form(event, step)
    tried = attempt(form, lambda: actions.save_step(event_id=event.id, step=form.given(), by=access.actor(), now=clock.now()))
    if tried.is_done:
        return _onward(event.id, step)
    return _page(event.id, step, form, tried)


def _form(event: Event, step: str) -> Any:
    if step == "what":
        offered = proposable(access.actor())
        return WhatForm(offered if event.programme in offered else [event.programme, *offered], event)
    return when_form(event) if step == "when" else DetailsForm(event)


def when_form(event: Event) -> WhenForm:
    """Return the form of time and place, as the event's programme allows, with the places its reader may choose."""
    may_be_at = partial(policy.may_move_to, access.actor(), event)
    areas = [area for area in places.all_neighbourhoods() if may_be_at(area.id)]
    venues = [venue for venue in places.venues() if venue.id == event.venue_id or may_be_at(venue.neighbourhood_id)]
    return WhenForm(event, areas, venues, may_be_home=event.programme.place_kind == PlaceKind.PRIVATE)


def _page(event_id: UUID, step: str, form: Form, tried: Tried) -> Page:
    event = queries.for_manage(event_id)
    page = render_template(
        f"events/draft_{step}.html", event=event, form=form, names=step_names(), current=STEPS.index(step),
        problem=tried.problem, has_address=queries.has_private_address(event_id), other_languages=_other_languages(event),
        common=common_languages(),
    )
    return page, tried.status


def _other_languages(event: Event) -> list[tuple[str, bool]]:
    """Return the offered languages besides the source, each with whether the title is there."""
    return [(code, bool(event.title.texts.get(code))) for code in city().locales if code != event.title.source]


def _check(event: Event) -> Response | Page:
    form = MaybeNoteForm()
    states: list[State] = []
    tried = attempt(form, lambda: states.append(
        actions.submit(event_id=event.id, note=form.note.data or "", by=access.actor(), now=clock.now())
    ))
    if tried.is_done:
        is_public = states[0] == State.PUBLISHED
        thanks = _("It is public now. Share it!") if is_public else _("Thank you! We read it and write to you.")
        return told(thanks, "events.manage", event_id=event.id)
    event = queries.for_manage(event.id)
    missing = [(wording.missing_thing(item), ASKED_AT[item]) for item in queries.missing_of(event)]
    is_held = bool(queries.holds(event.id))
    skips = policy.skips_review(access.actor(), event, is_reviewed=event.programme.is_reviewed, is_held=is_held)
    page = render_template(
        "events/draft_check.html", event=event, form=form, names=step_names(), current=STEPS.index("check"), missing=missing,
        skips_review=skips, problem=tried.problem, wording=wording, has_address=queries.has_private_address(event.id),
    )
    return page, tried.status


@bp.route("/<locale>/my/events/<uuid:event_id>/words/<language>", methods=["GET", "POST"])
@access.signed_in()
def words(event_id: UUID, language: str) -> Response | Page:
    """Write the texts in one of the city's languages, in a proposal or a public meeting."""
    event = event_for(policy.may_manage, event_id)
    if language not in city().locales:
        abort(404)
    if event.state == State.PUBLISHED:
        require(policy.may_change_texts(access.actor(), event, event.programme.is_reviewed))
    texts = {name: getattr(event, name).texts.get(language, "") for name in ("title", "description", "food")}
    form = WordsForm(**texts)
    act = actions.change_texts if event.state == State.PUBLISHED else actions.save_words
    tried = attempt(form, lambda: act(event_id=event_id, words=form.given(language), by=access.actor(), now=clock.now()))
    if tried.is_done:
        return told(_("The texts are saved."), "events.manage", event_id=event_id)
    event = queries.for_manage(event_id)
    page = render_template(
        "events/words.html", event=event, form=form, language=language, languages=city().locales, problem=tried.problem,
    )
    return page, tried.status


def _mine(actor: Actor, _subject: object) -> dict[str, Any] | None:
    """Find somebody's proposals, the meetings they host, and what they are asked to co-host."""
    if not actor.is_signed_in:
        return None
    events, asked = queries.mine(actor), queries.invitations(actor)
    if not events and not asked:
        return None
    homes = queries.with_home({event.id for event in events})
    missing = {event.id: queries.missing_of(event, homes) for event in events if event.state in rules.WRITABLE}
    invited = {event.id: event for event in queries.events({part.event_id for part in asked})}
    return {
        "events": events, "asked": [(part, invited[part.event_id]) for part in asked], "missing": missing,
        "wording": wording, "now": clock.now(),
    }


PANELS: tuple[Panel, ...] = (Panel("my", 20, "events/panel_my.html", _mine),)
