"""What an assessment means: the answers that weigh most, what to find out, what to do first, which guidance helps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from collabcheck.answers import Chose, Presumed, Reply
from collabcheck.assessment import Assessment, FactorResult, NotAssessed, RangeOnly, Score, Scored
from collabcheck.implications import Verdict, judge
from collabcheck.lift import Lift, NoLift, lift
from collabcheck.pack import Area, Band, Factor, Form, Resource
from collabcheck.position import Position, place
from collabcheck.questions import Choice, Question
from collabcheck.scoring import points, score, strength
from collabcheck.suitability import FormResult, rank
from collabcheck.targets import TargetResult, against
from collabcheck.voices import Heard

FIRST_STEPS = 5
"""How many steps a report shows (rule 9)."""
EARLY = 3
"""How many of them are looked at to see whether they rest on the weights (rule 12)."""


class Reason(StrEnum):
    """Why a step is on the list. The order is the order of the list."""

    FLAG = "flag"
    OPEN_FLAG = "open-flag"
    FIND_OUT = "find-out"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do, with what it is worth."""

    reason: Reason
    question: Question
    do: str
    effort: int
    """1: an hour or two. 2: a few days. 3: weeks."""
    room: Fraction
    """The points that better answers to this question could still give: of the readiness for the forms that are
    considered, or of the overall result if there are none."""
    choice: Choice | None = None
    """The answer that it leads on from; None for what is to be found out."""
    at_first: Fraction = Fraction(0)
    """How many of these points the next level gives, which the step leads to."""
    resources: tuple[Resource, ...] = ()

    @property
    def finds_out(self) -> bool:
        """Whether the step is to get an answer, and not to get a better one."""
        return self.choice is None


@dataclass(frozen=True, slots=True)
class Weight:
    """What one answer gives to a result, and what a better one could still give, in points of 100."""

    question: Question
    contribution: Fraction
    room: Fraction


@dataclass(frozen=True, slots=True)
class FindOut:
    """Something that is not known, and who would know."""

    heard: Heard
    """What was answered: “I do not know”, or nothing yet; of several people, also what some do know."""

    @property
    def question(self) -> Question:
        """The question."""
        return self.heard.question


