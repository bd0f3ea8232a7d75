"""Writing to guests: words in each language, then what each gets and how many, then the letters."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from engage.core import access, clock, refusal
from engage.core.db import transaction
from engage.core.i18n import gettext as _
from engage.core.pages import told
from engage.core.refusal import Refused
from engage.events import actions as events
from engage.events import policy
from engage.events import queries as event_queries
from engage.events.actions import ToGuests
from engage.events.models import Event
from engage.messages.rules import Channel
from engage.registrations import queries
from engage.registrations.desk.blueprint import Page, bp, public_for
from engage.registrations.forms import WriteForm, write_form


@dataclass(frozen=True)
class Preview:
    """What would leave: how many letters in which language, how many have only a phone, for how many meetings."""

    languages: Counter[str]
    by_phone: int
    meetings: int

    @property
    def letters(self) -> int:
        return self.languages.total()


@bp.route("/<locale>/my/events/<uuid:event_id>/letter", methods=["GET", "POST"])
@access.signed_in()
def write(event_id: UUID) -> Page:
    """Write to guests: the second page shows each language and the count, and sends."""
    event = public_for(policy.may_write_to_guests, event_id)
    form = write_form(event)
    if not form.is_submitted() or "again" in request.form:
        return _page(event, form, 200)
    if not form.validate():
        return _page(event, form, 422)
    preview = _preview(event, form.given())
    if not preview.letters + preview.by_phone:
        return _page(event, form, 409, _("There is nobody to write to yet."))
    if "confirmed" not in request.form:
        return _confirm(event, form, preview)
    return _send(event_id, form)


def _send(event_id: UUID, form: WriteForm) -> Page:
    try:
        with transaction():
            events.write_to_guests(event_id=event_id, letter=form.given(), by=access.actor(), now=clock.now())
    except Refused as refused:
        return _page(public_for(policy.may_write_to_guests, event_id), form, 409, refusal.say(refused))
    return told(_("Your letter is on its way. Each gets it once, in their own language."), "events.manage", event_id=event_id)


def _preview(event: Event, letter: ToGuests) -> Preview:
    reached = event_queries.reached(event, letter.reach, access.actor(), clock.now())
    readers = queries.addressed(reached, letter.audience)
    written = [reader for reader in readers if reader.channel == Channel.EMAIL]
    languages = Counter(letter.body.shown(reader.locale).lang for reader in written)
    return Preview(languages, len(readers) - len(written), len(reached))


def _confirm(event: Event, form: WriteForm, preview: Preview) -> Response | tuple[str, int]:
    letter = form.given()
    page = render_template("registrations/write_check.html", event=event, form=form, letter=letter, preview=preview)
    return page, 200


def _page(event: Event, form: WriteForm, status: int, problem: str = "") -> tuple[str, int]:
    return render_template("registrations/write.html", event=event, form=form, problem=problem), status
