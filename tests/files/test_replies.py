"""Every word of a cell is understood in one way, or told with its place: no answer is changed, and none is lost."""

from collections.abc import Sequence
from typing import Any

import pytest
from builders import a_choice, a_pack, a_question
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.answers import Chose, DontKnow, NotApplicable, Reply
from collabcheck.files.imports.divided import Strange, TwoWays, Understood, answers_to, parse
from collabcheck.files.imports.meant import nearest
from collabcheck.files.imports.names import NOT_US, Holds, Part
from collabcheck.files.imports.replies import Cell, Heard, listen
from collabcheck.files.packs import load_pack
from collabcheck.pack import Pack
from collabcheck.problems import Code, Place, Problem
from collabcheck.questions import DONT_KNOW, Question

SHIPPED = load_pack(None)
TINY = a_pack(
    a_question("q1", "size"),
    a_question(
        "rest",
        "size",
        several=True,
        full_at=3,
        choices=[*(a_choice(name, 1) for name in "abc"), a_choice("no-one", alone=True)],
    ),
)
HOLDS = {
    "q1": Holds(Part.ANSWER, "q1"),
    "q1 reason": Holds(Part.REASON, "q1"),
    "q1 note": Holds(Part.NOTE, "q1"),
    "rest": Holds(Part.ANSWER, "rest"),
    "rest note": Holds(Part.NOTE, "rest"),
    **{f"rest/{name}": Holds(Part.CHOICE, "rest", name) for name in ("a", "b", "c", DONT_KNOW, NOT_US)},
}


def heard(cells: dict[str, str], headers: dict[str, str] | None = None, pack: Pack = TINY) -> Heard:
    """Listen to cells of one row, in columns from 1, by what a mapping calls them."""
    said = {HOLDS[name]: Cell(words, Place("a.csv", 2, i)) for i, (name, words) in enumerate(cells.items(), start=1)}
    return listen(pack, said, {HOLDS[name]: header for name, header in (headers or {}).items()})


def replies(**cells: str) -> dict[str, Reply]:
    found = heard({name.replace("_", " "): words for name, words in cells.items() if words})
    assert found.problems == []
    return found.replies


def problems(cells: dict[str, str], headers: dict[str, str] | None = None) -> list[Problem]:
    return heard(cells, headers).problems


def problem(words: str, headers: dict[str, str] | None = None, name: str = "rest") -> Problem:
    (only,) = problems({name: words}, headers)
    return only


def told(cells: dict[str, str]) -> list[tuple[Code, str]]:
    return [(one.code, str(one.place)) for one in problems(cells)]


# Several answers in one cell.

MARKS = {"semicolons": ";", "new lines": "\n", "commas": ", ", "bars": "|", "blanks": " "}
"""What tools put between answers; Microsoft Forms puts its semicolon after the last one too."""


def some_words(draw: Any, question: Question) -> tuple[frozenset[str], list[str]]:
    """Return a set of answers, and words for each: all texts or all ids."""
    chosen = draw(st.lists(st.sampled_from(list(question.choice)), min_size=1, unique=True))
    by_text = draw(st.booleans())
    return frozenset(chosen), [question.choice[name].text if by_text else name for name in chosen]


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
@given(data=st.data())
def test_answers_that_a_tool_has_put_into_one_cell_come_back_exactly(mark: str, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(SHIPPED.questions))
    chosen, words = some_words(data.draw, question)
    end = data.draw(st.sampled_from(["", mark.strip(" ")]))
    reading = parse(mark.join(words) + end, answers_to(question))
    assert isinstance(reading, TwoWays) or reading == Understood(chosen)


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
@given(data=st.data())
def test_a_foreign_word_between_answers_is_always_named(mark: str, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(SHIPPED.questions))
    chosen, words = some_words(data.draw, question)
    words.insert(data.draw(st.integers(0, len(words))), "Atlantis")
    reading = parse(mark.join(words), answers_to(question))
    assert isinstance(reading, Strange)
    assert any("Atlantis" in piece for piece in reading.pieces)
    assert len(chosen) == 1 or reading.pieces == ("Atlantis",)


