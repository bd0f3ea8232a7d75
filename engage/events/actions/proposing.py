"""A proposal's life until staff decide: written in steps, sent in, talked about, withdrawn."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from engage.core import db, ledger, secrets, text
from engage.core.access import Actor
from engage.core.city import city
from engage.core.refusal import Refused, require
from engage.events import facts, policy, queries, rules
from engage.events.actions import telling
from engage.events.actions.inputs import Details, Step, What, WhenAndWhere, Words
from engage.events.actions.state import grow_listing, move_state
from engage.events.actions.writing import forget_home, write_step, write_words
from engage.events.models import NO_TEXT, Event, EventPerson, ReviewNote
from engage.events.rules import PersonRole, Reason, State
from engage.programmes import policy as programmes_policy
from engage.programmes import queries as programmes


def create_draft(*, what: What, by: Actor, now: datetime, trains_later: bool = False) -> UUID:
    """Begin a proposal that nobody but its host sees, and return its id. Raises NotFound, NotAllowed, Refused.

    `trains_later`: the feature above sees to it that the host is trained before the meeting is public.
    """
    programme = programmes.programme(what.programme_id)
    require(programmes_policy.may_propose(by, programme, trains_later=trains_later))
    event = new_event(what, now)
    assert by.person_id is not None  # noqa: S101 - the policy lets nobody else propose
    event.people.append(EventPerson(person_id=by.person_id, called=by.called, role=PersonRole.HOST))
    ledger.record(facts.EventDrafted(event.id), by=by)
    return event.id


def new_event(what: What, now: datetime, event_id: UUID | None = None) -> Event:
    """Return a new draft's row without people; in `db.session()` and flushed."""
    event = Event(**_as_draft(event_id or uuid4(), now), languages=[], people=[])
    write_step(event, what, now)
    db.session().add(event)
    db.session().flush()
    return event


def _as_draft(event_id: UUID, now: datetime) -> dict[str, Any]:
    return {
        "id": event_id, "slug": f"draft-{event_id.hex}", "zone": city().zone, "created_at": now, "state": State.DRAFT,
        "seats_taken": 0, "title": NO_TEXT, "description": NO_TEXT, "food": NO_TEXT,
    }


def save_step(*, event_id: UUID, step: Step, by: Actor, now: datetime) -> None:
    """Keep one step of a proposal. Raises NotFound, NotAllowed, Refused."""
    event = _writable(event_id, by)
    if isinstance(step, What) and step.programme_id != event.programme_id:
        require(programmes_policy.may_propose(by, programmes.programme(step.programme_id)))
    write_step(event, step, now)


def save_words(*, event_id: UUID, words: Words, by: Actor, now: datetime) -> None:
    """Keep a proposal's texts in another language. Raises NotFound, NotAllowed, Refused."""
    write_words(_writable(event_id, by), words)


def _writable(event_id: UUID, by: Actor) -> Event:
    event = queries.locked(event_id)
    require(policy.may_edit(by, event))
    if refusal := rules.write_refusal(event.state, is_staff=by.is_staff(event.neighbourhood_id)):
        raise Refused(refusal, state=event.state)
    return event


def submit(*, event_id: UUID, note: str = "", by: Actor, now: datetime) -> State:
    """Send a proposal in, or publish it where nobody has to review it; return its new state.

    Raises NotFound, NotAllowed, Refused.
    """
    event = queries.locked(event_id)
    require(policy.may_edit(by, event))
    check_ready(event, now)
    if note:
        add_note(event, note, by, now)
    if policy.skips_review(by, event, is_reviewed=event.programme.is_reviewed, is_held=bool(queries.holds(event.id))):
        publish_now(event, by, now)
        return State.PUBLISHED
    move_state(event, State.SUBMITTED, submitted_at=now)
    telling.expect_answer(event, by)
    ledger.record(facts.EventSubmitted(event.id), by=by)
    return State.SUBMITTED


def check_ready(event: Event, now: datetime) -> None:
    """Raise Refused unless the event is complete and still to come."""
    if lacking := queries.missing_of(event):
        raise Refused(Reason.NOT_COMPLETE, missing=lacking)
    assert event.starts_at  # noqa: S101 - complete
    assert event.ends_at  # noqa: S101 - complete
    if refusal := rules.span_refusal(event.starts_at, event.ends_at, now):
        raise Refused(refusal, hours=0)


def publish_now(event: Event, by: Actor, now: datetime) -> None:
    """Put a complete event before the public under a name of its own. Raises Refused."""
    title = event.title.shown(event.title.source).text
    slug = f"{text.slug(title, 'event')}-{secrets.new_code(4).lower()}"
    move_state(event, State.PUBLISHED, published_at=now, slug=slug)
    grow_listing(event)
    ledger.record(facts.EventPublished(event.id), by=by)


def answer(*, event_id: UUID, body: str, by: Actor, now: datetime) -> None:
    """Write to the other side of a proposal. Raises NotFound, NotAllowed, Refused."""
    event = queries.locked(event_id)
    require(policy.may_answer(by, event))
    if event.state not in rules.ANSWERABLE:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=event.state)
    note = add_note(event, body, by, now)
    ledger.record(facts.ProposalAnswered(event.id, note.id), by=by)
    if not policy.is_host(by, event):
        telling.tell_hosts(event, "events.answered", about=f"answered:{note.id}", now=now, note_id=note.id)


def add_note(event: Event, body: str, by: Actor, now: datetime) -> ReviewNote:
    """Write a note about a proposal."""
    note = ReviewNote(event_id=event.id, author_id=by.person_id, body=body, at=now)
    db.session().add(note)
    db.session().flush()
    return note


def withdraw(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """Take a proposal back; a home's address goes with it. Raises NotFound, NotAllowed, Refused."""
    event = queries.locked(event_id)
    require(policy.may_withdraw(by, event))
    move_state(event, State.WITHDRAWN)
    forget_home(event)
    ledger.record(facts.EventWithdrawn(event.id), by=by)


def schedule(
    *, form_key: str, what: What, when_and_where: WhenAndWhere, details: Details, by: Actor, now: datetime
) -> UUID:
    """Put the city's own event before the public at once, and return its id; a form sent twice is one event.

    Raises NotFound, NotAllowed, Refused.
    """
    event_id = secrets.id_of_form(form_key)
    programme = programmes.programme(what.programme_id)
    if not db.insert_new(model=Event, values={**_as_draft(event_id, now), "programme_id": programme.id}):
        return event_id
    event = queries.locked(event_id)
    for step in (what, details):
        write_step(event, step, now)
    place_and_publish(event, when_and_where, by, now)
    return event.id


def place_and_publish(event: Event, when_and_where: WhenAndWhere, by: Actor, now: datetime) -> None:
    """Give the city's own draft its time and place, and put it before the public. Raises NotAllowed, Refused."""
    write_step(event, when_and_where, now)
    require(policy.may_schedule(by, event.neighbourhood_id))
    db.session().flush()
    check_ready(event, now)
    publish_now(event, by, now)
