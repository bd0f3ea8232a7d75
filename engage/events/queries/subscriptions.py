"""Who wants to hear of new events, and of which."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from engage.core import db
from engage.core.refusal import NotFound
from engage.events.models import Event, EventLanguage, Subscription
from engage.events.queries.listing import coming_at
from engage.events.queries.one import WHOLE
from engage.messages import queries as messages
from engage.messages.rules import Topic
from engage.places import queries as places

WEEK = timedelta(days=7)


def subscription(subscription_id: UUID) -> Subscription | None:
    return db.session().get(Subscription, subscription_id)


def locked_subscription(subscription_id: UUID) -> Subscription:
    """Return a subscription, locked until the transaction ends. Raises NotFound."""
    wanted = select(Subscription).where(Subscription.id == subscription_id).with_for_update()
    row = db.session().scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound
    return row


def is_declined(row: Subscription) -> bool:
    """Say whether its address wants no such letters, by the button of the mail reader or a choice of letters."""
    return Topic.NEWS in messages.opted_out(row.address_id)


def live_subscription(
    address_id: UUID, *, neighbourhood_id: UUID | None = None, programme_id: UUID | None = None, language: str | None = None,
    series_id: UUID | None = None,
) -> Subscription | None:
    """Return the subscription of an address for exactly this wish."""
    wanted = select(Subscription).where(
        Subscription.address_id == address_id, Subscription.ended_at.is_(None),
        Subscription.neighbourhood_id.is_not_distinct_from(neighbourhood_id),
        Subscription.programme_id.is_not_distinct_from(programme_id), Subscription.language.is_not_distinct_from(language),
        Subscription.series_id.is_not_distinct_from(series_id),
    )
    return db.session().scalars(wanted.order_by(Subscription.created_at).limit(1)).first()


_LIVE = Subscription.proven_at.is_not(None), Subscription.ended_at.is_(None)
_WEEKLY = (*_LIVE, Subscription.series_id.is_(None))  # new dates of a series are told at once, not weekly


def due_subscribers(now: datetime) -> list[UUID]:
    """Return the addresses that want letters about what is new and had none for a week, whatever they wish to hear of."""
    last = func.max(Subscription.told_until)
    rested = select(Subscription.address_id).where(*_WEEKLY).group_by(Subscription.address_id)
    return list(db.session().scalars(rested.having(or_(last.is_(None), last <= now - WEEK)).order_by(Subscription.address_id)))


def locked_wishes(address_id: UUID) -> list[Subscription]:
    """Return all that an address wants to hear of weekly, locked until the transaction ends, the oldest wish first."""
    mine = select(Subscription).where(*_WEEKLY, Subscription.address_id == address_id)
    locked = mine.order_by(Subscription.created_at, Subscription.id).with_for_update()
    return list(db.session().scalars(locked.execution_options(populate_existing=True)))


def new_events(wish: Subscription, since: datetime, until: datetime, now: datetime) -> list[Event]:
    """Return what was published in a span, fits somebody's wish and is still to come, by time."""
    fits = [coming_at(now), Event.published_at > since, Event.published_at <= until]
    if wish.neighbourhood_id is not None:
        fits.append(Event.neighbourhood_id.in_(places.with_below([wish.neighbourhood_id])))
    if wish.programme_id is not None:
        fits.append(Event.programme_id == wish.programme_id)
    if wish.language is not None:
        is_spoken = (EventLanguage.event_id == Event.id) & (EventLanguage.code == wish.language)
        fits.append(exists().where(is_spoken))
    return list(db.session().scalars(select(Event).where(*fits).options(*WHOLE).order_by(Event.starts_at, Event.id).limit(20)))


def count_subscriptions() -> int:
    """Return how many hear of new events, for the desk."""
    live = select(func.count()).where(*_LIVE)
    return db.session().scalar(live.select_from(Subscription)) or 0
