"""Figures are never printed in a band they are not in, and words read as a person would say them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from builders import a_pack, a_sheet
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.report.outline.wording import count, day, days, figure, inside, listing, points, sentence
from collabcheck.scoring import band_of

PACK = a_pack()


@pytest.mark.parametrize(
    ("value", "whole", "tenth"),
    [
        ("69.96", "69.9", "69.9"),
        ("39.7", "39.7", "39.7"),
        ("69.4", "69", "69.4"),
        ("69.5", "69.5", "69.5"),
        ("70", "70", "70.0"),
        ("39.999", "39.9", "39.9"),
        ("66.666", "67", "66.7"),
        ("0.5", "1", "0.5"),
        ("2.5", "3", "2.5"),
        ("100", "100", "100.0"),
    ],
)
def test_a_figure_is_rounded_once_half_up_and_stays_in_its_band(value: str, whole: str, tenth: str) -> None:
    assert figure(PACK, Fraction(value)) == whole
    assert figure(PACK, Fraction(value), 1) == tenth


@given(st.fractions(0, 100), st.integers(0, 2))
def test_a_printed_figure_is_in_the_band_of_the_score_and_close_to_it(value: Fraction, decimals: int) -> None:
    printed = Fraction(figure(PACK, value, decimals))
    assert band_of(PACK, printed) == band_of(PACK, value)
    assert abs(printed - value) < Fraction(1, 10**decimals)


def test_words_join_as_in_a_sentence() -> None:
    assert listing([]) == ""
    assert listing(["a"]) == "a"
    assert listing(["a", "b"]) == "a and b"
    assert listing(["a", "b", "c"]) == "a, b and c"


def test_one_is_said_in_the_singular() -> None:
    assert count(1, "flag is", "flags are") == "1 flag is"
    assert count(2, "flag is", "flags are") == "2 flags are"
    assert points(a_pack(), Fraction(1)) == "1 point"
    assert points(a_pack(), Fraction(31, 30)) == "1 point"
    assert points(a_pack(), Fraction(15, 10)) == "1.5 points"


def test_titles_and_reasons_fit_into_sentences() -> None:
    assert inside("Contract timing") == "contract timing"
    assert inside("VAT and TUPE") == "VAT and TUPE"
    assert sentence("we have none") == "We have none."
    assert sentence("Really?") == "Really?"


def test_a_day_is_said_in_words() -> None:
    assert day("2026-03-01") == "1 March 2026"


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("2026-11-16", "16 November 2026"),
        ("2026-11-19", "16 to 19 November 2026"),
        ("2026-12-16", "16 November to 16 December 2026"),
        ("2027-11-16", "16 November 2026 to 16 November 2027"),
    ],
)
def test_several_days_are_said_as_briefly_as_can_be(last: str, said: str) -> None:
    assert days([replace(a_sheet(), date=date) for date in (last, "2026-11-16")]) == said
