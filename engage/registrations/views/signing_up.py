"""Signing up: one page, no account needed, the same answer whether an address is known or not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage.accounts import queries as accounts
from engage.core import access, clock, i18n, pages, refusal, secrets
from engage.core.access import Actor
from engage.core.db import transaction
from engage.core.i18n import gettext as _
from engage.core.refusal import Refused
from engage.events.models import Event
from engage.registrations import actions, queries, rules
from engage.registrations.forms import SignUpForm, sign_up_form
from engage.registrations.models import Registration
from engage.registrations.views.blueprint import bp

# A library's computers share one network, and a family one computer; a script has no such patience.
PER_NETWORK, PER_ADDRESS = "60 per hour", "6 per hour"
Page = Response | tuple[str, int]


@dataclass(frozen=True)
class Door:
    """How somebody comes to sign up: by a meeting's public page, or by an invitation to a closed one."""

    find: Callable[[], Event]
    back_url: str
    sent_url: str
    invitation_id: UUID | None = None


def _public(slug: str) -> Door:
    back_url, sent_url = url_for("events.show", slug=slug), url_for(".sent", slug=slug)
    return Door(lambda: queries.event_for_sign_up(slug), back_url, sent_url)


@bp.route("/<locale>/events/<slug>/join", methods=["GET", "POST"])
@access.anyone
def sign_up(slug: str) -> Page:
    """Take a sign-up, and lead to the letter that confirms it or, with a proven address, to the place."""
    return enter(_public(slug))


def enter(door: Door) -> Page:
    """Show the form behind a door, or take what it says. Raises NotFound."""
    event, actor = door.find(), access.actor()
    form = sign_up_form(event, _known(actor))
    shown = _shown_again(form)
    return _page(door, event, form, *shown) if shown else _take(door, event.id, form, actor)


def _shown_again(form: SignUpForm) -> tuple[int, str] | None:
    """Say with which status, and what on top, a form is shown; None where it can be taken."""
    if not form.is_submitted():
        return 200, ""
    if not form.validate():
        return 422, ""
    return None if _is_within_limits(form) else (429, _("That was a lot at once. Please wait an hour, or call us."))


def _take(door: Door, event_id: UUID, form: SignUpForm, actor: Actor) -> Page:
    try:
        with transaction():
            registration = actions.sign_up(
                event_id=event_id, form=form.given(), by=actor, now=clock.now(), invitation_id=door.invitation_id
            )
            found, is_mine = registration.id, registration.address_id in actor.addresses
    except Refused as refused:
        return _page(door, door.find(), form, 409, refusal.say(refused))
    return redirect(url_for(".show", registration_id=found) if is_mine else door.sent_url, 303)


@bp.get("/<locale>/events/<slug>/join/sent")
@access.anyone
def sent(slug: str) -> str:
    """Ask to look at the letters; the page is the same for everybody."""
    return sent_page(_public(slug))


def sent_page(door: Door) -> str:
    """Return the page that asks to look at the letters. Raises NotFound."""
    return render_template("registrations/sent.html", event=door.find(), back_url=door.back_url)


def _is_within_limits(form: SignUpForm) -> bool:
    by_network = pages.within_limit("sign-up from a network", pages.network(), PER_NETWORK)
    contact = secrets.keyed_hash((form.email.data or "").lower())
    return pages.within_limit("sign-up of an address", contact, PER_ADDRESS) and by_network


def _known(actor: Actor) -> dict[str, Any] | None:
    """Return what is known of a signed-in reader, to find it filled in."""
    if actor.person_id is None:
        return None
    contact = accounts.mail_contact(actor.person_id)
    email = contact.address.value if contact else ""
    return {"called": actor.called, "email": email, "letters_in": actor.locale or i18n.locale()}


@dataclass(frozen=True)
class Outlook:
    """What would happen next, said before somebody types anything."""

    refusal: str
    seats_left: int | None
    waiting: int
    has_place: Registration | None

    @property
    def is_full(self) -> bool:
        return self.waiting > 0 or self.seats_left == 0


def _outlook(event: Event) -> Outlook:
    actor = access.actor()
    started = event.starts_at or clock.now()
    reason = rules.sign_up_refusal(event.state, event.is_sign_up_paused, started, clock.now())
    return Outlook(
        refusal=refusal.say(Refused(reason)) if reason else "",
        seats_left=None if event.capacity is None else max(0, event.capacity - event.seats_taken),
        waiting=len(queries.waiting(event.id)),
        has_place=queries.place_of(event.id, actor.addresses) if actor.addresses else None,
    )


def _page(door: Door, event: Event, form: SignUpForm, status: int, problem: str = "") -> tuple[str, int]:
    page = render_template(
        "registrations/sign_up.html", event=event, form=form, problem=problem, outlook=_outlook(event), back_url=door.back_url,
    )
    return page, status
