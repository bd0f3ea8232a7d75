"""Coaches' screens: their hosts, notes, the next contact; and choosing a coach."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from engage.accounts import queries as accounts
from engage.core import access, clock
from engage.core.access import Actor, Role
from engage.core.fields import Choice, Date, Form, FormKey, LongText, Optional, needed, read_id
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.pages import Panel, Queue, attempt, told
from engage.funding import policy
from engage.funding.actions import coaching
from engage.funding.desk.blueprint import bp
from engage.funding.forms.onepage import Page, form_of, page
from engage.funding.models import Application
from engage.funding.queries import applications
from engage.funding.queries import coaching as queries
from engage.funding.rules import states
from engage.funding.rules.reasons import Reason
from engage.funding.wording import labels

COACHES = (Role.COACH, *policy.STAFF)


class CoachForm(Form):
    person = Choice(_l("Coach"), choices=[])

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {Reason.OWN_APPLICATION: "person", Reason.NOT_A_COACH: "person"}

    def __init__(self, application: Application, **kwargs: Any) -> None:
        super().__init__(data={"person": str(application.coach_id or "")}, **kwargs)
        people = accounts.role_holders(Role.COACH, application.neighbourhood_id)
        self.person.choices = [("", _("Nobody")), *((str(person.id), person.called) for person in people)]


class CoachNoteForm(Form):
    key = FormKey()
    on = Date(_l("When did you talk?"), validators=[needed()])
    body = LongText(_l("What did you talk about?"), longest=4000, validators=[needed(_l("Please write a few words."))])


class ContactForm(Form):
    next_on = Date(_l("When do you want to talk next?"), validators=[Optional()])


@bp.get("/<locale>/desk/funding/coaching")
@access.signed_in(*COACHES)
def coaching_index() -> str:
    """Show whom the reader coaches."""
    actor = access.actor()
    found = queries.coached_by(actor.person_id) if actor.person_id else []
    today = accounts.today()
    due = [each for each in found if queries.is_to_contact(each, today)]
    others = [each for each in found if each not in due]
    return render_template("funding/coaching.html", due=due, others=others, labels=labels, today=today)


@bp.get("/<locale>/desk/funding/coaching/<uuid:application_id>")
@access.signed_in(*COACHES)
def coached(application_id: UUID) -> Page:
    """Show one host to their coach: how to reach them, notes, the next contact."""
    return _page(application_id)


def _page(application_id: UUID, problem: str = "", status: int = 200, **forms: Form) -> Page:
    application = applications.for_actor(application_id, access.actor(), policy.may_read_coach_notes)
    is_coach = policy.is_coach(access.actor(), application)
    contacts = accounts.contacts(application.host_id) if is_coach and application.host_id else []
    text = render_template(
        "funding/coached.html", application=application, labels=labels, problem=problem, is_coach=is_coach,
        notes=queries.notes(application_id), contacts=[contact for contact in contacts if contact.proven_at],
        note=forms.get("note") or CoachNoteForm(formdata=None, data={"on": accounts.today()}),
        contact=forms.get("contact") or ContactForm(formdata=None, data={"next_on": application.next_contact_on}),
    )
    return text, status


@bp.post("/<locale>/desk/funding/coaching/<uuid:application_id>/notes")
@access.signed_in(*COACHES)
def write_coach_note(application_id: UUID) -> Response | Page:
    """Keep a note."""
    applications.for_actor(application_id, access.actor(), policy.may_coach)
    form = CoachNoteForm()
    done, problem, status = attempt(form, lambda: coaching.write_note(
        application_id=application_id, on=form.on.data, body=form.body.data or "", form_key=form.key.data or "",
        by=access.actor(), now=clock.now(),
    ))
    if done:
        return told(_("Saved."), ".coached", application_id=application_id)
    return _page(application_id, problem, status, note=form)


@bp.post("/<locale>/desk/funding/coaching/<uuid:application_id>/contact")
@access.signed_in(*COACHES)
def plan_contact(application_id: UUID) -> Response | Page:
    """Say when to talk next."""
    applications.for_actor(application_id, access.actor(), policy.may_coach)
    form = ContactForm()
    done, problem, status = attempt(form, lambda: coaching.plan_contact(
        application_id=application_id, on=form.next_on.data, by=access.actor(), now=clock.now()
    ))
    if done:
        return told(_("Saved."), ".coached", application_id=application_id)
    return _page(application_id, problem, status, contact=form)


@bp.post("/<locale>/desk/funding/application/<uuid:application_id>/coach")
@access.signed_in(*policy.STAFF)
def choose_coach(application_id: UUID) -> Response | Page:
    """Give an application's hosts somebody to ask."""
    form = CoachForm(applications.for_actor(application_id, access.actor(), policy.may_assign))
    done, problem, status = attempt(form, lambda: coaching.choose_coach(
        application_id=application_id, person_id=read_id(form.person.data), by=access.actor(), now=clock.now()
    ))
    if done:
        return told(_("Saved."), "funding.application", application_id=application_id)
    return page(application_id, problem=problem, status=status, coach=form)


def _coach(actor: Actor, application: Application) -> dict[str, Any] | None:
    """Show the hosts who coaches them, and staff whom they could ask."""
    may_choose = policy.may_assign(actor, application) and application.state in states.FUNDED | states.UNDECIDED
    known = accounts.person(application.coach_id) if application.coach_id else None
    if not may_choose and known is None:
        return None
    return {
        "application": application, "coach": known, "may_choose": may_choose,
        "form": form_of("coach", lambda: CoachForm(application, formdata=None)) if may_choose else None,
        "may_read": policy.may_read_coach_notes(actor, application),
    }


QUEUES: tuple[Queue, ...] = (
    Queue(
        _l("Hosts to talk with"), "funding_desk.coaching_index",
        lambda actor: queries.count_to_contact(actor, accounts.today()), (Role.COACH,), "to-contact",
    ),
)
PANELS: tuple[Panel, ...] = (Panel("application", 50, "funding/coach_panel.html", _coach),)
