"""What all blank forms share: a long theme is divided into pages, and no question is lost or moved."""

import pytest
from builders import a_pack, a_question

from collabcheck.files.packs import load_pack
from collabcheck.forms.parts import Part, pages, parts
from collabcheck.pack import Pack


def of(count: int) -> tuple[Part, ...]:
    return pages(a_pack(*(a_question(f"q{number}", "size") for number in range(count))))


@pytest.mark.parametrize(
    ("count", "lengths"), [(1, [1]), (8, [8]), (9, [4, 5]), (17, [5, 6, 6]), (20, [6, 7, 7]), (24, [8, 8, 8])]
)
def test_pages_have_eight_questions_at_most_and_are_about_as_long_as_each_other(count: int, lengths: list[int]) -> None:
    assert [len(page.questions) for page in of(count)] == lengths


def test_pages_are_counted_in_their_titles_and_only_the_first_has_the_statement() -> None:
    assert [(page.title, page.statement) for page in of(9)] == [
        ("A theme (1 of 2)", "Go on."),
        ("A theme (2 of 2)", ""),
    ]
    assert [(page.title, page.statement) for page in of(3)] == [("A theme", "Go on.")]


@pytest.mark.parametrize("pack", [load_pack(), a_pack()], ids=["shipped", "small"])
def test_pages_ask_what_parts_ask(pack: Pack) -> None:
    asked = [question.id for page in pages(pack) for question in page.questions]
    assert asked == [question.id for part in parts(pack) for question in part.questions]