@given(st.text(st.sampled_from("ab;,|\n ?.é✓—"), max_size=30))
def test_no_cell_is_understood_that_has_a_letter_more_than_its_answers(words: str) -> None:
    reading = parse(words, answers_to(TINY.question["rest"]))
    if isinstance(reading, Understood):
        assert {letter for letter in words if letter.isalpha()} == set(reading.chosen)


REST = {
    "A of it.;B of it.;": ("a", "b"),
    "A of it., C of it.": ("a", "c"),
    "A of it. C of it.": ("a", "c"),
    "a b": ("a", "b"),
    "b\na": ("a", "b"),
    "b;;a; ": ("a", "b"),
    "a;A of it.": ("a",),
    "a A of it.": ("a",),
    "no-one": ("no-one",),
}


@pytest.mark.parametrize(("cell", "choices"), REST.items())
def test_several_answers_in_one_cell(cell: str, choices: tuple[str, ...]) -> None:
    assert replies(rest=cell) == {"rest": Chose(choices)}


NATIONS = answers_to(
    Question.model_validate(
        a_question(
            "nations",
            several=True,
            choices=[
                {"id": "england", "text": "England"},
                {"id": "wales", "text": "Wales"},
                {"id": "both", "text": "England, Wales"},
                {"id": "two", "text": "Two; or more"},
                {"id": "eng-wal", "text": "Wales; England"},
            ],
        )
    )
)


@pytest.mark.parametrize(
    ("cell", "readings"),
    [
        ("England;Wales;", ["england wales"]),
        ("England\nWales", ["england wales"]),
        ("England, Wales;", ["both", "england wales"]),
        ("England, Wales", ["both", "england wales"]),
        ("England Wales", ["both", "england wales"]),
        ("England | Wales, Two; or more", ["both two", "england wales two"]),
        ("both; england", ["both england"]),
        ("Two; or more", ["two"]),
        ("Two; or more;England", ["two england"]),
        ("Two; or more, England", ["two england"]),
        ("Two or more England", ["two england"]),
        ("Wales; England", ["eng-wal", "england wales"]),
        ("Wales. England", ["eng-wal", "england wales"]),
        ("wales;two", ["wales two"]),
    ],
)
def test_a_cell_with_two_readings_has_both_and_one_that_a_semicolon_divides_has_one(
    cell: str, readings: Sequence[str]
) -> None:
    match parse(cell, NATIONS):
        case Understood(chosen):
            found = {chosen}
        case TwoWays(one, other):
            found = {one, other}
        case Strange():
            found = set()
    assert found == {frozenset(reading.split()) for reading in readings}


ONE = {
    "rent": "Rent",
    "rates": "Rates",
    "both": "Rent, rates",
    "yes": "Yes; no",
    "joint-bid": "J",
    "joint": "Together",
    "bid": "B",
}
ONE_ANSWER = a_pack(
    a_question("q1", "size", choices=[{"id": id_, "text": text, "points": 0} for id_, text in ONE.items()])
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("Rent, rates", "both"), ("rent,  RATES.", "both"), ("Yes; no", "yes"), ("Joint bid", "joint-bid")],
)
def test_a_cell_that_is_one_answer_is_not_divided_where_one_is_asked(cell: str, expected: str) -> None:
    assert heard({"q1": cell}, pack=ONE_ANSWER).replies == {"q1": Chose((expected,))}


@pytest.mark.parametrize("cell", ["Rent; rates", "Rates, rent", "rent\nrates"])
def test_two_answers_where_one_is_asked_stay_two(cell: str) -> None:
    assert [one.code for one in heard({"q1": cell}, pack=ONE_ANSWER).problems] == [Code.TWO_VALUES]


def test_words_that_two_answers_share_are_read_in_two_ways() -> None:
    choices = [{"id": "less", "text": "< 5"}, {"id": "more", "text": "> 5"}]
    answers = answers_to(Question.model_validate(a_question("q1", choices=choices)))
    assert parse("5", answers) == TwoWays(frozenset({"less"}), frozenset({"more"}))
    assert parse("more", answers) == Understood(frozenset({"more"}))


