"""Benchmarks in files: what is written reads back the same, and what does not fit is refused with its place."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import a_pack, a_question

from collabcheck.benchmark import Benchmark
from collabcheck.cohort.counting import Counting
from collabcheck.cohort.standing import benchmark_of
from collabcheck.files.benchmarks import benchmark_text, read_benchmark
from collabcheck.problems import Code, CollabcheckError

PACK = a_pack(a_question("q1", "size"), a_question("q2", "reach"))
MADE = benchmark_of(PACK, Counting(PACK).count([("none", "all")] * 12 + [("all", "dont-know")] * 10))

Data = dict[str, Any]


def read(tmp_path: Path, data: Data) -> Benchmark:
    file = tmp_path / "others.json"
    file.write_text(json.dumps(data, indent=1), encoding="utf-8")
    return read_benchmark(PACK, file)


def test_what_was_written_reads_back_the_same(tmp_path: Path) -> None:
    file = tmp_path / "others.json"
    file.write_text(benchmark_text(MADE), encoding="utf-8")
    assert read_benchmark(PACK, file) == MADE
    assert set(MADE.factors) == {"size", "reach"}


def test_it_holds_no_more_than_how_many_score_where() -> None:
    told = json.loads(benchmark_text(MADE))
    assert set(told) == {"benchmark", "pack", "pack_version", "sheets", "overall", "factors"}
    assert set(told["factors"]["size"]) == {"quartiles", "stretches"}
    assert set(told["factors"]["size"]["stretches"][0]) == {"from", "to", "sheets"}


def change(data: Data, way: str, value: object) -> None:
    *into, last = way.split(".")
    part: Any = data
    for name in into:
        part = part[int(name) if name.isdigit() else name]
    part[int(last) if last.isdigit() else last] = value


SIZE = {"quartiles": [1, 2, 3], "stretches": [{"from": 0, "to": 100, "sheets": 5}]}


@pytest.mark.parametrize(
    ("way", "value", "code", "words"),
    [
        ("pack", "other", Code.WRONG_PACK, "“other 1”, and the answers are to “tiny 1”"),
        ("pack_version", "2", Code.WRONG_PACK, "“tiny 2”"),
        ("factors.nose", SIZE, Code.UNKNOWN_ID, "no factor called “nose”"),
        ("factors.size.stretches.1.from", 15, Code.BAD_VALUE, "do not go from 0 to 100"),
        ("factors.size.stretches.0.from", 5, Code.BAD_VALUE, "do not go from 0 to 100"),
        ("factors.size.stretches.1.to", 95, Code.BAD_VALUE, "do not go from 0 to 100"),
        ("overall.stretches.0.to", 0, Code.BAD_VALUE, "do not go from 0 to 100"),
        ("factors.size.stretches.0.sheets", 2, Code.BAD_VALUE, "fewer than 3 organisations"),
        ("factors.size.stretches.0.sheets", "6", Code.WRONG_TYPE, "number"),
        ("factors.size.stretches", [], Code.BAD_VALUE, "at least 1"),
        ("factors.size.quartiles", [1, 2], Code.BAD_VALUE, "at least 3"),
        ("factors.size.quartiles.2", 101, Code.BAD_VALUE, "100"),
        ("benchmark", "2", Code.BAD_VALUE, "1"),
        ("sheets", 2, Code.BAD_VALUE, "3"),
        ("names", [], Code.UNEXPECTED, "names"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    tmp_path: Path, way: str, value: object, code: Code, words: str
) -> None:
    data = json.loads(benchmark_text(MADE))
    change(data, way, value)
    problem = refusal(lambda: read(tmp_path, data))
    assert problem.code == code
    assert problem.place.file.endswith("others.json")
    assert problem.place.line > 1
    assert words in f"{problem.message}. {problem.advice}"


def refusal(do: Callable[[], object]) -> Any:
    with pytest.raises(CollabcheckError) as caught:
        do()
    return caught.value.problems[0]


def test_all_that_does_not_fit_is_told_at_once(tmp_path: Path) -> None:
    data = json.loads(benchmark_text(MADE))
    for way, value in (("pack", "other"), ("factors.nose", SIZE), ("factors.size.stretches.1.from", 15)):
        change(data, way, value)
    with pytest.raises(CollabcheckError) as caught:
        read(tmp_path, data)
    assert {problem.code for problem in caught.value.problems} == {Code.WRONG_PACK, Code.UNKNOWN_ID, Code.BAD_VALUE}
