"""The document before it has a format: a report, its sections, and the few blocks these are made of.

Blocks hold words and numbers only. A writer turns them into its format and adds no words of its own but labels
for what the blocks already say.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A web address with its name."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A band: its word, and its rank from 0 (lowest) to `top`, from which a writer takes shape and colour."""

    label: str
    rank: int
    top: int

    @property
    def level(self) -> int:
        """0 for the lowest band, 2 for the highest, 1 for all between."""
        return 0 if self.rank == 0 else 2 if self.rank == self.top else 1

    @property
    def shape(self) -> str:
        """A shape that tells the bands apart without colour."""
        return "▼●▲"[self.level]


Span = str | Strong | Link | Mark
Words = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences. A lead says what matters most."""

    words: Words
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short points."""

    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a name, and lines about it."""

    term: Words
    lines: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of entries, numbered where their order matters."""

    items: tuple[Entry, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Gauge:
    """One row of a chart from 0 to 100: a name, the range, and the words for the score and the range."""

    label: str
    low: Fraction
    high: Fraction
    figure: str
    """The score in figures, or in words where there is none."""
    span: str
    """The range in figures; empty when nothing is unknown."""
    bands: Words
    """The band, or all that the range may be in; empty when there is none."""
    score: Fraction | None
    """None where there is no score, only a range or nothing."""

    def cells(self, width: int) -> tuple[int, int]:
        """Return how many of a bar's cells are full, up to the low end, and how many shaded, from there to the high."""
        low, high = (floor(end * width / 100 + Fraction(1, 2)) for end in (self.low, self.high))
        return low, high - low


SIDES, BOTH = "◇◆", "◈"
"""The marks of the two sides, which need no colour, and the mark where they meet."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A band's part of a scale: from where it starts up to where the next one does."""

    starts: Fraction
    mark: Mark


@dataclass(frozen=True, slots=True)
class Gauges:
    """A chart of bars, which every writer also gives in words and figures."""

    caption: str
    columns: tuple[str, str, str, str, str]
    """What a table calls the name, the bar, the score, the range and the band."""
    scale: tuple[Stretch, ...]
    """From the lowest to the highest."""
    rows: tuple[Gauge, ...]


@dataclass(frozen=True, slots=True)
class Quadrants:
    """Two bars at right angles. A line across each makes four fields, and the organisation is in one of them."""

    caption: str
    columns: tuple[str, str, str, str, str]
    """As for `Gauges`."""
    across: Gauge
    up: Gauge
    across_from: Fraction
    """Where the line stands on the bar that goes across."""
    up_from: Fraction
    fields: tuple[str, str, str, str]
    """Their names: below left, below right, above left, above right."""
    here: Words
    """Which field it is, in words."""

    @property
    def rows(self) -> tuple[Gauge, ...]:
        """Both bars, to be written in words and figures."""
        return self.across, self.up


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """One row of a chart with two marks: a name, and a score or a range on either side."""

    label: str
    first: Gauge
    second: Gauge

    @property
    def ends(self) -> tuple[Gauge, Gauge]:
        """Both sides, in their order."""
        return self.first, self.second

    def cells(self, width: int) -> str:
        """Return a line of so many cells with a mark for each score, what lies between, and what is open."""
        line = ["·"] * width
        for end in self.ends:
            full, shaded = end.cells(width)
            line[full : full + shaded] = "▒" * shaded
        marks = [
            (min(floor(end.score * width / 100), width - 1), shape)
            for end, shape in zip(self.ends, SIDES, strict=True)
            if end.score is not None
        ]
        for i in range(min(marks)[0], max(marks)[0]) if marks else ():
            line[i] = "─" if line[i] == "·" else line[i]
        for at, shape in marks:
            line[at] = BOTH if line[at] in SIDES else shape
        return "".join(line)


@dataclass(frozen=True, slots=True)
class Dumbbells:
    """A chart with two marks a row, such as then and now; every writer also gives it in words and figures."""

    caption: str
    columns: tuple[str, str]
    """What a table calls the name and the line."""
    sides: tuple[str, str]
    """What the two marks stand for."""
    scale: tuple[Stretch, ...]
    """From the lowest to the highest."""
    rows: tuple[Dumbbell, ...]

    @property
    def legend(self) -> tuple[str, str]:
        """Each mark with what it stands for."""
        return f"{SIDES[0]} {self.sides[0]}", f"{SIDES[1]} {self.sides[1]}"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of figures under a header row. The first two columns hold words."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


Block = Paragraph | Bullets | Entries | Gauges | Quadrants | Dumbbells | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with blocks, and sections below it."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    new_page: bool = False
    """Whether it begins on a new page, on paper."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document in one language."""

    title: str
    subtitle: str
    language: str
    sections: tuple[Section, ...]
