"""What staff do with lists: take in a partner's, hand out one of guests; and links on paper. Each is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from engage.core import db, ledger, secrets
from engage.core.access import Actor
from engage.core.refusal import NotFound, require
from engage.events import queries as event_queries
from engage.events.models import Event
from engage.messages import actions as messages
from engage.registrations import facts, policy, queries, rules
from engage.registrations.actions.common import refuse, start_of
from engage.registrations.actions.entering import SignUp, vouch
from engage.registrations.models import Referral
from engage.registrations.rules import PROVEN
from engage.registrations.rules.lists import Fate, Listed, fate


@dataclass(frozen=True)
class PartnersList:
    """A list that was checked: whom it names and who gave it; the same key is the same list."""

    form_key: str
    partner: str
    people: Sequence[Listed]


@dataclass(frozen=True)
class TakenIn:
    """How many a list signed up and invited who were not before."""

    registered: int
    invited: int


def take_list_in(*, event_id: UUID, given: PartnersList, by: Actor, now: datetime) -> TakenIn:
    """Sign up those of a list who said yes, and invite the others by letter: all of it or nothing, however often. Who has
    answered for themselves meanwhile is left out.

    Raises NotFound, NotAllowed, Refused.
    """
    event = event_queries.locked(event_id)
    require(policy.may_register(by, event))
    refuse(rules.list_refusal(
        event.state, is_paused=event.is_sign_up_paused, is_closed=event.programme.is_closed, starts_at=start_of(event), now=now
    ))
    known = queries.known(event.id, given.people)
    fates = [(person, fate(person, known.get(person.key))) for person in given.people]
    for person in (registered := [person for person, becomes in fates if becomes == Fate.REGISTERS]):
        vouch(event, _sign_up(person, given.form_key), by=by, now=now)
    for person in (invited := [person for person, becomes in fates if becomes == Fate.INVITED]):
        _invite(event, person, given.partner, now)
    done = TakenIn(len(registered), len(invited))
    if done.registered or done.invited:
        ledger.record(facts.ListTakenIn(event.id, done.registered, done.invited), by=by)
    return done


def _sign_up(person: Listed, form_key: str) -> SignUp:
    return SignUp(
        form_key=secrets.keyed_hash(f"{form_key}:{person.key}"), called=person.called, contact=person.contact,
        locale=person.locale, party_size=person.party_size, channel=person.channel,
    )


def _invite(event: Event, person: Listed, partner: str, now: datetime) -> None:
    """Post an invitation to an address that has none to this event; its row is locked."""
    address = messages.address_for_mail(value=person.contact, channel=person.channel, now=now)
    referral = Referral(id=uuid4(), event_id=event.id, address_id=address.id, partner=partner, locale=person.locale, at=now)
    db.session().add(referral)
    db.session().flush()
    messages.post(
        about=referred(referral.id), kind="referred", to=address.id, facts={"referral_id": referral.id}, now=now,
        expires_at=start_of(event), subject_id=event.id,
    )


def referred(referral_id: UUID) -> str:
    """Return what the letter that invites somebody is about."""
    return f"referred:{referral_id}"


def note_export(*, event_id: UUID, form: str, by: Actor, now: datetime) -> bool:
    """Write down that somebody takes the list of guests along; say whether contacts may be on it.

    Raises NotFound, NotAllowed.
    """
    event = event_queries.locked(event_id)
    require(policy.may_host(by, event))
    has_contacts = policy.may_see_contacts(by, event)
    ledger.record(facts.GuestsExported(event.id, form, has_contacts), by=by)
    return has_contacts


def note_printed_link(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Write down that somebody's personal link was opened to be printed.

    A place nobody has proven may be in somebody else's name, and the link would prove it: there is none to print.
    Raises NotFound, NotAllowed.
    """
    registration = queries.one(registration_id)
    require(policy.may_print_link(by, registration.event))
    if registration.state not in PROVEN:
        raise NotFound
    ledger.record(facts.LinkPrinted(registration.id, registration.event_id), by=by)
