"""Sheets, tables and mappings for a pack that uses what the small one does not."""

from collections.abc import Iterator

from hostile.cases import FULL_JSON, FULL_MAPPING, FULL_SHEET, FULL_TABLE, Case, Row, cases
from hostile.full import MAPPING, SHEET, TABLE
from hostile.good import at

_HEADER = "organisation,date,q1,q2,q3,q3 note,q3 evidence,q3 reason,q4\n"
_FINGERPRINT = "0123abcd-0123abcd"


def _answering(line: str, more: str = "") -> str:
    """Return a sheet with one answer."""
    return f"{SHEET.partition('  q1')[0]}  {line}\n{more}"


def _row(cells: str) -> str:
    """Return a table with these cells behind the organisation and the day."""
    return f"{_HEADER}Us,2026-11-23,{cells}\n"


def _in_json(answer: str) -> str:
    """Return a sheet in JSON with one answer, to the third question."""
    about = '"pack": "full", "organisation": "Riverside Advice", "date": "2026-11-23"'
    return f'{{{about},\n "answers": {{\n  "q3": {answer}}}}}\n'


# What is answered to such a pack.

SHEETS: tuple[Row, ...] = (
    ("a good one", SHEET, "Riverside Advice"),
    ("an answer to a question that is gone", _answering("gone: never"), ("unknown-question", 6, 3)),
    (
        "an answer from when it was asked",
        _answering("gone: never", f"asked: {{gone: {_FINGERPRINT}}}\n"),
        "dropped with version 2",
    ),
    ("an answer to a question to come", _answering("later: never"), ("unknown-question", 6, 3)),
    (
        "an answer to a question to come that was asked before",
        _answering("later: never", f"asked: {{later: {_FINGERPRINT}}}\n"),
        "does not ask it",
    ),
    ("an answer to a scale", _answering("often: never"), ("unknown-question", 6, 3)),
    ("the name of a scale as an answer", _answering("q1: often"), ("unknown-level", 6, 7)),
    ("two answers of a scale", _answering("q1: [never, some]"), ("two-values", 6, 7)),
    ("points as an answer", _answering("q1: 3"), ("bare-word", 6, 7)),
    ("what it counts as, as an answer", _answering("q1: {counts_as: some}"), ("unexpected", 6, 8)),
    ("no reason where one is needed", _answering("q3: not-applicable"), ("no-reason", 6, 7)),
    (
        "no reason where one is needed, with a note",
        _answering("q3: {choice: not-applicable, note: so}"),
        ("no-reason", 6, 16),
    ),
    ("an empty reason", _answering('q3: {not_applicable: ""}'), ("bad-value", 6, 24)),
    ("a reason of blanks", _answering('q3: {not_applicable: "  "}'), ("no-reason", 6, 24)),
    ("a reason of what nobody sees", _answering(r'q3: {not_applicable: "\u200b\u2060\u00a0"}'), ("no-reason", 6, 24)),
    ("a reason in Braille without dots", _answering(r'q3: {not_applicable: "\u2800\u2800"}'), ("no-reason", 6, 24)),
    ("a reason of accents without letters", _answering(r'q3: {not_applicable: "\u0301\ufe0f"}'), ("no-reason", 6, 24)),
    ("a reason of a letter that fills", _answering(r'q3: {not_applicable: "\u3164"}'), ("no-reason", 6, 24)),
    ("a reason of tags", _answering(r'q3: {not_applicable: "\U000E0041\U000E0042"}'), ("no-reason", 6, 24)),
    ("an empty reason where none is needed", _answering('q2: {not_applicable: ""}'), ("bad-value", 6, 24)),
    (
        "a reason of blanks where it counts as a level",
        _answering('q1: {not_applicable: " "}'),
        "Does not apply. It counts as “Sometimes”.",
    ),
    ("a reason that is true", _answering("q2: {not_applicable: true}"), ("bare-word", 6, 24)),
    ("a reason, and an answer", _answering("q2: {not_applicable: so, choice: always}"), ("unexpected", 6, 28)),
    ("does not apply beside other answers", _answering("q4: [not-applicable, north]"), ("unknown-level", 6, 8)),
    (
        "does not apply in other words",
        _answering("q2: does-not-apply"),
        ("unknown-level", 6, 7),
        "dont-know, not-applicable.",
    ),
    (
        "a note of what nobody sees",
        _answering(r'q3: {choice: noted, note: "\u200b\u200d"}'),
        "Not counted until you add a note.",
    ),
    ("a note of blanks", _answering('q3: {choice: noted, note: "  "}'), "Not counted until you add a note."),
    (
        "a note in Braille without dots",
        _answering(r'q3: {choice: noted, note: "\u2800"}'),
        "Not counted until you add a note.",
    ),
    (
        "a note of accents without letters",
        _answering(r'q3: {choice: noted, note: "\u0301"}'),
        "Not counted until you add a note.",
    ),
    (
        "evidence in the place of a note",
        _answering("q3: {choice: noted, evidence: minutes}"),
        "Not counted until you add a note.",
    ),
    (
        "evidence of blanks",
        _answering(r'q3: {choice: shown, evidence: " \u2060 "}'),
        "Not counted until you say where it can be seen.",
    ),
    (
        "evidence that runs a program",
        _answering('q3: {choice: shown, evidence: "javascript:alert(1)"}'),
        "Evidence: javascript:alert(1)",
    ),
    (
        "evidence that turns round",
        _answering('q3: {choice: shown, evidence: "\u202ehttps://evil.example"}'),
        "\\u202ehttps",
    ),
    ("a list of evidence", _answering("q3: {choice: shown, evidence: [minutes]}"), ("wrong-type", 6, 33)),
    ("evidence that is a number", _answering("q3: {choice: shown, evidence: 12}"), ("bare-word", 6, 33)),
    ("evidence of nothing", _answering("q3: {choice: shown, evidence: }"), ("missing", 6, 33)),
    (
        "evidence for one of two answers",
        _answering("q4: [north, south]"),
        "Not counted until you say where it can be seen.",
    ),
    ("an answer beside one that stands alone", _answering("q4: [no-one, north]"), ("two-values", 6, 8)),
    ("not known beside an answer", _answering("q4: [north, dont-know]"), ("unknown-level", 6, 15)),
    ("no answers", _answering("q4: {choice: [], evidence: minutes}"), ("bad-value", 6, 16)),
    ("a fingerprint of other answers", _answering("q1: never", f"asked: {{q1: {_FINGERPRINT}}}\n"), "Not scored: “q1”"),
    ("a target on the range of the pack", _answering("q1: never", "targets: {size: 3.4}\n"), ("bare-word", 7, 17)),
)

