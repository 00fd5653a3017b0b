"""From answers to scores: `score(pack, sheet, …)` returns an `Assessment`.

The rules are numbered in docs/scoring.md. All arithmetic is exact (whole numbers, one division at the end), so
that no score can be pushed over a band's edge by rounding. Scores run from 0 to 100.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from collabcheck.answers import AnswerSheet, Chose
from collabcheck.assessment import (
    AreaResult,
    Assessment,
    Bands,
    ClearedFlag,
    FactorResult,
    NotAssessed,
    OpenFlag,
    Overall,
    RaisedFlag,
    Range,
    RangeOnly,
    Reading,
    Result,
    Score,
    Scored,
)
from collabcheck.pack import Band, Factor, Pack
from collabcheck.questions import Question
from collabcheck.voices import Heard, as_counted, as_one, hear


@dataclass(frozen=True, slots=True)
class Sums:
    """What the answers to a factor’s questions add up to, in whole numbers."""

    unit: int
    """What the numbers below are parts of, but for the first two: full marks at weight 1."""
    applicable: int
    """The weight of the questions that apply to anyone."""
    known: int
    """The weight of those that anyone answered."""
    settled: int
    """The same, each question by the share of people who answered it."""
    got: int
    """What the answers are worth, each question at the mean of those who answered it."""
    least: int
    """What all that applies is worth if each unknown answer is the lowest."""
    most: int
    """What it is worth if each is the highest."""


def score(
    pack: Pack,
    *sheets: AnswerSheet,
    equal_weights: bool = False,
    without: Collection[str] = (),
    counting: Collection[str] | None = None,
) -> Assessment:
    """Score the sheets of one organisation, at least one: ranges, contributions, flags and bands.

    Several are pooled, question by question (rule 10). With `equal_weights` every question and every factor counts the
    same, whatever the pack says (rule 12). Questions that are named in `without` count as never asked (rule 11). Those
    in `counting` count, and no others; without it, those that at least half were asked, and to whom they apply.
    """
    heard = tuple(one for one in hear(pack, sheets) if one.question.id not in without)
    raised = tuple(sorted(_raised(pack, heard), key=lambda flag: flag.cap.starts))
    scored = (one.if_it_applies for one in heard if one.shared)
    if counting is not None:
        scored = (one for one in heard if one.question.id in counting)
    by_question = {one.question.id: one for one in scored}
    factors = tuple(_factor(pack, factor, by_question, raised, equal_weights=equal_weights) for factor in pack.factors)
    sheet = as_one(pack, sheets, heard)
    return Assessment(
        pack=pack,
        sheets=sheets,
        sheet=sheet,
        replies=as_counted(sheet, heard),
        heard=heard,
        factors=factors,
        areas=tuple(_areas(pack, factors, raised)),
        overall=_overall(pack, factors, raised),
        raised=raised,
        unresolved=tuple(_unresolved(heard, raised)),
        cleared=tuple(_cleared(heard, raised)),
    )


def points(question: Question, reply: Chose) -> int:
    """Return what the chosen answers are worth together (rule 2)."""
    return question.worth(sum(question.choice[choice].points for choice in reply.choices))


def _factor(
    pack: Pack, factor: Factor, heard: Mapping[str, Heard], raised: Sequence[RaisedFlag], *, equal_weights: bool
) -> FactorResult:
    readings = tuple(
        _read(heard[question.id], 1 if equal_weights else weight)
        for question, weight in pack.informing[factor.id]
        if question.id in heard
    )
    flags = tuple(flag for flag in raised if any(link.factor == factor.id for link in flag.question.informs))
    score = rate(pack, _sums(readings), [flag.cap for flag in flags])
    return FactorResult(score, readings, flags, factor, 1 if equal_weights else factor.weight)


def _read(heard: Heard, weight: int) -> Reading:
    chosen = heard.chosen
    worth = sum(points(heard.question, reply) for reply in chosen)
    return Reading(heard.question, weight, len(chosen), len(chosen) + heard.unknown, worth)


def _sums(readings: Iterable[Reading]) -> Sums:
    """Add up readings; what counts in parts of 1 becomes whole by a unit that they have in common."""
    applying = [reading for reading in readings if reading.people]
    unit = lcm(*(one.question.most * one.people * (one.chose or 1) for one in applying))
    known = [reading for reading in applying if reading.chose]
    return Sums(
        unit=unit,
        applicable=sum(one.weight for one in applying),
        known=sum(one.weight for one in known),
        settled=sum(one.weight * one.chose * (unit // one.people) for one in known),
        got=sum(one.weight * one.points * (unit // (one.question.most * one.chose)) for one in known),
        least=sum(_at_end(one, one.question.least, unit) for one in applying),
        most=sum(_at_end(one, one.question.most, unit) for one in applying),
    )


def _at_end(reading: Reading, each: int, unit: int) -> int:
    """Return what a question is worth if every unknown answer to it is worth this much."""
    everyone = reading.points + (reading.people - reading.chose) * each
    return reading.weight * everyone * (unit // (reading.question.most * reading.people))


def together(several: Sequence[Sums]) -> Sums:
    """Return what several sums come to together."""
    unit = lcm(*(one.unit for one in several))
    shares = [(one, unit // one.unit) for one in several]
    return Sums(
        unit=unit,
        applicable=sum(one.applicable for one in several),
        known=sum(one.known for one in several),
        settled=sum(one.settled * share for one, share in shares),
        got=sum(one.got * share for one, share in shares),
        least=sum(one.least * share for one, share in shares),
        most=sum(one.most * share for one, share in shares),
    )


def rate(pack: Pack, sums: Sums, caps: Sequence[Band]) -> Score:
    """Return the mean over what is answered, and the range that the rest leaves (rules 3 and 10).

    `caps` are the best bands that it can be in, whatever the mean.
    """
    if not sums.applicable:
        return NotAssessed()
    low = Fraction(100 * sums.least, sums.unit * sums.applicable)
    span = Range(low, low if sums.most == sums.least else Fraction(100 * sums.most, sums.unit * sums.applicable))
    bands = _bands(pack, span, caps)
    if 2 * sums.settled < sums.applicable * sums.unit:
        return RangeOnly(span, bands)
    value = Fraction(100 * sums.got, sums.unit * sums.known)
    return Scored(value, _capped(band_of(pack, value), caps), span, bands)


def _areas(pack: Pack, factors: Sequence[FactorResult], raised: Sequence[RaisedFlag]) -> Iterator[AreaResult]:
    """Rule 6: for each area the mean of its factors that are assessed, by weight."""
    for area in pack.areas:
        if own := tuple(result for result in factors if result.factor.area == area.id):
            flags = tuple(flag for flag in raised if any(flag in result.flags for result in own))
            weighed = [(result.weight, result.score) for result in own]
            yield AreaResult(area, mean(pack, weighed, [flag.cap for flag in flags]), own, flags)


def _overall(pack: Pack, factors: Iterable[FactorResult], raised: Sequence[RaisedFlag]) -> Overall:
    """Rule 6: the mean of the risk factors that are assessed, or of their questions."""
    risk = [result for result in factors if result.factor.kind == "risk"]
    pooled = _pooled(pack, risk, raised) if pack.aggregate == "pooled" else None
    weighed = [(result.weight, result.score) for result in risk]
    score = pooled.score if pooled else mean(pack, weighed, [flag.cap for flag in raised])
    return Overall(score, None if isinstance(score, NotAssessed) else min(risk, key=strength), pooled)


def _pooled(pack: Pack, risk: Iterable[FactorResult], raised: Sequence[RaisedFlag]) -> Result:
    """Return the result of all questions of the risk factors; one that informs two counts in each."""
    readings = tuple(reading for result in risk for reading in result.readings)
    return Result(rate(pack, _sums(readings), [flag.cap for flag in raised]), readings, tuple(raised))


def mean(pack: Pack, weighed: Iterable[tuple[int, Score]], caps: Sequence[Band]) -> Score:
    """Return the mean by weight of those that are assessed; a score only if each of these has one.

    `caps` are the best bands that it can be in, whatever the mean.
    """
    assessed = [(weight, score) for weight, score in weighed if not isinstance(score, NotAssessed)]
    if not assessed:
        return NotAssessed()
    total = sum(weight for weight, _ in assessed)
    span = Range(
        sum((weight * score.range.low for weight, score in assessed), Fraction(0)) / total,
        sum((weight * score.range.high for weight, score in assessed), Fraction(0)) / total,
    )
    bands = _bands(pack, span, caps)
    scores = [weight * score.score for weight, score in assessed if isinstance(score, Scored)]
    if len(scores) < len(assessed):
        return RangeOnly(span, bands)
    value = sum(scores, Fraction(0)) / total
    return Scored(value, _capped(band_of(pack, value), caps), span, bands)


def strength(result: FactorResult) -> tuple[int, Fraction, Fraction]:
    """Return what puts factors in order, the weakest first: their band, flags counted, and within it their score.

    Factors without a score come after those with one, and those that are not assessed last.
    """
    match result.score:
        case Scored(score=level, band=band):
            return 0, band.starts, level
        case RangeOnly(range=span, bands=bands):
            return 1, bands.low.starts, span.low
        case NotAssessed():
            return 2, Fraction(0), Fraction(0)


def band_of(pack: Pack, value: Fraction) -> Band:
    """Return the band of an unrounded score: lower bounds only, half-open (rule 4)."""
    return next(band for band in reversed(pack.bands) if _at_least(value, band.starts))


def _at_least(value: Fraction, bound: Fraction) -> bool:
    return value.numerator * bound.denominator >= bound.numerator * value.denominator  # a third of the time of “>=”


def _bands(pack: Pack, span: Range, caps: Sequence[Band]) -> Bands:
    low = band_of(pack, span.low)
    high = band_of(pack, span.high) if span.high is not span.low else low
    capped_low, capped_high = _capped(low, caps), _capped(high, caps)
    return Bands(capped_low, capped_high, capped=(low, high) != (capped_low, capped_high))


def _capped(band: Band, caps: Sequence[Band]) -> Band:
    return min((band, *caps), key=lambda one: one.starts) if caps else band


def _raised(pack: Pack, heard: Iterable[Heard]) -> Iterator[RaisedFlag]:
    for one in heard:
        for choice, flag in one.question.flags:
            if by := sum(choice.id in reply.choices for reply in one.chosen):
                presumed = sum(choice.id in reply.choices for reply in one.presumed)
                yield RaisedFlag(one.question, choice, flag, pack.band[flag.caps_at], by, presumed)


def _unresolved(heard: Iterable[Heard], raised: Iterable[RaisedFlag]) -> Iterator[OpenFlag]:
    settled = {flag.question.id for flag in raised}
    for one in heard:
        flags = one.question.flags
        if flags and one.open and one.question.id not in settled:
            yield OpenFlag(one.question, tuple(flag for _, flag in flags))


def _cleared(heard: Iterable[Heard], raised: Iterable[RaisedFlag]) -> Iterator[ClearedFlag]:
    settled = {flag.question.id for flag in raised}
    for one in heard:
        if one.question.flags and one.shared and not one.applies and one.question.id not in settled:
            yield ClearedFlag(one.question, "; ".join(dict.fromkeys(filter(None, one.reasons))))
