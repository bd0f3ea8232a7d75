from engage.core.text import Localized
from engage.programmes.models import Programme
from engage.programmes.rules import PlaceKind, Proposers, Sign, SignUpMode
from tests.factories.base import count, keep


def programme(**values):
    """An open programme at public places; say otherwise what differs."""
    return keep(Programme(**{
        "slug": f"programme-{next(count)}", "kit": "town_hall", "sign": Sign.ROWS,
        "name": Localized.of("en", "Town hall"), "summary": Localized.of("en", "Ask the mayor."),
        "description": Localized.of("en", "Everybody may come."), "host_guide": Localized.of("en", "Welcome."),
        "who_may_propose": Proposers.ANYONE, "is_reviewed": True, "place_kind": PlaceKind.PUBLIC,
        "sign_up_mode": SignUpMode.OPEN,
        "least_guests": None, "most_guests": None, "party_limit": 4, "hold_minutes": 30, "offer_minutes": 24 * 60,
        "asks_neighbourhood": False, "asks_first_time": False, "reminders": [], "questions": [], **values,
    }))
