"""What many sheets say together: the figures are right, and none tells on a few."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise
from math import floor
from statistics import quantiles
from typing import Any

import pytest
from builders import LEVELS, a_choice, a_factor, a_pack, a_question, a_sheet, pack_data, packs, sheets_of
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.anonymity import to_hide
from collabcheck.assessment import Scored
from collabcheck.choosing import with_choices
from collabcheck.coding import Codes, codes_of, counts_as
from collabcheck.cohort.answers import QuestionCount
from collabcheck.cohort.counting import Counting, Spread
from collabcheck.cohort.partition import tens_of
from collabcheck.cohort.summary import (
    Cohort,
    Group,
    GroupMean,
    Other,
    parts,
    quartiles_of,
    summarise,
    whole,
)
from collabcheck.pack import Pack
from collabcheck.scoring import score

CONTEXT = a_question("income", choices=[a_choice("small"), a_choice("middle"), a_choice("large")])
PACK = a_pack(a_question("q1", "size"), context=[CONTEXT])
STEPS = [
    a_choice(name, i, **({} if name == "all" else {"step": {"do": f"From {name}.", "effort": 1}}))
    for i, name in enumerate(LEVELS)
]


def of_codes(pack: Pack, sheets: list[Codes], by: str = "", smallest_group: int = 5) -> Cohort:
    question = pack.question[by] if by else None
    return summarise(pack, Counting(pack, by).count(sheets), question, smallest_group=smallest_group)


def said(pack: Pack, *sheets: tuple[int, dict[str, Any]], by: str = "", smallest_group: int = 5) -> Cohort:
    """Return what sheets say, each given with how many there are of it."""
    codes = [codes_of(pack, a_sheet(**words).replies) for times, words in sheets for _ in range(times)]
    return of_codes(pack, codes, by, smallest_group)


def answers(pack: Pack, *sheets: tuple[int, dict[str, Any]], smallest_group: int = 5) -> QuestionCount:
    return next(one for one in said(pack, *sheets, smallest_group=smallest_group).questions if one.question.informs)


# Scores.


def test_a_mean_is_exact_and_a_spread_says_how_many_are_where() -> None:
    overall = said(
        PACK, (5, {"q1": "none"}), (5, {"q1": "some"}), (10, {"q1": "all"}), (1, {"q1": "-"}), (2, {})
    ).overall
    assert (overall.scored, overall.unclear, overall.unassessed) == (20, 2, 1)
    assert overall.mean == Fraction(5 * Fraction(100, 3) + 10 * 100, 20)
    assert overall.bands == (10, 0, 10)
    assert overall.tens == (5, 0, 0, 5, 0, 0, 0, 0, 0, 10)


def test_a_score_of_a_hundred_is_in_the_last_ten_and_one_on_an_edge_in_the_higher() -> None:
    choices = [a_choice("none"), a_choice("tenth", 1), a_choice("nine", 9), a_choice("all", 10)]
    pack = a_pack(a_question("q1", "size", choices=choices))
    overall = said(pack, *((5, {"q1": choice["id"]}) for choice in choices)).overall
    assert overall.tens == (5, 5, 0, 0, 0, 0, 0, 0, 0, 10)


def test_of_fewer_than_the_smallest_group_there_is_no_score() -> None:
    overall = said(PACK, (4, {"q1": "all"}), (10, {"q1": "?"})).overall
    assert (overall.scored, overall.mean, overall.quartiles) == (4, None, None)
    assert {*overall.bands, *overall.tens} == {None}


def test_the_smallest_group_is_never_below_three() -> None:
    cohort = said(PACK, (2, {"q1": "all"}), (2, {"q1": "none"}), smallest_group=1)
    assert cohort.smallest_group == 3
    assert cohort.overall.bands == (None, None, None)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40))
def test_quartiles_are_those_of_the_standard_library(tenths: list[int]) -> None:
    found = [10 * float(one) for one in quartiles_of(Counter(tenths))]
    assert found == pytest.approx(quantiles([*tenths, *tenths[: len(tenths) == 1]], n=4, method="inclusive"))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_quartiles_are_within_a_tenth_of_those_of_the_scores_themselves(data: st.DataObject) -> None:
    pack = data.draw(packs())
    sheets = data.draw(st.lists(sheets_of(pack), min_size=5, max_size=9))
    cohort = of_codes(pack, [codes_of(pack, sheet.replies) for sheet in sheets])
    for i, one in enumerate(cohort.factors):
        found = [score(pack, sheet).factors[i].score for sheet in sheets]
        scores = [value.score for value in found if isinstance(value, Scored)]
        assert one.spread.scored == len(scores)
        if one.spread.quartiles is not None:
            assert one.spread.mean == sum(scores) / len(scores)
            for ours, theirs in zip(one.spread.quartiles, quantiles(scores, n=4, method="inclusive"), strict=True):
                assert ours <= theirs <= ours + Fraction(1, 10)


@pytest.mark.parametrize(("score", "points"), [(0, 0), (Fraction(1, 2), 1), (Fraction(149, 100), 1), (100, 100)])
def test_whole_points_are_rounded_half_up(score: Fraction, points: int) -> None:
    assert whole(Fraction(score)) == points


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=6, max_size=30), st.integers(3, 6), st.data())
def test_the_chart_the_benchmark_and_the_bands_together_tell_of_no_few(
    tenths: list[int], smallest: int, data: st.DataObject
) -> None:
    tops = [data.draw(st.sampled_from([2, 2, 2, 1, 0])) for _ in tenths]  # the best band that flags leave
    starts = [10 * band.starts for band in PACK.bands]
    places = [min(sum(tenth >= start for start in starts) - 1, top) for tenth, top in zip(tenths, tops, strict=True)]
    spread = Spread(0, Counter(tenths), Counter(places))
    told = list(parts(PACK, spread, smallest))
    ends = [0, *(10 * one.high for one in told)]
    below = [sum(tenth < end or end == 1000 for tenth in tenths) for end in ends]
    assert [one.low * 10 for one in told] == ends[:-1]
    assert [one.sheets for one in told] == [high - low for low, high in pairwise([0, *below[1:]])]
    for start, ten in zip(range(0, 1000, 100), tens_of(told), strict=True):
        assert ten in {None, sum(start <= min(tenth, 999) < start + 100 for tenth in tenths)}
    few = to_hide({band: places.count(band) for band in range(3)}, smallest)
    hidden = set(range(min(few), max(few) + 1)) if few else set()
    lower = {band: sum(place < band for place in places) for band in range(4)}
    known = [lower[i] for i in range(4) if not hidden & set(range(i)) or not hidden & set(range(i, 3))]
    assert not [a - b for a in below for b in (*below, *known) if 0 < abs(a - b) < smallest]


def test_a_band_between_two_that_are_hidden_is_hidden_too() -> None:
    bands = said(PACK, (4, {"q1": "none"}), (20, {"q1": "most"}), (9, {"q1": "all"})).overall.bands
    assert bands == (None, None, None), "with the chart, 20 would tell how many are in the others"


# Answers.


def test_every_answer_is_counted_and_what_is_missing_too() -> None:
    asked = a_question("q2", "size", when={"question": "q1", "is": ["none"]})
    pack = a_pack(a_question("q1", "size"), asked)
    sheets = [(5, {"q1": "none", "q2": "some"}), (6, {"q1": "none", "q2": "?"}), (7, {"q1": "none", "q2": "-"})]
    q1, q2 = said(pack, *sheets, (8, {"q1": "none"}), (9, {"q1": "all", "q2": "all"})).questions
    assert (q1.answered, q1.unanswered, q1.not_asked, q1.choices) == (35, 0, 0, (26, 0, 0, 9))
    assert (q2.answered, q2.unanswered, q2.not_asked) == (18, 8, 9)
    assert (q2.choices, q2.dont_know, q2.not_applicable) == ((0, 5, 0, 0), 6, 7)


def test_answers_that_few_give_are_hidden_and_one_more_so_that_they_cannot_be_worked_out() -> None:
    one = answers(PACK, (20, {"q1": "none"}), (4, {"q1": "some"}), (9, {"q1": "?"}))
    assert (one.choices, one.dont_know, one.not_applicable) == ((20, None, 0, 0), None, 0)
    assert set(answers(PACK, (4, {"q1": "none"}), (9, {})).choices) == {None}, "too few answered at all"


def test_of_several_answers_each_is_shown_unless_few_give_it_or_few_do_not() -> None:
    choices = [a_choice("a", 1), a_choice("b", 1), a_choice("c", 1)]
    pack = a_pack(a_question("q1", "size", choices=choices, several=True, full_at=2))
    one = answers(pack, (20, {"q1": ("a",)}), (5, {"q1": ("b", "a")}), (4, {"q1": ("c", "a")}), (2, {"q1": "?"}))
    assert (one.answered, one.choices) == (31, (None, 5, None))
    assert (one.dont_know, one.not_applicable) == (None, 0)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_counts_that_make_a_whole_never_leave_few_over(data: st.DataObject) -> None:
    pack, smallest = data.draw(packs()), data.draw(st.integers(3, 6))
    sheets = [code for _ in range(4) for code in [codes_of(pack, data.draw(sheets_of(pack)).replies)]]
    cohort = of_codes(pack, [one for one in sheets for _ in range(data.draw(st.integers(1, 6)))], "", smallest)
    wholes = [(spread.bands, spread.scored) for spread in (cohort.overall, *(one.spread for one in cohort.factors))]
    wholes += [(spread.tens, spread.scored) for spread in (cohort.overall, *(one.spread for one in cohort.factors))]
    for one in cohort.questions:
        parts = (*one.choices, one.dont_know, one.not_applicable)
        assert not [number for number in parts if number and number < smallest]
        if not one.question.several:
            wholes.append((parts, one.answered))
    for parts, sum_ in wholes:
        known, hidden = [number for number in parts if number is not None], parts.count(None)
        assert not [number for number in known if 0 < number < smallest]
        assert not hidden or not sum(known) or (hidden > 1 and sum_ - sum(known) >= smallest)
        assert hidden or sum_ == sum(known)


def test_flags_and_steps_are_those_that_concern_most_and_none_that_concerns_few() -> None:
    flag = {"reason": "it burns", "caps_at": "at-risk"}
    debts = [a_choice("no"), a_choice("yes", flag=flag), a_choice("many", flag={**flag, "reason": "it drowns"})]
    pack = a_pack(a_question("q1", "size", choices=STEPS), context=[a_question("debts", choices=debts)])
    sheets = [(9, {"q1": "none", "debts": "many"}), (12, {"q1": "most", "debts": "no"}), (6, {"q1": "all"})]
    cohort = said(pack, *sheets, (4, {"q1": "some", "debts": "yes"}), (4, {"debts": "?"}))
    assert [(one.flag.reason, one.raised, one.answered) for one in cohort.flags] == [
        ("it drowns", 9, 29),
        ("it burns", None, 29),
    ]
    assert [(one.step.do, one.ahead) for one in cohort.steps] == [("From most.", 12), ("From none.", 9)]


# Groups.


def groups(cohort: Cohort) -> list[tuple[str, int]]:
    return [(one.who.value if isinstance(one.who, Other) else one.who.id, one.sheets) for one in cohort.groups]


def test_groups_come_in_the_order_of_the_question_with_their_means() -> None:
    cohort = said(PACK, (5, {"income": "large", "q1": "none"}), (6, {"income": "small", "q1": "most"}), by="income")
    assert groups(cohort) == [("small", 6), ("large", 5)]
    assert cohort.in_small_groups == 0
    small, large = cohort.groups
    ready, at_risk = PACK.bands[1], PACK.bands[0]
    assert small.overall == GroupMean(6, Fraction(200, 3), ready)
    assert large.factors == (GroupMean(5, Fraction(0), at_risk),)


def test_a_small_group_takes_the_next_one_with_it() -> None:
    sheets = [(9, {"income": "small"}), (6, {"income": "middle"}), (4, {"income": "large"}), (20, {"income": "?"})]
    cohort = said(PACK, *((times, {**words, "q1": "all"}) for times, words in sheets), by="income")
    assert groups(cohort) == [("small", 9), ("/unknown", 20)]
    assert cohort.in_small_groups == 10


def test_a_group_is_not_shown_whose_size_would_tell_what_few_answer() -> None:
    sheets = [(20, {"income": "small"}), (9, {"income": "middle"}), (4, {"income": "large"}), (8, {})]
    cohort = said(PACK, *((times, {**words, "q1": "all"}) for times, words in sheets), by="income")
    assert cohort.questions[0].choices == (20, None, None)
    assert groups(cohort) == [("small", 20), ("/unknown", 8)]
    sheets = [(20, {"income": "small"}), (9, {"income": "middle"}), (3, {"income": "?"}), (6, {})]
    cohort = said(PACK, *((times, {**words, "q1": "all"}) for times, words in sheets), by="income")
    assert cohort.questions[0].dont_know is None, "and what is left of those not known without the 6 would be 3"
    assert groups(cohort) == [("small", 20)]


def test_who_leaves_the_question_out_does_not_know_or_says_it_does_not_apply_is_a_group_too() -> None:
    sheets = [(6, {"income": "small"}), (3, {}), (5, {"income": "?"}), (5, {"income": "-"})]
    cohort = said(PACK, *((times, {**words, "q1": "all"}) for times, words in sheets), by="income")
    assert groups(cohort) == [("small", 6), ("/not-applicable", 5), ("/unknown", 8)]


def test_who_gives_several_answers_is_in_one_group_whatever_they_are() -> None:
    pack = a_pack(a_question("q1", "size"), context=[{**CONTEXT, "several": True}])
    pairs = [("small", "middle"), ("middle", "large"), ("small", "large")]
    sheets = [(2, {"income": pair, "q1": "all"}) for pair in pairs]
    cohort = said(pack, (5, {"income": "small", "q1": "none"}), *sheets, by="income")
    assert groups(cohort) == [("small", 5), ("/several", 6)]


def test_a_group_of_which_few_have_a_score_has_no_mean_and_neither_has_the_next() -> None:
    sheets = [(9, {"income": "small", "q1": "all"}), (7, {"income": "middle", "q1": "all"})]
    cohort = said(PACK, *sheets, (4, {"income": "large", "q1": "all"}), (9, {"income": "large"}), by="income")
    assert groups(cohort) == [("small", 9), ("middle", 7), ("large", 13)]
    assert [one.overall is None for one in cohort.groups] == [False, True, True]


def test_a_cohort_without_risk_factors_has_groups() -> None:
    pack = a_pack(a_question("q1", "prize"), factors=[a_factor("prize", kind="opportunity")], context=[CONTEXT])
    cohort = said(pack, (5, {"income": "small", "q1": "all"}), (6, {"income": "large", "q1": "none"}), by="income")
    assert groups(cohort) == [("small", 5), ("large", 6)]
    assert [one.overall for one in cohort.groups] == [None, None]
    assert cohort.overall.unassessed == 11


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_group_can_be_worked_out_from_the_others_and_the_whole(data: st.DataObject) -> None:
    pack, smallest = data.draw(packs()), data.draw(st.integers(3, 6))
    by = data.draw(st.sampled_from(["about1", "about2"]))
    drawn = data.draw(st.lists(st.tuples(sheets_of(pack), st.integers(1, 7)), min_size=3, max_size=5))
    sheets = [sheet for sheet, times in drawn for _ in range(times)]
    cohort = of_codes(pack, [codes_of(pack, sheet.replies) for sheet in sheets], by, smallest)
    assert all(group.sheets >= smallest for group in cohort.groups)
    left = cohort.sheets - sum(group.sheets for group in cohort.groups)
    assert cohort.in_small_groups == left
    assert left == 0 or left >= min(smallest, cohort.sheets)
    for i, spread in enumerate((cohort.overall, *(one.spread for one in cohort.factors))):
        shown = [mean for mean in (means(group)[i] for group in cohort.groups) if mean]
        assert all(mean.scored >= smallest for mean in shown)
        rest = spread.scored - sum(mean.scored for mean in shown)
        assert rest == 0 or rest >= smallest or not shown
        if rest == 0 and shown and spread.mean is not None:
            assert sum((mean.mean * mean.scored for mean in shown), Fraction(0)) == spread.mean * spread.scored


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_sizes_of_groups_tell_no_more_than_the_answers(data: st.DataObject) -> None:
    pack, smallest = data.draw(packs()), data.draw(st.integers(3, 6))
    drawn = data.draw(st.lists(st.tuples(sheets_of(pack), st.integers(1, 9)), min_size=3, max_size=6))
    codes = [codes_of(pack, sheet.replies) for sheet, times in drawn for _ in range(times)]
    by = data.draw(st.sampled_from(pack.context))
    cohort = of_codes(pack, codes, by.id, smallest)
    if by.several:
        assert by not in [one.question for one in cohort.questions]
    else:
        told = next(one for one in cohort.questions if one.question == by)
        counts = dict(zip(by.choice, told.choices, strict=True)) | {"/not-applicable": told.not_applicable}
        counts["/unknown"] = None if told.dont_know is None else told.dont_know + told.unanswered
        counts["/not-asked"] = told.not_asked
        assert all(counts[name] == size for name, size in groups(cohort))


def means(group: Group) -> tuple[GroupMean | None, ...]:
    return group.overall, *group.factors


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_the_mean_of_a_group_is_that_of_its_members(data: st.DataObject) -> None:
    pack = data.draw(packs())
    sheets = data.draw(st.lists(sheets_of(pack), min_size=6, max_size=10))
    cohort = of_codes(pack, [codes_of(pack, sheet.replies) for sheet in sheets], "about1", 3)
    for group in cohort.groups:
        name = "" if isinstance(group.who, Other) else group.who.id
        codes = [counts_as(pack.questions[0], codes_of(pack, one.replies)[0]) for one in sheets]
        members = [one for one, code in zip(sheets, codes, strict=True) if code == name] if name else []
        scores = [one.overall.score for one in (score(pack, member) for member in members)]
        known = [one.score for one in scores if isinstance(one, Scored)]
        if group.overall and name:
            assert (group.overall.scored, group.overall.mean) == (len(known), sum(known) / len(known))


def test_tens_go_with_the_scores_and_bands_with_the_flags() -> None:
    flag = {"reason": "it burns", "caps_at": "at-risk"}
    pack = a_pack(a_question("q1", "size"), a_question("q2", choices=[a_choice("no"), a_choice("yes", flag=flag)]))
    overall = said(pack, (6, {"q1": "all", "q2": "yes"}), (7, {"q1": "all"})).overall
    assert (overall.bands, overall.tens[-1], floor(overall.mean or 0)) == ((6, 0, 7), 13, 100)


# Trends that can be left out.


def test_a_trend_that_nobody_chose_is_not_spoken_of_and_one_that_few_chose_leaves_consistency_as_it_was() -> None:
    data = pack_data(
        a_question("q1", "size"),
        a_question("q2", "size"),
        context=[a_question("which", means="trend", choices=[a_choice("more"), a_choice("none")])],
    )
    step, flag = {"do": "Go.", "effort": 1}, {"reason": "it burns", "caps_at": "at-risk"}
    extra = a_question("q3", "size", choices=[a_choice("none", step=step, flag=flag), a_choice("all", 1)])
    data["trends"].append({**data["trends"][0], "id": "more"})
    data["trends"][1]["themes"] = [{**data["trends"][0]["themes"][0], "id": "other", "questions": [extra]}]
    pack = with_choices(Pack.model_validate(data))
    alike = [(10, {"which": "none", "q1": level, "q2": level}) for level in LEVELS]

    nobody = said(pack, *alike)
    assert [one.question.id for one in nobody.questions] == ["which", "q1", "q2"]
    assert (nobody.flags, nobody.steps, nobody.hidden_steps) == ((), (), 0)
    assert (nobody.factors[0].reliability.complete, nobody.factors[0].reliability.alpha) == (40, 1)

    some = said(pack, *alike, (10, {"which": "more", "q1": "all", "q2": "all", "q3": "none"}))
    assert [(flag.raised, flag.answered) for flag in some.flags] == [(10, 10)]
    assert [step.ahead for step in some.steps] == [10]
    assert (some.factors[0].reliability.complete, some.factors[0].reliability.alpha) == (50, 1)
