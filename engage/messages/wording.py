"""Reasons and topics of messages in the reader's language."""

from collections.abc import Mapping
from typing import Any

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.refusal import Wording
from engage.messages.rules import Reason, Topic

WORDING: Wording = {
    Reason.NOT_AN_EMAIL: lambda: _("This does not look like an email address. Please check it."),
    Reason.NOT_A_PHONE: lambda: _("This does not look like a phone number. Please check it."),
}

TOPICS: Mapping[Topic, Any] = {
    Topic.REMINDERS: _l("Reminders before a meeting you have a place at"),
    Topic.FEEDBACK: _l("Questions after a meeting: how was it?"),
    Topic.NEWS: _l("New meetings near you"),
    Topic.HOSTING: _l("Tips and reminders for hosts"),
}
