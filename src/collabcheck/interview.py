"""Which questions are asked, which comes next, and how far the interview has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from collabcheck.answers import Chose, Reply
from collabcheck.conditions import Answered, FactorBelow, Truth, holds
from collabcheck.pack import Pack
from collabcheck.questions import Question


def route(pack: Pack, replies: Mapping[str, Reply]) -> tuple[Question, ...]:
    """Return the questions that are asked, in order, given the replies so far (docs/scoring.md, rule 2)."""
    asked: dict[str, Question] = {}

    def known(leaf: Answered | FactorBelow) -> Truth:
        return chosen(leaf, replies, asked) if isinstance(leaf, Answered) else Truth.UNKNOWN

    for question in pack.questions:
        if question.when is None or holds(question.when, known) is not Truth.NO:
            asked[question.id] = question
    return tuple(asked.values())


def chosen(condition: Answered, replies: Mapping[str, Reply], asked: Iterable[str]) -> Truth:
    """Say whether a question that is asked has one of these choices; one that is not asked has none."""
    if condition.question not in asked:
        return Truth.NO
    reply = replies.get(condition.question)
    if not isinstance(reply, Chose):
        return Truth.UNKNOWN
    return Truth.YES if any(choice in condition.is_ for choice in reply.choices) else Truth.NO


@dataclass(frozen=True, slots=True)
class Interview:
    """Where someone is in the questions. Every move returns a new one."""

    pack: Pack
    replies: Mapping[str, Reply]
    here: str = ""
    """The id of the question being asked; empty when every question has a reply."""

    @classmethod
    def begin(cls, pack: Pack, replies: Mapping[str, Reply]) -> "Interview":
        """Return the interview at the first question without a reply."""
        return cls(pack, replies)._onward(0)

    @property
    def route(self) -> tuple[Question, ...]:
        """The questions that are asked, as far as the replies tell."""
        return route(self.pack, self.replies)

    @property
    def question(self) -> Question:
        """The question being asked."""
        return self.pack.question[self.here]

    @property
    def position(self) -> tuple[int, int]:
        """The number of this question, from 1, and how many there are."""
        ids = [question.id for question in self.route]
        return ids.index(self.here) + 1, len(ids)

    @property
    def done(self) -> bool:
        """Whether every question that is asked has a reply."""
        return all(question.id in self.replies for question in self.route)

    def reply(self, reply: Reply) -> "Interview":
        """Record a reply and go on to the next question without one."""
        at = self.position[0]
        return replace(self, replies={**self.replies, self.here: reply})._onward(at)

    def keep(self) -> "Interview":
        """Leave the reply as it is and go on to the next question without one."""
        return self._onward(self.position[0])

    def back(self) -> "Interview":
        """Go to the question before this one; from the end, to the last; at the first, stay."""
        route = self.route
        at = self.position[0] - 1 if self.here else len(route)
        return replace(self, here=route[max(at - 1, 0)].id)

    def go_to(self, question_id: str) -> "Interview":
        """Go to a question that is asked."""
        return replace(self, here=question_id)

    def _onward(self, start: int) -> "Interview":
        route = self.route
        ahead = (*route[start:], *route[:start])
        return replace(self, here=next((question.id for question in ahead if question.id not in self.replies), ""))
