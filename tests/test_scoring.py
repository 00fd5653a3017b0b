"""Scores are what docs/scoring.md says, for every sheet."""

from fractions import Fraction

import pytest
from builders import LEVELS, a_choice, a_factor, a_pack, a_question, a_sheet
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.answers import Reply
from collabcheck.assessment import Assessment, NotAssessed, Range, RangeOnly, Scored
from collabcheck.pack import Pack
from collabcheck.scoring import band_of, score

NAMES = ("q1", "q2", "q3", "q4", "q5")


def a_wide_pack() -> Pack:
    """Two risk factors and an opportunity, with weights and a shared question."""
    heavy = {"factor": "size", "weight": 3, "because": "it decides"}
    return a_pack(
        a_question("q1", "size"),
        a_question("q2", heavy, "reach"),
        a_question("q3", "reach"),
        a_question("q4", "reach", "gain"),
        a_question("q5", "gain"),
        factors=[
            a_factor("size", weight=2, because="it leads"),
            a_factor("reach"),
            a_factor("gain", kind="opportunity"),
        ],
    )


WIDE = a_wide_pack()
replies = st.dictionaries(st.sampled_from(NAMES), st.sampled_from((*LEVELS, "?", "-")))


def assessed(**words: str | tuple[str, ...] | Reply) -> Assessment:
    return score(WIDE, a_sheet(**words))


def the(assessment: Assessment, factor: str) -> Scored | RangeOnly | NotAssessed:
    return next(result.score for result in assessment.factors if result.factor.id == factor)


def test_a_score_is_the_weighted_mean_of_what_is_answered() -> None:
    size = the(assessed(q1="all", q2="some"), "size")
    assert isinstance(size, Scored)
    assert size.score == Fraction(100 * (1 * 3 + 3 * 1), 3 * 4)


def test_an_unknown_answer_is_never_counted_as_zero() -> None:
    known, unknown = the(assessed(q2="all"), "size"), the(assessed(q1="?", q2="all"), "size")
    assert isinstance(known, Scored)
    assert isinstance(unknown, Scored)
    assert known.score == unknown.score == 100
    assert unknown.range == Range(Fraction(75), Fraction(100))


def test_not_applicable_leaves_the_weight_as_well_as_the_sum() -> None:
    size = the(assessed(q1="all", q2="-"), "size")
    assert isinstance(size, Scored)
    assert size.score == 100
    assert size.range == Range(Fraction(100), Fraction(100))


def test_a_factor_without_an_applicable_question_is_not_assessed() -> None:
    assert isinstance(the(assessed(q1="-", q2="-"), "size"), NotAssessed)


def test_fewer_than_half_of_the_weight_gives_a_range_and_no_score() -> None:
    assert isinstance(the(assessed(q1="all"), "size"), RangeOnly)
    assert isinstance(the(assessed(q3="all", q4="all"), "reach"), Scored)


def test_exactly_half_of_the_weight_is_enough() -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "size"))
    assert isinstance(the(score(pack, a_sheet(q1="all")), "size"), Scored)


def test_an_answer_to_a_question_that_is_not_asked_is_kept_and_not_scored() -> None:
    pack = a_pack(
        a_question("q1", "size"),
        a_question("q2", "size", when={"question": "q1", "is": ["all"]}),
        a_question("q3", "size"),
    )
    assessment = score(pack, a_sheet(q1="none", q2="all", q3="none"))
    size = the(assessment, "size")
    assert isinstance(size, Scored)
    assert size.score == 0
    assert [question.id for question in assessment.not_asked] == ["q2"]


def test_several_answers_add_up_to_full_marks_and_no_further() -> None:
    choices = [a_choice("a", 1), a_choice("b", 1), a_choice("c", 1)]
    pack = a_pack(a_question("q1", "size", several=True, full_at=2, choices=choices))
    for chosen, expected in ((("a",), 50), (("a", "b"), 100), (("a", "b", "c"), 100)):
        size = the(score(pack, a_sheet(q1=chosen)), "size")
        assert isinstance(size, Scored)
        assert size.score == expected


