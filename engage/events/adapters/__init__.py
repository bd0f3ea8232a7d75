"""The outside, as events use it: calendar files, and the days that calendars know."""

from engage.events.adapters.calendars import (
    CalendarEntry,
    Mailbox,
    Method,
    calendar_feed,
    calendar_file,
    entry_of,
    page_url,
    place_name,
    uid,
)
from engage.events.adapters.observances import Kept, clocks_change, feasts, public_holidays

__all__ = [
    "CalendarEntry",
    "Kept",
    "Mailbox",
    "Method",
    "calendar_feed",
    "calendar_file",
    "clocks_change",
    "entry_of",
    "feasts",
    "page_url",
    "place_name",
    "public_holidays",
    "uid",
]
