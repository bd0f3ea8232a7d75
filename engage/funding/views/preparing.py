"""Between the award and the dinner: what is done, what is next, and who is at the table so far."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from engage.core.access import Actor
from engage.core.i18n import gettext as _
from engage.core.i18n import locale
from engage.core.pages import Panel
from engage.events import queries as events
from engage.events import rules as event_rules
from engage.events.adapters import page_url
from engage.events.rules import State as EventState
from engage.funding import policy
from engage.funding.actions import conditions
from engage.funding.actions.training import KIT
from engage.funding.models import Application
from engage.funding.queries import table
from engage.funding.rules import mix, rounds, states
from engage.funding.rules.preparing import Condition, Conditions
from engage.funding.rules.states import State
from engage.places import queries as places
from engage.programmes import queries as programmes
from engage.registrations import queries as registrations


@dataclass(frozen=True)
class Item:
    """One thing on the host's list: done or not, and where it is done."""

    text: str
    is_done: bool
    url: str = ""
    action: str = ""
    hint: str = ""


def _prepare(actor: Actor, application: Application) -> dict[str, Any] | None:
    """Show what is done and what is next before a funded dinner."""
    if application.state not in states.PREPARING:
        return None
    items = _items(application)
    is_applicant = policy.is_applicant(actor, application)
    following = next((item for item in items if not item.is_done), None)
    return {"application": application, "items": items, "following": following, "is_applicant": is_applicant}


def _items(application: Application) -> list[Item]:
    state = conditions.state_of(application)
    return [*_conditions(application, state), *_money(application), *_invitation(application)]


def _conditions(application: Application, state: Conditions) -> list[Item]:
    event_id = application.event_id
    texts = {
        Condition.CO_HOST: Item(
            _("Your co-host has said yes"), is_done=False, url=url_for("events.people", event_id=event_id),
            action=_("See who is asked"), hint=_("They were asked by letter. You can also take the question back."),
        ),
        Condition.TRAINING: Item(
            _("You have taken part in a training for hosts"), is_done=False, url=_trainings(), action=_("Find a training"),
            hint=_("It takes one evening. Once you are checked in there, this is done."),
        ),
        Condition.AGREEMENT: Item(
            _("You have accepted the funding agreement"), is_done=False,
            url=url_for("funding.agreement", application_id=application.id), action=_("Read the agreement"),
        ),
    }
    return [
        Item(item.text, condition in state.met, item.url, item.action, item.hint)
        for condition, item in texts.items() if condition in state.asked
    ]


def _trainings() -> str:
    """Return where the coming trainings for hosts are listed."""
    slug = next((programme.slug for programme in programmes.active() if programme.kit == KIT), None)
    return url_for("events.index", programme=slug) if slug else url_for("events.index")


def _money(application: Application) -> list[Item]:
    round_ = application.round
    if not rounds.advance_of(application.award or 0, rounds.PayMode(round_.pay_mode), round_.advance_percent):
        return []
    is_paid = application.state == State.PAID_IN_ADVANCE
    return [Item(_("The city has paid you in advance"), is_paid, hint=_("We do this once the agreement is accepted."))]


def _invitation(application: Application) -> list[Item]:
    event = application.event
    is_public = event.state == EventState.PUBLISHED
    is_whole = is_public or not events.missing_of(event)
    is_sent = event.state not in event_rules.WRITABLE
    draft = url_for("events.draft", event_id=event.id, step="check")
    manage = url_for("events.manage", event_id=event.id)
    return [
        Item(_("The invitation is complete"), is_whole, draft, _("Finish the invitation"), _("Day, hours, place, languages.")),
        Item(_("The invitation is sent in"), is_sent, draft, _("Send in the invitation")),
        Item(_("Your dinner is public"), is_public, manage, _("See where it stands"), _("The city reads it and publishes it.")),
        *(_guests(application) if is_public else ()),
    ]


def _guests(application: Application) -> list[Item]:
    event, counts = application.event, registrations.counts(application.event_id)
    page = page_url(event, locale())
    has_room = event.capacity is None or event.seats_taken < event.capacity
    return [
        Item(_("You have invited people"), not has_room, page, _("Share the page of your dinner")),
        Item(
            _("Every request has an answer"), not counts.requests, url_for("registrations_desk.guests", event_id=event.id),
            _("Answer the requests"),
        ),
    ]


def _mix(actor: Actor, application: Application) -> dict[str, Any] | None:
    """Show hosts and staff who is at the table so far, as counts."""
    is_concerned = policy.is_applicant(actor, application) or policy.is_staff_of(actor, application)
    if application.event.state != EventState.PUBLISHED or application.state not in states.PREPARING or not is_concerned:
        return None
    seated, asking = table.parties(application.event_id)
    names = {area.id: area.name for area in places.all_neighbourhoods()}
    return {
        "application": application, "mix": mix.mix(seated), "fewest": mix.FEWEST, "asking": len(asking),
        "widening": mix.widening(seated, asking), "names": names,
    }


PANELS: tuple[Panel, ...] = (
    Panel("application", 10, "funding/prepare_panel.html", _prepare),
    Panel("application", 30, "funding/mix_panel.html", _mix),
)
