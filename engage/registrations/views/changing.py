"""What a party does with its place, each by its own button: confirm, answer an offer, change, cancel."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage.core import access, clock, i18n, pages, refusal
from engage.core.db import transaction
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.pages import told
from engage.core.refusal import Refused, require
from engage.registrations import actions, policy, queries
from engage.registrations.forms import NeedsForm, PartyForm, has_food, needs_form, party_limit
from engage.registrations.models import Registration
from engage.registrations.rules import State
from engage.registrations.views import place
from engage.registrations.views.blueprint import bp

Page = Response | tuple[str, int]
PLACE_URL = "/<locale>/my/places/<uuid:registration_id>"


def _press(registration_id: UUID, act: Callable[..., Any], done: str) -> Page:
    """Do what one button does and lead back to the place; what speaks against it is said there."""
    form = Form()
    if not form.validate_on_submit():
        return place.page(registration_id, _expired()), 422
    try:
        with transaction():
            act(registration_id=registration_id, by=access.actor(), now=clock.now())
    except Refused as refused:
        return place.page(registration_id, refusal.say(refused)), 409
    return told(done, ".show", registration_id=registration_id)


def _expired() -> str:
    return _("This page was open for a long time. Nothing is lost: please check it and send it once more.")


@bp.post(f"{PLACE_URL}/confirm")
@access.by_link(policy.PLACE, "registration_id")
def confirm(registration_id: UUID) -> Page:
    """Confirm a sign-up, or ask again after a lapse."""
    if not Form().validate_on_submit():
        return place.page(registration_id, _expired()), 422
    try:
        with transaction():
            found = actions.prove(registration_id=registration_id, by=access.actor(), now=clock.now())
            found_id, revocation = found.id, found.revocation
    except Refused as refused:
        return place.page(registration_id, refusal.say(refused)), 409
    if found_id != registration_id:  # they signed up anew meanwhile: lead to that one, with its own link
        return redirect(pages.link(policy.PLACE, found_id, revocation, i18n.locale()), 303)
    return redirect(url_for(".show", registration_id=registration_id), 303)


@bp.post(f"{PLACE_URL}/accept")
@access.by_link(policy.PLACE, "registration_id")
def accept(registration_id: UUID) -> Page:
    """Take the place that is kept."""
    return _press(registration_id, actions.accept_offer, _("The place is yours. We look forward to seeing you."))


@bp.post(f"{PLACE_URL}/refuse")
@access.by_link(policy.PLACE, "registration_id")
def refuse(registration_id: UUID) -> Page:
    """Leave the place that is kept to the next."""
    done = _("Thank you for telling us. The place goes to the next on the list.")
    return _press(registration_id, actions.decline_offer, done)


@bp.get(f"{PLACE_URL}/cancel")
@access.by_link(policy.PLACE, "registration_id")
def cancelling(registration_id: UUID) -> str:
    """Ask once before a place is given back."""
    return render_template("registrations/cancel.html", registration=_own(registration_id))


@bp.post(f"{PLACE_URL}/cancel")
@access.by_link(policy.PLACE, "registration_id")
def cancel(registration_id: UUID) -> Page:
    """Cancel my registration and show what happens next; a second press shows the same."""
    if _own(registration_id).state == State.CANCELLED:
        return redirect(url_for(".show", registration_id=registration_id), 303)
    return _press(registration_id, actions.cancel, _("Your place is free for somebody else now. Thank you for telling us."))


@bp.get(f"{PLACE_URL}/change")
@access.by_link(policy.PLACE, "registration_id")
def change(registration_id: UUID) -> Page:
    """Show how many come and what they need, to be changed."""
    registration = _own(registration_id)
    return _change_page(registration, _party_form(registration), needs_form(queries.needs_of(registration)), 200)


@bp.post(f"{PLACE_URL}/party")
@access.by_link(policy.PLACE, "registration_id")
def change_party(registration_id: UUID) -> Page:
    """Come with more or fewer."""
    form = _party_form(_own(registration_id))
    if not form.validate():
        return _again(registration_id, form, None, 422)
    try:
        with transaction():
            actions.change_party(
                registration_id=registration_id, party_size=form.party_size.data or 1, by=access.actor(), now=clock.now()
            )
    except Refused as refused:
        form.party_size.errors = [*form.party_size.errors, refusal.say(refused)]
        return _again(registration_id, form, None, 409)
    return told(_("Thank you. We have changed how many you are."), ".show", registration_id=registration_id)


@bp.post(f"{PLACE_URL}/needs")
@access.by_link(policy.PLACE, "registration_id")
def change_needs(registration_id: UUID) -> Page:
    """Say anew what is needed."""
    form = NeedsForm()
    if not form.validate():
        return _again(registration_id, None, form, 422)
    act = partial(actions.change_needs, needs=form.needs)
    return _press(registration_id, act, _("Thank you. We have changed what you need."))


def _own(registration_id: UUID) -> Registration:
    registration = queries.one(registration_id)
    require(policy.may_change(access.actor(), registration, registration.event.neighbourhood_id))
    return registration


def _party_form(registration: Registration) -> PartyForm:
    limit = max(party_limit(registration.event), registration.party_size)
    return PartyForm(limit, data={"party_size": registration.party_size})


def _again(registration_id: UUID, party: PartyForm | None, needs: NeedsForm | None, status: int) -> Page:
    registration = _own(registration_id)
    return _change_page(
        registration, party or _party_form(registration), needs or needs_form(queries.needs_of(registration)), status
    )


def _change_page(registration: Registration, party: PartyForm, needs: NeedsForm, status: int) -> Page:
    if not has_food(registration.event):
        del needs.dishes
    shown = {"registration": registration, "event": registration.event, "party": party, "needs": needs}
    return render_template("registrations/change.html", **shown), status
