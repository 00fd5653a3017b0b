"""Tables that people keep in spreadsheets, as CSV: read as they come from any program, written so that all read them.

Nothing of a table is guessed away: what would be lost or moved to another column is refused, with its place.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import zip_longest
from typing import Final

from collabcheck.files.source.found import MAX_PROBLEMS, Found, quoted, refused
from collabcheck.files.source.text import BOM, EMPTY, MAX_BYTES, unreadable
from collabcheck.plan import folded
from collabcheck.problems import Code, Place, of_whole_file

MAX_TABLE: Final = 5_000_000  # bytes of a survey; five hundred people with long notes need two million
MAX_ROWS: Final = 5_000  # a plan has some fifty, a survey with hundreds of people a few hundred
MAX_COLUMNS: Final = 300  # a survey with a note for every question has a hundred
MAX_CELLS: Final = 300_000  # with something in them; each takes sixty bytes of memory
MAX_CELL: Final = 20_000  # characters, as in a sheet; more is mostly a quote that is not closed

DELIMITERS: Final = (",", ";", "\t")
"""What programs put between cells; Excel takes the one of the country it runs in."""

_WINDOWS: Final = "cp1252"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_WIDEST: Final = 16_384  # cells in a row that any spreadsheet can hold; a longer one is not even taken apart
_MULTIBYTE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe2-\xef][\x80-\xbf]{2}")
_SAVE = "In Excel: Save as, then choose “CSV UTF-8”."
_CHECK = "Check that this is the right file."
_NARROW = "Delete columns that hold no answers, such as times and totals. Or check that this is the right file."
_RUNS = re.compile(r"'*[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]")
"""Begins a cell that a spreadsheet would run as a formula, also with wide signs, which some take for the usual ones.

Quotes before it are counted, so that each is kept.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows that are as long as it. Every cell is text."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    """The line of the file in which each row begins."""
    delimiter: str = field(default=DELIMITERS[0], kw_only=True)
    top: int = field(default=1, kw_only=True)
    """The line of the header."""
    columns: tuple[int, ...] = field(default=(), kw_only=True)
    """The number of each column in the file, from 1; those without a header are left out."""
    in_windows: bool = field(default=False, kw_only=True)
    """Whether its letters are read as Windows wrote them before UTF-8, which is a guess."""
    in_workbook: bool = field(default=False, kw_only=True)
    """Whether its lines and columns are those that a spreadsheet shows."""

    def place(self, row: int, column: int) -> Place:
        """Return where a cell stands: the line in which its row begins, and its column; row -1 is the header."""
        return Place(self.file, self.lines[row] if row >= 0 else self.top, self.columns[column])


def table_from(name: str, raw: bytes, *, ours: bool = True, most: int = MAX_BYTES) -> Table:
    """Read a table from bytes; `name` is what messages call it. Only `ours` have quotes that `table_bytes` put there.

    The text may be UTF-8, UTF-16 or what Windows used before, with commas, semicolons or tabs between the cells.
    """
    text, encoding = _decoded(name, checked(name, raw, most))
    draft = Draft(text, list(unreadable(text, "json")), "put both in double quotes, as one cell")
    delimiter = _delimiter(text)
    rows = _trimmed([(line, [_typed(cell) for cell in row] if ours else row) for line, row in draft.read(delimiter)])
    if not text.strip() or not (rows or draft.found):
        raise of_whole_file(name, *EMPTY)
    (top, header), body = (rows[0], rows[1:]) if rows else ((1, []), [])
    draft.check(top, header, body)
    if draft.found:
        raise refused(name, text, draft.found)
    named = [i for i, word in enumerate(header) if word.strip()]
    return Table(
        name,
        tuple(header[i] for i in named),
        tuple(tuple(row[i] if i < len(row) else "" for i in named) for _, row in body),
        tuple(line for line, _ in body),
        delimiter=delimiter,
        top=top,
        columns=tuple(i + 1 for i in named),
        in_windows=encoding == _WINDOWS,
    )


def table_bytes(header: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = DELIMITERS[0]) -> bytes:
    """Return a table as a file that spreadsheets read rightly and that runs nothing; it reads back the same.

    Every cell is in quotes: some programs take a semicolon or a tab in it for the next cell otherwise.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows(map(_harmless, row) for row in (header, *rows))
    return BOM + out.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if _RUNS.match(cell) else cell


