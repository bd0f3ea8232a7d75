"""Behind a link by letter: a page with one button. Opening it does nothing, pressing does it once."""

from uuid import UUID

from flask import render_template as render
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.accounts import actions, policy, queries, rules
from engage.accounts.forms import EnterForm, NewPasswordForm, ProveForm
from engage.accounts.models import Ticket
from engage.accounts.rules import TicketPurpose
from engage.accounts.views import bp, carrying, identity
from engage.core import access, clock, i18n, pages
from engage.core.db import transaction
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.refusal import NotFound, Refused, require, say

FORMS: dict[TicketPurpose, type[Form]] = {
    TicketPurpose.PROVE: ProveForm, TicketPurpose.SIGN_IN: EnterForm, TicketPurpose.RESET: NewPasswordForm,
    TicketPurpose.CHANGE: Form,
}

Answer = str | tuple[str, int] | WerkzeugResponse


@bp.route("/<locale>/letter/<uuid:ticket_id>", methods=["GET", "POST"])
@access.by_link(policy.TICKET, "ticket_id")
def letter(ticket_id: UUID) -> Answer:
    """Show what the link does, and do it when the button is pressed."""
    ticket = queries.ticket(ticket_id)
    if ticket is None or not policy.may_use_ticket(access.actor(), ticket_id):
        raise NotFound
    if reason := rules.ticket_refusal(ticket.used_at, ticket.expires_at, clock.now()):
        return render("accounts/letter_over.html", problem=say(Refused(reason))), 410
    if ticket.purpose == TicketPurpose.CHANGE:
        return _change(ticket)
    form = FORMS[TicketPurpose(ticket.purpose)]()
    if not form.validate_on_submit():
        return _page(ticket, form, 422 if form.is_submitted() else 200)
    try:
        return _enter(ticket, form)
    except Refused as refused:
        return _page(_again(ticket_id), form, 409, say(refused))


def _again(ticket_id: UUID) -> Ticket:
    """Return a ticket anew after a refused transaction."""
    ticket = queries.ticket(ticket_id)
    if ticket is None:
        raise NotFound
    return ticket


def _page(ticket: Ticket, form: Form, status: int, problem: str = "") -> tuple[str, int]:
    person, address = ticket.contact.person, ticket.contact.address
    return render(
        "accounts/letter.html", purpose=ticket.purpose, form=form, called=person.called, address=address.value, problem=problem
    ), status


def _enter(ticket: Ticket, form: Form) -> WerkzeugResponse:
    """Do what signs in at the same time, then go on where it began."""
    ticket_id, purpose, own = ticket.id, ticket.purpose, form.own_device.data
    browser, by, now = identity.browser(is_own_device=own), access.actor(), clock.now()
    with transaction():
        if purpose == TicketPurpose.PROVE:
            entry = actions.prove(
                ticket_id=ticket_id, password=form.password.data, locale=i18n.locale(), browser=browser, by=by, now=now
            )
        elif purpose == TicketPurpose.RESET:
            entry = actions.reset_password(ticket_id=ticket_id, password=form.password.data, browser=browser, by=by, now=now)
        else:
            entry = actions.enter_by_ticket(ticket_id=ticket_id, browser=browser, by=by, now=now)
    was_doing = carrying.unseal(entry.carried, entry.person_id)
    identity.begin(entry, is_own_device=own, spent=ticket_id)
    return carrying.go_on(was_doing, entry.person_id)


def _change(ticket: Ticket) -> Answer:
    """Let a new address take the old one's place: only for its owner, signed in here."""
    if not access.actor().is_signed_in:
        return carrying.sign_in_first()
    require(policy.may_change_account(access.actor(), ticket.contact.person_id))
    form = Form()
    if not form.validate_on_submit():
        return _page(ticket, form, 422 if form.is_submitted() else 200)
    with transaction():
        actions.confirm_address(ticket_id=ticket.id, by=access.actor(), now=clock.now())
    return pages.told(_("From now on we write to your new address."), "accounts.settings")
