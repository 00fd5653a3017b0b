"""Which form of collaboration the organisation is readiest for, and what is in the way (docs/scoring.md, rule 7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from collabcheck.assessment import Assessment, NotAssessed, RaisedFlag, RangeOnly, Score, Scored
from collabcheck.pack import Band, Factor, Form
from collabcheck.scoring import mean


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A factor that is below the band that a form needs, or could turn out to be."""

    factor: Factor
    needs: Band
    certain: bool
    """Whether it is below, whatever the unknown answers turn out to be."""
    at_best: Band
    """The band that it is in if they turn out well; while it is in the way, the form is in no better one."""
    because: str
    """Why the form leans on the factor."""


@dataclass(frozen=True, slots=True)
class FormResult:
    """How ready the organisation is for one form."""

    form: Form
    considered: bool
    """Whether the organisation says it is considering it."""
    score: Score
    in_the_way: tuple[Obstacle, ...]
    flags: tuple[RaisedFlag, ...]
    """The red flags on the factors that it leans on."""


def rank(assessment: Assessment, considered: Sequence[Form]) -> tuple[FormResult, ...]:
    """Return the forms, those under consideration first, then those without obstacle, then by score."""
    results = [_form(assessment, form, considered=form in considered) for form in assessment.pack.forms]
    return tuple(sorted(results, key=_order))


def _order(result: FormResult) -> tuple[bool, bool, int, Fraction]:
    hindered = any(obstacle.certain for obstacle in result.in_the_way)
    match result.score:
        case Scored(score=value):
            return not result.considered, hindered, 0, -value
        case RangeOnly(range=span):
            return not result.considered, hindered, 1, -span.low
        case NotAssessed():
            return not result.considered, hindered, 2, Fraction(0)


def _form(assessment: Assessment, form: Form, *, considered: bool) -> FormResult:
    results = {result.factor.id: result for result in assessment.factors}
    leans = [(lean.weight, results[lean.factor].score) for lean in form.leans_on]
    leaned_on = {lean.factor for lean in form.leans_on}
    flags = tuple(f for f in assessment.raised if any(link.factor in leaned_on for link in f.question.informs))
    obstacles = tuple(_obstacles(assessment, form))
    caps = [*(flag.cap for flag in flags), *(obstacle.at_best for obstacle in obstacles if obstacle.certain)]
    return FormResult(form, considered, mean(assessment.pack, leans, caps), obstacles, flags)


def _obstacles(assessment: Assessment, form: Form) -> Iterator[Obstacle]:
    scores = {result.factor.id: result.score for result in assessment.factors}
    for lean in form.leans_on:
        score, needs = scores[lean.factor], assessment.pack.band[lean.at_least] if lean.at_least else None
        if needs is None or isinstance(score, NotAssessed):
            continue
        if score.bands.low.starts < needs.starts:
            factor, high = assessment.pack.factor[lean.factor], score.bands.high
            yield Obstacle(factor, needs, high.starts < needs.starts, high, lean.because)
