"""The funding agreement: accepted by the host, for one dinner."""

from datetime import datetime
from uuid import UUID

from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.funding import facts, policy
from engage.funding.actions import conditions, moving
from engage.funding.models import Agreement
from engage.funding.queries import agreements, applications
from engage.funding.rules import states
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State


def accept(*, application_id: UUID, version: int, by: Actor, now: datetime) -> None:
    """Accept the version of the agreement that was read; accepting twice changes nothing.

    Raises NotFound, NotAllowed, Refused.
    """
    application = applications.locked(application_id)
    require(policy.may_accept_agreement(by, application))
    document = agreements.in_force()
    if application.state not in states.PREPARING or not application.round.needs_agreement or document is None:
        raise Refused(Reason.NOTHING_TO_ACCEPT)
    if agreements.of(application_id):
        return
    if document.version != version:
        raise Refused(Reason.ANOTHER_VERSION)
    accepted = Agreement(
        application_id=application_id, person_id=by.person_id, version=version, locale=document.locale, at=now
    )
    db.session().add(accepted)
    db.session().flush()
    ledger.record(facts.AgreementAccepted(application_id, version), by=by)
    if application.state == State.AWARDED:
        moving.move(application, State.AGREED, by=by, now=now)
    conditions.refresh(application, by=by, now=now)
