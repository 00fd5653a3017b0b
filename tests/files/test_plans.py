"""Plans that people have in hand: read back the same, kept as they are around what is ours, refused when in doubt."""

from pathlib import Path

import pytest
from builders import a_pack
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.characters import HIDDEN, visible
from collabcheck.files.plans import MAX_PAGE, Kind, PlanFile, csv_bytes, kind_of, markdown_bytes, plan_from, read_plan
from collabcheck.plan import Plan, folded
from collabcheck.problems import Code, CollabcheckError, Problem
from collabcheck.report import markdown
from collabcheck.report.outline.plan import page

PACK = a_pack()
MINUTES = """\
# Our plan

Agreed on 8 December.\r

| Id | Step | Owner | Status |
|:---|------|:-----:|--------|
| q1/none | Ask *Ann* | **Bob** | [minutes](https://example.org/m) \\| page 2 |
|         | Our own | `Cy` |

## Minutes | of the meeting

Nothing here is a table: | Id |
"""


def as_markdown(plan: Plan, old: PlanFile | None = None) -> bytes:
    return markdown_bytes(plan, markdown.render(page(plan, PACK, "Riverside")), old or PlanFile())


def read(text: str | bytes, kind: Kind = "markdown") -> PlanFile:
    return plan_from("plan", text if isinstance(text, bytes) else text.encode(), kind)


def problems(text: str | bytes, kind: Kind = "markdown") -> tuple[Problem, ...]:
    with pytest.raises(CollabcheckError) as caught:
        read(text, kind)
    assert all(problem.advice for problem in caught.value.problems)
    return caught.value.problems


def spots(text: str | bytes, kind: Kind = "markdown") -> list[tuple[Code, int, int]]:
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems(text, kind)]


def changed(plan: Plan, number: int, **cells: str) -> Plan:
    """Return the plan with other words in one row."""
    rows = [{**row, **(cells if i == number else {})} for i, row in enumerate(plan.rows)]
    return Plan(plan.columns, tuple(rows))


# What we write reads back the same.

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(lambda text: not HIDDEN.search(text))
marks = st.builds(
    "".join, st.lists(st.sampled_from(["|", "\\", "*", "`", "<br>", "\n", "(", ")", "[", "]", "a", "&lt;", "1."]))
)


@st.composite
def plans(draw: st.DrawFn, cells: st.SearchStrategy[str]) -> Plan:
    others = draw(
        st.lists(cells.filter(lambda text: text.strip() and folded(text) != "id"), max_size=2, unique_by=folded)
    )
    header = ("Id", *others)
    rows = draw(st.lists(st.tuples(*[cells] * len(others)), max_size=3))
    return Plan(
        header, tuple({"Id": f"q{i}/none", **dict(zip(others, row, strict=True))} for i, row in enumerate(rows))
    )


@given(plans(words | marks))
def test_csv_gives_back_every_word(plan: Plan) -> None:
    assert read(csv_bytes(plan, PlanFile()), "csv").plan == plan


shown = (words | marks).map(lambda text: visible(text).strip())


@given(plans(shown))
def test_markdown_gives_back_every_word(plan: Plan) -> None:
    assert read(as_markdown(plan)).plan == plan


