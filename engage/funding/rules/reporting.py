"""What a report needs, when it is due, and what may be added to it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from engage.funding.rules.reasons import Reason


class FileKind(StrEnum):
    PHOTO = "photo"
    RECEIPT = "receipt"


class Missing(StrEnum):
    """What a report still needs before it can be sent in."""

    PEOPLE_WHY = "people_why"  # the count differs from check-in's
    TALKED = "talked"
    OUTCOME = "outcome"
    RECEIPTS = "receipts"  # none, and no word that nothing was spent


LARGEST_FILE = 5 * 1024 * 1024
MOST_FILES = 10
MOST_PIXELS = 50_000_000  # a picture of more is a bomb, or as good as one
LONGEST_SIDE = 2400  # what is kept of a picture, in pixels
TYPES: Mapping[str, str] = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "PDF": "application/pdf"}


def due_at(ends_at: datetime, report_days: int) -> datetime:
    """Return until when a report is due."""
    return ends_at + timedelta(days=report_days)


def file_refusal(*, size: int, files: int) -> Reason | None:
    """Say why a file can't be added, or None if it can."""
    if size > LARGEST_FILE:
        return Reason.FILE_TOO_LARGE
    return Reason.TOO_MANY_FILES if files >= MOST_FILES else None


def missing(given: Mapping[Missing, object]) -> tuple[Missing, ...]:
    """Return what a report still needs, in the order it is asked for."""
    return tuple(item for item in Missing if not given.get(item))


def publishable(*, quote: str, may_publish: bool, is_hidden: bool) -> bool:
    """Say whether a quote may stand on the public page."""
    return bool(quote) and may_publish and not is_hidden
