"""Reading: `trends` and `resources`."""

from typing import TYPE_CHECKING, Annotated

import typer

from collabcheck.cli import shell
from collabcheck.cli.group import check_apart, pack_files
from collabcheck.cli.options import (
    AsPage,
    Force,
    Output,
    PackFolder,
    PageFormat,
    Plain,
    WhenColour,
    factor_ids,
    nation_ids,
    no_such_factor,
    trend_ids,
)
from collabcheck.cli.shell import Colour
from collabcheck.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcheck.report.blocks import Report


def trends(
    trend: Annotated[
        str,
        typer.Argument(
            metavar="TREND", help="The trend to read; without it, all are listed.", autocompletion=trend_ids
        ),
    ] = "",
    output: Output = "-",
    format_: AsPage = None,
    pack: PackFolder = None,
    plain: Plain = False,
    color: WhenColour = Colour.AUTO,
    force: Force = False,
) -> None:
    """List the trends, or read one: what is happening, what it may mean, what to ask.

    Examples:

      collabcheck trends

      collabcheck trends collaborative-working

      collabcheck trends collaborative-working -o trend.md
    """
    from collabcheck.files.packs import load_pack
    from collabcheck.report.outline.library import trend_list, trend_page

    check_apart(pack_files(pack), {"the page": output})
    content = load_pack(pack)
    if trend:
        _known(trend, list(content.trend), "trend")
    page = trend_page(content, content.trend[trend]) if trend else trend_list(content)
    _write(page, output, format_, plain=plain, color=color, force=force)


def resources(
    factor: Annotated[
        str,
        typer.Option("--factor", metavar="FACTOR", help="Only what helps with this factor.", autocompletion=factor_ids),
    ] = "",
    nation: Annotated[
        str,
        typer.Option("--nation", metavar="NATION", help="Only what applies in this nation.", autocompletion=nation_ids),
    ] = "",
    output: Output = "-",
    format_: AsPage = None,
    pack: PackFolder = None,
    plain: Plain = False,
    color: WhenColour = Colour.AUTO,
    force: Force = False,
) -> None:
    """List the guidance: what it is, how useful, where to find it, and its age.

    Examples:

      collabcheck resources

      collabcheck resources --factor size --nation scotland

      collabcheck resources -o guidance.md
    """
    from collabcheck.files.packs import load_pack
    from collabcheck.report.outline.library import guidance_page

    check_apart(pack_files(pack), {"the page": output})
    content = load_pack(pack)
    places = content.that_means("nation")
    if factor and factor not in content.factor:
        raise no_such_factor(content, factor)
    if nation and places is None:
        raise UsageError("the pack does not ask where people work, so its guidance is the same for every nation.")
    if nation and places:
        _known(nation, list(places.choice), "nation")
    page = guidance_page(content, factor=factor, nation=nation)
    _write(page, output, format_, plain=plain, color=color, force=force)


def _known(word: str, known: "Sequence[str]", family: str) -> None:
    from collabcheck.problems import did_you_mean

    if word not in known:
        raise UsageError(f"there is no {family} “{word}”. {did_you_mean(word, known)}")


def _write(page: "Report", output: str, wish: PageFormat | None, *, plain: bool, color: Colour, force: bool) -> None:
    written = shell.format_of(wish, output, page=True).write(page, {}, shell.look_of(output, color, plain=plain))
    shell.deliver(written, output, force=force)
