"""YAML and JSON text: what is read, what is refused and where, and that nothing else ever comes out."""

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Literal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, StringConstraints

from collabcheck.answers import SheetFile
from collabcheck.files import source
from collabcheck.files.source import Document, build, kind_of, locate, read_file, read_text
from collabcheck.pack import Id, Listed, Model, Pack
from collabcheck.problems import Code, CollabcheckError, Finding, Place, Problem

LOADERS = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])
both = pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
not_windows = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")

SHEET = """\
# a good sheet
pack: collaborative-working
pack_version: "2026.1"
organisation: 'Cymdeithas y Dŵr 😀'
date: 2026-11-23
respondent: {role: trustee}
answers:
  income: small
  contracts:
    choice: [one, two]
    note: >-
      folded
      text
  merger: {not_applicable: "we are not\\nconsidering one"}
discussion:
  links:
    - https://example.org/a#b
    - second
"""


def yaml_data(text: str, loader: type = source.LOADER) -> object:
    return read_text("sheet.yaml", text.encode(), "yaml", loader).data


def json_data(text: str) -> object:
    return read_text("sheet.json", text.encode(), "json").data


def problems(text: str | bytes, kind: source.Kind = "yaml", loader: type = source.LOADER) -> tuple[Problem, ...]:
    """Return the problems of a text that is refused."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    with pytest.raises(CollabcheckError) as caught:
        read_text("f", raw, kind, loader)
    return caught.value.problems


def spots(found: tuple[Problem, ...]) -> list[tuple[Code, int, int]]:
    return [(problem.code, problem.place.line, problem.place.column) for problem in found]


def misfits(model: type[BaseModel], text: str, kind: source.Kind = "yaml") -> tuple[Problem, ...]:
    """Return the problems of a text that can be read but does not fit the model."""
    document = read_text("f", text.encode(), kind)
    with pytest.raises(CollabcheckError) as caught:
        build(model, document)
    return caught.value.problems


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
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True), ("false", False), ("null", None), ("~", None), ("", None),
        ("0", 0), ("7", 7), ("-12", -12), ("123456789012345678", 123456789012345678),
        ("2.5", 2.5), ("1.10", 1.1), ("-0.5", -0.5),
    ],
)  # fmt: skip
def test_few_plain_words_are_not_text(written: str, value: object, loader: type) -> None:
    assert repr(yaml_data(f"- {written}\n", loader)) == repr([value])


@both
@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23", "01234567", "0x1F", "0o17", "0b1", "1_000", "1e5", ".5", "5.", "+5", "NaN", ".nan", ".inf",
        "True", "TRUE", "False", "Null", "NULL", "none", "1.2.3", "2026-11-23 10:00:00", "nope", "yes please", "=", "-",
        "a:b", "a#b", "<<", "00", "-01",
    ],
)  # fmt: skip
def test_everything_else_stays_as_it_was_written(text: str, loader: type) -> None:
    assert yaml_data(f"k: {text}\n" if text != "-" else 'k: "-"', loader) == {"k": text}


@both
@pytest.mark.parametrize(
    "text", ["no", "12:30", "1", "true", "null", "", "<<", "0x1F", "*a", "&a", "!a", "a\tb\nc", "%"]
)
def test_in_quotes_everything_is_text(text: str, loader: type) -> None:
    assert yaml_data(f"{json.dumps(text)}: {json.dumps(text)}", loader) == {text: text}


def test_line_ends_and_byte_order_marks_do_not_matter() -> None:
    plain = read_text("f", SHEET.encode(), "yaml")
    assert read_text("f", SHEET.replace("\n", "\r\n").encode(), "yaml") == plain
    assert read_text("f", SHEET.encode("utf-8-sig"), "yaml") == plain


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


# Where things are.


@both
def test_every_value_has_its_place(loader: type) -> None:
    document = read_text("s.yaml", SHEET.encode(), "yaml", loader)
    assert str(document.place(("organisation",))) == "s.yaml:4:15"
    assert document.place(("answers", "contracts", "choice", 1)) == Place("s.yaml", 10, 19)
    assert document.place(("discussion", "links", 1)) == Place("s.yaml", 18, 7)
    assert document.key_place(("answers", "merger")) == Place("s.yaml", 14, 3)
    assert document.key_place(("discussion", "links", 1)) == document.place(("discussion", "links", 1))
    assert document.place(()) == Place("s.yaml", 2, 1)


def test_columns_count_characters() -> None:
    assert read_text("f", "{ŵ😀: [😀, b]}".encode(), "yaml").place(("ŵ😀", 1)) == Place("f", 1, 10)
    assert read_text("f", '{"ŵ😀": ["😀", "b"]}'.encode(), "json").place(("ŵ😀", 1)) == Place("f", 1, 14)


def test_a_place_that_is_not_there_is_the_nearest_around_it() -> None:
    document = read_text("f", b"a:\n  question: x\n  is: [z]\n", "yaml")
    assert document.place(("a", "missing", "deeper")) == document.place(("a",))
    assert document.place(("a", "tag-of-a-union", "is", 0)) == Place("f", 3, 8)
    assert document.place(("a", "question", "is", 0)) == Place("f", 3, 8), "a tag may be called like a key"
    assert document.place(("nothing",)) == document.place(())
    assert Document("table.csv", {}).place(("a",)) == Place("table.csv")


def test_json_and_yaml_have_the_same_places() -> None:
    text = '{"a": [1, {"b": "x", "c": null}],\n "d": {"e": []}}'
    assert read_text("f", text.encode(), "json") == read_text("f", text.encode(), "yaml")


# What is refused, with its place.

REFUSED = [
    ("a: no", Code.BARE_WORD, 1, 4),
    ("- y", Code.BARE_WORD, 1, 3),
    ("a:\n - OFF", Code.BARE_WORD, 2, 4),
    ("Yes: b", Code.BARE_WORD, 1, 1),
    ("a: 12:30", Code.BARE_WORD, 1, 4),
    ("a: 1234567890123456789", Code.BAD_NUMBER, 1, 4),
    ("a: 0.1234567890123456789", Code.BAD_NUMBER, 1, 4),
    ("a: &x b", Code.FORBIDDEN_YAML, 1, 4),
    ("a: [&x b]", Code.FORBIDDEN_YAML, 1, 5),
    ("a: *x", Code.FORBIDDEN_YAML, 1, 4),
    ("*x : a", Code.FORBIDDEN_YAML, 1, 1),
    ("a: !!str b", Code.FORBIDDEN_YAML, 1, 4),
    ("a: ! b", Code.FORBIDDEN_YAML, 1, 4),
    ("a: !!python/object/apply:os.system [x]", Code.FORBIDDEN_YAML, 1, 4),
    ("a: !<tag:x> {b: c}", Code.FORBIDDEN_YAML, 1, 4),
    ("<<: {a: b}", Code.FORBIDDEN_YAML, 1, 1),
    ("%YAML 1.2\n---\na: b", Code.FORBIDDEN_YAML, 1, 1),
    ("a: b\n...\n%TAG ! x\n---\nc: d", Code.FORBIDDEN_YAML, 3, 1),
    ("a: b\n---\nc: d", Code.SEVERAL_DOCUMENTS, 2, 1),
    ("1: a", Code.KEY_NOT_TEXT, 1, 1),
    ("x:\n  1.5: a", Code.KEY_NOT_TEXT, 2, 3),
    ("true: a", Code.KEY_NOT_TEXT, 1, 1),
    ("~: a", Code.KEY_NOT_TEXT, 1, 1),
    ("? \n: a", Code.KEY_NOT_TEXT, 1, 2),
    ("[a]: b", Code.KEY_NOT_TEXT, 1, 1),
    ("{a: b}: c", Code.KEY_NOT_TEXT, 1, 1),
    ("a: 1\nb: 2\na: 3", Code.DUPLICATE_KEY, 3, 1),
    ("a: 1\n'a': 3", Code.DUPLICATE_KEY, 2, 1),
    ('a: "x\\e[31m"', Code.CONTROL_CHARACTER, 1, 4),
    ('"\\x07": b', Code.CONTROL_CHARACTER, 1, 1),
    ('a: "\\x85"', Code.CONTROL_CHARACTER, 1, 4),
    ('a: "\\r"', Code.CONTROL_CHARACTER, 1, 4),
    ('a: "\\uFEFF"', Code.CONTROL_CHARACTER, 1, 4),
    ('a: "\\uFFFE"', Code.CONTROL_CHARACTER, 1, 4),
    ('a: "\\U0001FFFF"', Code.CONTROL_CHARACTER, 1, 4),
    ("a: x\x1b[31m", Code.CONTROL_CHARACTER, 1, 5),
    ("a: b # \x7f", Code.CONTROL_CHARACTER, 1, 8),
    ("a: \x9b", Code.CONTROL_CHARACTER, 1, 4),
    ("a: b\n\ufeffc: d", Code.CONTROL_CHARACTER, 2, 1),
    ("a: \u2028b", Code.CONTROL_CHARACTER, 1, 4),
    ("a: \ufdd0", Code.CONTROL_CHARACTER, 1, 4),
    ("a\rb", Code.CONTROL_CHARACTER, 1, 2),
    ("a:\n\tb: c", Code.TAB, 2, 1),
    ("a:\tb", Code.TAB, 1, 3),
    ("a: b: c", Code.BAD_YAML, 1, 5),
    ("a: b\nc\nd: e", Code.BAD_YAML, 2, 1),
    ("a: @b", Code.BAD_YAML, 1, 4),
    ("a: `b`", Code.BAD_YAML, 1, 4),
    ("a: %b", Code.BAD_YAML, 1, 4),
    ("a: *", Code.BAD_YAML, 1, 4),
    ("a: !x!y z", Code.BAD_YAML, 1, 4),
    ("a: b\nc: 'd\ne: f", Code.BAD_YAML, 2, 4),
    ('a: "b', Code.BAD_YAML, 1, 4),
    ("a: 'It's here'", Code.BAD_YAML, 1, 8),
    ("a: [b, c\nd: e", Code.BAD_YAML, 1, 4),
    ("a: {b: c", Code.BAD_YAML, 1, 4),
    ("a: - b", Code.BAD_YAML, 1, 4),
    ("a: |b\n  c", Code.BAD_YAML, 1, 4),
    ("a: ]", Code.BAD_YAML, 1, 4),
    ("a:\n  b: c\n d: e", Code.BAD_YAML, 3, 2),
    ("[" * 21 + "]" * 21, Code.TOO_DEEP, 1, 21),
    ("- " * 21 + "a", Code.TOO_DEEP, 1, 41),
    ("a: " + "x" * 20_001, Code.TOO_BIG, 1, 4),
    ("[" + "a," * 20_000 + "]", Code.TOO_BIG, 1, 40_000),
]


@both
@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED, ids=[repr(row[0][:24]) for row in REFUSED])
def test_refused_yaml_says_where(text: str, code: Code, line: int, column: int, loader: type) -> None:
    assert spots(problems(text, loader=loader)) == [(code, line, column)]


@both
@pytest.mark.parametrize("text", [r'a: "\ud800"', r'a: "\UFFFFFFFF"', r'a: "\U00110000"', r'a: "\q"', r'a: "\xZ"'])
def test_impossible_characters_are_refused_by_both_parsers(text: str, loader: type) -> None:
    (found,) = problems(text, loader=loader)
    assert found.code in {Code.BAD_YAML, Code.CONTROL_CHARACTER}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a": 1,\n "a": 2}', Code.DUPLICATE_KEY, 2, 2),
        ('{"a": {"b": 1, "\\u0062": 2}}', Code.DUPLICATE_KEY, 1, 16),
        ("[1,\n NaN]", Code.BAD_NUMBER, 2, 2),
        ("[-Infinity]", Code.BAD_NUMBER, 1, 2),
        ("[1e5]", Code.BAD_NUMBER, 1, 2),
        ("[" + "9" * 5_000 + "]", Code.BAD_NUMBER, 1, 2),
        ('["\\u001b"]', Code.CONTROL_CHARACTER, 1, 2),
        ('{"\\ud800": 1}', Code.CONTROL_CHARACTER, 1, 2),
        ('["\x7f"]', Code.CONTROL_CHARACTER, 1, 3),
        ('{"a":\n }', Code.BAD_JSON, 2, 2),
        ("{'a': 1}", Code.BAD_JSON, 1, 2),
        ('{"a" 1}', Code.BAD_JSON, 1, 6),
        ("[1 2]", Code.BAD_JSON, 1, 4),
        ("[01]", Code.BAD_JSON, 1, 3),
        ('["a', Code.BAD_JSON, 1, 2),
        ('["a\nb"]', Code.BAD_JSON, 1, 4),
        ('["\\q"]', Code.BAD_JSON, 1, 3),
        ("[1] 2", Code.BAD_JSON, 1, 5),
        ("[" * 21 + "]" * 21, Code.TOO_DEEP, 1, 21),
        ("[" * 200_000, Code.TOO_DEEP, 1, 21),
        ('{"a":' * 60_000, Code.TOO_DEEP, 1, 101),
        ('["' + "x" * 20_001 + '"]', Code.TOO_BIG, 1, 2),
        ("[" + "1," * 20_000 + "1]", Code.TOO_BIG, 1, 40_000),
    ],
)
def test_refused_json_says_where(text: str, code: Code, line: int, column: int) -> None:
    assert spots(problems(text, "json")) == [(code, line, column)]


@both
@pytest.mark.parametrize("text", ["a: [what?]", "{a: why?}", "[a:{}]", "{a:}", "a: |#\n b", "a: >-#\n b"])
def test_what_the_parsers_disagree_on_is_refused_by_both(text: str, loader: type) -> None:
    assert {problem.code for problem in problems(text, loader=loader)} == {Code.BAD_YAML}


def test_a_comma_too_many_is_refused() -> None:
    (found,) = problems('{"a": 1,}', "json")
    assert (found.code, found.place.line) == (Code.BAD_JSON, 1)
    assert "comma" in found.message + found.advice


@both
def test_all_problems_are_told_at_once_and_syntax_ends_them(loader: type) -> None:
    found = problems("a: no\na: &x 1\n2: b\nc: @\nd: yes\n", loader=loader)
    assert [(problem.place.line, problem.code) for problem in found] == [
        (1, Code.BARE_WORD),
        (2, Code.DUPLICATE_KEY),
        (2, Code.FORBIDDEN_YAML),
        (3, Code.KEY_NOT_TEXT),
        (4, Code.BAD_YAML),
    ]
    assert "line 1" in found[1].message


@pytest.mark.parametrize("line", ["- no\n", "a: 1\n", "- &a b\n", "- " + "9" * 300 + "\n"])
def test_many_problems_are_counted_and_not_all_told(line: str) -> None:
    found = problems(line * 500 if line[0] == "-" else line * 501)
    assert len(found) <= source.MAX_PROBLEMS + 1
    assert sum(len(problem.message) + len(problem.advice) for problem in found) < 6_000
    assert found[-1].message == f"… and {500 - len(found) + 1} more like these"


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


def test_the_suffix_tells_the_kind(tmp_path: Path) -> None:
    for name, text in (("a.yaml", "a: b"), ("b.JSON", '{"a":\t"b"}'), ("c", "a: b")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert read_file(tmp_path / name).data == {"a": "b"}


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    assert "folder" in refused_file(tmp_path).message
    assert "no such file" in refused_file(tmp_path / "none.yaml").message
    (tmp_path / "file").write_bytes(b"a")
    assert refused_file(tmp_path / "file" / "below.yaml").code is Code.CANNOT_READ
    for name in ("a\0b", "x" * 300):
        assert refused_file(tmp_path / name).code is Code.CANNOT_READ
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * (source.MAX_BYTES + 1))
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


# From data to a model.


class Part(Model):
    """What a list of a model is made of."""

    name: Id
    size: int = 0
    ok: bool = False


class Whole(Model):
    """One field of every kind that the models have."""

    title: Annotated[str, StringConstraints(min_length=2, max_length=5)]
    kind: Literal["risk", "opportunity"] = "risk"
    parts: Listed[Part] = ()
    words: dict[Id, str] = Field(default={})
    either: str | Listed[str] = ""


def test_misfits_say_what_was_expected_and_what_to_do() -> None:
    found = misfits(
        Whole,
        "title: 1.10\nkind: riks\nparts:\n- {name: Bad Id, size: 1.0}\n- {nam: x, ok: 'yes'}\n- three\n"
        "words: {Big: [x], a: null}\neither: {}\ntitel: x\n",
    )
    assert [(str(p.place)[2:], p.code) for p in found] == [
        ("1:8", Code.BARE_WORD),
        ("2:7", Code.BAD_VALUE),
        ("4:10", Code.BAD_VALUE),
        ("4:24", Code.WRONG_TYPE),
        ("5:3", Code.MISSING),
        ("5:4", Code.UNEXPECTED),
        ("5:16", Code.WRONG_TYPE),
        ("6:3", Code.WRONG_TYPE),
        ("7:9", Code.BAD_VALUE),
        ("7:14", Code.WRONG_TYPE),
        ("7:22", Code.BARE_WORD),
        ("8:9", Code.WRONG_TYPE),
        ("9:1", Code.UNEXPECTED),
    ]
    assert "“1.10” is a number" in found[0].message
    assert found[0].advice == 'Put it in quotes: "1.10".'
    assert found[1].advice == "Did you mean “risk”?"
    assert found[4].message == "“name” is missing"
    assert found[5].advice == "Did you mean “name”?"
    assert found[7].message == "a group of keys expected, but this is text: “three”"
    assert found[9].message == "text expected, but this is a list"
    assert found[11].message == "text or a list expected, but this is a group of keys"
    assert found[12].advice == "Check its spelling, or remove it.", "no field is free"


@pytest.mark.parametrize(
    ("title", "message"),
    [('""', "this text is empty"), ("a", "at least 2"), ("abcdef", "5 at most"), ("[a]", "text expected")],
)
def test_limits_are_named(title: str, message: str) -> None:
    (found,) = misfits(Whole, f"title: {title}")
    assert message in found.message


def test_nothing_where_something_belongs_is_missing() -> None:
    (found,) = misfits(Whole, "kind: risk\ntitle:\n")
    assert (found.code, found.place) == (Code.MISSING, Place("f", 2, 7))
    assert found.message == "text expected, but there is nothing"


def test_json_misfits_have_places_too() -> None:
    (found,) = misfits(Whole, '{"title": "abc",\n\t"parts": [{"name": 5}]}', "json")
    assert (found.code, found.place) == (Code.BARE_WORD, Place("f", 2, 21))


CONDITION = """\
pack: p
trends:
- implications:
  - when: {all: [{question: q}, {not: {question: q, iz: [a]}}, {any: []},
                 {factor: [f], below: b}, {question: 3, is: a}]}
