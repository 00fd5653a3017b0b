"""`cohort`: exit codes, what is left out, what is written where, and nothing half done."""

import csv
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from builders import a_choice, a_question, a_sheet, pack_data
from commands import Done, call, surroundings, write_pack

from collabcheck.assessment import RangeOnly, Scored
from collabcheck.pack import Pack
from collabcheck.scoring import score

FLAG = {"reason": "it burns", "caps_at": "at-risk"}
INCOME = a_question("income", choices=[a_choice("small"), a_choice("middle"), a_choice("large")])
NATIONS = a_question(
    "nation", choices=[a_choice("wales"), a_choice("england"), a_choice("none", alone=True)], several=True
)
PACK = pack_data(
    a_question("q1", "size"),
    a_question("q2", "size", "reach", choices=[a_choice("bad", flag=FLAG), a_choice("good", 1)]),
    a_question("q3", "reach", when={"question": "q1", "is": ["all"]}),
    context=[INCOME, NATIONS],
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a pack."""
    write_pack(tmp_path / "pack", PACK)
    monkeypatch.chdir(tmp_path)
    return tmp_path


Words = dict[str, Any]


def a_line(organisation: str = "Riverside", /, **answers: Any) -> str:
    return json.dumps({"pack": "tiny", "organisation": organisation, "date": "2026-11-23", "answers": answers})


def drawn(number: int) -> Words:
    """Return answers by chance, the same for a number."""
    chance = random.Random(number)
    words = {
        "income": chance.choice(["small", "small", "middle", "dont-know"]),
        "nation": chance.choice(["wales", ["england", "wales"]]),
        "q1": chance.choice(["none", "some", "most", "all", "all"]),
        "q2": chance.choice(["bad", "good", "good", "dont-know", {"not_applicable": "not us"}]),
        "q3": chance.choice(["some", "all"]),
    }
    return {name: given for name, given in words.items() if chance.random() > 0.05}


def write(folder: str, sheets: Sequence[Words]) -> None:
    Path(folder).mkdir(exist_ok=True)
    for number, words in enumerate(sheets):
        (Path(folder) / f"{number:03}.json").write_text(a_line(f"Secret {number}", **words), encoding="utf-8")


def cohort(*words: str, stdin: str = "") -> Done:
    return call("cohort", *words, "--pack", "pack", stdin=stdin)


def numbers(*words: str, stdin: str = "") -> dict[str, Any]:
    done = cohort(*words, "--format", "json", stdin=stdin)
    assert done.code == 0, done.err
    told: dict[str, Any] = json.loads(done.out)
    return told


def here() -> set[str]:
    return {path.name for path in Path().iterdir()} - {"pack"}


# What it says, and how it ends.


def test_all_is_well_and_only_the_report_is_said() -> None:
    write("in", [drawn(number) for number in range(30)])
    done = cohort("in")
    assert (done.code, done.err) == (0, "")
    assert "30 sheets were counted, each as one organisation." in " ".join(done.out.split())
    assert "Secret" not in done.out


def test_a_sheet_that_cannot_be_read_stops_it_and_all_such_are_told() -> None:
    write("in", [{"q1": "all"}] * 6)
    for name in ("bad", "worse"):
        Path(f"in/{name}.json").write_text("{", encoding="utf-8")
    done = cohort("in")
    assert (done.code, done.out) == (1, "")
    assert done.err.count("[bad-json]") == 2
    assert "2 of 8 sheets cannot be read. To go on without: --skip-bad" in done.err


def test_a_name_that_leads_nowhere_is_no_sheet_to_be_left_out() -> None:
    write("in", [{"q1": "all"}] * 6)
    done = cohort("in", "gone.yaml", "gone/*.json", "in/*.json", "--skip-bad")
    assert (done.code, done.out) == (1, "")
    assert [line for line in done.err.splitlines() if "[" in line] == [
        f"{name}: there is no such file or folder [cannot-read]" for name in ("gone.yaml", "gone/*.json")
    ]


def test_bad_sheets_are_left_out_if_that_is_asked_for_and_it_is_said_how_many() -> None:
    write("in", [{"q1": "all"}] * 6)
    Path("in/bad.json").write_text("{", encoding="utf-8")
    done = cohort("in", "--skip-bad")
    assert done.code == 0
    assert "Left out for these problems: 1 of 7 sheets." in done.err
    assert "1 more could not be read, and is left out." in " ".join(done.out.split())
    told = numbers("in", "--skip-bad")
    assert (told["sheets"], told["left_out"]) == (6, 1)


def test_of_too_few_nothing_is_said() -> None:
    write("in", [{"q1": "all"}] * 4)
    done = cohort("in")
    assert (done.code, done.out) == (1, "")
    assert "of 4 nothing can be said: it takes 5 organisations [too-few]" in done.err
    assert cohort("in", "--smallest-group", "4").code == 0
    assert cohort("in", "--smallest-group", "2").code == 2


def test_where_there_is_no_sheet_the_command_was_called_wrongly() -> None:
    Path("empty").mkdir()
    done = cohort("empty")
    assert (done.code, done.out) == (2, "")
    assert "there is no answer sheet there" in done.err


def test_a_file_without_any_sheet_is_a_file_that_is_empty() -> None:
    Path("blank.jsonl").write_text("\n\n", encoding="utf-8")
    for name, called in (("blank.jsonl", "blank.jsonl"), ("-", "standard input")):
        done = cohort(name)
        assert (done.code, done.out) == (1, "")
        assert f"{called}: there is nothing in it [empty-file]" in done.err


@pytest.mark.parametrize(("by", "words"), [("q1", "Use one of: income, nation."), ("incme", "Did you mean “income”?")])
def test_groups_are_by_questions_about_the_organisation_only(by: str, words: str) -> None:
    write("in", [{"q1": "all"}] * 6)
    done = cohort("in", "--by", by)
    assert (done.code, done.out) == (2, "")
    assert f"no question “{by}” about the organisation. {words}" in done.err


def test_lines_come_from_standard_input_and_a_sheet_counts_once() -> None:
    lines = "\n".join(a_line(q1="all", income="small") for _ in range(7))
    assert numbers("-", stdin=lines)["sheets"] == 7
    write("in", [{"q1": "all"}] * 6)
    assert numbers("in", "in/000.json", "in/*.json", "-", stdin=lines)["sheets"] == 13


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "json"])
def test_the_order_of_files_and_the_number_of_processes_change_nothing(form: str) -> None:
    sheets = [a_line(f"Secret {number}", **drawn(number)) for number in range(1200)]
    said = set()
    for seed, processes in ((1, "1"), (2, "2"), (3, "3")):
        random.Random(seed).shuffle(sheets)
        Path("lines.jsonl").write_text("\n".join(sheets), encoding="utf-8")
        done = cohort("lines.jsonl", "--processes", processes, "--by", "nation", "--format", form)
        assert (done.code, done.err) == (0, "")
        said.add(done.out)
    assert len(said) == 1


def test_problems_are_told_in_order_and_only_as_many_as_anybody_reads() -> None:
    bad = "\n".join([a_line(q1="all")] * 6 + ["{"] * 1500)
    told = [cohort("-", "--skip-bad", "--processes", processes, stdin=bad).err for processes in ("1", "2")]
    assert told[0] == told[1]
    lines = [line for line in told[0].splitlines() if line.startswith("standard input:")]
    assert len(lines) == 200
    assert lines[0].startswith("standard input:7:")
    assert "Left out for these problems: 1500 of 1506 sheets." in told[0]


# Several sheets of one organisation.


def test_several_sheets_of_one_organisation_are_told_by_name_and_counted_in_the_report() -> None:
    names = ["Riverside", "RIVERSIDE ", "River side", "Lake", "lake", *(f"Member {n}" for n in range(20))]
    lines = "\n".join(a_line(name, **drawn(number)) for number, name in enumerate(names))
    done = cohort("-", stdin=lines)
    assert done.code == 0
    assert re.sub("(?i)river ?side ?", "Riverside", done.err).casefold().splitlines() == [
        "“riverside” has 3 sheets here, and counts 3 times.",
        "“lake” has 2 sheets here, and counts 2 times.",
    ]
    out = " ".join(done.out.split())
    assert "2 organisations have more than one sheet here. Each sheet counts as one organisation, so" in out
    assert "iver" not in done.out
    for form in ("markdown", "html", "json"):
        assert "iver" not in cohort("-", "--format", form, stdin=lines).out
    assert numbers("-", stdin=lines)["repeated"] == {"organisations": 2, "of": 22, "sample": False}


def test_where_each_has_one_sheet_nothing_is_said_of_that() -> None:
    write("in", [drawn(number) for number in range(30)])
    done = cohort("in")
    assert done.err == ""
    assert "more than one sheet here" not in " ".join(done.out.split())
    assert "repeated" not in numbers("in")


def test_no_more_of_them_are_named_than_anybody_reads() -> None:
    done = cohort("-", stdin="\n".join(a_line(f"Member {number // 2}", q1="all") for number in range(50)))
    lines = done.err.splitlines()
    assert len(lines) == 11
    assert lines[-1] == "… and 15 more like these"


# Rows.


def rows_of(*words: str) -> list[dict[str, str]]:
    done = cohort(*words, "--rows", "rows.csv")
    assert done.code == 0, done.err
    assert "The rows are in rows.csv." in done.err
    with Path("rows.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_rows_hold_the_score_of_every_sheet_and_factor_and_no_name() -> None:
    pack, sheets = Pack.model_validate(PACK), [drawn(number) for number in range(20)]
    Path("lines.jsonl").write_text("\n".join(a_line("=Secret", **words) for words in sheets), encoding="utf-8")
    told = rows_of("lines.jsonl")
    assert list(told[0]) == [
        *("sheet", "income", "nation", "factor", "kind", "score", "low", "high", "band", "band_low", "band_high")
    ]
    assert [(row["sheet"], row["factor"], row["kind"]) for row in told] == [
        (str(number), name, "risk") for number in range(1, 21) for name in ("overall", "size", "reach")
    ]
    by_sheet = [told[i : i + 3] for i in range(0, 60, 3)]
    for words, rows in zip(sheets, by_sheet, strict=True):
        made = score(pack, a_sheet(**{name: as_reply(given) for name, given in words.items()}))
        for row, result in zip(rows, (made.overall.score, *(one.score for one in made.factors)), strict=True):
            known = result if isinstance(result, Scored) else None
            assert row["score"] == (f"{float(known.score):.4f}" if known else "")
            assert row["band"] == (known.band.id if known else "")
            if isinstance(result, (Scored, RangeOnly)):
                assert (row["low"], row["high"]) == (
                    f"{float(result.range.low):.4f}",
                    f"{float(result.range.high):.4f}",
                )
                assert (row["band_low"], row["band_high"]) == (result.bands.low.id, result.bands.high.id)
    assert {row["nation"] for row in told} >= {"wales", "wales england"}
    assert "Secret" not in Path("rows.csv").read_text(encoding="utf-8")


def as_reply(given: Any) -> Any:
    if isinstance(given, dict):
        return "-"
    return {"dont-know": "?"}.get(given, given) if isinstance(given, str) else tuple(given)


def test_no_cell_of_a_row_can_be_a_formula() -> None:
    Path("lines.jsonl").write_text("\n".join(a_line(**drawn(number)) for number in range(200)), encoding="utf-8")
    cells = {cell for row in rows_of("lines.jsonl") for cell in row.values()}
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "@", "\t"} or (cell[:1] == "-" and len(cell) > 1)]


def test_a_bad_sheet_leaves_a_gap_in_the_numbers_of_rows() -> None:
    lines = [a_line(q1="all"), "{", *[a_line(q1="none")] * 5]
    Path("lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    told = rows_of("lines.jsonl", "--skip-bad")
    assert list(dict.fromkeys(row["sheet"] for row in told)) == ["1", "3", "4", "5", "6", "7"]


# Files.


def test_a_benchmark_goes_with_a_report() -> None:
    write("in", [drawn(number) for number in range(40)])
    done = cohort("in", "--benchmark", "members.json")
    assert done.code == 0
    assert "The benchmark is in members.json." in done.err
    told = call("report", "in/000.json", "--benchmark", "members.json", "--pack", "pack", "--format", "json")
    assert (told.code, told.err) == (0, "")
    assert json.loads(told.out)["among_others"]["sheets"] == 40


def test_a_benchmark_that_would_hold_no_score_is_not_made() -> None:
    write("in", [{}] * 6)
    done = cohort("in", "-o", "report.md", "--benchmark", "members.json")
    assert (done.code, here()) == (1, {"in", "report.md"})
    assert "no benchmark was made" in done.err


def test_rows_that_are_there_already_are_refused_before_anything_is_counted() -> None:
    write("in", [{"q1": "all"}] * 6)
    Path("rows.csv").write_text("mine", encoding="utf-8")
    done = cohort("in", "--rows", "rows.csv", "-o", "report.md")
    assert (done.code, done.out) == (1, "")
    assert "[file-exists]" in done.err
    assert (here(), Path("rows.csv").read_text(encoding="utf-8")) == ({"in", "rows.csv"}, "mine")
    assert cohort("in", "--rows", "rows.csv", "-o", "report.md", "--force").code == 0
    assert here() == {"in", "rows.csv", "report.md"}


@pytest.mark.parametrize("name", ["report.md", "members.json"])
def test_a_file_that_is_there_already_stays_as_it_is_without_force(name: str) -> None:
    write("in", [{"q1": "all"}] * 6)
    Path(name).write_text("mine", encoding="utf-8")
    done = cohort("in", "-o", "report.md", "--benchmark", "members.json")
    assert (done.code, "[file-exists]" in done.err) == (1, True)
    assert Path(name).read_text(encoding="utf-8") == "mine"
    assert cohort("in", "-o", "report.md", "--benchmark", "members.json", "--force").code == 0
    assert Path(name).read_text(encoding="utf-8") != "mine"
    assert here() == {"in", "report.md", "members.json"}


@pytest.mark.parametrize("bad", ["{", ""])
def test_a_failure_leaves_no_rows_behind(bad: str) -> None:
    write("in", [{"q1": "all"}] * (6 if bad else 4))
    Path("in/more.jsonl").write_text(bad, encoding="utf-8")
    assert cohort("in", "--rows", "rows.csv", "-o", "report.md", "--benchmark", "members.json").code == 1
    assert here() == {"in"}


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGUSR1"])
def test_a_signal_ends_all_processes_and_leaves_nothing_behind(name: str) -> None:
    number = getattr(signal, name)
    command = [sys.executable, "-m", "collabcheck", "cohort", "-", "--pack", "pack", "--rows", "rows.csv"]
    with subprocess.Popen(
        [*command, "-o", "report.md", "--processes", "2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(),
        start_new_session=True,
    ) as ours:
        assert ours.stdin is not None
        ours.stdin.write(f"{a_line(q1='all')}\n".encode() * 5000)
        ours.stdin.flush()  # and it waits for more
        for _ in range(200):
            if any(path.name.startswith(".rows.csv.tmp-") and path.stat().st_size > 1000 for path in Path().iterdir()):
                break
            time.sleep(0.05)
        if name in ("SIGINT", "SIGHUP", "SIGQUIT"):  # what a terminal sends to all of them
            os.killpg(ours.pid, number)
        else:
            ours.send_signal(number)
        out, err = ours.communicate(timeout=20)  # which waits until no process holds them
    assert (ours.returncode, out) == (128 + number, b"")
    assert b"Traceback" not in err
    assert here() == set()
