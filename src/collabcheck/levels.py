"""What the fields of one question together can get wrong: points, and what counts under which condition."""

from collections.abc import Iterator
from itertools import pairwise

from collabcheck.problems import Code, Finding, Path, did_you_mean
from collabcheck.questions import LACKED, Question

_SINGLE = "Remove it, or add “several: true” to the question."


def unsound(path: Path, question: Question) -> Iterator[Finding]:
    """Yield what would make a question score wrongly, or not at all; `path` is where it stands."""
    yield from _points(path, question)
    yield from _alone(path, question)
    yield from _requires(path, question)
    yield from _counts_as((*path, "not_applicable", "counts_as"), question)


def way_to(path: Path, question: Question, number: int, *more: str) -> Path:
    """Return the way to a choice of a question; to where its scale is named, if it has one."""
    return (*path, "scale") if question.scale else (*path, "choices", number, *more)


def _points(path: Path, question: Question) -> Iterator[Finding]:
    fed = [link.factor for link in question.informs]
    if len(set(fed)) < len(fed):
        yield Finding((*path, "informs"), Code.DUPLICATE_ID, "a factor is named twice", "Name each factor once.")
    if question.full_at and not question.several:
        message = "“full_at” is for questions with several answers"
        yield Finding((*path, "full_at"), Code.POINTS, message, _SINGLE)
    most = question.most_together
    if question.thresholds:
        yield from _thresholds((*path, "thresholds"), question)
    elif fed and question.several and not question.full_at:
        yield Finding(
            (*path, "several"),
            Code.POINTS,
            "a scored question with several answers does not say when it has full marks",
            "Add “full_at”, the sum of points that counts as full marks; or “thresholds”.",
        )
    elif fed and question.several and question.full_at > most:
        yield _beyond((*path, "full_at"), most, "so nobody can have full marks")
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
        yield _beyond(path, most, "so nobody can reach the last threshold")


def _beyond(path: Path, most: int, so: str) -> Finding:
    message = f"all answers that can stand together are worth {most}, {so}"
    advice = f"Write {most} or less, or give the answers more points." if most else "Give the answers points."
    return Finding(path, Code.POINTS, message, advice)


def _alone(path: Path, question: Question) -> Iterator[Finding]:
    for i, choice in enumerate(question.choices):
        if choice.alone and not question.several:
            message = f"“alone” is for questions with several answers{_in_scale(question, choice.id)}"
            advice = _OTHER_SCALE if question.scale else _SINGLE
            yield Finding(way_to(path, question, i, "alone"), Code.BAD_VALUE, message, advice)


def _requires(path: Path, question: Question) -> Iterator[Finding]:
    for i, choice in enumerate(question.choices):
        here = way_to(path, question, i, "requires")
        if choice.requires and not question.informs:
            message = f"“{question.id}” is not scored, so that “requires” does nothing to “{choice.id}”"
            message += _in_scale(question, choice.id, f"requires {LACKED[choice.requires]}")
            advice = f"Remove “requires”{_there(question)}, or name the factor of the question under “informs”."
            yield Finding(here, Code.BAD_VALUE, message, advice)
        elif choice.requires and choice.flag:
            message = f"the red flag of “{choice.id}” would not be raised as long as its {choice.requires} is missing"
            if choice.id in question.flags_:
                yield Finding((*path, "flags", choice.id), Code.BAD_VALUE, message, _OF_TWO)
            else:
                yield Finding(here, Code.BAD_VALUE, message, f"Remove “requires”{_there(question)}, or the flag.")


_OF_TWO = "Remove the flag here, or “requires” in the scale."
_OTHER_SCALE = "Remove it there, name another scale, or add “several: true” to the question."


def _in_scale(question: Question, choice: str, what: str = "has it") -> str:
    """Return which choice of a scale is to blame, as it stands elsewhere; nothing without a scale."""
    return f"; “{choice}” in its scale {what}" if question.scale else ""


def _there(question: Question) -> str:
    return " there, name another scale" if question.scale else ""


def _counts_as(path: Path, question: Question) -> Iterator[Finding]:
    level = question.counts_as
    if level is None:
        return
    if level not in question.choice:
        message = f"there is no answer to “{question.id}” with the id “{level}”"
        advice = did_you_mean(level, list(question.choice)) or "Use the id of one of its answers."
        yield Finding(path, Code.UNKNOWN_ID, message, advice)
    if not question.informs:
        message = f"“{question.id}” is not scored, so that nothing can count as one of its answers"
        yield Finding(path, Code.BAD_VALUE, message, "Write not_applicable: allowed, or add “informs”.")
    elif part := question.required.get(level):
        message = f"“{level}” requires {LACKED[part]}, and “does not apply” comes without"
        yield Finding(path, Code.BAD_VALUE, message, "Name a level that requires nothing.")
