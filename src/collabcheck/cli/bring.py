"""Collecting: `import` makes answer sheets of the tables that survey tools give, and of our own workbook."""

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collabcheck.characters import visible
from collabcheck.cli import shell
from collabcheck.cli.options import Force, PackFolder
from collabcheck.problems import Code, CollabcheckError, Place, Problem, UsageError, of_whole_file

if TYPE_CHECKING:
    from collabcheck.files.imports.bringing import Brought, Person, Wishes
    from collabcheck.files.imports.columns import Column
    from collabcheck.pack import Pack


_SHOWN = 50
"""So many warnings are shown of a table."""


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

    Names, e-mail addresses and the like are left out. Nothing is written if anything is wrong.

    Examples:

      collabcheck import answers.csv -o sheets

      collabcheck import ann.xlsx bob.xlsx -o sheets --organisation "Riverside Advice"

      collabcheck import answers.csv -o sheets --save-mapping columns.yaml

      collabcheck import answers.csv -o sheets --mapping columns.yaml
    """
    from collabcheck.files.imports.bringing import Wishes
    from collabcheck.files.imports.mapping import Mapping, read_mapping
    from collabcheck.files.packs import load_pack

    if save_mapping and len(tables) > 1:
        raise UsageError("a mapping is saved for one table at a time. Name one, and use its mapping for the others.")
    questions = load_pack(pack)
    today = f"{datetime.now(tz=UTC).astimezone():%Y-%m-%d}"
    wishes = Wishes(today, organisation, read_mapping(mapping) if mapping else Mapping(), keep_respondent)
    brought = [_bring(questions, table, wishes) for table in tables]
    _tell(brought)
    if save_mapping:
        _save_mapping(questions, save_mapping, brought[0].columns, force=force)
    if problems := [problem for one in brought for problem in one.problems]:
        raise CollabcheckError(problems)
    people = [person for one in brought for person in one.people]
    if not people:
        name, advice = ", ".join(map(visible, tables)), "Check that this is the right file."
        raise of_whole_file(name, Code.EMPTY_FILE, "there are no answers in it", advice)
    _write(questions, output, _without_problems(people, skip=skip_bad_rows), force=force)


def _bring(pack: "Pack", name: str, wishes: "Wishes") -> "Brought":
    from collabcheck.files.imports.bringing import bring
    from collabcheck.files.source.text import MAX_BYTES, read_bytes

    shown = "standard input" if name == "-" else visible(name)
    raw = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else read_bytes(shown, Path(name))
    return bring(pack, shown, raw, wishes)


def _tell(brought: Iterable["Brought"]) -> None:
    """Show what each column was taken for, what is left out, and what may be amiss."""
    from collabcheck.files.imports.columns import Holds, Left

    for one in brought:
        for column in one.columns:
            if isinstance(column.what, Holds):
                shell.tell(f"  {column.what} = {_short(column.header)}")
        for why in (Left.PERSONAL, Left.TOOL, Left.LISTED):
            if left := [_short(column.header) for column in one.columns if column.what is why]:
                shell.tell(f"Left out, because {why}: {', '.join(left)}")
        for warning in one.warnings[:_SHOWN]:
            shell.tell(warning)
        if len(one.warnings) > _SHOWN:
            shell.tell(f"… and {len(one.warnings) - _SHOWN} more like these")


def _short(header: str) -> str:
    from collabcheck.files.source.found import quoted

    return quoted(header)


def _save_mapping(pack: "Pack", path: Path, columns: Sequence["Column"], *, force: bool) -> None:
    from collabcheck.files.imports.columns import mapping_of
    from collabcheck.files.imports.mapping import mapping_text

    shell.deliver(mapping_text(mapping_of(pack, columns)), str(path), force=force)


def _without_problems(people: Sequence["Person"], *, skip: bool) -> list["Person"]:
    """Return the people whose answers can be used; CollabcheckError if others may not be left out."""
    from collabcheck.files.imports.bringing import few

    problems = [problem for person in people for problem in person.problems]
    good = [person for person in people if not person.problems]
    if problems and not (skip and good):
        raise CollabcheckError(few(problems))
    if problems:
        shell.say_problems(few(problems))
        places = ", ".join(str(person.place) for person in people if person.problems)
        shell.tell(f"Left out for these problems: {len(people) - len(good)} of {len(people)}, at {places}")
    return good


def _write(pack: "Pack", folder: Path, people: Sequence["Person"], *, force: bool) -> None:
    """Write every sheet; none if there is one of its name already, unless `force`."""
    from collabcheck.files.saving import cannot_write, write_whole
    from collabcheck.files.sheets import sheet_text

    paths = [folder / f"{person.name}.yaml" for person in people]
    if twice := {path for i, path in enumerate(paths) if path in paths[:i]}:
        names = ", ".join(f"“{visible(str(path))}”" for path in sorted(twice))
        raise UsageError(f"sheets of two tables would both be {names}. Import the tables into different folders.")
    if taken := [path for path in paths if path.exists() and not force]:
        advice = "Name another folder, or add --force to replace what is there."
        message = "there is such a file already"
        raise CollabcheckError([Problem(Place(str(path)), Code.FILE_EXISTS, message, advice) for path in taken])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    for path, person in zip(paths, people, strict=True):
        if person.sheet:
            write_whole(path, sheet_text(pack, person.sheet, json=False).encode(), force=force)
    sheets = "1 sheet" if len(people) == 1 else f"{len(people)} sheets"
    shell.tell(f"Saved {sheets} to {folder}")
