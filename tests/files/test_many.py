"""Sheets by the hundred thousand: each is found once, and one that is bad stops no other."""

import json
import os
from collections.abc import Callable
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path

import pytest
from builders import a_pack, a_question

from collabcheck.files.many import BYTES_PER_BATCH, PER_BATCH, PER_SHEET, Files, Lines, Read, batches, matching, read
from collabcheck.files.recogniser import Recogniser
from collabcheck.files.sheets import SCHEMA
from collabcheck.files.source.text import MAX_BYTES
from collabcheck.problems import Code, CollabcheckError

PACK = a_pack(a_question("q1", "size"), a_question("q2", "size"))
RECOGNISER = Recogniser(PACK)
needs_modes = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be read there")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of its own."""
    monkeypatch.chdir(tmp_path)


def a_line(level: str = "all", note: str = "") -> str:
    answers = {"q1": level, "q2": {"choice": "none", "note": note}}
    return json.dumps({"pack": "tiny", "organisation": "A", "date": "2026-11-23", "answers": answers})


def write(*names: str, text: str = "") -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or a_line(), encoding="utf-8", newline="")


def found(*names: str, stdin: bytes = b"") -> list[str]:
    """Return what names lead to; of a file of lines, each line."""
    told = []
    for batch in batches(names, BytesIO(stdin)):
        match batch:
            case Files(names=these):
                told += [Path(name).as_posix() for name in these]
            case Lines(file=file, source=source, start=start, line=line, lines=lines):
                text = source if isinstance(source, bytes) else Path(source).read_bytes()
                told += [
                    f"{Path(file).as_posix()}:{number}"
                    for number, words in enumerate(text[start:].splitlines()[:lines], line)
                    if words.strip()
                ]
    return told


def all_read(*names: str, stdin: bytes = b"") -> list[Read]:
    return [read(PACK, RECOGNISER, batch) for batch in batches(names, BytesIO(stdin))]


def whole(*names: str, stdin: bytes = b"") -> Read:
    (one,) = all_read(*names, stdin=stdin)
    return one


def problem(do: Callable[[], object]) -> tuple[str, Code]:
    with pytest.raises(CollabcheckError) as caught:
        do()
    (one,) = caught.value.problems
    return one.place.file, one.code


# Finding.


def test_a_folder_gives_the_sheets_in_it_and_in_its_folders_and_nothing_else() -> None:
    write("in/a.json", "in/b.YAML", "in/c.yml", "in/deep/er/d.json", "in/e.jsonl", "in/deep/f.NDJSON")
    write(
        "in/notes.txt", "in/table.csv", "in/.hidden.json", "in/.git/g.json", "in/.a.json.tmp-abcdefgh", f"in/{SCHEMA}"
    )
    assert sorted(found("in")) == [
        *("in/a.json", "in/b.YAML", "in/c.yml", "in/deep/er/d.json", "in/deep/f.NDJSON:1", "in/e.jsonl:1")
    ]


def test_patterns_and_names_with_brackets_in_them() -> None:
    write("in/a.json", "in/b.json", "in/deep/c.json", "in/[d].json", "in/.e.json", f"in/{SCHEMA}")
    assert sorted(found("in/*.json")) == ["in/[d].json", "in/a.json", "in/b.json"]
    assert sorted(found("in/**/*.json")) == ["in/[d].json", "in/a.json", "in/b.json", "in/deep/c.json"]
    assert found("in/[d].json") == ["in/[d].json"]
    assert sorted(found("*")) == sorted(found("in")), "a folder that a pattern leads to is one"


@pytest.mark.parametrize(
    "names",
    [
        ("in/a.json", "in/a.json"),
        ("in/a.json", "./in/a.json", "in/../in/a.json"),
        ("in", "in/a.json"),
        ("in/a.json", "in", "in/"),
        ("in", "./in", "in/deep"),
        ("in/deep", "in"),
        ("in", "in/*.json"),
        ("in/*.json", "in/a*", "in/deep"),
        (".", "in/a.json", "in/**"),
    ],
)
def test_no_sheet_counts_twice_whatever_leads_to_it(names: tuple[str, ...]) -> None:
    write("in/a.json", "in/deep/b.json")
    told = [Path(os.path.normpath(name)).as_posix() for name in found(*names)]
    assert len(told) == len(set(told))
    assert "in/a.json" in told
    assert ("in/deep/b.json" in told) == any(name.rstrip("/") in ("in", "./in", ".", "in/deep") for name in names)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_to_a_folder_inside_is_not_followed_and_one_that_is_named_is() -> None:
    write("in/a.json", "real/b.json")
    Path("in/round").symlink_to(Path.cwd())
    Path("link").symlink_to("real")
    assert found("in") == ["in/a.json"]
    assert found("link", "real") == ["link/b.json"]


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_pattern_for_any_depth_ends_where_links_lead_in_a_circle() -> None:
    write("in/a.json", "in/deep/b.json")
    for name in ("l", "m", "deep/n"):
        Path("in", name).symlink_to(Path.cwd())
    assert sorted(matching("in/**/*.json")) == ["in/a.json", "in/deep/b.json"]
    assert sorted(found("in/**")) == ["in/a.json", "in/deep/b.json"]


