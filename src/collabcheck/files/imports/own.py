"""Our own answer workbook, which one person has filled in: a row for each question."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from collabcheck.characters import one_line, visible
from collabcheck.files.imports.names import Holds, Part, known_names
from collabcheck.files.imports.people import Brought, Wishes, named, person_from, slug
from collabcheck.files.imports.replies import Cell, is_error
from collabcheck.files.imports.words import plain
from collabcheck.files.source.found import MAX_PROBLEMS, quoted
from collabcheck.files.workbooks.grids import Grid
from collabcheck.files.workbooks.parts import cell_name
from collabcheck.fitting import of_another_version
from collabcheck.pack import Pack
from collabcheck.problems import Code, Place, Problem, did_you_mean


def header_of(grid: Grid) -> Collection[str]:
    """Return the words in the first row of a sheet that is not empty."""
    return grid.cells[min(grid.cells)].values()


def broken_in(grids: Iterable[Grid]) -> Iterator[Problem]:
    """Yield the cells that hold an error, or a formula without a result."""
    yield from (problem for grid in grids for problem in grid.problems)


def is_ours(grid: Grid) -> bool:
    """Tell our own workbook by its columns."""
    return {"id", "your answer"} <= {plain(word) for word in header_of(grid)}


def is_about(grid: Grid) -> bool:
    """Tell the sheet that says whose answers they are, by its name: others may name an organisation, too."""
    return plain(grid.title) == plain(_START)


def is_help(grid: Grid) -> bool:
    """Tell the sheet of our own workbook in which nobody writes."""
    return {"who would know", "why we ask"} <= {plain(word) for word in header_of(grid)}


def doubled(name: str, grid: Grid) -> Iterator[Problem]:
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


def one_person(pack: Pack, name: str, grid: Grid, grids: Sequence[Grid], wishes: Wishes) -> Brought:
    """Return the person who has filled in an answer workbook, if anybody has; `grids` are all sheets that are seen."""
    said = [beside for start in filter(is_about, grids) for beside in _about(name, start)]
    about = dict(said)
    kept = {holds: cell for holds, cell in about.items() if wishes.keep_respondent or holds.part is not Part.NAME}
    answers, problems, left = _answers(pack, name, grid)
    problems += _said_twice([beside for beside in said if beside[0] in kept])
    broken = tuple(broken_in(grids))
    if not (answers or problems or broken):
        return Brought((), (), (*left, f"{name}: nobody has answered in it."))
    person, warnings = person_from(pack, {**kept, **answers}, _headers(pack, grid), Place(name), wishes, first=True)
    whole = named(replace(person, problems=(*problems, *person.problems)), _called(name, wishes), {})
    wrong = (*broken, *whole.problems)
    whole = replace(whole, problems=wrong, sheet=None if wrong else person.sheet)
    return Brought((whole,), (), (*left, *warnings), ours=True, nameless=len(kept) < len(about))


def _answers(pack: Pack, name: str, grid: Grid) -> tuple[dict[Holds, Cell], list[Problem], list[str]]:
    """Return the cells that are filled in, by what they hold, what is wrong with the ids of rows, and warnings."""
    top, known = min(grid.cells), known_names(pack)
    parts = {plain(word): column for column, word in grid.cells[top].items()}
    said: dict[Holds, Cell] = {}
    problems: list[Problem] = []
    left: list[str] = []
    rows: dict[str, int] = {}
    for row, cells in sorted(grid.cells.items()):
        id_ = cells.get(parts["id"], "").strip()
        filled = {part: cells[parts[word]] for word, part in _COLUMNS.items() if cells.get(parts.get(word, 0))}
        if row == top or not filled:
            continue
        rows.setdefault(id_, row)
        place, suggest = Place(name, row, parts["id"]), len(problems) < MAX_PROBLEMS
        if problem := _of_id(pack, id_, known, place, rows[id_], suggest=suggest):
            problems.append(problem)
            continue
        for word, part in _COLUMNS.items():
            if part not in filled:
                continue
            cell = Cell(filled[part], Place(name, row, parts[word]))
            if part is Part.ANSWER:
                said[known[id_]] = cell
            elif known[id_].part is Part.TALK:
                left.append(_beside_talk(id_, part, cell))
            else:
                holds = Holds(part, known[id_].of)
                said[holds] = _joined(said[holds], cell) if holds in said else cell
    return said, problems, left


def _joined(first: Cell, more: Cell) -> Cell:
    """Return what stands in two rows of one question, a line each; an error of the spreadsheet stays one."""
    if wrong := [cell for cell in (first, more) if is_error(cell)]:
        return wrong[0]
    return Cell(f"{first.words}\n{more.words}", first.place)


def _beside_talk(prompt: str, part: Part, cell: Cell) -> str:
    said = f"{cell.place}: the {part} {quoted(cell.words)} is left out, as nothing can stand beside “{prompt}”."
    return f"{said} To keep it, write it under the answer there."


def _headers(pack: Pack, grid: Grid) -> dict[Holds, str]:
    """Return what the workbook calls the places where things are written."""
    titles = {_COLUMNS[plain(word)]: word for word in grid.cells[min(grid.cells)].values() if plain(word) in _COLUMNS}
    headers = {Holds(part, question.id): title for question in pack.questions for part, title in titles.items()}
    return {**headers, Holds(Part.ORGANISATION): _ORGANISATION}


def _called(name: str, wishes: Wishes) -> str:
    stem = "" if "@" in unicodedata.normalize("NFKC", name) and not wishes.keep_respondent else PurePath(name).stem
    return slug(stem) or "answers"


def _of_id(pack: Pack, id_: str, known: Collection[str], place: Place, first: int, *, suggest: bool) -> Problem | None:
    """Find what is wrong with the id of a row that somebody has written in; `first` is the first row that has it."""
    if not id_:
        advice = "Put back the id of its question, as in the workbook that was sent out; or clear the row."
        return Problem(place, Code.MISSING, "this row is filled in, but its id is gone", advice)
    if other := of_another_version(id_.partition("/")[0], pack):
        message, more = other
        return Problem(place, Code.UNKNOWN_QUESTION, visible(message), f"Clear the row{more}.")
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