def test_two_readings_are_both_named_and_the_advice_is_read_in_one_way() -> None:
    choices = [a_choice("paid", 1), a_choice("staff", 1), {"id": "paid-staff", "text": "Paid staff", "points": 1}]
    pack = a_pack(a_question("rest", "size", several=True, full_at=3, choices=choices))
    (found,) = heard({"rest": "Paid staff"}, pack=pack).problems
    assert (found.code, str(found.place)) == (Code.TWO_VALUES, "a.csv:2:1")
    assert found.message == "“Paid staff” can be read in two ways: as “paid-staff”, or as “paid” and “staff”"
    assert found.advice == "Write ids, with a semicolon between them: “paid-staff” or “paid; staff”."
    for words, chosen in (("paid-staff", ("paid-staff",)), ("paid; staff", ("paid", "staff"))):
        assert heard({"rest": words}, pack=pack).replies == {"rest": Chose(chosen)}


def test_an_id_that_is_the_text_of_another_answer_is_advised_in_words_that_are_read_in_one_way() -> None:
    texts = {"one": "Two", "two": "One", "four": "one"}
    choices = [{"id": id_, "text": text, "points": 0} for id_, text in texts.items()]
    for several in (True, False):
        full = {"full_at": 3} if several else {}
        pack = a_pack(a_question("rest", "size", several=several, choices=[*choices, a_choice("most", 3)], **full))
        (found,) = heard({"rest": "one"}, pack=pack).problems
        clear = "Two" if several else "one Two"
        assert found.advice == f"Write this: “four” or “{clear}”."
        for words, chosen in ((clear, "one"), ("four", "four")):
            assert heard({"rest": words}, pack=pack).replies == {"rest": Chose((chosen,))}


@pytest.mark.parametrize("cell", ["-", "—", "?", " ? "])
@pytest.mark.parametrize("name", ["q1", "rest"])
def test_a_cell_that_is_only_a_sign_is_told_to_be_left_empty(cell: str, name: str) -> None:
    found = heard({name: cell})
    assert found.replies == {}
    for one in found.problems:
        assert one.advice.endswith("Leave the cell empty, or write “I do not know”.")
    assert found.problems or found.warnings


@pytest.mark.parametrize("cell", ["a," * 200, "A of it.;" * 45, "a" + " " * 400 + ",", ",;|" * 130 + "a"])
def test_a_long_cell_is_read_to_its_end(cell: str) -> None:
    assert replies(rest=cell) == {"rest": Chose(("a",))}


@pytest.mark.parametrize("cell", ["a;" * 200 + "zz", "a " * 200 + "zz", "a," * 195 + "zz" + "!" * 10, "zz" * 200])
def test_a_strange_word_at_the_end_of_a_long_cell_is_told(cell: str) -> None:
    assert "“zz" in problem(cell).message


@pytest.mark.parametrize("cell", ["a;" * 9_999 + "zz", "x " * 9_999, "a," * 10_000, "Does not apply; " + "a " * 9_000])
def test_a_cell_that_is_longer_than_all_answers_together_is_refused_at_once(cell: str) -> None:
    found = problem(cell)
    assert found.code is Code.TOO_BIG
    assert "than all answers together" in found.message


def test_what_is_beyond_the_first_strange_pieces_is_counted() -> None:
    found = problems({"rest": ";".join(["a", *(f"x{i}" for i in range(20))])})
    assert [one.message for one in found][-2:] == [
        "“x2” is not an answer to “rest”",
        "… and 17 more pieces of this cell are no answers",
    ]


def test_many_readings_of_one_cell_are_refused_and_not_followed_for_ever() -> None:
    pairs = [(f"x{i}", f"y{i}") for i in range(8)]
    choices = [{"id": name, "text": f"T{name}"} for pair in pairs for name in pair]
    choices += [{"id": f"z{i}", "text": f"{one} {other}"} for i, (one, other) in enumerate(pairs)]
    answers = answers_to(Question.model_validate(a_question("q1", several=True, choices=choices)))
    cell = " ".join(name for pair in pairs for name in pair)
    assert isinstance(parse(" ".join([cell] * 200), answers), TwoWays)


