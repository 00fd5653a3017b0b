"""What is not there: each gap is told once, with its place, and nothing is told that is there."""

from typing import Any

import pytest
from builders import a_choice, a_factor, a_pack, a_question

from collabcheck.doctor.gaps import FEW, gaps, quoted
from collabcheck.doctor.remarks import Kind, Remark
from collabcheck.files.packs import load_pack

Q1 = ("trends", 0, "themes", 0, "questions", 0)


def a_resource(name: str, *factors: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name, "title": name.capitalize(), "publisher": "P", "date": "2020", "format": "PDF", "what": "W.",
        "useful": "U.", "factors": list(factors), "find": "Ask.", **more,
    }  # fmt: skip


def a_level(name: str, points: int, *resources: str) -> dict[str, Any]:
    return a_choice(name, points, step={"do": "Begin.", "effort": 1, "resources": list(resources)})


LEVELS = [a_level("none", 0, "guide"), a_choice("all", 1)]
Q = [a_question(name, "size", choices=LEVELS) for name in ("q1", "q2")]
GUIDE = a_resource("guide", "size")


def found(*questions: dict[str, Any], **more: Any) -> list[Remark]:
    return list(gaps(a_pack(*(questions or Q), **{"resources": [GUIDE], **more})))


def kinds(*questions: dict[str, Any], **more: Any) -> list[Kind]:
    return [remark.kind for remark in found(*questions, **more)]


SURE = {"because": "It counts."}


def test_a_weight_with_nothing_to_be_weighed_against_is_told() -> None:
    gain = a_question("q3", {"factor": "wish", "weight": 5, **SURE}, choices=LEVELS)
    factors = [a_factor("size", weight=7, **SURE), a_factor("wish", kind="opportunity")]
    leans = [{"factor": "size", "weight": 3, **SURE}]
    form = {"id": "bid", "title": "A bid", "meaning": "Together.", "leans_on": leans}
    told = [remark for remark in found(*Q, gain, factors=factors, forms=[form]) if remark.kind is Kind.NO_EFFECT]
    assert [remark.path for remark in told] == [
        ("factors", 0, "weight"),
        ("trends", 0, "themes", 0, "questions", 2, "informs", 0, "weight"),
        ("forms", 0, "leans_on", 0, "weight"),
    ]
    assert told[0].message == "the weight of “size” changes nothing, as it is the only risk factor"


def test_a_weight_beside_others_is_left_alone() -> None:
    asked = [
        a_question("q1", {"factor": "size", "weight": 5, **SURE}),
        a_question("q2", "size"),
        a_question("q3", "fit"),
    ]
    factors = [a_factor("size", weight=7, **SURE), a_factor("fit")]
    assert Kind.NO_EFFECT not in kinds(*asked, factors=factors)


def test_where_all_questions_are_pooled_the_weight_of_a_lonely_one_counts() -> None:
    asked = [a_question("q1", {"factor": "size", "weight": 5, **SURE}), a_question("q2", "fit")]
    assert Kind.NO_EFFECT not in kinds(*asked, factors=[a_factor("size"), a_factor("fit")], aggregate="pooled")


def test_a_full_pack_has_no_gaps() -> None:
    assert found() == []


def test_the_pack_that_ships_has_no_gaps() -> None:
    assert list(gaps(load_pack())) == []


# What nothing makes use of.


def test_guidance_to_which_nothing_leads_is_unused() -> None:
    (remark,) = found(resources=[GUIDE, a_resource("leaflet")])
    assert (remark.kind, remark.path) == (Kind.UNUSED, ("resources", 1))
    assert remark.message == "nothing leads to “leaflet”: it names no factor, and no step and no trend names it"


@pytest.mark.parametrize(
    "resource",
    [a_resource("leaflet", "size"), a_resource("leaflet", superseded_by=["guide"])],
    ids=["helps with a factor", "has been replaced"],
)
def test_guidance_to_which_something_leads_is_used(resource: dict[str, Any]) -> None:
    assert found(resources=[GUIDE, resource]) == []


def test_guidance_that_a_step_names_is_used() -> None:
    step = a_question("q1", "size", choices=[a_level("none", 0, "leaflet"), a_choice("all", 1)])
    assert found(step, Q[1], resources=[GUIDE, a_resource("leaflet")]) == []


def test_a_question_that_changes_nothing_is_unused() -> None:
    (remark,) = found(context=[a_question("colour")])
    assert (remark.kind, remark.path) == (Kind.UNUSED, ("context", 0))
    assert "the answers to “colour” change nothing" in remark.message


@pytest.mark.parametrize("more", [{"means": "role"}, {"fit": True}])
def test_a_question_that_the_program_reads_is_used(more: dict[str, Any]) -> None:
    assert found(context=[a_question("colour", **more)]) == []


