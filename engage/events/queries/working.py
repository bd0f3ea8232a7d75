"""Events as hosts and staff go through them: their own, what waits for review, all by filters."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from engage.core import clock, db
from engage.core.access import Actor, Role
from engage.core.db import Place
from engage.core.text import Localized
from engage.events.models import Event, EventPerson, ReviewNote
from engage.events.policy import HIDDEN, HOSTING
from engage.events.queries.one import WHOLE
from engage.events.rules import PROPOSAL, PUBLIC, Acceptance, PersonRole, State
from engage.programmes.models import Programme

REVIEWERS = (Role.STAFF, Role.ADMINISTRATOR, Role.REVIEWER)
ON_A_PAGE = 50
MOST_TITLES_READ = 5000
AROUND: tuple[ORMOption, ...] = (joinedload(Event.programme), joinedload(Event.neighbourhood), joinedload(Event.venue))


def _is_mine(actor: Actor) -> ColumnElement[bool]:
    by_address = EventPerson.person_id.is_(None) & EventPerson.address_id.in_(actor.addresses)
    is_own = or_(EventPerson.person_id == actor.person_id, by_address) if actor.person_id else by_address
    return exists().where(
        EventPerson.event_id == Event.id, EventPerson.role.in_(HOSTING), EventPerson.acceptance == Acceptance.ACCEPTED, is_own
    )


def mine(actor: Actor) -> list[Event]:
    """Return the actor's proposals and the events they host, what needs them first; withdrawn ones left out."""
    wanted = select(Event).where(_is_mine(actor), Event.state != State.WITHDRAWN).options(*WHOLE)
    found = db.session().scalars(wanted.order_by(Event.created_at.desc()).limit(ON_A_PAGE))
    return sorted(found, key=_turn)


def _turn(event: Event) -> tuple[int, float]:
    """Return where one stands in its host's list: open ones soonest first, then past ones, latest first."""
    order = (State.CHANGES_REQUESTED, State.DRAFT, State.SUBMITTED, State.PUBLISHED)
    instant = event.starts_at.timestamp() if event.starts_at else 0.0
    return (order.index(event.state), instant) if event.state in order else (len(order), -instant)


def invitations(actor: Actor) -> list[EventPerson]:
    """Return what the actor was asked to co-host and has not answered."""
    if not actor.addresses:
        return []
    asked = select(EventPerson).where(
        EventPerson.address_id.in_(actor.addresses), EventPerson.role == PersonRole.CO_HOST,
        EventPerson.acceptance == Acceptance.INVITED,
    )
    return list(db.session().scalars(asked))


def within(statement: Select[Event], actor: Actor, *roles: Role) -> Select[Event]:
    """Keep to the areas in which one of the roles holds, as `policy` does for one event."""
    return statement.where(_is_in(actor, *roles))


def to_review(actor: Actor) -> list[Event]:
    """Return the proposals that wait for the actor's decision, the longest-waiting first."""
    waiting = within(select(Event).where(Event.state == State.SUBMITTED), actor, *REVIEWERS)
    return list(db.session().scalars(waiting.options(*WHOLE).order_by(Event.submitted_at, Event.id)))


def answered(actor: Actor) -> list[Event]:
    """Return the proposals given back or declined whose hosts wrote last, and wait for an answer."""
    return list(db.session().scalars(_answered(actor).options(*WHOLE).order_by(Event.submitted_at, Event.id)))


def _answered(actor: Actor) -> Select[Event]:
    newest = (
        select(ReviewNote.author_id).where(ReviewNote.event_id == Event.id)
        .order_by(ReviewNote.at.desc(), ReviewNote.id.desc()).limit(1).correlate(Event).scalar_subquery()
    )
    is_host = exists().where(
        EventPerson.event_id == Event.id, EventPerson.role.in_(HOSTING), EventPerson.person_id == newest
    )
    given_back = Event.state.in_([State.CHANGES_REQUESTED, State.DECLINED])
    return within(select(Event).where(given_back, is_host), actor, *REVIEWERS)


def count_to_review(actor: Actor) -> int:
    """Return how many proposals wait for a decision of the actor's."""
    waiting = within(select(Event).where(Event.state == State.SUBMITTED), actor, *REVIEWERS)
    return _count(waiting)


