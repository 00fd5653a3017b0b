"""What new answers make of each step of a plan."""

from typing import Any

import pytest
from builders import a_choice, a_factor, a_pack, a_question, a_sheet

from collabcheck.advice import advise
from collabcheck.pack import Pack
from collabcheck.plan import Column, Plan
from collabcheck.renewal import Renewed, State, renew
from collabcheck.scoring import score


def levels() -> list[dict[str, Any]]:
    """Four levels, each below the top with a step."""
    steps = [{"do": f"Leave {name}.", "effort": 1} for name in ("none", "some", "most")]
    return [
        *(a_choice(n, i, step=s) for i, (n, s) in enumerate(zip(("none", "some", "most"), steps, strict=True))),
        a_choice("all", 3),
    ]


def tools() -> list[dict[str, Any]]:
    """Answers of which several may be given; the first two lead on to something."""
    ends = [a_choice("map", 2), a_choice("nothing", 0, alone=True, step={"do": "Begin.", "effort": 1})]
    return [a_choice(name, 1, step={"do": f"Better {name}.", "effort": 1}) for name in ("list", "talk")] + ends


PACK = a_pack(
    a_question("q1", "size", choices=levels()),
    a_question(
        "q2",
        "size",
        choices=levels(),
        when={"question": "q1", "is": ["none", "some"]},
    ),
    a_question("tools", "means", choices=tools(), several=True, full_at=3),
    a_question("gain", "prize", choices=levels()),
    factors=[a_factor("size"), a_factor("means"), a_factor("prize", kind="opportunity")],
)
BEST = {"q1": "all", "tools": ("talk", "map"), "gain": "all"}


def a_plan(*ids: str, now: str = "to do") -> Plan:
    """A plan with these steps, as an earlier run left it."""
    return Plan(("Id", "Now"), tuple({"Id": name, "Now": now} for name in ids))


def renewed(plan: Plan, pack: Pack = PACK, /, **replies: Any) -> Renewed:
    assessment = score(pack, a_sheet(**{**BEST, **replies}))
    return renew(plan, assessment, advise(assessment))


def state(name: str, pack: Pack = PACK, /, **replies: Any) -> State | None:
    """Return what the answers say of one step that was in the plan."""
    return renewed(a_plan(name), pack, **replies).lines[0].state


STATES = [
    ("q1/some", {"q1": "some", "q2": "all"}, State.TO_DO),
    ("q1/some", {"q1": "most"}, State.DONE),
    ("q1/some", {"q1": "all"}, State.DONE),
    ("q1/some", {"q1": "none", "q2": "all"}, State.LATER),
    ("q1/some", {"q1": "?", "q2": "all"}, State.NOT_KNOWN),
    ("q1/some", {"q1": "-", "q2": "all"}, State.NOT_NEEDED),
    ("q2/none", {"q1": "all", "q2": "none"}, State.NOT_NEEDED),  # not asked any more
    ("q1/?", {"q1": "?", "q2": "all"}, State.TO_DO),
    ("q1/?", {"q1": "none", "q2": "all"}, State.DONE),
    ("q1/?", {"q1": "-", "q2": "all"}, State.DONE),
    ("q2/?", {"q1": "all"}, State.NOT_NEEDED),
    ("gain/none", {"gain": "none"}, State.NOT_NEEDED),  # what could be gained is nothing to mend
    ("gain/none", {"gain": "some"}, State.DONE),
    ("tools/list", {"tools": ("list",)}, State.TO_DO),
    ("tools/list", {"tools": ("list", "talk")}, State.TO_DO),
    ("tools/talk", {"tools": ("list", "talk")}, State.LATER),  # it stands, and another comes first
    ("tools/list", {"tools": ("list", "map")}, State.DONE),  # full marks: nothing is left to do
    ("tools/list", {"tools": ("map",)}, State.DONE),
    ("tools/list", {"tools": ("talk",)}, State.NOT_NEEDED),  # another answer, worth the same
    ("tools/list", {"tools": ("nothing",)}, State.LATER),
    ("tools/nothing", {"tools": ("list",)}, State.DONE),
    ("gone/some", {}, State.NOT_NEEDED),
    ("gone/?", {}, State.NOT_NEEDED),
    ("q1/gone", {}, State.NOT_NEEDED),
    ("", {}, None),
    ("ours-7", {}, None),
]


@pytest.mark.parametrize(("name", "replies", "expected"), STATES)
def test_what_the_answers_say_of_a_step(name: str, replies: dict[str, Any], expected: State | None) -> None:
    assert state(name, **replies) is expected


def test_a_blank_is_as_unknown_as_a_dont_know() -> None:
    assessment = score(PACK, a_sheet(tools=("map",)))
    lines = renew(a_plan("q1/some", "q1/?"), assessment, advise(assessment)).lines
    assert [line.state for line in lines[:2]] == [State.NOT_KNOWN, State.TO_DO]


def test_a_step_waits_while_too_little_is_known_of_its_factor() -> None:
    pack = a_pack(*(a_question(name, "size", choices=levels()) for name in ("q1", "q2", "q3")))
    assert state("q1/none", pack, q1="none", q2="?", q3="?") is State.LATER


@pytest.mark.parametrize("now", ["", "doing well"])
def test_an_id_that_no_run_has_written_is_a_row_of_peoples_own(now: str) -> None:
    lines = renewed(a_plan("gone/some", "q1/gone", "7", now=now)).lines
    assert [line.state for line in lines] == [None, None, None]


def test_the_first_plan_holds_all_steps_and_calls_none_of_them_new() -> None:
    lines = renewed(Plan(), q1="none", q2="?", tools=("list",)).lines
    assert [line.state for line in lines] == [State.TO_DO] * 3
    assert [line.order for line in lines] == [1, 2, 3]


def test_rows_keep_their_order_and_new_steps_come_after_them() -> None:
    result = renewed(a_plan("tools/list", "", "q1/?"), q1="none", q2="none", tools=("list",))
    assert [line.state for line in result.lines] == [State.TO_DO, None, State.DONE, State.NEW, State.NEW]
    assert [line.order for line in result.lines] == [1, 0, 0, 2, 3]
    assert result.count(State.NEW) == 2


def test_a_step_that_comes_back_is_to_do_again() -> None:
    assert renewed(a_plan("q1/some", now="done"), q1="some", q2="all").lines[0].state is State.TO_DO


def test_headers_and_ids_are_known_in_any_case_and_with_blanks_around() -> None:
    plan = Plan((" id ", "NOW"), ({" id ": " Q1/Some ", "NOW": "To do"}, {" id ": "gone/x", "NOW": "To do"}))
    assert plan.has(Column.ID)
    assert [line.state for line in renewed(plan, q1="some", q2="all").lines] == [State.TO_DO, State.NOT_NEEDED]
