"""A benchmark holds nothing of a few, and every score has its place in it."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from builders import LEVELS, a_choice, a_factor, a_pack, a_question, a_sheet, packs, sheets_of
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.assessment import Scored
from collabcheck.benchmark import Benchmark, Scores, check
from collabcheck.coding import Codes, codes_of
from collabcheck.cohort.counting import Count, Counting, Spread
from collabcheck.cohort.partition import STEP
from collabcheck.cohort.standing import Place, benchmark_of, stand
from collabcheck.cohort.summary import together
from collabcheck.pack import Pack
from collabcheck.scoring import score

HUNDRED = [a_choice(f"p{i}", i) for i in (0, 1, 4, 5, 6, 49, 50, 74, 75, 99, 100)]
PACK = a_pack(a_question("q1", "size", choices=HUNDRED))


def made(pack: Pack, sheets: Sequence[Codes], smallest_group: int = 5) -> Benchmark:
    return benchmark_of(pack, Counting(pack).count(sheets), smallest_group=smallest_group)


def of_points(*points: int, smallest_group: int = 5) -> Scores:
    found = made(PACK, [(f"p{one}",) for one in points], smallest_group).overall
    assert found is not None
    return found


def stretches(scores: Scores) -> list[tuple[int, int, int]]:
    """Return the stretches that somebody is in."""
    return [(one.from_, one.to, one.sheets) for one in scores.stretches if one.sheets]


def the_place(benchmark: Benchmark, points: int) -> Place:
    return stand(score(PACK, a_sheet(q1=f"p{points}")), benchmark).places[0]


# Making.


def test_a_stretch_goes_on_until_there_are_enough_in_it_and_enough_beyond() -> None:
    assert stretches(of_points(*[0] * 5, *[6] * 5)) == [(0, 5, 5), (5, 10, 5)]
    assert stretches(of_points(*[0] * 5, *[6] * 4)) == [(0, 10, 9)]
    assert stretches(of_points(*[0] * 4, *[6] * 6, *[99] * 5)) == [(0, 10, 10), (95, 100, 5)]
    ((low, high, sheets), _) = stretches(of_points(*[0] * 4, *[50] * 6, *[99] * 5))
    assert (low, sheets) == (0, 10)
    assert high > 50
    ((_, high, sheets),) = stretches(of_points(*[0] * 5, *[50] * 3, 100))
    assert (high, sheets) == (100, 9)


def test_a_score_on_an_edge_is_counted_in_the_higher_stretch_and_100_in_the_last() -> None:
    assert stretches(of_points(*[4] * 5, *[5] * 5, *[100] * 5)) == [(0, 5, 5), (5, 10, 5), (95, 100, 5)]


def test_quartiles_are_whole_points() -> None:
    assert of_points(*[0, 1, 4, 5, 6] * 4).quartiles == (1, 4, 5)
    assert of_points(*[0, 0, 1, 1, 4, 4] * 4).quartiles == (0, 1, 4)


def test_a_score_that_too_few_have_is_left_out() -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "reach"))
    found = made(pack, [("all", "all")] * 4 + [("all", "dont-know")] * 3)
    assert (found.sheets, found.overall, list(found.factors)) == (7, None, ["size"])


def test_the_smallest_group_is_never_below_three() -> None:
    ((low, high, sheets),) = stretches(of_points(0, 0, 50, 50, 50, smallest_group=1))
    assert (low, sheets) == (0, 5)
    assert high > 50


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=3, max_size=80), st.integers(3, 9))
def test_stretches_cover_the_scale_and_hold_enough_each(tenths: list[int], smallest: int) -> None:
    pack = a_pack(a_question("q1", "size"))
    spread = Spread(sum(tenths), Counter(tenths), Counter({0: len(tenths)}))
    nothing = Counting(pack).nothing()
    found = benchmark_of(
        pack, Count(len(tenths), nothing.codes, nothing.items, {"": [spread, spread]}, []), smallest_group=smallest
    )
    if len(tenths) < smallest:
        assert found.overall is None
        return
    assert found.overall is not None
    check(pack, found)
    told = found.overall.stretches
    assert (told[0].from_, told[-1].to) == (0, 100)
    assert all(low.to == high.from_ and low.to % STEP == 0 for low, high in pairwise(told))
    assert all(one.sheets == 0 or one.sheets >= smallest for one in told)
    for one in told:
        inside = [
            tenth for tenth in tenths if 10 * one.from_ <= tenth < 10 * one.to or (one.to == 100 and tenth == 1000)
        ]
        assert one.sheets == len(inside)


# Standing.


OTHERS = made(PACK, [(f"p{one}",) for one in [1] * 5 + [5] * 5 + [50] * 6 + [100] * 7])


@pytest.mark.parametrize(
    ("points", "stretch", "counts"),
    [
        (0, (0, 5), (0, 5, 18)),
        (4, (0, 5), (0, 5, 18)),
        (5, (5, 10), (5, 5, 13)),
        (49, (45, 50), (10, 0, 13)),
        (50, (50, 55), (10, 6, 7)),
        (99, (95, 100), (16, 7, 0)),
        (100, (95, 100), (16, 7, 0)),
    ],
)
def test_a_score_has_its_place_also_on_an_edge_and_at_the_top(
    points: int, stretch: tuple[int, int], counts: tuple[int, int, int]
) -> None:
    place = the_place(OTHERS, points)
    assert (place.stretch.from_, place.stretch.to) == stretch
    assert (place.lower, place.near, place.higher) == counts


def test_who_has_no_score_has_no_place() -> None:
    overall, size = stand(score(PACK, a_sheet(q1="?")), OTHERS).places
    assert not isinstance(overall.score, Scored)
    assert (overall.lower, overall.near, overall.higher) == (size.lower, size.near, size.higher) == (0, 0, 0)


def test_places_come_overall_first_then_in_the_order_of_the_pack_where_the_benchmark_has_them() -> None:
    names = ("size", "reach", "prize")
    pack = a_pack(
        *(a_question(name[0], name) for name in names),
        factors=[a_factor(name, kind="opportunity" if name == "prize" else "risk") for name in names],
    )
    sheets = [(level, "dont-know", level) for level in LEVELS * 2]
    found = stand(score(pack, a_sheet(s="all", r="all", p="none")), made(pack, sheets))
    assert [place.factor.id if place.factor else None for place in found.places] == ["size", "prize"]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whoever_was_counted_finds_all_others_with_a_score(data: st.DataObject) -> None:
    pack = data.draw(packs())
    sheets = data.draw(st.lists(sheets_of(pack), min_size=6, max_size=12))
    count = Counting(pack).count([codes_of(pack, sheet.replies) for sheet in sheets])
    benchmark, spreads = benchmark_of(pack, count, smallest_group=3), together(count)
    scored = {None: spreads[0].tenths.total()} | {
        factor.id: spread.tenths.total() for factor, spread in zip(pack.factors, spreads[1:], strict=True)
    }
    for place in stand(score(pack, sheets[0]), benchmark).places:
        if isinstance(place.score, Scored):
            assert place.lower + place.near + place.higher == scored[place.factor.id if place.factor else None]
            assert place.near >= 3, "oneself and two others"
            assert place.stretch.from_ <= place.score.score <= place.stretch.to
            assert place.score.score < place.stretch.to or place.score.score == Fraction(100)
