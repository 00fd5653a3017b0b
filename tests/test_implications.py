"""An implication applies, does not, or nobody can tell yet: then it is said which answer would tell."""

from typing import Any

import pytest
from builders import a_pack, a_question, a_sheet

from collabcheck.conditions import Truth
from collabcheck.implications import Verdict, judge
from collabcheck.scoring import score

BELOW = {"factor": "size", "below": "developing"}
SAID = {"question": "q3", "is": ["none"]}


def verdict(when: dict[str, Any], **words: str) -> Verdict:
    pack = a_pack(
        a_question("q1", "size"),
        a_question("q2", "size"),
        a_question("q3", "reach"),
        implications=[{"id": "i", "kind": "risk", "text": "Ah.", "why": "So.", "when": when}],
    )
    (judged,) = judge(score(pack, a_sheet(**words)))
    return judged


@pytest.mark.parametrize(
    ("q1", "q2", "applies", "would_tell"),
    [
        ("none", "none", Truth.YES, []),
        ("all", "all", Truth.NO, []),
        ("some", "?", Truth.UNKNOWN, ["q2"]),
        ("all", "?", Truth.NO, []),
        ("-", "-", Truth.NO, []),
    ],
)
def test_a_factor_below_a_band_is_certain_only_over_its_whole_range(
    q1: str, q2: str, applies: Truth, would_tell: list[str]
) -> None:
    judged = verdict(BELOW, q1=q1, q2=q2)
    assert judged.applies is applies
    assert [question.id for question in judged.would_tell] == would_tell


@pytest.mark.parametrize(("q3", "applies"), [("none", Truth.YES), ("all", Truth.NO), ("?", Truth.UNKNOWN)])
def test_an_answer_decides_or_is_what_would_tell(q3: str, applies: Truth) -> None:
    judged = verdict(SAID, q1="all", q2="all", q3=q3)
    assert judged.applies is applies
    assert [question.id for question in judged.would_tell] == (["q3"] if applies is Truth.UNKNOWN else [])


def test_a_question_that_does_not_apply_settles_it() -> None:
    judged = verdict(SAID, q1="all", q2="all", q3="-")
    assert (judged.applies, judged.would_tell) == (Truth.NO, ())
    assert verdict({"any": [SAID, BELOW]}, q1="none", q2="none", q3="-").applies is Truth.YES


def test_only_what_is_still_open_would_tell() -> None:
    judged = verdict({"all": [SAID, {"not": BELOW}]}, q1="some", q2="?", q3="none")
    assert judged.applies is Truth.UNKNOWN
    assert [question.id for question in judged.would_tell] == ["q2"]


def test_one_part_that_is_certain_settles_the_whole() -> None:
    assert verdict({"any": [SAID, BELOW]}, q1="some", q2="?", q3="none").applies is Truth.YES
    assert verdict({"all": [SAID, BELOW]}, q1="some", q2="?", q3="all").applies is Truth.NO
