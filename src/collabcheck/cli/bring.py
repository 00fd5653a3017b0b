"""Collecting: `import` makes answer sheets of the tables that survey tools give, and of our own workbook."""

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collabcheck.characters import visible
from collabcheck.cli import shell
from collabcheck.cli.group import pack_files
from collabcheck.cli.options import Force, PackFolder
from collabcheck.problems import Code, CollabcheckError, Place, Problem, UsageError

if TYPE_CHECKING:
    from collabcheck.answers import AnswerSheet
    from collabcheck.files.imports.columns import Column
    from collabcheck.files.imports.people import Brought, Person, Wishes
    from collabcheck.pack import Pack


_SHOWN = 25
"""So many warnings are shown of a table, and as many columns that are left out."""
_NAMES = 5
"""So many organisations are named."""


def import_(
    tables: Annotated[
        list[str], typer.Argument(metavar="TABLE", help="CSV files or Excel workbooks; - reads standard input.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The folder for the sheets; made if it is new.")
    ],
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="NAME", help="The organisation, whatever the table says.")
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option("--mapping", metavar="FILE", help="Which column holds what, in a file.")
    ] = None,
    save_mapping: Annotated[
        Path | None,
        typer.Option("--save-mapping", metavar="FILE", help="Write which column holds what, to change and use again."),
    ] = None,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="Leave out people whose answers have problems, and list these.")
    ] = False,
    keep_respondent: Annotated[
        bool, typer.Option("--keep-respondent", help="Keep the name of who answered, or else the e-mail address.")
    ] = False,
    pack: PackFolder = None,
    force: Force = False,
) -> None:
    """Make answer sheets from a table: one for each row, or for each answer workbook.

    Names, e-mail addresses and the like are left out. No sheet is written if anything is wrong.

    Examples:

      collabcheck import answers.csv -o sheets

      collabcheck import ann.xlsx bob.xlsx -o sheets --organisation "Riverside Advice"

      collabcheck import answers.csv -o sheets --save-mapping columns.yaml

      collabcheck import answers.csv -o sheets --mapping columns.yaml
    """
    from collabcheck.files.imports.mapping import Mapping, read_mapping
    from collabcheck.files.imports.people import Wishes
    from collabcheck.files.packs import load_pack
    from collabcheck.files.source.found import few

    if save_mapping and len(tables) > 1:
        raise UsageError("a mapping is saved for one table at a time. Name one, and use its mapping for the others.")
    names = _once(tables)
    questions = load_pack(pack)
    today = f"{shell.now():%Y-%m-%d}"
    wishes = Wishes(today, organisation, read_mapping(mapping) if mapping else Mapping(), keep_respondent)
    brought = [_bring(questions, name, wishes) for name in names]
    _tell(brought)
    _tell_where(brought, organisation)
    good = [person for one in brought for person in one.people if person.sheet]
    read = _files(*names, mapping, *pack_files(pack))
    no_mapping = list(_no_place(save_mapping, output, read - _files(mapping), force=force)) if save_mapping else []
    no_sheets = few(list(_blocked(output, good, read | _files(save_mapping), force=force)))
    shell.say_problems([*_problems(names, brought), *no_mapping, *no_sheets])
    saved = save_mapping and not no_mapping and _save_mapping(questions, save_mapping, brought[0], force=force)
    if reasons := list(_reasons(brought, skip=skip_bad_rows, blocked=bool(no_mapping or no_sheets))):
        shell.tell(f"{'Nothing but the mapping' if saved else 'Nothing'} was saved: {'; '.join(reasons)}.")
        raise typer.Exit(shell.PROBLEMS)
    _tell_left_out(brought)
    with _saying_what_was_saved(mapping=bool(saved)):
        _write(questions, output, good, force=force)
    _tell_names(brought)


@contextmanager
def _saying_what_was_saved(*, mapping: bool) -> Iterator[None]:
    """If a file cannot be written after all, say why, and then what was saved; either way it is the end."""
    try:
        yield
    except CollabcheckError as error:
        shell.say_problems(error.problems)
        shell.tell(f"{'Nothing but the mapping' if mapping else 'Nothing'} was saved: not every file can be written.")
        raise typer.Exit(shell.PROBLEMS) from error


