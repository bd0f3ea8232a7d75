from engage.core import secrets
from engage.messages.models import Address
from engage.messages.rules import Channel
from tests.conftest import NOW
from tests.factories.base import count, keep


def address(value=None, channel=Channel.EMAIL, **values):
    value = value or f"resident{next(count)}@example.org"
    found_by = secrets.keyed_hash(value)
    return keep(Address(**{"channel": channel, "value": value, "value_hash": found_by, "created_at": NOW, **values}))
