"""What a report says first is true of the answers."""

from dataclasses import replace

import pytest
from builders import a_choice, a_pack, a_question, a_sheet

from collabcheck.advice import advise
from collabcheck.answers import Aside, Chose, DontKnow, NotApplicable, Reply, SetAside
from collabcheck.assessment import Assessment
from collabcheck.coding import codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.cohort.summary import summarise
from collabcheck.comparison.sides import compare
from collabcheck.panel import pool
from collabcheck.report import plain
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.cohort import cohort_report
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.report.outline.panel import panel_report
from collabcheck.report.outline.short import summary
from collabcheck.scoring import score


def test_a_sheet_on_which_nothing_applies_is_not_said_to_be_unanswered() -> None:
    said = summary(score(a_pack(), a_sheet(q1="-", q2="-")))
    assert said.endswith("not assessed, because none of the questions about it applies.")


def test_choices_with_a_full_stop_end_no_sentence_twice() -> None:
    asked = [
        a_question("role", means="role", choices=[a_choice("chair"), a_choice("staff")]),
        a_question("where", means="nation", choices=[a_choice("wales"), a_choice("scotland")]),
    ]
    guide = {
        "id": "guide", "title": "A guide", "publisher": "P", "date": "2025", "format": "PDF", "what": "What to do.",
        "useful": "Good.", "factors": ["size"], "find": "Ask.",
    }  # fmt: skip
    made = score(a_pack(context=asked, resources=[guide]), a_sheet(role="chair", where="wales", q1="some", q2="some"))
    told = " ".join(plain.render(report_on(made, advise(made))).split())
    assert "Answered by: Chair of it. Your own answers" in told
    assert "It is for Wales of it. The weakest" in told


def test_a_pack_may_say_what_its_overall_result_tells() -> None:
    pack = a_pack(measures="How well your group works together")
    then, now = (score(pack, replace(a_sheet(q1="most", q2=q2), date=day)) for q2, day in _TWO)
    assert summary(then).startswith("How well your group works together: Developing, 50 out of 100.")
    assert "How well your group works together, out of 100:" in plain.render(report_on_two(compare(then, now)))
    assert summary(score(a_pack(), a_sheet(q1="most", q2="some"))).startswith("How ready Riverside is to work with")


def test_where_the_questions_come_from_and_how_far_they_are_tested_is_said_in_every_report() -> None:
    more = {"source": ["A paper on groups, 2007."], "tested": "Two studies tested the scale in 2012"}
    pack = a_pack(**more)
    then, now = (score(pack, replace(a_sheet(q1="most", q2=q2), date=day)) for q2, day in _TWO)
    partner = score(pack, replace(now.sheet, organisation="Carers"))
    people = pool(pack, [then.sheet, then.sheet])
    many = summarise(pack, Counting(pack).count([codes_of(pack, then.sheet.replies)] * 9), smallest_group=3)
    reports = [
        report_on(now, advise(now)),
        panel_report(people, advise(people.assessment)),
        report_on_two(compare(then, now)),
        report_on_two(compare(now, partner)),
        cohort_report(many),
    ]
    told = [plain.render(report) for report in reports]
    assert all("Two studies tested the scale in 2012." in one for one in told)
    assert not any("researchers have not tested" in one for one in told)
    assert all("Where they come from: A paper on groups, 2007." in one for one in told[:2])


_TWO = (("some", "2026-11-23"), ("most", "2027-11-23"))


def test_a_score_comes_with_its_band_and_what_the_band_means() -> None:
    said = summary(score(a_pack(), a_sheet(q1="most", q2="some")))
    assert said == "How ready Riverside is to work with others: Developing, 50 out of 100. On the way."


@pytest.mark.parametrize(
    ("replies", "ending"),
    [
        ({"q1": "?", "q2": "?"}, "too little is known. It could be anything from At risk to Ready."),
        (
            {"q1": "most", "q2": "?", "q3": "?"},
            "too little is known. It could be anything from At risk to Ready (22 to 89 out of 100).",
        ),
        ({"q1": "none", "q2": "?", "q3": "?"}, "At risk (0 to 67 out of 100). Too little is known for one figure."),
    ],
)
def test_where_too_little_is_known_it_is_told_what_it_could_be(replies: dict[str, str], ending: str) -> None:
    flag = {"reason": "it burns", "caps_at": "at-risk"}
    levels = [a_choice("none", 0, flag=flag), a_choice("most", 2), a_choice("all", 3)]
    pack = a_pack(*(a_question(name, "size", choices=levels) for name in replies))
    assert summary(score(pack, a_sheet(**replies))) == f"How ready Riverside is to work with others: {ending}"


