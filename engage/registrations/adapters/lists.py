"""Read a list of people as spreadsheets write it (RFC 4180, and what Excel makes of that): text in, columns out.

UTF-8 and UTF-16 are known by their marks, or by being whole. What is neither is taken for Windows-1252
only where its words look western European: an Arabic or Russian file read so would greet people by
names that are none, and is refused. No library that guesses encodings is asked: they guess wrong on short lists.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engage.core.refusal import Refused
from engage.core.text import clean
from engage.registrations.rules.lists import LARGEST_LIST, Column, Unreadable

DELIMITERS = (",", ";", "\t", "|")
LONGEST_READ = 1_000  # characters of one cell that are looked at
WESTERN = "windows-1252"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")  # xlsx and ods, xls, pdf
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATOR = re.compile(r"\A\ufeff?sep=(.)\r?\n", re.IGNORECASE)  # Excel's own first line
# What no western word holds, and other encodings leave there: a sign behind a letter, a capital behind a small one.
_NOT_WESTERN = re.compile(
    "[^\\W\\d_][\u00a4\u00a6-\u00a9\u00ab-\u00af\u00b1-\u00b3\u00b5\u00b6\u00b8\u00b9\u00bb-\u00bf\u00d7\u00f7"
    "\u201a\u0192\u201e\u2020\u2021\u02c6\u2030\u02dc]|[a-z][\u00c0-\u00de\u0160\u0152\u017d\u0178]"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Table:
    """A list as it was read: lines by the number a spreadsheet shows, columns nobody asked for, and how it was encoded."""

    lines: tuple[tuple[int, Mapping[Column, str]], ...]
    unknown: tuple[str, ...]
    encoding: str


def read(content: bytes, names: Mapping[str, Column], *, most: int) -> Table:
    """Return the lines of a file whose first line names its columns by some of `names`, in lower case. Raises Refused."""
    if len(content) > LARGEST_LIST:
        raise Refused(Unreadable.TOO_LARGE, megabytes=LARGEST_LIST // 1024**2)
    text, encoding = _decoded(content)
    if not text.strip():
        raise Refused(Unreadable.EMPTY)
    records = _records(text, names)
    header = [clean(cell[:LONGEST_READ]) for cell in next(records)[1]]
    columns = _first_of_each(names.get(_name(cell)) for cell in header)
    if Column.EMAIL not in columns and Column.PHONE not in columns:
        raise Refused(Unreadable.NO_HEADER)
    lines = _lines(records, columns, most)
    if not lines:
        raise Refused(Unreadable.EMPTY)
    unknown = tuple(cell for cell, column in zip(header, columns, strict=True) if cell and column is None)
    return Table(tuple(lines), unknown, encoding)


def _first_of_each(columns: Iterable[Column | None]) -> list[Column | None]:
    """Return columns without those that stand there twice: a second one would silently win over the first."""
    seen: list[Column | None] = []
    for column in columns:
        seen.append(None if column in seen else column)
    return seen


def _decoded(content: bytes) -> tuple[str, str]:
    """Return a file's text, and what it was encoded in."""
    if content.startswith(_WORKBOOKS):
        raise Refused(Unreadable.WORKBOOK)
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else (*_without_mark(content), WESTERN):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Refused(Unreadable.NOT_TEXT)
        if encoding != WESTERN or _is_western(text):
            return text, encoding.removesuffix("-sig")
    raise Refused(Unreadable.ENCODING)


def _without_mark(content: bytes) -> tuple[str, ...]:
    """Return what a file without a mark may be in: every second byte of western UTF-16 is zero."""
    begin = content[:2_000]
    if begin[1::2].count(0) * 2 > len(begin[1::2]):
        return ("utf-16-le",)
    return ("utf-16-be",) if begin[0::2].count(0) * 2 > len(begin[0::2]) else ("utf-8",)


def _is_western(text: str) -> bool:
    """Say whether a text read as Windows-1252 can be one: words are made of plain letters, some with accents."""
    if _NOT_WESTERN.search(text):
        return False
    accented = (word for word in _WORD.findall(text) if not word.isascii() and len(word) > 1)
    return all(2 * sum(letter.isascii() for letter in word) >= len(word) for word in accented)


def _records(text: str, names: Mapping[str, Column]) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that hold something, from the header on, with the number a spreadsheet shows."""
    told = _SEPARATOR.match(text)
    text = text[told.end():] if told else text
    delimiter = told[1] if told else _delimiter(text, names)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, 1):
            if any(cell.strip() for cell in record):
                yield number, record
    except csv.Error as error:
        raise Refused(Unreadable.QUOTES, line=reader.line_num) from error


def _delimiter(text: str, names: Mapping[str, Column]) -> str:
    """Return what stands between the columns: that under which most names of the first line are known."""
    header = text.lstrip().splitlines()[0]
    return max(DELIMITERS, key=lambda sign: sum(_name(cell.strip(' "')) in names for cell in header.split(sign)))


def _name(cell: str) -> str:
    return " ".join(re.sub(r"[-_*:]", " ", cell).casefold().split())


def _lines(
    records: Iterator[tuple[int, list[str]]], columns: list[Column | None], most: int
) -> list[tuple[int, Mapping[Column, str]]]:
    lines: list[tuple[int, Mapping[Column, str]]] = []
    for number, record in records:
        if len(lines) == most:
            raise Refused(Unreadable.TOO_MANY, most=most)
        cells = dict.fromkeys(Column, "")
        cells.update({column: clean(cell[:LONGEST_READ]) for column, cell in zip(columns, record, strict=False) if column})
        lines.append((number, cells))
    return lines
