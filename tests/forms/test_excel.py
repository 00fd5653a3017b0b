"""The Excel files: nothing in them runs, they are the same each time, and they ask what the terminal asks."""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from builders import a_choice, a_pack, a_question, pack_data
from hypothesis import example, given
from hypothesis import strategies as st

from collabcheck.answers import Chose, DontKnow, NotApplicable, Reply
from collabcheck.files.packs import load_pack
from collabcheck.forms.excel import ANSWERS, COLUMNS, HELP, LISTS, START, workbook, xlsform
from collabcheck.forms.xlsform import LONGEST_CELL, NOT_US, name_of, relevant
from collabcheck.interview import route
from collabcheck.pack import Pack
from collabcheck.problems import CollabcheckError
from collabcheck.questions import DONT_KNOW
from collabcheck.written import ID_PATTERN

SHIPPED = load_pack(None)
ONLY_IF = a_pack(
    a_question("q1", "size"),
    a_question("q-2", "size", when={"question": "q1", "is": ["some", "most"]}),
    a_question(
        "q_2", "size", when={"not": {"any": [{"question": "q1", "is": ["all"]}, {"question": "q-2", "is": ["none"]}]}}
    ),
    a_question(
        "4th", "size", when={"all": [{"question": "q-2", "is": ["all"]}, {"not": {"question": "q1", "is": ["most"]}}]}
    ),
    a_question("meta", "size"),
    a_question("data", "size", when={"question": "meta", "is": ["some"]}),
    a_question("many", "size", several=True, full_at=2, choices=[a_choice("x", 2), a_choice("y", alone=True)]),
    context=[a_question("who", means="role", several=True, choices=[a_choice("trustee"), a_choice("staff")])],
)


def opened(raw: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(raw))


def answers(pack: Pack, organisation: str = "", role: str = "") -> list[list[Any]]:
    """Return the rows of the answers, without the header."""
    return [
        list(row) for row in opened(workbook(pack, organisation, role))[ANSWERS].iter_rows(min_row=2, values_only=True)
    ]


# The answer workbook.


def test_every_question_has_a_row_and_every_choice_of_several_has_one() -> None:
    ids = [row[-1] for row in answers(SHIPPED) if row[-1]]
    expected = [
        name
        for question in SHIPPED.questions
        for name in (question.id, *(f"{question.id}/{one}" for one in question.choice if question.several))
    ]
    assert ids == [*expected, *(prompt.id for prompt in SHIPPED.prompts)]


def test_a_row_says_all_that_can_be_answered_and_when_to_answer() -> None:
    row = next(row for row in answers(SHIPPED) if row[-1] == "contract-end")
    question = SHIPPED.question["contract-end"]
    assert "Only if you chose “Less than a quarter”" in row[0]
    assert row[1] == "\n".join(f"• {choice.text}" for choice in question.choices)


def test_a_drop_down_offers_the_choices_and_the_two_other_answers() -> None:
    book = opened(workbook(SHIPPED))
    row = next(cells[0].row for cells in book[ANSWERS].iter_rows() if cells[-1].value == "income")
    (rule,) = [rule for rule in book[ANSWERS].data_validations.dataValidation if f"C{row}" in rule.sqref]
    area = re.sub(r"[$']", "", str(rule.formula1)).removeprefix(f"{LISTS}!")
    offered = [cells[0].value for cells in book[LISTS][area]]
    texts = [choice.text for choice in SHIPPED.question["income"].choices]
    assert offered == [*texts, "I do not know", "Does not apply to us"]
    assert book[LISTS].sheet_state == "hidden"


def test_a_role_has_no_way_out() -> None:
    book = opened(workbook(SHIPPED))
    row = next(cells[0].row for cells in book[ANSWERS].iter_rows() if cells[-1].value == "role")
    (rule,) = [rule for rule in book[ANSWERS].data_validations.dataValidation if f"C{row}" in rule.sqref]
    area = re.sub(r"[$']", "", str(rule.formula1)).removeprefix(f"{LISTS}!")
    assert [cells[0].value for cells in book[LISTS][area]] == [one.text for one in SHIPPED.question["role"].choices]


def test_the_first_sheet_names_the_two_other_answers_and_has_a_place_for_the_day() -> None:
    sheet = opened(workbook(SHIPPED))[START]
    words = " ".join(str(cells[0].value) for cells in sheet.iter_rows())
    assert "choose “I do not know”" in words
    assert "choose “Does not apply to us”" in words
    (day,) = [cells[1] for cells in sheet.iter_rows() if cells[0].value == "Date"]
    assert (day.protection.locked, day.number_format) == (False, "yyyy-mm-dd")
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, day.coordinate in rule.sqref) == ("date", True)


def test_the_help_says_of_each_question_what_the_other_forms_say() -> None:
    sheet = opened(workbook(SHIPPED))[HELP]
    assert sheet.protection.sheet
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(SHIPPED.questions)
    for question, (text, who, why, meanings) in zip(SHIPPED.questions, rows, strict=True):
        assert str(text).endswith(question.text)
        assert (who or "", why) == ("" if question.means == "role" else question.ask, question.why)
        assert [word for word in question.jargon.values() if word not in str(meanings)] == []


