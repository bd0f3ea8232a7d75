"""Decide what becomes of each line of a partner's list of people. Knows no file, database, request or language.

Nobody is signed up whose yes the list doesn't record: they are invited, once. What a line says is
text, whatever a spreadsheet would make of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from engage.messages.rules import Channel, normalised, sameness

LARGEST_LIST = 2 * 1024 * 1024  # bytes
LONGEST_CELL = {"called": 80, "contact": 254}


class Column(StrEnum):
    """What a list says of somebody."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    LANGUAGE = "language"
    PARTY = "party"
    CONSENT = "consent"


class Unreadable(StrEnum):
    """Why a file as a whole can't be taken."""

    EMPTY = "list_empty"
    TOO_LARGE = "list_too_large"  # megabytes
    TOO_MANY = "list_too_many"  # most
    WORKBOOK = "list_workbook"
    NOT_TEXT = "list_not_text"
    ENCODING = "list_encoding"
    NO_HEADER = "list_no_header"
    QUOTES = "list_quotes"  # line
    OUT_OF_DATE = "list_out_of_date"


class Wrong(StrEnum):
    """Why a line can't be taken."""

    NO_NAME = "line_no_name"
    NO_CONTACT = "line_no_contact"
    NOT_AN_EMAIL = "line_not_an_email"
    NOT_A_PHONE = "line_not_a_phone"
    TOO_LONG = "line_too_long"
    PARTY = "line_party"
    CONSENT = "line_consent"
    ONLY_PHONE = "line_only_phone"  # nobody said yes, and no letter can ask


class Fate(StrEnum):
    """What becomes of a line."""

    REGISTERS = "registers"
    INVITED = "invited"
    HAS_PLACE = "has_place"
    TOLD_NO = "told_no"  # by the host
    GAVE_BACK = "gave_back"
    ENDED_LETTERS = "ended_letters"
    WAS_INVITED = "was_invited"
    TWICE = "twice"  # an earlier line is about the same person
    WRONG = "wrong"


NEW = frozenset({Fate.REGISTERS, Fate.INVITED})
ASKED_FIRST = frozenset({Fate.TOLD_NO, Fate.GAVE_BACK, Fate.ENDED_LETTERS})  # a list doesn't speak for them any more
Key = tuple[Channel, str]


class Hint(StrEnum):
    """What whoever sends the list should look at, though the line can be taken."""

    FORMULA = "formula"  # kept as the text it is
    LANGUAGE = "language"  # not known: letters come in the city's own
    SAME_NAME = "same_name"  # as an earlier line, with another address


@dataclass(frozen=True)
class Listed:
    """Somebody a list names, as actions take them. `contact` is as addresses are kept."""

    called: str
    contact: str
    channel: Channel
    locale: str
    party_size: int
    has_consent: bool

    @property
    def key(self) -> Key:
        """Return what is the same for the same person."""
        return self.channel, sameness(self.contact)


@dataclass(frozen=True)
class Terms:
    """How words of a list are read: languages by every name they go by, yes and no in every language offered."""

    country: str
    languages: Mapping[str, str]
    otherwise: str  # the locale of who names none
    yes: frozenset[str]
    no: frozenset[str]
    most: int  # people in one party


@dataclass(frozen=True)
class Line:
    """One line and what becomes of it; `number` counts as a spreadsheet does."""

    number: int
    cells: Mapping[Column, str]
    fate: Fate
    person: Listed | None = None
    wrong: Wrong | None = None
    hints: tuple[Hint, ...] = ()
    same_as: int | None = None


def judged(number: int, cells: Mapping[Column, str], party: int | None, terms: Terms) -> Line:
    """Return a line as it is by itself, whoever else is on the list; `party` is None where it is no number."""
    found = _person(cells, party, terms)
    if isinstance(found, Wrong):
        return Line(number, cells, Fate.WRONG, wrong=found)
    return Line(number, cells, fate(found), found, hints=_hints(cells, terms))


def fate(person: Listed, known: Fate | None = None) -> Fate:
    """Say what becomes of somebody, of whom something may be `known` already."""
    if known is None or (known == Fate.WAS_INVITED and person.has_consent):
        return Fate.REGISTERS if person.has_consent else Fate.INVITED
    return known


def beside(lines: Iterable[Line], known: Mapping[Key, Fate]) -> Iterator[Line]:
    """Yield lines as they are beside those before them, and beside what is known of their people already."""
    people: dict[Key, int] = {}
    names: dict[str, int] = {}
    for line in lines:
        person = line.person
        if person is None:
            yield line
        elif (first := people.setdefault(person.key, line.number)) != line.number:
            yield replace(line, fate=Fate.TWICE, same_as=first)
        elif (becomes := fate(person, known.get(person.key))) not in NEW:
            yield replace(line, fate=becomes)
        elif person.called and (first := names.setdefault(person.called.casefold(), line.number)) != line.number:
            yield replace(line, hints=(*line.hints, Hint.SAME_NAME), same_as=first)
        else:
            yield line


def _person(cells: Mapping[Column, str], party: int | None, terms: Terms) -> Listed | Wrong:
    called, consent = cells[Column.NAME], cells[Column.CONSENT].casefold()
    contact = _contact(cells, terms.country)
    if isinstance(contact, Wrong):
        return contact
    faults = {
        Wrong.CONSENT: consent not in terms.yes | terms.no,
        Wrong.NO_NAME: not called and consent in terms.yes,
        Wrong.TOO_LONG: len(called) > LONGEST_CELL["called"],
        Wrong.PARTY: party is None or not 1 <= party <= terms.most,
        Wrong.ONLY_PHONE: contact[1] == Channel.PHONE and consent in terms.no,
    }
    if wrong := next((fault for fault, holds in faults.items() if holds), None):
        return wrong
    locale = terms.languages.get(cells[Column.LANGUAGE].casefold(), terms.otherwise)
    return Listed(called, *contact, locale, party or 1, has_consent=consent in terms.yes)


def _contact(cells: Mapping[Column, str], country: str) -> tuple[str, Channel] | Wrong:
    email, phone = cells[Column.EMAIL], cells[Column.PHONE]
    if not email and not phone:
        return Wrong.NO_CONTACT
    if len(email or phone) > LONGEST_CELL["contact"]:
        return Wrong.TOO_LONG
    channel = Channel.EMAIL if email else Channel.PHONE
    normal = normalised(email or phone, channel, country)
    if normal is None:
        return Wrong.NOT_AN_EMAIL if email else Wrong.NOT_A_PHONE
    return normal, channel


def _hints(cells: Mapping[Column, str], terms: Terms) -> tuple[Hint, ...]:
    language = cells[Column.LANGUAGE].casefold()
    found = {
        Hint.FORMULA: cells[Column.NAME].startswith(("=", "+", "-", "@")),
        Hint.LANGUAGE: bool(language) and language not in terms.languages,
    }
    return tuple(hint for hint, holds in found.items() if holds)
