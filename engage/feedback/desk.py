"""Staff's and hosts' screens of feedback: what was said, and paper for those who walked in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import segno
from babel import numbers
from flask import Blueprint, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from engage.core import access, clock, i18n, pages, refusal
from engage.core.access import Actor
from engage.core.city import city
from engage.core.db import transaction
from engage.core.i18n import gettext as _
from engage.core.pages import Panel
from engage.core.refusal import NotFound, Refused, require
from engage.core.text import Localized
from engage.events import policy
from engage.events import queries as events_queries
from engage.events.models import Event
from engage.events.rules import State as EventState
from engage.events.views.finding import event_for
from engage.feedback import actions, forms, queries, rules
from engage.programmes.rules import QuestionKind

bp = Blueprint("feedback_desk", __name__, template_folder="templates")

Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Bar:
    """One line of a picture and its number; `share` is of the longest bar, in percent."""

    text: Localized | str
    count: int
    share: int


@dataclass(frozen=True)
class Slip:
    """One code to cut out."""

    url: str
    picture: Markup


@bp.get("/<locale>/host/events/<uuid:event_id>/feedback")
@access.signed_in()
def results(event_id: UUID) -> Page:
    """Show what those who came said, from five answers on."""
    event = _event(event_id)
    result = queries.result(event_id)
    shown = [_shown(question, result.summary) for question in queries.questions(event.programme)] if result else []
    return render_template("feedback/results.html", event=event, result=result, questions=shown)


@bp.get("/<locale>/host/events/<uuid:event_id>/feedback/sheet")
@access.signed_in()
def sheet(event_id: UUID) -> Page:
    """Show the codes for walk-ins, to print."""
    return _sheet(event_id)


@bp.post("/<locale>/host/events/<uuid:event_id>/feedback/sheet")
@access.signed_in()
def print_sheet(event_id: UUID) -> Page:
    """Have more codes."""
    form = forms.SheetForm()
    if not form.validate_on_submit():
        return _sheet(event_id, form, status=422)
    try:
        with transaction():
            actions.print_sheets(event_id=event_id, codes=form.codes.data or 0, by=access.actor(), now=clock.now())
    except Refused as refused:
        return _sheet(event_id, form, message=refusal.say(refused), status=409)
    return pages.told(_("The codes are ready to print."), ".sheet", event_id=event_id)


@bp.get("/<locale>/host/events/<uuid:event_id>/feedback/paper")
@access.signed_in()
def paper(event_id: UUID) -> str:
    """Show the questions to fill in by hand, a sheet for each code that nobody has used, made for the printer."""
    event = event_for(policy.may_manage, event_id)
    if event.state not in rules.ASKED_ABOUT or not event.programme.questions:
        raise NotFound
    questions, codes = queries.questions(event.programme), pages.languages(row.code for row in event.languages)
    parts = pages.in_each(codes, "feedback/paper_part.html", lambda: {"event": event, "questions": questions})
    slips = [_slip(str(ticket.sheet)) for ticket in queries.sheets(event_id)]
    return render_template("feedback/paper.html", event=event, codes=codes, parts=parts, slips=slips)


def _sheet(event_id: UUID, form: forms.SheetForm | None = None, *, message: str = "", status: int = 200) -> tuple[str, int]:
    event = _event(event_id)
    locales = _locales(event)
    slips = [_slip(str(ticket.sheet)) for ticket in queries.sheets(event_id)]
    page = render_template(
        "feedback/sheet.html", event=event, form=form or forms.SheetForm(codes=len(slips) or None), slips=slips,
        asks=[(locale, _ask(locale)) for locale in locales], message=message,
    )
    return page, status


def _slip(code: str) -> Slip:
    url = pages.address("feedback.open_sheet", code=code)
    drawn = segno.make(url, error="m", micro=False)
    picture = Markup(drawn.svg_inline(omitsize=True, border=2, light="#fff", svgclass="qr", lineclass=None))  # noqa: S704 - segno's
    return Slip(url.removeprefix("https://").removeprefix("http://"), picture)


def _locales(event: Event) -> list[str]:
    """Return the languages spoken at an event that the site speaks too, and this page's where there are none."""
    spoken = {language.code for language in event.languages}
    return [locale for locale in city().locales if locale in spoken] or [i18n.locale()]


def _ask(locale: str) -> tuple[str, str]:
    with i18n.speaking(locale):
        return _("How was it for you?"), _("Scan this with your phone’s camera, or type the address. No name is asked.")


def _shown(question: queries.Question, summary: dict[str, Any]) -> dict[str, Any]:
    """Return what a page shows of one question."""
    tally = summary.get(question.key, {})
    counts: dict[str, int] = tally.get("counts", {})
    mean = rules.mean(counts) if _is_scale(question) else None
    return {
        "question": question, "bars": list(_bars(question, counts)),
        "mean": None if mean is None else numbers.format_decimal(round(mean, 1), locale=i18n.locale()),
        "answered": sum(counts.values()) or len(tally.get("texts", ())), "texts": tally.get("texts", []),
        "is_scale": _is_scale(question), "is_text": question.kind == QuestionKind.TEXT,
    }


def _bars(question: queries.Question, counts: dict[str, int]) -> Iterable[Bar]:
    lines: list[tuple[str, Localized | str]] = [(option.key, option.text) for option in question.options]
    if _is_scale(question):
        lines = [(str(step), str(step)) for step in rules.SCALE]
    longest = max(counts.values(), default=0) or 1
    return (Bar(text, counts.get(key, 0), round(100 * counts.get(key, 0) / longest)) for key, text in lines)


def _is_scale(question: queries.Question) -> bool:
    return question.kind == QuestionKind.SCALE


def _event(event_id: UUID) -> Event:
    event = events_queries.for_manage(event_id)
    require(policy.may_manage(access.actor(), event))
    return event


def _panel(actor: Actor, event: Event) -> dict[str, Any] | None:
    """Return the numbers for the page of hosts and staff."""
    if event.state not in rules.ASKED_ABOUT or not event.programme.questions or not policy.may_manage(actor, event):
        return None
    return {"event": event, "result": queries.result(event.id), "is_closed": event.state == EventState.HELD}


PANELS = (Panel("event", 50, "feedback/panel.html", _panel),)
