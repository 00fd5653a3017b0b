"""What an organisation answered: a reply to each question, and the sheet that keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from collabcheck.pack import Pack
from collabcheck.questions import Question


@dataclass(frozen=True, slots=True)
class Chose:
    """One choice, or several where the question allows it."""

    choices: tuple[str, ...]
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class DontKnow:
    """Nobody here knows, yet."""

    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The question does not concern the organisation."""

    reason: str
    note: str = ""
    evidence: str = ""


Reply = Chose | DontKnow | NotApplicable


class Aside(StrEnum):
    """Why an answer is kept but not used."""

    RETIRED = "retired"
    """The question is no longer in the pack."""
    CHANGED = "changed"
    """The answers it offers have changed."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """An answer to an older version of the pack, kept word for word and not scored."""

    question: str
    why: Aside
    reply: Reply
    fingerprint: str


def _bare(name: str) -> str:
    return "".join(name.split()).casefold()


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """One person's answers, each of which fits the pack."""

    pack: str
    pack_version: str
    organisation: str
    date: str
    name: str = ""
    replies: Mapping[str, Reply] = field(default_factory=dict)
    discussion: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)
    """The fingerprint of each question when it was answered."""

    def same_organisation(self, other: "AnswerSheet") -> bool:
        """Say whether another sheet names the same organisation; capitals and blanks do not count."""
        return _bare(self.organisation) == _bare(other.organisation)

    def reworded(self, pack: Pack) -> frozenset[str]:
        """The questions whose words, but not answers, have changed since they were answered."""
        return frozenset(
            name for name in self.replies if name in self.asked and self.asked[name] != pack.question[name].fingerprint
        )

    def dated(self, pack: Pack, today: str) -> "AnswerSheet":
        """Return the sheet as of today and of this version of the pack, unless it holds what only an older one had."""
        prompts = {prompt.id for prompt in pack.prompts}
        current = self.discussion.keys() <= prompts and self.targets.keys() <= pack.factor.keys()
        return replace(self, date=today, pack_version=pack.version if current else self.pack_version)

    def answer(self, question: Question, reply: Reply) -> "AnswerSheet":
        """Return the sheet with this reply to the question as it is now; one set aside for it has been replaced."""
        return replace(
            self,
            replies={**self.replies, question.id: reply},
            asked={**self.asked, question.id: question.fingerprint},
            set_aside=tuple(aside for aside in self.set_aside if aside.question != question.id),
        )
