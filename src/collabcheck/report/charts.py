"""Charts as plain geometry: what stands where, before a page draws it.

Across, everything is in per cent of the chart's width, so that a chart fits any page and its letters keep their size;
down, everything is in pixels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from textwrap import wrap

from collabcheck.report.blocks import TOO_FEW, Dumbbells, Gauge, Gauges, Mark, Point, Quadrants, Stretch, Strip, Strips

LABEL = 32
"""Characters of a name that fit on one line of the narrowest page, beside the figure."""
LINE = 18
"""Pixels from one line of letters to the next."""
BAR = 14
HEAD = 24
GAP = 16
"""Pixels: the height of a bar, the room for the names of the bands, and the room below a bar."""
TALL, LEAST, BELOW = 22, 4, 36
"""Pixels: the height of a full cell, of one with the fewest in it, and the room below for the middle half.

Eleven rows of this height fit on a page of paper.
"""
EDGE = Fraction(6)
"""Per cent of the width from an end of the scale within which a figure stands beside its tick, not under it."""
ROOMY = Fraction(28)
"""Per cent of the width that a band needs so that its name fits."""
SIDE = 300
"""The side of the square, in the units of its own drawing."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A band's part of the scale: where it is, and what it is called, where there is room for that."""

    x: str
    width: str
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name in lines, its figure, the certain part and the open part of the bar, the score."""

    lines: tuple[tuple[int, str], ...]
    """Where each line of the name stands, and its words."""
    figure: str
    """The score; a dash where there is none."""
    y: int
    full: str
    open_x: str
    open_width: str
    """Empty where nothing is open."""
    score: str
    """Empty where there is no score."""
    level: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars below one another, over the bands of their scale."""

    height: int
    thick: int
    zones: tuple[Zone, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class End:
    """One side of a row with two marks: what is open, and where the score is; each is empty where it is not."""

    open_x: str
    open_width: str
    score: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row with two marks: its name in lines, the figures, both ends, and what lies between the two scores."""

    lines: tuple[tuple[int, str], ...]
    figure: str
    y: int
    ends: tuple[End, End]
    between_x: str
    between_width: str
    """Empty where there are no two scores."""
    meet: bool
    """Whether both scores are the same; then one mark is drawn in the other, so that both can be seen."""


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines below one another, over the bands of their scale."""

    height: int
    zones: tuple[Zone, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many are in one part of the scale: a column on the floor of its cell, or nothing to be seen."""

    x: str
    middle: str
    y: int
    height: int
    shown: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A figure at its place, and to which side of that place it is written."""

    x: str
    figure: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Row:
    """How one score is spread: its name in lines, its figure, the cells, and below them the middle half."""

    lines: tuple[tuple[int, str], ...]
    figure: str
    y: int
    cells: tuple[Cell, ...]
    low: str
    high: str
    """Where the middle half begins and ends; empty where there is none."""
    median: Tick | None
    here: str
    """Empty where no organisation is marked."""


@dataclass(frozen=True, slots=True)
class StripChart:
    """Rows of cells below one another, over the bands of their scale."""

    height: int
    tall: int
    cell: str
    """The width of a cell."""
    zones: tuple[Zone, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One of the four fields of a square."""

    x: float
    y: float
    width: float
    height: float
    name: str


@dataclass(frozen=True, slots=True)
class Square:
    """Two scales at right angles: four fields, and the box that the two ranges span, with the score in it."""

    side: int
    fields: tuple[Field, ...]
    box: Field
    point: tuple[float, ...]
    """Across and down; empty where one of the scores is missing."""
    across: str
    up: str


def bars(block: Gauges) -> BarChart:
    """Return the chart of some bars."""
    rows = tuple(_rows(block))
    height = rows[-1].y + BAR + GAP if rows else HEAD
    return BarChart(height, BAR, tuple(_zones(block.scale)), rows)


def _zones(scale: tuple[Stretch, ...]) -> Iterator[Zone]:
    ends = [*(stretch.starts for stretch in scale), Fraction(100)]
    for stretch, (start, end) in zip(scale, pairwise(ends), strict=True):
        mark = stretch.mark
        name = f"{mark.shape} {mark.label}" if end - start >= ROOMY else mark.shape
        yield Zone(_percent(start), _percent(end - start), name, mark.level)


def _rows(block: Gauges) -> Iterator[Bar]:
    y = HEAD
    for row in block.rows:
        lines = wrap(row.label, LABEL) or [""]
        y += len(lines) * LINE
        yield Bar(
            lines=_above(y, lines),
            figure="–" if row.score is None else row.figure,
            y=y,
            full=_percent(row.low),
            open_x=_percent(row.low),
            open_width=_percent(row.high - row.low) if row.high > row.low else "",
            score="" if row.score is None else _percent(row.score),
            level=_level(row),
        )
        y += BAR + GAP


def _above(y: int, lines: list[str]) -> tuple[tuple[int, str], ...]:
    """Return where each line of a name stands above a bar, and its words."""
    return tuple((y - 5 - (len(lines) - i - 1) * LINE, line) for i, line in enumerate(lines))


def _level(row: Gauge) -> int:
    return next((span.level for span in row.bands if isinstance(span, Mark)), 1)


def _percent(value: Fraction) -> str:
    return f"{float(value):.4g}%"


def lines(block: Dumbbells) -> LineChart:
    """Return the chart of some lines with two marks each."""
    rows = tuple(_lines(block))
    height = rows[-1].y + BAR + GAP if rows else HEAD
    return LineChart(height, tuple(_zones(block.scale)), rows)


def _lines(block: Dumbbells) -> Iterator[Line]:
    y = HEAD
    for row in block.rows:
        name = wrap(row.label, LABEL - 4) or [""]  # two figures stand beside it
        y += len(name) * LINE
        scores = [end.score for end in row.ends if end.score is not None]
        left, right = min(scores, default=Fraction(0)), max(scores, default=Fraction(0))
        yield Line(
            lines=_above(y, name),
            figure=" · ".join("–" if end.score is None else end.figure for end in row.ends),
            y=y,
            ends=(_end(row.first), _end(row.second)),
            between_x=_percent(left),
            between_width=_percent(right - left) if right > left else "",
            meet=len(scores) == len(row.ends) and left == right,
        )
        y += BAR + GAP


def _end(end: Gauge) -> End:
    width = _percent(end.high - end.low) if end.high > end.low else ""
    return End(_percent(end.low), width, "" if end.score is None else _percent(end.score))


def strips(block: Strips) -> StripChart:
    """Return the chart of how some scores are spread."""
    rows = tuple(_strips(block))
    height = rows[-1].y + TALL + BELOW if rows else HEAD
    widest = max((len(row.counts) for row in block.rows), default=1)
    return StripChart(height, TALL, _percent(Fraction(100, widest)), tuple(_zones(block.scale)), rows)


def _strips(block: Strips) -> Iterator[Row]:
    y = HEAD
    for row in block.rows:
        lines = wrap(row.label, LABEL) or [""]
        y += len(lines) * LINE
        yield Row(
            lines=_above(y, lines),
            figure=_beside(block, row),
            y=y,
            cells=tuple(_cells(row, y)),
            low=_percent(row.middle.low) if row.middle else "",
            high=_percent(row.middle.high) if row.middle else "",
            median=_tick(row.middle.median) if row.middle else None,
            here=_percent(row.here.at) if row.here else "",
        )
        y += TALL + BELOW


def _beside(block: Strips, row: Strip) -> str:
    """Return what stands at the right of a row: the figure of the one organisation, or the mean if none is marked."""
    if block.here:
        return row.here.figure if row.here else "–"
    return "–" if row.figure == TOO_FEW else row.figure


def _cells(row: Strip, y: int) -> Iterator[Cell]:
    each = Fraction(100, len(row.counts))
    for i, share in enumerate(row.shares):
        height = max(round(share * TALL), LEAST) if share else 0
        yield Cell(
            _percent(i * each), _percent((i + Fraction(1, 2)) * each), y + TALL - height, height, share is not None
        )


def _tick(point: Point) -> Tick:
    anchor = "start" if point.at < EDGE else "end" if point.at > 100 - EDGE else "middle"
    return Tick(_percent(point.at), point.figure, anchor)


def square(block: Quadrants) -> Square:
    """Return the chart of four fields."""
    across, up = _units(block.across_from), _units(block.up_from)
    left, right, low, high = (0.0, across), (across, SIDE - across), (SIDE - up, up), (0.0, SIDE - up)
    corners = ((left, low), (right, low), (left, high), (right, high))
    fields = (
        Field(x, y, width, height, name) for ((x, width), (y, height)), name in zip(corners, block.fields, strict=True)
    )
    ready, gain = block.across.score, block.up.score
    return Square(
        side=SIDE,
        fields=tuple(fields),
        box=_box(block),
        point=() if ready is None or gain is None else (_units(ready), SIDE - _units(gain)),
        across=block.across.label,
        up=block.up.label,
    )


def _box(block: Quadrants) -> Field:
    left, right = _units(block.across.low), _units(block.across.high)
    bottom, top = _units(block.up.low), _units(block.up.high)
    return Field(left, SIDE - top, right - left, top - bottom, "")


def _units(value: Fraction) -> float:
    return round(float(value) * SIDE / 100, 1)
