"""From a table, or from our own workbook, to answer sheets: one for each person."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
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
    names_of,
    plain,
    without_questions,
)
from collabcheck.files.imports.mapping import Mapping
from collabcheck.files.imports.replies import Cell, Heard, Said, day_first, days_in, listen
from collabcheck.files.sheets import sheet_from, sheet_text
from collabcheck.files.source.found import MAX_PROBLEMS, quoted
from collabcheck.files.tables import Table, table_from
from collabcheck.files.workbooks.grids import Grid, grids_from, is_workbook, table_of
from collabcheck.pack import Pack, Prompt
from collabcheck.problems import Code, CollabcheckError, Place, Problem, did_you_mean, of_whole_file

_TOO_MANY: Final = 500  # problems, after which it is the table that is wrong, not its rows
LONGEST_NAME: Final = 200  # characters that a sheet takes for an organisation and a name


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a table is to be read."""

    today: str
    """The day of answers that have none, as year-month-day."""
    organisation: str = ""
    """The organisation of those that name none."""
    mapping: Mapping = field(default_factory=Mapping)
    keep_respondent: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One person’s answers: a sheet, or what is wrong with them."""

    name: str
    """What to call the file, without its suffix."""
    place: Place
    sheet: AnswerSheet | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """What a table holds."""

    people: tuple[Person, ...]
    columns: tuple[Column, ...]
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    """What is wrong with the table as a whole."""


def bring(pack: Pack, name: str, raw: bytes, wishes: Wishes) -> Brought:
    """Read the answers in a file; CollabcheckError if it cannot be read as a whole.

    What is wrong with one person’s answers stands with them, each problem at its row and column.
    """
    suffix = PurePath(name).suffix.lower()
    if not is_workbook(raw) and suffix not in (".xlsx", ".xlsm", ".xls"):
        return _people(pack, table_from(name, raw, ours=False), wishes)
    grids = [grid for grid in grids_from(name, raw) if grid.cells]
    if not grids:
        raise of_whole_file(name, Code.EMPTY_FILE, "its sheets are empty", "Check that this is the right file.")
    if ours := [grid for grid in grids if _is_ours(grid)]:
        if wrong := [*(problem for grid in grids for problem in grid.problems), *_doubled(name, ours)]:
            raise CollabcheckError(few(wrong))
        return _one_person(pack, name, ours[0], grids, wishes)
    return _people(pack, table_of(name, _likeliest(pack, grids)), wishes)


def _likeliest(pack: Pack, grids: Sequence[Grid]) -> Grid:
    """Return the sheet whose first row has the most names of questions, or else the first sheet."""
    names = names_of(pack)
    return max(grids, key=lambda grid: sum(plain(word) in names for word in grid.cells[min(grid.cells)].values()))


# A table: a row for each person.


def _people(pack: Pack, table: Table, wishes: Wishes) -> Brought:
    columns = columns_of(pack, table, wishes.mapping, keep_respondent=wishes.keep_respondent)
    if problems := tuple(without_questions(pack, table, columns)):
        return Brought((), columns, (), problems)
    dates = [row[i] for row in table.rows for i, column in enumerate(columns) if column.what == Holds(Part.DATE)]
    first = day_first(dates)
    warnings = [*_of_columns(pack, columns), *_of_days(table.file, dates, first)]
    people: list[Person] = []
    for number, row in enumerate(table.rows):
        said = {
            column.what: Cell(row[i], table.place(number, i))
            for i, column in enumerate(columns)
            if isinstance(column.what, Holds) and row[i].strip()
        }
        place = Place(table.file, table.lines[number], 1)
        if any(holds.of for holds in said):
            person, warned = _person(pack, said, place, wishes, first=first is not False)
            _stop_at_many(people, person)
            people.append(replace(person, name=_file_name(f"{number + 1:03}", person.sheet)))
            warnings += warned
        elif any(cell.strip() for cell in row):
            warnings.append(f"{place}: there are no answers in this row.")
    return Brought(tuple(people), columns, tuple(warnings))


def _stop_at_many(people: Sequence[Person], last: Person) -> None:
    """Refuse a table that does not fit the questions at all; CollabcheckError with the first of its problems."""
    if last.problems and sum(len(person.problems) for person in (*people, last)) > _TOO_MANY:
        raise CollabcheckError(few([problem for person in (*people, last) for problem in person.problems]))


def few(problems: Sequence[Problem]) -> list[Problem]:
    """Return the first problems in the order of the file, and how many more there are."""
    shown = sorted(set(problems))[:MAX_PROBLEMS]
    if more := len(set(problems)) - len(shown):
        last = shown[-1]
        shown.append(Problem(last.place, last.code, f"… and {more} more like these", "Correct these first."))
    return shown


def _of_columns(pack: Pack, columns: Iterable[Column]) -> Iterator[str]:
    """Say which columns are not known, and which questions have none."""
    known = [*pack.question, *(question.text for question in pack.questions)]
    for column in columns:
        if column.what is Left.UNKNOWN:
            hint = did_you_mean(column.header, known)
            said = f"the column {quoted(column.header)} is left out, as no question is like it."
            yield f"{column.place}: {said} {hint}".rstrip()
    held = {column.what.of for column in columns if isinstance(column.what, Holds)}
    if missing := [question.id for question in pack.questions if question.id not in held]:
        yield f"There is no column for {len(missing)} of the questions: {', '.join(missing)}."


def _of_days(name: str, dates: Iterable[str], first: bool | None) -> Iterator[str]:  # noqa: FBT001  what was found out
    if first is None and any(list(days_in(day, first=True)) != list(days_in(day, first=False)) for day in dates):
        yield f"{name}: days such as 03/04/2026 are read with the day first."


def _file_name(number: str, sheet: AnswerSheet | None) -> str:
    return "-".join(filter(None, (number, _slug(sheet.organisation) if sheet else "")))


def _slug(words: str) -> str:
    """Return words as a part of a file name that is safe everywhere: at most 40 small letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")[:40].strip("-")