def test_thresholds_make_levels_of_what_several_answers_add_up_to() -> None:
    choices = [a_choice(name, 1) for name in "abcde"]
    pack = a_pack(a_question("q1", "size", several=True, thresholds=[2, 3, 5], choices=choices))
    for chosen, level in (("a", 0), ("ab", 1), ("abc", 2), ("abcd", 2), ("abcde", 3)):
        size = the(score(pack, a_sheet(q1=tuple(chosen))), "size")
        assert isinstance(size, Scored)
        assert size.score == Fraction(100 * level, 3)
    open_ = the(score(pack, a_sheet(q1="?")), "size")
    assert isinstance(open_, RangeOnly)
    assert [open_.range.low, open_.range.high] == [0, 100]


def test_other_thresholds_are_another_question_to_answers_that_were_given() -> None:
    def asked(*thresholds: int) -> str:
        choices = [a_choice(name, 1) for name in "abc"]
        return (
            a_pack(a_question("q1", "size", several=True, thresholds=thresholds, choices=choices))
            .question["q1"]
            .fingerprint
        )

    assert asked(1, 3)[:8] == asked(1, 2)[:8]
    assert asked(1, 3)[9:] != asked(1, 2)[9:]


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("0", "at-risk"),
        ("39.999", "at-risk"),
        ("40", "developing"),
        ("69.999", "developing"),
        ("70", "ready"),
        ("100", "ready"),
    ],
)
def test_every_score_is_in_exactly_one_band(value: str, band: str) -> None:
    assert band_of(WIDE, Fraction(value)).id == band


def test_seventy_made_of_thirds_is_ready_though_floating_point_would_fall_short() -> None:
    questions = [a_question(f"q{i}", "size") for i in range(1, 11)]
    answers = dict.fromkeys([f"q{i}" for i in range(1, 10)], "most") | {"q10": "all"}
    size = the(score(a_pack(*questions), a_sheet(**answers)), "size")
    assert isinstance(size, Scored)
    assert size.score == 70
    assert size.bands.low.id == "ready"


def a_flagged_pack() -> Pack:
    flag = {"reason": "nobody may sign", "caps_at": "at-risk"}
    choices = [a_choice("none", 2, flag=flag), a_choice("some", 3), a_choice("most", 4), a_choice("all", 5)]
    return a_pack(a_question("q1", "size", choices=choices), a_question("q2", "size"), a_question("q3", "reach"))


def test_a_raised_flag_caps_its_factors_and_the_overall_band_and_leaves_the_average() -> None:
    assessment = score(a_flagged_pack(), a_sheet(q1="none", q2="all", q3="all"))
    size, reach = the(assessment, "size"), the(assessment, "reach")
    assert isinstance(size, Scored)
    assert isinstance(reach, Scored)
    assert size.score == 70
    assert (size.bands.low.id, size.bands.capped) == ("at-risk", True)
    assert (reach.bands.low.id, reach.bands.capped) == ("ready", False)
    assert isinstance(assessment.overall.score, Scored)
    assert assessment.overall.score.score == 85
    assert assessment.overall.score.bands.high.id == "at-risk"


@pytest.mark.parametrize("reply", [{}, {"q1": "?"}])
def test_an_unanswered_flag_is_unresolved_neither_passed_nor_capping(reply: dict[str, str]) -> None:
    assessment = score(a_flagged_pack(), a_sheet(**reply, q2="all", q3="all"))
    assert [flag.question.id for flag in assessment.unresolved] == ["q1"]
    assert not assessment.raised
    size = the(assessment, "size")
    assert isinstance(size, Scored)
    assert not size.bands.capped


def test_not_applicable_clears_a_flag_and_keeps_the_reason() -> None:
    assessment = score(a_flagged_pack(), a_sheet(q1="-", q2="all", q3="all"))
    assert [(flag.question.id, flag.reason) for flag in assessment.cleared] == [("q1", "not us")]
    assert not assessment.unresolved


def test_the_overall_result_is_the_mean_of_risk_factors_and_not_of_questions() -> None:
    overall = assessed(q1="all", q2="all", q3="none", q4="none", q5="all").overall
    assert isinstance(overall.score, Scored)
    assert overall.score.score == Fraction(2 * 100 + Fraction(100, 3), 3)


def test_what_could_be_gained_is_no_part_of_readiness() -> None:
    assert assessed(q1="all", q2="all", q3="all", q5="none").overall.score == (
        assessed(q1="all", q2="all", q3="all", q5="all").overall.score
    )


