"""What answers come to, by adding: each answer has its price for a factor, and sheets with the same sum score the same.

Scores are those of `scoring.rate`, brought to a common scale, so that sums of them are whole numbers.
"""

from dataclasses import dataclass
from math import lcm
from typing import Final

from collabcheck.answers import Chose
from collabcheck.assessment import NotAssessed, RangeOnly, Score, Scored
from collabcheck.coding import MOST_REMEMBERED, NOT_APPLICABLE, NOT_ASKED, Codes, counts_as, reply_of
from collabcheck.conditions import answers_in
from collabcheck.interview import route
from collabcheck.pack import Band, Factor, Pack
from collabcheck.questions import Question
from collabcheck.scoring import Sums, points, rate

UNCLEAR: Final = -2
"""In place of a band: too little is answered for a score."""
NONE: Final = -1
"""In place of a band: not assessed."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What the answers to a factor’s questions come to."""

    score: Score
    place: int
    """The number of the band, from 0 for the lowest, flags counted; or UNCLEAR, or NONE."""
    cap: int
    """The number of the best band that flags leave."""
    scaled: int
    """The score, times the scale of the pack; 0 if there is none."""
    weight: int
    """How much it counts in the overall result: as the pack says or, if that is pooled, by what is answered; 0 if it is
    not assessed."""
    share: int
    """The scaled score, times the weight."""
    sums: Sums
    """What the score was made from."""
    items: int
    """What all answers are worth together that consistency is found out from, whatever their weights, in parts of the
    unit; -1 if one is missing."""


class Prices(dict[str, int]):
    """What the answers to a question add to a factor, by their codes: several numbers, one after the other in one.

    They are, from the lowest digits on: the weight answered, the weight unknown, what the answer is worth, what an
    unknown one is worth at least; the same as the first, and as the third without the weight, of questions that
    consistency is found out from; and a 1 in the place of each cap, however many of its flags set it.
    """

    def __init__(self, factor: "Outcomes", question: Question, weight: int) -> None:
        super().__init__()
        self._factor, self._question, self._weight = factor, question, weight
        self._compared = question.id not in factor.pack.chosen_only

    def __missing__(self, code: str) -> int:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[code] = self._price(code)
        return self[code]

    def _price(self, code: str) -> int:
        if code in (NOT_ASKED, NOT_APPLICABLE):
            return 0
        reply, each = reply_of(code), self._factor.unit // self._question.most
        if not isinstance(reply, Chose):
            return self._factor.together(0, self._weight, 0, self._weight * self._question.least * each)
        worth = points(self._question, reply) * each
        caps = {self._factor.cap(band) for band in caps_of(self._factor.pack, self._question, code)}
        compared = (self._weight, worth) if self._compared else ()
        return self._factor.together(self._weight, 0, self._weight * worth, 0, *compared) + sum(caps)


class Outcomes(dict[int, Outcome]):
    """The outcomes of one factor, by the sum of the prices of its answers; what is new is found out."""

    def __init__(self, pack: Pack, factor: Factor, scale: int) -> None:
        super().__init__()
        self.pack, self.factor, self._scale = pack, factor, scale
        self._pooled = pack.aggregate == "pooled"
        links = pack.informing[factor.id]
        numbers = {name: i for i, name in enumerate(pack.question)}
        self.unit = unit_of(pack, factor)
        self._whole = sum(weight for question, weight in links if question.id not in pack.chosen_only)
        most = sum(weight for _, weight in links)
        self._bits = (self.unit * max(most, len(links)) + len(links)).bit_length()
        self.prices = [(numbers[question.id], Prices(self, question, weight)) for question, weight in links]
        """With the number of each question."""

    def together(self, *numbers: int) -> int:
        """Return numbers as one, which can be added to others of its kind."""
        return sum(number << (self._bits * i) for i, number in enumerate(numbers))

    def cap(self, band: Band) -> int:
        """Return what stands for a flag that leaves no better band than this one."""
        return 1 << (self._bits * (_NUMBERS + list(self.pack.band).index(band.id)))

    def __missing__(self, added: int) -> Outcome:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[added] = self._outcome(added)
        return self[added]

    def _outcome(self, added: int) -> Outcome:
        known, unknown, got, least, compared, items, *caps = self._apart(added)
        sums = Sums(self.unit, known + unknown, known, known * self.unit, got, got + least, got + unknown * self.unit)
        held = [i for i, times in enumerate(caps) if times]
        score = rate(self.pack, sums, [self.pack.bands[i] for i in held])
        scaled = int(score.score * self._scale) if isinstance(score, Scored) else 0
        weight = 0 if isinstance(score, NotAssessed) else self.factor.weight
        place = place_of(self.pack, score)
        share = scaled * weight
        if self._pooled:
            weight, share = known, 100 * got * self._scale // self.unit
        cap = min(held, default=len(caps) - 1)
        return Outcome(score, place, cap, scaled, weight, share, sums, items if compared == self._whole else -1)

    def _apart(self, added: int) -> list[int]:
        count = _NUMBERS + len(self.pack.bands)
        return [(added >> (self._bits * i)) & ((1 << self._bits) - 1) for i in range(count)]


