"""What a file is that was taken for another: said in one line, in place of all in it that does not fit."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from collabcheck.files.source.reader import kind_by, read_text
from collabcheck.problems import Code, CollabcheckError, of_whole_file

_IMPORTED: Final = "Import the table with the answers, in CSV or Excel (.xlsx)."
_BENCHMARK: Final = "A benchmark is a file that “collabcheck cohort PATHS --benchmark FILE” makes. Ask for that one."


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file, and what to do with one; {name} stands for its name."""

    what: str
    for_sheet: str
    """What to do where an answer sheet belongs."""
    for_table: str = _IMPORTED
    """What to do where a table belongs."""
    for_benchmark: str = _BENCHMARK
    """What to do where a benchmark belongs."""


_OF_A_REPORT: Final = "If it is a report, name the answer sheet that it was made from."
_APART: Final = "keep it in another folder than the sheets."

_REPORT: Final = _Kind("a report", f"Name the answer sheet or sheets that it was made from, and {_APART}")
_SHEET: Final = _Kind(
    "an answer sheet already",
    "",
    "It needs no import: collabcheck report {name}",
    f"Name it before --benchmark: collabcheck report {{name}} --benchmark FILE. {_BENCHMARK}",
)
_DATA: Final = _Kind("YAML or JSON", "", "If it is an answer sheet, it needs no import: collabcheck report {name}")
_TABLE: Final = _Kind("a table", "If it holds answers, bring it in first: collabcheck import {name} -o sheets")
_PAGE: Final = _Kind(
    "a web page",
    f"If it is a form, open it in a browser, and name the file that it saves. {_OF_A_REPORT}",
    f"If it is a form, open it in a browser; the file that it saves needs no import. {_IMPORTED}",
)
_PAPER: Final = _Kind("a Markdown page", f"If it is a form, type the answers in: collabcheck assess. {_OF_A_REPORT}")
_LINES: Final = _Kind("a file with an answer sheet in every line", "All of them together: collabcheck cohort {name}")
_OWN_BENCHMARK: Final = _Kind("a benchmark", f"Name it after --benchmark, and {_APART}")

_BY_SUFFIX: Final = {
    **dict.fromkeys((".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"), _TABLE),
    **dict.fromkeys((".html", ".htm"), _PAGE),
    **dict.fromkeys((".jsonl", ".ndjson"), _LINES),
    ".md": _PAPER,
    ".txt": _Kind("a plain text", _OF_A_REPORT),
    ".docx": _Kind("a Word document", _OF_A_REPORT),
    ".pdf": _Kind("a PDF", _OF_A_REPORT),
}
_NO_TABLES: Final = (".html", ".htm", ".md", ".docx", ".pdf", ".jsonl", ".ndjson")
_OF_DATA: Final = (".yaml", ".yml", ".json")

_BY_KEYS: Final[Mapping[tuple[str, ...], _Kind]] = {
    ("schema_version", "kind"): _REPORT,
    ("answers",): _SHEET,
    ("benchmark",): _OWN_BENCHMARK,
    ("$schema",): _Kind("a schema for editors", f"Leave it out, and {_APART}"),
    ("columns",): _Kind("a mapping", f"It goes with import, after --mapping; {_APART}", "Name it after --mapping."),
    ("trends",): _Kind("a pack of questions", f"Name its folder after --pack, and {_APART}"),
}
"""What the keys of a file tell; the first that are all there count."""
_LIST: Final = _Kind(
    "a list",
    "If its parts are answer sheets, write each in a line of its own, in a file with a name that ends in .jsonl; "
    "then all of them together: collabcheck cohort FILE.jsonl",
)

_MEANT_AS_SHEET: Final = re.compile(rb"^answers[ \t]*:", re.MULTILINE)


def other_than_sheet(name: str, data: object) -> CollabcheckError | None:
    """Return what to say of data that fit no answer sheet, if they are something else of ours."""
    kind = _by_keys(data)
    return _refusal(name, kind, "an answer sheet", kind.for_sheet) if kind and kind is not _SHEET else None


def named_unlike_sheet(name: str, raw: bytes) -> CollabcheckError | None:
    """Return what to say of a file that cannot be read as an answer sheet, if its name says that it is none."""
    kind = _BY_SUFFIX.get(_suffix(name))
    if kind is None or _MEANT_AS_SHEET.search(raw):
        return None
    return _refusal(name, kind, "an answer sheet", kind.for_sheet)


def other_than_benchmark(name: str, data: object) -> CollabcheckError | None:
    """Return what to say of data that fit no benchmark, if they are something else of ours."""
    kind = _by_keys(data)
    return _refusal(name, kind, "a benchmark", kind.for_benchmark) if kind and kind is not _OWN_BENCHMARK else None


def named_unlike_benchmark(name: str) -> CollabcheckError | None:
    """Return what to say of a file that cannot be read as a benchmark, if its name says that it is none."""
    kind = _BY_SUFFIX.get(_suffix(name))
    return _refusal(name, kind, "a benchmark", kind.for_benchmark) if kind else None


def other_than_table(name: str, raw: bytes) -> CollabcheckError | None:
    """Return what to say of a file whose name shows that it holds no table."""
    suffix = _suffix(name)
    kind = _of_data(name, raw) if suffix in _OF_DATA else _BY_SUFFIX[suffix] if suffix in _NO_TABLES else None
    return _refusal(name, kind, "a table of answers", kind.for_table) if kind else None


def _of_data(name: str, raw: bytes) -> _Kind:
    try:
        data = read_text(name, raw, kind_by(PurePath(name))).data
    except CollabcheckError:
        return _DATA
    return _by_keys(data) or _DATA


def _by_keys(data: object) -> _Kind | None:
    if isinstance(data, list):
        return _LIST
    if not isinstance(data, dict):
        return None
    return next((kind for keys, kind in _BY_KEYS.items() if data.keys() >= set(keys)), None)


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def _refusal(name: str, kind: _Kind, wanted: str, advice: str) -> CollabcheckError:
    words = advice.replace("{name}", shlex.quote(name))
    return of_whole_file(name, Code.CANNOT_READ, f"this is {kind.what}, not {wanted}", words)
