"""How many of a cohort gave which answer, raise a flag and have a step next, as far as that may be shown."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from collabcheck.anonymity import to_show
from collabcheck.coding import NOT_APPLICABLE, NOT_ASKED, UNANSWERED
from collabcheck.questions import DONT_KNOW, Flag, Question, Step


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """What a cohort answered to one question."""

    question: Question
    answered: int
    """How many gave a choice, do not know, or say that it does not apply."""
    unanswered: int
    not_asked: int
    choices: tuple[int | None, ...]
    """How many gave each choice, in the order of the question."""
    dont_know: int | None
    not_applicable: int | None


@dataclass(frozen=True, slots=True)
class FlagCount:
    """How many of a cohort raised a flag."""

    question: Question
    flag: Flag
    raised: int | None
    answered: int


@dataclass(frozen=True, slots=True)
class StepCount:
    """A next step, and for how many of a cohort it is the next one."""

    question: Question
    step: Step
    ahead: int


def count_of(question: Question, codes: Mapping[str, int], smallest: int) -> QuestionCount:
    """Return what a cohort answered to a question, by the codes that were counted."""
    unanswered, not_asked = codes.get(UNANSWERED, 0), codes.get(NOT_ASKED, 0)
    answered = sum(codes.values()) - unanswered - not_asked
    given = {name: codes.get(name, 0) for name in (*question.choice, DONT_KNOW, NOT_APPLICABLE)}
    if question.several:
        for code, times in codes.items():
            for name in code.split(" ") if " " in code else ():
                given[name] += times
        shown = tuple(_shown_alone(times, answered, smallest) for times in given.values())
    else:
        shown = to_show(given, smallest)
    *choices, dont_know, not_applicable = shown
    return QuestionCount(question, answered, unanswered, not_asked, tuple(choices), dont_know, not_applicable)


def _shown_alone(times: int, whole: int, smallest: int) -> int | None:
    """Return a count that may be shown of a part that overlaps with others."""
    return to_show({True: times, False: whole - times}, smallest)[0]


def flags(questions: Iterable[QuestionCount]) -> Iterator[FlagCount]:
    """Yield how many raise each flag, in pack order."""
    for one in questions:
        for choice, times in zip(one.question.choices, one.choices, strict=True):
            if choice.flag:
                yield FlagCount(one.question, choice.flag, times, one.answered)


def steps(questions: Iterable[QuestionCount]) -> Iterator[StepCount]:
    """Yield the steps of which it may be said for how many they are next, in pack order."""
    for one in questions:
        for choice, times in zip(one.question.choices, one.choices, strict=True):
            if choice.step and times and not one.question.several:
                yield StepCount(one.question, choice.step, times)


def hidden_steps(questions: Iterable[QuestionCount]) -> int:
    """Return of how many steps that may not be said."""
    shown = [zip(one.question.choices, one.choices, strict=True) for one in questions if not one.question.several]
    return sum(bool(choice.step) and times is None for pairs in shown for choice, times in pairs)
