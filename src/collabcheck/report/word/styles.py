"""How a Word document looks: its styles, its lists and its settings."""

from collections.abc import Iterable, Iterator

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from collabcheck.report.word.nodes import node

COLOURS = ("B54708", "6B7280", "1D4E89")
"""Lowest, middle and highest band: apart for every kind of colour blindness, readable on white."""
BLUE, GREY, PALE, LINE = COLOURS[2], "5B6470", "EEF3F9", "C9D3E0"
SANS = "Arial"
"""A font that every Word has."""
MARGIN = 22
"""Millimetres on every side of an A4 page."""
WIDTH = round((210 - 2 * MARGIN) / 25.4 * 1440)
"""Between the margins, in twentieths of a point."""


def settings(language: str) -> Iterator[Node]:
    """Yield what a document asks of Word."""
    yield node("zoom", percent="100")
    yield node("defaultTabStop", val="720")
    modern = node("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15")
    yield node("compat", modern)
    yield node("themeFontLang", val=language)


# Styles. All room stands above a paragraph, because a table has none below it.


def styles(language: str) -> Iterator[Node]:
    """Yield every style that a report uses, and the ones that Word expects."""
    yield node("docDefaults", node("rPrDefault", node("rPr", _speaks(language))), node("pPrDefault"))
    # Fonts are those of Normal: in tables, LibreOffice lets a document's defaults win over a style of words.
    normal = (*_type(10.5, font=SANS), _speaks(language))
    yield _style("Normal", [node("widowControl"), _room(6, lines=1.15)], normal, based="", default="1")
    yield _style("Default Paragraph Font", kind="character", based="", default="1")
    yield _style("No List", kind="numbering", based="", default="1")
    yield from _heading_styles()
    yield from _text_styles()
    yield from _word_styles()
    yield from _table_styles()


def _speaks(language: str) -> Node:
    return node("lang", val=language)


def _heading_styles() -> Iterator[Node]:
    yield _style("Title", [node("keepNext"), _room(0, lines=1)], _type(20, BLUE, bold=True), after="Subtitle")
    yield _style("Subtitle", [_rule("bottom", BLUE, 12, 8), _room(4)], _type(11, GREY), after="Normal")
    for level, (points, above) in enumerate(((16, 24), (12.5, 16), (11, 12)), start=1):
        marks = (node("keepNext"), node("keepLines"), _room(above, 2, lines=1))
        outline = node("outlineLvl", val=str(level - 1))
        yield _style(f"heading {level}", [*marks, outline], _type(points, BLUE, bold=True), after="Normal")


def _text_styles() -> Iterator[Node]:
    shade = node("shd", val="clear", color="auto", fill=PALE)
    edges = node("pBdr", _edge("top", PALE, 4, 6), _edge("left", BLUE, 24, 8), _edge("bottom", PALE, 4, 6))
    lead = (node("keepLines"), edges, shade, _room(12, 6), node("ind", left="200"))
    yield _style("Lead", lead, _type(13), customStyle="1")
    for name, number in (("List Bullet", "1"), ("List Number", "2")):
        listed = node("numPr", node("numId", val=number))
        yield _style(name, [node("keepLines"), listed, _room(6)])
    yield _style("List Continue", [_room(1.5), node("ind", left="360")])
    yield _style("caption", [node("keepNext"), _room(14, 5)], _type(10, BLUE, bold=True))
    stop = node("tabs", node("tab", val="right", pos=str(WIDTH)))
    yield _style("footer", [_rule("top", LINE, 4, 6), stop, _room(0)], _type(8, GREY))


def _word_styles() -> Iterator[Node]:
    underlined = node("u", val="single")
    yield _style("Strong", look=_type(bold=True), kind="character")
    yield _style("Hyperlink", look=[*_type(colour=BLUE), underlined], kind="character")
    yield _style("Address", look=[node("noProof"), *_type(8, GREY)], kind="character", customStyle="1")
    for name, colour in zip(("Lowest Band", "Middle Band", "Highest Band"), COLOURS, strict=True):
        yield _style(name, look=_type(colour=colour, bold=True), kind="character", customStyle="1")


def _table_styles() -> Iterator[Node]:
    yield _style("Table Text", [_room(0, lines=1.05)], _type(9), customStyle="1")
    heading = _type(colour=BLUE, bold=True)
    yield _style("Table Heading", [node("keepNext")], heading, based="TableText", customStyle="1")
    yield _style("Normal Table", kind="table", based="", default="1")
    lines = node("tblBorders", _edge("top", BLUE, 8), _edge("bottom", LINE, 4), _edge("insideH", LINE, 4))
    sides = (("top", "50"), ("left", "85"), ("bottom", "50"), ("right", "85"))
    room = node("tblCellMar", *(node(side, w=width, type="dxa") for side, width in sides))
    table = _style("Report Table", kind="table", based="NormalTable", customStyle="1")
    shade = node("tcPr", node("shd", val="clear", color="auto", fill=PALE))
    table.extend([node("tblPr", lines, room), node("tblStylePr", shade, type="firstRow")])
    yield table


def _style(
    name: str,
    flow: Iterable[Node] = (),
    look: Iterable[Node] = (),
    *,
    kind: str = "paragraph",
    based: str | None = None,
    after: str = "",
    **attributes: str,
) -> Node:
    """Return a style under the name that Word has for it, where it has one; `after` it comes another as one types."""
    base = {"paragraph": "Normal", "character": "DefaultParagraphFont"}.get(kind, "") if based is None else based
    style = node("style", node("name", val=name), type=kind, styleId=name.title().replace(" ", ""), **attributes)
    style.extend(node(tag, val=other) for tag, other in (("basedOn", base), ("next", after)) if other)
    style.append(node("qFormat"))
    style.extend(node(tag, *nodes) for tag, nodes in (("pPr", [*flow]), ("rPr", [*look])) if nodes)
    return style


def _type(points: float = 0, colour: str = "", *, font: str = "", bold: bool = False) -> Iterator[Node]:
    if font:
        yield node("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)
    if bold:
        yield from (node("b"), node("bCs"))
    if colour:
        yield node("color", val=colour)
    if points:
        yield from (node(size, val=str(round(points * 2))) for size in ("sz", "szCs"))


def _room(above: float, below: float = 0, *, lines: float = 0) -> Node:
    """Return the room above and below a paragraph in points, and between its lines."""
    between = {"line": str(round(lines * 240)), "lineRule": "auto"} if lines else {}
    return node("spacing", before=str(round(above * 20)), after=str(round(below * 20)), **between)


def _rule(side: str, colour: str, eighths: int, space: int) -> Node:
    return node("pBdr", _edge(side, colour, eighths, space))


def _edge(side: str, colour: str, eighths: int, space: int = 0) -> Node:
    return node(side, val="single", sz=str(eighths), space=str(space), color=colour)


def lists() -> Iterator[Node]:
    """Yield the two kinds of lists, then the list of each kind that the styles use."""
    kinds = (("bullet", "•", "ListBullet"), ("decimal", "%1.", "ListNumber"))
    for i, (form, sign, style) in enumerate(kinds):
        level = node(
            "lvl",
            node("start", val="1"),
            node("numFmt", val=form),
            node("pStyle", val=style),
            node("lvlText", val=sign),
            node("lvlJc", val="left"),
            node("pPr", node("ind", left="360", hanging="360")),
            ilvl="0",
        )
        yield node("abstractNum", node("multiLevelType", val="singleLevel"), level, abstractNumId=str(i))
    for i in range(len(kinds)):
        yield node("num", node("abstractNumId", val=str(i)), numId=str(i + 1))
