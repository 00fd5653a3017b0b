"""The app: its commands, the one place that catches errors, and the exit codes."""

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from collabcheck import __version__
from collabcheck.characters import visible
from collabcheck.cli import shell
from collabcheck.problems import CollabcheckError, UsageError

COMMANDS = {
    "assess": ("ask", "assess"),
    "report": ("take", "report"),
    "compare": ("compare", "compare"),
    "cohort": ("cohort", "cohort"),
    "form": ("form", "form"),
    "import": ("bring", "import_"),
    "trends": ("read", "trends"),
    "resources": ("read", "resources"),
}
"""The commands in the order of the help, each with its module and function."""


def app_for(words: Sequence[str]) -> typer.Typer:
    """Return the app with only the command that the words begin with, which starts sooner; else with all of them."""
    app = typer.Typer(
        name="collabcheck",
        epilog="Start with: collabcheck assess. Nothing you answer leaves this computer.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(collabcheck)
    for name in [word for word in words[:1] if word in COMMANDS] or COMMANDS:
        module, function = COMMANDS[name]
        app.command(name)(getattr(import_module(f"collabcheck.cli.{module}"), function))
    return app


def _version(wanted: bool) -> None:
    if wanted:
        shell.emit(f"collabcheck {__version__}\n")
        raise typer.Exit


def collabcheck(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Are we ready to work with others? A self-assessment for voluntary and community organisations.

    Exit codes: 0 done, 1 a file has problems, 2 wrong usage, 3 a bug of ours, 4 below --require,
    129 window closed, 130 stopped, 131 quit, 143 ended by the system.
    """


def run() -> int:
    """Run the command line and return its exit code."""
    _ready_streams()
    try:
        _check_options(sys.argv[1:])
        app_for(sys.argv[1:])()
    except CollabcheckError as error:
        shell.say_problems(error.problems)
        return shell.PROBLEMS
    except UsageError as error:
        shell.tell(f"Error: {error}\nTo see how it is used, add --help.")
        return shell.USAGE
    except OSError as error:
        shell.tell(f"The system says “{error.strerror or error}”. Answers that were saved are safe.")
        return shell.PROBLEMS
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else bool(leaving.code)
    except Exception:
        if os.environ.get("COLLABCHECK_DEBUG") == "1":
            traceback.print_exc()
        shell.tell(
            "Something went wrong that is our fault, not yours. Answers that were saved are safe.\n"
            "To see what happened, and to report it, run the same command with COLLABCHECK_DEBUG=1 set."
        )
        return shell.BUG
    return 0


def _check_options(words: Sequence[str]) -> None:
    """Refuse options with signs that cannot be seen, before anybody repeats them on a terminal; UsageError."""
    for word in words:
        name, _, _ = word.partition("=")
        if name == "--":
            return
        if name.startswith("-") and visible(name) != name:
            raise UsageError(f"there is no option {visible(name)}.")


def _ready_streams() -> None:
    """Make streams usable that the caller has closed, or that cannot show every character."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller
            setattr(sys, name, Path(os.devnull).open("r+", encoding="utf-8"))  # noqa: SIM115  for as long as we run
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)