def count_answered(actor: Actor) -> int:
    """Return how many proposals given back have an answer nobody has read."""
    return _count(_answered(actor))


def _count(statement: Select[Event]) -> int:
    return db.session().scalar(select(func.count()).select_from(statement.subquery())) or 0


def for_staff(
    actor: Actor, *, is_past: bool, now: datetime, state: State | None, programme_id: UUID | None,
    areas: frozenset[UUID] | None, after: Place | None = None,
) -> list[Event]:
    """Return a page of the events staff work with, the nearest first; one more than a page says there is another.

    What has no time yet is still to come. The city's own drafts are shown, residents' are not.
    """
    is_to_come = or_(Event.ends_at.is_(None), Event.ends_at > now)
    wanted = _in_areas(areas).where(_is_open_to(actor), ~is_to_come if is_past else is_to_come)
    if state is not None:
        wanted = wanted.where(Event.state == state)
    if programme_id is not None:
        wanted = wanted.where(Event.programme_id == programme_id)
    when = func.coalesce(Event.starts_at, Event.created_at)
    wanted = wanted.where(db.beyond(after, when, Event.id, is_falling=is_past))
    order = (when.desc(), Event.id.desc()) if is_past else (when, Event.id)
    return list(db.session().scalars(wanted.options(*WHOLE).order_by(*order).limit(ON_A_PAGE + 1)))


def _is_open_to(actor: Actor) -> ColumnElement[bool]:
    """Say in SQL what `policy.may_open` says of one event to those who hold roles."""
    is_hosted = exists().where(EventPerson.event_id == Event.id, EventPerson.role == PersonRole.HOST)
    is_hidden = Event.state.in_(HIDDEN)
    is_of_city = is_hidden & ~is_hosted & _is_in(actor, Role.STAFF, Role.ADMINISTRATOR)
    return or_(is_of_city, ~is_hidden & _is_in(actor, *REVIEWERS, Role.FACILITATOR))


def _is_in(actor: Actor, *roles: Role) -> ColumnElement[bool]:
    areas = actor.areas(*roles)
    return true() if areas is None else Event.neighbourhood_id.in_(areas)


def coming_to(actor: Actor, *, since: datetime, until: datetime, limit: int) -> list[Event]:
    """Return the public meetings of a span that the actor works for, those under way among them, by time."""
    mine = _in_span(actor, since, until)
    return list(db.session().scalars(mine.options(*AROUND).order_by(Event.starts_at, Event.id).limit(limit)))


def count_coming_to(actor: Actor, *, since: datetime, until: datetime) -> int:
    """Return how many public meetings of a span the actor works for."""
    return _count(_in_span(actor, since, until))


def _in_span(actor: Actor, since: datetime, until: datetime) -> Select[Event]:
    in_span = and_(Event.state == State.PUBLISHED, Event.ends_at > since, Event.starts_at < until)
    return within(select(Event).where(in_span), actor, Role.STAFF, Role.ADMINISTRATOR)


def to_join(
    actor: Actor, *, now: datetime, areas: frozenset[UUID] | None, words: str, after: Place | None = None
) -> list[Event]:
    """Return a page of the actor's public meetings that have not begun, the nearest first, in some areas and with some
    words in the title; one more than a page says there is another."""
    wanted = within(_in_areas(areas), actor, Role.STAFF, Role.ADMINISTRATOR)
    wanted = wanted.where(Event.state == State.PUBLISHED, Event.starts_at > now)
    if words:
        rows = db.session().execute(wanted.with_only_columns(Event.id, Event.title))
        wanted = wanted.where(Event.id.in_([row.id for row in rows if _says(row.title, words)]))
    page = wanted.where(db.beyond(after, Event.starts_at, Event.id)).order_by(Event.starts_at, Event.id)
    return list(db.session().scalars(page.options(*AROUND).limit(ON_A_PAGE + 1)))


def _in_areas(areas: frozenset[UUID] | None) -> Select[Event]:
    return select(Event) if areas is None else select(Event).where(Event.neighbourhood_id.in_(areas))


def _says(title: Localized, words: str) -> bool:
    """Say whether a title has all of some words in one of its languages."""
    wanted = words.casefold().split()
    return any(all(word in text.casefold() for word in wanted) for text in title.texts.values())