def _typed(cell: str) -> str:
    """Take off the quote that `_harmless` puts before a cell."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell


# From bytes to rows.


def checked(name: str, raw: bytes, most: int = MAX_BYTES) -> bytes:
    """Return the bytes if they can be a text that people keep a table in."""
    if len(raw) > most:
        raise of_whole_file(name, Code.TOO_BIG, f"it has more than {most:,} bytes, too many for a table", _CHECK)
    if raw.startswith(b"PK\x03\x04"):
        raise of_whole_file(name, Code.CANNOT_READ, "this is an Excel, Word or zip file, not a table of text", _SAVE)
    return raw


def _decoded(name: str, raw: bytes) -> tuple[str, str]:
    """Return the text, with line ends of one kind, and which of the usual encodings it seems to have."""
    mixed = _MULTIBYTE.search(raw) is not None  # valid UTF-8 in one place; read as cp1252 it would be spoilt for good
    windows = [] if mixed else [_WINDOWS]
    likely = ["utf-16"] if raw.startswith(_UTF16) else ["utf-8-sig"] if raw.startswith(BOM) else ["utf-8", *windows]
    for encoding in likely:
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"), encoding
        except UnicodeDecodeError:
            continue
    raise of_whole_file(name, Code.NOT_UTF8, "its letters are saved in a way that is not known here", _SAVE)


def _delimiter(text: str) -> str:
    """Return what stands most often between the words of the first line, outside quotes."""
    first = _FIRST_LINE.match(text.lstrip("\n")[:_BEGINNING])
    outside = re.sub('"[^"]*"', "", first[0] if first else "")
    return max(DELIMITERS, key=outside.count)


_FIRST_LINE: Final = re.compile(r'(?:[^"\n]++|"[^"]*+(?:"|$))*+')
_BEGINNING: Final = 100_000  # characters, in which the delimiter shows itself


def _trimmed(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return the rows without blank ones at both ends; Excel writes one for every row that was ever touched."""
    filled = [i for i, (_, row) in enumerate(rows) if any(row)]
    return rows[filled[0] : filled[-1] + 1] if filled else []


def doubled(header: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Find the columns whose header stands before them already: their numbers, what is wrong, and what to do."""
    seen: set[str] = set()
    for column, word in header:
        if folded(word) in seen:
            message = f"the column {quoted(word)} is there for the second time"
            yield column, message, "Give each column a header of its own."
        seen.add(folded(word))


class Draft:
    """A text that is being read as a table, what is wrong with it so far, and how to make one cell of two."""

    def __init__(self, text: str, found: list[Found], joining: str) -> None:
        self.text, self.found, self._joining = text, found, joining
        self._starts = {1: 0}  # of lines in which a row begins, and no others: there may be millions
        self._at = 0

    def read(self, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows, each with the line in which it begins, as far as they can be told apart."""
        reader = csv.reader(self._lines(delimiter), delimiter=delimiter, strict=True)
        line, cells = 1, 0
        try:
            for number, row in enumerate(reader):
                cells += len(row) - row.count("")
                if number > MAX_ROWS or cells > MAX_CELLS:
                    many = f"{MAX_ROWS:,} rows" if number > MAX_ROWS else f"{MAX_CELLS:,} cells"
                    self._complain(line, Code.TOO_BIG, f"the table has more than {many}", _CHECK)
                    return
                if row:
                    yield line, row
                line = reader.line_num + 1
                self._starts[line] = self._at
        except csv.Error:
            self._broken(line)

    def _lines(self, delimiter: str) -> Iterator[str]:
        """Yield the lines one by one, up to one that no program could lay out."""
        number = 0
        while self._at < len(self.text):
            number += 1
            end = self.text.find("\n", self._at) + 1 or len(self.text)
            if self.text.count(delimiter, self._at, end) > _WIDEST:
                self._starts[number] = self._at
                self._complain(number, Code.TOO_BIG, f"the table has more than {MAX_COLUMNS} columns", _NARROW)
                return
            begun, self._at = self._at, end
            yield self.text[begun:end]

    def _broken(self, line: int) -> None:
        """Say what the reader stumbles over in the row that begins in this line; it knows only that it did."""
        rest = self.text[self._start(line) :]
        if rest.count('"') % 2:
            message = "a double quote in this row is not closed"
            advice = "Close it, or take it out. A quote inside a cell that is in quotes is written twice."
        else:
            message = "a cell in this row goes on after its closing quote, or is far too long"
            advice = "Write a quote inside a cell twice, and put the whole cell in quotes."
        self._complain(line, Code.BAD_TABLE, message, advice)

    def check(self, top: int, header: Sequence[str], body: Iterable[tuple[int, list[str]]]) -> None:
        """Find cells that no header stands over, headers that stand twice, and what is too long."""
        if len(header) > MAX_COLUMNS:
            self._complain(top, Code.TOO_BIG, f"the table has more than {MAX_COLUMNS} columns", _NARROW)
        for _, message, advice in doubled(enumerate(filter(str.strip, header))):
            self._complain(top, Code.BAD_TABLE, message, advice)
        for line, row in body:
            if len(self.found) > MAX_PROBLEMS:
                return
            self._check_row(line, header, row)

    def _check_row(self, line: int, header: Sequence[str], row: Sequence[str]) -> None:
        for number, (word, cell) in enumerate(zip_longest(header, row, fillvalue=""), start=1):
            if cell and not word.strip():
                message = f"{quoted(cell)} stands in column {number}, which has no header"
                advice = f"Give the column a header. Or, if it belongs to the cell before it, {self._joining}."
                self._complain(line, Code.BAD_TABLE, message, advice)
            if len(cell) > MAX_CELL:
                message = f"a cell in column {number} has more than {MAX_CELL:,} characters"
                self._complain(line, Code.TOO_BIG, message, "Shorten it; or a quote at its end is missing.")

    def _complain(self, line: int, code: Code, message: str, advice: str) -> None:
        self.found.append(Found(self._start(line), code, message, advice))

    def _start(self, line: int) -> int:
        """Return where a line begins."""
        if line not in self._starts:
            at = 0
            for _ in range(line - 1):
                at = self.text.find("\n", at) + 1
            self._starts[line] = at
        return self._starts[line]
