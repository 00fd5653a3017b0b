"""From answers to scores: `score(pack, sheet, …)` returns an `Assessment`.

The rules are numbered in docs/scoring.md. All arithmetic is exact (whole numbers, one division at the end), so
that no score can be pushed over a band's edge by rounding. Scores run from 0 to 100.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from collabcheck.answers import AnswerSheet, Chose, NotApplicable
from collabcheck.pack import Band, Choice, Factor, Flag, Pack, Question
from collabcheck.voices import Heard, as_one, hear


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and the highest score that the unknown answers leave possible."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands that a range's two ends are in, after the caps of raised flags (rules 4 and 5)."""

    low: Band
    high: Band
    capped: bool
    """Whether a flag lowered either."""


@dataclass(frozen=True, slots=True)
class Scored:
    """At least half of the weight is answered, so there is a score (rule 3)."""

    score: Fraction
    band: Band
    """The band of the score, after the caps of raised flags."""
    range: Range
    bands: Bands


@dataclass(frozen=True, slots=True)
class RangeOnly:
    """Too little is answered for a score: only the range is known."""

    range: Range
    bands: Bands


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """No question that concerns this was asked, or none applies."""


Score = Scored | RangeOnly | NotAssessed


@dataclass(frozen=True, slots=True)
class Part:
    """What one answered question adds to a factor: contribution + room over all parts make 100."""

    question: Question
    weight: int
    points: Fraction
    """What the answer is worth; with several people, the mean."""
    contribution: Fraction
    """Points of the score that the answer gives."""
    room: Fraction
    """Points of the score that a better answer could still give."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that applies but is not known: it widens the range."""

    question: Question
    weight: int
    lowest: int
    """The points of its lowest answer."""
    share: Fraction
    """Of those to whom it applies, how many do not know: 1 with one person."""


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A danger sign that an answer raised, and the best band it leaves (rule 5)."""

    question: Question
    choice: Choice
    flag: Flag
    cap: Band
    by: int
    """How many people raised it."""


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """A question that could raise a flag and is not answered: neither passed nor capping."""

    question: Question
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class ClearedFlag:
    """A question that could raise a flag, set aside as not applicable, with the reason given."""

    question: Question
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the replies to one question come to, for one factor."""

    question: Question
    weight: int
    chose: int
    """How many gave an answer."""
    people: int
    """To how many it applies."""
    points: int
    """What their answers are worth together."""


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


@dataclass(frozen=True)  # no slots, so that what is read often is worked out once
class FactorResult:
    """A factor's score with everything it was made from."""

    factor: Factor
    weight: int
    """How much it counts in the overall result."""
    score: Score
    readings: tuple[Reading, ...]
    """Of the questions that were asked, in pack order."""
    flags: tuple[RaisedFlag, ...]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What each answered question adds."""
        return tuple(_parts([reading for reading in self.readings if reading.chose]))

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The questions that apply and are not known, or not to all."""
        return tuple(_gap(reading) for reading in self.readings if reading.chose < reading.people)

    @cached_property
    def left_out(self) -> tuple[Question, ...]:
        """Questions that do not apply; in neither numerator nor denominator."""
        return tuple(reading.question for reading in self.readings if not reading.people)


@dataclass(frozen=True, slots=True)
class Overall:
    """The mean of the risk factors by weight (rule 6), and the weakest of them."""

    score: Score
    weakest: FactorResult | None
    """None when no risk factor is assessed."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that follows from the sheets of one organisation by arithmetic."""

    pack: Pack
    sheets: tuple[AnswerSheet, ...]
    sheet: AnswerSheet
    """The sheet; or, of several, one that stands for all."""
    heard: tuple[Heard, ...]
    factors: tuple[FactorResult, ...]
    """In pack order."""
    overall: Overall
    raised: tuple[RaisedFlag, ...]
    unresolved: tuple[OpenFlag, ...]
    cleared: tuple[ClearedFlag, ...]

    @property
    def people(self) -> int:
        """How many answered."""
        return len(self.sheets)

    @property
    def asked(self) -> tuple[Question, ...]:
        """Every question that somebody was asked, in pack order."""
        return tuple(heard.question for heard in self.heard)

    @property
    def risk(self) -> tuple[FactorResult, ...]:
        """The factors that say how ready the organisation is, headline ones first."""
        results = [result for result in self.factors if result.factor.kind == "risk"]
        return tuple(sorted(results, key=lambda result: not result.factor.headline))

    @property
    def opportunity(self) -> tuple[FactorResult, ...]:
        """The factors that say what it could gain."""
        return tuple(result for result in self.factors if result.factor.kind == "opportunity")

    @property
    def unknown(self) -> tuple[Question, ...]:
        """The scored questions that were asked and are not known, or not answered yet."""
        return tuple(q for q in self.asked if q.informs and not isinstance(self.sheet.replies.get(q.id), _SETTLED))

    @property
    def not_asked(self) -> tuple[Question, ...]:
        """Questions that the file answers though they are not asked: kept, not scored."""
        asked = {question.id for question in self.asked}
        return tuple(self.pack.question[name] for name in self.sheet.replies if name not in asked)


