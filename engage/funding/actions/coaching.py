"""Coaches: chosen by staff, they keep notes and a next contact."""

from datetime import date, datetime
from uuid import UUID

from engage.accounts import queries as accounts
from engage.core import db, ledger, secrets
from engage.core.access import Actor, Role
from engage.core.refusal import Refused, require
from engage.events.actions import telling
from engage.funding import facts, policy
from engage.funding.models import CoachNote
from engage.funding.queries import applications, board
from engage.funding.rules.reasons import Reason


def choose_coach(*, application_id: UUID, person_id: UUID | None, by: Actor, now: datetime) -> None:
    """Give an application's hosts somebody to ask, or nobody any more. Raises NotFound, NotAllowed, Refused."""
    application = applications.locked(application_id)
    require(policy.may_assign(by, application))
    if person_id == application.coach_id:
        return
    if person_id is not None:
        if board.is_party(application, person_id):
            raise Refused(Reason.OWN_APPLICATION)
        if person_id not in {person.id for person in accounts.role_holders(Role.COACH, application.neighbourhood_id)}:
            raise Refused(Reason.NOT_A_COACH)
    application.coach_id, application.next_contact_on = person_id, None
    db.session().flush()
    ledger.record(facts.CoachChosen(application.id, person_id), by=by)
    if person_id is not None:
        telling.tell_hosts(
            application.event, "funding.coach", about=f"funding-coach:{application.id}:{person_id}", now=now,
            application_id=application.id, coach_id=person_id,
        )


def write_note(*, application_id: UUID, on: date, body: str, form_key: str, by: Actor, now: datetime) -> None:
    """Keep what was talked about with a host on a day; the same form sent twice is one note. Raises NotFound, NotAllowed."""
    application = applications.locked(application_id)
    require(policy.may_coach(by, application))
    note_id = secrets.id_of_form(form_key)
    if db.session().get(CoachNote, note_id):
        return
    db.session().add(
        CoachNote(id=note_id, application_id=application.id, author_id=by.person_id, on=on, body=body, at=now)
    )
    db.session().flush()
    ledger.record(facts.CoachWrote(application.id), by=by)


def plan_contact(*, application_id: UUID, on: date | None, by: Actor, now: datetime) -> None:
    """Say when a coach wants to talk with a host next. Raises NotFound, NotAllowed."""
    application = applications.locked(application_id)
    require(policy.may_coach(by, application))
    application.next_contact_on = on
