"""A terminal window in which the program runs: what is typed, what stands on the screen, how it is left."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from commands import surroundings

pexpect: Any = pytest.importorskip("pexpect", reason="pexpect is not installed")
pyte: Any = pytest.importorskip("pyte", reason="pyte is not installed")
termios: Any = pytest.importorskip("termios", reason="there are no pseudo-terminals here")

PATIENCE = 20
"""Seconds to wait for something to appear, on a machine that has much else to do."""
DOWN, ENTER, CTRL_C, CTRL_Z = "\x1b[B", "\r", "\x03", "\x1a"
COLLABCHECK = (sys.executable, "-m", "collabcheck")

_AS_WORDS = {"encoding": "utf-8", "codec_errors": "replace"}
_MODE = re.compile(r"\x1b\[\?(\d+)([hl])")
"""How a program tells a terminal to show the cursor, to put pastes in brackets, to send clicks, and the like."""


class Window:
    """A terminal window in which the program runs."""

    def __init__(
        self, *words: str, command: Sequence[str] = COLLABCHECK, columns: int = 80, rows: int = 40, **told: str
    ) -> None:
        self.columns = columns
        self.raw = ""
        self.screen = pyte.Screen(columns * 2, rows)  # twice as wide: what is too long stands out instead of wrapping
        self._stream = pyte.Stream(self.screen)
        self.widest = ""
        self.wide: set[str] = set()
        self.text = ""
        self.typed_at = 0
        environment = surroundings(**{"TERM": "xterm-256color", **told})
        name, *more = [*command, *words]
        self._child: Any = pexpect.spawn(name, more, dimensions=(rows, columns), env=environment, **_AS_WORDS)
        self._child.delaybeforesend = None
        self._child.delayafterclose = self._child.delayafterterminate = 0
        self.screen.write_process_input = self._child.send
        self._before = self.modes()

    def modes(self) -> list[Any]:
        """Return how the terminal treats what is typed, such as whether it is echoed."""
        modes: list[Any] = termios.tcgetattr(self._child.child_fd)
        return modes

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was before the program ran, in all that it can be told to do otherwise."""
        last = dict(_MODE.findall(self.raw))
        usual = {"25": "h", "7": "h"}
        changed = {mode for mode, sign in last.items() if sign != usual.get(mode, "l")}
        return self.modes() == self._before and not changed and not self.screen.cursor.hidden

    def until(self, words: str, *, after: str = "") -> "Window":
        """Wait until these words stand on the screen, wrapped or not; below these others, if it says so."""

        def reached() -> bool:
            return after in self.text and words in (self.text.rpartition(after)[2] if after else self.text)

        return self._wait(reached, words)

    def prompted(self, *labels: str) -> "Window":
        """Wait until the numbered asker is ready to read a line: what comes before that, it drops."""
        wanted = labels or ("Your answer:", "Your answers, such as 1 3:")
        return self._wait(lambda: self._answered and self.text.endswith(wanted), f"{wanted} at the end")

    @property
    def _answered(self) -> bool:
        """Whether the program has gone on to a new line since keys were last pressed."""
        return not self.typed_at or "\n" in self.raw[self.typed_at :]

    def asked(self, question: str, *, numbered: bool) -> "Window":
        """Wait until a question is asked, with all its answers, so that it can be answered."""
        words = f"How far is {question}?"
        self.until(words)
        return self.prompted() if numbered else self.until("Save and stop", after=words)

    def _wait(self, reached: Callable[[], bool], for_what: str) -> "Window":
        end = time.monotonic() + PATIENCE
        while not reached():
            if time.monotonic() > end or not self.read():
                pytest.fail(f"never came: {for_what}\n" + "\n".join(filter(str.strip, self.screen.display)))
        return self

    def read(self) -> bool:
        """Take in what the program has written; say whether there may be more."""
        try:
            part = self._child.read_nonblocking(10_000, timeout=0.05)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += part
        self._stream.feed(part)
        rows = [self.screen.buffer[y] for y in sorted(self.screen.buffer)]
        lines = ["".join(row[x].data for x in range(max(row, default=-1) + 1)).rstrip() for row in rows]
        self.widest = max([self.widest, *lines], key=len)
        self.wide |= {line for line in lines if len(line) > self.columns}
        self.text = " ".join(" ".join(lines).split())
        return True

    def type(self, *keys: str) -> "Window":
        """Press keys; the program may read them when it likes."""
        self.typed_at = len(self.raw)
        self._child.send("".join(keys))
        return self

    def press_bytes(self, keys: bytes) -> "Window":
        """Send what need not be characters."""
        self.typed_at = len(self.raw)
        os.write(self._child.child_fd, keys)
        return self

    def answer(self, row: int) -> "Window":
        """Choose the answer with this number from a list."""
        return self.type(DOWN * row, ENTER)

    @property
    def process(self) -> int:
        """The number of the program, by which the system knows it."""
        number: int = self._child.pid
        return number

    def send(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.process, number)

    def kill(self, number: int) -> int:
        """Send a signal and return the exit code."""
        self.send(number)
        return self.end()

    def resize(self, columns: int, rows: int = 40) -> "Window":
        """Pull the window wider or narrower; the program is told."""
        self.columns = columns
        self.screen.resize(rows, columns * 2)
        self._child.setwinsize(rows, columns)
        return self

    def hang_up(self) -> int:
        """Close the window while the program runs; return its exit code."""
        self._child.ptyproc.fileobj.close()
        self._child.ptyproc.closed = True
        return self._wait_for_end()

    def end(self) -> int:
        """Wait until the program has ended; return its exit code, or minus the signal that killed it."""
        end = time.monotonic() + PATIENCE
        while self.read() and time.monotonic() < end:
            pass
        return self._wait_for_end()

    def _wait_for_end(self) -> int:
        end = time.monotonic() + PATIENCE
        while self._child.isalive() and time.monotonic() < end:
            time.sleep(0.01)
        code: int = -self._child.signalstatus if self._child.signalstatus else self._child.exitstatus
        return code

    def close(self) -> None:
        """Close the window, whatever the program is doing."""
        if self._child.isalive():
            self._child.kill(signal.SIGKILL)
        self._child.close(force=True)
