"""What is there before the story of a funded dinner begins: reviewers, a host nobody has trained, a training."""

from datetime import date, time

from engage.accounts import actions as accounts
from engage.core import db, secrets
from engage.core.access import CLOCK, Actor, Role, Scope
from engage.events import actions as events
from engage.events.actions import Details, What, When, WhenAndWhere, Where
from tests.journeys import stage

HOST, ADA, BEN = "marisol@example.org", "ada@example.org", "ben@example.org"
TRAINING = "An evening for hosts"
SCHEDULER = Actor(scopes=(Scope(Role.STAFF),))


def build(locale):
    """Found the city of all stories, with those who judge, a host who writes Spanish, and a training."""
    built = stage.build(locale)
    with db.transaction():
        for email, called, role, speaks in (
            (HOST, "Marisol", None, "es"), (ADA, "Ada", Role.REVIEWER, locale), (BEN, "Ben", Role.REVIEWER, locale),
        ):
            accounts.create_account(
                email=email, called=called, password=stage.PASSWORD, roles=[role] if role else [], locale=speaks,
                by=CLOCK, now=stage.START,
            )
    with db.transaction():
        _schedule_training(built)
    return built


def _schedule_training(built):
    events.schedule(
        form_key=secrets.new_token(),
        what=What(built.programmes["host_training"], "en", TRAINING, "We try out how a table talks."),
        when_and_where=WhenAndWhere(
            When(date(2026, 10, 20), time(18), time(20)), Where(neighbourhood_id=built.area, venue_id=built.venue)
        ),
        details=Details("en", spoken=("en", "es")), by=SCHEDULER, now=stage.START,
    )
