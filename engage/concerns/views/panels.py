"""What concerns show on pages of others: the way to raise one, and to what came of those before."""

from typing import Any

from engage.concerns.queries import concerns, voices
from engage.concerns.wording.steps import CHIPS, STEPS
from engage.core.access import Actor
from engage.core.pages import Panel


def _of_neighbourhood(_actor: Actor, area: Any) -> dict[str, Any]:
    return {"about": {"area": area.code}, "themes": concerns.themes_of(area_id=area.id)}


def _of_programme(_actor: Actor, programme: Any) -> dict[str, Any]:
    return {"about": {"programme": programme.slug}}


def _of_meeting(_actor: Actor, event: Any) -> dict[str, Any]:
    return {"about": {"event": event.slug}, "area": event.neighbourhood.code if event.neighbourhood else ""}


def _signed_up(_actor: Actor, slug: str) -> dict[str, Any]:
    return {"slug": slug}


def _mine(actor: Actor, _subject: object) -> dict[str, Any] | None:
    """Find what somebody raised or supports."""
    if actor.person_id is None:
        return None
    found = voices.of_actor(actor)
    return {"voices": found, "steps": STEPS, "chips": CHIPS} if found else None


PANELS: tuple[Panel, ...] = (
    Panel("neighbourhood", 20, "concerns/panel.html", _of_neighbourhood),
    Panel("programme", 20, "concerns/panel.html", _of_programme),
    Panel("meeting", 20, "concerns/panel.html", _of_meeting),
    Panel("signed_up", 20, "concerns/signed_up_panel.html", _signed_up),
    Panel("my", 40, "concerns/my_panel.html", _mine),
)
