"""What the states of action items are called."""

from collections.abc import Mapping
from typing import Any

from engage.concerns.rules.meeting import ActionState
from engage.core.i18n import lazy_gettext as _l

STATES: Mapping[ActionState, Any] = {
    ActionState.OPEN: _l("To do"),
    ActionState.DONE: _l("Done"),
    ActionState.DROPPED: _l("Dropped"),
}
CHIPS: Mapping[ActionState, str] = {ActionState.DONE: "good", ActionState.DROPPED: "full"}