def _once(names: Iterable[str]) -> list[str]:
    """Return the files that are named, each once."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(os.path.realpath(name), name)
    return list(found.values())


def _bring(pack: "Pack", name: str, wishes: "Wishes") -> "Brought":
    """Read a table, or what keeps it from being read."""
    from collabcheck.files.imports.bringing import bring
    from collabcheck.files.imports.people import Brought
    from collabcheck.files.source.text import read_bytes
    from collabcheck.files.tables import MAX_TABLE

    shown = "standard input" if name == "-" else visible(name)
    try:
        raw = sys.stdin.buffer.read(MAX_TABLE + 1) if name == "-" else read_bytes(shown, Path(name), MAX_TABLE)
        return bring(pack, shown, raw, wishes)
    except CollabcheckError as error:
        return Brought((), (), (), error.problems)


# What is told.


def _tell(brought: Sequence["Brought"]) -> None:
    """Show what each column was taken for, what is left out, and what may be amiss."""
    for one in brought:
        _tell_columns(one.columns)
        shell.tell_some(one.warnings, _SHOWN)
    if len(names := _organisations(person.sheet for one in brought for person in one.people)) > 1:
        shell.tell(f"The answers are from more than one organisation: {_first_of(names)}. A report is of one.")
        shell.tell("If they are all from one, import them into a new folder, with its name after --organisation.")


def _first_of(names: Sequence[str]) -> str:
    """Return as many names as anybody reads."""
    return ", ".join(names[:_NAMES]) + ("" if len(names) <= _NAMES else " and others")


def _tell_where(brought: Sequence["Brought"], wished: str) -> None:
    """Say if what stands for the name of an organisation seems to tell where somebody can be found."""
    from collabcheck.files.imports.habits import says_where

    sheets = (person.sheet for one in brought for person in one.people if person.sheet)
    names = (
        []
        if wished.strip()
        else [name for name in dict.fromkeys(one.organisation for one in sheets) if says_where(name)]
    )
    if names:
        known = _first_of([_short(name) for name in names])
        shell.tell(f"A postal address or a telephone number seems to stand in the name of the organisation: {known}")
        shell.tell("It gets into the sheets and the names of their files, and whoever has these can read it.")
        shell.tell("To keep it out, import them into a new folder, with only the name after --organisation.")


def _tell_columns(columns: Sequence["Column"]) -> None:
    from collabcheck.files.imports.habits import Left
    from collabcheck.files.imports.names import Holds

    if columns:
        shell.tell(f"{columns[0].place.file}: what each column was taken for")
    for column in columns:
        if isinstance(column.what, Holds):
            shell.tell(f"  {column.what} = {_short(column.header)}")
    for why in (Left.PERSONAL, Left.TOOL, Left.LISTED, Left.EMPTY):
        if left := [_short(column.header) for column in columns if column.what is why]:
            more = f" and {len(left) - _SHOWN} others" if len(left) > _SHOWN else ""
            shell.tell(f"Left out, because {why}: {', '.join(left[:_SHOWN])}{more}")


def _organisations(sheets: Iterable["AnswerSheet | None"]) -> list[str]:
    """Return the names of organisations that `report` takes for different ones, up to one more than are shown."""
    different: list[AnswerSheet] = []
    for sheet in sheets:
        if sheet and len(different) <= _NAMES and not any(map(sheet.same_organisation, different)):
            different.append(sheet)
    return [_short(sheet.organisation) for sheet in different]


def _short(header: str) -> str:
    from collabcheck.files.source.found import quoted

    return quoted(header)


def _problems(names: Sequence[str], brought: Sequence["Brought"]) -> Iterator[Problem]:
    """Find all that is wrong with the tables and with the answers in them, in the order of the tables."""
    from collabcheck.files.source.found import few

    for one in brought:
        yield from (*one.problems, *few([problem for person in one.people for problem in person.problems]))
    if not any(one.people or one.problems for one in brought):
        message = f"there are no answers in {'it' if len(names) == 1 else 'them'}"
        yield Problem(Place(", ".join(names)), Code.EMPTY_FILE, message, "Check that this is the right file.")


def _reasons(brought: Sequence["Brought"], *, skip: bool, blocked: bool) -> Iterator[str]:
    """Say why nothing is saved, if that is so."""
    people = [person for one in brought for person in one.people]
    bad, unread = sum(not person.sheet for person in people), sum(bool(one.problems) for one in brought)
    if unread:
        yield "the table cannot be used" if len(brought) == 1 else f"{unread} of {len(brought)} tables cannot be used"
    elif not people:
        yield "nobody has answered"
    if bad and not (skip and bad < len(people)):
        some = f"{bad} of {len(people)} people {'has' if bad == 1 else 'have'}"
        yield f"{some if len(people) > 1 else 'the answers have'} problems"
    if blocked:
        yield "not every file can be written"


def _tell_left_out(brought: Sequence["Brought"]) -> None:
    people = [person for one in brought for person in one.people]
    if bad := [str(person.place) for person in people if not person.sheet]:
        shell.tell(f"Left out for these problems: {len(bad)} of {len(people)}, at {', '.join(bad)}")


def _tell_names(brought: Sequence["Brought"]) -> None:
    """Say what of answer workbooks may show who answered, and what does not."""
    if any(one.ours for one in brought):
        shell.tell(
            "A sheet has the name of its workbook. If that says who answered, and nobody should know, rename it."
        )
    if any(one.nameless for one in brought):
        shell.tell("The names that people typed in are left out. To keep them: --keep-respondent")


# What is written.


def _save_mapping(pack: "Pack", path: Path, one: "Brought", *, force: bool) -> bool:
    """Write which column holds what, as far as it is known; return whether there was anything to write."""
    from collabcheck.files.imports.columns import mapping_of
    from collabcheck.files.imports.mapping import mapping_text
    from collabcheck.files.saving import make_folder

    if one.columns:
        mapping = mapping_of(pack, one.columns)
        with _saying_what_was_saved(mapping=False):
            make_folder(path.parent)
            shell.deliver(mapping_text(mapping), str(path), force=force)
        if gaps := sum(not header for header in mapping.columns.values()):
            shell.tell(
                f"It has no column yet for {gaps} of the questions. Write their headers between the quotes there."
            )
    elif not one.problems:
        shell.tell("No mapping was saved: the columns of an answer workbook are known.")
    return bool(one.columns)


def _files(*names: str | Path | None) -> frozenset[str]:
    """Return the files that are meant, each by its one real path."""
    return frozenset(os.path.realpath(name) for name in names if name and str(name) != "-")


def _no_place(path: Path, folder: Path, others: Collection[str], *, force: bool) -> Iterator[Problem]:
    """Find why no mapping can be written to a path; only in the folder for the sheets is one made that is not there."""
    place, advice = Place(str(path)), "Name a file in a folder that is there."
    real, sheets, parent = (Path(os.path.realpath(one)) for one in (path, folder, path.parent))
    if str(path) == "-":
        return
    if sheets.is_relative_to(real) and not real.exists():
        yield Problem(place, Code.FILE_EXISTS, "the folder for the sheets is to be here", "Name another file.")
    elif not parent.exists() and not parent.is_relative_to(sheets):
        yield Problem(place, Code.CANNOT_WRITE, f"there is no folder “{path.parent}”", f"Make it first. {advice}")
    elif problem := _of_folder(path.parent):
        yield replace(problem, advice=advice)
    else:
        yield from _in_the_way(path, others, force=force)


def _blocked(folder: Path, people: Iterable["Person"], others: Collection[str], *, force: bool) -> Iterator[Problem]:
    """Find every sheet that cannot be written, or may not be, before the first one is."""
    if problem := _of_folder(folder):
        yield problem
        return
    first: dict[Path, Person] = {}
    for person in people:
        path = _path(folder, person)
        if first.setdefault(path, person) is person:
            yield from _in_the_way(path, others, force=force)
        else:
            message = f"its sheet would be “{path}”, and so would that of {first[path].place}"
            advice = "Import the two into different folders; or, if they are workbooks, rename one."
            yield Problem(person.place, Code.FILE_EXISTS, message, advice)


def _path(folder: Path, person: "Person") -> Path:
    return folder / f"{person.name}.yaml"


def _of_folder(folder: Path) -> Problem | None:
    """Find why no file can be put into a folder, or into the one in which it would be made."""
    there = next(path for path in (folder, *folder.absolute().parents) if os.path.lexists(path))
    if not there.is_dir():
        return Problem(Place(str(there)), Code.CANNOT_WRITE, "this is not a folder", "Name a folder for the sheets.")
    if not os.access(there, os.W_OK | os.X_OK):
        advice = "Choose a folder of your own, or ask its owner."
        return Problem(Place(str(there)), Code.CANNOT_WRITE, "you may not write into this folder", advice)
    return None


def _in_the_way(path: Path, others: Collection[str], *, force: bool) -> Iterator[Problem]:
    """Find why a file cannot be written, or may not be, as it is there or is one of the `others` of this command."""
    place, another = Place(str(path)), "name another file or folder."
    if str(path) == "-":
        return
    if os.path.realpath(path) in others:
        message = "this command reads or writes this file for something else"
        yield Problem(place, Code.FILE_EXISTS, message, another.capitalize())
    elif not os.path.lexists(path):
        return
    elif not os.path.exists(path):  # noqa: PTH110  never raises
        message = "it is a link that leads to no file"
        yield Problem(place, Code.CANNOT_WRITE, message, f"Delete the link, or {another}")
    elif refused := _refused(path):
        yield from refused
    elif not force:
        message = "there is such a file already"
        yield Problem(place, Code.FILE_EXISTS, message, f"Add --force to replace what is there, or {another}")


def _refused(path: Path) -> tuple[Problem, ...]:
    from collabcheck.files.saving import cannot_write, real_file

    try:
        real_file(path)
    except CollabcheckError as error:
        return error.problems
    except OSError as error:
        return cannot_write(path, error).problems
    return ()


def _write(pack: "Pack", folder: Path, people: Sequence["Person"], *, force: bool) -> None:
    """Write every sheet; if one cannot be written after all, those that are new are taken back."""
    from collabcheck.files.saving import cannot_write, make_folder, write_whole
    from collabcheck.files.sheets import sheet_text

    sheets = {_path(folder, one): sheet_text(pack, one.sheet, json=False) for one in people if one.sheet}
    new: list[Path] = []
    try:
        make_folder(folder)
        for path, text in sheets.items():
            is_new = not os.path.lexists(path)
            write_whole(path, text.encode(), force=force)
            new += [path] * is_new
    except BaseException as error:
        for path in new:
            with suppress(OSError):
                path.unlink()
        if isinstance(error, OSError):
            raise cannot_write(folder, error) from error
        raise
    shell.tell(f"Saved {len(sheets)} {'sheet' if len(sheets) == 1 else 'sheets'} to {folder}")
