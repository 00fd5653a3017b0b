"""What is found wrong: how much of it is told, and in which order."""

import pytest
from sources import both, problems

from collabcheck.files.source.found import MAX_PROBLEMS
from collabcheck.problems import Code


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
    assert len(found) <= MAX_PROBLEMS + 1
    assert sum(len(problem.message) + len(problem.advice) for problem in found) < 6_000
    assert found[-1].message == f"… and {500 - len(found) + 1} more like these"
