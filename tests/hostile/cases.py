"""What a case is: a file, the command that reads it, and what must come of that."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

Content = str | bytes | Callable[[], str | bytes]
"""What a file holds; or what makes it, if it is large."""

Spot = tuple[str, int, int]
"""The code of a problem, its line and its column, from 1; 0 means the whole file."""

Row = tuple[str, Content, *tuple[Spot | str, ...]]
"""The name of a case, the content of its file, and what is told: every problem, in the order of the file.

Words are looked for in the output. Beside problems they say that there are more of these than are listed.
Without a problem the file is good, and is used.
"""


class Reader(NamedTuple):
    """A kind of file, and the command that reads it."""

    kind: str
    file: str
    """The name of the file."""
    command: tuple[str, ...]
    fed: bool = False
    """Whether it goes to standard input."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file with its name, and what must come of it."""

    name: str
    reader: Reader
    put: Callable[[Path], object]
    """Makes the file at a path."""
    told: tuple[Spot, ...]
    words: tuple[str, ...]

    @property
    def code(self) -> int:
        """The exit code."""
        return int(bool(self.told))


_PACK = ("--pack", "pack")

SHEET = Reader("sheet", "bad.yaml", ("report", "bad.yaml", *_PACK))
SHEET_JSON = Reader("sheet in JSON", "bad.json", ("report", "bad.json", *_PACK))
FED = Reader("standard input", "bad.txt", ("report", "-", *_PACK), fed=True)
SHIPPED = Reader("sheet for the pack that ships", "bad.yaml", ("report", "bad.yaml"))
LINES = Reader("lines", "bad.jsonl", ("cohort", "bad.jsonl", "--smallest-group", "3", *_PACK))
PACK = Reader("pack", "bad/trends.yaml", ("trends", "--pack", "bad"))
GUIDANCE = Reader("guidance", "bad/resources.yaml", ("trends", "--pack", "bad"))
TABLE = Reader("table", "bad.csv", ("import", "bad.csv", "-o", "sheets", *_PACK))
BOOK = Reader("workbook", "bad.xlsx", ("import", "bad.xlsx", "-o", "sheets", "--organisation", "We", *_PACK))
MAPPING = Reader("mapping", "bad.yaml", ("import", "good.csv", "-o", "sheets", "--mapping", "bad.yaml", *_PACK))
PLAN = Reader("plan", "bad.csv", ("report", "good.yaml", "--plan", "bad.csv", *_PACK))
PAGE = Reader("plan in Markdown", "bad.md", ("report", "good.yaml", "--plan", "bad.md", *_PACK))
_FULL = ("--pack", "full")

FULL_PACK = Reader("full pack", "bad/trends.yaml", PACK.command)
FULL_CHECK = Reader("full pack to check", "bad/trends.yaml", ("pack", "check", "bad"))
FULL_SHEET = Reader("sheet for the full pack", "bad.yaml", ("report", "bad.yaml", *_FULL))
FULL_JSON = Reader("sheet in JSON for the full pack", "bad.json", ("report", "bad.json", *_FULL))
FULL_TABLE = Reader("table for the full pack", "bad.csv", ("import", "bad.csv", "-o", "sheets", *_FULL))
FULL_MAPPING = Reader(
    "mapping for the full pack", "bad.yaml", ("import", "full.csv", "-o", "sheets", "--mapping", "bad.yaml", *_FULL)
)
BENCHMARK = Reader("benchmark", "bad.json", ("report", "good.yaml", "--benchmark", "bad.json", *_PACK))


def cases(reader: Reader, rows: Sequence[Row]) -> Iterator[Case]:
    """Yield the cases that rows describe."""
    for name, content, *told in rows:
        spots = tuple(one for one in told if not isinstance(one, str))
        words = tuple(one for one in told if isinstance(one, str))
        yield Case(f"{reader.kind}: {name}", reader, holding(content), spots, words)


def holding(content: Content) -> Callable[[Path], None]:
    """Return what writes a file with this content."""

    def put(path: Path) -> None:
        made = content() if callable(content) else content
        path.write_bytes(made.encode() if isinstance(made, str) else made)

    return put
