"""What each column of a table holds: by ids, by words, or by a mapping; for survey tools and our own workbook."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from collabcheck.characters import visible
from collabcheck.files.imports.mapping import Mapping as Given
from collabcheck.files.imports.words import plain
from collabcheck.files.source.found import few, quoted
from collabcheck.files.tables import Table
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError, Place, Problem, did_you_mean
from collabcheck.questions import DONT_KNOW, Question

NOT_US = "not-applicable"
"""Stands among the choices for “Does not apply to us”; no header says it in a way that a choice of a pack could."""

UNKNOWN_WORDS = ("dont-know", "I do not know", "I don't know", "do not know", "not sure", "unsure")
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


class Left(StrEnum):
    """Why a column is left out."""

    PERSONAL = "it says who answered"
    TOOL = "the survey tool wrote it"
    LISTED = "the mapping says so"
    UNKNOWN = "it is not known"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, and what was made of it."""

    header: str
    place: Place
    what: Holds | Left


def columns_of(pack: Pack, table: Table, given: Given, *, keep_respondent: bool) -> tuple[Column, ...]:
    """Say of each column what it holds, or why it is left out; CollabcheckError if two hold the same."""
    told = _told(pack, table, given)
    names = names_of(pack)
    names = {**names, **_numbered(table.header, names)}
    found = [told.get(header) or _recognised(header, names) for header in table.header]
    found = [
        Left.PERSONAL if table.header[i] not in told and _is_of_addresses(table, i, what) else what
        for i, what in enumerate(found)
    ]
    found = _one_date(table, _one_name(table, found, keep=keep_respondent), told)
    columns = tuple(Column(word, table.place(-1, i), found[i]) for i, word in enumerate(table.header))
    if problems := list(_twice(columns)):
        raise CollabcheckError(few(problems))
    return columns


# By a mapping.


def _told(pack: Pack, table: Table, given: Given) -> dict[str, Holds | Left]:
    """Return what a mapping says of the headers; CollabcheckError if it names what is not there."""
    parts = known_names(pack)
    told: dict[str, Holds | Left] = {}
    problems: list[Problem] = []
    wanted: list[tuple[str, Holds | Left | None]] = [
        (header, parts.get(name)) for name, header in given.columns.items() if header
    ]
    wanted += [(header, Left.LISTED) for header in given.left_out if _alike(header, table)]
    for part in (Part.ORGANISATION, Part.DATE, Part.NAME):
        header = str(getattr(given, part.value))
        wanted += [(header, Holds(part))] if header else []
    for header, what in wanted:
        match _alike(header, table) if what is not None else None:
            case [only] if what is not None and told.setdefault(only, what) is not what:
                problems.append(_named_twice(table, only, told[only], what))
            case []:
                message = f"there is no column {quoted(header)}, which the mapping names"
                near = visible(did_you_mean(header, table.header)) if len(problems) < _MANY else ""
                advice = near or "Correct it in the mapping, or take the line out."
                problems.append(Problem(Place(table.file, table.top, 1), Code.UNKNOWN_ID, message, advice))
            case [one, other, *_]:
                message = f"the mapping names {quoted(header)}, which could be {quoted(one)} or {quoted(other)}"
                advice = "Write the header in the mapping exactly as in the table."
                problems.append(Problem(Place(table.file, table.top, 1), Code.COLUMN_TWICE, message, advice))
            case _:
                pass
    for name in sorted(given.columns.keys() - parts.keys()):
        message = f"the mapping has a column for {quoted(name)}, which the pack has not"
        near = did_you_mean(name, list(parts)) if len(problems) < _MANY else ""
        advice = near or "Take its id from the pack, or take the line out."
        problems.append(Problem(Place(table.file), Code.UNKNOWN_ID, message, advice))
    if problems:
        raise CollabcheckError(few(problems))
    return told


_MANY = 50
"""Beyond so many problems nobody reads a suggestion, and finding one takes time."""


