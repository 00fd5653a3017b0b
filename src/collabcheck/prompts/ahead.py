"""What comes from the keyboard before it is asked for: the rest of a paste must not answer a question."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

QUIET = 0.15
"""Seconds without a key after which a paste is over."""
FEW = 8
"""So many keys may have been typed by hand. More are a paste, and the rest of it may be on its way."""


def has_lines(reader: IO[str], *, wait: float = 0) -> bool:
    """Say whether lines were typed, or pasted, that nobody has read yet; wait so many seconds for them."""
    return _is_terminal(reader) and _comes(reader.fileno(), wait)


def drop(reader: IO[str], *, came: int = 0, quiet: float = QUIET) -> bytes:
    """Forget what came before the question was asked, and return it; after many keys, wait until no more come.

    `came` is how many keys of it were forgotten already.
    """
    dropped = bytearray()
    if _is_terminal(reader):
        import termios

        terminal = reader.fileno()
        with suppress(OSError, termios.error), _key_by_key(terminal):
            while _comes(terminal, quiet if came + len(dropped) > FEW else 0) and (part := os.read(terminal, 4096)):
                dropped += part
    return bytes(dropped)


def _is_terminal(reader: IO[str]) -> bool:
    return sys.platform != "win32" and reader.isatty()


def _comes(terminal: int, wait: float) -> bool:
    import select

    return bool(select.select([terminal], [], [], wait)[0])


@contextmanager
def _key_by_key(terminal: int) -> Iterator[None]:
    """Read keys as they come, without showing them: lines that have not ended could not be seen otherwise."""
    import termios

    before = termios.tcgetattr(terminal)
    keys = [*before]
    keys[3] &= ~(termios.ICANON | termios.ECHO)
    keys[6] = [*before[6]]
    keys[6][termios.VMIN], keys[6][termios.VTIME] = 1, 0
    termios.tcsetattr(terminal, termios.TCSANOW, keys)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
        termios.tcflush(terminal, termios.TCIFLUSH)
