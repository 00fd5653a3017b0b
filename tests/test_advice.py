"""What to do first, what to find out, which guidance: in the order that rule 9 gives."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from builders import a_choice, a_factor, a_pack, a_question, a_sheet

from collabcheck.advice import Advice, Reason, advise
from collabcheck.answers import AnswerSheet, DontKnow
from collabcheck.pack import Pack
from collabcheck.scoring import score


def levels(*, effort: int = 1, flag: bool = False) -> list[dict[str, Any]]:
    """Four levels, each below the top with a step named after it."""
    steps = [{"do": f"Leave {name}.", "effort": effort} for name in ("none", "some", "most")]
    choices = [a_choice(n, i, step=s) for i, (n, s) in enumerate(zip(("none", "some", "most"), steps, strict=True))]
    if flag:
        choices[0]["flag"] = {"reason": "it burns", "caps_at": "at-risk"}
    return [*choices, a_choice("all", 3)]


def a_guide(name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name, "title": name, "publisher": "P", "date": "2020", "format": "PDF", "what": "W.", "useful": "U.",
        "find": "Ask.", "factors": ["size"], **more,
    }  # fmt: skip


PACK = a_pack(
    a_question("cheap", "size", choices=levels(effort=1)),
    a_question("dear", "size", choices=levels(effort=3)),
    a_question("danger", "size", choices=levels(effort=3, flag=True)),
    a_question("gain", "prize", choices=levels()),
    factors=[a_factor("size"), a_factor("prize", kind="opportunity")],
    context=[
        a_question("place", means="nation", choices=[a_choice("wales"), a_choice("england")], several=True),
        a_question(
            "plan", means="form", choices=[a_choice("bid"), a_choice("party"), a_choice("nothing")], several=True
        ),
    ],
    forms=[
        {"id": name, "title": name, "meaning": "B.", "leans_on": [{"factor": "size", "weight": 1, "because": "so"}]}
        for name in ("bid", "party")
    ],
    resources=[
        a_guide("everywhere"),
        a_guide("welsh", nations=["wales"]),
        a_guide("english", nations=["england"]),
        a_guide("old", superseded_by=["everywhere"]),
        a_guide("elsewhere", factors=["prize"]),
        a_guide("bidders", forms=["bid"]),
    ],
)


def advice(pack: Pack = PACK, sheet: AnswerSheet | None = None, /, **words: Any) -> Advice:
    return advise(score(pack, sheet or a_sheet(**words)))


def test_flags_come_first_whatever_their_effort_then_room_for_effort() -> None:
    steps = advice(cheap="some", dear="none", danger="none", gain="none").steps
    assert [(step.question.id, step.reason) for step in steps] == [
        ("danger", Reason.FLAG),
        ("cheap", Reason.ROOM),
        ("dear", Reason.ROOM),
    ]


def test_an_unresolved_flag_comes_before_any_room() -> None:
    steps = advice(cheap="none", dear="none", danger="?", gain="all").steps
    assert [(step.question.id, step.reason) for step in steps][:2] == [
        ("danger", Reason.OPEN_FLAG),
        ("cheap", Reason.ROOM),
    ]


def test_what_to_find_out_comes_after_flags_and_before_any_room() -> None:
    steps = advice(cheap="none", dear="all", danger="?", gain="?").steps
    assert [(step.question.id, step.reason) for step in steps] == [
        ("danger", Reason.OPEN_FLAG),
        ("gain", Reason.FIND_OUT),
        ("cheap", Reason.ROOM),
    ]


def test_what_does_not_apply_and_what_is_not_scored_is_nothing_to_find_out() -> None:
    assert advice(cheap="all", dear="-", danger="-", gain="-", place="?").steps == ()


def test_the_step_is_the_one_from_the_chosen_level() -> None:
    assert advice(cheap="most", dear="all", danger="all", gain="all").steps[0].do == "Leave most."


def test_equal_worth_keeps_the_order_of_the_pack() -> None:
    twins = a_pack(*(a_question(name, "size", choices=levels()) for name in ("b", "a", "c")))
    assert [step.question.id for step in advice(twins, a_sheet(a="none", b="none", c="none")).steps] == ["b", "a", "c"]


def test_the_best_answers_call_for_no_step() -> None:
    assert advice(cheap="all", dear="all", danger="all", gain="all").steps == ()


def test_what_could_be_gained_is_nothing_to_mend() -> None:
    assert "gain" not in [
        step.question.id for step in advice(cheap="none", danger="all", dear="all", gain="none").steps
    ]


def test_contributions_to_the_overall_result_add_up_to_it() -> None:
    two = a_pack(a_question("q1", "size", "reach"), a_question("q2", "reach"))
    given = advice(two, a_sheet(q1="most", q2="all")).carrying
    assert sum(weight.contribution for weight in given) == (Fraction(200, 3) + Fraction(250, 3)) / 2
    assert [weight.question.id for weight in given] == ["q2", "q1"], "the best answers first"


def test_no_answer_both_carries_and_holds_back() -> None:
    given = advice(cheap="some", dear="most", danger="all", gain="all")
    assert [weight.question.id for weight in given.holding_back] == ["cheap"]
    assert [weight.question.id for weight in given.carrying] == ["danger", "dear"]


def test_steps_are_weighed_for_the_forms_that_are_considered() -> None:
    assessed = {"near": "none", "far": "none"}
    leans = [{"factor": "far", "weight": 1, "because": "so"}]
    two = a_pack(
        a_question("near", "near", choices=levels()),
        a_question("far", "far", choices=levels()),
        context=PACK.model_dump(by_alias=True)["context"][1:],
        forms=[{"id": "bid", "title": "A bid", "meaning": "B.", "leans_on": leans}],
    )
    assert [(s.question.id, float(s.room)) for s in advice(two, a_sheet(**assessed)).steps] == [
        ("near", 50),
        ("far", 50),
    ]
    considered = advice(two, a_sheet(**assessed, plan=("bid",))).steps
    assert [(step.question.id, float(step.room)) for step in considered] == [("far", 100)]


def test_what_to_find_out_names_dont_knows_and_blanks_and_dangers_first() -> None:
    found = advise(score(PACK, a_sheet(cheap=DontKnow("ask Ann"), danger="?", dear="all"))).find_out
    assert [(item.question.id, item.heard.replies) for item in found] == [
        ("danger", (DontKnow(),)),
        ("cheap", (DontKnow("ask Ann"),)),
        ("gain", (None,)),
    ]


def test_of_several_people_what_fewer_than_half_know_is_to_be_found_out() -> None:
    """Whoever raises a flag settles it first, however many do not know."""
    half = [a_sheet(cheap="all", danger="some", dear="all", gain="all")] * 2
    half += [replace(half[0], replies={**half[0].replies, "cheap": DontKnow()})] * 2
    assert advise(score(PACK, *half)).find_out == ()
    most = [*half, a_sheet(cheap="?", danger="?", dear="all", gain="all")]
    assert [item.question.id for item in advise(score(PACK, *most)).find_out] == ["cheap"]
    flagged = [a_sheet(danger="none", cheap="all"), *[a_sheet(danger="?", cheap="all")] * 2]
    first = advise(score(PACK, *flagged)).steps[0]
    assert (first.question.id, first.reason) == ("danger", Reason.FLAG)


def test_of_red_flags_the_one_that_holds_the_result_down_most_comes_first() -> None:
    def flagging(name: str, cap: str) -> dict[str, Any]:
        flag = {"reason": f"{name} burns", "caps_at": cap}
        choices = [a_choice("bad", 0, flag=flag, step={"do": "Mend it.", "effort": 1}), a_choice("good", 3)]
        return a_question(name, "size", choices=choices)

    pack = a_pack(flagging("mild", "developing"), flagging("worst", "at-risk"), flagging("next", "developing"))
    assessment = score(pack, a_sheet(mild="bad", worst="bad", next="bad"))
    assert [flag.question.id for flag in assessment.raised] == ["worst", "mild", "next"]
    assert [step.question.id for step in advise(assessment).steps] == ["worst", "mild", "next"]


def test_guidance_is_for_the_nations_the_organisation_works_in_and_nothing_outdated() -> None:
    (part,) = advice(cheap="none", dear="none", danger="some", place=("wales",)).guidance
    assert [resource.id for resource in part.resources] == ["welsh", "everywhere", "bidders"]


def test_guidance_for_other_forms_of_collaboration_is_left_out() -> None:
    (part,) = advice(cheap="none", dear="none", danger="some", place=("england",), plan=("bid",)).guidance
    assert [resource.id for resource in part.resources] == ["english", "bidders", "everywhere"]
    (part,) = advice(cheap="none", dear="none", danger="some", place=("england",), plan=("party",)).guidance
    assert "bidders" not in [resource.id for resource in part.resources]


def test_without_a_nation_all_guidance_is_shown() -> None:
    (part,) = advice(cheap="none", dear="none", danger="some").guidance
    assert [resource.id for resource in part.resources] == ["everywhere", "welsh", "english", "bidders"]


def test_a_factor_that_is_ready_gets_no_guidance() -> None:
    assert advice(cheap="all", dear="all", danger="all").guidance == ()


def test_the_forms_under_consideration_are_those_that_were_picked() -> None:
    assert [form.id for form in advice(plan=("bid", "nothing")).considered] == ["bid"]


# Rule 12.


def a_weighted_pack(weight: int) -> Pack:
    heavy = {"factor": "size", "weight": weight, "because": "it is what matters"}
    return a_pack(a_question("q1", heavy, choices=levels()), a_question("q2", "size", choices=levels()))


def test_equal_weights_are_said_to_be_equal() -> None:
    assert advice(a_weighted_pack(1), a_sheet(q1="none", q2="all")).sensitivity.all_equal


def test_weights_that_decide_a_band_are_owned_up_to() -> None:
    sensitivity = advice(a_weighted_pack(9), a_sheet(q1="none", q2="all")).sensitivity
    assert [factor.id for factor in sensitivity.bands_changed] == ["size"]
    assert sensitivity.overall_changed


def test_weights_that_decide_nothing_are_said_to_decide_nothing() -> None:
    sensitivity = advice(a_weighted_pack(2), a_sheet(q1="none", q2="none")).sensitivity
    assert not sensitivity.all_equal
    assert sensitivity.bands_changed == ()
    assert not sensitivity.overall_changed


def test_what_is_to_be_found_out_counts_as_one_of_the_first_steps() -> None:
    heavy = {"factor": "size", "weight": 9, "because": "it is what matters"}
    scored = [a_question("q1", "size", choices=levels()), a_question("q2", heavy, choices=levels())]
    unknown = [a_question(f"u{number}", "other") for number in range(3)]
    mixed = a_pack(*scored, *unknown, a_question("q3", "third", choices=levels()))
    given = advice(mixed, a_sheet(q1="none", q2="most", q3="all"))
    assert [step.question.id for step in given.steps] == ["u0", "u1", "u2", "q2", "q1"]
    assert given.sensitivity.steps_changed
