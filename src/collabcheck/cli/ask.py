"""`assess`: asks in the terminal."""

import os
import shlex
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collabcheck.characters import shown, visible
from collabcheck.cli import shell
from collabcheck.cli.options import PackFolder, Plain, WhenColour, trend_ids
from collabcheck.cli.shell import Colour
from collabcheck.problems import Code, CollabcheckError, UsageError, did_you_mean, of_whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.text import Text

    from collabcheck.answers import AnswerSheet
    from collabcheck.files.keeping import OpenSheet
    from collabcheck.pack import Pack
    from collabcheck.prompts.askers import Asker
    from collabcheck.report.formats import Look

    Begin = Callable[..., AnswerSheet]


def assess(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="The answer sheet to fill in; made if new.")] = Path(
        "answers.yaml"
    ),
    trend: Annotated[
        list[str] | None,
        typer.Option(
            "--trend",
            metavar="TREND",
            help="Ask about this trend, too; again for each. Without it you are asked which.",
            autocompletion=trend_ids,
        ),
    ] = None,
    pack: PackFolder = None,
    plain: Plain = False,
    color: WhenColour = Colour.AUTO,
) -> None:
    """Answer the questions in the terminal, then see the report.

    Every answer is saved at once. Stop when you like; run the same command again to go on.

    Examples:

      collabcheck assess

      collabcheck assess riverside.yaml

      collabcheck assess riverside.yaml --plain

      collabcheck assess riverside.yaml --trend number-of-charities
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            "assess asks questions, so it needs a terminal. For a report on answers in a file: collabcheck report SHEET"
        )
    from collabcheck.files.packs import load_pack

    path, plainly = _whole(sheet), shell.asking_plainly(plain)
    questions = load_pack(pack)
    _check_trends(questions, trend or ())
    asker = _asker(plain=plainly, color=color)
    again = partial(_line, "assess", pack=pack, plain=plain)
    begin = partial(_begin, questions, path, asker=asker, trends=trend or ())
    answers, where, happened = _interview(questions, path, asker, begin, again=again, plain=plainly)
    safe = "\n".join(filter(None, [happened, f"All your answers are safe. The file is {where}" if where else ""]))
    to_see = _line("report", where or path, pack=pack)
    if sys.__stdout__ is None:
        shell.tell(f"The report cannot be shown, because standard output is closed. {safe}\nTo see it:\n  {to_see}")
        raise typer.Exit(shell.PROBLEMS)
    with shell.ending_at_once(lambda: shell.tell(f"\n{safe}"), "" if plainly else "\x1b[0m"):
        in_short = _show_report(questions, answers, shell.look_of("-", color, plain=plain), safe)
    if sys.stdout.isatty():
        asker.show(in_short)
    _say_where_all_is(where, happened, to_see)
    if where != path:
        raise typer.Exit(shell.PROBLEMS)


def _check_trends(pack: "Pack", names: "Sequence[str]") -> None:
    """Refuse a trend that the pack does not have."""
    for name in names:
        if name not in pack.trend:
            advice = did_you_mean(name, list(pack.trend)) or "To see the trends: collabcheck trends"
            raise UsageError(f"there is no trend “{shown(name[:60])}”. {advice}")


def _show_report(pack: "Pack", answers: "AnswerSheet", look: "Look", safe: str) -> "Text":
    """Print the report, and return how it begins, which may be out of sight by then; say what is safe if it fails."""
    from rich.text import Text

    from collabcheck.advice import advise
    from collabcheck.report.formats import FORMATS
    from collabcheck.report.outline.assessment import report_on
    from collabcheck.report.outline.short import summary
    from collabcheck.scoring import score

    assessment = score(pack, answers)
    page = FORMATS["terminal"].write(report_on(assessment, advise(assessment)), {}, look)
    try:
        shell.deliver(page, "-", force=False)
    except CollabcheckError:
        shell.tell(safe)
        raise
    said = visible(summary(assessment))
    return Text(f"\nThat was the report. It begins further up, with “In short”: {said}")


def _whole(sheet: Path) -> Path:
    """Return the whole path of the sheet; CollabcheckError if the folder one is in has been deleted."""
    try:
        return sheet.absolute()
    except FileNotFoundError as error:
        folder = Path()
        with suppress(OSError):  # where the system still knows its name
            folder = Path("/proc/self/cwd").readlink()
        advice = "Go to a folder that is there, such as your own with “cd”, and run the same command again."
        raise of_whole_file(folder, Code.CANNOT_WRITE, "the folder you are in has gone", advice) from error


def _say_where_all_is(where: Path | None, happened: str, to_see: str) -> None:
    """Say at the end how to keep the report, what has happened to the sheet, and where the answers are."""
    if where:
        kept = where.with_suffix(".txt").name
        shell.tell(f"To keep it as a file that any program can open or print:\n  {to_see} -o {shlex.quote(kept)}\n")
    if happened:
        shell.tell(happened)
    if where:
        shell.tell(f"Your answers are in {where}")


def _line(command: str, sheet: Path, *, pack: Path | None, plain: bool = False) -> str:
    """Return a command line to copy, which works in any folder, by the name the program was called."""
    name = shlex.split(os.environ.get("COLLABCHECK_COMMAND", "collabcheck"))
    options = [*(["--pack", str(pack.absolute())] if pack else []), *(["--plain"] if plain else [])]
    return shlex.join([*name, command, str(sheet), *options])


def _asker(*, plain: bool, color: Colour) -> "Asker":
    from collabcheck.prompts.askers import ListAsker, NumberedAsker

    width = partial(shell.width_of, sys.stderr)
    if plain:
        return NumberedAsker(sys.stdin, sys.stderr, width)
    from prompt_toolkit.output import create_output

    # Where the cursor is: the answer may come when we have left, to the shell.
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
    streams = {"output": create_output(stdout=sys.stderr)}
    return ListAsker(sys.stderr, width, colour=shell.in_colour(color, sys.stderr), streams=streams)


def _interview(
    pack: "Pack", path: Path, asker: "Asker", begin: "Begin", *, again: "Callable[[Path], str]", plain: bool
) -> "tuple[AnswerSheet, Path | None, str]":
    """Ask until all is answered and checked; return the answers, their file, and what has happened to the sheet.

    Whatever ends it early, the answers are on disk already.
    """
    from collabcheck.files.keeping import open_sheet
    from collabcheck.prompts.askers import ListAsker, Stop
    from collabcheck.prompts.conversation import Conversation

    now = shell.now()
    with open_sheet(pack, path, now=f"{now:%H:%M on %d/%m/%Y}") as store:

        def save(sheet: "AnswerSheet") -> None:
            store.save(sheet.dated(pack, f"{now:%Y-%m-%d}"))

        talk: Conversation | None = None

        def leave(*, failed: bool = False) -> None:
            where = store.secure()
            store.close()
            for note in talk.unsaved if talk else ():
                shell.tell(
                    f"\nA note was not saved, because its question has no answer yet. To keep it, copy it:\n{note}"
                )
            if failed and store.unsaved:
                shell.tell("\nYour last answer was not saved.")
            _say_where(pack, path, store, where, again)

        with shell.ending_at_once(leave, "" if plain else ListAsker.UNDO):
            try:
                talk = Conversation(asker, pack, begin(store, today=f"{now:%Y-%m-%d}"), save)
                talk.run()
                where = store.secure()
                return store.answers(), where, _happened(path, store, where)
            except Stop:
                leave()
                raise typer.Exit(shell.STOPPED) from None
            except CollabcheckError as error:
                if store.sheet is None:
                    raise
                shell.say_problems(error.problems)
                leave(failed=True)
                raise typer.Exit(shell.PROBLEMS) from error


def _begin(
    pack: "Pack", path: Path, store: "OpenSheet", *, asker: "Asker", trends: "Sequence[str]", today: str
) -> "AnswerSheet":
    """Return the sheet to go on with: the one in the file, or a new one; with the trends chosen that are named."""
    from collabcheck.choosing import choosing
    from collabcheck.prompts.conversation import begin_sheet, opening, returning

    if store.exists:
        sheet = store.read()
        for paragraph in returning(pack, sheet):
            asker.show(paragraph)
    else:
        for paragraph in opening(pack, str(path)):
            asker.show(paragraph)
        sheet = begin_sheet(asker, pack, today)
    chosen = choosing(pack, sheet, trends)
    if chosen is not sheet or not store.exists:
        store.save(chosen.dated(pack, today))
    return chosen


def _say_where(
    pack: "Pack", path: Path, store: "OpenSheet", where: Path | None, again: "Callable[[Path], str]"
) -> None:
    """Say how many answers are in the file, where it is, and how to go on; or that there is none."""
    answered = store.sheet and (store.sheet.replies or store.sheet.discussion)
    if not answered and not store.exists:
        shell.tell("\nStopped. Nothing was answered, so there is no file.")
    elif where is None:
        shell.tell(f"\nStopped. {_happened(path, store, where)}")
    else:
        if happened := _happened(path, store, where):
            shell.tell(f"\n{happened}")
        _say_how_many(pack, where, again(where))


def _happened(path: Path, store: "OpenSheet", where: Path | None) -> str:
    """Return what another program has done to the sheet, and where the answers are now; empty if nothing."""
    lost = len(store.sheet.replies) if store.sheet else 0
    were = {0: "no answer was", 1: "1 answer was"}.get(lost, f"{lost} answers were")
    if store.changed and where:
        return (
            f"Another program has changed {path} meanwhile, so it was left as it is; your answers are in “{where}”.\n"
            "Compare the two files, keep what is right in one of them, and go on with that one."
        )
    if store.changed:
        return f"Another program has changed {path} meanwhile; {were} in it. A copy could not be written."
    if store.anew and where:
        return f"The file {path} had gone, so the answers were written anew."
    return f"The file {path} has gone; {were} in it. It could not be written anew." if store.anew else ""


def _say_how_many(pack: "Pack", where: Path, again: str) -> None:
    from collabcheck.files.sheets import read_sheet

    try:
        answered = len(read_sheet(pack, where).replies)
    except CollabcheckError as error:
        shell.tell(f"\nStopped. The file is {where}, and something is wrong with it:")
        shell.say_problems(error.problems)
        return
    said = {0: "No question is answered yet.", 1: "1 answer is safe."}.get(answered, f"{answered} answers are safe.")
    shell.tell(f"\nStopped. {said} The file is {where}\n\nTo go on, from any folder:\n  {again}")
