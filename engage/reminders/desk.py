"""Staff's and hosts' screens of reminders: who was not reached, and what the letters look like."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.core import access, clock, i18n, pages
from engage.core.access import Actor, Role
from engage.core.db import transaction
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.pages import Panel, Queue
from engage.core.pages.answers import SECURITY_HEADERS
from engage.core.refusal import NotFound, require
from engage.events import policy as events_policy
from engage.events.models import Event
from engage.messages import letters
from engage.messages.letters import Letter, Written
from engage.messages.queries import Unreached
from engage.messages.queries import letter as outbox_letter
from engage.messages.rules import Channel
from engage.places import queries as places
from engage.reminders import actions, policy, queries
from engage.reminders.forms import ToldForm
from engage.reminders.wording import why

bp = Blueprint("reminders_desk", __name__, template_folder="templates")

STAFF = (Role.STAFF, Role.ADMINISTRATOR)
# A letter is shown in a frame of its own: its inline styles are allowed there and nowhere else.
FRAME_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
FRAMING_POLICY = SECURITY_HEADERS["Content-Security-Policy"] + "; frame-src 'self'"


@bp.get("/<locale>/desk/unreached")
@access.signed_in(*STAFF)
def unreached_index() -> str:
    """Show who was not reached, and about what."""
    found = queries.matters_with_missed(access.actor(), clock.now())
    areas = {area.id: area.name for area in places.all_neighbourhoods()}
    return render_template("reminders/unreached_index.html", matters=found, areas=areas)


@bp.get("/<locale>/desk/unreached/<uuid:subject_id>")
@access.signed_in(*STAFF)
def unreached(subject_id: UUID) -> str:
    """Show who was not reached about something, what they should know, and how to call them."""
    about = queries.matter(subject_id)
    require(policy.may_see_unreached(access.actor(), about))
    people = [(one, [(_subject(row), why(row)) for row in one.letters]) for one in queries.missed(about, clock.now())]
    return render_template("reminders/unreached.html", about=about, people=people, form=ToldForm(), phone=Channel.PHONE)


@bp.post("/<locale>/desk/unreached/<uuid:subject_id>/<uuid:address_id>")
@access.signed_in(*STAFF)
def told(subject_id: UUID, address_id: UUID) -> WerkzeugResponse | tuple[str, int]:
    """Keep that somebody was told by other means."""
    if not ToldForm().validate_on_submit():
        return unreached(subject_id), 422
    with transaction():
        actions.note_told(subject_id=subject_id, address_id=address_id, by=access.actor())
    return pages.told(_("Thank you for telling them."), ".unreached", subject_id=subject_id)


@bp.get("/<locale>/desk/letters")
@access.signed_in()
def previews() -> str:
    """Show every letter the site writes, with links to it in each language."""
    samples = [(name, letters.write(letter).subject) for name, letter in _samples(i18n.locale())]
    return render_template("reminders/previews.html", samples=sorted(samples, key=lambda sample: sample[1]))


@bp.get("/<locale>/desk/letters/<name>/<language>")
@access.signed_in()
def preview(name: str, language: str) -> Response:
    """Show one letter in one language, as HTML and as text."""
    page = render_template("reminders/preview.html", name=name, language=language, written=_preview(name, language))
    return Response(page, headers={"Content-Security-Policy": FRAMING_POLICY})


@bp.get("/<locale>/desk/letters/<name>/<language>/page")
@access.signed_in()
def preview_page(name: str, language: str) -> Response:
    """Give one letter's HTML alone, for the frame around it."""
    return Response(_preview(name, language).html, headers={"Content-Security-Policy": FRAME_POLICY})


def _preview(name: str, language: str) -> Written:
    kind = letters.KINDS.get(name)
    if kind is None or kind.sample is None or not i18n.is_offered(language):
        raise NotFound
    unsubscribe = pages.address("front.home", locale=language) if kind.topic else None
    with i18n.speaking(language):
        return letters.write(kind.sample(language), unsubscribe_url=unsubscribe)


def _samples(language: str) -> list[tuple[str, Letter]]:
    return [(name, kind.sample(language)) for name, kind in letters.KINDS.items() if kind.sample]


def _subject(row: Unreached) -> str:
    """Return what a letter was to tell, in the reader's language; nothing where it lost its cause."""
    kept, kind = outbox_letter(row.letter_id), letters.KINDS.get(row.kind)
    letter = kind.render(kept.facts, clock.now()) if kept and kind else None
    return letters.write(letter, locale=i18n.locale()).subject if letter else ""


def _of_event(actor: Actor, event: Event) -> dict[str, Any] | None:
    """Tell staff on an event's page how many were not reached, and lead hosts to the letters."""
    is_public = event.published_at is not None and events_policy.may_manage(actor, event)
    missed = _missed_at(actor, event)
    return {"event": event, "missed": missed, "is_public": is_public} if is_public or missed else None


def _missed_at(actor: Actor, event: Event) -> int:
    if event.state in events_policy.HIDDEN or not policy.may_see_unreached(actor, event):
        return 0
    return len(queries.missed(queries.meeting(event), clock.now()))


def _count(actor: Actor) -> int:
    return queries.count_missed(actor, clock.now())


PANELS = (Panel("event", 60, "reminders/panel.html", _of_event),)
QUEUES = (Queue(_l("Letters that did not arrive"), "reminders_desk.unreached_index", _count),)
