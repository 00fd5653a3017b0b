"""The choices of one question, looked at together: what makes them worth, require or exclude what they cannot."""

from collections.abc import Iterator

from collabcheck.problems import Code, Finding, Path, did_you_mean
from collabcheck.questions import Question


def ill_offered(path: Path, question: Question) -> Iterator[Finding]:
    """Yield what the fields of a question together say of its choices that cannot be meant."""
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
        yield Finding((*path, "full_at"), Code.POINTS, "“full_at” is for questions with several answers", "Remove it.")
    if fed and question.several and not question.full_at:
        yield Finding(
            (*path, "several"),
            Code.POINTS,
            "a scored question with several answers does not say when it has full marks",
            "Add “full_at”: the sum of points that counts as full marks.",
        )
    elif fed and question.several and question.full_at > (most := _most_together(question)):
        message = f"no answers together are worth more than {most}, which is less than full marks"
        yield Finding((*path, "full_at"), Code.POINTS, message, f"Write {most} or less." if most else _WORTH)
    elif fed and not question.several and len({choice.points for choice in question.choices}) == 1:
        here = (*path, "scale" if question.scale else "choices")
        yield Finding(here, Code.POINTS, "every answer is worth the same", f"{_WORTH[:-1]}, or remove “informs”.")


_WORTH = "Give the levels different points."


def _most_together(question: Question) -> int:
    """Return the most points of answers that can stand beside each other, or alone."""
    together = sum(choice.points for choice in question.choices if not choice.alone)
    return max(together, *(choice.points for choice in question.choices))


def _alone(path: Path, question: Question) -> Iterator[Finding]:
    for i, choice in enumerate(question.choices):
        if choice.alone and not question.several:
            message = f"“alone” is for questions with several answers{_in_scale(question, choice.id)}"
            yield Finding(
                way_to(path, question, i, "alone"), Code.BAD_VALUE, message, f"Remove it{_there(question, last=True)}."
            )


def _requires(path: Path, question: Question) -> Iterator[Finding]:
    for i, choice in enumerate(question.choices):
        here = way_to(path, question, i, "requires")
        if choice.requires and not question.informs:
            message = f"“{question.id}” is not scored, so that none of its answers counts with anything or without"
            message += _in_scale(question, choice.id, f"requires {_A[choice.requires]}")
            yield Finding(here, Code.BAD_VALUE, message, f"Remove it{_there(question)}, or add “informs”.")
        elif choice.requires and choice.flag:
            message = f"the red flag of “{choice.id}” would not be raised as long as its {choice.requires} is missing"
            if choice.id in question.flags_:
                yield Finding((*path, "flags", choice.id), Code.BAD_VALUE, message, _OF_TWO)
            else:
                yield Finding(here, Code.BAD_VALUE, message, f"Remove it{_there(question)}, or the flag.")


_A = {"note": "a note", "evidence": "evidence"}
_OF_TWO = "Remove the flag here, or “requires” in the scale."


def _in_scale(question: Question, choice: str, what: str = "has it") -> str:
    """Return which choice of a scale is to blame, as it stands elsewhere; nothing without a scale."""
    return f"; “{choice}” in its scale {what}" if question.scale else ""


def _there(question: Question, *, last: bool = False) -> str:
    return f" there,{' or' if last else ''} name another scale" if question.scale else ""


def _counts_as(path: Path, question: Question) -> Iterator[Finding]:
    level = question.counts_as
    if level is None:
        return
    if level not in question.choice:
        advice = did_you_mean(level, list(question.choice)) or "Use the id of an answer that it offers."
        yield Finding(path, Code.UNKNOWN_ID, f"there is no answer to “{question.id}” with the id “{level}”", advice)
    if not question.informs:
        message = f"“{question.id}” is not scored, so that nothing can count as one of its answers"
        yield Finding(path, Code.BAD_VALUE, message, "Write “allowed” in place of it, or add “informs”.")
    elif part := question.required.get(level):
        message = f"“{level}” requires {_A[part]}, and “does not apply” has none"
        yield Finding(path, Code.BAD_VALUE, message, "Name a level that requires nothing.")