_SETTLED = (Chose, NotApplicable)


def score(pack: Pack, *sheets: AnswerSheet, equal_weights: bool = False, without: Collection[str] = ()) -> Assessment:
    """Score the sheets of one organisation, at least one: ranges, contributions, flags and bands.

    Several are pooled, question by question (rule 10). With `equal_weights` every question and every factor counts the
    same, whatever the pack says (rule 12). Questions that are named in `without` count as never asked (rule 11).
    """
    heard = tuple(one for one in hear(pack, sheets) if one.question.id not in without)
    raised = tuple(_raised(pack, heard))
    by_question = {one.question.id: one for one in heard}
    factors = tuple(_factor(pack, factor, by_question, raised, equal_weights=equal_weights) for factor in pack.factors)
    return Assessment(
        pack=pack,
        sheets=sheets,
        sheet=as_one(sheets, heard),
        heard=heard,
        factors=factors,
        overall=_overall(pack, factors, raised),
        raised=raised,
        unresolved=tuple(_unresolved(heard, raised)),
        cleared=tuple(_cleared(heard)),
    )


def points(question: Question, reply: Chose) -> int:
    """Return what the chosen answers are worth: their sum, up to full marks (rule 2)."""
    return min(sum(question.choice[choice].points for choice in reply.choices), question.most)


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
    return FactorResult(factor, 1 if equal_weights else factor.weight, score, readings, flags)


def _read(heard: Heard, weight: int) -> Reading:
    chosen = heard.chosen
    worth = sum(points(heard.question, reply) for reply in chosen)
    return Reading(heard.question, weight, len(chosen), len(chosen) + heard.unknown, worth)


def _gap(reading: Reading) -> Gap:
    share = Fraction(reading.people - reading.chose, reading.people)
    return Gap(reading.question, reading.weight, reading.question.least, share)


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


def _parts(known: Sequence[Reading]) -> Iterator[Part]:
    answered = sum(reading.weight for reading in known)
    for one in known:
        contribution = Fraction(100 * one.weight * one.points, answered * one.chose * one.question.most)
        room = Fraction(100 * one.weight, answered) - contribution
        yield Part(one.question, one.weight, Fraction(one.points, one.chose), contribution, room)


def _overall(pack: Pack, factors: Iterable[FactorResult], raised: Sequence[RaisedFlag]) -> Overall:
    """Rule 6: the mean of the risk factors that are assessed."""
    risk = [result for result in factors if result.factor.kind == "risk"]
    score = mean(pack, [(result.weight, result.score) for result in risk], [flag.cap for flag in raised])
    return Overall(score, None if isinstance(score, NotAssessed) else min(risk, key=strength))


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


def band_now(score: Scored | RangeOnly) -> Band:
    """Return the band of a score, or that of the low end where there is only a range."""
    return score.band if isinstance(score, Scored) else score.bands.low


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
                yield RaisedFlag(one.question, choice, flag, pack.band[flag.caps_at], by)


def _unresolved(heard: Iterable[Heard], raised: Iterable[RaisedFlag]) -> Iterator[OpenFlag]:
    settled = {flag.question.id for flag in raised}
    for one in heard:
        flags = one.question.flags
        if flags and one.unknown and one.question.id not in settled:
            yield OpenFlag(one.question, tuple(flag for _, flag in flags))


def _cleared(heard: Iterable[Heard]) -> Iterator[ClearedFlag]:
    for one in heard:
        if one.question.flags and one.reasons and not (one.chosen or one.unknown):
            yield ClearedFlag(one.question, "; ".join(dict.fromkeys(one.reasons)))