# Our own workbook: a row for each question.


def _is_ours(grid: Grid) -> bool:
    header = {plain(word) for word in grid.cells[min(grid.cells)].values()}
    return {"id", "your answer"} <= header


def _doubled(name: str, grids: Sequence[Grid]) -> Iterator[Problem]:
    """Find a second sheet of answers, and a second column of a name that the import reads."""
    if len(grids) > 1:
        message = f"the sheets {quoted(grids[0].title)} and {quoted(grids[1].title)} both hold answers"
        yield Problem(Place(name), Code.TWO_VALUES, message, "Delete the one that does not count.")
    top = min(grids[0].cells)
    seen: set[str] = set()
    for column, word in sorted(grids[0].cells[top].items()):
        if plain(word) in seen and plain(word) in ("id", *_COLUMNS):
            message = f"the column {quoted(word)} is there for the second time"
            yield Problem(Place(name, top, column), Code.COLUMN_TWICE, message, "Delete the one that does not count.")
        seen.add(plain(word))


_COLUMNS = {
    "your answer": Part.ANSWER,
    "why it does not apply": Part.REASON,
    "note": Part.NOTE,
    "where it can be seen": Part.EVIDENCE,
}
"""What the columns of the workbook hold; `forms.excel` writes them, and a test goes there and back."""


def _one_person(pack: Pack, name: str, grid: Grid, grids: Iterable[Grid], wishes: Wishes) -> Brought:
    top = min(grid.cells)
    parts = {plain(word): column for column, word in grid.cells[top].items()}
    known = known_names(pack)
    said = dict(_about(name, grids, keep_respondent=wishes.keep_respondent))
    problems: list[Problem] = []
    rows: dict[str, int] = {}
    for row, cells in sorted(grid.cells.items()):
        id_ = cells.get(parts["id"], "").strip()
        filled = {part: cells[parts[word]] for word, part in _COLUMNS.items() if cells.get(parts.get(word, 0))}
        if row == top or not filled:
            continue
        rows.setdefault(id_, row)
        if problem := _of_id(id_, known, Place(name, row, parts["id"]), rows[id_]):
            problems.append(problem)
            continue
        for word, part in _COLUMNS.items():
            if part in filled:
                holds = known[id_] if part is Part.ANSWER else Holds(part, known[id_].of)
                said[holds] = Cell(filled[part], Place(name, row, parts[word]))
    if not problems and not any(holds.of for holds in said):
        return Brought((), (), (f"{name}: nobody has answered in it.",))
    person, warnings = _person(pack, said, Place(name), wishes, first=True)
    found = (*problems, *person.problems)
    stem = "" if "@" in name and not wishes.keep_respondent else PurePath(name).stem
    named = replace(person, name=_slug(stem) or "answers", problems=found)
    return Brought((named if not found else replace(named, sheet=None),), (), warnings)


