"""Consultations, what was ranked in them, and what was agreed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from engage.concerns.models import Concern, Consultation, Priority, Ranking
from engage.concerns.queries.concerns import is_public
from engage.concerns.rules import consulting as rules
from engage.concerns.rules.consulting import ConsultationState, Standing
from engage.core import city, db
from engage.core.access import Actor, Role
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.events.models import Event
from engage.events.rules import State
from engage.places import queries as places
from engage.programmes import queries as programmes
from engage.programmes.models import Programme, Theme

# Of a closed programme nobody but those invited knows anything.
_PUBLIC = Consultation.programme_id.in_(select(Programme.id).where(Programme.is_closed.is_(False)))
_NEWEST = select(Consultation).order_by(Consultation.closed_at.is_not(None), Consultation.opened_at.desc(), Consultation.id)
MOST_MEETINGS = 50  # to choose from when paper sheets are entered


def one(consultation_id: UUID) -> Consultation:
    """Return a consultation with its programme. Raises NotFound."""
    wanted = select(Consultation).where(Consultation.id == consultation_id).options(joinedload(Consultation.programme))
    return _found(db.session().scalars(wanted).one_or_none())


def locked(consultation_id: UUID) -> Consultation:
    """Return a consultation that nobody else changes until this transaction ends. Raises NotFound."""
    wanted = select(Consultation).where(Consultation.id == consultation_id).with_for_update()
    return _found(db.session().scalars(wanted.execution_options(populate_existing=True)).one_or_none())


def by_slug(slug: str) -> Consultation:
    """Return the consultation of an address that everybody may know of. Raises NotFound."""
    return _found(db.session().scalars(select(Consultation).where(Consultation.slug == slug, _PUBLIC)).one_or_none())


def _found(consultation: Consultation | None) -> Consultation:
    if consultation is None:
        raise NotFound
    return consultation


def slugs() -> frozenset[str]:
    return frozenset(db.session().scalars(select(Consultation.slug)))


def begun_by(form_key: str) -> UUID | None:
    """Return the consultation that a form made when it was sent before."""
    return db.session().scalar(select(Consultation.id).where(Consultation.form_key == form_key))


def for_staff(actor: Actor) -> list[Consultation]:
    """Return the consultations of where somebody works, open ones first, the newest before others."""
    mine = actor.areas(Role.STAFF, Role.ADMINISTRATOR)
    return list(db.session().scalars(_NEWEST if mine is None else _NEWEST.where(Consultation.neighbourhood_id.in_(mine))))


# --- as everybody sees them ------------------------------------------------------------------------

_VERSION = db.Glance(
    select(Consultation.id, Consultation.version).where(Consultation.slug == bindparam("slug"), _PUBLIC)
)
# A neighbourhood's own themes stand beside those of the programme.
_THEIRS = Theme.programme_id == Consultation.programme_id, Theme.neighbourhood_id == Consultation.neighbourhood_id


def version(slug: str) -> str:
    """Return what a consultation's page changes with. Raises NotFound."""
    row = _VERSION.first(slug=slug)
    if row is None:
        raise NotFound
    return f"{row[0]}:{row[1]}"


@dataclass(frozen=True)
class Result:
    """A theme of a consultation, with the numbers behind it where it was agreed on."""

    theme: Theme
    priority: Priority | None


def shown(slug: str) -> tuple[Consultation, list[Result]]:
    """Return a consultation and its themes in one statement: as agreed on, then as in the programme. Raises NotFound."""
    is_agreed = (Priority.theme_id == Theme.id) & (Priority.consultation_id == Consultation.id)
    wanted = (
        select(Consultation, Theme, Priority).where(Consultation.slug == slug, _PUBLIC)
        .outerjoin(Theme, or_(*_THEIRS)).outerjoin(Priority, is_agreed)
        .options(joinedload(Consultation.programme))
        .order_by(Priority.position.is_(None), Priority.position, Theme.programme_id.is_(None), Theme.position, Theme.id)
    )
    rows = db.session().execute(wanted).all()
    found = _found(rows[0][0] if rows else None)
    return found, _in_order(found, [Result(theme, agreed) for _, theme, agreed in rows if theme is not None])