# What is no choice.


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("a;no-one", Code.TWO_VALUES),
        ("a;I do not know", Code.TWO_VALUES),
        ("a;nonsense", Code.UNKNOWN_LEVEL),
        ("a;?", Code.UNKNOWN_LEVEL),
        ("?", Code.UNKNOWN_LEVEL),
        ("Not a", Code.UNKNOWN_LEVEL),
        ("Does not apply", Code.NO_REASON),
        ("Does not apply: a", Code.TWO_VALUES),
        ("Does not apply: we rent; A of it.", Code.UNKNOWN_LEVEL),
    ],
)
def test_answers_that_cannot_stand_are_problems(cell: str, code: Code) -> None:
    assert problem(cell).code is code


@pytest.mark.parametrize(
    ("answer", "reason", "note", "reply"),
    [
        ("Don’t know", "", "", DontKnow()),
        ("n/a", "we rent", "", NotApplicable("we rent")),
        ("Does not apply to us: we rent", "", "see b", NotApplicable("we rent", "see b")),
        ("Not applicable", "", "we rent", NotApplicable("we rent")),
        ("some", "", "=1+1", Chose(("some",), "=1+1")),
        ("Does not apply to us: see note (a)", "", "", NotApplicable("see note (a)")),
        ("Does not apply (we rent)", "", "", NotApplicable("we rent")),
        ("Does not apply (see note (a))", "", "", NotApplicable("see note (a)")),
        ("Does not apply (since 2020) to the hall (a)", "", "", NotApplicable("(since 2020) to the hall (a)")),
        ("n/a: we rent; no hall", "", "", NotApplicable("we rent; no hall")),
        ("n/a: we rent", "no hall", "", NotApplicable("we rent\nno hall")),
        ("n/a: we rent", "we rent", "", NotApplicable("we rent")),
        (f"n/a: {'x' * 4000}", "", "", NotApplicable("x" * 4000)),
    ],
)
def test_what_is_no_choice_is_understood_too(answer: str, reason: str, note: str, reply: Reply) -> None:
    assert replies(q1=answer, q1_reason=reason, q1_note=note) == {"q1": reply}


@pytest.mark.parametrize("reason", ["n/a", "-", "no", "It does apply"])
def test_a_reason_without_an_answer_is_none_and_is_told(reason: str) -> None:
    found = heard({"q1 reason": reason})
    assert (found.replies, found.problems) == ({}, [])
    assert [warning.partition(". ")[0] for warning in found.warnings] == [
        f"a.csv:2:1: the reason “{reason}” is left out, as “q1” has no answer"
    ]
    assert "“Does not apply to us”" in found.warnings[0]


def test_a_reason_that_is_too_long_is_refused_and_not_cut() -> None:
    assert problem(f"n/a: {'x' * 4001}", name="q1").code is Code.TOO_BIG


def test_where_a_reason_belongs_is_said_with_the_header_of_the_table() -> None:
    assert "add a column “q1 reason”" in problem("n/a", name="q1").advice
    both = {"q1 reason": "Pam nad yw’n berthnasol?", "q1 note": "Nodyn"}
    assert problem("n/a", both, "q1").advice.startswith("Write why under “Pam nad yw’n berthnasol?”")
    assert problem("n/a", {"q1 note": "Nodyn"}, "q1").advice.startswith("Write why under “Nodyn”")


def test_a_reason_without_its_colon_is_told_where_to_put_it() -> None:
    assert "after a colon" in problem("Not applicable, we rent", name="q1").advice


SOME = "Some of the area that the contract names in full"
NEAR = a_question(
    "area",
    choices=[
        {"id": "nothing", "text": "None of the area, or next to none"},
        {"id": "part", "text": SOME},
        {"id": "whole", "text": "All of it, and we could prove so to anyone who asks us to"},
    ],
)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Some of it", SOME),
        ("some", SOME),
        ("Some of the", SOME),
        ("Sum of the area that the contract names in fll", SOME),
        ("hole", "whole"),
        ("Nohting", "nothing"),
        ("I dont knwo", "I do not know"),
        ("Half", ""),
        ("", ""),
    ],
)
def test_the_nearest_answer_begins_with_the_same_words_or_is_much_alike(words: str, meant: str) -> None:
    assert nearest(words, Question.model_validate(NEAR)) == meant


