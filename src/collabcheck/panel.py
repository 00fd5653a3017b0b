"""Several people of one organisation: how far they agree, and what each group says (docs/scoring.md, rule 10)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from collabcheck.anonymity import FEWEST, SMALLEST_GROUP, to_hide
from collabcheck.answers import AnswerSheet, Chose, counted
from collabcheck.assessment import AreaResult, Assessment, Score
from collabcheck.interview import route
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
    people: int
    overall: Score | None
    """None if too few of them gave a choice that counts in it, or if these could be worked out from it."""
    factors: tuple[Score | None, ...]
    """In pack order; None likewise."""
    areas: tuple[Score | None, ...]
    """Of those that have factors, in pack order; None where one of their factors is."""


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
        """The questions on which people do not agree, the widest apart first: the agenda of their meeting.

        What fewer than half know is to be found out first, and is among the `unknown`.
        """
        unlike = (Agreement.DIVIDED, Agreement.MIXED)
        apart = (t for t in self.tallies if t.agreement in unlike and t.heard.shared and not t.heard.open)
        return tuple(sorted(apart, key=lambda tally: (tally.agreement is not Agreement.DIVIDED, -tally.share)))

    @property
    def unknown(self) -> tuple[Tally, ...]:
        """The scored questions to which fewer than half have an answer, of those to whom they apply, nobody's first."""
        most = (tally for tally in self.tallies if tally.question.informs and tally.heard.open)
        return tuple(sorted(most, key=lambda tally: bool(tally.heard.chosen)))

    @property
    def one_sided(self) -> tuple[Tally, ...]:
        """Of two people, the scored questions to which only one has an answer; with more people, none."""
        one_has = (t for t in self.tallies if t.question.informs and len(t.heard.chosen) == 1 < len(t.heard.replies))
        return tuple(one_has) if self.people == PAIR else ()


def pool(pack: Pack, sheets: Iterable[AnswerSheet], *, smallest_group: int = SMALLEST_GROUP) -> Panel:
    """Pool the sheets of one organisation. Their order changes nothing, and does not tell who is who."""
    ordered = sorted(sheets, key=repr)
    assessment = score(pack, *ordered)
    groups = tuple(_groups(assessment, max(smallest_group, FEWEST)))
    return Panel(
        assessment=assessment,
        tallies=tuple(map(_tally, assessment.heard)),
        groups=groups,
        hidden=len(ordered) - sum(group.people for group in groups),
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


_NO_ROLE = ""
"""Those who name no role; they are never shown."""
_OVERALL = ""

Members = Mapping[str, Sequence[AnswerSheet]]


def _groups(assessment: Assessment, smallest: int) -> Iterator[Group]:
    """Yield those that are large enough, with the figures in which enough of them have a say.

    What counts for all counts for each group, and nothing else: otherwise the figures of all would tell what is hidden.
    """
    pack, question = assessment.pack, assessment.pack.that_means("role")
    members = _by_role(question, assessment.sheets) if question else {}
    counting = {one.question.id for one in assessment.heard if one.shared and one.applies}
    left = to_hide({role: len(those) for role, those in members.items()}, smallest, {_NO_ROLE})
    hidden = _hidden(pack, members, counting, smallest, left)
    for choice in question.choices if question else ():
        those = members[choice.id]
        if those and choice.id not in left:
            whole = score(pack, *those, counting=counting)
            shown = {one.factor.id: one.score for one in whole.factors if choice.id not in hidden[one.factor.id]}
            yield Group(
                choice,
                len(those),
                None if choice.id in hidden[_OVERALL] else whole.overall.score,
                tuple(shown.get(factor.id) for factor in pack.factors),
                tuple(one.score if _all_in(one, shown) else None for one in whole.areas),
            )


def _all_in(area: AreaResult, shown: Collection[str]) -> bool:
    """Say whether all factors of an area are shown; only then it tells no more than they do."""
    return all(one.factor.id in shown for one in area.factors)


def _by_role(question: Question, sheets: Iterable[AnswerSheet]) -> Members:
    """Return the sheets of each role, of those too that nobody has; and of those who name none."""
    members: dict[str, list[AnswerSheet]] = {role: [] for role in (*question.choice, _NO_ROLE)}
    for sheet in sheets:
        reply = sheet.replies.get(question.id)
        one = reply.choices[0] if isinstance(reply, Chose) and len(reply.choices) == 1 else _NO_ROLE
        members[one].append(sheet)
    return members


def _hidden(
    pack: Pack, members: Members, counting: Collection[str], smallest: int, left: Collection[str]
) -> Mapping[str, Collection[str]]:
    """Return for each factor, and for the overall result, the roles of which it is not shown.

    The overall result is the mean of the readiness factors: where one of these is hidden, the two would tell of it.
    """
    say = {role: [_has_a_say(pack, sheet, counting) for sheet in those] for role, those in members.items()}
    hidden: dict[str, Collection[str]] = {}
    for factor in pack.factors:
        sizes = {role: sum(factor.id in one for one in those) for role, those in say.items()}
        nobody = {role for role, size in sizes.items() if not size}
        hidden[factor.id] = to_hide(sizes, smallest, left) | nobody
    risk = {factor.id for factor in pack.factors if factor.kind == "risk"}
    sizes = {role: sum(not risk.isdisjoint(one) for one in those) for role, those in say.items()}
    nobody = {role for role, size in sizes.items() if not size}
    hidden[_OVERALL] = to_hide(sizes, smallest, {*left}.union(*(hidden[factor] for factor in risk))) | nobody
    return hidden


def _has_a_say(pack: Pack, sheet: AnswerSheet, counting: Collection[str]) -> frozenset[str]:
    """Return the factors in which a choice of this person counts."""
    asked = [question for question in route(pack, sheet.replies) if question.id in counting]
    chosen = [one for one in asked if isinstance(counted(one, sheet.replies.get(one.id)), Chose)]
    return frozenset(link.factor for question in chosen for link in question.informs)
