from engage.core import secrets
from engage.messages.models import Address, OptOut
from engage.messages.rules import Channel
from tests.conftest import NOW
from tests.factories.base import count, keep


def address(value=None, channel=Channel.EMAIL, **values):
    value = value or f"resident{next(count)}@example.org"
    found_by = secrets.keyed_hash(value)
    return keep(Address(**{"channel": channel, "value": value, "value_hash": found_by, "created_at": NOW, **values}))


def opt_out(topic, to=None, **values):
    return keep(OptOut(**{"address_id": (to or address()).id, "topic": topic, "at": NOW, **values}))