def test_two_answers_that_begin_alike_are_not_told_apart_by_their_first_words() -> None:
    choices = [{"id": "a", "text": "We know how, but not who"}, {"id": "b", "text": "We know how, and also who"}]
    question = Question.model_validate(a_question("q1", choices=choices))
    assert nearest("We know", question) == ""
    assert nearest("We know how, and", question) == "We know how, and also who"


def test_where_nothing_is_near_the_answers_are_listed_in_short_and_without_ids() -> None:
    (found,) = heard({"q1": "Half"}, pack=a_pack({**NEAR, "id": "q1", "informs": ["size"]})).problems
    assert found.advice == (
        "Use one of: “None of the area, or next to none”, “Some of the area that the contract …”, "
        "“All of it, and we could prove so to …”, “I do not know”."
    )


def test_own_words_beside_answers_are_told_where_they_belong() -> None:
    assert problem("a;Other: a hall of our own").message == "“Other: a hall of our own” is not an answer to “rest”"
    assert problem("a;a hall").advice.endswith("Own words belong in a column “rest note”.")
    assert problem("a;a hall", {"rest note": "Nodyn"}).advice.endswith("Own words belong under “Nodyn”.")
    assert "Own words" not in problem("a hall", name="q1").advice


# Signs beside answers.

DENIED = (
    *("☐ {}", "❌ {}", "{} ✗", "🚫 {}", "👎 {}", "≠ {}", "{} →"),
    *("[ ] {}", "[] {}", "( ) {}", "~~{}~~", "{}?", "? {}", "!{}"),
)


@pytest.mark.parametrize("denied", DENIED)
@pytest.mark.parametrize("words", ["a", "A of it."])
def test_a_sign_beside_an_answer_that_may_deny_it_is_told_and_chooses_nothing(denied: str, words: str) -> None:
    for name, cell in (("rest", f"b; {denied.format(words)}"), ("rest/a", denied.format(words))):
        found = heard({name: cell})
        assert (found.replies, [one.code for one in found.problems]) == ({}, [Code.UNKNOWN_LEVEL])
    found = heard({"q1": denied.format("some")})
    assert (found.replies, [one.code for one in found.problems]) == ({}, [Code.UNKNOWN_LEVEL])
    assert "Write only the answers that were chosen" in found.problems[0].advice


@pytest.mark.parametrize("cell", ["☐ a; ☒ b", "☐ a, ☒ b", "☐ a ☒ b", "a ❌; b ✓", "[ ] a\n[ ] b", "[ ] a [ ] b", "a→b"])
def test_a_list_of_boxes_is_no_list_of_answers(cell: str) -> None:
    found = heard({"rest": cell})
    assert found.replies == {}
    assert {one.code for one in found.problems} == {Code.UNKNOWN_LEVEL}


def test_a_denied_answer_is_named_with_its_sign() -> None:
    assert [one.message for one in problems({"rest": "☐ a; b"})] == ["“☐ a” is not an answer to “rest”"]


@pytest.mark.parametrize("words", ["• {}", "- {}", "– {}", "“{}”", "({})", "{}.", "[{}]", "*{}*", "{}:", "‣ {},"])
def test_punctuation_around_an_answer_changes_nothing(words: str) -> None:
    assert replies(rest=words.format("A of it")) == {"rest": Chose(("a",))}


def test_a_denied_answer_does_not_hide_in_a_reason() -> None:
    assert problem("☐ Does not apply: we rent").code is Code.UNKNOWN_LEVEL
    assert {code for code, _ in told({"rest": "Does not apply: we rent; ☒ a"})} == {Code.UNKNOWN_LEVEL}


SIGNS = {
    "less": "< 10",
    "more": "> 10",
    "ten": "10",
    "down": "\u2212 5 %",
    "up": "+ 5 %",
    "minus": "-7",
    "plus": "7",
    "sad": "☹",
    "glad": "☺",
    "dash": "x-y",
    "line": "x_y",
    "asks": "Do they? Never",
    "cost": "£5 (net)",
    "arrow": "in → out",
}
BY_SIGN = a_pack(
    a_question(
        "rest",
        "size",
        several=True,
        full_at=3,
        choices=[{"id": name, "text": text, "points": 1} for name, text in SIGNS.items()],
    )
)


