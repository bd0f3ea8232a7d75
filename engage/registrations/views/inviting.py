"""Hosts' and staff's screens of invitations to a closed meeting."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from flask import render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from engage.core import access, clock, i18n, pages
from engage.core.access import Actor
from engage.core.city import city
from engage.core.db import transaction
from engage.core.fields import Choice, Date, Form, FormKey, Text, ValidationError, needed
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import own_name
from engage.core.pages import Panel, attempt, told, within_limit
from engage.core.refusal import NotFound
from engage.events import queries as event_queries
from engage.events.models import Event
from engage.events.rules import PUBLIC
from engage.messages import queries as messages
from engage.messages.letters import spoken
from engage.messages.rules import LOST, Channel, normalised
from engage.registrations import actions, policy, queries, rules
from engage.registrations.adapters import qr
from engage.registrations.models import Invitation
from engage.registrations.rules import InvitationState, Reason
from engage.registrations.views.blueprint import bp
from engage.registrations.wording import INVITATION_STATES

Page = Response | tuple[str, int]
URL = "/<locale>/host/events/<uuid:event_id>/invitations"
EACH_PERSON = "200 per day"  # letters that one account may have sent to addresses it typed


class InviteForm(Form):
    """Whom to invite, and until when."""

    form_key = FormKey()
    called = Text(_l("Name"), longest=80, validators=[needed(_l("Please tell us a name."))])
    email = Text(_l("Email, for an invitation by letter"), longest=254)
    letter_in = Choice(_l("Language of the invitation"), choices=[])
    last_day = Date(_l("Last day it can be used"))

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {Reason.INVITED_ALREADY: "email", Reason.ENDS_IN_THE_PAST: "last_day"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.letter_in.choices = [(code, own_name(code)) for code in city().locales]
        self.letter_in.data = self.letter_in.data or i18n.locale()

    def validate_email(self, field: Text) -> None:
        if field.data and normalised(field.data, Channel.EMAIL, "") is None:
            raise ValidationError(_("This does not look like an email address. Please check it."))


@dataclass(frozen=True)
class Line:
    """An invitation as its hosts see it."""

    invitation: Invitation
    address: str
    state: InvitationState
    is_lost: bool  # its letter will never arrive

    @property
    def is_on_paper(self) -> bool:
        return not self.address


@bp.get(URL)
@access.signed_in()
def invitations(event_id: UUID) -> Page:
    """Show who is invited, and how to invite somebody."""
    return _page(_event(event_id), InviteForm(formdata=None), "", 200)


@bp.post(URL)
@access.signed_in()
def invite(event_id: UUID) -> Page:
    """Invite somebody, by letter or on paper."""
    event, form = _event(event_id), InviteForm()
    if form.email.data and not within_limit("invitation", str(access.actor().person_id), EACH_PERSON):
        return _page(event, form, _("That was often. Please try again later."), 429)
    is_by_letter = bool(form.email.data)
    done, problem, status = attempt(form, lambda: actions.invite(
        event_id=event_id, form_key=form.form_key.data or "", called=form.called.data or "", email=form.email.data or "",
        locale=form.letter_in.data, last_day=form.last_day.data, by=access.actor(), now=clock.now(),
    ))
    if not done:
        return _page(_event(event_id), form, problem, status)
    by_letter, on_paper = _("The invitation is on its way by letter."), _("The invitation is there. Now print it.")
    return told(by_letter if is_by_letter else on_paper, ".invitations", event_id=event_id)


@bp.post(f"{URL}/<uuid:invitation_id>/revoke")
@access.signed_in()
def revoke(event_id: UUID, invitation_id: UUID) -> Page:
    """Take an open invitation back."""
    _of(_event(event_id), invitation_id)
    done, problem, status = attempt(Form(), lambda: actions.revoke(
        invitation_id=invitation_id, by=access.actor(), now=clock.now()
    ))
    if done:
        return told(_("The invitation has ended. Its link opens nothing any more."), ".invitations", event_id=event_id)
    expired = _("This page was open for a long time. Please press the button once more.")
    return _page(_event(event_id), InviteForm(formdata=None), problem or expired, status)


@bp.get(f"{URL}/<uuid:invitation_id>/paper")
@access.signed_in()
def paper(event_id: UUID, invitation_id: UUID) -> str:
    """Show an invitation made for the printer, in the language of whom it is for. That it was opened is written down."""
    event = _event(event_id)
    invitation = _of(event, invitation_id)
    if invitation.address_id is not None or queries.state_of(invitation, clock.now()) != InvitationState.OPEN:
        raise NotFound  # what went by letter is its reader's alone
    with transaction():
        actions.note_printed_invitation(invitation_id=invitation_id, by=access.actor(), now=clock.now())
    event, invitation = event_queries.for_manage(event_id), queries.invitation(invitation_id)  # read anew
    locale = spoken(invitation.locale)
    return render_template(
        "registrations/invitation_paper.html", event=event, invitation=invitation, lang=locale,
        sheet=_sheet(event, invitation, locale),
    )


def _sheet(event: Event, invitation: Invitation, locale: str) -> Markup:
    """Return the sheet itself, in the language of whom it is for."""
    link = pages.link(policy.INVITATION, invitation.id, 0, locale)
    [(_code, sheet)] = pages.in_each([locale], "registrations/invitation_sheet.html", lambda: {
        "event": event, "invitation": invitation, "link": link, "picture": qr(link, _("Your invitation")),
    })
    return sheet


def _event(event_id: UUID) -> Event:
    """Return a closed meeting to those who may invite; for all others it does not exist. Raises NotFound."""
    event = event_queries.for_manage(event_id)
    if not policy.may_invite(access.actor(), event) or not event.programme.is_closed or event.state not in PUBLIC:
        raise NotFound
    return event


def _of(event: Event, invitation_id: UUID) -> Invitation:
    invitation = queries.invitation(invitation_id)
    if invitation.event_id != event.id:
        raise NotFound
    return invitation


def _page(event: Event, form: InviteForm, problem: str, status: int) -> Page:
    now = clock.now()
    lost = {letter.address_id for letter in messages.unreached(event.id) if letter.state in LOST}
    lines = [
        Line(each, address, queries.state_of(each, now), each.address_id in lost)
        for each, address in queries.invitations_to(event.id)
    ]
    page = render_template(
        "registrations/invitations.html", event=event, form=form, problem=problem, lines=lines, states=INVITATION_STATES,
        is_over=rules.event_refusal(event.state, event.starts_at or now, now) is not None,
    )
    return page, status


def _panel(actor: Actor, event: Event) -> dict[str, Any] | None:
    """Show on a closed meeting's page how many are invited, and lead to inviting more."""
    if not event.programme.is_closed or event.state not in PUBLIC or not policy.may_invite(actor, event):
        return None
    now = clock.now()
    states = [queries.state_of(invitation, now) for invitation, _address in queries.invitations_to(event.id)]
    counts = {state: states.count(state) for state in InvitationState}
    return {"event": event, "counts": counts, "states": INVITATION_STATES}


PANEL: Panel = Panel("event", 15, "registrations/invitations_panel.html", _panel)
