"""What an organisation answered: a reply to each question, and the sheet that keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from unicodedata import normalize

from collabcheck.characters import ACTS_OR_HIDES, blank
from collabcheck.pack import Pack
from collabcheck.questions import Question

WITHHELD = "the reason is left out"
"""Stands for a reason that is not passed on; a reply that needs one is never without."""
LEFT_OUT = "\x1a"
"""Stands for a note or evidence that is not passed on, where an answer counts only with it. No sheet can hold it,
and no report quotes it."""
OTHER_VERSION = "another"
"""Stands for a version of the pack that is not the one at hand, as a sheet may call it anything."""


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
    """Why; empty only where the question wants no reason."""
    note: str = ""
    evidence: str = ""


Reply = Chose | DontKnow | NotApplicable


@dataclass(frozen=True, slots=True)
class Presumed(Chose):
    """What a reply counts as where the question does not apply, and the pack says which level that is worth."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unproved(DontKnow):
    """What a choice counts as while something is missing that it requires: it is not known whether it is so."""

    choices: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    """What is missing: “note”, “evidence” or both."""


def counted(question: Question, reply: Reply | None) -> Reply | None:
    """Return what a reply counts as (docs/scoring.md, rule 1). Conditions look at the reply itself."""
    match reply:
        case NotApplicable(reason, note, evidence) if question.counts_as:
            return Presumed((question.counts_as,), note, evidence, reason)
        case Chose(choices, note, evidence) if lacks := lacking(question, reply):
            return Unproved(note, evidence, choices, lacks)
        case _:
            return reply


def lacking(question: Question, reply: Chose) -> tuple[str, ...]:
    """Return what is missing beside a choice so that it counts."""
    if not question.required:
        return ()
    wanted = {question.required.get(name) for name in reply.choices}
    beside = (("note", reply.note), ("evidence", reply.evidence))
    return tuple(part for part, words in beside if part in wanted and blank(words))


def quotable(words: str) -> str:
    """Return what a report quotes of a note or evidence: nothing, where it is left out."""
    return "" if words == LEFT_OUT else words


def proved(question: Question, choices: tuple[str, ...]) -> Chose:
    """Return a choice as one that counts, whoever has what it requires."""
    wanted = {question.required.get(name) for name in choices}
    note, evidence = (LEFT_OUT if part in wanted else "" for part in ("note", "evidence"))
    return Chose(choices, note, evidence)


class Aside(StrEnum):
    """Why an answer is kept but not used."""

    RETIRED = "retired"
    """This version of the pack does not ask the question."""
    CHANGED = "changed"
    """The answers it offers have changed."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """An answer to an older version of the pack, kept word for word and not scored."""

    question: str
    why: Aside
    reply: Reply
    fingerprint: str
    nameless: bool = False
    """Whether its id is left out, which may be any words; `question` then only tells it from others."""

    def without_words(self, pack: Pack) -> "SetAside":
        """Return it without what people typed; the id of a question that the pack does not have is such a word too."""
        if self.nameless or self.question in pack.question or self.question in pack.retirement:
            return replace(self, reply=DontKnow())
        mark = sha256(self.question.encode(errors="surrogatepass")).hexdigest()
        return SetAside(mark, self.why, DontKnow(), "", nameless=True)


_DOTTED_I = "i\u0307"
"""What the Turkish capital İ becomes in small letters."""


def bare(name: str) -> str:
    """Return the name of an organisation as it is compared: without capitals, blanks and what cannot be seen.

    Letters count as the same however they are put together, such as é in one or in two, or ™.
    """
    seen = normalize("NFKC", ACTS_OR_HIDES.sub("", name).casefold()).casefold()
    return normalize("NFKC", "".join(seen.split())).replace(_DOTTED_I, "i")


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
    withheld: frozenset[str] = frozenset()
    """The questions that a report for others says nothing of, as if they had not been asked."""

    def same_organisation(self, other: "AnswerSheet") -> bool:
        """Say whether another sheet names the same organisation; capitals and blanks do not count."""
        return bare(self.organisation) == bare(other.organisation)

    def reworded(self, pack: Pack) -> frozenset[str]:
        """The questions whose words, but not answers, have changed since they were answered."""
        return frozenset(
            name for name in self.replies if name in self.asked and self.asked[name] != pack.question[name].fingerprint
        )

    @property
    def told_version(self) -> str:
        """The version of the pack that it names; nothing if that is left out."""
        return "" if self.pack_version == OTHER_VERSION else self.pack_version

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

    def without_words(self, pack: Pack) -> "AnswerSheet":
        """Return the sheet without a word that people typed, but for the organisation’s name. It scores the same."""
        return replace(
            self,
            pack_version=self.pack_version if self.pack_version in ("", pack.version) else OTHER_VERSION,
            name="",
            replies={name: _wordless(pack.question[name], reply) for name, reply in self.replies.items()},
            discussion={},
            targets={name: band for name, band in self.targets.items() if name in pack.factor and band in pack.band},
            set_aside=tuple(aside.without_words(pack) for aside in self.set_aside),
        )


def _wordless(question: Question, reply: Reply) -> Reply:
    match reply:
        case Chose(choices=choices):
            whole, lacks = proved(question, choices), lacking(question, reply)
            return Chose(choices, "" if "note" in lacks else whole.note, "" if "evidence" in lacks else whole.evidence)
        case DontKnow():
            return DontKnow()
        case NotApplicable(reason=reason):
            return NotApplicable(WITHHELD if reason else "")
