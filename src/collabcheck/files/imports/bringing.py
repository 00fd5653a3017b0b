"""From a table, or from our own workbook, to answer sheets: one for each person."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from collabcheck.answers import AnswerSheet
from collabcheck.characters import one_line
from collabcheck.files.imports.columns import (
    Column,
    Holds,
    Left,
    Part,
    columns_of,
    known_names,
    without_questions,
)
from collabcheck.files.imports.days import day_first, doubt_about
from collabcheck.files.imports.mapping import Mapping as Given
from collabcheck.files.imports.people import Person, Wishes, person_from
from collabcheck.files.imports.replies import Cell
from collabcheck.files.imports.words import plain
from collabcheck.files.source.found import MAX_PROBLEMS, few, quoted
from collabcheck.files.source.mistaken import other_than_table
from collabcheck.files.tables import MAX_TABLE, Table, table_from
from collabcheck.files.workbooks.grids import Grid, grids_from, is_workbook, table_of
from collabcheck.files.workbooks.parts import cell_name
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError, Place, Problem, did_you_mean, of_whole_file

_TOO_MANY: Final = 500  # problems, after which it is the table that is wrong, not its rows
_HEADER: Final = 500  # characters, within which a header shows that it is a question’s
_ANSWERS: Final = 2  # columns with questions; a list of contacts may have one that is called the same, such as “Role”


@dataclass(frozen=True, slots=True)
class Brought:
    """What a table holds."""

    people: tuple[Person, ...]
    columns: tuple[Column, ...]
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    """What is wrong with the table as a whole."""
    ours: bool = False
    """Whether it is an answer workbook, after which its sheet is called."""
    nameless: bool = False
    """Whether the name of who answered stands in that workbook, and is left out."""


def bring(pack: Pack, name: str, raw: bytes, wishes: Wishes) -> Brought:
    """Read the answers in a file; CollabcheckError if it cannot be read as a whole.

    What is wrong with one person’s answers stands with them, each problem at its row and column.
    """
    suffix = PurePath(name).suffix.lower()
    if mistaken := other_than_table(name, raw):
        raise mistaken
    if is_workbook(raw) or suffix in (".xlsx", ".xlsm", ".xls"):
        return _from_workbook(pack, name, grids_from(name, raw), wishes)
    return _people(pack, table_from(name, raw, ours=False, most=MAX_TABLE), wishes)


# A workbook: the sheet with the answers, and what becomes of the others.


def _from_workbook(pack: Pack, name: str, grids: Iterable[Grid], wishes: Wishes) -> Brought:
    filled = [grid for grid in grids if grid.cells]
    asked = _words_of(pack, wishes.mapping)
    answers = [grid for grid in filled if _is_ours(grid) or _questions(grid, asked) >= _ANSWERS]
    hidden = [grid for grid in answers if grid.hidden]
    seen = [grid for grid in filled if not grid.hidden]
    if not seen:
        unhide = [f"Unhide the sheet {quoted(grid.title)} in Excel, if its answers count." for grid in hidden]
        advice = next(iter(unhide), "Check that this is the right file.")
        raise of_whole_file(name, Code.EMPTY_FILE, "its sheets are empty", advice)
    several = list(_several(name, [grid for grid in answers if not grid.hidden]))
    if ours := next(filter(_is_ours, seen), None):
        if wrong := [*several, *_doubled(name, ours)]:
            raise CollabcheckError(few([*_broken(seen), *wrong]))
        brought, read = _one_person(pack, name, ours, seen, wishes), [ours, *filter(_is_about, seen)]
    elif several:
        raise CollabcheckError(few(several))
    else:
        likeliest = max(seen, key=lambda grid: _questions(grid, asked))
        brought, read = _from_grid(pack, name, likeliest, wishes), [likeliest]
    left = [grid for grid in seen if grid not in read and not _is_help(grid)]
    return replace(brought, warnings=(*_not_read(name, left, hidden), *brought.warnings))


def _broken(grids: Iterable[Grid]) -> Iterator[Problem]:
    yield from (problem for grid in grids for problem in grid.problems)


def _from_grid(pack: Pack, name: str, grid: Grid, wishes: Wishes) -> Brought:
    """Read a sheet of a workbook as a table; cells whose formula went wrong are told with all else."""
    try:
        brought = _people(pack, table_of(name, grid), wishes)
    except CollabcheckError as error:
        raise CollabcheckError(few([*grid.problems, *error.problems])) from error
    return replace(brought, problems=tuple(few([*grid.problems, *brought.problems])))


def _not_read(name: str, left: Iterable[Grid], hidden: Iterable[Grid]) -> Iterator[str]:
    """Say which sheets are not read, and why."""
    for grid in left:
        yield f"{name}: the sheet {quoted(grid.title)} is left out, as no answers are in it."
    for grid in hidden:
        sheet = quoted(grid.title)
        yield f"{name}: the hidden sheet {sheet} looks like answers, and is not read. If it counts, unhide it in Excel."


def _words_of(pack: Pack, mapping: Given) -> frozenset[str]:
    """Return the headers that a question has, as they are compared: its id, its words, what a mapping says."""
    asked = (word for one in pack.questions for word in (one.id, one.text, f"{one.id} {one.text}"))
    return frozenset(map(plain, (*asked, *filter(None, mapping.columns.values()))))


def _questions(grid: Grid, asked: Collection[str]) -> int:
    """Count the columns of a sheet whose header seems to be a question’s."""
    return sum(any(plain(part) in asked for part in _parts(header[:_HEADER])) for header in _header(grid))


def _parts(header: str) -> Iterator[str]:
    """Yield what in a header may be a question: all of it, what follows a number or a group, an id in front."""
    yield from (header, re.sub(r"^\W*\d+\W*", "", header), header.partition("/")[0], header.rpartition("/")[2])
    if id_ := re.match(r"\[?[\w-]+[.:)\]]", header):
        yield id_[0]


def _header(grid: Grid) -> Collection[str]:
    return grid.cells[min(grid.cells)].values()


def _several(name: str, answers: Sequence[Grid]) -> Iterator[Problem]:
    """Find a workbook in which more than one sheet looks like answers: none of them is dropped in silence."""
    if len(answers) > 1:
        message = f"{len(answers)} sheets look like answers: {', '.join(quoted(grid.title) for grid in answers)}"
        advice = "Delete those that do not count; or save each as a workbook of its own, and import it."
        yield Problem(Place(name), Code.TWO_VALUES, message, advice)


# A table: a row for each person.


def _people(pack: Pack, table: Table, wishes: Wishes) -> Brought:
    columns = columns_of(pack, table, wishes.mapping, keep_respondent=wishes.keep_respondent)
    if problems := tuple(without_questions(pack, table, columns)):
        return Brought((), columns, (), problems)
    dates = [row[i] for row in table.rows for i, column in enumerate(columns) if column.what == Holds(Part.DATE)]
    first = day_first(dates)
    doubt = doubt_about(dates)
    warnings = [*_of_columns(pack, table.file, columns), *([f"{table.file}: {doubt}"] if doubt else [])]
    people: list[Person] = []
    for person, warned in _rows(pack, table, columns, wishes, first=first is not False):
        people += person
        warnings += warned
        if any(one.problems for one in person) and len(found := _problems_of(people)) > _TOO_MANY:
            return Brought((), columns, tuple(warnings), tuple(few(found)))
    if not table.rows:
        warnings.append(f"{table.file}: there is no row under its headers.")
    return Brought(tuple(people), columns, tuple(warnings))


def _rows(
    pack: Pack, table: Table, columns: Sequence[Column], wishes: Wishes, *, first: bool
) -> Iterator[tuple[Sequence[Person], Sequence[str]]]:
    """Yield the person in each row, if it has answers, with the warnings."""
    headers = {column.what: column.header for column in columns if isinstance(column.what, Holds)}
    spots = {column.place.column: f"column {quoted(column.header)}" for column in columns if not table.in_workbook}
    for number, row in enumerate(table.rows):
        said = {
            column.what: Cell(row[i], table.place(number, i))
            for i, column in enumerate(columns)
            if isinstance(column.what, Holds) and row[i].strip()
        }
        place = Place(table.file, table.lines[number], 1)
        if any(holds.of for holds in said):
            person, warned = person_from(pack, said, headers, place, wishes, first=first)
            yield [_named(person, _file_name(f"{number + 1:03}", person.sheet), spots)], warned
        elif any(cell.strip() for cell in row):
            yield [], [f"{place}: there are no answers in this row."]


def _named(person: Person, name: str, spots: Mapping[int, str]) -> Person:
    """Return a person with the name of the file, and with problems that say where they are as a spreadsheet does.

    A place of a whole row is none that anybody has to look for; `spots` has what to call the columns of a CSV file.
    """
    found = [
        replace(one, message=f"{one.message} ({spots.get(at.column) or f'cell {cell_name(at.line, at.column)}'})")
        if (at := one.place).line and at != person.place
        else one
        for one in person.problems
    ]
    return replace(person, name=name, problems=tuple(found))


def _problems_of(people: Iterable[Person]) -> list[Problem]:
    return [problem for person in people for problem in person.problems]


def _of_columns(pack: Pack, name: str, columns: Sequence[Column]) -> Iterator[str]:
    """Say which columns are not known, and which questions have none."""
    unknown = [column for column in columns if column.what is Left.UNKNOWN]
    held = {column.what.of for column in columns if isinstance(column.what, Holds)}
    if missing := [question for question in pack.questions if question.id not in held]:
        told = [f"{name}: there is no column for {len(missing)} of the {len(pack.questions)} questions:"]
        told += [f"  {question.id}: {quoted(question.text)}" for question in missing]
        if unknown:
            told.append("If a column that is left out holds one of these, --save-mapping makes a file to say so in.")
        yield "\n".join(told)
    known = [*pack.question, *(question.text for question in pack.questions)]
    for column in unknown:
        said = f"the column {quoted(column.header)} is left out, as no question is like it."
        yield f"{column.place}: {said} {did_you_mean(column.header, known)}".rstrip()


def _file_name(number: str, sheet: AnswerSheet | None) -> str:
    return "-".join(filter(None, (number, _slug(sheet.organisation) if sheet else "")))


def _slug(words: str) -> str:
    """Return words as a part of a file name that is safe everywhere: at most 40 small letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")[:40].strip("-")


