"""A Word report: real styles, lists, tables and links; other people's words stay words; the same bytes every time."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile
from zlib import decompress

import pytest
from builders import a_pack, a_question, a_sheet
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import example, given, settings
from hypothesis import strategies as st

from collabcheck.advice import advise
from collabcheck.answers import Chose, NotApplicable
from collabcheck.report.blocks import (
    Block,
    Bullets,
    Dumbbell,
    Dumbbells,
    Entries,
    Entry,
    Gauge,
    Gauges,
    Heat,
    HeatCell,
    HeatRow,
    Link,
    Mark,
    Middle,
    Paragraph,
    Point,
    Quadrants,
    Report,
    Section,
    Strip,
    Strips,
    Strong,
    Table,
)
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.word import document, nodes, pictures
from collabcheck.scoring import score

LOW, MIDDLE, HIGH = Mark("At risk", 0, 2), Mark("Developing", 1, 2), Mark("Ready", 2, 2)
COLUMNS = ("Factor", "Bar", "Score", "Range", "Band")
SIZE = Gauge("Size", Fraction(50), Fraction(75), "50", "50 to 75", (MIDDLE, ", could be ", HIGH), Fraction(50))
REACH = Gauge("Reach", Fraction(0), Fraction(0), "not assessed", "", (), None)
ADDRESS = "https://www.example.org/guide?a=1&b=2"


def a_report(*blocks: Block) -> Report:
    """A report of one section with these blocks."""
    return Report("A title", "A subtitle", "en-GB", (Section("Only", blocks),))


def opened(report: Report) -> Paper:
    return Document(BytesIO(document.render(report)))


def parts(report: Report) -> dict[str, bytes]:
    with ZipFile(BytesIO(document.render(report))) as file:
        return {name: file.read(name) for name in file.namelist()}


def styled(paper: Paper) -> list[tuple[str, str]]:
    """Every paragraph outside tables after title, subtitle and the only heading: its style and its words."""
    return [(style_of(paragraph), paragraph.text) for paragraph in paper.paragraphs[3:]]


def style_of(paragraph: WordParagraph) -> str:
    return paragraph.style.name or "" if paragraph.style else ""


def every_paragraph(paper: Paper) -> Iterator[WordParagraph]:
    yield from paper.paragraphs
    yield from (paragraph for table in paper.tables for cell in cells(table) for paragraph in cell.paragraphs)


def cells(table: WordTable) -> list[Any]:
    return [cell for row in table.rows for cell in row.cells]


def xpath(paper: Paper, path: str) -> list[Any]:
    return list(paper.element.xpath(path))


# Structure.


def test_sections_are_headings_by_their_depth_under_a_title() -> None:
    deep = Section("One", sections=(Section("Two", sections=(Section("Three", sections=(Section("Four"),)),)),))
    paper = opened(Report("A title", "A subtitle", "en-GB", (deep, Section("Again"))))
    assert [(style_of(paragraph), paragraph.text) for paragraph in paper.paragraphs] == [
        ("Title", "A title"),
        ("Subtitle", "A subtitle"),
        ("Heading 1", "One"),
        ("Heading 2", "Two"),
        ("Heading 3", "Three"),
        ("Heading 3", "Four"),
        ("Heading 1", "Again"),
    ]
    assert all(paper.styles[f"Heading {level}"].paragraph_format.keep_with_next for level in (1, 2, 3))


def test_a_section_begins_on_a_new_page_where_the_report_says_so() -> None:
    paper = opened(Report("A title", "", "en-GB", (Section("First"), Section("Second", new_page=True))))
    assert [paragraph.paragraph_format.page_break_before for paragraph in paper.paragraphs[2:]] == [None, True]


def test_a_lead_stands_out_and_a_paragraph_stays_with_its_list() -> None:
    paper = opened(a_report(Paragraph(("This first.",), lead=True), Paragraph(("These:",)), Bullets((("a",), ("b",)))))
    assert styled(paper) == [
        ("Lead", "This first."),
        ("Normal", "These:"),
        ("List Bullet", "a"),
        ("List Bullet", "b"),
    ]
    assert [bool(paragraph.paragraph_format.keep_with_next) for paragraph in paper.paragraphs[3:5]] == [False, True]


def test_an_entry_is_an_item_with_its_lines_on_the_same_page() -> None:
    entries = Entries((Entry((Strong("Term"),), (("one",), ("two",))), Entry(("Alone",))))
    paper = opened(a_report(entries))
    assert styled(paper) == [
        ("List Bullet", "Term"),
        ("List Continue", "one"),
        ("List Continue", "two"),
        ("List Bullet", "Alone"),
    ]
    kept = [bool(paragraph.paragraph_format.keep_with_next) for paragraph in paper.paragraphs[3:]]
    assert kept == [True, True, False, False]


def test_a_long_list_may_part_but_leaves_no_line_alone() -> None:
    paper = opened(a_report(Bullets(tuple((str(i),) for i in range(1, 11)))))
    loose = [p.text for p in paper.paragraphs[3:] if not p.paragraph_format.keep_with_next]
    assert loose == ["5", "6", "7", "8", "10"]


def test_bullets_are_real_and_each_numbered_list_begins_at_one() -> None:
    numbered = Entries((Entry(("First",)), Entry(("Second",))), numbered=True)
    paper = opened(a_report(Bullets((("a",),)), numbered, numbered))
    lists = paper.part.numbering_part.element
    own = [element.get(qn("w:val")) for element in xpath(paper, ".//w:body//w:numPr/w:numId")]
    assert own == [own[0], own[0], own[2], own[2]]
    assert own[0] != own[2]
    for number in own:
        assert lists.xpath(f"w:num[@w:numId='{number}']/w:lvlOverride/w:startOverride/@w:val") == ["1"]
        kind = lists.xpath(f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")[0]
        assert lists.xpath(f"w:abstractNum[@w:abstractNumId='{kind}']/w:lvl/w:numFmt/@w:val") == ["decimal"]
    bullet = paper.styles["List Bullet"].element.xpath("w:pPr/w:numPr/w:numId/@w:val")[0]
    kind = lists.xpath(f"w:num[@w:numId='{bullet}']/w:abstractNumId/@w:val")[0]
    assert lists.xpath(f"w:abstractNum[@w:abstractNumId='{kind}']/w:lvl/w:numFmt/@w:val") == ["bullet"]


def test_room_is_never_made_with_empty_paragraphs() -> None:
    paper = opened(a_whole_report("plain words"))
    assert [
        paragraph for paragraph in every_paragraph(paper) if not (paragraph.text.strip() or drawings(paragraph))
    ] == []


def drawings(paragraph: WordParagraph) -> list[Any]:
    return list(paragraph._element.xpath(".//w:drawing"))  # noqa: SLF001  it has no other door


# Words.


def test_strong_words_are_bold_and_a_mark_is_shape_word_and_colour() -> None:
    paper = opened(a_report(Paragraph(("So ", Strong("much"), ": ", LOW, MIDDLE, HIGH))))
    runs = [(run.text, run.style.font.bold, run.style.font.color.rgb) for run in paper.paragraphs[3].runs]
    assert runs[1] == ("much", True, None)
    assert [(text, bold, str(colour)) for text, bold, colour in runs[3:]] == [
        ("▼\xa0At\xa0risk", True, "B54708"),
        ("●\xa0Developing", True, "6B7280"),
        ("▲\xa0Ready", True, "1D4E89"),
    ]


def test_a_link_works_and_its_address_can_be_read_on_paper() -> None:
    paragraph = opened(a_report(Paragraph(("See ", Link("A guide", ADDRESS))))).paragraphs[3]
    assert [(link.text, link.url) for link in paragraph.hyperlinks] == [("A guide", ADDRESS)]
    assert [run.style.name for run in paragraph.hyperlinks[0].runs] == ["Hyperlink"]
    assert paragraph.text == f"See A guide {ADDRESS}"


def test_an_address_that_is_its_own_name_is_printed_once() -> None:
    paragraph = opened(a_report(Paragraph((Link(ADDRESS, ADDRESS),)))).paragraphs[3]
    assert paragraph.text == paragraph.hyperlinks[0].text == ADDRESS


@pytest.mark.parametrize(
    "address", ["https://", "http://[", "https://a/%zz", "https://a b", "javascript:x", "https://x\ufffe"]
)
def test_an_address_that_word_may_choke_on_is_printed_only(address: str) -> None:
    paragraph = opened(a_report(Paragraph((Link("A guide", address),)))).paragraphs[3]
    assert paragraph.hyperlinks == []
    assert paragraph.text == f"A guide {nodes.text(address)}"


def test_a_new_line_is_a_line_break() -> None:
    paper = opened(a_report(Paragraph(("one\ntwo",))))
    assert paper.paragraphs[3].text == "one\ntwo"
    assert len(xpath(paper, ".//w:br")) == 1


# Tables.


def a_chart() -> Gauges:
    return Gauges("How ready", COLUMNS, (), (SIZE, REACH))


def test_a_chart_is_a_table_with_a_caption_on_its_page() -> None:
    paper = opened(a_report(a_chart()))
    assert [[cell.text for cell in row.cells] for row in paper.tables[0].rows] == [
        [*COLUMNS],
        ["Size", "", "50", "50 to 75", "●\xa0Developing, could be ▲\xa0Ready"],
        ["Reach", "", "not assessed", "–", "–"],
    ]
    assert styled(paper) == [("Caption", "How ready")]
    assert paper.styles["Caption"].paragraph_format.keep_with_next
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in paper.tables[0].rows]
    assert kept == [True, True, False]


def test_a_bar_is_a_picture_with_its_figures_for_who_cannot_see_it() -> None:
    paper = opened(a_report(a_chart()))
    assert [drawing.get("descr") for drawing in xpath(paper, ".//w:tr/w:tc[2]//wp:docPr")] == [
        "Size: 50 (50 to 75)",
        "Reach: not assessed",
    ]
    dots, colours = seen_in(pictures.bar(SIZE, (), 84))
    line = dots[6 * pictures.DOTS]
    assert [colours[line[place(at, 84, 1)]] for at in (1, 25, 48, 50, 80, 99)] == [
        *["6B7280"] * 3,
        "1B2127",
        *["DDE3EA"] * 2,
    ]
    assert {colours[dot] for dot in line[place(52, 84, 1) : place(74, 84, 1)]} == {"6B7280", "DDE3EA"}


def place(at: float, wide: int, edge: int = pictures.EDGE) -> int:
    """In which dot of a picture so many points wide a place on the scale is."""
    return round((edge + at * (wide - 2 * edge) / 100) * pictures.DOTS)


def seen_in(picture: pictures.Picture) -> tuple[list[bytes], list[str]]:
    """The dots of a picture, row by row, and their colours."""
    found = re.findall(rb"(PLTE|IDAT)(.*?)(?=.{4}(?:tRNS|IEND))", picture.file(), re.DOTALL)
    palette, packed = (part[:-4] for _, part in found)
    dots, wide = decompress(packed), picture.wide * pictures.DOTS
    rows = [dots[i + 1 : i + 1 + wide] for i in range(0, len(dots), wide + 1)]
    return rows, [palette[i : i + 3].hex().upper() for i in range(0, len(palette), 3)]


def an_end(score: int) -> Gauge:
    return replace(SIZE, low=Fraction(score), high=Fraction(score), figure=str(score), span="", score=Fraction(score))


def two_marks(first: int, second: int) -> Dumbbell:
    return Dumbbell("Size", an_end(first), an_end(second))


@pytest.mark.parametrize(("first", "second"), [(0, 100), (100, 0), (100, 100), (50, 100)])
def test_a_line_with_two_marks_is_one_picture_that_fits_its_column(first: int, second: int) -> None:
    chart = Dumbbells("Then and now", ("Factor", "Line"), ("then", "now"), (), (two_marks(first, second),))
    row = opened(a_report(chart)).tables[0].rows[1]
    assert [cell.text.strip() for cell in row.cells[:1]] == ["Size"]
    (drawing,) = (inline for inside in row.cells[3].paragraphs for one in drawings(inside) for inline in one)
    assert drawing.docPr.get("descr") == f"Size: {first}; {second}"
    assert [drawing.get(f"dist{side}") for side in "LR"] == ["0", "0"]
    assert drawing.extent.cx <= (row.cells[3].width or 0) - 170 * 635


@pytest.mark.parametrize("end", [0, 100])
def test_a_mark_at_the_end_of_the_scale_is_whole(end: int) -> None:
    middle, at_end = (marked(two_marks(score, score)) for score in (50, end))
    assert middle == at_end > 1000


def marked(row: Dumbbell) -> int:
    """How many dots of a picture are in the colour of its marks."""
    dots, colours = seen_in(pictures.dumbbell(row, (), 96))
    return sum(line.count(colours.index("1D4E89")) for line in dots)


def test_two_marks_at_the_same_place_can_both_be_seen() -> None:
    dots, colours = seen_in(pictures.dumbbell(two_marks(50, 50), (), 96))
    line = dots[6 * pictures.DOTS]
    seen = [colours[line[place(50, 96) + points * pictures.DOTS]] for points in (0, 3)]
    assert seen == ["1D4E89", "FFFFFF"]
    assert colours[line[place(50, 96) + 4 * pictures.DOTS]] == "1D4E89"


def test_each_picture_of_a_document_has_a_number_of_its_own() -> None:
    paper = opened(a_report(a_chart(), a_chart()))
    assert [drawing.get("id") for drawing in xpath(paper, ".//wp:docPr")] == ["1", "2", "3", "4"]


def test_two_bars_at_right_angles_say_where_one_is_below_the_table() -> None:
    fields = ("Leave it", "Go", "Wait", "Prepare")
    square = Quadrants(
        "Together", COLUMNS, SIZE, REACH, Fraction(40), Fraction(40), fields, ("You are ", Strong("here"))
    )
    paper = opened(a_report(square))
    assert [child.tag.rpartition("}")[2] for child in paper.element.body][3:] == ["p", "tbl", "p", "sectPr"]
    assert styled(paper)[1] == ("Normal", "You are here")
    assert [row.cells[0].text for row in paper.tables[0].rows] == ["Factor", "Size", "Reach"]


def six_columns(words: str = "How?") -> Table:
    row = ((words,), ("So.",), ("0 to 3 of 3",), ("1",), ("33.33",), ("–",))
    return Table("The sum", ("Question", "Answer", "Points", "Weight", "Adds", "Room"), (row, row))


def test_a_table_has_its_columns_and_its_figures_on_the_right() -> None:
    table = opened(a_report(six_columns())).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Question", "Answer", "Points", "Weight", "Adds", "Room"]
    assert [cell.text for cell in table.rows[2].cells] == ["How?", "So.", "0 to 3 of 3", "1", "33.33", "–"]
    sides = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert [side.name if side is not None else "" for side in sides] == ["", "", *["RIGHT"] * 4]


def test_a_table_without_rows_is_still_a_table() -> None:
    assert len(opened(a_report(Table("None", ("Question", "Answer", "Points"), ()))).tables[0].rows) == 1


@pytest.mark.parametrize("block", [a_chart(), six_columns("x" * 5000)])
def test_tables_fit_the_page_and_tell_a_screen_reader_what_they_are(block: Gauges | Table) -> None:
    paper = opened(a_report(block))
    page = paper.sections[0]
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    widths = [int(width) for width in xpath(paper, ".//w:tblGrid/w:gridCol/@w:w")]
    assert abs(sum(widths) * 635 - room) < Mm(0.2)
    assert min(widths) > 600
    for row in paper.tables[0].rows:
        assert [cell.width for cell in row.cells] == [width * 635 for width in widths]
    assert xpath(paper, ".//w:tblLayout/@w:type") == ["fixed"]
    assert xpath(paper, ".//w:tblCaption/@w:val") == [block.caption]
    assert xpath(paper, ".//w:tblDescription/@w:val") == [
        "Size: 50; Reach: not assessed" if isinstance(block, Gauges) else "; ".join(block.columns)
    ]
    assert len(xpath(paper, ".//w:tr[1]/w:trPr/w:tblHeader")) == len(xpath(paper, ".//w:tblHeader")) == 1


def test_many_groups_are_compared_in_tables_that_have_room_for_their_bands_each_with_all_of_them() -> None:
    roles = [f"Group {i}" for i in range(4)]
    cells = (("Size",), *[("47 ", MIDDLE, ", could be ", LOW)] * 5)
    tables = opened(a_report(Table("By role", ("Factor", "All", *roles), (cells,) * 3))).tables
    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [
        ["Factor", "All", *roles[:2]],
        ["Factor", "All", *roles[2:]],
    ]
    assert tables[1].rows[3].cells[3].text == "47 ●\xa0Developing, could be ▼\xa0At\xa0risk"
    widest = len("● Developing,") * 0.66 * 9  # in points: the widest bold letters that stand in for a font
    assert min((cell.width or 0) / 12700 - 8.5 for table in tables for cell in table.rows[0].cells[1:]) > widest


def test_a_row_stays_on_one_page_unless_it_may_be_longer_than_that() -> None:
    short, tall = (opened(a_report(six_columns(words))) for words in ("How?", "x" * 5000))
    assert (len(xpath(short, ".//w:cantSplit")), len(xpath(tall, ".//w:cantSplit"))) == (3, 1)


# Charts of many organisations.


def a_spread(words: str = "Size", *, here: str = "You") -> Strips:
    counts = (0, None, 5, 20, 10, 0, 0, 0, 0, 0)
    middle = Middle(Fraction(28), Point(Fraction(36), "36"), Fraction(41), "28 to 41, median 36")
    row = Strip(words, counts, "35", middle, ("20 ", LOW), Point(Fraction(77), "77") if here else None)
    none = Strip("Reach", (None,) * 10, "too few answered", None, ())
    return Strips("The spread", ("Factor", "In each tenth", "Mean", "Half", "Bands"), (), (row, none), (words,), here)


def a_heat_map(*groups: str) -> Heat:
    cells = (None, *(HeatCell("61", HIGH) for _ in groups[1:]))
    return Heat("The groups", "Factor", groups, (HeatRow("Size", cells),), ("Read ", LOW))


def test_a_spread_is_a_drawing_with_its_figures_and_how_to_read_it() -> None:
    paper = opened(a_report(a_spread()))
    assert [[cell.text for cell in row.cells] for row in paper.tables[0].rows] == [
        ["Factor", "In each tenth", "Mean", "├┼┤ Half", "Bands", "◆ You"],
        [
            "Size",
            "\n0, ?, 5, 20, 10, 0, 0, 0, 0, 0",
            "35",
            "28 to 41, median 36",
            "20 ▼\xa0At\xa0risk",
            "77",
        ],
        ["Reach", f"\n{', '.join('?' * 10)}", "too few answered", "–", "–", "–"],
    ]
    assert styled(paper) == [("Caption", "The spread"), ("Normal", "Size")]


def test_a_number_that_is_not_shown_is_an_empty_frame_in_the_drawing() -> None:
    dots, colours = seen_in(pictures.strip(a_spread().rows[0], (), 122))
    above = dots[6 * pictures.DOTS]
    assert [colours[above[place(at, 122)]] for at in (5, 15, 35, 65)] == ["DDE3EA", "FFFFFF", "5B6470", "DDE3EA"]
    below = dots[(pictures.TALL + 6) * pictures.DOTS]
    assert [colours[below[place(at, 122)]] for at in (20, 30, 36, 60, 77)] == [
        "FFFFFF",
        "1B2127",
        "1B2127",
        "FFFFFF",
        "1D4E89",
    ]


def test_few_groups_have_their_names_over_the_means() -> None:
    paper = opened(a_report(a_heat_map("Small", "Large")))
    assert [[cell.text for cell in row.cells] for row in paper.tables[0].rows] == [
        ["Factor", "Small", "Large"],
        ["Size", "–", "▲\xa061"],
    ]
    assert str(paper.tables[0].rows[1].cells[2].paragraphs[0].runs[0].style.font.color.rgb) == "1D4E89"
    assert styled(paper) == [("Caption", "The groups"), ("Normal", "Read ▼\xa0At\xa0risk")]


def test_many_groups_have_letters_in_tables_that_fit_and_a_list_of_their_names() -> None:
    paper = opened(a_report(a_heat_map(*(f"Group {i}" for i in range(12)))))
    heads = [[cell.text for cell in table.rows[0].cells] for table in paper.tables]
    assert heads == [["Factor", *"ABCDEF"], ["Factor", *"GHIJKL"]]
    assert [text for style, text in styled(paper) if style == "List Bullet"][-1] == "L Group 11"


# The file.


def test_the_page_is_a4_and_its_foot_has_the_title_and_the_number() -> None:
    page = opened(a_report()).sections[0]
    assert [page.page_width, page.page_height] == [
        pytest.approx(Mm(210), abs=Mm(0.1)),
        pytest.approx(Mm(297), abs=Mm(0.1)),
    ]
    margins = {page.left_margin, page.right_margin, page.top_margin, page.bottom_margin}
    assert [margin for margin in margins if margin is None or abs(margin - Mm(22)) > Mm(0.1)] == []
    foot = parts(a_report())["word/footer1.xml"].decode()
    assert re.findall(r"<w:t [^>]*>([^<]*)", foot) == ["A title", "Page ", "1"]
    assert re.findall(r'w:instr="([^"]*)"', foot) == ["PAGE"]


def test_the_language_is_that_of_the_report_wherever_word_looks_for_it() -> None:
    report = replace(a_report(), language="cy-GB")
    written = parts(report)
    styles = opened(report).styles
    assert styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val") == ["cy-GB"]
    assert styles["Normal"].element.xpath("w:rPr/w:lang/@w:val") == ["cy-GB"]
    assert b"cy-GB" in written["docProps/core.xml"]
    spoken = re.findall(r"[a-z]{2}-[A-Z]{2}(?=\")", b"".join(written.values()).decode())
    assert set(spoken) == {"cy-GB"}


def test_the_file_says_what_it_is_and_not_when_it_was_made() -> None:
    about = opened(a_report()).core_properties
    assert (about.title, about.subject, about.author, about.language) == (
        "A title",
        "A subtitle",
        "collabcheck",
        "en-GB",
    )
    assert (about.last_modified_by, about.comments, about.keywords, about.revision) == ("collabcheck", "", "", 1)
    assert about.created == about.modified == document.LONG_AGO


def test_a_title_longer_than_word_allows_is_cut_in_the_properties_only() -> None:
    paper = opened(replace(a_report(), title="long " * 1000, subtitle="x" * 5000))
    assert len(paper.core_properties.title) == len(paper.core_properties.subject) == 255
    assert paper.core_properties.title.endswith("…")
    assert paper.paragraphs[0].text == "long " * 1000


def test_nothing_of_the_template_is_left_that_nobody_asked_for() -> None:
    assert sorted(parts(a_report())) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]


def test_every_style_that_is_used_is_there() -> None:
    written = parts(a_whole_report("plain words"))
    there = set(re.findall(rb'w:styleId="(\w+)"', written["word/styles.xml"]))
    pages = written["word/document.xml"] + written["word/footer1.xml"] + written["word/numbering.xml"]
    used = set(re.findall(rb'<w:(?:pStyle|rStyle|tblStyle) w:val="(\w+)"', pages))
    based = set(re.findall(rb'<w:(?:basedOn|next) w:val="(\w+)"', written["word/styles.xml"]))
    assert (used | based) - there == set()


def test_the_same_report_is_the_same_bytes_whatever_the_clock_says() -> None:
    report = a_whole_report("plain words")
    with patch("time.time", return_value=2_000_000_000.0):
        later = document.render(report)
    assert later == document.render(report)
    with ZipFile(BytesIO(later)) as file:
        assert {part.date_time for part in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# Other people's words.

PAYLOADS = (
    '{ HYPERLINK "https://evil.example" } { PAGE } { DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k" }',
    '</w:t></w:r><w:fldSimple w:instr="PAGE"/><w:r><w:t>',
    '<w:hyperlink r:id="rId1"><w:r><w:rPr><w:rStyle w:val="Title"/></w:rPr></w:r></w:hyperlink>',
    "<script>alert(1)</script> &amp; &lt; &#60; &#x0; ]]> <!-- --> <?php ?> <!DOCTYPE x>",
    "https://evil.example www.example.org file:///etc/passwd mailto:someone@example.org",
    "_x000D_ ^p ^t \\* MERGEFORMAT \\ “quoted” ‘so’ ŵ 漢 🙂",
    "* one\n- two\n1. three\n\n# four\n\ttab",
    "[b]bold[/b] **strong** {{ 1+1 }} {% raw %} ${x} =1+1 @SUM(A1)",
    "\ufffe \uffff \ufdd0 \U0001fffe \ue000 \ufeff",
    "x" * 5000,
)
HOSTILE = (
    "\x00\x08\x1b]8;;https://evil.example\x1b\\click \x9b31m \x07\x0b\x0c\r \u202eabc\u202c \u2066x\u2069 \u2028 \ud800"
)


def a_whole_report(text: str) -> Report:
    """The report on an assessment with this text wherever people write, and in the pack."""
    pack = a_pack(
        a_question("q1", "size", text=text[:4000], hint=text[:4000]), a_question("q2", "size"), title=text[:200]
    )
    sheet = a_sheet(q1=Chose(("some",), note=text, evidence=text), q2=NotApplicable(text))
    assessment = score(pack, sheet)
    return report_on(assessment, advise(assessment), explain=True)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def seen(paper: Paper) -> str:
    return squeezed("".join(paragraph.text for paragraph in every_paragraph(paper)))


def made(paper: Paper) -> set[str]:
    """The kinds of elements in the document, and the styles that its words have."""
    return {str(element.tag) for element in paper.element.iter()} | set(xpath(paper, ".//w:rStyle/@w:val"))


OURS = made(opened(a_whole_report("plain\nwords")))


@pytest.mark.parametrize("text", PAYLOADS)
def test_nothing_is_lost_and_nothing_is_made_of_it(text: str) -> None:
    paper = opened(a_whole_report(text))
    assert seen(paper).count(squeezed(nodes.text(text))) >= 2
    assert made(paper) <= OURS
    assert [relation for relation in paper.part.rels.values() if relation.is_external] == []


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip))
@example("\ufffe")
@settings(deadline=None)
def test_whatever_people_write_can_be_read_in_word(text: str) -> None:
    paper = opened(
        a_report(Paragraph((text, Strong(text), Mark(text, 0, 2))), Table(text, (text,) * 3, (((text,),) * 3,)))
    )
    assert seen(paper).count(squeezed(nodes.text(text))) >= 10
    assert made(paper) <= OURS


@pytest.mark.parametrize("text", PAYLOADS)
def test_nothing_is_made_of_words_in_charts_of_many_organisations(text: str) -> None:
    paper = opened(a_report(a_spread(text, here=text), a_heat_map(*([text] * 7)), a_heat_map(text)))
    assert seen(paper).count(squeezed(nodes.text(text))) >= 11
    assert made(paper) <= OURS


def test_control_and_bidi_characters_are_shown_as_codes_wherever_they_are() -> None:
    link = Link(HOSTILE, f"https://x.example/{HOSTILE}")
    blocks = (
        Paragraph((HOSTILE, Strong(HOSTILE), Mark(HOSTILE, 0, 2), link)),
        replace(a_chart(), caption=HOSTILE, rows=(replace(SIZE, label=HOSTILE),)),
    )
    report = Report(HOSTILE, HOSTILE, "en-GB", (Section(HOSTILE, (*blocks, replace(six_columns(), caption=HOSTILE))),))
    written = b"".join(part for name, part in parts(report).items() if not name.endswith(".png")).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]", written)
    assert "\\u202eabc\\u202c" in seen(opened(report))
    assert "\\u001b]8;;https://evil.example" in seen(opened(report))
