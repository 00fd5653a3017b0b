"""What each column of a table holds: by ids, by words, or by a mapping; for survey tools and our own workbook."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from collabcheck.characters import visible
from collabcheck.files.imports.habits import DATES, Left, by_habit, has_addresses, is_of_addresses, says_who
from collabcheck.files.imports.mapping import Mapping as Given
from collabcheck.files.imports.names import (
    Holds,
    Names,
    Part,
    hidden_choice,
    known_names,
    named,
    names_of,
    with_numbers,
    words_beside,
)
from collabcheck.files.imports.words import plain
from collabcheck.files.source.found import few, quoted, without_addresses
from collabcheck.files.tables import Table
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError, Place, Problem, did_you_mean


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, and what was made of it."""

    header: str
    place: Place
    what: Holds | Left


def columns_of(pack: Pack, table: Table, given: Given, *, keep_respondent: bool) -> tuple[Column, ...]:
    """Say of each column what it holds, or why it is left out; CollabcheckError if two hold the same."""
    if long := list(_too_long(table)):
        raise CollabcheckError(few(long))
    told = _told(pack, table, given)
    names = with_numbers(table.header, names_of(pack))
    found = [told.get(header) or _recognised(header, names) for header in table.header]
    seen = zip(table.header, found, strict=True)
    may_be = [
        None if header in told or isinstance(what, Left) else hidden_choice(header, names) for header, what in seen
    ]
    found = _with_hidden_choices(pack, found, may_be)
    found = [
        Left.PERSONAL if table.header[i] not in told and is_of_addresses(table, i, what) else what
        for i, what in enumerate(found)
    ]
    notes = {i for i, header in enumerate(table.header) if named(header, names)}
    found = _one_date(table, _one_name(table, found, notes, keep=keep_respondent), told)
    found = [Left.EMPTY if what is Left.UNKNOWN and _is_empty(table, i) else what for i, what in enumerate(found)]
    columns = tuple(Column(word, table.place(-1, i), found[i]) for i, word in enumerate(table.header))
    if problems := list(_twice(columns)):
        raise CollabcheckError(few(problems))
    return columns


def _is_empty(table: Table, column: int) -> bool:
    """Say whether there are people, and none of them has anything in a column."""
    return bool(table.rows) and not any(row[column].strip() for row in table.rows)


MAX_HEADER: Final = 2_000  # characters; a question has a hundred, with an answer and a group before it three hundred


def _too_long(table: Table) -> Iterator[Problem]:
    """Find headers that are longer than any question."""
    for number, header in enumerate(table.header):
        if len(header) > MAX_HEADER:
            message = f"a header has more than {MAX_HEADER:,} characters"
            advice = "Shorten it, such as to the id of its question; or a quote at its end is missing."
            yield Problem(table.place(-1, number), Code.TOO_BIG, message, advice)


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
                near = without_addresses(visible(did_you_mean(header, table.header))) if len(problems) < _MANY else ""
                advice = near or "Correct it in the mapping, or take the line out."
                problems.append(Problem(Place(table.file, table.top, 1), Code.UNKNOWN_ID, message, advice))
            case [one, other, *_]:
                message = f"the mapping names {quoted(header)}, which could be {quoted(one)} or {quoted(other)}"
                advice = "Write the header in the mapping exactly as in the table."
                problems.append(Problem(Place(table.file, table.top, 1), Code.COLUMN_TWICE, message, advice))
            case _:
                pass
    unasked = not_asked(pack)
    for name in sorted(given.columns.keys() - parts.keys()):
        why = unasked.get(plain(name), "") if len(problems) < _MANY else ""
        message = f"the mapping has a column for {quoted(name)}, {f'but {why}' if why else 'which the pack has not'}"
        near = did_you_mean(name, list(parts)) if len(problems) < _MANY and not why else ""
        advice = near or "Take its id from the pack, or take the line out."
        problems.append(Problem(Place(table.file), Code.UNKNOWN_ID, message, advice))
    if problems:
        raise CollabcheckError(few(problems))
    return told


def not_asked(pack: Pack) -> dict[str, str]:
    """Return why questions of earlier and later versions are not asked, by their ids and texts as `plain` has them."""
    found: dict[str, str] = {}
    for coming in pack.coming:
        why = f"its question is to come with version {visible(coming.from_)}"
        found |= {plain(words): why for words in (coming.id, coming.text)}
    for gone in pack.retired:
        why = f"its question was dropped with version {visible(gone.since)}"
        found |= {plain(words): why for words in (gone.id, gone.text)}
    return found


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


def _recognised(header: str, names: Names) -> Holds | Left:
    if says_who(words_beside(header, names)):
        return Left.PERSONAL
    return named(header, names) or by_habit(header)


_Found = list[Holds | Left]


def _with_hidden_choices(pack: Pack, found: _Found, may_be: Sequence[Holds | None]) -> _Found:
    """Return the columns with those of choices that are called like a note, where no other column is that choice.

    A tool makes a column for every choice or for none, so those of all other choices have to be there.
    """
    known, hidden = set(found), {choice for choice in may_be if choice}

    def is_whole(name: str) -> bool:
        choices = {Holds(Part.CHOICE, name, choice.id) for choice in pack.question[name].choices}
        return choices <= known | hidden and not choices.isdisjoint(known)

    whole = {choice for choice in hidden - known if is_whole(choice.of)}
    return [choice if choice in whole else what for what, choice in zip(found, may_be, strict=True)]


def _one_name(table: Table, found: _Found, notes: Collection[int], *, keep: bool) -> _Found:
    """Return the columns without names or, where they are kept, with one for these, and one of e-mail addresses.

    Addresses in `notes` and the like may be those of others.
    """
    names = [i for i, what in enumerate(found) if what == Holds(Part.NAME)]
    addresses = [
        i for i, what in enumerate(found) if what is Left.PERSONAL and i not in notes and has_addresses(table, i)
    ]
    kept = [*names[:1], *addresses[:1]] if keep else []
    parts = dict(zip(kept, (Holds(Part.NAME), Holds(Part.ADDRESS)), strict=False))
    return [parts.get(i, Left.PERSONAL if i in names else what) for i, what in enumerate(found)]


def _one_date(table: Table, found: _Found, told: Iterable[str]) -> _Found:
    """Return the columns with one date: the one that a mapping names, else the one that says most."""
    dated = [i for i, what in enumerate(found) if what == Holds(Part.DATE)]
    words = [plain(header) for header in table.header]
    dated.sort(key=lambda i: (table.header[i] not in told, DATES.index(words[i]) if words[i] in DATES else 0))
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


_NAMED = (Left.TOOL, Left.LISTED, Left.EMPTY, Left.UNKNOWN)
"""What a mapping names of all that is left out: no column that says who answered."""


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
        left_out=tuple(column.header for column in columns if column.what in _NAMED),
    )
