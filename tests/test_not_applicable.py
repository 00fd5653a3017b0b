"""A question says whether “does not apply” takes a reason, and what it counts as: nothing, or one of its levels."""

import json
from dataclasses import replace
from typing import Any

import pytest
from builders import a_choice, a_pack, a_question, a_sheet
from hypothesis import given
from hypothesis import strategies as st
from test_advice import a_guide
from test_prompts import NOBODY, ScriptedAsker

from collabcheck.advice import advise
from collabcheck.answers import AnswerSheet, Chose, NotApplicable, Reply
from collabcheck.coding import codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.comparison.sides import compare
from collabcheck.files.imports.names import Holds, Part
from collabcheck.files.imports.replies import Cell, listen
from collabcheck.files.recogniser import Recogniser
from collabcheck.files.sheets import sheet_from, sheet_text
from collabcheck.fitting import SheetFile, fit
from collabcheck.forms.blank import blank
from collabcheck.forms.paper import paper
from collabcheck.forms.parts import asides
from collabcheck.forms.xlsform import survey
from collabcheck.integrity import examine
from collabcheck.pack import Pack
from collabcheck.panel import pool
from collabcheck.plan import Plan
from collabcheck.problems import Code, Findings, Place
from collabcheck.prompts.conversation import Conversation
from collabcheck.renewal import State, renew
from collabcheck.report import plain
from collabcheck.report.comparison_data import comparison_data
from collabcheck.report.data import assessment_data
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.report.outline.panel import panel_report
from collabcheck.report.outline.plan import plan_of
from collabcheck.report.panel_data import panel_data
from collabcheck.scoring import score

BURNS = {"reason": "it burns", "caps_at": "at-risk"}
STEP = {"do": "Begin.", "effort": 1}
LEVELS = [a_choice("none", 0, step=STEP, flag=BURNS), a_choice("some", 1, step=STEP), a_choice("all", 2)]


def a_pack_where(**rules: Any) -> Pack:
    """A pack with the questions q1 to q3, some of which have a rule of their own."""
    more = {name: {"not_applicable": rule} for name, rule in rules.items()}
    names = ("q1", "q2", "q3")
    return a_pack(*(a_question(name, "size", choices=LEVELS, **more.get(name, {})) for name in names))


COUNTS = a_pack_where(q1={"counts_as": "some"})
ALLOWED = a_pack_where(q1="allowed")
PLAIN = a_pack_where()


# What it is worth.


@given(
    st.sampled_from(["none", "some", "all"]), st.sampled_from(["none", "all", "?", "-"]), st.sampled_from(["", "No."])
)
def test_it_is_scored_as_if_its_level_had_been_chosen(level: str, other: str, reason: str) -> None:
    pack = a_pack_where(q1={"counts_as": level})
    left = score(pack, a_sheet(q1=NotApplicable(reason), q2=other))
    chosen = score(pack, a_sheet(q1=level, q2=other))
    assert left.overall == chosen.overall
    assert left.factors == chosen.factors
    assert left.raised == chosen.raised
    assert (left.unresolved, left.cleared) == (chosen.unresolved, chosen.cleared)


def test_without_such_a_rule_it_is_left_out_of_the_score() -> None:
    for pack in (PLAIN, ALLOWED):
        assert score(pack, a_sheet(q1="-", q2="all", q3="all")).factors[0].left_out == (pack.question["q1"],)


def test_conditions_look_at_what_was_said_and_not_at_what_it_counts_as() -> None:
    waits = a_question("q2", "size", when={"question": "q1", "is": ["none"]})
    pack = a_pack(a_question("q1", "size", not_applicable={"counts_as": "all"}), waits)
    assert [one.id for one in score(pack, a_sheet(q1="-")).asked] == ["q1", "q2"], "not known, so it is asked"
    assert [one.id for one in score(pack, a_sheet(q1="all")).asked] == ["q1"]


