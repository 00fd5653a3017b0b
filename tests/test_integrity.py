"""A pack that would ask, score or advise wrongly is refused, with the place and the remedy."""

from collections.abc import Callable
from typing import Any

import pytest
from builders import a_choice, a_factor, a_pack, a_question, pack_data
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.files.imports.names import known_names, names_of
from collabcheck.files.packs import load_pack
from collabcheck.forms.xlsform import survey
from collabcheck.integrity import examine
from collabcheck.pack import Pack
from collabcheck.problems import Code
from collabcheck.questions import BESIDE

Q2_WAITS_FOR = (("q1", "some"), ("place", "wales"))


def a_sound_pack() -> dict[str, Any]:
    """A pack with something of everything."""
    step = {"do": "Begin.", "effort": 1, "resources": ["guide"]}
    flag = {"reason": "it is dangerous", "caps_at": "at-risk"}
    choices = [a_choice("none", step=step, flag=flag), a_choice("some", 1), a_choice("all", 2)]
    return pack_data(
        a_question("q1", "size", choices=choices),
        a_question("q2", "size", when={"all": [{"question": name, "is": [wanted]} for name, wanted in Q2_WAITS_FOR]}),
        context=[a_question("place", means="nation", choices=[a_choice("wales"), a_choice("england")])],
        forms=[
            {
                "id": "bid",
                "title": "A bid",
                "meaning": "Together.",
                "leans_on": [{"factor": "size", "weight": 2, "at_least": "ready", "because": "it does"}],
            }
        ],
        implications=[
            {"id": "i1", "kind": "risk", "text": "Ah.", "why": "So.", "when": {"factor": "size", "below": "ready"}}
        ],
        related=[{"title": "Other", "why": "Close."}],
        resources=[
            {
                "id": "guide", "title": "Guide", "publisher": "P", "date": "2020", "format": "PDF", "what": "W.",
                "useful": "U.", "factors": ["size"], "nations": ["wales"], "forms": ["bid"],
                "link": "https://example.org/",
            }
        ],
    )  # fmt: skip


def codes(data: dict[str, Any]) -> list[tuple[Code, tuple[str | int, ...]]]:
    return [(finding.code, finding.path) for finding in examine(Pack.model_validate(data))]


def test_a_sound_pack_has_nothing_wrong() -> None:
    assert codes(a_sound_pack()) == []


Q1 = ("trends", 0, "themes", 0, "questions", 0)
Q2 = (*Q1[:-1], 1)


