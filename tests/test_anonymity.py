"""Small numbers: what is hidden cannot be worked out from what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.anonymity import FEWEST, to_hide


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 20, "b": 30}, ""),
        ({"a": 20, "b": 30, "c": 4}, "ca"),  # one alone is the whole without the others
        ({"a": 20, "b": 3, "c": 2}, "bc"),
        ({"a": 20, "b": 1, "c": 1}, "abc"),  # two of them are still too few
        ({"a": 20, "b": 1, "c": 1, "d": 1, "e": 2}, "abcde"),  # five in four: each is 1 or 2
        ({"a": 20, "b": 1, "c": 1, "d": 2, "e": 2}, "bcde"),
        ({"a": 20, "b": 0}, ""),
        ({"a": 20, "b": 0, "c": 4}, "ca"),  # with one that is empty, a hidden one is as good as told
        ({"a": 4}, "a"),
        ({"a": 0}, ""),
        ({}, ""),
    ],
)
def test_the_small_are_hidden_and_as_many_more_as_it_takes(sizes: dict[str, int], hidden: str) -> None:
    assert to_hide(sizes, 5) == set(hidden)


def test_what_is_hidden_elsewhere_is_hidden_here_too_unless_it_is_empty() -> None:
    assert to_hide({"a": 20, "b": 30, "c": 40}, 5, {"c"}) == {"c", "a"}
    assert to_hide({"a": 20, "b": 30, "c": 0}, 5, {"c"}) == set()


@given(
    st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12)),
    st.integers(3, 8),
    st.frozensets(st.sampled_from("abcdefg"), max_size=2),
)
def test_what_is_left_of_the_whole_without_what_is_shown_tells_on_nobody(
    sizes: dict[str, int], smallest: int, also: frozenset[str]
) -> None:
    hidden = to_hide(sizes, smallest, also)
    shown = {key: size for key, size in sizes.items() if key not in hidden}
    assert all(size == 0 or (size >= smallest and key not in also) for key, size in shown.items())
    assert all(sizes[key] for key in hidden)
    if any(shown.values()) and hidden:
        assert len(hidden) > 1
        together = sum(sizes.values()) - sum(shown.values())
        assert together >= smallest
        assert together - len(hidden) + 1 >= FEWEST, "any of them may be more than a few"


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12)), st.integers(3, 8))
def test_nothing_is_hidden_that_need_not_be(sizes: dict[str, int], smallest: int) -> None:
    hidden = to_hide(sizes, smallest)
    besides = sorted(sizes[key] for key in hidden if sizes[key] >= smallest)
    small = [sizes[key] for key in hidden if sizes[key] < smallest]
    assert len(besides) <= (1 if small else 0)
    assert not besides or besides[0] <= min(size for size in sizes.values() if size >= smallest)
    assert not besides or len(small) == 1 or sum(small) < smallest or sum(small) - len(small) + 1 < FEWEST
