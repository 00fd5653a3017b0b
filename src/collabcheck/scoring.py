"""From answers to scores: `score(pack, sheet)` returns an `Assessment`.

The rules are numbered in docs/scoring.md. All arithmetic is exact (whole numbers, one division at the end), so
that no score can be pushed over a band's edge by rounding. Scores run from 0 to 100.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from collabcheck.answers import AnswerSheet, Chose, NotApplicable, Reply
from collabcheck.interview import route
from collabcheck.pack import Band, Choice, Factor, Flag, Pack, Question


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
    points: int
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


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A danger sign that an answer raised, and the best band it leaves (rule 5)."""

    question: Question
    choice: Choice
    flag: Flag
    cap: Band


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
class FactorResult:
    """A factor's score with everything it was made from."""

    factor: Factor
    weight: int
    """How much it counts in the overall result."""
    score: Score
    parts: tuple[Part, ...]
    gaps: tuple[Gap, ...]
    left_out: tuple[Question, ...]
    """Questions that do not apply; in neither numerator nor denominator."""
    flags: tuple[RaisedFlag, ...]


@dataclass(frozen=True, slots=True)
class Overall:
    """The mean of the risk factors by weight (rule 6), and the weakest of them."""

    score: Score
    weakest: FactorResult | None
    """None when no risk factor is assessed."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that follows from one sheet by arithmetic."""

    pack: Pack
    sheet: AnswerSheet
    asked: tuple[Question, ...]
    factors: tuple[FactorResult, ...]
    """In pack order."""
    overall: Overall
    raised: tuple[RaisedFlag, ...]
    unresolved: tuple[OpenFlag, ...]
    cleared: tuple[ClearedFlag, ...]

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


def score(pack: Pack, sheet: AnswerSheet, *, equal_weights: bool = False) -> Assessment:
    """Score a sheet: ranges where answers are unknown, contributions, flags and bands.

    With `equal_weights` every question and every factor counts the same, whatever the pack says (rule 12).
    """
    asked = route(pack, sheet.replies)
    raised = tuple(_raised(pack, asked, sheet.replies))
    factors = tuple(
        _factor(
            pack,
            factor,
            1 if equal_weights else factor.weight,
            tuple(_informing(factor, asked, equal_weights=equal_weights)),
            sheet.replies,
            raised,
        )
        for factor in pack.factors
    )
    return Assessment(
        pack=pack,
        sheet=sheet,
        asked=asked,
        factors=factors,
        overall=_overall(pack, factors, raised),
        raised=raised,
        unresolved=tuple(_unresolved(asked, sheet.replies)),
        cleared=tuple(_cleared(asked, sheet.replies)),
    )


def points(question: Question, reply: Chose) -> int:
    """Return what the chosen answers are worth: their sum, up to full marks (rule 2)."""
    return min(sum(question.choice[choice].points for choice in reply.choices), question.most)


def _factor(
    pack: Pack,
    factor: Factor,
    weight: int,
    informing: Sequence[tuple[Question, int]],
    replies: Mapping[str, Reply],
    raised: Sequence[RaisedFlag],
) -> FactorResult:
    known: list[tuple[Question, int, int]] = []
    gaps: list[Gap] = []
    left_out: list[Question] = []
    for question, share in informing:
        match replies.get(question.id):
            case Chose() as reply:
                known.append((question, share, points(question, reply)))
            case NotApplicable():
                left_out.append(question)
            case _:
                gaps.append(Gap(question, share, _lowest(question)))
    flags = tuple(flag for flag in raised if any(link.factor == factor.id for link in flag.question.informs))
    return FactorResult(
        factor=factor,
        weight=weight,
        score=_score(pack, known, gaps, [flag.cap for flag in flags]),
        parts=tuple(_parts(known)),
        gaps=tuple(gaps),
        left_out=tuple(left_out),
        flags=flags,
    )


def _informing(factor: Factor, asked: Iterable[Question], *, equal_weights: bool) -> Iterator[tuple[Question, int]]:
    for question in asked:
        for link in question.informs:
            if link.factor == factor.id:
                yield question, 1 if equal_weights else link.weight


def _lowest(question: Question) -> int:
    return min(question.most, *(choice.points for choice in question.choices))


def _score(pack: Pack, known: Sequence[tuple[Question, int, int]], gaps: Sequence[Gap], caps: Sequence[Band]) -> Score:
    """Rule 3: the mean over what is answered, and the range that the rest leaves."""
    answered = sum(weight for _, weight, _ in known)
    applicable = answered + sum(gap.weight for gap in gaps)
    if not applicable:
        return NotAssessed()
    unit = lcm(*(question.most for question, _, _ in known), *(gap.question.most for gap in gaps))
    got = sum(weight * value * (unit // question.most) for question, weight, value in known)
    least = got + sum(gap.weight * gap.lowest * (unit // gap.question.most) for gap in gaps)
    most = got + sum(gap.weight * unit for gap in gaps)
    span = Range(Fraction(100 * least, unit * applicable), Fraction(100 * most, unit * applicable))
    bands = _bands(pack, span, caps)
    if 2 * answered < applicable:
        return RangeOnly(span, bands)
    value = Fraction(100 * got, unit * answered)
    return Scored(value, _capped(band_of(pack, value), caps), span, bands)


def _parts(known: Sequence[tuple[Question, int, int]]) -> Iterator[Part]:
    answered = sum(weight for _, weight, _ in known)
    for question, weight, value in known:
        share = Fraction(100 * weight, answered)
        contribution = share * Fraction(value, question.most)
        yield Part(question, weight, value, contribution, share - contribution)


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
    return next(band for band in reversed(pack.bands) if value >= band.starts)


def _bands(pack: Pack, span: Range, caps: Sequence[Band]) -> Bands:
    low, high = band_of(pack, span.low), band_of(pack, span.high)
    capped_low, capped_high = _capped(low, caps), _capped(high, caps)
    return Bands(capped_low, capped_high, capped=(low, high) != (capped_low, capped_high))


def _capped(band: Band, caps: Iterable[Band]) -> Band:
    return min((band, *caps), key=lambda one: one.starts)


def _raised(pack: Pack, asked: Iterable[Question], replies: Mapping[str, Reply]) -> Iterator[RaisedFlag]:
    for question in asked:
        reply = replies.get(question.id)
        chosen = reply.choices if isinstance(reply, Chose) else ()
        for choice in question.choices:
            if choice.id in chosen and choice.flag is not None:
                yield RaisedFlag(question, choice, choice.flag, pack.band[choice.flag.caps_at])


def _unresolved(asked: Iterable[Question], replies: Mapping[str, Reply]) -> Iterator[OpenFlag]:
    for question in asked:
        flags = tuple(choice.flag for choice in question.choices if choice.flag is not None)
        if flags and not isinstance(replies.get(question.id), _SETTLED):
            yield OpenFlag(question, flags)


def _cleared(asked: Iterable[Question], replies: Mapping[str, Reply]) -> Iterator[ClearedFlag]:
    for question in asked:
        reply = replies.get(question.id)
        if isinstance(reply, NotApplicable) and any(choice.flag for choice in question.choices):
            yield ClearedFlag(question, reply.reason)
