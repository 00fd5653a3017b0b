"""A level may count only with a note or evidence: without it the answer is kept, is told, and is not known."""

import json
from dataclasses import replace
from typing import Any

import pytest
from builders import a_choice, a_pack, a_question, a_sheet
from hypothesis import given
from hypothesis import strategies as st
from test_prompts import NOBODY, ScriptedAsker

from collabcheck.advice import advise
from collabcheck.answers import Chose, DontKnow, Unproved, counted, lacking
from collabcheck.coding import code, codes_of, counts_as, reply_of
from collabcheck.cohort.counting import Counting
from collabcheck.comparison.progress import Change, Progress
from collabcheck.comparison.sides import compare
from collabcheck.files.imports.names import Holds, Part, names_of
from collabcheck.files.imports.replies import Cell, listen
from collabcheck.files.recogniser import Recogniser
from collabcheck.files.sheets import sheet_from, sheet_text
from collabcheck.forms.blank import blank
from collabcheck.forms.paper import paper
from collabcheck.forms.parts import asides
from collabcheck.forms.xlsform import survey
from collabcheck.integrity import examine
from collabcheck.lift import Lift
from collabcheck.panel import pool
from collabcheck.problems import Code, Place
from collabcheck.prompts.conversation import Conversation
from collabcheck.report import plain
from collabcheck.report.comparison_data import comparison_data
from collabcheck.report.data import assessment_data
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.report.outline.panel import panel_report
from collabcheck.report.panel_data import panel_data
from collabcheck.scoring import score

BURNS = {"reason": "it burns", "caps_at": "at-risk"}
LEVELS = [a_choice("none"), a_choice("some", 1, requires="note"), a_choice("all", 2, requires="evidence")]
PACK = a_pack(*(a_question(name, "size", choices=LEVELS) for name in ("q1", "q2", "q3")))
SEEN = Chose(("all",), evidence="minutes of May")
NOT_SEEN = Chose(("all",))


# What it is worth.


@given(st.sampled_from(["some", "all"]), st.sampled_from(["none", "?", "-"]))
def test_without_what_it_requires_a_level_is_scored_as_not_known(level: str, other: str) -> None:
    bare, unknown = score(PACK, a_sheet(q1=level, q2=other)), score(PACK, a_sheet(q1="?", q2=other))
    assert bare.overall == unknown.overall
    assert bare.factors == unknown.factors
    assert bare.unknown == unknown.unknown


@pytest.mark.parametrize(
    ("reply", "counts"),
    [
        (SEEN, True),
        (replace(NOT_SEEN, note="a note"), False),
        (replace(NOT_SEEN, evidence="   "), False),
        (Chose(("some",), note="a note"), True),
        (Chose(("some",), evidence="minutes"), False),
        (Chose(("none",)), True),
    ],
)
def test_it_counts_with_that_and_with_nothing_else(reply: Chose, counts: bool) -> None:  # noqa: FBT001
    assert isinstance(counted(PACK.question["q1"], reply), Chose) is counts
    assert bool(score(PACK, a_sheet(q1=reply)).factors[0].parts) is counts


def test_of_several_choices_each_has_to_have_what_it_requires() -> None:
    pack = a_pack(a_question("q1", "size", choices=LEVELS, several=True, full_at=3))
    question, both = pack.question["q1"], ("some", "all")
    assert counted(question, Chose(both, "n", "e")) == Chose(both, "n", "e")
    assert counted(question, Chose(both, "n")) == Unproved("n", "", both, ("evidence",))
    assert counted(question, Chose(both)) == Unproved("", "", both, ("note", "evidence"))


def test_conditions_look_at_what_was_said() -> None:
    first = a_question("q1", "size", choices=LEVELS)
    pack = a_pack(first, a_question("q2", "size", when={"question": "q1", "is": ["all"]}))
    assert [one.id for one in score(pack, a_sheet(q1=NOT_SEEN)).asked] == ["q1", "q2"]
    assert [one.id for one in score(pack, a_sheet(q1="some")).asked] == ["q1"]


def test_the_answer_that_would_lift_is_one_that_could_be_seen() -> None:
    found = advise(score(PACK, a_sheet(q1="none", q2=SEEN, q3=SEEN))).lift
    assert isinstance(found, Lift)
    assert (found.question.id, found.reply.choices) == ("q1", ("some",))


def test_several_people_count_one_by_one() -> None:
    people = [a_sheet(q1=reply, q2=SEEN, q3=SEEN) for reply in (SEEN, NOT_SEEN, DontKnow())]
    panel = pool(PACK, people)
    (told,) = [one for one in panel.assessment.heard if one.question.id == "q1"]
    assert (len(told.chosen), told.unknown, told.unproved) == (1, 2, 1)
    assert panel.assessment.sheet.replies["q1"].evidence, "the middle answer counts, whoever has the evidence"
    text = plain.render(panel_report(panel, advise(panel.assessment)))
    assert "1 says “All of it”" in text
    assert "1 does not know" in text
    assert "1 has an answer that is not counted yet" in text
    data = panel_data(panel, advise(panel.assessment))["questions"]["q1"]
    assert (data["not_counted"], data["unknown"], data["counts"]) == (1, 2, {"all": 1})


