"""Gain and readiness together are one of four positions, or what unknown answers leave of them."""

from typing import Any

import pytest
from builders import a_factor, a_pack, a_question, a_sheet

from collabcheck.position import place
from collabcheck.scoring import score

SAYS = {"go_ahead": "Go.", "prepare": "Get ready.", "no_need": "No need.", "leave_it": "Better not."}
PACK = a_pack(
    a_question("q1", "size"),
    a_question("q2", "size"),
    a_question("q3", "prize"),
    a_question("q4", "prize"),
    factors=[a_factor("size"), a_factor("prize", kind="opportunity")],
    positions={"gain_from": "developing", "ready_from": "ready", **SAYS},
)


def placed(**words: Any) -> list[str]:
    return [position.says for position in place(score(PACK, a_sheet(**words)))]


@pytest.mark.parametrize(
    ("ready", "gains", "says"),
    [
        ("all", "all", "Go."),
        ("none", "all", "Get ready."),
        ("all", "none", "No need."),
        ("none", "none", "Better not."),
    ],
)
def test_each_position_has_its_sentence(ready: str, gains: str, says: str) -> None:
    assert placed(q1=ready, q2=ready, q3=gains, q4=gains) == [says]


def test_the_bands_of_the_pack_draw_the_lines() -> None:
    assert placed(q1="most", q2="most", q3="some", q4="most") == ["Get ready."]


def test_what_unknown_answers_could_make_of_it_comes_after() -> None:
    assert placed(q1="all", q2="?", q3="all", q4="all") == ["Go.", "Get ready."]


def test_nothing_assessed_has_no_position() -> None:
    assert placed(q1="-", q2="-", q3="all", q4="all") == []
    assert place(score(a_pack(), a_sheet(q1="all", q2="all"))) == ()


def test_a_flag_of_readiness_takes_nothing_from_the_gain() -> None:
    choices = [
        {"id": "none", "text": "None"},
        {"id": "all", "text": "All", "points": 3, "flag": {"reason": "it burns", "caps_at": "at-risk"}},
    ]
    pack = a_pack(
        a_question("q1", "size", "prize", choices=choices),
        factors=[a_factor("size"), a_factor("prize", kind="opportunity")],
        positions={"gain_from": "developing", "ready_from": "ready", **SAYS},
    )
    assert [position.says for position in place(score(pack, a_sheet(q1="all")))] == ["Get ready."]
