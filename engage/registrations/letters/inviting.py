"""The letter that invites somebody to a closed meeting."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from engage.core import pages
from engage.core.city import city
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.events.adapters import place_name
from engage.events.rules import State as EventState
from engage.messages.letters import Letter, LetterKind, spoken
from engage.messages.rules import Topic
from engage.registrations import queries
from engage.registrations.policy import INVITATION
from engage.registrations.rules import InvitationState

TEMPLATE = "registrations/mail/invited"


def _invited(facts: Mapping[str, Any], now: datetime) -> Letter | None:
    """Invite somebody, unless the invitation has ended or was used, or the meeting is off."""
    try:
        invitation = queries.invitation(UUID(facts["invitation_id"]))
        event = queries.event_of(invitation)
    except NotFound:
        return None
    if queries.state_of(invitation, now) != InvitationState.OPEN or event.state != EventState.PUBLISHED:
        return None
    locale = spoken(invitation.locale)
    return Letter(locale, TEMPLATE, {
        "called": invitation.called, "title": event.title, "starts_at": event.starts_at, "ends_at": event.ends_at,
        "zone": event.zone, "where": place_name(event), "is_private": event.has_private_place, "until": invitation.ends_at,
        "url": pages.link(INVITATION, invitation.id, 0, locale),
    })


def _sample(locale: str) -> Letter:
    start = datetime(2027, 3, 5, 18, 30, tzinfo=UTC)
    return Letter(locale, TEMPLATE, {
        "called": "Noor", "title": Localized.of("en", "Round table against violence"), "starts_at": start,
        "ends_at": start.replace(hour=20), "zone": city().zone, "where": "Dallow Community Centre", "is_private": False,
        "until": start.replace(day=3), "url": pages.address("front.home", locale=locale),
    })


INVITED = LetterKind(_invited, topic=Topic.PLACES, sample=_sample)
