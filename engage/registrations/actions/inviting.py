"""Invitations to closed meetings: given, used once, taken back, forgotten."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import delete, update

from engage.core import clock, db, ledger, secrets
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.events import queries as event_queries
from engage.events.models import Event
from engage.messages import actions as messages
from engage.messages.models import Address
from engage.registrations import facts, policy, queries
from engage.registrations.actions.common import refuse, refuse_when_over, start_of
from engage.registrations.models import Invitation, Registration
from engage.registrations.rules import InvitationState, Reason, invitation_end

DAY = timedelta(days=1)


def _closed_event(event_id: UUID, by: Actor) -> Event:
    event = event_queries.locked(event_id)
    require(policy.may_invite(by, event))
    if not event.programme.is_closed:
        raise NotFound
    return event


def invite(
    *, event_id: UUID, form_key: str, called: str, email: str, locale: str, last_day: date | None, by: Actor, now: datetime
) -> UUID:
    """Invite somebody to a closed meeting until the end of a day, by letter or (without an email) on paper; return its id.

    The same form again is the same invitation. Raises NotFound, NotAllowed, Refused.
    """
    event = _closed_event(event_id, by)
    new_id = secrets.id_of_form(f"{event_id} {form_key}")
    if db.session().get(Invitation, new_id) is not None:
        return new_id
    ends_at = _open_end(event, last_day, now)
    address = _uninvited(event, email, now) if email else None
    db.session().add(Invitation(
        id=new_id, event_id=event.id, by_id=by.person_id, address_id=address.id if address else None, called=called,
        locale=locale, created_at=now, ends_at=ends_at,
    ))
    db.session().flush()
    ledger.record(facts.Invited(new_id, event.id), by=by)
    if address is not None:
        messages.post(
            about=f"invited:{new_id}", kind="invited", to=address.id, now=now, expires_at=ends_at,
            facts={"invitation_id": new_id}, thread=_thread(new_id), subject_id=event.id,
        )
    return new_id


def _open_end(event: Event, last_day: date | None, now: datetime) -> datetime:
    """Return until when an invitation that ends with a day can be used. Raises Refused when that is over."""
    refuse_when_over(event, now)
    ends_at = _end(event, last_day)
    refuse(Reason.ENDS_IN_THE_PAST if ends_at <= now else None)
    return ends_at


def _uninvited(event: Event, email: str, now: datetime) -> Address:
    """Return an address that has no open invitation to an event. Raises Refused."""
    address = messages.address_for_mail(value=email, now=now)
    refuse(Reason.INVITED_ALREADY if queries.is_invited(event.id, address.id, now) else None)
    return address


def _end(event: Event, last_day: date | None) -> datetime:
    starts_at = start_of(event)
    if last_day is None:
        return starts_at
    return invitation_end(clock.at(datetime.combine(last_day + DAY, time()), event.zone), starts_at)


def _thread(invitation_id: UUID) -> str:
    return f"invitation:{invitation_id}"


def revoke(*, invitation_id: UUID, by: Actor, now: datetime) -> None:
    """Take an open invitation back; its letter does not go out any more. Raises NotFound, NotAllowed, Refused."""
    event = _closed_event(queries.invitation(invitation_id).event_id, by)
    invitation = queries.invitation(invitation_id)
    if queries.state_of(invitation, now) != InvitationState.OPEN:
        raise Refused(Reason.INVITATION_OVER)
    invitation.revoked_at = now
    db.session().flush()
    messages.drop(thread=_thread(invitation.id), now=now)
    ledger.record(facts.InvitationRevoked(invitation.id, event.id), by=by)


def note_printed_invitation(*, invitation_id: UUID, by: Actor, now: datetime) -> None:
    """Write down that an invitation's link was opened to be printed. Raises NotFound, NotAllowed."""
    invitation = queries.invitation(invitation_id)
    require(policy.may_invite(by, event_queries.for_manage(invitation.event_id)))
    ledger.record(facts.InvitationPrinted(invitation.id, invitation.event_id), by=by)


def check_invitation(event: Event, invitation_id: UUID | None, *, is_new: bool, by: Actor, now: datetime) -> None:
    """Let nobody sign up for a closed meeting who holds no invitation to it, open yet if the form is new.

    Raises NotFound, Refused.
    """
    if not event.programme.is_closed:
        return
    invitation = queries.invitation(invitation_id) if invitation_id else None
    if invitation is None or invitation.event_id != event.id or not policy.may_enter(by, invitation):
        raise NotFound
    if is_new and queries.state_of(invitation, now) != InvitationState.OPEN:
        raise Refused(Reason.INVITATION_OVER)


def take_up(registration: Registration, invitation_id: UUID | None, *, by: Actor, now: datetime) -> None:
    """Use an invitation for a sign-up, if nobody has meanwhile: of two tabs, one gets the place. Raises Refused.

    Whoever has come by an invitation already doesn't use up another.
    """
    if invitation_id is None or queries.came_by_invitation(registration.id):
        return
    using = update(Invitation).where(
        Invitation.id == invitation_id, Invitation.registration_id.is_(None), Invitation.revoked_at.is_(None),
        Invitation.ends_at > now,
    ).values(registration_id=registration.id)
    used = db.session().scalar(using.returning(Invitation.id).execution_options(synchronize_session=False))
    if used is None:
        raise Refused(Reason.INVITATION_OVER)
    ledger.record(facts.InvitationUsed(invitation_id, registration.id, registration.event_id), by=by)


def erase_invitation(*, invitation_id: UUID, by: Actor) -> None:
    """Forget that somebody was invited. Raises NotAllowed."""
    require(policy.may_tend(by))
    gone = delete(Invitation).where(Invitation.id == invitation_id)
    db.session().execute(gone.execution_options(synchronize_session=False))


def readdress_invitation(*, invitation_id: UUID, address_id: UUID, by: Actor) -> None:
    """Let an invitation follow whom it was sent to. Raises NotFound, NotAllowed."""
    require(policy.may_tend(by))
    queries.invitation(invitation_id).address_id = address_id
