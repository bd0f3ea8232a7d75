"""Why a dinner waits before it can be public, on the dinner's own page."""

from collections.abc import Callable, Mapping

from engage.core.i18n import gettext as _
from engage.funding.rules.preparing import HOLD_CONDITIONS, HOLD_DECISION, HOLD_TRAINING

HOLDS: Mapping[str, Callable[[], str]] = {
    HOLD_DECISION: lambda: _("The city is still deciding about its funding."),
    HOLD_CONDITIONS: lambda: _("Its funding asks for something first: please see the application's page."),
    HOLD_TRAINING: lambda: _("Its host takes part in a training for hosts first."),
}
