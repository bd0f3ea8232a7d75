"""What waits for staff, in the neighbourhoods they work for."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from engage.concerns.models import Concern
from engage.concerns.policy import STAFF
from engage.concerns.queries import voices
from engage.concerns.queries.doors import is_outside
from engage.concerns.rules.steps import UNANSWERED
from engage.core import db
from engage.core.access import Actor

HIDDEN, UNANSWERED_ONES, EVERY = "hidden", "unanswered", "every"
MOST = 2000  # that words are looked for in
TO_JOIN = 200  # offered to be joined with, the newest first


@dataclass(frozen=True)
class Filters:
    """What staff look for. `which` is a step, or one of the words above."""

    which: str = UNANSWERED_ONES
    theme_id: UUID | None = None
    neighbourhood_id: UUID | None = None
    language: str = ""
    words: str = ""


def of_areas(actor: Actor) -> list[ColumnElement[bool]]:
    """Return the criteria for concerns an actor may tend: what is the whole city's is for who works for all of it."""
    areas = actor.areas(*STAFF)
    return [] if areas is None else [Concern.neighbourhood_id.in_(areas)]


def _which(which: str) -> list[ColumnElement[bool]]:
    if which == HIDDEN:
        return [Concern.hidden_at.is_not(None)]
    standing: list[ColumnElement[bool]] = [Concern.hidden_at.is_(None), Concern.merged_into_id.is_(None)]
    if which == UNANSWERED_ONES:
        return [*standing, Concern.step.in_(UNANSWERED)]
    return standing if which == EVERY else [*standing, Concern.step == which]


def count_unanswered(actor: Actor) -> int:
    """Return how many concerns wait for an answer, for the desk."""
    waiting = select(func.count()).select_from(Concern).where(*of_areas(actor), *_which(UNANSWERED_ONES))
    return db.session().scalar(waiting) or 0


def listed(filters: Filters, actor: Actor) -> list[tuple[Concern, int]]:
    """Return the concerns that fit, each with how many it matters to: the longest waiting first, else the newest."""
    wanted = select(Concern, voices.number_of()).where(*of_areas(actor), *_which(filters.which))
    if filters.theme_id is not None:
        wanted = wanted.where(Concern.theme_id == filters.theme_id)
    if filters.neighbourhood_id is not None:
        wanted = wanted.where(Concern.neighbourhood_id == filters.neighbourhood_id)
    found = db.session().execute(_ordered(wanted, filters.which).limit(MOST)).all()
    return [(row[0], row[1]) for row in found if _fits(row[0], filters)]


def _ordered(wanted: Select[*tuple[Concern, int]], which: str) -> Select[*tuple[Concern, int]]:
    at = Concern.raised_at if which == UNANSWERED_ONES else Concern.raised_at.desc()
    return wanted.order_by(at, Concern.id)


def _fits(concern: Concern, filters: Filters) -> bool:
    """Say whether language and words are there: read here, since databases keep texts of all scripts in their own ways."""
    if filters.language and concern.body.source != filters.language:
        return False
    said = " ".join([*concern.body.texts.values(), *_texts(concern), concern.place]).casefold()
    return all(word in said for word in filters.words.casefold().split())


def _texts(concern: Concern) -> Iterable[str]:
    return concern.summary.texts.values() if concern.summary else ()


def to_join(concern: Concern, actor: Actor) -> list[Concern]:
    """Return the concerns that one can become part of: those nearby first, then the newest."""
    is_near = Concern.programme_id == concern.programme_id
    if db.session().scalar(select(Concern.id).where(Concern.id == concern.id, is_outside())):
        is_near = or_(is_near, is_outside())
    wanted = select(Concern).where(*of_areas(actor), *_which(EVERY), Concern.id != concern.id, is_near)
    found = db.session().scalars(wanted.order_by(Concern.raised_at.desc(), Concern.id).limit(TO_JOIN))
    return sorted(found, key=lambda other: other.neighbourhood_id != concern.neighbourhood_id)


def number_for(event_id: UUID) -> int:
    """Return how many concerns were raised for a meeting and stand."""
    raised = select(func.count()).select_from(Concern).where(Concern.event_id == event_id, *_which(EVERY))
    return db.session().scalar(raised) or 0
