"""What an assessment means: the answers that weigh most, what to find out, what to do first, which guidance helps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from collabcheck.answers import Chose, DontKnow, Reply
from collabcheck.pack import Band, Choice, Factor, Form, Question, Resource
from collabcheck.scoring import Assessment, FactorResult, NotAssessed, Score, Scored, score

FIRST_STEPS = 5
"""How many steps a report shows (rule 9)."""


class Reason(Enum):
    """Why a step is on the list. The order is the order of the list."""

    FLAG = "a red flag"
    OPEN_FLAG = "a possible red flag"
    ROOM = "room to improve"


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do, with what it is worth."""

    reason: Reason
    question: Question
    do: str
    effort: int
    """1: an hour or two. 2: a few days. 3: weeks."""
    room: Fraction
    """The points of the overall result that better answers to this question could still give."""
    resources: tuple[Resource, ...] = ()


@dataclass(frozen=True, slots=True)
class Weight:
    """What one answer does to the overall result, in its points."""

    question: Question
    contribution: Fraction
    room: Fraction


@dataclass(frozen=True, slots=True)
class FindOut:
    """Something nobody has answered yet, and who would know."""

    question: Question
    said: DontKnow | None
    """None when the question was not answered at all."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """Guidance for one factor, already filtered by nation."""

    factor: Factor
    resources: tuple[Resource, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Whether the result rests on the pack's weights (rule 12)."""

    all_equal: bool
    """The pack's weights are all equal already."""
    bands_changed: tuple[Factor, ...] = ()
    """Factors that equal weights would put in another band."""
    overall_changed: bool = False
    steps_changed: bool = False
    """Whether the first three steps would be others."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to make of an assessment."""

    steps: tuple[NextStep, ...]
    """All of them, the first to take first."""
    find_out: tuple[FindOut, ...]
    holding_back: tuple[Weight, ...]
    """The answers with the most room, the most first."""
    carrying: tuple[Weight, ...]
    """The answers that give most, the most first."""
    guidance: tuple[Guidance, ...]
    considered: tuple[Form, ...]
    """The forms of collaboration the organisation says it is considering."""
    nations: tuple[Choice, ...]
    """Where it works; empty when it did not say."""
    sensitivity: Sensitivity


def advise(assessment: Assessment) -> Advice:
    """Work out what an assessment means for the organisation (docs/scoring.md, rules 9 and 12)."""
    nations = tuple(_picked(assessment, assessment.pack.that_means("nation")))
    weights = tuple(_weights(assessment))
    steps = _steps(assessment, nations)
    return Advice(
        steps=steps,
        find_out=tuple(_find_out(assessment)),
        holding_back=tuple(sorted((w for w in weights if w.room), key=lambda w: -w.room)),
        carrying=tuple(sorted((w for w in weights if w.contribution), key=lambda w: -w.contribution)),
        guidance=tuple(_guidance(assessment, nations)),
        considered=tuple(_considered(assessment)),
        nations=nations,
        sensitivity=_sensitivity(assessment, steps),
    )


def helps_in(resource: Resource, nations: Iterable[Choice]) -> bool:
    """Say whether guidance applies in any of these nations; guidance without nations applies everywhere."""
    wanted = {nation.id for nation in nations}
    return not resource.nations or not wanted or bool(wanted & set(resource.nations))


def _picked(assessment: Assessment, question: Question | None) -> Iterator[Choice]:
    reply = assessment.sheet.replies.get(question.id) if question else None
    if question is not None and isinstance(reply, Chose):
        yield from (choice for choice in question.choices if choice.id in reply.choices)


def _considered(assessment: Assessment) -> Iterator[Form]:
    picked = {choice.id for choice in _picked(assessment, assessment.pack.that_means("form"))}
    yield from (form for form in assessment.pack.forms if form.id in picked)


def _weights(assessment: Assessment) -> Iterator[Weight]:
    """Add up, question by question, what each answer gives to and leaves out of the overall result."""
    scored = [result for result in assessment.risk if isinstance(result.score, Scored)]
    total = sum(result.weight for result in scored)
    gives: dict[str, Fraction] = {}
    leaves: dict[str, Fraction] = {}
    for result in scored:
        share = Fraction(result.weight, total)
        for part in result.parts:
            gives[part.question.id] = gives.get(part.question.id, Fraction(0)) + share * part.contribution
            leaves[part.question.id] = leaves.get(part.question.id, Fraction(0)) + share * part.room
    for question in assessment.asked:
        if question.id in gives:
            yield Weight(question, gives[question.id], leaves[question.id])


