"""Reasons of attendance in the reader's language."""

from datetime import datetime

from engage.attendance.rules import Reason
from engage.core.i18n import gettext as _
from engage.core.i18n import hour, ngettext, skeleton
from engage.core.i18n import lazy_gettext as _l
from engage.core.ledger import Names
from engage.core.refusal import Wording


def _too_early(opens_at: datetime, zone: str) -> str:
    day = skeleton(opens_at, zone, "MMMEd")
    return _("Check-in opens on %(day)s at %(hour)s.", day=day, hour=hour(opens_at, zone))


def _wrong_count(party_size: int) -> str:
    return ngettext(
        "This party has %(count)s person. Please add the others as guests without a place.",
        "This party has %(count)s people. Please add the others as guests without a place.",
        party_size, count=party_size,
    )


WORDING: Wording = {
    Reason.TOO_EARLY: _too_early,
    Reason.CLOSED: lambda: _("This meeting is closed. Who came can't be changed any more."),
    Reason.NOT_TAKING_PLACE: lambda: _("This meeting is not taking place, so nobody can be checked in."),
    Reason.NO_PLACE: lambda: _("This guest has no place at this meeting. You can add them as a guest without a place."),
    Reason.WRONG_COUNT: _wrong_count,
}

# What the ledger calls each fact.
FACTS: Names = {
    "CheckedIn": _l("Guest checked in"),
    "CheckInUndone": _l("Check-in undone"),
    "WalkInAdded": _l("Guests without a place counted"),
    "WalkInRemoved": _l("Guests without a place taken off"),
}
