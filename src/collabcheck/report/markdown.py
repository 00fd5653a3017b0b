"""A report as Markdown that shows other people's words as they are, in CommonMark and on GitHub."""

from collections.abc import Iterator
from typing import assert_never

from collabcheck.escaping import in_markdown as text
from collabcheck.report.blocks import (
    Block,
    Bullets,
    Dumbbells,
    Entries,
    Gauge,
    Gauges,
    Link,
    Mark,
    Paragraph,
    Quadrants,
    Report,
    Section,
    Span,
    Strong,
    Table,
    Words,
)

BAR = 20
"""Cells of a bar."""


def render(report: Report) -> str:
    """Return the whole report as Markdown."""
    lines = [f"# {text(report.title)}", "", text(report.subtitle)]
    for section in report.sections:
        lines += _section(section, 2)
    return "\n".join(lines) + "\n"


def _section(section: Section, level: int) -> Iterator[str]:
    yield from ("", f"{'#' * level} {text(section.title)}")
    for block in section.blocks:
        yield ""
        yield from _block(block)
    for inner in section.sections:
        yield from _section(inner, level + 1)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(words=words):
            yield _inline(words)
        case Bullets(items=items):
            yield from (f"- {_inline(item)}" for item in items)
        case Entries(items=items, numbered=numbered):
            for i, entry in enumerate(items, start=1):
                sign = f"{i}." if numbered else "-"
                yield f"{sign} {_inline(entry.term)}"
                yield from (f"{' ' * len(sign)} - {_inline(line)}" for line in entry.lines)
        case Gauges():
            yield from _chart(block)
        case Quadrants():
            yield from _chart(block)
            yield from ("", _inline(block.here))
        case Dumbbells():
            yield from _dumbbells(block)
        case Table(caption=caption, columns=columns, rows=table_rows):
            yield from (text(caption) + ":", "", f"| {' | '.join(map(text, columns))} |", "|" + "---|" * len(columns))
            yield from (f"| {' | '.join(map(_inline, cells))} |" for cells in table_rows)
        case _:
            assert_never(block)


def _chart(block: Gauges | Quadrants) -> Iterator[str]:
    yield from (f"{text(block.caption)}:", "", f"| {' | '.join(map(text, block.columns))} |", "|---|---|--:|---|---|")
    for row in block.rows:
        span, bands = text(row.span or "–"), _inline(row.bands) or "–"
        yield f"| {text(row.label)} | `{_bar(row)}` | {text(row.figure)} | {span} | {bands} |"


def _dumbbells(block: Dumbbells) -> Iterator[str]:
    columns = (block.columns[0], *block.legend, block.columns[1])
    yield from (f"{text(block.caption)}:", "", f"| {' | '.join(map(text, columns))} |", "|---|---|---|---|")
    for row in block.rows:
        first, second = map(_end, row.ends)
        yield f"| {text(row.label)} | {first} | {second} | `{row.cells(2 * BAR)}` |"


def _end(end: Gauge) -> str:
    figures = f"{end.figure} ({end.span})" if end.span else end.figure
    return f"{text(figures)} {_inline(end.bands)}".rstrip()


def _inline(words: Words) -> str:
    return "".join(map(_span, words))


def _span(span: Span) -> str:
    match span:
        case str():
            return text(span)
        case Strong(text=strong):
            return f"**{text(strong.strip())}**"
        case Link(text=name, address=address):
            return f"[{text(name)}](<{address}>)"
        case Mark(label=label):
            return f"{span.shape} **{text(label)}**"
        case _:
            assert_never(span)


def _bar(row: Gauge) -> str:
    full, shaded = row.cells(BAR)
    return "█" * full + "▒" * shaded + "·" * (BAR - full - shaded)