def _alike(header: str, table: Table) -> list[str]:
    """Return the headers of the table that a mapping means: the very one, or else those that are like it."""
    if header in table.header:
        return [header]
    return [word for word in table.header if plain(word) == plain(header)]


def _named_twice(table: Table, header: str, first: Holds | Left, second: Holds | Left) -> Problem:
    said = " and ".join("left out" if isinstance(what, Left) else f"“{what}”" for what in (first, second))
    place = table.place(-1, table.header.index(header))
    message = f"the mapping names the column {quoted(header)} twice: as {said}"
    return Problem(place, Code.COLUMN_TWICE, message, "Keep one of the two lines.")


def known_names(pack: Pack) -> dict[str, Holds]:
    """Return all that a column can hold, by the name that a mapping and our own workbook give it."""
    return {str(holds): holds for _, holds in _keys(pack)}


# By ids and words.


_BESIDE = {
    Part.REASON: ("reason", "reasons", "why it does not apply", "why does it not apply to you"),
    Part.NOTE: ("note", "notes", "comment", "comments", "anything to add or where it can be seen"),
    Part.EVIDENCE: ("evidence", "where it can be seen"),
}
_OF_OURS = ("why does it not apply to you", "anything to add or where it can be seen")
"""What our own form for phones asks beside a question, by our numbers; other forms have numbers of their own."""


def names_of(pack: Pack) -> Mapping[str, Holds]:
    """Return what each name of a column means, as it is compared; one that could mean two things means nothing."""
    ranked: tuple[dict[str, Holds | None], ...] = ({}, {}, {})
    for words, holds in _keys(pack):
        level, key = ranked[_rank(holds)], plain(words)
        level[key] = holds if level.get(key, holds) == holds else None
    own, beside, choices = ranked
    return {key: holds for key, holds in {**choices, **beside, **own}.items() if key and holds}


def _rank(holds: Holds) -> int:
    """Return how much a name counts: a question’s own before what stands beside it, and this before its choices."""
    return {Part.ANSWER: 0, Part.TALK: 0, Part.CHOICE: 2}.get(holds.part, 1)


def _keys(pack: Pack) -> Iterator[tuple[str, Holds]]:
    """Yield every name that a column can have, with what it means."""
    for number, question in enumerate(pack.questions, start=1):
        bases = (question.id, question.text, f"{question.id} {question.text}")
        yield from ((base, Holds(Part.ANSWER, question.id)) for base in bases)
        for part, words in _BESIDE.items():
            yield from ((name, Holds(part, question.id)) for name in _beside(bases, words))
            yield from ((f"question {number} {word}", Holds(part, question.id)) for word in words if word in _OF_OURS)
        if question.several:
            for base, (choice, texts) in product(bases, tuple(_offered(question))):
                yield from ((f"{base}/{text}", Holds(Part.CHOICE, question.id, choice)) for text in texts)
    for prompt in pack.prompts:
        for name in (prompt.id, prompt.text, f"{prompt.id} {prompt.text}"):
            yield name, Holds(Part.TALK, prompt.id)


def _beside(bases: Iterable[str], words: Iterable[str]) -> Iterator[str]:
    for base, word in product(bases, words):
        yield from (f"{base} {word}", f"{word} {base}", f"{word} on {base}", f"{word} for {base}")


def _numbered(headers: Iterable[str], names: Mapping[str, Holds]) -> dict[str, Holds]:
    """Return what stands beside the questions by the numbers that the table itself gives them."""
    numbers: dict[str, set[str]] = {}
    for header in headers:
        hit, what = _NUMBER.match(header), _recognised(header, names)
        if hit and isinstance(what, Holds) and what.part is Part.ANSWER:
            numbers.setdefault(hit[1].lstrip("0"), set()).add(what.of)
    return {
        plain(name): Holds(part, next(iter(ids)))
        for number, ids in numbers.items()
        if len(ids) == 1
        for part, words in _BESIDE.items()
        for name in _beside((f"question {number}", f"q{number}"), words)
    }