@pytest.mark.parametrize(("name", "text"), SIGNS.items())
def test_answers_that_differ_only_in_signs_are_told_apart(name: str, text: str) -> None:
    for cell in (text, f" {text} ", name, f"{text};"):
        found = heard({"rest": cell}, pack=BY_SIGN)
        assert (found.problems, found.replies) == ([], {"rest": Chose((name,))})


def test_an_answer_with_a_sign_of_its_own_is_known_without_it_only_where_no_other_is_meant() -> None:
    assert heard({"rest": "do they never"}, pack=BY_SIGN).replies == {"rest": Chose(("asks",))}
    assert [one.code for one in heard({"rest": "5"}, pack=BY_SIGN).problems] == [Code.TWO_VALUES]
    assert [one.code for one in heard({"rest": "5 %"}, pack=BY_SIGN).problems] == [Code.UNKNOWN_LEVEL]
    assert [one.code for one in heard({"rest": "≥ 10"}, pack=BY_SIGN).problems] == [Code.UNKNOWN_LEVEL]
    assert [one.code for one in heard({"rest": "in ← out"}, pack=BY_SIGN).problems] == [Code.UNKNOWN_LEVEL]


NUMBERS = {
    "half": "½",
    "range": "1-2",
    "five": "5",
    "point-five": "0.5",
    "minus-five": "-5",
    "share": "12%",
    "both": "1½",
    "over-100": "More than 100",
}
BY_NUMBER = a_pack(
    a_question("q1", "size", choices=[{"id": id_, "text": text, "points": 0} for id_, text in NUMBERS.items()])
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *((text, id_) for id_, text in NUMBERS.items()),
        *((id_, id_) for id_ in NUMBERS),
        *(("1/2", "half"), ("1 / 2", "half"), ("1–2", "range"), ("1 - 2", "range")),
        *((".5", "point-five"), ("–5", "minus-five"), ("\u22125", "minus-five"), ("12 %", "share"), ("1 1/2", "both")),
        *((one, "") for one in ("1 2", "11/2", "12", "5%", "5/", "- 5.", "0,5", "100", "0.5.1", "5²", "1-", "-.5")),
    ],
)
def test_the_signs_of_a_number_belong_to_it(cell: str, expected: str) -> None:
    found = heard({"q1": cell}, pack=BY_NUMBER)
    if expected:
        assert (found.problems, found.replies) == ([], {"q1": Chose((expected,))})
    elif cell not in ("5/", "- 5."):  # marks around an answer, a bullet before it
        assert found.replies == {}
        assert {one.code for one in found.problems} <= {Code.UNKNOWN_LEVEL, Code.TWO_VALUES}


def test_nobody_is_advised_to_drop_the_sign_of_a_number() -> None:
    (found,) = heard({"q1": "5%"}, pack=BY_NUMBER).problems
    assert found.advice.startswith("Use one of: “½”, “1-2”, “5”")


# Columns of yes and no.


def test_columns_of_yes_and_no_that_agree_with_the_cell_for_all_are_one_answer() -> None:
    cells = {"rest": "a c", "rest/a": "1", "rest/b": "0", "rest/c": "1"}
    for left_empty in ({}, {"rest/a": "-"}):
        assert heard({**cells, **left_empty}).replies == {"rest": Chose(("a", "c"))}
    assert heard({"rest": "c a", "rest/b": "0"}).replies == {"rest": Chose(("a", "c"))}
    assert heard({"rest": ";", "rest/b": "1"}).replies == {"rest": Chose(("b",))}
    assert heard({"rest": "dont-know", "rest/a": "0", "rest/dont-know": "1"}).replies == {"rest": DontKnow()}


