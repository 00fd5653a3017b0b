"""Days as tables write them: which number is the day, which the month, and where that is in doubt."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from collabcheck.files.source.found import quoted

_DAY: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_OTHER_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_IN_WORDS: Final = re.compile(r"([A-Za-z]{3,9}) (\d{1,2}), (\d{4})(?!\d)")
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def day_first(days: Iterable[str]) -> bool | None:
    """Say whether days such as 23/11/2026 put the day first, as one of them shows; None if none does."""
    hits = [hit for day in days if (hit := _OTHER_DAY.match(day.strip()))]
    if any(int(hit[1]) > 12 for hit in hits):  # noqa: PLR2004  months
        return True
    return False if any(int(hit[2]) > 12 for hit in hits) else None  # noqa: PLR2004  months


def days_in(words: str, *, first: bool) -> Iterator[tuple[int, int, int]]:
    """Yield the year, month and day that a cell begins with, if it begins with one."""
    if hit := _DAY.match(words.strip()):
        yield int(hit[1]), int(hit[2]), int(hit[3])
    elif hit := _OTHER_DAY.match(words.strip()):
        year = int(hit[3]) if len(hit[3]) == 4 else 2000 + int(hit[3])  # noqa: PLR2004  digits
        yield (year, int(hit[2]), int(hit[1])) if first else (year, int(hit[1]), int(hit[2]))
    elif hit := _IN_WORDS.match(words.strip()):
        yield from ((int(hit[3]), month, int(hit[2])) for month in _months(hit[1].lower()))


def _months(word: str) -> Iterator[int]:
    yield from (number for number, month in enumerate(_MONTHS, start=1) if month.startswith(word))


def doubt_about(days: Iterable[str]) -> str | None:
    """Return what to tell of days that are read in one way, though nothing in their column rules another out."""
    days = list(days)
    if example := next(_year_first(days), ""):
        read = "-".join(f"{part:02}" for part in next(days_in(example, first=True)))
        return (
            f"{quoted(example)} and days like it are read with the day first and the year last, as {read}. "
            "If the year comes first, write it with four digits, such as 2026-11-23."
        )
    if day_first(days) is None and any([*days_in(day, first=True)] != [*days_in(day, first=False)] for day in days):
        return "days such as 03/04/2026 are read with the day first."
    return None


def _year_first(days: Iterable[str]) -> Iterator[str]:
    """Yield the days that would be others with the year first, such as 26/11/23, if all may be meant so."""
    hits = [hit for day in days if (hit := _OTHER_DAY.match(day.strip()))]
    if all(len(hit[1]) == len(hit[3]) and _is_day(hit[1], hit[2], hit[3]) for hit in hits):
        yield from (hit[0] for hit in hits if hit[1] != hit[3] and _is_day(hit[3], hit[2], hit[1]))


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(2000 + int(year), int(month), int(day))
    except ValueError:
        return False
    return True
