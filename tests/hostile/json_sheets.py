"""Answer sheets in JSON, and on standard input."""

import json
from collections.abc import Iterator

from hostile.cases import FED, SHEET_JSON, Case, Row, cases
from hostile.good import BREAK, JSON, LINE, SHEET, at

MEGABYTES = 10_000_000

OF_JSON: tuple[Row, ...] = (
    ("no number", at(6, '  "q1": NaN,', JSON), ("bad-number", 6, 9)),
    ("without end", at(6, '  "q1": -Infinity,', JSON), ("bad-number", 6, 9)),
    ("an exponent", at(6, '  "q1": 1e400,', JSON), ("bad-number", 6, 9)),
    ("five thousand digits", at(6, f'  "q1": {"9" * 5000},', JSON), ("bad-number", 6, 9)),
    ("a zero in front", at(6, '  "q1": 012,', JSON), ("bad-json", 6, 10)),
    ("a sign in front", at(6, '  "q1": +1,', JSON), ("bad-json", 6, 9)),
    ("a key twice", at(7, '  "q1": "all",', JSON), ("duplicate-key", 7, 3)),
    ("a key twice, once behind backslashes", at(7, r'  "\u00711": "all",', JSON), ("duplicate-key", 7, 3)),
    ("an empty key", at(7, '  "": "all",', JSON), ("unknown-question", 7, 3)),
    ("a key that programs fall for", at(7, '  "__proto__": "all",', JSON), ("unknown-question", 7, 3)),
    ("half a character", at(3, r' "organisation": "\ud800",', JSON), ("control-character", 3, 18)),
    ("halves in the wrong order", at(3, r' "organisation": "\udc00\ud800",', JSON), ("control-character", 3, 18)),
    ("half a character and a letter", at(3, r' "organisation": "\ud83dA",', JSON), ("control-character", 3, 18)),
    ("NUL behind a backslash", at(3, r' "organisation": "a\u0000",', JSON), ("control-character", 3, 18)),
    ("an escape behind a backslash", at(3, r' "organisation": "\u001b[2J",', JSON), ("control-character", 3, 18)),
    ("a line end in quotes", at(3, ' "organisation": "a\nb",', JSON), ("bad-json", 3, 20)),
    ("a backslash before any letter", at(3, r' "organisation": "\x41",', JSON), ("bad-json", 3, 19)),
    ("a comma too many", at(8, '  "q3": ["north", "south",]', JSON), ("bad-json", 8, 27)),
    ("single quotes", at(6, "  'q1': 'most',", JSON), ("bad-json", 6, 3)),
    ("a remark", at(6, '  "q1": "most", // so', JSON), ("bad-json", 6, 17)),
    ("keys without quotes", at(6, '  q1: "most",', JSON), ("bad-json", 6, 3)),
    ("a quote that is open", at(6, '  "q1": "most,', JSON), ("bad-json", 6, 15)),
    ("a brace that is open", JSON[:-3], ("bad-json", 9, 3)),
    ("no colon", at(6, '  "q1" "most",', JSON), ("bad-json", 6, 8)),
    ("more after the end", f"{JSON}{{}}", ("bad-json", 11, 1)),
    ("a sheet in every line", f"{LINE}\n{LINE}\n", ("bad-json", 2, 1)),
    ("YAML", SHEET, ("bad-json", 1, 1)),
    ("null", "null", ("empty-file", 0, 0)),
    ("a list", "[]", ("cannot-read", 0, 0)),
    ("a truth", "true", ("wrong-type", 1, 1)),
    ("an empty text", '""', ("missing", 1, 1)),
    ("nothing", "", ("empty-file", 0, 0)),
    ("a byte order mark", "\ufeff" + JSON, "Riverside Advice"),
    ("UTF-16", JSON.encode("utf-16"), ("not-utf8", 0, 0)),
    ("NUL", at(3, ' "organisation": "a\0",', JSON), ("control-character", 3, 20)),
    ("brackets in brackets", lambda: "[" * 100_000, ("too-deep", 1, 21)),
    ("brackets in brackets that are closed", lambda: "[" * 100_000 + "]" * 100_000, ("too-deep", 1, 21)),
    ("braces in braces", lambda: '{"a":' * 70_000, ("too-deep", 1, 101)),
    ("too many values", lambda: json.dumps(["a"] * 20_001), ("too-big", 1, 99_997)),
    ("a text that is too long", lambda: at(3, f' "organisation": "{"x" * 20_001}",', JSON), ("too-big", 3, 18)),
    (
        "line breaks without end",
        lambda: at(6, f'  "q1": {{"choice": "most", "note": "x{BREAK * 2_001}"}},', JSON),
        ("too-big", 6, 36),
    ),
    (
        "as many line breaks as there may be",
        lambda: at(6, f'  "q1": {{"choice": "most", "note": "x{BREAK * 2_000}"}},', JSON),
        "Riverside Advice",
    ),
    ("a line of ten megabytes", lambda: '"' + "a" * MEGABYTES, ("too-big", 0, 0)),
    ("blanks without end", lambda: " " * 390_000, ("empty-file", 0, 0)),
    ("backslashes without end", lambda: '"' + "\\" * 390_000, ("bad-json", 1, 1)),
    ("one key without end", lambda: "{" + '"a":1,' * 19_000 + '"b":2}', ("duplicate-key", 1, 8), "more like these"),
    ("a part of a later version", at(3, ' "signed": {"by": "Ann"}, "organisation": "Us",', JSON), ("unexpected", 3, 2)),
    ("a report of ours", '{"schema_version": "1", "kind": "assessment"}', ("cannot-read", 0, 0)),
)

# Standard input.

OF_FED: tuple[Row, ...] = (
    ("nothing", "", ("empty-file", 0, 0)),
    ("a sheet in JSON", JSON, "Riverside Advice"),
    ("brackets in brackets", lambda: "{" + "[" * 100_000, ("bad-json", 1, 2)),
    ("a line of ten megabytes", lambda: "a" * MEGABYTES, ("too-big", 0, 0)),
    ("a workbook", b"PK\x03\x04" + bytes(200), ("cannot-read", 0, 0)),
    ("bytes that are no text", bytes(range(128, 256)), ("not-utf8", 1, 1)),
    ("an escape sequence", "\x1b[2J: 1", ("control-character", 1, 1)),
)


def json_sheets() -> Iterator[Case]:
    """Yield every case of a sheet in JSON, and of what comes on standard input."""
    yield from cases(SHEET_JSON, OF_JSON)
    yield from cases(FED, OF_FED)
