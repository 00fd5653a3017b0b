"""Sheets as response codes: what each answer says, in a word, without names, notes or reasons.

A code is the id of a choice; the ids of several in pack order, with blanks between; or one of the words below.
"""

from collections.abc import Mapping
from typing import Final

from collabcheck.answers import Chose, DontKnow, NotApplicable, Reply, lacking
from collabcheck.pack import Pack
from collabcheck.questions import DONT_KNOW, Question

UNANSWERED: Final = ""
NOT_APPLICABLE: Final = "/"
NOT_ASKED: Final = "-"
UNPROVED: Final = "~"
"""Stands before the choices of a reply that lacks what they require."""
SEVERAL: Final = " "
"""Signs that no choice can have as its id. The last is no code: it stands for any that names several choices."""

MOST_REMEMBERED: Final = 10_000
"""So much of a kind is remembered of sheets; then it begins anew, so that memory does not grow whatever they hold."""

Codes = tuple[str, ...]
"""A sheet: a code for every question, in pack order."""


def codes_of(pack: Pack, replies: Mapping[str, Reply]) -> Codes:
    """Return a sheet's replies as codes, whether or not their questions are asked."""
    return tuple(code(question, replies.get(question.id)) for question in pack.questions)


def code(question: Question, reply: Reply | None) -> str:
    """Return the code of a reply."""
    match reply:
        case None:
            return UNANSWERED
        case DontKnow():
            return DONT_KNOW
        case NotApplicable():
            return NOT_APPLICABLE
        case Chose(choices=choices) if lacking(question, reply):
            return UNPROVED + " ".join(name for name in question.choice if name in choices)
        case Chose(choices=(only,)):
            return only
        case Chose(choices=several):
            return " ".join(name for name in question.choice if name in several)


def counts_as(question: Question, code: str) -> str:
    """Return the code of what an answer counts as (docs/scoring.md, rule 1)."""
    if code.startswith(UNPROVED):
        return DONT_KNOW
    return question.counts_as or code if code == NOT_APPLICABLE else code


def reply_of(code: str) -> Reply | None:
    """Return the reply that a code of a question that is asked stands for."""
    match code:
        case "":
            return None
        case "dont-know":
            return DontKnow()
        case "/":
            return NotApplicable("")
        case _:
            return Chose(tuple(code.removeprefix(UNPROVED).split(" ")))
