"""How far it is to the bands that an organisation aims at (docs/scoring.md, rule 9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from collabcheck.assessment import Assessment, FactorResult, NotAssessed, Part, RaisedFlag, RangeOnly, Score, Scored
from collabcheck.conditions import Truth
from collabcheck.pack import Band, Factor
from collabcheck.questions import Question
from collabcheck.scoring import band_of


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How far one answer is below a target, in points of 100."""

    question: Question
    points: Fraction


@dataclass(frozen=True, slots=True)
class TargetResult:
    """A factor against the band aimed at."""

    factor: Factor
    wanted: Band
    score: Score
    reached: Truth
    """Whether the score is in that band or above, flags counted; without a score, whether the whole range is."""
    gap: Fraction | None
    """The mean by weight of what each answer falls short, so that a strong one hides no weak one; None without any."""
    short: tuple[Shortfall, ...]
    """The answers below the target, the furthest first."""
    unknown: tuple[Question, ...]
    held_by: tuple[RaisedFlag, ...]
    """The red flags that hold it below, where the figures alone would reach it."""


def against(assessment: Assessment, targets: Mapping[str, str]) -> tuple[TargetResult, ...]:
    """Hold the factors against the bands aimed at, in the order of the pack; ids that it does not have are left out."""
    bands = assessment.pack.band
    wanted = {factor: bands[band] for factor, band in targets.items() if band in bands}
    return tuple(
        _result(assessment, result, wanted[result.factor.id])
        for result in assessment.factors
        if result.factor.id in wanted
    )


def _result(assessment: Assessment, result: FactorResult, wanted: Band) -> TargetResult:
    falls = [(part.weight, _shortfall(part, wanted)) for part in result.parts]
    weight = sum(weight for weight, _ in falls)
    return TargetResult(
        factor=result.factor,
        wanted=wanted,
        score=result.score,
        reached=_reached(result.score, wanted),
        gap=sum((weight * fall.points for weight, fall in falls), Fraction(0)) / weight if falls else None,
        short=tuple(sorted((fall for _, fall in falls if fall.points), key=lambda fall: -fall.points)),
        unknown=tuple(gap.question for gap in result.gaps),
        held_by=_held_by(assessment, result, wanted),
    )


def _shortfall(part: Part, wanted: Band) -> Shortfall:
    value = Fraction(100 * part.points, part.question.most)
    return Shortfall(part.question, max(Fraction(0), wanted.starts - value))


def _reached(score: Score, wanted: Band) -> Truth:
    match score:
        case Scored(band=band):
            return Truth.YES if band.starts >= wanted.starts else Truth.NO
        case RangeOnly(bands=bands) if bands.low.starts >= wanted.starts:
            return Truth.YES
        case RangeOnly(bands=bands):
            return Truth.NO if bands.high.starts < wanted.starts else Truth.UNKNOWN
        case NotAssessed():
            return Truth.UNKNOWN


def _held_by(assessment: Assessment, result: FactorResult, wanted: Band) -> tuple[RaisedFlag, ...]:
    """Return the flags with a cap below the target, if the score, or the whole range, would be there without them."""
    if isinstance(result.score, NotAssessed):
        return ()
    value = result.score.score if isinstance(result.score, Scored) else result.score.range.low
    if band_of(assessment.pack, value).starts < wanted.starts:
        return ()
    return tuple(flag for flag in result.flags if flag.cap.starts < wanted.starts)