def test_several_people_count_the_same_way_and_it_is_told() -> None:
    people = [a_sheet(q1=word, q2="all", q3="all") for word in ("-", "some", "all")]
    chosen = [a_sheet(q1="some", q2="all", q3="all"), *people[1:]]
    panel = pool(COUNTS, people)
    assert panel.assessment.overall == pool(COUNTS, chosen).assessment.overall
    told = plain.render(panel_report(panel, advise(panel.assessment)))
    assert "2 say “Some of it” (1 of them by saying that it does not apply)" in told
    data = panel_data(panel, advise(panel.assessment))["questions"]
    assert (data["q1"]["presumed"], data["q1"]["not_applicable"]) == (1, 0)
    assert "presumed" not in data["q2"]
    assert data["q1"]["reasons"] == ["not us"]


def test_a_cohort_counts_it_as_that_level() -> None:
    left, chosen = (
        Counting(COUNTS).count([codes_of(COUNTS, a_sheet(q1=word, q2="all").replies)]) for word in ("-", "some")
    )
    assert left == chosen


# What follows from it.


def test_nobody_is_told_to_take_a_step_on_what_does_not_apply_to_them() -> None:
    advice = advise(score(COUNTS, a_sheet(q1="-", q2="some", q3="all")))
    assert [step.question.id for step in advice.steps] == ["q2"]
    left = a_pack_where(q1={"counts_as": "none"})
    nobody = a_sheet(q1=NotApplicable("No staff."), q2="all", q3="all")
    assert advise(score(left, nobody)).steps == ()
    for level, steps in (("some", []), ("none", ["q1"])):  # a red flag that one person raises is raised
        people = pool(left, [nobody, nobody, a_sheet(q1=level, q2="all", q3="all")])
        assert [step.question.id for step in advise(people.assessment).steps] == steps
    most = pool(left, [nobody, *[a_sheet(q1="some", q2="all", q3="all")] * 2])
    assert [step.question.id for step in advise(most.assessment).steps] == ["q1"]


def test_a_topic_that_does_not_apply_gets_no_guidance() -> None:
    levels = {"choices": LEVELS, "not_applicable": {"counts_as": "none"}}
    asked = [a_question("q1", "size", **levels), a_question("q2", "size", **levels), a_question("q3", "staff")]
    pack = a_pack(*asked, resources=[a_guide("help", factors=["size", "staff"])])

    def topics(*people: AnswerSheet) -> list[str]:
        return [part.factor.id for part in advise(pool(pack, people).assessment).guidance]

    nobody = a_sheet(q1="-", q2="-", q3="some")
    assert topics(nobody) == ["staff"]
    assert topics(nobody, nobody) == ["staff"]
    assert topics(a_sheet(q1="-", q2="all", q3="some")) == ["staff"], "what applies is at its best"
    assert topics(a_sheet(q1="-", q2="some", q3="all")) == ["size"]
    assert topics(a_sheet(q1="-", q2="?", q3="all")) == ["size"]


def test_what_does_not_apply_stays_so_in_the_search_for_an_answer_that_would_lift() -> None:
    found = advise(score(a_pack_where(q1={"counts_as": "some"}), a_sheet(q1="-", q2="some", q3="some"))).lift
    assert getattr(found, "question", None) is not COUNTS.question["q1"]


def test_a_step_of_an_older_plan_is_not_needed_then() -> None:
    before = score(COUNTS, a_sheet(q1="some", q2="all", q3="all"))
    now = score(COUNTS, a_sheet(q1="-", q2="all", q3="all"))
    plan = plan_of(renew(Plan(), before, advise(before)), before, advise(before))
    renewed = renew(plan, now, advise(now))
    assert [line.state for line in renewed.lines] == [State.NOT_NEEDED]


