"""Scores may be printed on another range than 0 to 100; inside they stay what they are, and so do their bands."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from builders import BANDS, a_factor, a_pack, a_question, a_sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.advice import advise
from collabcheck.assessment import NotAssessed, RangeOnly, Score, Scored
from collabcheck.coding import codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.cohort.standing import benchmark_of, stand
from collabcheck.cohort.summary import summarise
from collabcheck.comparison.sides import compare
from collabcheck.display import Display
from collabcheck.integrity import examine
from collabcheck.pack import Pack
from collabcheck.panel import pool
from collabcheck.problems import Code
from collabcheck.report import plain
from collabcheck.report.cohort_data import cohort_data, standing_data
from collabcheck.report.comparison_data import comparison_data
from collabcheck.report.data import assessment_data
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.cohort import cohort_report
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.report.outline.panel import panel_report
from collabcheck.report.outline.standing import among
from collabcheck.report.outline.wording import coarse, figure, out_of, points, reach
from collabcheck.report.rows import rows
from collabcheck.scoring import band_of, score

ONE_TO_FIVE = {"from": 1, "to": 5, "decimals": 1}


def bands(*starts: float) -> list[dict[str, Any]]:
    return [{**band, "from": start} for band, start in zip(BANDS, starts, strict=True)]


def on(display: dict[str, Any], *starts: float, names: str = "q1 q2 q3", **more: Any) -> Pack:
    return a_pack(*(a_question(name, "size") for name in names.split()), display=display, bands=bands(*starts), **more)


PACK = on(ONE_TO_FIVE, 1, 2.6, 3.8)
USUAL = on({}, 0, 40, 70)


# What stays as it is.


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["none", "some", "most", "all", "?", "-"]), min_size=3, max_size=3))
def test_scores_and_bands_are_what_they_are_from_0_to_100(words: list[str]) -> None:
    made, like = (score(pack, a_sheet(**dict(zip(("q1", "q2", "q3"), words, strict=True)))) for pack in (USUAL, PACK))
    assert repr(_told(made.overall.score)) == repr(_told(like.overall.score))
    assert [band.starts for band in PACK.bands] == [band.starts for band in USUAL.bands]


def _told(found: Score) -> tuple[Any, ...]:
    match found:
        case Scored(score=value, band=band, range=span):
            return value, band.id, span
        case RangeOnly(range=span, bands=bands):
            return span, bands.low.id, bands.high.id
        case NotAssessed():
            return ()


def test_a_bound_is_converted_exactly() -> None:
    thirds = on({"from": 1, "to": 4}, 1, 2, 3)
    assert [band.starts for band in thirds.bands] == [0, Fraction(100, 3), Fraction(200, 3)]
    made = score(thirds, a_sheet(q1="some", q2="some", q3="some")).overall.score
    assert isinstance(made, Scored)
    assert (made.score, made.band.id) == (Fraction(100, 3), "developing"), "exactly on the bound"


# What is printed.


@given(
    st.fractions(0, 100),
    st.integers(0, 2),
    st.sampled_from([(1, 5), (0, 4), (-2, 2), (0, 10), (1, 4)]),
    st.integers(0, 2),
    st.tuples(st.integers(1, 49), st.integers(50, 99)),
)
def test_a_figure_is_never_in_a_band_that_the_score_is_not_in(
    value: Fraction, more: int, ends: tuple[int, int], decimals: int, cuts: tuple[int, int]
) -> None:
    low, high = ends
    starts = (low, *(round(low + (high - low) * cut / 100, 2) for cut in cuts))
    pack = on({"from": low, "to": high, "decimals": decimals}, *starts)
    printed = Fraction(figure(pack, value, more))
    assert band_of(pack, pack.display.score(printed)) == band_of(pack, value)
    assert abs(printed - pack.display.shown(value)) < Fraction(1, 10 ** (decimals + more))


@pytest.mark.parametrize(
    ("value", "told"), [(0, "1.0"), (100, "5.0"), (50, "3.0"), (39, "2.5"), ("39.9", "2.5"), (40, "2.6")]
)
def test_a_score_is_told_on_the_range(value: Any, told: str) -> None:
    assert figure(PACK, Fraction(value)) == told


def test_parts_of_scores_are_told_on_the_range_too() -> None:
    assert points(PACK, Fraction(25)) == "1 point"
    assert points(PACK, Fraction(10)) == "0.40 points"
    assert points(USUAL, Fraction(10)) == "10 points"
    assert (reach(PACK), reach(USUAL)) == ("from 1 to 5", "from 0 to 100")
    assert (out_of(PACK), out_of(USUAL), out_of(on({"to": 10}, 0, 4, 7))) == (
        "on a scale from 1 to 5",
        "out of 100",
        "out of 10",
    )


@given(st.fractions(0, 100))
def test_what_many_score_is_told_no_closer_than_from_0_to_100(value: Fraction) -> None:
    fine = on({"from": 0, "to": 1, "decimals": 3}, 0, 0.4, 0.7)
    assert Fraction(coarse(fine, value)) * 100 == int(value + Fraction(1, 2))
    assert coarse(USUAL, value) == str(int(value + Fraction(1, 2)))


SHEET = a_sheet(PACK, q1="some", q2="most", q3="?")


def test_a_report_has_no_figure_from_0_to_100() -> None:
    made = score(PACK, SHEET)
    told = plain.render(report_on(made, advise(made), explain=True))
    assert ": Developing, 3.0 on a scale from 1 to 5." in told
    assert "Readiness, from 1 to 5" in told
    assert "Size: 3.0, range 2.3 to 3.7, Developing, could be At risk" in told
    assert "brought to a scale from 1 to 5" in told
    assert "At risk from 1, Developing from 2.6 and Ready from 3.8" in told
    assert "Score: 1 + (1/3 + 2/3) ÷ 2 × 4 = 1 + 1 ÷ 2 × 4 = 3.00." in told
    assert "on top of 1, which is the lowest score" in told
    assert "100" not in told.replace("× 100", "")
    assert "0 to 100" not in told


def test_a_range_and_a_bound_are_told_with_all_their_digits() -> None:
    pack = on({"from": 0, "to": 1000000}, 0, 400000, 700000.5)
    made = score(pack, a_sheet(q1="all", q2="most", q3="none"))
    told = plain.render(report_on(made, advise(made), explain=True))
    assert "out of 1000000" in told
    assert "Ready from 700000.5" in told
    assert "× 1000000 =" in told
    assert "e+" not in told
    assert "Developing from 33.3333333," in _report(on({}, 0, 33.3333333, 70))
    assert "e-0" not in _report(on({"from": 0, "to": 0.001, "decimals": 3}, 0, 0.00004, 0.0007))


def _report(pack: Pack) -> str:
    made = score(pack, a_sheet(q1="all", q2="most", q3="none"))
    return " ".join(plain.render(report_on(made, advise(made))).split())


def test_with_the_usual_range_nothing_is_said_of_it() -> None:
    made = score(USUAL, SHEET)
    told = plain.render(report_on(made, advise(made), explain=True))
    assert "50 out of 100." in told
    assert "Score: (1/3 + 2/3) ÷ 2 × 100 = 1 ÷ 2 × 100 = 50.0." in told
    assert "scale" not in assessment_data(made, advise(made))


def test_numbers_for_programs_are_on_the_range_and_say_so() -> None:
    made = score(PACK, SHEET)
    data = assessment_data(made, advise(made))
    assert data["scale"] == {"from": 1, "to": 5}
    overall, (factor,) = data["overall"], data["factors"]
    assert (overall["score"], overall["band"]["score"]) == (3, "developing")
    assert overall["low"] == pytest.approx(1 + 4 / 3)
    assert sum(part["contribution"] for part in factor["parts"]) == pytest.approx(factor["score"] - 1)


def test_two_sides_and_several_people_and_their_partner_are_told_on_the_range() -> None:
    one, later = (
        score(PACK, SHEET),
        score(PACK, replace(a_sheet(PACK, q1="all", q2="all", q3="all"), date="2027-11-23")),
    )
    progress = compare(one, later)
    said = plain.render(report_on_two(progress))
    assert "work with others, on a scale from 1 to 5: from Developing (3.0) to Ready (5.0)." in said
    assert comparison_data(progress)["overall"]["now"]["score"] == 5
    people = [SHEET, a_sheet(PACK, q1="all", q2="most", q3="most")]
    panel = pool(PACK, people)
    assert "from 1 to 5" in plain.render(panel_report(panel, advise(panel.assessment)))
    other = score(PACK, replace(SHEET, organisation="Another"))
    data = comparison_data(compare(panel.assessment, other))
    told = data["factors"][0]["first"]["score"]
    assert told == round(told, 1), "of several people as it is printed"
    assert "Readiness of each, from 1 to 5" in plain.render(report_on_two(compare(other, one)))


def test_many_are_told_on_the_range() -> None:
    levels = ("some", "most", "all", "none")
    sheets = [a_sheet(PACK, q1=levels[i % 4], q2=levels[i // 4 % 4], q3="all") for i in range(40)]
    count = Counting(PACK).count([codes_of(PACK, sheet.replies) for sheet in sheets])
    cohort = summarise(PACK, count, smallest_group=3)
    told = plain.render(cohort_report(cohort, left_out=0, aside=0))
    assert "on a scale from 1 to 5 overall" in told
    assert "Organisations for every 0.4 points" in told
    assert " from 3.8 to 4.2" in told
    assert " to 100" not in told
    data = cohort_data(cohort, left_out=0, aside=0)
    assert 1 <= data["overall"]["mean"] <= 5
    standing = stand(score(PACK, a_sheet(PACK, q1="some", q2="most", q3="all")), benchmark_of(PACK, count))
    assert all(1 <= place["from"] < place["to"] <= 5 for place in standing_data(PACK, standing)["places"].values())
    assert "from 1 to 5" in str(among(PACK, standing))
    table = list(rows(PACK, Counting(PACK).outcomes([codes_of(PACK, sheets[0].replies)]), [1]))
    assert table[0].startswith("1,overall,risk,3.2222,"), "(1 + 1 + 3) ÷ 9 of the way from 1 to 5"


def test_the_weakest_and_the_strongest_of_many_are_told_on_the_range_too() -> None:
    questions = (a_question("q1", "size"), a_question("q2", "care"), a_question("q3", "wish"))
    factors = [a_factor("size"), a_factor("care"), a_factor("wish", kind="opportunity")]
    pack = a_pack(*questions, factors=factors, display=ONE_TO_FIVE, bands=bands(1, 2.6, 3.8))
    sheets = [a_sheet(pack, q1="some", q2="all", q3="most")] * 12
    cohort = summarise(pack, Counting(pack).count([codes_of(pack, sheet.replies) for sheet in sheets]))
    told = plain.render(cohort_report(cohort, left_out=0, aside=0))
    assert "Weakest on average: size (2.3). Strongest: care (5.0)." in told
    assert "On average there is most to gain here: wish (3.7)." in told


@pytest.mark.parametrize(
    ("display", "starts"),
    [
        ({"from": 1, "to": 1}, (1, 2, 3)),
        ({"from": 5, "to": 1}, (1, 2, 3)),
        ({"from": 1, "to": 5}, (0, 2, 3)),
        ({"from": 1, "to": 5}, (1, 2, 5)),
        ({}, (0, 40, 100)),
        ({}, (0, 70, 40)),
    ],
)
def test_a_range_and_bands_that_do_not_go_together_are_told(display: dict[str, Any], starts: tuple[float, ...]) -> None:
    found = examine(on(display, *starts))
    assert {one.code for one in found} == {Code.BANDS}
    assert all(one.advice for one in found)


def test_a_range_that_is_said_and_usual_changes_nothing() -> None:
    assert Display.model_validate({"from": 0, "to": 100}) == USUAL.display
    assert USUAL.display.usual


def test_a_large_bound_is_printed_with_every_digit() -> None:
    large = on({"from": -123456.5, "to": 1_000_000}, -123456.5, 0, 654321)
    assert reach(large) == "from -123456.5 to 1000000"
    told = plain.render(report_on(made := score(large, a_sheet(q1="all", q2="all", q3="all")), advise(made)))
    assert "Ready from 654321" in told
    assert "e+" not in told
    (found,) = examine(on({"from": 123456.7, "to": 987654}, 0, 200_000, 300_000))
    assert found.advice == "Write from: 123456.7."


def test_a_range_in_which_all_scores_are_printed_alike_is_refused() -> None:
    (found,) = examine(on({"from": 1, "to": 1.0001, "decimals": 3}, 1, 1.00002, 1.00004))
    assert (found.code, found.path) == (Code.BANDS, ("display", "to"))
    assert (found.message, found.advice) == (
        "from 1 to 1.0001 all scores are printed alike, with 3 decimals",
        "Write a wider range.",
    )
    (found,) = examine(on({"from": 1, "to": 1.05, "decimals": 1}, 1, 1.02, 1.04))
    assert found.message.endswith("with 1 decimal")
    assert found.advice == "Write a wider range, or more decimals."
