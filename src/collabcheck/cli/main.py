"""The app: its commands, the one place that catches errors, and the exit codes."""

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from io import StringIO
from typing import Annotated, Any

import typer

from collabcheck import __version__
from collabcheck.characters import shown, visible
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
    "pack": ("author", "pack"),
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
        found = getattr(import_module(f"collabcheck.cli.{module}"), function)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
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
        with shell.ending_tidily():
            _check_options(sys.argv[1:])
            return _exit_code(app_for(sys.argv[1:])(standalone_mode=False))
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else bool(leaving.code)
    except Exception as error:
        return _say(error)


def _say(error: Exception) -> int:
    """Say what stopped a command; return the exit code."""
    match error:
        case CollabcheckError():
            shell.say_problems(error.problems)
        case UsageError():
            shell.tell(f"Error: {shell.short(shown(str(error)))}\nTo see how it is used, add --help.")
            return shell.USAGE
        case OSError():
            shell.give_up_output()
            shell.tell(
                f"The system says “{error.strerror or error}”. Answers that were saved are safe.\n"
                "Check the disk, and whether standard output is open; then run the same command again."
            )
        case typer.Abort():
            shell.tell("Aborted!")
        case _ if hasattr(error, "show") and hasattr(error, "exit_code"):
            return _say_usage(error)
        case _:
            return _say_bug(error)
    return shell.PROBLEMS


def _say_bug(error: Exception) -> int:
    if os.environ.get("COLLABCHECK_DEBUG") == "1":
        traceback.print_exception(error)
    shell.tell(
        "Something went wrong that is our fault, not yours. Answers that were saved are safe.\n"
        "To see what happened, and to report it, run the same command with COLLABCHECK_DEBUG=1 set."
    )
    return shell.BUG


def _exit_code(returned: object) -> int:
    return returned if isinstance(returned, int) else 0


def _say_usage(error: Any) -> int:  # noqa: ANN401  Typer does not export what it raises
    """Say what Typer has to say of how the command was called, which repeats words from there."""
    said = StringIO()
    error.show(file=said)
    usage, sign, message = said.getvalue().partition("Error: ")
    shell.tell(f"{usage}{sign}{shell.short(shown(message.rstrip()))}".rstrip())
    return int(error.exit_code)


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
            mode = os.O_RDONLY if name == "stdout" else os.O_RDWR  # so that results do not vanish without a word
            way = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.open(os.devnull, mode), way, encoding="utf-8"))  # noqa: PTH123, SIM115  while we run
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)
