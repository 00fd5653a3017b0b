"""What many sheets say together, with everything left out that would tell on anyone (docs/scoring.md, rule 14).

How many answered, or have a score, is always said. What they answered and how they scored is said of groups that are
large enough only; None stands for the rest.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate
from math import ceil, floor

from collabcheck.anonymity import FEWEST, SMALLEST_GROUP, to_hide, to_show
from collabcheck.answers import Chose
from collabcheck.coding import reply_of
from collabcheck.cohort.answers import FlagCount, QuestionCount, StepCount, count_of, flags, hidden_steps, steps
from collabcheck.cohort.counting import AreaCount, Count, Spread
from collabcheck.cohort.outcomes import NONE, UNCLEAR, compared, scale_of, unit_of
from collabcheck.cohort.partition import Part, parts_of, tens_of
from collabcheck.cohort.reliability import FEWEST_COMPLETE, Reliability, reliability
from collabcheck.pack import Area, Band, Factor, Pack
from collabcheck.questions import Choice, Question
from collabcheck.scoring import band_of, points


@dataclass(frozen=True, slots=True)
class Distribution:
    """How one score is spread over a cohort."""

    scored: int
    """How many have a score."""
    unclear: int
    """How many have answered too little for one."""
    unassessed: int
    """How many it does not concern, or were not asked."""
    mean: Fraction | None
    quartiles: tuple[Fraction, Fraction, Fraction] | None
    """The scores a quarter, half and three quarters up their order, to a tenth of a point.

    None unless each quarter of them is large enough to be shown.
    """
    bands: tuple[int | None, ...]
    """How many are in each band, from the lowest; flags counted."""
    tens: tuple[int | None, ...]
    """How many score from 0 up to 10, from 10 up to 20, and so on; 100 is in the last. See `partition`."""


@dataclass(frozen=True, slots=True)
class FactorSpread:
    """One factor in a cohort."""

    factor: Factor
    spread: Distribution
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class AreaSpread:
    """One area in a cohort."""

    area: Area
    kind: str
    """What its factors are: risk or opportunity."""
    spread: Distribution


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The mean of a group’s scores, and the band that it is in."""

    scored: int
    mean: Fraction
    band: Band


class Other(StrEnum):
    """A group of those who did not give one choice; the value is no id of a choice."""

    SEVERAL = "/several"
    NOT_APPLICABLE = "/not-applicable"
    UNKNOWN = "/unknown"
    NOT_ASKED = "/not-asked"