"""


def test_tags_of_unions_do_not_mislead() -> None:
    found = [p for p in misfits(Pack, CONDITION) if p.place.line > 3 and p.place.column > 5]
    assert [(p.place.line, p.place.column, p.message) for p in found] == [
        (4, 18, "“is” is missing"),
        (4, 39, "“is” is missing"),
        (4, 53, "“iz” has no meaning here"),
        (4, 70, "this list has 0 items; it needs at least 1"),
        (5, 27, "text expected, but this is a list"),
        (5, 54, "text expected, but without quotes “3” is a number"),
        (5, 61, "a list expected, but this is text: “a”"),
    ]
    assert found[2].advice == "Use one of: is."


def test_a_short_list_is_not_blamed_for_a_bad_item() -> None:
    base = "pack: p\norganisation: o\ndate: 2026-11-23\n"
    (found,) = misfits(SheetFile, base + "answers: {a: {choice: [{}]}}")
    assert found.message == "text expected, but this is a group of keys"
    (found,) = misfits(SheetFile, base + "answers: {a: []}")
    assert "at least 1" in found.message
    (found,) = misfits(SheetFile, base + "answers: {a: {choice: b, not_applicable: c}}")
    assert found.message == "“choice” does not go with the other keys here"
    (found,) = misfits(SheetFile, base.replace("11-23", "02-30") + "answers: {}")
    assert "“2026-02-30” cannot be used" in found.message


def test_every_pattern_of_the_models_has_words_of_its_own() -> None:
    schema = json.dumps([Pack.model_json_schema(), SheetFile.model_json_schema()])
    found = {json.loads(f'"{raw}"') for raw in re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', schema)} - {r"\S"}
    assert len(found) == 4
    for pattern in found:
        assert any(start and pattern.startswith(start) for start in source._PATTERNS), pattern  # noqa: SLF001


def test_findings_get_their_places() -> None:
    document = read_text("f", b"answers:\n  a: b\n  c: [d]\n", "yaml")
    findings = [
        Finding(("answers", "c", 0), Code.UNKNOWN_LEVEL, "m\x1b", "a"),
        Finding(("answers", "a"), Code.UNKNOWN_QUESTION, "m", "a"),
        Finding(("answers", "a"), Code.UNKNOWN_ID, "m", "a"),
        Finding(("nowhere", 3), Code.MISSING, "m", "a"),
    ]
    found = locate(document, findings).problems
    assert spots(found) == [
        (Code.MISSING, 1, 1),
        (Code.UNKNOWN_QUESTION, 2, 3),
        (Code.UNKNOWN_ID, 2, 6),
        (Code.UNKNOWN_LEVEL, 3, 7),
    ]
    assert found[3].message == "m\\u001b"


def test_messages_repeat_little_and_nothing_that_a_terminal_obeys() -> None:
    long = "x\u202e\u200b " * 500
    texts = [f'"{long}": 1\n"{long}": 2', f"title: '{long}'", f"title: abc\n'{long}': 1", f"kind: '{long}'"]
    for text in texts:
        try:
            found = misfits(Whole, text)
        except CollabcheckError as error:
            found = error.problems
        for problem in found:
            said = problem.message + problem.advice
            assert said.isprintable()
            assert len(said) < 800


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
from collabcheck.answers import SheetFile
from collabcheck.files.source import build, read_text
from collabcheck.problems import CollabcheckError
for name, text in {{{", ".join(f"{name!r}: {text}" for name, text in BOMBS.items())}}}.items():
    start = time.perf_counter()
    try:
        build(SheetFile, read_text("f", text.encode(), "yaml", getattr(yaml, sys.argv[1])))
    except CollabcheckError as error:
        assert sum(len(p.message) + len(p.advice) for p in error.problems) < 6_000, name
    else:
        raise AssertionError(name)
    print(f"{{name}}: {{time.perf_counter() - start:.2f}}")
"""


