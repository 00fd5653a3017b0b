"""Workbooks from strangers: read rightly, or refused at once, whatever they claim to be."""

from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from collabcheck.files.tables import MAX_COLUMNS, MAX_ROWS, Table
from collabcheck.files.workbooks.grids import (
    Grid,
    grids_from,
    table_of,
)
from collabcheck.files.workbooks.parts import Book, Cells, Styles, cell_name
from collabcheck.problems import Code, CollabcheckError, Place, Problem

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def a_book(rows: str, strings: str = "", *, before: str = "", compression: int = ZIP_DEFLATED) -> bytes:
    """Return a workbook with one sheet, as small as one can be."""
    parts = {
        "_rels/.rels": f'<Relationship Id="a" Type="{LINKS}/officeDocument" Target="/xl/workbook.xml"/>',
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="S" r:id="a"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationship Id="a" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="b" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{MAIN}">{rows}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, text in parts.items():
            whole = f'<Relationships xmlns="{PACKAGE}">{text}</Relationships>' if name.endswith(".rels") else text
            archive.writestr(name, whole)
    return out.getvalue()


def cell(at: str, words: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>'


def rows(*cells: str) -> str:
    return f"<sheetData><row>{''.join(cells)}</row></sheetData>"


def cells(raw: bytes) -> dict[int, dict[int, str]]:
    (grid,) = grids_from("a.xlsx", raw)
    return {row: dict(found) for row, found in grid.cells.items()}


def problems(raw: bytes) -> tuple[Problem, ...]:
    with pytest.raises(CollabcheckError) as caught:
        grids_from("a.xlsx", raw)
    assert all(problem.advice for problem in caught.value.problems)
    return caught.value.problems


def saved(fill: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


# What Excel writes.


def test_cells_become_the_text_that_people_see() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["A1"] = "words"
        sheet["B1"] = datetime(2026, 11, 23, 9, 30, 11)  # noqa: DTZ001  as in a spreadsheet
        sheet["C1"] = date(2026, 11, 23)
        sheet["D1"] = time(9, 30)
        sheet["E1"], sheet["F1"], sheet["G1"] = 3, 2.5, True
        sheet["H1"] = CellRichText("a ", TextBlock(InlineFont(b=True), "bold"), " word")
        sheet["I1"] = "two\nlines"
        sheet["A3"], sheet["B3"] = 12, 46_000
        sheet["B3"].number_format = '"days: "0'
        sheet["C3"] = 46_000
        sheet["C3"].number_format = "[$-809]dd mmmm yyyy"

    found = cells(saved(fill))
    assert list(found[1].values()) == [
        "words",
        "2026-11-23 09:30:11",
        "2026-11-23",
        "09:30:00",
        "3",
        "2.5",
        "TRUE",
        "a bold word",
        "two\nlines",
    ]
    assert found[3] == {1: "12", 2: "46000", 3: "2025-12-09"}


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("[h]:mm", "1.5"),
        ("[hh]:mm:ss", "1.5"),
        ("[Mm]", "1.5"),
        ("[Red][ss].00", "1.5"),
        ('[h] "days"', "1.5"),
        ('"[h]" yyyy-mm-dd', "1899-12-31 12:00:00"),
        ("[$-809]dd/mm/yyyy", "1899-12-31 12:00:00"),
        ("0%", "1.5"),
    ],
)
def test_a_length_of_time_is_no_day(code: str, shown: str) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["A1"] = 1.5
        sheet["A1"].number_format = code

    assert cells(saved(fill)) == {1: {1: shown}}


@pytest.mark.parametrize(("number", "shown"), [(45, "1899-12-31 12:00:00"), (46, "1.5"), (47, "1899-12-31 12:00:00")])
def test_of_the_formats_that_have_numbers_one_is_a_length_of_time(number: int, shown: str) -> None:
    styles = Styles()
    for tag in ("cellXfs", "xf"):
        styles.start(tag, {"numFmtId": str(number)})
    sheet = Cells([], styles, lambda *_: None, since=Book().since)
    for tag, given in (("row", {}), ("c", {"s": "0"}), ("v", {})):
        sheet.start(tag, given)
    sheet.words("1.5")
    for tag in ("v", "c"):
        sheet.end(tag)
    assert sheet.cells == {1: {1: shown}}


def test_sheets_come_in_their_order_and_of_hidden_ones_no_more_than_the_header() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for name in ("One", "Two", "Three"):
            book.create_sheet(name)["B2"] = name
            book[name]["B3"] = "a_x0007_" if name == "Two" else "a"  # nobody is told of what nobody reads
        book["Two"].sheet_state = "hidden"

    found = grids_from("a.xlsx", saved(fill))[1:]
    assert [(grid.title, grid.hidden) for grid in found] == [("One", False), ("Two", True), ("Three", False)]
    assert [grid.cells for grid in found[:2]] == [{2: {2: "One"}, 3: {2: "a"}}, {2: {2: "Two"}}]


def test_a_hidden_sheet_with_no_more_than_a_header_is_not_mentioned() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.create_sheet("Lists")["A1"] = "q1"
        book["Lists"].sheet_state = "veryHidden"

    assert [grid.title for grid in grids_from("a.xlsx", saved(fill))] == ["Sheet"]


def test_the_days_of_old_apple_workbooks_are_counted_from_1904() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904
        sheet = book.active
        assert sheet is not None
        sheet["A1"] = date(2026, 11, 23)

    assert cells(saved(fill)) == {1: {1: "2026-11-23"}}


def test_runs_are_joined_without_the_guide_to_their_sound() -> None:
    strings = "<si><r><t>a</t></r><r><t> b_x000D_\n_x0063_</t></r><rPh><t>sound</t></rPh></si>"
    assert cells(a_book(rows('<c t="s"><v>0</v></c>'), strings)) == {1: {1: "a b\nc"}}


def test_cells_without_an_address_follow_each_other() -> None:
    raw = a_book("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>")
    assert cells(raw) == {1: {1: "1", 2: "2"}, 2: {1: "3"}}


@pytest.mark.parametrize("said", ["A1:A1", "A1:XFD1048576", "nonsense"])
def test_what_a_sheet_says_of_its_size_is_not_believed(said: str) -> None:
    raw = a_book(f'<dimension ref="{said}"/>{rows(cell("A1", "a"), cell("C1", "b"))}')
    assert cells(raw) == {1: {1: "a", 3: "b"}}


def test_a_sheet_becomes_a_table_that_knows_its_rows_and_columns() -> None:
    table: Table = table_of("a.xlsx", Grid("S", {3: {2: "Who", 5: "What"}, 7: {5: "tea"}}))
    assert (table.header, table.rows) == (("Who", "What"), (("", "tea"),))
    assert [str(table.place(row, 1)) for row in (-1, 0)] == ["a.xlsx:3:5", "a.xlsx:7:5"]


def test_cells_are_called_what_a_spreadsheet_calls_them() -> None:
    named = {cell_name(3, column) for column in (1, 26, 27, 52, 702, 703, 16_384)}
    assert named == {"A3", "Z3", "AA3", "AZ3", "ZZ3", "AAA3", "XFD3"}
    with pytest.raises(CollabcheckError) as caught:
        table_of("a.xlsx", Grid("S", {1: {1: "a"}, 7: {28: "tea"}}))
    assert "“tea” stands in cell AB7" in caught.value.problems[0].message


def test_a_header_that_went_wrong_is_not_told_again_for_each_cell_under_it() -> None:
    broken = Problem(Place("a.xlsx", 1, 2), Code.BAD_WORKBOOK, "broken", "Mend it.")
    table = table_of("a.xlsx", Grid("S", {1: {1: "a"}, 2: {1: "x", 2: "y"}}, (broken,)))
    assert (table.header, table.rows) == (("a",), (("x",),))


@pytest.mark.parametrize("body", [{1: {1: "a", 2: "A "}}, {1: {1: "a"}, 2: {2: "b"}}])
def test_what_could_end_up_in_the_wrong_column_is_refused(body: dict[int, dict[int, str]]) -> None:
    with pytest.raises(CollabcheckError) as caught:
        table_of("a.xlsx", Grid("S", body))
    assert [problem.code for problem in caught.value.problems] == [Code.BAD_TABLE]


# What cannot be trusted; much more of it is in tests/hostile/books.py.

ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def test_a_password_is_called_a_password() -> None:
    assert "password" in problems(ENCRYPTED)[0].message


def test_a_cell_too_far_away_is_told_with_its_place() -> None:
    (problem,) = problems(a_book(rows(cell("XFD1", "z"))))
    assert (problem.place.line, problem.place.column) == (1, 16_384)
    assert "cell XFD1 of the sheet “S”" in problem.message
    assert str(MAX_COLUMNS) in problem.message
    assert "import them in parts" in problem.advice


@pytest.mark.parametrize(
    ("body", "place", "what"),
    [
        (f'<row r="2">{cell("A2", "a")}</row><row r="2">{cell("B2", "b")}</row>', (2, 2), "row 2 is there twice"),
        (f'<row r="2">{cell("A2", "a")}</row><row r="1"/><row>{cell("B2", "b")}</row>', (2, 2), "row 2 is there twice"),
        (f'<row r="3">{cell("A5", "a")}</row>', (3, 1), "cell A5 stands in row 3"),
        (f'<row r="2">{cell("B2", "a")}{cell("B2", "b")}</row>', (2, 2), "cell B2 is there twice"),
        (f'<row r="2">{cell("B2", "a")}{cell("A2", "b")}<c><v>1</v></c></row>', (2, 2), "cell B2 is there twice"),
    ],
)
def test_cells_that_are_in_two_places_do_not_make_one_person_of_two(
    body: str, place: tuple[int, int], what: str
) -> None:
    (problem,) = problems(a_book(f"<sheetData>{body}</sheetData>"))
    assert (problem.place.line, problem.place.column, problem.code) == (*place, Code.BAD_WORKBOOK)
    assert problem.message == f"in the sheet “S”, {what}"
    assert "once more" in problem.advice


def test_a_row_that_is_there_twice_is_told_once() -> None:
    row = "".join(cell(f"{column}2", "a") for column in "ABCDE")
    assert len(problems(a_book(f'<sheetData><row r="2">{row}</row><row r="2">{row}</row></sheetData>'))) <= 5
    two = f'<row r="2">{cell("A2", "a")}</row><row r="2">{cell("B2", "b")}{cell("C2", "c")}</row>'
    assert len(problems(a_book(f"<sheetData>{two}</sheetData>"))) == 1


def test_rows_in_any_order_and_empty_ones_that_come_again_are_read() -> None:
    body = (
        f'<row r="3">{cell("A3", "c")}</row><row r="2">{cell("A2", "b")}</row><row r="3"/><row r="2"><c r="A2"/></row>'
    )
    assert cells(a_book(f"<sheetData>{body}</sheetData>")) == {2: {1: "b"}, 3: {1: "c"}}


def test_empty_cells_far_away_are_no_problem() -> None:
    row = f'<sheetData><row>{cell("A1", "a")}</row><row r="1048576"><c r="XFD1048576" s="3"/></row></sheetData>'
    assert cells(a_book(row)) == {1: {1: "a"}}


def test_a_thousand_wrong_cells_are_told_in_short() -> None:
    far = "".join(f"<row r='{MAX_ROWS + 10 + i}'><c><v>1</v></c></row>" for i in range(1000))
    assert len(problems(a_book(f"<sheetData>{far}</sheetData>"))) <= 50
