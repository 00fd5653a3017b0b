"""Which bands a mean of answers can come to on one way through the questions.

All in whole numbers: answers add up to a sum, and each band begins at one (docs/scoring.md, rules 3 to 6).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import ceil, lcm, prod
from typing import Final

from collabcheck.doctor.reach import Answers, Effort, Search, Way, Whole
from collabcheck.doctor.sums import Part, any_of, within
from collabcheck.pack import Factor
from collabcheck.questions import Question

MOST_SHARED: Final = 1000
"""So many answers to the questions that two means have in common are tried one by one."""


@dataclass(frozen=True)
class Mean:
    """A mean of the answers on one way."""

    way: Way
    parts: tuple[Part, ...]
    bars: tuple[int, ...]
    """The least sum for each band; none if nothing is asked that counts."""

    @cached_property
    def spans(self) -> tuple[tuple[int, int, int] | None, ...]:
        """By band: the least sum and the most of answers that leave it, and the widest gap; None if no answers do."""
        return tuple(self._span(band) if self._leaves(band) else None for band in range(len(self.bars)))

    def _leaves(self, band: int) -> bool:
        return all(part.leaving[band] for part in self.parts)

    def _span(self, band: int) -> tuple[int, int, int]:
        least, most = sum(part.least(band) for part in self.parts), sum(part.most(band) for part in self.parts)
        return least, most, max(part.gap(band) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Share:
    """What a factor counts in a mean of several: for each unit of its questions’ weights, and as a whole."""

    each: int
    whole: int


class Means:
    """Makes the means of the answers on the ways of a search."""

    def __init__(self, search: Search) -> None:
        self.search, self._ground = search, search.ground
        self._worths: dict[tuple[str, int | None], tuple[int, ...]] = {}
        self._latest: tuple[Way, Whole, dict[str, _Share]] | None = None

    def of_factor(self, factor: Factor, way: Way) -> Mean:
        """Return the mean of a factor."""
        links = self._ground.pack.informing[factor.id]
        unit = lcm(*(question.most for question, _ in links))
        self.search.effort.spend(len(links))
        asked = [(question, weight) for question, weight in links if way.asked[question.id]]
        parts = tuple(self._part(question, weight * (unit // question.most), way) for question, weight in asked)
        return Mean(way, parts, self._bars(unit * sum(weight for _, weight in asked)))

    def of_all(self, whole: Whole, way: Way) -> Mean:
        """Return the mean of several factors, with all that flags say."""
        self.search.effort.spend(len(whole.questions))
        asked = [question for question in whole.questions if way.asked[question.id]]
        shares = self._shares(whole, way)
        parts = tuple(self._part(question, self._each(question, shares), way) for question in asked)
        return Mean(way, parts, self._bars(self._full(shares)))

    def without(self, factor: Factor, whole: Whole, mean: Mean) -> Mean:
        """Return what the mean of several factors is without one of them, in the same unit."""
        shares = {name: share for name, share in self._shares(whole, mean.way).items() if name != factor.id}
        own = {question.id: question for question, _ in self._ground.pack.informing[factor.id]}
        parts = tuple(
            replace(part, each=self._each(own[part.name], shares)) if part.name in own else part for part in mean.parts
        )
        return Mean(mean.way, parts, self._bars(self._full(shares)))

    def _shares(self, whole: Whole, way: Way) -> Mapping[str, _Share]:
        """Return what the factors count that are assessed on a way."""
        if self._latest is None or self._latest[0] is not way or self._latest[1] is not whole:
            weights = {
                one.id: sum(
                    weight for question, weight in self._ground.pack.informing[one.id] if way.asked[question.id]
                )
                for one in whole.factors
            }
            common = lcm(*(weight for weight in weights.values() if weight))
            assessed = [one for one in whole.factors if weights[one.id]]
            shares = {one.id: _Share(one.weight * common // weights[one.id], one.weight * common) for one in assessed}
            if whole.pooled:
                shares = {one.id: _Share(1, weights[one.id]) for one in assessed}
            self._latest = way, whole, shares
        return self._latest[2]

    def _full(self, shares: Mapping[str, _Share]) -> int:
        return self._ground.unit * sum(share.whole for share in shares.values())

    def _each(self, question: Question, shares: Mapping[str, _Share]) -> int:
        together = sum(link.weight * shares[link.factor].each for link in question.informs if link.factor in shares)
        return together and together * (self._ground.unit // question.most)

    def _bars(self, full: int) -> tuple[int, ...]:
        return tuple(ceil(band.starts * full / 100) for band in self._ground.pack.bands) if full else ()

    def _part(self, question: Question, each: int, way: Way) -> Part:
        key = question.id, way.met.get(question.id)
        if key not in self._worths:
            self._worths[key] = worth_by_cap(self.search.answers(question.id), key[1], self.search.ground.top)
        return Part(question.id, each, self._worths[key])


def worth_by_cap(answers: Answers, met: int | None, top: int) -> tuple[int, ...]:
    """Return what answers of one kind, or of all kinds, can be worth, by the best band that they leave."""
    found = [0] * (top + 1)
    for (kind, cap), worth in answers.items():
        if met is None or kind == met:
            found[cap] |= worth
    return tuple(found)


# What a mean can come to. Each answer is yes, no, or None where it was not found out.


def reaches(mean: Mean, band: int, effort: Effort) -> bool | None:
    """Say whether some answers lead to exactly this band."""
    span = mean.spans[band] if mean.bars else None
    if span is None:
        return False
    if band == len(mean.bars) - 1:
        return span[1] >= mean.bars[band]
    # Held there by a flag, as cheaply as that can be; or there by its points.
    losses = [p.most(band) - p.each * (p.worth[band].bit_length() - 1) for p in mean.parts if p.worth[band]]
    held = bool(losses) and span[1] - min(losses) >= mean.bars[band]
    return held or rest_within(mean, (), band, mean.bars[band], mean.bars[band + 1], effort)


def moves(name: str, mean: Mean, effort: Effort) -> bool | None:
    """Say whether another answer to this question can put a mean in another band, on the same way."""
    part = next(part for part in mean.parts if part.name == name)
    return any_of(_moves_over(part, mean, band, effort) for band in range(1, len(mean.bars)) if mean.spans[band])


def _moves_over(part: Part, mean: Mean, band: int, effort: Effort) -> bool | None:
    high = None if any(part.worth[:band]) else mean.bars[band] - part.least(band)
    return rest_within(mean, (part,), band, mean.bars[band] - part.most(band), high, effort)


def parts_ways(name: str, one: Mean, other: Mean, effort: Effort) -> bool | None:
    """Say whether answers that differ only in this question can put the mean in one band here, in another there."""
    turns = ((up, down, band) for up, down in ((one, other), (other, one)) for band in range(1, len(one.bars)))
    return any_of(_parts_at(name, up, down, band, effort) for up, down, band in turns if up.spans[band])


def _parts_at(name: str, up: Mean, down: Mean, band: int, effort: Effort) -> bool | None:
    """Say whether a mean can be in this band or above up here and, one answer changed, below it down there."""
    here = {part.name: part for part in up.parts}
    there = {part.name: part for part in down.parts}
    both = [part.shared_with(there[part.name]) for part in up.parts if part.name in there and part.name != name]
    rise = [part for part in up.parts if part.name not in there or part.name == name]
    fall = [part for part in down.parts if part.name not in here or part.name == name]
    low = up.bars[band] - sum(part.most(band) for part in rise)
    capped = any(any(part.worth[:band]) for part in fall)
    high = None if capped else down.bars[band] - sum(part.least() for part in fall)
    return within(both, band, low, high, effort)


def lowers(mean: Mean, question: Question, given: tuple[int, ...], cap: int) -> bool:
    """Say whether a mean can be above a flag’s cap but for the flag; `given` is what answers with it are worth."""
    if cap + 1 >= len(mean.bars):
        return False
    parts = [replace(part, worth=given) if part.name == question.id else part for part in mean.parts]
    free = all(part.leaving[cap + 1] for part in parts)
    return free and sum(part.most(cap + 1) for part in parts) >= mean.bars[cap + 1]


def matters(own: Collection[str], counted: Mean, left_out: Mean, effort: Effort) -> bool | None:
    """Say whether a mean can be in another band where a factor, which its own questions inform, is left out."""
    if not (counted.bars and left_out.bars):
        return bool(counted.bars)
    bands = [band for band in range(1, len(counted.bars)) if counted.spans[band]]
    turns = ((up, down, band) for up, down in ((counted, left_out), (left_out, counted)) for band in bands)
    return any_of(_between(own, up, down, band, effort) for up, down, band in turns)


def _between(own: Collection[str], up: Mean, down: Mean, band: int, effort: Effort) -> bool | None:
    """Say whether one mean can be in this band or above, and the other below, for the same answers."""
    pairs = [(one, other) for one, other in zip(up.parts, down.parts, strict=True) if one.name in own]
    ones = [one for one, other in pairs if one.each and other.each]
    others = [other for one, other in pairs if one.each and other.each]
    low = up.bars[band] - sum(one.most(band) for one, other in pairs if not other.each)
    high = down.bars[band] - sum(other.least(band) for one, other in pairs if not one.each)
    few = prod(len(one.points(band)) for one in ones) <= MOST_SHARED
    apart = [one for one, _ in pairs]
    found = any_of(
        rest_within(up, apart, band, low - _sum(ones, worths), high - _sum(others, worths), effort)
        for worths in _worths(ones, band, every=few)
    )
    return found or (found if few else None)


def _worths(parts: Sequence[Part], band: int, *, every: bool) -> Iterable[tuple[int, ...]]:
    """Return all that answers can be worth together, or only the least and the most."""
    points = [part.points(band) for part in parts]
    return product(*points) if every else [tuple(one[end] for one in points) for end in (0, -1)]


def _sum(parts: Sequence[Part], worths: Sequence[int]) -> int:
    return sum(part.each * worth for part, worth in zip(parts, worths, strict=True))


# Sums.


def rest_within(
    mean: Mean, apart: Sequence[Part], band: int, low: int, high: int | None, effort: Effort
) -> bool | None:
    """Say whether all parts but some can add up to a sum from low to below high, with answers that leave a band.

    It is settled at once where even a step by the widest gap cannot pass over.
    """
    span = mean.spans[band]
    if span is None:
        return False
    least, most = span[0] - sum(part.least(band) for part in apart), span[1] - sum(part.most(band) for part in apart)
    if most < low or (high is not None and least >= high):
        return False
    if high is None or least >= low or most < high or span[2] <= high - low:
        return True
    names = {part.name for part in apart}
    return within([part for part in mean.parts if part.name not in names], band, low, high, effort)
