"""What people replied, in words: one of them or several, what it counts as, and why it does not count."""

from collections.abc import Iterable

from collabcheck.answers import WITHHELD, Chose, DontKnow, NotApplicable, Presumed, Reply, Unproved, counted
from collabcheck.assessment import Assessment, RaisedFlag
from collabcheck.questions import Question
from collabcheck.report.outline.wording import clause, count, sentence
from collabcheck.voices import Heard


def reply_text(question: Question, reply: Reply | None) -> str:
    """Return a reply in words, and what it counts as where that is something else."""
    match counted(question, reply):
        case Presumed((level,), reason=reason):
            return f"{not_us(reason)} It counts as “{clause(question.choice[level].text)}”."
        case Unproved(choices=choices, lacks=lacks):
            return (
                f"{_texts(question, choices)} (Not counted until you {' and '.join(TO_COUNT[part] for part in lacks)}.)"
            )
        case _:
            return as_said(question, reply)


def as_said(question: Question, reply: Reply | None) -> str:
    """Return a reply in words, whatever it counts as."""
    match reply:
        case Chose(choices=choices):
            return _texts(question, choices)
        case DontKnow():
            return "I do not know."
        case NotApplicable(reason=reason):
            return not_us(reason)
        case None:
            return "Not answered yet."


TO_COUNT = {"note": "add a note", "evidence": "say where it can be seen"}
"""What to do so that an answer counts, by what it lacks."""


def _texts(question: Question, choices: Iterable[str]) -> str:
    return " · ".join(question.choice[choice].text for choice in choices)


def not_us(reason: str) -> str:
    """Return in words that a question does not apply, and why."""
    if not reason:
        return "Does not apply."
    return f"Does not apply. {'' if reason == WITHHELD else 'Reason: '}{sentence(reason)}"


def withheld(assessment: Assessment, question: Question) -> bool:
    """Say whether a report for others says nothing of this question."""
    return any(question.id in sheet.withheld for sheet in assessment.sheets)


def said(assessment: Assessment, question: Question) -> str:
    """Return what was answered to a question: by the one who did, or by how many."""
    if assessment.people == 1:
        return reply_text(question, assessment.sheet.replies.get(question.id))
    heard = next((heard for heard in assessment.heard if heard.question is question), None)
    return f"{'; '.join(voices(heard))}." if heard else reply_text(question, None)


def by(flag: RaisedFlag, assessment: Assessment) -> str:
    """Say how many raised a flag, where more than one person answered."""
    people = assessment.people
    return f" ({flag.by} of {people} people)" if people > 1 else ""


def raised_with(assessment: Assessment, flag: RaisedFlag) -> str:
    """Return the answer that raised a flag; or that the question does not apply, where this counts as that answer."""
    if not flag.presumed:
        return flag.choice.text
    if assessment.people == 1:
        return said(assessment, flag.question)
    return f"{clause(flag.choice.text)} ({_presuming(flag.presumed, flag.by)})."


def voices(heard: Heard) -> list[str]:
    """Say how many gave each answer, from the lowest level to the highest, and how many gave none."""
    return [*choosers(heard), *no_answer(heard)]


def choosers(heard: Heard) -> list[str]:
    """Say how many gave each answer, from the lowest level to the highest."""
    given = [(choice, number) for choice in heard.question.choices if (number := heard.counts.get(choice.id))]
    return [
        f"{count(number, 'says', 'say')} “{clause(choice.text)}”{_in_brackets(presuming(heard, choice.id))}"
        for choice, number in given
    ]


def _in_brackets(words: str) -> str:
    return f" ({words})" if words else ""


def no_answer(heard: Heard) -> list[str]:
    """Say how many gave none of the answers, and why."""
    kinds = (
        (heard.dont_know, "does not know", "do not know"),
        (heard.unproved, "has an answer that is not counted yet", "have an answer that is not counted yet"),
        (heard.blank, "has not answered", "have not answered"),
        (heard.aside, *_OLDER),
        (len(heard.reasons), "says that it does not apply", "say that it does not apply"),
    )
    return [count(*kind) for kind in kinds if kind[0]]


_OLDER = ("gave an answer to an older version, which does not count",) * 2


def presuming(heard: Heard, choice: str) -> str:
    """Say how many of those with an answer have it because the question does not apply to them; nothing, if none."""
    return _presuming(sum(choice in reply.choices for reply in heard.presumed), heard.counts[choice])


def _presuming(presumed: int, given: int) -> str:
    who = "" if presumed == given else f"{presumed} of them "
    return f"{who}by saying that it does not apply" if presumed else ""
