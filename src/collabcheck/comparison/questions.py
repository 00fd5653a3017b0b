"""The questions that two assessments have in common, and the two scored over no others (docs/scoring.md, rule 11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from collabcheck.answers import AnswerSheet, Chose, DontKnow, NotApplicable, Presumed, Reply
from collabcheck.assessment import Assessment
from collabcheck.pack import Pack
from collabcheck.questions import Question
from collabcheck.scoring import points, score
from collabcheck.voices import Heard


class Why(StrEnum):
    """Why a question is left out of a comparison."""

    RETIRED = "retired"
    """It is no longer in the pack."""
    CHANGED = "changed"
    """The answers it offers have changed since one of the two was asked."""
    REWORDED = "reworded"
    """One of the two was asked in other words."""
    ONE_SIDED = "one-sided"
    """Only one of two versions of the pack has an answer to it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that is not compared, by its id, and why."""

    question: str
    why: Why
    scored: bool = True
    """Whether it counts in a score; of one that is no longer in the pack, nobody can tell, and it is taken for one."""


@dataclass(frozen=True, slots=True)
class Common:
    """How far the two were asked the same."""

    compared: tuple[Question, ...]
    """The scored questions to which both have a reply, asked in the same form."""
    left_out: tuple[LeftOut, ...]

    @property
    def retired(self) -> int:
        """How many of those left out are no longer asked; their ids, which may be any words, are not told."""
        return sum(one.why is Why.RETIRED for one in self.left_out)

    @property
    def share(self) -> Fraction:
        """The part of the scored questions that both were asked in the same form; 1 where nothing is left out."""
        left_out = sum(one.scored for one in self.left_out)
        return Fraction(len(self.compared), len(self.compared) + left_out) if left_out else Fraction(1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with the two replies to it, and what these are worth from 0 to 1, where they are choices that count.

    Of several people it is the middle reply; they do not know, if fewer than half of those to whom it applies do.
    """

    question: Question
    first: Reply | None
    second: Reply | None
    worth: tuple[Fraction | None, Fraction | None]
    asked: tuple[bool, bool]
    """Whether each was asked."""


def common_to(first: Assessment, second: Assessment) -> Common:
    """Return how far the two were asked the same."""
    left_out = tuple(_left_out(first, second))
    names = {one.question for one in left_out}
    compared = tuple(
        question
        for question in first.pack.questions
        if question.informs
        and question.id not in names
        and question in first.asked
        and question in second.asked
        and question.id in first.sheet.replies
        and question.id in second.sheet.replies
    )
    return Common(compared, left_out)


def _left_out(first: Assessment, second: Assessment) -> Iterator[LeftOut]:
    """Yield the questions that the two were not asked in the same form, and those that are no longer asked.

    Other words do not matter where nothing is scored.
    """
    asked = [{question.id for question in side.asked} for side in (first, second)]
    both_asked = asked[0] & asked[1]
    sheets = [(sheet, ids) for side, ids in zip((first, second), asked, strict=True) for sheet in side.sheets]
    aside = {
        one.question: one.why
        for sheet, ids in sheets
        for one in sheet.set_aside
        if one.question in ids or one.question not in first.pack.question
    }
    versions = {sheet.pack_version for sheet, _ in sheets} - {""}
    for question in first.pack.questions:
        name, scored = question.id, bool(question.informs)
        forms = {_form_of(sheet, question) for sheet, ids in sheets if name in ids}
        if name in aside:
            yield LeftOut(name, Why(aside[name].value), scored)
        elif scored and len(forms - {""}) > 1:
            yield LeftOut(name, Why.REWORDED)
        elif (
            len(versions) > 1 and name in both_asked and (name in first.sheet.replies) != (name in second.sheet.replies)
        ):
            yield LeftOut(name, Why.ONE_SIDED, scored)
    yield from (LeftOut(name, Why.RETIRED) for name in aside if name not in first.pack.question)


def _form_of(sheet: AnswerSheet, question: Question) -> str:
    """Return the fingerprint of a question as it was when this sheet answered it; nothing if it did not."""
    return sheet.asked.get(question.id, question.fingerprint) if question.id in sheet.replies else ""


def told_versions(first: Assessment, second: Assessment) -> tuple[str, str]:
    """Return the version of the pack that each side names; to another organisation, only if it is the one at hand."""
    own = first.sheet.same_organisation(second.sheet)
    one, other = (side.sheet.told_version for side in (first, second))
    return (one, other) if own else (_if_at_hand(first, one), _if_at_hand(first, other))


def _if_at_hand(assessment: Assessment, version: str) -> str:
    return version if version == assessment.pack.version else ""


def within(assessment: Assessment, common: Common) -> Assessment:
    """Return an assessment as it would be if the questions that are left out were not in the pack."""
    if not common.left_out:
        return assessment
    return score(assessment.pack, *assessment.sheets, without={one.question for one in common.left_out})


def paired(first: Assessment, second: Assessment, common: Common) -> Iterator[Pair]:
    """Yield every question that at least one of the two was asked and that is not left out, in pack order.

    So too one that only a few of many were asked, if it raises a red flag for them.
    """
    out = {one.question for one in common.left_out}
    flagged = {flag.question.id for side in (first, second) for flag in side.raised}
    one, other = _replies(first), _replies(second)
    for question in first.pack.questions:
        name = question.id
        if name not in out and (name in one or name in other or name in flagged):
            before, after = one.get(name), other.get(name)
            worth = _worth(question, before), _worth(question, after)
            yield Pair(question, before, after, worth, (name in one, name in other))


def _replies(side: Assessment) -> dict[str, Reply | None]:
    """Return the reply to each question that was asked; of several people, the middle one."""
    return {one.question.id: _reply(side, one) for one in side.heard if one.shared}


def _reply(side: Assessment, heard: Heard) -> Reply | None:
    """Return what stands for all; of nations and trends too only what at least half name."""
    if heard.chosen and heard.open:
        return DontKnow()
    if side.people == 1 or heard.question.means not in ("nation", "trend"):
        return side.replies.get(heard.question.id)
    named = [name for name, given in heard.counts.items() if 2 * given >= heard.of]
    beside = [name for name in named if not heard.question.choice[name].alone]
    return Chose(tuple(beside or named)) if named else None


def _worth(question: Question, reply: Reply | None) -> Fraction | None:
    return Fraction(points(question, reply), question.most) if question.informs and isinstance(reply, Chose) else None


def said(reply: Reply | None) -> frozenset[str] | type[NotApplicable] | None:
    """Return what a reply says, without its notes; a don’t-know says no more than a blank."""
    match reply:
        case NotApplicable() | Presumed():
            return NotApplicable
        case Chose(choices=choices):
            return frozenset(choices)
        case _:
            return None


def about_readiness(pack: Pack) -> set[str]:
    """Return the questions that say something about readiness, and not only about what there is to gain."""
    return {
        question.id
        for question in pack.questions
        if any(pack.factor[link.factor].kind == "risk" for link in question.informs)
    }
