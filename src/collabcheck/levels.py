"""What the fields of one question together can get wrong: points, and what counts under which condition."""

from collections.abc import Iterator
from itertools import pairwise

from collabcheck.problems import Code, Finding, Path, did_you_mean
from collabcheck.questions import Question

_SINGLE = "Remove it, or add “several: true” to the question."


def unsound(path: Path, question: Question) -> Iterator[Finding]:
    """Yield what would make a question score wrongly, or not at all; `path` is where it stands."""
    yield from _points(path, question)
    yield from _alone(path, question)
    yield from _requires(path, question)
    yield from _counts_as((*path, "not_applicable", "counts_as"), question)


def _points(path: Path, question: Question) -> Iterator[Finding]:
    fed = [link.factor for link in question.informs]
    if len(set(fed)) < len(fed):
        yield Finding((*path, "informs"), Code.DUPLICATE_ID, "a factor is named twice", "Name each factor once.")
    if question.full_at and not question.several:
        message = "“full_at” is for questions with several answers"
        yield Finding((*path, "full_at"), Code.POINTS, message, _SINGLE)
    worth = question.most_together
    if question.thresholds:
        yield from _thresholds((*path, "thresholds"), question)
    elif fed and question.several and not question.full_at:
        yield Finding(
            (*path, "several"),
            Code.POINTS,
            "a scored question with several answers does not say when it has full marks",
            "Add “full_at”, the sum of points that counts as full marks; or “thresholds”.",
        )
    elif fed and question.several and question.full_at > worth:
        message = f"all answers that can stand together are worth {worth}, so nobody can have full marks"
        advice = f"Write {worth} or less, or give the answers more points." if worth else "Give the answers points."
        yield Finding((*path, "full_at"), Code.POINTS, message, advice)
    elif fed and not question.several and len({choice.points for choice in question.choices}) == 1:
        yield Finding(
            (*path, "scale" if question.scale else "choices"),
            Code.POINTS,
            "every answer is worth the same",
            "Give the levels different points, or remove “informs”.",
        )


def _thresholds(path: Path, question: Question) -> Iterator[Finding]:
    most = question.most_together
    if not question.several:
        message = "“thresholds” are for questions with several answers"
        yield Finding(path, Code.POINTS, message, _SINGLE)
    elif question.full_at:
        message = "“full_at” and “thresholds” both say what the answers are worth"
        yield Finding(path, Code.POINTS, message, "Keep one of the two.")
    elif any(upper <= lower for lower, upper in pairwise(question.thresholds)):
        yield Finding(path, Code.POINTS, "the thresholds do not rise", "Write each larger than the one before.")
    elif question.enough > most:
        message = f"all answers that can stand together are worth {most}, which is below the last threshold"
        advice = f"Write {most} or less in its place, or give the answers more points."
        yield Finding(path, Code.POINTS, message, advice)


def _alone(path: Path, question: Question) -> Iterator[Finding]:
    for i, choice in enumerate(question.choices):
        if choice.alone and not question.several:
            message = "“alone” is for questions with several answers"
            yield Finding(_at(path, question, i, "alone"), Code.BAD_VALUE, message, _SINGLE)


def _requires(path: Path, question: Question) -> Iterator[Finding]:
    for i, choice in enumerate(question.choices):
        here = _at(path, question, i, "requires")
        if choice.requires and not question.informs:
            message = f"“{question.id}” is not scored, so that “requires” does nothing to “{choice.id}”"
            advice = "Remove “requires”, or name the factor of the question under “informs”."
            yield Finding(here, Code.BAD_VALUE, message, advice)
        elif choice.requires and choice.flag:
            message = f"the red flag of “{choice.id}” would not be raised as long as its {choice.requires} is missing"
            yield Finding(here, Code.BAD_VALUE, message, "Remove “requires”, or the flag.")


def _counts_as(path: Path, question: Question) -> Iterator[Finding]:
    if question.counts_as is None:
        return
    if question.counts_as not in question.choice:
        message = f"there is no answer to “{question.id}” with the id “{question.counts_as}”"
        advice = did_you_mean(question.counts_as, list(question.choice)) or "Use the id of one of its answers."
        yield Finding(path, Code.UNKNOWN_ID, message, advice)
    if not question.informs:
        message = f"“{question.id}” is not scored, so that nothing can count as one of its answers"
        yield Finding(path, Code.BAD_VALUE, message, "Write not_applicable: allowed, or add “informs”.")
    elif part := question.required.get(question.counts_as):
        some = "a note" if part == "note" else part
        message = f"“{question.counts_as}” requires {some}, and “does not apply” comes without"
        yield Finding(path, Code.BAD_VALUE, message, "Name a level that requires nothing.")


def _at(path: Path, question: Question, choice: int, field: str) -> Path:
    """Return where a field of a choice stands; for a choice from a scale, where the question names it."""
    return (*path, "scale") if question.scale else (*path, "choices", choice, field)
