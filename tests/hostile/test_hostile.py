"""Bad input: every file of the corpus ends with what must be said of it, and costs little; no one file stops others.

What it costs and how it ends is seen in processes of their own (Linux); elsewhere in this one, without the measures.
"""

import os
import random
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from commands import call

from collabcheck.answers import AnswerSheet
from collabcheck.files.imports.bringing import bring
from collabcheck.files.imports.people import Wishes
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import sheet_from
from collabcheck.files.source.misfits import build, locate
from collabcheck.files.source.reader import read_text
from collabcheck.pack import Pack
from collabcheck.problems import CollabcheckError, Findings
from collabcheck.scales import with_scales
from hostile import cases as kinds
from hostile.books import a_book
from hostile.cases import Case, Spot, cases
from hostile.corpus import CASES, READ_ALL_THE_SAME, SHUT, prepare
from hostile.good import JSON, LINE, PACK, SHEET, TABLE, lay_out
from hostile.running import Ran, Run, runner
from hostile.sheets import ENCODINGS, MISTAKEN, SHAPE, SYNTAX, YAML

LINUX = sys.platform == "linux"
RELIABILITY = Path(__file__).parents[2] / "docs" / "reliability.md"
MOST_MEMORY = 100_000_000
MOST_SAID = 6_000
LONGEST_ECHO = 200
"""Characters that a message may repeat of what a file holds."""

