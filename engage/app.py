"""Put the house together: the features, and what follows from what."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType

from flask import Flask
from flask_migrate import Migrate

import engage.accounts.desk
import engage.accounts.facts
import engage.accounts.jobs
import engage.accounts.letters
import engage.accounts.reactions
import engage.accounts.views
import engage.accounts.wording
import engage.api.views
import engage.attendance.desk
import engage.attendance.facts
import engage.attendance.jobs
import engage.attendance.letters
import engage.attendance.reactions
import engage.attendance.views
import engage.attendance.wording
import engage.concerns.desk
import engage.concerns.facts
import engage.concerns.jobs
import engage.concerns.letters
import engage.concerns.reactions
import engage.concerns.views
import engage.concerns.wording
import engage.events.desk
import engage.events.facts
import engage.events.jobs
import engage.events.letters
import engage.events.reactions
import engage.events.views
import engage.events.wording
import engage.feedback.desk
import engage.feedback.jobs
import engage.feedback.letters
import engage.feedback.reactions
import engage.feedback.views
import engage.feedback.wording
import engage.front.desk
import engage.front.views
import engage.funding.desk
import engage.funding.jobs
import engage.funding.letters
import engage.funding.reactions
import engage.funding.views
import engage.funding.wording
import engage.messages.desk
import engage.messages.jobs
import engage.messages.views
import engage.messages.wording
import engage.places.desk
import engage.places.jobs
import engage.places.views
import engage.places.wording
import engage.programmes.desk
import engage.programmes.jobs
import engage.programmes.views
import engage.programmes.wording
import engage.registrations.desk
import engage.registrations.facts
import engage.registrations.jobs
import engage.registrations.letters
import engage.registrations.reactions
import engage.registrations.views
import engage.registrations.wording
import engage.reminders.desk
import engage.reminders.jobs
import engage.reminders.letters
import engage.reminders.reactions
import engage.reminders.views
import engage.reminders.wording
from engage import config
from engage.core import clock, db, i18n, ledger, logs, pages, refusal, secrets, tokens
from engage.core.clock import Job
from engage.messages import letters

# Each feature, and the rooms it has. What a room offers is found under one name:
# `views.bp`, `desk.bp`, `views.LINKS`, `letters.LETTERS`, `wording.WORDING`, `jobs.JOBS`, and
# `views.PANELS`, `desk.PANELS`, `desk.QUEUES` for pages made of many features.
FEATURES: tuple[ModuleType, ...] = (
    engage.messages,
    engage.accounts,
    engage.places,
    engage.programmes,
    engage.events,
    engage.registrations,
    engage.attendance,
    engage.feedback,
    engage.funding,
    engage.concerns,
    engage.reminders,
    engage.api,
    engage.front,
)

# What follows from each fact, in order, within the same transaction.
REACTIONS: Mapping[type, Iterable[ledger.Reaction]] = {
    engage.accounts.facts.PersonDeleted: (
        engage.events.reactions.forget_person, engage.registrations.reactions.forget_person,
        engage.funding.reactions.forget_person, engage.concerns.reactions.forget_person,
    ),
    engage.accounts.facts.AddressChanged: (
        engage.events.reactions.follow_person, engage.registrations.reactions.follow_person,
        engage.concerns.reactions.follow_person,
    ),
    engage.events.facts.EventMoved: (engage.registrations.reactions.tell_of_move, engage.reminders.reactions.replan),
    engage.events.facts.AddressHourChanged: (engage.reminders.reactions.replan_address,),
    engage.events.facts.EventCancelled: (
        engage.registrations.reactions.tell_of_cancellation, engage.reminders.reactions.drop_event,
        engage.funding.reactions.drop_dinner,
        engage.concerns.reactions.drop_agenda,
    ),
    engage.accounts.facts.PersonTrained: (engage.funding.reactions.follow_training,),
    engage.attendance.facts.CheckedIn: (engage.funding.reactions.note_training,),
    engage.attendance.facts.CheckInUndone: (engage.funding.reactions.undo_training,),
    engage.events.facts.CoHostAnswered: (engage.funding.reactions.follow_co_host,),
    engage.events.facts.PersonTakenOff: (engage.funding.reactions.follow_co_host,),
    engage.events.facts.EventDeclined: (engage.funding.reactions.drop_dinner,),
    engage.events.facts.EventWithdrawn: (engage.funding.reactions.drop_dinner,),
    engage.events.facts.GuestsWritten: (engage.registrations.reactions.pass_on_note,),
    engage.events.facts.CapacityRaised: (engage.registrations.reactions.offer_freed_seats,),
    engage.events.facts.SignUpPaused: (engage.registrations.reactions.offer_freed_seats,),
    engage.registrations.facts.PlaceConfirmed: (engage.reminders.reactions.plan,),
    engage.registrations.facts.RegistrationCancelled: (engage.reminders.reactions.drop,),
    engage.registrations.facts.GuestRemoved: (engage.reminders.reactions.drop,),
    engage.registrations.facts.RegistrationLapsed: (engage.reminders.reactions.drop,),
    engage.events.facts.EventClosed: (engage.feedback.reactions.issue_tickets, engage.funding.reactions.note_held),
}


def _rooms(name: str) -> Iterable[ModuleType]:
    """Return every feature's room of a name, for those that have it."""
    return (room for feature in FEATURES if (room := getattr(feature, name, None)))


def jobs() -> tuple[Job, ...]:
    """Return everything the worker's clock ticks."""
    return tuple(job for room in _rooms("jobs") for job in room.JOBS)


def create_app(settings: config.Config | None = None) -> Flask:
    """Return the site. Raises ConfigError when the environment is wrong."""
    settings = settings or config.load(os.environ)
    app = Flask("engage", static_folder=None)
    logs.configure(settings)
    secrets.configure(settings)
    clock.read_from(settings.clock_file)
    db.init_app(app, settings.database_url)
    Migrate(app, db.db, directory=str(Path(__file__).parents[1] / "migrations"))
    i18n.init_app(app)
    pages.init_app(app, settings)
    _furnish(app)
    return app


def _furnish(app: Flask) -> None:
    """Register what the features offer."""
    for name in ("views", "desk"):
        for room in _rooms(name):
            app.register_blueprint(room.bp)
            for link in getattr(room, "LINKS", ()):
                tokens.offer(link)
            pages.offer_panels(app, getattr(room, "PANELS", ()), getattr(room, "QUEUES", ()))
    for room in _rooms("letters"):
        letters.offer(getattr(room, "LETTERS", {}))
    for room in _rooms("wording"):
        refusal.learn(room.WORDING)
        ledger.call(room.__name__.split(".")[1], getattr(room, "FACTS", {}))
    ledger.react(REACTIONS)