@pytest.mark.parametrize(
    ("cells", "at"),
    [
        ({"rest": "a", "rest/b": "1"}, [2]),
        ({"rest": "a b", "rest/b": "0"}, [2]),
        ({"rest/a": "0", "rest/b": "1", "rest/c": "0", "rest": "a"}, [1, 2]),
        ({"rest": "I do not know", "rest/b": "Yes"}, [2]),
    ],
)
def test_columns_of_yes_and_no_that_contradict_the_cell_for_all_are_problems(
    cells: dict[str, str], at: list[int]
) -> None:
    assert told(cells) == [(Code.TWO_VALUES, f"a.csv:2:{column}") for column in at]


def test_a_contradiction_names_both() -> None:
    (found,) = problems({"rest": "a b", "rest/b": "0"}, {"rest/b": "B of it?"})
    assert found.message == "“B of it?” says “0”, but “rest” says “a b”"


@pytest.mark.parametrize("words", ["✓", "✔\ufe0f", "x", "TRUE", "1.0", "Yes.", "B of it."])
def test_a_tick_is_a_yes_whatever_it_is_made_of(words: str) -> None:
    assert heard({"rest/b": words}).replies == {"rest": Chose(("b",))}


SIGNED = a_pack(
    a_question("q1", "size"),
    a_question(
        "rest",
        "size",
        several=True,
        full_at=3,
        choices=[a_choice("a", 1), {"id": "b", "text": "No", "points": 1}, {"id": "c", "text": "0", "points": 1}],
    ),
)


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("Yes", "No")])
def test_yes_and_no_come_before_the_words_of_a_choice(yes: str, no: str) -> None:
    assert heard({"rest/a": yes, "rest/b": no, "rest/c": no}, pack=SIGNED).replies == {"rest": Chose(("a",))}
    assert heard({"rest/a": no, "rest/b": yes, "rest/c": no}, pack=SIGNED).replies == {"rest": Chose(("b",))}


@pytest.mark.parametrize("no", ["No", "0"])
def test_a_question_whose_choices_all_say_no_is_told_to_have_no_answer(no: str) -> None:
    found = heard({"rest/a": "-", "rest/b": no, "rest/c": no})
    assert (found.replies, found.problems) == ({}, [])
    (told,) = found.warnings
    assert told.startswith("a.csv:2:2: “rest” has no answer, as all that is said of its choices is No.")
    assert told.endswith("say so, such as with “No-one of it.”.")
    assert heard({"rest/a": "-", "rest/b": ""}).warnings == []


def test_a_no_that_may_be_the_choice_itself_is_told_where_nothing_shows_what_is_meant() -> None:
    for cells in ({"rest/b": "No"}, {"rest/a": "A of it.", "rest/b": "No"}):
        (found,) = heard(cells, pack=SIGNED).problems
        assert (found.code, found.message) == (
            Code.TWO_VALUES,
            "“No” may say that “rest/b” was chosen, or that it was not",
        )


SAME_WORDS = a_pack(
    a_question(
        "rest",
        "size",
        several=True,
        full_at=3,
        choices=[a_choice("a", 1), a_choice("b", 1), {"id": "c", "text": "A b", "points": 1}],
    )
)


def test_columns_of_all_choices_settle_what_a_cell_means_that_can_be_read_in_two_ways() -> None:
    cells = {"rest": "a b", "rest/a": "1", "rest/b": "1", "rest/c": "0"}
    assert heard(cells, pack=SAME_WORDS).replies == {"rest": Chose(("a", "b"))}
    cells |= {"rest/a": "0", "rest/b": "0", "rest/c": "1"}
    assert heard(cells, pack=SAME_WORDS).replies == {"rest": Chose(("c",))}
    for wrong in ({"rest/c": "-"}, {"rest/a": "1"}, {"rest/c": "0"}):
        assert [one.code for one in heard({**cells, **wrong}, pack=SAME_WORDS).problems] == [Code.TWO_VALUES]


@pytest.mark.parametrize("words", ["✗", "☒", "?", "perhaps", "A of it.", "-1", "(1)", "1/0", "0/1", "Yes?", "!x", "."])
def test_a_sign_that_could_mean_yes_or_no_is_a_problem(words: str) -> None:
    assert told({"rest/a": "1", "rest/b": words}) == [(Code.UNKNOWN_LEVEL, "a.csv:2:2")]
