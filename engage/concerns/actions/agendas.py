"""A meeting's agenda: items added, changed, put in order and taken off; published, and what that means for concerns."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from engage.concerns import facts, policy
from engage.concerns.actions.moving import move
from engage.concerns.models import Agenda, AgendaItem, Concern
from engage.concerns.queries import agendas, concerns
from engage.concerns.rules import meeting, steps
from engage.concerns.rules.meeting import Move
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.core.text import Localized
from engage.events import actions as events
from engage.events import queries as event_queries
from engage.events.models import Event
from engage.events.rules import State as EventState

PAPER = "agenda"
OFF = frozenset({EventState.CANCELLED, EventState.DECLINED, EventState.WITHDRAWN})
LONGEST_TITLE = 120
USUAL_MINUTES = 10


def title_of(concern: Concern) -> Localized:
    """Return what a concern is called on an agenda: its summary, else how it begins, in every language there is."""
    words = concern.summary if concern.summary and concern.summary.texts else concern.body
    cut = {code: _shortened(" ".join(text.split())) for code, text in words.texts.items()}
    return Localized(cut, words.source)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1].rstrip() + "…"


def _open(event_id: UUID, version: int, by: Actor) -> tuple[Event, Agenda]:
    """Return a locked meeting and its agenda, begun if there is none. Raises NotFound, NotAllowed, Refused."""
    event = event_queries.locked(event_id)
    require(policy.may_plan(by, event))
    if event.state in OFF:
        raise Refused(Reason.MEETING_IS_OFF)
    agenda = agendas.of(event_id)
    if (agenda.version if agenda else 0) != version:
        raise Refused(Reason.CHANGED_MEANWHILE)
    if agenda is None:
        agenda = Agenda(event_id=event_id, version=0)
        db.session().add(agenda)
        db.session().flush()
    return event, agenda


def _changed(agenda: Agenda, what: str, item_id: UUID | None, by: Actor) -> None:
    agenda.version += 1
    db.session().flush()
    ledger.record(facts.AgendaChanged(agenda.event_id, what, item_id), by=by)


def add_own(
    *, event_id: UUID, version: int, title: Localized, minutes: int, speaker: str, by: Actor, now: datetime
) -> UUID:
    """Put an item of the meeting's own on its agenda. Raises NotFound, NotAllowed, Refused."""
    _event, agenda = _open(event_id, version, by)
    if not title.texts:
        raise Refused(Reason.WORDS_MISSING)
    at = _room(event_id, 1)
    item = AgendaItem(event_id=event_id, position=at, title=title, minutes=minutes, speaker=speaker)
    db.session().add(item)
    db.session().flush()
    _changed(agenda, "added", item.id, by)
    return item.id


def _room(event_id: UUID, wanted: int) -> int:
    """Return the position of the next item, if that many more fit."""
    there = agendas.items(event_id)
    if len(there) + wanted > meeting.MOST_ITEMS:
        raise Refused(Reason.AGENDA_IS_FULL, most=meeting.MOST_ITEMS)
    return len(there) + 1


def add_concerns(*, event_id: UUID, version: int, concern_ids: Collection[UUID], by: Actor, now: datetime) -> None:
    """Put concerns on an agenda, in the order given; on a published one they are on at once.

    Raises NotFound, NotAllowed, Refused.
    """
    event, agenda = _open(event_id, version, by)
    wanted = list(dict.fromkeys(concern_ids))
    if not wanted:
        raise Refused(Reason.NOTHING_CHOSEN)
    at = _room(event_id, len(wanted))
    locked = {concern.id: concern for concern in concerns.all_locked(wanted)}
    if {each.concern.id for each in agendas.fitting(event, wanted)} != set(wanted):
        raise Refused(Reason.NOT_FOR_THIS_MEETING)
    for number, concern_id in enumerate(wanted):
        concern = locked[concern_id]
        item = AgendaItem(
            event_id=event_id, concern_id=concern_id, position=at + number, title=title_of(concern), minutes=USUAL_MINUTES,
        )
        db.session().add(item)
        if _is_told(event, agenda, now):
            move(concern, Step.ON_AGENDA, by=by, now=now, event_id=event_id)
    _changed(agenda, "concerns_added", None, by)


