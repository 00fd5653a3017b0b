"""How far it is to the bands aimed at: every answer below one counts, and none above it makes up for it."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from builders import LEVELS, a_choice, a_factor, a_pack, a_question, a_sheet
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.assessment import Scored
from collabcheck.conditions import Truth
from collabcheck.pack import Pack
from collabcheck.report.blocks import Entries, Words
from collabcheck.report.outline.ahead import targets
from collabcheck.scoring import score
from collabcheck.targets import TargetResult, against

FLAG = {"reason": "it burns", "caps_at": "at-risk"}
OPEN = "The answers that are not known could change that."
THREE = a_pack(*(a_question(f"q{i}", "size") for i in range(3)))


def aimed(pack: Pack = THREE, band: str = "ready", /, **words: Any) -> TargetResult:
    (result,) = against(score(pack, a_sheet(**words)), {"size": band})
    return result


def short(result: TargetResult) -> dict[str, Fraction]:
    return {fall.question.id: fall.points for fall in result.short}


def test_the_gap_is_the_mean_of_what_each_answer_falls_short() -> None:
    result = aimed(q0="none", q1="some", q2="most")
    assert short(result) == {"q0": 70, "q1": Fraction(110, 3), "q2": Fraction(10, 3)}
    assert result.gap == Fraction(110, 3)
    assert result.reached is Truth.NO


def test_a_strong_answer_does_not_make_up_for_a_weak_one() -> None:
    result = aimed(q0="all", q1="all", q2="some")
    assert isinstance(result.score, Scored)
    assert (result.score.band.id, result.reached) == ("ready", Truth.YES)
    assert short(result) == {"q2": Fraction(110, 3)}
    assert result.gap == Fraction(110, 9)


def test_answers_count_by_their_weight() -> None:
    heavy = {"factor": "size", "weight": 3, "because": "it decides"}
    pack = a_pack(a_question("q0", heavy), a_question("q1", "size"))
    assert aimed(pack, "developing", q0="none", q1="all").gap == 30
    assert aimed(pack, "developing", q0="all", q1="none").gap == 10


def test_the_furthest_below_comes_first_and_ties_keep_the_order_of_the_pack() -> None:
    assert list(short(aimed(q0="some", q1="none", q2="some"))) == ["q1", "q0", "q2"]


def test_what_is_not_known_is_named_and_does_not_count_and_what_does_not_apply_is_neither() -> None:
    result = aimed(q0="?", q1="-", q2="none")
    assert [question.id for question in result.unknown] == ["q0"]
    assert short(result) == {"q2": 70}
    assert result.gap == 70


@pytest.mark.parametrize(
    ("band", "words", "reached"),
    [
        ("ready", {"q0": "most", "q1": "all", "q2": "?"}, Truth.YES),  # by its score, though 55 is possible
        ("ready", {"q0": "most", "q1": "most", "q2": "?"}, Truth.NO),
        ("at-risk", {"q0": "most"}, Truth.YES),  # 22 to 88, without a score
        ("developing", {"q0": "most"}, Truth.UNKNOWN),
        ("ready", {"q0": "none"}, Truth.NO),  # 0 to 66
        ("ready", {"q0": "-", "q1": "-", "q2": "-"}, Truth.UNKNOWN),
    ],
)
def test_a_target_is_reached_by_the_score_or_by_the_whole_range(
    band: str, words: dict[str, str], reached: Truth
) -> None:
    assert aimed(THREE, band, **words).reached is reached


def test_without_an_answer_there_is_no_gap() -> None:
    assert aimed().gap is None
    assert aimed(q0="-", q1="-", q2="-").gap is None


def flagged() -> Pack:
    choices = [a_choice("none"), a_choice("some", 1), a_choice("most", 2), a_choice("all", 3, flag=FLAG)]
    return a_pack(a_question("q0", "size", choices=choices), a_question("q1", "size"), a_question("q2", "size"))


def test_a_flag_that_alone_holds_it_below_is_named() -> None:
    held = aimed(flagged(), "developing", q0="all", q1="all", q2="all")
    assert (held.reached, [flag.question.id for flag in held.held_by]) == (Truth.NO, ["q0"])
    assert held.gap == 0
    assert aimed(flagged(), "developing", q0="all", q1="none", q2="none").held_by == ()
    assert aimed(flagged(), "at-risk", q0="all", q1="all", q2="all").held_by == ()


def test_targets_are_in_the_order_of_the_pack_and_may_be_for_gains() -> None:
    factors = [a_factor("size"), a_factor("prize", kind="opportunity")]
    pack = a_pack(a_question("q0", "size"), a_question("q1", "prize"), factors=factors)
    results = against(score(pack, a_sheet(q0="all", q1="some")), {"prize": "ready", "size": "ready"})
    assert [(result.factor.id, result.reached) for result in results] == [("size", Truth.YES), ("prize", Truth.NO)]


def test_what_another_version_of_the_pack_had_is_left_out() -> None:
    assert against(score(THREE, a_sheet(q0="all")), {"gone": "ready", "size": "gone"}) == ()


@given(st.dictionaries(st.sampled_from(("q0", "q1", "q2")), st.sampled_from((*LEVELS, "?", "-")), min_size=1))
def test_the_gap_is_never_less_than_what_the_score_lacks(words: dict[str, Any]) -> None:
    result = aimed(**words)
    if isinstance(result.score, Scored):
        assert result.gap is not None
        assert result.gap >= 0
        assert result.gap >= 70 - result.score.score
        assert (result.gap == 0) is (not result.short)


# In words.


def said(pack: Pack, band: str, /, **words: Any) -> list[str]:
    """Return the lines about a target."""
    assessment = score(pack, replace(a_sheet(**words), targets={"size": band}))
    blocks = list(targets(assessment, against(assessment, assessment.sheet.targets)))
    return [
        plain(line) for block in blocks if isinstance(block, Entries) for item in block.items for line in item.lines
    ]


def plain(words: Words) -> str:
    return "".join(
        word if isinstance(word, str) else getattr(word, "label", getattr(word, "text", "")) for word in words
    )


def test_without_targets_nothing_is_said() -> None:
    assert list(targets(score(THREE, a_sheet(q0="all")), ())) == []


def test_what_falls_short_is_said_with_its_step() -> None:
    choices = [a_choice("none", step={"do": "Ask Ann.", "effort": 1}), a_choice("all", 3)]
    pack = a_pack(a_question("q0", "size", choices=choices), a_question("q1", "size"))
    assert said(pack, "ready", q0="none", q1="most") == [
        "You aim at Ready, from 70. Not reached: the score is 33 now.",
        "The gap is 36.7 points, and these answers make it:",
        "70 points short: How far is q0? Next step: Ask Ann.",
        "3.3 points short: How far is q1?",
    ]


def test_an_average_that_hides_a_weak_answer_is_said_to() -> None:
    assert said(THREE, "ready", q0="all", q1="all", q2="some")[:2] == [
        "You aim at Ready, from 70. Reached: the score is 78 now.",
        "The average reaches it, but not every answer does. The gap is 12.2 points, and these answers make it:",
    ]


def test_a_target_that_every_answer_reaches_is_said_to_be() -> None:
    assert said(THREE, "ready", q0="all", q1="all", q2="all")[1:] == ["Every answer reaches it."]
    assert said(THREE, "ready", q0="all", q1="all", q2="?")[1:] == [
        "Every answer that is known reaches it.",
        "Not known: How far is q2?",
    ]


def test_a_flag_is_said_to_be_all_that_holds_it() -> None:
    assert said(flagged(), "developing", q0="all", q1="all", q2="all") == [
        "You aim at Developing, from 40. Not reached: the score is 100 now.",
        "But for a red flag it would be reached. Held at At risk because it burns.",
        "Every answer reaches it.",
    ]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ({"q0": "most", "q1": "most"}, f"Not reached: the score is 67 now. {OPEN}"),
        ({"q0": "most", "q1": "all"}, f"Reached: the score is 83 now. {OPEN}"),
        ({"q0": "none", "q1": "none"}, "Not reached: the score is 0 now."),
        ({"q0": "all"}, "Nobody can tell yet: there is no score, only a range from 33 to 100."),
        ({"q0": "-", "q1": "-", "q2": "-"}, "Not assessed: none of its questions applies to you."),
    ],
)
def test_what_is_not_known_is_said_to_be_open(words: dict[str, Any], line: str) -> None:
    assert said(THREE, "ready", **words)[0] == f"You aim at Ready, from 70. {line}"


def test_where_aims_differ_the_report_says_so() -> None:
    sheets = [replace(a_sheet(q1="all"), targets={"size": band}) for band in ("ready", "developing", "ready")]
    for several, differ in ((sheets, True), (sheets[::2], False)):
        assessment = score(a_pack(a_question("q1", "size")), *several)
        found = against(assessment, assessment.sheet.targets)
        assert [result.wanted.id for result in found] == ["ready"]
        assert ("Your aims differ: some of you aim at " in repr(list(targets(assessment, found)))) is differ
