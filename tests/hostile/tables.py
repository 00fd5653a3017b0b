"""Tables of answers in CSV, and the mappings that go with them."""

import json
from collections.abc import Iterator

from hostile.cases import MAPPING as OF_MAPPING
from hostile.cases import TABLE as OF_TABLE
from hostile.cases import Case, Row, cases
from hostile.good import BENCHMARK, MAPPING, SHEET, TABLE, at

_ARABIC = "2026-11-23".translate({48 + digit: 0x660 + digit for digit in range(10)})


def _row(words: str) -> str:
    """Return the table with another first person."""
    return at(2, words, TABLE)


def _header(words: str) -> str:
    """Return the table with another header."""
    return at(1, words, TABLE)


_FIRST = "Riverside Advice,2026-11-23"

TABLES: tuple[Row, ...] = (
    ("nothing", "", ("empty-file", 0, 0)),
    ("blanks", " \n\n", ("empty-file", 0, 0)),
    ("only commas", ",,,\n,,,\n", ("empty-file", 0, 0)),
    ("only a header", TABLE.partition("\n")[0] + "\n", ("empty-file", 0, 0)),
    ("only a byte order mark", "\ufeff", ("empty-file", 0, 0)),
    ("no header", TABLE.partition("\n")[2], ("no-columns", 1, 1)),
    ("a quote that is open", _row(f'{_FIRST},"most,all,north,'), ("bad-table", 2, 1)),
    ("a quote that is open in the last row", TABLE.rstrip(",\n") + ',"', ("bad-table", 4, 1)),
    ("more after a closing quote", _row(f'{_FIRST},"most"ly,all,north,'), ("bad-table", 2, 1)),
    ("a quote in the middle", _row(f'{_FIRST},mo"st,all,north,'), ("unknown-level", 2, 3)),
    (
        "cells that no header stands over",
        _row(f"{_FIRST},most,all,north,so,and,so"),
        ("bad-table", 2, 1),
        ("bad-table", 2, 1),
    ),
    ("a cell under an empty header", _header("organisation,date,q1,,q3,q2 note"), ("bad-table", 2, 1), "bad-table"),
    ("two headers that are the same", _header("organisation,date,q1,q1,q3,q2 note"), ("bad-table", 1, 1)),
    ("two headers that look the same", _header("organisation,date,q1,Q1 ,q3,q2 note"), ("bad-table", 1, 1)),
    (
        "a header with a byte order mark, twice",
        "\ufeff" + _header("organisation,date,q1,\ufefforganisation,q3,q2 note"),
        ("control-character", 1, 22),
    ),
    ("two columns for one question", _header("organisation,date,q1,q1. How far?,q3,q2 note"), ("column-twice", 1, 4)),
    ("a byte order mark", "\ufeff" + TABLE, "Saved 3 sheets"),
    ("UTF-16", TABLE.encode("utf-16"), "Saved 3 sheets"),
    ("UTF-16 that ends in the middle", TABLE.encode("utf-16")[:-1], ("not-utf8", 0, 0)),
    ("cp1252", TABLE.replace("Club", "Caf\xe9").encode("cp1252"), "Saved 3 sheets"),
    (
        "letters in two encodings",
        TABLE.replace("Club", "Caf\xe9 ").encode("cp1252") + "Ŵyn,,,,,".encode(),
        ("not-utf8", 0, 0),
    ),
    ("bytes that are no text", bytes(range(128, 256)) * 9, ("not-utf8", 0, 0)),
    ("lines that end in CR only", TABLE.replace("\n", "\r"), "Saved 3 sheets"),
    ("line ends of every kind", TABLE.replace("\n", "\r\n", 1).replace("\n", "\r", 1), "Saved 3 sheets"),
    ("semicolons", TABLE.replace(",", "\t").replace("; ", "|"), "Saved"),
    ("NUL", _row(f"{_FIRST},most\0,all,north,"), ("control-character", 2, 33)),
    (
        "an escape sequence",
        _row("\x1b]0;evil\x07,2026-11-23,most,all,north,"),
        ("control-character", 2, 1),
        ("control-character", 2, 9),
    ),
    (
        "an escape sequence in the header",
        _header("organisation,date,q1,\x1b[2Jq2,q3,q2 note"),
        ("control-character", 1, 22),
    ),
    ("a line separator", _row("River\u2028side,2026-11-23,most,all,north,"), ("control-character", 2, 6)),
    ("half a character", _row("River\ud800side,,most,all,,").encode("utf-8", "surrogatepass"), ("not-utf8", 0, 0)),
    ("a formula as an answer", _row(f"{_FIRST},=cmd|' /C calc'!A0,all,north,"), ("unknown-level", 2, 3)),
    ("a formula as an organisation", _row("=1+1,2026-11-23,most,all,north,"), "Saved 3 sheets"),
    ("an error of a spreadsheet", _row(f"{_FIRST},#N/A,all,north,"), ("bad-value", 2, 3)),
    ("an answer that is unknown", _row(f"{_FIRST},mots,all,north,"), ("unknown-level", 2, 3)),
    ("a number as an answer", _row(f"{_FIRST},2,all,north,"), ("unknown-level", 2, 3)),
    ("two answers where one is asked", _row(f"{_FIRST},most; all,all,north,"), ("two-values", 2, 3)),
    ("an answer beside one that stands alone", _row(f"{_FIRST},most,all,north; no-one,"), ("two-values", 2, 5)),
    ("no reason", _row(f"{_FIRST},does not apply,all,north,"), ("no-reason", 2, 3)),
    ("a reason that is too long", _row(f"{_FIRST},does not apply: {'x' * 4001},all,north,"), ("too-big", 2, 3)),
    ("no organisation", _row(",2026-11-23,most,all,north,"), ("missing", 2, 1)),
    ("an organisation with too long a name", _row(f"{'x' * 201},2026-11-23,most,all,north,"), ("too-big", 2, 1)),
    (
        "an organisation that leads out of the folder",
        _row("../../../etc/passwd,2026-11-23,most,all,north,"),
        "Saved 3 sheets",
    ),
    ("an organisation that is a device", _row("CON,2026-11-23,most,all,north,"), "Saved 3 sheets"),
    ("a day that is none", _row("Us,2026-02-30,most,all,north,"), ("bad-value", 2, 2)),
    ("a day of other digits", _row(f"Us,{_ARABIC},most,all,north,"), "Saved 3 sheets"),
    ("a day of superscripts", _row("Us,²⁰²⁶-¹¹-²³,most,all,north,"), ("bad-value", 2, 2)),
    ("a day of five thousand digits", _row(f"Us,{'9' * 5000},most,all,north,"), ("bad-value", 2, 2)),
    ("a day before all days", _row("Us,0000-00-00,most,all,north,"), ("bad-value", 2, 2)),
    ("a cell that is too long", _row(f"{_FIRST},most,all,north,{'x' * 20_001}"), ("too-big", 2, 1)),
    ("a header that is too long", _header(f"organisation,date,q1,q2,q3,{'x' * 20_001}"), ("too-big", 1, 6)),
    ("a question without end", lambda: _header(f"organisation,date,q1,q2,q3,{'q2 ' * 6_000}"), ("too-big", 1, 6)),
    ("a header of blanks", lambda: _header(f"organisation,date,q1,q2,q3,(a){' ' * 100_000}x"), ("too-big", 1, 6)),
    (
        "a header that begins with blanks",
        lambda: _header(f"organisation,date,q1,q2,q3,{' ' * 100_000}x"),
        ("too-big", 1, 6),
    ),
    (
        "headers of brackets and blanks",
        lambda: ",".join(["organisation", "q1", *(f"({i}){' ' * 1_900}x" for i in range(298))]) + "\nUs,most\n",
        "Saved 1 sheet",
    ),
    (
        "headers of groups without end",
        lambda: ",".join(["organisation", "q1", *(f"{i}{'___-' * 490}" for i in range(298))]) + "\nUs,most\n",
        "Saved 1 sheet",
    ),
    (
        "cells of strange words",
        lambda: "organisation,q1,q2\n" + f'Us,"most {" x" * 9_000}",\n' * 9,
        ("too-big", 2, 2),
        "than all answers together",
    ),
    (
        "reasons without end",
        lambda: "organisation,q1\n" + f"Us,Does not apply: {'x ' * 1_950}\n" * 200,
        "Saved 200 sheets",
    ),
    (
        "as many columns as there may be",
        lambda: ",".join(["organisation", "q1", *(f"How fur{i}?" for i in range(298))]) + "\nUs,most\n",
        "Saved 1 sheet",
    ),
    ("a column too many", lambda: ",".join(f"c{i}" for i in range(301)) + "\nx\n", ("too-big", 1, 1)),
    ("columns without end", lambda: "," * 4_900_000 + "a", ("too-big", 1, 1)),
    ("cells without end in a row", lambda: f"q1\n{',x' * 2_400_000}", ("too-big", 2, 1)),
    (
        "cells in rows that no header stands over",
        lambda: f"q1\n{',x' * 16_000}\n" * 100,
        ("bad-table", 2, 1),
        "more like these",
    ),
    (
        "personal columns",
        lambda: ",".join(["organisation", "q1", *(f"Email {i} {'x' * 60}" for i in range(298))]) + "\nUs,most\n",
        "Saved 1 sheet",
    ),
    ("a row too many", lambda: "organisation,q1\n" + "Us,most\n" * 5_001, ("too-big", 5_002, 1)),
    (
        "five thousand wrong rows",
        lambda: "organisation,q1\n" + "Us,mots\n" * 5_000,
        ("unknown-level", 2, 2),
        "more like these",
    ),
    (
        "wrong answers without end",
        lambda: "organisation,q1,q2,q3\n" + f"Us,{'mots ' * 80},{'nune ' * 80},{'nort; ' * 80}\n" * 1_000,
        ("unknown-level", 2, 2),
        "more like these",
    ),
    (
        "brackets without end",
        lambda: f"organisation,q3\nUs,{'(nowhere; ' * 1_900}\n",
        ("too-big", 2, 2),
    ),
    (
        "cells without end",
        lambda: ",".join(f"c{i}" for i in range(300)) + "\n" + (",".join(["ab"] * 300) + "\n") * 4_900,
        ("too-big", 1_001, 1),
    ),
    (
        "long headers without end",
        lambda: ",".join(f"{i} {'1/2-3. ½ [x] ' * 150}" for i in range(300)) + "\n" + "a," * 299 + "\n",
        ("no-columns", 1, 1),
    ),
    ("cells of the widest letters", lambda: "organisation,q1\n" + ("🙂" * 240 + "\n") * 4_900, ("empty-file", 0, 0)),
    ("empty lines without end", lambda: "organisation" + "\n" * 4_900_000, ("too-big", 5_002, 1)),
    ("quotes without end", lambda: '"' * 4_999_999, ("bad-table", 1, 1)),
    ("pairs of quotes without end", lambda: '"",' * 1_600_000, ("too-big", 1, 1)),
    ("lines in quotes without end", lambda: 'q1\n"' + "\n" * 4_900_000, ("bad-table", 2, 1)),
    ("control characters without end", lambda: "q1\n" + "\x1b" * 4_900_000, ("bad-table", 2, 1), "control-character"),
    ("a line of ten megabytes", lambda: "a" * 10_000_000, ("too-big", 0, 0)),
    ("a byte too many", lambda: TABLE + "\n" * (5_000_001 - len(TABLE)), ("too-big", 0, 0)),
    ("as many bytes as there may be", lambda: TABLE + "\n" * (5_000_000 - len(TABLE)), ("too-big", 5_002, 1)),
    ("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", ("no-columns", 1, 1)),
    ("a web page", "<html><table><tr><td>q1</td></tr></table></html>", ("no-columns", 1, 1)),
    ("a sheet", SHEET, ("bad-table", 8, 1), "bad-table"),
    ("a workbook that is none", b"PK\x03\x04" + bytes(100), ("bad-workbook", 0, 0)),
    ("JSON", json.dumps({"q1": ["a", "b"]}), ("empty-file", 0, 0)),
)

