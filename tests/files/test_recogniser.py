"""What is recognised at once says what a closer look says, and nothing is let in that it would refuse."""

import json
from typing import Any

import pytest
from builders import a_choice, a_pack, a_question, packs, sheets_of
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.coding import Codes, codes_of
from collabcheck.files.recogniser import Recogniser, parsed
from collabcheck.files.sheets import sheet_from, sheet_text
from collabcheck.pack import Pack
from collabcheck.problems import CollabcheckError

PACK = a_pack(
    a_question("q1", "size"),
    a_question("q2", "size"),
    a_question("q-3", choices=[a_choice("few"), a_choice("many"), a_choice("nothing", alone=True)], several=True),
    context=[a_question("role", means="role", choices=[a_choice("trustee"), a_choice("staff")])],
    discussion=[{"id": "effect", "text": "What effect?", "hint": "In a word."}],
)
RECOGNISER = Recogniser(PACK)
HEAD = {"pack": "tiny", "pack_version": "1", "organisation": "Ŵyn [Trust]", "date": "2026-11-23"}
ASKED = {question.id: question.fingerprint for question in PACK.questions}


def a_text(answers: object, **more: object) -> str:
    return json.dumps({**HEAD, "answers": answers, **more}, ensure_ascii=False)


GOOD = a_text(
    {
        "role": "staff",
        "q1": "some",
        "q2": {"choice": "dont-know", "note": 'the chair said: "later", in May', "evidence": "https://example.org"},
        "q-3": ["many", "few"],
    },
    asked=ASKED,
    discussion={"effect": "Much."},
    targets={"size": "ready"},
    respondent={"name": "Ann", "role": "staff"},
)


def looked_at(raw: bytes, pack: Pack = PACK) -> Codes | None:
    """Return the codes that a closer look finds; None if it refuses."""
    try:
        return codes_of(pack, sheet_from(pack, "sheet.json", raw, "json").replies)
    except CollabcheckError:
        return None


def recognised(raw: bytes, recogniser: Recogniser = RECOGNISER) -> Codes | None:
    """Return the codes that are found at once, if no closer look is needed."""
    return recogniser.codes_of(parsed(raw))


def agreed(raw: bytes) -> Codes | None:
    """Return what is recognised, and see that it is no more than what a closer look finds."""
    found = recognised(raw)
    assert found in (None, looked_at(raw)), raw
    return found


# What needs no closer look.


@pytest.mark.parametrize(
    ("answers", "more", "codes"),
    [
        ({}, {}, ("", "", "", "")),
        ({"q1": "some", "q2": "dont-know", "q-3": "few"}, {}, ("", "some", "dont-know", "few")),
        ({"q1": "some"}, {"asked": {"q1": ASKED["q1"]}}, ("", "some", "", "")),
        ({"q1": None, "q2": ["dont-know"]}, {}, ("", "", "dont-know", "")),
        ({"q1": {"not_applicable": "we have none"}}, {}, ("", "/", "", "")),
        ({"q-3": ["many", "few"], "q1": {"choice": ["all"]}}, {}, ("", "all", "", "few many")),
        ({"q1": {"choice": "all", "note": 'at 10:30 "all"\n\tof it \\ us'}}, {}, ("", "all", "", "")),
        ({}, {"respondent": {"role": "trustee"}}, ("trustee", "", "", "")),
        ({"role": "trustee"}, {"respondent": {"role": "trustee", "name": "Ŵyn"}}, ("trustee", "", "", "")),
        ({"q1": "some"}, {"targets": {"size": "ready"}, "discussion": {"effect": ["a", "b"]}}, ("", "some", "", "")),
    ],
)
def test_plain_sheets_are_recognised(answers: object, more: dict[str, Any], codes: Codes) -> None:
    raw = a_text(answers, **more).encode()
    assert agreed(raw) == looked_at(raw) == codes


