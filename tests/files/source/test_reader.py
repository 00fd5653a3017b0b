"""YAML and JSON text: what is read, what is refused, and that nothing else ever comes out."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources import LOADERS, SHEET, both, json_data, problems, spots, yaml_data

from collabcheck.files.source.misfits import build
from collabcheck.files.source.reader import LOADER, kind_of, read_file, read_text
from collabcheck.files.source.text import Kind
from collabcheck.fitting import SheetFile
from collabcheck.problems import Code, CollabcheckError

# What is read.


@both
def test_a_sheet_is_plain_data(loader: type) -> None:
    assert yaml_data(SHEET, loader) == {
        "pack": "collaborative-working",
        "pack_version": "2026.1",
        "organisation": "Cymdeithas y Dŵr 😀",
        "date": "2026-11-23",
        "respondent": {"role": "trustee"},
        "answers": {
            "income": "small",
            "contracts": {"choice": ["one", "two"], "note": "folded text"},
            "merger": {"not_applicable": "we are not\nconsidering one"},
        },
        "discussion": {"links": ["https://example.org/a#b", "second"]},
    }
    assert build(SheetFile, read_text("s", SHEET.encode(), "yaml", loader)).organisation == "Cymdeithas y Dŵr 😀"


@both
def test_marks_around_one_document_are_fine(loader: type) -> None:
    assert yaml_data("---\na: b\n...\n# the end\n", loader) == {"a": "b"}


def test_json_is_the_same_data_with_tabs_and_without() -> None:
    data = yaml_data(SHEET)
    assert json_data(json.dumps(data)) == json_data(json.dumps(data, ensure_ascii=False, indent="\t")) == data
    assert json_data(r'["\ud83d\ude00 \/ \" \\", -0, 1.50, true, null, [], {}]') == [
        '😀 / " \\',
        0,
        1.5,
        True,
        None,
        [],
        {},
    ]


def test_standard_input_is_json_if_it_begins_with_a_brace() -> None:
    assert [kind_of(raw) for raw in (b" \n{}", b"\xef\xbb\xbf{}", b"a: b", b"", b"- {}")] == ["json"] * 2 + ["yaml"] * 3


def test_the_suffix_tells_the_kind(tmp_path: Path) -> None:
    for name, text in (("a.yaml", "a: b"), ("b.JSON", '{"a":\t"b"}'), ("c", "a: b")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert read_file(tmp_path / name).data == {"a": "b"}


# What is refused, with its place.


REFUSED = [
    ("a: &x b", Code.FORBIDDEN_YAML, 1, 4),
    ("a: [&x b]", Code.FORBIDDEN_YAML, 1, 5),
    ("a: *x", Code.FORBIDDEN_YAML, 1, 4),
    ("*x : a", Code.FORBIDDEN_YAML, 1, 1),
    ("a: !!str b", Code.FORBIDDEN_YAML, 1, 4),
    ("a: ! b", Code.FORBIDDEN_YAML, 1, 4),
    ("a: !!python/object/apply:os.system [x]", Code.FORBIDDEN_YAML, 1, 4),
    ("a: !<tag:x> {b: c}", Code.FORBIDDEN_YAML, 1, 4),
    ("a: b\n---\nc: d", Code.SEVERAL_DOCUMENTS, 2, 1),
]


@both
@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED, ids=[repr(row[0][:24]) for row in REFUSED])
def test_refused_yaml_says_where(text: str, code: Code, line: int, column: int, loader: type) -> None:
    assert spots(problems(text, loader=loader)) == [(code, line, column)]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("[1,\n NaN]", Code.BAD_NUMBER, 2, 2),
        ("[-Infinity]", Code.BAD_NUMBER, 1, 2),
        ("[1e5]", Code.BAD_NUMBER, 1, 2),
    ],
)
def test_refused_json_says_where(text: str, code: Code, line: int, column: int) -> None:
    assert spots(problems(text, "json")) == [(code, line, column)]


@both
@pytest.mark.parametrize("text", ["a: [what?]", "{a: why?}", "[a:{}]", "{a:}", "a: |#\n b", "a: >-#\n b"])
def test_what_the_parsers_disagree_on_is_refused_by_both(text: str, loader: type) -> None:
    assert {problem.code for problem in problems(text, loader=loader)} == {Code.BAD_YAML}


# Nothing else ever comes out.


BOMBS = {
    "[": "'[' * 40_000",
    "{": "'{' * 40_000",
    "- ": "'- ' * 40_000",
    "? ": "'? ' * 40_000",
    "indentation": "''.join(' ' * i + 'a:\\n' for i in range(800))",
    "[a,": "'[a,' * 40_000",
    "{a: ": "'{a: ' * 40_000",
    "[? ": "'[? ' * 40_000",
    "aliases": "'a: &a [x]\\n' + ''.join(f'b{i}: &b{i} [*a, *a, *a]\\n' for i in range(2_000))",
    "merge keys": "'a: &a {x: y}\\n' + ''.join(f'b{i}: {{<<: [*a, *a]}}\\n' for i in range(2_000))",
    "tags": "'!!a ' * 40_000",
    "one tag": "'- !' + 'a' * 40_000",
    "directives": "''.join(f'%TAG !a{i}! b\\n' for i in range(8_000))",
    "documents": "'---\\n' * 40_000",
    "same key": "'a: b\\n' * 25_000",
    "keys": "''.join(f'a{i}: 1\\n' for i in range(9_000))",
    "digits": "'a: ' + '9' * 40_000",
    "clock": "'a: 1' + ':1' * 40_000",
    "escapes": "'a: \"' + '\\\\e' * 40_000 + '\"'",
    "lines": "'\\n' * 40_000 + 'a'",
}


BOMB_TEST = f"""
import sys, time, yaml
from collabcheck.fitting import SheetFile
from collabcheck.files.source.misfits import build
from collabcheck.files.source.reader import read_text
from collabcheck.problems import CollabcheckError
for name, text in {{{", ".join(f"{name!r}: {text}" for name, text in BOMBS.items())}}}.items():
    start = time.process_time()
    try:
        build(SheetFile, read_text("f", text.encode(), "yaml", getattr(yaml, sys.argv[1])))
    except CollabcheckError as error:
        assert sum(len(p.message) + len(p.advice) for p in error.problems) < 6_000, name
    else:
        raise AssertionError(name)
    print(f"{{name}}: {{time.process_time() - start:.2f}}")
