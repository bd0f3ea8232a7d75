"""Who may do what with registrations: the party itself, the event's hosts, staff of its area."""

from typing import TYPE_CHECKING
from uuid import UUID

from engage.core.access import Actor
from engage.events import policy as events

if TYPE_CHECKING:
    from engage.events.models import Event
    from engage.registrations.models import Invitation, Registration

PLACE = "place"  # the purpose of a party's personal link
INVITATION = "invitation"  # of the link into a closed meeting


def is_own(actor: Actor, registration: "Registration") -> bool:
    """Say whether it is the actor's place: by the letter's link, or by a proven address."""
    return actor.holds(PLACE, registration.id) or registration.address_id in actor.addresses


def may_see(actor: Actor, registration: "Registration", area: UUID | None) -> bool:
    """Own places, and staff on the phone with somebody who has no email."""
    return is_own(actor, registration) or actor.is_staff(area)


def may_change(actor: Actor, registration: "Registration", area: UUID | None) -> bool:
    """Change party and needs, take or refuse an offer, cancel: as who may see it."""
    return may_see(actor, registration, area)


def may_prove(actor: Actor, registration: "Registration") -> bool:
    """Only who got the letter, or whose address is proven already."""
    return is_own(actor, registration)


def may_register(actor: Actor, event: "Event") -> bool:
    """Sign somebody up at the counter or on the phone, vouching for the address."""
    return actor.is_staff(event.neighbourhood_id)


def may_host(actor: Actor, event: "Event") -> bool:
    """See the guests of an event, answer requests, remove guests: its hosts, and staff of its area."""
    return events.may_manage(actor, event)


def may_invite(actor: Actor, event: "Event") -> bool:
    """Invite people to a closed meeting, and take invitations back: its hosts, and staff of its area."""
    return events.may_manage(actor, event)


def may_enter(actor: Actor, invitation: "Invitation") -> bool:
    """Use an invitation: whoever holds its link, or has proven the address it was sent to."""
    return actor.holds(INVITATION, invitation.id) or invitation.address_id in actor.addresses


def may_print_link(actor: Actor, event: "Event") -> bool:
    """Hand somebody their personal link on paper: whoever may act for them on the phone. Hosts never."""
    return actor.is_staff(event.neighbourhood_id)


def may_see_contacts(actor: Actor, event: "Event") -> bool:
    """See how to reach people, on the page of guests and in exports. Hosts never."""
    return actor.is_staff(event.neighbourhood_id)


def may_tend(actor: Actor) -> bool:
    """Let holds and offers run out, and pass seats on."""
    return actor.is_clock
