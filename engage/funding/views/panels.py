"""What funding shows of an application on its own page, on one's own page and on the page of a dinner."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from engage.accounts import queries as accounts
from engage.core import clock, ledger
from engage.core.access import Actor
from engage.core.pages import Panel
from engage.events import policy as events_policy
from engage.events import rules as event_rules
from engage.events.models import Event
from engage.funding import policy
from engage.funding.forms.applying import MessageForm, answered
from engage.funding.forms.onepage import form_of
from engage.funding.models import Application, Note
from engage.funding.queries import applications, rounds
from engage.funding.rules import states
from engage.funding.rules.states import State
from engage.funding.views.applying import closed, missing_things
from engage.funding.wording import labels
from engage.places import queries as places

MOST_HISTORY = 60
BEFORE_DECISION = frozenset({State.DRAFT, State.WITHDRAWN, State.DECLINED}) | states.UNDECIDED


def _next(actor: Actor, application: Application) -> dict[str, Any] | None:
    """Say what comes next until the city has decided."""
    if application.state not in BEFORE_DECISION:
        return None
    is_writable = application.state in states.WRITABLE
    return {
        "application": application, "is_applicant": policy.is_applicant(actor, application),
        "missing": missing_things(application) if is_writable else [],
        "refused": closed(application),
    }


def _applied(actor: Actor, application: Application) -> dict[str, Any] | None:
    """Show what was applied for."""
    if not application.was_sent:
        return None
    area = next((area for area in places.all_neighbourhoods() if area.id == application.neighbourhood_id), None)
    return {
        "application": application, "labels": labels, "answers": answered(application), "area": area,
        "may_open_dinner": events_policy.may_open(actor, application.event),
    }


def _talk(actor: Actor, application: Application) -> dict[str, Any] | None:
    """Show the notes and the history; staff's internal notes to staff alone."""
    if not application.was_sent:
        return None
    is_applicant = policy.is_applicant(actor, application)
    is_staff = policy.is_staff_of(actor, application) and not is_applicant
    notes = [note for note in applications.notes(application.id) if is_staff or not note.is_internal]
    history = _history(application.id)
    people = [note.author_id for note in notes] + [entry.by_id for entry in history if entry.by_kind == "person"]
    return {
        "application": application, "notes": notes,
        "history": [(entry, State(entry.details["state"]), _why(entry, notes)) for entry in history],
        "names": _names(people), "labels": labels, "is_staff": is_staff, "is_applicant": is_applicant,
        "may_write": is_applicant or policy.may_decide(actor, application),
        "form": form_of("message", lambda: MessageForm(formdata=None)),
    }


def _history(application_id: UUID) -> list[ledger.Entry]:
    entries = ledger.history(application_id, limit=200)
    return [entry for entry in entries if entry.kind == "funding.ApplicationMoved"][:MOST_HISTORY]


def _why(entry: ledger.Entry, notes: Iterable[Note]) -> Note | None:
    """Return the note that says why an application moved on, where somebody wrote one."""
    return next((note for note in notes if str(note.id) == entry.details.get("note_id")), None)


def _names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    return {person.id: person.called for person in accounts.people(found for found in ids if found).values()}


def _mine(actor: Actor, _subject: object) -> dict[str, Any] | None:
    """Find somebody's applications, and the rounds open now."""
    if actor.person_id is None:
        return None
    found = applications.of_actor(actor)
    return {"applications": found, "labels": labels} if found else None


def _of_dinner(actor: Actor, event: Event) -> dict[str, Any] | None:
    """Lead the hosts of a dinner to its application, or to the rounds that could fund it."""
    standing = applications.standing_of(event.id)
    if standing:
        application = applications.one(standing)
        return {"application": application, "labels": labels} if policy.may_open(actor, application) else None
    if event.state not in event_rules.PROPOSAL or not events_policy.is_host(actor, event):
        return None
    fitting = rounds.open_now(clock.now(), event.programme_id)
    return {"application": None, "rounds": fitting, "event": event} if fitting else None


PANELS: tuple[Panel, ...] = (
    Panel("application", 10, "funding/next_panel.html", _next),
    Panel("application", 40, "funding/applied_panel.html", _applied),
    Panel("application", 90, "funding/talk_panel.html", _talk),
    Panel("my", 30, "funding/my_panel.html", _mine),
    Panel("event", 15, "funding/event_panel.html", _of_dinner),
)
