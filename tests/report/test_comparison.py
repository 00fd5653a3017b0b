"""What a comparison says, and how each format draws two marks in a row."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from builders import a_choice, a_factor, a_pack, a_question, a_sheet
from hypothesis import given
from hypothesis import strategies as st
from pages import Page
from payloads import HOSTILE, PAYLOADS, squeezed
from rich.cells import cell_len

from collabcheck.answers import AnswerSheet, Aside, Chose, NotApplicable, SetAside
from collabcheck.assessment import Assessment
from collabcheck.comparison.sides import compare
from collabcheck.plan import Plan
from collabcheck.report import charts, html, markdown, plain, terminal
from collabcheck.report.blocks import BOTH, SIDES, Dumbbell, Dumbbells, Gauge, Report
from collabcheck.report.comparison_data import comparison_data
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.report.word import document
from collabcheck.scoring import score

PACK = a_pack(
    a_question("q1", "size"),
    a_question("q2", "size"),
    a_question("aims", "fit", fit=True),
    a_question("gain", "prize"),
    factors=[a_factor("size"), a_factor("fit"), a_factor("prize", kind="opportunity")],
)


def an_end(low: int, high: int, score: int | None) -> Gauge:
    return Gauge("", Fraction(low), Fraction(high), "", "", (), None if score is None else Fraction(score))


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [
        ((20, 20, 20), (70, 70, 70), "··◇────◆··"),
        ((70, 70, 70), (20, 20, 20), "··◆────◇··"),
        ((50, 50, 50), (50, 50, 50), "·····◈····"),
        ((20, 50, 30), (70, 100, 100), "··▒◇▒──▒▒◆"),
        ((0, 100, None), (40, 40, 40), "▒▒▒▒◆▒▒▒▒▒"),
        ((0, 0, None), (0, 0, None), "··········"),
    ],
)
def test_a_line_of_cells_has_both_marks_what_lies_between_and_what_is_open(
    first: tuple[int, int, int | None], second: tuple[int, int, int | None], line: str
) -> None:
    assert Dumbbell("", an_end(*first), an_end(*second)).cells(10) == line


@pytest.mark.parametrize(("first", "second", "meet"), [(50, 50, True), (50, 51, False), (None, 50, False)])
def test_on_a_page_two_marks_at_the_same_place_can_both_be_seen(first: int | None, second: int, *, meet: bool) -> None:
    row = Dumbbell("", an_end(40, 60, first), an_end(40, 60, second))
    (line,) = charts.lines(Dumbbells("", ("", ""), ("then", "now"), (), (row,))).lines
    assert line.meet is meet


@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 60))
def test_a_line_is_as_wide_as_asked_for_and_shows_both_marks(first: int, second: int, width: int) -> None:
    line = Dumbbell("", an_end(first, first, first), an_end(second, second, second)).cells(width)
    assert len(line) == width
    assert BOTH in line or all(mark in line for mark in SIDES)


def two(text: str = "words", *, one: bool = False, first: str = "some", second: str = "all") -> Report:
    """Return a comparison with this text wherever people write: of one organisation, or of two."""
    then = a_sheet(PACK, q1=Chose((first,), note=text, evidence=text), q2="?", aims="some", gain="some")
    now = a_sheet(PACK, q1=Chose((second,), note=f"{text}{text}"), q2=NotApplicable(text), aims="all", gain="all")
    name = text.strip()[:200]
    sides = (replace(then, organisation=name), replace(now, organisation=name if one else "Carers", date="2027-11-23"))
    return compared(*sides)


def compared(first: AnswerSheet, second: AnswerSheet) -> Report:
    return report_on_two(compare(score(PACK, first), score(PACK, second)))


def said(report: Report) -> str:
    return plain.render(report)


PLAIN = {one: Page(html.render(two(one=one))) for one in (True, False)}


@pytest.mark.parametrize("one", [True, False])
@pytest.mark.parametrize("text", [*PAYLOADS, HOSTILE, '"><svg onload=alert(1)>'])
def test_words_stay_words_in_every_format(text: str, *, one: bool) -> None:
    report = two(text, one=one)
    name = squeezed(text.strip()[:200])
    page = Page(html.render(report))
    assert page.kinds() == PLAIN[one].kinds()
    assert document.render(report)
    shown = [page.words, terminal.render(report, width=80, colour=False), said(report)]
    for format_ in shown if text != HOSTILE else ():
        assert name in squeezed(format_)
    assert not re.search(r"(?<!\\)<(?!br>)", markdown.render(report))


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100])
@pytest.mark.parametrize("one", [True, False])
def test_no_line_is_wider_than_the_terminal(width: int, *, one: bool) -> None:
    lines = terminal.render(two(one=one), width=width, colour=False).splitlines()
    assert all(cell_len(line) <= width for line in lines)


def test_every_chart_has_a_title_a_text_and_its_numbers_in_a_table() -> None:
    for page in PLAIN.values():
        names = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
        charts = [attributes for tag, attributes in page.elements if tag == "svg" and attributes.get("role") == "img"]
        assert charts
        assert len([tag for tag, _ in page.elements if tag == "table"]) == len(charts)
        for chart in charts:
            assert set((chart["aria-labelledby"] or "").split()) <= names


# Progress.


def test_strengths_come_before_what_slipped() -> None:
    titles = [section.title for section in two(one=True).sections]
    assert titles.index("What to celebrate") < titles.index("What slipped") < titles.index("What is next")


def test_a_move_is_said_only_as_far_as_the_ranges_allow() -> None:
    then, now = a_sheet(PACK, q1="some", q2="?", aims="some"), a_sheet(PACK, q1="all", q2="?", aims="all")
    page = said(compared(then, replace(now, date="2027-11-23")))
    assert (
        "Size: from At risk (33) to Ready (100), though the answers that are not known could mean that its band" in page
    )
    assert "Fit: from At risk (33) to Ready (100).\n" in page


def test_a_new_note_stands_with_the_new_answer_and_an_old_one_does_not() -> None:
    page = said(two("grown", one=True))
    assert "Note now: growngrown" in page
    assert "Note now: grown\n" not in page


def test_without_any_change_the_report_says_so_and_nothing_else_of_it() -> None:
    side = a_sheet(PACK, q1="some", q2="some", aims="some", gain="some")
    report = compared(side, side)
    assert "Nothing has moved: every answer that is compared is what it was on 23 November 2026." in said(report)
    assert not {"What to celebrate", "What slipped", "Answers that are better"} & {s.title for s in report.sections}


def test_the_overall_figures_stand_with_what_is_not_known() -> None:
    then, now = a_sheet(PACK, q1="some", q2="?", aims="some"), a_sheet(PACK, q1="all", q2="all", aims="all")
    page = said(compared(then, replace(now, date="2027-11-23")))
    assert "The answers that are not known could make it anything from 25 to 50 then." in page


def test_a_flag_that_was_raised_and_is_not_known_now_is_neither_gone_nor_new() -> None:
    choices = [a_choice("bad", 0, flag={"reason": "it burns", "caps_at": "at-risk"}), a_choice("good", 1)]
    pack = a_pack(a_question("q1", "size", choices=choices), a_question("q2", "size"))
    then, now = a_sheet(pack, q1="bad", q2="some"), a_sheet(pack, q1="?", q2="some")
    page = said(report_on_two(compare(score(pack, then), score(pack, replace(now, date="2027-11-23")))))
    assert "1 red flag is in doubt: it is not known now." in page
    assert "Raised then, and not known now. Find out if each still stands:" in page
    assert "possible red flag has come up" not in page


def test_steps_that_are_not_known_any_more_or_not_needed_are_named() -> None:
    stepped = [
        a_choice(name, i, step={"do": f"Leave {name}.", "effort": 1}) for i, name in enumerate(("low", "middle"))
    ]
    pack = a_pack(*(a_question(name, "size", choices=[*stepped, a_choice("high", 2)]) for name in ("q1", "q2", "q3")))
    then, now = a_sheet(pack, q1="low", q2="middle", q3="low"), a_sheet(pack, q1="?", q2="-", q3="high")
    page = said(report_on_two(compare(score(pack, then), score(pack, replace(now, date="2027-11-23")))))
    steps = page[page.index("What became of the steps") : page.index("What is next")]
    order = ["Done:", "Leave low.", "Not known any more", "Leave low.", "Not needed any more", "Leave middle."]
    found = 0
    for words in order:
        found = steps.index(words, found) + 1


def test_a_step_of_a_question_that_is_gone_is_called_by_its_id() -> None:
    plan = Plan(("Id", "Now"), ({"Id": "long-gone/low", "Now": "to do"}, {"Id": "q1/gone", "Now": "to do"}))
    side = a_sheet(PACK, q1="some", q2="some", aims="some", gain="some")
    page = said(report_on_two(compare(score(PACK, side), score(PACK, replace(side, date="2027-11-23")), plan)))
    assert "long-gone/low" in page


def test_one_question_in_common_is_told_as_one() -> None:
    pack = a_pack(a_question("q1", "size"))
    then, now = (score(pack, replace(a_sheet(q1="some"), date=f"{year}-11-23")) for year in (2026, 2027))
    assert "1 scored question to which both have a reply is compared; none is left out." in said(
        report_on_two(compare(then, now))
    )


def test_steps_of_a_question_that_has_changed_are_named_as_left_out_and_not_celebrated() -> None:
    aside = (SetAside("q1", Aside.CHANGED, Chose(("long-ago",)), "1-2"),)
    then = replace(a_sheet(PACK, q2="some", aims="some", gain="some"), pack_version="0", set_aside=aside)
    now = replace(a_sheet(PACK, q1="all", q2="some", aims="some", gain="some"), date="2027-11-23")
    report = compared(then, now)
    page = said(report)
    assert "What to celebrate" not in {section.title for section in report.sections}
    assert "By your answers now: 0 steps to do." in page
    assert "Left out, because these questions were not the same then and now:\nHow far is q1?\n" in page
    assert "What became of the steps of these questions is left out too." in page
    states = comparison_data(compare(score(PACK, then), score(PACK, now)))["steps"]
    assert states == [{"id": "q1/?", "state": "not compared", "order": None}]


def test_steps_that_are_counted_though_their_question_has_changed_are_told() -> None:
    levels = [a_choice("some", 0, step={"do": "Go on.", "effort": 1}), a_choice("all", 1)]
    names = [f"q{number}" for number in range(1, 8)]
    pack = a_pack(*(a_question(name, "size", choices=levels) for name in names))
    now = replace(a_sheet(pack, **dict.fromkeys(names, "some")), date="2027-11-23")
    aside = (SetAside("q1", Aside.CHANGED, Chose(("long-ago",)), "1-2"),)
    then = replace(a_sheet(pack, **dict.fromkeys(names[1:], "some")), pack_version="0", set_aside=aside)
    page = said(report_on_two(compare(score(pack, then), score(pack, now))))
    assert "By your answers now: 6 steps to do." in page
    assert "There are 7 steps in all, 1 of them to questions that were not the same then and now; " in page
    same = replace(now, date="2026-11-23")
    assert "There are 7 steps in all; " in said(report_on_two(compare(score(pack, same), score(pack, now))))


def test_a_flag_of_then_is_told_with_how_many_raised_it() -> None:
    choices = [a_choice("bad", 0, flag={"reason": "it burns", "caps_at": "at-risk"}), a_choice("good", 1)]
    pack = a_pack(a_question("q1", "size", choices=choices))
    then = [a_sheet(pack, q1=word) for word in ("bad", "good", "good")]
    now = [replace(a_sheet(pack, q1=word), date="2027-11-23") for word in ("good", "good", "good")]
    assert "Then 1 of 3 answered: Bad of it." in said(report_on_two(compare(score(pack, *then), score(pack, *now))))
    back = [replace(sheet, date="2028-11-23") for sheet in then]
    assert "1 of 3 now answers: Bad of it." in said(report_on_two(compare(score(pack, *now), score(pack, *back))))


# Partner fit.


def test_a_partner_sees_no_note_no_evidence_and_no_reason() -> None:
    then = a_sheet(PACK, q1=Chose(("some",), note="secret", evidence="secret"), q2=NotApplicable("secret"), aims="some")
    assert "secret" not in said(compared(then, replace(then, organisation="Carers")))


def test_there_is_no_figure_for_how_well_they_fit() -> None:
    in_short = two().sections[0]
    assert in_short.title == "In short"
    assert not re.search(r"\d+ (out of|of) 100|per cent|%", said(replace(two(), sections=(in_short,))))


BAD = {"reason": "it burns", "caps_at": "at-risk"}
BOARDS = a_pack(
    a_question("q1", "size", choices=[a_choice("bad", 0, flag=BAD), a_choice("fair", 2), a_choice("good", 3)]),
    a_question("aims", "fit", fit=True),
    context=[
        a_question("role", means="role", choices=[a_choice("trustee"), a_choice("staff")]),
        a_question("income"),
    ],
)


def a_board(*people: dict[str, str], organisation: str = "Riverside") -> Assessment:
    return score(BOARDS, *(replace(a_sheet(BOARDS, **one), organisation=organisation) for one in people))


def one(q1: str, aims: str, role: str = "trustee", income: str = "some") -> dict[str, str]:
    return {"q1": q1, "aims": aims, "role": role, "income": income}


def test_a_partner_learns_the_middle_answer_of_several_and_not_how_many_gave_which() -> None:
    board = a_board(one("bad", "none", "staff", "none"), *[one("fair", "most")] * 2, one("?", "all"), one("good", "?"))
    report = report_on_two(compare(board, a_board(one("fair", "some"), organisation="Carers")))
    assert "Riverside: 5 people." in said(report), "who answered"
    pages = [
        terminal.render(report, width=1000, colour=False),
        markdown.render(report),
        Page(html.render(report)).words,
    ]
    for page in (said(report), *pages):
        assert "Most of it" in page
        assert "An answer of somebody else there raises a red flag. Ask about it." in page
        assert not re.search(r"\d (says?|persons?|do(es)? not)\b|None of it|All of it|Bad of it", page)


def test_what_a_partner_gets_as_data_holds_no_count_and_no_figure_from_which_one_could_be_worked_out() -> None:
    board = a_board(one("bad", "none"), one("fair", "most"), one("?", "all"))
    fit = compare(board, a_board(one("fair", "none"), organisation="Carers"))
    data = comparison_data(fit)
    assert data["suits"]["differ"] == [
        {"question": "aims", "first": {"choices": ["most"]}, "second": {"choices": ["none"]}}
    ]
    scores = [factor["first"][name] for factor in data["factors"] for name in ("score", "low", "high")]
    assert scores == [round(score) for score in scores]
    assert data["factors"][0]["second"]["score"] == pytest.approx(200 / 3)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("all", "all", "Your answers are alike on the one question that shows whether you suit each other."),
        ("all", "?", "Nobody can tell yet whether you suit each other."),
    ],
)
def test_how_far_the_two_suit_each_other_is_told_in_a_sentence(first: str, second: str, words: str) -> None:
    sides = a_board(one("good", first)), a_board(one("good", second), organisation="Carers")
    assert words in said(report_on_two(compare(*sides)))


def test_what_differs_what_is_alike_and_what_nobody_can_tell_are_counted() -> None:
    pack = a_pack(*(a_question(f"q{i}", "fit", fit=True) for i in range(4)))
    first = a_sheet(pack, q0="all", q1="none", q2="some", q3="?")
    second = replace(a_sheet(pack, q0="all", q1="all", q2="most", q3="all"), organisation="Carers")
    page = said(report_on_two(compare(score(pack, first), score(pack, second))))
    words = "Of the 4 questions that show whether you suit each other, you answered 2 differently and 1 alike"
    assert f"{words}; of 1 nobody can tell yet." in page
