"""`pack check`, `pack new` and `pack schema`: what an author is told, and in which form."""

import json
from pathlib import Path

import pytest
from builders import a_factor, a_question, pack_data
from commands import call, write_pack

from collabcheck.files.packs import load_pack, shipped

ROOT = Path(__file__).resolve().parents[2]
ALONE = {
    **pack_data(a_question("q1", "size", text="What is it like?"), factors=[a_factor("size")]),
    "resources": [],
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# pack check.


def test_warnings_are_told_with_place_and_remedy_and_are_no_failure(folder: Path) -> None:
    write_pack(folder / "mine", ALONE)
    done = call("pack", "check", "mine")
    assert (done.code, done.err) == (0, "")
    assert (
        "only “q1” informs the factor “size”, so one answer decides its band [one-question]\n    Let another"
        in done.out
    )
    assert str(Path("mine") / "trends.yaml") + ":1:" in done.out
    assert "No errors and " in done.out
    assert call("pack", "check", "mine", "--strict").code == 1


def test_what_the_pack_explains_is_told_apart_with_its_reason(folder: Path) -> None:
    explained = [{"remark": "one-question", "about": ["size"], "because": "There is no other to ask."}]
    write_pack(folder / "mine", {**ALONE, "explained": explained})
    before, _, after = call("pack", "check", "mine").out.partition("Explained by the pack")
    assert "one-question" not in before
    assert "[one-question]\n    There is no other to ask." in after
    assert "The pack explains 1 more." in after


def test_an_explanation_of_nothing_is_told(folder: Path) -> None:
    explained = [{"remark": "one-question", "about": ["other"], "because": "There is no other to ask."}]
    write_pack(folder / "mine", {**ALONE, "explained": explained})
    assert "there is no remark “one-question” here that this explains [unused]" in call("pack", "check", "mine").out


def test_errors_come_alone_and_fail(folder: Path) -> None:
    write_pack(folder / "mine", pack_data(a_question("q1", "sise"), factors=[a_factor("size")]))
    done = call("pack", "check", "mine")
    assert done.code == 1
    assert done.out.startswith("Errors\n\n")
    assert "[unknown-id]" in done.out
    assert "the rest can be looked at then" in done.out
    assert "Warnings" not in done.out


def test_lines_are_what_editors_understand(folder: Path) -> None:
    write_pack(folder / "mine", ALONE)
    done = call("pack", "check", "mine", "--format", "lines")
    assert done.code == 0
    file = Path("mine") / "trends.yaml"
    for line in done.out.splitlines():
        assert line.startswith(f"{file}:1:")
        assert ": warning: " in line
    write_pack(folder / "bad", pack_data(a_question("q1", "sise"), factors=[a_factor("size")]))
    assert ": error: there is no factor" in call("pack", "check", "bad", "--format", "lines").out


def test_json_holds_all_of_it(folder: Path) -> None:
    write_pack(folder / "mine", ALONE)
    found = json.loads(call("pack", "check", "mine", "--format", "json").out)
    assert found["kind"] == "pack-check"
    assert found["errors"] == []
    assert {"file", "line", "column", "code", "message", "advice"} == found["warnings"][0].keys()
    assert found["figures"]["factors"] == [
        {"id": "size", "kind": "risk", "weight": 1, "questions": [{"id": "q1", "weight": 1, "share": 100.0}]}
    ]
    (folder / "mine" / "trends.yaml").write_text("pack: [", encoding="utf-8")
    done = call("pack", "check", "mine", "--format", "json")
    assert (done.code, done.err) == (1, "")
    assert json.loads(done.out)["errors"][0]["code"] == "bad-yaml"


def test_the_folder_one_is_in_is_checked_if_none_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pack(folder / "mine", ALONE)
    monkeypatch.chdir(folder / "mine")
    assert "trends.yaml:1:" in call("pack", "check").out


@pytest.mark.parametrize("name", ["data", "data/starter"])
def test_the_packs_that_come_with_it_have_no_warning_that_is_not_explained(name: str) -> None:
    done = call("pack", "check", str(ROOT / name), "--strict", "--format", "lines")
    assert (done.code, done.out, done.err) == (0, "", "")


# pack new and pack schema.


def test_a_new_pack_can_be_used_at_once() -> None:
    done = call("pack", "new", "deep/mine")
    assert (done.code, done.out) == (0, "")
    assert call("pack", "check", "deep/mine", "--strict").code == 0
    assert call("form", "-o", "answers.yaml", "--pack", "deep/mine", "--organisation", "Us").code == 0
    done = call("report", "answers.yaml", "--pack", "deep/mine")
    assert (done.code, done.out.splitlines()[0]) == (0, "Taking on volunteers: Us")


def test_a_new_pack_names_schemas_that_are_beside_it(folder: Path) -> None:
    call("pack", "new", "mine")
    for name in ("trends", "resources"):
        first = (folder / "mine" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
        beside = folder / "mine" / first.partition("$schema=")[2]
        assert json.loads(beside.read_text(encoding="utf-8"))["$schema"]


def test_nothing_is_written_over(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "resources.yaml").write_text("mine", encoding="utf-8")
    done = call("pack", "new", "mine")
    assert done.code == 1
    assert "[file-exists]" in done.err
    assert [(path.name, path.read_text(encoding="utf-8")) for path in (folder / "mine").iterdir()] == [
        ("resources.yaml", "mine")
    ]


def test_a_folder_that_cannot_be_made_is_told(folder: Path) -> None:
    (folder / "file").write_text("", encoding="utf-8")
    done = call("pack", "new", "file/mine")
    assert done.code == 1
    assert "[cannot-write]" in done.err


@pytest.mark.parametrize("name", ["pack", "resources", "answers"])
def test_a_schema_is_printed_or_saved(folder: Path, name: str) -> None:
    done = call("pack", "schema", name)
    assert json.loads(done.out)["title"].startswith("collabcheck")
    assert call("pack", "schema", name, "-o", "it.json").code == 0
    assert (folder / "it.json").read_text(encoding="utf-8") == done.out


def test_a_schema_that_is_not_there_is_told() -> None:
    done = call("pack", "schema", "pak")
    assert (done.code, done.out) == (2, "")
    assert "Did you mean “pack”?" in done.err


def test_the_starter_is_no_part_of_the_pack_that_ships() -> None:
    assert "contact" not in load_pack(shipped()).question
