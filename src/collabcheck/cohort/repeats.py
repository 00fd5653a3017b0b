"""Organisations with more than one sheet, noticed among any number of sheets in little memory.

Of each organisation a mark is kept, and how many sheets it has. Of very many, only those with the lowest marks are: as
marks fall as they may, that is a fair sample, and which they are does not depend on the order of the sheets.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from collabcheck.answers import bare

MOST: Final = 8_192
"""So many organisations are kept, in less than a megabyte."""
NAMED: Final = 10
"""So many are named to whoever counts, those with the most sheets first."""
_BYTES: Final = 8

Marked = tuple[int, str]
"""The mark of an organisation, and its name as one of its sheets has it."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Which organisations have more than one sheet."""

    organisations: int = 0
    """How many have, of those looked at."""
    of: int = 0
    """How many were looked at."""
    everyone: bool = True
    """Whether these are all, and not a sample."""
    named: tuple[tuple[str, int], ...] = ()
    """Some of them, with how many sheets each has."""


NO_REPEATS: Final = Repeats()


def marked(name: str) -> Marked:
    """Return an organisation with its mark, which is the same however its name is spaced and capitalised."""
    return int.from_bytes(blake2b(bare(name).encode(), digest_size=_BYTES).digest()), name


class Noticing:
    """Notices, batch by batch, which organisations come again."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._below = 1 << 8 * _BYTES
        self._sheets: dict[int, int] = {}
        self._names: dict[int, str] = {}

    def take(self, organisations: Iterable[Marked]) -> None:
        """Take the organisation of each sheet of a batch."""
        for mark, name in organisations:
            if mark < self._below:
                self._sheets[mark] = times = self._sheets.get(mark, 0) + 1
                if times > 1 and mark not in self._names:
                    self._name(mark, name)
        while len(self._sheets) > self._most:
            self._below //= 2
            for mark in [mark for mark in self._sheets if mark >= self._below]:
                del self._sheets[mark]
                self._names.pop(mark, None)

    def repeats(self) -> Repeats:
        """Return what was noticed."""
        return Repeats(
            organisations=sum(times > 1 for times in self._sheets.values()),
            of=len(self._sheets),
            everyone=self._below == 1 << 8 * _BYTES,
            named=tuple((self._names[mark], self._sheets[mark]) for mark in sorted(self._names, key=self._rank)),
        )

    def _name(self, mark: int, name: str) -> None:
        """Keep the name, if it is among those with the most sheets so far."""
        self._names[mark] = name
        if len(self._names) > NAMED:
            del self._names[max(self._names, key=self._rank)]

    def _rank(self, mark: int) -> tuple[int, int]:
        return -self._sheets[mark], mark
