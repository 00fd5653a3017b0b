"""The blank sheet is a sheet: it reads once the organisation is named, and whatever is written after a colon counts."""

import re

import pytest
from builders import a_choice, a_pack, a_question
from hypothesis import given, settings
from payloads import HOSTILE, PAYLOADS, words

from collabcheck.answers import AnswerSheet, Chose
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import sheet_from
from collabcheck.fitting import NAMELESS
from collabcheck.forms.blank import blank
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError


def text_of(pack: Pack, organisation: str = "Riverside", role: str = "") -> str:
    return blank(pack, "2026-11-23", organisation, role, "answers.schema.json")


def read(pack: Pack, text: str) -> AnswerSheet:
    return sheet_from(pack, "form.yaml", text.encode())


def test_it_reads_with_nothing_answered_once_the_organisation_is_named() -> None:
    pack = load_pack()
    with pytest.raises(CollabcheckError) as caught:
        read(pack, text_of(pack, ""))
    assert [problem.code for problem in caught.value.problems] == [Code.MISSING]
    sheet = read(pack, text_of(pack, "").replace(NAMELESS, "Riverside"))
    assert (sheet.organisation, sheet.replies, sheet.discussion) == ("Riverside", {}, {})
    assert text_of(pack).startswith("# yaml-language-server: $schema=answers.schema.json\n")


def test_the_organisation_and_the_role_are_filled_in() -> None:
    pack = load_pack()
    sheet = read(pack, text_of(pack, 'The “Old” Mill: "Arts" # 1', "trustee"))
    assert sheet.organisation == 'The “Old” Mill: "Arts" # 1'
    assert sheet.replies == {"role": Chose(("trustee",))}


def test_an_answer_is_written_after_the_colon() -> None:
    pack = load_pack()
    sheet = read(pack, text_of(pack).replace("\n  income:\n", "\n  income: small\n"))
    assert sheet.replies == {"income": Chose(("small",))}


def test_every_question_stands_there_with_its_choices_and_how_to_name_them() -> None:
    pack = load_pack()
    text = text_of(pack)
    joined = re.sub(r"\n\s*#\s+", " ", text)
    for question in pack.questions:
        assert question.text in joined
        assert f"\n  {question.id}:" in text
        assert [choice for choice in question.choices if f"{choice.id}: {choice.text}" not in joined] == []
    for prompt in pack.prompts:
        assert prompt.text in joined


@pytest.mark.parametrize("text", [*(text[:4000] for text in PAYLOADS), HOSTILE, "one\ntwo: three\n- four"])
def test_words_of_authors_stay_comments(text: str) -> None:
    check_harmless(text)


@settings(deadline=None)
@given(words)
def test_any_words_stay_comments(text: str) -> None:
    check_harmless(text)


def check_harmless(text: str) -> None:
    choices = [a_choice("one", text=text), a_choice("two", 1, text=text)]
    pack = a_pack(
        a_question("q1", "size", text=text, hint=text, choices=choices),
        title=text,
        about=text,
        discussion=[{"id": "effect", "text": text, "hint": text}],
    )
    assert read(pack, text_of(pack)).replies == {}
