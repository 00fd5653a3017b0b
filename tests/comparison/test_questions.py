"""Which questions two assessments have in common, and how both are scored over these alone."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from builders import a_choice, a_pack, a_question, a_sheet
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.answers import AnswerSheet, Aside, Chose, SetAside
from collabcheck.assessment import Assessment, RangeOnly, Scored
from collabcheck.comparison.questions import Why, common_to, within
from collabcheck.pack import Pack
from collabcheck.scoring import score

NAMES = ("q1", "q2", "q3", "q4")


def low_end() -> list[dict[str, Any]]:
    """Two levels, of which the lower raises a flag."""
    return [a_choice("none", 0, flag={"reason": "it is missing", "caps_at": "at-risk"}), a_choice("all", 3)]


PACK = a_pack(*(a_question(name, "size") for name in NAMES[:3]), a_question("q4", "size", choices=low_end()))
WITHOUT_LAST = a_pack(*(a_question(name, "size") for name in NAMES[:3]))
BOTH = {"q1": "most", "q2": "some", "q3": "all", "q4": "all"}


def a_side(pack: Pack = PACK, /, **replies: str) -> AnswerSheet:
    return a_sheet(pack, **{**BOTH, **replies})


def older(sheet: AnswerSheet, **asked: str) -> AnswerSheet:
    """Return a sheet as an older version of the pack would have left it, with these fingerprints."""
    return replace(sheet, pack_version="0", asked={**sheet.asked, **asked})


def left_out(first: AnswerSheet, second: AnswerSheet) -> list[tuple[str, Why]]:
    return [(one.question, one.why) for one in common_to(score(PACK, first), score(PACK, second)).left_out]


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Riverside Advice", "riverside  ADVICE ", True),
        ("Riverside Advice", "RiversideAdvice", True),
        ("Strasse", "Straße", True),
        ("Riverside Advice", "Riverside Advise", False),
    ],
)
def test_case_and_blanks_do_not_make_another_organisation(name: str, other: str, *, same: bool) -> None:
    first, second = (replace(a_side(), organisation=one) for one in (name, other))
    assert first.same_organisation(second) is same


def test_of_one_version_nothing_is_left_out_even_where_one_has_not_answered() -> None:
    second = replace(a_side(), replies={"q1": Chose(("all",))})
    common = common_to(score(PACK, a_side()), score(PACK, second))
    assert not common.left_out
    assert common.share == 1
    assert [question.id for question in common.compared] == ["q1"]


def test_a_question_asked_in_other_words_is_left_out() -> None:
    worth = PACK.question["q2"].fingerprint.partition("-")[2]
    assert left_out(a_side(), older(a_side(), q2=f"00000000-{worth}")) == [("q2", Why.REWORDED)]


def test_a_question_with_other_answers_or_that_is_gone_is_left_out() -> None:
    aside = (
        SetAside("q1", Aside.CHANGED, Chose(("long-ago",)), "1-2"),
        SetAside("gone", Aside.RETIRED, Chose(("yes",)), "3-4"),
    )
    second = replace(a_side(), replies={"q2": Chose(("all",)), "q3": Chose(("all",)), "q4": Chose(("all",))})
    assert left_out(a_side(), replace(second, set_aside=aside)) == [("q1", Why.CHANGED), ("gone", Why.RETIRED)]


def test_of_two_versions_a_question_that_only_one_has_answered_may_be_new_and_is_left_out() -> None:
    second = older(a_side())
    second = replace(second, replies={name: reply for name, reply in second.replies.items() if name != "q3"})
    assert left_out(a_side(), second) == [("q3", Why.ONE_SIDED)]


def test_the_share_is_of_the_scored_questions_asked_in_the_same_form() -> None:
    common = common_to(score(PACK, a_side()), score(PACK, older(a_side(), q2="00000000-00000000")))
    assert common.share == Fraction(3, 4)


def scored_without_the_last(replies: dict[str, str]) -> tuple[Assessment, Assessment]:
    """Return what is left when q4 is left out, and the assessment by a pack that never had it."""
    sheet = a_side(**replies)
    assessment = score(PACK, sheet)
    common = common_to(assessment, score(PACK, older(sheet, q4="00000000-00000000")))
    rest = {name: word for name, word in {**BOTH, **replies}.items() if name != "q4"}
    return within(assessment, common), score(WITHOUT_LAST, a_sheet(WITHOUT_LAST, **rest))


@given(st.fixed_dictionaries({name: st.sampled_from(["none", "some", "most", "all", "?", "-"]) for name in NAMES[:3]}))
def test_what_is_left_out_counts_as_if_it_had_never_been_asked(replies: dict[str, str]) -> None:
    left, never = scored_without_the_last({**replies, "q4": "none"})
    assert left.raised == never.raised == ()
    assert left.overall.score == never.overall.score
    (here,), (there,) = left.factors, never.factors
    assert here.score == there.score
    assert [(part.contribution, part.room) for part in here.parts] == [(p.contribution, p.room) for p in there.parts]


def test_both_kinds_of_score_come_up_in_that_property() -> None:
    kinds = {type(scored_without_the_last({"q1": one, "q2": "?"})[0].overall.score) for one in ("all", "?")}
    assert kinds == {Scored, RangeOnly}