@both
def test_bombs_do_nothing(loader: type) -> None:
    # A process of its own, since libyaml's parser dies of depth without a word.
    command = [sys.executable, "-W", "error", "-c", BOMB_TEST, loader.__name__]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    times = {name: float(time) for name, time in re.findall(r"(.*): (.*)\n", done.stdout)}
    assert len(times) == len(BOMBS)
    assert max(times.values()) < 3, times  # 0.7 measured; the rest is for a busy machine


def outcome(raw: bytes, kind: source.Kind, loader: type = source.LOADER) -> str:
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


PIECES = [
    "a", "b", "no", "1", "01", "1.5", ": ", ":", "- ", "-", "? ", "?", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ",
    ",", '"', "'", "#", " #", "|", ">", "|-\n", "&a ", "*a ", "!", "!!str ", "%", "@", "`", "---", "...", "\\", "\\n",
    "\\u0041", "\\x", "<<", "~", "null", "true", " ", "é", "😀", "=", '"a"', "'b'", "\n- ", "\na: ", "\t", "\r\n",
]  # fmt: skip


def test_both_parsers_read_the_same_or_both_refuse() -> None:
    chance = random.Random(1)
    read = 0
    for _ in range(3_000):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 12)))
        outcomes = {outcome(text.encode(), "yaml", loader) for loader in LOADERS}
        assert len(outcomes) == 1, text
        read += outcomes != {"refused"}
    assert read > 500


def test_random_bytes_are_read_or_refused() -> None:
    chance = random.Random(2)
    for _ in range(1_500):
        raw = chance.randbytes(chance.randint(1, 30))
        for loader in LOADERS:
            outcome(raw, "yaml", loader)
        outcome(raw, "json")
    good = SHEET.encode()
    for _ in range(300):
        at = chance.randrange(len(good))
        raw = good[:at] + chance.randbytes(1) + good[at + 1 :]
        assert len({outcome(raw, "yaml", loader) for loader in LOADERS}) == 1, raw


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