def _offered(question: Question) -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((choice.id, (choice.id, choice.text)) for choice in question.choices)
    yield DONT_KNOW, UNKNOWN_WORDS
    yield NOT_US, (NOT_US, *NOT_US_WORDS)


_NUMBER = re.compile(r"^\s*(?:q|question)?\s*(\d+)\s*[.):–-]+\s+", re.IGNORECASE)
_LEADING = re.compile(r"^\s*(?:\[([^\]]{1,80})\]|([^\s.:)\]][^.:)\]]{0,80})[.:)\]]\s)")
_TRAILING = re.compile(r"[\[(]([^\])]{1,80})[\])]\s*[?:.]?\s*$")


def _recognised(header: str, names: Mapping[str, Holds]) -> Holds | Left:
    for candidate in _candidates(header):
        if holds := names.get(plain(candidate)):
            return holds
    return _by_tool(header)


def _candidates(header: str) -> Iterator[str]:
    """Yield what in a header may be a name: all of it; without a number or its groups; an id before or after words."""
    bare = _NUMBER.sub("", header)
    yield from (header, bare)
    pieces = bare.split("/")
    yield from ("/".join(pieces[i:]) for i in range(1, min(len(pieces), 8)))
    if not re.search(r"\s", bare):
        dashed = bare.split("-")
        yield from ("-".join(dashed[i:]) for i in range(1, min(len(dashed), 8)))
    for pattern, words in ((_LEADING, header), (_LEADING, bare), (_TRAILING, bare)):
        if hit := pattern.search(words):
            yield next(filter(None, hit.groups()))


# By the habits of survey tools.

_ORGANISATION = re.compile(
    r"(about )?(what is )?(the )?(name of )?(your |the )?(organi[sz]ation|charity)s?( name| called)?"
    r"|which (organi[sz]ation|charity) (are you from|do you (work|answer) for)"
)
_DATES = (
    "about date",
    "date",
    "completion time",
    "timestamp",
    "submissiondate",
    "submission time",
    "end",
    "today",
    "start time",
    "start",
)
"""Columns that say when somebody answered; the first that is there counts."""

_NAMES = ("name", "your name", "full name", "respondent", "username", "submittername", "submitted by")
_PERSONAL = re.compile(
    r"(^|.* )(e ?mails?|mail|(sur|user|first|last|full|submitter)?names?|address|street|post ?code|phone ?(number)?"
    r"|telephone|mobile|respondent|submitted by|submitter ?id|device ?id|subscriber ?id|sim ?(serial|id)|ip|geolocation"
    r"|latitude|longitude)( .*|$)"
)
_TOOL = re.compile(
    r"id|last modified time|language|total points|score|quiz feedback|(points|feedback) .*|uuid|key|index|validation"
    r" status|status|reviewstate|review state|notes|tags|version|formversion|edits|attachments(present|expected)"
    r"|media all|meta .*|instance ?(id|name)|formhub uuid|.*instanceid|(about )?intro|parent .*|set of .*|.* screen"
    r"|part \d+( .*)?|rootuuid|deprecatedid|hasaudit"
)


def _by_tool(header: str) -> Holds | Left:
    """Return what a column is that no question of the pack has."""
    word = plain(header)
    if _ORGANISATION.fullmatch(word):
        return Holds(Part.ORGANISATION)
    if word in _DATES:
        return Holds(Part.DATE)
    if word in _NAMES:
        return Holds(Part.NAME)
    if _PERSONAL.fullmatch(word):
        return Left.PERSONAL
    return Left.TOOL if _TOOL.fullmatch(word) else Left.UNKNOWN


_ADDRESS = re.compile(r"\s*[^\s@]{1,64}@[^\s@]{1,200}\.[^\s@]{2,30}\s*")
_AN_ADDRESS = re.compile(r"[^\s@]@[^\s@]{1,200}\.[^\s@]{2,30}")


