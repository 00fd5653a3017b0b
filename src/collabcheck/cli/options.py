"""The options that several commands share, each said once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from collabcheck.cli.shell import Colour


class ReportFormat(StrEnum):
    """What a report can be written as."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


class PageFormat(StrEnum):
    """What a page to read can be written as."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"


PackFolder = Annotated[
    Path | None,
    typer.Option("--pack", metavar="DIR", help="Use the pack in this folder instead of the one that ships."),
]
Plain = Annotated[
    bool, typer.Option("--plain", help="No columns, bars or redrawing: one fact a line. Also: ACCESSIBLE=1.")
]
WhenColour = Annotated[Colour, typer.Option("--color", help="Use colour: always, never, or when it is a terminal.")]
Output = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help="Write to this file; its suffix picks the format.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that exists.")]
