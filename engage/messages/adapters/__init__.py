"""The outside of messages: what a mail is, and the ways it leaves."""

from engage.messages.adapters.carriers import Carrier, Delay, Refusal, carrier
from engage.messages.adapters.mime import Mail, Part, message, new_message_id

__all__ = ["Carrier", "Delay", "Mail", "Part", "Refusal", "carrier", "message", "new_message_id"]
