"""What is found wrong in a file: as a position in its text, then as problems that each have a place."""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from collabcheck.characters import visible
from collabcheck.problems import Code, CollabcheckError, Place, Problem

MAX_PROBLEMS: Final = 50  # more than anyone corrects in one go
MAX_SAID: Final = 5_400  # bytes of places, messages and advice, for the same reason
SHOWN: Final = 60  # characters of what people wrote that a message repeats


class Found(NamedTuple):
    """One thing that is wrong. Sorts by where it stands."""

    at: int
    """The character it is about; -1 for the whole file."""
    code: Code
    message: str
    advice: str


class Stop(Exception):
    """There is no reading on after this."""

    def __init__(self, at: int, code: Code, message: str, advice: str) -> None:
        self.found = Found(at, code, message, advice)


def refused(name: str, text: str, found: Sequence[Found], total: int = 0) -> CollabcheckError:
    """Return the first problems in the order of the file, and how many more there are."""
    ordered = sorted(set(found))
    first = (Problem(place_at(name, text, one.at), one.code, one.message, one.advice) for one in ordered[:MAX_PROBLEMS])
    return CollabcheckError(few(first, max(total, len(ordered))))


def few(problems: Iterable[Problem], total: int = 0) -> list[Problem]:
    """Return the first problems in the order of the file, and how many more there are."""
    ordered = sorted(set(problems))
    sizes = accumulate(len(_said(one).encode()) for one in ordered[:MAX_PROBLEMS])
    shown = ordered[: max(1, sum(size <= MAX_SAID for size in sizes))]
    if more := max(total, len(ordered)) - len(shown):
        last = shown[-1]
        shown.append(Problem(last.place, last.code, f"… and {more} more like these", "Correct these first."))
    return shown


def _said(problem: Problem) -> str:
    """Return a problem as long as it is where it is shown."""
    return f"{problem.place}: {problem.message} [{problem.code}]\n    {problem.advice}\n"


def place_at(name: str, text: str, at: int) -> Place:
    """Return the place of a character of the text; -1 is the whole file."""
    if at < 0:
        return Place(name)
    return Place(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


ADDRESS: Final = re.compile(
    r"[^\s@\uff20\ufe6b<>()\[\],;:\"“”]{1,64}[@\uff20\ufe6b][^\s@\uff20\ufe6b<>()\[\],;:\"“”]{1,200}[.\uff0e\u3002][^\W\d_]{2,30}"
)
"""An e-mail address among other words."""


def without_addresses(text: str) -> str:
    """Return a text in which no e-mail address stands."""
    return ADDRESS.sub("(an e-mail address)", text)


def quoted(text: str) -> str:
    """Return the text as a message repeats it: in quotes, on one line, not too long, and without e-mail addresses."""
    short = " ".join(without_addresses(text[: SHOWN * 8])[: SHOWN * 2].split())
    return f"“{visible(short[: SHOWN - 1])}…”" if len(short) > SHOWN or len(text) > SHOWN * 2 else f"“{visible(short)}”"