def test_a_cohort_counts_it_as_not_known() -> None:
    question = PACK.question["q1"]
    assert [code(question, reply) for reply in (SEEN, NOT_SEEN)] == ["all", "~all"]
    assert [counts_as(question, one) for one in ("all", "~all")] == ["all", "dont-know"]
    assert reply_of("~some all") == Chose(("some", "all"))
    bare, unknown = (Counting(PACK).count([codes_of(PACK, a_sheet(q1=word).replies)]) for word in ("all", "?"))
    assert bare == unknown


def test_a_sheet_without_words_scores_the_same() -> None:
    for reply in (SEEN, NOT_SEEN, Chose(("some",), "secret"), Chose(("some",), evidence="secret")):
        sheet = a_sheet(PACK, q1=reply, q2=SEEN)
        without = sheet.without_words(PACK)
        assert "secret" not in repr(without.replies)
        assert "May" not in repr(without.replies)
        assert score(PACK, without).overall == score(PACK, sheet).overall


# What is told of it.


def test_a_report_says_that_it_does_not_count_and_what_to_do() -> None:
    made = score(PACK, a_sheet(q1=NOT_SEEN, q2=SEEN, q3=SEEN))
    told = plain.render(report_on(made, advise(made), explain=True))
    not_counted = "All of it. (Not counted until you say where it can be seen.)"
    assert f"Your answer: {not_counted}" in told, "in what to find out"
    assert told.count(not_counted) >= 3, "there, among all answers, and in the arithmetic"
    assert "Without, they are not known." in told
    assert "2 are answered; 1 has an answer that is not counted yet." in told
    data = assessment_data(made, advise(made))
    assert data["answers"]["q1"] == {"choices": ["all"], "note": None, "evidence": None, "lacks": ["evidence"]}
    assert "lacks" not in data["answers"]["q2"]
    assert data["find_out"][0]["said"] == "not-counted"


def test_a_comparison_takes_it_for_not_known() -> None:
    one = score(PACK, a_sheet(q1=NOT_SEEN, q2=SEEN, q3=SEEN))
    two = score(PACK, replace(a_sheet(q1=SEEN, q2=SEEN, q3=SEEN), organisation="Another"))
    assert "minutes" not in json.dumps(comparison_data(compare(one, two)))
    later = score(PACK, replace(a_sheet(q1=SEEN, q2=SEEN, q3=SEEN), date="2027-11-23"))
    progress = compare(one, later)
    assert isinstance(progress, Progress)
    assert [(one.pair.question.id, one.change) for one in progress.changed] == [("q1", Change.LEARNT)]


def test_what_is_left_out_of_a_report_for_others_is_not_said_to_lack_and_not_quoted() -> None:
    levels = [*LEVELS, a_choice("most", 3)]
    pack = a_pack(a_question("q1", "size", choices=levels, several=True, full_at=3), a_question("q2", "size"))
    half, whole = Chose(("some", "all"), "a secret"), Chose(("some", "all"), "a secret", "a secret place")
    told, data = [], []
    for reply, lacks in ((half, ["evidence"]), (whole, None)):
        sheet = a_sheet(pack, q1=reply, q2="all").without_words(pack)
        made = score(pack, sheet)
        told += [plain.render(report_on(made, advise(made)))]
        data += [assessment_data(made, advise(made))["answers"]["q1"]]
        assert data[-1].get("lacks") == lacks
        panel = pool(pack, [sheet, sheet])
        told += [plain.render(panel_report(panel, advise(panel.assessment)))]
        data += [panel_data(panel, advise(panel.assessment))["questions"]["q1"]]
    assert "(Not counted until you say where it can be seen.)" in told[0]
    assert not [text for text in told if "Note:" in text or "Evidence:" in text or "Notes to the questions" in text]
    assert not [one for one in data if one.get("note") or one.get("notes") or one.get("evidence")]


def test_what_several_people_need_for_a_level_is_no_note_of_theirs() -> None:
    then = [replace(a_sheet(PACK, q1="none"), date="2025-11-23")] * 2
    now = [a_sheet(PACK, q1=Chose(("some",), f"note {i}")) for i in range(2)]
    told = plain.render(report_on_two(compare(score(PACK, *then), score(PACK, *now))))
    assert "Now: 2 say “Some of it”." in told
    assert "Note now:" not in told


def test_of_a_question_that_is_not_asked_nothing_is_missing_and_nothing_counts() -> None:
    later = {"when": {"question": "q1", "is": ["some"]}}
    bare = a_question("q2", "size", choices=LEVELS, **later)
    counts = a_question("q3", "size", not_applicable={"counts_as": "all"}, **later)
    pack = a_pack(a_question("q1", "size"), bare, counts)
    made = score(pack, a_sheet(q1="all", q2=NOT_SEEN, q3="-"))
    told = plain.render(report_on(made, advise(made)))
    assert "All of it.\nNot scored: your other answers mean that this question is not asked." in told
    assert "Not counted until" not in told
    assert "It counts as" not in told


# What a pack may say.