@dataclass(frozen=True, slots=True)
class Group:
    """Those who gave the same answer to the question that divides a cohort."""

    who: Choice | Other
    sheets: int
    overall: GroupMean | None
    factors: tuple[GroupMean | None, ...]
    """In pack order."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """What many sheets say together. None where there are too few to show."""

    pack: Pack
    sheets: int
    smallest_group: int
    overall: Distribution
    factors: tuple[FactorSpread, ...]
    areas: tuple[AreaSpread, ...]
    """In pack order."""
    questions: tuple[QuestionCount, ...]
    """That somebody was asked, in pack order; without the one that divides them if it takes several answers, as the two
    together would tell."""
    flags: tuple[FlagCount, ...]
    """The one that most raised first; those that too few raised last."""
    steps: tuple[StepCount, ...]
    """The one that is next for most first."""
    hidden_steps: int
    """For so many steps it is not shown how many have them ahead; they may be many."""
    by: Question | None
    groups: tuple[Group, ...]
    """In the order of the question that divides them; those that are too small are left out."""
    in_small_groups: int
    """How many sheets are in groups that are left out."""


def summarise(pack: Pack, count: Count, by: Question | None = None, *, smallest_group: int = SMALLEST_GROUP) -> Cohort:
    """Return what counted sheets say together; at least `smallest_group` of them, which is never below FEWEST."""
    smallest = max(smallest_group, FEWEST)
    overall, *factors = (_distribution(pack, spread, smallest) for spread in together(count))
    questions = tuple(count_of(q, codes, smallest) for q, codes in zip(pack.questions, count.codes, strict=True))
    told = {one.question.id: one for one in questions}
    asked = tuple(one for one in questions if one.not_asked < count.sheets)
    groups = tuple(_groups(pack, told[by.id], count, smallest)) if by else ()
    return Cohort(
        pack=pack,
        sheets=count.sheets,
        smallest_group=smallest,
        overall=overall,
        factors=tuple(
            FactorSpread(factor, spread, _reliability(pack, factor, items, smallest, told))
            for factor, spread, items in zip(pack.factors, factors, count.items, strict=True)
        ),
        areas=tuple(
            AreaSpread(area, pack.members[area.id][0].kind, _area(pack, found, smallest))
            for area, found in zip(pack.areas, count.areas, strict=True)
        ),
        questions=tuple(one for one in asked if not (by and by.several and one.question is by)),
        flags=tuple(sorted(flags(asked), key=lambda one: -(one.raised or 0))),
        steps=tuple(sorted(steps(asked), key=lambda one: -one.ahead)),
        hidden_steps=hidden_steps(asked),
        by=by,
        groups=groups,
        in_small_groups=count.sheets - sum(group.sheets for group in groups) if by else 0,
    )


def together(count: Count) -> list[Spread]:
    """Return how scores are spread over all groups: the overall result, then every factor."""
    return [_added(spreads) for spreads in zip(*count.spreads.values(), strict=True)]


def whole(value: Fraction) -> int:
    """Round a score to whole points, half up: closer is not told, as sums could be taken apart then."""
    return floor(value + Fraction(1, 2))


def _added(spreads: Iterable[Spread]) -> Spread:
    added = Spread()
    for spread in spreads:
        added.add(spread)
    return added


# Scores.


def _distribution(pack: Pack, spread: Spread, smallest: int) -> Distribution:
    scored = _scored(spread)
    enough = scored >= smallest
    return Distribution(
        scored=scored,
        unclear=spread.places[UNCLEAR],
        unassessed=spread.places[NONE],
        mean=Fraction(spread.total, scored * scale_of(pack)) if enough else None,
        quartiles=quartiles(spread, smallest),
        bands=_bands(pack, spread, smallest),
        tens=tuple(tens_of(parts(pack, spread, smallest))) if enough else (None,) * 10,
    )


def _area(pack: Pack, found: AreaCount, smallest: int) -> Distribution:
    """Return how an area is spread; no figure if only a few have all its factors, or a few have one and not all.

    Beside the figures of the factors, those of the area would tell on these few: what the others add is known.
    """
    spread = _distribution(pack, found.spread, smallest)
    if found.even < smallest or any(few < smallest for few in found.uneven.values()):
        return replace(spread, mean=None, quartiles=None, bands=(None,) * len(pack.bands), tens=(None,) * 10)
    return spread


def parts(pack: Pack, spread: Spread, smallest: int) -> tuple[Part, ...]:
    """Return the parts of the scale that both reports and benchmarks rest on, for at least `smallest` scores.

    None ends where that and the bands that are shown would tell of fewer: how few score up to where a band begins, or
    are held below it by a red flag.
    """
    lower = list(accumulate((spread.places[i] for i in range(len(pack.bands))), initial=0))
    shown = _bands(pack, spread, smallest)
    told = [i for i in range(1, len(shown)) if None not in shown[:i] or None not in shown[i:]]
    return tuple(parts_of(spread.tenths, smallest, [lower[i] for i in told]))


def _bands(pack: Pack, spread: Spread, smallest: int) -> tuple[int | None, ...]:
    """Return how many are in each band; those between two that are hidden would tell, with the parts, on these."""
    shown = to_show({i: spread.places[i] for i in range(len(pack.bands))}, smallest)
    hidden = [i for i, number in enumerate(shown) if number is None]
    between = range(hidden[0], hidden[-1]) if hidden else ()
    return tuple(None if i in between else number for i, number in enumerate(shown))


def _scored(spread: Spread) -> int:
    return sum(times for place, times in spread.places.items() if place >= 0)


def quartiles(spread: Spread, smallest: int) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return the quartiles that may be shown: of a few scores they are hardly more than these scores themselves."""
    return quartiles_of(spread.tenths) if _scored(spread) >= 4 * smallest else None


