"""Two ways to ask in a terminal that can do the same: a list to move through, and numbers to type."""

import os
import re
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Protocol, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from collabcheck.characters import one_line, visible
from collabcheck.prompts.ahead import FEW, QUIET, drop, has_lines

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

Width = Callable[[], int]
"""Tells how many columns the terminal has now: windows are pulled wider and narrower."""

LONGEST_LINE = 1023 if sys.platform == "darwin" else 4095
"""Bytes of a line that is not longer, as far as anybody can tell: a terminal drops what is beyond, without a word."""
_FOREIGN = re.compile("[\udc80-\udcff]")
"""What Python makes of bytes that are no characters."""
_NOT_TAKEN = "A character came that cannot be read here, so nothing was taken. Write it again without that one."


class Stop(Exception):
    """The person wants to stop, or the terminal is gone. What was answered is saved already."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be picked: a key to type, and words."""

    key: str
    text: str
    aside: str = ""
    """A word or two for a command, which is listed in a line below the answers."""


class Asker(Protocol):
    """A way to ask. Raises `Stop` on Ctrl-C, Ctrl-D and a closed terminal."""

    def show(self, *paragraphs: Text, indent: int = 0) -> None:
        """Print paragraphs, wrapped, and an empty line."""

    def pick(
        self,
        answers: Sequence[Option],
        commands: Sequence[Option],
        *,
        several: bool = False,
        chosen: Sequence[str] = (),
    ) -> tuple[str, ...]:
        """Let one be picked, or several of the answers, and return the keys.

        Nothing is picked beforehand; `chosen` are the keys of an earlier answer.
        """

    def write(self, label: str, *, more: bool = False, start: str = "") -> str:
        """Let a line be written; return it without what cannot be seen; empty if nothing was written.

        If it is one `more` of several, lines that were pasted with the one before count. `start` are words to go on
        from, where a line can be changed.
        """


class NumberedAsker:
    """Asks with numbers and letters, line by line: no redrawing, nothing moves. Works on every terminal."""

    def __init__(self, reader: TextIO, writer: IO[str], width: Width, *, quiet: float = QUIET) -> None:
        """Take the streams, and how many seconds of quiet end a paste."""
        self._reader, self._writer, self._quiet = reader, writer, quiet
        self._console = _Screen(writer, width, colour=False)

    def show(self, *paragraphs: Text, indent: int = 0) -> None:
        """Print paragraphs, wrapped."""
        _show(self._console, paragraphs, indent)

    def pick(
        self,
        answers: Sequence[Option],
        commands: Sequence[Option],
        *,
        several: bool = False,
        chosen: Sequence[str] = (),  # noqa: ARG002  what was chosen stands above the list
    ) -> tuple[str, ...]:
        """Print the options in full and read a key, or several numbers; say which words that chose."""
        for option in (*answers, *(command for command in commands if not command.aside)):
            _hang(self._console, option)
        asides = ", ".join(f"{command.key} {command.aside}" for command in commands if command.aside)
        self.show(Text(f"\nOr: {asides}." if asides else ""))
        while True:
            typed = self._line("Your answers, such as 1 3" if several else "Your answer").lower()
            keys = tuple(dict.fromkeys(key.rstrip(".)") for key in typed.replace(",", " ").split()))
            if self._fits(keys, answers, commands, several=several):
                said = " · ".join(option.text for option in (*answers, *commands) if option.key in keys)
                self.show(Text(visible(said)), indent=2)
                return keys
            known = ", ".join(option.key for option in (*answers, *commands))
            more = " Several numbers have a space between them." if several else ""
            self.show(Text(f"Type one of these and press Enter: {known}.{more}"))

    def write(self, label: str, *, more: bool = False, start: str = "") -> str:  # noqa: ARG002  lines cannot be changed
        """Read a line; a gap between pasted lines is passed over."""
        line = self._line(label, more=more)
        while more and not line and has_lines(self._reader, wait=self._quiet):
            line = self._line(label, more=True)
        return line

    def _fits(
        self, keys: tuple[str, ...], answers: Sequence[Option], commands: Sequence[Option], *, several: bool
    ) -> bool:
        if len(keys) == 1:
            return any(keys[0] == option.key for option in (*answers, *commands))
        return several and bool(keys) and {*keys} <= {option.key for option in answers}

    def _line(self, label: str, *, more: bool = False) -> str:
        """Read a line, again until all of it has come."""
        while True:
            if not more:
                self._drop_the_rest_of_a_paste()
            self._writer.write(f"{label}: ")
            self._writer.flush()
            line = self._read()
            wrong = self._cut_off(line) or (_NOT_TAKEN if _FOREIGN.search(line) else "")  # a cut may go through one
            if not wrong:
                return one_line(line)
            self.show(Text(wrong))

    def _read(self) -> str:
        try:
            line = self._reader.readline()
        except UnicodeDecodeError as error:
            return os.fsdecode(error.object[error.start : error.start + 1])
        except (KeyboardInterrupt, OSError) as error:
            raise Stop from error
        if not line:
            raise Stop
        return line

    def _cut_off(self, line: str) -> str:
        """Return what to say of a line that is so long that the terminal may have dropped its end."""
        words = line.rstrip("\n")
        if not self._reader.isatty() or len(words.encode(self._reader.encoding or "utf-8", "replace")) < LONGEST_LINE:
            return ""
        begins = visible(one_line(words[:40]))
        return (
            f"The line that begins “{begins}” is longer than a terminal can take ({LONGEST_LINE:,} bytes), so nothing "
            "of it was taken. Write or paste less of it."
        )

    def _drop_the_rest_of_a_paste(self) -> None:
        dropped = drop(self._reader, quiet=self._quiet).splitlines()
        lines = sum(bool(line.strip()) for line in dropped)
        if lines:
            were = (
                "1 line that came before this question was"
                if lines == 1
                else f"{lines:,} lines that came before this question were"
            )
            self.show(Text(f"\n{were} not kept."))


