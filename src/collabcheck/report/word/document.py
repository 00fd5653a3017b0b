"""A report as a Word document: a board paper in real styles, with real lists, tables and links."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Paper
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Node
from docx.shared import Mm

from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Report, Section, Table
from collabcheck.report.word.nodes import node, paragraph, run, short, text, together
from collabcheck.report.word.pictures import number
from collabcheck.report.word.styles import MARGIN, lists, settings, styles
from collabcheck.report.word.tables import charted, tabled
from collabcheck.report.word.words import runs

LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
"""When every report was written, as far as its file says: the earliest day that a zip can hold."""


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
    number(paper.element.iter(qn("wp:docPr")))
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
    _refill(page.footer.part.element, [paragraph("Footer", [run(short(title, 80)), *number])])


def _name(paper: Paper, report: Report) -> None:
    """Set what the file says of itself."""
    about = paper.core_properties
    about.title, about.subject = short(report.title), short(report.subtitle)
    about.author = about.last_modified_by = "collabcheck"
    about.language = text(report.language)
    about.comments = about.keywords = ""
    about.created = about.modified = LONG_AGO
    about.revision = 1


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
            yield paragraph("Lead" if lead else "Normal", runs(paper, words), kept=leads)
        case Bullets(items=items):
            for i, item in enumerate(items, start=1):
                yield paragraph("ListBullet", runs(paper, item), kept=together(i, len(items)))
        case Entries(items=items, numbered=numbered):
            numbers = _own_numbers(paper) if numbered else ""
            for entry in items:
                yield from _entry(paper, entry, numbers)
        case Table():
            yield from tabled(paper, block)
        case _:
            yield from charted(paper, block)


def _entry(paper: Paper, entry: Entry, numbers: str) -> Iterator[Node]:
    listed = (node("numPr", node("ilvl", val="0"), node("numId", val=numbers)),) if numbers else ()
    style = "ListNumber" if numbers else "ListBullet"
    yield paragraph(style, runs(paper, entry.term), *listed, kept=bool(entry.lines))
    for i, line in enumerate(entry.lines, start=1):
        yield paragraph("ListContinue", runs(paper, line), kept=together(i, len(entry.lines)))


def _own_numbers(paper: Paper) -> str:
    """Return the number of a new numbered list, which begins at 1."""
    numbering = paper.part.numbering_part.element
    own = str(len(numbering.findall(qn("w:num"))) + 1)
    start = node("lvlOverride", node("startOverride", val="1"), ilvl="0")
    numbering.append(node("num", node("abstractNumId", val="1"), start, numId=own))
    return own
