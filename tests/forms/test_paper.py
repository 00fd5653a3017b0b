"""The form on paper: boxes for every answer, conditions in words, and nobody's words acting as Markdown."""

import re

import pytest
from builders import a_choice, a_pack, a_question
from markdown_it import MarkdownIt
from payloads import HOSTILE, PAYLOADS

from collabcheck.files.packs import load_pack
from collabcheck.forms.paper import paper
from collabcheck.forms.parts import only_if
from collabcheck.pack import Pack


def test_every_question_has_a_box_for_each_choice_and_for_not_knowing_and_for_not_applying() -> None:
    pack = load_pack()
    text = paper(pack)
    boxes = sum(len(question.choices) + 2 for question in pack.questions)
    assert text.count("☐") == boxes
    for number, question in enumerate(pack.questions, start=1):
        assert re.search(rf"^### {number}\. .*`{question.id}`$", text, re.MULTILINE)
        assert [choice.id for choice in question.choices if f"`{choice.id}`" not in text] == []
    assert [prompt.id for prompt in pack.prompts if f"`{prompt.id}`" not in text] == []


def test_the_organisation_and_the_role_are_filled_in() -> None:
    text = paper(load_pack(), "Riverside [Advice]", "trustee")
    assert "**The name of your organisation:** Riverside \\[Advice\\]" in text
    assert re.findall("☒.*", text) == ["☒ Trustee or committee member `trustee`"]


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


def hostile(text: str) -> Pack:
    return a_pack(
        a_question(
            "q1", "size", text=text, hint=text, ask=text, choices=[a_choice("one", text=text), a_choice("two", 1)]
        ),
        title=text,
        about=text,
        discussion=[{"id": "effect", "text": text, "hint": text}],
    )


def kinds(text: str) -> list[str]:
    """Return the elements of a page of Markdown, but words and line breaks."""
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text)
    inner = [child for token in tokens for child in token.children or ()]
    breaks = ("text", "softbreak", "hardbreak", "text_special")
    return [one.type for one in (*tokens, *inner) if one.type not in breaks and one.content != "<br>"]


@pytest.mark.parametrize("text", [*(text[:4000] for text in PAYLOADS), HOSTILE])
def test_words_stay_words(text: str) -> None:
    assert kinds(paper(hostile(text), text)) == kinds(paper(hostile("plain words"), "plain words"))
