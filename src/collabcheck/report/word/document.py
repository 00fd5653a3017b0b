"""A report as a Word document: a board paper in real styles, with real lists, tables and links."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import assert_never
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Paper
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Node
from docx.shared import Mm

from collabcheck.report.blocks import (
    Block,
    Bullets,
    Dumbbells,
    Entries,
    Entry,
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
from collabcheck.report.word.nodes import node, paragraph, run, styled, text
from collabcheck.report.word.styles import COLOURS, MARGIN, WIDTH, lists, settings, styles

BAR = 20
"""Cells of a bar."""
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
"""When every report was written, as far as its file says: the earliest day that a zip can hold."""
TALL = 600
"""Characters in a cell from which its row may go on over the page; a program may cut off one that may not."""
TOGETHER = 5
"""Lines of a list or an entry that stay on one page; were more held together, much of a page could stay empty."""

_BANDS = ("LowestBand", "MiddleBand", "HighestBand")
_SAFE_ADDRESS = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#]([\w./?#:@!$&'()*+,;=~-]|%[0-9A-Fa-f]{2})*)?")


def render(report: Report) -> bytes:
    """Return the whole report as a file for Word."""
    paper = Document()
    _keep(paper.part.package.rels, RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    _keep(paper.part.rels, RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.SETTINGS)
    _refill(paper.styles.element, styles(text(report.language)))
    _refill(paper.settings.element, settings(text(report.language)))
    _refill(paper.part.numbering_part.element, lists())
    _set_up_page(paper, report.title)
    _name(paper, report)
    ending = paper.element.body[-1]
    for part in _contents(paper, report):
        ending.addprevious(part)
    return _zipped(paper)


# The file.


def _keep(relations: Relationships, *kinds: str) -> None:
    """Let go of all parts of the template but those: it brings pictures, themes and fonts that nobody asked for."""
    for name, relation in list(relations.items()):
        if relation.reltype not in kinds:
            del relations[name]


def _refill(root: Node, nodes: Iterable[Node]) -> None:
    root.clear()
    root.extend(nodes)


def _set_up_page(paper: Paper, title: str) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN)
    page.footer_distance = Mm(MARGIN / 2)
    number = (node("r", node("tab")), run("Page "), node("fldSimple", run("1"), instr="PAGE"))
    _refill(page.footer.part.element, [paragraph("Footer", [run(_short(title, 80)), *number])])


def _name(paper: Paper, report: Report) -> None:
    """Set what the file says of itself."""
    about = paper.core_properties
    about.title, about.subject = _short(report.title), _short(report.subtitle)
    about.author = about.last_modified_by = "collabcheck"
    about.language = text(report.language)
    about.comments = about.keywords = ""
    about.created = about.modified = LONG_AGO
    about.revision = 1


def _short(words: str, most: int = 255) -> str:
    """Return words on one line, cut to as many characters as there is room for."""
    line = " ".join(text(words).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _zipped(paper: Paper) -> bytes:
    """Return the file without the time at which it was made."""
    saved, written = BytesIO(), BytesIO()
    paper.save(saved)
    with ZipFile(saved) as parts, ZipFile(written, "w", ZIP_DEFLATED) as whole:
        for name in parts.namelist():
            part = ZipInfo(name, LONG_AGO.timetuple()[:6])
            part.create_system = 0  # or it would say on which kind of machine
            whole.writestr(part, parts.read(name), ZIP_DEFLATED)
    return written.getvalue()


# The contents.


def _contents(paper: Paper, report: Report) -> Iterator[Node]:
    yield paragraph("Title", [run(report.title)])
    yield paragraph("Subtitle", [run(report.subtitle)])
    for section in report.sections:
        yield from _section(paper, section, 1)


def _section(paper: Paper, section: Section, level: int) -> Iterator[Node]:
    new_page = (node("pageBreakBefore"),) if section.new_page else ()
    yield paragraph(f"Heading{min(level, 3)}", [run(section.title)], *new_page)
    for block, following in zip(section.blocks, (*section.blocks[1:], None), strict=False):
        yield from _block(paper, block, leads=following is not None and not isinstance(following, Paragraph))
    for inner in section.sections:
        yield from _section(paper, inner, level + 1)


def _block(paper: Paper, block: Block, *, leads: bool) -> Iterator[Node]:
    """Yield the paragraphs and tables of a block. A paragraph that leads to a list or a table stays with it."""
    match block:
        case Paragraph(words=words, lead=lead):
            yield paragraph("Lead" if lead else "Normal", _runs(paper, words), kept=leads)
        case Bullets(items=items):
            for i, item in enumerate(items, start=1):
                yield paragraph("ListBullet", _runs(paper, item), kept=_together(i, len(items)))
        case Entries(items=items, numbered=numbered):
            numbers = _own_numbers(paper) if numbered else ""
            for entry in items:
                yield from _entry(paper, entry, numbers)
        case Gauges():
            yield from _chart(paper, block)
        case Quadrants():
            yield from _chart(paper, block)
            yield paragraph("Normal", _runs(paper, block.here))
        case Dumbbells():
            yield from _dumbbells(paper, block)
        case Table():
            yield from _table(paper, block)
        case _:
            assert_never(block)


def _entry(paper: Paper, entry: Entry, numbers: str) -> Iterator[Node]:
    listed = (node("numPr", node("ilvl", val="0"), node("numId", val=numbers)),) if numbers else ()
    style = "ListNumber" if numbers else "ListBullet"
    yield paragraph(style, _runs(paper, entry.term), *listed, kept=bool(entry.lines))
    for i, line in enumerate(entry.lines, start=1):
        yield paragraph("ListContinue", _runs(paper, line), kept=_together(i, len(entry.lines)))


def _together(i: int, count: int) -> bool:
    """Say whether a line stays with the next: at the start, and at the end, so that the last is never alone."""
    return i < min(count, TOGETHER) or i == count - 1


def _own_numbers(paper: Paper) -> str:
    """Return the number of a new numbered list, which begins at 1."""
    numbering = paper.part.numbering_part.element
    own = str(len(numbering.findall(qn("w:num"))) + 1)
    start = node("lvlOverride", node("startOverride", val="1"), ilvl="0")
    numbering.append(node("num", node("abstractNumId", val="1"), start, numId=own))
    return own


# Tables.


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its width in twentieths of a point, and whether it holds figures or bars."""

    width: int
    figures: bool = False
    bars: bool = False


