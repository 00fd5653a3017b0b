"""Two ways to ask in a terminal that can do the same: a list to move through, and numbers to type."""

import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Protocol

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from collabcheck.characters import one_line, visible

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent


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

    def write(self, label: str, *, more: bool = False) -> str:
        """Let a line be written; return it without what cannot be seen; empty if nothing was written.

        If it is one `more` of several, lines that were pasted with the one before count.
        """


class NumberedAsker:
    """Asks with numbers and letters, line by line: no redrawing, nothing moves. Works on every terminal."""

    def __init__(self, reader: IO[str], writer: IO[str], width: int) -> None:
        self._reader, self._writer = reader, writer
        self._console = _console(writer, width, colour=False)

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

    def write(self, label: str, *, more: bool = False) -> str:
        """Read a line; a gap between pasted lines is passed over."""
        line = self._line(label, more=more)
        while more and not line and _has_lines(self._reader):
            line = self._line(label, more=True)
        return line

    def _fits(
        self, keys: tuple[str, ...], answers: Sequence[Option], commands: Sequence[Option], *, several: bool
    ) -> bool:
        if len(keys) == 1:
            return any(keys[0] == option.key for option in (*answers, *commands))
        return several and bool(keys) and {*keys} <= {option.key for option in answers}

    def _line(self, label: str, *, more: bool = False) -> str:
        if not more:
            self._drop_the_rest_of_a_paste()
        self._writer.write(f"{label}: ")
        self._writer.flush()
        try:
            line = self._reader.readline()
        except (KeyboardInterrupt, OSError) as error:
            raise Stop from error
        if not line:
            raise Stop
        return one_line(line)

    def _drop_the_rest_of_a_paste(self) -> None:
        lines = 0
        with suppress(OSError):
            while _has_lines(self._reader) and (line := self._reader.readline()):
                lines += bool(line.strip())
        _drop_what_was_typed_ahead(self._reader)
        if lines:
            self.show(Text(f"\nOnly the first line was kept; {lines} more {'was' if lines == 1 else 'were'} not."))


def _has_lines(reader: IO[str]) -> bool:
    """Say whether lines were typed, or pasted, that nobody has read yet."""
    if sys.platform == "win32" or not reader.isatty():
        return False
    import select

    return bool(select.select([reader], [], [], 0)[0])


def _drop_what_was_typed_ahead(reader: IO[str]) -> None:
    """Forget lines that came before the question was asked: the rest of a paste must not answer it."""
    if sys.platform != "win32" and reader.isatty():
        import termios

        with suppress(termios.error):
            termios.tcflush(reader.fileno(), termios.TCIFLUSH)


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

    def __init__(self, writer: IO[str], width: int, *, colour: bool, streams: Mapping[str, Any]) -> None:
        """Take the stream to print to, and the input and output that prompt_toolkit is to use."""
        self._console = _console(writer, width, colour=colour)
        self._width = width
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

    def write(self, label: str, *, more: bool = False) -> str:
        """Let a line be written."""
        import questionary

        if not more:
            self._forget_what_was_typed_ahead()
        return one_line(self._ask(questionary.text, f"{label}:", qmark="", instruction=" "))

    def _forget_what_was_typed_ahead(self) -> None:
        """Forget keys that came before the question was asked: the rest of a paste must not answer it."""
        from prompt_toolkit.application.current import get_app_session
        from prompt_toolkit.input.typeahead import clear_typeahead

        clear_typeahead(self._streams.get("input") or get_app_session().input)
        _drop_what_was_typed_ahead(sys.stdin)

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
        room = max(self._width - 10, 12)
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

    keys = KeyBindings()
    keys.add("c-z")(lambda event: event.app.suspend_to_background())
    if hasattr(signal, "SIGQUIT"):
        keys.add("c-\\")(lambda _: signal.raise_signal(signal.SIGQUIT))
    if not line:
        keys.add("c-d")(lambda event: event.app.exit(exception=EOFError))
    return keys


def _console(writer: IO[str], width: int, *, colour: bool) -> Console:
    return Console(
        file=writer,
        width=max(min(width, 100), 20),
        height=100,  # not used; without it Rich reads the environment again
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        emoji=False,
        highlight=False,
        markup=False,
        legacy_windows=False,
    )


def _show(console: Console, paragraphs: Sequence[Text], indent: int) -> None:
    for paragraph in paragraphs:
        console.print(Padding(paragraph, (0, 0, 0, indent)))
    console.print()


def _hang(console: Console, option: Option) -> None:
    """Print an option with its key in front, and the lines after the first under its words."""
    start = f"  {option.key}. "
    for line in Text(visible(option.text)).wrap(console, console.width - len(start)):
        console.print(Text(start) + line)
        start = " " * len(start)
