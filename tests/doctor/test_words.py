"""Words that are hard to read or bend the answers; and wording that only looks like it, which is left in peace."""

from typing import Any

import pytest
from builders import a_choice, a_pack, a_question, pack_data

from collabcheck.doctor.remarks import Kind, Remark
from collabcheck.doctor.words import HARDEST, LONGEST_CHOICE, LONGEST_QUESTION, words
from collabcheck.files.packs import load_pack
from collabcheck.pack import Pack

Q1 = ("trends", 0, "themes", 0, "questions", 0)
PLAIN = {"id": "plain", "text": "Some of it.", "points": 0}


def asked(text: str, **more: Any) -> list[Remark]:
    return list(words(a_pack(a_question("q1", "size", text=text, **more))))


def kinds(text: str, **more: Any) -> list[Kind]:
    return [remark.kind for remark in asked(text, **more)]


def choices(*texts: str) -> list[dict[str, Any]]:
    return [a_choice(f"c{i}", i) | {"text": text} for i, text in enumerate(texts)]


def test_plain_questions_get_no_remark() -> None:
    assert list(words(a_pack())) == []


# Easy to read.


def test_hard_words_are_named() -> None:
    (remark,) = asked("What responsibility does your organisation take?", hint="Consider all relevant relationships.")
    assert (remark.kind, remark.path) == (Kind.HARD_TO_READ, (*Q1, "text"))
    assert f"school to read, and {HARDEST} is a lot" in remark.message
    assert remark.advice == (
        "Write shorter sentences, and plainer words than “responsibility”, “organisation” and “relationships”."
    )


def test_an_easy_hint_does_not_turn_a_question_hard() -> None:
    assert kinds("Who answers for work with a partner?", hint="Think of the last time that you met.") == []


def test_statements_and_what_to_talk_about_are_read_too() -> None:
    hard = "Notwithstanding organisational considerations, collaborative opportunities necessitate accountability."
    data = pack_data(discussion=[{"id": "talk", "text": hard, "hint": "Say it."}])
    data["trends"][0]["themes"][0]["statement"] = hard
    found = {remark.path: remark.kind for remark in words(Pack.model_validate(data))}
    assert found == {
        ("trends", 0, "themes", 0, "statement"): Kind.HARD_TO_READ,
        ("trends", 0, "discussion", 0, "text"): Kind.HARD_TO_READ,
    }


@pytest.mark.parametrize(("more", "found"), [(0, []), (1, [Kind.LONG])])
def test_a_question_has_only_so_many_words(more: int, found: list[Kind]) -> None:
    assert kinds("We did. " * 3 + "a " * (LONGEST_QUESTION - 6 + more)) == found


@pytest.mark.parametrize(("more", "found"), [(0, []), (1, [Kind.LONG])])
def test_an_answer_has_only_so_many_words(more: int, found: list[Kind]) -> None:
    assert kinds("How far?", choices=choices("Some.", "a " * (LONGEST_CHOICE + more))) == found


def test_a_long_answer_is_named_with_its_place() -> None:
    (remark,) = asked("How far?", choices=choices("Some.", "a " * 40))
    assert remark.path == (*Q1, "choices", 1, "text")
    assert remark.message == "the answer “c1” has 40 words, and people compare it with the others"


def test_another_language_is_only_measured() -> None:
    text = "Surely you have a CVS, and do you not plan and review without it?"
    hard = a_question("q1", "size", text=text + " ah" * 20, choices=choices("No", "Yes"))
    assert [remark.kind for remark in words(a_pack(hard, language="cy"))] == [Kind.LONG]
    assert len(list(words(a_pack(hard, language="en")))) > 1


# Jargon.


@pytest.mark.parametrize("text", ["Who knows your CVS?", "Who are the stakeholders?", "Who pays core costs?"])
def test_jargon_wants_to_be_explained(text: str) -> None:
    assert kinds(text) == [Kind.JARGON]


def test_jargon_comes_with_plainer_words() -> None:
    (remark,) = asked("Who are your stakeholders?")
    assert remark.message == "not everybody who is asked “q1” will know “stakeholder”"
    assert remark.advice == "Explain it under “jargon”, or use plainer words, such as “the people whom it concerns”."


def test_all_jargon_of_a_question_is_told_once_where_it_first_stands() -> None:
    (remark,) = asked("How far?", choices=choices("None of it.", "TUPE and TUPE.", "VAT."))
    assert remark.path == (*Q1, "choices", 1, "text")
    assert "will know “TUPE” and “VAT”" in remark.message


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Who knows your CVS?", {"jargon": {"CVS": "A body that helps."}}),
        ("Who are your commissioners?", {"jargon": {"Commissioner": "Who decides what to buy."}}),
        ("Who knows your local support body (often called a CVS)?", {}),
        ("Who knows your CVS (a body that helps)?", {}),
        ("Who knows your CVS?", {"hint": "A CVS is a body that helps."}),
        ("Who knows the council for voluntary service, or CVS?", {}),
        ("Who works with the NHS in the UK?", {}),
        ("Who must NOT know?", {}),
        ("WHO KNOWS THE CVS?", {}),
        ("Where did the R&D-led A1 work go?", {}),
    ],
)
def test_what_is_explained_or_well_known_is_no_jargon(text: str, more: dict[str, Any]) -> None:
    assert Kind.JARGON not in kinds(text, **more)


