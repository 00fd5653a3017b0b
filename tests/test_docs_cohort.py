"""docs/cohort.md on made-up organisations: its commands, its excerpt, its table of rows, its queries."""

import csv
import json
import re
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from commands import call

from collabcheck.coding import NOT_ASKED, UNANSWERED
from collabcheck.files.packs import load_pack
from collabcheck.questions import DONT_KNOW
from collabcheck.report.rows import header

ROOT = Path(__file__).resolve().parents[1]
PATH = ROOT / "docs" / "cohort.md"
PAGE = PATH.read_text(encoding="utf-8")
NUMBER = 400
"""So many organisations the page speaks of."""

Row = dict[str, str]


def blocks(kind: str) -> list[str]:
    """Return what stands in the code blocks of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the organisations of the page: as lines, as files, and the sheet of one of them."""
    folder = tmp_path_factory.mktemp("made-up")
    for number, to in ((NUMBER, "members.jsonl"), (20, "sheets")):
        generate = [sys.executable, str(ROOT / "benchmarks" / "generate.py"), str(number), str(folder / to)]
        subprocess.run(generate, check=True)
    copy(ROOT / "examples" / "riverside-advice.yaml", folder / "our-answers.yaml")
    return folder


@pytest.fixture
def here(made_up: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to that folder."""
    monkeypatch.chdir(made_up)
    return made_up


def test_the_commands_of_the_page_work_one_after_the_other(here: Path) -> None:
    lines = re.findall(r"^    collabcheck (.+)$", PAGE, flags=re.MULTILINE)
    assert len(lines) > 5
    for line in lines:
        done = call(*shlex.split(line))
        assert done.code == 0, done.err
    assert {"members.html", "benchmark.json", "rows.csv"} <= {path.name for path in here.iterdir()}


def test_the_excerpt_is_the_beginning_of_the_report(here: Path, request: pytest.FixtureRequest) -> None:
    report = call("cohort", str(here / "members.jsonl")).out
    excerpt = report[: report.index("\nSize ") + 1]
    assert f"{NUMBER} organisations" in excerpt
    (shown,) = blocks("text")
    if request.config.getoption("--refresh"):
        PATH.write_text(PAGE.replace(shown, excerpt), encoding="utf-8", newline="\n")
    else:
        assert shown == excerpt, "run: python3 run.py tests tests/test_docs_cohort.py --refresh"


# The rows.


def test_the_table_of_rows_explains_every_column_in_its_order() -> None:
    table = PAGE.partition("| Column |")[2].partition("\n\n")[0]
    first = " ".join(re.findall(r"^\| (`[^|]+) \|", table, flags=re.MULTILINE))
    assert re.findall(r"`([^`]+)`", first) == header(load_pack(None)).strip().split(",")


def test_what_organisations_say_of_themselves_singles_almost_all_out(here: Path) -> None:
    rows = summed_up(here)[1]
    about = [question.id for question in load_pack(None).context]
    alike = Counter(tuple(row[name] for name in about) for row in rows if row["factor"] == "overall")
    assert alike.total() == NUMBER
    assert Counter(alike.values())[1] > 0.9 * NUMBER


def summed_up(folder: Path) -> tuple[dict[str, Any], list[Row]]:
    """Return the numbers of the cohort by income, and its rows, which are in rows.csv."""
    words = ("--by", "income", "--format", "json", "--rows", "rows.csv", "--force")
    result = json.loads(call("cohort", "members.jsonl", *words).out)
    with (folder / "rows.csv").open(encoding="utf-8", newline="") as file:
        return result, list(csv.DictReader(file))


# The queries.


def test_the_queries_find_the_means_of_the_report(here: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install duckdb")
    result, _ = summed_up(here)
    table = duckdb.connect()
    view, factors, groups = blocks("sql")
    table.execute(view)
    assert {name: (scored, mean) for name, scored, mean in table.execute(factors).fetchall()} == by_factor(result)
    found = table.execute(groups).fetchall()
    known = {(group, name): (scored, mean) for group, name, scored, mean in found if group not in UNKNOWN}
    expected = by_group(result)
    assert len(expected) > 20
    assert {key: known[key] for key in expected} == expected


UNKNOWN = (None, UNANSWERED, DONT_KNOW, NOT_ASKED)
"""Codes that are one group in the report."""


def by_factor(result: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Return how many have a score, and the mean, for the overall result and every factor."""
    spreads = {"overall": result["overall"], **{factor["id"]: factor for factor in result["factors"]}}
    return {name: (spread["scored"], spread["mean"]) for name, spread in spreads.items()}


def by_group(result: dict[str, Any]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the same for every group that gave an answer, of readiness only."""
    risk = [factor["id"] for factor in result["factors"] if factor["kind"] == "risk"]
    return {
        (group["answer"], name): (mean["scored"], mean["mean"])
        for group in result["groups"]
        for name, mean in (("overall", group["overall"]), *((name, group["factors"][name]) for name in risk))
        if mean and group["answer"] != "unknown"
    }
