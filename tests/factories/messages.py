from engage.core import secrets
from engage.messages.models import Address
from engage.messages.rules import Channel
from tests.conftest import NOW
from tests.factories.base import count, keep


def address(value=None, channel=Channel.EMAIL, **values):
    value = value or f"resident{next(count)}@example.org"
    return keep(Address(**{"channel": channel, "value": value, "value_hash": secrets.keyed_hash(value), "created_at": NOW, **values}))
