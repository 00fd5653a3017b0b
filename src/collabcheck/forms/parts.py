"""What all blank forms have in common: the parts in which they ask, the numbers of the questions, and who skips one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final

from collabcheck.conditions import AllOf, Answered, AnyOf, Condition, FactorBelow, Not
from collabcheck.pack import Pack
from collabcheck.questions import Question

I_DO_NOT_KNOW: Final = "I do not know"
DOES_NOT_APPLY: Final = "Does not apply to us"
"""The two answers that stand below those of a question, except of the one about a person’s own role."""


_MOST: Final = 8
"""Questions on a page."""


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that stand under one heading."""

    title: str
    statement: str
    questions: tuple[Question, ...]


def parts(pack: Pack) -> tuple[Part, ...]:
    """Return the parts of a form, in the order in which they are asked."""
    about = [Part("About your organisation", "", pack.context)] if pack.context else []
    themes = [theme for trend in pack.trends for theme in trend.themes]
    return (*about, *(Part(theme.title, theme.statement, theme.questions) for theme in themes))


def pages(pack: Pack) -> tuple[Part, ...]:
    """Return the parts for a form that shows one at a time; long ones are divided into pages of about one length."""
    return tuple(page for part in parts(pack) for page in _pages(part))


def _pages(part: Part) -> Iterator[Part]:
    total = ceil(len(part.questions) / _MOST)
    cuts = (len(part.questions) * cut // total for cut in range(total + 1))
    for number, (first, end) in enumerate(pairwise(cuts), start=1):
        title = f"{part.title} ({number} of {total})" if total > 1 else part.title
        yield Part(title, part.statement if number == 1 else "", part.questions[first:end])


def numbers(pack: Pack) -> dict[str, int]:
    """Return the number of each question, from 1, by its id."""
    return {question.id: number for number, question in enumerate(pack.questions, start=1)}


def asides(pack: Pack, question: Question) -> Iterator[str]:
    """Say what else is to be known of a question: when it is to be answered, what has to be said with an answer."""
    if question.when:
        yield f"Only if {only_if(pack, question.when)}."
    yield from requirements(question)
    if not question.wants_reason:
        yield f"If you choose “{DOES_NOT_APPLY}”, you need not say why."


def requirements(question: Question) -> Iterator[str]:
    """Say which answers count only with something beside them."""
    for choice in question.choices:
        if choice.requires:
            yield f"“{choice.text}” counts only if you {_TO_COUNT[choice.requires]}."


_TO_COUNT: Final = {"note": "add a note", "evidence": "say where it can be seen"}


def only_if(pack: Pack, condition: Condition) -> str:
    """Say in words when a question is to be answered, such as “you chose “Yes.” in question 3”."""
    match condition:
        case Answered(question=name, is_=choices):
            return f"you chose {_one_of(pack, name, choices)}"
        case FactorBelow():
            raise TypeError("only implications look at factors")
        case AllOf(all_=conditions):
            return ", and ".join(_part(pack, one) for one in conditions)
        case AnyOf(any_=conditions):
            return ", or ".join(_part(pack, one) for one in conditions)
        case Not(not_=Answered(question=name, is_=choices)):
            return f"you did not choose {_one_of(pack, name, choices)}"
        case Not(not_=inner):
            return f"this is not so: {_part(pack, inner)}"


def _part(pack: Pack, condition: Condition) -> str:
    """Return a condition inside another; one that has parts itself is held together by brackets."""
    said = only_if(pack, condition)
    held = isinstance(condition, AllOf | AnyOf) or (
        isinstance(condition, Not) and not isinstance(condition.not_, Answered)
    )
    return f"({said})" if held else said


def _one_of(pack: Pack, question_id: str, choices: Sequence[str]) -> str:
    *first, last = (f"“{pack.question[question_id].choice[choice].text}”" for choice in choices)
    named = f"{', '.join(first)} or {last}" if first else last
    return f"{named} in question {numbers(pack)[question_id]}"