def _of_id(id_: str, known: Collection[str], place: Place, first: int) -> Problem | None:
    """Find what is wrong with the id of a row that somebody has written in; `first` is the first row that has it."""
    if not id_:
        advice = "Put back the id of its question, as in the workbook that was sent out; or clear the row."
        return Problem(place, Code.MISSING, "this row is filled in, but its id is gone", advice)
    if id_ not in known:
        advice = did_you_mean(id_, list(known)) or "Use the pack that the workbook was made for, with --pack."
        return Problem(place, Code.UNKNOWN_QUESTION, f"the pack has no question {quoted(id_)}", advice)
    if first != place.line:
        message = f"{quoted(id_)} is filled in twice, here and in row {first}"
        return Problem(place, Code.TWO_VALUES, message, "Clear the row that does not count.")
    return None


def _about(name: str, grids: Iterable[Grid], *, keep_respondent: bool) -> Iterator[tuple[Holds, Cell]]:
    """Yield what a person wrote beside “Organisation” and, if it is kept, “Your name”."""
    for grid in grids:
        for row, cells in grid.cells.items():
            label, words = plain(cells.get(1, "")), cells.get(2, "")
            if label == "organisation" and words:
                yield Holds(Part.ORGANISATION), Cell(words, Place(name, row, 2))
            if label.startswith("your name") and words and keep_respondent:
                yield Holds(Part.NAME), Cell(words, Place(name, row, 2))


# A person.


def _person(pack: Pack, said: Said, place: Place, wishes: Wishes, *, first: bool) -> tuple[Person, tuple[str, ...]]:
    heard = listen(pack, said)
    day = _day(said, wishes, heard, first=first)
    organisation = _name(said, Holds(Part.ORGANISATION), heard)
    organisation = wishes.organisation.strip() or organisation
    if not organisation:
        advice = "Name it with --organisation; or add a column “Organisation”."
        heard.problems.append(Problem(place, Code.MISSING, "it does not say which organisation this is", advice))
    sheet = AnswerSheet(
        pack=pack.pack,
        pack_version=pack.version,
        organisation=organisation,
        date=day,
        name=_name(said, Holds(Part.NAME), heard),
        replies=heard.replies,
        discussion={prompt.id: talk for prompt in pack.prompts if (talk := _talk(said, prompt))},
        asked={name: pack.question[name].fingerprint for name in heard.replies},
    )
    problems = heard.problems or _unreadable(pack, sheet, place)
    return Person("", place, None if problems else sheet, tuple(problems)), tuple(heard.warnings)


def _day(said: Said, wishes: Wishes, heard: Heard, *, first: bool) -> str:
    """Return the day of the answers, as year-month-day."""
    cell = said.get(Holds(Part.DATE))
    if cell is None:
        return wishes.today
    for year, month, day in days_in(cell.words, first=first):
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            break
    message = f"{quoted(cell.words)} is not a day"
    heard.problems.append(Problem(cell.place, Code.BAD_VALUE, message, "Write year-month-day, such as 2026-11-23."))
    return wishes.today


def _name(said: Said, holds: Holds, heard: Heard) -> str:
    """Return the name of an organisation or a person, on one line."""
    cell = said.get(holds)
    name = one_line(cell.words) if cell else ""
    if cell and len(name) > LONGEST_NAME:
        message = f"this name has more than {LONGEST_NAME} characters"
        heard.problems.append(Problem(cell.place, Code.TOO_BIG, message, "Shorten it."))
    return name if plain(name) != "anonymous" else ""


def _talk(said: Said, prompt: Prompt) -> tuple[str, ...]:
    cell = said.get(Holds(Part.TALK, prompt.id))
    words = cell.words.strip() if cell else ""
    if prompt.several:
        return tuple(line.strip() for line in words.split("\n") if line.strip())
    return (words,) if words else ()


def _unreadable(pack: Pack, sheet: AnswerSheet, place: Place) -> list[Problem]:
    """Find why a sheet could not be read again, if it could not."""
    try:
        sheet_from(pack, place.file, sheet_text(pack, sheet, json=False).encode(errors="surrogatepass"))
    except CollabcheckError as error:
        return [replace(problem, place=place) for problem in error.problems]
    return []