"""


@both
def test_bombs_do_nothing(loader: type) -> None:
    # A process of its own, since libyaml's parser dies of depth without a word.
    command = [sys.executable, "-W", "error", "-c", BOMB_TEST, loader.__name__]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    times = {name: float(time) for name, time in re.findall(r"(.*): (.*)\n", done.stdout)}
    assert len(times) == len(BOMBS)
    assert max(times.values()) < 8, times  # of the processor; a bomb that works takes 16


def outcome(raw: bytes, kind: Kind, loader: type = LOADER) -> str:
    """Return the data, or that it was refused; any other exception fails the test."""
    try:
        return repr(read_text("f", raw, kind, loader).data)
    except CollabcheckError as error:
        for problem in error.problems:
            assert (problem.message + problem.advice).isprintable()
        return "refused"


@both
def test_a_good_file_cut_anywhere_is_read_or_refused(loader: type) -> None:
    raw = SHEET.encode()
    for end in range(len(raw)):
        outcome(raw[:end], "yaml", loader)
    whole = json.dumps(yaml_data(SHEET), ensure_ascii=False).encode()
    assert {outcome(whole[:end], "json") for end in range(len(whole))} == {"refused"}


TEXT = st.text(st.characters(exclude_categories=["C"], exclude_characters="\u2028\u2029"), max_size=20)


DATA = st.recursive(
    TEXT | st.booleans() | st.none() | st.integers(-(10**18) + 1, 10**18 - 1),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
).filter(lambda data: data is not None)


def as_yaml(data: object, indent: str = "") -> str:
    """Write data in block style with every text in double quotes."""
    match data:
        case dict() if data:
            return "".join(f"\n{indent}{quoted(key)}: {as_yaml(value, indent + '  ')}" for key, value in data.items())
        case list() if data:
            return "".join(f"\n{indent}- {as_yaml(value, indent + '  ')}" for value in data)
        case _:
            return quoted(data)


def quoted(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


@settings(deadline=None, max_examples=150)
@given(DATA)
def test_what_is_written_is_read_again(data: object) -> None:
    text = quoted(data)
    assert repr(json_data(text)) == repr(json_data(json.dumps(data))) == repr(data)
    for loader in LOADERS:
        assert repr(yaml_data(text, loader)) == repr(data)
        assert repr(yaml_data(as_yaml(data), loader)) == repr(data)
