"""Every way through the questions of a pack: which are asked, and what that takes of the answers.

Answers are complete here: whatever is asked is answered with a choice. Ways are found by cases: where it hangs on an
answer whether a question is asked, each kind of answer to it is followed by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import lcm
from typing import Final

from collabcheck.conditions import Answered, Condition, FactorBelow, Truth, answers_in
from collabcheck.doctor.settling import settle
from collabcheck.pack import Area, Factor, Pack
from collabcheck.questions import Choice, Question

MOST_KINDS: Final = 256
"""Answers to a question may be of so many kinds, by the conditions that they meet. 30 choices could make 2³⁰ kinds."""

CUTS: Final = 16
"""At so many places answers turn from the best to the worst, in ways that are tried before all others."""

LEAST_SHARE: Final = 1_500
"""So many steps may be taken for each proof, however many others took: a thousand proofs take some seconds."""

Answers = Mapping[tuple[int, int], int]
"""Answers to a question: by the conditions that they meet, a bit each, and the number of the best band that they leave,
all that they can be worth, a bit for each number of points."""


@dataclass(slots=True)
class Effort:
    """How many more steps may be taken. What is not found out by then is not proved."""

    left: int
    of: "Effort | None" = None
    """The larger one that this is a part of."""
    least: int = LEAST_SHARE
    """What each part has, however little is left."""

    def spend(self, steps: int) -> bool:
        """Take steps, and say whether there were as many left."""
        self.left -= steps
        if self.of is not None:
            self.of.left -= steps
        return self.left > 0

    def spend_if_left(self, steps: int) -> bool:
        """Take steps if there are as many left, and say whether there were."""
        return steps < self.left and self.spend(steps)

    def share(self) -> "Effort":
        """Return a part for one proof: enough for a simple one, and not so much that little is left for the others."""
        return Effort(max(self.least, self.left // 8), self)


@dataclass(frozen=True, slots=True)
class Way:
    """A way through the questions, which many answer sheets may take."""

    asked: Mapping[str, bool]
    """Whether a question is asked, for each that was looked at."""
    met: Mapping[str, int]
    """The conditions that the answer to a question meets, a bit each, wherever the way hangs on that."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What is made of several factors: the overall result, or an area."""

    factors: tuple[Factor, ...]
    questions: tuple[Question, ...]
    """Those that count in it, by their points or by a flag."""
    pooled: bool = False
    """Whether it is the mean of the questions, and not of the factors."""


def _informs(question: Question, factors: Sequence[Factor]) -> bool:
    return any(link.factor == factor.id for link in question.informs for factor in factors)