def question(data: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = data["trends"][0]["themes"][0]["questions"][number]
    return found


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], Code, tuple[str | int, ...]]] = {
    "two questions with one id": (lambda d: question(d, 1).update(id="q1"), Code.DUPLICATE_ID, (*Q2, "id")),
    "two choices with one id": (
        lambda d: question(d, 0)["choices"][1].update(id="none"),
        Code.DUPLICATE_ID,
        (*Q1, "choices", 1, "id"),
    ),
    "a choice called dont-know": (
        lambda d: question(d, 1)["choices"][1].update(id="dont-know"),
        Code.DUPLICATE_ID,
        (*Q2, "choices", 1, "id"),
    ),
    "a choice called what a table calls a reason": (
        lambda d: question(d, 1)["choices"][0].update(id="reason"),
        Code.DUPLICATE_ID,
        (*Q2, "choices", 0, "id"),
    ),
    "a choice called what a table says in its place": (
        lambda d: question(d, 1)["choices"][0].update(id="not_applicable"),
        Code.DUPLICATE_ID,
        (*Q2, "choices", 0, "id"),
    ),
    "a prompt with the id of a question": (
        lambda d: d["trends"][0].update(discussion=[{"id": "q1", "text": "Well?", "hint": "Say."}]),
        Code.DUPLICATE_ID,
        ("trends", 0, "discussion", 0, "id"),
    ),
    "a question called what stands beside another": (
        lambda d: question(d, 1).update(id="q1-note"),
        Code.DUPLICATE_ID,
        (*Q2, "id"),
    ),
    "a question called what the form for phones asks": (
        lambda d: question(d, 1).update(id="about-date"),
        Code.DUPLICATE_ID,
        (*Q2, "id"),
    ),
    "two questions that differ only in a sign": (
        lambda d: (question(d, 0).update(id="q-1"), question(d, 1).update(id="q_1", when=None)),
        Code.DUPLICATE_ID,
        (*Q2, "id"),
    ),
    "a factor that is not there": (
        lambda d: question(d, 0).update(informs=["size", "sise"]),
        Code.UNKNOWN_ID,
        (*Q1, "informs", 1),
    ),
    "guidance that is not there": (
        lambda d: question(d, 0)["choices"][0]["step"].update(resources=["gide"]),
        Code.UNKNOWN_ID,
        (*Q1, "choices", 0, "step", "resources", 0),
    ),
    "a cap at no band": (
        lambda d: question(d, 0)["choices"][0]["flag"].update(caps_at="low"),
        Code.UNKNOWN_ID,
        (*Q1, "choices", 0, "flag", "caps_at"),
    ),
    "a condition on a later question": (
        lambda d: question(d, 0).update(when={"question": "q2", "is": ["some"]}),
        Code.CONDITION_ORDER,
        (*Q1, "when", "question"),
    ),
    "a condition on an answer that is not offered": (
        lambda d: question(d, 1).update(when={"question": "q1", "is": ["most"]}),
        Code.UNKNOWN_ID,
        (*Q2, "when", "is", 0),
    ),
    "a question that waits for a factor": (
        lambda d: question(d, 1).update(when={"any": [{"factor": "size", "below": "ready"}]}),
        Code.CONDITION_ORDER,
        (*Q2, "when", "any", 0),
    ),
    "a weight without a reason": (
        lambda d: question(d, 0).update(informs=[{"factor": "size", "weight": 2}]),
        Code.MISSING,
        (*Q1, "informs", 0, "weight"),
    ),
    "two questions that mean the same": (
        lambda d: question(d, 0).update(means="nation"),
        Code.DUPLICATE_ID,
        (*Q1, "means"),
    ),
    "a question about forms that names none": (
        lambda d: question(d, 1).update(means="form"),
        Code.UNKNOWN_ID,
        (*Q2, "means"),
    ),
    "a factor named twice": (
        lambda d: question(d, 0).update(informs=["size", "size"]),
        Code.DUPLICATE_ID,
        (*Q1, "informs"),
    ),
    "levels that are all worth the same": (
        lambda d: question(d, 1).update(choices=[a_choice("a", 1), a_choice("b", 1)]),
        Code.POINTS,
        (*Q2, "choices"),
    ),
    "full marks that only answers reach which stand alone": (
        lambda d: question(d, 1).update(
            several=True,
            full_at=3,
            choices=[a_choice("one", 1), a_choice("two", 1), a_choice("none", 1, alone=True)],
        ),
        Code.POINTS,
        (*Q2, "full_at"),
    ),
    "several answers without full marks": (
        lambda d: question(d, 1).update(several=True),
        Code.POINTS,
        (*Q2, "several"),
    ),
    "full marks that no answers that can stand together are worth": (
        lambda d: question(d, 1).update(
            several=True, full_at=4, choices=[a_choice("a", 2), a_choice("b", 1), a_choice("c", 3, alone=True)]
        ),
        Code.POINTS,
        (*Q2, "full_at"),
    ),
    "an answer that stands alone where one is all there is": (
        lambda d: question(d, 1)["choices"][0].update(alone=True),
        Code.BAD_VALUE,
        (*Q2, "choices", 0, "alone"),
    ),
    "bands that do not begin at nought": (
        lambda d: d["bands"][0].update({"from": 5}),
        Code.BANDS,
        ("bands", 0, "from"),
    ),
    "a position from no band": (
        lambda d: d.update(
            positions={
                "gain_from": "redy",
                "ready_from": "ready",
                "go_ahead": "A",
                "prepare": "B",
                "no_need": "C",
                "leave_it": "D",
            }
        ),
        Code.UNKNOWN_ID,
        ("positions", "gain_from"),
    ),
    "bands out of order": (lambda d: d["bands"][2].update({"from": 30}), Code.BANDS, ("bands", 2, "from")),
    "a band that a factor says nothing about": (
        lambda d: d["factors"][0]["in_band"].pop("ready"),
        Code.MISSING,
        ("factors", 0, "in_band"),
    ),
    "a factor that no question informs": (
        lambda d: d["factors"].append(a_factor("reach")),
        Code.UNKNOWN_ID,
        ("factors", 1, "id"),
    ),
    "a form that needs no band": (
        lambda d: d["forms"][0]["leans_on"][0].update(at_least="redy"),
        Code.UNKNOWN_ID,
        ("forms", 0, "leans_on", 0, "at_least"),
    ),
    "an implication about no factor": (
        lambda d: d["trends"][0]["implications"][0]["when"].update(factor="siez"),
        Code.UNKNOWN_ID,
        ("trends", 0, "implications", 0, "when", "factor"),
    ),
    "guidance for no nation": (
        lambda d: d["resources"][0].update(nations=["cornwall"]),
        Code.UNKNOWN_ID,
        ("resources", 0, "nations", 0),
    ),
    "guidance for no form": (
        lambda d: d["resources"][0].update(forms=["bids"]),
        Code.UNKNOWN_ID,
        ("resources", 0, "forms", 0),
    ),
    "guidance that nobody can find": (lambda d: d["resources"][0].pop("link"), Code.MISSING, ("resources", 0)),
    "guidance replaced by nothing": (
        lambda d: d["resources"][0].update(superseded_by=["newer"]),
        Code.UNKNOWN_ID,
        ("resources", 0, "superseded_by", 0),
    ),
    "a related trend that is not there": (
        lambda d: d["trends"][0]["related"][0].update(trend="tend"),
        Code.UNKNOWN_ID,
        ("trends", 0, "related", 0, "trend"),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_mistake_is_found_at_its_place(name: str) -> None:
    break_it, code, path = BROKEN[name]
    data = a_sound_pack()
    break_it(data)
    assert (code, path) in codes(data)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"thresholds": [1, 3]}, "for questions with several answers"),
        ({"several": True, "thresholds": [1, 3], "full_at": 2}, "both say what the answers are worth"),
        ({"several": True, "thresholds": [3, 3]}, "do not rise"),
        ({"several": True, "thresholds": [3, 7]}, "together are worth 6"),
    ],
)
def test_thresholds_that_make_no_levels_are_told(more: dict[str, Any], what: str) -> None:
    data = a_sound_pack()
    question(data, 1).update(more)
    (finding,) = examine(Pack.model_validate(data))
    assert (finding.code, finding.path[-1]) == (Code.POINTS, "thresholds")
    assert what in finding.message


