"""How far the questions of a factor say the same (docs/scoring.md, rule 14): for the author of a pack."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Final

FEWEST_COMPLETE: Final = 30
"""Fewer sheets that answer everything say too little about the questions."""

Pair = tuple[int, int]
"""What one answer is worth, and what all answers of the same sheet are worth together."""
_Take = Callable[[int, int], int]


@dataclass(frozen=True, slots=True)
class Reliability:
    """The internal consistency of a factor’s questions."""

    complete: int | None
    """How many sheets answer all of them; None if that would tell how few do not answer one."""
    alpha: float | None
    """Cronbach’s alpha (Cronbach 1951); None if not computed: too few sheets or questions, or all answer the same."""
    item_rest: tuple[float | None, ...]
    """How each question goes with the sum of the others: a correlation; None if one of the two never differs."""


def reliability(questions: Sequence[Mapping[Pair, int]], fewest: int = FEWEST_COMPLETE) -> Reliability:
    """Return the consistency of questions, given for each how often a pair of points and total occurs."""
    complete = sum(questions[0].values()) if questions else 0
    if complete < fewest or len(questions) < 2:  # noqa: PLR2004  one question agrees with itself
        return Reliability(complete, None, (None,) * len(questions))
    apart = sum((_covariance(pairs, _own, _own) for pairs in questions), Fraction(0))
    together = _covariance(questions[0], _whole, _whole)
    alpha = Fraction(len(questions), len(questions) - 1) * (1 - apart / together) if together else None
    return Reliability(complete, None if alpha is None else float(alpha), tuple(map(_item_rest, questions)))


def _item_rest(pairs: Mapping[Pair, int]) -> float | None:
    own, rest = _covariance(pairs, _own, _own), _covariance(pairs, _rest, _rest)
    return float(_covariance(pairs, _own, _rest)) / sqrt(own * rest) if own and rest else None


def _own(points: int, _total: int) -> int:
    return points


def _whole(_points: int, total: int) -> int:
    return total


def _rest(points: int, total: int) -> int:
    return total - points


def _covariance(pairs: Mapping[Pair, int], one: _Take, other: _Take) -> Fraction:
    """Return the covariance of two numbers that are taken from each pair, exactly."""
    sheets = sum(pairs.values())
    first = sum(one(*pair) * times for pair, times in pairs.items())
    second = sum(other(*pair) * times for pair, times in pairs.items())
    products = sum(one(*pair) * other(*pair) * times for pair, times in pairs.items())
    return Fraction(products * sheets - first * second, sheets * (sheets - 1))
