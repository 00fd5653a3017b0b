"""Tables as people’s programs write them: read rightly, or refused with a place; what we write reads back the same."""

import csv
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.characters import HIDDEN
from collabcheck.files.source.text import MAX_BYTES
from collabcheck.files.tables import MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_TABLE, Table, table_bytes, table_from
from collabcheck.plan import folded
from collabcheck.problems import Code, CollabcheckError, Problem


def table(text: str | bytes) -> Table:
    return table_from("plan.csv", text if isinstance(text, bytes) else text.encode())


def problems(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(CollabcheckError) as caught:
        table(text)
    assert all(problem.advice for problem in caught.value.problems)
    return caught.value.problems


def spots(text: str | bytes) -> list[tuple[Code, int, int]]:
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems(text)]


# What programs write.

WORDS = 'Who,What\nÉlodie,"a\nb"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_matter(encoding: str, end: str) -> None:
    read = table(WORDS.replace("\n", end).encode(encoding))
    assert (read.header, read.rows, read.lines) == (("Who", "What"), (("Élodie", "a\nb"),), (2,))


def test_utf16_of_the_other_byte_order_is_read_too() -> None:
    assert table(b"\xfe\xff" + "a,b\nŵ,d".encode("utf-16-be")).rows == (("ŵ", "d"),)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_counted_outside_quotes(mark: str) -> None:
    read = table(f'"Who; what, when,"{mark}Where{mark}Why\n1{mark}2{mark}3\n')
    assert read.header == ("Who; what, when,", "Where", "Why")
    assert read.delimiter == mark


def test_rows_know_their_lines() -> None:
    assert table('\na,b\n"1\n\n2",\n\n3,4\n').lines == (3, 7)


def test_shorter_rows_are_filled_up_and_empty_ends_dropped() -> None:
    read = table(",,\na,b,,\n1\n,,,\n2,3,,,,\n,,\n,\n")
    assert read.header == ("a", "b")
    assert read.rows == (("1", ""), ("", ""), ("2", "3"))


def test_a_quote_inside_a_cell_without_quotes_is_a_quote() -> None:
    assert table('a,b\n5" pipe,x').rows == (('5" pipe', "x"),)


# What cannot be trusted.

REFUSED = [
    ("", [(Code.EMPTY_FILE, 0, 0)]),
    (" \n\n", [(Code.EMPTY_FILE, 0, 0)]),
    (",,\n,\n", [(Code.EMPTY_FILE, 0, 0)]),
    ("a,b\n1,2\x00\n", [(Code.CONTROL_CHARACTER, 2, 4)]),
    ("a,b\n1,\x1b[31m\n\u2028,\n", [(Code.CONTROL_CHARACTER, 2, 3), (Code.CONTROL_CHARACTER, 3, 1)]),
    ('a,b\n1,"2\n3,4\n', [(Code.BAD_TABLE, 2, 1)]),
    ('a,b\n1,"2"3\n', [(Code.BAD_TABLE, 2, 1)]),
    ("a,b\n1,2,3\n", [(Code.BAD_TABLE, 2, 1)]),
    ("a,b\n1,2\n1,2,,3\n", [(Code.BAD_TABLE, 3, 1)]),
    ("a,,b\n1,2,3\n", [(Code.BAD_TABLE, 2, 1)]),
    ("Owner,owner \n", [(Code.BAD_TABLE, 1, 1)]),
    ("\na,A\n1,2,3\n\x07,1\n", [(Code.BAD_TABLE, 2, 1), (Code.BAD_TABLE, 3, 1), (Code.CONTROL_CHARACTER, 4, 1)]),
    (f"a\n{'x' * (MAX_CELL + 1)}\n", [(Code.TOO_BIG, 2, 1)]),
    ("a\n" * (MAX_ROWS + 2), [(Code.TOO_BIG, MAX_ROWS + 2, 1)]),
    (",".join(map(str, range(MAX_COLUMNS + 1))), [(Code.TOO_BIG, 1, 1)]),
    ("x" * (MAX_BYTES + 1), [(Code.TOO_BIG, 0, 0)]),
]