_NUMBERS = 6
"""So many numbers are put together before the caps."""


class Routes:
    """Which questions are not asked, given the answers to others: found out once for each way that conditions fall."""

    def __init__(self, pack: Pack) -> None:
        leaves = [leaf for question in pack.questions if question.when for leaf in answers_in(question.when)]
        self._deciding = [
            (i, Told(tuple(frozenset(leaf.is_) for leaf in leaves if leaf.question == question.id)))
            for i, question in enumerate(pack.questions)
            if any(leaf.question == question.id for leaf in leaves)
        ]
        self._pack = pack
        self._known: dict[tuple[tuple[bool, ...], ...], tuple[int, ...]] = {}

    def not_asked(self, codes: Codes) -> tuple[int, ...]:
        """Return the numbers of the questions that are not asked of who gives these answers."""
        key = tuple([told[codes[i]] for i, told in self._deciding])
        if key not in self._known:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = self._find_out(codes)
        return self._known[key]

    def _find_out(self, codes: Codes) -> tuple[int, ...]:
        names = list(self._pack.question)
        told = {names[i]: reply for i, _ in self._deciding if (reply := reply_of(codes[i]))}
        asked = {question.id for question in route(self._pack, told)}
        return tuple(i for i, name in enumerate(names) if name not in asked)


class Told(dict[str, tuple[bool, ...]]):
    """For an answer, by its code: which of the conditions on it are met; nothing, if it is no choice."""

    def __init__(self, conditions: tuple[frozenset[str], ...]) -> None:
        super().__init__()
        self._conditions = conditions

    def __missing__(self, code: str) -> tuple[bool, ...]:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        reply = reply_of(code)
        met = (
            (any(name in choices for name in reply.choices) for choices in self._conditions)
            if isinstance(reply, Chose)
            else ()
        )
        self[code] = tuple(met)
        return self[code]


class Counted(dict[str, str]):
    """What an answer counts as, by its code."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    def __missing__(self, code: str) -> str:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[code] = counts_as(self._question, code)
        return self[code]


class Caps(dict[str, int]):
    """The number of the best band that the red flags of an answer leave, by its code."""

    def __init__(self, pack: Pack, question: Question) -> None:
        super().__init__()
        self._pack, self._question = pack, question

    def __missing__(self, code: str) -> int:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        order = list(self._pack.band)
        caps = [order.index(band.id) for band in caps_of(self._pack, self._question, code)]
        self[code] = min(caps, default=len(order) - 1)
        return self[code]


def compared(pack: Pack, factor: Factor) -> tuple[Question, ...]:
    """Return the questions of a factor that consistency is found out from: without those that few may choose."""
    return tuple(question for question, _ in pack.informing[factor.id] if question.id not in pack.chosen_only)


def unit_of(pack: Pack, factor: Factor) -> int:
    """Return full marks for a question of a factor at weight 1, as a whole number that all of them have in common."""
    return lcm(*(question.most for question, _ in pack.informing[factor.id]))


def scale_of(pack: Pack) -> int:
    """Return a number by which every score of one sheet, and every mean of such scores, is whole."""
    answered = [lcm(*range(1, sum(weight for _, weight in links) + 1)) for links in pack.informing.values()]
    full = [question.most for links in pack.informing.values() for question, _ in links]
    together = sum(factor.weight for factor in pack.factors)
    if pack.aggregate == "pooled":
        together = max(together, sum(weight for links in pack.informing.values() for _, weight in links))
    return lcm(*full) * lcm(*answered) * lcm(*range(1, together + 1))


def caps_of(pack: Pack, question: Question, code: str) -> list[Band]:
    """Return the best bands that the red flags of an answer leave."""
    return [pack.band[flag.caps_at] for choice, flag in question.flags if choice.id in code.split(" ")]


def place_of(pack: Pack, score: Score) -> int:
    """Return the number of a score’s band, or why it has none."""
    match score:
        case Scored(band=band):
            return list(pack.band).index(band.id)
        case RangeOnly():
            return UNCLEAR
        case NotAssessed():
            return NONE