_CHART = (_Column(2450), _Column(1870, bars=True), _Column(1000, figures=True), _Column(1120), _Column(WIDTH - 6440))

_SIDE = _Column((WIDTH - 4150) // 2)
_DUMBBELLS = (_Column(2300), _SIDE, _SIDE, _Column(1850, bars=True))

_Cells = Sequence[Sequence[Node]]


def _chart(paper: Paper, block: Gauges | Quadrants) -> Iterator[Node]:
    rows = [
        (
            (run(row.label),),
            tuple(_bar(row)),
            (run(row.figure),),
            (run(row.span or "–"),),
            tuple(_runs(paper, row.bands)) or (run("–"),),
        )
        for row in block.rows
    ]
    figures = "; ".join(f"{row.label}: {row.figure}" for row in block.rows)
    yield from _grid((block.caption, figures), _CHART, block.columns, rows, whole=True)


def _dumbbells(paper: Paper, block: Dumbbells) -> Iterator[Node]:
    rows = [
        (
            (run(row.label),),
            *(tuple(_end(paper, end)) for end in row.ends),
            (run(row.cells(BAR), styled("Bar")),),
        )
        for row in block.rows
    ]
    figures = "; ".join(f"{row.label}: {row.first.figure}, {row.second.figure}" for row in block.rows)
    columns = (block.columns[0], *block.legend, block.columns[1])
    yield from _grid((block.caption, figures), _DUMBBELLS, columns, rows, whole=True)


def _end(paper: Paper, end: Gauge) -> Iterator[Node]:
    yield run(f"{end.figure} ({end.span}) " if end.span else f"{end.figure} ")
    yield from _runs(paper, end.bands)


def _table(paper: Paper, block: Table) -> Iterator[Node]:
    rows = [tuple(tuple(_runs(paper, cell)) for cell in cells) for cells in block.rows]
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
            node("tblCaption", val=_short(caption)),
            node("tblDescription", val=_short(description, 1000)),
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
        one_line = (node("noWrap"),) if column.bars else ()
        middle = (node("vAlign", val="center"),) if any(other.bars for other in columns) else ()
        look = node("tcPr", node("tcW", w=str(column.width), type="dxa"), *one_line, *middle)
        row.append(node("tc", look, paragraph(style, cell, *side, kept=head or kept)))
    return row


def _length(cell: Iterable[Node]) -> int:
    return sum(len(piece.text or "") for part in cell for piece in part.iter(qn("w:t")))


def _bar(row: Gauge) -> Iterator[Node]:
    full, shaded = row.cells(BAR)
    mark = next((span for span in row.bands if isinstance(span, Mark)), None)
    colour = (node("color", val=COLOURS[mark.level]),) if mark else ()
    yield run("█" * full + "▒" * shaded, styled("Bar"), *colour)
    yield run("·" * (BAR - full - shaded), styled("Bar"))


# Words.


def _runs(paper: Paper, words: Words) -> Iterator[Node]:
    for span in words:
        yield from _span(paper, span)


def _span(paper: Paper, span: Span) -> Iterator[Node]:
    match span:
        case str():
            yield run(span)
        case Strong(text=strong):
            yield run(strong, styled("Strong"))
        case Link():
            yield from _link(paper, span)
        case Mark(label=label):
            whole = f"{span.shape} {label}".replace(" ", "\N{NO-BREAK SPACE}")
            yield run(whole, styled(_BANDS[span.level]))
        case _:
            assert_never(span)


def _link(paper: Paper, link: Link) -> Iterator[Node]:
    """Yield a link, and its address to be read on paper; the words alone where Word might choke on the address."""
    if _SAFE_ADDRESS.fullmatch(link.address):
        active = node("hyperlink", run(link.text, styled("Hyperlink")))
        active.set(qn("r:id"), paper.part.relate_to(link.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        yield active
    else:
        yield run(link.text)
    if link.text != link.address:
        yield from (run(" "), run(link.address, styled("Address")))