# Two in one.

TWO = {
    "Do you plan and review your work?": "plan and review",
    "How well does your board plan for and check what you do?": "plan for and check",
    "Whom could you learn from or speak up with?": "learn from or speak up with",
    "How often do you meet, and do you take notes?": "and do you",
    "How early do you start, and how often do you meet?": "and how often do you",
    "How much do your board and your staff know?": "your board and your staff",
    "How far is the plan agreed and dated?": "agreed and dated",
    "How often do you meet? And with whom?": "And with whom?",
}


@pytest.mark.parametrize(("text", "quote"), TWO.items())
def test_two_questions_in_one_are_noticed(text: str, quote: str) -> None:
    (remark,) = asked(text, choices=choices("Not at all.", "A lot."))
    assert (remark.kind, remark.path) == (Kind.TWO_IN_ONE, (*Q1, "text"))
    assert f"(“{quote}”)" in remark.message


@pytest.mark.parametrize(
    "text",
    [
        "How much time do your staff and helpers have?",
        "How keen is your council or health body to help?",
        "Do you own or rent your rooms?",
        "How would you grow or shrink?",
        "What do you share, such as rooms you own and rent?",
        "How much do you know about the place and the people you serve?",
        "How do you share work between your board and your staff?",
        "Who helps aged and disabled people?",
        "How do you and others meet?",
        "Do you meet now and then?",
        "How do you feel about “plan and review”?",
    ],
)
def test_what_belongs_together_is_one_question(text: str) -> None:
    assert kinds(text) == []


# Leading.


@pytest.mark.parametrize(
    "text",
    [
        "Surely you have a plan?",
        "You have a plan, of course?",
        "Don’t you have a plan?",
        "You have a plan, haven’t you?",
        "Do you agree that a plan helps?",
        "How far do you agree or disagree?",
    ],
)
def test_a_question_that_wants_its_answer_leads(text: str) -> None:
    assert kinds(text) == [Kind.LEADING]


@pytest.mark.parametrize(
    "text", ["How well do you know them?", "How much has your work improved?", "How effective are your talks?"]
)
def test_what_is_taken_for_granted_leads_unless_an_answer_denies_it(text: str) -> None:
    (remark,) = asked(text, choices=choices("In part.", "In full."))
    assert remark.kind == Kind.LEADING
    assert "takes for granted that it is so, and no answer says that it is not" in remark.message
    assert asked(text, choices=choices("Not at all.", "In full.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "How do you agree terms with a partner?",
        "How much do the fees of course books cost?",
        "Which work is not yours, or isn’t yours alone?",
    ],
)
def test_words_that_lead_elsewhere_do_not_lead(text: str) -> None:
    assert Kind.LEADING not in kinds(text)


# Negative.


@pytest.mark.parametrize(
    "text",
    [
        "How often do you not meet?",
        "Which groups have not met?",
        "Why can’t people find you?",
        "Who never comes?",
        "Do you disagree with your board?",
    ],
)
def test_what_is_asked_the_wrong_way_round_is_negative(text: str) -> None:
    (remark,) = asked(text)
    assert (remark.kind, remark.path) == (Kind.NEGATIVE, (*Q1, "text"))
    assert "asks what is not so" in remark.message


def test_two_negations_are_named() -> None:
    (remark,) = asked("How often is nobody there without a key?")
    assert remark.message == "two negations (“nobody” and “without”) have to be read twice"


@pytest.mark.parametrize(
    "text",
    [
        "How often do people come with a need that you cannot meet?",
        "How often do people come with a need you cannot meet?",
        "What could you show for what you do that others do not?",
        "Could you go on without the grant?",
        "Do you have a plan, or not?",
        "Do you not only plan?",
        "How many not-for-profit groups do you know?",
        "Who would be no more than an hour away?",
    ],
)
def test_a_negation_that_describes_is_left_in_peace(text: str) -> None:
    assert kinds(text) == []


# Yes or no.


def test_levels_that_are_only_yes_and_no_are_no_levels() -> None:
    (remark,) = asked("Is there a plan?", choices=choices("No.", "Yes, in writing."))
    assert (remark.kind, remark.path) == (Kind.YES_OR_NO, (*Q1, "choices"))


@pytest.mark.parametrize("texts", [("No", "In part", "Yes"), ("No", "Yes, in talk", "Yes, in writing"), ("Old", "New")])
def test_more_than_yes_and_no_are_levels(texts: tuple[str, ...]) -> None:
    assert kinds("Is there a plan?", choices=choices(*texts)) == []


def test_a_question_that_is_not_scored_may_have_yes_and_no() -> None:
    about = a_question("about", choices=choices("No", "Yes"))
    assert list(words(a_pack(a_question("q1", "size"), context=[about]))) == []


# The pack that ships.


def test_the_pack_that_ships_is_in_plain_words() -> None:
    found = [(remark.kind, remark.path) for remark in words(load_pack())]
    assert [one for one in found if one[0] != Kind.TWO_IN_ONE] == []
