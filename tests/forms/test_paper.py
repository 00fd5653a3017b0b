"""The form on paper: boxes for every answer, and conditions in words."""

import re

import pytest
from builders import a_choice, a_pack, a_question

from collabcheck.files.packs import load_pack
from collabcheck.forms.paper import paper
from collabcheck.forms.parts import only_if


def test_every_question_has_a_box_for_each_choice_and_all_but_the_role_for_not_knowing_and_not_applying() -> None:
    pack = load_pack()
    text = paper(pack)
    boxes = sum(len(question.choices) + 2 * (question.means != "role") for question in pack.questions)
    assert text.count("☐") == boxes
    for number, question in enumerate(pack.questions, start=1):
        assert re.search(rf"^### {number}\. .*`{question.id}`$", text, re.MULTILINE)
        assert [choice.id for choice in question.choices if f"`{choice.id}`" not in text] == []
    assert [prompt.id for prompt in pack.prompts if f"`{prompt.id}`" not in text] == []


def test_the_organisation_and_the_role_are_filled_in() -> None:
    text = paper(load_pack(), "Riverside [Advice]", "trustee")
    assert "**The name of your organisation:** Riverside \\[Advice\\]" in text
    assert re.findall("☒.*", text) == ["☒ 5a. Trustee or committee member `trustee`"]


ONE, TWO = {"question": "q1", "is": ["some"]}, {"question": "q2", "is": ["none", "most", "all"]}
FIRST = "you chose “Some of it.” in question 1"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (ONE, FIRST),
        (TWO, "you chose “None of it.”, “Most of it.” or “All of it.” in question 2"),
        ({"not": ONE}, "you did not choose “Some of it.” in question 1"),
        ({"all": [ONE, {"not": ONE}]}, f"{FIRST}, and you did not choose “Some of it.” in question 1"),
        ({"any": [ONE, {"all": [ONE, ONE]}]}, f"{FIRST}, or ({FIRST}, and {FIRST})"),
        ({"not": {"any": [ONE, ONE]}}, f"this is not so: ({FIRST}, or {FIRST})"),
    ],
)
def test_a_condition_is_said_in_words(when: object, said: str) -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "size"), a_question("q3", "size", when=when))
    condition = pack.question["q3"].when
    assert condition
    assert only_if(pack, condition) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (ONE, "you ticked 1b"),
        (TWO, "you ticked 2a, 2c or 2d"),
        ({"not": TWO}, "you did not tick 2a, 2c or 2d"),
        ({"any": [ONE, TWO]}, "you ticked 1b, 2a, 2c or 2d"),
        ({"any": [ONE, {"all": [{"not": ONE}, TWO]}]}, "you ticked 1b, or (not 1b, and (2a, 2c or 2d))"),
    ],
)
def test_paper_names_the_boxes_of_a_condition(when: object, said: str) -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "size"), a_question("q3", "size", when=when))
    text = paper(pack)
    assert f"**Only if {said}.**" in text
    assert "- ☐ 2c. Most of it." in text


def test_every_condition_of_the_pack_that_ships_fits_on_a_line() -> None:
    assert [line for line in paper(load_pack()).splitlines() if line.startswith("**Only if") and len(line) > 90] == []


def test_what_helps_stands_once_at_the_end_of_a_part() -> None:
    jargon = {"far": "A long way."}
    text = paper(a_pack(a_question("q1", "size", jargon=jargon), a_question("q2", "size", jargon=jargon)))
    assert text.count("“far”: A long way.") == 1
    assert text.index("### 2. ") < text.index("Who would know: ") < text.index("“far”")


def test_nobody_is_asked_who_would_know_their_role() -> None:
    role = a_question("role", means="role", choices=[a_choice("trustee"), a_choice("staff")])
    about = paper(a_pack(a_question("q1", "size"), context=[role])).partition("## A theme")[0]
    assert not [words for words in ("☐ I do not know", "Does not apply", "Who would know") if words in about]
    assert "Why we ask" in about