# Our own workbook: a row for each question.


def _is_ours(grid: Grid) -> bool:
    return {"id", "your answer"} <= {plain(word) for word in _header(grid)}


def _is_about(grid: Grid) -> bool:
    """Tell the sheet that says whose answers they are, by its name: others may name an organisation, too."""
    return plain(grid.title) == plain(_START)


def _is_help(grid: Grid) -> bool:
    """Tell the sheet of our own workbook in which nobody writes."""
    return {"who would know", "why we ask"} <= {plain(word) for word in _header(grid)}


def _doubled(name: str, grid: Grid) -> Iterator[Problem]:
    """Find a second column of a name that the import reads."""
    top = min(grid.cells)
    seen: set[str] = set()
    for column, word in sorted(grid.cells[top].items()):
        if plain(word) in seen and plain(word) in ("id", *_COLUMNS):
            message = f"the column {quoted(word)} is there for the second time (cell {cell_name(top, column)})"
            yield Problem(Place(name, top, column), Code.COLUMN_TWICE, message, "Delete the one that does not count.")
        seen.add(plain(word))


_COLUMNS = {
    "your answer": Part.ANSWER,
    "why it does not apply": Part.REASON,
    "note": Part.NOTE,
    "where it can be seen": Part.EVIDENCE,
}
"""What the columns of the workbook hold; `forms.excel` writes them, and a test goes there and back."""


