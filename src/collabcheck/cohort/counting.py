"""Counting sheets: whole numbers only, so that parts can be counted apart and added in any order.

A batch of sheets is a table of codes. It is counted column by column, which Python does without running a line of ours
for each sheet.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from math import ceil
from operator import attrgetter

from collabcheck.coding import NOT_ASKED, SEVERAL, Codes
from collabcheck.cohort.outcomes import NONE, UNCLEAR, Caps, Counted, Outcome, Outcomes, Routes, scale_of
from collabcheck.pack import Pack

_WEIGHT, _PLACE, _SHARE = attrgetter("weight"), attrgetter("place"), attrgetter("share")


@dataclass(slots=True)
class Spread:
    """How one score is spread over sheets."""

    total: int = 0
    """The sum of the scores, times the scale of the pack."""
    tenths: Counter[int] = field(default_factory=Counter)
    """How many have which score, in whole tenths of a point, rounded down."""
    places: Counter[int] = field(default_factory=Counter)
    """How many are in which band, by its number; how many have no score, by UNCLEAR and NONE."""

    def take(self, scaled: int, place: int, scale: int, times: int = 1) -> None:
        """Count sheets with this score."""
        self.places[place] += times
        if place >= 0:
            self.total += scaled * times
            self.tenths[10 * scaled // scale] += times

    def add(self, other: "Spread") -> None:
        """Add those of other sheets."""
        self.total += other.total
        self.tenths.update(other.tenths)
        self.places.update(other.places)


@dataclass(slots=True)
class AreaCount:
    """How the score of an area is spread over sheets."""

    spread: Spread = field(default_factory=Spread)
    even: int = 0
    """How many have a score for all of its factors."""
    uneven: Counter[int] = field(default_factory=Counter)
    """How many have a score for one of its factors, by its place among them, and not for all."""

    def add(self, other: "AreaCount") -> None:
        """Add those of other sheets."""
        self.spread.add(other.spread)
        self.even += other.even
        self.uneven.update(other.uneven)


@dataclass(slots=True)
class Count:
    """What is known of sheets that were counted: no sheet can be told from another any more."""

    sheets: int
    codes: list[Counter[str]]
    """How many gave which answer, for every question in pack order."""
    items: list[list[Counter[tuple[str, int]]]]
    """For every factor, of the sheets that answer all its questions: which answer came with which total.

    A counter for each question. The total is what all answers are worth, in parts of the factor’s unit.
    """
    spreads: dict[str, list[Spread]]
    """By group, which is a code or SEVERAL: of the overall result, then of every factor in pack order."""
    areas: list[AreaCount]
    """In pack order, over all groups."""

    def add(self, other: "Count") -> None:
        """Add other sheets; the order in which parts are added changes nothing."""
        self.sheets += other.sheets
        for mine, theirs in zip(self.codes, other.codes, strict=True):
            mine.update(theirs)
        for own, more in zip(self.items, other.items, strict=True):
            for counter, addition in zip(own, more, strict=True):
                counter.update(addition)
        for area, others in zip(self.areas, other.areas, strict=True):
            area.add(others)
        for group, spreads in other.spreads.items():
            ours = self.spreads.setdefault(group, [Spread() for _ in spreads])
            for spread, further in zip(ours, spreads, strict=True):
                spread.add(further)


class Counting:
    """Counts sheets that answer one pack; with `by`, the id of a question, also by what they answer to it."""

    def __init__(self, pack: Pack, by: str = "") -> None:
        self._pack = pack
        self._by = list(pack.question).index(by) if by else -1
        self._scale = scale_of(pack)
        self._routes = Routes(pack)
        self._factors = [Outcomes(pack, factor, self._scale) for factor in pack.factors]
        self._counted = [(i, Counted(question)) for i, question in enumerate(pack.questions) if not question.plain]
        self._caps = [(i, Caps(pack, question)) for i, question in enumerate(pack.questions) if question.flags]
        self._areas = [
            [(i, factor.weight) for i, factor in enumerate(pack.factors) if factor.area == area.id]
            for area in pack.areas
        ]
        self._edges = [ceil(band.starts * self._scale) for band in pack.bands]

    def nothing(self) -> Count:
        """Return the count of no sheets."""
        items = [[Counter[tuple[str, int]]() for _ in one.prices] for one in self._factors]
        areas = [AreaCount() for _ in self._areas]
        return Count(0, [Counter() for _ in self._pack.questions], items, {}, areas)

    def count(self, sheets: Sequence[Codes]) -> Count:
        """Count a batch of sheets. A thousand at a time take little memory."""
        found = self.nothing()
        if not sheets:
            return found
        columns, outcomes = self._columns(sheets)
        groups = tuple(map(_group, columns[self._by])) if self._by >= 0 else ("",) * len(sheets)
        found.sheets, found.codes = len(sheets), [Counter(column) for column in columns]
        found.spreads = {group: [Spread() for _ in (None, *outcomes)] for group in set(groups)}
        for group, (scaled, place) in zip(groups, self._overall(columns, outcomes), strict=True):
            found.spreads[group][0].take(scaled, place, self._scale)
        found.areas = [self._area(own, outcomes) for own in self._areas]
        for i, column in enumerate(outcomes):
            for (group, outcome), times in Counter(zip(groups, column, strict=True)).items():
                found.spreads[group][i + 1].take(outcome.scaled, outcome.place, self._scale, times)
            found.items[i] = _items(self._factors[i], columns, column)
        return found

    def outcomes(self, sheets: Sequence[Codes]) -> Iterator[tuple[Codes, tuple[Outcome, ...]]]:
        """Yield each sheet, what is not asked marked as that, and what it comes to for every factor in pack order."""
        if not sheets:
            return
        columns, outcomes = self._columns(sheets)
        yield from zip(zip(*columns, strict=True), zip(*outcomes, strict=True), strict=True)

    def _columns(self, sheets: Sequence[Codes]) -> tuple[list[Codes], list[list[Outcome]]]:
        """Return the codes question by question, and the outcomes factor by factor."""
        columns = list(zip(*map(self._asked, sheets), strict=True))
        return columns, [_outcomes(one, columns) for one in self._factors]

    def _area(self, own: Sequence[tuple[int, int]], outcomes: Sequence[Sequence[Outcome]]) -> AreaCount:
        """Count an area: the mean by weight of its factors, which are told by number (rule 6)."""
        found, weights = AreaCount(), [weight for _, weight in own]
        for row, times in Counter(zip(*(outcomes[i] for i, _ in own), strict=True)).items():
            assessed = [(weight, one) for weight, one in zip(weights, row, strict=True) if one.place != NONE]
            unclear = any(one.place == UNCLEAR for _, one in assessed)
            mean, place = 0, UNCLEAR if unclear else NONE
            if assessed and not unclear:
                mean = sum(weight * one.scaled for weight, one in assessed) // sum(weight for weight, _ in assessed)
                place = min(bisect_right(self._edges, mean) - 1, *(one.cap for one in row))
            found.spread.take(mean, place, self._scale, times)
            scored = [i for i, one in enumerate(row) if one.place >= 0]
            if len(scored) == len(row):
                found.even += times
            else:
                found.uneven.update(dict.fromkeys(scored, times))
        return found

    def _overall(self, columns: Sequence[Codes], outcomes: Sequence[Sequence[Outcome]]) -> Iterator[tuple[int, int]]:
        """Yield the overall result of each sheet: the scaled mean of its risk factors, and its place (rule 6)."""
        caps = [map(caps.__getitem__, columns[i]) for i, caps in self._caps]
        best = map(min, zip(*caps, [len(self._edges) - 1] * len(columns[0]), strict=True))
        risk = [column for one, column in zip(self._factors, outcomes, strict=True) if one.factor.kind == "risk"]
        rows = zip(*risk, strict=True) if risk else repeat((), len(columns[0]))
        for row, cap in zip(rows, best, strict=True):
            weight, worst = sum(map(_WEIGHT, row)), min(map(_PLACE, row), default=NONE)
            if not weight and worst == NONE:
                yield 0, NONE
            elif worst == UNCLEAR and self._unclear(row):
                yield 0, UNCLEAR
            else:
                mean = sum(map(_SHARE, row)) // weight
                yield mean, min(bisect_right(self._edges, mean) - 1, cap)

    def _unclear(self, row: Sequence[Outcome]) -> bool:
        """Say whether a factor without a score leaves no overall result; pooled, only if too little of all is known."""
        little = 2 * sum(one.sums.known for one in row) < sum(one.sums.applicable for one in row)
        return little or self._pack.aggregate == "mean-of-factors"

    def _asked(self, codes: Codes) -> Codes:
        """Return what answers count as, with what is not asked, given the others, marked as that."""
        missing = self._routes.not_asked(codes)
        if not missing and not self._counted:
            return codes
        marked = list(codes)
        for i, counted in self._counted:
            marked[i] = counted[codes[i]]
        for i in missing:
            marked[i] = NOT_ASKED
        return tuple(marked)


def _group(code: str) -> str:
    """Return the group of those who give this answer; all who choose several are one, as there are a billion ways."""
    return SEVERAL if " " in code else code


def _outcomes(factor: Outcomes, columns: Sequence[Codes]) -> list[Outcome]:
    """Return the outcome of each sheet for a factor: the prices of its answers, added."""
    prices = [[price[code] for code in columns[i]] for i, price in factor.prices]
    return [factor[added] for added in map(sum, zip(*prices, strict=True))]


def _items(factor: Outcomes, columns: Sequence[Codes], outcomes: Sequence[Outcome]) -> list[Counter[tuple[str, int]]]:
    """Count which answers came with which total, over the sheets that answer everything."""
    totals = [outcome.items for outcome in outcomes]
    complete = [total >= 0 for total in totals]
    kept = list(compress(totals, complete))
    return [Counter(zip(compress(columns[i], complete), kept, strict=True)) for i, _ in factor.prices]
