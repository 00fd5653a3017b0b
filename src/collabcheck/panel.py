"""Several people of one organisation: how far they agree, and what each group says (docs/scoring.md, rule 10)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from collabcheck.anonymity import FEWEST, SMALLEST_GROUP, to_hide
from collabcheck.answers import AnswerSheet, Chose
from collabcheck.assessment import Assessment
from collabcheck.pack import Pack
from collabcheck.questions import Choice, Question
from collabcheck.scoring import score
from collabcheck.voices import Heard

PAIR = 2
"""So many can agree or differ; and what one of them does not know, the other may."""


class Agreement(StrEnum):
    """How far those who answered a question agree."""

    AGREED = "agreed"
    MIXED = "mixed"
    DIVIDED = "divided"
    UNTOLD = "untold"
    """Fewer than two answered, or its answers are no levels."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What everyone said to one question, and how far they agree."""

    heard: Heard
    deviation: Fraction | None
    """The average deviation from the mean, in steps of levels (Burke, Finkelstein & Dusig 1999); None if untold."""
    agreement: Agreement
    r_wg: Fraction | None
    """Agreement against chance, 0 to 1 (James, Demaree & Wolf 1984), with all levels equally likely; None if untold."""

    @property
    def question(self) -> Question:
        """The question."""
        return self.heard.question

    @property
    def share(self) -> Fraction:
        """The deviation as a part of the widest there could be, by which questions are put in order."""
        return Fraction(0) if self.deviation is None else 2 * self.deviation / (len(_levels(self.question)) - 1)


@dataclass(frozen=True, slots=True)
class Group:
    """Those who gave this one role, who are enough to be shown by themselves."""

    role: Choice
    assessment: Assessment

    @property
    def people(self) -> int:
        """How many they are."""
        return self.assessment.people


@dataclass(frozen=True, slots=True)
class Panel:
    """What the people of one organisation say together."""

    assessment: Assessment
    """Of the pooled answers."""
    tallies: tuple[Tally, ...]
    """Of every question that somebody was asked, in pack order."""
    groups: tuple[Group, ...]
    """By role, in pack order."""
    hidden: int
    """How many people are in no group that is shown."""

    @property
    def people(self) -> int:
        """How many answered."""
        return self.assessment.people

    @property
    def differing(self) -> tuple[Tally, ...]:
        """The questions on which people do not agree, the widest apart first: the agenda of their meeting."""
        apart = (tally for tally in self.tallies if tally.agreement in (Agreement.DIVIDED, Agreement.MIXED))
        return tuple(sorted(apart, key=lambda tally: (tally.agreement is not Agreement.DIVIDED, -tally.share)))

    @property
    def unknown(self) -> tuple[Tally, ...]:
        """The scored questions that at least half of those to whom they apply cannot answer, nobody's first."""
        most = (t for t in self.tallies if t.question.informs and 2 * t.heard.unknown >= t.heard.people > 0)
        return tuple(sorted(most, key=lambda tally: bool(tally.heard.chosen)))

    @property
    def one_sided(self) -> tuple[Tally, ...]:
        """Of two people, the scored questions to which only one has an answer; with more people, none."""
        one_has = (t for t in self.tallies if t.question.informs and len(t.heard.chosen) == 1 < len(t.heard.replies))
        return tuple(one_has) if self.people == PAIR else ()


def pool(pack: Pack, sheets: Iterable[AnswerSheet], *, smallest_group: int = SMALLEST_GROUP) -> Panel:
    """Pool the sheets of one organisation. Their order changes nothing, and does not tell who is who."""
    ordered = sorted(sheets, key=repr)
    groups = _groups(pack, ordered, max(smallest_group, FEWEST))
    assessment = score(pack, *ordered)
    return Panel(
        assessment=assessment,
        tallies=tuple(map(_tally, assessment.heard)),
        groups=tuple(Group(role, score(pack, *members)) for role, members in groups),
        hidden=len(ordered) - sum(len(members) for _, members in groups),
    )


# Agreement.


def _tally(heard: Heard) -> Tally:
    steps, people = _levels(heard.question), len(heard.chosen)
    if people < PAIR or len(steps) < 2:  # noqa: PLR2004  nobody agrees alone, and not on one level
        return Tally(heard, None, Agreement.UNTOLD, None)
    at = [(steps.index(heard.question.choice[name].points), given) for name, given in heard.counts.items()]
    mean = Fraction(sum(step * given for step, given in at), people)
    deviation = sum((abs(step - mean) * given for step, given in at), Fraction(0)) / people
    variance = sum(((step - mean) ** 2 * given for step, given in at), Fraction(0)) / (people - 1)
    r_wg = max(Fraction(0), 1 - variance * 12 / (len(steps) ** 2 - 1))
    return Tally(heard, deviation, _agreement(deviation, len(steps)), r_wg)


def _levels(question: Question) -> list[int]:
    """Return the points of the levels from the lowest to the highest; none for a question without levels."""
    return [] if question.several or not question.informs else sorted({choice.points for choice in question.choices})


def _agreement(deviation: Fraction, levels: int) -> Agreement:
    if 6 * deviation < levels:
        return Agreement.AGREED
    return Agreement.DIVIDED if 3 * deviation > levels else Agreement.MIXED


# Groups.


def _groups(pack: Pack, sheets: Sequence[AnswerSheet], smallest: int) -> list[tuple[Choice, tuple[AnswerSheet, ...]]]:
    """Return those that are large enough; those who name no role are never one."""
    question = pack.that_means("role")
    roles = [(choice, tuple(_of_role(question, choice, sheets))) for choice in question.choices] if question else []
    sizes = {choice.id: len(members) for choice, members in roles}
    hidden = to_hide({**sizes, _NO_ROLE: len(sheets) - sum(sizes.values())}, smallest, {_NO_ROLE})
    return [(choice, members) for choice, members in roles if members and choice.id not in hidden]


_NO_ROLE = ""


def _of_role(question: Question, choice: Choice, sheets: Iterable[AnswerSheet]) -> Iterator[AnswerSheet]:
    for sheet in sheets:
        reply = sheet.replies.get(question.id)
        if isinstance(reply, Chose) and reply.choices == (choice.id,):
            yield sheet
