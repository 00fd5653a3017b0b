"""Drafts: what plain words stand for, and what is refused as it comes."""

import json

import pytest
from sources import both, problems, spots, yaml_data

from collabcheck.problems import Code


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


REFUSED = [
    ("a: no", Code.BARE_WORD, 1, 4),
    ("- y", Code.BARE_WORD, 1, 3),
    ("a:\n - OFF", Code.BARE_WORD, 2, 4),
    ("Yes: b", Code.BARE_WORD, 1, 1),
    ("a: 12:30", Code.BARE_WORD, 1, 4),
    ("a: 1234567890123456789", Code.BAD_NUMBER, 1, 4),
    ("a: 0.1234567890123456789", Code.BAD_NUMBER, 1, 4),
    ("<<: {a: b}", Code.FORBIDDEN_YAML, 1, 1),
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
    ("[" * 21 + "]" * 21, Code.TOO_DEEP, 1, 21),
    ("- " * 21 + "a", Code.TOO_DEEP, 1, 41),
    ("a: " + "x" * 20_001, Code.TOO_BIG, 1, 4),
    ("[" + "a," * 20_000 + "]", Code.TOO_BIG, 1, 40_000),
]


@both
@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED, ids=[repr(row[0][:24]) for row in REFUSED])
def test_refused_yaml_says_where(text: str, code: Code, line: int, column: int, loader: type) -> None:
    assert spots(problems(text, loader=loader)) == [(code, line, column)]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a": 1,\n "a": 2}', Code.DUPLICATE_KEY, 2, 2),
        ('{"a": {"b": 1, "\\u0062": 2}}', Code.DUPLICATE_KEY, 1, 16),
        ("[" + "9" * 5_000 + "]", Code.BAD_NUMBER, 1, 2),
        ('["\\u001b"]', Code.CONTROL_CHARACTER, 1, 2),
        ('{"\\ud800": 1}', Code.CONTROL_CHARACTER, 1, 2),
        ("[" * 21 + "]" * 21, Code.TOO_DEEP, 1, 21),
        ("[" * 200_000, Code.TOO_DEEP, 1, 21),
        ('{"a":' * 60_000, Code.TOO_DEEP, 1, 101),
        ('["' + "x" * 20_001 + '"]', Code.TOO_BIG, 1, 2),
        ("[" + "1," * 20_000 + "1]", Code.TOO_BIG, 1, 40_000),
    ],
)
def test_refused_json_says_where(text: str, code: Code, line: int, column: int) -> None:
    assert spots(problems(text, "json")) == [(code, line, column)]
