"""Host and city write each other about an application."""

from datetime import datetime
from uuid import UUID

from engage.core import ledger, secrets
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.events.actions import telling
from engage.funding import facts, policy
from engage.funding.actions import moving
from engage.funding.queries import applications
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State


def answer(
    *, application_id: UUID, body: str, is_internal: bool = False, form_key: str, by: Actor, now: datetime
) -> None:
    """Write about an application: hosts to the city, the city to its hosts, or staff among themselves; the same form
    sent twice is one note.

    Raises NotFound, NotAllowed, Refused.
    """
    application = applications.locked(application_id)
    is_applicant = policy.is_applicant(by, application)
    require(is_applicant or policy.may_decide(by, application))
    if not application.was_sent:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=State(application.state))
    if applications.note(secrets.id_of_form(form_key)):
        return
    is_kept_in = is_internal and not is_applicant
    note = moving.write(application, body, note_id=secrets.id_of_form(form_key), by=by, now=now, is_internal=is_kept_in)
    ledger.record(facts.NoteWritten(application.id, note.id), by=by)
    if not (is_applicant or note.is_internal):
        telling.tell_hosts(
            application.event, "funding.note", about=f"funding-note:{note.id}", now=now,
            application_id=application.id, note_id=note.id,
        )
