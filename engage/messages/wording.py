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
    Topic.PLACES: _l("Your places: confirmed, waiting list, free places, what hosts write"),
    Topic.REMINDERS: _l("Reminders before a meeting you have a place at"),
    Topic.FEEDBACK: _l("Questions after a meeting: how was it?"),
    Topic.PROPOSALS: _l("Your proposals: what the city decides and writes about them"),
    Topic.HOSTING: _l("For hosts: who asks to come, too few guests, hosting together"),
    Topic.NEWS: _l("New meetings near you"),
    Topic.INVITATIONS: _l("Invitations we send because a partner gave us your address"),
    Topic.CONCERNS: _l("Concerns: what comes of those you raised or that matter to you"),
    Topic.ACTIONS: _l("Action items: what you are to do after a meeting, and what is late"),
}

# What somebody misses who ends a topic, where that is more than a letter.
MISSED: Mapping[Topic, Any] = {
    Topic.PLACES: _l(
        "Please think twice: we could not tell you when a place becomes free for you, or what the host answers. You would"
        " have to look at your page. If you sign up for another meeting, these letters begin again."
    ),
    Topic.PROPOSALS: _l(
        "Please think twice: we could not tell you what the city decides. You would have to sign in and look. If you send"
        " in a proposal, these letters begin again."
    ),
    Topic.HOSTING: _l(
        "Please think twice: we could not tell you when guests ask for a place or too few have signed up. You would have"
        " to sign in and look."
    ),
}