def quartiles_of(tenths: Mapping[int, int]) -> tuple[Fraction, Fraction, Fraction]:
    """Return the quartiles of at least one score, interpolated between the two nearest (Hyndman & Fan 1996, no. 7)."""
    order = sorted(tenths)
    ends = list(accumulate(tenths[tenth] for tenth in order))

    def at(quarters: int) -> Fraction:
        place = Fraction((ends[-1] - 1) * quarters, 4)
        low, high = (order[bisect_right(ends, rank)] for rank in (floor(place), ceil(place)))
        return (low + (high - low) * (place - floor(place))) / Fraction(10)

    return at(1), at(2), at(3)


def _reliability(
    pack: Pack,
    factor: Factor,
    items: Sequence[Mapping[tuple[str, int], int]],
    smallest: int,
    told: Mapping[str, QuestionCount],
) -> Reliability:
    """Return the consistency of a factor’s questions; how many answer them all only if it hides no other number."""
    unit = unit_of(pack, factor)
    asked = compared(pack, factor)
    counted = []
    for (question, _), pairs in zip(pack.informing[factor.id], items, strict=True):
        if question not in asked:
            continue
        worth = Counter[tuple[int, int]]()
        for (code, total), times in pairs.items():
            worth[_points(question, code) * unit // question.most, total] += times
        counted.append(worth)
    found = reliability(counted, max(FEWEST_COMPLETE, smallest))
    missing = [count for q in asked for count in (told[q.id].dont_know, told[q.id].not_applicable)]
    return replace(found, complete=None) if None in missing else found


def _points(question: Question, code: str) -> int:
    reply = reply_of(code)
    return points(question, reply) if isinstance(reply, Chose) else 0


# Groups.


def _groups(pack: Pack, told: QuestionCount, count: Count, smallest: int) -> Iterator[Group]:
    """Yield the groups that are large enough; none of the others can be worked out from them and the whole."""
    by = told.question
    spreads: dict[str, list[Spread]] = {name: [] for name in (*by.choice, *Other)}
    for code, found in count.spreads.items():
        name = _group(by, code)
        spreads[name] = [_added(pair) for pair in zip(spreads[name], found, strict=True)] if spreads[name] else found
    present = {name: found for name, found in spreads.items() if found}
    sizes = {name: sum(found[0].places.values()) for name, found in present.items()}
    left = to_hide(sizes, smallest, _untold(told))
    hidden = [
        to_hide({name: _scored(found[i]) for name, found in present.items()}, smallest, left)
        for i in range(len(pack.factors) + 1)
    ]
    for name, found in present.items():
        if name not in left:
            means = [None if name in gone else _mean(pack, spread) for gone, spread in zip(hidden, found, strict=True)]
            yield Group(by.choice.get(name) or Other(name), sizes[name], means[0], tuple(means[1:]))


def _untold(told: QuestionCount) -> frozenset[str]:
    """Return the groups that are hidden among the answers: their sizes would tell there what few of the others say."""
    if told.question.several:
        return frozenset()  # answers overlap there, and groups do not
    names = (*told.question.choice, Other.UNKNOWN, Other.NOT_APPLICABLE)
    sizes = (*told.choices, told.dont_know, told.not_applicable)
    return frozenset(name for name, size in zip(names, sizes, strict=True) if size is None)


def _group(by: Question, code: str) -> str:
    match code:
        case _ if code in by.choice:
            return code
        case "dont-know" | "":
            return Other.UNKNOWN
        case "/":
            return Other.NOT_APPLICABLE
        case "-":
            return Other.NOT_ASKED
        case _:
            return Other.SEVERAL


def _mean(pack: Pack, spread: Spread) -> GroupMean | None:
    scored = _scored(spread)
    if not scored:
        return None
    mean = Fraction(spread.total, scored * scale_of(pack))
    return GroupMean(scored, mean, band_of(pack, mean))
