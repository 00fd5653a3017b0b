"""What columns can hold, and the names that each of these has in headers: its ids and its words."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product, takewhile

from collabcheck.files.imports.words import plain, signed
from collabcheck.pack import Pack
from collabcheck.questions import DONT_KNOW, Question

NOT_US = "not-applicable"
"""Stands among the choices for “Does not apply to us”; no header says it in a way that a choice of a pack could."""

UNKNOWN_WORDS = ("dont-know", "I do not know", "I don't know", "do not know", "not sure", "unsure")
DOES_NOT_APPLY = "Does not apply to us"
NOT_US_WORDS = ("does not apply to us", "does not apply", "doesn't apply", "not applicable", "n/a", "na")


class Part(StrEnum):
    """What a column can be to a sheet."""

    ANSWER = "answer"
    CHOICE = "choice"
    """One choice of a question that takes several: yes or no."""
    REASON = "reason"
    NOTE = "note"
    EVIDENCE = "evidence"
    TALK = "discussion"
    ORGANISATION = "organisation"
    DATE = "date"
    NAME = "name"
    ADDRESS = "e-mail address"
    """Stands for the name of a person who gives none."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What a column holds. Its text is how a mapping names it, such as “income”, “income note”, “nations/wales”."""

    part: Part
    of: str = ""
    """The id of the question or the discussion prompt."""
    choice: str = ""

    def __str__(self) -> str:
        match self.part:
            case Part.CHOICE:
                return f"{self.of}/{self.choice}"
            case Part.REASON | Part.NOTE | Part.EVIDENCE:
                return f"{self.of} {self.part}"
            case _:
                return self.of or self.part.value


def known_names(pack: Pack) -> dict[str, Holds]:
    """Return all that a column can hold, by the name that a mapping and our own workbook give it."""
    return {str(holds): holds for _, holds in _keys(pack)}


BESIDE = {
    Part.REASON: ("reason", "reasons", "why it does not apply", "why does it not apply to you"),
    Part.NOTE: ("note", "notes", "comment", "comments", "anything to add", "anything to add or where it can be seen"),
    Part.EVIDENCE: ("evidence", "where it can be seen"),
}
_OF_OURS = (
    "why does it not apply to you",
    "anything to add",
    "anything to add or where it can be seen",
    "where it can be seen",
)
"""What our own form for phones asks beside a question, by our numbers; other forms have numbers of their own."""


@dataclass(frozen=True, slots=True)
class Names:
    """What each name of a column means: by its very words, else by words with their signs, else without."""

    exact: Mapping[str, Holds]
    with_signs: Mapping[str, Holds]
    loose: Mapping[str, Holds]
    hidden: Mapping[str, Holds]
    """Choices that are called like what stands beside a question, such as “Notes”, by words without signs."""
    longest: int
    """Characters of the longest name; what is far longer is none, and takes long to compare."""

    def meaning(self, words: str) -> Holds | None:
        """Return what a name means, if it means one thing only."""
        words = _same(words)
        if len(words) > 2 * self.longest:
            return None
        levels = ((self.exact, _same), (self.with_signs, _with_signs), (self.loose, plain))
        return next((known[key] for known, compared in levels if (key := compared(words)) in known), None)


def names_of(pack: Pack) -> Names:
    """Return what each name of a column means; one that could mean two things means nothing."""
    keys = list(_keys(pack))
    exact, with_signs, loose = (_by_key(keys, compared) for compared in (_same, _with_signs, plain))
    hidden = _by_key(_called_like_notes(pack), plain)
    return Names(exact, with_signs, loose, hidden, max(len(words) for words, _ in keys))


def _called_like_notes(pack: Pack) -> Iterator[tuple[str, Holds]]:
    words = {plain(word) for words in BESIDE.values() for word in words}
    yield from (key for key in _of_choices(pack.questions) if plain(key[0].rpartition("/")[2]) in words)


def _same(words: str) -> str:
    return " ".join(words.split())


def _with_signs(words: str) -> str:
    return signed(words.replace("?", " "))


def _by_key(keys: Iterable[tuple[str, Holds]], compared: Callable[[str], str]) -> Mapping[str, Holds]:
    ranked: tuple[dict[str, Holds | None], ...] = ({}, {}, {})
    for words, holds in keys:
        level, key = ranked[_rank(holds)], compared(words)
        level[key] = holds if level.get(key, holds) == holds else None
    own, beside, choices = ranked
    return {key: holds for key, holds in {**choices, **beside, **own}.items() if key and holds}


def _rank(holds: Holds) -> int:
    """Return how much a name counts: a question’s own before what stands beside it, and this before its choices."""
    return {Part.ANSWER: 0, Part.TALK: 0, Part.CHOICE: 2}.get(holds.part, 1)


def _bases(question: Question) -> tuple[str, ...]:
    return (question.id, question.text, f"{question.id} {question.text}")


def _of_choices(questions: Iterable[Question]) -> Iterator[tuple[str, Holds]]:
    for question in questions:
        for base, (choice, texts) in product(_bases(question), tuple(_offered(question)) if question.several else ()):
            yield from ((f"{base}/{text}", Holds(Part.CHOICE, question.id, choice)) for text in texts)


def _keys(pack: Pack) -> Iterator[tuple[str, Holds]]:
    """Yield every name that a column can have, with what it means."""
    for number, question in enumerate(pack.questions, start=1):
        bases = _bases(question)
        yield from ((base, Holds(Part.ANSWER, question.id)) for base in bases)
        for part, words in BESIDE.items():
            yield from ((name, Holds(part, question.id)) for name in _beside(bases, words))
            yield from ((f"question {number} {word}", Holds(part, question.id)) for word in words if word in _OF_OURS)
    yield from _of_choices(pack.questions)
    for prompt in pack.prompts:
        for name in (prompt.id, prompt.text, f"{prompt.id} {prompt.text}"):
            yield name, Holds(Part.TALK, prompt.id)


