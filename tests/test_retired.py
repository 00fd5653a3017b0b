"""Questions that were dropped are told by their words and the reason; those to come are told, and asked of nobody."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from builders import a_pack, a_question, a_sheet
from test_prompts import NOBODY

from collabcheck.advice import advise
from collabcheck.answers import AnswerSheet, Aside, Chose, SetAside
from collabcheck.comparison.sides import compare
from collabcheck.doctor.check import check
from collabcheck.doctor.summary import summarise
from collabcheck.files.imports.bringing import bring
from collabcheck.files.imports.people import Wishes
from collabcheck.files.sheets import sheet_from, sheet_text
from collabcheck.forms.blank import blank
from collabcheck.forms.excel import workbook
from collabcheck.integrity import examine
from collabcheck.interview import route
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError
from collabcheck.prompts.conversation import returning
from collabcheck.report import plain
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.report.outline.figures import pack_figures
from collabcheck.report.outline.library import trend_list
from collabcheck.scoring import score

GONE = {"id": "old", "text": "How old are you?", "since": "2", "because": "nobody could say.", "instead": "q1"}
COMING = {"id": "new", "text": "What is new?", "from": "3", "because": "the law will ask it"}
WHY = "it was dropped with version 2, because nobody could say; “How far is q1?” is asked instead"


def a_changed_pack(**more: Any) -> Pack:
    asked = (a_question("q1", "size"), a_question("q2", "size"))
    return a_pack(*asked, **{"version": "2", "retired": [GONE], "coming": [COMING], **more})


PACK = a_changed_pack()
BEFORE = a_pack(*(a_question(name, "size") for name in ("q1", "q2", "old", "new")))


def an_old_sheet(pack: Pack) -> AnswerSheet:
    """Return a sheet on the older version as it is read now."""
    text = sheet_text(BEFORE, a_sheet(BEFORE, q1="all", q2="some", old=Chose(("none",), "our note")), json=False)
    return sheet_from(pack, "a.yaml", text.encode())


def test_an_answer_to_a_question_that_was_dropped_is_told_with_its_words_and_the_reason() -> None:
    made = score(PACK, an_old_sheet(PACK))
    assert [(one.question, one.why) for one in made.sheet.set_aside] == [("old", Aside.RETIRED)]
    told = plain.render(report_on(made, advise(made)))
    assert "How old are you?" in told
    assert f"Not scored: {WHY}." in told
    assert "our note" in told


def test_one_that_the_pack_does_not_know_is_told_as_before() -> None:
    bare = a_changed_pack(retired=[])
    told = plain.render(report_on(made := score(bare, an_old_sheet(bare)), advise(made)))
    assert "Not scored: this version of the pack does not ask it." in told
    assert "How old are you?" not in told


def test_without_the_words_of_people_it_is_still_told_by_those_of_the_pack() -> None:
    sheet = an_old_sheet(PACK).without_words(PACK)
    made = score(PACK, sheet)
    told = plain.render(report_on(made, advise(made)))
    assert "How old are you?" in told
    assert "our note" not in told
    assert "no longer asked" not in told


def test_who_comes_back_is_told_why_it_was_dropped() -> None:
    lines = [line.plain for line in returning(PACK, an_old_sheet(PACK))]
    assert f"Since you answered “How old are you?”, {WHY}. Your answer stays in the file, unscored." in lines


def test_a_comparison_names_what_was_dropped() -> None:
    now = replace(a_sheet(PACK, q1="all", q2="all"), date="2027-11-23")
    told = plain.render(report_on_two(compare(score(PACK, an_old_sheet(PACK)), score(PACK, now))))
    assert f"How old are you? ({WHY})" in told
    assert "no longer asked" not in told


def test_an_import_says_of_a_workbook_and_of_a_table_what_is_not_asked_now() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(BEFORE, "Riverside")))
    for row in book["Answers"].iter_rows(min_row=2, max_col=7):
        if row[6].value in ("q1", "old", "new"):
            row[2].value = "Most of it."
    made = BytesIO()
    book.save(made)
    (person,) = bring(PACK, "a.xlsx", made.getvalue(), Wishes(today="2026-11-23")).people
    assert [(problem.message, problem.advice) for problem in person.problems] == [
        ("the question “old” was dropped with version 2 (cell G5)", "Clear the row; “q1” is asked in its place."),
        ("the question “new” is to come with version 3 (cell G6)", "Clear the row until then."),
    ]
    table = b"organisation,q1,old,How far is old?\nRiverside,most,most,most\n"
    told = "\n".join(bring(PACK, "a.csv", table, Wishes(today="2026-11-23")).warnings)
    assert "the column “old” is left out, as its question was dropped with version 2." in told


def test_a_sheet_that_answers_it_without_a_fingerprint_is_told_when_it_was_dropped() -> None:
    text = "pack: tiny\norganisation: A\ndate: 2026-11-23\nanswers:\n  old: none\n"
    with pytest.raises(CollabcheckError) as found:
        sheet_from(PACK, "a.yaml", text.encode())
    (problem,) = found.value.problems
    assert (problem.code, problem.message) == (
        Code.UNKNOWN_QUESTION,
        "the question “old” was dropped with version 2",
    )
    assert problem.advice == "Remove the line; “q1” is asked in its place."


def test_what_is_to_come_is_told_and_asked_of_nobody() -> None:
    assert [one.id for one in route(PACK, {})] == ["q1", "q2"]
    assert "What is new?" not in blank(PACK, "2026-11-23", "", "", "x.json")
    for page in (trend_list(PACK), pack_figures(PACK, summarise(PACK))):
        told = plain.render(page)
        assert "What is new?" in told
        assert "From version 3, because the law will ask it." in told
    assert "Questions to come" not in plain.render(trend_list(BEFORE))


def test_an_author_sees_what_was_dropped() -> None:
    told = plain.render(pack_figures(PACK, summarise(PACK)))
    assert "How old are you?" in told
    assert f"{WHY[0].upper()}{WHY[1:]}." in told


def test_a_question_that_should_be_asked_by_now_is_remarked() -> None:
    late = a_changed_pack(coming=[{**COMING, "from": "2"}])
    assert ("coming", 0, "from") in [one.path for one in check(late, "2026-11-23").remarks]
    assert ("coming", 0, "from") not in [one.path for one in check(PACK, "2026-11-23").remarks]
    later = a_changed_pack(version="2026.10", coming=[{**COMING, "from": "2026.9"}])
    assert ("coming", 0, "from") in [one.path for one in check(later, "2026-11-23").remarks]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"retired": [{**GONE, "id": "q1"}]}, Code.DUPLICATE_ID),
        ({"coming": [{**COMING, "id": "q1"}]}, Code.DUPLICATE_ID),
        ({"coming": [{**COMING, "id": "old"}]}, Code.DUPLICATE_ID),
        ({"retired": [{**GONE, "instead": "q9"}]}, Code.UNKNOWN_ID),
    ],
)
def test_ids_are_never_used_again_and_lead_somewhere(more: dict[str, Any], code: Code) -> None:
    (finding,) = examine(a_changed_pack(**more))
    assert finding.code is code


def test_nothing_is_said_of_a_sheet_that_never_answered_it() -> None:
    made = score(PACK, replace(NOBODY, replies={"q1": Chose(("all",))}))
    assert "How old" not in plain.render(report_on(made, advise(made)))
    assert SetAside("old", Aside.RETIRED, Chose(("none",)), "") not in made.sheet.set_aside


@pytest.mark.parametrize(
    ("changes", "said", "advice"),
    [
        (
            {"retired": [{**GONE, "id": "q1"}]},
            "“q1” is under “retired”, and is asked all the same",
            "Remove it from one of the two",
        ),
        (
            {"coming": [{**COMING, "id": "q1"}]},
            "“q1” is under “coming”, and is asked all the same",
            "Remove it from one of the two",
        ),
        ({"coming": [{**COMING, "id": "old"}]}, "“old” is the id of a question that was dropped", "an id of its own"),
        ({"retired": [{**GONE, "instead": "old"}]}, "nobody is asked “old” any more", "Use one that is asked"),
        ({"retired": [{**GONE, "instead": "new"}]}, "nobody is asked “new” yet", "Use one that is asked"),
    ],
)
def test_what_is_gone_or_to_come_is_no_question_of_today(changes: dict[str, Any], said: str, advice: str) -> None:
    (found,) = examine(a_changed_pack(**changes))
    assert said in found.message
    assert advice in found.advice


def test_a_condition_on_a_question_that_is_gone_is_told_what_is_asked_instead() -> None:
    waits = a_question("q2", "size", when={"question": "old", "is": ["all"]})
    (found,) = examine(a_pack(a_question("q1", "size"), waits, retired=[{**GONE, "instead": "q1"}]))
    assert found.advice == "Use “q1”, which is asked in its place, or remove this."


def test_an_answer_to_a_question_to_come_is_told_when_it_comes() -> None:
    text = "pack: tiny\norganisation: A\ndate: 2026-11-23\nanswers:\n  new: none\n"
    with pytest.raises(CollabcheckError) as found:
        sheet_from(PACK, "a.yaml", text.encode())
    assert [one.message for one in found.value.problems] == ["the question “new” is to come with version 3"]


def test_what_is_asked_instead_is_not_repeated_without_end() -> None:
    gone = [{**GONE, "id": f"old-{number}"} for number in range(30)]
    asked = ({**a_question("q1", "size"), "text": "x" * 3_900}, a_question("q2", "size"))
    (found,) = examine(a_pack(*asked, retired=gone))
    assert (found.code, found.path) == (Code.TOO_BIG, ("retired", 25, "instead"))
