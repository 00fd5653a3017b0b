"""For authors: `pack check`, `pack new` and `pack schema`."""

import json
from enum import StrEnum
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from collabcheck.characters import shown
from collabcheck.cli import shell
from collabcheck.cli.options import Force, Output, Plain, WhenColour, word
from collabcheck.cli.shell import Colour
from collabcheck.problems import CollabcheckError, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collabcheck.doctor.remarks import Remark, Told
    from collabcheck.files.packs import PackFiles

pack = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="For authors of questions.")


class CheckFormat(StrEnum):
    """How to tell what was found."""

    TEXT = "text"
    LINES = "lines"
    JSON = "json"


@pack.command("check")
def check(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="PACK", help="The folder of the pack; the one you are in, if none is named.", readable=False
        ),
    ] = Path(),
    format_: Annotated[
        CheckFormat, word("--format", CheckFormat, "Text to read, a line for each thing for an editor, or JSON.")
    ] = CheckFormat.TEXT,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 for warnings, too, unless the pack explains them.")
    ] = False,
    plain: Plain = False,
    color: WhenColour = Colour.AUTO,
) -> None:
    """Say all that the author of a pack should know before anybody answers it.

    Errors come first: with them the pack cannot be used. Warnings are about what may not be as you mean it.

    Examples:

      collabcheck pack check my-pack

      collabcheck pack check my-pack --format lines
    """
    errors, warnings, explained, files = _found(folder)
    match format_:
        case CheckFormat.LINES:
            from collabcheck.report.pack_data import lines

            shell.emit(lines(errors, warnings))
        case CheckFormat.JSON:
            from collabcheck.doctor.summary import summarise
            from collabcheck.report.pack_data import checked_data

            about = (files.pack, summarise(files.pack)) if files else None
            data = checked_data(errors, warnings, explained, about)
            shell.emit(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        case CheckFormat.TEXT:
            shell.emit("".join(_text(errors, warnings, explained)))
            if files:
                _show_figures(files, color, plain=plain)
    if errors or (strict and warnings):
        raise typer.Exit(shell.PROBLEMS)


def _found(folder: Path) -> "tuple[list[Told], list[Told], list[Told], PackFiles | None]":
    """Return the errors; or, if there are none, the warnings, those that the pack explains, and its files."""
    from collabcheck.doctor.check import check as examine
    from collabcheck.doctor.remarks import Told
    from collabcheck.files.packs import open_pack
    from collabcheck.files.source.traps import traps

    try:
        files = open_pack(folder)
    except CollabcheckError as error:
        return [Told(p.place, p.code, p.message, p.advice) for p in error.problems], [], [], None
    trapped = [remark for document in files.documents for remark in traps(document)]
    found = examine(files.pack, f"{shell.now():%Y-%m-%d}", trapped)
    warnings = sorted(_told(files, found.remarks))
    explained = sorted(_told(files, [remark for remark, _ in found.explained], [why for _, why in found.explained]))
    return [], warnings, explained, files


def _told(files: "PackFiles", remarks: "Iterable[Remark]", because: "Iterable[str]" = ()) -> "Iterator[Told]":
    from itertools import chain, repeat

    from collabcheck.doctor.remarks import Told

    for remark, why in zip(remarks, chain(because, repeat(""))):  # noqa: B905  only as many as there are remarks
        yield Told(files.place(remark.path), remark.kind, remark.message, remark.advice, why)


def _text(errors: "list[Told]", warnings: "list[Told]", explained: "list[Told]") -> "Iterator[str]":
    for title, found in (("Errors", errors), ("Warnings", warnings), ("Explained by the pack", explained)):
        if found:
            yield f"{title}\n\n"
            yield from (f"{shell.said(one.place, one.message, one.code, one.because or one.advice)}\n" for one in found)
            yield "\n"
    if errors:
        them = "it" if len(errors) == 1 else "these"
        yield f"{_many(len(errors), 'error')}. Mend {them}, and check again: the rest can be looked at then.\n"
    else:
        more = f" The pack explains {len(explained)} more." if explained else ""
        yield f"No errors and {_many(len(warnings), 'warning')}.{more}\n\n"


def _many(number: int, name: str) -> str:
    return f"{number or 'no'} {name}{'' if number == 1 else 's'}"


def _show_figures(files: "PackFiles", color: Colour, *, plain: bool) -> None:
    from collabcheck.doctor.summary import summarise
    from collabcheck.report.formats import FORMATS
    from collabcheck.report.outline.figures import pack_figures

    page = pack_figures(files.pack, summarise(files.pack))
    shell.emit(FORMATS["terminal"].write(page, {}, shell.look_of("-", color, plain=plain)))


@pack.command("new")
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.", readable=False)],
) -> None:
    """Make a folder with a small pack to begin with, and what editors need to help you write it.

    Examples:

      collabcheck pack new my-pack

      collabcheck pack new ~/questions/for-our-members
    """
    from collabcheck.files.starter import begin_pack

    for path in begin_pack(folder):
        shell.tell(f"Made {shown(str(path))}")
    name = quote(str(folder))
    shell.tell(f"Look at it in an editor. Then: collabcheck pack check {shown(name)}")


@pack.command("schema")
def schema(
    name: Annotated[str, typer.Argument(metavar="pack|resources|answers", help="Of which file.")] = "pack",
    output: Output = "-",
    force: Force = False,
) -> None:
    """Print the JSON Schema of a pack, its resources or answer sheets: editors check by it what you type.

    Examples:

      collabcheck pack schema

      collabcheck pack schema resources -o resources.schema.json
    """
    from collabcheck.files.starter import SCHEMAS, schema_text

    if name not in SCHEMAS:
        raise UsageError(f"there is no schema “{shown(name[:60])}”. {did_you_mean(name, SCHEMAS)}")
    shell.deliver(schema_text(name), output, force=force)
