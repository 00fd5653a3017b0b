"""Which bands the answers can lead to, and which weights and flags can make a difference to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from collabcheck.doctor.claims import Claim, Unproved, try_claims
from collabcheck.doctor.means import (
    Mean,
    Means,
    lowers,
    matters,
    moves,
    parts_ways,
    reaches,
    worth_by_cap,
)
from collabcheck.doctor.reach import Effort, Ground, Search, Way, Whole
from collabcheck.doctor.sums import any_of
from collabcheck.pack import Factor
from collabcheck.questions import Choice, Question

Key = tuple[str, str, str]
"""What is claimed: a kind, an id, and for a flag the id of its choice.

“asked”: the question is. “band”: it is reached. “question”: another answer to it can change the band. “flag”: it can
lower the band. “factor”: leaving it out can change the band of an area, or of the overall result.
"""

Claims = Mapping[Key, Claim[Mean]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What was not shown of a factor, of an area, or of the overall result."""

    claimed: frozenset[Key]
    unproved: Unproved[Key]

    def never(self, kind: str) -> list[str]:
        """Return the ids of what can never be, of one kind; of questions, only those that are asked of somebody."""
        return [
            key[1]
            for key in self.unproved.never
            if key[0] == kind and (kind != "question" or self.can_be_asked(key[1]))
        ]

    def unsure(self, kind: str) -> list[str]:
        """Return the ids of what could not be settled, of one kind."""
        return [key[1] for key in self.unproved.unsure if key[0] == kind]

    @property
    def assessed(self) -> bool:
        """Whether any of its questions can be asked."""
        return any(key[0] == "asked" and key not in self._open for key in self.claimed)

    def can_be_asked(self, question: str) -> bool:
        """Say whether answers were found that lead to a question."""
        return ("asked", question, "") not in self._open

    def has_flag(self, question: str, choice: str) -> bool:
        """Say whether a flag caps this."""
        return ("flag", question, choice) in self.claimed

    def of_flag(self, question: str, choice: str) -> bool | None:
        """Say whether a flag that caps this can lower the band; None if that could not be settled."""
        key = ("flag", question, choice)
        return None if key in self.unproved.unsure else key not in self.unproved.never

    def and_(self, other: "Standing") -> "Standing":
        """Return both together."""
        one, two = self.unproved, other.unproved
        return Standing(self.claimed | other.claimed, Unproved(one.never + two.never, one.unsure + two.unsure))

    @property
    def _open(self) -> tuple[Key, ...]:
        return *self.unproved.never, *self.unproved.unsure


def of_factor(ground: Ground, factor: Factor, effort: Effort) -> Standing:
    """Return what no answers do to the band of a factor."""
    questions = [question for question, _ in ground.pack.informing[factor.id]]
    search, means, sums = _begin(ground, questions, effort)
    bands = _try(_common(means, questions, sums), (means.of_factor(factor, way) for way in _tried(search)), search)
    search, means, sums = _begin(ground, questions, effort)
    weights: Claims = {("question", one.id, ""): partial(_changes, one.id, factor, means, sums) for one in questions}
    return bands.and_(_try(weights, (means.of_factor(factor, way) for way in _tried(search)), search))


def of_whole(ground: Ground, whole: Whole, effort: Effort) -> Standing:
    """Return what no answers do to the band of an area, or of the overall result."""
    questions, factors = whole.questions, whole.factors
    search, means, sums = _begin(ground, questions, effort)
    bands = _try(_common(means, questions, sums), (means.of_all(whole, way) for way in _tried(search)), search)
    search, means, sums = _begin(ground, questions, effort)
    weights: Claims = {
        ("factor", one.id, ""): partial(_matters, one, whole, means, sums) for one in factors if len(factors) > 1
    }
    return bands.and_(_try(weights, (means.of_all(whole, way) for way in _tried(search)), search))


def _tried(search: Search) -> Iterator[Way]:
    """Yield all ways, before them some that between them often prove all there is to prove."""
    yield from search.samples()
    yield from search.ways()


def _begin(ground: Ground, questions: Sequence[Question], effort: Effort) -> tuple[Search, Means, Effort]:
    search = Search(ground, [question.id for question in questions], effort.share())
    return search, Means(search), effort.share()


def _try(claims: Claims, found: Iterator[Mean], search: Search) -> Standing:
    return Standing(frozenset(claims), try_claims(claims, found, search))


def _common(means: Means, questions: Sequence[Question], effort: Effort) -> dict[Key, Claim[Mean]]:
    ground = means.search.ground
    claims: dict[Key, Claim[Mean]] = {("asked", one.id, ""): partial(_is_asked, one.id) for one in questions}
    claims |= {("band", name, ""): partial(_reaches, number, effort) for name, number in ground.band.items()}
    return claims | {
        ("flag", one.id, choice.id): partial(_lowers, one, choice, means)
        for one in questions
        for choice, _ in one.flags
        if ground.cap(choice) < ground.top
    }


# The claims, each about the mean on one way.


def _is_asked(name: str, mean: Mean) -> bool:
    return mean.way.asked[name]


def _reaches(band: int, effort: Effort, mean: Mean) -> bool | None:
    return reaches(mean, band, effort)


def _changes(name: str, factor: Factor, means: Means, effort: Effort, mean: Mean) -> bool | None:
    if not mean.way.asked[name]:
        return False
    others = means.search.beside(mean.way, name) if name in mean.way.met else iter(())
    there = (parts_ways(name, mean, means.of_factor(factor, way), effort) for way in others)
    return any_of(chain([moves(name, mean, effort)], there))


def _lowers(question: Question, choice: Choice, means: Means, mean: Mean) -> bool:
    search = means.search
    met = mean.way.met.get(question.id)
    given = worth_by_cap(search.answers_with(question, choice), met, search.ground.top)
    return mean.way.asked[question.id] and lowers(mean, question, given, search.ground.cap(choice))


def _matters(factor: Factor, whole: Whole, means: Means, effort: Effort, mean: Mean) -> bool | None:
    own = {question.id for question, _ in means.search.ground.pack.informing[factor.id] if mean.way.asked[question.id]}
    return bool(own) and matters(own, mean, means.without(factor, whole, mean), effort)