def _is_told(event: Event, agenda: Agenda, now: datetime) -> bool:
    """Say whether being on this agenda is news: everybody can read it, and the meeting is to come."""
    is_over = event.ends_at is not None and now >= event.ends_at
    return agenda.published_at is not None and event.state == EventState.PUBLISHED and not is_over


def change_item(
    *, event_id: UUID, version: int, item_id: UUID, title: Localized, minutes: int, speaker: str, by: Actor, now: datetime
) -> None:
    """Say otherwise what an item is about, how long it takes and who speaks. Raises NotFound, NotAllowed, Refused."""
    _event, agenda = _open(event_id, version, by)
    item = agendas.item(event_id, item_id)
    if not title.texts:
        raise Refused(Reason.WORDS_MISSING)
    item.title, item.minutes, item.speaker = title, minutes, speaker
    _changed(agenda, "changed", item_id, by)


def arrange(*, event_id: UUID, version: int, item_id: UUID, to: Move, by: Actor, now: datetime) -> None:
    """Move an item one place up or down. Raises NotFound, NotAllowed, Refused."""
    _event, agenda = _open(event_id, version, by)
    item = agendas.item(event_id, item_id)
    for position, each in enumerate(meeting.rearranged(agendas.items(event_id), item, to), start=1):
        each.position = position
    _changed(agenda, to, item_id, by)


def take_off(*, event_id: UUID, version: int, item_id: UUID, by: Actor, now: datetime) -> None:
    """Take an item off an agenda; its people are told. Raises NotFound, NotAllowed, Refused."""
    event, agenda = _open(event_id, version, by)
    item = agendas.item(event_id, item_id)
    if agendas.has_minutes(item_id):
        raise Refused(Reason.HAS_MINUTES)
    if agenda.published_at is not None and len(agendas.items(event_id)) == 1:
        raise Refused(Reason.AGENDA_IS_EMPTY)
    if item.concern_id and _is_told(event, agenda, now):
        _give_back(concerns.stand_in(item.concern_id), event_id, by, now)
    strike(item)
    _changed(agenda, "taken_off", item_id, by)


def strike(item: AgendaItem) -> None:
    """Delete an item of a locked agenda, and close up those after it."""
    db.session().delete(item)
    db.session().flush()
    for position, each in enumerate(agendas.items(item.event_id), start=1):
        each.position = position


def _give_back(concern: Concern, event_id: UUID, by: Actor, now: datetime) -> None:
    """Say that a locked concern is off this agenda, unless it waits for another meeting or for nothing more."""
    if not steps.step_refusal(Step(concern.step), Step.RAISED) and not agendas.is_on_another(concern.id, event_id):
        move(concern, Step.RAISED, by=by, now=now, event_id=event_id)


def publish(*, event_id: UUID, version: int, by: Actor, now: datetime) -> None:
    """Put an agenda before the public; its concerns are on the agenda from now on. Raises NotFound, NotAllowed, Refused."""
    event, agenda = _open(event_id, version, by)
    there = agendas.items(event_id)
    if event.state != EventState.PUBLISHED:
        raise Refused(Reason.MEETING_IS_OFF)
    if reason := meeting.publication_refusal(len(there), event.ends_at, now):
        raise Refused(reason)
    if agenda.published_at is not None:
        return
    agenda.published_at = now
    agenda.version += 1
    db.session().flush()
    events.note_paper(event=event, paper=PAPER, is_shown=True)
    for concern in agendas.by_concern(there):
        if not steps.step_refusal(Step(concern.step), Step.ON_AGENDA):  # done by now: it is talked about all the same
            move(concern, Step.ON_AGENDA, by=by, now=now, event_id=event_id)
    ledger.record(facts.AgendaPublished(event_id), by=by)


def drop(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """Take the agenda of a meeting that is called off out of sight, and its concerns off it. Raises NotFound, NotAllowed."""
    require(by.is_clock)
    event = event_queries.locked(event_id)
    agenda = agendas.of(event_id)
    if agenda is None or agenda.published_at is None:
        return
    agenda.published_at = None
    agenda.version += 1
    db.session().flush()
    events.note_paper(event=event, paper=PAPER, is_shown=False)
    for concern in agendas.by_concern(agendas.items(event_id)):
        _give_back(concern, event_id, by, now)
    ledger.record(facts.AgendaChanged(event_id, "dropped"), by=by)
