"""Tables that leave the house: CSV and XLSX, in which no text is ever a formula."""

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

Cell = str | int | float | Decimal | date | datetime | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TITLE = 31  # of a sheet, in units of UTF-16
FIRST_YEAR = 1900  # that a workbook can count from
SHAPES = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm"}
_FORMULA = frozenset("=+-@")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV (RFC 4180): UTF-8 with the mark that spreadsheets look for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_plain(cell) for cell in header])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if _is_number(cell):
        return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    text = str(cell)
    return f"'{text}" if _may_be_formula(text) else text


def _may_be_formula(text: str) -> bool:
    """Say whether a spreadsheet could take a text for a formula (OWASP, CSV injection): by its first sign that is seen,
    full-width ones as well, or by a tab or line break before it."""
    if text[:1] in ("\t", "\r"):
        return True
    seen = (letter for letter in text if not (letter.isspace() or unicodedata.category(letter)[0] in "CZ"))
    return unicodedata.normalize("NFKC", next(seen, "")) in _FORMULA


def _is_number(cell: Cell) -> bool:
    """Say whether something is a number a spreadsheet knows: not "not a number", nor without an end."""
    if isinstance(cell, Decimal):
        return cell.is_finite()
    return isinstance(cell, int | float) and math.isfinite(cell)


def as_xlsx(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str, is_right_to_left: bool = False) -> bytes:
    """Return a table as a workbook of one sheet; numbers stay numbers, days stay days. An instant's zone is left out."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_title(title))
        sheet.freeze_panes(1, 0)
        if is_right_to_left:
            sheet.right_to_left()
        bold = book.add_format({"bold": True})
        shapes = {kind: book.add_format({"num_format": shape}) for kind, shape in SHAPES.items()}
        for column, text in enumerate(header):
            sheet.write_string(0, column, _text(text), bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                _write(sheet, (line, column), cell, shapes)
    return out.getvalue()


def _write(sheet: Any, place: tuple[int, int], cell: Cell, shapes: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, date) and cell.year >= FIRST_YEAR:
        sheet.write_datetime(*place, cell, shapes[type(cell)])
    elif isinstance(cell, date):
        sheet.write_string(*place, cell.isoformat())
    elif _is_number(cell):
        sheet.write_number(*place, float(cell))
    else:
        sheet.write_string(*place, _text(str(cell)))


def _text(text: str) -> str:
    """Return a text as XML can hold it. What looks like the library's own rich text gets a space: it is written raw."""
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    return f"{kept} " if kept.startswith("<r>") and kept.endswith("</r>") else kept


def _title(title: str) -> str:
    """Return a name that a sheet may have."""
    words = re.sub(r"[\[\]:*?/\\]", " ", _text(" ".join(title.split())))
    cut = " ".join(words.split()).strip("'").encode("utf-16-le")[: 2 * LONGEST_TITLE]
    return cut.decode("utf-16-le", "ignore").strip(" '") or "Sheet1"