def test_of_several_people_those_whom_it_does_not_concern_leave_no_step_and_meet_no_condition() -> None:
    implication = {"id": "poor", "kind": "risk", "text": "T.", "why": "W.", "when": {"question": "q1", "is": ["none"]}}
    asked = a_question("q1", "size", choices=LEVELS, not_applicable={"counts_as": "none"})
    pack = a_pack(asked, a_question("q2", "size"), implications=[implication])

    def found(*words: str) -> tuple[list[str], str]:
        advice = advise(score(pack, *(a_sheet(q1=word, q2="all") for word in words)))
        return [step.question.id for step in advice.steps], advice.implications[0].applies.value

    for people in (1, 2, 3):
        assert found(*["-"] * people) == ([], "no")
    assert found("-", "-", "all") == ([], "no"), "it does not concern most of them"
    assert found("-", "some") == (["q1"], "no"), "the middle answer of those who chose one"
    assert found("-", "-", "none") == (["q1"], "no"), "one of them does raise the flag"


# What is told of it.


def test_a_flag_is_told_with_what_was_said() -> None:
    pack = a_pack_where(q1={"counts_as": "none"})
    alone = score(pack, a_sheet(q1="-", q2="all", q3="all"))
    told = plain.render(report_on(alone, advise(alone)))
    assert "You answered: Does not apply. Reason: Not us. It counts as “None of it”." in told
    assert "You answered: None of it." not in told
    panel = pool(pack, [a_sheet(q1=word, q2="all", q3="all") for word in ("-", "none", "all")])
    told = plain.render(panel_report(panel, advise(panel.assessment)))
    assert "2 of 3 people: None of it (1 of them by saying that it does not apply)." in told


def test_with_names_it_is_told_who_counts_as_a_level_and_of_nobody_who_was_not_asked() -> None:
    first = a_question("q1", "size", choices=LEVELS, not_applicable={"counts_as": "none"})
    pack = a_pack(first, a_question("q2", "size", when={"question": "q1", "is": ["all"]}))
    words = {"Ann": ("-", "?"), "Bob": ("all", "none"), "Cy": ("all", "all"), "Dee": ("some", "most")}
    panel = pool(pack, [replace(a_sheet(q1=one, q2=two), name=name) for name, (one, two) in words.items()])
    told = plain.render(panel_report(panel, advise(panel.assessment), named=True))
    assert "“None of it” (Ann) to “All of it” (Bob and Cy)" in told
    assert "Dee: “Most of it”" not in told
    told = plain.render(panel_report(panel, advise(panel.assessment)))
    assert "“None of it” (1, by saying that it does not apply) to “All of it” (2)" in told


def test_then_and_now_and_two_partners_are_not_the_same_if_one_says_that_it_does_not_apply() -> None:
    pack = a_pack(a_question("q1", "size", not_applicable={"counts_as": "none"}, fit=True), a_question("q2", "size"))
    one, two = score(pack, a_sheet(q1="-", q2="all")), a_sheet(q1="none", q2="all")
    partners = plain.render(report_on_two(compare(one, score(pack, replace(two, organisation="Another")))))
    assert "Your answers differ." in partners
    assert "Your answers are the same" not in partners
    since = plain.render(report_on_two(compare(one, score(pack, replace(two, date="2027-11-23")))))
    assert "Then: Does not apply. Reason: Not us. It counts as “None of it”." in since


def test_a_report_says_what_it_counts_as() -> None:
    made = score(COUNTS, a_sheet(q1=NotApplicable("we have none"), q2="all", q3="all"))
    told = plain.render(report_on(made, advise(made), explain=True))
    assert told.count("Does not apply. Reason: We have none. It counts as “Some of it”.") >= 2
    assert "is left out altogether, unless it counts as one of its answers: then that stands beside it." in told
    data = assessment_data(made, advise(made))["answers"]
    assert data["q1"]["counts_as"] == "some"
    assert data["q1"]["not_applicable"] == "we have none"
    assert "counts_as" not in data["q2"]


def test_a_partner_does_not_see_the_reason() -> None:
    pack = a_pack(a_question("q1", "size", not_applicable={"counts_as": "none"}, fit=True), a_question("q2", "size"))
    one = score(pack, a_sheet(q1=NotApplicable("secret words"), q2="all"))
    other = score(pack, replace(a_sheet(q1="all", q2="all"), organisation="Another"))
    fit_ = compare(one, other)
    told = plain.render(report_on_two(fit_))
    assert "Does not apply. It counts as “None of it”." in told
    data = json.dumps(comparison_data(fit_))
    assert '"counts_as": "none"' in data
    assert "secret" not in told + data


