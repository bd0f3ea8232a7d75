"""What somebody has to do: its page for whoever does it, by account or by the link in their letter; and its panels."""

from typing import Any
from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from engage.concerns import policy
from engage.concerns.actions import acting as actions
from engage.concerns.forms import meeting as forms
from engage.concerns.models import ActionItem, Concern
from engage.concerns.queries import acting, agendas
from engage.concerns.queries import minutes as minutes_queries
from engage.concerns.rules import meeting as rules
from engage.concerns.views.blueprint import bp
from engage.concerns.wording import acting as labels
from engage.core import access, clock
from engage.core.access import Actor
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import locale
from engage.core.pages import Panel, attempt, told
from engage.core.refusal import NotFound
from engage.core.tokens import LinkKind
from engage.events.models import Event

ADDRESS = "/<locale>/my/actions/<uuid:action_id>"
DONE = _l("What was done? Everybody can read it.")
Page = tuple[str, int]


def _action(action_id: UUID) -> ActionItem:
    action = acting.one(action_id)
    if not policy.may_report_action(access.actor(), action):
        raise NotFound
    return action


@bp.get(ADDRESS)
@access.by_link(policy.ACTION, "action_id")
def owned(action_id: UUID) -> Page:
    """Show what is to be done to whoever does it."""
    return _page(action_id)


def _page(action_id: UUID, problem: str = "", status: int = 200, **filled: Form) -> Page:
    action, today = _action(action_id), actions.today(clock.now())
    page = render_template(
        "concerns/owned.html", action=action, problem=problem, labels=labels, today=today,
        overdue=rules.days_overdue(action.state, action.due_on, today),
        report=filled.get("report") or forms.ReportForm(formdata=None),
        done=filled.get("done") or forms.outcome_form(DONE, formdata=None),
    )
    return page, status


@bp.post(f"{ADDRESS}/report")
@access.by_link(policy.ACTION, "action_id")
def report_action(action_id: UUID) -> Response | Page:
    """Say how it stands."""
    _action(action_id)
    form = forms.ReportForm()
    done, problem, status = attempt(form, lambda: actions.report(
        action_id=action_id, body=form.body.data or "", locale=locale(), by=access.actor(), now=clock.now()
    ))
    if done:
        return told(_("Thank you! Staff can read it now."), ".owned", action_id=action_id)
    return _page(action_id, problem, status, report=form)


@bp.post(f"{ADDRESS}/done")
@access.by_link(policy.ACTION, "action_id")
def finish_own(action_id: UUID) -> Response | Page:
    """Say that it is done."""
    _action(action_id)
    form = forms.outcome_form(DONE)
    done, problem, status = attempt(form, lambda: actions.finish(
        action_id=action_id, outcome=form.text("outcome"), by=access.actor(), now=clock.now()
    ))
    if done:
        return told(_("Thank you! Whoever raised it hears that it is done."), ".owned", action_id=action_id)
    return _page(action_id, problem, status, done=form)


# --- panels -----------------------------------------------------------------------------------------


def _of_concern(_actor: Actor, concern: Concern) -> dict[str, Any] | None:
    """Show everybody what is done about a concern."""
    found = {"actions": concern.actions, "labels": labels, "rules": rules, "today": actions.today(clock.now())}
    return found if concern.actions else None


def _of_meeting(_actor: Actor, event: Event) -> dict[str, Any] | None:
    """Lead from a meeting's public page to its agenda and minutes, without asking the database."""
    return {"event": event} if event.papers else None


def _of_event(actor: Actor, event: Event) -> dict[str, Any] | None:
    """Lead those who run a meeting to its agenda and minutes, its officials to what was published."""
    if policy.may_plan(actor, event):
        items = agendas.items(event.id)
        has_begun = rules.minutes_refusal(event.starts_at, clock.now()) is None
        return {
            "event": event, "agenda": agendas.of(event.id), "items": items, "planned": sum(item.minutes for item in items),
            "has_begun": has_begun, "newest": len(minutes_queries.versions(event.id)) if has_begun else 0,
        }
    return None


def _mine(actor: Actor, _subject: object) -> dict[str, Any] | None:
    """Show somebody with an account what they still have to do."""
    found = acting.owned_by(actor.person_id) if actor.person_id else []
    return {"actions": found, "today": actions.today(clock.now()), "labels": labels, "rules": rules} if found else None


LINKS: tuple[LinkKind, ...] = (LinkKind(policy.ACTION, acting.revocation, "concerns.owned", "action_id"),)
PANELS: tuple[Panel, ...] = (
    Panel("concern", 40, "concerns/concern_panel.html", _of_concern),
    Panel("meeting", 20, "concerns/meeting_panel.html", _of_meeting),
    Panel("event", 18, "concerns/agenda_panel.html", _of_event),
    Panel("my", 41, "concerns/my_actions_panel.html", _mine),
)
