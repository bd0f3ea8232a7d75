"""Behind closed doors: the page of a closed meeting, by an invitation or by one's own place."""

from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage.core import access, clock
from engage.core.refusal import NotFound
from engage.events.views.public import closed_page
from engage.registrations import policy, queries
from engage.registrations.models import Invitation
from engage.registrations.rules import LIVE, InvitationState
from engage.registrations.views import signing_up
from engage.registrations.views.blueprint import bp
from engage.registrations.views.place import mine
from engage.registrations.views.signing_up import Door, Page

INVITATION_URL = "/<locale>/invitations/<uuid:invitation_id>"


def _held(invitation_id: UUID) -> Invitation:
    """Return an invitation to whoever holds it; for all others it does not exist. Raises NotFound."""
    invitation = queries.invitation(invitation_id)
    if not policy.may_enter(access.actor(), invitation):
        raise NotFound
    return invitation


@bp.get(INVITATION_URL)
@access.by_link(policy.INVITATION, "invitation_id")
def invited(invitation_id: UUID) -> Page:
    """Show the meeting somebody is invited to; once it has led to a place, lead there."""
    invitation = _held(invitation_id)
    state = queries.state_of(invitation, clock.now())
    if state == InvitationState.OPEN:
        return closed_page(invitation.event_id, join_url=url_for(".join_invited", invitation_id=invitation_id)), 200
    return _own_place(invitation) or _over(state)


def _own_place(invitation: Invitation) -> Response | None:
    """Lead whoever used the invitation in this browser, or has proven the address, to the place they have."""
    registration = queries.find(invitation.registration_id) if invitation.registration_id else None
    if registration is None or not policy.is_own(access.actor(), registration):
        return None
    return redirect(url_for(".show", registration_id=registration.id))


def _over(state: InvitationState) -> Page:
    """Say kindly that an invitation opens nothing any more, and nothing about what it opened."""
    return render_template("registrations/invitation_over.html", is_used=state == InvitationState.USED), 410


@bp.route(f"{INVITATION_URL}/join", methods=["GET", "POST"])
@access.by_link(policy.INVITATION, "invitation_id")
def join_invited(invitation_id: UUID) -> Page:
    """Take the sign-up of somebody invited; the same form again is the same place."""
    return signing_up.enter(_door(_held(invitation_id)))


@bp.get(f"{INVITATION_URL}/join/sent")
@access.by_link(policy.INVITATION, "invitation_id")
def sent_invited(invitation_id: UUID) -> str:
    """Ask to look at the letters."""
    return signing_up.sent_page(_door(_held(invitation_id)))


def _door(invitation: Invitation) -> Door:
    return Door(
        lambda: queries.event_of(queries.invitation(invitation.id)), url_for(".invited", invitation_id=invitation.id),
        url_for(".sent_invited", invitation_id=invitation.id), invitation.id,
    )


@bp.get("/<locale>/my/places/<uuid:registration_id>/meeting")
@access.by_link(policy.PLACE, "registration_id")
def meeting(registration_id: UUID) -> Page:
    """Show the page of the meeting to whoever has a place there, or waits for one."""
    registration = mine(registration_id)
    event = registration.event
    if not event.programme.is_closed:
        return redirect(url_for("events.show", slug=event.slug))
    if registration.state not in LIVE:
        raise NotFound
    return closed_page(event.id, back_url=url_for(".show", registration_id=registration_id)), 200