def test_what_is_named_is_taken_whatever_its_name_and_stays_one() -> None:
    write("in/.a.json", "in/b.txt")
    assert sorted(found("in", "in/.a.json", "in/b.txt")) == ["in/.a.json", "in/b.txt"]


@pytest.mark.skipif(os.name == "nt", reason="names are shorter there")
def test_folders_may_lie_in_each_other_as_deep_as_the_disk_allows() -> None:
    folder = Path(*"d" * 600)
    folder.mkdir(parents=True)
    write(f"{folder}/a.json")
    assert found("d") == [f"{folder.as_posix()}/a.json"]


def test_a_folder_without_sheets_gives_nothing_and_what_is_missing_is_told() -> None:
    Path("empty").mkdir()
    assert found("empty") == []
    told = whole("empty", "gone.json", "gone/*.json", "gone.jsonl", "gone")
    assert (told.codes, told.bad) == ([], 4)
    assert {(one.place.file, one.code) for one in told.problems} == {
        (name, Code.CANNOT_READ) for name in ("gone.json", "gone/*.json", "gone.jsonl", "gone")
    }


@needs_modes
def test_what_may_not_be_read_is_named() -> None:
    write("in/deep/a.json", "lines.jsonl")
    for name in ("in/deep", "lines.jsonl"):
        Path(name).chmod(0)
        try:
            assert problem(lambda name=name: found(name.split("/")[0])) == (name, Code.CANNOT_READ)  # type: ignore[misc]
        finally:
            Path(name).chmod(0o700)


# Batches.


def test_batches_are_full_and_numbered_through() -> None:
    write(*(f"in/{i}.json" for i in range(PER_BATCH + 2)))
    write("lines.jsonl", text=f"{a_line()}\n" * (PER_BATCH + 1))
    made = list(batches(["lines.jsonl", "in"], BytesIO()))
    sizes = [len(batch.names) if isinstance(batch, Files) else batch.lines for batch in made]
    assert sizes == [PER_BATCH, 1, PER_BATCH, 2]
    assert [batch.first for batch in made] == [1, PER_BATCH + 1, PER_BATCH + 2, 2 * PER_BATCH + 2]


def test_a_batch_of_long_lines_ends_sooner() -> None:
    made = list(batches(["-"], BytesIO((b"x" * MAX_BYTES + b"\n") * 15)))
    assert [batch.lines for batch in made if isinstance(batch, Lines)] == [10, 5]
    assert [batch.first for batch in made] == [1, 11]
    assert BYTES_PER_BATCH < 11 * MAX_BYTES


# Lines.


def test_blank_lines_are_passed_over_and_the_last_needs_no_end() -> None:
    text = f"\n{a_line('all')}\r\n  \t\n{a_line('some')}\n\n{a_line('none')}"
    write("lines.jsonl", text=f"\ufeff{text.lstrip()}")
    for names, stdin in ((("lines.jsonl",), b""), (("-",), text.encode()), (("-", "-"), text.encode())):
        assert [codes[0] for codes in whole(*names, stdin=stdin).codes] == ["all", "some", "none"]
    assert found("-", stdin=text.encode()) == ["standard input:2", "standard input:4", "standard input:6"]


def test_a_line_that_is_too_long_is_one_bad_sheet() -> None:
    long = a_line(note="x" * 1_000_000)
    blank = f"{' ' * (2 * MAX_BYTES)}{a_line()}"
    told = whole("-", stdin=f"{a_line()}\n{long}\n{blank}\n{a_line()}\n{long}".encode())
    assert (len(told.codes), told.bad) == (2, 3)
    assert [(one.place.line, one.code) for one in told.problems] == [(line, Code.TOO_BIG) for line in (2, 3, 5)]


class Endless(RawIOBase):
    """Gives bytes for as long as anybody reads, and no end of a line."""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, into: object, /) -> int:
        """Give zeros, as many as there is room for."""
        assert isinstance(into, memoryview)
        into[:] = bytes(into.nbytes)  # what is left in memory could hold the end of a line
        return into.nbytes


def test_a_line_that_does_not_end_is_not_waited_for() -> None:
    with pytest.raises(CollabcheckError) as caught:
        list(batches(["-"], BufferedReader(Endless())))
    assert [(p.place.file, p.code) for p in caught.value.problems] == [("standard input", Code.TOO_BIG)]


