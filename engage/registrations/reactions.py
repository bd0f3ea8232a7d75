"""What registrations does when something happens below it."""

from engage.accounts.facts import AddressChanged, PersonDeleted
from engage.core import clock
from engage.core.access import CLOCK, Actor
from engage.events import facts as events
from engage.events import queries as event_queries
from engage.registrations import actions, queries


def tell_of_move(fact: events.EventMoved, by: Actor) -> None:
    """Tell everybody registered or waiting of a new time or place."""
    starts_at = event_queries.locked(fact.event_id).starts_at
    if starts_at is not None:
        actions.shorten_offers(event_id=fact.event_id, starts_at=starts_at, by=CLOCK)
    details = {"sequence": fact.sequence}
    actions.tell_all(
        event_id=fact.event_id, kind="event_moved", key=str(fact.sequence), about=details, by=CLOCK, now=clock.now()
    )


def tell_of_cancellation(fact: events.EventCancelled, by: Actor) -> None:
    """Tell everybody registered or waiting that the event is called off. Their rows stay as they are:
    nothing about places at a cancelled event changes any more."""
    actions.tell_all(event_id=fact.event_id, kind="event_cancelled", by=CLOCK, now=clock.now())


def pass_on_note(fact: events.GuestsWritten, by: Actor) -> None:
    """Bring what host or staff wrote to those it is for, at all meetings they may write for."""
    note, now = queries.guest_note(fact.note_id), clock.now()
    if note is None:
        return
    event_ids = event_queries.reached(event_queries.locked(fact.event_id), note.reach, by, now)
    actions.bring_note(note_id=note.id, event_ids=event_ids, audience=note.audience, by=CLOCK, now=now)


def offer_freed_seats(fact: events.CapacityRaised | events.SignUpPaused, by: Actor) -> None:
    """Offer what has become free to those who wait, in order."""
    actions.offer_freed_seats(event_id=fact.event_id, by=CLOCK, now=clock.now())


def follow_person(fact: AddressChanged, by: Actor) -> None:
    """Let places follow somebody to their new address, and letters with them."""
    for registration in queries.for_addresses({fact.old_id}):
        actions.readdress(registration_id=registration.id, address_id=fact.new_id, by=CLOCK)
    for invitation in queries.invitations_for({fact.old_id}):
        actions.readdress_invitation(invitation_id=invitation.id, address_id=fact.new_id, by=CLOCK)


def forget_person(fact: PersonDeleted, by: Actor) -> None:
    """Give up the places of somebody who leaves, and forget whose they were."""
    if fact.address_id is None:
        return
    actions.erase_referrals(address_id=fact.address_id, by=CLOCK)
    for registration in queries.for_addresses({fact.address_id}):
        actions.forget(registration_id=registration.id, by=CLOCK, now=clock.now())
    for invitation in queries.invitations_for({fact.address_id}):
        actions.erase_invitation(invitation_id=invitation.id, by=CLOCK)
