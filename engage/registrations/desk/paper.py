"""Somebody's own link on paper, in their language: for who has no email, or would rather hold something in hand."""

from uuid import UUID

from flask import render_template
from markupsafe import Markup

from engage.core import access, clock, pages
from engage.core.db import transaction
from engage.core.i18n import gettext as _
from engage.messages.letters import spoken
from engage.registrations import actions, policy, queries
from engage.registrations.adapters import qr
from engage.registrations.desk.blueprint import GUESTS, bp, guest_of, public_for
from engage.registrations.models import Registration
from engage.registrations.rules import State
from engage.registrations.wording import STATES


@bp.get(f"{GUESTS}/<uuid:registration_id>/paper")
@access.signed_in()
def paper(event_id: UUID, registration_id: UUID) -> str:
    """Show a guest's own link, made for the printer. That it was opened is written down."""
    event = public_for(policy.may_print_link, event_id)
    guest_of(event, registration_id)
    with transaction():
        actions.note_printed_link(registration_id=registration_id, by=access.actor(), now=clock.now())
    guest = queries.one(registration_id)
    return render_template(
        "registrations/paper.html", event=guest.event, guest=guest, sheet=_sheet(guest), lang=spoken(guest.locale)
    )


def _sheet(guest: Registration) -> Markup:
    """Return the sheet itself, in the guest's language."""
    locale = spoken(guest.locale)
    link = pages.link(policy.PLACE, guest.id, guest.revocation, locale)
    [(_code, sheet)] = pages.in_each([locale], "registrations/paper_sheet.html", lambda: {
        "guest": guest, "event": guest.event, "link": link, "picture": qr(link, _("My place")),
        "state": STATES[State(guest.state)],
    })
    return sheet
