"""Action items: promised, changed, put off, reported on, done or dropped; and what that means for concerns."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import update

from engage.accounts import queries as accounts
from engage.concerns import facts, letters, policy
from engage.concerns.actions.moving import move
from engage.concerns.models import ActionItem, ActionNote, Agenda, AgendaItem, Concern
from engage.concerns.queries import acting, agendas, concerns
from engage.concerns.queries import minutes as minutes_queries
from engage.concerns.rules import meeting, merging, steps
from engage.concerns.rules.meeting import ActionState
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import clock, db, ledger
from engage.core.access import Actor
from engage.core.city import city
from engage.core.refusal import Refused, require
from engage.core.text import Localized
from engage.events import queries as events
from engage.messages import actions as messages

LETTERS_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Task:
    """What somebody does: in words, and who.

    `email` is where letters about it go, "" to leave that as it is, unless it `is_let_go` by whoever got them.
    """

    what: Localized
    who: str
    department: str
    email: str
    is_let_go: bool = False


@dataclass(frozen=True)
class Promise:
    """A new action item; `locale` is what letters to an owner without an account are written in."""

    task: Task
    due_on: date
    form_key: str
    locale: str


def today(now: datetime) -> date:
    """Return the day it is in the city: promises are kept by days."""
    return clock.local(now, city().zone).date()


# --- promised ---------------------------------------------------------------------------------------


def promise_at_meeting(*, event_id: UUID, item_id: UUID, promise: Promise, by: Actor, now: datetime) -> UUID:
    """Have somebody do something about an item of an agenda. Raises NotFound, NotAllowed, Refused."""
    event = events.locked(event_id)
    require(policy.may_promise(by, event.neighbourhood_id))
    item: AgendaItem = agendas.item(event_id, item_id)
    concern = _workable(item.concern_id) if item.concern_id else None
    action = ActionItem(
        event_id=event_id, agenda_item_id=item_id, concern_id=concern.id if concern else None,
        neighbourhood_id=event.neighbourhood_id,
    )
    is_told = minutes_queries.are_published(event_id)
    return _promise(action, concern if is_told else None, promise, by, now)


def promise_for_concern(*, concern_id: UUID, promise: Promise, by: Actor, now: datetime) -> UUID:
    """Have somebody do something about a concern, without a meeting. Raises NotFound, NotAllowed, Refused."""
    require(policy.may_promise(by, concerns.stand_in(concern_id).neighbourhood_id))
    concern = _workable(concern_id)
    action = ActionItem(concern_id=concern.id, neighbourhood_id=concern.neighbourhood_id)
    return _promise(action, concern, promise, by, now)


def _workable(concern_id: UUID) -> Concern:
    """Return the concern that stands for one, locked, if it can be worked on. Raises NotFound, Refused."""
    concern = concerns.stand_in(concern_id)
    if reason := merging.change_refusal(concern):
        raise Refused(reason)
    return concern


def _promise(action: ActionItem, told: Concern | None, promise: Promise, by: Actor, now: datetime) -> UUID:
    if made := acting.by_form(promise.form_key):
        return made
    what = promise.task.what
    if not what.texts:
        raise Refused(Reason.WORDS_MISSING)
    if reason := meeting.due_refusal(promise.due_on, today(now)):
        raise Refused(reason)
    action.form_key, action.due_on, action.locale = promise.form_key, promise.due_on, promise.locale
    action.created_at, action.revocation, action.version, action.state = now, 0, 0, ActionState.OPEN
    _describe(action, promise.task, now)
    db.session().add(action)
    _changed(action)
    ledger.record(facts.ActionItemMade(action.id, action.event_id, action.concern_id), by=by)
    letters.tell_owner(action, letters.GIVEN, key=str(action.revocation), now=now, expires_at=now + LETTERS_FOR)
    if told and not steps.step_refusal(Step(told.step), Step.IN_ACTION):
        move(told, Step.IN_ACTION, by=by, now=now, event_id=action.event_id, words=what)
    return action.id


def _describe(action: ActionItem, task: Task, now: datetime) -> bool:
    """Set what is done and by whom; say whether that is somebody else now. Raises Refused for what is no address."""
    before = (action.owner_id, action.address_id)
    action.what, action.who, action.department = task.what, task.who, task.department
    if task.email:
        address = messages.address_for_mail(value=task.email, now=now)
        holder = accounts.holder(address.id)
        action.owner_id, action.address_id = (holder.id, None) if holder else (None, address.id)
    elif task.is_let_go:
        action.owner_id = action.address_id = None
    return before != (action.owner_id, action.address_id)


def _changed(action: ActionItem) -> None:
    """Say that the pages which show an action item look different now."""
    action.version += 1
    db.session().flush()
    quietly = {"synchronize_session": False}
    if action.event_id:
        grown = update(Agenda).where(Agenda.event_id == action.event_id).values(version=Agenda.version + 1)
        db.session().execute(grown.execution_options(**quietly))
    if action.concern_id:
        shown = update(Concern).where(Concern.id == action.concern_id).values(version=Concern.version + 1)
        db.session().execute(shown.execution_options(**quietly))


# --- changed ----------------------------------------------------------------------------------------


def _locked(action_id: UUID, version: int | None = None) -> ActionItem:
    """Return an open action item; what it belongs to is locked before it. Raises NotFound, Refused."""
    action = acting.one(action_id)
    if action.event_id:
        events.locked(action.event_id)
    if action.concern_id:
        concerns.stand_in(action.concern_id)
    action = acting.locked(action_id)
    if action.state != ActionState.OPEN:
        raise Refused(Reason.ACTION_ENDED)
    if version is not None and action.version != version:
        raise Refused(Reason.CHANGED_MEANWHILE)
    return action


def change(*, action_id: UUID, version: int, task: Task, by: Actor, now: datetime) -> None:
    """Say otherwise what is done and by whom; a new owner is told, the link of the one before ends.

    Raises NotFound, NotAllowed, Refused.
    """
    require(policy.may_tend_action(by, acting.one(action_id)))
    action = _locked(action_id, version)
    if not task.what.texts:
        raise Refused(Reason.WORDS_MISSING)
    is_another = _describe(action, task, now)
    if is_another:
        action.revocation += 1
        messages.drop(thread=letters.thread(action.id), now=now)
    _changed(action)
    ledger.record(facts.ActionItemChanged(action_id, "changed"), by=by)
    if is_another:
        letters.tell_owner(action, letters.GIVEN, key=str(action.revocation), now=now, expires_at=now + LETTERS_FOR)


def put_off(
    *, action_id: UUID, version: int, due_on: date, reason: str, locale: str, by: Actor, now: datetime
) -> None:
    """Give an action item another day, and keep why. Raises NotFound, NotAllowed, Refused."""
    require(policy.may_tend_action(by, acting.one(action_id)))
    action = _locked(action_id, version)
    if refusal := meeting.due_refusal(due_on, today(now)):
        raise Refused(refusal)
    _note(action, reason, locale, by=by, now=now, due_on=due_on)
    action.due_on = due_on
    messages.drop(thread=letters.thread(action.id), kinds={letters.OVERDUE, letters.LATE}, now=now)
    _changed(action)
    ledger.record(facts.ActionItemChanged(action_id, "put_off"), by=by)


def report(*, action_id: UUID, body: str, locale: str, by: Actor, now: datetime) -> None:
    """Keep how an action item stands, as its owner or staff say. Raises NotFound, NotAllowed, Refused."""
    require(policy.may_report_action(by, acting.one(action_id)))
    action = _locked(action_id)
    _note(action, body, locale, by=by, now=now)
    ledger.record(facts.ActionItemChanged(action_id, "reported"), by=by)


def _note(action: ActionItem, body: str, locale: str, *, by: Actor, now: datetime, due_on: date | None = None) -> None:
    db.session().add(ActionNote(
        action_item_id=action.id, author_id=by.person_id, body=body, locale=locale, due_on=due_on, at=now,
    ))
    db.session().flush()


# --- ended ------------------------------------------------------------------------------------------


def finish(*, action_id: UUID, outcome: Localized, by: Actor, now: datetime) -> None:
    """Say that it is done, and what was done. Raises NotFound, NotAllowed, Refused."""
    require(policy.may_report_action(by, acting.one(action_id)))
    _end(action_id, ActionState.DONE, outcome, by, now)


def drop(*, action_id: UUID, reason: Localized, by: Actor, now: datetime) -> None:
    """Say that it never will be done, and why. Raises NotFound, NotAllowed, Refused."""
    require(policy.may_tend_action(by, acting.one(action_id)))
    _end(action_id, ActionState.DROPPED, reason, by, now)


def _end(action_id: UUID, state: ActionState, words: Localized, by: Actor, now: datetime) -> None:
    action = _locked(action_id)
    if not words.texts:
        raise Refused(Reason.WORDS_MISSING)
    action.state, action.outcome, action.ended_at = state, words, now
    messages.drop(thread=letters.thread(action.id), now=now)
    _changed(action)
    ledger.record(facts.ActionItemEnded(action_id, state), by=by)
    if action.concern_id:
        _follow(concerns.stand_in(action.concern_id), action, words, by, now)


def _follow(concern: Concern, action: ActionItem, words: Localized, by: Actor, now: datetime) -> None:
    """Take a concern further once nothing is left to do about it: done, or answered with why not."""
    to = meeting.step_by(acting.states_of(concern.id))
    is_told = action.event_id is None or minutes_queries.are_published(action.event_id)
    if is_told and to != Step.IN_ACTION and not steps.step_refusal(Step(concern.step), to):
        move(concern, to, by=by, now=now, event_id=action.event_id, words=words)


def follow_area(concern_id: UUID, before: UUID | None, area: UUID | None, *, now: datetime) -> None:
    """Have what one area's staff tend of a concern tended by another's; the former are not told any more that it is late."""
    theirs = ActionItem.concern_id == concern_id, ActionItem.neighbourhood_id.is_not_distinct_from(before)
    moved = update(ActionItem).where(*theirs).values(neighbourhood_id=area).returning(ActionItem.id)
    for action_id in db.session().scalars(moved.execution_options(synchronize_session=False)).all() if area != before else ():
        messages.drop(thread=letters.thread(action_id), kinds={letters.LATE}, now=now)


# --- late -------------------------------------------------------------------------------------------


def nudge(*, action_id: UUID, by: Actor, now: datetime) -> bool:
    """Remind whoever should have done it, then tell staff; say whether a letter is new. Raises NotFound, NotAllowed."""
    require(by.is_clock)
    action = acting.locked(action_id)
    late = meeting.days_overdue(ActionState(action.state), action.due_on, today(now))
    if not late:
        return False
    key, until = action.due_on.isoformat(), now + LETTERS_FOR
    is_new = letters.tell_owner(action, letters.OVERDUE, key=key, now=now, expires_at=until)
    if late <= city().overdue_staff_days:
        return is_new
    return any([is_new, *(
        letters.tell_staff(action, person, key=key, now=now, expires_at=until)
        for person in acting.staff_of(action.neighbourhood_id, today(now))
    )])


def follow_person(*, old_id: UUID, new_id: UUID, by: Actor) -> None:
    """Let what somebody has to do follow them to their new address."""
    theirs = update(ActionItem).where(ActionItem.address_id == old_id).values(address_id=new_id)
    db.session().execute(theirs.execution_options(synchronize_session=False))