@pytest.mark.parametrize(("text", "expected"), REFUSED, ids=[repr(row[0][:16]) for row in REFUSED])
def test_what_would_be_lost_or_moved_is_refused_all_at_once(text: str, expected: list[tuple[Code, int, int]]) -> None:
    assert spots(text) == expected


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"PK\x03\x04", Code.CANNOT_READ),
        (b"a,b\n\x81\xff", Code.NOT_UTF8),
        (b"\xff\xfea", Code.NOT_UTF8),
        (b"\xef\xbb\xbfa,\xe9", Code.NOT_UTF8),
    ],
)
def test_what_is_no_text_says_how_to_save_it(raw: bytes, code: Code) -> None:
    (problem,) = problems(raw)
    assert (problem.code, problem.place.line) == (code, 0)
    assert "CSV UTF-8" in problem.advice


def test_a_quote_that_is_never_closed_is_called_so_however_long_the_rest_is() -> None:
    (problem,) = problems('a,b\n1,"' + "2,3\n" * 50_000)
    assert "not closed" in problem.message


def test_a_survey_may_be_larger_than_a_plan() -> None:
    survey = (
        b"a,b\n"
        + b"some,a note of quite a few words which nobody has counted and nobody will: nobody at all\n" * MAX_ROWS
    )
    assert len(survey) > MAX_BYTES
    assert len(table_from("a.csv", survey, ours=False, most=MAX_TABLE).rows) == MAX_ROWS
    with pytest.raises(CollabcheckError) as caught:
        table_from("a.csv", b"x" * (MAX_TABLE + 1), most=MAX_TABLE)
    assert f"{MAX_TABLE:,} bytes" in caught.value.problems[0].message


def test_millions_of_empty_lines_cost_little_memory() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(CollabcheckError):
            table_from("a.csv", b"a" + b"\n" * (MAX_TABLE - 1), most=MAX_TABLE)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_a_thousand_wrong_rows_are_told_in_short() -> None:
    found = problems("a\n" + "1,2\n" * 1000)
    assert len(found) < 60
    assert "more like these" in found[-1].message


def test_the_limits_of_the_library_are_left_alone() -> None:
    before = csv.field_size_limit()
    problems(f'a\n"{"x" * 200_000}"\n')
    assert csv.field_size_limit() == before


# What we write.

cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(lambda text: not HIDDEN.search(text))
tricky = st.builds("".join, st.lists(st.sampled_from(["'", "=", "-", '"', ",", ";", "\t", "\n", " ", "@", "é"])))
headers = st.lists((cells | tricky).filter(str.strip), min_size=1, max_size=4, unique_by=folded)


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], str]:
    header = tuple(draw(headers))
    row = st.tuples(*[cells | tricky] * len(header))
    rows = draw(st.lists(row, max_size=4).filter(lambda drawn: not drawn or any(drawn[-1])))
    return header, tuple(rows), draw(st.sampled_from([",", ";", "\t"]))


@given(tables())
def test_what_is_written_reads_back_the_same(drawn: tuple[tuple[str, ...], tuple[tuple[str, ...], ...], str]) -> None:
    header, rows, delimiter = drawn
    read = table(table_bytes(header, rows, delimiter))
    assert (read.header, read.rows) == (header, rows)
    assert read.delimiter == delimiter or len(header) == 1


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "-", "@SUM(A1)", "\t=1", "'=1", "''@", "\n=1"])
def test_no_spreadsheet_runs_a_cell_and_none_is_changed(cell: str) -> None:
    raw = table_bytes(["a"], [[cell]])
    assert f"'{cell}".encode() in raw
    assert table(raw).rows == ((cell,),)


def test_excel_can_read_what_is_written_and_no_program_takes_a_semicolon_for_the_next_cell() -> None:
    written = table_bytes(["a", "b"], [["ŵ", "1; =2"]])
    assert written == b'\xef\xbb\xbf"a","b"\r\n"\xc5\xb5","1; =2"\r\n'


def test_two_headers_that_differ_only_in_the_quote_we_write_are_the_same_header() -> None:
    assert spots("Id,'-x,-x\n,first,second\n") == [(Code.BAD_TABLE, 1, 1)]


def test_letters_in_two_encodings_are_refused_and_not_spoilt() -> None:
    assert [code for code, *_ in spots("Id,Mine\n,Siân\n".encode() + b",caf\xe9\n")] == [Code.NOT_UTF8]
