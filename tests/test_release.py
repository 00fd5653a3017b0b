"""What is handed out is the same whoever builds it, and says what it runs on; and known weaknesses are asked for."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from audit import answers, judge
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from release import build, main

ROOT = Path(__file__).resolve().parents[1]
BUILT_FROM = ("src", "data", "schema", "man", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], str]:
    """Return the wheel and the list that are built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    assert main(str(folder)) == 0
    (wheel,), (listed,) = folder.glob("*.whl"), folder.glob("*.cdx.json")
    text = listed.read_text(encoding="utf-8")
    return wheel, json.loads(text), text


def test_the_same_files_give_the_same_bytes_elsewhere_and_later(
    released: tuple[Path, dict[str, Any], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "another name"
    copy.mkdir()
    for name in BUILT_FROM:
        there = ROOT / name
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(there, copy / name, ignore=ignored) if there.is_dir() else shutil.copy(there, copy / name)
    for path in copy.rglob("*"):
        os.utime(path, (2_000_000_000, 2_000_000_000))
        path.chmod(0o700 if path.is_dir() else 0o600)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    again = build(copy, tmp_path / "dist")
    assert again.name == released[0].name
    assert again.read_bytes() == released[0].read_bytes()


def needed(name: str, extra: str = "") -> Iterator[str]:
    """Yield what a distribution needs, and what that needs."""
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield canonicalize_name(requirement.name)
            yield from needed(requirement.name)


def test_the_list_has_all_that_the_program_runs_on_and_nothing_else(
    released: tuple[Path, dict[str, Any], str],
) -> None:
    listed = {one["name"]: one for one in released[1]["components"]}
    always, besides = set(needed("collabcheck")), set(needed("collabcheck", "word"))
    assert {"pydantic", "pydantic-core", "pyyaml", "prompt-toolkit"} <= always
    assert set(listed) == always | besides
    assert {name for name, one in listed.items() if one["scope"] == "required"} == always
    assert {name: one["version"] for name, one in listed.items()} == {
        name: distribution(name).version for name in listed
    }
    known = {"collabcheck", *listed}
    links = {one["ref"]: set(one["dependsOn"]) for one in released[1]["dependencies"]}
    assert set(links) == known
    assert set().union(*links.values()) == set(listed)


def test_the_list_holds_no_place_on_a_disk_or_in_a_network(released: tuple[Path, dict[str, Any], str]) -> None:
    text = released[2]
    assert not re.search(r"://|@ |file:", text)
    assert str(ROOT) not in text
    assert str(Path.home()) not in text
    assert not re.search(r'"/|[A-Za-z]:\\\\', text)


ASKED = ("jinja2", "rich")
WEAKNESS = {"id": "PYSEC-1", "fix_versions": ["2"], "aliases": [], "description": ""}
SKIPPED = json.dumps({"dependencies": [{"name": "rich", "skip_reason": "not found"}]})


def told(**vulns: Any) -> str:
    found = [{"name": name, "version": "1", "vulns": vulns.get(name, [])} for name in ASKED]
    return json.dumps({"dependencies": found, "fixes": []})


def test_a_known_weakness_fails_and_so_does_all_that_was_not_looked_up() -> None:
    assert judge((0, told(), ""), ASKED) == (0, ["No weakness is known in any of 2 packages."])
    assert judge((1, told(rich=[WEAKNESS]), ""), ASKED) == (1, ["rich 1: PYSEC-1, mended in 2"])
    assert judge((0, told(), ""), (*ASKED, "typer")) == (1, ["typer was not looked up"])
    assert judge((0, SKIPPED, ""), ["rich"]) == (1, ["rich was not looked up: not found"])
    assert judge((1, "", "it broke"), ["rich"]) == (1, ["rich was not looked up", "it broke"])


def test_the_database_is_taken_for_reached_only_if_it_tells_what_is_known() -> None:
    assert answers((1, told(jinja2=[WEAKNESS]), ""))
    assert not answers((0, told(), ""))
    assert not answers((0, SKIPPED, ""))
    assert not answers((1, "", "ConnectionError"))
