"""Sheets as response codes: every answer has one, and from it comes the reply that counts the same."""

import pytest
from builders import a_choice, a_pack, a_question, a_reply, packs, sheets_of
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.answers import Chose, DontKnow, NotApplicable, Reply
from collabcheck.coding import NOT_APPLICABLE, NOT_ASKED, SEVERAL, UNANSWERED, code, codes_of, reply_of
from collabcheck.questions import DONT_KNOW

PACK = a_pack(
    a_question("q1", "size"),
    a_question("q2", choices=[a_choice("b"), a_choice("a"), a_choice("c")], several=True),
)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (None, ""),
        (DontKnow("we asked twice", "https://example.org"), "dont-know"),
        (NotApplicable("no contracts"), "/"),
        (Chose(("some",), "a note"), "some"),
    ],
)
def test_a_code_holds_what_an_answer_counts_as_and_none_of_its_words(reply: Reply | None, expected: str) -> None:
    assert code(PACK.question["q1"], reply) == expected


def test_several_choices_have_one_code_in_whatever_order_they_are_given() -> None:
    assert {code(PACK.question["q2"], Chose(given)) for given in (("a", "b"), ("b", "a"))} == {"b a"}


def test_a_sheet_has_a_code_for_every_question_in_the_order_of_the_pack() -> None:
    assert codes_of(PACK, {"q2": a_reply("?"), "q1": a_reply("all")}) == ("all", DONT_KNOW)
    assert codes_of(PACK, {}) == (UNANSWERED, UNANSWERED)


def test_no_choice_can_be_mistaken_for_a_sign() -> None:
    for sign in (UNANSWERED, NOT_APPLICABLE, NOT_ASKED, SEVERAL):
        with pytest.raises(ValueError, match="pattern"):
            a_pack(a_question("q1", "size", choices=[a_choice(sign), a_choice("b", 1)]))


def bare(reply: Reply | None) -> object:
    """Return a reply without words, and with its choices in no order."""
    return set(reply.choices) if isinstance(reply, Chose) else type(reply)


@given(st.data())
def test_from_a_code_comes_the_reply_it_was_made_of(data: st.DataObject) -> None:
    pack = data.draw(packs())
    replies = data.draw(sheets_of(pack)).replies
    back = [reply_of(one) for one in codes_of(pack, replies)]
    assert [bare(reply) for reply in back] == [bare(replies.get(question.id)) for question in pack.questions]
