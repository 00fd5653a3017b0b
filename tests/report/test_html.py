"""A report as a page: what is in it, and what other people's words cannot put into it."""

import re
from base64 import b64encode
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise

import pytest
from builders import a_factor, a_pack, a_question, a_sheet
from hypothesis import given
from pages import Page
from payloads import HOSTILE, PAYLOADS, a_result, squeezed, words

from collabcheck.advice import advise
from collabcheck.characters import visible
from collabcheck.pack import Pack
from collabcheck.report import html
from collabcheck.report.blocks import (
    Block,
    Heat,
    HeatCell,
    HeatRow,
    Mark,
    Middle,
    Point,
    Report,
    Section,
    Stretch,
    Strip,
    Strips,
)
from collabcheck.report.outline.assessment import report_on
from collabcheck.scoring import score


def a_page(text: str) -> Page:
    return Page(html.render(a_result(text)[1]))


PLAIN = a_page("plain words")


@pytest.mark.parametrize("text", [*PAYLOADS, HOSTILE, '"><svg onload=alert(1)>', "</style><script>x</script>"])
def test_words_stay_words_and_none_is_lost(text: str) -> None:
    page = a_page(text)
    assert page.kinds() == PLAIN.kinds()
    if text != HOSTILE:
        assert squeezed(text) in squeezed(page.words)


@given(words)
def test_any_words_stay_words(text: str) -> None:
    page = a_page(text)
    assert page.kinds() == PLAIN.kinds()
    assert squeezed(visible(text)) in squeezed(page.words)


def test_control_and_bidi_characters_are_shown_as_codes() -> None:
    shown = a_page(HOSTILE).words
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert "\\u202eabc" in shown


def test_lines_of_a_note_stay_lines() -> None:
    page = html.render(a_result("one\ntwo")[1]).decode()
    assert "one<br>two" in page


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    for tag, attributes in a_page(PAYLOADS[2]).elements:
        assert tag not in ("script", "link", "img", "iframe", "object", "form", "base")
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style", "srcset")]


def test_the_policy_allows_only_the_style_that_is_there() -> None:
    page = html.render(a_result("x")[1]).decode()
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in page
    assert "url(" not in style
    assert "@import" not in style


def two_kinds() -> Pack:
    """Return a pack of which one factor is gain, so that there is a chart of both."""
    return a_pack(
        a_question("q1", "size"),
        a_question("q2", "funding"),
        factors=[a_factor("size"), a_factor("funding", kind="opportunity")],
        positions={
            "gain_from": "developing",
            "ready_from": "ready",
            **dict.fromkeys(("go_ahead", "prepare", "no_need", "leave_it"), "A sentence."),
        },
    )


@pytest.mark.parametrize("reply", ["all", "some", "?", "-"])
def test_every_chart_has_a_title_a_text_and_its_numbers_in_a_table(reply: str) -> None:
    pack = two_kinds()
    assessment = score(pack, a_sheet(pack, q1=reply, q2="most"))
    page = Page(html.render(report_on(assessment, advise(assessment))))
    names = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    charts = [attributes for tag, attributes in page.elements if tag == "svg" and attributes.get("role") == "img"]
    assert charts
    assert len([tag for tag, _ in page.elements if tag == "figure"]) == len(charts)
    for chart in charts:
        assert set((chart["aria-labelledby"] or "").split()) <= names
    assert [tag for tag, _ in page.elements if tag == "table"] == ["table"] * len(charts)


def test_headings_go_down_one_level_at_a_time_and_the_page_has_one_title() -> None:
    levels = [int(tag[1]) for tag, _ in PLAIN.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_entry_of_the_contents_leads_to_a_heading() -> None:
    names = {attributes["id"] for tag, attributes in PLAIN.elements if tag == "h2"}
    targets = {
        str(attributes["href"])[1:]
        for tag, attributes in PLAIN.elements
        if tag == "a" and attributes.get("href", "#x") != "#report"
    }
    assert targets == names


# Charts of many organisations.

LOW, HIGH = Mark("At risk", 0, 1), Mark("Ready", 1, 1)


def spread(text: str, *, here: str = "You") -> Strips:
    """A chart with this text for its words, of one row in which a tenth is not to be shown."""
    counts = (0, None, 5, 20, 10, 0, 0, 0, 0, 0)
    middle = Middle(Fraction(28), Point(Fraction(36), "36"), Fraction(41), f"28 to 41 {text}")
    row = Strip(text, counts, "35", middle, (text, LOW), Point(Fraction(77), "77") if here else None)
    columns = (text, "In each tenth", "Mean", "Middle half", "Bands")
    return Strips(
        "The spread", columns, (Stretch(Fraction(0), LOW), Stretch(Fraction(50), HIGH)), (row,), (text,), here
    )


def groups(*names: str, text: str = "Size") -> Heat:
    """A heat map of one row, in which the first group is not to be shown."""
    cells = (None, *(HeatCell("61", HIGH) for _ in names[1:]))
    return Heat("The groups", text, names, (HeatRow(text, cells),), (text,))


def page_of(*blocks: Block) -> Page:
    return Page(html.render(Report("T", "S", "en-GB", (Section("Only", blocks),))))


@pytest.mark.parametrize("text", [*PAYLOADS, HOSTILE, '"><svg onload=alert(1)>', "</title><script>x</script>"])
def test_words_in_charts_of_many_organisations_stay_words(text: str) -> None:
    page, plain = (page_of(spread(one, here=one), groups(*([one] * 7), text=one)) for one in (text, "plain words"))
    assert page.kinds() == plain.kinds()
    if text != HOSTILE:
        assert squeezed(page.words).count(squeezed(text)) >= 20


def test_every_number_of_a_spread_is_in_its_table_and_hidden_ones_are_said() -> None:
    page = page_of(spread("Size"))
    table = squeezed(page.words.split("Middle half")[-1])
    assert "Size0,?notshown,5,20,10,0,0,0,0,0" in table
    assert "3528to41Size" in table
    assert "▼Atrisk77" in table
    names = [attributes["data-name"] for tag, attributes in page.elements if tag == "td"]
    assert names == ["In each tenth", "Mean", "Middle half", "Bands", "You"]


def test_a_spread_marks_one_organisation_only_where_it_is_about_one() -> None:
    def marks(here: str) -> int:
        return sum(attributes.get("class") == "side-2" for _, attributes in page_of(spread("Size", here=here)).elements)

    assert (marks("You"), marks("")) == (2, 0)


def test_a_heat_map_is_a_table_that_says_its_bands_in_shape_and_word() -> None:
    page = page_of(groups("Small", "Large"))
    scopes = [attributes["scope"] for tag, attributes in page.elements if tag == "th"]
    assert scopes == ["col", "col", "col", "row"]
    assert squeezed(page.words).endswith("SizeSmallLargeSize–notshown▲61ReadySize")
    cells = [attributes for tag, attributes in page.elements if tag == "td"]
    assert [cell["class"] for cell in cells] == ["number", "number level-2"]
    assert [cell["data-name"] for cell in cells] == ["Small", "Large"]


def test_many_groups_have_letters_and_their_names_are_not_lost_to_anybody() -> None:
    page = page_of(groups(*(f"Group {i}" for i in range(7))))
    shown = squeezed(page.words)
    assert "AGroup0BGroup1" in shown  # beside the letter, for those who hear the page
    assert shown.count("GGroup6") == 2
    assert [attributes["data-name"] for tag, attributes in page.elements if tag == "td"][6] == "Group 6"
