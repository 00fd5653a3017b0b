"""Plans, benchmarks, files with a sheet in every line, and what is no file at all."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from hostile import cases as kinds
from hostile.cases import Case, Reader, Row, cases
from hostile.good import BENCHMARK, LINE, PAGE, PLAN, SHEET, at

PLANS: tuple[Row, ...] = (
    ("nothing", "", ("empty-file", 0, 0)),
    ("no ids", PLAN.replace("Id,", "Number,"), ("not-a-plan", 0, 0)),
    ("two columns of ids", PLAN.replace("Order,", "id,"), ("bad-table", 1, 1)),
    ("a step twice", at(3, "q1/most,2,Do that,Size,1,1,,Bob,,open,to do", PLAN), ("step-twice", 3, 1)),
    ("a step twice, in capitals", at(3, "Q1/MOST,2,Do that,Size,1,1,,Bob,,open,to do", PLAN), ("step-twice", 3, 1)),
    ("a quote that is open", at(2, 'q1/most,1,"Do it,Size,1,1,,Ann,,open,to do', PLAN), ("bad-table", 2, 1)),
    ("a cell too many", at(2, "q1/most,1,Do it,Size,1,1,,Ann,,open,to do,so", PLAN), ("bad-table", 2, 1)),
    ("NUL", at(2, "q1/most,1,Do\0it,Size,1,1,,Ann,,open,to do", PLAN), ("control-character", 2, 13)),
    ("an escape sequence", at(2, "q1/most,1,\x1b[2J,Size,1,1,,Ann,,open,to do", PLAN), ("control-character", 2, 11)),
    ("UTF-16", PLAN.encode("utf-16"), "The plan is in bad.csv"),
    ("cp1252", PLAN.replace("Ann", "Zo\xeb").encode("cp1252"), "The plan is in bad.csv"),
    ("bytes that are no text", bytes(range(128, 256)) * 9, ("not-utf8", 0, 0)),
    ("a formula", PLAN.replace("Ann", "=cmd|' /C calc'!A0"), "The plan is in bad.csv"),
    (
        "a key that only a later version would write",
        PLAN.replace("Now", "Now,Risk").replace("to do", "to do,9"),
        "The plan is in bad.csv",
    ),
    ("a workbook", b"PK\x03\x04" + bytes(100), ("cannot-read", 0, 0)),
    ("a row too many", lambda: "Id,Step\n" + "".join(f"{i},x\n" for i in range(5_001)), ("too-big", 5_002, 1)),
    ("the same step without end", lambda: "Id,Step\n" + "q1/most,x\n" * 4_999, ("step-twice", 3, 1), "more like these"),
    ("steps of people's own without end", lambda: "Id,Step\n" + ",x\n" * 4_999, "The plan is in bad.csv"),
    ("a cell that is too long", at(2, f"q1/most,1,{'x' * 20_001},Size,1,1,,Ann,,open,to do", PLAN), ("too-big", 2, 1)),
    (
        "line breaks without end",
        lambda: at(2, 'q1/most,1,"a' + "\n" * 2_001 + '",Size,1,1,,Ann,,open,to do', PLAN),
        ("too-big", 2, 1),
    ),
    ("a line of ten megabytes", lambda: "a" * 10_000_000, ("too-big", 0, 0)),
    ("a sheet", SHEET, ("bad-table", 8, 1), "bad-table"),
)


def _cell(words: str) -> str:
    """Return the page with these words in a cell."""
    return at(5, f"| q1/most | 1 | {words} | Ann | to do |", PAGE)


def _below(words: str) -> str:
    return f"{PAGE}\n{words}"


_KEPT = "The plan is in bad.md"

PAGES: tuple[Row, ...] = (
    ("nothing", "", ("empty-file", 0, 0)),
    ("no table", "# Our plan\n\nLater.\n", ("not-a-plan", 0, 0)),
    ("no ids", PAGE.replace("| Id |", "| No |"), ("not-a-plan", 0, 0)),
    ("two plans", PAGE + "\n" + PAGE, ("not-a-plan", 12, 1)),
    ("a plan in a quotation", "".join(f"> {line}\n" for line in PAGE.split("\n")), ("not-a-plan", 0, 0)),
    ("a plan in a block of code", f"```\n{PAGE}```\n", ("not-a-plan", 0, 0)),
    ("a step twice", at(6, "| q1/most | 2 | Do that | Bob | to do |", PAGE), ("step-twice", 6, 1)),
    ("a cell too many", at(5, "| q1/most | 1 | Do it | Ann | to do | so |", PAGE), ("bad-table", 5, 1)),
    ("two columns of ids", PAGE.replace("| Order |", "| ID |"), ("bad-table", 3, 1)),
    ("an escape sequence", _cell("\x1b[2J"), ("control-character", 5, 17)),
    ("NUL", _cell("a\0b"), ("control-character", 5, 18)),
    ("cp1252", _cell("caf\xe9").encode("cp1252"), ("not-utf8", 0, 0)),
    ("UTF-16", PAGE.encode("utf-16"), ("not-utf8", 0, 0)),
    ("HTML", _cell("<script>alert(1)</script>"), _KEPT),
    ("a link that runs a program", _cell("[x](javascript:alert(1))"), _KEPT),
    ("brackets in a cell without end", lambda: _cell("[" * 19_000), _KEPT),
    ("stars in a cell without end", lambda: _cell("*a **b " * 2_800), _KEPT),
    ("strokes in a cell without end", lambda: _cell("~~a" * 6_000), _KEPT),
    ("ticks in a cell without end", lambda: _cell("".join("`" * i + " " for i in range(1, 190))), _KEPT),
    ("links in links in a cell", lambda: _cell("[a](" * 4_700), _KEPT),
    ("tags in a cell without end", lambda: _cell("<a " * 6_300), _KEPT),
    ("remarks in a cell without end", lambda: _cell("<!-- " * 3_900), _KEPT),
    ("line breaks without end", lambda: _cell("a<br>" * 2_001), ("too-big", 5, 1)),
    ("as many line breaks as there may be", lambda: _cell("a<br>" * 2_000), _KEPT),
    ("a text that is too long", lambda: _cell("x" * 20_001), ("too-big", 5, 1)),
    ("columns without end", lambda: f"| Id {'| a ' * 900}|\n|{'---|' * 901}\n", ("bad-table", 1, 1), "too-big"),
    ("rows without end", lambda: "| Id | b |\n|---|---|\n" + "| | |\n" * 24_000, ("too-big", 0, 0)),
    ("brackets without end", lambda: _below("[" * 149_000), _KEPT),
    ("brackets and marks without end", lambda: _below("![" * 74_000), _KEPT),
    ("stars without end", lambda: _below("*a **b " * 21_000), _KEPT),
    ("ticks without end", lambda: _below("".join("`" * i + " " for i in range(1, 540))), _KEPT),
    ("quotations in quotations", lambda: _below("> " * 74_000), _KEPT),
    ("lists in lists", lambda: _below("- " * 74_000), _KEPT),
    ("deeper and deeper lists", lambda: _below("".join(" " * i + "- a\n" for i in range(500))), _KEPT),
    ("links in links", lambda: _below("[a](" * 37_000), _KEPT),
    ("names of links without end", lambda: _below("".join(f"[a{i}]: /b\n" for i in range(4_900))), _KEPT),
    ("a name of a link without end", lambda: _below("[" + "a\n" * 74_000), ("too-big", 0, 0)),
    ("tags without end", lambda: _below("<a " * 49_000), _KEPT),
    ("remarks without end", lambda: _below("a <!-- " * 21_000), _KEPT),
    ("addresses without end", lambda: _below("<a:" * 49_000), _KEPT),
    ("entities without end", lambda: _below("&a;" * 49_000), _KEPT),
    ("strokes without end", lambda: _below("|" * 149_000), ("too-big", 0, 0)),
    ("headers of tables without end", lambda: _below("|a|\n" * 4_900), ("not-a-plan", 10, 1)),
    ("tables without end", lambda: _below("|a|\n|-|\n\n" * 1_600), _KEPT),
    ("lines without end", lambda: _below("a\n" * 74_000), ("too-big", 0, 0)),
    ("a byte too many", lambda: _below("x" * (150_001 - len(PAGE))), ("too-big", 0, 0)),
    ("a line of ten megabytes", lambda: "a" * 10_000_000, ("too-big", 0, 0)),
)

_STRETCH = '{"from": 0, "to": 1, "sheets": 3}'

BENCHMARKS: tuple[Row, ...] = (
    ("nothing", "", ("empty-file", 0, 0)),
    ("a list", "[]", ("cannot-read", 0, 0)),
    ("a good one", BENCHMARK, "12"),
    ("a later version", at(2, ' "benchmark": "2",', BENCHMARK), ("bad-value", 2, 15)),
    (
        "a key that only a later version would write",
        at(2, ' "benchmark": "1", "region": "x",', BENCHMARK),
        ("unexpected", 2, 20),
    ),
    ("another pack", at(3, ' "pack": "tidy",', BENCHMARK), ("wrong-pack", 3, 10)),
    ("another version of the pack", at(4, ' "pack_version": "2",', BENCHMARK), ("wrong-pack", 3, 10)),
    (
        "a factor that is not there",
        at(11, '  "sise": {"quartiles": [1, 2, 3], "stretches": [{"from": 0, "to": 100, "sheets": 12}]}', BENCHMARK),
        ("unknown-id", 11, 3),
    ),
    ("one sheet", at(5, ' "sheets": 1,', BENCHMARK), ("bad-value", 5, 12)),
    ("no sheets", at(5, ' "sheets": -1,', BENCHMARK), ("bad-value", 5, 12)),
    ("half a sheet", at(5, ' "sheets": 12.5,', BENCHMARK), ("wrong-type", 5, 12)),
    ("sheets that are true", at(5, ' "sheets": true,', BENCHMARK), ("wrong-type", 5, 12)),
    ("no number of sheets", at(5, ' "sheets": NaN,', BENCHMARK), ("bad-number", 5, 12)),
    ("sheets of five thousand digits", at(5, f' "sheets": {"9" * 5000},', BENCHMARK), ("bad-number", 5, 12)),
    ("four quartiles", at(7, '  "quartiles": [1, 2, 3, 4],', BENCHMARK), ("bad-value", 7, 16)),
    ("quartiles in the wrong order", at(7, '  "quartiles": [80, 50, 20],', BENCHMARK), ("bad-value", 7, 16)),
    ("a quartile beyond the scale", at(7, '  "quartiles": [20, 50, 101],', BENCHMARK), ("bad-value", 7, 25)),
    (
        "a gap",
        at(8, '  "stretches": [{"from": 0, "to": 40, "sheets": 6}, {"from": 50, "to": 100, "sheets": 6}]', BENCHMARK),
        ("bad-value", 8, 16),
    ),
    (
        "a stretch backwards",
        at(8, '  "stretches": [{"from": 0, "to": 0, "sheets": 6}, {"from": 0, "to": 100, "sheets": 6}]', BENCHMARK),
        ("bad-value", 8, 16),
    ),
    (
        "a stretch in which someone could be found",
        at(8, '  "stretches": [{"from": 0, "to": 50, "sheets": 1}, {"from": 50, "to": 100, "sheets": 9}]', BENCHMARK),
        ("bad-value", 8, 16),
    ),
    (
        "more in the stretches than there are",
        at(8, '  "stretches": [{"from": 0, "to": 100, "sheets": 999}]', BENCHMARK),
        ("bad-value", 8, 16),
    ),
    (
        "stretches without end",
        lambda: at(8, f'  "stretches": [{", ".join([_STRETCH] * 4_000)}]', BENCHMARK),
        ("bad-value", 8, 16),
    ),
    (
        "factors without end",
        lambda: at(
            11,
            ", ".join(
                f'"sise{i}": {{"quartiles": [1, 2, 3], "stretches": [{{"from": 0, "to": 100, "sheets": 9}}]}}'
                for i in range(1_600)
            ),
            BENCHMARK,
        ),
        ("unknown-id", 11, 1),
        "more like these",
    ),
    ("a key twice", at(5, ' "sheets": 12, "sheets": 13,', BENCHMARK), ("duplicate-key", 5, 16)),
    ("brackets in brackets", lambda: "[" * 100_000 + "]" * 100_000, ("too-deep", 1, 21)),
    ("half a character", at(3, r' "pack": "\ud800",', BENCHMARK), ("control-character", 3, 10)),
    ("an escape behind a backslash", at(3, r' "pack": "\u001b]8;;x\u0007",', BENCHMARK), ("control-character", 3, 10)),
    ("a sheet", '{"pack": "tiny", "answers": {}}', ("cannot-read", 0, 0), "not a benchmark"),
    ("bytes that are no text", bytes(range(128, 256)), ("not-utf8", 1, 1)),
)


def _third(words: str) -> str:
    """Return good lines with another one among them."""
    return f"{LINE}\n{LINE}\n{words}\n{LINE}\n"


LINES: tuple[Row, ...] = (
    ("good ones", _third(LINE), "4 sheets were counted"),
    ("blank ones", _third(" \n\n\t"), "3 sheets were counted"),
    ("nothing", "", ("empty-file", 0, 0)),
    ("blanks", "\n \n", ("empty-file", 0, 0)),
    ("a brace", _third("{"), ("bad-json", 3, 1)),
    ("a list", _third("[]"), ("cannot-read", 3, 1)),
    ("null", _third("null"), ("empty-file", 3, 1)),
    ("YAML", _third("pack: tiny"), ("bad-json", 3, 1)),
    ("two sheets in a line", _third(LINE + LINE), ("bad-json", 3, len(LINE) + 1)),
    ("a sheet in two lines", _third(LINE.replace(", ", ",\n", 1)), ("bad-json", 3, 1), ("bad-json", 4, 15)),
    (
        "a comma after each",
        f"{LINE},\n{LINE},\n{LINE}\n{LINE}\n",
        ("bad-json", 1, len(LINE) + 1),
        ("bad-json", 2, len(LINE) + 1),
    ),
    ("a key twice", _third(LINE.replace('"q2"', '"q1"')), ("duplicate-key", 3, LINE.index('"q2"') + 1)),
    (
        "a key twice behind backslashes",
        _third(LINE.replace('"q2"', r'"q\u0031"')),
        ("duplicate-key", 3, LINE.index('"q2"') + 1),
    ),
    ("no number", _third(LINE.replace('"all"', "NaN")), ("bad-number", 3, LINE.index('"all"') + 1)),
    ("five thousand digits", _third(LINE.replace('"all"', "9" * 5000)), ("bad-number", 3, LINE.index('"all"') + 1)),
    ("half a character", _third(LINE.replace("Riverside", r"\ud800")), ("control-character", 3, 34)),
    ("NUL", _third(LINE.replace("Riverside", "a\0")), ("control-character", 3, 36)),
    ("a line separator", _third(LINE.replace("Riverside", "a\u2028b")), ("control-character", 3, 36)),
    ("bytes that are no text", _third("@").encode().replace(b"@", b"\xff\xfe"), ("not-utf8", 3, 1)),
    ("UTF-16", f"{LINE}\n{LINE}\n".encode("utf-16"), ("not-utf8", 1, 1), "not-utf8"),
    (
        "lines that end in CR only",
        f"{LINE}\r{LINE}\r{LINE}",
        ("control-character", 1, len(LINE) + 1),
        "control-character",
    ),
    ("lines that end in CR LF", f"{LINE}\r\n" * 3, "3 sheets were counted"),
    ("a byte order mark", f"\ufeff{LINE}\n{LINE}\n{LINE}\n", "3 sheets were counted"),
    ("a byte order mark in each", f"\ufeff{LINE}\n" * 3, "3 sheets were counted"),
    ("another pack", _third(LINE.replace("tiny", "tidy")), ("wrong-pack", 3, 10)),
    (
        "a question that is unknown",
        _third(LINE.replace('"q1"', '"q9"')),
        ("unknown-question", 3, LINE.index('"q1"') + 1),
    ),
    (
        "an answer that is unknown",
        _third(LINE.replace('"most"', '"mots"')),
        ("unknown-level", 3, LINE.index('"most"') + 1),
    ),
    (
        "a key that only a later version would write",
        _third(LINE[:-1] + ', "signed": "x"}'),
        ("unexpected", 3, len(LINE) + 2),
    ),
    (
        "a question that is gone, and was once asked",
        _third(LINE.replace('"q1"', '"old"')[:-1] + ', "asked": {"old": "01234567-01234567"}}'),
        "4 sheets were counted",
    ),
    (
        "choices that have changed",
        _third(LINE[:-1] + ', "asked": {"q1": "01234567-01234567"}}'),
        "4 sheets were counted",
    ),
    ("brackets in brackets", lambda: _third("[" * 100_000), ("too-deep", 3, 21)),
    ("brackets in brackets that are closed", lambda: _third("[" * 100_000 + "]" * 100_000), ("too-deep", 3, 21)),
    ("braces in braces", lambda: _third('{"a":' * 10_000 + "1" + "}" * 10_000), ("too-deep", 3, 101)),
    ("a line of ten megabytes", lambda: _third("a" * 10_000_000), ("too-big", 3, 1)),
    ("wrong lines one after the other", "{\n" * 9, ("bad-json", 1, 1), "bad.jsonl:9:1"),
    ("a line of ten megabytes of blanks", lambda: _third(" " * 10_000_000), ("too-big", 3, 1)),
    ("blank lines without end", lambda: "\n" * 100_000, ("empty-file", 0, 0)),
    ("a packed file", b"\x1f\x8b\x08" + bytes(20), ("not-utf8", 1, 2)),
)

# What is no file.


def _folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _link(target: str) -> Callable[[Path], None]:
    def put(path: Path) -> None:
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return put


def _round(path: Path) -> None:
    _link(path.name)(path)


def _shut(path: Path) -> None:
    path.touch()
    path.chmod(0)


def _socket(path: Path) -> None:
    path.unlink(missing_ok=True)
    here = Path.cwd()
    os.chdir(path.parent)  # a socket cannot have a long name
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def _gone(path: Path) -> None:
    path.unlink(missing_ok=True)


_NO_SUCH: Final = "no file"
_NO_FILES: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("a folder", _folder),
    ("a pipe", _pipe),
    ("a socket", _socket),
    ("a device without end", _link("/dev/zero")),
    ("a device of nothing", _link("/dev/null")),
    ("a link that goes round", _round),
    ("a link to nowhere", _link("nowhere")),
    ("the memory of the program", _link("/proc/self/mem")),
    ("a file that nobody may read", _shut),
    (_NO_SUCH, _gone),
)

_READERS: tuple[Reader, ...] = (
    *(kinds.SHEET, kinds.SHEET_JSON, kinds.LINES, kinds.PACK, kinds.GUIDANCE, kinds.TABLE, kinds.BOOK, kinds.MAPPING),
    *(kinds.PLAN, kinds.PAGE, kinds.BENCHMARK),
)


_WELL: Final = {
    (_NO_SUCH, kinds.PLAN),  # it is made
    (_NO_SUCH, kinds.PAGE),
    (_NO_SUCH, kinds.GUIDANCE),  # a pack needs none
    ("a folder", kinds.SHEET),  # its sheets are read
    ("a folder", kinds.SHEET_JSON),
    ("a folder", kinds.LINES),
}
"""What is no mistake."""

_OPENED: Final = {"the memory of the program", "a file that nobody may read"}
"""What looks like a file until somebody opens it."""


def no_files() -> Iterator[Case]:
    """Yield every case of something that is no file, where each reader expects one."""
    for name, put in _NO_FILES:
        for reader in _READERS:
            if (name, reader) not in _WELL:
                code = "no-pack" if reader is kinds.PACK and name not in _OPENED else "cannot-read"
                yield Case(f"{reader.kind}: {name}", reader, put, ((code, 0, 0),), ())


def others() -> Iterator[Case]:
    """Yield every other case."""
    yield from cases(kinds.PLAN, PLANS)
    yield from cases(kinds.PAGE, PAGES)
    yield from cases(kinds.BENCHMARK, BENCHMARKS)
    yield from cases(kinds.LINES, LINES)
    yield from no_files()
