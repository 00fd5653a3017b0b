"""A report as plain text: no columns, no bars, one fact a line, for screen readers and for people who like it so."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from collabcheck.characters import visible
from collabcheck.report.blocks import (
    UNSAID,
    Block,
    Bullets,
    Chart,
    Dumbbells,
    Entries,
    Gauge,
    Gauges,
    Heat,
    Link,
    Mark,
    Paragraph,
    Quadrants,
    Report,
    Section,
    Span,
    Strip,
    Strips,
    Strong,
    Table,
    Words,
)


def render(report: Report) -> str:
    """Return the same facts in the same order, one a line, without drawing or colour."""
    lines = [report.title, report.subtitle, *(line for s in report.sections for line in _section(s))]
    return "".join(f"{' '.join(visible(line).split())}\n" for line in lines)


def _section(section: Section) -> Iterator[str]:
    yield from ("", section.title)
    for block in section.blocks:
        yield from _block(block)
    for inner in section.sections:
        yield from _section(inner)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(words=words):
            yield _said(words)
        case Bullets(items=items):
            yield from map(_said, items)
        case Entries():
            yield from _entries(block)
        case Table(caption=caption, columns=columns, rows=table_rows):
            yield f"{caption}:"
            for cells in table_rows:
                yield "; ".join(f"{name}: {_said(cell)}" for name, cell in zip(columns, cells, strict=True))
        case _:
            yield f"{block.caption}:"
            yield from _chart(block)


def _entries(entries: Entries) -> Iterator[str]:
    for i, entry in enumerate(entries.items, start=1):
        yield f"{i}. {_said(entry.term)}" if entries.numbered else _said(entry.term)
        yield from map(_said, entry.lines)


def _chart(chart: Chart) -> Iterator[str]:
    match chart:
        case Gauges(rows=rows):
            yield from map(_gauge, rows)
        case Quadrants(rows=rows, here=here):
            yield from map(_gauge, rows)
            yield _said(here)
        case Dumbbells():
            yield from _dumbbells(chart)
        case Strips():
            yield from _strips(chart)
        case Heat():
            yield from _heat(chart)
        case _:
            assert_never(chart)


def _dumbbells(block: Dumbbells) -> Iterator[str]:
    for row in block.rows:
        ends = (f"{side}: {_figures(end)}" for side, end in zip(block.sides, row.ends, strict=True))
        yield f"{row.label}. {'; '.join(ends)}"


def _strips(block: Strips) -> Iterator[str]:
    """Yield what each row says; how to read a drawing is left out, as there is none."""
    for row in block.rows:
        counts = ", ".join(_counted(row, block.edges))
        yield f"{row.label}. {'; '.join(map(_said, block.said(row)))}; {block.columns[1]}: {counts}"


def _counted(row: Strip, edges: Sequence[str]) -> Iterator[str]:
    """Yield each number with its part of the scale; parts beside one another that are not shown, as one."""
    start = 0
    for i, (number, following) in enumerate(zip(row.counts, (*row.counts[1:], 0), strict=True), start=1):
        if number is None and following is None:
            continue
        yield f"{UNSAID if number is None else number} from {edges[start]} to {edges[i]}"
        start = i


def _heat(block: Heat) -> Iterator[str]:
    for row in block.rows:
        means = (f"{cell.figure}, {cell.mark.label}" if cell else UNSAID for cell in row.cells)
        said = (f"{group}: {mean}" for group, mean in zip(block.columns, means, strict=True))
        yield f"{row.label}. {'; '.join(said)}"


def _gauge(row: Gauge) -> str:
    return f"{row.label}: {_figures(row)}"


def _figures(row: Gauge) -> str:
    return ", ".join(filter(None, (row.figure, row.span and f"range {row.span}", _said(row.bands))))


def _said(words: Words) -> str:
    return "".join(map(_span, words))


def _span(span: Span) -> str:
    match span:
        case str():
            return span
        case Strong(text=text):
            return text
        case Link(text=text, address=address):
            return f"{text} – {address}"
        case Mark(label=label):
            return label
        case _:
            assert_never(span)
