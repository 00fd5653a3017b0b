"""A report as text for a terminal, laid out with Rich."""

from collections.abc import Sequence
from io import StringIO
from typing import assert_never

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from collabcheck.characters import GLUE, visible
from collabcheck.report.blocks import (
    HERE,
    SIDES,
    Block,
    Bullets,
    Chart,
    Dumbbell,
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
    Strips,
    Strong,
    Table,
    Words,
)
from collabcheck.report.compared import compared, pieces

WIDEST = 100
"""Columns; longer lines are hard to read."""
BAR = 24
"""Cells of a bar."""
WIDE_BAR = 40
"""Cells of a line with two marks."""
COLOURS = ("color(166)", "color(244)", "color(32)")
"""Lowest, middle and highest band: apart for every kind of colour blindness, readable on black and on white."""


def render(report: Report, *, width: int, colour: bool) -> str:
    """Return the report laid out for a terminal of that many columns, with or without colour."""
    page = _Page(max(min(width, WIDEST), 20), colour=colour)
    page.write(Text(visible(report.title), "bold"))
    page.write(Text(visible(report.subtitle)))
    for section in report.sections:
        _section(page, section, depth=0)
    return page.text()


class _Page:
    """Lines of text of one width. Web addresses are never broken, so that they can be copied."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = width
        self._lines: list[Text] = []
        self._console = Console(
            file=StringIO(),
            width=width,
            height=100,  # not used; without it Rich reads the environment again
            force_terminal=colour,
            color_system="256" if colour else None,
            no_color=not colour,
            emoji=False,
            highlight=False,
            markup=False,
            legacy_windows=False,
        )

    def write(self, text: Text, *, indent: int = 0, sign: str = "") -> None:
        """Write a paragraph, wrapped and indented, with a sign before its first line."""
        start = sign.rjust(max(indent - 1, 0)).ljust(indent)
        short = "\n" not in text.plain and text.cell_len <= self.width - indent
        for line in [text] if short else text.wrap(self._console, self.width - indent):
            line.rstrip()
            line.plain = line.plain.replace(GLUE, " ")
            self._lines.append(Text(start) + line if start else line)
            start = " " * indent

    def words(self, words: Words, *, style: str = "", indent: int = 0, sign: str = "") -> None:
        """Write a paragraph; each link's address on a line of its own."""
        self.write(_text(words, style), indent=indent, sign=sign)
        for span in words:
            if isinstance(span, Link):
                self._lines.append(Text(" " * indent + visible(span.address)))

    def gap(self) -> None:
        """Write an empty line."""
        self._lines.append(Text())

    def text(self) -> str:
        """Return what was written."""
        with self._console.capture() as captured:
            self._console.print(Text("\n").join(self._lines), soft_wrap=True)
        return "".join(f"{line.rstrip()}\n" for line in captured.get().split("\n")[:-1])


def _section(page: _Page, section: Section, depth: int) -> None:
    title = visible(section.title)
    page.gap()
    page.write(Text(title.upper() if depth == 0 else title, "bold"))
    if depth == 0:
        page.write(Text("─" * min(len(title), page.width)))
    for i, block in enumerate(section.blocks):
        if i:
            page.gap()
        _block(page, block)
    for inner in section.sections:
        _section(page, inner, depth + 1)


def _block(page: _Page, block: Block) -> None:
    match block:
        case Paragraph(words=words, lead=lead):
            page.words(words, style="bold" if lead else "")
        case Bullets(items=items):
            for item in items:
                page.words(item, indent=3, sign="•")
        case Entries():
            _entries(page, block)
        case Table():
            _table(page, block)
        case _:
            _chart(page, block)


def _entries(page: _Page, entries: Entries) -> None:
    indent = max(3, len(f"{len(entries.items)}. ")) if entries.numbered else 3
    for i, entry in enumerate(entries.items, start=1):
        page.words(entry.term, indent=indent, sign=f"{i}." if entries.numbered else "•")
        for line in entry.lines:
            page.words(line, indent=indent)


def _table(page: _Page, table: Table) -> None:
    page.words((table.caption,))
    for cells in table.rows:
        if compared(table):
            page.words(cells[0], style="bold", indent=3, sign="•")
            _groups(page, table, cells)
        else:
            _row(page, table.columns, cells)


def _groups(page: _Page, table: Table, cells: tuple[Words, ...]) -> None:
    """Write each group with its score: beside the name where there is room beside the longest, else below it."""
    names = max(cell_len(_one_line(name)) for name in table.columns[1:])
    scores = max(_text(cell).cell_len for row in table.rows for cell in row[1:])
    for name, cell in zip(table.columns[1:], cells[1:], strict=True):
        if names + scores + 5 <= page.width:
            page.write(Text.assemble(set_cell_size(_one_line(name), names), "  ", _text(cell)), indent=3)
        else:
            page.write(Text(f"{_one_line(name)}:"), indent=3)
            page.words(cell, indent=5)


def _row(page: _Page, columns: tuple[str, ...], cells: tuple[Words, ...]) -> None:
    """Write a row of a table as a list: first the two cells with words, then the figures on one line."""
    facts = [(f"{name}: ", *cell) for name, cell in zip(columns, cells, strict=True)]
    page.words(cells[0], indent=3, sign="•")
    page.words(facts[1], indent=3)
    page.words(tuple(span for i, fact in enumerate(facts[2:]) for span in (", " if i else "", *fact)), indent=3)