def _in_order(consultation: Consultation, results: list[Result]) -> list[Result]:
    """Return what was agreed on, then the other themes: as they are numbered once people choose."""
    if not consultation.theme_ids:
        return [one for one in results if one.priority or not one.theme.is_retired]
    numbered = {UUID(theme): number for number, theme in enumerate(consultation.theme_ids)}
    agreed = [one for one in results if one.priority]
    others = [one for one in results if not one.priority and one.theme.id in numbered]
    return [*agreed, *sorted(others, key=lambda one: numbered[one.theme.id])]


# --- named on pages of others: each process keeps them like the city's settings ---------------------


@dataclass(frozen=True)
class Brief:
    """A consultation as lists name it: plain values, safe to keep between requests."""

    slug: str
    title: Localized
    state: ConsultationState
    programme_id: UUID
    neighbourhood_id: UUID | None
    opened_at: datetime
    closed_at: datetime | None


_kept: tuple[city.City, list[Brief]] | None = None


def every() -> list[Brief]:
    """Return all consultations, open ones first; whoever changes one changes the city's settings."""
    global _kept  # noqa: PLW0603 - what this process remembers, no longer than the city's settings
    settings = city.city()
    if _kept is None or _kept[0] is not settings:
        rows = db.session().scalars(_NEWEST.where(_PUBLIC)).all()
        _kept = (settings, [Brief(**{name: getattr(row, name) for name in Brief.__dataclass_fields__}) for row in rows])
    return _kept[1]


def of_programme(programme_id: UUID) -> list[Brief]:
    """Return a programme's consultations."""
    return [brief for brief in every() if brief.programme_id == programme_id]


def of_area(area_id: UUID) -> list[Brief]:
    """Return the consultations of a neighbourhood and those below it."""
    areas = places.with_below([area_id])
    return [brief for brief in every() if brief.neighbourhood_id in areas]


# --- rankings --------------------------------------------------------------------------------------


def ranking(ranking_id: UUID) -> Ranking | None:
    return db.session().get(Ranking, ranking_id)


def locked_ranking(ranking_id: UUID) -> Ranking:
    """Return a ranking, locked until the transaction ends. Raises NotFound."""
    wanted = select(Ranking).where(Ranking.id == ranking_id).with_for_update()
    row = db.session().scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound
    return row


def hold_consultation_of(ranking_id: UUID) -> None:
    """Lock the consultation of a ranking until the transaction ends."""
    its = select(Ranking.consultation_id).where(Ranking.id == ranking_id).scalar_subquery()
    db.session().execute(select(Consultation.id).where(Consultation.id == its).with_for_update())


def of_form(form_key: str) -> Ranking | None:
    """Return the ranking that a form made when it was sent before."""
    return db.session().scalars(select(Ranking).where(Ranking.form_key == form_key)).one_or_none()


def rankings_of(consultation_id: UUID, person_id: UUID | None, addresses: Collection[UUID]) -> list[Ranking]:
    """Return what somebody has ranked, by account or address; what counts already comes first."""
    wanted = select(Ranking).where(Ranking.consultation_id == consultation_id, _whose(addresses, person_id))
    return list(db.session().scalars(wanted.order_by(Ranking.proven_at.is_(None), Ranking.at, Ranking.id)))


def _whose(addresses: Collection[UUID], person_id: UUID | None) -> ColumnElement[bool]:
    theirs = Ranking.address_id.in_(addresses)
    return or_(theirs, Ranking.person_id == person_id) if person_id else theirs