@dataclass(frozen=True, slots=True)
class Guidance:
    """Guidance for one factor: what applies in the nations and to the forms of collaboration in question."""

    factor: Factor
    resources: tuple[Resource, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Whether the result rests on the pack's weights (rule 12)."""

    all_equal: bool
    """The pack's weights are all equal already."""
    bands_changed: tuple[Factor, ...] = ()
    """Factors that equal weights would put in another band."""
    areas_changed: tuple[Area, ...] = ()
    """And areas."""
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
    """The answers that leave more of the overall result than they give, those with most room first."""
    carrying: tuple[Weight, ...]
    """The answers that give more than they leave: the best that there are first, and of those the weightiest."""
    guidance: tuple[Guidance, ...]
    considered: tuple[Form, ...]
    """The forms of collaboration the organisation says it is considering."""
    nations: tuple[Choice, ...]
    """Where it works; empty when it did not say."""
    position: tuple[Position, ...]
    """Where gain and readiness place the organisation, and after it what unknown answers could make of it."""
    forms: tuple[FormResult, ...]
    """The forms of collaboration, ranked."""
    implications: tuple[Verdict, ...]
    lift: Lift | NoLift
    """The one answer that would lift a band."""
    targets: tuple[TargetResult, ...]
    """The factors for which the sheet names a band to aim at."""
    sensitivity: Sensitivity


def advise(assessment: Assessment) -> Advice:
    """Work out what an assessment means for the organisation (docs/scoring.md, rules 6 to 9 and 12)."""
    nations = tuple(_picked(assessment, assessment.pack.that_means("nation")))
    considered = tuple(_considered(assessment))
    weights = tuple(_weights(assessment, _shares(assessment, ())))
    steps = _steps(assessment, _shares(assessment, considered), nations)
    return Advice(
        steps=steps,
        find_out=tuple(_find_out(assessment)),
        holding_back=tuple(sorted((w for w in weights if w.room > w.contribution), key=lambda w: -w.room)),
        carrying=tuple(
            sorted((w for w in weights if w.contribution > w.room), key=lambda w: (w.room > 0, -w.contribution))
        ),
        guidance=tuple(_guidance(assessment, considered, nations)),
        considered=considered,
        nations=nations,
        position=place(assessment),
        forms=rank(assessment, considered),
        implications=judge(assessment),
        lift=lift(assessment),
        targets=against(assessment, assessment.sheet.targets),
        sensitivity=_sensitivity(assessment, considered, steps),
    )


def serves(named: Sequence[str], wanted: Iterable[str]) -> bool:
    """Say whether guidance made for the named nations (or forms) helps with any that is wanted; none means all."""
    return not named or not (wanted := set(wanted)) or not wanted.isdisjoint(named)


def _picked(assessment: Assessment, question: Question | None) -> Iterator[Choice]:
    reply = assessment.sheet.replies.get(question.id) if question else None
    if question is not None and isinstance(reply, Chose):
        yield from (choice for choice in question.choices if choice.id in reply.choices)


def _considered(assessment: Assessment) -> Iterator[Form]:
    picked = {choice.id for choice in _picked(assessment, assessment.pack.that_means("form"))}
    yield from (form for form in assessment.pack.forms if form.id in picked)


# What each answer weighs.

Shares = Mapping[str, Fraction]
"""The part of a result that each factor with a score makes, by its id; together 1."""


def _shares(assessment: Assessment, forms: Sequence[Form], *, equal: bool = False) -> Shares:
    """Return the factors' shares of the overall result, or of readiness for these forms, which count the same."""
    scored = {result.factor.id: result.weight for result in assessment.risk if isinstance(result.score, Scored)}
    whole = scored
    if assessment.overall.pooled:  # there a factor counts by its questions, and with a score of its own or without
        whole = {one.factor.id: sum(part.weight for part in one.parts) for one in assessment.risk if one.parts}
    leans = [
        {lean.factor: 1 if equal else lean.weight for lean in form.leans_on if lean.factor in scored} for form in forms
    ]
    tables = [table for table in leans if table] or [whole]
    shares: dict[str, Fraction] = {}
    for table in tables:
        for factor, weight in table.items():
            share = Fraction(weight, sum(table.values()) * len(tables))
            shares[factor] = shares.get(factor, Fraction(0)) + share
    return shares


def _weights(assessment: Assessment, shares: Shares) -> Iterator[Weight]:
    """Add up what each answer gives and leaves over all the factors it informs, in the order of the questions."""
    gives: dict[str, Fraction] = {}
    leaves: dict[str, Fraction] = {}
    for result in assessment.risk:
        share = shares.get(result.factor.id, Fraction(0))
        for part in result.parts:
            name = part.question.id
            gives[name] = gives.get(name, Fraction(0)) + share * part.contribution
            leaves[name] = leaves.get(name, Fraction(0)) + share * part.room
    for question in assessment.asked:
        if question.id in gives:
            yield Weight(question, gives[question.id], leaves[question.id])


# What to do.


def _steps(assessment: Assessment, shares: Shares, nations: Sequence[Choice]) -> tuple[NextStep, ...]:
    """Rule 9: flags, then flags to be settled, then what to find out, then room for effort; ties in pack order.

    Of the flags, those that hold the result down most come first.
    """
    room = {weight.question.id: weight.room for weight in _weights(assessment, shares)}
    steps = [
        step
        for question in assessment.asked
        for step in _step(assessment, question, room.get(question.id, Fraction(0)), nations)
    ]
    order, caps = list(Reason), {flag.question.id: flag.cap.starts for flag in reversed(assessment.raised)}
    return tuple(
        sorted(
            steps,
            key=lambda step: (
                order.index(step.reason),
                caps[step.question.id] if step.reason is Reason.FLAG else 0,
                -step.room / step.effort,
            ),
        )
    )


def _step(assessment: Assessment, question: Question, room: Fraction, nations: Sequence[Choice]) -> Iterator[NextStep]:
    """Yield what to do about one question, if anything."""
    raised = (flag for flag in assessment.raised if flag.question is question and flag.applies)
    flagged = [flag.choice for flag in raised if flag.choice.step]
    open_ = any(flag.question is question for flag in assessment.unresolved)
    if open_ or (question in assessment.unknown and not flagged):
        yield NextStep(Reason.OPEN_FLAG if open_ else Reason.FIND_OUT, question, question.text, 1, room)
        return
    reply = assessment.replies.get(question.id)
    if isinstance(reply, Presumed) and not flagged:  # nobody takes a step on what does not apply to them
        return
    choice = flagged[0] if flagged else next_level(question, reply)
    if choice is None or choice.step is None or not (room or flagged):
        return
    places = [nation.id for nation in nations]
    resources = [assessment.pack.resource[name] for name in choice.step.resources]
    yield NextStep(
        reason=Reason.FLAG if flagged else Reason.ROOM,
        question=question,
        do=choice.step.do,
        effort=choice.step.effort,
        room=room,
        choice=choice,
        at_first=room * _first_part(question, reply),
        resources=tuple(resource for resource in resources if serves(resource.nations, places)),
    )


def next_level(question: Question, reply: Reply | None) -> Choice | None:
    """Return the chosen answer whose step comes next: a flagged one first, else the lowest that has a step."""
    if not isinstance(reply, Chose):
        return None
    taken = [question.choice[choice] for choice in reply.choices]
    with_step = [choice for choice in taken if choice.step is not None]
    return min(with_step, key=lambda choice: (choice.flag is None, choice.points), default=None)


def _first_part(question: Question, reply: Reply | None) -> Fraction:
    """Return which part of the room the next level makes: all of it for several choices, which have no levels."""
    if question.several or not isinstance(reply, Chose):
        return Fraction(1)
    now = points(question, reply)
    above = [choice.points for choice in question.choices if choice.points > now]
    return Fraction(min(above) - now, question.most - now) if above else Fraction(1)


def _find_out(assessment: Assessment) -> Iterator[FindOut]:
    open_ = {flag.question.id for flag in assessment.unresolved}
    unknown = [one for one in assessment.heard if one.question.informs and one.open]
    yield from (FindOut(one) for one in sorted(unknown, key=lambda one: one.question.id not in open_))


def _guidance(assessment: Assessment, considered: Sequence[Form], nations: Sequence[Choice]) -> Iterator[Guidance]:
    """For each risk factor that can get better, the weakest first: what helps there, nothing that has been replaced.

    What is made for the forms considered and for the organisation's nations comes before what is for everyone.
    """
    top = assessment.pack.bands[-1]
    for result in sorted(assessment.risk, key=strength):
        if isinstance(result.score, NotAssessed) or result.score.bands.low == top or not _open(assessment, result):
            continue
        found = [
            resource
            for resource in assessment.pack.resources
            if result.factor.id in resource.factors
            and not resource.superseded_by
            and serves(resource.nations, (nation.id for nation in nations))
            and serves(resource.forms, (form.id for form in considered))
        ]
        if found:
            yield Guidance(
                result.factor, tuple(sorted(found, key=lambda resource: _breadth(resource, considered, nations)))
            )


def _open(assessment: Assessment, result: FactorResult) -> bool:
    """Say whether anything that applies holds a factor down, and not only what counts as a low level and does not."""
    holding = [part.question for part in result.parts if part.room] + [gap.question for gap in result.gaps]
    applying = (not isinstance(assessment.replies.get(question.id), Presumed) for question in holding)
    return any(applying) or any(flag.applies for flag in result.flags)


def _breadth(resource: Resource, considered: Sequence[Form], nations: Sequence[Choice]) -> int:
    """Return 0 for guidance made for the forms and the nations in question, and more the more general it is."""
    return (not (considered and resource.forms)) + (not (nations and resource.nations))


def _sensitivity(assessment: Assessment, considered: Sequence[Form], steps: Sequence[NextStep]) -> Sensitivity:
    weights = {link.weight for question in assessment.pack.questions for link in question.informs}
    weights |= {factor.weight for factor in assessment.pack.factors}
    weights |= {lean.weight for form in considered for lean in form.leans_on}
    if weights == {1}:
        return Sensitivity(all_equal=True)
    other = score(assessment.pack, *assessment.sheets, equal_weights=True)
    others = _steps(other, _shares(other, considered, equal=True), ())  # only their questions are compared
    return Sensitivity(
        all_equal=False,
        bands_changed=tuple(
            mine.factor
            for mine, theirs in zip(assessment.factors, other.factors, strict=True)
            if _bands(mine.score) != _bands(theirs.score)
        ),
        areas_changed=tuple(
            mine.area
            for mine, theirs in zip(assessment.areas, other.areas, strict=True)
            if _bands(mine.score) != _bands(theirs.score)
        ),
        overall_changed=_bands(assessment.overall.score) != _bands(other.overall.score),
        steps_changed=_early(steps) != _early(others),
    )


def _early(steps: Iterable[NextStep]) -> list[tuple[Reason, str]]:
    """Return the first steps as a report counts them: all flags to settle are one, and all there is to find out."""
    shown = dict.fromkeys((step.reason, "" if step.finds_out else step.question.id) for step in steps)
    return list(shown)[:EARLY]


def _bands(score: Score) -> tuple[Band, ...]:
    match score:
        case Scored(band=band, bands=bands):
            return (band, bands.low, bands.high)
        case RangeOnly(bands=bands):
            return (bands.low, bands.high)
        case NotAssessed():
            return ()