def count_shown(programme_id: UUID, since: datetime | None) -> int:
    """Return how many meetings of a programme were put before people, that end after an instant if one is given."""
    shown = select(Event).where(Event.programme_id == programme_id, Event.state.in_(PUBLIC))
    coming = shown if since is None else shown.where(Event.state == State.PUBLISHED, Event.ends_at > since)
    return _count(coming)


def titled(words: str, limit: int = 50) -> list[UUID]:
    """Return the meetings whose title has some words in any language, the newest first.

    Titles are JSON, which databases search by letters alone: those of the newest meetings are read and compared.
    """
    newest = db.session().execute(select(Event.id, Event.title).order_by(Event.created_at.desc()).limit(MOST_TITLES_READ))
    return [row.id for row in newest if _says(row.title, words)][:limit]


def below_least(now: datetime) -> list[UUID]:
    """Return the ids of coming events with fewer guests than hoped for, nobody having decided yet."""
    return list(db.session().scalars(select(Event.id).where(_is_below_least(now)).order_by(Event.starts_at, Event.id)))


def _is_below_least(now: datetime) -> ColumnElement[bool]:
    is_open = and_(Event.state == State.PUBLISHED, Event.starts_at > now, Event.is_going_ahead.is_(False))
    return and_(is_open, Event.least_guests.is_not(None), Event.seats_taken < Event.least_guests)


def is_time_to_decide(event: Event, now: datetime) -> bool:
    """Say whether it is as close to an event as its programme lets its hosts wait; the programme must be loaded."""
    return _is_time(event.starts_at, event.zone, event.programme.decide_days, now)


def _is_time(starts_at: datetime | None, zone: str, decide_days: int, now: datetime) -> bool:
    if starts_at is None:
        return False
    return now >= clock.days_before(starts_at, decide_days, clock.local(starts_at, zone).time(), zone)


def to_decide(actor: Actor, now: datetime) -> list[Event]:
    """Return the actor's meetings with too few guests that the city hosts itself: staff go ahead or cancel."""
    found = db.session().scalars(_undecided(actor, now).options(*WHOLE).order_by(Event.starts_at, Event.id))
    return [event for event in found if is_time_to_decide(event, now)]


def count_to_decide(actor: Actor, now: datetime) -> int:
    """Return how many meetings with too few guests wait for a decision of staff; days of a zone are not SQL's to count."""
    waiting = _undecided(actor, now).join(Event.programme).with_only_columns(Event.starts_at, Event.zone, Programme.decide_days)
    return sum(_is_time(*row, now) for row in db.session().execute(waiting))


def _undecided(actor: Actor, now: datetime) -> Select[Event]:
    is_hosted = exists().where(
        EventPerson.event_id == Event.id, EventPerson.role.in_(HOSTING), EventPerson.acceptance == Acceptance.ACCEPTED
    )
    return within(select(Event).where(_is_below_least(now), ~is_hosted), actor, Role.STAFF, Role.ADMINISTRATOR)


def undecided_of(person_id: UUID) -> list[UUID]:
    """Return the ids of a person's proposals that are not decided."""
    hosted = EventPerson.event_id == Event.id, EventPerson.person_id == person_id, EventPerson.role == PersonRole.HOST
    return list(db.session().scalars(select(Event.id).where(Event.state.in_(PROPOSAL), exists().where(*hosted))))


def unhosted(actor: Actor) -> list[Event]:
    """Return the actor's public meetings whose host has left and that nobody else hosts: staff must see to them."""
    return list(db.session().scalars(_unhosted(actor).options(*WHOLE).order_by(Event.starts_at, Event.id)))


def _unhosted(actor: Actor) -> Select[Event]:
    has_left = EventPerson.person_id.is_(None) & EventPerson.address_id.is_(None)
    of_event = EventPerson.event_id == Event.id, EventPerson.role.in_(HOSTING), EventPerson.acceptance == Acceptance.ACCEPTED
    alone = select(Event).where(
        Event.state == State.PUBLISHED, exists().where(*of_event, has_left), ~exists().where(*of_event, ~has_left)
    )
    return within(alone, actor, Role.STAFF, Role.ADMINISTRATOR)


def count_unhosted(actor: Actor) -> int:
    """Return how many public meetings have lost their host."""
    return _count(_unhosted(actor))
