"""From a table, or from our own workbook, to answer sheets: one for each person."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from collabcheck.answers import AnswerSheet
from collabcheck.files.imports.columns import Column, columns_of, not_asked, without_questions
from collabcheck.files.imports.days import day_first, doubt_about
from collabcheck.files.imports.habits import Left
from collabcheck.files.imports.mapping import Mapping as Given
from collabcheck.files.imports.names import Holds, Part
from collabcheck.files.imports.own import broken_in, doubled, header_of, is_about, is_help, is_ours, one_person
from collabcheck.files.imports.people import Brought, Person, Wishes, named, person_from, slug
from collabcheck.files.imports.replies import Cell
from collabcheck.files.imports.words import plain
from collabcheck.files.source.found import few, quoted
from collabcheck.files.source.mistaken import other_than_table
from collabcheck.files.tables import MAX_TABLE, Table, table_from
from collabcheck.files.workbooks.grids import Grid, grids_from, is_workbook, table_of
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError, Place, Problem, did_you_mean, of_whole_file

_TOO_MANY: Final = 500  # problems, after which it is the table that is wrong, not its rows
_HEADER: Final = 500  # characters, within which a header shows that it is a question’s
_ANSWERS: Final = 2  # columns with questions; a list of contacts may have one that is called the same, such as “Role”
_SUGGESTED: Final = 25  # columns that are not known; beyond these nobody reads what each may mean, and it takes time


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
    answers = [grid for grid in filled if is_ours(grid) or _questions(grid, asked) >= _ANSWERS]
    hidden = [grid for grid in answers if grid.hidden]
    seen = [grid for grid in filled if not grid.hidden]
    if not seen:
        unhide = [f"Unhide the sheet {quoted(grid.title)} in Excel, if its answers count." for grid in hidden]
        advice = next(iter(unhide), "Check that this is the right file.")
        raise of_whole_file(name, Code.EMPTY_FILE, "its sheets are empty", advice)
    several = list(_several(name, [grid for grid in answers if not grid.hidden]))
    if ours := next(filter(is_ours, seen), None):
        if wrong := [*several, *doubled(name, ours)]:
            raise CollabcheckError(few([*broken_in(seen), *wrong]))
        brought, read = one_person(pack, name, ours, seen, wishes), [ours, *filter(is_about, seen)]
    elif several:
        raise CollabcheckError(few(several))
    else:
        likeliest = max(seen, key=lambda grid: _questions(grid, asked))
        brought, read = _from_grid(pack, name, likeliest, wishes), [likeliest]
    left = [grid for grid in seen if grid not in read and not is_help(grid)]
    return replace(brought, warnings=(*_not_read(name, left, hidden, asked), *brought.warnings))


def _from_grid(pack: Pack, name: str, grid: Grid, wishes: Wishes) -> Brought:
    """Read a sheet of a workbook as a table; cells whose formula went wrong are told with all else."""
    try:
        brought = _people(pack, table_of(name, grid), wishes)
    except CollabcheckError as error:
        raise CollabcheckError(few([*grid.problems, *error.problems])) from error
    return replace(brought, problems=tuple(few([*grid.problems, *brought.problems])))


def _not_read(name: str, left: Iterable[Grid], hidden: Iterable[Grid], asked: Collection[str]) -> Iterator[str]:
    """Say which sheets are not read, and why."""
    for grid in left:
        said = f"{name}: the sheet {quoted(grid.title)} is left out, as"
        if _questions(grid, asked):
            more = "If its answers count, save it as a workbook of its own, and import that."
            yield f"{said} fewer than two questions stand in its first row. {more}"
        else:
            yield f"{said} no question stands in its first row."
    for grid in hidden:
        sheet = quoted(grid.title)
        yield f"{name}: the hidden sheet {sheet} looks like answers, and is not read. If it counts, unhide it in Excel."


def _words_of(pack: Pack, mapping: Given) -> frozenset[str]:
    """Return the headers that a question has, as they are compared: its id, its words, what a mapping says."""
    asked = (word for one in pack.questions for word in (one.id, one.text, f"{one.id} {one.text}"))
    return frozenset(map(plain, (*asked, *filter(None, mapping.columns.values()))))


def _questions(grid: Grid, asked: Collection[str]) -> int:
    """Count the columns of a sheet whose header seems to be a question’s."""
    return sum(any(plain(part) in asked for part in _parts(header[:_HEADER])) for header in header_of(grid))


def _parts(header: str) -> Iterator[str]:
    """Yield what in a header may be a question: all of it, what follows a number or a group, an id in front."""
    yield from (header, re.sub(r"^\W*\d+\W*", "", header), header.partition("/")[0], header.rpartition("/")[2])
    if id_ := re.match(r"\[?[\w-]+[.:)\]]", header):
        yield id_[0]


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
    warnings = [*_of_letters(table), *_of_columns(pack, table.file, columns)]
    warnings += [f"{table.file}: {doubt}"] if doubt else []
    people: list[Person] = []
    for person, warned in _rows(pack, table, columns, wishes, first=first is not False):
        people += person
        warnings += warned
        if any(one.problems for one in person) and len(found := _problems_of(people)) > _TOO_MANY:
            return Brought((), columns, tuple(warnings), tuple(few(found)))
    warnings += _of_same_rows(table, {person.place.line for person in people})
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
            yield [named(person, _file_name(f"{number + 1:03}", person.sheet), spots)], warned
        elif any(cell.strip() for cell in row):
            yield [], [f"{place}: there are no answers in this row."]


def _problems_of(people: Iterable[Person]) -> list[Problem]:
    return [problem for person in people for problem in person.problems]


def _of_same_rows(table: Table, of_people: Collection[int]) -> Iterator[str]:
    """Say which rows are the same in every cell: two people may agree, but nobody should count twice."""
    first: dict[tuple[str, ...], int] = {}
    for line, row in zip(table.lines, table.rows, strict=True):
        before = first.setdefault(tuple(map(str.strip, row)), line)
        if before != line and line in of_people:
            said = f"{Place(table.file, line, 1)}: this row is the same in every cell as row {before}, and both count."
            yield f"{said} If they are from one person, delete one."


def _of_letters(table: Table) -> Iterator[str]:
    """Say if it is a guess which letters stand in a table."""
    if table.in_windows:
        said = f"{table.file}: it is not saved as UTF-8, so its letters are read as Windows used to write them."
        yield f"{said} Look at letters with accents. If they are wrong, save it as “CSV UTF-8” and import it again."


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
    unasked = not_asked(pack)
    known = [*pack.question, *(question.text for question in pack.questions)]
    for number, column in enumerate(unknown):
        why = unasked.get(plain(column.header), "")
        near = did_you_mean(column.header, known) if number < _SUGGESTED and not why else ""
        said = f"the column {quoted(column.header)} is left out, as {why or 'no question is like it'}."
        yield f"{column.place}: {said} {near}".rstrip()


def _file_name(number: str, sheet: AnswerSheet | None) -> str:
    return "-".join(filter(None, (number, slug(sheet.organisation) if sheet else "")))
