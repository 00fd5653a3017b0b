"""Which implications of the trends apply to the organisation, with three values (docs/scoring.md, rule 8)."""

from collections.abc import Iterator
from dataclasses import dataclass

from collabcheck.answers import NotApplicable
from collabcheck.assessment import Assessment, NotAssessed
from collabcheck.conditions import Answered, FactorBelow, Truth, holds, leaves
from collabcheck.interview import chosen
from collabcheck.pack import Implication
from collabcheck.questions import Question


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an implication applies and, where nobody can tell yet, the questions that would tell."""

    implication: Implication
    applies: Truth
    would_tell: tuple[Question, ...] = ()


def judge(assessment: Assessment) -> tuple[Verdict, ...]:
    """Return a verdict on every implication of the trends that somebody was asked about, in the order of the pack."""
    return tuple(_verdict(assessment, implication) for trend in assessment.trends for implication in trend.implications)


def _verdict(assessment: Assessment, implication: Implication) -> Verdict:
    truth = holds(implication.when, lambda leaf: _known(assessment, leaf))
    if truth is not Truth.UNKNOWN:
        return Verdict(implication, truth)
    open_leaves = [leaf for leaf in leaves(implication.when) if _known(assessment, leaf) is Truth.UNKNOWN]
    telling = dict.fromkeys(name for leaf in open_leaves for name in _telling(assessment, leaf))
    return Verdict(implication, truth, tuple(assessment.pack.question[name] for name in telling))


def _known(assessment: Assessment, leaf: Answered | FactorBelow) -> Truth:
    if isinstance(leaf, Answered):
        asked = {question.id for question in assessment.asked}
        if leaf.question in asked and isinstance(assessment.sheet.replies.get(leaf.question), NotApplicable):
            return Truth.NO  # it has none of the choices, and nothing is left to find out
        return chosen(leaf, assessment.sheet.replies, asked)
    score = next(result.score for result in assessment.factors if result.factor.id == leaf.factor)
    bound = assessment.pack.band[leaf.below].starts
    if isinstance(score, NotAssessed) or score.bands.low.starts >= bound:
        return Truth.NO
    return Truth.YES if score.bands.high.starts < bound else Truth.UNKNOWN


def _telling(assessment: Assessment, leaf: Answered | FactorBelow) -> Iterator[str]:
    """Yield the questions whose answers would settle a leaf."""
    if isinstance(leaf, Answered):
        yield leaf.question
        return
    result = next(result for result in assessment.factors if result.factor.id == leaf.factor)
    yield from (gap.question.id for gap in result.gaps)