def test_a_note_that_looks_like_a_key_takes_a_closer_look_and_no_more() -> None:
    raw = a_text({"q1": {"choice": "all", "note": 'we said "q1": none'}}).encode()
    assert (agreed(raw), looked_at(raw)) == (None, ("", "all", "", ""))


def test_what_read_well_once_lets_in_nothing_that_looks_like_it() -> None:
    assert agreed(a_text({"q1": {"not_applicable": "we have none", "note": "x"}}).encode()) == ("", "/", "", "")
    for reason, note in ((" ", "x"), ("x" * 4001, "x"), ("", "x"), (1, "x"), (["x"], "x"), ("x", 1), ("x", None)):
        assert agreed(a_text({"q1": {"not_applicable": reason, "note": note}}).encode()) is None
    assert agreed(a_text({"q1": {"choice": ["all"]}}).encode()) == ("", "all", "", "")
    for choice in (["choice", "all"], [["all"]], {"all": "all"}, ["all", "all"]):
        assert agreed(a_text({"q1": {"choice": choice}}).encode()) is None
    assert agreed(a_text({"q1": [["choice", "all"]]}).encode()) is None


def test_how_the_file_was_saved_makes_no_difference() -> None:
    text = a_text({"q1": "some"})
    for raw in (
        text.encode(),
        b"\xef\xbb\xbf" + text.encode(),
        text.replace(", ", ",\r\n\t").encode() + b"\r\n",
        text.replace(", ", ",").replace(": ", ":").encode(),
        f"\n  {text}  \n".encode(),
    ):
        assert agreed(raw) == ("", "some", "", "")


@pytest.mark.parametrize("given", [None, ["some"], {"choice": "some"}, {"not_applicable": "never"}])
def test_an_answer_to_a_question_that_is_not_there_takes_a_closer_look(given: object) -> None:
    assert agreed(a_text({"q1": "some", "no-such-question": given}).encode()) is None


# What is not let in.

TWICE = [
    GOOD.replace('"q1": "some"', '"q1": "some", "q1": "all"'),
    GOOD.replace('"q1": "some"', '"q1" : "some", "q1":"all"'),
    GOOD.replace('"q1": "some"', '"q1"\n:"some", "q1"\t: "some"'),
    GOOD.replace('"q1": "some"', '"q1"\r: "some", "q1": "some"'),
    GOOD.replace('"q1": "some"', '"q1": "some", "q\\u0031": "all"'),
    GOOD.replace('"organisation"', '"organisation": "Other", "organisation"'),
    GOOD.replace('"answers"', '"answers": {}, "answers"'),
    GOOD.replace('"answers"', '"respondent": null, "answers"'),
    GOOD.replace('"note"', '"note": "no", "note"'),
    GOOD.replace('"name"', '"name": "Bob", "name"'),
    GOOD.replace('"size": "ready"', '"size": "ready", "size": "ready"'),
    GOOD.replace('"effect"', '"effect": [], "effect"'),
    GOOD.replace('"asked": {', f'"asked": {{"q1": "{ASKED["q1"]}", '),
    a_text({"q1": "some"}).replace('"q1": "some"', '"q1": "some", "q1": "some"'),
]
HIDDEN = [
    GOOD.replace("Much.", f"Much{hidden}.")
    for hidden in ("\\r", "\\b", "\\f", "\\u0000", "\\u2028", "\\ud800", "\\uFEFF", "\x7f", "\x85", "\u2028", "\ufeff")
]
WRONG = [
    GOOD.replace('"tiny"', '"other"'),
    GOOD.replace('"2026-11-23"', '"2026-02-30"'),
    GOOD.replace('"2026-11-23"', "NaN"),
    GOOD.replace('"some"', '"most of it"'),
    GOOD.replace('"some"', '""'),
    GOOD.replace('"some"', "1" + "0" * 5000),
    GOOD.replace('"some"', "true"),
    GOOD.replace('"some"', '["some", "all"]'),
    GOOD.replace('"some"', '["some", "dont-know"]'),
    GOOD.replace('"some"', "[]"),
    GOOD.replace('"some"', "[" * 40 + "]" * 40),
    GOOD.replace('"some"', "[" * 9000),
    GOOD.replace('["many", "few"]', '["many", "nothing"]'),
    GOOD.replace('["many", "few"]', '["many", "many"]'),
    GOOD.replace('"some"', '{"not_applicable": "  "}'),
    GOOD.replace('"some"', '{"choice": "some", "why": "so"}'),
    GOOD.replace('"q1": "some"', '"q9": "some"'),
    GOOD.replace('"q1": "some"', '"q9": {"choice": "some"}'),
    GOOD.replace('"size": "ready"', '"reach": "ready"'),
    GOOD.replace('"size": "ready"', '"size": "best"'),
    GOOD.replace('"effect"', '"effort"'),
    GOOD.replace('"role": "staff"}', '"role": "trustee"}'),
    GOOD.replace('"role": "staff"}', '"role": "queen"}'),
    GOOD.replace('"organisation"', '"organization"'),
    GOOD.replace("Ŵyn [Trust]", "  "),
    GOOD.replace(ASKED["q1"], "ABCDEF01-23456789"),
    GOOD[:-1],
    GOOD + GOOD,
    f"[{GOOD}]",
    "null",
    "{}",
    "",
]