_SAID = re.compile(r"(?P<file>.*?)(?::(?P<line>\d+):(?P<column>\d+))?: (?P<message>.+) \[(?P<code>[a-z0-9-]+)\]")
_RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_there_are_enough_and_each_has_a_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 600
    assert f"**A corpus of {len(CASES)} files**" in RELIABILITY.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Run a command in a folder."""
    with runner() if LINUX else nullcontext(_here) as one:
        yield one


def _here(folder: Path, words: tuple[str, ...], fed: bool) -> Ran:  # noqa: FBT001  as a job has it
    back = Path.cwd()
    os.chdir(folder)
    try:
        done = call(*words, stdin=Path("bad.txt").read_bytes() if fed else b"")
    finally:
        os.chdir(back)
    return Ran(done.code, done.out, done.err, 0, 0)


def _listing(folder: Path) -> set[tuple[str, int, int, int]]:
    """Return what lies in a folder, with what changes when it is written."""
    paths = [Path(here) / name for here, folders, files in os.walk(folder) for name in (*folders, *files)]
    abouts = [(str(path), path.lstat()) for path in paths]
    return {(name, about.st_ino, about.st_size, about.st_mtime_ns) for name, about in abouts}


def _spots(err: str) -> tuple[Spot, ...]:
    """Return the problems that are told, each with a remedy below it."""
    lines = [*err.splitlines(), ""]
    told = [(hit, below) for line, below in pairwise(lines) if (hit := _SAID.fullmatch(line))]
    assert all(re.fullmatch(" {4}.*[a-z].*", below) for _, below in told), err
    return tuple((hit["code"], int(hit["line"] or 0), int(hit["column"] or 0)) for hit, _ in told)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_told_where_it_is_wrong_and_nothing_else_happens(case: Case, run: Run, tmp_path: Path) -> None:
    if case in SHUT and READ_ALL_THE_SAME:
        pytest.skip("everything can be read there")
    folder = tmp_path / "it"
    prepare(case, folder)
    before = _listing(folder)
    ran = run(folder, case.reader.command, case.reader.fed)
    changed = _listing(folder) != before
    shutil.rmtree(folder)  # before the system writes ten megabytes to the disk
    spots = _spots(ran.err)
    assert ran.code == case.code, ran.err[:MOST_SAID]
    assert spots[: len(case.told)] == case.told
    assert len(spots) == len(case.told) or (case.told and case.words), "there are others"
    assert all(words in ran.out + ran.err for words in case.words)
    assert len(ran.err.encode()) < MOST_SAID
    assert not _RAW.search(ran.err + ran.out)
    assert "Traceback" not in ran.err
    if case.told:
        assert (ran.out, changed) == ("", False)
        assert all(len(echo) < LONGEST_ECHO for echo in re.findall("“([^”]*)", ran.err))
    if LINUX:
        assert ran.memory < MOST_MEMORY


OF_TEXT = [*cases(kinds.SHEET, (*ENCODINGS, *YAML, *SYNTAX, *SHAPE, *MISTAKEN))]


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="there is one parser only")
@pytest.mark.parametrize("case", OF_TEXT, ids=lambda case: case.name)
def test_both_parsers_say_the_same(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    case.put(path)
    raw = path.read_bytes()
    pure, quick = (_of_parser(raw, loader) for loader in (yaml.SafeLoader, yaml.CSafeLoader))
    assert pure == quick or case.name in NAMED_OTHERWISE
    assert bool(pure) == bool(quick)


NAMED_OTHERWISE = {
    "sheet: half a character behind a backslash",
    "sheet: beyond the last character behind a backslash",
}
"""What one parser refuses by itself, and the other leaves to us or gives up."""


def _of_parser(raw: bytes, loader: type) -> list[tuple[str, int]]:
    try:
        read_text("bad.yaml", raw, "yaml", loader)
    except CollabcheckError as refused:
        return [(one.code, one.place.line) for one in refused.problems]
    return []


# A good file that is cut off anywhere.


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("cut") / "good"
    lay_out(folder)
    return load_pack(folder / "pack")


def _cuts(raw: bytes, read: Callable[[bytes], object]) -> Iterator[object]:
    """Yield what is read of each beginning of a file that is not refused; anything but our own error fails."""
    for end in range(len(raw)):
        try:
            yield read(raw[:end])
        except CollabcheckError as refused:
            problems = refused.problems
            assert all(one.message and one.advice for one in problems)


IN_QUOTES = re.sub(r": (\w[\w -]*)$", r': "\1"', SHEET, flags=re.MULTILINE)


@pytest.mark.parametrize(("raw", "kind"), [(IN_QUOTES, "yaml"), (JSON, "json")])
def test_of_a_sheet_that_is_cut_off_no_answer_is_another(raw: str, kind: str, pack: Pack) -> None:
    def read(some: bytes) -> AnswerSheet:
        return sheet_from(pack, f"cut.{kind}", some, "json" if kind == "json" else "yaml")

    whole = read(raw.encode())
    for cut in _cuts(raw.rstrip().encode(), read):
        assert isinstance(cut, AnswerSheet)
        assert cut.replies.items() <= whole.replies.items()
        assert cut.organisation == whole.organisation


@pytest.mark.parametrize("name", ["cut.csv", "cut.xlsx"])
def test_of_a_table_that_is_cut_off_no_answer_is_another(name: str, pack: Pack) -> None:
    def read(some: bytes) -> list[AnswerSheet]:
        brought = bring(pack, name, some, Wishes("2026-11-23", "Us"))
        return [person.sheet for person in brought.people if person.sheet]

    quoted = "\n".join(",".join(f'"{cell}"' for cell in line.split(",")[:5]) for line in TABLE.splitlines())
    raw = quoted.encode() if name.endswith("csv") else a_book()
    whole = read(raw)
    assert whole
    for cut in _cuts(raw, read):
        assert isinstance(cut, list)
        assert name.endswith("csv") or not cut
        for one, of in zip(cut, whole, strict=False):
            assert one.replies.items() <= of.replies.items()


def test_of_a_pack_that_is_cut_off_no_question_is_another(pack: Pack) -> None:
    def read(some: bytes) -> Pack:
        document = read_text("cut.yaml", some, "yaml")
        try:
            return with_scales(build(Pack, document))
        except Findings as error:
            raise locate(document, error.findings) from None

    for cut in _cuts(PACK.encode(), read):
        assert isinstance(cut, Pack)
        assert cut.questions == pack.questions[: len(cut.questions)]


# Bad ones among good ones.

SMALL = 20_000  # bytes; the larger ones are read one by one above
GOOD = 7


@pytest.mark.parametrize("seed", [1, 2])
def test_no_bad_sheet_stops_the_others(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    folder = Path("in")
    folder.mkdir()
    bad = [case for case in CASES if case.reader in {kinds.SHEET, kinds.SHEET_JSON} and case.told and case not in SHUT]
    chance = random.Random(seed)
    numbers = chance.sample(range(1000), len(bad) + GOOD)
    names = [f"{number:03}" for number in numbers]
    left = 0
    for case, name in zip(bad, names, strict=False):
        path = folder / f"{name}{Path(case.reader.file).suffix}"
        case.put(path)
        if os.path.lexists(path) and not path.is_dir() and (path.is_symlink() or path.is_file()):
            left += 1
            if path.is_file() and not path.is_symlink() and path.stat().st_size > SMALL:
                path.write_bytes(b"x" * SMALL)
    for name in names[-GOOD:]:
        (folder / f"{name}.yaml").write_text(SHEET, encoding="utf-8")
    done = call("cohort", "in", "--skip-bad", "--pack", "pack", "--processes", "1")
    assert done.code == 0, done.err[:MOST_SAID]
    assert f"{GOOD} sheets were counted" in done.out
    assert f"Left out for these problems: {left} of {left + GOOD} sheets." in done.err


def test_no_bad_line_stops_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    bad = []
    for case in CASES:
        if case.reader is kinds.SHEET_JSON and case.told and case not in SHUT:
            case.put(path := tmp_path / "one")
            if path.is_file() and not path.is_symlink():
                bad.append(path.read_bytes().replace(b"\n", b" ")[:SMALL])
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
    lines = [*(line for line in bad if line.strip()), *[LINE.encode()] * GOOD]
    random.Random(3).shuffle(lines)
    Path("all.jsonl").write_bytes(b"\n".join(lines))
    done = call("cohort", "all.jsonl", "--skip-bad", "--pack", "pack", "--processes", "1")
    assert done.code == 0, done.err[:MOST_SAID]
    assert int(re.search(r"(\d+) sheets were counted", done.out)[1]) >= GOOD  # type: ignore[index]


@pytest.mark.parametrize("seed", [1, 2])
def test_no_bad_row_stops_the_others(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    header, *good = TABLE.splitlines()
    bad = [
        "Us,2026-02-30,most,all,north,",
        ",2026-11-23,most,all,north,",
        "Us,2026-11-23,mots,all,north,",
        "Us,2026-11-23,#N/A,all,north,",
        "Us,2026-11-23,most; all,all,north,",
        "Us,2026-11-23,most,does not apply,north,",
        f"{'x' * 201},2026-11-23,most,all,north,",
        "Us,2026-11-23,=1+1,all,north,",
    ]
    rows = [*good, *bad]
    random.Random(seed).shuffle(rows)
    Path("all.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    done = call("import", "all.csv", "-o", "sheets", "--skip-bad-rows", "--pack", "pack")
    assert done.code == 0, done.err
    assert f"Left out for these problems: {len(bad)} of {len(rows)}" in done.err
    organisations = [yaml.safe_load(path.read_text("utf-8"))["organisation"] for path in Path("sheets").iterdir()]
    assert sorted(organisations) == ["Hill Club", "Riverside Advice", "Tarrow Trust"]
