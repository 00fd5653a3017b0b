"""The edges of the program: streams, colour, width, and how errors are said."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING

import typer

from collabcheck.characters import shown, visible
from collabcheck.problems import Place, Problem, UsageError

if TYPE_CHECKING:
    from collabcheck.report.formats import Format, Look, Written


PROBLEMS, USAGE, BUG, BELOW, STOPPED = 1, 2, 3, 4, 130
"""The exit codes; 0 is success, whatever the score."""

_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name)]
_HOLDING = [signal.SIGTTOU] if hasattr(signal, "SIGTTOU") else []
"""Stops a program in the background that speaks, where `stty tostop` says so: for ever, if it was to end."""
_MOST_SAID = 6_000
"""Bytes of problems that are told at once, of however many files."""
_LONGEST_PLACE = 400
_LONGEST_SAID = 1_000
_LAST_WORDS = 5
"""Seconds that the last words may take, if even the disk or the terminal does not answer."""
_SOON = 0.001


class Colour(StrEnum):
    """When to use colour."""

    ALWAYS = "always"
    NEVER = "never"
    AUTO = "auto"


def in_colour(wish: Colour, stream: IO[str]) -> bool:
    """Decide on colour: the option, then NO_COLOR, then what forces or forbids it, then whether it is a terminal."""
    set_ = os.environ.get
    if wish is not Colour.AUTO:
        return wish is Colour.ALWAYS
    if set_("NO_COLOR"):
        return False
    if set_("FORCE_COLOR", "0") not in ("", "0") or set_("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    if set_("CLICOLOR") == "0" or set_("TERM") == "dumb":
        return False
    return stream.isatty()


def width_of(stream: IO[str]) -> int:
    """Return the columns of a terminal, or what COLUMNS says, or 80."""
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdigit() and int(said[:5]) > 0:
        return int(said[:5])
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def plain_wanted(option: bool) -> bool:
    """Say whether to do without redrawing and columns: asked for, ACCESSIBLE=1, or a terminal that cannot."""
    return option or os.environ.get("ACCESSIBLE", "") not in ("", "0") or os.environ.get("TERM") == "dumb"


def asking_plainly(option: bool) -> bool:
    """Say whether to ask line by line: plain is wanted, or nobody says what the terminal can do."""
    unknown = sys.platform != "win32" and os.environ.get("TERM", "") in ("", "unknown")
    return plain_wanted(option) or unknown


def look_of(output: str, wish: Colour, *, plain: bool) -> "Look":
    """Return how to lay a page out: as this terminal can show it, or in a file the same wherever it is made."""
    from collabcheck.report.formats import Look

    if output == "-":
        return Look(width_of(sys.stdout), in_colour(wish, sys.stdout), plain_wanted(plain))
    return Look(colour=wish is Colour.ALWAYS, plain=plain_wanted(plain))


def emit(written: "Written") -> None:
    """Write to standard output; a reader that has gone away, such as `head`, is no error."""
    if isinstance(written, str):
        _warn_of_letters(written)
    try:
        if isinstance(written, bytes):
            sys.stdout.buffer.write(written)
        else:
            sys.stdout.write(written)
        sys.stdout.flush()
    except OSError as error:
        give_up_output()
        if not isinstance(error, BrokenPipeError):
            from collabcheck.files.saving import cannot_write

            raise cannot_write(Path("standard output"), error) from error


def give_up_output() -> None:
    """Let what is left over for standard output go nowhere, so that nothing more is said of it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _warn_of_letters(written: str) -> None:
    """Say if standard output cannot have every letter."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        written.encode(encoding)
    except UnicodeEncodeError:
        tell(
            f"Some letters cannot be shown in {encoding}; question marks stand for them. To keep them all, add: -o FILE"
        )
    except LookupError:
        return


def tell(text: str) -> None:
    """Write a line to standard error, if anybody can still read it there."""
    with suppress(OSError):
        sys.stderr.write(f"{visible(text)}\n")
        sys.stderr.flush()


def tell_some(lines: Sequence[str], most: int) -> None:
    """Write lines, but no more than anybody reads, and how many more there are."""
    for line in lines[:most]:
        tell(line)
    if len(lines) > most:
        tell(f"… and {len(lines) - most} more like these")


@contextmanager
def ending_at_once(last: Callable[[], None], undo: str) -> Iterator[None]:
    """On Ctrl-C, SIGTERM, SIGHUP and SIGQUIT, put the terminal back, do one last thing, and end.

    Nothing is raised: an exception is lost if the program happens to be in a weakref callback, and asyncio and what
    runs in it clean up before they let it pass, some of it for ever. `undo` is written if we have the terminal.
    """
    restore = _as_it_is_now(undo)

    def leave(number: int, _frame: FrameType | None) -> None:
        for other in (*_ENDING, *_HOLDING):
            signal.signal(other, signal.SIG_IGN)
        if hasattr(signal, "alarm"):
            signal.signal(signal.SIGALRM, lambda *_: os._exit(128 + number))
            signal.alarm(_LAST_WORDS)
        try:
            restore()
            sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115  ours may be busy
            last()
        finally:
            os._exit(128 + number)

    before = {number: signal.signal(number, leave) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def ending_tidily() -> Iterator[None]:
    """On every signal that asks a program to end, and can be caught, end by way of all that tidies up.

    A second Ctrl-C ends it at once. An exception that is lost, as in a weakref callback, is raised again soon after.
    """

    def leave(number: int, _frame: FrameType | None) -> None:
        for other in (*before, *_HOLDING):
            signal.signal(other, signal.SIG_DFL if other == signal.SIGINT else signal.SIG_IGN)
        with suppress(OSError):
            os.write(2, b"Stopped. No file is half-written.\n")  # sys.stderr may be in the middle of a line
        raise SystemExit(128 + number)

    def lost(raised: "sys.UnraisableHookArgs") -> None:
        if not isinstance(raised.exc_value, SystemExit) or not hasattr(signal, "setitimer"):
            told(raised)
            return
        again.append(raised.exc_value.code)
        signal.signal(signal.SIGALRM, lambda *_: sys.exit(again[-1]))
        signal.setitimer(signal.ITIMER_REAL, _SOON)

    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGUSR1", "SIGUSR2")
    there = {getattr(signal, name) for name in names if hasattr(signal, name)}
    usual = (signal.SIG_DFL, signal.default_int_handler)  # nohup asks to go on
    before = {number: handler for number in there if (handler := signal.getsignal(number)) in usual}
    for number in before:
        signal.signal(number, leave)
    again: list[str | int | None] = []
    told, sys.unraisablehook = sys.unraisablehook, lost
    try:
        yield
    finally:
        sys.unraisablehook = told
        if again:
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _as_it_is_now(undo: str) -> Callable[[], None]:
    """Return what makes the terminal treat keys as it does now, unless another program has it by then."""
    if sys.platform == "win32":
        return lambda: None
    import termios

    terminal = sys.stdin.fileno()
    modes = termios.tcgetattr(terminal)

    def restore() -> None:
        with suppress(termios.error, OSError):
            if os.tcgetpgrp(terminal) == os.getpgrp():
                termios.tcsetattr(terminal, termios.TCSANOW, modes)
                os.write(2, undo.encode())

    return restore


def say_problems(problems: Iterable[Problem], most: int = _MOST_SAID) -> None:
    """Write problems to standard error, each with where, what, and what to do; no more of them than anybody reads."""
    left, ordered = most, list(problems)
    for number, problem in enumerate(ordered):
        words = said(problem.place, problem.message, problem.code, problem.advice)
        left -= len(words.encode())
        if number and left < 0:
            told = {problem.place.file for problem in ordered[:number]}
            more = len({problem.place.file for problem in ordered[number:]} - told)
            tell(f"… and {more} more files with problems" if more else f"… and {len(ordered) - number} more like these")
            return
        tell(words)


def said(place: Place, message: str, code: str, advice: str) -> str:
    """Return a problem in two lines: where and what, and what to do."""
    name, message, advice = map(shown, (str(place), message, advice))
    where = name if len(name) <= _LONGEST_PLACE else f"…{name[-_LONGEST_PLACE:]}"
    return f"{where}: {short(message)} [{code}]\n    {short(advice)}".rstrip()


def short(words: str) -> str:
    """Return a message without the middle of what it repeats, if that is very long."""
    return words if len(words) <= _LONGEST_SAID else f"{words[: _LONGEST_SAID // 2]} … {words[-_LONGEST_SAID // 2 :]}"


def deliver(written: "Written", output: str, *, force: bool) -> None:
    """Write a result where it was asked for: a file, whole or not at all, or standard output for “-”."""
    if output == "-":
        emit(written)
        return
    from collabcheck.files.saving import write_whole

    if not force and os.path.isfile(output) and may_ask():  # noqa: PTH113  never raises
        force = _may_replace(output)
    write_whole(Path(output), written if isinstance(written, bytes) else written.encode(), force=force)
    tell(f"Saved to {shown(output)}")


def now() -> datetime:
    """Return the time where we are; in UTC, if the system has no sense of where that is."""
    with suppress(ValueError, OverflowError, OSError):
        return datetime.now(tz=UTC).astimezone()
    return datetime.now(tz=UTC)


def may_ask() -> bool:
    """Say whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def check_free(name: str, *, force: bool) -> None:
    """Refuse the name of a file at once that would be refused when all is done; “-” is none."""
    if name != "-":
        from collabcheck.files.saving import check_free

        check_free(Path(name), force=force)