def _is_of_addresses(table: Table, column: int, what: Holds | Left) -> bool:
    """Say whether a column that may hold any words is one of e-mail addresses, by its header or its cells."""
    if _AN_ADDRESS.search(table.header[column]):
        return what is Left.UNKNOWN or _is_beside(what)
    if _is_beside(what):
        filled = [row[column] for row in table.rows if row[column].strip()]
        return 2 * sum(bool(_ADDRESS.fullmatch(words)) for words in filled) > len(filled)
    return what is Left.UNKNOWN and _has_addresses(table, column)


def _is_beside(what: Holds | Left) -> bool:
    return isinstance(what, Holds) and what.part in _BESIDE


def _has_addresses(table: Table, column: int) -> bool:
    """Say whether a column holds e-mail addresses, whatever it is called."""
    return any(_ADDRESS.fullmatch(row[column]) for row in table.rows)


_Found = list[Holds | Left]


def _one_name(table: Table, found: _Found, *, keep: bool) -> _Found:
    """Return the columns without names or, where they are kept, with one: the name, else the e-mail address."""
    named = [i for i, what in enumerate(found) if what == Holds(Part.NAME)]
    addresses = [i for i, what in enumerate(found) if what is Left.PERSONAL and _has_addresses(table, i)]
    kept = [*named, *addresses][:1] if keep else []
    return [Holds(Part.NAME) if i in kept else Left.PERSONAL if i in named else what for i, what in enumerate(found)]


def _one_date(table: Table, found: _Found, told: Iterable[str]) -> _Found:
    """Return the columns with one date: the one that a mapping names, else the one that says most."""
    dated = [i for i, what in enumerate(found) if what == Holds(Part.DATE)]
    words = [plain(header) for header in table.header]
    dated.sort(key=lambda i: (table.header[i] not in told, _DATES.index(words[i]) if words[i] in _DATES else 0))
    return [Left.TOOL if i in dated[1:] else what for i, what in enumerate(found)]


def without_questions(pack: Pack, table: Table, columns: Iterable[Column]) -> Iterator[Problem]:
    """Find a table that holds no answers to the pack."""
    if not any(isinstance(column.what, Holds) and column.what.of for column in columns):
        message = f"no column of it is a question of “{pack.title}”"
        advice = (
            "Let each header begin with the id of its question, such as "
            f"“{pack.questions[0].id}. {pack.questions[0].text}”; or name the columns in a file, with --mapping."
        )
        yield Problem(Place(table.file, table.top, 1), Code.NO_COLUMNS, message, advice)


def _twice(columns: Iterable[Column]) -> Iterator[Problem]:
    """Find columns that hold the same."""
    first: dict[Holds, Column] = {}
    for column in columns:
        if isinstance(column.what, Holds) and first.setdefault(column.what, column) is not column:
            message = f"{quoted(column.header)} and {quoted(first[column.what].header)} both seem to be “{column.what}”"
            advice = "Take one of the two out; or say which it is in a file, with --mapping."
            yield Problem(column.place, Code.COLUMN_TWICE, message, advice)


def mapping_of(pack: Pack, columns: Sequence[Column]) -> Given:
    """Return the mapping that makes the same of these columns again; questions without a column have an empty place."""
    held = {column.what: column.header for column in columns if isinstance(column.what, Holds)}
    missing = pack.question.keys() - {holds.of for holds in held}
    return Given(
        organisation=held.get(Holds(Part.ORGANISATION), ""),
        date=held.get(Holds(Part.DATE), ""),
        name=held.get(Holds(Part.NAME), ""),
        columns={
            **{str(holds): header for holds, header in held.items() if holds.of},
            **{name: "" for name in pack.question if name in missing},
        },
        left_out=tuple(column.header for column in columns if column.what in (Left.TOOL, Left.LISTED, Left.UNKNOWN)),
    )