class Ground:
    """A pack as its conditions tie it together."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.top = len(pack.bands) - 1
        self.band = {band.id: i for i, band in enumerate(pack.bands)}
        self.number = {name: i for i, name in enumerate(pack.question)}

    @cached_property
    def overall(self) -> Whole:
        """The overall result, which every flag caps."""
        risk = tuple(factor for factor in self.pack.factors if factor.kind == "risk")
        questions = tuple(question for question in self.pack.questions if question.flags or _informs(question, risk))
        return Whole(risk, questions, pooled=self.pack.aggregate == "pooled")

    @cached_property
    def areas(self) -> tuple[Whole, ...]:
        """The areas in pack order."""
        return tuple(map(self._area, self.pack.areas))

    def _area(self, area: Area) -> Whole:
        factors = self.pack.members[area.id]
        return Whole(factors, tuple(question for question in self.pack.questions if _informs(question, factors)))

    @cached_property
    def unit(self) -> int:
        """Full marks for a question, as a whole number that all of them have in common."""
        return lcm(*(question.most for question in self.pack.questions if question.informs))

    def cap(self, choice: Choice) -> int:
        """Return the number of the best band that a choice leaves."""
        return self.top if choice.flag is None else self.band[choice.flag.caps_at]

    @cached_property
    def readers(self) -> Mapping[str, Mapping[tuple[str, ...], int]]:
        """By question and choices that a condition names: the questions that have this condition, a bit each."""
        found: dict[str, dict[tuple[str, ...], int]] = {}
        for i, question in enumerate(self.pack.questions):
            for leaf in answers_in(question.when):
                named = found.setdefault(leaf.question, {})
                named[leaf.is_] = named.get(leaf.is_, 0) | 1 << i
        return found

    @cached_property
    def behind(self) -> Mapping[str, int]:
        """By question: itself and all that decide, directly or not, whether it is asked, a bit each."""
        found: dict[str, int] = {}
        for i, question in enumerate(self.pack.questions):
            found[question.id] = 1 << i
            for name in {leaf.question for leaf in answers_in(question.when)}:
                found[question.id] |= found[name]
        return found


@dataclass(frozen=True, slots=True)
class _Turn:
    """Where to go on: a way so far, the questions ahead in reverse, and the kind of answer to give first."""

    way: Way
    ahead: tuple[str, ...]
    answering: Mapping[str, int]


class Search:
    """The ways to or past some questions, and what can be answered on each.

    It tells answers apart only by conditions that matter for these questions, or in the further condition given.
    """

    def __init__(
        self, ground: Ground, goals: Sequence[str], effort: Effort, condition: Condition | None = None
    ) -> None:
        self.ground, self.goals, self.condition, self.effort = ground, tuple(goals), condition, effort
        self._all_kinds = True
        self._answers: dict[str, Answers] = {}
        self._tests: dict[str, dict[tuple[str, ...], int]] = {}
        self._asked: dict[str, bool] = {}
        self._met: dict[str, int] = {}

    @property
    def complete(self) -> bool:
        """Whether nothing was left out so far."""
        return self._all_kinds and self.effort.left > 0

    def samples(self) -> Iterator[Way]:
        """Yield some ways that differ much: the best answers to all questions, the worst to all, the best to some."""
        count = len(self.ground.number)
        for cut in dict.fromkeys(count * part // CUTS for part in (CUTS, 0, *range(CUTS // 2, 0, -1), *range(CUTS))):
            way = next(self.ways(best_before=cut), None)
            if way is not None:
                yield way

    def ways(self, to: Sequence[str] = (), start: Way | None = None, best_before: int | None = None) -> Iterator[Way]:
        """Yield every way to the goals or to some of them, or those that go on from one. No answer sheet takes two.

        Given the number of a question, it begins with the best answers to those before, and the worst to the others.
        """
        turns = [_Turn(start or Way({}, {}), tuple(to or self.goals)[::-1], {})]
        while turns and self.effort.left > 0:
            turn = turns.pop()
            self._asked, self._met = dict(turn.way.asked), {**turn.way.met, **turn.answering}
            ahead = list(turn.ahead)
            hangs_on = self._walk(ahead)
            if not self.effort.spend(1 + len(self._asked) // 64):
                return
            way = Way(self._asked, self._met)
            if hangs_on:
                kinds = self._kinds(hangs_on, best_before)
                turns += [_Turn(way, tuple(ahead), {hangs_on.question: met}) for met in kinds]
            else:
                yield way

    def beside(self, way: Way, name: str) -> Iterator[Way]:
        """Yield the ways that differ from one by the answer to a question, and by what follows from that alone."""
        for met in sorted({met for met, _ in self.answers(name)} - {way.met[name]}):
            yield from self.ways(start=Way({}, {**way.met, name: met}))

    def _kinds(self, leaf: Answered, best_before: int | None) -> list[int]:
        """Return the kinds of answers to a question, last the one to follow first.

        That is the best or the worst, as it is asked for; otherwise one that meets the condition, which often leads on.
        """
        most: dict[int, int] = {}
        for (met, _), worth in self.answers(leaf.question).items():
            most[met] = max(most.get(met, 0), worth)
        if best_before is None:
            bit = self._tested(leaf.question)[leaf.is_]
            return sorted(most, key=lambda met: (met >> bit & 1, met))
        return sorted(most, key=most.__getitem__, reverse=self.ground.number[leaf.question] >= best_before)

    def _walk(self, ahead: list[str]) -> Answered | None:
        """Go on until it hangs on an answer; return the condition on it, or None at the end."""
        while True:
            condition = self.ground.pack.question[ahead[-1]].when if ahead else self.condition
            truth, hangs_on = (Truth.YES, None) if condition is None else settle(condition, self._known)
            if hangs_on and hangs_on.question in self._asked:
                return hangs_on
            if hangs_on:
                ahead.append(hangs_on.question)
            elif ahead:
                self._asked[ahead.pop()] = truth is Truth.YES
            else:
                return None

    def _known(self, leaf: Answered | FactorBelow) -> Truth:
        self.effort.spend(1)
        if isinstance(leaf, Answered) and leaf.question in self._asked:
            return self.truth(leaf, self._asked, self._met)
        return Truth.UNKNOWN

    def truth(self, leaf: Answered, asked: Mapping[str, bool], met: Mapping[str, int]) -> Truth:
        """Return what a condition on an answer comes to on a way; unknown if the way does not hang on it."""
        if not asked.get(leaf.question, True):
            return Truth.NO
        if leaf.question not in met:
            return Truth.UNKNOWN
        return Truth.YES if met[leaf.question] >> self._tested(leaf.question)[leaf.is_] & 1 else Truth.NO

    # What can be answered.

    def answers(self, name: str) -> Answers:
        """Return all answers to a question."""
        if name not in self._answers:
            question = self.ground.pack.question[name]
            beside = [choice for choice in question.choices if question.several and not choice.alone]
            alone = [self._one(question, choice) for choice in question.choices if choice.alone or not question.several]
            self._answers[name] = _worth(question, _either(self._sums(question, beside), *alone))
        return self._answers[name]

    def answers_with(self, question: Question, choice: Choice) -> Answers:
        """Return the answers that hold this choice, as if it raised no flag itself."""
        others = [one for one in question.choices if one is not choice and not one.alone]
        beside = others if question.several and not choice.alone else []
        given = {(met, self.ground.top): worth for (met, _), worth in self._one(question, choice).items()}
        return _worth(question, self._sums(question, beside, given))

    def _one(self, question: Question, choice: Choice) -> Answers:
        met = sum(1 << i for named, i in self._tested(question.id).items() if choice.id in named)
        return {(met, self.ground.cap(choice)): 1 << min(choice.points, question.enough)}

    def _sums(self, question: Question, choices: Sequence[Choice], given: Answers | None = None) -> Answers:
        """Return the sums of any of these choices: beside what is given or, if nothing is, at least one of them."""
        found = given or {}
        for choice in choices:
            one = self._one(question, choice)
            found = _either(found, _both(found, one, question.enough), {} if given else one)
            if len(found) > MOST_KINDS:
                self._all_kinds = False
                return found if given else _either(found, *(self._one(question, choice) for choice in choices))
        return found

    def _tested(self, name: str) -> Mapping[tuple[str, ...], int]:
        """Return what the conditions that matter here ask of a question’s answer, each with a number."""
        if name not in self._tests:
            readers = self.ground.readers.get(name, {})
            further = [leaf.is_ for leaf in answers_in(self.condition) if leaf.question == name]
            named = dict.fromkeys([*(choices for choices, who in readers.items() if who & self._cone), *further])
            self._tests[name] = {choices: i for i, choices in enumerate(named)}
        return self._tests[name]

    @cached_property
    def _cone(self) -> int:
        cone = 0
        for name in (*self.goals, *(leaf.question for leaf in answers_in(self.condition))):
            cone |= self.ground.behind[name]
        return cone


def _either(*several: Answers) -> Answers:
    found: dict[tuple[int, int], int] = {}
    for answers in several:
        for kind, worth in answers.items():
            found[kind] = found.get(kind, 0) | worth
    return found


def _worth(question: Question, sums: Answers) -> Answers:
    """Return what sums of points are worth."""
    if not question.thresholds:
        return sums
    return {kind: _reached(question, totals) for kind, totals in sums.items()}


def _reached(question: Question, totals: int) -> int:
    steps = (0, *question.thresholds, question.enough + 1)
    between = ((totals >> low) & ((1 << (high - low)) - 1) for low, high in pairwise(steps))
    return sum(1 << i for i, some in enumerate(between) if some)


def _both(answers: Answers, one: Answers, most: int) -> Answers:
    """Return answers with one more choice in each; sums are cut off where more makes no difference."""
    ((met, cap), worth), *_ = one.items()
    points = worth.bit_length() - 1
    several = [{(m | met, min(c, cap)): _cut_off(w << points, most)} for (m, c), w in answers.items()]
    return _either(*several)


def _cut_off(worth: int, most: int) -> int:
    return worth & ((1 << most) - 1) | (1 << most if worth >> most else 0)
