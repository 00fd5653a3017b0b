"""Reading: `trends` and `resources`."""

from typing import TYPE_CHECKING, Annotated

import typer

from collabcheck.cli import shell
from collabcheck.cli.options import (
    Force,
    Output,
    PackFolder,
    PageFormat,
    Plain,
    WhenColour,
    factor_ids,
    nation_ids,
    trend_ids,
)
from collabcheck.cli.shell import Colour
from collabcheck.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcheck.report.blocks import Report

AsFormat = Annotated[PageFormat | None, typer.Option("--format", help="The format, whatever the file's suffix says.")]


def trends(
    trend: Annotated[
        str,
        typer.Argument(
            metavar="[TREND]", help="The trend to read; without it, all are listed.", autocompletion=trend_ids
        ),
    ] = "",
    output: Output = "-",
    format_: AsFormat = None,
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

    content = load_pack(pack)
    found = {known.id: known for known in content.trends}
    if trend:
        _known(trend, list(found), "trend")
    page = trend_page(content, found[trend]) if trend else trend_list(content)
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
    format_: AsFormat = None,
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

    content = load_pack(pack)
    asked = content.that_means("nation")
    nations = asked.choice if asked else {}
    if factor:
        _known(factor, list(content.factor), "factor")
    if nation:
        _known(nation, list(nations), "nation")
    chosen = [
        resource
        for resource in content.resources
        if (not factor or factor in resource.factors)
        and (not nation or not resource.nations or nation in resource.nations)
    ]
    about = " ".join(
        filter(
            None,
            (
                factor and f"For {content.factor[factor].title}." if factor else "",
                nation and f"In {nations[nation].text}.",
            ),
        )
    )
    _write(
        guidance_page(content, chosen, about=about or "All that the pack names."),
        output,
        format_,
        plain=plain,
        color=color,
        force=force,
    )


def _known(word: str, known: "Sequence[str]", family: str) -> None:
    from collabcheck.problems import did_you_mean

    if word not in known:
        raise UsageError(f"there is no {family} “{word}”. {did_you_mean(word, known)}")


def _write(page: "Report", output: str, wish: PageFormat | None, *, plain: bool, color: Colour, force: bool) -> None:
    from collabcheck.report.formats import FORMATS, by_suffix

    asked = FORMATS[wish.value] if wish else by_suffix(output)
    if output == "-" and not wish:
        asked = FORMATS["terminal"]
    if asked is None or asked.name not in list(PageFormat):
        raise UsageError(f"no format goes with “{output}”: end its name in .txt or .md, or add --format")
    look = shell.look_of(output, color, plain=plain)
    shell.deliver(asked.write(page, {}, look), output, force=force)
