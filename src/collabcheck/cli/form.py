"""The blank forms: `form`."""

from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from collabcheck.characters import one_line
from collabcheck.cli import shell
from collabcheck.cli.group import check_apart, pack_files
from collabcheck.cli.options import Force, PackFolder, role_ids
from collabcheck.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collabcheck.pack import Pack


def form(
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Write to this file; its suffix picks the kind.")
    ] = "",
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="NAME", help="Fill in the name of the organisation.")
    ] = "",
    role: Annotated[
        str,
        typer.Option("--role", metavar="ROLE", help="Fill in the role of who answers.", autocompletion=role_ids),
    ] = "",
    xlsform: Annotated[
        bool, typer.Option("--xlsform", help="With .xlsx: a form for KoboToolbox or ODK, not for people.")
    ] = False,
    pack: PackFolder = None,
    force: Force = False,
) -> None:
    """Write a blank form, for people who would rather not use a terminal.

    The page for a browser works without the internet. It saves a file for: collabcheck report FILE

    Examples:

      collabcheck form -o form.html

      collabcheck form -o form.html --organisation "Riverside Advice"

      collabcheck form -o trustee.html --role trustee

      collabcheck form -o form.md
    """
    write = _kind(output, xlsform=xlsform)
    from collabcheck.files.packs import load_pack
    from collabcheck.written import LONGEST_NAME

    check_apart(pack_files(pack), {"the form": output})
    questions = load_pack(pack)
    _check_role(questions, role)
    name = one_line(organisation)
    if len(name) > LONGEST_NAME:
        raise UsageError(f"the name of the organisation has {len(name)} characters; {LONGEST_NAME} is the most.")
    if xlsform and (name or role):
        raise UsageError("an XLSForm asks everyone; --organisation and --role go with the other forms.")
    shell.deliver(write(questions, name, role), output, force=force)


def _check_role(pack: "Pack", role: str) -> None:
    asks = pack.that_means("role")
    if role and asks is None:
        raise UsageError("this pack does not ask for the role of who answers. Leave --role out.")
    if role and asks and role not in asks.choice:
        raise UsageError(f"there is no role “{role}”. {did_you_mean(role, list(asks.choice))}")


# The kinds of form, each by the suffixes of its file.


def _page(pack: "Pack", organisation: str, role: str) -> bytes:
    from collabcheck.forms.page import page

    return page(pack, organisation, role)


def _workbook(pack: "Pack", organisation: str, role: str) -> bytes:
    from collabcheck.forms.excel import workbook

    return workbook(pack, organisation, role)


def _blank(pack: "Pack", organisation: str, role: str) -> str:
    from collabcheck.files.sheets import SCHEMA
    from collabcheck.forms.blank import blank

    return blank(pack, f"{shell.now():%Y-%m-%d}", organisation, role, SCHEMA)


def _paper(pack: "Pack", organisation: str, role: str) -> str:
    from collabcheck.forms.paper import paper

    return paper(pack, organisation, role)


def _xlsform(pack: "Pack", _organisation: str, _role: str) -> bytes:
    from collabcheck.forms.excel import xlsform

    return xlsform(pack)


Write = Callable[["Pack", str, str], str | bytes]

_KINDS: tuple[tuple[tuple[str, ...], str, Write], ...] = (
    ((".html", ".htm"), "a page for any browser", _page),
    ((".xlsx",), "Excel", _workbook),
    ((".yaml", ".yml"), "a text file", _blank),
    ((".md", ".markdown"), "paper", _paper),
)


def _kind(output: str, *, xlsform: bool) -> Write:
    """Return what writes the kind of form that the file's name ends in."""
    ending = PurePath(output).suffix.lower()
    if xlsform and ending != ".xlsx":
        raise UsageError("--xlsform writes a file that ends in .xlsx: -o form.xlsx --xlsform")
    for suffixes, _, write in _KINDS:
        if ending in suffixes:
            return _xlsform if xlsform else write
    what = f"no form goes with “{output}”" if output else "a form is a file, which needs a name"
    known = ", ".join(f"{suffixes[0]} ({kind})" for suffixes, kind, _ in _KINDS)
    raise UsageError(f"{what}. Write -o FILE, and end its name in one of: {known}.")