_SHORTCUT = {"not-yet": "0", "choose": "c", "?": "h"}
"""Keys of rows that questionary does not take as they are."""


class ListAsker:
    """Asks with questionary: a list to move through with the arrow keys, or with the key of a row."""

    UNDO = "\x1b[?25h\x1b[?2004l\x1b[?7h\x1b[0m\r\x1b[J"
    """What to write to a terminal that was left in the middle of a list: shows the cursor, ends pasting in brackets,
    breaks long lines, ends colours, and clears what is below."""
    NOT_YET = "not-yet"
    LONG = 9
    """A list with more answers than this has the commands first, so that they can be seen."""

    def __init__(
        self, writer: IO[str], width: Width, *, colour: bool, streams: Mapping[str, Any], quiet: float = QUIET
    ) -> None:
        """Take the stream to print to, the input and output that prompt_toolkit is to use, and what ends a paste."""
        self._console = _Screen(writer, width, colour=colour)
        self._width = width
        self._quiet = quiet
        self._streams = streams
        self._number = ""  # which was typed to open the list of several

    def show(self, *paragraphs: Text, indent: int = 0) -> None:
        """Print paragraphs, wrapped."""
        _show(self._console, paragraphs, indent)

    def pick(
        self,
        answers: Sequence[Option],
        commands: Sequence[Option],
        *,
        several: bool = False,
        chosen: Sequence[str] = (),
    ) -> tuple[str, ...]:
        """Let one row of a list be picked; a long list is first printed in full, and its rows are cut."""
        self._forget_what_was_typed_ahead()
        if several or len(answers) > self.LONG:
            for option in answers:
                _hang(self._console, option)
            self._console.print()
        while True:
            self._number = ""
            key = self._select(answers, commands, several=several)
            if key != "choose":
                self._console.print()
                return (key,)
            keys = self._tick(answers, [*chosen, self._number])
            if keys:
                return keys

    def write(self, label: str, *, more: bool = False, start: str = "") -> str:
        """Let a line be written."""
        import questionary

        if not more:
            self._forget_what_was_typed_ahead()
        while True:
            typed = self._ask(questionary.text, f"{label}:", qmark="", instruction=" ", default=start)
            if not _FOREIGN.search(typed):
                return one_line(typed)
            self.show(Text(_NOT_TAKEN))
            start = one_line(_FOREIGN.sub("", typed))

    def _forget_what_was_typed_ahead(self) -> None:
        """Forget keys that came before the question was asked: the rest of a paste must not answer it.

        Ctrl-C among them stops.
        """
        from prompt_toolkit.application.current import get_app_session
        from prompt_toolkit.input.typeahead import get_typeahead
        from prompt_toolkit.keys import Keys

        keys = get_typeahead(self._streams.get("input") or get_app_session().input)
        dropped = drop(sys.stdin, came=len(keys), quiet=self._quiet)
        if b"\x03" in dropped or any(key.key is Keys.ControlC for key in keys):
            raise Stop
        if len(keys) + len(dropped) > FEW:
            self.show(Text("What was pasted before this question was not kept."))

    def _select(self, answers: Sequence[Option], commands: Sequence[Option], *, several: bool) -> str:
        import questionary

        rows = [Option("choose", "Choose one or more of these")] if several else list(answers)
        long = len(rows) > self.LONG
        first = Option(self.NOT_YET, "choose a row" if long else "not answered yet")
        choices = [
            questionary.Choice(
                self._row(row, cut=long), row.key, shortcut_key=None if long else _SHORTCUT.get(row.key, row.key)
            )
            for row in (first, *([*commands, *rows] if long else [*rows, *commands]))
        ]
        keys = "arrow keys, then Enter" if long else "its number or letter, or the arrow keys; then Enter"
        while True:
            key = self._ask(
                questionary.select,
                "Your answer:",
                choices=choices,
                qmark="",
                use_jk_keys=False,
                use_shortcuts=not long,
                opening=self._opening(answers) if several else None,
                instruction=f"({keys})",
            )
            if key != self.NOT_YET:
                return str(key)
            self.show(Text(f"Move to a row with {keys}."))

    def _opening(self, answers: Sequence[Option]) -> "KeyBindings":
        """Return that the number of an answer opens the list of several, in which that one is ticked."""
        from prompt_toolkit.key_binding import KeyBindings, KeyPress
        from prompt_toolkit.keys import Keys

        keys = KeyBindings()
        meant = len(answers) <= self.LONG  # else a 1 may be the beginning of 12

        def open_(event: "KeyPressEvent") -> None:
            self._number = event.data if meant else ""
            event.key_processor.feed_multiple([KeyPress(_SHORTCUT["choose"]), KeyPress(Keys.ControlM)], first=True)

        for digit in {option.key[0] for option in answers}:
            keys.add(digit)(open_)
        return keys

    def _tick(self, answers: Sequence[Option], chosen: Sequence[str]) -> tuple[str, ...]:
        """Let rows be ticked; none, to go back to the list."""
        import questionary

        choices = [
            questionary.Choice(self._row(option), option.key, checked=option.key in chosen) for option in answers
        ]
        keys = self._ask(
            questionary.checkbox,
            "Your answers:",
            choices=choices,
            qmark="",
            instruction="(space bar ticks, Enter ends; none: back)",
            use_jk_keys=False,
        )
        self.show(*(Text(visible(option.text)) for option in answers if option.key in keys), indent=2)
        return tuple(keys)

    def _row(self, option: Option, *, cut: bool = False) -> str:
        """Return a row whose lines fit: questionary would cut them without a sign."""
        room = max(self._width() - 10, 12)
        if cut:
            numbered = f"{option.key}. {visible(option.text)}" if option.key.isdigit() else visible(option.text)
            return numbered if len(numbered) <= room else numbered[: room - 1].rstrip() + "…"
        return f"\n{' ' * 6}".join(line.plain.rstrip() for line in Text(visible(option.text)).wrap(self._console, room))

    def _ask(
        self,
        prompt: Callable[..., Any],
        message: str,
        *,
        opening: "KeyBindings | None" = None,
        **options: object,
    ) -> Any:  # noqa: ANN401
        from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings

        asked = prompt(message, **options, **self._streams)
        asking = asked.application
        ours = _more_keys(line="choices" not in options)
        asking.key_bindings = merge_key_bindings([asking.key_bindings, ours, opening or KeyBindings()])
        try:
            return asking.run(handle_sigint=False)  # a signal ends the program, whoever asks
        except (KeyboardInterrupt, EOFError) as error:
            raise Stop from error


