"""From the disk to characters: what is refused before any parser sees it."""

import os
import sys
from pathlib import Path

import pytest
from sources import SHEET, both, problems, spots

from collabcheck.files.source.reader import read_file, read_text
from collabcheck.files.source.text import MAX_BYTES
from collabcheck.problems import Code, CollabcheckError, Place, Problem

not_windows = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")


def test_line_ends_and_byte_order_marks_do_not_matter() -> None:
    plain = read_text("f", SHEET.encode(), "yaml")
    assert read_text("f", SHEET.replace("\n", "\r\n").encode(), "yaml") == plain
    assert read_text("f", SHEET.encode("utf-8-sig"), "yaml") == plain


REFUSED = [
    ("%YAML 1.2\n---\na: b", Code.FORBIDDEN_YAML, 1, 1),
    ("a: b\n...\n%TAG ! x\n---\nc: d", Code.FORBIDDEN_YAML, 3, 1),
    ("a: x\x1b[31m", Code.CONTROL_CHARACTER, 1, 5),
    ("a: b # \x7f", Code.CONTROL_CHARACTER, 1, 8),
    ("a: \x9b", Code.CONTROL_CHARACTER, 1, 4),
    ("a: b\n\ufeffc: d", Code.CONTROL_CHARACTER, 2, 1),
    ("a: \u2028b", Code.CONTROL_CHARACTER, 1, 4),
    ("a: \ufdd0", Code.CONTROL_CHARACTER, 1, 4),
    ("a\rb", Code.CONTROL_CHARACTER, 1, 2),
    ("a:\n\tb: c", Code.TAB, 2, 1),
    ("a:\tb", Code.TAB, 1, 3),
]


@both
@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED, ids=[repr(row[0][:24]) for row in REFUSED])
def test_what_programs_disagree_on_is_refused_before_it_is_parsed(
    text: str, code: Code, line: int, column: int, loader: type
) -> None:
    assert spots(problems(text, loader=loader)) == [(code, line, column)]


def test_json_hides_no_characters_either() -> None:
    assert spots(problems('["\x7f"]', "json")) == [(Code.CONTROL_CHARACTER, 1, 3)]


@pytest.mark.parametrize("raw", [b"", b" \n\t", b"\xef\xbb\xbf", b"# only words\n", b"---\n", b"~"])
def test_an_empty_file_says_so(raw: bytes) -> None:
    (found,) = problems(raw)
    assert (found.code, found.place) == (Code.EMPTY_FILE, Place("f"))


@pytest.mark.parametrize("raw", ["ŵ: a".encode("utf-16"), "a: b".encode("utf-16-le"), "a: b".encode("utf-16-be")])
def test_utf16_says_how_to_save(raw: bytes) -> None:
    (found,) = problems(raw)
    assert found.code is Code.NOT_UTF8
    assert "UTF-16" in found.message
    assert "UTF-8" in found.advice


def test_cp1252_says_where_and_how_to_save() -> None:
    (found,) = problems("ŵ: x\nb: caf".encode() + b"\xe9\n")
    assert (found.code, found.place) == (Code.NOT_UTF8, Place("f", 2, 7))
    assert "UTF-8" in found.advice


@pytest.mark.parametrize("raw", [b"PK\x03\x04....", b"%PDF-1.7 ..."])
def test_other_formats_are_named(raw: bytes) -> None:
    (found,) = problems(raw)
    assert found.code is Code.CANNOT_READ


# From the disk.


def refused_file(path: Path) -> Problem:
    with pytest.raises(CollabcheckError) as caught:
        read_file(path)
    (found,) = caught.value.problems
    assert found.advice
    return found


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    assert "folder" in refused_file(tmp_path).message
    assert "no such file" in refused_file(tmp_path / "none.yaml").message
    (tmp_path / "file").write_bytes(b"a")
    assert refused_file(tmp_path / "file" / "below.yaml").code is Code.CANNOT_READ
    for name in ("a\0b", "x" * 300):
        assert refused_file(tmp_path / name).code is Code.CANNOT_READ
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * (MAX_BYTES + 1))
    assert refused_file(big).code is Code.TOO_BIG


@not_windows
def test_a_pipe_or_device_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null")):
        assert "pipe or a device" in refused_file(path).message
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert refused_file(tmp_path / "loop").code is Code.CANNOT_READ


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.yaml"
    path.write_text("a: b", encoding="utf-8")
    path.chmod(0)
    assert "may not" in refused_file(path).message


def test_a_file_name_cannot_command_the_terminal(tmp_path: Path) -> None:
    assert "\x1b" not in str(refused_file(tmp_path / "\x1b[31m.yaml").place)
