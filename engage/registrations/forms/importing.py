"""The shape of a partner's list: the file, the words it may use, and what was checked on its way back, sealed.

Between report and doing it, the list travels in the page itself, encrypted and bound to event and person:
nothing is written before staff say yes, and there is nothing to clear away if they don't.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from cryptography.fernet import InvalidToken
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from engage.core import i18n, secrets
from engage.core.city import city
from engage.core.fields import Form, Text, needed, read_number
from engage.core.i18n import gettext, language_name, own_name
from engage.core.i18n import lazy_gettext as _l
from engage.core.refusal import Refused
from engage.messages.rules import Channel
from engage.registrations.actions import PartnersList
from engage.registrations.rules.lists import LARGEST_LIST, Column, Line, Listed, Terms, Unreadable, judged
from engage.registrations.wording import COLUMNS

SEALED_FOR = timedelta(hours=1)
LONGEST_PARTNER = 120
YES, NO = frozenset({"y", "1", "x", "true"}), frozenset({"", "n", "0", "false"})


class ListForm(Form):
    """A file, and who gave it."""

    partner = Text(_l("Who gave you this list?"), longest=LONGEST_PARTNER, validators=[
        needed(_l("Please say who gave you the list: people who are invited read it.")),
    ])
    file = FileField(_l("The list, as a CSV file"), validators=[FileRequired(_l("Please choose a file."))])

    BESIDE: ClassVar[Mapping[StrEnum, str]] = dict.fromkeys(Unreadable, "file")

    def content(self) -> bytes:
        """Return the file, and no more of it than shows that it is too large."""
        return bytes(self.file.data.read(LARGEST_LIST + 1))


class SealedForm(Form):
    """A list that was checked, to be taken in."""

    sealed = HiddenField()

    def opened(self, event_id: UUID, person_id: UUID | None, now: datetime) -> PartnersList:
        """Return what was sealed for this event and person within the hour. Raises Refused."""
        if not self.validate():
            raise Refused(Unreadable.OUT_OF_DATE)
        try:
            kept = json.loads(secrets.decrypt(self.sealed.data or ""))
        except (InvalidToken, ValueError) as error:
            raise Refused(Unreadable.OUT_OF_DATE) from error
        whose = (kept.get("event"), kept.get("person")) if isinstance(kept, dict) else ()
        if whose != (str(event_id), str(person_id)) or datetime.fromisoformat(kept["at"]) + SEALED_FOR < now:
            raise Refused(Unreadable.OUT_OF_DATE)
        people = [Listed(**{**person, "channel": Channel(person["channel"])}) for person in kept["people"]]
        return PartnersList(kept["key"], kept["partner"], people)


@dataclass(frozen=True)
class Sealing:
    """For which event and whom a list is sealed, and when."""

    event_id: UUID
    person_id: UUID | None
    now: datetime

    def form(self, partner: str, people: Iterable[Listed]) -> SealedForm:
        """Return the form that brings a checked list back."""
        sealed = secrets.encrypt(json.dumps({
            "event": str(self.event_id), "person": str(self.person_id), "at": self.now.isoformat(), "key": secrets.new_token(),
            "partner": partner, "people": [asdict(person) for person in people],
        }))
        return SealedForm(formdata=None, data={"sealed": sealed})


def header_names() -> dict[str, Column]:
    """Return what a first line may call each column: in every language the site offers, and in English."""
    names = {column.value: column for column in Column} | {"e mail": Column.EMAIL}
    for code in city().locales:
        with i18n.speaking(code):
            names |= {_plain(str(name)): column for column, name in COLUMNS.items()}
    return names


def _plain(name: str) -> str:
    return " ".join(name.replace("-", " ").casefold().split())


def terms(most: int) -> Terms:
    """Return how the words of a list are read here, for parties of at most so many."""
    return Terms(
        country=city().country, languages=_languages(), otherwise=city().default_locale, most=most,
        yes=YES | _said(lambda: gettext("yes")), no=NO | _said(lambda: gettext("no")),
    )


def _said(word: Callable[[], str]) -> frozenset[str]:
    """Return a word in every language offered, and in English."""
    found = set()
    for code in ("en", *city().locales):
        with i18n.speaking(code):
            found.add(word().casefold())
    return frozenset(found)


def _languages() -> dict[str, str]:
    """Return the offered languages by their codes and names, their own and in each other."""
    found = {code: code for code in city().locales} | {own_name(code).casefold(): code for code in city().locales}
    for code in city().locales:
        with i18n.speaking(code):
            found |= {language_name(other).casefold(): other for other in city().locales}
    return found


def judged_lines(lines: Iterable[tuple[int, Mapping[Column, str]]], most: int) -> list[Line]:
    """Return each line of a list as it is by itself."""
    here = terms(most)
    return [judged(number, cells, _party(cells[Column.PARTY]), here) for number, cells in lines]


def _party(typed: str) -> int | None:
    """Return how many come; nothing said means one."""
    return read_number(typed) if typed else 1


def template() -> tuple[list[str], list[list[Any]]]:
    """Return a list to fill in, with two made-up people: one said yes, the other is only to be invited."""
    header = [str(COLUMNS[column]) for column in Column]
    first = ["Noor Haddad", "noor@example.org", "", own_name(city().locales[-1]), "2", gettext("yes")]
    second = ["Ada Brown", "ada@example.org", "", own_name(city().locales[0]), "1", gettext("no")]
    return header, [first, second]
