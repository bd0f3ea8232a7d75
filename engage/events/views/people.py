"""The people of an event: asking, naming, finding, taking off; and the co-host's answer."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage.accounts import queries as accounts
from engage.core import access, clock, db
from engage.core.fields import Form, read_id
from engage.core.i18n import gettext as _
from engage.core.pages import Tried, attempt, told, within_limit
from engage.core.refusal import NotFound, Refused, say
from engage.core.tokens import LinkKind
from engage.events import actions, policy, queries, rules, wording
from engage.events.forms import CoHostForm, InvitationForm, NamedForm, SearchForm
from engage.events.rules import Acceptance, PersonRole
from engage.events.views import bp
from engage.events.views.finding import event_for
from engage.events.views.hosting import STEPS, step_names
from engage.events.views.managing import Page, is_open_to_people

ADDED = "events.people"
EACH_PERSON = "20 per day"  # letters that one account may have sent to addresses it typed


@bp.get("/<locale>/my/events/<uuid:event_id>/people")
@access.signed_in()
def people(event_id: UUID) -> Page:
    """Show who is what at a meeting, and how to add somebody."""
    return _page(event_id)


def _page(event_id: UUID, tried: Tried | None = None, **forms: Any) -> Page:
    event = event_for(policy.may_manage, event_id)
    actor = access.actor()
    may_search = policy.may_choose_facilitators(actor, event)
    search = SearchForm(request.args)
    found = accounts.find_person(search.text.data, actor) if may_search and search.text.data else None
    page = render_template(
        "events/people.html", event=event, search=search, found=found, may_search=may_search, wording=wording, policy=policy,
        is_draft=event.state in rules.PROPOSAL, names=step_names(), current=STEPS.index("people"),
        is_open=is_open_to_people(event.state), problem=tried.problem if tried else "",
        forms={"co_host": CoHostForm(formdata=None), "official": NamedForm(formdata=None, prefix="official"),
               "partner": NamedForm(formdata=None, prefix="partner"), **forms},
    )
    return page, tried.status if tried else 200


@bp.post("/<locale>/my/events/<uuid:event_id>/people/co-host")
@access.signed_in()
def invite(event_id: UUID) -> Response | Page:
    """Ask somebody to host together."""
    event_for(policy.may_manage, event_id)
    form = CoHostForm()
    if not within_limit("co-host", str(access.actor().person_id), EACH_PERSON):
        often = Tried(is_done=False, problem=_("That was often. Please try again later."), status=429)
        return _page(event_id, often, co_host=form)
    tried = attempt(form, lambda: actions.invite_co_host(
        event_id=event_id, called=form.called.data or "", email=form.email.data or "", locale=form.letter_in.data,
        by=access.actor(), now=clock.now(),
    ))
    if tried.is_done:
        return told(_("We have sent them a letter. They are a co-host as soon as they say yes."), ADDED, event_id=event_id)
    return _page(event_id, tried, co_host=form)


@bp.post("/<locale>/my/events/<uuid:event_id>/people/<any(official, partner):role>")
@access.signed_in()
def name(event_id: UUID, role: str) -> Response | Page:
    """Name an official or a partner organisation."""
    event_for(policy.may_manage, event_id)
    form = NamedForm(prefix=role)
    tried = attempt(form, lambda: actions.add_named(
        event_id=event_id, called=form.called.data or "", title=form.title.data or "", role=PersonRole(role),
        by=access.actor(), now=clock.now(),
    ))
    if tried.is_done:
        return told(_("Added."), ADDED, event_id=event_id)
    return _page(event_id, tried, **{role: form})


@bp.post("/<locale>/my/events/<uuid:event_id>/people/facilitator")
@access.signed_in()
def add_facilitator(event_id: UUID) -> Response | Page:
    """Have somebody with an account lead the talk."""
    return _choose(event_id, actions.add_facilitator, _("Added."))


@bp.post("/<locale>/my/events/<uuid:event_id>/people/host")
@access.signed_in()
def hand_over(event_id: UUID) -> Response | Page:
    """Make somebody with an account the host."""
    return _choose(event_id, actions.hand_over, _("They host it now, and get a letter."))


def _choose(event_id: UUID, act: Any, message: str) -> Response | Page:
    """Do something with the person chosen among those found."""
    event_for(policy.may_manage, event_id)
    person_id = read_id(request.form.get("person"))
    if person_id is None:
        raise NotFound
    return _change(event_id, lambda: act(event_id=event_id, person_id=person_id, by=access.actor(), now=clock.now()), message)


@bp.post("/<locale>/my/events/<uuid:event_id>/people/<uuid:event_person_id>/take-off")
@access.signed_in()
def take_off(event_id: UUID, event_person_id: UUID) -> Response | Page:
    """Take somebody off a meeting."""
    event = event_for(policy.may_manage, event_id)
    if event_person_id not in {part.id for part in event.people}:
        raise NotFound
    return _change(event_id, lambda: actions.take_off(
        event_person_id=event_person_id, by=access.actor(), now=clock.now()
    ), _("Taken off."))


def _change(event_id: UUID, act: Any, message: str) -> Response | Page:
    if not Form().validate_on_submit():
        expired = _("This page was open for a long time. Please press the button once more.")
        return _page(event_id, Tried(is_done=False, problem=expired, status=422))
    try:
        with db.transaction():
            act()
    except Refused as refused:
        return _page(event_id, Tried(is_done=False, problem=say(refused), status=409))
    return told(message, ADDED, event_id=event_id)


@bp.route("/<locale>/invitation/<uuid:event_person_id>", methods=["GET", "POST"])
@access.by_link("cohost", "event_person_id")
def invitation(event_person_id: UUID) -> Response | Page:
    """Show what a co-host is asked for, and take their answer."""
    part = queries.part(event_person_id)
    if not policy.may_answer_invitation(access.actor(), part):
        raise NotFound
    form = InvitationForm(called=part.called)
    says_yes = request.form.get("answer") == "yes"
    tried = attempt(form, lambda: actions.answer_invitation(
        event_person_id=event_person_id, is_accepted=says_yes, called=form.called.data or "", by=access.actor(), now=clock.now()
    ))
    if tried.is_done:
        return redirect(url_for("events.invitation", event_person_id=event_person_id), 303)
    part = queries.part(event_person_id)
    page = render_template(
        "events/invitation.html", part=part, event=queries.for_manage(part.event_id), form=form, problem=tried.problem,
        Acceptance=Acceptance, is_open=is_open_to_people(queries.for_manage(part.event_id).state),
    )
    return page, tried.status


def _revocation(event_person_id: UUID) -> int | None:
    try:
        return queries.part(event_person_id).revocation
    except NotFound:
        return None


LINKS: tuple[LinkKind, ...] = (LinkKind("cohost", _revocation, "events.invitation", "event_person_id"),)
