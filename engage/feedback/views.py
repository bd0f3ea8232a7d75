"""Saying how it was: by the link in a letter, or by a code on paper. A spent one is thanked."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage.attendance.rules import code_of
from engage.core import access, clock, i18n, refusal
from engage.core.db import transaction
from engage.core.pages import in_their_language, network, within_limit
from engage.core.refusal import Refused, require
from engage.core.tokens import LinkKind
from engage.events.models import Event
from engage.feedback import actions, forms, policy, queries, rules

bp = Blueprint("feedback", __name__, template_folder="templates")

GUESSES = "60 per hour"  # of codes that are none, from one network: a hall's visitors share one

Page = str | tuple[str, int] | Response


@bp.get("/<locale>/feedback/<uuid:ticket_id>")
@access.by_link(policy.PURPOSE, "ticket_id")
def answer(ticket_id: UUID) -> Page:
    """Show the questions to the holder of a ticket."""
    event = _event_of(ticket_id)
    return _form(event) if event else _spent()


@bp.post("/<locale>/feedback/<uuid:ticket_id>")
@access.by_link(policy.PURPOSE, "ticket_id")
def send(ticket_id: UUID) -> Page:
    """Take an answer for a ticket."""
    event = _event_of(ticket_id)
    return _take(event, lambda said: actions.answer(
        ticket_id=ticket_id, said=said, by=access.actor(), now=clock.now()
    )) if event else _spent()


@bp.get("/f/<code>")
@access.anyone
def open_sheet(code: str) -> Response:
    """Lead who has a printed code on, in the language of whoever scans: one sheet is for all guests."""
    return in_their_language(".sheet", code=code)


@bp.get("/<locale>/f/<code>")
@access.anyone
def sheet(code: str) -> Page:
    """Show the questions to who has a printed code."""
    event = _event_of_sheet(code)
    if event is None:
        return _spent()
    return _form(event, message=_too_early(event))


@bp.post("/<locale>/f/<code>")
@access.anyone
def send_sheet(code: str) -> Page:
    """Take an answer for a printed code."""
    event = _event_of_sheet(code)
    return _take(event, lambda said: actions.answer_on_sheet(
        code=code_of(code), said=said, by=access.actor(), now=clock.now()
    )) if event else _spent()


@bp.get("/<locale>/feedback/thanks")
@access.anyone
def thanks() -> Page:
    """Thank for an answer."""
    return render_template("feedback/thanks.html")


def _take(event: Event, keep: Callable[[Mapping[str, Any]], None]) -> Page:
    form = forms.answer_form(queries.questions(event.programme), i18n.locale())
    if not form.validate_on_submit():
        return _form(event, form, status=422)
    try:
        with transaction():
            keep(form.said(i18n.locale()))
    except Refused as refused:
        if refused.reason is rules.Reason.SPENT:
            return _spent()
        return _form(event, form, message=refusal.say(refused), status=409)
    return redirect(url_for(".thanks"), 303)


def _form(event: Event, form: forms.AnswerForm | None = None, *, message: str = "", status: int = 200) -> tuple[str, int]:
    form = form or forms.answer_form(queries.questions(event.programme), i18n.locale())
    return render_template("feedback/answer.html", event=event, form=form, message=message), status


def _spent() -> str:
    return render_template("feedback/spent.html")


def _event_of(ticket_id: UUID) -> Event | None:
    """Return what a ticket asks about, or None when it is spent or its time is over."""
    require(policy.may_answer(access.actor(), ticket_id))
    ticket = queries.open_ticket(ticket_id, clock.now())
    return queries.meeting(ticket.event_id) if ticket else None


def _event_of_sheet(code: str) -> Event | None:
    """Return what a printed code asks about. Many wrong codes from one network are guesses."""
    ticket = queries.ticket_of_sheet(code_of(code), clock.now())
    if ticket is not None:
        return queries.meeting(ticket.event_id)
    if not within_limit("feedback-code", network(), GUESSES):
        abort(429)
    return None


def _too_early(event: Event) -> str:
    if event.starts_at is None or clock.now() >= event.starts_at:
        return ""
    return refusal.say(Refused(rules.Reason.TOO_EARLY, starts_at=event.starts_at, zone=event.zone))


LINKS = (LinkKind(policy.PURPOSE, queries.revocation, "feedback.answer", "ticket_id"),)
