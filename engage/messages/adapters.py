"""The outside of messages: what identifies a letter to the world's mail servers."""

from datetime import datetime
from uuid import uuid4

from engage.core import pages


def new_message_id(now: datetime) -> str:
    """Return a Message-ID (RFC 5322) that sorts by time, under the sender's domain."""
    domain = pages.settings().mail_from.rpartition("@")[2] or "localhost"
    return f"<{now:%Y%m%d%H%M%S}.{uuid4().hex}@{domain}>"