def test_what_capped_means_is_told_once_and_only_where_something_is() -> None:
    flag = {"reason": "it burns", "caps_at": "at-risk"}
    pack = a_pack(a_question("q1", "size", choices=[a_choice("bad", 3, flag=flag), a_choice("good", 3)]))
    told = [
        page(score(pack, a_sheet(q1=word))).count("“Capped” means held down by a red flag") for word in ("bad", "good")
    ]
    assert told == [1, 0]


@pytest.mark.parametrize(
    ("caps", "told"),
    [
        (["at-risk"], "Until that is settled, the overall result cannot rise above At risk."),
        (["at-risk"] * 2, "Until all are settled, the overall result cannot rise above At risk."),
        (
            ["developing", "at-risk"],
            (
                "Until the first is settled, the overall result cannot rise above At risk; "
                "until all are settled, not above Developing."
            ),
        ),
        (
            ["developing", "at-risk", "at-risk"],
            (
                "Until the first 2 are settled, the overall result cannot rise above At risk; "
                "until all are settled, not above Developing."
            ),
        ),
    ],
)
def test_how_far_red_flags_hold_the_result_down_is_true_after_each_is_settled(caps: list[str], told: str) -> None:
    levels = [[a_choice("bad", 3, flag={"reason": "it burns", "caps_at": cap}), a_choice("good", 3)] for cap in caps]
    pack = a_pack(*(a_question(f"q{i}", "size", choices=two) for i, two in enumerate(levels)))
    out = " ".join(page(score(pack, a_sheet(**{f"q{i}": "bad" for i in range(len(caps))}))).split())
    assert told in out


def page(assessment: Assessment) -> str:
    return plain.render(report_on(assessment, advise(assessment)))


def test_old_answers_are_shown_as_they_were_given() -> None:
    old: dict[str, Reply] = {
        "gone": DontKnow(), "q2": NotApplicable("No staff."), "q1": Chose(("long-ago",), note="We met."),
    }  # fmt: skip
    asides = [SetAside(name, Aside.CHANGED, reply, "1-2") for name, reply in old.items()]
    nameless = SetAside("f00", Aside.RETIRED, DontKnow(), "", nameless=True)
    out = page(score(a_pack(), replace(a_sheet(), set_aside=(*asides, nameless))))
    kept = out[out.index("Kept but not scored") :]
    told = [
        "How far is q1?", "The old answer: long-ago", "Note: We met.",
        "Not scored: what it takes as an answer has changed.",
        "How far is q2?", "The old answer: Does not apply. Reason: No staff.", "Not scored:",
        "gone", "Not scored:",
        "1 question that is no longer asked", "Not scored, and left out here.",
    ]  # fmt: skip
    found = 0
    for words in told:
        found = kept.index(words, found) + len(words)
    assert "f00" not in out


def test_how_thresholds_count_is_told_where_there_are_any() -> None:
    several = a_question("q1", "size", several=True, thresholds=[2, 3])
    for question, is_told in ((several, True), (a_question("q1", "size"), False)):
        pack = a_pack(question)
        made = score(pack, a_sheet(pack))
        assert ("how many of these your answers reach" in plain.render(report_on(made, advise(made)))) is is_told


def test_a_step_of_a_question_with_several_answers_promises_no_more_than_all_of_them_give() -> None:
    """With thresholds at 2 and 4, one answer more would change nothing."""
    step = {"do": "Add another one.", "effort": 1}
    choices = [a_choice("a", 2, step=step), *(a_choice(name, 1) for name in "bc")]
    pack = a_pack(a_question("q1", "size", several=True, thresholds=[2, 4], choices=choices))
    made = score(pack, a_sheet(q1=("a",)))
    told = plain.render(report_on(made, advise(made), explain=True))
    assert "Worth up to 50 points overall." in told
    assert "points are the levels that its answers reach together: one more at 2 and 4." in told
    assert "They count: “A of it.” 2, “B of it.” 1 and “C of it.” 1." in told