MAPPINGS: tuple[Row, ...] = (
    ("nothing", "", ("empty-file", 0, 0)),
    ("no column for any question", "organisation: organisation\n", "Saved 3 sheets"),
    ("a key that only a later version would write", f"{MAPPING}sheet: 2\n", ("unexpected", 8, 1)),
    ("a list of columns", at(3, "columns: [q1]\n#", MAPPING.replace("  q", "#  q")), ("wrong-type", 3, 10)),
    ("a question that is unknown", at(4, "  q9: q1", MAPPING), ("unknown-id", 0, 0)),
    ("a column that is not there", at(4, "  q1: q9", MAPPING), ("unknown-id", 1, 1)),
    ("a number as a column", at(4, "  q1: 1", MAPPING), ("bare-word", 4, 7)),
    ("a column twice", at(4, "  q1: q2", MAPPING), ("column-twice", 1, 4)),
    ("a key twice", at(5, "  q1: q2", MAPPING), ("duplicate-key", 5, 3)),
    ("a repeat", at(4, "  q1: *x", MAPPING), ("forbidden-yaml", 4, 7)),
    ("an escape sequence", at(4, '  q1: "\x1b[2J"', MAPPING), ("control-character", 4, 8)),
    ("brackets in brackets", lambda: "[" * 100_000, ("too-deep", 1, 21)),
    (
        "questions without end",
        lambda: "columns:\n" + "".join(f"  q1{i}: q1\n" for i in range(15_000)),
        ("unknown-id", 0, 0),
        "more like these",
    ),
    (
        "columns without end",
        lambda: "columns: {q1: a}\nleft_out:\n" + "".join(f"  - q1{i}\n" for i in range(15_000)),
        ("unknown-id", 1, 1),
    ),
    ("a sheet", SHEET, ("unexpected", 1, 1), "unexpected"),
    ("a benchmark", BENCHMARK, ("unexpected", 2, 2), "unexpected"),
)


def tables() -> Iterator[Case]:
    """Yield every case of a table in CSV, and of a mapping."""
    yield from cases(OF_TABLE, TABLES)
    yield from cases(OF_MAPPING, MAPPINGS)
