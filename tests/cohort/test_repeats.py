"""Organisations that come again are noticed, whatever the order and however many there are."""

import random
from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from collabcheck.cohort.repeats import MOST, NAMED, NO_REPEATS, Noticing, Repeats, marked


def noticed(names: Sequence[str], most: int = MOST, batch: int = 500) -> Repeats:
    noticing = Noticing(most)
    for i in range(0, len(names), batch):
        noticing.take(map(marked, names[i : i + batch]))
    return noticing.repeats()


def test_capitals_and_blanks_make_no_other_organisation() -> None:
    assert noticed(["Riverside  Advice", "riverside advice", " RiversideAdvice", "Other"]).organisations == 1
    assert noticed([]) == NO_REPEATS


def test_those_with_the_most_sheets_are_named_first_and_only_so_many() -> None:
    names = [f"Member {n}" for n in range(30) for _ in range(n)]
    random.Random(1).shuffle(names)
    found = noticed(names)
    assert (found.organisations, found.of, found.everyone) == (28, 29, True)
    assert found.named == tuple((f"Member {n}", n) for n in range(29, 29 - NAMED, -1))


@given(st.lists(st.sampled_from([f"Member {n}" for n in range(40)]), max_size=120), st.integers(1, 60), st.randoms())
def test_the_order_and_the_batches_change_nothing(names: list[str], batch: int, chance: random.Random) -> None:
    first = noticed(names)
    chance.shuffle(names)
    assert noticed(names, batch=batch) == first
    times = Counter(names)
    assert (first.organisations, first.of) == (sum(n > 1 for n in times.values()), len(times))


@given(st.integers(0, 2**32))
def test_of_very_many_a_fair_sample_is_looked_at_and_it_is_the_same_in_any_order(seed: int) -> None:
    chance, names = random.Random(seed), [f"Member {n}" for n in range(900)]
    names += names[:300]
    found = []
    for batch in (50, 500):
        chance.shuffle(names)
        one = noticed(names, 100, batch)
        found.append((one.organisations, one.of, one.everyone))
    assert found[0] == found[1]
    repeated, of, everyone = found[0]
    assert not everyone
    assert 30 < of <= 100
    assert 0.1 < repeated / of < 0.6
