"""Who is what at an event: co-hosts are asked by letter, facilitators found by staff, the others named."""

from datetime import datetime
from uuid import UUID

from engage.accounts import queries as accounts
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.events import facts, policy, queries, rules
from engage.events.actions import telling
from engage.events.actions.state import grow_version
from engage.events.actions.telling import DECISIONS_FOR
from engage.events.models import Event, EventPerson
from engage.events.rules import Acceptance, PersonRole, Reason, State
from engage.messages import actions as messages

OPEN = rules.PROPOSAL | {State.PUBLISHED}


def _open_event(event_id: UUID, by: Actor) -> Event:
    event = queries.locked(event_id)
    require(policy.may_manage(by, event))
    if event.state not in OPEN:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=event.state)
    return event


def invite_co_host(*, event_id: UUID, called: str, email: str, locale: str, by: Actor, now: datetime) -> UUID:
    """Ask somebody by letter to host together; return their part's id. Raises NotFound, NotAllowed, Refused."""
    event = _open_event(event_id, by)
    address = messages.address_for_mail(value=email, now=now)
    if any(part.role in policy.HOSTING and _reaches(part, address.id) for part in event.people):
        raise Refused(Reason.ALREADY_ASKED)
    part = EventPerson(
        address_id=address.id, called=called, role=PersonRole.CO_HOST, acceptance=Acceptance.INVITED, revocation=0
    )
    event.people.append(part)
    db.session().flush()
    ledger.record(facts.CoHostAsked(event.id, part.id, address.id), by=by)
    messages.post(
        about=f"cohost:{part.id}", kind="events.cohost", to=address.id, now=now, expires_at=now + DECISIONS_FOR,
        facts={"event_id": event.id, "part_id": part.id, "locale": locale, "by_id": by.person_id}, subject_id=event.id,
    )
    return part.id


def _reaches(part: EventPerson, address_id: UUID) -> bool:
    if part.acceptance == Acceptance.DECLINED:
        return False
    holder = accounts.holder(address_id)
    return part.address_id == address_id or (holder is not None and part.person_id == holder.id)


def answer_invitation(*, event_person_id: UUID, is_accepted: bool, called: str = "", by: Actor, now: datetime) -> None:
    """Take up or decline a co-host's part, under the name they want to be called. Raises NotFound, NotAllowed, Refused."""
    event = queries.locked(queries.part(event_person_id).event_id)
    part = _part_of(event, event_person_id)
    require(policy.may_answer_invitation(by, part))
    if event.state not in OPEN:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=event.state)
    wanted = Acceptance.ACCEPTED if is_accepted else Acceptance.DECLINED
    if part.acceptance == wanted:
        return
    part.acceptance, part.called = wanted, called or part.called
    db.session().flush()
    grow_version(event)
    ledger.record(facts.CoHostAnswered(event.id, part.id, is_accepted), by=by)


def _part_of(event: Event, part_id: UUID) -> EventPerson:
    found = next((part for part in event.people if part.id == part_id), None)
    if found is None:
        raise NotFound
    return found


def add_facilitator(*, event_id: UUID, person_id: UUID, by: Actor, now: datetime) -> None:
    """Have somebody with an account lead the talk at an event. Raises NotFound, NotAllowed, Refused."""
    event = _open_event(event_id, by)
    require(policy.may_choose_facilitators(by, event))
    person = accounts.person(person_id)
    if person is None:
        raise NotFound
    if any(part.person_id == person.id and part.role == PersonRole.FACILITATOR for part in event.people):
        raise Refused(Reason.ALREADY_THERE)
    _add(event, EventPerson(person_id=person.id, called=person.called, role=PersonRole.FACILITATOR), by)


def add_named(*, event_id: UUID, called: str, title: str = "", role: PersonRole, by: Actor, now: datetime) -> None:
    """Name an official with their office, or a partner organisation. Raises NotFound, NotAllowed, Refused, ValueError."""
    if role not in (PersonRole.OFFICIAL, PersonRole.PARTNER):
        raise ValueError(f"a {role} is not somebody only named")
    _add(_open_event(event_id, by), EventPerson(called=called, title=title, role=role), by)


def _add(event: Event, part: EventPerson, by: Actor) -> None:
    event.people.append(part)
    db.session().flush()
    grow_version(event)
    ledger.record(facts.PersonAdded(event.id, part.id, part.role), by=by)


def hand_over(*, event_id: UUID, person_id: UUID, by: Actor, now: datetime) -> None:
    """Make somebody with an account the host and tell them; who hosted until now stays as a co-host.

    Raises NotFound, NotAllowed, Refused.
    """
    event = _open_event(event_id, by)
    require(policy.may_hand_over(by, event))
    person = accounts.person(person_id)
    if person is None:
        raise NotFound
    if any(part.person_id == person.id and part.role == PersonRole.HOST for part in event.people):
        raise Refused(Reason.ALREADY_THERE)
    _make_room(event, person.id)
    host = EventPerson(person_id=person.id, called=person.called, role=PersonRole.HOST, acceptance=Acceptance.ACCEPTED)
    _add(event, host, by)
    telling.tell_host(event, host, "events.host", about=f"host:{host.id}", now=now)


def _make_room(event: Event, person_id: UUID) -> None:
    """Let the host so far be a co-host; one who has left goes, and so does the next one's own part as co-host."""
    theirs = {contact.address_id for contact in accounts.contacts(person_id) if contact.proven_at}
    for part in list(event.people):
        is_theirs = part.person_id == person_id or part.address_id in theirs
        if part.role == PersonRole.HOST and (part.person_id or part.address_id):
            part.role = PersonRole.CO_HOST
        elif part.role == PersonRole.HOST or (part.role == PersonRole.CO_HOST and is_theirs):
            event.people.remove(part)
    db.session().flush()


def take_off(*, event_person_id: UUID, by: Actor, now: datetime) -> None:
    """Take somebody's part in an event away; the host's stays. Raises NotFound, NotAllowed, Refused."""
    event = _open_event(queries.part(event_person_id).event_id, by)
    part = _part_of(event, event_person_id)
    if part.role == PersonRole.HOST:
        raise Refused(Reason.LAST_HOST)
    if part.role == PersonRole.FACILITATOR:
        require(policy.may_choose_facilitators(by, event))
    event.people.remove(part)
    db.session().flush()
    grow_version(event)
    ledger.record(facts.PersonTakenOff(event.id, event_person_id, part.role), by=by)
    messages.drop_subject(subject_id=event_person_id, now=now)