def _beside(bases: Iterable[str], words: Iterable[str]) -> Iterator[str]:
    for base, word in product(bases, words):
        yield from (f"{base} {word}", f"{word} {base}", f"{word} on {base}", f"{word} for {base}")


def with_numbers(headers: Sequence[str], names: Names) -> Names:
    """Return the names with what stands beside questions by number: as the table counts, or else as the pack does."""
    by_table = [(words, holds) for words, holds in _numbered(headers, names)]
    taken = [(f"question {number} {word}", None) for number in set(_used(headers, names)) for word in _OF_OURS]

    def counted(known: Mapping[str, Holds], compared: Callable[[str], str]) -> Mapping[str, Holds]:
        changed = {**known, **{compared(words): holds for words, holds in (*taken, *by_table)}}
        return {key: holds for key, holds in changed.items() if holds}

    exact, with_signs = counted(names.exact, _same), counted(names.with_signs, _with_signs)
    return replace(names, exact=exact, with_signs=with_signs, loose=counted(names.loose, plain))


def _used(headers: Iterable[str], names: Names) -> Iterator[str]:
    """Yield the numbers that the table gives to columns of its own, whatever is asked in them."""
    for header in headers:
        what = named(header, names)
        hits = [] if what and what.part in BESIDE else map(_COUNTED.match, header.split("/"))
        yield from (hit[1].lstrip("0") for hit in hits if hit)


_COUNTED = re.compile(r"\s*+(?:q|question)?\s*+(\d{1,4})(?!\d)", re.IGNORECASE)


def _numbered(headers: Iterable[str], names: Names) -> Iterator[tuple[str, Holds]]:
    """Return what stands beside the questions by the numbers that the table itself gives them."""
    numbers: dict[str, set[str]] = {}
    for header in headers:
        hit, what = _NUMBER.match(header.strip()), named(header, names)
        if hit and isinstance(what, Holds) and what.part is Part.ANSWER:
            numbers.setdefault(hit[1].lstrip("0"), set()).add(what.of)
    for number, (id_, *others) in numbers.items():
        for part, words in BESIDE.items() if not others else ():
            yield from ((name, Holds(part, id_)) for name in _beside((f"question {number}", f"q{number}"), words))


def _offered(question: Question) -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((choice.id, (choice.id, choice.text)) for choice in question.choices)
    yield DONT_KNOW, UNKNOWN_WORDS
    yield NOT_US, (NOT_US, *NOT_US_WORDS)


_NUMBER = re.compile(r"(?:q|question)?\s*+(\d+)\s*+[.):–-]++\s+", re.IGNORECASE)
_LEADING = re.compile(r"(?:\[([^\]]{1,80})\]|([^\s.:)\]][^.:)\]]{0,80})[.:)\]]\s)")
_TRAILING = re.compile(r"[\[(]([^\])]{1,80})[\])]\s*+[?:.]?$")


def named(header: str, names: Names) -> Holds | None:
    """Return what a header says that its column holds, if it names something of the pack."""
    return next((holds for holds, _ in _meanings(header, names)), None)


def hidden_choice(header: str, names: Names) -> Holds | None:
    """Return the choice that a header may mean, too, where it is not the very name of what stands beside a question."""
    _, candidate = next(_meanings(header, names), (None, ""))
    return None if _same(candidate) in names.exact else names.hidden.get(plain(candidate))


def words_beside(header: str, names: Names) -> str:
    """Return what stands in a header beside the name of something, if that is not the name of the same question too.

    Before an id at the beginning of a header there is nothing, and whatever follows it words a question anew.
    """
    holds, candidate = next(_meanings(header, names), (None, header))
    rest = header.replace(candidate, " ")
    known = names.meaning(_without_number(rest.strip(" /[]()")))
    is_answer = holds and holds.part in (Part.ANSWER, Part.CHOICE)
    begins = is_answer and not plain(header.partition(candidate)[0])
    return "" if holds is None or begins or (known and known.of == holds.of) else rest


def _without_number(header: str) -> str:
    number = _NUMBER.match(header)
    return header[number.end() :] if number else header


def _meanings(header: str, names: Names) -> Iterator[tuple[Holds, str]]:
    """Yield what a header may name, each with the words for it; the first one counts."""
    yield from ((holds, candidate) for candidate in _candidates(header) if (holds := names.meaning(candidate)))


def _candidates(header: str) -> Iterator[str]:
    """Yield what in a header may be a name: all of it; without a number or its groups; an id before or after words."""
    header = header.strip()  # the patterns look at a beginning and at an end, and take long to find one in blanks
    bare = _without_number(header)
    yield from (header, bare)
    pieces = bare.split("/")
    yield from ("/".join(pieces[i:]) for i in range(1, min(len(pieces), 8)))
    if ours := sum(1 for _ in takewhile(lambda group: "___" in group, bare.split("-", 8)[:-1])):
        yield bare.split("-", ours)[-1]  # our own groups, as ODK writes them; no other hyphen ends a group for sure
    for pattern, words in ((_LEADING, header), (_LEADING, bare), (_TRAILING, bare)):
        if hit := pattern.search(words) if pattern is _TRAILING else pattern.match(words):
            yield next(filter(None, hit.groups()))