_START = "Start here"
"""The sheet that says whose answers they are."""

_ORGANISATION = "Organisation"
"""Stands before the cell for it."""


def _one_person(pack: Pack, name: str, grid: Grid, grids: Sequence[Grid], wishes: Wishes) -> Brought:
    said = [beside for start in filter(_is_about, grids) for beside in _about(name, start)]
    about = dict(said)
    kept = {holds: cell for holds, cell in about.items() if wishes.keep_respondent or holds.part is not Part.NAME}
    answers, problems = _answers(name, grid, known_names(pack))
    problems += _said_twice([beside for beside in said if beside[0] in kept])
    broken = tuple(_broken(grids))
    if not (answers or problems or broken):
        return Brought((), (), (f"{name}: nobody has answered in it.",))
    person, warnings = person_from(pack, {**kept, **answers}, _headers(pack, grid), Place(name), wishes, first=True)
    named = _named(replace(person, problems=(*problems, *person.problems)), _called(name, wishes), {})
    wrong = (*broken, *named.problems)
    whole = replace(named, problems=wrong, sheet=None if wrong else person.sheet)
    return Brought((whole,), (), warnings, ours=True, nameless=len(kept) < len(about))


def _answers(name: str, grid: Grid, known: Mapping[str, Holds]) -> tuple[dict[Holds, Cell], list[Problem]]:
    """Return the cells that are filled in, by what they hold, and what is wrong with the ids of their rows."""
    top = min(grid.cells)
    parts = {plain(word): column for column, word in grid.cells[top].items()}
    said: dict[Holds, Cell] = {}
    problems: list[Problem] = []
    rows: dict[str, int] = {}
    for row, cells in sorted(grid.cells.items()):
        id_ = cells.get(parts["id"], "").strip()
        filled = {part: cells[parts[word]] for word, part in _COLUMNS.items() if cells.get(parts.get(word, 0))}
        if row == top or not filled:
            continue
        rows.setdefault(id_, row)
        place, suggest = Place(name, row, parts["id"]), len(problems) < MAX_PROBLEMS
        if problem := _of_id(id_, known, place, rows[id_], suggest=suggest):
            problems.append(problem)
            continue
        for word, part in _COLUMNS.items():
            if part in filled:
                holds = known[id_] if part is Part.ANSWER else Holds(part, known[id_].of)
                said[holds] = Cell(filled[part], Place(name, row, parts[word]))
    return said, problems