def test_without_a_reason_none_is_printed() -> None:
    made = score(ALLOWED, a_sheet(q1=NotApplicable(""), q2="all", q3="all"))
    told = plain.render(report_on(made, advise(made)))
    assert "Does not apply." in told
    assert "eason:" not in told
    assert "is left out altogether." in told
    assert "No reason is given, and none is needed." in told, "a flag that is set aside"


# What a pack may say.


@pytest.mark.parametrize(
    ("rule", "informs", "code"),
    [({"counts_as": "sme"}, ["size"], Code.UNKNOWN_ID), ({"counts_as": "some"}, [], Code.BAD_VALUE)],
)
def test_a_rule_that_makes_no_sense_is_told(rule: dict[str, str], informs: list[str], code: Code) -> None:
    odd = a_question("q1", *informs, choices=LEVELS, not_applicable=rule)
    (finding,) = examine(a_pack(odd, a_question("q2", "size")))
    assert (finding.code, finding.path[-2:]) == (code, ("not_applicable", "counts_as"))


def test_a_sheet_notices_that_it_counts_as_something_else_now() -> None:
    prints = [
        pack.question["q1"].fingerprint for pack in (PLAIN, ALLOWED, COUNTS, a_pack_where(q1={"counts_as": "all"}))
    ]
    assert prints[0] == prints[1]
    assert len({*prints}) == 3
    assert len({one.split("-")[0] for one in prints}) == 1, "the words are the same"


def test_what_it_counted_as_once_is_not_what_an_old_answer_counts_as() -> None:
    sheet = a_sheet(a_pack_where(q1={"counts_as": "all"}), q1=NotApplicable("we have none"), q2="all", q3="all")
    old = sheet_from(COUNTS, "a.json", sheet_text(COUNTS, sheet, json=True).encode())
    assert [one.question for one in old.set_aside] == ["q1"]
    made = score(COUNTS, old)
    told = plain.render(report_on(made, advise(made)))
    assert "The old answer: Does not apply. Reason: We have none.\nNot scored: what it takes as an answer has" in told
    asker = ScriptedAsker(["3", "r"])
    Conversation(asker, COUNTS, old, lambda _: None).run()
    shown = " ".join(asker.shown.getvalue().split())
    assert "Yours was: Does not apply. Reason: We have none." in shown
    assert "It counts as" not in shown


# Sheets, forms and tables.

WITHOUT = [NotApplicable(""), NotApplicable("", "a note", "minutes"), NotApplicable("we have none")]


@pytest.mark.parametrize("reply", WITHOUT)
@pytest.mark.parametrize("pack", [ALLOWED, COUNTS])
@pytest.mark.parametrize("as_json", [True, False])
def test_it_is_written_and_read_again_without_a_reason(pack: Pack, reply: Reply, *, as_json: bool) -> None:
    sheet = a_sheet(pack, q1=reply)
    text = sheet_text(pack, sheet, json=as_json)
    assert sheet_from(pack, "a.json" if as_json else "a.yaml", text.encode()).replies == {"q1": reply}
    if as_json:
        assert Recogniser(pack).codes_of(json.loads(text)) == codes_of(pack, sheet.replies)


@pytest.mark.parametrize("given", ["not-applicable", {"choice": "not-applicable"}, {"not_applicable": " "}])
def test_where_a_reason_is_needed_it_is_missed(given: Any) -> None:
    head = {"pack": "tiny", "organisation": "A", "date": "2026-11-23"}
    with pytest.raises(Findings) as found:
        fit(PLAIN, SheetFile.model_validate({**head, "answers": {"q1": given}}))
    assert [one.code for one in found.value.findings] == [Code.NO_REASON]
    assert Recogniser(PLAIN).codes_of({**head, "answers": {"q1": given}}) is None


