"""What follows by itself: holds and offers run out, freed seats go on, what was kept long enough is erased."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import require
from engage.events import queries as event_queries
from engage.events.models import Event
from engage.messages import actions as messages
from engage.registrations import facts, policy, queries, rules
from engage.registrations.actions.common import change, free, pass_on, tell, thread
from engage.registrations.actions.listing import referred
from engage.registrations.models import Referral, Registration, RegistrationNeeds
from engage.registrations.rules import State


def offer_freed_seats(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """Offer an event's free seats to those who wait, in order. Raises NotFound, NotAllowed."""
    require(policy.may_tend(by))
    pass_on(event_queries.locked(event_id), now)


def lapse(*, registration_id: UUID, by: Actor, now: datetime) -> bool:
    """End a hold or an offer that has run out and pass its seats on; say whether it had.

    Raises NotFound, NotAllowed.
    """
    require(policy.may_tend(by))
    registration = queries.locked(registration_id)
    if not rules.is_lapsed(registration.state, registration.held_until, registration.offered_until, now):
        return False
    was = registration.state
    freed = free(registration, registration.event, State.LAPSED, now)
    ledger.record(facts.RegistrationLapsed(registration.id, registration.event_id, freed), by=by)
    if was == State.OFFERED:  # an address nobody has proven gets the one letter and no more
        tell(registration, "place_lapsed", now=now, key=now.isoformat())
    pass_on(registration.event, now)
    return True


def shorten_offers(*, event_id: UUID, starts_at: datetime, by: Actor) -> None:
    """Have no hold or offer outlive a start that was moved nearer. Raises NotAllowed."""
    require(policy.may_tend(by))
    of_event = update(Registration).where(Registration.event_id == event_id)
    held = of_event.where(Registration.state == State.HELD, Registration.held_until > starts_at)
    db.session().execute(held.values(held_until=starts_at).execution_options(synchronize_session=False))
    offered = of_event.where(Registration.state == State.OFFERED, Registration.offered_until > starts_at)
    db.session().execute(offered.values(offered_until=starts_at).execution_options(synchronize_session=False))


def erase_unproven(*, registration_id: UUID, by: Actor) -> None:
    """Delete a sign-up that nobody confirmed. Raises NotAllowed."""
    require(policy.may_tend(by))
    unproven = delete(Registration).where(
        Registration.id == registration_id, Registration.proven_at.is_(None), Registration.seats_held == 0
    )
    db.session().execute(unproven.execution_options(synchronize_session=False))


def erase_needs(*, registration_id: UUID, by: Actor) -> None:
    """Forget what a party needed. Raises NotAllowed."""
    require(policy.may_tend(by))
    needs = delete(RegistrationNeeds).where(RegistrationNeeds.registration_id == registration_id)
    db.session().execute(needs.execution_options(synchronize_session=False))


def erase_referrals(*, by: Actor, over_before: datetime | None = None, address_id: UUID | None = None) -> int:
    """Forget who was invited to meetings that ended before an instant, or all about one address, and that a letter went
    there; return how many. Raises NotAllowed."""
    require(policy.may_tend(by))
    whose = Referral.address_id == address_id
    if over_before is not None:
        whose = Referral.event_id.in_(select(Event.id).where(Event.ends_at < over_before))
    gone = delete(Referral).where(whose).returning(Referral.id).execution_options(synchronize_session=False)
    erased = db.session().scalars(gone).all()
    messages.erase(about=map(referred, erased))
    return len(erased)


def anonymise(*, registration_id: UUID, by: Actor) -> None:
    """Forget whose registration it was; that somebody came stays for the count. Raises NotAllowed."""
    require(policy.may_tend(by))
    erase_needs(registration_id=registration_id, by=by)
    nobody = update(Registration).where(Registration.id == registration_id).values(
        called="", address_id=None, speaks=[], neighbourhood_id=None, is_first_time=None, revocation=Registration.revocation + 1
    )
    db.session().execute(nobody.execution_options(synchronize_session=False))


def readdress(*, registration_id: UUID, address_id: UUID, by: Actor) -> None:
    """Let a place follow its holder to another address, unless that has a place of its own there already.

    Raises NotFound, NotAllowed.
    """
    require(policy.may_tend(by))
    registration = queries.locked(registration_id)
    standing = queries.standing(registration.event_id, address_id)
    if registration.state in rules.LIVE and standing is not None and standing.state in rules.LIVE:
        return
    change(registration, address_id=address_id)


def forget(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Give up a place whose holder leaves the city's records, without a letter, and forget whose it was.

    Raises NotFound, NotAllowed.
    """
    require(policy.may_tend(by))
    registration = queries.locked(registration_id)
    event = registration.event
    if registration.state in rules.LIVE and rules.event_refusal(event.state, event.starts_at or now, now) is None:
        freed = free(registration, event, State.CANCELLED, now)
        ledger.record(facts.RegistrationCancelled(registration.id, event.id, freed), by=by)
        pass_on(event, now)
    messages.drop(thread=thread(registration_id), now=now)
    anonymise(registration_id=registration_id, by=by)