@pytest.mark.parametrize("text", [*TWICE, *HIDDEN, *WRONG])
def test_what_a_closer_look_refuses_is_not_recognised(text: str) -> None:
    raw = text.encode(errors="surrogatepass")
    assert agreed(raw) is None
    assert looked_at(raw) is None


def test_the_sheet_that_all_this_is_made_of_is_recognised() -> None:
    assert agreed(GOOD.encode()) == ("staff", "some", "dont-know", "few many")


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe{\x00}\x00", b"PK\x03\x04", GOOD.replace("Ŵ", "é").encode("latin-1"), b"\xef\xbb\xbf" * 2]
)
def test_bytes_that_are_no_text_are_not_recognised(raw: bytes) -> None:
    assert agreed(raw) is None


def test_a_lone_carriage_return_is_no_end_of_a_line() -> None:
    assert agreed(GOOD.replace(", ", ",\r").encode()) is None


def test_answers_to_what_has_changed_are_left_to_a_closer_look() -> None:
    other = f"00000000-{ASKED['q1'][9:]}"
    for asked in ({"q1": other}, {"q1": "00000000-00000000"}, {"q9": ASKED["q1"]}):
        raw = a_text({"q1": "some"}, asked=asked).encode()
        assert agreed(raw) is None
    assert looked_at(a_text({"q1": "some"}, asked={"q1": other}).encode()) == ("", "some", "", "")
    retired = a_text({"q1": "some", "q9": {"choice": "all", "note": "gone"}}, asked={"q9": ASKED["q1"]}).encode()
    assert agreed(retired) is None
    assert looked_at(retired) == ("", "some", "", "")


def test_a_sheet_is_recognised_up_to_20_000_bytes_and_looked_at_beyond() -> None:
    short = a_text({"q1": {"choice": "some", "note": ""}})
    for size, expected in ((20_000, ("", "some", "", "")), (20_001, None)):
        raw = short.replace('"note": ""', f'"note": "{"x" * (size - len(short.encode()))}"').encode()
        assert (len(raw), agreed(raw)) == (size, expected)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_sheet_that_we_write_is_recognised(data: st.DataObject) -> None:
    pack = data.draw(packs())
    sheet = data.draw(sheets_of(pack))
    text = sheet_text(pack, sheet, json=True)
    for raw in (text.encode(), json.dumps(json.loads(text)).encode()):
        assert recognised(raw, Recogniser(pack)) == codes_of(pack, sheet.replies) == looked_at(raw, pack)