def _may_replace(output: str) -> bool:
    """Ask whether a file may be replaced, and leave if it may not."""
    try:
        if typer.confirm(f"{shown(output)} exists already. Replace it?", err=True):
            return True
    except typer.Abort:
        raise typer.Exit(STOPPED) from None
    tell("Left as it was.")
    raise typer.Exit(PROBLEMS)


def format_of(wish: StrEnum | None, output: str, *, page: bool = False) -> "Format":
    """Return the format asked for, or the one that the file's name ends in, or the terminal's.

    A page is something to read that has no numbers, so JSON is not for it.
    """
    from collabcheck.report.formats import FORMATS, by_suffix

    found = FORMATS[wish.value if wish else "terminal"] if wish or output == "-" else by_suffix(output)
    fitting = [format_ for format_ in FORMATS.values() if format_.of_pages or not page]
    if found is None or found not in fitting:
        suffixes = ", ".join(f"{format_.suffixes[0]} ({format_.what})" for format_ in fitting)
        raise UsageError(f"no format goes with “{shown(output)}”. End its name in one of: {suffixes}. Or add --format.")
    if output == "-" and sys.stdout.isatty() and not found.for_screens:
        raise UsageError(f"a terminal cannot show {found.what}. Add a file for it: -o report{found.suffixes[0]}")
    return found
