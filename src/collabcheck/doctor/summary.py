"""A pack in figures: what it asks of people, what its factors rest on, and where it comes from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from pydantic import BaseModel

from collabcheck.answers import Chose, Reply
from collabcheck.conditions import answers_in
from collabcheck.interview import route
from collabcheck.pack import Factor, Pack
from collabcheck.questions import Question

WORDS_A_MINUTE = 238
"""What adults read of English in silence, on average: M. Brysbaert, *How many words do we read per minute?*, Journal of
Memory and Language 109, 2019, 104047."""
SECONDS_TO_ANSWER = 15
"""To think and choose, for each question. A judgement: with it, the pack that ships comes to what it says itself."""
LOOKS = 100_000
"""To find the fewest and the most questions, so many questions and parts of conditions are looked at, which takes
about a second. In a pack with more ways through it the two are left out: figures that are nearly right would mislead.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many questions one person can be asked."""

    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class Part:
    """A question in a factor."""

    question: Question
    weight: int
    share: Fraction
    """Its part of the factor in per cent, when all the factor's questions are asked."""


@dataclass(frozen=True, slots=True)
class FactorSummary:
    """What a factor rests on."""

    factor: Factor
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A pack in figures."""

    scored: int
    context: int
    conditional: int
    """How many questions depend on an answer to another."""
    asked: Asked | None
    """None where there are too many ways to go through."""
    minutes: int
    """As the pack says."""
    minutes_by_words: int
    """By a rule of thumb, if every question is asked but those of trends that can be left out."""
    factors: tuple[FactorSummary, ...]
    sources: tuple[tuple[str, int], ...]
    """Ids under `source` in the order in which they come, each with how many things name it."""
    everywhere: int
    """How many resources apply in every nation; what has been replaced is not counted, here and by nation."""
    by_nation: tuple[tuple[str, int], ...]
    """The nations by id, each with how many resources are for it by name."""
    replaced: int
    """How many resources have been replaced."""


def summarise(pack: Pack) -> Summary:
    """Return a pack in figures."""
    current = [resource for resource in pack.resources if not resource.superseded_by]
    scored = sum(bool(question.informs) for question in pack.questions)
    return Summary(
        scored=scored,
        context=len(pack.questions) - scored,
        conditional=sum(question.when is not None for question in pack.questions),
        asked=_asked(pack),
        minutes=pack.minutes,
        minutes_by_words=_minutes(pack),
        factors=tuple(_factor(pack, factor) for factor in pack.factors),
        sources=tuple(Counter(_sources(pack)).items()),
        everywhere=sum(not resource.nations for resource in current),
        by_nation=tuple(_by_nation(pack, [resource.nations for resource in current])),
        replaced=len(pack.resources) - len(current),
    )


def _minutes(pack: Pack) -> int:
    asked = [question for question in pack.questions if question.id not in pack.chosen_only]
    words = sum(len(text.split()) for question in asked for text in _read(question))
    return max(1, round(words / WORDS_A_MINUTE + len(asked) * SECONDS_TO_ANSWER / 60))


def _read(question: Question) -> Iterator[str]:
    yield from (question.text, question.hint, question.why)
    yield from (choice.text for choice in question.choices)


def _factor(pack: Pack, factor: Factor) -> FactorSummary:
    informing = pack.informing[factor.id]
    total = sum(weight for _, weight in informing)
    return FactorSummary(
        factor, tuple(Part(question, weight, Fraction(100 * weight, total)) for question, weight in informing)
    )


def _sources(value: object) -> Iterator[str]:
    """Yield every id under `source`, at any depth."""
    if isinstance(value, BaseModel):
        yield from dict.fromkeys(getattr(value, "source", ()))
        for name in type(value).model_fields:
            yield from _sources(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _sources(part)


def _by_nation(pack: Pack, named: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    where = pack.that_means("nation")
    known = [choice.id for choice in where.choices] if where else []
    for nation in dict.fromkeys([*known, *(nation for nations in named for nation in nations)]):
        yield nation, sum(nation in nations for nations in named)


# How many questions one person can be asked.


def _asked(pack: Pack) -> Asked | None:
    """Go through every way to answer what conditions look at; among the ways is not to choose at all."""
    named = _named(pack)
    most = LOOKS // (len(pack.questions) + sum(map(len, named.values())))
    ways: list[list[tuple[str, ...]]] = []
    for name, lists in named.items():
        ways.append([(), *_kinds(pack.question[name], lists, most)])
        if prod(map(len, ways)) > most:
            return None
    lengths = {len(route(pack, _replies(named, way))) for way in product(*ways)}
    return Asked(min(lengths), max(lengths))


def _named(pack: Pack) -> dict[str, list[tuple[str, ...]]]:
    """Return the questions that decide whether others are asked, by id, with the lists of choices that do it."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for question in pack.questions:
        for leaf in answers_in(question.when):
            found.setdefault(leaf.question, []).append(leaf.is_)
    return found


def _kinds(question: Question, lists: Iterable[tuple[str, ...]], most: int) -> list[tuple[str, ...]]:
    """Return an answer of each kind: those that conditions cannot tell apart are one; not many beyond `most`."""
    distinct = list(dict.fromkeys(lists))
    alone: dict[int, tuple[str, ...]] = {}
    together: dict[int, tuple[str, ...]] = {}
    for choice in question.choices:
        met = sum(1 << i for i, names in enumerate(distinct) if choice.id in names)
        alone.setdefault(met, (choice.id,))
        if question.several and not choice.alone and len(together) <= most:
            joined = {met | others: (*chosen, choice.id) for others, chosen in together.items()}
            together = {met: (choice.id,), **joined, **together}
    return list({**together, **alone}.values())


def _replies(names: Iterable[str], way: Iterable[tuple[str, ...]]) -> Mapping[str, Reply]:
    return {name: Chose(choices) for name, choices in zip(names, way, strict=True) if choices}
