"""Broken and made-up files: every one is read or refused in words, and nothing that is read changes on the way."""

import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collabcheck.coding import codes_of
from collabcheck.files.packs import TRENDS, load_pack
from collabcheck.files.recogniser import Recogniser, parsed
from collabcheck.files.sheets import sheet_from
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError, Place, Problem
from fuzzing.finds import FINDS
from fuzzing.materials import PACK, SHEETS_IN_YAML
from fuzzing.mutations import Material
from fuzzing.readers import READERS, Reader, check, taken
from fuzzing.running import parts, run
from fuzzing.strategies import dumped, misencoded, pack_files, sheet_files, spoilt, written

ROOT = Path(__file__).resolve().parents[2]
INPUTS = 8_000  # tools/fuzz.py runs millions
BY_NAME = {reader.name: reader for reader in READERS}
some = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(("reader", "inputs"), [*zip(READERS, parts(INPUTS), strict=True)], ids=BY_NAME)
def test_no_file_breaks_a_promise(reader: Reader, inputs: int) -> None:
    tally = run(reader, inputs, Random(reader.name))
    assert [(find.raw, find.why) for find in tally.finds] == []
    assert 0 < tally.taken < inputs


def test_a_broken_promise_is_found_and_kept_with_its_input() -> None:
    def reads(raw: bytes) -> bool:
        if b"x" in raw:
            raise CollabcheckError([Problem(Place("a"), Code.BAD_VALUE, "a \x1b", "Mend it.")])
        return [True][len(raw) % 2]

    reader = Reader("broken", Material((b"ab",), (b"x", b"y")), reads, 1)
    tally = run(reader, 200, Random(1))
    assert tally.taken + len(tally.finds) == tally.inputs
    assert {("IndexError" in find.why, "AssertionError" in find.why) for find in tally.finds} == {
        (True, False),
        (False, True),
    }


def test_the_tool_says_what_came_of_its_inputs() -> None:
    command = [sys.executable, str(ROOT / "tools" / "fuzz.py"), "--inputs", "400", "--seed", "6"]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^All +400 +\d+ +\d+ +0$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize(("reader", "raw"), [pytest.param(reader, raw, id=wrong) for wrong, reader, raw in FINDS])
def test_what_was_found_once_stays_mended(reader: str, raw: bytes) -> None:
    taken(BY_NAME[reader], raw)


# Packs and sheets, sound and nearly.


def told(pack: Pack | Path, raw: bytes, kind: str) -> tuple[Problem, ...]:
    """Return what is wrong with a sheet for a pack, or with a pack in a folder; each problem stands in its file."""
    try:
        if isinstance(pack, Path):
            (pack / TRENDS).write_bytes(raw)
            load_pack(pack)
        else:
            sheet_from(pack, f"a.{kind}", raw, "json" if kind == "json" else "yaml")
    except CollabcheckError as error:
        check(error.problems)
        lines = raw.replace(b"\r\n", b"\n").split(b"\n")
        for place in (problem.place for problem in error.problems if problem.place.line):
            assert place.line <= len(lines)
            assert place.column <= len(lines[place.line - 1]) + 1
        return error.problems
    return ()


@some
@given(pack_files())
def test_a_pack_reads_the_same_however_it_is_written(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("pack")
    read = []
    for kind in ("json", "yaml"):
        (folder / TRENDS).write_bytes(written(data, "json" if kind == "json" else "yaml"))
        read.append(load_pack(folder))
    assert read[0] == read[1]
    assert dumped(read[0]) == data


@some
@given(spoilt(pack_files()))
def test_a_pack_with_one_thing_wrong_is_told_alike_in_yaml_and_json(
    tmp_path_factory: pytest.TempPathFactory, wrong: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("pack")
    assert codes(told(folder, written(wrong, "json"), "yaml")) == codes(told(folder, written(wrong, "yaml"), "yaml"))


@some
@given(st.data(), sheet_files())
def test_a_sheet_with_one_thing_wrong_is_told_alike_in_yaml_and_json(
    data: st.DataObject, good: tuple[Pack, dict[str, object]]
) -> None:
    pack, sheet = good
    wrong = data.draw(spoilt(st.just(sheet)))
    raw = {kind: written(wrong, kind) for kind in ("json", "yaml")}
    assert codes(told(pack, raw["json"], "json")) == codes(told(pack, raw["yaml"], "yaml"))
    if (found := parsed(raw["json"])) is not None and (recognised := Recogniser(pack).codes_of(found)):
        assert recognised == codes_of(pack, sheet_from(pack, "a.json", raw["json"], "json").replies)


def codes(problems: tuple[Problem, ...]) -> list[Code]:
    return sorted(problem.code for problem in problems)


@some
@given(misencoded(st.sampled_from(SHEETS_IN_YAML.seeds[:3])))
def test_a_sheet_in_another_encoding_is_refused(raw: bytes) -> None:
    assert told(PACK, raw, "yaml")
