"""Tables that staff take with them: numbers stay numbers, texts stay texts."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.core import sheets

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = '=HYPERLINK("http://evil.example","win")'


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def only(cell):
    return read(sheets.as_csv(["a"], [[cell]]))[1][0]


class Book:
    """A workbook read back without another library."""

    def __init__(self, rows, header=("Name",), title="Dinners", **options):
        with zipfile.ZipFile(io.BytesIO(sheets.as_xlsx(header, rows, title=title, **options))) as file:
            parts = {name: file.read(name) for name in file.namelist()}
        self.names = set(parts)
        self.sheet, self.book, self.styles = (
            ET.fromstring(parts[f"xl/{name}.xml"]) for name in ("worksheets/sheet1", "workbook", "styles")  # noqa: S314 - our own
        )
        strings = parts.get("xl/sharedStrings.xml", b"<sst/>")
        self.strings = ["".join(part.itertext()) for part in ET.fromstring(strings)]  # noqa: S314 - our own

    @property
    def title(self):
        return self.book.find(f"{S}sheets/{S}sheet").get("name")

    def cell(self, place):
        return self.sheet.find(f".//{S}c[@r='{place}']")

    def value(self, place):
        cell = self.cell(place)
        found = cell.find(f"{S}v").text
        return self.strings[int(found)] if cell.get("t") == "s" else float(found)

    def style(self, place):
        return self.styles.findall(f"{S}cellXfs/{S}xf")[int(self.cell(place).get("s"))]

    def shape(self, place):
        shapes = {each.get("numFmtId"): each.get("formatCode") for each in self.styles.iter(f"{S}numFmt")}
        return shapes[self.style(place).get("numFmtId")]


def test_csv_is_what_spreadsheet_programs_read():
    content = sheets.as_csv(["Name", "Ort"], [["Zoë, M.", "أمينة"]])
    assert content == b"\xef\xbb\xbf" + 'Name,Ort\r\n"Zoë, M.",أمينة\r\n'.encode()


def test_csv_keeps_quotes_and_lines():
    assert only('say "hi"\r\nand go') == 'say "hi"\r\nand go'


@pytest.mark.parametrize("typed", [
    LINK, "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\tword", "\rword", "  =1", "\n=1", "\u00a0=1", "\x00=1", "\ufeff=1", "＝1",
])
def test_csv_text_never_becomes_a_formula(typed):
    assert only(typed) == f"'{typed}"
    assert read(sheets.as_csv([typed], []))[0] == [f"'{typed}"]


@pytest.mark.parametrize("typed", ["a=b", "word", "", "'quoted", "1 - 2", " plain"])
def test_csv_other_text_stays_as_it_is(typed):
    assert only(typed) == typed


@pytest.mark.parametrize("cell, written", [
    (-5, "-5"), (-1.5, "-1.5"), (Decimal("-12.50"), "-12.50"), (Decimal("1E+3"), "1000"), (0, "0"), (None, ""),
    (date(2026, 11, 24), "2026-11-24"), (datetime(2026, 11, 24, 18, 30, tzinfo=UTC), "2026-11-24T18:30:00+00:00"),
    (Decimal("sNaN"), "sNaN"), (float("-inf"), "'-inf"),
])
def test_csv_numbers_and_dates_are_bare(cell, written):
    assert only(cell) == written


@given(st.text(alphabet=st.characters()))
def test_csv_is_always_utf8_and_never_starts_a_formula(typed):
    assert not only(typed).lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("typed", [
    LINK, "+1", "-1", "@SUM(A1)", "{=1+1}", "https://evil.example", "mailto:a@example.org", "123", "  =1", "<b>&</b>", "",
])
def test_xlsx_text_is_a_string_and_nothing_else(typed):
    book = Book([[typed]])
    assert book.cell("A2").get("t") == "s"
    assert book.value("A2") == typed
    assert not list(book.sheet.iter(f"{S}f"))
    assert not list(book.sheet.iter(f"{S}hyperlink"))


def test_xlsx_header_is_no_formula_either():
    book = Book([], header=[LINK])
    assert book.value("A1") == LINK
    assert not list(book.sheet.iter(f"{S}f"))


def test_xlsx_markup_of_the_library_is_only_text():
    typed = "<r><t>x</t></r></si></sst><f>1</f><r></r>"
    assert Book([[typed]]).value("A2") == f"{typed} "


@given(st.text(alphabet=st.characters(), max_size=20))
@settings(max_examples=40, deadline=None)
def test_xlsx_can_be_read_whatever_was_typed(typed):
    book = Book([[typed]], title=typed)
    assert book.cell("A2").get("t") == "s"
    assert len(book.title.encode("utf-16-le")) <= 62


@pytest.mark.parametrize("cell", [-5, -1.5, Decimal("-12.50"), 0, 1250])
def test_xlsx_numbers_stay_numbers(cell):
    book = Book([[cell]])
    assert book.cell("A2").get("t") in {None, "n"}
    assert book.value("A2") == float(cell)


@pytest.mark.parametrize("cell", [float("nan"), float("-inf"), Decimal("NaN"), Decimal("sNaN")])
def test_xlsx_what_is_no_number_is_a_text(cell):
    assert Book([[cell]]).value("A2") == str(cell)


def test_xlsx_dates_are_dates():
    book = Book([[date(2026, 11, 24), datetime(2026, 11, 24, 18, tzinfo=UTC), date(1848, 3, 18)]])
    assert book.value("A2") == 46350
    assert book.value("B2") == 46350.75
    assert book.shape("A2") == "yyyy-mm-dd"
    assert book.shape("B2") == "yyyy-mm-dd hh:mm"
    assert book.value("C2") == "1848-03-18"


def test_xlsx_nothing_is_an_empty_cell():
    book = Book([[None, "x"]])
    assert book.cell("A2") is None
    assert book.value("B2") == "x"


def test_xlsx_header_is_bold_and_stays_in_sight():
    book = Book([["x"]])
    bold = book.styles.findall(f"{S}fonts/{S}font")[int(book.style("A1").get("fontId"))]
    assert bold.find(f"{S}b") is not None
    pane = book.sheet.find(f".//{S}pane")
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")


@pytest.mark.parametrize("title, shown", [
    ("Dinners", "Dinners"), ("a[b]c:d*e?f/g\\h", "a b c d e f g h"), ("x" * 40, "x" * 31), ("'quoted'", "quoted"),
    ("x" * 30 + "🍲", "x" * 30), ("x" * 30 + "'y", "x" * 30), ("", "Sheet1"), ("[]", "Sheet1"), ("a\x00b\nc", "ab c"),
])
def test_xlsx_title_is_one_a_sheet_may_have(title, shown):
    assert Book([], title=title).title == shown


def test_xlsx_in_arabic_runs_from_the_right():
    book = Book([["أمينة"]], header=["الاسم"], title="طلبات التمويل", is_right_to_left=True)
    assert book.title == "طلبات التمويل"
    assert book.value("A2") == "أمينة"
    assert book.sheet.find(f".//{S}sheetView").get("rightToLeft") == "1"
    assert Book([]).sheet.find(f".//{S}sheetView").get("rightToLeft") is None


def test_xlsx_holds_nothing_but_one_sheet():
    names = Book([[LINK]]).names
    assert "xl/worksheets/sheet2.xml" not in names
    assert not [name for name in names if "externalLink" in name or "vba" in name or "sheet1.xml.rels" in name]


def test_xlsx_leaves_no_file_behind(monkeypatch):
    def no_files(*given, **named):
        raise AssertionError

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(f"tempfile.{name}", no_files)
    assert Book([["x"]]).value("A2") == "x"