def test_an_answer_from_when_none_was_needed_is_set_aside_and_asked_again() -> None:
    before, now = a_pack(a_question("q1", "size", not_applicable="allowed")), a_pack(a_question("q1", "size"))
    text = sheet_text(before, a_sheet(before, q1=NotApplicable("")), json=False)
    sheet = sheet_from(now, "a.yaml", text.encode(), "yaml")
    assert sheet.replies == {}
    assert [(aside.question, aside.reply) for aside in sheet.set_aside] == [("q1", NotApplicable(""))]
    again = sheet_from(now, "a.yaml", sheet_text(now, sheet, json=False).encode(), "yaml")
    assert again.set_aside == sheet.set_aside


def test_it_cannot_stand_beside_an_answer() -> None:
    several = a_pack(a_question("q1", "size", several=True, full_at=2, not_applicable="allowed"))
    head = {"pack": "tiny", "organisation": "A", "date": "2026-11-23"}
    with pytest.raises(Findings) as found:
        fit(several, SheetFile.model_validate({**head, "answers": {"q1": ["some", "not-applicable"]}}))
    assert [one.code for one in found.value.findings] == [Code.UNKNOWN_LEVEL]


def test_words_that_people_typed_are_left_out_and_it_scores_the_same() -> None:
    for reply in WITHOUT:
        sheet = a_sheet(COUNTS, q1=reply, q2="all")
        without = sheet.without_words(COUNTS)
        assert "minutes" not in repr(without.replies)
        assert bool(getattr(without.replies["q1"], "reason", "")) == bool(getattr(reply, "reason", ""))
        assert score(COUNTS, without).overall == score(COUNTS, sheet).overall


@pytest.mark.parametrize("pack", [ALLOWED, COUNTS])
def test_every_form_says_that_no_reason_is_needed_and_only_there(pack: Pack) -> None:
    first, second = pack.question["q1"], pack.question["q2"]
    assert list(asides(pack, first)) == ["If you choose “Does not apply to us”, you need not say why."]
    assert list(asides(pack, second)) == []
    text = blank(pack, "2026-11-23", "", "", "x.json")
    assert text.count("you need not say why: not-applicable") == 1
    printed = paper(pack)
    assert printed.count("`not-applicable`. Why, if you like:") == 1
    assert printed.count("Does not apply to us, because:") == 2
    reasons = [row for row in survey(pack) if row["name"].endswith("___reason")]
    assert [row.get("required") for row in reasons] == [None, "yes", "yes"]


def said(pack: Pack, **cells: str) -> Any:
    parts = {"answer": Part.ANSWER, "reason": Part.REASON, "note": Part.NOTE}
    found = {
        Holds(parts[name], "q1"): Cell(words, Place("a.csv", 2, i)) for i, (name, words) in enumerate(cells.items())
    }
    return listen(pack, found)


def test_a_table_need_not_say_why_either() -> None:
    for pack in (ALLOWED, COUNTS):
        assert said(pack, answer="Does not apply to us").replies == {"q1": NotApplicable("")}
        assert said(pack, answer="Does not apply to us", note="Hm.").replies == {"q1": NotApplicable("", "Hm.")}
        assert said(pack, answer="Does not apply to us", reason="No.").replies == {"q1": NotApplicable("No.")}
    assert [one.code for one in said(PLAIN, answer="Does not apply to us").problems] == [Code.NO_REASON]
    assert said(PLAIN, answer="Does not apply to us", note="Hm.").replies == {"q1": NotApplicable("Hm.")}


def test_who_asks_takes_no_reason_for_an_answer_where_none_is_needed() -> None:
    asker = ScriptedAsker(["x", "", "1", "1", "r"])
    done = Conversation(asker, ALLOWED, NOBODY, lambda _: None).run()
    assert done.replies == {"q1": NotApplicable(""), "q2": Chose(("none",)), "q3": Chose(("none",))}
    assert "Why does it not apply? (Enter alone gives no reason)" in asker.shown.getvalue()
    asker = ScriptedAsker(["x", "", "1", "1", "1", "r"])
    done = Conversation(asker, PLAIN, NOBODY, lambda _: None).run()
    assert done.replies["q1"] == Chose(("none",))
