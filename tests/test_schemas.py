"""The JSON Schemas say what the models say, and an editor that uses them is neither too strict nor too lax."""

import json
from pathlib import Path
from typing import Any

import pytest
import schemas
from builders import pack_data
from jsonschema import Draft202012Validator

from collabcheck.files.source.reader import read_file

ROOT = Path(__file__).resolve().parents[1]
SHEETS = sorted((ROOT / "examples").glob("*.yaml"))

A_SHEET: dict[str, Any] = {"pack": "tiny", "organisation": "Riverside Advice", "date": "2026-11-23", "answers": {}}


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def complaints(name: str, data: object) -> list[str]:
    written = json.loads(json.dumps(data))  # lists, as a file has them
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(written)]


@pytest.mark.parametrize("path", schemas.written(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_made_from_the_models_is_fresh(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == schemas.written()[path], "run: python3 tools/schemas.py"


def test_every_docstring_of_a_field_reaches_the_schema() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "schema").glob("*.json"))
    lost = {
        (model, field)
        for model, notes in schemas.NOTES.items()
        for field, words in notes.items()
        if json.dumps(words, ensure_ascii=False) not in text
    }
    assert lost == set()


@pytest.mark.parametrize(("file", "name"), [("trends.yaml", "pack"), ("resources.yaml", "resources")])
def test_the_shipped_pack_passes(file: str, name: str) -> None:
    assert complaints(name, read_file(ROOT / "data" / file).data) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_the_example_sheets_pass(sheet: Path) -> None:
    assert complaints("answers", read_file(sheet).data) == []


def test_there_are_example_sheets() -> None:
    assert SHEETS


@pytest.mark.parametrize(
    "answer",
    [
        "some",
        "dont-know",
        ["one", "two"],
        None,
        {"choice": "some", "note": "since May", "evidence": "https://example.org"},
        {"choice": ["one", "two"]},
        {"not_applicable": "we have no staff"},
    ],
    ids=str,
)
def test_every_way_to_write_an_answer_passes(answer: object) -> None:
    assert complaints("answers", {**A_SHEET, "answers": {"q1": answer}}) == []


@pytest.mark.parametrize(
    "answer", [3, True, "", [], {"choice": "some", "reason": "-"}, {"note": "-"}, {"not_applicable": ""}], ids=str
)
def test_a_wrong_answer_is_noticed(answer: object) -> None:
    assert complaints("answers", {**A_SHEET, "answers": {"q1": answer}})


@pytest.mark.parametrize(
    "change", [{"date": "23 November"}, {"organisation": " "}, {"anwsers": {}}, {"pack_version": 2026.1}], ids=str
)
def test_a_wrong_sheet_is_noticed(change: dict[str, object]) -> None:
    assert complaints("answers", {**A_SHEET, **change})


@pytest.mark.parametrize("field", ["pack", "organisation", "date", "answers"])
def test_a_sheet_without_what_it_needs_is_noticed(field: str) -> None:
    assert complaints("answers", {key: value for key, value in A_SHEET.items() if key != field})


def test_a_small_pack_passes() -> None:
    assert complaints("pack", pack_data()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2026.1},
        {"bands": []},
        {"minutes": "25"},
        {"language": "English"},
        {"pack": "Not An Id"},
        {"factor": []},
        {"bands": [{"id": "low", "label": "Low", "gain": "Little", "from": "0", "meaning": "-"}] * 2},
    ],
    ids=str,
)
def test_a_wrong_pack_is_noticed(change: dict[str, object]) -> None:
    assert complaints("pack", {**pack_data(), **change})


@pytest.mark.parametrize(
    "condition",
    [
        {"question": "q1", "is": ["some"]},
        {"factor": "size", "below": "ready"},
        {"not": {"any": [{"question": "q1", "is": ["some"]}, {"all": [{"question": "q1", "is": ["all"]}]}]}},
    ],
    ids=str,
)
def test_every_kind_of_condition_passes(condition: object) -> None:
    assert complaints("pack", pack_data(implications=[an_implication(condition)])) == []


@pytest.mark.parametrize(
    "condition",
    [
        "q1 is some",
        {"question": "q1"},
        {"question": "q1", "is": "some"},
        {"all": []},
        {"question": "q1", "is": ["some"], "not": {}},
    ],
    ids=str,
)
def test_a_wrong_condition_is_noticed(condition: object) -> None:
    assert complaints("pack", pack_data(implications=[an_implication(condition)]))


def an_implication(condition: object) -> dict[str, object]:
    return {"id": "i1", "kind": "risk", "text": "It may hurt.", "why": "You said so.", "when": condition}


@pytest.mark.parametrize("change", [{"link": "www.example.org"}, {"checked": 2026}, {"nations": "wales"}], ids=str)
def test_wrong_guidance_is_noticed(change: dict[str, object]) -> None:
    words = {name: name for name in ("title", "publisher", "date", "format", "what", "useful")}
    assert complaints("resources", {"resources": [{"id": "r1", **words}]}) == []
    assert complaints("resources", {"resources": [{"id": "r1", **words, **change}]})
