"""What new answers make of a plan: which of its steps are done or needless, and which are new."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from re import fullmatch

from collabcheck.advice import Advice, NextStep
from collabcheck.answers import Chose, NotApplicable, Presumed
from collabcheck.assessment import Assessment, RangeOnly
from collabcheck.plan import Column, Plan, Row, folded
from collabcheck.questions import Choice, Question
from collabcheck.scoring import points

FIND_OUT = "?"
"""Stands in an id for the choice that is still to be found out; no choice can be called so."""


class State(StrEnum):
    """What the answers say of a step. The value is the word in the plan."""

    NEW = "new"
    """To do, and not in the plan before."""
    TO_DO = "to do"
    DONE = "done"
    LATER = "later"
    """Another step comes first."""
    NOT_KNOWN = "not known"
    """The answer that it follows from is not known any more."""
    NOT_NEEDED = "no longer needed"
    NOT_COMPARED = "not compared"
    """Then and now its question was not asked in the same form, so nobody can say; only a comparison says this."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the plan, and what the answers say of it."""

    row: Row
    """As it stood; empty for a new one."""
    state: State | None = None
    """None for a row of people's own."""
    step: NextStep | None = None
    """What is to be done, if it is to do now."""
    order: int = 0
    """1 for what to do first; 0 for what is not to do now."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """A plan with what new answers make of it."""

    before: Plan
    lines: tuple[Line, ...]
    """Its rows in their order, then the new ones in the order of the advice."""

    def count(self, *states: State) -> int:
        """Return how many rows are in one of these states."""
        return sum(line.state in states for line in self.lines)


def renew(plan: Plan, assessment: Assessment, advice: Advice, apart: Collection[str] = ()) -> Renewed:
    """Compare a plan with the advice on new answers. Without a plan, all of the advice makes the first one.

    Nothing is said of the steps of questions that are named in `apart`.
    """
    steps = {id_of(step): (step, order) for order, step in enumerate(advice.steps, start=1)}
    old = [(folded(plan.cell(row, Column.ID)), row) for row in plan.rows]
    known = {name for name, _ in old}
    added = State.NEW if plan.columns else State.TO_DO
    lines = (
        *(
            Line(row, State.TO_DO, *steps[name])
            if name in steps
            else Line(row, _state(name, assessment, advice, ours=_was_ours(name, plan.cell(row, Column.NOW))))
            for name, row in old
        ),
        *(Line({}, added, *step) for name, step in steps.items() if name not in known),
    )
    return Renewed(plan, tuple(_set_apart(plan, line, apart) for line in lines))


def id_of(step: NextStep) -> str:
    """Return the id of a step: its question, and the answer that it leads on from."""
    return f"{step.question.id}/{step.choice.id if step.choice else FIND_OUT}"


def id_in(plan: Plan, line: Line) -> str:
    """Return the id of the step in a line; of one that is not to do now, as the plan has it."""
    return id_of(line.step) if line.step else folded(plan.cell(line.row, Column.ID))


def _set_apart(plan: Plan, line: Line, apart: Collection[str]) -> Line:
    question = id_in(plan, line).partition("/")[0]
    return replace(line, state=State.NOT_COMPARED) if line.state and question in apart else line


def _was_ours(name: str, now: str) -> bool:
    """Tell from what an earlier run said of a row whether its step was in the pack then."""
    return fullmatch(r"[a-z0-9_-]+/([a-z0-9_-]+|\?)", name) is not None and folded(now) in list(State)


def _state(name: str, assessment: Assessment, advice: Advice, *, ours: bool) -> State | None:
    """Return what the answers say of a step that is not to do; None for a row that no pack has made."""
    question_id, _, choice_id = name.partition("/")
    question = assessment.pack.question.get(question_id)
    choice = question.choice.get(choice_id) if question else None
    if question is None or (choice is None and choice_id != FIND_OUT):
        return State.NOT_NEEDED if ours else None
    if all(asked is not question for asked in assessment.asked):
        return State.NOT_NEEDED
    return _of_level(question, choice, assessment, advice) if choice else _of_find_out(question, assessment)


def _of_find_out(question: Question, assessment: Assessment) -> State:
    if question in assessment.unknown:  # of several people, few of whom know, one raises a flag: that comes first
        return State.LATER
    reply = assessment.replies.get(question.id)
    return State.DONE if isinstance(reply, Chose | NotApplicable) else State.NOT_NEEDED


def _of_level(question: Question, choice: Choice, assessment: Assessment, advice: Advice) -> State:
    """Compare the level that a step leads on from with the answer as it is now."""
    match assessment.replies.get(question.id):
        case NotApplicable() | Presumed():
            return State.NOT_NEEDED
        case Chose() as reply if question not in assessment.unknown:
            return _since(question, choice, reply, waits=_waits(question, assessment, advice.steps))
        case _:
            return State.NOT_KNOWN


def _since(question: Question, choice: Choice, reply: Chose, *, waits: bool) -> State:
    """Say what became of a level. One of several answers may still be given while another step comes first."""
    then, now = points(question, Chose((choice.id,))), points(question, reply)
    stands = choice.id in reply.choices
    if now > then and not (stands and waits):
        return State.DONE
    return State.LATER if waits and (stands or now < then) else State.NOT_NEEDED


def _waits(question: Question, assessment: Assessment, steps: Sequence[NextStep]) -> bool:
    """Say whether something else comes first: another step of this question, or finding out more about its factors."""
    unscored = {result.factor.id for result in assessment.risk if isinstance(result.score, RangeOnly)}
    return any(step.question is question for step in steps) or any(link.factor in unscored for link in question.informs)
