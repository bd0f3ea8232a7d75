from datetime import timedelta

from engage.core import secrets
from engage.core.text import Localized
from engage.events.rules import State as EventState
from engage.funding.models import (
    Application,
    BudgetLine,
    CoachNote,
    FundingRound,
    Note,
    Payment,
    Receipt,
    Report,
    Review,
    RoundArea,
    RoundProgramme,
)
from engage.funding.rules.rounds import RoundState
from engage.funding.rules.states import State
from tests.conftest import NOW
from tests.factories.accounts import person
from tests.factories.base import count, keep
from tests.factories.events import event, event_person
from tests.factories.programmes import programme


def _text(**texts):
    return {"source": "en", "texts": texts}


CRITERIA = [
    {"key": "bridges", "name": _text(en="Different people at one table"), "meaning": _text(en="Do they meet?"), "weight": 3},
    {"key": "plan", "name": _text(en="A plan that works"), "meaning": _text(en="Is it thought through?"), "weight": 1},
]


def funding_round(of=None, areas=(), **values):
    """A published round of 1000.00 USD, open for two more weeks, 150.00 a dinner, for the whole city."""
    of = of or programme()
    return keep(FundingRound(**{
        "slug": f"round-{next(count)}", "state": RoundState.PUBLISHED, "name": Localized.of("en", "Spring 2027"),
        "call": Localized.of("en", "We fund dinners."), "zone": "Europe/London", "currency": "USD",
        "opens_at": NOW - timedelta(days=1), "closes_at": NOW + timedelta(days=14), "budget": 100_000, "cap": 15_000,
        "criteria": CRITERIA, "questions": [], "created_at": NOW, "published_at": NOW,
        "programmes": [RoundProgramme(programme_id=of.id)],
        "areas": [RoundArea(neighbourhood_id=area.id) for area in areas], **values,
    }))


def application(of=None, host=None, at=None, lines=((10_000, "food"),), **values):
    """A complete draft for a dinner that is not public yet, asking for what its lines come to."""
    of = of or funding_round()
    host = host or person()
    if at is None:
        dinner = {"programme_id": of.programmes[0].programme_id} if of.programmes else {}
        at = event(state=EventState.DRAFT, published_at=None, **dinner)
        event_person(at, host)
    return keep(Application(**{
        "round_id": of.id, "event_id": at.id, "number": next(count), "host_id": host.id, "called": host.called,
        "locale": "en", "why": "We never met.", "who": "Old and new neighbours.", "reach": "I ask at the market.",
        "submitted_at": None if values.get("state", State.DRAFT) == State.DRAFT else NOW,
        "planned_on": at.starts_at.date(), "neighbourhood_id": at.neighbourhood_id, "languages": ["en", "es"],
        "asked": sum(amount for amount, _kind in lines), "created_at": NOW,
        "lines": [BudgetLine(position=i, amount=amount, kind=kind) for i, (amount, kind) in enumerate(lines)], **values,
    }))


def review(of, by, **values):
    return keep(Review(**{"application_id": of.id, "reviewer_id": by.id, "asked_at": NOW, **values}))


def funding_note(of, body="Which dishes?", **values):
    return keep(Note(**{"application_id": of.id, "locale": "en", "body": body, "at": NOW, **values}))


def coach_note(of, body="Called, all well.", **values):
    return keep(CoachNote(**{"application_id": of.id, "on": NOW.date(), "body": body, "at": NOW, **values}))


def report(of, **values):
    return keep(Report(**{
        "application_id": of.id, "locale": "en", "talked": "About schools.", "outcome": "We meet again.", **values,
    }))


def receipt(of, amount=5_000, **values):
    return keep(Receipt(**{
        "application_id": of.id, "form_key": secrets.new_token(), "kind": "food", "amount": amount, "added_at": NOW, **values,
    }))


def payment(of, amount=5_000, direction="out", **values):
    return keep(Payment(**{
        "application_id": of.id, "form_key": secrets.new_token(), "on": NOW.date(), "amount": amount, "direction": direction,
        "entered_at": NOW, **values,
    }))