@pytest.mark.parametrize(
    "question",
    [
        a_question("q1", choices=LEVELS),
        a_question("q1", "size", choices=[*LEVELS, a_choice("most", 3, requires="note", flag=BURNS)]),
        a_question("q1", "size", choices=LEVELS, not_applicable={"counts_as": "all"}),
    ],
)
def test_a_requirement_that_makes_no_sense_is_told(question: dict[str, Any]) -> None:
    found = examine(a_pack(question, a_question("q2", "size")))
    assert {one.code for one in found} == {Code.BAD_VALUE}
    assert all(one.advice for one in found)


def test_a_sheet_notices_that_a_level_requires_something_now() -> None:
    bare = [{**choice, "requires": None} for choice in LEVELS]
    prints = [a_pack(a_question("q1", "size", choices=c)).question["q1"].fingerprint for c in (LEVELS, bare)]
    assert len({*prints}) == 2
    assert len({one.split("-")[0] for one in prints}) == 1


# Sheets, forms and tables.


@pytest.mark.parametrize("reply", [SEEN, NOT_SEEN, Chose(("some",)), Chose(("some",), "n"), Chose(("none",))])
def test_it_is_kept_as_it_was_written(reply: Chose) -> None:
    sheet = a_sheet(PACK, q1=reply)
    text = sheet_text(PACK, sheet, json=True)
    assert sheet_from(PACK, "a.json", text.encode()).replies == {"q1": reply}
    assert Recogniser(PACK).codes_of(json.loads(text)) == codes_of(PACK, sheet.replies)


def test_every_form_says_what_counts_only_with_something() -> None:
    note, seen = (
        "“Some of it.” counts only if you add a note.",
        "“All of it.” counts only if you say where it can be seen.",
    )
    assert list(asides(PACK, PACK.question["q1"])) == [note, seen]
    for text in (blank(PACK, "2026-11-23", "", "", "x.json"), paper(PACK)):
        assert text.count(note) == text.count(seen) == 3
    rows = {row["name"]: row for row in survey(PACK)}
    assert rows["q1___requires___all"]["label"] == seen
    assert rows["q1___requires___all"]["relevant"] == "selected(${q1}, 'all')"
    assert rows["q1___evidence"]["type"] == "text"
    assert rows["q1___note"]["label"] == "Question 1: anything to add", "where it can be seen has a field of its own"


def test_an_example_in_a_blank_sheet_can_be_used_as_it_is() -> None:
    line = next(one for one in blank(PACK, "2026-11-23", "", "", "x").splitlines() if "Such as: {" in one)
    text = f"pack: tiny\norganisation: A\ndate: 2026-11-23\nanswers:\n  q1: {line.split('Such as: ')[1]}\n"
    reply = sheet_from(PACK, "a.yaml", text.encode()).replies["q1"]
    assert isinstance(counted(PACK.question["q1"], reply), Chose)


def test_an_import_keeps_it_and_says_that_it_does_not_count() -> None:
    cells = {Holds(Part.ANSWER, "q1"): Cell("All of it.", Place("a.csv", 2, 1))}
    heard = listen(PACK, cells)
    assert heard.replies == {"q1": NOT_SEEN}
    assert heard.warnings == ["a.csv:2:1: “q1” is kept and does not count, for lack of evidence."]
    more = {**cells, Holds(Part.EVIDENCE, "q1"): Cell("minutes of May", Place("a.csv", 2, 2))}
    assert (listen(PACK, more).replies, listen(PACK, more).warnings) == ({"q1": SEEN}, [])


def test_who_asks_asks_for_it_there_and_then_and_it_may_be_left_out() -> None:
    asker = ScriptedAsker(["3", "minutes of May", "3", "", "1", "r"])
    done = Conversation(asker, PACK, NOBODY, lambda _: None).run()
    assert done.replies == {"q1": SEEN, "q2": NOT_SEEN, "q3": Chose(("none",))}
    shown = asker.shown.getvalue()
    assert "This counts only if you say where it can be seen (Enter alone leaves it out" in shown
    assert "Not counted until you say where it can be seen." in shown, "in the check of all answers"


@pytest.mark.parametrize("header", ["q1___evidence", "Question 1: where it can be seen"])
def test_the_field_of_the_form_for_phones_comes_back_as_evidence(header: str) -> None:
    assert names_of(PACK).meaning(header) == Holds(Part.EVIDENCE, "q1")


@pytest.mark.parametrize("header", ["q1___note", "Question 1: anything to add"])
def test_the_field_for_a_note_beside_it_comes_back_as_a_note(header: str) -> None:
    assert names_of(PACK).meaning(header) == Holds(Part.NOTE, "q1")


@pytest.mark.parametrize("unseen", ["\u200b", "\u2800\u2800", "\u0301", "\ufe0f"])
def test_what_nobody_can_see_is_neither_a_note_nor_evidence(unseen: str) -> None:
    question = a_pack(a_question("q1", "size", choices=[a_choice("no"), a_choice("yes", 1, requires="note")])).question
    assert lacking(question["q1"], Chose(("yes",), unseen, "minutes")) == ("note",)
