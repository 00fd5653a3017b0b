"""From the words of a cell to the answers that they name: what survey tools put between several answers, taken apart.

Each word of a cell belongs to an answer, or the cell is not understood: nothing in it is passed over.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from collabcheck.files.imports.names import NOT_US, NOT_US_WORDS, UNKNOWN_WORDS
from collabcheck.files.imports.words import plain, signed
from collabcheck.questions import DONT_KNOW, Question

_ALWAYS: Final = re.compile("[;\n\uff1b]")
"""Divides answers wherever it stands; inside an answer only if the answer itself is written with it there."""

_OR_ELSE: Final = re.compile("[,|]")
"""May divide answers, and may stand inside them."""

_BLANK: Final = re.compile(r"(?<![,|\s])\s+(?![,|])(?=\S*\w)")
"""May divide answers where no other mark stands; a sign between two blanks belongs to the word before it."""

_DIVIDED: Final = " ; "
"""Stands for what always divides, between words as they are compared; these have no semicolons themselves."""

_DIGIT: Final = re.compile(r"\d")
"""Where one is, a sign more or less is another number; so words that only lack one are no answer, or two."""

_SOME_MORE: Final = 400
"""Characters, for marks and ids; and for words of somebody’s own, which are told."""

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
    exact: Mapping[str, frozenset[str]]
    """Their ids by the very words of the pack; these come before all that are only like them."""
    single: bool
    """Whether one of them is the answer."""
    longest: int
    """Characters, after which a cell cannot be one that names answers: all of them twice, and some more."""

    def like(self, words: str, key: str) -> frozenset[str]:
        """Return the ids of the answers with these words, or else of those that are compared by the same key."""
        return self.exact.get(words) or self.named.get(key, frozenset())


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
    return understood(words, answers) or Strange(strange(words, answers))


def understood(words: str, answers: Answers) -> Understood | TwoWays | None:
    """Return the answers that a cell names, if every word of it belongs to one; a single answer is never divided."""
    if answers.single and len(whole := answers.like(_same(words), _whole(words))) == 1:
        return Understood(whole)
    match list(_all_readings(words, answers)):
        case [only]:
            return Understood(only)
        case [one, other, *_]:
            return TwoWays(one, other)
        case _:
            return None


def can_mean(words: str, answers: Answers, chosen: Iterable[str]) -> bool:
    """Say whether one of the ways to read a cell names these answers."""
    return frozenset(chosen) in _all_readings(words, answers)


def _all_readings(words: str, answers: Answers) -> dict[frozenset[str], None]:
    return dict.fromkeys(chosen for pieces in _divisions(words) for chosen in _readings(pieces, answers))


def _whole(words: str) -> str:
    """Return the words of a cell as they are compared if it is one answer, whatever stands in it."""
    return _DIVIDED.join(filter(None, map(signed, _ALWAYS.split(words))))


def names_one(words: str, answers: Answers) -> bool:
    """Say whether answers stand among words, where a mark that always divides is on both sides of them."""
    pieces = [piece.words for piece in _pieces(words, None)]
    pieces += [plain(piece) for piece in pieces]  # a sign beside an answer makes no reason of it
    return any(piece and len(piece) <= answers.longest and understood(piece, answers) for piece in pieces)


# The words for answers.


def answers_to(question: Question) -> Answers:
    """Return the answers to a question. “I do not know” and the like are left to choices that say so themselves."""
    return _answers(tuple((choice.id, choice.text) for choice in question.choices), single=not question.several)


@lru_cache(maxsize=512)  # each person answers the same questions
def _answers(choices: tuple[tuple[str, str], ...], *, single: bool) -> Answers:
    words_of = {id_: (id_, text, f"{id_} {text}") for id_, text in choices}
    named = _by_key((key, id_) for id_, said in words_of.items() for words in said for key in _keys(words, signed))
    loosely = _by_key((key, id_) for id_, said in words_of.items() for words in said for key in _keys(words, plain))
    named = {**{key: ids for key, ids in loosely.items() if len(ids) > 1 or not _DIGIT.search(key)}, **named}
    for id_, said in ((DONT_KNOW, UNKNOWN_WORDS), (NOT_US, NOT_US_WORDS)):
        for words in said:
            named.setdefault(plain(words), frozenset({id_}))
    longest = _SOME_MORE + 2 * sum(len(words) for _, words, _ in words_of.values())
    exact = _by_key((_same(words), id_) for id_, said in words_of.items() for words in said)
    return Answers(
        named, frozenset(beginning for key in named for beginning in _beginnings(key)), exact, single, longest
    )


def _by_key(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for key, id_ in pairs:
        found[key] = found.get(key, frozenset()) | {id_}
    return found


def _keys(words: str, compared: Callable[[str], str]) -> Iterator[str]:
    """Yield what words are compared by: without any marks, and with those that always divide."""
    keys = (compared(words), _DIVIDED.join(filter(None, map(compared, _ALWAYS.split(words)))))
    yield from filter(None, keys)


def _same(words: str) -> str:
    return " ".join(words.split())


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
    words = pieces[at].words
    key = signed(words)
    for end in range(at + 1, len(pieces) + 1):
        yield from ((end, name) for name in sorted(answers.like(_same(words), key)))
        if key not in answers.beginnings or end == len(pieces):
            return
        words = f"{words}{pieces[end].glue}{pieces[end].words}"
        key = f"{key}{pieces[end].glue}{signed(pieces[end].words)}"


def strange(words: str, answers: Answers) -> tuple[str, ...]:
    """Return what is left of a cell when the answers in it are taken out, divided so that least is left."""
    left = [_left(_pieces(words, mark), answers) for mark in (None, _OR_ELSE)]
    blanks = _pieces(words, _BLANK)
    by_blanks = _left(blanks, answers)
    if 2 * len(by_blanks) <= len(blanks) and all(_letters(piece.words) for piece in by_blanks.values()):
        left.append(by_blanks)  # else it is a sentence that has an id in it, or a sign belongs to what stands beside it
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
