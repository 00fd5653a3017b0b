"""What a report says first is true of the answers."""

from builders import a_pack, a_sheet

from collabcheck.report.outline.assessment import summary
from collabcheck.scoring import score


def test_a_sheet_on_which_nothing_applies_is_not_said_to_be_unanswered() -> None:
    said = summary(score(a_pack(), a_sheet(q1="-", q2="-")))
    assert said.endswith("not assessed, because none of the questions about it applies.")


def test_a_score_comes_with_its_band_and_what_the_band_means() -> None:
    said = summary(score(a_pack(), a_sheet(q1="most", q2="some")))
    assert said == "How ready Riverside is to work with others: Developing, 50 out of 100. On the way."
