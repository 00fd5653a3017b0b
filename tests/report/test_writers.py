"""Whatever people and authors write, every writer shows it as words and nothing more."""

import json
import re
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from payloads import HOSTILE, PAYLOADS, a_result, squeezed, words
from rich.cells import cell_len

from collabcheck.advice import advise
from collabcheck.characters import visible
from collabcheck.report import markdown, plain, terminal
from collabcheck.report.blocks import (
    Entries,
    Entry,
    Heat,
    HeatCell,
    HeatRow,
    Mark,
    Middle,
    Point,
    Report,
    Section,
    Strip,
    Strips,
    Table,
)
from collabcheck.report.data import assessment_data
from collabcheck.report.formats import FORMATS, Look


@pytest.mark.parametrize("text", PAYLOADS)
@pytest.mark.parametrize("width", [20, 60, 120])
def test_the_terminal_shows_every_word_and_no_control_character_of_theirs(text: str, width: int) -> None:
    _, report = a_result(text)
    for shown in (terminal.render(report, width=width, colour=False), plain.render(report)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
        assert squeezed(text) in squeezed(shown)


def test_control_and_bidi_characters_are_shown_as_codes() -> None:
    _, report = a_result(HOSTILE)
    for shown in (terminal.render(report, width=80, colour=True), plain.render(report)):
        foreign = re.sub("\x1b\\[[0-9;]*m", "", shown)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", foreign)
        assert "\\u001b]8;;https://evil.example" in squeezed(foreign)
        assert "\\u202eabc" in foreign


def test_without_colour_there_is_not_one_escape_and_with_it_the_words_are_the_same() -> None:
    _, report = a_result("plain words")
    bare, coloured = (terminal.render(report, width=80, colour=colour) for colour in (False, True))
    assert "\x1b" not in bare
    assert "\x1b[" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == bare


@given(words, st.integers(20, 130))
def test_no_line_is_wider_than_the_terminal_but_a_web_address(text: str, width: int) -> None:
    _, report = a_result(text.replace("http", ""))
    assert all(cell_len(line) <= width for line in terminal.render(report, width=width, colour=False).splitlines())


# Charts of many organisations.

LOW, HIGH = Mark("At risk", 0, 2), Mark("Ready", 2, 2)
FACTORS = ("Size", "Contract timing", "Aims, culture and life stage", "Services for the people you serve")


def strips(*labels: str, here: str = "") -> Strips:
    """A chart of one row a label: most are in the middle, two tenths are not to be shown."""
    counts = (0, 0, None, 5, 10, 20, 15, None, 0, 0)
    middle = Middle(Fraction(38), Point(Fraction(52), "52"), Fraction(61), "38 to 61, median 52")
    point = Point(Fraction(71), "71") if here else None
    rows = tuple(Strip(label, counts, "51", middle, ("30 ", LOW, ", 20 ", HIGH), point) for label in labels)
    return Strips("The spread", ("Factor", "In each tenth", "Mean", "Middle half", "Bands"), (), rows, ("Read.",), here)


def heat(*groups: str, factors: tuple[str, ...] = FACTORS) -> Heat:
    """A heat map with a mean for every group but the first."""
    cells = (None, *(HeatCell(str(12 + 7 * i), LOW if i < 5 else HIGH) for i in range(len(groups) - 1)))
    return Heat("The groups", "Factor", groups, tuple(HeatRow(label, cells) for label in factors), ("Read this.",))


def charts_of(text: str) -> Report:
    """A report with these words wherever a chart of many organisations has any."""
    many = heat(*([text] * 7), factors=(text, "Size"))
    return Report(
        "T",
        "S",
        "en-GB",
        (Section("Only", (strips(text, "Size", here=text), heat(text, "B"), many, by_role(text, "B"))),),
    )


def by_role(*roles: str) -> Table:
    """Two factors as each group has it, the first of them open."""
    open_score, score = ("60 to 71 ", Mark("Ready", 1, 1), ", could be ", Mark("At risk", 0, 1)), ("5 ", *LOW_BAND)
    rows = ((("Size",), *[open_score] * len(roles)), (("Reach",), *[score] * len(roles)))
    return Table("By role", ("Factor", *roles), rows)


LOW_BAND = (Mark("At risk", 0, 1),)


def terminal_of(block: Strips | Heat | Table, width: int) -> list[str]:
    report = Report("T", "S", "en-GB", (Section("Only", (block,)),))
    return terminal.render(report, width=width, colour=False).splitlines()[5:]


def plain_of(block: Strips | Heat) -> list[str]:
    return plain.render(Report("T", "S", "en-GB", (Section("Only", (block,)),))).splitlines()[4:]


@pytest.mark.parametrize("text", [*PAYLOADS, HOSTILE])
@pytest.mark.parametrize("width", [20, 60, 120])
def test_charts_show_every_word_and_no_control_character_of_theirs(text: str, width: int) -> None:
    report = charts_of(text)
    for shown in (terminal.render(report, width=width, colour=False), plain.render(report)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
        if text != HOSTILE:
            assert squeezed(shown).count(squeezed(text)) >= 4


@given(words, st.integers(20, 130))
def test_no_line_of_a_chart_is_wider_than_the_terminal(text: str, width: int) -> None:
    lines = terminal.render(charts_of(text), width=width, colour=False).splitlines()
    assert all(cell_len(line) <= width for line in lines)


def test_a_spread_is_drawn_with_its_middle_half_below_and_then_said() -> None:
    assert terminal_of(strips("Size", here="You"), 80) == [
        "The spread:",
        "  ├┼┤ Middle half   ◆ You",
        "Size  ········????░░░░▒▒▒▒████▓▓▓▓????········",
        "                     ├────┼───┤   ◆",
        "  Mean: 51; Middle half: 38 to 61, median 52; Bands: 30 ▼ At risk, 20 ▲ Ready",
        "  ◆ You: 71",
        "Read.",
    ]


def test_a_spread_without_scores_says_why_and_draws_no_middle_half() -> None:
    row = Strip("Size", (None,) * 10, "too few answered", None, ())
    block = Strips("The spread", ("Factor", "In each tenth", "Mean", "Middle half", "Bands"), (), (row,), ("Read.",))
    assert terminal_of(block, 60)[2:4] == [f"Size  {'?' * 40}", "  Mean: too few answered"]
    assert plain_of(block)[1:] == ["Size. Mean: too few answered; In each tenth: not shown from 0 to 100"]


def test_a_long_numbered_list_has_a_blank_after_every_number() -> None:
    entries = Entries(tuple(Entry((f"Step {i}",), (("How",),)) for i in range(11)), numbered=True)
    lines = terminal.render(
        Report("T", "S", "en-GB", (Section("Only", (entries,)),)), width=80, colour=False
    ).splitlines()
    assert (lines[5], lines[-4], lines[-1]) == (" 1. Step 0", "10. Step 9", "    How")


def test_a_heat_map_has_letters_over_its_figures_and_their_names_below() -> None:
    assert terminal_of(heat("Small", "Large", factors=("Size", "Funding")), 80) == [
        "The groups:",
        "Factor      A   B",
        "Size        – ▼12",
        "Funding     – ▼12",
        "  A Small",
        "  B Large",
        "Read this.",
    ]


@pytest.mark.parametrize(("width", "tables"), [(120, 1), (80, 2), (60, 2), (20, 3)])
def test_many_groups_come_in_as_few_tables_as_fit(width: int, tables: int) -> None:
    groups = [f"Organisations of kind {i} (12)" for i in range(12)]
    lines = terminal_of(heat(*groups), width)
    heads = [line.split()[-1] for line in lines if re.fullmatch(r"(Factor|) +[A-L]( +[A-L])*", line)]
    assert len(heads) == tables
    assert heads[-1] == "L"
    assert squeezed("".join(lines)).count("Organisationsofkind") == 12


def test_each_group_has_a_line_of_its_own_with_its_score_beside_it_or_below() -> None:
    table = by_role("All", "Trustee or committee member (6)")
    assert terminal_of(table, 80) == [
        "By role",
        " • Size",
        "   All                              60 to 71 ▲ Ready, could be ▼ At risk",
        "   Trustee or committee member (6)  60 to 71 ▲ Ready, could be ▼ At risk",
        " • Reach",
        "   All                              5 ▼ At risk",
        "   Trustee or committee member (6)  5 ▼ At risk",
    ]
    assert terminal_of(table, 60)[1:6] == [
        " • Size",
        "   All:",
        "     60 to 71 ▲ Ready, could be ▼ At risk",
        "   Trustee or committee member (6):",
        "     60 to 71 ▲ Ready, could be ▼ At risk",
    ]


def test_plain_charts_are_words_and_figures_only() -> None:
    lines = plain_of(strips("Size", here="You")) + plain_of(heat("Small", "Large"))
    assert lines[1] == (
        "Size. Mean: 51; Middle half: 38 to 61, median 52; Bands: 30 At risk, 20 Ready; You: 71; "
        "In each tenth: 0 from 0 to 10, 0 from 10 to 20, not shown from 20 to 30, 5 from 30 to 40, 10 from 40 to 50, "
        "20 from 50 to 60, 15 from 60 to 70, not shown from 70 to 80, 0 from 80 to 90, 0 from 90 to 100"
    )
    assert lines[3] == "Size. Small: not shown; Large: 12, At risk"
    assert "Read." not in lines  # there is no drawing to read
    assert not re.search("[░▒▓█·◆▼●▲├┼┤?]", "".join(lines))


# Markdown, as a reader's program would show it.

GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def seen(text: str) -> tuple[str, set[str]]:
    """Render Markdown and return the words a reader sees, and the kinds of elements there are."""
    shown: list[str] = []
    kinds: set[str] = set()
    for token in GFM.parse(text):
        kinds.add(token.type)
        for part in token.children or ():
            kinds.add(part.type)
            if part.type == "html_inline" and part.content != "<br>":
                kinds.add(f"html: {part.content}")
            shown.append(" " if part.type in ("softbreak", "hardbreak", "html_inline") else part.content)
        shown.append("\n")
    return "".join(shown), kinds


_, OURS = seen(markdown.render(a_result("plain words")[1]))


@given(words)
@example(PAYLOADS[0])
@example(PAYLOADS[1])
@example(PAYLOADS[2])
@example(PAYLOADS[3])
@example(PAYLOADS[4])
@example(PAYLOADS[5])
@example(PAYLOADS[6])
@example(PAYLOADS[7])
@example(PAYLOADS[8])
@example(PAYLOADS[9])
@example(PAYLOADS[10])
@example(PAYLOADS[11])
@example(PAYLOADS[12])
@example(PAYLOADS[13])
def test_markdown_shows_the_words_and_makes_nothing_of_them(text: str) -> None:
    shown, kinds = seen(markdown.render(a_result(text)[1]))
    assert kinds - {"html_inline"} <= OURS
    assert squeezed(visible(text)) in squeezed(shown)


CHARTS, CHART_KINDS = seen(markdown.render(charts_of("plain words")))


@pytest.mark.parametrize("text", PAYLOADS)
def test_markdown_makes_nothing_of_the_words_in_charts(text: str) -> None:
    shown, kinds = seen(markdown.render(charts_of(text)))
    assert kinds - {"html_inline"} <= CHART_KINDS
    assert squeezed(shown).count(squeezed(text)) >= CHARTS.count("plain words") - 1  # one stands after a mark


def test_markdown_gives_a_spread_as_a_drawing_and_in_figures() -> None:
    page = markdown.render(Report("T", "S", "en-GB", (Section("Only", (strips("Size", here="You"),)),)))
    assert "| Factor | In each tenth | Mean | ├┼┤ Middle half | Bands | ◆ You |" in page
    half = "       ├──┼─┤ ◆".replace(" ", "\N{NO-BREAK SPACE}")
    assert "| Size | `····??░░▒▒██▓▓??····` 0, 0, ?, 5, 10, 20, 15, ?, 0, 0 | 51 |" in page
    assert f"| 51 | `{half}` 38 to 61, median 52 |" in page


def test_markdown_has_names_over_few_groups_and_letters_over_many() -> None:
    few, many = (
        markdown.render(Report("T", "S", "en-GB", (Section("Only", (heat(*"abcdefg"[:n]),)),))) for n in (6, 7)
    )
    assert "| Factor | a | b | c | d | e | f |" in few
    assert "| Size | – | ▼ 12 | ▼ 19 |" in few
    assert "| Factor | A | B | C | D | E | F | G |" in many
    assert "- **G** g\n" in many
    assert "**" not in few


@pytest.mark.parametrize("text", PAYLOADS)
def test_json_gives_back_every_word(text: str) -> None:
    assessment, report = a_result(text)
    data = assessment_data(assessment, advise(assessment))
    back = json.loads(FORMATS["json"].write(report, data, Look()))
    assert back["answers"]["q1"]["note"] == text
    assert back["answers"]["q2"]["not_applicable"] == text
    assert back == data
