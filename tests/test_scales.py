"""Choices that several questions share stand in a pack once; elsewhere it is as if each question had its own."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import a_choice, a_pack, a_question, a_sheet, pack_data
from commands import write_pack

from collabcheck.advice import advise
from collabcheck.comparison.sides import compare
from collabcheck.doctor.check import check
from collabcheck.doctor.remarks import Kind
from collabcheck.files.packs import open_pack, sound
from collabcheck.forms.paper import paper
from collabcheck.pack import Pack
from collabcheck.plan import Plan
from collabcheck.problems import Code, Finding, Findings
from collabcheck.renewal import renew
from collabcheck.report import plain
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.report.outline.plan import plan_of
from collabcheck.scoring import score

LEVELS = [a_choice("none", 0, step={"do": "Begin.", "effort": 1}), a_choice("some", 1), a_choice("all", 2)]
BURNS = {"reason": "it burns", "caps_at": "at-risk"}
AT = ("trends", 0, "themes", 0, "questions", 0)


def with_scale(name: str = "q1", scale: str | None = "amount", **more: Any) -> dict[str, Any]:
    question = {**a_question(name, "size"), "scale": scale, **more}
    if "choices" not in more:
        del question["choices"]
    return question


def data(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return pack_data(*questions, **{"scales": {"amount": LEVELS}, **more})


def wrong(*questions: dict[str, Any], **more: Any) -> list[Finding]:
    with pytest.raises(Findings) as found:
        sound(Pack.model_validate(data(*questions, **more)))
    return list(found.value.findings)


def test_a_question_with_a_scale_is_the_same_as_one_with_its_choices() -> None:
    shared = sound(Pack.model_validate(data(with_scale(), with_scale("q2"))))
    own = a_pack(a_question("q1", "size", choices=LEVELS), a_question("q2", "size", choices=LEVELS))
    for mine, theirs in zip(shared.questions, own.questions, strict=True):
        assert mine.choices == theirs.choices
        assert mine.fingerprint == theirs.fingerprint
    sheet = a_sheet(q1="some", q2="all")
    assert score(shared, sheet).overall.score == score(own, sheet).overall.score


def test_questions_about_the_organisation_may_have_a_scale_too() -> None:
    place = {**with_scale("place"), "informs": []}
    pack = sound(Pack.model_validate(data(a_question("q1", "size"), context=[place])))
    assert list(pack.question["place"].choice) == ["none", "some", "all"]


def test_steps_and_flags_of_a_question_take_the_place_of_those_of_its_scale() -> None:
    own = {"do": "Ask.", "effort": 2}
    pack = a_pack(with_scale(steps={"none": own, "some": own}, flags={"none": BURNS}), with_scale("q2"), **_scales())
    none, some, best = pack.question["q1"].choices
    assert (none.step, some.step, best.step) == (some.step, some.step, None)
    assert none.step is not None
    assert none.step.do == "Ask."
    assert none.flag is not None
    assert pack.question["q2"].choice["none"].flag is None
    assert [flag.question.id for flag in score(pack, a_sheet(q1="none", q2="none")).raised] == ["q1"]


def _scales() -> dict[str, Any]:
    return {"scales": {"amount": LEVELS}}


@pytest.mark.parametrize(
    ("question", "code", "path"),
    [
        (with_scale(choices=LEVELS), Code.UNEXPECTED, "scale"),
        (with_scale(scale="amuont"), Code.UNKNOWN_ID, "scale"),
        (with_scale(steps={"nome": {"do": "Ask.", "effort": 2}}), Code.UNKNOWN_ID, "steps"),
        (with_scale(flags={"nome": BURNS}), Code.UNKNOWN_ID, "flags"),
        (a_question("q1", "size", steps={"none": {"do": "Ask.", "effort": 2}}), Code.UNEXPECTED, "steps"),
        (a_question("q1", "size", flags={"none": BURNS}), Code.UNEXPECTED, "flags"),
        (with_scale(flags={"none": {**BURNS, "caps_at": "risky"}}), Code.UNKNOWN_ID, "flags"),
        (with_scale(steps={"none": {"do": "Ask.", "effort": 2, "resources": ["x"]}}), Code.UNKNOWN_ID, "steps"),
    ],
)
def test_what_does_not_go_together_is_told_at_its_place(question: dict[str, Any], code: Code, path: str) -> None:
    (finding,) = wrong(question)
    assert (finding.code, finding.path[: len(AT) + 1]) == (code, (*AT, path))
    assert finding.advice


def test_a_question_with_neither_choices_nor_a_scale_is_told() -> None:
    (finding,) = wrong(with_scale(scale=None))
    assert (finding.code, finding.path) == (Code.MISSING, AT)


def test_the_scale_that_is_meant_is_named() -> None:
    (finding,) = wrong(with_scale(scale="amuont"))
    assert finding.advice == "Did you mean “amount”?"


@pytest.mark.parametrize(
    ("choice", "path"),
    [
        (a_choice("none", 1), (0, "id")),
        (a_choice("dont-know", 1), (2, "id")),
        (a_choice("most", 1, flag={**BURNS, "caps_at": "risky"}), (2, "flag", "caps_at")),
    ],
)
def test_what_is_wrong_in_a_scale_is_told_there_and_once(choice: dict[str, Any], path: tuple[str | int, ...]) -> None:
    scale = [a_choice("some", 0), a_choice("all", 2), choice]
    twice = [choice, *scale] if path == (0, "id") else scale
    found = wrong(with_scale(), with_scale("q2"), scales={"amount": twice})
    home = ("scales", "amount", 3, "id") if path == (0, "id") else ("scales", "amount", *path)
    assert [finding.path for finding in found] == [home]


def test_a_scale_that_no_question_has_is_remarked_and_can_be_explained() -> None:
    more = {"scales": {"amount": LEVELS, "spare": LEVELS}}
    pack = sound(Pack.model_validate(data(with_scale(), **more)))
    unused = [remark.path for remark in check(pack, "2026-11-23").remarks if remark.kind is Kind.UNUSED]
    assert unused == [("scales", "spare")]
    because = {"remark": "unused", "about": ["spare"], "because": "It is for next year."}
    explained = sound(Pack.model_validate(data(with_scale(), **more, explained=[because])))
    assert not [remark for remark in check(explained, "2026-11-23").remarks if remark.kind is Kind.UNUSED]


def test_what_is_long_in_a_scale_is_told_once() -> None:
    long = {**a_choice("long", 3), "text": "A word. " * 40}
    pack = sound(Pack.model_validate(data(with_scale(), with_scale("q2"), scales={"amount": [*LEVELS, long]})))
    found = [remark.path for remark in check(pack, "2026-11-23").remarks if remark.kind is Kind.LONG]
    assert found == [("scales", "amount", 3, "text")]


# What is to be done.


def test_a_step_that_several_questions_share_says_wherever_it_stands_about_which_it_is() -> None:
    pack = a_pack(with_scale(), with_scale("q2"), **_scales())
    then = score(pack, a_sheet(pack, q1="none", q2="none"))
    now = score(pack, replace(a_sheet(pack, q1="some", q2="none"), date="2027-11-23"))
    advice = advise(then)
    about = ("About “How far is q1?”: Begin.", "About “How far is q2?”: Begin.")
    told = plain.render(report_on(then, advice))
    assert all(told.count(step) == 2 for step in about), "in short, and under first steps"
    assert "From the question" not in told
    plan = plan_of(renew(Plan(), then, advice), then, advice)
    assert [row["Step"] for row in plan.rows] == list(about)
    changed = plain.render(report_on_two(compare(then, now, plan)))
    assert changed.count(about[0]) == 1, "done"
    assert changed.count(about[1]) == 1, "still to do"


def test_a_step_of_one_question_stands_by_itself() -> None:
    own = a_pack(with_scale(), a_question("q2", "size"), **_scales())
    told = plain.render(report_on(made := score(own, a_sheet(q1="none", q2="none")), advise(made)))
    assert "About “" not in told
    assert "From the question: How far is q1?" in told


# Statements that are worded the other way round.


def test_of_a_statement_turned_round_nothing_is_said_that_holds_only_of_the_others() -> None:
    turned = [a_choice("disagree", 2), a_choice("partly", 1), a_choice("agree", 0)]
    pack = a_pack(with_scale("few-do-all", "turned"), with_scale("q2", "turned"), scales={"turned": turned})
    now = score(pack, a_sheet(pack, **{"few-do-all": "agree", "q2": "partly"}))
    then = score(pack, replace(a_sheet(pack, **{"few-do-all": "disagree", "q2": "partly"}), date="2025-11-23"))
    partner = score(pack, replace(now.sheet, organisation="Carers"))
    changed = plain.render(report_on_two(compare(then, now)))
    assert "Worse than it was:" in changed
    assert "Lower" not in changed
    joint = plain.render(report_on_two(compare(now, partner)))
    assert "Both of you are at the start here." in joint
    assert "in place" not in joint
    lifted = plain.render(report_on(now, advise(now)))
    assert "What you would have to be able to say: “" in lifted


# What an instrument has nothing of.


def test_nothing_is_said_of_what_a_pack_does_not_ask() -> None:
    guide: dict[str, Any] = dict.fromkeys(("title", "publisher", "date", "format", "what", "useful", "find"), "A guide")
    guide |= {"id": "guide", "factors": ["size"]}
    pack = a_pack(with_scale(), with_scale("q2"), aggregate="pooled", resources=[guide], **_scales())
    made = score(pack, a_sheet(pack, q1="none", q2="some"))
    told = plain.render(report_on(made, advise(made)))
    assert "Publishers move their pages" in told, "there is guidance"
    assert "where you work" not in told
    assert "Gains are no part" not in told
    assert "Every question counts the same." in told
    assert "every factor counts the same" not in told, "one with more questions counts more"
    joint = plain.render(report_on_two(compare(made, score(pack, replace(made.sheet, organisation="Carers")))))
    assert "way of working together" not in joint.casefold()
    assert "suit each other" not in joint
    assert "gain" not in joint
    assert "Only if" not in paper(pack)


def test_scales_make_no_more_of_a_pack_than_a_file_has_room_for() -> None:
    names = [f"q{number}" for number in range(201)]
    large = [a_choice(f"c{number}", number) for number in range(30)]
    asked = [with_scale(name) for name in names]
    assert len(sound(Pack.model_validate(data(*asked[:200], scales={"amount": large}))).questions) == 200
    (found,) = wrong(*asked, scales={"amount": large})
    assert (found.code, found.path[-2:]) == (Code.TOO_BIG, (200, "scale"))
    (found,) = wrong(*asked[:60], scales={"amount": [{**one, "text": "x" * 3_000} for one in LEVELS]})
    assert (found.code, found.path[-2:]) == (Code.TOO_BIG, (44, "scale"))


@pytest.mark.parametrize(
    ("choice", "question", "at", "said"),
    [
        (a_choice("none", alone=True), {}, ("scale",), "“none” in its scale has it"),
        (a_choice("none", requires="note"), {"informs": []}, ("scale",), "“none” in its scale requires a note"),
        (a_choice("none", requires="note"), {"flags": {"none": BURNS}}, ("flags", "none"), "would not be raised"),
    ],
)
def test_what_does_not_go_with_a_question_is_told_where_it_names_the_scale(
    choice: dict[str, Any], question: dict[str, Any], at: tuple[str, ...], said: str
) -> None:
    scale = [choice, *LEVELS[1:]]
    (found,) = wrong(with_scale(**question), a_question("q2", "size"), scales={"amount": scale})
    assert found.path[-len(at) :] == at
    assert said in found.message


# What an author is told.


def test_a_scale_whose_levels_have_no_step_is_told_once_and_at_its_place() -> None:
    bare = [a_choice("none", 0), a_choice("all", 1)]
    own = {"do": "Ask.", "effort": 1}
    questions = [with_scale(), with_scale("q2"), with_scale("q3", steps={"none": own})]
    pack = sound(Pack.model_validate(data(*questions, scales={"amount": bare})))
    (remark,) = (one for one in check(pack, "2026-11-23").remarks if one.kind is Kind.NO_STEP)
    assert remark.path == ("scales", "amount", 0)
    assert "whoever answers one of 2 questions with the scale “amount”, such as “q1”, with “none”" in remark.message


def test_of_questions_with_a_scale_only_those_are_counted_that_lack_the_same_steps() -> None:
    bare = [a_choice("none", 0), a_choice("some", 1), a_choice("all", 2)]
    questions = [with_scale(steps={"none": {"do": "Ask.", "effort": 1}}), with_scale("q2"), with_scale("q3")]
    pack = sound(Pack.model_validate(data(*questions, scales={"amount": bare})))
    told = [one.message for one in check(pack, "2026-11-23").remarks if one.kind is Kind.NO_STEP]
    one, others = told
    assert one == "whoever answers “q1” with “some” is not told what to do next"
    assert others.startswith("whoever answers one of 2 questions with the scale “amount”, such as “q2”, with “none”")


def test_what_is_said_of_a_question_with_a_scale_has_the_place_of_that_question(tmp_path: Path) -> None:
    files = open_pack(write_pack(tmp_path / "mine", data(a_question("q1", "size"), with_scale("q2"))))
    own = ("trends", 0, "themes", 0, "questions", 1)
    assert files.place((*own, "choices", 0)) == files.place(own) != files.place((*own[:-1], 0))
