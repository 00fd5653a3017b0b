"""How far questions go together: what the textbook says, and nothing where it would say too much."""

from collections import Counter
from collections.abc import Sequence
from math import isclose
from statistics import StatisticsError, correlation, variance

from builders import LEVELS, a_pack, a_question, a_sheet, packs, sheets_of
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.coding import codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.cohort.reliability import Reliability, reliability
from collabcheck.cohort.summary import summarise
from collabcheck.pack import Pack

Rows = Sequence[Sequence[int]]
"""What each answer of each sheet is worth."""


def found(rows: Rows) -> Reliability:
    totals = [sum(row) for row in rows]
    return reliability([Counter(zip(column, totals, strict=True)) for column in zip(*rows, strict=True)])


def alpha_of(rows: Rows) -> float | None:
    """Return Cronbach’s alpha as textbooks put it."""
    columns = [[float(one) for one in column] for column in zip(*rows, strict=True)]
    together = variance([float(sum(row)) for row in rows])
    if not together:
        return None
    return len(columns) / (len(columns) - 1) * (1 - sum(map(variance, columns)) / together)


def item_rest_of(rows: Rows, number: int) -> float | None:
    own, rest = [row[number] for row in rows], [sum(row) - row[number] for row in rows]
    try:
        return correlation(own, rest)
    except StatisticsError:
        return None


def same(one: float | None, other: float | None) -> bool:
    return one is other is None or (one is not None and other is not None and isclose(one, other, abs_tol=1e-9))


rows = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 4), min_size=width, max_size=width), min_size=30, max_size=40)
)


@settings(max_examples=60, deadline=None)
@given(rows)
def test_alpha_and_item_rest_are_what_a_plain_computation_gives(rows: Rows) -> None:
    told = found(rows)
    assert told.complete == len(rows)
    assert same(told.alpha, alpha_of(rows))
    assert all(same(one, item_rest_of(rows, i)) for i, one in enumerate(told.item_rest))


def test_two_questions_that_go_together_as_in_the_formula_of_spearman_and_brown() -> None:
    rows = [(0, 0)] * 12 + [(1, 1)] * 12 + [(0, 1)] * 4 + [(1, 0)] * 4  # as many high as low: the two vary alike
    told = found(rows)
    assert all(same(one, 0.5) for one in told.item_rest)
    assert same(told.alpha, 2 * 0.5 / (1 + 0.5))


def test_questions_that_always_agree_have_an_alpha_of_one() -> None:
    told = found([(i % 4,) * 3 for i in range(30)])
    assert (told.alpha, told.item_rest) == (1, (1, 1, 1))


def test_questions_that_contradict_each_other_may_have_an_alpha_below_zero() -> None:
    told = found([(0, 1), (1, 0), (2, 0)] * 10)
    assert told.alpha is not None
    assert told.alpha < 0


def test_fewer_than_30_complete_sheets_say_nothing() -> None:
    assert found([(0, 0), (1, 1)] * 14 + [(2, 2)]) == Reliability(29, None, (None, None))
    assert found([(0, 0), (1, 1)] * 15).alpha == 1


def test_one_question_cannot_agree_with_itself() -> None:
    assert found([(0,), (1,)] * 20) == Reliability(40, None, (None,))
    assert reliability([]) == Reliability(0, None, ())


def test_a_question_that_all_answer_alike_goes_with_nothing() -> None:
    assert found([(1, 2)] * 30) == Reliability(30, None, (None, None))
    told = found([(1, i % 2, i % 3) for i in range(30)])
    assert told.item_rest[0] is None
    assert same(told.alpha, alpha_of([(1, i % 2, i % 3) for i in range(30)]))


# From sheets.


def of_sheets(pack: Pack, *words: dict[str, str], smallest_group: int = 5) -> Reliability:
    count = Counting(pack).count([codes_of(pack, a_sheet(**one).replies) for one in words])
    return summarise(pack, count, smallest_group=smallest_group).factors[0].reliability


def test_only_sheets_that_answer_all_questions_of_the_factor_count_and_weights_do_not() -> None:
    heavy = {"factor": "size", "weight": 3, "because": "it decides"}
    pack = a_pack(a_question("q1", "size"), a_question("q2", heavy))
    whole = [{"q1": LEVELS[i % 4], "q2": LEVELS[i * 7 % 10 // 3]} for i in range(31)]
    others = ({"q1": "all"}, *[{"q1": "all", "q2": "?"}] * 15, *[{"q1": "all", "q2": "-"}] * 15)
    told = of_sheets(pack, *whole, *others)
    plain = [(LEVELS.index(one["q1"]), LEVELS.index(one["q2"])) for one in whole]
    assert told.complete == 31
    assert same(told.alpha, alpha_of(plain))


def test_nothing_is_said_of_fewer_than_the_smallest_group_that_is_asked_for() -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "size"))
    whole = [{"q1": LEVELS[i % 4], "q2": LEVELS[i % 3]} for i in range(39)]
    assert of_sheets(pack, *whole, smallest_group=40) == Reliability(None, None, (None, None))
    assert of_sheets(pack, *whole, smallest_group=39).alpha is not None


def test_how_many_are_complete_is_not_said_where_it_would_tell_how_few_do_not_know() -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "size"))
    whole = [{"q1": LEVELS[i % 4], "q2": LEVELS[i % 3]} for i in range(40)]
    told = of_sheets(pack, *whole, *[{"q1": "all", "q2": "?"}] * 4)
    assert told.complete is None
    assert told.alpha is not None
    assert of_sheets(pack, *whole, {"q1": "all"}).complete == 40


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_any_cohort_has_an_alpha_of_at_most_one_and_correlations_between(data: st.DataObject) -> None:
    pack = data.draw(packs())
    sheets = [codes_of(pack, data.draw(sheets_of(pack)).replies) for _ in range(4)]
    for one in summarise(pack, Counting(pack).count(sheets * 20)).factors:
        assert one.reliability.alpha is None or one.reliability.alpha <= 1
        assert all(r is None or -1.000001 <= r <= 1.000001 for r in one.reliability.item_rest)
