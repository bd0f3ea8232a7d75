"""What a meeting needs on paper: posters, flyers, lists, badges, cards; for its hosts and staff.

No sheet carries a home's address: posters hang where everybody reads them.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from math import ceil
from typing import Any
from uuid import UUID

from flask import render_template

from engage.core import access, pages
from engage.core.i18n import gettext as _
from engage.core.refusal import NotFound
from engage.events import policy, wording
from engage.events.models import Event
from engage.events.rules import PUBLIC, Acceptance, State
from engage.events.views.finding import event_for
from engage.front.desk.blueprint import bp
from engage.front.forms import print_form
from engage.registrations import queries as registrations
from engage.registrations.adapters import qr

LINES_TO_SIGN, FLYERS, BADGES, AT_A_TABLE, MOST_TABLES = 18, 4, 8, 8, 40


class Paper(StrEnum):
    """What can be printed here."""

    POSTER = "poster"
    FLYERS = "flyers"
    SIGN_IN = "sign-in"
    BADGES = "badges"
    CARDS = "cards"


OUTWARD = frozenset({Paper.POSTER, Paper.FLYERS})


@bp.get("/<locale>/my/events/<uuid:event_id>/print")
@access.signed_in()
def printing(event_id: UUID) -> tuple[str, int]:
    """Show what there is to print for a meeting, and the choice of languages."""
    event = _event(event_id)
    form = print_form(_languages(event), _tables(event))
    is_fine = form.validate()
    chosen = {"languages": _languages(event), "tables": form.tables.data if is_fine else _tables(event)}
    page = render_template("front/print/index.html", event=event, form=form, chosen=chosen, invites=_invites(event))
    return page, 200 if is_fine else 422


@bp.get("/<locale>/my/events/<uuid:event_id>/print/<what>")
@access.signed_in()
def sheets(event_id: UUID, what: str) -> str:
    """Show one kind of sheets, made for the printer."""
    event = _event(event_id)
    if what not in set(Paper) or (what in OUTWARD and not _invites(event)):
        raise NotFound
    codes = _languages(event)
    return render_template(f"front/print/{what}.html", event=event, codes=codes, **_CONTENTS[Paper(what)](event, codes))


def _event(event_id: UUID) -> Event:
    """Return a public meeting for who runs it; for all others it does not exist."""
    event = event_for(policy.may_manage, event_id)
    if event.state not in PUBLIC:
        raise NotFound
    return event


def _invites(event: Event) -> bool:
    """Say whether everybody may read of the meeting and come: nothing is hung up of what is closed, over or called off."""
    return event.state == State.PUBLISHED and not event.programme.is_closed


def _languages(event: Event) -> list[str]:
    return pages.languages(row.code for row in event.languages)


def _tables(event: Event) -> int:
    return min(MOST_TABLES, ceil((event.capacity or AT_A_TABLE) / AT_A_TABLE))


def _parts(event: Event, codes: list[str], template: str) -> list[Any]:
    """Return a part of a sheet in each language, with the code and the address of the meeting's page in it."""
    def context() -> dict[str, Any]:
        url = pages.address("events.show", slug=event.slug)
        shown = url.removeprefix("https://").removeprefix("http://")
        return {"event": event, "url": shown, "picture": qr(url, _("The meeting's page"))}

    return pages.in_each(codes, f"front/print/{template}.html", context)


def _poster(event: Event, codes: list[str]) -> dict[str, Any]:
    return {"parts": _parts(event, codes, "poster_part")}


def _flyers(event: Event, codes: list[str]) -> dict[str, Any]:
    parts = _parts(event, codes, "flyer_part")
    return {"parts": [parts[number % len(parts)] for number in range(FLYERS)]}


def _sign_in(event: Event, codes: list[str]) -> dict[str, Any]:
    return {
        "parts": _parts(event, codes, "sign_in_part"), "lines": LINES_TO_SIGN,
        "columns": [_in_each(codes, name) for name in (
            lambda: _("Name"), lambda: _("How many people"), lambda: _("Languages"), lambda: _("How did you hear of it?"),
        )],
    }


def _in_each(codes: list[str], say: Callable[[], str]) -> list[tuple[str, str]]:
    return [(code, str(text)) for code, text in pages.in_each(codes, "front/print/words.html", lambda: {"words": say()})]


def _badges(event: Event, _codes: list[str]) -> dict[str, Any]:
    """Return a badge for who is there to welcome, for each guest by name, and empty ones for those who come along."""
    hosts = [part for part in event.people if part.acceptance == Acceptance.ACCEPTED and part.called]
    guests = registrations.seated(event.id)
    named: list[tuple[str, str, tuple[str, ...]]] = [(part.called, wording.role(part.role), ()) for part in hosts]
    named += [(guest.called, "", tuple(guest.speaks)) for guest in guests]
    empty = sum(guest.party_size - 1 for guest in guests) or 1
    empty += -(len(named) + empty) % BADGES  # the last sheet is filled
    return {"badges": [*named, *[("", "", ())] * empty]}


def _cards(event: Event, codes: list[str]) -> dict[str, Any]:
    form = print_form(codes, _tables(event))
    tables = int(form.tables.data or 1) if form.validate() else _tables(event)
    return {"cards": [(number, _in_each(codes, partial(_table, number))) for number in range(1, tables + 1)]}


def _table(number: int) -> str:
    return _("Table %(number)s", number=number)


_CONTENTS: Mapping[Paper, Callable[[Event, list[str]], dict[str, Any]]] = {
    Paper.POSTER: _poster, Paper.FLYERS: _flyers, Paper.SIGN_IN: _sign_in, Paper.BADGES: _badges, Paper.CARDS: _cards,
}
