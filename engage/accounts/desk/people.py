"""People: found by staff, given roles by administrators."""

from typing import Any
from uuid import UUID

from flask import abort, redirect, request, url_for
from flask import render_template as render
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.accounts import actions, policy, queries, rules
from engage.accounts.desk import bp
from engage.accounts.forms import EndForm, GrantForm, TrainingForm
from engage.accounts.models import Contact, Grant, Person
from engage.accounts.wording import role_name
from engage.core import access, clock, pages, text
from engage.core.access import Role
from engage.core.city import city
from engage.core.db import transaction
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.refusal import Refused, say

Answer = str | tuple[str, int] | WerkzeugResponse
LONGEST_SEARCH = 254


@bp.get("/<locale>/desk/people")
@access.signed_in(Role.STAFF, Role.ADMINISTRATOR)
def people() -> str:
    """Find people by name or whole address; numbers that wait for a call stand below."""
    wanted, actor = text.clean(request.args.get("q", ""))[:LONGEST_SEARCH], access.actor()
    return render(
        "accounts/desk/people.html", wanted=wanted, found=queries.find_person(wanted, actor),
        phones=queries.phones_to_check(actor), most=queries.MOST_FOUND,
    )


def _loaded(person_id: UUID) -> Person:
    return queries.person(person_id) or abort(404)


def _shown(contact: Contact) -> dict[str, Any]:
    """Return a contact as this reader may see it. A number to be called is shown whole, or nobody could call it."""
    actor = access.actor()
    is_to_call = contact.id in {claimed.id for claimed in queries.phones_to_check(actor)}
    value = contact.address.value
    return {
        "id": contact.id, "is_to_call": is_to_call, "is_proven": contact.proven_at is not None,
        "is_phone": contact.address.channel == "phone",
        "value": value if policy.may_see_contacts(actor) or is_to_call else rules.masked(value),
    }


def _state(grant: Grant) -> str:
    today = queries.today()
    if rules.is_in_force(grant.starts_on, grant.ends_on, grant.ended_at, today):
        return "held"
    return "to_come" if grant.ended_at is None and grant.starts_on > today else "over"


def _page(person_id: UUID, status: int = 200, problem: str = "", **forms: Form) -> tuple[str, int]:
    """Return all about one person, with the form that was sent as it was."""
    who = _loaded(person_id)
    grant = forms.get("grant") or GrantForm(formdata=None, starts_on=queries.today())
    _offer_areas(grant)
    return render(
        "accounts/desk/person.html", who=who, contacts=[_shown(contact) for contact in queries.contacts(who.id)],
        grants=[(held, _state(held)) for held in queries.grants(who.id)], areas=queries.area_names(), role_name=role_name,
        grant=grant, training=forms.get("training") or TrainingForm(formdata=None, on=who.trained_on, until=who.trained_until),
        is_trained=rules.is_trained(who.trained_on, who.trained_until, queries.today()), policy=policy,
        ending=lambda grant_id: forms.get(str(grant_id)) or EndForm(formdata=None, prefix=str(grant_id)),
        zone=city().zone, problem=problem,
    ), status


def _offer_areas(form: Any) -> None:
    form.area.choices = [("", _("In the whole city")), *((str(area), name) for area, name in queries.AREAS.named())]


@bp.get("/<locale>/desk/people/<uuid:person_id>")
@access.signed_in(Role.STAFF, Role.ADMINISTRATOR)
def person(person_id: UUID) -> Answer:
    """Show one person: contacts, roles, training."""
    return _page(person_id)


@bp.get("/<locale>/desk/people/<uuid:person_id>/roles")
@bp.get("/<locale>/desk/people/<uuid:person_id>/roles/<uuid:grant_id>/end")
@bp.get("/<locale>/desk/people/<uuid:person_id>/training")
@bp.get("/<locale>/desk/people/<uuid:person_id>/phones/<uuid:contact_id>/prove")
@access.signed_in(Role.STAFF, Role.ADMINISTRATOR)
def back(person_id: UUID, **_rest: UUID) -> Answer:
    """Lead back to the person: the language menu of a page with a mistake leads here."""
    return redirect(url_for(".person", person_id=person_id), 303)


@bp.post("/<locale>/desk/people/<uuid:person_id>/roles")
@access.signed_in(Role.ADMINISTRATOR)
def grant(person_id: UUID) -> Answer:
    """Give somebody a role."""
    form = GrantForm()
    _offer_areas(form)
    if not form.validate_on_submit():
        return _page(person_id, 422, grant=form)
    try:
        with transaction():
            actions.grant(
                person_id=person_id, role=Role(form.role.data), area_id=UUID(form.area.data) if form.area.data else None,
                starts_on=form.starts_on.data, ends_on=form.ends_on.data, note=form.note.data or "",
                by=access.actor(), now=clock.now(),
            )
    except Refused as refused:
        return _page(person_id, 409, say(refused), grant=form)
    return pages.told(_("The role is given. A letter is on its way."), "accounts_desk.person", person_id=person_id)


@bp.post("/<locale>/desk/people/<uuid:person_id>/roles/<uuid:grant_id>/end")
@access.signed_in(Role.ADMINISTRATOR)
def end_grant(person_id: UUID, grant_id: UUID) -> Answer:
    """Take a role back."""
    held = queries.grant(grant_id)
    if held is None or held.person_id != person_id:
        abort(404)
    form = EndForm(prefix=str(grant_id))
    if not form.validate_on_submit():
        return _page(person_id, 422, **{str(grant_id): form})
    try:
        with transaction():
            actions.end_grant(grant_id=grant_id, note=form.note.data or "", by=access.actor(), now=clock.now())
    except Refused as refused:
        return _page(person_id, 409, say(refused), **{str(grant_id): form})
    if not access.actor().is_administrator or person_id == access.actor().person_id:
        return pages.told(_("The role has ended."), "accounts.settings")
    return pages.told(_("The role has ended."), "accounts_desk.person", person_id=person_id)


@bp.post("/<locale>/desk/people/<uuid:person_id>/training")
@access.signed_in(Role.STAFF, Role.ADMINISTRATOR)
def train(person_id: UUID) -> Answer:
    """Note a training; an empty day takes the note back."""
    form = TrainingForm()
    if not form.validate_on_submit():
        return _page(person_id, 422, training=form)
    try:
        with transaction():
            actions.train(
                person_id=person_id, on=form.on.data, until=form.until.data, by=access.actor(), now=clock.now()
            )
    except Refused as refused:
        return _page(person_id, 409, say(refused), training=form)
    return pages.told(_("Saved."), "accounts_desk.person", person_id=person_id)


@bp.post("/<locale>/desk/people/<uuid:person_id>/phones/<uuid:contact_id>/prove")
@access.signed_in(Role.STAFF, Role.ADMINISTRATOR)
def prove_phone(person_id: UUID, contact_id: UUID) -> Answer:
    """Note that a number was called and is theirs."""
    if contact_id not in {contact.id for contact in queries.contacts(person_id)}:
        abort(404)
    if not Form().validate_on_submit():
        return _page(person_id, 422, _("This page was open for a long time. Please press the button once more."))
    try:
        with transaction():
            actions.prove_phone(contact_id=contact_id, by=access.actor(), now=clock.now())
    except Refused as refused:
        return _page(person_id, 409, say(refused))
    return pages.told(_("Thank you. From now on they are called."), "accounts_desk.person", person_id=person_id)
