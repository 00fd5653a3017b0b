"""Errors of syntax: each at the place where it is to be corrected."""

import pytest
from sources import both, problems, spots

from collabcheck.problems import Code

REFUSED = [
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
]


@both
@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED, ids=[repr(row[0][:24]) for row in REFUSED])
def test_broken_yaml_says_where(text: str, code: Code, line: int, column: int, loader: type) -> None:
    assert spots(problems(text, loader=loader)) == [(code, line, column)]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a":\n }', Code.BAD_JSON, 2, 2),
        ("{'a': 1}", Code.BAD_JSON, 1, 2),
        ('{"a" 1}', Code.BAD_JSON, 1, 6),
        ("[1 2]", Code.BAD_JSON, 1, 4),
        ("[01]", Code.BAD_JSON, 1, 3),
        ('["a', Code.BAD_JSON, 1, 2),
        ('["a\nb"]', Code.BAD_JSON, 1, 4),
        ('["\\q"]', Code.BAD_JSON, 1, 3),
        ("[1] 2", Code.BAD_JSON, 1, 5),
    ],
)
def test_broken_json_says_where(text: str, code: Code, line: int, column: int) -> None:
    assert spots(problems(text, "json")) == [(code, line, column)]


@both
@pytest.mark.parametrize("text", [r'a: "\ud800"', r'a: "\UFFFFFFFF"', r'a: "\U00110000"', r'a: "\q"', r'a: "\xZ"'])
def test_impossible_characters_are_refused_by_both_parsers(text: str, loader: type) -> None:
    (found,) = problems(text, loader=loader)
    assert found.code in {Code.BAD_YAML, Code.CONTROL_CHARACTER}


def test_a_comma_too_many_is_refused() -> None:
    (found,) = problems('{"a": 1,}', "json")
    assert (found.code, found.place.line) == (Code.BAD_JSON, 1)
    assert "comma" in found.message + found.advice
