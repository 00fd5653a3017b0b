"""The scale from 0 to 100 in parts that each hold nobody or enough, so that no sum of them tells on anyone.

Reports and benchmarks both rest on the same parts: what one leaves out cannot be worked out with the other.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

STEP: Final = 5
TEN: Final = 2 * STEP
"""A part has ten points, or as many times that as it takes for enough to be in it; or half, where that is enough."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the scale, and how many score in it."""

    low: int
    high: int
    """Scores below this; 100 itself is in the last part."""
    sheets: int


def parts_of(tenths: Mapping[int, int], smallest: int, placed: Collection[int] = ()) -> Iterator[Part]:
    """Yield the parts from the lowest; what is left over at the top goes with the last.

    `tenths` says how many have which score, in tenths of a point; there are at least `smallest` of them. `placed` says
    how many are in all bands up to each, flags counted: no part ends where the difference would tell of a few.
    """
    counts = [0] * (100 // STEP)
    for tenth, times in tenths.items():
        counts[min(tenth // (10 * STEP), len(counts) - 1)] += times
    below = list(accumulate(counts, initial=0))
    low = 0
    for high in range(2, len(below), 2):
        if high == len(counts) or _may_cut(below, low, high, smallest, placed):
            for start, end in pairwise([low, *_middle(below, low, high, smallest, placed), high]):
                yield Part(STEP * start, STEP * end, below[end] - below[start])
            low = high


def _middle(below: Sequence[int], low: int, high: int, smallest: int, placed: Collection[int]) -> list[int]:
    """Return where to halve a part, if it is one ten and that can be done."""
    at = low + 1
    halves = at + 1 == high and below[high] - below[at] not in range(1, smallest)
    return [at] if halves and _may_cut(below, low, at, smallest, placed) else []


def _may_cut(below: Sequence[int], low: int, at: int, smallest: int, placed: Iterable[int]) -> bool:
    """Say whether a part that begins at `low` may end here, with nobody or enough in it, above it, and beside bands."""
    apart = [below[at] - below[low], below[-1] - below[at], *(abs(below[at] - number) for number in placed)]
    return not any(0 < number < smallest for number in apart)


def tens_of(parts: Iterable[Part]) -> Iterator[int | None]:
    """Yield how many score from 0 up to 10, from 10 up to 20, and so on; None where a part goes beyond a ten."""
    known = list(parts)
    for low in range(0, 100, TEN):
        inside = [part for part in known if low <= part.low and part.high <= low + TEN]
        nobody = any(part.low <= low < part.high and not part.sheets for part in known)
        yield sum(part.sheets for part in inside) if inside else 0 if nobody else None
