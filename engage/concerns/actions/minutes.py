"""Minutes: written item by item, published as a version that stays, corrected by another; what that means for concerns."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from engage.concerns import facts, policy
from engage.concerns.actions.moving import move, translated
from engage.concerns.models import ActionItem, Agenda, AgendaItem, Concern, MinutesItem, MinutesVersion
from engage.concerns.queries import acting, agendas
from engage.concerns.queries import minutes as queries
from engage.concerns.rules import meeting, steps
from engage.concerns.rules.meeting import ActionState
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.core.text import Localized
from engage.events import actions as events
from engage.events import queries as event_queries

PAPER = "minutes"
NO_TEXT = Localized({}, "en")


def write(
    *, event_id: UUID, item_id: UUID, version: int, said: Localized, decision: Localized, by: Actor, now: datetime
) -> None:
    """Keep what was said and decided about an item, unless somebody else has just written about it.

    Raises NotFound, NotAllowed, Refused.
    """
    event = event_queries.locked(event_id)
    require(policy.may_plan(by, event))
    item = agendas.item(event_id, item_id)
    if reason := meeting.minutes_refusal(event.starts_at, now):
        raise Refused(reason)
    row = queries.of_item(item_id)
    if (row.version if row else 0) != version:
        raise Refused(Reason.CHANGED_MEANWHILE)
    if row is None:
        row = MinutesItem(agenda_item_id=item.id, said=NO_TEXT, decision=NO_TEXT, version=0)
        db.session().add(row)
    row.said, row.decision, row.version = said, decision, version + 1
    db.session().flush()
    ledger.record(facts.MinutesWritten(event_id, item_id), by=by)


def content(items: list[AgendaItem], written: Mapping[UUID, MinutesItem]) -> list[dict[str, Any]]:
    """Return minutes as they are kept once published: each item with what was said and decided."""
    return [
        {
            "item_id": str(item.id), "title": item.title.as_json(), "speaker": item.speaker,
            "said": (written[item.id].said if item.id in written else NO_TEXT).as_json(),
            "decision": (written[item.id].decision if item.id in written else NO_TEXT).as_json(),
        }
        for item in items
    ]


def publish(*, event_id: UUID, correction: Localized, by: Actor, now: datetime) -> int:
    """Publish the minutes as they are, the first time or as a correction; return the version's number.

    Raises NotFound, NotAllowed, Refused.
    """
    event = event_queries.locked(event_id)
    require(policy.may_publish_minutes(by, event))
    items, before = agendas.items(event_id), queries.versions(event_id)
    new = content(items, queries.written([item.id for item in items]))
    if reason := _refusal(new, before, correction):
        raise Refused(reason)
    number = len(before) + 1
    db.session().add(MinutesVersion(
        event_id=event_id, number=number, content=new, correction=correction if before else None, published_at=now,
        published_by=by.person_id,
    ))
    agenda = agendas.of(event_id) or Agenda(event_id=event_id, version=0)
    agenda.version += 1
    db.session().add(agenda)
    db.session().flush()
    events.note_paper(event=event, paper=PAPER, is_shown=True)
    _answer(event_id, items, {item["item_id"]: item["decision"] for item in new}, before, by=by, now=now)
    ledger.record(facts.MinutesPublished(event_id, number), by=by)
    return number


def _refusal(new: list[dict[str, Any]], before: list[MinutesVersion], correction: Localized) -> Reason | None:
    if not any(item[part]["texts"] for item in new for part in ("said", "decision")):
        return Reason.NO_MINUTES
    if not before:
        return None
    if before[0].content == new:
        return Reason.NOTHING_CORRECTED
    if not correction.texts:
        return Reason.CORRECTION_MISSING
    return Reason.TOO_MANY_VERSIONS if len(before) >= meeting.MOST_VERSIONS else None


def _answer(
    event_id: UUID, items: list[AgendaItem], decisions: Mapping[str, Any], before: list[MinutesVersion], *,
    by: Actor, now: datetime,
) -> None:
    """Take each concern that was decided on a step further, again where the decision is another one."""
    told = {item["item_id"]: item["decision"] for item in before[0].content} if before else {}
    actions = queries.actions(event_id)
    for concern, about in agendas.by_concern(items).items():
        decision, before_it = (_decided(each, about) for each in (decisions, told))
        promised = [action for action in actions if action.concern_id == concern.id]
        if not before or before_it != decision:
            _move(concern, decision, promised, event_id=event_id, by=by, now=now)


def _decided(decisions: Mapping[str, Any], about: list[AgendaItem]) -> Localized:
    """Return what was decided on a concern, whichever items of the agenda are about it."""
    known = (decisions.get(str(item.id)) for item in about)
    return meeting.in_one(Localized.from_json(decision) for decision in known if decision)


def _move(
    concern: Concern, decision: Localized, promised: list[ActionItem], *, event_id: UUID, by: Actor, now: datetime
) -> None:
    if (not decision.texts and not promised) or translated(
        concern, decision, of=set(Step), event_id=event_id, by=by
    ):
        return
    to = meeting.step_by([ActionState(action.state) for action in promised])
    if to == Step.DONE and acting.has_open(concern.id):
        to = Step.ANSWERED  # something else is still to be done
    words = decision if decision.texts else promised[0].what
    if not steps.step_refusal(Step(concern.step), to):
        move(concern, to, by=by, now=now, event_id=event_id, words=words)
