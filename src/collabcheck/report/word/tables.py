"""The charts and tables of a Word document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Node

from collabcheck.report.blocks import (
    Chart,
    Dumbbells,
    Gauge,
    Gauges,
    Heat,
    HeatCell,
    Quadrants,
    Strip,
    Strips,
    Table,
)
from collabcheck.report.compared import compared, parts, pieces
from collabcheck.report.word.nodes import node, paragraph, run, short, styled, together
from collabcheck.report.word.pictures import bar, drawn, dumbbell, strip
from collabcheck.report.word.styles import WIDTH
from collabcheck.report.word.words import BANDS, runs

BAR, LINE, STRIP = 84, 96, 122
"""Points: the width of a bar, of a line with two marks, and of the columns that show how scores are spread."""
TALL = 600
"""Characters in a cell from which its row may go on over the page; a program may cut off one that may not."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its width in twentieths of a point, and whether it holds figures or bars."""

    width: int
    figures: bool = False
    bars: bool = False


_BARS = (_Column(2450), _Column(1870, bars=True), _Column(1000, figures=True), _Column(1120), _Column(WIDTH - 6440))

_SIDE = _Column((WIDTH - 4300) // 2)
_DUMBBELLS = (_Column(2150), _SIDE, _SIDE, _Column(2150, bars=True))

_STRIPS = (_Column(1700), _Column(2720), _Column(900, figures=True), _Column(1300))
_HERE = _Column(800, figures=True)

_NAME, _MEAN, MEANS = 2350, 1400, 10
"""Twentieths of a point that a name needs and a mean at most, and how many means stand beside one another."""

_FACTOR, _SCORE, GROUPS = 1900, 2600, 3
"""Twentieths of a point that a name needs, and a score with its bands at most; how many groups stand beside all."""

_Cells = Sequence[Sequence[Node]]


def charted(paper: Paper, chart: Chart) -> Iterator[Node]:
    """Yield a chart as a table, and what is said below it."""
    match chart:
        case Gauges():
            yield from _bars(paper, chart)
        case Quadrants(here=here):
            yield from _bars(paper, chart)
            yield paragraph("Normal", runs(paper, here))
        case Dumbbells():
            yield from _dumbbells(paper, chart)
        case Strips(key=key):
            yield from _strips(paper, chart)
            yield paragraph("Normal", runs(paper, key))
        case Heat(key=key):
            yield from (*_heat(chart), *_letters(chart))
            yield paragraph("Normal", runs(paper, key))
        case _:
            assert_never(chart)


def _bars(paper: Paper, block: Gauges | Quadrants) -> Iterator[Node]:
    scale = block.scale if isinstance(block, Gauges) else ()
    rows = [
        (
            (run(row.label),),
            (drawn(paper, bar(row, scale, BAR), f"{row.label}: {_figures(row)}"),),
            (run(row.figure),),
            (run(row.span or "–"),),
            tuple(runs(paper, row.bands)) or (run("–"),),
        )
        for row in block.rows
    ]
    figures = "; ".join(f"{row.label}: {row.figure}" for row in block.rows)
    yield from _grid((block.caption, figures), _BARS, block.columns, rows, whole=True)


def _dumbbells(paper: Paper, block: Dumbbells) -> Iterator[Node]:
    rows = [
        (
            (run(row.label),),
            *(tuple(_end(paper, end)) for end in row.ends),
            (drawn(paper, dumbbell(row, block.scale, LINE), f"{row.label}: {'; '.join(map(_figures, row.ends))}"),),
        )
        for row in block.rows
    ]
    figures = "; ".join(f"{row.label}: {row.first.figure}, {row.second.figure}" for row in block.rows)
    columns = (block.columns[0], *block.legend, block.columns[1])
    yield from _grid((block.caption, figures), _DUMBBELLS, columns, rows, whole=True)


def _figures(row: Gauge) -> str:
    return f"{row.figure} ({row.span})" if row.span else row.figure


def _end(paper: Paper, end: Gauge) -> Iterator[Node]:
    yield run(f"{_figures(end)} ")
    yield from runs(paper, end.bands)


def _strips(paper: Paper, block: Strips) -> Iterator[Node]:
    rows = [
        (
            (run(row.label),),
            tuple(_drawn(paper, block, row)),
            (run(row.figure),),
            (run(row.middle.span if row.middle else "–"),),
            tuple(runs(paper, row.bands)) or (run("–"),),
            *(((run(row.here.figure if row.here else "–"),),) if block.here else ()),
        )
        for row in block.rows
    ]
    figures = "; ".join(f"{row.label}: {row.figure}" for row in block.rows)
    here = (_HERE,) if block.here else ()
    left = WIDTH - sum(column.width for column in (*_STRIPS, *here))
    titles = (*block.columns[:3], block.legend[0], block.columns[4], *block.legend[1:])
    yield from _grid((block.caption, figures), (*_STRIPS, _Column(left), *here), titles, rows, whole=False)


def _drawn(paper: Paper, block: Strips, row: Strip) -> Iterator[Node]:
    """Yield the columns, below them the middle half and the one organisation, and the numbers."""
    numbers = ", ".join(row.numbers)
    yield drawn(paper, strip(row, block.scale, STRIP), f"{row.label}: {numbers}")
    yield run(f"\n{numbers}")


def _heat(block: Heat) -> Iterator[Node]:
    for piece in pieces(len(block.columns), MEANS):
        heads = block.heads[piece]
        each = min((WIDTH - _NAME) // len(heads), _MEAN)
        columns = (_Column(WIDTH - each * len(heads)), *(_Column(each, figures=True) for _ in heads))
        rows = [((run(row.label),), *((_mean(cell),) for cell in row.cells[piece])) for row in block.rows]
        about = block.caption, "; ".join(block.columns[piece])
        yield from _grid(about, columns, (block.corner, *heads), rows, whole=True)


def _mean(cell: HeatCell | None) -> Node:
    if cell is None:
        return run("–")
    return run(f"{cell.mark.shape}\N{NO-BREAK SPACE}{cell.figure}", styled(BANDS[cell.mark.level]))


def _letters(block: Heat) -> Iterator[Node]:
    for i, (letter, group) in enumerate(block.legend, start=1):
        kept = together(i, len(block.legend))
        yield paragraph("ListBullet", [run(letter, styled("Strong")), run(f" {group}")], kept=kept)


def tabled(paper: Paper, block: Table) -> Iterator[Node]:
    """Yield a table; its figures stand on the right. One that compares many groups is divided."""
    if compared(block):
        for part in parts(block, GROUPS):
            yield from _compared(paper, part)
    else:
        yield from _figured(paper, block)


def _compared(paper: Paper, block: Table) -> Iterator[Node]:
    rows = [tuple(tuple(runs(paper, cell)) for cell in cells) for cells in block.rows]
    groups = len(block.columns) - 1
    each = min((WIDTH - _FACTOR) // groups, _SCORE)
    columns = (_Column(WIDTH - each * groups), *(_Column(each) for _ in range(groups)))
    yield from _grid((block.caption, "; ".join(block.columns)), columns, block.columns, rows, whole=True)


def _figured(paper: Paper, block: Table) -> Iterator[Node]:
    rows = [tuple(tuple(runs(paper, cell)) for cell in cells) for cells in block.rows]
    longest = [max(map(_length, column)) for column in zip(*rows, strict=True)] or [0] * len(block.columns)
    figures = [
        _Column(230 + 95 * min(max(len(title), length), 12), figures=True)
        for title, length in list(zip(block.columns, longest, strict=True))[2:]
    ]
    words = WIDTH - sum(column.width for column in figures)
    columns = (_Column(words * 11 // 20), _Column(words * 9 // 20), *figures)
    yield from _grid((block.caption, "; ".join(block.columns)), columns, block.columns, rows, whole=False)


def _grid(
    about: tuple[str, str], columns: Sequence[_Column], titles: Sequence[str], rows: Sequence[_Cells], *, whole: bool
) -> Iterator[Node]:
    """Yield a caption and its table, which stays on one page if it is to be whole."""
    caption, description = about
    yield paragraph("Caption", [run(caption)])
    table = node(
        "tbl",
        node(
            "tblPr",
            node("tblStyle", val="ReportTable"),
            node("tblW", w=str(sum(column.width for column in columns)), type="dxa"),
            node("tblLayout", type="fixed"),
            node("tblLook", val="00A0", firstRow="1", firstColumn="1"),
            node("tblCaption", val=short(caption)),
            node("tblDescription", val=short(description, 1000)),
        ),
        node("tblGrid", *(node("gridCol", w=str(column.width)) for column in columns)),
        _row(columns, [(run(title),) for title in titles], head=True),
    )
    table.extend(_row(columns, cells, kept=whole and cells is not rows[-1]) for cells in rows)
    yield table


def _row(columns: Sequence[_Column], cells: _Cells, *, head: bool = False, kept: bool = False) -> Node:
    tall = any(_length(cell) > TALL for cell in cells)
    marks = (*(() if tall else (node("cantSplit"),)), *((node("tblHeader"),) if head else ()))
    row = node("tr", node("trPr", *marks))
    style = "TableHeading" if head else "TableText"
    for column, cell in zip(columns, cells, strict=True):
        side = (node("jc", val="right"),) if column.figures else ()
        middle = (node("vAlign", val="center"),) if any(other.bars for other in columns) else ()
        look = node("tcPr", node("tcW", w=str(column.width), type="dxa"), *middle)
        row.append(node("tc", look, paragraph(style, cell, *side, kept=head or kept)))
    return row


def _length(cell: Iterable[Node]) -> int:
    return sum(len(piece.text or "") for part in cell for piece in part.iter(qn("w:t")))
