"""Signing up: one registration for one form, however often it is sent; proven by letter or at once."""

from datetime import datetime
from uuid import UUID

from engage.core.access import Actor
from engage.core.refusal import NotFound, require
from engage.events import queries as event_queries
from engage.events.models import Event
from engage.events.rules import PUBLIC
from engage.messages import actions as messages
from engage.messages.rules import Channel
from engage.registrations import policy, queries, rules
from engage.registrations.actions.common import refuse, refuse_when_over, start_of
from engage.registrations.actions.entering import Given, SignUp, again, enter, mend, settle, vouch
from engage.registrations.actions.inviting import check_invitation, take_up
from engage.registrations.models import Registration
from engage.registrations.rules import PROVEN, Reason, State


def sign_up(
    *, event_id: UUID, form: SignUp, by: Actor, now: datetime, invitation_id: UUID | None = None
) -> Registration:
    """Ask for places, at a closed meeting by invitation; confirmed by letter unless the actor has proven that address.

    The same form again, and an address that has a place already, get the registration there is.
    Raises NotFound, Refused.
    """
    event = event_queries.locked(event_id)
    if event.state not in PUBLIC:
        raise NotFound
    earlier = queries.by_form_key(event.id, form.form_key)
    check_invitation(event, invitation_id, is_new=earlier is None, by=by, now=now)
    if earlier and (earlier.proven_at or queries.is_for(earlier, form.contact)):
        return earlier
    _refuse(event, form, now)
    address = messages.address_for_mail(value=form.contact, channel=Channel.EMAIL, now=now)
    standing = queries.standing(event.id, address.id)
    given = Given(form, is_proven=address.id in by.addresses, by=by, now=now)
    if earlier:
        earlier = mend(queries.locked(earlier.id), address, given, has_place=standing is not None)
    registration = queries.locked(standing.id) if standing else earlier or enter(event, address, given)
    take_up(registration, invitation_id, by=by, now=now)
    return again(registration, given) if standing else registration


def register_by_staff(*, event_id: UUID, form: SignUp, by: Actor, now: datetime) -> Registration:
    """Sign somebody up at the counter or on the phone; staff vouch for the address.

    Raises NotFound, NotAllowed, Refused.
    """
    event = event_queries.locked(event_id)
    require(policy.may_register(by, event))
    if earlier := queries.by_form_key(event.id, form.form_key):
        return earlier
    _refuse(event, form, now)
    return vouch(event, form, by=by, now=now)


def prove(*, registration_id: UUID, by: Actor, now: datetime) -> Registration:
    """Confirm a sign-up by the button behind its letter's link; coming back after a lapse is the same.

    Pressing it twice changes nothing. Raises NotFound, NotAllowed, Refused.
    """
    registration = queries.locked(registration_id)
    require(policy.may_prove(by, registration))
    if registration.state == State.LAPSED and registration.address_id is not None:
        standing = queries.standing(registration.event_id, registration.address_id)
        registration = queries.locked(standing.id) if standing else registration  # they signed up anew meanwhile
    if registration.state in PROVEN:
        return registration
    refuse(rules.proof_refusal(registration.state))
    refuse_when_over(registration.event, now)
    if registration.state == State.LAPSED and registration.event.is_sign_up_paused:
        refuse(Reason.SIGN_UP_PAUSED)
    if registration.state == State.LAPSED and queries.came_by_ended_invitation(registration.id, now):
        refuse(Reason.INVITATION_OVER)
    settle(registration, by=by, now=now)
    return registration


def _refuse(event: Event, form: SignUp, now: datetime) -> None:
    """Judge a form by its event alone: what an address has already must not show in the answer."""
    refuse(rules.sign_up_refusal(event.state, event.is_sign_up_paused, start_of(event), now))
    limit = rules.party_limit(event.programme.party_limit, event.capacity)
    refuse(Reason.PARTY_TOO_LARGE if not 1 <= form.party_size <= limit else None, limit=limit)
