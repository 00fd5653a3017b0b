"""From the words of a cell to the answers that they name: what survey tools put between several answers, taken apart.

Each word of a cell belongs to an answer, or the cell is not understood: nothing in it is passed over.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from collabcheck.files.imports.columns import NOT_US, NOT_US_WORDS, UNKNOWN_WORDS, plain
from collabcheck.questions import DONT_KNOW, Question

_ALWAYS: Final = re.compile("[;\n\uff1b]")
"""Divides answers wherever it stands; inside an answer only if the answer itself is written with it there."""

_OR_ELSE: Final = re.compile("[,|]")
"""May divide answers, and may stand inside them."""

_BLANK: Final = re.compile(r"(?<![,|\s])\s+(?![,|])(?=\S*\w)")
"""May divide answers where no other mark stands; a sign between two blanks belongs to the word before it."""

_DIVIDED: Final = " ; "
"""Stands for what always divides, between words as they are compared; these have no semicolons themselves."""

_MOST: Final = 16
"""So many readings of one beginning are told apart; after these it is only known that there are more."""

MORE: Final = "…"
"""Stands among answers for those of further readings."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to a question, by the words for them as they are compared."""

    named: Mapping[str, frozenset[str]]
    """Their ids; several if the words are those of more than one."""
    beginnings: frozenset[str]
    """The words with which one of them begins, whole words only."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The answers that a cell names, each word of it; none if it holds marks only."""

    chosen: frozenset[str]


@dataclass(frozen=True, slots=True)
class TwoWays:
    """Two of the readings of a cell, which name different answers."""

    one: frozenset[str]
    other: frozenset[str]


@dataclass(frozen=True, slots=True)
class Strange:
    """The pieces of a cell that are no answers, at least one."""

    pieces: tuple[str, ...]


Reading = Understood | TwoWays | Strange


def parse(words: str, answers: Answers) -> Reading:
    """Return the answers that a cell names, if it names some in one way and only one, and nothing else."""
    readings = dict.fromkeys(chosen for pieces in _divisions(words) for chosen in _readings(pieces, answers))
    match list(readings):
        case [only]:
            return Understood(only)
        case [one, other, *_]:
            return TwoWays(one, other)
        case _:
            return Strange(_strange(words, answers))


def names_one(words: str, answers: Answers) -> bool:
    """Say whether answers stand among words, where a mark that always divides is on both sides of them."""
    pieces = [piece.words for piece in _pieces(words, None)]
    return any(not isinstance(parse(piece, answers), Strange) for piece in pieces)


# The words for answers.


def answers_to(question: Question) -> Answers:
    """Return the answers to a question. “I do not know” and the like are left to choices that say so themselves."""
    return _answers(tuple((choice.id, choice.text) for choice in question.choices))


@lru_cache(maxsize=512)  # each person answers the same questions
def _answers(choices: tuple[tuple[str, str], ...]) -> Answers:
    named: dict[str, frozenset[str]] = {}
    for id_, text in choices:
        for key in (key for words in (id_, text, f"{id_} {text}") for key in _keys(words)):
            named[key] = named.get(key, frozenset()) | {id_}
    for id_, said in ((DONT_KNOW, UNKNOWN_WORDS), (NOT_US, NOT_US_WORDS)):
        for words in said:
            named.setdefault(plain(words), frozenset({id_}))
    return Answers(named, frozenset(beginning for key in named for beginning in _beginnings(key)))


def _keys(words: str) -> Iterator[str]:
    """Yield what words are compared by: without any marks, and with those that always divide."""
    keys = (plain(words), _DIVIDED.join(filter(None, map(plain, _ALWAYS.split(words)))))
    yield from filter(None, keys)


def _beginnings(key: str) -> Iterator[str]:
    words = key.split()
    yield from (" ".join(words[:end]) for end in range(1, len(words) + 1))


# From pieces to answers.


class _Piece(NamedTuple):
    words: str
    glue: str
    """What stands between it and the piece before, if they are one answer."""


def _divisions(words: str) -> Iterator[Sequence[_Piece]]:
    """Yield the pieces of a cell: as it is, and divided by each kind of mark that is in it; no tool uses both."""
    yield _pieces(words, None)
    yield from (_pieces(words, mark) for mark in (_OR_ELSE, _BLANK) if mark.search(words))


def _pieces(words: str, mark: re.Pattern[str] | None) -> Sequence[_Piece]:
    parts = [mark.split(part.strip()) if mark else [part] for part in _ALWAYS.split(words)]
    bare = [[piece.strip() for piece in part if piece.strip()] for part in parts]
    return [_Piece(piece, _DIVIDED if at == 0 else " ") for part in bare for at, piece in enumerate(part)]


def _readings(pieces: Sequence[_Piece], answers: Answers) -> Iterable[frozenset[str]]:
    """Return each set of answers that the pieces can name, if every piece is a part of one."""
    ways: list[dict[frozenset[str], None]] = [{} for _ in range(len(pieces) + 1)]
    ways[0][frozenset()] = None
    for at, before in enumerate(ways[:-1]):
        for end, name in _named(pieces, at, answers) if before else ():
            for chosen in before:
                more = chosen | {name}
                ways[end][more if len(ways[end]) < _MOST else frozenset({MORE})] = None
    return ways[-1]


def _named(pieces: Sequence[_Piece], at: int, answers: Answers) -> Iterator[tuple[int, str]]:
    """Yield the answers that begin with a piece, each with the number of the piece after it."""
    key = plain(pieces[at].words)
    for end in range(at + 1, len(pieces) + 1):
        yield from ((end, name) for name in sorted(answers.named.get(key, ())))
        if key not in answers.beginnings or end == len(pieces):
            return
        key = f"{key}{pieces[end].glue}{plain(pieces[end].words)}"


def _strange(words: str, answers: Answers) -> tuple[str, ...]:
    """Return what is left of a cell when the answers in it are taken out, divided so that least is left."""
    left = [_left(_pieces(words, mark), answers) for mark in (None, _OR_ELSE)]
    blanks = _pieces(words, _BLANK)
    if 2 * len(by_blanks := _left(blanks, answers)) <= len(blanks):  # else it is a sentence that has an id in it
        left.append(by_blanks)
    best = min(left, key=lambda numbered: sum(_letters(piece.words) for piece in numbered.values()))
    return tuple(_phrases(best) if best is by_blanks else (piece.words for piece in best.values()))


def _left(pieces: Sequence[_Piece], answers: Answers) -> dict[int, _Piece]:
    """Return the pieces that are in no answer, by their numbers, if the longest answers are taken first."""
    left: dict[int, _Piece] = {}
    at = 0
    while at < len(pieces):
        end = max((end for end, _ in _named(pieces, at, answers)), default=0)
        if not end:
            left[at] = pieces[at]
        at = end or at + 1
    return left


def _phrases(words: Mapping[int, _Piece]) -> Iterable[str]:
    """Return single words as they stand together."""
    phrases: list[str] = []
    for number, piece in words.items():
        if number - 1 in words and piece.glue != _DIVIDED:
            phrases[-1] = f"{phrases[-1]} {piece.words}"
        else:
            phrases.append(piece.words)
    return phrases


def _letters(piece: str) -> int:
    return len(plain(piece).replace(" ", ""))