@pytest.mark.parametrize("size", [MAX_BYTES - 1, MAX_BYTES, MAX_BYTES + 1, MAX_BYTES + 2, 2 * MAX_BYTES + 4])
def test_at_the_limit_no_line_is_taken_for_two(size: int) -> None:
    long = b"{" + b" " * (size - 1)
    told = whole("-", stdin=long + b"\n" + a_line().encode() + b"\n")
    assert (told.bad, len(told.codes), told.problems[0].place.line) == (1, 1, 1)


def test_lines_are_read_where_they_begin_however_many_batches_there_are() -> None:
    lines = [
        *(a_line("all" if i % 3 else "some") for i in range(2 * PER_BATCH)),
        "",
        "{",
        "x" * 2 * MAX_BYTES,
        a_line(),
    ]
    text = "\n".join(lines)
    write("lines.jsonl", text=text)
    for told in (all_read("lines.jsonl"), all_read("-", stdin=text.encode())):
        assert [codes[0] for one in told for codes in one.codes] == [
            *("all" if i % 3 else "some" for i in range(2 * PER_BATCH)),
            "all",
        ]
        assert [problem.place.line for one in told for problem in one.problems] == [
            2 * PER_BATCH + 2,
            2 * PER_BATCH + 3,
        ]
        assert [number for one in told for number in one.numbers][-1] == 2 * PER_BATCH + 3


def test_a_file_that_is_cut_short_meanwhile_is_told() -> None:
    write("lines.jsonl", text=f"{a_line()}\n" * 5)
    (batch,) = batches(["lines.jsonl"], BytesIO())
    write("lines.jsonl", text=f"{a_line()}\n" * 4)
    assert problem(lambda: read(PACK, RECOGNISER, batch)) == ("lines.jsonl", Code.CANNOT_READ)


def test_of_a_bad_line_it_is_said_where_and_what_and_not_more_than_a_little() -> None:
    many = json.dumps({"pack": "tiny", "answers": {f"x{i}": "all" for i in range(50)}})
    told = whole("-", stdin=f'{a_line()}\n{{"a": }}\n{a_line("most of it")}\n{many}\n"text"\n\xff'.encode("latin-1"))
    lines = [one.place.line for one in told.problems]
    assert (told.bad, sorted(set(lines))) == (5, [2, 3, 4, 5, 6])
    assert lines.count(4) == PER_SHEET
    assert all(one.place.file == "standard input" and one.place.column for one in told.problems)
    assert next(one for one in told.problems if one.place.line == 3).code == Code.UNKNOWN_LEVEL


def test_one_bad_sheet_stops_no_other_and_leaves_a_gap_in_the_numbers() -> None:
    write("in/a.json", "in/c.yaml")
    write("in/b.json", text="{")
    told = whole("in")
    assert (len(told.codes), told.bad, [one.place.file for one in told.problems]) == (2, 1, [str(Path("in", "b.json"))])
    assert len(told.numbers) == 2
    assert set(told.numbers) < {1, 2, 3}
    assert whole("-", stdin=f"{a_line()}\n[\n{a_line()}".encode()).numbers == [1, 3]


def test_all_kinds_of_files_give_the_same_codes() -> None:
    yaml = "pack: tiny\norganisation: A\ndate: 2026-11-23\nanswers:\n  q1: all\n  q2: none\n"
    write("a.json", "b.JSON", "lines.jsonl")
    write("c.yaml", "d.txt", text=yaml)
    (files, lines) = sorted(
        all_read("a.json", "b.JSON", "c.yaml", "d.txt", "lines.jsonl"), key=lambda one: -len(one.codes)
    )
    assert set(files.codes) == set(lines.codes) == {("all", "none")}
    assert len(files.codes) == 4


def test_the_organisation_is_told_however_a_sheet_was_read() -> None:
    write("a.json", "lines.jsonl", text=a_line().replace('"A"', '"A trust"'))
    write("b.json", text=a_line().replace('"A"', '" B\\u00a0trust "'))
    write("c.yaml", text="pack: tiny\norganisation: C trust\ndate: 2026-11-23\nanswers:\n  q1: all\n")
    write("d.json", text=a_line("most of it"))
    told = all_read("a.json", "b.json", "c.yaml", "d.json", "lines.jsonl")
    assert [name.split()[0] for one in told for name in one.organisations] == ["A", "A", "B", "C"]
    assert all(len(one.organisations) == len(one.codes) for one in told)


def test_answers_to_what_has_changed_are_kept_aside_and_said() -> None:
    data = json.loads(a_line())
    data["asked"] = {"q1": "00000000-00000000"}
    told = whole("-", stdin=f"{json.dumps(data)}\n{a_line()}".encode())
    assert (told.aside, told.codes) == (1, [("", "none"), ("all", "none")])
