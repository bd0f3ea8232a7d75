"""A partner's list of people: what would become of each line, first; doing it, second."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, render_template, request

from engage.core import access, clock, pages, refusal, sheets
from engage.core.db import transaction
from engage.core.i18n import ngettext
from engage.core.pages import told
from engage.core.refusal import Refused
from engage.events.models import Event
from engage.registrations import actions, adapters, policy, queries, rules
from engage.registrations.actions import TakenIn
from engage.registrations.desk.blueprint import GUESTS, Page, bp, public_for
from engage.registrations.forms import ListForm, SealedForm, Sealing, header_names, judged_lines, party_limit, template
from engage.registrations.rules import Reason
from engage.registrations.rules.lists import ASKED_FIRST, NEW, Fate, Line, beside
from engage.registrations.wording import COLUMNS, FATES, HINTS, WRONG


@bp.route(f"{GUESTS}/list", methods=["GET", "POST"])
@access.signed_in()
def check_list(event_id: UUID) -> Page:
    """Take a file and show what would become of each line; nothing is written until the report comes back."""
    event = public_for(policy.may_register, event_id)
    if "sealed" in request.form:
        return _take_in(event_id)
    form = ListForm()
    if not form.is_submitted():
        return _page(event, form, 200)
    if _refusal(event):
        return _page(event, form, 409)
    if not form.validate():
        return _page(event, form, 422)
    try:
        table = adapters.read(form.content(), header_names(), most=pages.settings().most_listed)
    except Refused as refused:
        return _page(event, form, 422, form.show(refused))
    by_themselves = judged_lines(table.lines, party_limit(event))
    known = queries.known(event.id, [line.person for line in by_themselves if line.person])
    lines = list(beside(by_themselves, known))
    return _report(event, form.partner.data or "", table, lines)


def _take_in(event_id: UUID) -> Page:
    """Do what the report said."""
    form, actor, now = SealedForm(), access.actor(), clock.now()
    try:
        given = form.opened(event_id, actor.person_id, now)
        with transaction():
            done = actions.take_list_in(event_id=event_id, given=given, by=actor, now=now)
    except Refused as refused:
        return _page(public_for(policy.may_register, event_id), ListForm(formdata=None), 409, refusal.say(refused))
    return told(_done(done), ".guests", event_id=event_id)


@bp.get(f"{GUESTS}/list/template.csv")
@access.signed_in()
def list_template(event_id: UUID) -> Response:
    """Give a list to fill in."""
    public_for(policy.may_register, event_id)
    answer = Response(sheets.as_csv(*template()), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="list.csv")
    return answer


def _done(done: TakenIn) -> str:
    registered = ngettext("%(num)s sign-up was taken in.", "%(num)s sign-ups were taken in.", done.registered)
    invited = ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", done.invited)
    return f"{registered} {invited}"


def _report(event: Event, partner: str, table: adapters.Table, lines: Sequence[Line]) -> Page:
    people = [line.person for line in lines if line.person and line.fate in NEW]
    fates = Counter(line.fate for line in lines)
    sealing = Sealing(event.id, access.actor().person_id, clock.now())
    page = render_template(
        "registrations/list_report.html", event=event, partner=partner, table=table, lines=lines, fates=fates,
        form=sealing.form(partner, people), has_new=bool(people), troubled=[line for line in lines if _is_troubled(line)],
        coming=sum(person.party_size for person in people if person.has_consent), left=queries.free_seats(event.id),
        waiting=len(queries.waiting(event.id)), **_words(),
    )
    return page, 200


def _is_troubled(line: Line) -> bool:
    return line.fate in (Fate.WRONG, Fate.TWICE, *ASKED_FIRST) or bool(line.hints)


def _words() -> dict[str, Any]:
    return {"fate_names": FATES, "wrong": WRONG, "hints": HINTS, "asked_first": ASKED_FIRST}


def _page(event: Event, form: ListForm, status: int, problem: str = "") -> tuple[str, int]:
    reason = _refusal(event)
    page = render_template(
        "registrations/list.html", event=event, form=form, problem=problem, columns=COLUMNS, most=pages.settings().most_listed,
        refused=refusal.say(Refused(reason)) if reason else "", limit=party_limit(event),
    )
    return page, status


def _refusal(event: Event) -> Reason | None:
    """Say why no list can be taken in here now."""
    now = clock.now()
    return rules.list_refusal(
        event.state, is_paused=event.is_sign_up_paused, is_closed=event.programme.is_closed, starts_at=event.starts_at or now,
        now=now,
    )
