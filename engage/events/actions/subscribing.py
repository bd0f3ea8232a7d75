""""Tell me of new events": asked for, proven by the link in a letter, ended by one click."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.events import facts, policy, queries
from engage.events.models import Subscription
from engage.events.rules import Reason
from engage.messages import actions as messages
from engage.messages.rules import Topic
from engage.places import queries as places
from engage.programmes import queries as programmes

PROOF_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to hear of; None is all of them. A series is a wish of its own."""

    neighbourhood_id: UUID | None = None
    programme_id: UUID | None = None
    language: str | None = None
    series_id: UUID | None = None


def subscribe(*, email: str, wish: Wish, locale: str, by: Actor, now: datetime) -> None:
    """Send a letter by which its reader confirms; known and unknown addresses look the same. Raises Refused."""
    address = messages.address_for_mail(value=email, now=now)
    _check(wish)
    wished = {name: getattr(wish, name) for name in Wish.__dataclass_fields__}
    row = queries.live_subscription(address.id, **wished)
    if row is None:
        row = Subscription(address_id=address.id, locale=locale, created_at=now, revocation=0, **wished)
        db.session().add(row)
    row.locale = locale
    db.session().flush()
    messages.post(  # one an hour, however often the form is sent
        about=f"subscription:{row.id}:{now:%Y%m%d%H}", kind="events.subscription", to=address.id, now=now,
        expires_at=now + PROOF_FOR, facts={"subscription_id": row.id},
    )


def _check(wish: Wish) -> None:
    try:
        if wish.neighbourhood_id is not None:
            places.area(wish.neighbourhood_id)
        if wish.programme_id is not None:
            programmes.programme(wish.programme_id)
        if wish.series_id is not None:
            queries.followable_series(wish.series_id)
    except NotFound as error:
        raise Refused(Reason.NO_SUCH_PLACE) from error


def confirm_subscription(*, subscription_id: UUID, by: Actor, now: datetime) -> None:
    """Begin the letters. Raises NotFound, NotAllowed."""
    row = queries.locked_subscription(subscription_id)
    require(policy.may_answer_subscription(by, row.id, row.address_id))
    if row.ended_at is not None:
        raise NotFound
    messages.resume_topic(address_id=row.address_id, topic=Topic.NEWS)
    if row.proven_at is None:
        row.proven_at = now
        ledger.record(facts.SubscriptionConfirmed(row.id), by=by)


def end_subscription(*, subscription_id: UUID, by: Actor, now: datetime) -> None:
    """End the letters; ending twice changes nothing. Raises NotFound, NotAllowed."""
    row = queries.locked_subscription(subscription_id)
    require(policy.may_answer_subscription(by, row.id, row.address_id))
    if row.ended_at is None:
        row.ended_at = now
        ledger.record(facts.SubscriptionEnded(row.id), by=by)