ADDRESSES = ["https://example.org/a_(b)?x=1", "https://example.org/é%20b", "https://example.org/?a=1&lt;=2", "http://a"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_guidance_in_markdown_can_be_followed_and_comes_back_as_words(address: str) -> None:
    words = f"CC16 (a [guide]) ({address})\nCC8. How to find it: search.\nTwo | bars (https://example.org)"
    plan = Plan(("Id", "Guidance"), ({"Id": "q1/none", "Guidance": words},))
    raw = as_markdown(plan)
    assert b"Two \\| bars (<https://example.org>)" in raw
    assert read(raw).plan == plan


# What people wrote stays.


def test_words_of_a_cell_are_what_a_reader_sees() -> None:
    assert read(MINUTES).plan.rows == (
        {"Id": "q1/none", "Step": "Ask Ann", "Owner": "Bob", "Status": "minutes (https://example.org/m) | page 2"},
        {"Id": "", "Step": "Our own", "Owner": "Cy", "Status": ""},
    )
    (row,) = read("|Id|Note|\n|-|-|\n|a|one<br/>two <https://a.b> <i>x</i>|").plan.rows
    assert row["Note"] == "one\ntwo https://a.b <i>x</i>"


def test_a_page_that_needs_no_change_is_not_changed() -> None:
    old = read(MINUTES)
    assert as_markdown(old.plan, old) == MINUTES.encode()


def test_only_the_cells_that_change_are_written_anew() -> None:
    old = read(MINUTES)
    before, _, after = MINUTES.partition("| q1/none | Ask *Ann* |")
    new = as_markdown(changed(old.plan, 0, Step="Ask Dee | Eve"), old).decode()
    assert new == f"{before}| q1/none | Ask Dee \\| Eve |{after}"


def test_new_columns_and_rows_come_after_what_is_there() -> None:
    old = read(MINUTES)
    wider = Plan((*old.plan.columns, "Now"), (*({**row, "Now": "done"} for row in old.plan.rows),))
    longer = Plan(wider.columns, (*wider.rows, dict.fromkeys(wider.columns, "x")))
    new = as_markdown(longer, old)
    assert new.startswith(MINUTES.partition("| Id")[0].encode())
    assert new.endswith(MINUTES.partition("`Cy` |\n")[2].encode())
    assert b"| q1/none | Ask *Ann* | **Bob** | [minutes](https://example.org/m) \\| page 2 | done |\n" in new
    assert b"|  | Our own | `Cy` |  | done |\n| x | x | x | x | x |\n" in new
    assert read(new).plan == longer


def test_a_page_from_windows_keeps_its_line_ends() -> None:
    page_of_theirs = b"\xef\xbb\xbfPlan\r\n\r\n|Id|Now|\r\n|-|-|\r\n|q1/none|new|\r\nEnd"
    old = read(page_of_theirs)
    assert [row["Id"] for row in old.plan.rows] == ["q1/none", "End"]  # as Markdown shows it
    new = as_markdown(changed(old.plan, 0, Now="to do"), old)
    assert new == b"\xef\xbb\xbfPlan\r\n\r\n|Id|Now|\r\n|-|-|\r\n| q1/none | to do |\r\nEnd\r\n"


def test_csv_keeps_its_delimiter() -> None:
    old = read("Id;Now\nq1/none;new\n", "csv")
    assert csv_bytes(old.plan, old) == b'\xef\xbb\xbf"Id";"Now"\r\n"q1/none";"new"\r\n'


def test_tables_of_other_things_are_left_alone() -> None:
    text = "|Who|When|\n|-|-|\n|Ann|May|\n\n> |Id|\n> |-|\n\n|Id|\n|-|\n|q1/none|\n"
    assert [row["Id"] for row in read(text).plan.rows] == ["q1/none"]


# When in doubt.

TABLE = "| Id | Owner |\n|---|---|\n| q1/none | Ann |\n"
REFUSED: list[tuple[Kind, str, list[tuple[Code, int, int]]]] = [
    ("csv", "Step,Owner\nAsk,Ann\n", [(Code.NOT_A_PLAN, 0, 0)]),
    ("csv", "Id,Owner\nq1/none,Ann\n\nQ1/None ,Bob\n,\nq1/none,\n", [(Code.STEP_TWICE, 4, 1), (Code.STEP_TWICE, 6, 1)]),
    ("csv", "Id,Owner\nq1/none,Ann,Bob\n", [(Code.BAD_TABLE, 2, 1)]),
    ("csv", "", [(Code.EMPTY_FILE, 0, 0)]),
    ("markdown", "", [(Code.EMPTY_FILE, 0, 0)]),
    ("markdown", "# Plan\n\nId\n", [(Code.NOT_A_PLAN, 0, 0)]),
    ("markdown", "- | Id |\n  |---|\n", [(Code.NOT_A_PLAN, 0, 0)]),
    ("markdown", f"{TABLE}\n{TABLE}", [(Code.NOT_A_PLAN, 5, 1)]),
    ("markdown", f"Plan\n\n{TABLE}| q1/none | Bob |\n", [(Code.STEP_TWICE, 6, 1)]),
    ("markdown", f"{TABLE}| q2/none | Ann | Bob |\n", [(Code.BAD_TABLE, 4, 1)]),
    ("markdown", f"{TABLE}| q2/\x07 | Ann |\n", [(Code.CONTROL_CHARACTER, 4, 6)]),
    ("markdown", "| Id | Now | now |\n|-|-|-|\n", [(Code.BAD_TABLE, 1, 1)]),
    ("markdown", f"{TABLE}\n{'[' * MAX_PAGE}\n", [(Code.TOO_BIG, 0, 0)]),
    ("markdown", f"{TABLE}\n| q2/none | Bob |\n", [(Code.NOT_A_PLAN, 5, 1)]),
    ("markdown", f"{TABLE}<!-- later -->\n| | Bob |\n", [(Code.NOT_A_PLAN, 5, 1)]),
    ("markdown", f"{TABLE}\t| q2/none | Bob |\n", [(Code.NOT_A_PLAN, 4, 1)]),
    ("markdown", f"{TABLE}> | q2/none | Bob |\n", [(Code.NOT_A_PLAN, 4, 1)]),
    ("markdown", f"{TABLE}- | q2/none | Bob |\n", [(Code.NOT_A_PLAN, 4, 1)]),
    ("markdown", f"{TABLE}\nq2/? | Bob\n", [(Code.NOT_A_PLAN, 5, 1)]),
]


@pytest.mark.parametrize(("kind", "text", "expected"), REFUSED, ids=[repr(row[1][:24]) for row in REFUSED])
def test_what_cannot_be_kept_as_it_is_is_refused(kind: Kind, text: str, expected: list[tuple[Code, int, int]]) -> None:
    assert spots(text, kind) == expected


def test_a_character_that_cannot_be_seen_does_no_harm_outside_the_table() -> None:
    assert len(read(f"{TABLE}\nMinutes\u2028of May \x07\n").plan.rows) == 1


def test_a_page_in_another_encoding_is_refused() -> None:
    (problem,) = problems("| Id | É |\n|-|-|\n".encode("cp1252"))
    assert problem.code is Code.NOT_UTF8


def test_the_suffix_tells_how_a_plan_is_kept(tmp_path: Path) -> None:
    assert [kind_of(Path(name)) for name in ("a.csv", "a.MD", "a.xlsx", "a")] == ["csv", "markdown", None, None]
    path = tmp_path / "plan.md"
    path.write_bytes(as_markdown(Plan(("Id",), ({"Id": "q1/none"},))))
    assert read_plan(path).plan.rows == ({"Id": "q1/none"},)