@pytest.mark.parametrize("more", [{"full_at": 1}, {"thresholds": [1]}])
def test_answers_without_points_are_told_to_be_given_some(more: dict[str, Any]) -> None:
    data = a_sound_pack()
    question(data, 1).update(several=True, **more)
    for choice in question(data, 1)["choices"]:
        choice.update(points=0)
    (finding,) = examine(Pack.model_validate(data))
    assert finding.advice == "Give the answers points."


def test_an_answer_may_stand_alone_where_others_may_be_several() -> None:
    data = a_sound_pack()
    question(data, 1).update(several=True, full_at=3)
    question(data, 1)["choices"][0].update(alone=True)
    assert codes(data) == []


def test_every_finding_says_what_to_do() -> None:
    for break_it, _, _ in BROKEN.values():
        data = a_sound_pack()
        break_it(data)
        for finding in examine(Pack.model_validate(data)):
            assert finding.message
            assert finding.advice, finding


def test_a_near_miss_is_named() -> None:
    data = a_sound_pack()
    question(data, 0).update(informs=["sise"])
    assert "“size”" in " ".join(finding.advice for finding in examine(Pack.model_validate(data)))


def test_ids_that_clash_are_told_with_what_they_clash_with() -> None:
    data = a_sound_pack()
    question(data, 0).update(id="q2-evidence")
    question(data, 1)["when"]["all"][0].update(question="q2-evidence")
    (finding,) = examine(Pack.model_validate(data))
    assert finding.message == "the evidence on “q2” and the question “q2-evidence” would have the same name in tables"
    assert finding.advice == "Give one of the two another id."


_WORDS = ("a", "b", *BESIDE, "about", "date", "comments", "dont-know", "not-applicable", "does-not-apply")
_ids = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).flatmap(
    lambda words: st.sampled_from(["-", "_"]).map(lambda sign: sign.join(words))
)


@st.composite
def _clashing(draw: st.DrawFn) -> Pack:
    """Draw a pack whose ids are made of few words, among them those that tables and forms use."""
    ids = draw(st.lists(_ids.filter(lambda name: name.split("-")[0] in "ab"), min_size=1, max_size=3))
    questions = [
        a_question(name, "size", several=True, full_at=1, choices=[a_choice(draw(_ids), 1), a_choice("x-y", 2)])
        for name in ids
    ]
    return a_pack(*questions, discussion=[{"id": draw(_ids), "text": "Well, what now?", "hint": "Say."}])


@given(_clashing())
@settings(max_examples=300)
def test_in_a_pack_without_clashes_each_name_in_a_table_or_a_form_means_one_thing(pack: Pack) -> None:
    if any(finding.code is Code.DUPLICATE_ID for finding in examine(pack)):
        return
    names = names_of(pack)
    for name, holds in known_names(pack).items():
        if not holds.choice or holds.choice in pack.question[holds.of].choice:
            assert names.meaning(name) == holds, name
    for row in survey(pack):
        if row["type"].startswith("select_"):
            assert str(names.meaning(row["name"])) in pack.question
    assert not any(names.meaning(name) for name in ("about___date", "about___organisation"))


def test_the_shipped_pack_has_no_clash() -> None:
    assert examine(load_pack(None)) == ()


def test_one_mistake_does_not_hide_another() -> None:
    data = a_sound_pack()
    for break_it, _, _ in (BROKEN["bands out of order"], BROKEN["a factor that is not there"]):
        break_it(data)
    assert {code for code, _ in codes(data)} == {Code.BANDS, Code.UNKNOWN_ID}


def test_a_pack_of_two_questions_is_enough() -> None:
    assert examine(a_pack()) == ()
