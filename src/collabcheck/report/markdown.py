"""A report as Markdown that shows other people's words as they are, in CommonMark and on GitHub."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import assert_never

from collabcheck.escaping import in_markdown as text
from collabcheck.report.blocks import (
    Block,
    Bullets,
    Chart,
    Dumbbells,
    Entries,
    Gauge,
    Gauges,
    Heat,
    HeatCell,
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

BAR = 20
"""Cells of a bar."""

_SHOWN_AS_IT_IS = re.compile(r"(?!.*xn--)[\w:/.?=#,;+~()-]+", re.ASCII | re.IGNORECASE)
"""An address in which no program that shows Markdown reads the code of another letter."""


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
        case Table(caption=caption, columns=columns, rows=table_rows):
            yield from _head(caption, columns)
            yield from (_row(map(_inline, cells)) for cells in table_rows)
        case _:
            yield from _chart(block)


def _head(caption: str, columns: Sequence[str], figures: Collection[int] = ()) -> Iterator[str]:
    """Yield a caption and the head of a table, with figures in these columns."""
    rule = "".join("--:|" if i in figures else "---|" for i in range(len(columns)))
    yield from (f"{text(caption)}:", "", _row(map(text, columns)), f"|{rule}")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _chart(chart: Chart) -> Iterator[str]:
    match chart:
        case Gauges():
            yield from _bars(chart)
        case Quadrants():
            yield from _bars(chart)
            yield from ("", _inline(chart.here))
        case Dumbbells():
            yield from _dumbbells(chart)
        case Strips():
            yield from _strips(chart)
        case Heat():
            yield from _heat(chart)
        case _:
            assert_never(chart)


def _bars(block: Gauges | Quadrants) -> Iterator[str]:
    yield from _head(block.caption, block.columns, figures=(2,))
    for row in block.rows:
        span, bands = text(row.span or "–"), _inline(row.bands) or "–"
        yield _row((text(row.label), f"`{_bar(row)}`", text(row.figure), span, bands))


def _dumbbells(block: Dumbbells) -> Iterator[str]:
    yield from _head(block.caption, (block.columns[0], *block.legend, block.columns[1]))
    for row in block.rows:
        yield _row((text(row.label), *map(_end, row.ends), f"`{row.cells(2 * BAR)}`"))


def _strips(block: Strips) -> Iterator[str]:
    columns = (*block.columns[:3], block.legend[0], *block.columns[4:], *block.legend[1:])
    yield from _head(block.caption, columns, figures=(2, 5))
    for row in block.rows:
        cells = _row_of(row)
        yield _row((*cells, text(row.here.figure if row.here else "–")) if block.here else cells)
    yield from ("", _inline(block.key))


def _row_of(row: Strip) -> tuple[str, ...]:
    counts = f"`{row.cells(BAR)}` {text(', '.join(row.numbers))}"
    return text(row.label), counts, text(row.figure), _half(row) or "–", _inline(row.bands) or "–"


def _half(row: Strip) -> str:
    """Return the middle half and the one organisation as they stand below the cells, and the half in words."""
    marks = row.marks(len(row.cells(BAR))).replace(" ", "\N{NO-BREAK SPACE}")
    drawn = f"`{marks}`" if marks else ""
    return " ".join(filter(None, (drawn, text(row.middle.span) if row.middle else "")))


def _heat(block: Heat) -> Iterator[str]:
    columns = (block.corner, *block.heads)
    yield from _head(block.caption, columns, figures=range(1, len(columns)))
    for row in block.rows:
        yield _row((text(row.label), *map(_mean, row.cells)))
    yield ""
    if block.legend:
        yield from (f"- **{letter}** {text(group)}" for letter, group in block.legend)
        yield ""
    yield _inline(block.key)


def _mean(cell: HeatCell | None) -> str:
    return f"{cell.mark.shape} {text(cell.figure)}" if cell else "–"


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
            return f"{text(name)} ({_address(address)})"
        case Mark(label=label):
            return f"{span.shape} **{text(label.strip())}**"
        case _:
            assert_never(span)


def _address(address: str) -> str:
    """Return an address as a link that is its own name, so that people see where it leads."""
    if _SHOWN_AS_IT_IS.fullmatch(address):
        return f"<{address}>"
    return f"[{text(address)}](<{address.replace('&', '&amp;')}>)"


def _bar(row: Gauge) -> str:
    full, shaded = row.cells(BAR)
    return "█" * full + "▒" * shaded + "·" * (BAR - full - shaded)