def _text(words: Words, style: str = "") -> Text:
    text = Text(style=style)
    for span in words:
        match span:
            case str():
                text.append(visible(span))
            case Strong(text=strong) | Link(text=strong):
                text.append(visible(strong), style="bold")
            case Mark():
                words_of_mark = f"{span.shape} {visible(span.label)}".replace(" ", GLUE)
                text.append(words_of_mark, style=f"bold {COLOURS[span.level]}")
            case _:
                assert_never(span)
    return text


def _chart(page: _Page, chart: Chart) -> None:
    page.words((f"{chart.caption}:",))
    match chart:
        case Gauges(rows=rows):
            _bars(page, rows)
        case Quadrants(rows=rows, here=here):
            _bars(page, rows)
            page.words(here)
        case Dumbbells():
            _dumbbells(page, chart)
        case Strips():
            _strips(page, chart)
        case Heat():
            _heat(page, chart)
        case _:
            assert_never(chart)


def _bars(page: _Page, rows: Sequence[Gauge]) -> None:
    """Write a row on one line where all rows fit, else the name above its bar."""
    names = max(cell_len(visible(row.label)) for row in rows)
    figures = max(len(_figure(row)) for row in rows)
    bands = max(_text(row.bands).cell_len for row in rows)
    beside = names + BAR + figures + bands + 6 <= page.width
    for row in rows:
        if beside:
            name, figure = set_cell_size(visible(row.label), names), _figure(row).rjust(figures)
            page.write(Text.assemble(f"{name}  ", _bar(row), f"  {figure}  ", _text(row.bands)))
        else:
            page.write(Text.assemble((visible(row.label), "bold"), f": {_figure(row)}  ", _text(row.bands)))
            page.write(_bar(row), indent=2)


def _dumbbells(page: _Page, block: Dumbbells) -> None:
    """Write what the marks stand for; then each row as a name with its line, and below what each mark says."""
    for side in block.legend:
        page.words((side,), indent=2)
    names = max((cell_len(_one_line(row.label)) for row in block.rows), default=0)
    for row in block.rows:
        _beside(page, row.label, names, Text(row.cells(min(WIDE_BAR, page.width - 2))))
        _ends(page, row)


def _one_line(label: str) -> str:
    return " ".join(visible(label).split())


def _beside(page: _Page, label: str, names: int, *drawn: Text) -> None:
    """Write a name and what is drawn for it: beside it where there is room beside the longest name, else below."""
    beside = names + drawn[0].cell_len + 2 <= page.width
    name = Text(set_cell_size(_one_line(label), names) if beside else _one_line(label), "bold")
    page.write(Text.assemble(name, "  ", drawn[0]) if beside else name)
    for line in filter(None, drawn[1:] if beside else drawn):
        page.write(line, indent=names + 2 if beside else 2)


def _ends(page: _Page, row: Dumbbell) -> None:
    ends = [_end(end, shape) for end, shape in zip(row.ends, SIDES, strict=True)]
    together = Text("   ").join(ends)
    for end in [together] if together.cell_len + 2 <= page.width else ends:
        page.write(end, indent=2)


def _end(end: Gauge, shape: str) -> Text:
    return Text.assemble(f"{shape} {_figure(end)} ", _text(end.bands))


def _strips(page: _Page, block: Strips) -> None:
    """Write each row as a name with its cells, below them the middle half, and then all that is said of it."""
    page.words(("   ".join(block.legend),), indent=2)
    names = max((cell_len(_one_line(row.label)) for row in block.rows), default=0)
    for row in block.rows:
        cells = row.cells(min(WIDE_BAR, page.width - 2))
        _beside(page, row.label, names, Text(cells), Text(row.marks(len(cells))))
        for said in block.said(row, f"{HERE} "):
            page.words(said, indent=2)
    page.words(block.key)


def _heat(page: _Page, block: Heat) -> None:
    """Write as many columns in one table as there is room for, then the others; then what their letters mean."""
    figures = (visible(cell.figure) for row in block.rows for cell in row.cells if cell)
    each = 2 + max(map(cell_len, (*figures, *block.letters)), default=1)
    names = max(cell_len(_one_line(label)) for label in (block.corner, *(row.label for row in block.rows)))
    room = page.width - 2 - names
    if room < 3 * each:  # then each name stands above its cells
        names, room = page.width, page.width - 2
    for piece in pieces(len(block.columns), max(room // each, 1)):
        if piece.start:
            page.gap()
        _beside(page, block.corner, names, Text("".join(letter.rjust(each) for letter in block.letters[piece])))
        for row in block.rows:
            _beside(page, row.label, names, Text("").join(_mean(cell, each) for cell in row.cells[piece]))
    for letter, group in zip(block.letters, block.columns, strict=True):
        page.words((group,), indent=4, sign=letter)
    page.words(block.key)


def _mean(cell: HeatCell | None, width: int) -> Text:
    said = f"{cell.mark.shape}{visible(cell.figure)}" if cell else "–"
    return Text(" " * (width - cell_len(said))).append(said, f"bold {COLOURS[cell.mark.level]}" if cell else "")


def _figure(row: Gauge) -> str:
    return f"{row.figure} ({row.span})" if row.span else row.figure


def _bar(row: Gauge) -> Text:
    """Draw a bar: full up to the low end, shaded to the high end, dotted to 100."""
    full, shaded = row.cells(BAR)
    mark = next((span for span in row.bands if isinstance(span, Mark)), None)
    return Text.assemble(("█" * full + "▒" * shaded, COLOURS[mark.level] if mark else ""), "·" * (BAR - full - shaded))
