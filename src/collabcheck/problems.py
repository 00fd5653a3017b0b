"""What is wrong, where, and what to do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

Path = tuple[str | int, ...]
"""The way to a value inside a file: keys and list positions from the root."""


class Code(StrEnum):
    """The kind of a problem. Codes are stable; `docs/problems.md` explains each."""

    # The file itself
    CANNOT_READ = "cannot-read"
    CANNOT_WRITE = "cannot-write"
    NOT_UTF8 = "not-utf8"
    EMPTY_FILE = "empty-file"
    TOO_BIG = "too-big"
    TOO_DEEP = "too-deep"
    CHANGED_UNDERNEATH = "changed-underneath"
    IN_USE = "in-use"
    FILE_EXISTS = "file-exists"
    # The text in it
    BAD_YAML = "bad-yaml"
    BAD_JSON = "bad-json"
    TAB = "tab"
    DUPLICATE_KEY = "duplicate-key"
    KEY_NOT_TEXT = "key-not-text"
    FORBIDDEN_YAML = "forbidden-yaml"
    SEVERAL_DOCUMENTS = "several-documents"
    CONTROL_CHARACTER = "control-character"
    BAD_NUMBER = "bad-number"
    BAD_TABLE = "bad-table"
    BAD_WORKBOOK = "bad-workbook"
    # Its shape
    MISSING = "missing"
    UNEXPECTED = "unexpected"
    WRONG_TYPE = "wrong-type"
    BARE_WORD = "bare-word"
    BAD_VALUE = "bad-value"
    # A pack
    NO_PACK = "no-pack"
    DUPLICATE_ID = "duplicate-id"
    UNKNOWN_ID = "unknown-id"
    CONDITION_ORDER = "condition-order"
    BANDS = "bands"
    POINTS = "points"
    # An answer sheet
    WRONG_PACK = "wrong-pack"
    UNKNOWN_QUESTION = "unknown-question"
    UNKNOWN_LEVEL = "unknown-level"
    TWO_VALUES = "two-values"
    NO_REASON = "no-reason"
    OTHER_ORGANISATION = "other-organisation"
    ROLE_TWICE = "role-twice"
    # An import
    NO_COLUMNS = "no-columns"
    COLUMN_TWICE = "column-twice"
    # A cohort
    TOO_FEW = "too-few"
    # A plan
    NOT_A_PLAN = "not-a-plan"
    STEP_TWICE = "step-twice"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file. `line` and `column` count from 1; 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem found by code that knows values but not files: the path stands for the place."""

    path: Path
    code: Code
    message: str
    advice: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: where, what, and what to do. Sorts by place."""

    place: Place
    code: Code
    message: str
    advice: str


class Findings(Exception):
    """Values that do not make sense together. Raised by the pure modules; `files` adds the places."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.message for finding in self.findings))


class CollabcheckError(Exception):
    """The files or the request cannot be used as they are. Carries every problem, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("; ".join(f"{p.place}: {p.message}" for p in self.problems))


def of_whole_file(name: object, code: Code, message: str, advice: str) -> CollabcheckError:
    """Return the error for one problem that a file has as a whole."""
    return CollabcheckError([Problem(Place(str(name)), code, message, advice)])


class UsageError(Exception):
    """The command was called in a way that cannot work; the text says how to call it."""


_FEW = 12
"""So many words can be listed in a message."""
_COMPARED = 500
"""So many are compared at most: to compare two takes ten microseconds."""


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that is most like this one; None if none is like it."""
    return next(iter(get_close_matches(word[:100].casefold(), known[:_COMPARED], n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return “Did you mean …?” for the nearest known word, else the whole list where it is short, else nothing."""
    if near := nearest(word, known):
        return f"Did you mean “{near}”?"
    if 0 < len(known) <= _FEW:
        return f"Use one of: {', '.join(known)}."
    return ""