def test_there_is_no_overall_score_while_a_risk_factor_has_none() -> None:
    overall = assessed(q1="all", q2="all").overall
    assert isinstance(overall.score, RangeOnly)
    assert overall.weakest is not None
    assert overall.weakest.factor.id == "size"


def test_the_weakest_factor_is_the_one_a_flag_pulls_down() -> None:
    overall = score(a_flagged_pack(), a_sheet(q1="none", q2="all", q3="some")).overall
    assert overall.weakest is not None
    assert overall.weakest.factor.id == "reach"
    capped = score(a_flagged_pack(), a_sheet(q1="none", q2="all", q3="most")).overall
    assert capped.weakest is not None
    assert capped.weakest.factor.id == "size"


def test_nothing_assessed_has_no_overall_result_and_no_weakest() -> None:
    assessment = assessed(q1="-", q2="-", q3="-", q4="-")
    assert isinstance(assessment.overall.score, NotAssessed)
    assert assessment.overall.weakest is None


def test_equal_weights_forget_every_weight_of_the_pack() -> None:
    equal = score(WIDE, a_sheet(q1="all", q2="none", q3="all", q4="all"), equal_weights=True)
    size = the(equal, "size")
    assert isinstance(size, Scored)
    assert size.score == 50
    assert isinstance(equal.overall.score, Scored)
    assert equal.overall.score.score == (50 + Fraction(200, 3)) / 2


# What holds for every sheet.


@given(replies)
def test_contributions_make_the_score_and_with_room_make_a_hundred(words: dict[str, str]) -> None:
    for result in assessed(**words).factors:
        if isinstance(result.score, Scored):
            assert sum(part.contribution for part in result.parts) == result.score.score
            assert sum(part.contribution + part.room for part in result.parts) == 100


@given(replies)
def test_low_is_never_above_high_and_the_score_lies_between(words: dict[str, str]) -> None:
    assessment = assessed(**words)
    for result in (*(factor.score for factor in assessment.factors), assessment.overall.score):
        if not isinstance(result, NotAssessed):
            assert 0 <= result.range.low <= result.range.high <= 100
        if isinstance(result, Scored):
            assert result.range.low <= result.score <= result.range.high


@given(replies, st.lists(st.sampled_from(LEVELS), min_size=5, max_size=5))
def test_every_completion_of_a_sheet_scores_within_its_range(words: dict[str, str], levels: list[str]) -> None:
    complete = {name: words.get(name, "?") for name in NAMES}
    complete = {n: level if complete[n] == "?" else complete[n] for n, level in zip(NAMES, levels, strict=True)}
    before, after = assessed(**words), assessed(**complete)
    pairs = [(a.score, b.score) for a, b in zip(before.factors, after.factors, strict=True)]
    for partial, whole in [*pairs, (before.overall.score, after.overall.score)]:
        if isinstance(partial, NotAssessed):
            assert isinstance(whole, NotAssessed)
        else:
            assert isinstance(whole, Scored)
            assert partial.range.low <= whole.score <= partial.range.high


@given(replies, st.sampled_from(NAMES), st.sampled_from(LEVELS))
def test_finding_an_answer_only_narrows_the_range(words: dict[str, str], name: str, level: str) -> None:
    before, after = assessed(**{**words, name: "?"}), assessed(**{**words, name: level})
    for wide, narrow in zip(before.factors, after.factors, strict=True):
        if not isinstance(wide.score, NotAssessed):
            assert not isinstance(narrow.score, NotAssessed)
            assert wide.score.range.low <= narrow.score.range.low
            assert narrow.score.range.high <= wide.score.range.high


@given(replies, st.sampled_from(NAMES), st.integers(0, 2))
def test_a_better_answer_never_lowers_a_factor(words: dict[str, str], name: str, level: int) -> None:
    worse, better = (assessed(**{**words, name: LEVELS[i]}) for i in (level, level + 1))
    for low, high in zip(worse.factors, better.factors, strict=True):
        if isinstance(low.score, Scored):
            assert isinstance(high.score, Scored)
            assert low.score.score <= high.score.score


@given(st.permutations(NAMES), st.lists(st.sampled_from((*LEVELS, "?")), min_size=5, max_size=5))
def test_the_order_of_answers_in_a_file_changes_nothing(order: list[str], levels: list[str]) -> None:
    words = dict(zip(NAMES, levels, strict=True))
    assert assessed(**{name: words[name] for name in order}).factors == assessed(**words).factors