def rankings_at(addresses: Collection[UUID], person_id: UUID | None = None) -> list[Ranking]:
    """Return all that somebody ranked, in any consultation, locked until the transaction ends."""
    wanted = select(Ranking).where(_whose(addresses, person_id)).order_by(Ranking.id)
    return list(db.session().scalars(wanted.with_for_update()))


def batch(form_key: str) -> int:
    """Return how many sheets were entered with a form already."""
    wanted = select(func.count()).select_from(Ranking).where(Ranking.form_key.startswith(f"{form_key}:", autoescape=True))
    return db.session().scalar(wanted) or 0


def themes(consultation: Consultation) -> list[Theme]:
    """Return the themes that are ranked in a consultation: as they were numbered once people choose.

    Before that they are what its programme and its neighbourhood have, in this order.
    """
    if consultation.theme_ids:
        return programmes.themes_of_ids([UUID(theme) for theme in consultation.theme_ids])
    area = consultation.neighbourhood_id
    return [*programmes.themes(consultation.programme_id), *(programmes.themes_of_area(area) if area else ())]


def standings(consultation: Consultation, offered: Sequence[Theme]) -> list[Standing]:
    """Return how the themes stand by all that counts, the strongest first."""
    counted = select(Ranking.theme_ids).where(Ranking.consultation_id == consultation.id, Ranking.proven_at.is_not(None))
    rankings = [[UUID(theme) for theme in found] for found in db.session().scalars(counted)]
    return rules.tally(rankings, [theme.id for theme in offered], consultation.most_ranked)


@dataclass(frozen=True)
class Numbers:
    """How many took part: by themselves, on paper, and who has not confirmed yet."""

    online: int = 0
    paper: int = 0
    unproven: int = 0


def numbers(consultation_id: UUID) -> Numbers:
    """Return how many ranked in a consultation."""
    is_paper, is_proven = Ranking.event_id.is_not(None), Ranking.proven_at.is_not(None)
    counted = select(is_paper, is_proven, func.count()).where(Ranking.consultation_id == consultation_id)
    found = {(row[0], row[1]): row[2] for row in db.session().execute(counted.group_by(is_paper, is_proven))}
    return Numbers(found.get((False, True), 0), found.get((True, True), 0), found.get((False, False), 0))


def concerns_by_theme(consultation: Consultation, offered: Sequence[Theme]) -> dict[UUID, int]:
    """Return how many concerns everybody may see stand under each theme of a consultation, wherever they were raised."""
    under = Concern.theme_id.in_([theme.id for theme in offered])
    counted = select(Concern.theme_id, func.count()).where(under, is_public()).group_by(Concern.theme_id)
    if consultation.neighbourhood_id is not None:
        counted = counted.where(Concern.neighbourhood_id.in_(places.with_below([consultation.neighbourhood_id])))
    return {theme_id: number for theme_id, number in db.session().execute(counted) if theme_id}


def agreed(consultation_id: UUID) -> list[Priority]:
    """Return the priorities agreed on, in order, with their themes and the numbers they were published with."""
    wanted = select(Priority).where(Priority.consultation_id == consultation_id).options(joinedload(Priority.theme))
    return list(db.session().scalars(wanted.order_by(Priority.position)))


def meetings(consultation: Consultation) -> list[Event]:
    """Return the meetings at which sheets may have been filled in, the latest first."""
    wanted = select(Event).where(
        Event.programme_id == consultation.programme_id, Event.state.in_((State.PUBLISHED, State.HELD)),
        Event.starts_at.is_not(None),
    )
    if consultation.neighbourhood_id is not None:
        wanted = wanted.where(Event.neighbourhood_id.in_(places.with_below([consultation.neighbourhood_id])))
    return list(db.session().scalars(wanted.order_by(Event.starts_at.desc(), Event.id).limit(MOST_MEETINGS)))


def open_programmes() -> list[Programme]:
    """Return the programmes whose themes residents may rank."""
    offered = programmes.themes_by_programme()
    return [programme for programme in programmes.public() if programme.id in offered]


