"""Applying for funding: begun from a round or from a dinner, written in saved steps, sent in, taken back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage.core import access, clock
from engage.core.fields import Form, read_id
from engage.core.i18n import common_languages
from engage.core.i18n import gettext as _
from engage.core.pages import Tried, attempt, told, within_limit
from engage.core.refusal import say
from engage.events import queries as events
from engage.events import rules as event_rules
from engage.events.models import Event
from engage.funding import policy
from engage.funding.actions import answering, applying, inviting
from engage.funding.forms.applying import (
    NEW,
    BeginForm,
    DinnerForm,
    MessageForm,
    PeopleForm,
    answered,
    budget_form,
    questions_form,
    steps_of,
)
from engage.funding.forms.onepage import Page, page
from engage.funding.models import Application, FundingRound
from engage.funding.queries import applications, rounds
from engage.funding.rules import states
from engage.funding.rules.applying import MOST_LINES, Missing
from engage.funding.rules.states import State
from engage.funding.views.blueprint import bp
from engage.funding.wording import labels
from engage.places import queries as places
from engage.programmes import queries as programmes

EACH_PERSON = "20 per day"  # letters that one account may have sent to addresses it typed

ASKED_AT: Mapping[Missing, str] = {
    Missing.TITLE: "dinner", Missing.PLANNED_ON: "dinner", Missing.NEIGHBOURHOOD: "dinner", Missing.LANGUAGES: "dinner",
    Missing.WHY: "people", Missing.WHO: "people", Missing.REACH: "people", Missing.HOUSEHOLDS: "people",
    Missing.ANSWERS: "questions", Missing.LINES: "budget", Missing.ASKED: "budget",
}


@bp.route("/<locale>/my/funding/new/<slug>", methods=["GET", "POST"])
@access.signed_in()
def begin(slug: str) -> Response | Page:
    """Begin an application in a round; from then on it is kept."""
    round_ = rounds.public(slug)
    offered = {row.programme_id for row in round_.programmes}
    form = BeginForm(_mine(offered), [programme for programme in programmes.public() if programme.id in offered])
    if not form.is_submitted() and (asked_for := read_id(request.args.get("event"))):
        form.dinner.data = str(asked_for)
    made: list[UUID] = []
    tried = attempt(form, lambda: made.append(
        applying.begin(
            round_id=round_.id, dinner=form.given(), form_key=form.key.data or "", by=access.actor(), now=clock.now()
        )
    ))
    if tried.is_done:
        return redirect(url_for(".write", application_id=made[0], step="dinner"), 303)
    text = render_template("funding/begin.html", round=round_, form=form, problem=tried.problem, NEW=NEW)
    return text, tried.status


def _mine(programme_ids: set[UUID]) -> list[Event]:
    """Return the reader's own proposals that a round could be for."""
    mine = events.mine(access.actor())
    return [event for event in mine if event.state in event_rules.PROPOSAL and event.programme_id in programme_ids]


@bp.route("/<locale>/my/funding/<uuid:application_id>/write/<step>", methods=["GET", "POST"])
@access.signed_in()
def write(application_id: UUID, step: str) -> Response | Page:
    """Show and keep one step of an application."""
    application = applications.for_actor(application_id, access.actor(), policy.may_write)
    if step not in steps_of(application):
        abort(404)
    if application.state not in states.WRITABLE:
        return redirect(url_for(".application", application_id=application_id))
    return _check(application) if step == "check" else _step(application, step)


def _step(application: Application, step: str) -> Response | Page:
    form, steps, application_id = _form(application, step), list(steps_of(application)), application.id
    if "more" in request.form:
        return _page(application, step, form, Tried(is_done=False))
    tried = attempt(form, lambda: _save(application, form))
    return _onward(application_id, steps[steps.index(step) + 1]) if tried.is_done else _page(application, step, form, tried)


def _save(application: Application, form: Any) -> None:
    actor, now = access.actor(), clock.now()
    applying.save(application_id=application.id, step=form.given(), by=actor, now=now)
    if isinstance(form, PeopleForm) and form.co_email.data:
        if not within_limit("co-host", str(actor.person_id), EACH_PERSON):
            abort(429)
        inviting.ask_co_host(
            application_id=application.id, called=form.co_called.data or "", email=form.co_email.data,
            locale=form.co_letter_in.data, by=actor, now=now,
        )


