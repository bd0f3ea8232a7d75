"""Writing to guests: words in each language, then what each gets and how many, then the letters."""

from collections import Counter
from collections.abc import Sequence
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
from engage.messages.letters import spoken
from engage.messages.rules import Channel
from engage.registrations import policy as policies
from engage.registrations import queries
from engage.registrations.desk.blueprint import Page, bp, public_for
from engage.registrations.forms import WriteForm, write_form
from engage.registrations.queries import Addressed


@dataclass(frozen=True)
class Preview:
    """What would leave: who gets a letter in which language, who has only a phone, who has ended such letters."""

    letter: ToGuests
    readers: Sequence[Addressed]
    meetings: int

    @property
    def written(self) -> list[Addressed]:
        return [reader for reader in self.readers if reader.channel == Channel.EMAIL and not reader.has_ended]

    @property
    def by_phone(self) -> list[Addressed]:
        return [reader for reader in self.readers if reader.channel == Channel.PHONE]

    @property
    def ended(self) -> list[Addressed]:
        return [reader for reader in self.readers if reader.channel == Channel.EMAIL and reader.has_ended]

    @property
    def languages(self) -> Counter[tuple[str, str]]:
        """Return how many read which language and get which."""
        read = [spoken(reader.locale) for reader in self.written]
        return Counter((code, self.letter.body.shown(code).lang) for code in read)

    def letters_in(self, language: str) -> int:
        return sum(number for (_read, given), number in self.languages.items() if given == language)


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
    if not preview.written and not preview.by_phone:
        return _page(event, form, 409, _nobody(preview))
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
    return Preview(letter, queries.addressed(reached, letter.audience), len(reached))


def _nobody(preview: Preview) -> str:
    if preview.ended:
        return _("Nobody would get it: all of them have ended our letters about their places.")
    return _("There is nobody to write to yet.")


def _confirm(event: Event, form: WriteForm, preview: Preview) -> Response | tuple[str, int]:
    is_staff = policies.may_see_contacts(access.actor(), event)
    page = render_template("registrations/write_check.html", event=event, form=form, preview=preview, is_staff=is_staff)
    return page, 200


def _page(event: Event, form: WriteForm, status: int, problem: str = "") -> tuple[str, int]:
    return render_template("registrations/write.html", event=event, form=form, problem=problem), status
