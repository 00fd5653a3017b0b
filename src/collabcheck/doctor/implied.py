"""Which implications can apply, and which can fail to (docs/scoring.md, rule 8)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, product
from math import prod
from typing import Final

from collabcheck.conditions import Answered, Condition, FactorBelow, Truth, holds, leaves
from collabcheck.doctor.claims import Unproved, try_claims
from collabcheck.doctor.means import Mean, Means, reaches
from collabcheck.doctor.reach import Effort, Ground, Search, Way
from collabcheck.doctor.sums import Part, any_of
from collabcheck.pack import Implication

MOST_TOGETHER: Final = 1_000
"""So many bands of several factors, or answers that count in several, are tried together. Their number multiplies."""

NONE: Final = -1
"""In place of the number of a band: not assessed."""


def out_of_reach(ground: Ground, implication: Implication, effort: Effort) -> Unproved[Truth]:
    """Return which of yes and no the condition of an implication cannot come to, whatever the answers."""
    informing = {name: [q.id for q, _ in ground.pack.informing[name]] for name in _factors(implication)}
    goals = list(dict.fromkeys(name for names in informing.values() for name in names))
    search = Search(ground, goals, effort.share(), implication.when)
    judge = _Judge(search, implication.when, tuple(informing), effort.share())
    claims = {truth: partial(judge.can_be, truth) for truth in (Truth.YES, Truth.NO)}
    return try_claims(claims, chain(search.samples(), search.ways()), search)


class _Judge:
    """Says what a condition can come to on a way."""

    def __init__(self, search: Search, condition: Condition, factors: Sequence[str], effort: Effort) -> None:
        self._search, self._condition, self._factors, self._effort = search, condition, factors, effort
        self._means = Means(search)

    def can_be(self, truth: Truth, way: Way) -> bool | None:
        """Say whether some answers on this way bring the condition to this."""
        pack = self._search.ground.pack
        means = [self._means.of_factor(pack.factor[name], way) for name in self._factors]
        shared = _shared(means)
        if prod(len(answers) for answers in shared.values()) > MOST_TOGETHER:
            return self._any_is(truth, way, _samples(means)) or None
        cases = (dict(zip(shared, answers, strict=True)) for answers in product(*shared.values()))
        return any_of(self._can_be_apart(truth, way, [_with(mean, case) for mean in means]) for case in cases)

    def _can_be_apart(self, truth: Truth, way: Way, means: Sequence[Mean]) -> bool | None:
        """Say the same of means that have no open answers in common, so that each takes its bands by itself."""
        reached = [_bands(mean, self._effort) for mean in means]
        sure = [[band for band, proved in bands.items() if proved] for bands in reached]
        maybe = [[band for band, proved in bands.items() if proved is not False] for bands in reached]
        if prod(len(bands) for bands in maybe) > MOST_TOGETHER:
            return self._any_is(truth, way, _samples(means)) or None
        if self._any_is(truth, way, product(*sure)):
            return True
        return None if sure != maybe and self._any_is(truth, way, product(*maybe)) else False

    def _any_is(self, truth: Truth, way: Way, several: Iterator[tuple[int, ...]]) -> bool:
        return any(self._at(way, dict(zip(self._factors, bands, strict=True))) is truth for bands in several)

    def _at(self, way: Way, bands: Mapping[str, int]) -> Truth:
        """Return what the condition is when the factors are in these bands."""

        def known(leaf: Answered | FactorBelow) -> Truth:
            if isinstance(leaf, Answered):
                return self._search.truth(leaf, way.asked, way.met)
            below = NONE < bands[leaf.factor] < self._search.ground.band[leaf.below]
            return Truth.YES if below else Truth.NO

        return holds(self._condition, known)


def _factors(implication: Implication) -> Iterator[str]:
    yield from (leaf.factor for leaf in leaves(implication.when) if isinstance(leaf, FactorBelow))


def _bands(mean: Mean, effort: Effort) -> dict[int, bool | None]:
    """Return for each band whether the mean can be in it."""
    if not mean.bars:
        return {NONE: True}
    return {band: reaches(mean, band, effort) for band in range(len(mean.bars))}


def _shared(means: Sequence[Mean]) -> dict[str, list[tuple[int, ...]]]:
    """Return the questions that count in several of the means, each with what its answers can be, one by one."""
    times = Counter(part.name for mean in means for part in mean.parts)
    parts = {part.name: part for mean in means for part in mean.parts if times[part.name] > 1}
    return {name: list(part.one_by_one()) for name, part in parts.items()}


def _with(mean: Mean, answers: Mapping[str, tuple[int, ...]]) -> Mean:
    """Return a mean where some questions have an answer."""
    parts = tuple(replace(part, worth=answers.get(part.name, part.worth)) for part in mean.parts)
    return replace(mean, parts=parts) if answers else mean


def _samples(means: Sequence[Mean]) -> Iterator[tuple[int, ...]]:
    """Yield bands that the factors do come to together: all at their best, at their worst, one or all but one so.

    This shows what can be. That something cannot be does not follow from it.
    """
    named = [{part.name for part in mean.parts} for mean in means]
    every: set[str] = set().union(*named)
    for good in (every, set[str](), *named, *(every - names for names in named)):
        yield tuple(_band(mean, good) for mean in means)


def _band(mean: Mean, good: set[str]) -> int:
    """Return the band of a mean when these questions have their best answer and the others their worst."""
    if not mean.bars:
        return NONE
    answers = [_extreme(part, best=part.name in good) for part in mean.parts]
    total, cap = sum(added for added, _ in answers), min(cap for _, cap in answers)
    return min(cap, max(band for band, bar in enumerate(mean.bars) if total >= bar))


def _extreme(part: Part, *, best: bool) -> tuple[int, int]:
    """Return what the best answer adds, or the worst, and the best band that it leaves."""
    caps = range(len(part.worth))
    if best:
        points = max(worth.bit_length() for worth in part.worth) - 1
        return part.each * points, max(cap for cap in caps if part.worth[cap] >> points & 1)
    points = min((worth & -worth).bit_length() for worth in part.worth if worth) - 1
    return part.each * points, min(cap for cap in caps if part.worth[cap] >> points & 1)
