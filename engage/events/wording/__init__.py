"""Events and series in the reader's language: why something can't be done, what happened, what things are called."""

from engage.core.refusal import Wording
from engage.events.wording import meetings, series
from engage.events.wording.meetings import (
    FACTS,
    acceptance,
    explain_holds,
    history,
    hold,
    hour,
    minors,
    missing_thing,
    role,
    state,
)
from engage.events.wording.series import clash, feast, pattern, scope, turns, weekdays

__all__ = [
    "FACTS", "WORDING", "acceptance", "clash", "explain_holds", "feast", "history", "hold", "hour", "minors", "missing_thing",
    "pattern", "role", "scope", "series", "state", "turns", "weekdays",
]

WORDING: Wording = {**meetings.WORDING, **series.WORDING}
