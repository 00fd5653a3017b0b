"""A file of another kind is told in one line what it is and where it belongs, and an answer sheet never is."""

import json
from pathlib import Path

import pytest
from builders import a_pack

from collabcheck.files.benchmarks import read_benchmark
from collabcheck.files.imports.bringing import bring
from collabcheck.files.imports.people import Wishes
from collabcheck.files.sheets import read_sheet, sheet_from
from collabcheck.problems import Code, CollabcheckError, Problem

PACK = a_pack()
SHEET = "pack: tiny\norganisation: Riverside\ndate: 2026-11-23\nanswers:\n  q1: nonsense\n"
ZIP = b"PK\x03\x04" + b"\0" * 30


def as_sheet(name: str, raw: bytes, folder: Path) -> Problem:
    (folder / name).write_bytes(raw)
    with pytest.raises(CollabcheckError) as caught:
        read_sheet(PACK, folder / name)
    (problem,) = caught.value.problems
    assert problem.place.file == str(folder / name)
    return problem


def as_table(name: str, raw: bytes) -> Problem:
    with pytest.raises(CollabcheckError) as caught:
        bring(PACK, name, raw, Wishes(today="2026-11-23"))
    (problem,) = caught.value.problems
    return problem


OURS = {
    "report": ({"schema_version": "1", "kind": "panel", "answers": []}, "Name the answer sheet"),
    "benchmark": ({"benchmark": "1", "pack": "tiny"}, "--benchmark"),
    "schema": ({"$schema": "https://example.org", "title": "answers"}, "another folder"),
    "mapping": ({"organisation": "Sefydliad", "columns": {"q1": "Un"}}, "--mapping"),
    "pack": ({"pack": "tiny", "trends": []}, "--pack"),
}


@pytest.mark.parametrize("what", OURS)
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_our_own_files_are_known_by_their_keys(what: str, suffix: str, tmp_path: Path) -> None:
    data, advice = OURS[what]
    raw = json.dumps(data).encode()
    problem = as_sheet(f"own.{suffix}", raw, tmp_path)
    assert problem.code is Code.CANNOT_READ
    assert problem.message.startswith(f"this is a {what}")
    assert problem.message.endswith(", not an answer sheet")
    assert advice in problem.advice
    assert as_table(f"own.{suffix}", raw).message.startswith(f"this is a {what}")


KINDS = {
    "google.csv": (b"Timestamp,q1\n2026,some\n", "a table", "collabcheck import"),
    "ann.xlsx": (ZIP, "a table", "collabcheck import"),
    "form.html": (b"<!doctype html>\n<p>a: b: c</p>", "a web page", "name the file that it saves"),
    "report.md": (b"# Report\n\n- a: b: c\n", "a Markdown page", "collabcheck assess"),
    "report.docx": (ZIP, "a Word document", "made from"),
    "report.txt": (b"REPORT: a: b\n", "a plain text", "made from"),
    "all.jsonl": (b"{}\n{}\n", "a file with an answer sheet in every line", "collabcheck cohort"),
}


@pytest.mark.parametrize("name", KINDS)
def test_other_files_are_known_by_their_names(name: str, tmp_path: Path) -> None:
    raw, what, advice = KINDS[name]
    problem = as_sheet(name, raw, tmp_path)
    assert problem.message == f"this is {what}, not an answer sheet"
    assert advice in problem.advice


def test_a_table_is_named_in_a_command_that_can_be_copied(tmp_path: Path) -> None:
    name = tmp_path / "our answers.csv"
    assert f"collabcheck import '{name}' -o sheets" in as_sheet(name.name, b"q1\nsome\n", tmp_path).advice


@pytest.mark.parametrize("name", ["ann.yaml", "ann.txt", "ann.md", "ann.csv"])
def test_a_wrong_sheet_is_told_what_is_wrong_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    assert as_sheet(name, SHEET.encode(), tmp_path).code is Code.UNKNOWN_LEVEL
    (tmp_path / name).write_text(SHEET.replace("nonsense", "some"), encoding="utf-8")
    assert read_sheet(PACK, tmp_path / name).replies


def test_a_line_of_a_file_with_many_sheets_is_told_what_is_wrong_with_it() -> None:
    with pytest.raises(CollabcheckError) as caught:
        sheet_from(PACK, "all.jsonl", b'{"pack": "tiny"}', "json")
    assert {problem.code for problem in caught.value.problems} == {Code.MISSING}


def test_what_is_not_there_is_said_to_be_not_there(tmp_path: Path) -> None:
    with pytest.raises(CollabcheckError) as caught:
        read_sheet(PACK, tmp_path / "none.csv")
    assert caught.value.problems[0].message == "there is no such file"


@pytest.mark.parametrize("name", ["ann.yaml", "ann.YML", "ann.json"])
@pytest.mark.parametrize("text", ["", SHEET, '{"answers": {}}', "answers: [", "a\n", "x: 1\n"])
def test_an_answer_sheet_needs_no_import(name: str, text: str) -> None:
    problem = as_table(name, text.encode())
    assert problem.code is Code.CANNOT_READ
    assert problem.advice.endswith(f"it needs no import: collabcheck report {name}".partition("it ")[2])


@pytest.mark.parametrize("name", ["form.html", "form.md", "form.docx"])
def test_a_page_is_no_table(name: str) -> None:
    problem = as_table(name, b"a,b,c\n,,,,x\n")
    assert problem.message.endswith(", not a table of answers")
    assert "in CSV or Excel" in problem.advice


WRONG = {
    "report.json": (b'{"schema_version": "1", "kind": "cohort"}', "a report"),
    "ann.json": (b'{"pack": "tiny", "answers": {}}', "an answer sheet already"),
    "rows.csv": (b"sheet,factor\n" + 40_000 * b"1,size\n", "a table"),
    "cohort.html": (b"<!doctype html>\n<p>a: b: c</p>", "a web page"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_benchmark_is_told_what_it_is(name: str, tmp_path: Path) -> None:
    raw, what = WRONG[name]
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(CollabcheckError) as caught:
        read_benchmark(PACK, tmp_path / name)
    (problem,) = caught.value.problems
    assert problem.message == f"this is {what}, not a benchmark"
    assert "--benchmark" in problem.advice


def test_a_broken_benchmark_is_told_what_is_wrong_with_it(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text('{"benchmark": "1", "pack": "tiny"}', encoding="utf-8")
    with pytest.raises(CollabcheckError) as caught:
        read_benchmark(PACK, tmp_path / "b.json")
    assert {problem.code for problem in caught.value.problems} == {Code.MISSING}
