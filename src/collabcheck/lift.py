"""The one answer that would lift a band: a counterfactual, found by scoring anew (docs/scoring.md, rule 9)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from functools import cache

from collabcheck.answers import Chose, NotApplicable, Presumed, Reply, proved
from collabcheck.assessment import Assessment, NotAssessed, RaisedFlag, RangeOnly, Result, Score, Scored
from collabcheck.interview import route
from collabcheck.pack import Band, Factor
from collabcheck.questions import Choice, Question
from collabcheck.scoring import band_of, points, score, strength

NO_STEP = 4
"""Counts as the effort where the present answer has no step: more than any effort there is."""


@dataclass(frozen=True, slots=True)
class Lift:
    """An answer that alone would lift a band."""

    question: Question
    reply: Chose
    """The whole reply that would do it."""
    picked: Choice
    """The choice that is new in it; where there is none, the one that it drops."""
    known: bool
    """Whether the question has an answer now. If not, this is one that could turn out to be true."""
    factor: Factor | None
    """The factor whose band it lifts; None for the overall result."""
    low_end: bool
    """Whether there is no score, so that the bands are those of the low end of the range."""
    before: Band
    after: Band
    at_worst: Band
    """The band in which the low end of the range would be then."""


class NoLift(Enum):
    """Why there is no such answer."""

    OUT_OF_REACH = "out-of-reach"
    """Every band that is left to lift takes more than one answer."""
    SEVERAL_PEOPLE = "several-people"
    """No one answers for the others."""
    NONE_LEFT = "none-left"
    """All that is assessed is in the top band."""


def lift(assessment: Assessment) -> Lift | NoLift:
    """Return the answer that alone would lift the overall result; if none does, a risk factor, the weakest first."""
    if assessment.people > 1:
        return NoLift.SEVERAL_PEOPLE
    aims = [aim for aim in _aims(assessment) if aim.band != assessment.pack.bands[-1]]
    if not aims:
        return NoLift.NONE_LEFT
    changes = sorted(_changes(assessment), key=lambda change: change.order)
    beyond_sums = {change for change in changes if _beyond_sums(assessment, change)}
    questions = {change.question.id: change.question for change in changes}
    scored = cache(lambda change: _scored_with(assessment, change))
    for aim in aims:
        near = {name for name, question in questions.items() if _within_reach(assessment, aim, question)}
        tried = (change for change in changes if change in beyond_sums or change.question.id in near)
        if found := next((found for change in tried for found in _lifted(aim, change, scored(change))), None):
            return found
    return NoLift.OUT_OF_REACH


# What could be lifted.


@dataclass(frozen=True, slots=True)
class _Aim:
    """A result whose band could be lifted."""

    factor: Factor | None
    score: Scored | RangeOnly
    shares: Sequence[tuple[Fraction, Result]]
    """What it is the mean of, each with its part."""
    flags: Sequence[RaisedFlag]

    @property
    def band(self) -> Band:
        return self.score.band if isinstance(self.score, Scored) else self.score.bands.low


def _aims(assessment: Assessment) -> Iterator[_Aim]:
    """Yield the overall result, then the risk factors, the weakest first, as far as they are assessed."""
    risk = [r for r in assessment.factors if r.factor.kind == "risk" and not isinstance(r.score, NotAssessed)]
    total = sum(result.weight for result in risk)
    if not isinstance(assessment.overall.score, NotAssessed):
        pooled = assessment.overall.pooled
        factors = [(Fraction(result.weight, total), result) for result in risk]
        yield _Aim(None, assessment.overall.score, [(Fraction(1), pooled)] if pooled else factors, assessment.raised)
    for result in sorted(risk, key=strength):
        if not isinstance(result.score, NotAssessed):
            yield _Aim(result.factor, result.score, [(Fraction(1), result)], result.flags)


# What could be answered instead.


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """Another reply to one question, and what it takes."""

    question: Question
    reply: Chose
    picked: Choice
    known: bool
    poor: bool
    """Whether it is better only than the answer now: worth less than half, and rid of no flag. Nobody aims at that."""
    levels: int
    """How many levels up from the present answer; from the lowest, if there is none."""
    effort: int

    @property
    def order(self) -> tuple[bool, bool, int, int]:
        """What comes first: what is known; an answer to aim at; few levels; little effort."""
        return not self.known, self.poor, self.levels, self.effort


def _changes(assessment: Assessment) -> Iterator[_Change]:
    """Yield every better answer, and every one that a question without an answer could turn out to have."""
    for question in assessment.asked:
        reply = assessment.replies.get(question.id)
        if isinstance(reply, Presumed):  # what does not apply stays so
            continue
        if isinstance(reply, Chose):
            yield from _better(question, reply)
        elif question.informs and not isinstance(reply, NotApplicable):
            lowest = min(choice.points for choice in question.choices)
            for choice in question.choices:
                levels = _levels(question, lowest, choice.points)
                found, poor = Chose((choice.id,)), 2 * question.worth(choice.points) < question.most
                yield _Change(question, found, choice, known=False, poor=poor, levels=levels, effort=NO_STEP)


def _better(question: Question, now: Chose) -> Iterator[_Change]:
    """Yield the replies that are worth more or drop a red flag; another level, only if it is worth no less."""
    worth, effort = points(question, now), _effort(question, now)
    for reply, picked in _others(question, now):
        value = points(question, reply)
        drops = any(question.choice[name].flag for name in now.choices if name not in reply.choices)
        if (question.informs and value > worth) or (drops and (question.several or value >= worth)):
            levels = 1 if question.several else _levels(question, worth, value)
            poor = not drops and 2 * value < question.most
            yield _Change(question, reply, picked, known=True, poor=poor, levels=levels, effort=effort)


def _others(question: Question, now: Chose) -> Iterator[tuple[Chose, Choice]]:
    """Yield the replies that differ by one choice, each with that choice."""
    for choice in question.choices:
        if not question.several and choice.id not in now.choices:
            yield Chose((choice.id,)), choice
        elif question.several and (names := _toggled(question, now, choice)):
            yield Chose(names), choice


def _toggled(question: Question, now: Chose, choice: Choice) -> tuple[str, ...]:
    """Return the choices without this one; or with it, and without any that cannot stand beside it."""
    if choice.id in now.choices:
        return tuple(name for name in now.choices if name != choice.id)
    if choice.alone:
        return (choice.id,)
    beside = [name for name in now.choices if not question.choice[name].alone]
    return tuple(one.id for one in question.choices if one is choice or one.id in beside)


def _levels(question: Question, worth: int, value: int) -> int:
    return len({choice.points for choice in question.choices if worth < choice.points <= value})


def _effort(question: Question, now: Chose) -> int:
    steps = (question.choice[name].step for name in now.choices)
    return min((step.effort for step in steps if step is not None), default=NO_STEP)


# Whether it would do.


def _scored_with(assessment: Assessment, change: _Change) -> Assessment:
    return score(assessment.pack, replace(assessment.sheet, replies=_replies_with(assessment, change)))


def _replies_with(assessment: Assessment, change: _Change) -> Mapping[str, Reply]:
    return {**assessment.sheet.replies, change.question.id: proved(change.question, change.reply.choices)}


def _lifted(aim: _Aim, change: _Change, then: Assessment) -> Iterator[Lift]:
    """Yield the lift, if the result is in a higher band then."""
    results = {result.factor.id: result.score for result in then.factors}
    score_then = results[aim.factor.id] if aim.factor else then.overall.score
    after = _band_then(aim.score, score_then)
    if not isinstance(score_then, NotAssessed) and after is not None and after.starts > aim.band.starts:
        yield Lift(
            question=change.question,
            reply=change.reply,
            picked=change.picked,
            known=change.known,
            factor=aim.factor,
            low_end=isinstance(aim.score, RangeOnly),
            before=aim.band,
            after=after,
            at_worst=score_then.bands.low,
        )


def _band_then(before: Score, after: Score) -> Band | None:
    """Return the band to compare: where a range becomes a score, still that of the low end, to compare like with like.

    Otherwise any answer, even the worst, could make a range into a score and so seem to lift it.
    """
    match after:
        case NotAssessed():
            return None
        case Scored(band=band) if isinstance(before, Scored):
            return band
        case Scored(bands=bands) | RangeOnly(bands=bands):
            return bands.low


# Whether it is worth a try: to score anew for each of a hundred changes would take a twentieth of a second.


def _beyond_sums(assessment: Assessment, change: _Change) -> bool:
    """Say whether more than points may change: a flag may go, or other questions are asked."""
    flagged = any(flag.question is change.question for flag in assessment.raised)
    return flagged or route(assessment.pack, _replies_with(assessment, change)) != assessment.asked


def _within_reach(assessment: Assessment, aim: _Aim, question: Question) -> bool:
    """Say whether the best answer to a question would lift a band by its points alone."""
    low = isinstance(aim.score, RangeOnly)
    value = aim.score.score if isinstance(aim.score, Scored) else aim.score.range.low
    rises = (share * _rise(result, question, low=low) for share, result in aim.shares)
    reached = band_of(assessment.pack, value + sum(rises, Fraction(0)))
    return min((reached.starts, *(flag.cap.starts for flag in aim.flags))) > aim.band.starts


def _rise(result: Result, question: Question, *, low: bool) -> Fraction:
    """Return by how much, at most, the best answer would raise a score, or the low end of its range."""
    return sum(_rises(result, question, low=low), Fraction(0))


def _rises(result: Result, question: Question, *, low: bool) -> Iterator[Fraction]:
    """Yield that for each time that the question counts: in a pooled result, once for each of its factors."""
    answered = sum(part.weight for part in result.parts)
    applicable = answered + sum(gap.weight for gap in result.gaps)
    for part in result.parts:
        if part.question is question:
            yield part.room * answered / applicable if low else part.room
    for gap in result.gaps:
        if gap.question is question and low:
            yield Fraction(100 * gap.weight * (question.most - gap.lowest), applicable * question.most)
        elif gap.question is question and isinstance(result.score, Scored):
            yield (100 - result.score.score) * gap.weight / (answered + gap.weight)
