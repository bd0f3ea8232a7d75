"""Use cases of addresses: finding or making one, what it wants to receive, erasing it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update

from engage.core import db, secrets
from engage.core.access import Actor
from engage.core.city import city
from engage.core.refusal import NotFound, Refused, require
from engage.messages import policy, queries, rules
from engage.messages.models import Address, OptOut, OutboxLetter
from engage.messages.rules import Channel, State, Topic


def address_for_mail(*, value: str, channel: Channel = Channel.EMAIL, now: datetime) -> Address:
    """Return the address written so, made if it is new. Raises Refused when it is no address."""
    normal = rules.normalised(value, channel, city().country)
    if normal is None:
        raise Refused(rules.refusal_of(channel))
    value_hash = secrets.keyed_hash(rules.sameness(normal))
    db.insert_new(model=Address, values={
        "id": uuid4(), "channel": channel, "value": normal, "value_hash": value_hash, "revocation": 0, "created_at": now,
    })
    # Kept from the nightly erasing until this transaction has written what refers to it.
    is_it = (Address.channel == channel) & (Address.value_hash == value_hash)
    return db.session().scalars(select(Address).where(is_it).with_for_update(read=True, key_share=True)).one()


def end_topic(*, address_id: UUID, topic: Topic, by: Actor, now: datetime) -> None:
    """Send an address no more letters of a topic; ending it twice changes nothing.

    Raises NotAllowed, NotFound.
    """
    require(policy.may_choose(by, address_id))
    if queries.address(address_id) is None:
        raise NotFound
    db.insert_new(model=OptOut, values={"address_id": address_id, "topic": topic, "at": now})


def resume_topic(*, address_id: UUID, topic: Topic) -> None:
    """Send an address letters of a topic again: its holder has just asked for them."""
    db.session().execute(delete(OptOut).where(OptOut.address_id == address_id, OptOut.topic == topic))


def choose_topics(*, address_id: UUID, wanted: frozenset[Topic], by: Actor, now: datetime) -> None:
    """Send an address letters of the wanted topics and of no others. Raises NotAllowed, NotFound."""
    require(policy.may_choose(by, address_id))
    for topic in frozenset(Topic) - wanted:
        end_topic(address_id=address_id, topic=topic, by=by, now=now)
    db.session().execute(delete(OptOut).where(OptOut.address_id == address_id, OptOut.topic.in_(wanted)))


def readdress(*, old: UUID, new: UUID, now: datetime) -> None:
    """Send to a new address what has not left for the old one; what that no longer wanted, this does not either."""
    waiting = update(OutboxLetter).where(OutboxLetter.address_id == old, OutboxLetter.state == State.DUE)
    db.session().execute(waiting.values(address_id=new).execution_options(synchronize_session=False))
    for topic in queries.opted_out(old):
        db.insert_new(model=OptOut, values={"address_id": new, "topic": topic, "at": now})


def erase_unused(*, address_id: UUID, now: datetime) -> bool:
    """Erase an address that nothing refers to, with what goes along; say whether it was erased."""
    is_old = Address.created_at < now - rules.UNUSED_FOR
    erased = delete(Address).where(Address.id == address_id, is_old, queries.is_unused()).returning(Address.id)
    return db.session().execute(erased).scalar() is not None
