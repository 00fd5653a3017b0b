"""The overall result is the mean of the readiness factors or, if the pack says so, of all their questions together."""

from fractions import Fraction
from typing import Any

from builders import a_choice, a_factor, a_pack, a_question, a_sheet, packs, sheets_of
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.advice import advise
from collabcheck.assessment import NotAssessed, RangeOnly, Scored
from collabcheck.coding import codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.doctor.proofs import proofs
from collabcheck.doctor.remarks import Kind
from collabcheck.integrity import examine
from collabcheck.pack import Pack
from collabcheck.panel import pool
from collabcheck.problems import Code
from collabcheck.report import plain
from collabcheck.report.data import assessment_data
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.rows import rows
from collabcheck.scoring import score

THREE_AND_ONE = (*(a_question(f"q{i}", "size") for i in range(3)), a_question("r", "reach"))


def a_pooled_pack(*questions: dict[str, Any], **more: Any) -> Pack:
    return a_pack(*(questions or THREE_AND_ONE), aggregate="pooled", **more)


def overall(pack: Pack, **words: str) -> Any:
    return score(pack, a_sheet(**words)).overall.score


# What it comes to.


def test_every_question_counts_the_same_whatever_its_factor() -> None:
    words = {"q0": "all", "q1": "all", "q2": "all", "r": "none"}
    assert overall(a_pooled_pack(), **words).score == 75
    assert overall(a_pack(*THREE_AND_ONE), **words).score == 50


def test_weights_of_questions_count_and_one_that_informs_two_factors_counts_in_each() -> None:
    heavy = {"factor": "reach", "weight": 2, "because": "so"}
    pack = a_pooled_pack(a_question("q", "size"), a_question("both", "size", heavy))
    assert overall(pack, q="none", both="all").score == 75


def test_there_is_a_score_if_half_of_all_is_answered_though_one_factor_has_none() -> None:
    found = overall(a_pooled_pack(), q0="all", q1="all", q2="all", r="?")
    assert isinstance(found, Scored)
    assert [found.score, found.range.low] == [100, 75]
    assert isinstance(overall(a_pack(*THREE_AND_ONE), q0="all", q1="all", q2="all", r="?"), RangeOnly)
    assert isinstance(overall(a_pooled_pack(), q0="all", q1="?", q2="?", r="?"), RangeOnly)
    assert isinstance(overall(a_pooled_pack(), q0="-", q1="-", q2="-", r="-"), NotAssessed)


def test_gains_are_no_part_of_it_and_flags_cap_it() -> None:
    burning = a_question(
        "q", "size", choices=[a_choice("bad", 3, flag={"reason": "x", "caps_at": "at-risk"}), a_choice("good", 3)]
    )
    factors = [a_factor("size"), a_factor("wish", kind="opportunity", weight=3, because="so")]
    pack = a_pooled_pack(burning, a_question("w", "wish"), factors=factors)
    found = overall(pack, q="bad", w="none")
    assert (found.score, found.band.id) == (100, "at-risk")


@settings(max_examples=60, deadline=None)
@given(packs(), st.data())
def test_its_parts_add_up_to_it(pack: Pack, data: st.DataObject) -> None:
    pooled = pack.altered(aggregate="pooled")
    made = score(pooled, data.draw(sheets_of(pack)))
    whole = made.overall.pooled
    assert whole is not None
    if isinstance(whole.score, Scored):
        assert sum((part.contribution for part in whole.parts), Fraction(0)) == whole.score.score
        advice = advise(made)
        weights = (*advice.holding_back, *advice.carrying)
        assert sum((one.contribution for one in weights), Fraction(0)) <= whole.score.score


@settings(max_examples=60, deadline=None)
@given(packs(), st.data())
def test_many_are_counted_as_each_is_scored(pack: Pack, data: st.DataObject) -> None:
    pooled = pack.altered(aggregate="pooled")
    sheets = data.draw(st.lists(sheets_of(pack), min_size=1, max_size=3))
    codes = [codes_of(pooled, sheet.replies) for sheet in sheets]
    counting = Counting(pooled)
    spread = counting.count(codes).spreads[""][0]
    found = [score(pooled, sheet).overall.score for sheet in sheets]
    known = [one.score for one in found if isinstance(one, Scored)]
    scale = counting._scale  # noqa: SLF001  what its sums are parts of
    assert Fraction(spread.total, scale) == sum(known, Fraction(0))
    assert sum(times for place, times in spread.places.items() if place >= 0) == len(known)
    lines = [line.split(",") for line in rows(pooled, counting.outcomes(codes), range(len(sheets)))]
    told = [line for line in lines if line[1 + len(pack.context)] == "overall"]
    for line, one in zip(told, found, strict=True):
        cell = line[3 + len(pack.context)]
        assert cell == (f"{float(round(one.score, 4)):.4f}" if isinstance(one, Scored) else "")


def test_one_sheet_pooled_is_that_sheet_here_too() -> None:
    pack, sheet = a_pooled_pack(), a_sheet(q0="all", q1="some", q2="?", r="none")
    assert pool(pack, [sheet]).assessment.overall.score == score(pack, sheet).overall.score


# What is told of it.


def test_a_report_says_how_the_overall_result_was_made() -> None:
    made = score(a_pooled_pack(), a_sheet(q0="all", q1="all", q2="all", r="?"))
    told = plain.render(report_on(made, advise(made), explain=True))
    assert "It is made from all its questions at once, each by its weight." in told
    assert "Score: (3/3 + 3/3 + 3/3) ÷ 3 × 100 = 3 ÷ 3 × 100 = 100.0." in told
    assert "worst: (3 + 0) ÷ 4 × 100 = 75.0." in told
    assert "the mean of all its questions, by weight: a factor with more questions counts more" in told
    assert assessment_data(made, advise(made))["overall"]["aggregate"] == "pooled"
    usual = score(a_pack(*THREE_AND_ONE), a_sheet(q0="all", q1="all", q2="all", r="all"))
    assert "the mean of the readiness factors, not of all questions" in plain.render(report_on(usual, advise(usual)))
    assert "aggregate" not in assessment_data(usual, advise(usual))["overall"]


def test_the_answer_that_would_lift_is_found_in_the_whole() -> None:
    made = score(a_pooled_pack(), a_sheet(q0="all", q1="some", q2="all", r="none"))
    found = advise(made).lift
    assert getattr(found, "factor", "none") is None, "the overall result"
    assert getattr(found, "question", None) in (made.pack.question["q1"], made.pack.question["r"])


def test_a_weight_of_a_factor_that_would_count_for_nothing_is_told() -> None:
    factors = [a_factor("size", weight=2, because="so"), a_factor("reach")]
    (finding,) = examine(a_pooled_pack(factors=factors))
    assert (finding.code, finding.path) == (Code.BAD_VALUE, ("factors", 0, "weight"))


def test_a_band_that_is_out_of_reach_is_found_by_the_questions() -> None:
    half = [a_choice("none", 2), a_choice("all", 3)]
    questions = (*(a_question(f"q{i}", "size", choices=half) for i in range(3)), a_question("r", "reach"))
    remarks = [one.message for one in proofs(a_pooled_pack(*questions)) if one.kind is Kind.UNREACHABLE_BAND]
    assert any("overall" in message and "at-risk" in message for message in remarks), (
        "two thirds of three of four is 50"
    )
    usual = [one.message for one in proofs(a_pack(*questions)) if one.kind is Kind.UNREACHABLE_BAND]
    assert not any("overall" in message and "at-risk" in message for message in usual), "the mean of 67 and 0 is 33"
