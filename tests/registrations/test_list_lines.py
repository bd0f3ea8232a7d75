"""What becomes of a line of a partner's list, by itself; and how files are read that spreadsheets make."""

import pytest

from engage.core.refusal import Refused
from engage.messages.rules import Channel
from engage.registrations.adapters import read
from engage.registrations.rules.lists import LARGEST_LIST, Column, Fate, Hint, Terms, Unreadable, Wrong, judged

NAMES = {column.value: column for column in Column} | {"nom": Column.NAME, "e mail": Column.EMAIL}
TERMS = Terms("GB", {"fr": "fr", "français": "fr"}, "en", yes=frozenset({"yes", "oui"}), no=frozenset({"", "no"}), most=4)


def cells(**values):
    whole = {"name": "Noor", "email": "noor@example.org", "consent": "yes", **values}
    return dict.fromkeys(Column, "") | {Column(name): text for name, text in whole.items()}


@pytest.mark.parametrize("values, party, fate, wrong", [
    ({}, 1, Fate.REGISTERS, None),
    ({"consent": "OUI"}, 1, Fate.REGISTERS, None),
    ({"consent": ""}, 1, Fate.INVITED, None),
    ({"consent": "no", "name": ""}, 1, Fate.INVITED, None),
    ({"consent": "perhaps"}, 1, Fate.WRONG, Wrong.CONSENT),
    ({"name": ""}, 1, Fate.WRONG, Wrong.NO_NAME),
    ({"name": "N" * 81}, 1, Fate.WRONG, Wrong.TOO_LONG),
    ({"email": "noor@"}, 1, Fate.WRONG, Wrong.NOT_AN_EMAIL),
    ({"email": "n" * 300}, 1, Fate.WRONG, Wrong.TOO_LONG),
    ({"email": ""}, 1, Fate.WRONG, Wrong.NO_CONTACT),
    ({"email": "", "phone": "4,41582E+11"}, 1, Fate.WRONG, Wrong.NOT_A_PHONE),
    ({"email": "", "phone": "01582 400123"}, 1, Fate.REGISTERS, None),
    ({"email": "", "phone": "01582 400123", "consent": "no"}, 1, Fate.WRONG, Wrong.ONLY_PHONE),
    ({}, 0, Fate.WRONG, Wrong.PARTY),
    ({}, 4, Fate.REGISTERS, None),
    ({}, 5, Fate.WRONG, Wrong.PARTY),
    ({}, None, Fate.WRONG, Wrong.PARTY),
])
def test_a_line_by_itself(values, party, fate, wrong):
    line = judged(2, cells(**values), party, TERMS)
    assert (line.fate, line.wrong) == (fate, wrong)


def test_email_comes_before_phone_and_language_by_any_of_its_names():
    person = judged(2, cells(phone="01582 400123", language="Français"), 2, TERMS).person
    assert (person.channel, person.contact, person.locale, person.party_size) == (Channel.EMAIL, "noor@example.org", "fr", 2)


@pytest.mark.parametrize("values, hints", [
    ({}, ()),
    ({"name": "=cmd|' /C calc'!A0"}, (Hint.FORMULA,)),
    ({"language": "Klingon"}, (Hint.LANGUAGE,)),
])
def test_what_should_be_looked_at(values, hints):
    line = judged(2, cells(**values), 1, TERMS)
    assert line.hints == hints
    assert line.person.called == values.get("name", "Noor"), "what looks like a formula is kept as the text it is"


ROWS = [["Name", "Email", "Consent"], ["Zoë Łuczak", "zoe@example.org", "yes"], ["", "", ""], ["نور", "noor@example.org", ""]]


def file(encoding="utf-8", sign=",", rows=ROWS, end="\r\n"):
    return end.join(sign.join(row) for row in rows).encode(encoding)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_file_in_any_form_excel_writes(encoding, sign):
    table = read(file(encoding, sign), NAMES, most=10)
    assert [(number, line[Column.NAME]) for number, line in table.lines] == [(2, "Zoë Łuczak"), (4, "نور")]
    assert table.lines[0][1][Column.CONSENT] == "yes"


def test_utf_16_with_its_mark_whichever_way_round():
    content = b"\xfe\xff" + file("utf-16-be")
    assert read(content, NAMES, most=10).lines[1][1][Column.NAME] == "نور"


def test_quotes_line_breaks_excels_own_first_line_and_columns_nobody_asked_for():
    content = b'sep=;\r\nNom;E-Mail;Shoe size\r\n"Haddad; Noor\r\n";noor@example.org;38\r\n'
    table = read(content, NAMES, most=10)
    assert table.lines[0][1][Column.NAME] == "Haddad; Noor"
    assert table.unknown == ("Shoe size",)


def test_of_a_column_that_stands_there_twice_the_first_is_read_and_the_other_named():
    table = read(b"Name,Email,E-Mail\nNoor,noor@example.org,\n", NAMES, most=10)
    assert table.lines[0][1][Column.EMAIL] == "noor@example.org"
    assert table.unknown == ("E-Mail",)


def test_western_european_is_known_where_its_words_are_and_everything_else_is_refused():
    french = [["Nom", "Email"], ["Hélène d’Aubigné", "h@example.org"], ["Núria Peña", "n@example.org"]]
    table = read(file("windows-1252", ";", french), NAMES, most=10)
    assert (table.encoding, table.lines[0][1][Column.NAME]) == ("windows-1252", "Hélène d’Aubigné")
    for name, encoding in (("نور حداد", "windows-1256"), ("Иван Петров", "windows-1251"), ("Łukasz Wróbłewski", "windows-1250"),
                           ("René Zoé", "mac-roman"), ("René Zoé", "cp437")):
        with pytest.raises(Refused) as refused:
            read(file(encoding, ";", [["Name", "Email"], [name, "x@example.org"]]), NAMES, most=10)
        assert refused.value.reason == Unreadable.ENCODING, encoding


@pytest.mark.parametrize("content, reason", [
    (b"", Unreadable.EMPTY),
    (b"\xef\xbb\xbf \r\n", Unreadable.EMPTY),
    (b"Name,Email\r\n,\r\n", Unreadable.EMPTY),
    (b"PK\x03\x04workbook", Unreadable.WORKBOOK),
    (b"\xd0\xcf\x11\xe0old workbook", Unreadable.WORKBOOK),
    (b"Name,Email\r\nNo\0or,noor@example.org", Unreadable.NOT_TEXT),
    (b"Noor,noor@example.org\r\nAda,ada@example.org", Unreadable.NO_HEADER),
    (b'Name,Email\r\n"Noor,noor@example.org\r\nAda,ada@example.org', Unreadable.QUOTES),
    (b"x" * (LARGEST_LIST + 1), Unreadable.TOO_LARGE),
    (b"Name,Email\r\n" + b"Noor,noor@example.org\r\n" * 11, Unreadable.TOO_MANY),
    (b"Name,Email\r\n" + b"N,n@e.org\r\n" * 50_000, Unreadable.TOO_MANY),
])
def test_a_file_that_is_refused_as_a_whole(content, reason):
    with pytest.raises(Refused) as refused:
        read(content, NAMES, most=10)
    assert refused.value.reason == reason
