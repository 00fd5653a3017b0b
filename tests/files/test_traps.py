"""What YAML makes of texts without quotes: told where an author would not notice, and nowhere else."""

import pytest

from collabcheck.doctor.remarks import Kind
from collabcheck.files.source.reader import read_text
from collabcheck.files.source.traps import traps


def told(text: str) -> list[tuple[tuple[str | int, ...], Kind, str]]:
    return [(one.path, one.kind, one.message) for one in traps(read_text("trends.yaml", text.encode(), "yaml"))]


def kinds(text: str) -> list[Kind]:
    return [kind for _, kind, _ in told(text)]


def test_what_is_cut_off_is_named() -> None:
    (found,) = told("a:\n  - text: We are #1 in town\n    hint: none\n")
    assert found[:2] == (("a", 0, "text"), Kind.CUT_OFF)
    assert found[2] == "the text ends before “#1 in town”, which YAML takes for a remark"


@pytest.mark.parametrize(
    "text",
    [
        "title: Who does what # and where\n",
        "title: Who does\n  what, and when # and where\n",
        "[Who does what # and where\n]\n",
    ],
)
def test_a_remark_behind_several_words_may_be_a_part_of_them(text: str) -> None:
    assert kinds(text) == [Kind.CUT_OFF]


@pytest.mark.parametrize(
    "text",
    [
        'title: "Who does what" # a remark\n',
        "title: 'Who does what # and where'\n",
        "id: size # a remark\n",
        "weight: 2 # a remark\n",
        "title: Who does what\n# a remark\n",
        "title: We write C# and F#\n",
        "title: |\n  Who does what # and where\n",
        "title: >\n  Who does what # and where\n",
    ],
)
def test_other_remarks_are_let_be(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("text", ["title: “Who does what”\n", "title: ‘Size’\n", "title: „Who“\n"])
def test_curly_quotes_around_a_text_are_told(text: str) -> None:
    assert kinds(text) == [Kind.CURLY_QUOTES]


@pytest.mark.parametrize("text", ["title: Who says “no”\n", 'title: "“No”"\n', "title: we’re\n"])
def test_curly_quotes_elsewhere_are_what_they_are(text: str) -> None:
    assert kinds(text) == []
