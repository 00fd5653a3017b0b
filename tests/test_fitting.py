"""A sheet either fits its pack or is told everything that does not fit."""

import pytest
from builders import a_choice, a_pack, a_question
from pydantic import ValidationError

from collabcheck.answers import Aside, Chose, DontKnow, NotApplicable
from collabcheck.fitting import NAMELESS, SheetFile, fit
from collabcheck.pack import Pack
from collabcheck.problems import Code, Finding, Findings

PACK = a_pack(
    a_question("q1", "size"),
    a_question("q2", "size", several=True, full_at=3),
    a_question("who", means="role", informs=[]),
    discussion=[{"id": "effect", "text": "And so?", "hint": "Say."}],
)


def written(**more: object) -> SheetFile:
    return SheetFile.model_validate(
        {"pack": "tiny", "organisation": "Riverside", "date": "2026-11-23", "answers": {}, **more}
    )


def found(pack: Pack = PACK, /, **more: object) -> tuple[Finding, ...]:
    with pytest.raises(Findings) as raised:
        fit(pack, written(**more))
    return raised.value.findings


def test_every_way_to_write_an_answer_is_understood() -> None:
    sheet = fit(
        PACK,
        written(
            answers={
                "q1": {"choice": "most", "note": "since May", "evidence": "minutes"},
                "q2": ["some", "all"],
                "who": {"not_applicable": "we are a team", "note": "of two"},
            }
        ),
    )
    assert sheet.replies == {
        "q1": Chose(("most",), "since May", "minutes"),
        "q2": Chose(("some", "all")),
        "who": NotApplicable("we are a team", "of two"),
    }


@pytest.mark.parametrize("given", ["dont-know", {"choice": "dont-know"}])
def test_dont_know_is_a_reply_of_its_own(given: object) -> None:
    assert fit(PACK, written(answers={"q1": given})).replies == {"q1": DontKnow()}


def test_a_line_left_blank_is_no_answer() -> None:
    assert fit(PACK, written(answers={"q1": None})).replies == {}


def test_the_respondents_role_answers_the_question_that_asks_for_it() -> None:
    assert fit(PACK, written(respondent={"role": "some"})).replies == {"who": Chose(("some",))}


def test_two_roles_that_differ_are_a_problem() -> None:
    (finding,) = found(respondent={"role": "some"}, answers={"who": "all"})
    assert (finding.code, finding.path) == (Code.ROLE_TWICE, ("respondent", "role"))


def test_all_that_does_not_fit_is_said_at_once() -> None:
    findings = found(
        answers={"q1": ["some", "all"], "q2": "evry", "q3": "all", "who": {"not_applicable": " "}},
        discussion={"efect": "x"},
        targets={"siez": "ready", "size": "redy"},
    )
    assert {finding.code for finding in findings} == {
        Code.TWO_VALUES,
        Code.UNKNOWN_LEVEL,
        Code.UNKNOWN_QUESTION,
        Code.NO_REASON,
        Code.UNKNOWN_ID,
    }
    advice = " ".join(finding.advice for finding in findings)
    for meant in ("effect", "size", "ready"):
        assert f"“{meant}”" in advice


LONER = a_pack(
    a_question("q1", "size"),
    a_question("q2", several=True, choices=[a_choice("some"), a_choice("all"), a_choice("none", alone=True)]),
)


@pytest.mark.parametrize(("given", "at"), [(["some", "none"], (1,)), ({"choice": ["none", "all"]}, ("choice", 0))])
def test_none_of_these_cannot_stand_beside_one_of_these(given: object, at: tuple[str | int, ...]) -> None:
    (finding,) = found(LONER, answers={"q2": given})
    assert (finding.code, finding.path) == (Code.TWO_VALUES, ("answers", "q2", *at))
    assert (finding.message, finding.advice) == (
        "“none” cannot stand beside other answers",
        "Keep it alone, or remove it.",
    )


@pytest.mark.parametrize("given", ["none", ["none"], ["some", "all"]])
def test_none_of_these_is_an_answer_on_its_own(given: str | list[str]) -> None:
    chosen = (given,) if isinstance(given, str) else tuple(given)
    assert fit(LONER, written(answers={"q2": given})).replies == {"q2": Chose(chosen)}


@pytest.mark.parametrize("given", ["some, all", "Some; ALL", "some all", "[some, all]"])
def test_several_answers_in_one_text_are_shown_as_a_list(given: str) -> None:
    (finding,) = found(answers={"q2": given})
    assert (finding.code, finding.path) == (Code.UNKNOWN_LEVEL, ("answers", "q2"))
    assert finding.advice == "Write each by itself, in a list: [some, all]"


