"""A trend that people can leave out is asked about only if they choose it; the others always."""

from typing import Any

import pytest
from builders import a_choice, a_factor, a_question, a_sheet, pack_data

from collabcheck.answers import Chose
from collabcheck.choosing import choosing, with_choices
from collabcheck.conditions import Truth
from collabcheck.implications import judge
from collabcheck.integrity import examine
from collabcheck.interview import route
from collabcheck.pack import Pack
from collabcheck.problems import Code
from collabcheck.scoring import score


def data(**more: Any) -> dict[str, Any]:
    """A pack with a trend for everybody and two that can be chosen, one of them with a condition of its own."""
    which = a_question("which", choices=[a_choice("second"), a_choice("third"), a_choice("none")], several=True)
    pack = pack_data(
        a_question("q1", "size"),
        context=[{**which, "means": "trend", **more}],
        factors=[a_factor("size")],
    )
    first = pack["trends"][0]
    for name in ("second", "third"):
        implied: dict[str, Any] = {"id": f"i-{name}", "kind": "risk", "text": "Ah.", "why": "So."}
        asked = [a_question(f"q-{name}", "size", when={"question": "q1", "is": ["some"]})]
        theme = {**first["themes"][0], "id": f"theme-{name}", "questions": asked}
        implied["when"] = {"factor": "size", "below": "developing"}
        pack["trends"].append({**first, "id": name, "themes": [theme], "implications": [implied]})
    return pack


def asked(**replies: Any) -> list[str]:
    pack = with_choices(Pack.model_validate(data()))
    return [question.id for question in route(pack, a_sheet(**replies).replies)]


@pytest.mark.parametrize(
    ("which", "found"),
    [
        ("none", ["which", "q1"]),
        ("second", ["which", "q1", "q-second"]),
        (("second", "third"), ["which", "q1", "q-second", "q-third"]),
    ],
)
def test_a_trend_is_asked_about_if_it_is_chosen(which: str, found: list[str]) -> None:
    assert asked(which=which, q1="some") == found


def test_a_condition_of_its_own_holds_as_well() -> None:
    assert asked(which="second", q1="none") == ["which", "q1"]


def test_what_a_trend_may_mean_is_said_to_those_who_chose_it() -> None:
    pack = with_choices(Pack.model_validate(data()))
    verdicts = judge(score(pack, a_sheet(pack, which="third", q1="some", **{"q-third": "none"})))
    assert [(verdict.implication.id, verdict.applies) for verdict in verdicts] == [("i-third", Truth.YES)]


def test_a_pack_without_the_choice_stays_as_it_is() -> None:
    pack = Pack.model_validate(data(means=""))
    assert with_choices(pack) is pack
    sheet = a_sheet(q1="some")
    assert choosing(pack, sheet, ["second"]) is sheet


def test_trends_that_are_named_become_an_answer() -> None:
    pack = Pack.model_validate(data())
    sheet = a_sheet(q1="some", which="second")
    assert choosing(pack, sheet, ["third", "trend"]).replies == a_sheet(q1="some", which="third").replies
    assert choosing(pack, sheet, ["trend"]).replies["which"] == Chose(("none",))
    assert choosing(pack, sheet, []) is sheet


def test_trends_are_chosen_among_those_of_the_pack_and_before_they_are_asked_about() -> None:
    pack = data()
    pack["trends"][0]["themes"][0]["questions"].append(pack.pop("context")[0])
    for trend in pack["trends"][1:]:
        trend["id"] = f"other-{trend['id']}"
    found = examine(Pack.model_validate(pack))
    assert [finding.code for finding in found] == [Code.CONDITION_ORDER, Code.UNKNOWN_ID]
