"""What is decided on the page of a proposal: by staff, and by its host."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from engage.core import access, clock
from engage.core.i18n import gettext as _
from engage.core.pages import attempt, told
from engage.events import actions, policy
from engage.events.forms import NoteForm
from engage.events.views import bp
from engage.events.views.finding import event_for
from engage.events.views.managing import Page, manage_page, press


@bp.post("/<locale>/my/events/<uuid:event_id>/publish")
@access.signed_in()
def publish(event_id: UUID) -> Response | Page:
    """Say yes to a proposal."""
    act = lambda: actions.publish(event_id=event_id, by=access.actor(), now=clock.now())  # noqa: E731
    return press(event_id, act, _("It is public now. Its host gets a letter."))


@bp.post("/<locale>/my/events/<uuid:event_id>/submit")
@access.signed_in()
def submit(event_id: UUID) -> Response | Page:
    """Send a proposal in again."""
    act = lambda: actions.submit(event_id=event_id, by=access.actor(), now=clock.now())  # noqa: E731
    return press(event_id, act, _("Thank you! We read it and write to you."))


@bp.post("/<locale>/my/events/<uuid:event_id>/withdraw")
@access.signed_in()
def withdraw(event_id: UUID) -> Response | Page:
    """Take a proposal back."""
    act = lambda: actions.withdraw(event_id=event_id, by=access.actor(), now=clock.now())  # noqa: E731
    return press(event_id, act, _("It is withdrawn."))


def _with_note(event_id: UUID, name: str, act: Callable[..., Any], field: str, message: str) -> Response | Page:
    event_for(policy.may_open, event_id)
    form = NoteForm()
    form.note.id = name  # the page has several of these
    tried = attempt(form, lambda: act(event_id=event_id, by=access.actor(), now=clock.now(), **{field: form.note.data or ""}))
    if tried.is_done:
        return told(message, "events.manage", event_id=event_id)
    return manage_page(event_id, problem=tried.problem, status=tried.status, forms={name: form})


@bp.post("/<locale>/my/events/<uuid:event_id>/changes")
@access.signed_in()
def request_changes(event_id: UUID) -> Response | Page:
    """Give a proposal back with a note."""
    message = _("Given back. Its host gets a letter with your note.")
    return _with_note(event_id, "changes", actions.request_changes, "note", message)


@bp.post("/<locale>/my/events/<uuid:event_id>/decline")
@access.signed_in()
def decline(event_id: UUID) -> Response | Page:
    """Say no to a proposal, with the reason."""
    return _with_note(event_id, "decline", actions.decline, "reason", _("Declined. Its host gets a letter with your reason."))


@bp.post("/<locale>/my/events/<uuid:event_id>/answer")
@access.signed_in()
def answer(event_id: UUID) -> Response | Page:
    """Write to the other side of a proposal."""
    return _with_note(event_id, "note", actions.answer, "body", _("Your note is sent."))
