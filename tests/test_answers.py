"""A sheet goes on: it takes new answers, keeps its version where that explains it, and knows what has been reworded."""

from dataclasses import replace

import pytest
from builders import a_pack, a_question, a_sheet

from collabcheck.answers import Aside, Chose, SetAside, bare

PACK = a_pack(
    a_question("q1", "size"), a_question("q2", "size"), discussion=[{"id": "effect", "text": "And so?", "hint": "Say."}]
)


def test_answering_again_replaces_what_was_set_aside() -> None:
    question = PACK.question["q1"]
    older = tuple(SetAside(name, Aside.CHANGED, Chose(("most",)), "1-1") for name in ("q1", "q2"))
    sheet = replace(a_sheet(PACK), set_aside=older).answer(question, Chose(("all",)))
    assert [aside.question for aside in sheet.set_aside] == ["q2"]
    assert sheet.replies == {"q1": Chose(("all",))}
    assert sheet.asked["q1"] == question.fingerprint


def test_a_question_with_new_words_is_named_and_no_other() -> None:
    reworded = a_pack(a_question("q1", "size", text="How far, would you say?"), a_question("q2", "size"))
    assert a_sheet(PACK, q1="some", q2="some").reworded(reworded) == {"q1"}


def test_a_sheet_of_the_same_pack_has_nothing_reworded() -> None:
    assert a_sheet(PACK, q1="some").reworded(PACK) == frozenset()


def test_a_sheet_that_goes_on_is_as_of_today_and_of_todays_pack() -> None:
    dated = replace(a_sheet(PACK), pack_version="0").dated(PACK, "2027-01-01")
    assert (dated.date, dated.pack_version) == ("2027-01-01", PACK.version)


def test_a_sheet_with_what_only_an_older_pack_asked_keeps_the_version_that_explains_it() -> None:
    older = replace(a_sheet(PACK), pack_version="0", discussion={"gone": ("We agreed.",)})
    assert older.dated(PACK, "2027-01-01").pack_version == "0"


@pytest.mark.parametrize(
    "other", ["Cafe\u0301 Ltd", "CAF\u00c9  ltd", "Caf\u00e9\u00a0Ltd", "Caf\u00e9\u200b Ltd", "\uff23af\u00e9 Ltd"]
)
def test_an_organisation_is_the_same_however_its_name_is_typed(other: str) -> None:
    sheet = a_sheet(PACK)
    one, two = replace(sheet, organisation="Caf\u00e9 Ltd"), replace(sheet, organisation=other)
    assert one.same_organisation(two)
    assert not one.same_organisation(replace(sheet, organisation="Cafe Ltd"))


@pytest.mark.parametrize(
    ("one", "other"), [("İstanbul", "istanbul"), ("Aid™", "aidTM"), ("ﬁne", "FINE"), ("Straße", "STRASSE")]
)
def test_letters_that_are_the_same_in_small_make_one_organisation(one: str, other: str) -> None:
    assert bare(one) == bare(other)