def _steps(assessment: Assessment, nations: Iterable[Choice]) -> tuple[NextStep, ...]:
    """Rule 9: flags, then flags to be settled, then room for effort; ties in pack order."""
    flagged = {flag.question.id for flag in assessment.raised}
    open_ = {flag.question.id for flag in assessment.unresolved}
    room = {weight.question.id: weight.room for weight in _weights(assessment)}
    steps = [
        step
        for question in assessment.asked
        for step in _step(assessment, question, room.get(question.id, Fraction(0)), nations, flagged, open_)
    ]
    order = list(Reason)
    return tuple(sorted(steps, key=lambda step: (order.index(step.reason), -step.room / step.effort)))


def _step(
    assessment: Assessment,
    question: Question,
    room: Fraction,
    nations: Iterable[Choice],
    flagged: Iterable[str],
    open_: Iterable[str],
) -> Iterator[NextStep]:
    if question.id in open_:
        yield NextStep(Reason.OPEN_FLAG, question, question.text, 1, room)
        return
    choice = _next_level(question, assessment.sheet.replies.get(question.id))
    if choice is None or choice.step is None or not (room or question.id in flagged):
        return
    resources = (assessment.pack.resource[name] for name in choice.step.resources)
    yield NextStep(
        reason=Reason.FLAG if question.id in flagged else Reason.ROOM,
        question=question,
        do=choice.step.do,
        effort=choice.step.effort,
        room=room,
        resources=tuple(resource for resource in resources if helps_in(resource, nations)),
    )


def _next_level(question: Question, reply: Reply | None) -> Choice | None:
    """Return the chosen answer whose step comes next: a flagged one first, else the lowest that has a step."""
    if not isinstance(reply, Chose):
        return None
    taken = [question.choice[choice] for choice in reply.choices]
    with_step = [choice for choice in taken if choice.step is not None]
    return min(with_step, key=lambda choice: (choice.flag is None, choice.points), default=None)


def _find_out(assessment: Assessment) -> Iterator[FindOut]:
    open_ = {flag.question.id for flag in assessment.unresolved}
    unknown = sorted(assessment.unknown, key=lambda question: question.id not in open_)
    for question in unknown:
        reply = assessment.sheet.replies.get(question.id)
        yield FindOut(question, reply if isinstance(reply, DontKnow) else None)


def _guidance(assessment: Assessment, nations: Iterable[Choice]) -> Iterator[Guidance]:
    """For each risk factor that has room, the weakest first: what helps there, nothing replaced by something newer."""
    for result in sorted(assessment.risk, key=_level):
        top = assessment.pack.bands[-1]
        if isinstance(result.score, NotAssessed) or result.score.bands.low == top:
            continue
        found = tuple(
            resource
            for resource in assessment.pack.resources
            if result.factor.id in resource.factors and not resource.superseded_by and helps_in(resource, nations)
        )
        if found:
            yield Guidance(result.factor, found)


def _level(result: FactorResult) -> tuple[float, Fraction]:
    if isinstance(result.score, NotAssessed):
        return 100.0, Fraction(100)
    return result.score.bands.low.from_, result.score.range.low


def _sensitivity(assessment: Assessment, steps: tuple[NextStep, ...]) -> Sensitivity:
    weights = {link.weight for question in assessment.pack.questions for link in question.informs}
    if weights | {factor.weight for factor in assessment.pack.factors} == {1}:
        return Sensitivity(all_equal=True)
    other = score(assessment.pack, assessment.sheet, equal_weights=True)
    return Sensitivity(
        all_equal=False,
        bands_changed=tuple(
            mine.factor
            for mine, theirs in zip(assessment.factors, other.factors, strict=True)
            if _bands(mine.score) != _bands(theirs.score)
        ),
        overall_changed=_bands(assessment.overall.score) != _bands(other.overall.score),
        steps_changed=[s.question.id for s in steps[:3]] != [s.question.id for s in _steps(other, ())[:3]],
    )


def _bands(score: Score) -> tuple[Band, ...]:
    return () if isinstance(score, NotAssessed) else (score.bands.low, score.bands.high)