def _more_keys(*, line: bool) -> "KeyBindings":
    """Return what keys do that questionary has no use for: Ctrl-Z, the key that quits, in a list Ctrl-D."""
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.keys import Keys

    keys = KeyBindings()
    keys.add(Keys.Vt100MouseEvent)(lambda _: None)  # any colour in a paste is taken for one, and would raise
    keys.add("c-z")(lambda event: event.app.suspend_to_background())
    if hasattr(signal, "SIGQUIT"):
        keys.add("c-\\")(lambda _: signal.raise_signal(signal.SIGQUIT))
    if not line:
        keys.add("c-d")(lambda event: event.app.exit(exception=EOFError))
    return keys


class _Screen(Console):
    """Prints lines that fit the window as it is now."""

    def __init__(self, writer: IO[str], width: Width, *, colour: bool) -> None:
        super().__init__(
            file=writer,
            height=100,  # not used; without it Rich reads the environment again
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            emoji=False,
            highlight=False,
            markup=False,
            legacy_windows=False,
        )
        self._now = width

    def fit(self) -> Console:
        """Return itself, as wide as the window is now."""
        self.width = max(min(self._now(), 100), 20)
        return self


def _show(screen: _Screen, paragraphs: Sequence[Text], indent: int) -> None:
    console = screen.fit()
    for paragraph in paragraphs:
        console.print(Padding(paragraph, (0, 0, 0, indent)))
    console.print()


def _hang(screen: _Screen, option: Option) -> None:
    """Print an option with its key in front, and the lines after the first under its words."""
    console = screen.fit()
    start = f"  {option.key}. "
    for line in Text(visible(option.text)).wrap(console, console.width - len(start)):
        console.print(Text(start) + line)
        start = " " * len(start)
