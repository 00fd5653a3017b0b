"""Excel workbooks that strangers send: their cells as text, within limits, whatever the file claims to be.

A workbook is a zip of XML files. openpyxl takes a minute and gigabytes for one of 5 KB that is made to hurt, and so
does python-calamine, which lays out every cell up to the last one and ends the whole program if there is no memory for
them. So the few parts that hold words are read here: in small pieces, counted, by a parser that refuses every DTD.
"""

import struct
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import islice
from posixpath import dirname, join, normpath
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from collabcheck.characters import HIDDEN
from collabcheck.files.source.found import MAX_PROBLEMS, few, quoted
from collabcheck.files.tables import MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_TABLE, Table, doubled
from collabcheck.files.workbooks.parts import Book, Cells, Found, Strings, Styles, cell_name
from collabcheck.problems import Code, CollabcheckError, Place, Problem, of_whole_file

MAX_UNPACKED: Final = 20_000_000  # bytes of XML; a survey with five hundred people has two million
MAX_CELLS: Final = 300_000  # with something in them
MAX_CHARACTERS: Final = 5_000_000  # in all cells together, as a word may be stored once and stand everywhere
MAX_ELEMENTS: Final = 400_000  # read within a second; a survey with five hundred people has 200,000
MAX_SHEETS: Final = 20
MAX_TAG: Final = 1_000_000  # bytes; the parser goes through an unfinished one again with every piece

