"""`report --plan` keeps a plan in a file: nothing that people typed is lost, and nothing else is written over."""

import csv
import sys
from pathlib import Path

import pytest
from builders import a_choice, a_question, pack_data
from commands import Done, call, write_pack

PACK = pack_data(
    a_question(
        "q1",
        "size",
        choices=[
            a_choice("low", 0, step={"do": "Begin.", "effort": 1}),
            a_choice("middle", 1, step={"do": "Go on.", "effort": 2}),
            a_choice("high", 2),
        ],
    ),
    a_question("q2", "size"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a pack whose levels have steps."""
    write_pack(tmp_path / "pack", PACK)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def planned(plan: str = "plan.csv", *more: str, **replies: str) -> Done:
    """Report on these answers, with a plan."""
    lines = "".join(f"  {name}: {word}\n" for name, word in replies.items())
    sheet = f"pack: tiny\norganisation: Riverside\ndate: 2026-11-23\nanswers:\n{lines}"
    Path("sheet.yaml").write_text(sheet, encoding="utf-8")
    return call("report", "sheet.yaml", "--pack", "pack", "--plan", plan, *more)


def rows(path: str = "plan.csv") -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_plan_is_made_beside_the_report(folder: Path) -> None:
    done = planned(q1="low", q2="dont-know")
    assert (done.code, done.err) == (0, "The plan is in plan.csv: 2 steps to do.\n")
    assert "Every step is in your plan." in done.out
    assert [(row["Id"], row["Now"]) for row in rows()] == [("q2/?", "to do"), ("q1/low", "to do")]
    assert (folder / "plan.csv").stat().st_mode & 0o077 == 0, "it may name people"


def test_what_people_typed_is_kept_and_new_answers_say_what_is_done() -> None:
    planned(q1="low", q2="dont-know")
    empty, filled = '"","","","to do"', '"Ann","12 May","half done","to do"'
    text = Path("plan.csv").read_text("utf-8-sig").replace(empty, filled)
    Path("plan.csv").write_text(text, encoding="utf-8-sig")
    assert "In your plan – owner: Ann; date: 12 May; status: half done" in planned(q1="low", q2="dont-know").out
    done = planned(q1="middle", q2="dont-know")
    assert done.err == "The plan is in plan.csv: 2 steps to do (1 new), 1 done.\n"
    assert "Done, by your answers:" in done.out
    begun = next(row for row in rows() if row["Id"] == "q1/low")
    assert (begun["Owner"], begun["Date"], begun["Status"], begun["Now"]) == ("Ann", "12 May", "half done", "done")


def test_a_plan_in_markdown_keeps_what_stands_around_it() -> None:
    planned("plan.md", q1="low")
    path = Path("plan.md")
    path.write_text(f"Minutes of May\n\n{path.read_text('utf-8')}\nNext meeting: June\n", encoding="utf-8")
    assert planned("plan.md", q1="middle", q2="all").code == 0
    now = path.read_text("utf-8")
    assert now.startswith("Minutes of May\n\n# Plan: Riverside")
    assert now.endswith("\nNext meeting: June\n")
    assert "| q1/low |" in now
    assert "| q1/middle |" in now


def test_a_file_that_is_no_plan_is_told_of_and_left_alone() -> None:
    Path("plan.csv").write_text("Name,Phone\nAnn,123\n", encoding="utf-8")
    done = planned("plan.csv", "-o", "report.txt", q1="low")
    assert done.code == 1
    assert "[not-a-plan]" in done.err
    assert Path("plan.csv").read_text("utf-8") == "Name,Phone\nAnn,123\n"
    assert not Path("report.txt").exists(), "nothing is written if the plan cannot be"


def test_a_plan_that_could_not_be_read_again_is_not_written() -> None:
    lines = "".join(f",row {number}\n" for number in range(4_999))
    Path("plan.csv").write_text(f"Id,Mine\n{lines}", encoding="utf-8")
    before = Path("plan.csv").read_bytes()
    done = planned("plan.csv", "-o", "report.txt", q1="low", q2="dont-know")
    assert done.code == 1
    assert "plan.csv" in done.err
    assert "[too-big]" in done.err
    assert Path("plan.csv").read_bytes() == before
    assert not Path("report.txt").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such links")
def test_a_link_that_leads_to_itself_is_a_problem_and_not_a_bug() -> None:
    Path("loop.csv").symlink_to("loop.csv")
    assert planned("loop.csv", q1="low").code == 1


@pytest.mark.parametrize("name", ["plan.xlsx", "plan", "plan.csv.bak"])
def test_another_suffix_is_wrong_usage(name: str) -> None:
    done = planned(name, q1="low")
    assert done.code == 2
    assert "End its name in one of: .csv, .md." in done.err


@pytest.mark.parametrize(
    ("plan", "more"), [("sheet.yaml", ()), ("r.md", ("-o", "r.md")), ("./r.md", ("-o", "r.md")), ("-", ())]
)
def test_one_name_cannot_stand_for_two_files(plan: str, more: tuple[str, ...]) -> None:
    assert planned(plan, *more, q1="low").code == 2
    assert not Path("r.md").exists()


@pytest.mark.parametrize("output", ["there.md", "no-folder/x.md", "folder.md", "/dev/full"])
def test_a_plan_stays_as_it_was_when_the_report_cannot_be_delivered(folder: Path, output: str) -> None:
    if output == "/dev/full" and not Path(output).exists():
        pytest.skip("only where there is such a device")
    planned(q1="low", q2="dont-know")
    (folder / "there.md").write_text("x", encoding="utf-8")
    (folder / "folder.md").mkdir()
    before = Path("plan.csv").read_bytes()
    done = planned("plan.csv", "-o", output, "--format", "markdown", q1="middle", q2="dont-know")
    assert (done.code, done.out) == (1, "")
    assert "The plan is in" not in done.err
    assert Path("plan.csv").read_bytes() == before
    assert (folder / "there.md").read_text("utf-8") == "x"
    assert "(1 new)" in planned(q1="middle", q2="dont-know").err


@pytest.mark.parametrize("plan", ["no-folder/plan.csv", "folder.csv"])
def test_no_report_is_written_when_the_plan_cannot_be(folder: Path, plan: str) -> None:
    (folder / "folder.csv").mkdir()
    done = planned(plan, "-o", "new.md", q1="low")
    assert done.code == 1
    assert not (folder / "new.md").exists()