def _form(application: Application, step: str) -> Any:
    if step == "dinner":
        return DinnerForm(application, _areas(application.round))
    return {"people": PeopleForm, "questions": questions_form, "budget": budget_form}[step](application)


def _areas(round_: FundingRound) -> list[Any]:
    """Return the neighbourhoods a round is for."""
    allowed = rounds.areas(round_)
    return [area for area in places.all_neighbourhoods() if allowed is None or area.id in allowed]


def _onward(application_id: UUID, following: str) -> Response:
    if "leave" in request.form:
        saved = _("Your application is saved. You find it on your own page.")
        return told(saved, ".application", application_id=application_id)
    return redirect(url_for(".write", application_id=application_id, step=following), 303)


def _page(application: Application, step: str, form: Any, tried: Tried) -> Page:
    application = applications.one(application.id)
    names = step_names(application)
    text = render_template(
        f"funding/write_{step}.html", application=application, form=form, names=list(names.values()),
        current=list(names).index(step), problem=tried.problem, common=common_languages(), labels=labels, most_lines=MOST_LINES,
    )
    return text, tried.status


def step_names(application: Application) -> dict[str, str]:
    """Return the steps of an application in words, in order."""
    names = {
        "dinner": _("The dinner"), "people": _("The people"), "questions": _("Questions"), "budget": _("The budget"),
        "check": _("Check and send"),
    }
    return {step: names[step] for step in steps_of(application)}


def _check(application: Application) -> Response | Page:
    form, application_id = Form(), application.id
    tried = attempt(form, lambda: applying.submit(application_id=application_id, by=access.actor(), now=clock.now()))
    if tried.is_done:
        thanks = _("Thank you! We read it and write to you.")
        return told(thanks, ".application", application_id=application_id)
    application = applications.one(application_id)
    names = step_names(application)
    text = render_template(
        "funding/write_check.html", application=application, form=form, names=list(names.values()),
        current=list(names).index("check"), problem=tried.problem, missing=missing_things(application), labels=labels,
        answers=answered(application), area=_area(application),
        refused=closed(application),
    )
    return text, tried.status


def _area(application: Application) -> Any:
    return next((area for area in places.all_neighbourhoods() if area.id == application.neighbourhood_id), None)


def closed(application: Application) -> str:
    """Say that one can't apply in a draft's round any more, or nothing while one can."""
    refused = applying.not_open(application.round, clock.now()) if application.state == State.DRAFT else None
    return say(refused) if refused else ""


def missing_things(application: Application) -> list[tuple[str, str]]:
    """Return what is still missing in words, each with the step that asks for it."""
    return [(str(labels.APPLICATION_MISSING[item]), ASKED_AT[item]) for item in applying.missing_of(application)]


@bp.post("/<locale>/my/funding/<uuid:application_id>/withdraw")
@access.signed_in()
def withdraw(application_id: UUID) -> Response | Page:
    """Take an application back."""
    applications.for_actor(application_id, access.actor(), policy.may_withdraw)
    tried = attempt(Form(), lambda: applying.withdraw(
        application_id=application_id, by=access.actor(), now=clock.now()
    ))
    if tried.is_done:
        return told(_("It is withdrawn."), ".application", application_id=application_id)
    return page(application_id, problem=tried.problem, status=tried.status)


@bp.post("/<locale>/my/funding/<uuid:application_id>/notes")
@access.signed_in()
def answer(application_id: UUID) -> Response | Page:
    """Write to the other side of an application."""
    applications.for_actor(application_id, access.actor())
    form = MessageForm()
    tried = attempt(form, lambda: answering.answer(
        application_id=application_id, body=form.body.data or "", is_internal=bool(form.is_internal.data),
        form_key=form.key.data or "", by=access.actor(), now=clock.now(),
    ))
    if tried.is_done:
        return told(_("Your note is sent."), ".application", application_id=application_id)
    return page(application_id, problem=tried.problem, status=tried.status, message=form)

