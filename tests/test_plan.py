"""From answers to a plan, through people’s hands, and with new answers to the plan again."""

from pathlib import Path
from typing import Any

import pytest
from builders import a_choice, a_pack, a_question, a_sheet

from collabcheck.advice import advise
from collabcheck.files.plans import PlanFile, csv_bytes, markdown_bytes, read_plan
from collabcheck.plan import Plan, Row
from collabcheck.renewal import renew
from collabcheck.report import markdown
from collabcheck.report.outline.plan import page, plan_of, tally
from collabcheck.scoring import score


def levels(name: str, **lowest: Any) -> list[dict[str, Any]]:
    """Four levels, each below the top with a step that names the question."""
    lower = [
        a_choice(level, i, step={"do": f"Leave {level} of {name}.", "effort": 2, "resources": ["guide", "book"]})
        for i, level in enumerate(("none", "some", "most"))
    ]
    lower[0] |= lowest
    return [*lower, a_choice("all", 3)]


def a_guide(name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name, "title": f"The {name}", "publisher": "P", "date": "2020", "format": "PDF", "what": "W.",
        "useful": "U.", "factors": ["size"], **more,
    }  # fmt: skip


PACK = a_pack(
    *(a_question(name, "size", choices=levels(name)) for name in ("q1", "q2", "q3", "q4")),
    a_question("q5", "size", "reach", choices=levels("q5", flag={"reason": "it burns", "caps_at": "at-risk"})),
    a_question("q6", "size", choices=levels("q6"), when={"question": "q1", "is": ["some"]}),
    resources=[a_guide("guide", link="https://example.org/guide"), a_guide("book", find="Ask Ann.")],
)
SPRING = {"q1": "some", "q2": "none", "q3": "most", "q4": "?", "q5": "none", "q6": "some"}
AUTUMN = {"q1": "most", "q2": "?", "q3": "none", "q4": "most", "q5": "all", "q6": "some"}


def report(path: Path, /, **replies: str) -> str:
    """Do what a command does with a plan, and return what it says."""
    old = read_plan(path) if path.exists() else PlanFile()
    assessment = score(PACK, a_sheet(**replies))
    advice = advise(assessment)
    renewed = renew(old.plan, assessment, advice)
    plan = plan_of(renewed, assessment, advice)
    as_page = markdown.render(page(plan, PACK, "Riverside"))
    path.write_bytes(csv_bytes(plan, old) if path.suffix == ".csv" else markdown_bytes(plan, as_page, old))
    return tally(renewed)


def save(path: Path, plan: Plan) -> None:
    """Save a plan as people’s programs do."""
    as_page = markdown.render(page(plan, PACK, "Riverside"))
    path.write_bytes(
        csv_bytes(plan, PlanFile()) if path.suffix == ".csv" else markdown_bytes(plan, as_page, PlanFile())
    )


def by_id(plan: Plan) -> dict[str, Row]:
    return {row["Id"]: row for row in plan.rows}


@pytest.fixture(params=["plan.csv", "plan.md"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


def test_the_first_plan_says_all_there_is_to_do(path: Path) -> None:
    assert report(path, **SPRING) == "6 steps to do"
    plan = read_plan(path).plan
    assert plan.columns == (
        "Id", "Order", "Step", "Factor", "Gain", "Effort", "Guidance", "Owner", "Date", "Status", "Now"
    )  # fmt: skip
    assert [row["Id"] for row in plan.rows] == ["q5/none", "q4/?", "q2/none", "q1/some", "q6/some", "q3/most"]
    assert [row["Order"] for row in plan.rows] == ["1", "2", "3", "4", "5", "6"]
    assert [row["Gain"] for row in plan.rows][:3] == [
        "a red flag calls for it",
        "narrows a range",
        "3.3 points overall, and up to 10 points with the steps that follow",
    ]
    assert {row["Now"] for row in plan.rows} == {"to do"}
    assert {row["Owner"] + row["Date"] + row["Status"] for row in plan.rows} == {""}
    first, second = plan.rows[:2]
    assert first["Step"] == "Leave none of q5."
    assert first["Factor"] == "Size; Reach"
    assert first["Effort"] == "a few days"
    assert first["Guidance"] == "The guide (https://example.org/guide)\nThe book. How to find it: Ask Ann."
    assert (second["Step"], second["Guidance"]) == ("Find out: How far is q4?", "Who would know: the chair")


def filled_in(plan: Plan) -> Plan:
    """What people do: a column and a row of their own, names and days, other words, another order."""
    rows = [
        {**row, "Owner": f"Ann | Bob {number}", "Date": "1/12/26", "Status": "done", "Cost": "=1+1"}
        for number, row in enumerate(plan.rows)
    ]
    own = {"Id": "", "Step": "Buy *biscuits*", "Owner": "Cy", "Now": "soon", "Order": "0", "Cost": "-5"}
    rows = [*reversed(rows), {**dict.fromkeys(rows[0], ""), **own}]
    rows[0]["Step"] = "In our words"
    return Plan((*plan.columns, "Cost"), tuple(rows))


def test_new_answers_change_what_is_ours_and_nothing_that_people_typed(path: Path) -> None:
    report(path, **SPRING)
    theirs = filled_in(read_plan(path).plan)
    save(path, theirs)
    assert report(path, **AUTUMN) == (
        "4 steps to do (4 new), 3 done, 1 for later, 1 not known any more, 1 no longer needed"
    )
    after = read_plan(path).plan
    assert after.columns == theirs.columns
    assert {name: row["Now"] for name, row in by_id(after).items()} == {
        "q3/most": "later",
        "q6/some": "no longer needed",
        "q1/some": "done",
        "q2/none": "not known",
        "q4/?": "done",
        "q5/none": "done",
        "": "soon",
        "q2/?": "new",
        "q3/none": "new",
        "q1/most": "new",
        "q4/most": "new",
    }
    ours = ("Order", "Now")
    for before, now in zip(theirs.rows[:-1], after.rows, strict=False):
        assert {k: v for k, v in now.items() if k not in ours} == {k: v for k, v in before.items() if k not in ours}
        assert now["Order"] == ""
    assert after.rows[6] == theirs.rows[6]
    assert [row["Order"] for row in after.rows[7:]] == ["1", "2", "3", "4"]


def test_what_was_new_is_to_do_the_next_time_and_then_nothing_changes(path: Path) -> None:
    report(path, **SPRING)
    report(path, **AUTUMN)
    assert report(path, **AUTUMN).startswith("4 steps to do, 3 done")
    once = path.read_bytes()
    report(path, **AUTUMN)
    assert path.read_bytes() == once


def test_columns_of_ours_that_are_gone_come_back_on_the_right(path: Path) -> None:
    save(path, Plan((" ID", "Mine"), ({" ID": "q2/none", "Mine": "x"}, {" ID": "", "Mine": "y"})))
    report(path, **SPRING)
    plan = read_plan(path).plan
    assert [header.strip() for header in plan.columns[:4]] == ["ID", "Mine", "Order", "Step"]
    first, own, *_ = (list(row.values()) for row in plan.rows)
    assert first[:4] == ["q2/none", "x", "3", "Leave none of q2."]
    assert own == ["", "y", *[""] * 10]
    assert [row["Now"] for row in plan.rows] == ["to do", "", *["new"] * 5]


def test_a_plan_with_nothing_to_do_says_so(path: Path) -> None:
    assert report(path, **dict.fromkeys(("q1", "q2", "q3", "q4", "q5"), "all")) == "0 steps to do"
    assert read_plan(path).plan.rows == ()
