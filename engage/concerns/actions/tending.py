"""What staff do with a concern: sort it, translate it, answer it, hide it, find it to be the same as another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from engage.concerns import facts, policy
from engage.concerns.actions import acting, carrying, following
from engage.concerns.actions.moving import move, translated
from engage.concerns.actions.versions import grow, grow_papers
from engage.concerns.models import Concern
from engage.concerns.queries import acting as action_queries
from engage.concerns.queries import concerns as queries
from engage.concerns.queries import doors
from engage.concerns.rules import merging
from engage.concerns.rules.hiding import Ground, hiding_refusal
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.core.text import Localized
from engage.places import queries as places


def _taken_up(concern_id: UUID, by: Actor) -> Concern:
    """Return a concern locked for whoever may tend it, if it can be worked on. Raises NotFound, NotAllowed, Refused."""
    concern = queries.locked(concern_id)
    require(policy.may_tend(by, concern))
    if reason := merging.change_refusal(concern):
        raise Refused(reason)
    return concern


def sort(*, concern_id: UUID, theme_id: UUID | None, neighbourhood_id: UUID | None, by: Actor, now: datetime) -> None:
    """Set a concern's theme and neighbourhood; what is done about it goes along. Raises NotFound, NotAllowed, Refused."""
    concern = _taken_up(concern_id, by)
    known = {theme.id for theme in queries.themes_for(concern.programme_id, neighbourhood_id)} | {concern.theme_id}
    areas = {area.id for area in places.all_neighbourhoods()}
    if (theme_id and theme_id not in known) or (neighbourhood_id and neighbourhood_id not in areas):
        raise Refused(Reason.NO_SUCH_THING)
    acting.follow_area(concern.id, concern.neighbourhood_id, neighbourhood_id, now=now)
    concern.theme_id, concern.neighbourhood_id = theme_id, neighbourhood_id
    db.session().flush()
    grow(concern.id)
    ledger.record(facts.ConcernSorted(concern.id), by=by)


def summarise(*, concern_id: UUID, words: Localized, by: Actor, now: datetime) -> None:
    """Put a translation or summary beside a concern, marked as such; no words take it away again.

    Raises NotFound, NotAllowed, Refused.
    """
    concern = _taken_up(concern_id, by)
    concern.summary = words if words.texts else None
    db.session().flush()
    grow(concern.id)
    ledger.record(facts.ConcernSummarised(concern.id), by=by)


def answer(*, concern_id: UUID, words: Localized, by: Actor, now: datetime) -> None:
    """Answer a concern; everybody it matters to reads it. Raises NotFound, NotAllowed, Refused."""
    concern = _taken_up(concern_id, by)
    if not words.texts:
        raise Refused(Reason.WORDS_MISSING)
    if not translated(concern, words, of={Step.ANSWERED}, by=by):
        move(concern, Step.ANSWERED, by=by, now=now, words=words)


def finish(*, concern_id: UUID, words: Localized, by: Actor, now: datetime) -> None:
    """Say what was done about a concern. Raises NotFound, NotAllowed, Refused."""
    concern = _taken_up(concern_id, by)
    if not words.texts:
        raise Refused(Reason.WORDS_MISSING)
    if action_queries.has_open(concern.id):
        raise Refused(Reason.STILL_TO_DO)
    if not translated(concern, words, of={Step.DONE}, by=by):
        move(concern, Step.DONE, by=by, now=now, words=words)


def hide(*, concern_id: UUID, ground: Ground, words: str = "", language: str = "", by: Actor, now: datetime) -> None:
    """Hide what breaks the code of conduct; its author is told why, with words of staff's own in a language if there are any.

    Raises NotFound, NotAllowed, Refused.
    """
    concern = _taken_up(concern_id, by)
    if reason := hiding_refusal(ground, words):
        raise Refused(reason)
    concern.hidden_at, concern.hidden_for = now, ground
    concern.hidden_reason, concern.hidden_language = words, language if words else ""
    db.session().flush()
    grow(concern.id)
    grow_papers(concern.id)
    following.tell_hidden(concern, now=now)
    ledger.record(facts.ConcernHidden(concern.id, ground), by=by)


def show_again(*, concern_id: UUID, by: Actor, now: datetime) -> None:
    """Show a hidden concern again; showing it twice changes nothing. Raises NotFound, NotAllowed."""
    concern = queries.locked(concern_id)
    require(policy.may_tend(by, concern))
    if concern.hidden_at is None:
        return
    concern.hidden_at = concern.hidden_for = None
    concern.hidden_reason = concern.hidden_language = ""
    db.session().flush()
    grow(concern.id)
    grow_papers(concern.id)
    ledger.record(facts.ConcernShownAgain(concern.id), by=by)


def merge(*, concern_id: UUID, into_id: UUID, by: Actor, now: datetime) -> None:
    """Make a concern part of another: all that hangs on it goes along, somebody who is in both counts once.

    Raises NotFound, NotAllowed, Refused.
    """
    concern, into = carrying.both_locked(concern_id, into_id)
    require(policy.may_tend(by, concern) and policy.may_tend(by, into))
    if reason := merging.merge_refusal(concern, into):
        raise Refused(reason)
    if doors.are_apart(concern, into):
        raise Refused(Reason.BEHIND_CLOSED_DOORS)
    concern.merged_into_id = into.id
    db.session().execute(  # what was merged before leads to the one that stands, in one step
        update(Concern).where(Concern.merged_into_id == concern.id).values(merged_into_id=into.id)
    )
    carrying.carry(concern, into, by=by, now=now)
    for each in (concern, into):
        grow(each.id)
        grow_papers(each.id)
    ledger.record(facts.ConcernsMerged(concern.id, into.id), by=by)
