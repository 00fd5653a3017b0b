"""The document before it has a format: a report, its sections, and the few blocks these are made of.

Blocks hold words and numbers only. A writer turns them into its format and adds no words of its own but labels
for what the blocks already say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, islice, product
from math import ceil, floor
from string import ascii_uppercase


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
    warns: bool = True
    """Whether the lowest band is a warning. Where there is little to gain, it is none."""

    @property
    def shape(self) -> str:
        """A shape that tells the bands apart without colour."""
        return "▼" if self.rank == 0 else "▲" if self.rank == self.top else "●"

    @property
    def level(self) -> int:
        """What colour tells: 0 for the lowest band if it warns, 2 for the highest, 1 for all between."""
        return {"▼": 0 if self.warns else 1, "●": 1, "▲": 2}[self.shape]


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
            (_cell(end.score, width), shape)
            for end, shape in zip(self.ends, SIDES, strict=True)
            if end.score is not None
        ]
        for i in range(min(marks)[0], max(marks)[0]) if marks else ():
            line[i] = "─" if line[i] == "·" else line[i]
        for at, shape in marks:
            line[at] = BOTH if line[at] in SIDES else shape
        return "".join(line)


def _cell(value: Fraction, width: int) -> int:
    """Return in which cell of a line of so many a score stands."""
    return min(floor(value * width / 100), width - 1)


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


HERE = "◆"
"""The mark of one organisation among others."""
SHADES = "·░▒▓█"
"""From none to the most."""
UNSHOWN, UNSAID = "?", "not shown"
"""What stands for a number that would tell on somebody: in a drawing, and where it is read out."""
TOO_FEW = "too few"
"""What stands for a mean that would."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a scale, and its figure."""

    at: Fraction
    figure: str


@dataclass(frozen=True, slots=True)
class Middle:
    """The half of some scores that lies in the middle: its ends and the median."""

    low: Fraction
    median: Point
    high: Fraction
    span: str
    """All three in figures."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of a chart of how scores are spread: a name, and how many are in each part of the scale."""

    label: str
    counts: tuple[int | None, ...]
    """Over equal parts of 0 to 100, from the lowest; None where a number is not to be shown."""
    figure: str
    """The mean in figures, or in words why there is none."""
    middle: Middle | None
    """None where there are too few scores; then there may still be a mean."""
    bands: Words
    """How many are in each band; empty when that is not to be shown."""
    here: Point | None = None
    """Where one organisation stands among the others, in a report for that one."""

    @property
    def shares(self) -> tuple[Fraction | None, ...]:
        """Each count as a share of the largest one shown."""
        most = max((number for number in self.counts if number), default=1)
        return tuple(None if number is None else Fraction(number, most) for number in self.counts)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The counts in figures."""
        return tuple(UNSHOWN if number is None else str(number) for number in self.counts)

    def cells(self, width: int) -> str:
        """Return a line of at most so many cells, as many for each count, shaded by its share."""
        signs = (UNSHOWN if share is None else SHADES[ceil(share * 4)] for share in self.shares)
        return "".join(sign * max(width // len(self.counts), 1) for sign in signs)

    def marks(self, width: int) -> str:
        """Return what stands below a line of so many cells: the middle half, the median in it, one organisation."""
        line = [" "] * width
        if self.middle:
            low, median, high = (_cell(at, width) for at in (self.middle.low, self.middle.median.at, self.middle.high))
            line[low : high + 1] = "─" * (high + 1 - low)
            line[low], line[high] = "├┤"
            line[median] = "┼"
        if self.here:
            line[_cell(self.here.at, width)] = HERE
        return "".join(line).rstrip()


@dataclass(frozen=True, slots=True)
class Strips:
    """A chart of how the scores of many organisations are spread, which every writer also gives in figures."""

    caption: str
    columns: tuple[str, str, str, str, str]
    """What a table calls the name, the counts, the mean, the middle half and the bands."""
    scale: tuple[Stretch, ...]
    """From the lowest to the highest."""
    rows: tuple[Strip, ...]
    key: Words
    """How to read it; what the marks stand for is said in a legend."""
    here: str = ""
    """What a table calls the one organisation that is marked; empty when none is."""
    edges: tuple[str, ...] = tuple(map(str, range(0, 101, 10)))
    """Where the parts of the scale begin, and where the last one ends."""

    @property
    def legend(self) -> tuple[str, ...]:
        """Each mark with what it stands for: the middle half, then the one organisation if there is one."""
        return f"├┼┤ {self.columns[3]}", *((f"{HERE} {self.here}",) if self.here else ())

    def said(self, row: Strip, sign: str = "") -> Iterator[Words]:
        """Yield the mean, the middle half and the bands of a row; then, after a sign, where the one organisation is."""
        half = (row.middle.span,) if row.middle else ()
        facts = zip(self.columns[2:], ((row.figure,), half, row.bands), strict=True)
        yield tuple(span for name, fact in facts if fact for span in ("; ", f"{name}: ", *fact))[1:]
        if row.here:
            yield (f"{sign}{self.here}: {row.here.figure}",)


LEGIBLE = 6
"""So many groups can have their names over the columns of a table; more have letters, and a list of what these mean."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """The mean of a group: its figure and its band."""

    figure: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row of a heat map: a name, and a cell for each group, None where its mean is not to be shown."""

    label: str
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat map: the means of groups in rows and columns, each with the shape of its band."""

    caption: str
    corner: str
    """What a table calls the names of the rows."""
    columns: tuple[str, ...]
    """The groups; their names may be long."""
    rows: tuple[HeatRow, ...]
    key: Words
    """How to read it."""

    @property
    def letters(self) -> tuple[str, ...]:
        """A letter for each column: A to Z, then AA, AB and so on."""
        names = ("".join(letters) for size in count(1) for letters in product(ascii_uppercase, repeat=size))
        return tuple(islice(names, len(self.columns)))

    @property
    def heads(self) -> tuple[str, ...]:
        """What stands over the columns: the names while there are few, else letters."""
        return self.columns if len(self.columns) <= LEGIBLE else self.letters

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """Each letter with its name; empty where names stand over the columns."""
        return () if len(self.columns) <= LEGIBLE else tuple(zip(self.letters, self.columns, strict=True))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header row: a name, and beside it words or figures."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


Chart = Gauges | Quadrants | Dumbbells | Strips | Heat
Block = Paragraph | Bullets | Entries | Chart | Table


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
