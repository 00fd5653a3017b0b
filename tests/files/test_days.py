"""A day is read as its column shows, and told where it could be another."""

import pytest

from collabcheck.files.imports.days import days_in, doubt_about


@pytest.mark.parametrize(
    ("days", "example"),
    [
        (["26/11/23", "26/12/01"], "26/11/23"),
        (["26/11/26", "25-11-26 09:30"], "25-11-26"),
        (["03/04/05"], "03/04/05"),
        (["26/11/23", "11/23/26"], ""),
        (["26/11/23", "26/11/2023"], ""),
        (["26/11/23", "6/11/23"], ""),
        (["26/11/32"], ""),
        (["26/11/26"], ""),
        (["2026-11-23"], ""),
        ([], ""),
    ],
)
def test_two_digits_that_could_be_a_year_at_the_front_are_told(days: list[str], example: str) -> None:
    doubt = doubt_about(days)
    assert (doubt or "").startswith(f"“{example}” and days like it are read with the day first" if example else "")
    assert doubt is None or example


def test_a_doubt_says_how_the_day_is_read() -> None:
    assert "as 2023-11-26" in str(doubt_about(["26/11/23"]))
    assert "day first" in str(doubt_about(["03/04/2026"]))


@pytest.mark.parametrize("words", ["Nov 23, 2026 9:30", "November 23, 2026", "Sept 23, 2026"])
def test_a_month_in_words_is_its_name_or_begins_it(words: str) -> None:
    ((year, month, day),) = days_in(words, first=True)
    assert (year, day) == (2026, 23)
    assert month in (9, 11)


@pytest.mark.parametrize("words", ["Novelty 23, 2026", "Mayor 1, 2026", "Nov 23, 20261"])
def test_other_words_are_no_month(words: str) -> None:
    assert list(days_in(words, first=True)) == []
