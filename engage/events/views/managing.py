"""The page of one event for its hosts and staff, and what they do there."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage.accounts import queries as accounts
from engage.core import access, clock, db, ledger
from engage.core.fields import Form
from engage.core.i18n import common_languages
from engage.core.i18n import gettext as _
from engage.core.pages import attempt, attempted, told
from engage.core.refusal import Refused, say
from engage.events import actions, policy, queries, rules, wording
from engage.events.forms import CapacityForm, DetailsForm, NoteForm
from engage.events.models import Event
from engage.events.rules import Change, State
from engage.events.views import bp
from engage.events.views.finding import event_for
from engage.events.views.hosting import ASKED_AT, when_form
from engage.programmes import policy as programmes_policy

Page = tuple[str, int]
MOST_HISTORY = 30


@bp.get("/<locale>/my/events/<uuid:event_id>")
@access.signed_in()
def manage(event_id: UUID) -> Page:
    """Show one event to those who run it: where it stands, what is next, who comes."""
    return manage_page(event_id)


def manage_page(event_id: UUID, *, problem: str = "", status: int = 200, forms: Mapping[str, Any] | None = None) -> Page:
    """Render the page of one event, perhaps with what could not be done. Raises NotFound."""
    event = event_for(policy.may_open, event_id)
    notes = queries.notes(event_id)
    page = render_template(
        "events/manage.html", event=event, problem=problem, notes=notes, authors=_authors(note.author_id for note in notes),
        holds=[wording.hold(code) for code in queries.holds(event_id)], wording=wording, policy=policy,
        missing=[(wording.missing_thing(item), ASKED_AT[item]) for item in _missing(event)], history=_history(event_id),
        is_below_least=_is_below_least(event), forms={"note": NoteForm(formdata=None), **(forms or {})},
        is_over=event.ends_at is not None and clock.now() >= event.ends_at,
        has_lost_host=_has_lost_host(event), may_open_series=policy.may_open_series(access.actor(), [event]),
        has_begun=event.starts_at is not None and clock.now() >= event.starts_at,
        has_address=event.has_private_place and queries.has_private_address(event_id),
        may_duplicate=programmes_policy.may_propose(access.actor(), event.programme),
        invited=[part for part in event.people if part.acceptance != rules.Acceptance.DECLINED],
    )
    return page, status


def _missing(event: Event) -> tuple[rules.Missing, ...]:
    return queries.missing_of(event) if event.state in rules.PROPOSAL else ()


def _has_lost_host(event: Event) -> bool:
    hosting = [part for part in event.people if part.role in policy.HOSTING and part.acceptance == rules.Acceptance.ACCEPTED]
    return bool(hosting) and not any(part.person_id or part.address_id for part in hosting)


def _is_below_least(event: Event) -> bool:
    return rules.is_below_least(
        state=event.state, least=event.least_guests, seats_taken=event.seats_taken, is_going_ahead=event.is_going_ahead
    )


def _authors(ids: Any) -> dict[UUID, str]:
    return {person.id: person.called for person in accounts.people(found for found in ids if found).values()}


def _history(event_id: UUID) -> list[dict[str, Any]]:
    told_of = [(entry, wording.history(entry.kind, entry.details)) for entry in ledger.history(event_id)]
    shown = [(entry, sentence) for entry, sentence in told_of if sentence][:MOST_HISTORY]
    names = _authors(entry.by_id for entry, _sentence in shown if entry.by_kind == "person")
    return [
        {"at": entry.at, "what": sentence, "who": names.get(entry.by_id) if entry.by_id else None} for entry, sentence in shown
    ]


def press(event_id: UUID, act: Callable[[], object], message: str) -> Response | Page:
    """Do what a button on the page of an event says, and show that page with what was done, or why not."""
    event_for(policy.may_open, event_id)
    if not Form().validate_on_submit():
        return manage_page(event_id, status=422, problem=_(
            "This page was open for a long time. Nothing is lost: please check it and send it once more."
        ))
    try:
        with db.transaction():
            act()
    except Refused as refused:
        return manage_page(event_id, problem=say(refused), status=409)
    return told(message, "events.manage", event_id=event_id)


@bp.post("/<locale>/my/events/<uuid:event_id>/pause")
@access.signed_in()
def pause(event_id: UUID) -> Response | Page:
    """Stop sign-up for a while."""
    act = lambda: actions.pause(event_id=event_id, is_paused=True, by=access.actor(), now=clock.now())  # noqa: E731
    return press(event_id, act, _("Sign-up is paused. Nobody new can sign up until you open it again."))


@bp.post("/<locale>/my/events/<uuid:event_id>/resume")
@access.signed_in()
def resume(event_id: UUID) -> Response | Page:
    """Open sign-up again."""
    act = lambda: actions.pause(event_id=event_id, is_paused=False, by=access.actor(), now=clock.now())  # noqa: E731
    return press(event_id, act, _("Sign-up is open again."))


@bp.post("/<locale>/my/events/<uuid:event_id>/go-ahead")
@access.signed_in()
def go_ahead(event_id: UUID) -> Response | Page:
    """Meet with the guests there are."""
    act = lambda: actions.go_ahead(event_id=event_id, by=access.actor(), now=clock.now())  # noqa: E731
    return press(event_id, act, _("Good: it takes place. Those who signed up are counting on you."))


@bp.post("/<locale>/my/events/<uuid:event_id>/duplicate")
@access.signed_in()
def duplicate(event_id: UUID) -> Response | Page:
    """Begin a draft like this one."""
    made: list[UUID] = []
    act = lambda: made.append(actions.duplicate(event_id=event_id, by=access.actor(), now=clock.now()))  # noqa: E731
    answer = press(event_id, act, _("Here is a draft with the same words. Now choose the day."))
    return redirect(url_for("events.draft", event_id=made[0], step="when"), 303) if made else answer


@bp.route("/<locale>/my/events/<uuid:event_id>/move", methods=["GET", "POST"])
@access.signed_in()
def move(event_id: UUID) -> Response | Page:
    """Change day, hours or place of a public meeting."""
    event = _changeable(event_id)
    form = when_form(event)
    tried, came_to = attempted(form, lambda: actions.move(
        event_id=event_id, to=form.given(), by=access.actor(), now=clock.now()
    ))
    if came_to:
        said = {
            Change.MOVED: _("Changed. Everybody who signed up gets a letter."),
            Change.ADDRESS_HOUR: _("Changed."),
            Change.NOTHING: _("Nothing was different, so nobody was written to."),
        }
        return told(said[came_to], "events.manage", event_id=event_id)
    event = queries.for_manage(event_id)
    page = render_template(
        "events/move.html", event=event, form=form, problem=tried.problem,
        has_address=queries.has_private_address(event_id), told_of=queries.told_of([event], access.actor()),
    )
    return page, tried.status


def _changeable(event_id: UUID) -> Event:
    event = event_for(policy.may_manage, event_id)
    if refusal := rules.change_refusal(event.state, event.starts_at, clock.now()):
        raise Refused(refusal, state=event.state)
    return event


@bp.route("/<locale>/my/events/<uuid:event_id>/details", methods=["GET", "POST"])
@access.signed_in()
def details(event_id: UUID) -> Response | Page:
    """Change languages, access and food of a public meeting."""
    form = DetailsForm(_changeable(event_id))
    tried = attempt(form, lambda: actions.change_details(
        event_id=event_id, details=form.given(), by=access.actor(), now=clock.now()
    ))
    if tried.is_done:
        return told(_("Changed."), "events.manage", event_id=event_id)
    page = render_template(
        "events/details.html", event=queries.for_manage(event_id), form=form, problem=tried.problem, common=common_languages(),
    )
    return page, tried.status


@bp.route("/<locale>/my/events/<uuid:event_id>/places", methods=["GET", "POST"])
@access.signed_in()
def capacity(event_id: UUID) -> Response | Page:
    """Change how many can come."""
    event = _changeable(event_id)
    form = CapacityForm(capacity=event.capacity)
    tried = attempt(form, lambda: actions.raise_capacity(
        event_id=event_id, capacity=form.capacity.data, by=access.actor(), now=clock.now()
    ))
    if tried.is_done:
        return told(_("Changed. New places go first to those who are waiting."), "events.manage", event_id=event_id)
    page = render_template("events/capacity.html", event=queries.for_manage(event_id), form=form, problem=tried.problem)
    return page, tried.status


@bp.get("/<locale>/my/events/<uuid:event_id>/address")
@access.signed_in()
def address(event_id: UUID) -> str:
    """Show a home's address to who may see it now. The look is written down."""
    event = event_for(policy.may_open, event_id)
    with db.transaction():
        event = queries.locked(event_id)
        home = actions.address_for(actor=access.actor(), event=event, now=clock.now(), is_guest=False)
        shown = (home.address, home.directions, home.reveal_hours) if home else None
    return render_template("events/address.html", event=queries.for_manage(event_id), home=shown)


def is_open_to_people(state: State) -> bool:
    """Say whether people may still be added to an event."""
    return state in rules.PROPOSAL or state == State.PUBLISHED