def _headers(pack: Pack, grid: Grid) -> dict[Holds, str]:
    """Return what the workbook calls the places where things are written."""
    titles = {_COLUMNS[plain(word)]: word for word in grid.cells[min(grid.cells)].values() if plain(word) in _COLUMNS}
    headers = {Holds(part, question.id): title for question in pack.questions for part, title in titles.items()}
    return {**headers, Holds(Part.ORGANISATION): _ORGANISATION}


def _called(name: str, wishes: Wishes) -> str:
    stem = "" if "@" in name and not wishes.keep_respondent else PurePath(name).stem
    return _slug(stem) or "answers"


def _of_id(id_: str, known: Collection[str], place: Place, first: int, *, suggest: bool) -> Problem | None:
    """Find what is wrong with the id of a row that somebody has written in; `first` is the first row that has it."""
    if not id_:
        advice = "Put back the id of its question, as in the workbook that was sent out; or clear the row."
        return Problem(place, Code.MISSING, "this row is filled in, but its id is gone", advice)
    if id_ not in known:
        near = did_you_mean(id_, list(known)) if suggest else ""
        advice = near or "Use the pack that the workbook was made for, with --pack."
        return Problem(place, Code.UNKNOWN_QUESTION, f"the pack has no question {quoted(id_)}", advice)
    if first != place.line:
        message = f"{quoted(id_)} is filled in twice, here and in row {first}"
        return Problem(place, Code.TWO_VALUES, message, "Clear the row that does not count.")
    return None


def _about(name: str, grid: Grid) -> Iterator[tuple[Holds, Cell]]:
    """Yield what a person wrote beside “Organisation”, “Date” and “Your name”."""
    for row, cells in sorted(grid.cells.items()):
        label, words = plain(cells.get(1, "")), cells.get(2, "")
        if label == plain(_ORGANISATION) and words:
            yield Holds(Part.ORGANISATION), Cell(words, Place(name, row, 2))
        if label == "date" and words:
            yield Holds(Part.DATE), Cell(words, Place(name, row, 2))
        if label.startswith("your name") and words:
            yield Holds(Part.NAME), Cell(words, Place(name, row, 2))


def _said_twice(said: Iterable[tuple[Holds, Cell]]) -> Iterator[Problem]:
    """Find what stands beside the same label in two ways."""
    first: dict[Holds, Cell] = {}
    for holds, cell in said:
        before = first.setdefault(holds, cell)
        if one_line(cell.words) != one_line(before.words):
            message = f"the {holds} is {quoted(cell.words)} here and {quoted(before.words)} in row {before.place.line}"
            yield Problem(cell.place, Code.TWO_VALUES, message, f"Clear the one on “{_START}” that does not count.")
