"""Being checked in at a training for hosts makes somebody a trained host; a check-in undone gives back what was."""

from datetime import datetime
from uuid import UUID

from engage.accounts import actions as accounts_actions
from engage.accounts import queries as accounts
from engage.core import clock, db
from engage.core.access import Actor
from engage.core.refusal import require
from engage.events import queries as events
from engage.funding.models import Training
from engage.funding.rules.training import valid_until
from engage.registrations.models import Registration

KIT = "host_training"


def note_check_in(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Note that who signed up has taken part, where the meeting was a training; noting it twice changes nothing.

    What is on record already for longer stays. Raises NotAllowed.
    """
    require(by.is_clock)
    registration = db.session().get_one(Registration, registration_id)
    event = events.locked(registration.event_id)
    person = accounts.holder(registration.address_id) if registration.address_id else None
    if event.programme.kit != KIT or event.starts_at is None or person is None:
        return
    on = clock.local(event.starts_at, event.zone).date()
    until = valid_until(on)
    is_longer = person.trained_on is not None and (person.trained_until is None or person.trained_until >= until)
    if is_longer or db.session().get(Training, registration_id) is not None:
        return
    db.session().add(Training(
        registration_id=registration_id, person_id=person.id, trained_on=on, trained_until=until,
        before_on=person.trained_on, before_until=person.trained_until,
    ))
    accounts_actions.train(person_id=person.id, on=on, until=until, by=by, now=now)


def undo_check_in(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Give back what was on record before, unless something else has been noted since. Raises NotAllowed."""
    require(by.is_clock)
    training = db.session().get(Training, registration_id)
    if training is None:
        return
    person = accounts.person(training.person_id)
    db.session().delete(training)
    if person and (person.trained_on, person.trained_until) == (training.trained_on, training.trained_until):
        accounts_actions.train(
            person_id=person.id, on=training.before_on, until=training.before_until, by=by, now=now
        )
