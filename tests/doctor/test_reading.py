"""The reading grade: known words, known texts, and its order."""

import pytest

from collabcheck.doctor.reading import grade, hard_words, sentences, syllables, worst

SYLLABLES = {
    1: "work we through hoped changed joined yes years scheme bids rules hopes don't whole shared called time",
    2: "working table tables needed changes being people statement safety contract funding handled someone something "
    "beyond lawyer client agreed likely useful trustee apply going region council merger partner business "
    "foresight safeguard homework",
    3: "charity services organise media period annual employer employee agreement carefully document develop policies "
    "earlier idea area influence decision commission deliver volunteer's several",
    4: "community society authority relationship negotiate actually economy geography coalition ability voluntary "
    "associate beneficial",
    5: "organisation opportunity collaboration consideration university beneficiary",
    6: "responsibility accountability",
}
WORDS = [(word, count) for count, words in SYLLABLES.items() for word in words.split()]

EASY = "We like to work with others. It helps us. We share what we know."
LEGALESE = (
    "Notwithstanding the aforementioned provisions, the constituent organisations hereby irrevocably undertake to "
    "indemnify the accountable body against all liabilities arising from any misapplication of restricted funds."
)


@pytest.mark.parametrize(("word", "count"), WORDS)
def test_a_known_word_has_its_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(("word", "count"), [("VCS", 3), ("2025", 4), ("10,000", 5), ("I", 1), ("a", 1)])
def test_figures_and_initials_are_read_out_one_by_one(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two? Three!", 3),
        ("It costs 2.5 hours, e.g. at night.", 1),
        ("No full stop", 1),
        ("A line\nand another", 2),
        ("“Is it ready?” “Not yet.”", 2),
        ("", 1),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    assert sentences(text) == count


def test_the_formula_is_the_published_one() -> None:
    # 6 words, 1 sentence, 6 syllables.
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)


def test_a_simple_text_is_low_and_legalese_is_high() -> None:
    assert grade(EASY) < 3
    assert grade(LEGALESE) > 20


def test_a_shorter_sentence_is_easier() -> None:
    assert grade("We meet and then we talk.") < grade("We meet and then we talk and then we go home and then we rest.")


def test_nothing_to_read_is_no_effort() -> None:
    assert grade("") == 0.0
    assert grade("– … –") == 0.0


def test_the_worst_texts_come_first() -> None:
    found = worst({"easy": EASY, "law": LEGALESE, "middle": "Trustees consider partnership agreements."}, n=2)
    assert [name for _, name in found] == ["law", "middle"]
    assert found[0][0] == grade(LEGALESE)


def test_equal_grades_are_sorted_by_name() -> None:
    assert [name for _, name in worst({"b": EASY, "a": EASY})] == ["a", "b"]


def test_the_hardest_words_come_first() -> None:
    assert hard_words("Our organisation has a responsibility to several people.") == [
        "responsibility",
        "organisation",
        "several",
    ]


def test_a_hard_word_is_named_once_and_only_the_hardest_are() -> None:
    assert hard_words("Commission a commission of the university committee.", n=2) == ["university", "commission"]


def test_easy_words_figures_and_initials_are_not_hard() -> None:
    assert hard_words("We owe the NHS 1,000,000 pounds.") == []


def test_what_is_no_word_is_counted_without_end() -> None:
    assert syllables("a" + "ly" * 5_000) > 1_000
    assert sentences("." * 4_000 + "x") == 1