def test_an_answer_in_capitals_is_shown_as_its_id() -> None:
    (finding,) = found(answers={"q1": "Some"})
    assert finding.advice == "Did you mean “some”?"


def test_two_answers_in_one_text_are_no_list_where_one_is_taken() -> None:
    (finding,) = found(answers={"q1": "some, all"})
    assert "[" not in finding.advice


def test_a_blank_form_has_no_organisation_yet() -> None:
    (finding,) = found(organisation=NAMELESS)
    assert (finding.code, finding.path) == (Code.MISSING, ("organisation",))
    assert finding.advice == "Write its name there, in place of these words."


def test_a_sheet_for_another_pack_is_refused_by_name() -> None:
    (finding,) = found(pack="other")
    assert finding.code is Code.WRONG_PACK
    assert "other" in finding.message
    assert "tiny" in finding.message


@pytest.mark.parametrize("day", ["2026-02-30", "23.11.2026", "2026-1-1"])
def test_a_day_that_is_not_in_the_calendar_is_refused(day: str) -> None:
    with pytest.raises(ValidationError):
        written(date=day)


# A pack that changes after people have answered.


def answered(pack: Pack) -> SheetFile:
    return written(answers={"q1": "most"}, asked={"q1": pack.question["q1"].fingerprint})


def test_new_words_keep_the_answer_and_mark_it() -> None:
    reworded = a_pack(a_question("q1", "size", text="How far, would you say?"))
    sheet = fit(reworded, answered(PACK))
    assert sheet.replies == {"q1": Chose(("most",))}
    assert sheet.reworded(reworded) == {"q1"}


def test_new_levels_set_the_answer_aside_to_be_asked_again() -> None:
    choices = [{"id": "most", "text": "Most", "points": 1}, {"id": "all", "text": "All", "points": 2}]
    sheet = fit(a_pack(a_question("q1", "size", choices=choices)), answered(PACK))
    assert sheet.replies == {}
    assert [(aside.question, aside.why, aside.reply) for aside in sheet.set_aside] == [
        ("q1", Aside.CHANGED, Chose(("most",)))
    ]


def test_an_answer_to_a_question_that_is_gone_is_kept() -> None:
    sheet = fit(a_pack(a_question("q9", "size")), answered(PACK))
    assert [(aside.question, aside.why) for aside in sheet.set_aside] == [("q1", Aside.RETIRED)]


def test_an_unknown_question_without_a_fingerprint_is_a_mistake_and_not_an_old_one() -> None:
    (finding,) = found(a_pack(a_question("q9", "size")), answers={"q1": "most"})
    assert finding.code is Code.UNKNOWN_QUESTION


def test_what_only_an_older_pack_asked_is_kept_after_what_this_one_asks() -> None:
    older = fit(PACK, written(pack_version="0", discussion={"gone": "We agreed.", "effect": "Much."}))
    assert list(older.discussion.items()) == [("effect", ("Much.",)), ("gone", ("We agreed.",))]


@pytest.mark.parametrize("part", ["answers", "targets", "discussion", "asked"])
def test_a_part_left_empty_holds_nothing(part: str) -> None:
    assert fit(PACK, written(**{part: None})).replies == {}


def test_a_fingerprint_that_the_program_did_not_write_is_refused() -> None:
    with pytest.raises(ValidationError):
        written(answers={"q1": "most"}, asked={"q1": "nonsense"})


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060\u00ad", " \u200b ", "\u2800", "\u0301\ufe0f"])
def test_a_name_or_a_reason_that_nobody_can_see_is_none(unseen: str) -> None:
    for part in ({"organisation": unseen}, {"answers": {"q1": {"not_applicable": unseen}}}):
        data = {"pack": "tiny", "organisation": "O", "date": "2026-11-23", "answers": {}, **part}
        with pytest.raises(Findings):
            fit(a_pack(), SheetFile.model_validate(data))


def test_a_reason_that_nobody_can_see_is_none_where_none_is_needed() -> None:
    pack = a_pack(a_question("q1", "size", not_applicable="allowed"))
    given = {"q1": {"not_applicable": " \u2060", "note": "ours"}}
    assert fit(pack, written(answers=given)).replies == {"q1": NotApplicable("", "ours")}


def test_who_may_say_that_it_does_not_apply_is_told_how() -> None:
    pack = a_pack(a_question("q1", "size", not_applicable="allowed"))
    with pytest.raises(Findings) as found:
        fit(pack, written(answers={"q1": "n/a"}))
    assert "not-applicable" in found.value.findings[0].advice
