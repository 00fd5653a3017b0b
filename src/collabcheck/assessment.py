"""What scoring yields: an assessment, with all that each of its scores was made from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from collabcheck.answers import AnswerSheet, Reply
from collabcheck.pack import Area, Band, Factor, Pack, Trend
from collabcheck.questions import Choice, Flag, Question
from collabcheck.voices import Heard


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
    presumed: int = field(compare=False)
    """How many of these did so by saying that the question does not apply, which counts as this choice."""

    @property
    def applies(self) -> bool:
        """Whether anybody chose the answer, and does not only say what counts as it."""
        return self.by > self.presumed


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


@dataclass(frozen=True)  # no slots, so that what is read often is worked out once
class Result:
    """A score with everything it was made from."""

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


@dataclass(frozen=True)
class FactorResult(Result):
    """A factor's score with everything it was made from."""

    factor: Factor
    weight: int
    """How much it counts in the overall result."""


@dataclass(frozen=True, slots=True)
class AreaResult:
    """The mean of an area’s factors by their weights (rule 6)."""

    area: Area
    score: Score
    factors: tuple[FactorResult, ...]
    """In pack order."""
    flags: tuple[RaisedFlag, ...]
    """Those of its factors; each caps it too."""

    @property
    def kind(self) -> str:
        """What its factors are: risk or opportunity."""
        return self.factors[0].factor.kind


@dataclass(frozen=True, slots=True)
class Overall:
    """The mean of the risk factors, or of their questions, by weight (rule 6), and the weakest of the factors."""

    score: Score
    weakest: FactorResult | None
    """None when no risk factor is assessed."""
    pooled: Result | None
    """The same as made from the questions of all risk factors; None where it is the mean of the factors."""


@dataclass(frozen=True)  # no slots, so that what is read often is worked out once
class Assessment:
    """Everything that follows from the sheets of one organisation by arithmetic."""

    pack: Pack
    sheets: tuple[AnswerSheet, ...]
    sheet: AnswerSheet
    """The sheet; or, of several, one that stands for all."""
    replies: Mapping[str, Reply]
    """What its replies count as, to the questions that somebody was asked."""
    heard: tuple[Heard, ...]
    """Every question that somebody was asked, in pack order."""
    factors: tuple[FactorResult, ...]
    """In pack order."""
    areas: tuple[AreaResult, ...]
    """Those that have factors, in pack order."""
    overall: Overall
    raised: tuple[RaisedFlag, ...]
    """Those that hold the result down most first, then in pack order."""
    unresolved: tuple[OpenFlag, ...]
    cleared: tuple[ClearedFlag, ...]

    @property
    def people(self) -> int:
        """How many answered."""
        return len(self.sheets)

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """Every question that the organisation was asked, of several people at least half, in pack order (rule 10)."""
        return tuple(heard.question for heard in self.heard if heard.shared)

    @property
    def trends(self) -> tuple[Trend, ...]:
        """The trends that the organisation was asked about."""
        asked = {question.id for question in self.asked}
        return tuple(trend for trend in self.pack.trends if any(question.id in asked for question in trend.questions))

    @property
    def risk(self) -> tuple[FactorResult, ...]:
        """The factors that say how ready the organisation is, headline ones first."""
        results = [result for result in self.factors if result.factor.kind == "risk"]
        return tuple(sorted(results, key=lambda result: not result.factor.headline))

    @property
    def opportunity(self) -> tuple[FactorResult, ...]:
        """The factors that say what it could gain."""
        return tuple(result for result in self.factors if result.factor.kind == "opportunity")

    @cached_property
    def unknown(self) -> tuple[Question, ...]:
        """The scored questions that are to be found out: of several people, fewer than half know."""
        return tuple(one.question for one in self.heard if one.question.informs and one.open)

    @property
    def not_asked(self) -> tuple[Question, ...]:
        """Questions that the file answers though they are not asked: kept, not scored."""
        asked = {question.id for question in self.asked}
        return tuple(self.pack.question[name] for name in self.sheet.replies if name not in asked)


def band_now(score: Scored | RangeOnly) -> Band:
    """Return the band of a score, or that of the low end where there is only a range."""
    return score.band if isinstance(score, Scored) else score.bands.low


def _parts(known: Sequence[Reading]) -> Iterator[Part]:
    answered = sum(reading.weight for reading in known)
    for one in known:
        contribution = Fraction(100 * one.weight * one.points, answered * one.chose * one.question.most)
        room = Fraction(100 * one.weight, answered) - contribution
        yield Part(one.question, one.weight, Fraction(one.points, one.chose), contribution, room)


def _gap(reading: Reading) -> Gap:
    share = Fraction(reading.people - reading.chose, reading.people)
    return Gap(reading.question, reading.weight, reading.question.least, share)
