"""What goes along when a concern becomes part of another: agendas, what is done about it, its way, voices and letters."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from engage.concerns import facts
from engage.concerns.actions import acting, agendas, following
from engage.concerns.models import ActionItem, AgendaItem, Concern, ConcernStep, Voice
from engage.concerns.queries import acting as action_queries
from engage.concerns.queries import agendas as agenda_queries
from engage.concerns.queries import concerns as queries
from engage.concerns.queries import minutes, voices
from engage.concerns.rules import merging, steps
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused
from engage.events import queries as events


def both_locked(concern_id: UUID, into_id: UUID) -> tuple[Concern, Concern]:
    """Return two concerns, locked after the meetings whose agendas they are on. Raises NotFound, Refused."""
    both = {concern_id, into_id}
    held = {item.event_id for item in agenda_queries.with_concerns(both)}
    for event_id in sorted(held):
        events.locked(event_id)
    found = {concern.id: concern for concern in queries.all_locked(both)}
    if set(found) != both:
        raise NotFound
    if not {item.event_id for item in agenda_queries.with_concerns(both)} <= held:
        raise Refused(Reason.CHANGED_MEANWHILE)
    return found[concern_id], found[into_id]


def carry(concern: Concern, into: Concern, *, by: Actor, now: datetime) -> None:
    """Carry over what hangs on a locked concern; tell whoever is new to the other, and whose concern came further."""
    told_before = voices.heard(into.id)
    _carry_items(concern, into)
    _carry_actions(concern, into, now)
    carried, doubled = _carry_way(concern, into)
    moved = _carry_voices(concern, into, doubled, now)
    stands = steps.joined(Step(concern.step), Step(into.step), is_open=action_queries.has_open(into.id))
    if stands != into.step:
        into.step = stands
        ledger.record(facts.ConcernMoved(into.id, stands), by=by)
        news = next((line for line in carried if line.step == stands), None)
        for voice in told_before if news else ():
            if news and voice not in moved:
                following.tell_one(voice, news, now=now)
    following.tell_merged(moved, concern, now=now)


def _carry_items(concern: Concern, into: Concern) -> None:
    """Let agendas be about the other; where that one is on the same, one item stays, but for what minutes tell of."""
    there = {item.event_id: item for item in agenda_queries.with_concerns([into.id])}
    for item in agenda_queries.with_concerns([concern.id]):
        twin = there.get(item.event_id)
        if twin is None:
            item.concern_id = into.id
        elif not agenda_queries.has_minutes(item.id) and not minutes.are_published(item.event_id):
            _fold(item, twin)
    db.session().flush()


def _fold(item: AgendaItem, twin: AgendaItem) -> None:
    promised = update(ActionItem).where(ActionItem.agenda_item_id == item.id).values(agenda_item_id=twin.id)
    db.session().execute(promised.execution_options(synchronize_session=False))
    agendas.strike(item)


def _carry_actions(concern: Concern, into: Concern, now: datetime) -> None:
    acting.follow_area(concern.id, concern.neighbourhood_id, into.neighbourhood_id, now=now)
    theirs = update(ActionItem).where(ActionItem.concern_id == concern.id).values(concern_id=into.id)
    db.session().execute(theirs.execution_options(synchronize_session=False))


def _carry_way(concern: Concern, into: Concern) -> tuple[list[ConcernStep], list[ConcernStep]]:
    """Carry the lines of a way over, the newest first, but for how it began; return them, and those that say it twice."""
    there = {line.event_id for line in queries.way(into.id) if line.step == Step.ON_AGENDA}
    carried, doubled = list[ConcernStep](), list[ConcernStep]()
    for line in queries.way(concern.id):
        if line.step == Step.ON_AGENDA and line.event_id in there:
            doubled.append(line)
        elif not (line.step == Step.RAISED and line.event_id in (None, concern.event_id)):
            line.concern_id = into.id
            carried.append(line)
    db.session().flush()
    return carried, doubled


def _carry_voices(concern: Concern, into: Concern, doubled: Collection[ConcernStep], now: datetime) -> list[Voice]:
    """Carry voices over and return them, each as it stands now."""
    there, moved = voices.of_concern(into.id), []
    for voice in voices.of_concern(concern.id):
        if voice.is_author:
            voice.merged_from_id = voice.merged_from_id or concern.id
        same = merging.same_voice(voice, there)
        if same is None:
            voice.concern_id = into.id
            moved.append(voice)
        else:
            following.spare(voice, doubled, now=now)
            following.join_voices(voice, same)
            moved.append(same)
    db.session().flush()
    return moved