_PIECE: Final = 65_536
_ENCRYPTED: Final = 0x1
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "Open it in Excel or LibreOffice, and save it again as an Excel workbook (.xlsx) or as CSV."
_UNMUDDLE = "No spreadsheet writes this. Take the answers from where they were given once more, as CSV if you can."
_CHECK = "Check that this is the right file."
_IN_PARTS = "Delete what stands there, and columns that hold no answers; if the rows count, import them in parts."


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of a workbook: what stands in its cells, by row and column, which count from 1."""

    title: str
    cells: Mapping[int, Mapping[int, str]]
    problems: tuple[Problem, ...] = ()
    """The cells that hold no words, but an error or a formula that was never calculated."""
    hidden: bool = False
    """Whether somebody has hidden it. Only its first row is read then, and that only if something stands below."""


def is_workbook(raw: bytes) -> bool:
    """Tell a file that must be read as a workbook, if it can be read at all."""
    return raw.startswith((_ZIP, _OLE))


def grids_from(name: str, raw: bytes) -> tuple[Grid, ...]:
    """Return the sheets in their order; CollabcheckError if they cannot be read within the limits.

    A number is as Excel stores it, a day and a time are in ISO form, a formula is its last result.
    """
    _check_kind(name, raw)
    try:
        with ZipFile(BytesIO(raw)) as archive:
            return tuple(_Workbook(name, archive).grids())
    except (
        BadZipFile,
        ExpatError,
        zlib.error,
        struct.error,
        EOFError,
        LookupError,
        ValueError,
        NotImplementedError,
    ) as error:
        message = "its insides are broken, or are not as Excel writes them"
        raise of_whole_file(name, Code.BAD_WORKBOOK, message, _AGAIN) from error


def table_of(name: str, grid: Grid) -> Table:
    """Return a sheet as a table: its first row that is not empty is the header; CollabcheckError if rows are wider.

    What is wrong with single cells stays with the grid, so that it is told together with what is wrong in others.
    """
    top = min(grid.cells)
    header = dict(sorted(grid.cells[top].items()))
    body = {row: cells for row, cells in sorted(grid.cells.items()) if row > top}
    broken = {problem.place.column for problem in grid.problems if problem.place.line == top}
    under = header.keys() | broken
    if (twice := list(_twice(name, top, header))) or any(cells.keys() - under for cells in body.values()):
        total = len(twice) + sum(len(cells.keys() - under) for cells in body.values())
        raise CollabcheckError(few([*twice, *islice(_without_header(name, under, body), MAX_PROBLEMS)], total))
    return Table(
        name,
        tuple(header.values()),
        tuple(tuple(cells.get(column, "") for column in header) for cells in body.values()),
        tuple(body),
        top=top,
        columns=tuple(header),
        in_workbook=True,
    )


def _twice(name: str, top: int, header: Mapping[int, str]) -> Iterator[Problem]:
    for column, message, advice in doubled(header.items()):
        yield Problem(Place(name, top, column), Code.BAD_TABLE, message, advice)


def _without_header(name: str, header: Collection[int], body: Mapping[int, Mapping[int, str]]) -> Iterator[Problem]:
    for row, cells in body.items():
        for column in sorted(cells.keys() - set(header)):
            message = f"{quoted(cells[column])} stands in cell {cell_name(row, column)}, in a column without a header"
            yield Problem(Place(name, row, column), Code.BAD_TABLE, message, "Give the column a header, or clear it.")


def _broken(name: str, title: str, cells: Iterable[tuple[int, int, str]]) -> Iterator[Problem]:
    for row, column, text in cells:
        place, sheet = Place(name, row, column), quoted(title)
        cell = f"in cell {cell_name(row, column)} of the sheet {sheet}"
        if text:
            message = f"{quoted(text)}, an error of the spreadsheet, stands {cell}"
            yield Problem(place, Code.BAD_WORKBOOK, message, "Correct its formula, or clear the cell.")
        else:
            message = f"a formula that was never calculated stands {cell}"
            yield Problem(place, Code.BAD_WORKBOOK, message, "Open the workbook and save it once, or clear the cell.")


def _check_kind(name: str, raw: bytes) -> None:
    """Refuse what only has the name of a workbook."""
    if len(raw) > MAX_TABLE:
        raise of_whole_file(name, Code.TOO_BIG, f"it has more than {MAX_TABLE:,} bytes, too many for a table", _CHECK)
    if raw.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in raw:
        advice = "Open it with its password, remove the password (File, Info, Protect Workbook), and save it again."
        raise of_whole_file(name, Code.CANNOT_READ, "it is protected with a password", advice)
    if raw.startswith(_OLE):
        raise of_whole_file(name, Code.CANNOT_READ, "it is in the format that Excel had before 2007 (.xls)", _AGAIN)
    if raw.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise of_whole_file(name, Code.CANNOT_READ, "it is a web page with the name of a workbook", _AGAIN)
    if not raw.startswith(_ZIP):
        advice = "If it is a table of text, let its name end in .csv."
        raise of_whole_file(name, Code.CANNOT_READ, "it has the name of an Excel workbook, but is none", advice)


class _Enough(Exception):
    """The first row of a hidden sheet is read, and there is another."""


class _Workbook:
    """A workbook that is being read, and how much of the limits is used up."""

    def __init__(self, name: str, archive: ZipFile) -> None:
        self._name, self._archive = name, archive
        self._parts = {part.filename: part for part in archive.infolist()}
        self._unpacked = self._elements = self._cells = self._characters = 0
        self._problems: list[Problem] = []

    def grids(self) -> Iterator[Grid]:
        """Yield the sheets, of hidden ones no more than their first row."""
        main = self._main()
        book = Book()
        self._parse(main, book.start)
        if len(book.sheets) > MAX_SHEETS:
            advice = "Save the sheet with the answers as a workbook of its own."
            raise of_whole_file(self._name, Code.TOO_BIG, f"it has more than {MAX_SHEETS} sheets", advice)
        links = self._links(main)
        kinds = dict(links.values())
        strings, styles = Strings(), Styles()
        self._parse(kinds.get("sharedStrings", ""), strings.start, strings.end, strings.words)
        self._parse(kinds.get("styles", ""), styles.start)
        cells = partial(Cells, strings.all, styles, since=book.since)
        for title, link in book.sheets:
            kind, target = links.get(link, ("", ""))
            if kind == "worksheet" and link in book.hidden:
                yield from self._hidden(title, target, cells)
            elif kind == "worksheet":
                sheet, self._title = cells(self._found), title
                self._parse(target, sheet.start, sheet.end, sheet.words)
                self._refuse_muddled(sheet)
                yield Grid(title, sheet.cells, tuple(_broken(self._name, title, sheet.broken)))
        if self._problems:
            raise CollabcheckError(few(self._problems))

    def _refuse_muddled(self, sheet: Cells) -> None:
        """Complain of cells in two places at once: the answers of two people would become those of one."""
        for row, column, what in sheet.muddled:
            message = f"in the sheet {quoted(self._title)}, {what}"
            self._complain(Problem(Place(self._name, row, column), Code.BAD_WORKBOOK, message, _UNMUDDLE))

    def _hidden(self, title: str, target: str, cells: Callable[[Found], Cells]) -> Iterator[Grid]:
        """Yield the first row of a hidden sheet, if there is another; nothing else in it is anybody’s concern."""

        def found(row: int, _column: int, text: str) -> None:
            self._count(text)
            if sheet.cells and row not in sheet.cells:
                raise _Enough

        sheet = cells(found)
        try:
            self._parse(target, sheet.start, sheet.end, sheet.words)
        except _Enough:
            yield Grid(title, sheet.cells, hidden=True)

    def _main(self) -> str:
        """Return the part that lists the sheets; a zip file of another kind has none."""
        main = next((target for kind, target in self._links("").values() if kind == "officeDocument"), "")
        if main.endswith(".bin"):
            raise of_whole_file(self._name, Code.CANNOT_READ, "it is in Excel’s binary format (.xlsb)", _AGAIN)
        if "xl/" not in main and "workbook" not in main:
            raise of_whole_file(self._name, Code.CANNOT_READ, "it is a zip file, but not an Excel workbook", _AGAIN)
        return main

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: its kind and its name, by id."""
        links: dict[str, tuple[str, str]] = {}

        def start(tag: str, given: dict[str, str]) -> None:
            if tag == "Relationship":
                kind = given.get("Type", "").rpartition("/")[2]
                target = normpath(join("/", dirname(part), given.get("Target", ""))).lstrip("/")
                links[given.get("Id", "")] = (kind, target)

        self._parse(join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels"), start)
        return links

    def _parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        words: Callable[[str], None] | None = None,
    ) -> None:
        """Read a part, if there is one, in pieces; the names of its elements come without their prefix."""
        info = self._parts.get(part)
        if info is None:
            return
        self._check_part(info)
        parser = ParserCreate()

        def begun(tag: str, given: dict[str, str]) -> None:
            self._elements += 1
            if self._elements > MAX_ELEMENTS:
                raise self._too_big("it holds far more than answers")
            start(tag.rpartition(":")[2], given)

        parser.StartElementHandler = begun
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EndElementHandler = (lambda tag: end(tag.rpartition(":")[2])) if end else None
        parser.CharacterDataHandler = words
        parser.buffer_text = True
        before = self._unpacked
        with self._archive.open(info) as file:
            while piece := file.read(_PIECE):
                self._unpacked += len(piece)
                if self._unpacked > MAX_UNPACKED:
                    raise self._too_big(f"unpacked, it has more than {MAX_UNPACKED:,} bytes")
                parser.Parse(piece, False)  # noqa: FBT003  takes no keyword
                if self._unpacked - before - parser.CurrentByteIndex > MAX_TAG:
                    raise self._too_big(f"a tag in it has more than {MAX_TAG:,} bytes")
        parser.Parse(b"", True)  # noqa: FBT003  the same

    def _check_part(self, part: ZipInfo) -> None:
        if part.flag_bits & _ENCRYPTED or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ValueError(part.filename)

    def _refuse_doctype(self, *_: object) -> None:
        message = "it has a document type in it, with which a file can make a program read others or use up its memory"
        raise of_whole_file(self._name, Code.BAD_WORKBOOK, message, f"No spreadsheet writes one. {_AGAIN}")

    def _too_big(self, what: str) -> CollabcheckError:
        return of_whole_file(self._name, Code.TOO_BIG, f"{what}, too much for a table of answers", _CHECK)

    def _found(self, row: int, column: int, text: str) -> None:
        """Count a cell that has something in it, and find what it may not have."""
        self._count(text)
        far, hit = row > MAX_ROWS + 1 or column > MAX_COLUMNS, HIDDEN.search(text)
        if not (far or hit or len(text) > MAX_CELL):
            return
        place, cell = (
            Place(self._name, row, column),
            f"cell {cell_name(row, column)} of the sheet {quoted(self._title)}",
        )
        if far:
            message = f"something stands in {cell}, beyond row {MAX_ROWS + 1:,} or {MAX_COLUMNS} columns"
            self._complain(Problem(place, Code.TOO_BIG, message, _IN_PARTS))
        if len(text) > MAX_CELL:
            message = f"{cell} has more than {MAX_CELL:,} characters"
            self._complain(Problem(place, Code.TOO_BIG, message, "Shorten it."))
        elif hit:
            message = f"an invisible character (U+{ord(hit.group()):04X}) stands in {cell}"
            self._complain(Problem(place, Code.CONTROL_CHARACTER, message, "Type the text of the cell again."))

    def _count(self, text: str) -> None:
        self._cells, self._characters = self._cells + 1, self._characters + len(text)
        if self._cells > MAX_CELLS or self._characters > MAX_CHARACTERS:
            raise self._too_big("it holds far more words than a survey")

    def _complain(self, problem: Problem) -> None:
        self._problems.append(problem)
        if len(self._problems) >= MAX_PROBLEMS:
            raise CollabcheckError(few(self._problems))