def test_only_the_cells_for_answers_can_be_written_in_and_no_password_is_needed() -> None:
    book = opened(workbook(SHIPPED))
    sheet = book[ANSWERS]
    assert (sheet.protection.sheet, sheet.protection.password, book.security.lockStructure) == (True, None, True)
    free = {cell.column for cells in sheet.iter_rows() for cell in cells if not cell.protection.locked}
    assert free == {3, 4, 5, 6}
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)


def test_what_is_known_beforehand_is_filled_in() -> None:
    raw = workbook(SHIPPED, "=Riverside", "trustee")
    assert "=Riverside" in [cell.value for cells in opened(raw)[START].iter_rows() for cell in cells]
    row = next(row for row in answers(SHIPPED, "=Riverside", "trustee") if row[-1] == "role")
    assert row[2] == "Trustee or committee member"


@pytest.mark.parametrize("words", ["=1+1", "+44", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_words_that_look_like_formulas_stay_words(words: str) -> None:
    choices = [a_choice("x", 1) | {"text": words}, a_choice("y", 2)]
    pack = a_pack(a_question("q", "size", text=words, hint=words, choices=choices), title=words)
    for raw in (workbook(pack, words), xlsform(pack)):
        assert b"<f>" not in b"".join(parts(raw).values())
        sheets = b"".join(text for name, text in parts(raw).items() if name.startswith("xl/worksheets/sheet"))
        assert set(re.findall(rb'<c [^>]*t="(\w+)"', sheets)) <= {b"s", b"inlineStr", b"n"}
        assert words in [cell.value for sheet in opened(raw) for cells in sheet.iter_rows() for cell in cells]


def parts(raw: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("make", [workbook, xlsform])
def test_the_bytes_do_not_depend_on_the_day(make: Any) -> None:
    raw = make(SHIPPED)
    assert raw == make(SHIPPED)
    with ZipFile(BytesIO(raw)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(rb"\d{4}-\d\d-\d\dT", parts(raw)["docProps/core.xml"])) == {b"2000-01-01T"}


LONG = "A long word " * 330


def test_words_too_long_for_a_row_go_on_in_the_next_and_none_is_lost() -> None:
    many = [a_choice(f"c{i}", i) | {"text": f"Choice {i}: {LONG[:120]}"} for i in range(30)]
    pack = a_pack(a_question("q1", "size", choices=many), about=LONG)
    book = opened(workbook(pack))
    rows = list(book[ANSWERS].iter_rows(min_row=3))
    shown = [str(row[1].value) for row in rows]
    assert "\n".join(shown) == "\n".join(f"• {choice.text}" for choice in pack.questions[0].choices)
    assert [row[-1].value for row in rows] == ["q1", *[None] * (len(rows) - 1)]
    assert all(cell.protection.locked for row in rows[1:] for cell in row), "there is one place for the answer"
    told = " ".join(str(cells[0].value) for cells in book[START].iter_rows())
    assert " ".join(LONG.split()) in " ".join(told.split())


def test_rows_are_tall_enough_for_titles_statements_and_ids() -> None:
    id_ = "-".join(["abcdefghi"] * 6)
    question = a_question(id_, "size", several=True, full_at=1, choices=[a_choice(id_[1:], 1), a_choice("b")])
    data = pack_data(question, title=LONG[:300])
    data["trends"][0]["themes"][0]["statement"] = LONG
    pack = Pack.model_validate(data)
    book = opened(workbook(pack))
    tall = {sheet: [book[sheet].row_dimensions[i].height for i in range(1, 6)] for sheet in (START, ANSWERS)}
    assert tall[START][0] > 5 * 22, "six lines in large letters"
    assert tall[ANSWERS][1] > 20 * 14
    assert tall[ANSWERS][3] > 3 * 14, "five lines in small letters"


def test_pages_are_numbered() -> None:
    book = opened(workbook(SHIPPED))
    assert [foot.center.text for name in (START, ANSWERS, HELP) if (foot := book[name].oddFooter)] == ["&P / &N"] * 3


@pytest.mark.parametrize("make", [workbook, xlsform])
def test_words_that_no_cell_can_hold_are_refused_and_shown(make: Any) -> None:
    alone = [a_choice(f"c{i}", alone=True) | {"text": LONG[:3990] + str(i)} for i in range(9)]
    pack = a_pack(a_question("q1", "size", several=True, full_at=1, choices=alone), context=[who_would_know(alone)])
    with pytest.raises(CollabcheckError) as caught:
        make(pack)
    (problem,) = caught.value.problems
    assert "A long word A long word" in problem.message
    assert problem.advice


def who_would_know(choices: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a question with far more words explained than fit into a cell."""
    return a_question("words", jargon={f"A long word {i}": LONG for i, _ in enumerate(choices)})


# The XLSForm.


@pytest.mark.parametrize("pack", [SHIPPED, ONLY_IF], ids=["shipped", "small"])
def test_the_xlsform_converts_without_a_warning(pack: Pack, tmp_path: Path) -> None:
    converter = pytest.importorskip("pyxform.xls2xform", reason="pyxform is not installed")
    (tmp_path / "form.xlsx").write_bytes(xlsform(pack))
    made = converter.convert(str(tmp_path / "form.xlsx"))
    assert made.warnings == []
    assert pack.questions[-1].text.replace("’", "’") in made.xform


@pytest.mark.parametrize(("pack", "role"), [(SHIPPED, "role"), (ONLY_IF, "who")], ids=["shipped", "small"])
def test_a_role_has_no_way_out_on_a_phone_and_no_place_for_its_reason(pack: Pack, role: str) -> None:
    asked, offered = rows(xlsform(pack), "survey"), rows(xlsform(pack), "choices")
    for question in pack.questions:
        ids = [row["name"] for row in offered if row["list_name"] == name_of(question.id)]
        others = [] if question.id == role else [DONT_KNOW, NOT_US]
        assert ids == [*question.choice, *others]
        reasons = [row for row in asked if row["name"] == f"{name_of(question.id)}___reason"]
        assert len(reasons) == (question.id != role)
    assert [row["constraint"] for row in asked if row["name"] == role] == [None], "none of its answers stands alone"


def rows(raw: bytes, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by their headers."""
    header, *rest = opened(raw)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rest]


def test_names_lead_back_to_one_id() -> None:
    ids = ["q-2", "q_2", "4th", "a-b_c", "a_b-c", "in_it", "meta", "data"]
    assert len({name_of(id_) for id_ in ids}) == len(ids)
    assert all(re.fullmatch("[a-z_][a-z0-9_]*", name_of(id_)) for id_ in ids)


_ids = st.from_regex(ID_PATTERN.replace("$", r"\Z").replace("a-z0-9", "ab01"), fullmatch=True)


@given(_ids, _ids)
@example("a-b", "a_b")
@example("a-1", "1")
@example("meta", "data")
def test_names_of_any_two_ids_differ_from_each_other_and_from_all_that_is_beside_them(one: str, other: str) -> None:
    assert (name_of(one) == name_of(other)) == (one == other)
    assert re.fullmatch("[a-z_][a-z0-9_]*", name_of(one))
    bare = name_of(one).removeprefix("_")
    assert re.sub("_+", lambda sign: "-" if len(sign[0]) == 1 else "_", bare) == one, "the id can be read from the name"
    assert "___" not in name_of(one), "that divides an id from what is beside it"


@pytest.mark.parametrize("pack", [SHIPPED, ONLY_IF], ids=["shipped", "small"])
@pytest.mark.parametrize("seed", range(50))
def test_the_phone_asks_what_the_terminal_asks(pack: Pack, seed: int) -> None:
    chance = Random(seed)
    replies = {
        question.id: reply for question in pack.questions if (reply := some_reply(chance, list(question.choice)))
    }
    assert asked_on_phone(pack, replies) == [question.id for question in route(pack, replies)]


def test_conditions_too_long_for_a_cell_are_refused_and_the_question_is_named() -> None:
    def when(number: int) -> dict[str, object]:
        before = [{"question": f"q{one}", "is": ["all"]} for one in (number - 1, number - 2)]
        return {"when": {"any": before}} if number > 1 else {}

    pack = a_pack(*(a_question(f"q{number}", "size", **when(number)) for number in range(100)))
    with pytest.raises(CollabcheckError) as caught:
        xlsform(pack)
    (problem,) = caught.value.problems
    first = next(number for number in range(100) if f"“q{number}”" in problem.message)
    assert problem.advice
    short = relevant(a_pack(*(a_question(f"q{number}", "size", **when(number)) for number in range(first))))
    assert max(map(len, short.values())) <= LONGEST_CELL


def some_reply(chance: Random, choices: list[str]) -> Reply | None:
    given = chance.randrange(8)
    return {0: None, 1: DontKnow(), 2: NotApplicable("no")}.get(given, Chose((chance.choice(choices),)))


def asked_on_phone(pack: Pack, replies: Mapping[str, Reply]) -> list[str]:
    """Return the questions that a form asks: one that is not relevant is blank to those after it."""
    held: dict[str, str] = {}
    asked: list[str] = []
    when = relevant(pack)
    for question in pack.questions:
        shows = question.id not in when or holds(when[question.id], held)
        held[name_of(question.id)] = value(replies.get(question.id)) if shows else ""
        asked += [question.id] if shows else []
    return asked


def value(reply: Reply | None) -> str:
    match reply:
        case Chose(choices=choices):
            return " ".join(choices)
        case DontKnow():
            return DONT_KNOW
        case NotApplicable():
            return NOT_US
        case None:
            return ""


def holds(expression: str, held: Mapping[str, str]) -> bool:
    """Evaluate an expression of ours, which Python reads nearly as a form does."""
    python = re.sub(r"\$\{(\w+)\}", r'held["\1"]', expression).replace(" = ", " == ").replace("not(", "not (")
    names = {"held": held, "selected": lambda words, one: one in words.split()}
    return bool(eval(python, {"__builtins__": {}}, names))  # noqa: S307  our own expression