def test_a_question_at_which_a_condition_looks_is_used() -> None:
    deep = {"all": [{"not": {"any": [{"question": "colour", "is": ["none"]}]}}, {"factor": "size", "below": "ready"}]}
    implication = {"id": "i", "kind": "risk", "text": "Ah.", "why": "So.", "when": deep}
    assert found(context=[a_question("colour")], implications=[implication]) == []
    waiting = a_question("q1", "size", choices=LEVELS, when={"question": "colour", "is": ["none"]})
    assert found(waiting, Q[1], context=[a_question("colour")]) == []


# Steps and guidance.


def test_levels_below_the_top_want_a_step() -> None:
    (remark,) = found(a_question("q1", "size"), Q[1])
    assert (remark.kind, remark.path) == (Kind.NO_STEP, (*Q1, "choices"))
    assert remark.message == "whoever answers “q1” with “none”, “some” and “most” is not told what to do next"


def test_a_single_level_without_a_step_has_its_place() -> None:
    bare = [a_level("none", 0, "guide"), a_choice("some", 1), a_choice("all", 2)]
    (remark,) = found(a_question("q1", "size", choices=bare), Q[1])
    assert (remark.kind, remark.path) == (Kind.NO_STEP, (*Q1, "choices", 1))


def test_what_is_worth_full_marks_needs_no_step() -> None:
    several = [a_level("none", 0, "guide"), a_choice("some", 2), a_choice("most", 3)]
    assert found(a_question("q1", "size", choices=several, several=True, full_at=2), Q[1]) == []


def test_a_question_that_is_not_scored_needs_no_steps() -> None:
    assert found(context=[a_question("role", means="role")]) == []


def test_a_pack_without_guidance_is_told_so_once() -> None:
    bare = [a_question(name, "size", choices=[a_level("none", 0), a_choice("all", 1)]) for name in ("q1", "q2")]
    (remark,) = found(*bare, resources=[])
    assert (remark.kind, remark.path) == (Kind.NO_GUIDANCE, ("resources",))


def test_a_step_without_guidance_is_told_where_others_have_some() -> None:
    (remark,) = found(a_question("q1", "size", choices=[a_level("none", 0), a_choice("all", 1)]), Q[1])
    assert (remark.kind, remark.path) == (Kind.NO_GUIDANCE, (*Q1, "choices", 0))
    assert remark.message.startswith("the step after “none” in “q1” names no guidance")


def test_guidance_that_has_been_replaced_is_none() -> None:
    old = a_resource("old", "size", superseded_by=["guide"])
    step = a_question("q1", "size", choices=[a_level("none", 0, "old"), a_choice("all", 1)])
    assert kinds(step, Q[1], resources=[GUIDE, old]) == [Kind.NO_GUIDANCE]


def test_guidance_may_reach_people_by_factors_alone() -> None:
    bare = [a_question(name, "size", choices=[a_level("none", 0), a_choice("all", 1)]) for name in ("q1", "q2")]
    assert found(*bare) == []


def test_a_factor_without_guidance_is_told() -> None:
    two = [a_question(name, "size", "reach", choices=LEVELS) for name in ("q1", "q2")]
    (remark,) = found(*two)
    assert (remark.kind, remark.path) == (Kind.NO_GUIDANCE, ("factors", 1))
    assert "the factor “reach”" in remark.message


# What rests on little.


def test_a_factor_that_rests_on_one_question_is_told() -> None:
    (remark,) = found(Q[0])
    assert (remark.kind, remark.path) == (Kind.ONE_QUESTION, ("factors", 0))
    assert remark.message == "only “q1” informs the factor “size”, so one answer decides its band"


def test_a_question_without_a_source_is_told_where_others_have_one() -> None:
    (remark,) = found({**Q[0], "source": ["S1"]}, Q[1])
    assert (remark.kind, remark.path) == (Kind.NO_SOURCE, (*Q1[:-1], 1))


def test_an_implication_is_compared_with_implications() -> None:
    one = {"kind": "risk", "text": "Ah.", "why": "So.", "when": {"factor": "size", "below": "ready"}}
    implications = [{"id": "i1", "source": ["S1"], **one}, {"id": "i2", **one}]
    (remark,) = found(implications=implications)
    assert (remark.kind, remark.path) == (Kind.NO_SOURCE, ("trends", 0, "implications", 1))


def test_where_nothing_has_a_source_none_is_missed() -> None:
    assert kinds(factors=[a_factor("size", source=["S1"])]) == []


def test_where_most_lack_a_source_it_is_said_once() -> None:
    many = [a_question(f"q{i}", "size", choices=LEVELS) for i in range(FEW + 2)]
    many[0]["source"] = ["S1"]
    (remark,) = found(*many)
    assert remark.message == "4 of 5 questions do not say where they come from, such as “q1”"


def test_names_are_listed_as_a_sentence_has_them() -> None:
    assert quoted(["a"]) == "“a”"
    assert quoted(["a", "b"]) == "“a” and “b”"
    assert quoted(list("abcde")) == "“a”, “b”, “c”, “d” and “e”"
    assert quoted(list("abcdefg")) == "“a”, “b”, “c”, “d”, “e” and 2 more"
    assert quoted(["x" * 100]) == f"“{'x' * 60}”"
