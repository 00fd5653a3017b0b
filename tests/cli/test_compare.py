"""`compare` sets two sheets side by side, and refuses by name what cannot be compared."""

import json
import os
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
RIVERSIDE, CARERS = "Riverside Advice", "Carers’ Centre"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a pack, two sheets of one organisation and one of another."""
    write_pack(tmp_path / "pack", PACK)
    monkeypatch.chdir(tmp_path)
    a_file("then.yaml", RIVERSIDE, "2026-11-23", "low")
    a_file("now.yaml", "riverside  advice", "2027-11-22", "high")
    a_file("carers.yaml", CARERS, "2026-11-20", "high")
    return tmp_path


def a_file(name: str, organisation: str, date: str, q1: str, more: str = "") -> None:
    sheet = f"pack: tiny\norganisation: {organisation}\ndate: {date}\nanswers:\n  q1: {q1}\n  q2: most\n{more}"
    Path(name).write_text(sheet, encoding="utf-8")


def compare(*words: str, stdin: bytes | str = b"") -> Done:
    return call("compare", *words, "--pack", "pack", stdin=stdin)


def test_two_dates_of_one_organisation_are_progress() -> None:
    done = compare("then.yaml", "now.yaml")
    assert (done.code, done.err) == (0, "")
    assert "What has changed from 23 November 2026 to 22 November 2027." in done.out


def test_two_organisations_are_a_partnership_to_talk_about() -> None:
    done = compare("then.yaml", "carers.yaml")
    assert (done.code, done.err) == (0, "")
    assert f"{RIVERSIDE} and {CARERS}" in done.out


def test_the_older_sheet_comes_first_whatever_the_order_and_that_is_said() -> None:
    there, back = compare("then.yaml", "now.yaml"), compare("now.yaml", "then.yaml")
    assert back.out == there.out
    assert back.err == "“then.yaml” is older than “now.yaml”, so it comes first.\n"


def test_one_sheet_can_come_from_standard_input() -> None:
    assert compare("-", "now.yaml", stdin=Path("then.yaml").read_bytes()) == compare("then.yaml", "now.yaml")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("then.yaml", "then.yaml"), "both sheets are of Riverside Advice on 23 November 2026"),
        (("-", "-"), "only one of the two sheets can come from standard input"),
        (
            ("then.yaml", "now.yaml", "-o", "now.yaml", "--format", "markdown"),
            "“now.yaml” is one of the files",
        ),
        (("then.yaml", "carers.yaml", "--plan", "plan.csv"), "these sheets are of Riverside Advice and Carers’ Centre"),
        (("then.yaml", "now.yaml", "--plan", "plan.docx"), "a plan cannot be read from “plan.docx”"),
        (("then.yaml", "now.yaml", "-o", "report.pdf"), "no format goes with “report.pdf”"),
    ],
)
def test_what_cannot_work_is_refused_with_the_reason(words: tuple[str, ...], said: str) -> None:
    done = compare(*words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_the_problems_of_both_sheets_are_told_at_once_each_by_its_name() -> None:
    Path("other.yaml").write_text(
        Path("now.yaml").read_text(encoding="utf-8").replace("tiny", "huge"), encoding="utf-8"
    )
    a_file("then.yaml", RIVERSIDE, "2026-11-23", "lowest")
    done = compare("then.yaml", "other.yaml")
    assert (done.code, done.out) == (1, "")
    assert "then.yaml:5:7" in done.err
    assert "other.yaml:1:7: this sheet answers the pack “huge”, not “tiny”" in done.err


def test_a_plan_that_is_not_there_is_a_problem_and_one_that_is_stays_as_it_was() -> None:
    assert "plan.csv: there is no such file" in compare("then.yaml", "now.yaml", "--plan", "plan.csv").err
    plan = Path("plan.csv")
    plan.write_text("Id,Step,Owner\nq1/low,Begin with us,Ann\n", encoding="utf-8")
    done = compare("then.yaml", "now.yaml", "--plan", "plan.csv")
    assert "Begin with us" in done.out
    assert plan.read_text(encoding="utf-8") == "Id,Step,Owner\nq1/low,Begin with us,Ann\n"


def test_two_names_that_may_be_one_are_pointed_out() -> None:
    a_file("typo.yaml", "Riverside Advise", "2027-11-22", "high")
    done = compare("then.yaml", "typo.yaml")
    assert done.code == 0
    assert "“Riverside Advice” and “Riverside Advise” are taken for two organisations." in done.err


@pytest.mark.parametrize(("name", "start"), [("r.md", b"# A tiny"), ("r.html", b"<!doctype"), ("r.docx", b"PK")])
def test_a_files_suffix_picks_the_format(folder: Path, name: str, start: bytes) -> None:
    assert compare("then.yaml", "carers.yaml", "-o", name).err == f"Saved to {name}\n"
    assert (folder / name).read_bytes().startswith(start)
    assert compare("then.yaml", "carers.yaml", "-o", name).code == 1, "it is there already"
    assert compare("then.yaml", "carers.yaml", "-o", name, "--force").code == 0


@pytest.mark.parametrize(("other", "kind"), [("now.yaml", "progress"), ("carers.yaml", "partner-fit")])
def test_numbers_for_other_programs(other: str, kind: str) -> None:
    data = json.loads(compare("then.yaml", other, "--format", "json").out)
    assert data["kind"] == kind
    assert data["compatibility"] == {"per_cent": 100.0, "compared": ["q1", "q2"], "left_out": [], "no_longer_asked": 0}


def test_what_was_not_asked_in_the_same_form_is_left_out_by_name_with_the_share() -> None:
    a_file("old.yaml", RIVERSIDE, "2025-11-23", "low", 'pack_version: "0"\nasked: {q2: "00000000-00000000"}\n')
    done = compare("old.yaml", "now.yaml")
    assert "50 per cent of the scored questions were the same for both." in " ".join(done.out.split())
    assert "How far is q2? (what it takes as an answer has changed)" in " ".join(done.out.split())


ODD = "odd\n\x1b[31mname.yaml"
"""A name with a line end and an order to the terminal."""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    "words",
    [(ODD, "now.yaml"), ("now.yaml", ODD), (ODD, "then.yaml"), (ODD, "now.yaml", "-o", ODD, "--format", "word")],
)
def test_no_name_of_a_file_acts_on_the_terminal(words: tuple[str, ...]) -> None:
    a_file(ODD, RIVERSIDE, "2027-11-25", "high")
    assert "\x1b" not in compare(*words).err
    assert "odd\n" not in compare(*words).err


@pytest.mark.parametrize("words", [(f"{'x' * 300}.yaml", "now.yaml"), ("now.yaml", f"{'x' * 300}.yaml")])
def test_a_name_that_is_too_long_is_a_problem_of_that_file(words: tuple[str, ...]) -> None:
    done = compare(*words)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{'x' * 300}.yaml: ")


# Several people on a side.


def test_a_side_may_be_a_folder_and_it_is_said_for_how_many_it_speaks() -> None:
    Path("board").mkdir()
    a_file("board/one.yaml", RIVERSIDE, "2027-11-22", "high")
    a_file("board/two.yaml", RIVERSIDE, "2027-11-23", "middle")
    progress = compare("then.yaml", "board")
    assert (progress.code, progress.err) == (0, "")
    assert "2 people answered. Each score is the mean of theirs" in " ".join(progress.out.split())
    assert f"{RIVERSIDE} and {CARERS}" in compare("board", "carers.yaml").out


def test_a_folder_of_two_organisations_is_no_side() -> None:
    Path("mixed").mkdir()
    a_file("mixed/one.yaml", RIVERSIDE, "2027-11-22", "high")
    a_file("mixed/two.yaml", CARERS, "2027-11-22", "high")
    done = compare("then.yaml", "mixed")
    assert (done.code, done.out) == (1, "")
    assert "[other-organisation]" in done.err