SHEETS_IN_JSON: tuple[Row, ...] = (
    (
        "a note of what nobody sees",
        _in_json('{"choice": "noted", "note": "\\u2800\\u200b"}'),
        "Not counted until you add a note.",
    ),
    ("a reason of what nobody sees", _in_json('{"not_applicable": "\\u2800\\u0301"}'), ("no-reason", 3, 28)),
    ("an empty reason", _in_json('{"not_applicable": ""}'), ("bad-value", 3, 28)),
    (
        "half a character as evidence",
        _in_json('{"choice": "shown", "evidence": "\\ud83d"}'),
        ("control-character", 3, 41),
    ),
)

TABLES: tuple[Row, ...] = (
    ("a good one", TABLE, "Saved 1 sheet"),
    ("a column of a question that is gone", TABLE.replace(",q4", ",gone"), "its question was dropped with version 2"),
    (
        "a column of a question to come, in its words",
        TABLE.replace(",q4", ",Will it be so"),
        "its question is to come with version 3",
    ),
    ("a note of what nobody sees", _row("never,some,noted,\u200b\u200d,,,north"), "for lack of a note"),
    ("evidence in the place of a note", _row("never,some,noted,,minutes,,north"), "for lack of a note"),
    ("no reason", _row("never,some,Does not apply,,,,north"), ("no-reason", 2, 5)),
    ("a reason of what nobody sees", _row("never,some,Does not apply,,,\u200b\u2060,north"), ("no-reason", 2, 5)),
    (
        "a reason of what nobody sees in the cell of the answer",
        _row("never,some,Does not apply: \u200b,,,,north"),
        ("no-reason", 2, 5),
    ),
    ("points of a scale", _row("3,some,none,,,,north"), ("unknown-level", 2, 3)),
    ("two answers of a scale", _row("never; some,some,none,,,,north"), ("two-values", 2, 3)),
    ("what it counts as", _row("It counts as some,some,none,,,,north"), ("unknown-level", 2, 3)),
    ("an answer beside one that stands alone", _row("never,some,none,,,,no-one; north"), ("two-values", 2, 9)),
    (
        "ticks beside one that stands alone",
        "organisation,q4 north,q4 south,q4 no-one\nUs,1,0,1\n",
        ("two-values", 2, 4),
    ),
    ("a scale in the place of a question", "organisation,often\nUs,never\n", ("no-columns", 1, 1)),
)

MAPPINGS: tuple[Row, ...] = (
    ("a good one", MAPPING, "Saved 1 sheet"),
    (
        "a question that is gone",
        at(4, "  gone: q1", MAPPING),
        ("unknown-id", 0, 0),
        "its question was dropped with version 2",
    ),
    (
        "a question to come",
        at(4, "  later: q1", MAPPING),
        ("unknown-id", 0, 0),
        "its question is to come with version 3",
    ),
    ("a scale in the place of a question", at(4, "  often: q1", MAPPING), ("unknown-id", 0, 0)),
    ("what does not apply counts as", f"{MAPPING}counts_as: {{q1: some}}\n", ("unexpected", 12, 1)),
)


def answered() -> Iterator[Case]:
    """Yield every case of what is answered to such a pack."""
    yield from cases(FULL_SHEET, SHEETS)
    yield from cases(FULL_JSON, SHEETS_IN_JSON)
    yield from cases(FULL_TABLE, TABLES)
    yield from cases(FULL_MAPPING, MAPPINGS)
