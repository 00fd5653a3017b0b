"""Answers go out as survey tools export them, and come back the same; what cannot be understood is told with its place.

The layouts are made here from what is known of each tool; docs/import.md says that they were not seen live.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO, StringIO
from random import Random
from typing import Any

import openpyxl
import pytest
from builders import a_choice, a_pack, a_question

from collabcheck.answers import AnswerSheet, Chose, DontKnow, NotApplicable, Reply
from collabcheck.files.imports.bringing import bring
from collabcheck.files.imports.columns import mapping_of
from collabcheck.files.imports.habits import Left
from collabcheck.files.imports.mapping import Mapping as Given
from collabcheck.files.imports.mapping import mapping_text, read_mapping
from collabcheck.files.imports.names import Holds
from collabcheck.files.imports.people import Brought, Wishes
from collabcheck.files.imports.words import plain, signed
from collabcheck.files.packs import load_pack
from collabcheck.forms.excel import workbook
from collabcheck.forms.xlsform import NOT_US, name_of
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError, Problem
from collabcheck.questions import DONT_KNOW, Question

SHIPPED = load_pack(None)
Row = dict[str, Any]


# Answers, and how tools put them.


def some_replies(seed: int, pack: Pack = SHIPPED) -> dict[str, Reply]:
    """Return replies of every kind, with notes; some questions are left blank."""
    chance = Random(seed)
    replies: dict[str, Reply] = {}
    for question in pack.questions:
        note = chance.choice(["", "", "=1+1", "“So”, they said;\nnot I"])
        evidence = chance.choice(["", "", "https://example.org/a?b=1"])
        kind = chance.randrange(6)
        if kind == 0:
            replies[question.id] = DontKnow(note, evidence)
        elif kind == 1:
            replies[question.id] = NotApplicable("we have no such thing; really, none", note, evidence)
        elif kind > 2:
            replies[question.id] = Chose(some_choices(chance, question), note, evidence)
    return replies


def some_choices(chance: Random, question: Question) -> tuple[str, ...]:
    alone = [choice.id for choice in question.choices if choice.alone]
    others = [choice.id for choice in question.choices if not choice.alone]
    if not question.several:
        return (chance.choice(list(question.choice)),)
    taken = chance.sample(others, chance.randrange(1, len(others) + 1))
    return chance.choice([tuple(name for name in others if name in taken)] * 3 + [tuple(alone or others)])


def texts(question: Question, reply: Reply | None) -> list[str]:
    match reply:
        case DontKnow():
            return ["I do not know"]
        case NotApplicable():
            return ["Does not apply to us"]
        case Chose(choices=choices):
            return [question.choice[name].text for name in choices]
        case None:
            return []


def values(reply: Reply | None) -> list[str]:
    match reply:
        case DontKnow():
            return [DONT_KNOW]
        case NotApplicable():
            return [NOT_US]
        case Chose(choices=choices):
            return list(choices)
        case None:
            return []


def beside(reply: Reply | None) -> tuple[str, str, str]:
    """Return the reason, the note and the evidence."""
    reason = reply.reason if isinstance(reply, NotApplicable) else ""
    return (reason, reply.note, reply.evidence) if reply else ("", "", "")


def in_csv(rows: Sequence[Row], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    out = StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def in_excel(rows: Sequence[Row]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate([list(rows[0]), *(list(row.values()) for row in rows)], start=1):
        for column, word in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value = word
            if isinstance(word, str):
                cell.data_type = "s"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


People = Sequence[Mapping[str, Reply]]


def microsoft(people: People) -> list[Row]:
    """Microsoft Forms: a row each, several answers with a semicolon after each, days as Excel has them."""
    rows = []
    for number, replies in enumerate(people, start=1):
        row: Row = {
            "ID": number,
            "Start time": datetime(2026, 11, 22, 23, 50),  # noqa: DTZ001  as in a spreadsheet
            "Completion time": datetime(2026, 11, 23, 9, 30, 11),  # noqa: DTZ001  the same
            "Email": "anonymous",
            "Name": "Ann Other",
            "What is your organisation called?": "Riverside\xa0Advice",
        }
        for question in SHIPPED.questions:
            said = texts(question, replies.get(question.id))
            row[question.text.replace(" ", "\xa0", 1)] = (
                "".join(f"{one};" for one in said) if question.several else "".join(said)
            )
            parts = zip(("reason", "note", "evidence"), beside(replies.get(question.id)), strict=True)
            row |= {f"{question.id} {part}": words or None for part, words in parts}
        rows.append(row)
    return rows


def google(people: People) -> list[Row]:
    """Google Forms: a row each, several answers with commas between them, which also stand inside answers."""
    rows = []
    for replies in people:
        row: Row = {"Timestamp": "2026/11/23 9:30:11 AM GMT", "Email Address": "ann@example.org"}
        row["Organisation"] = "Riverside Advice"
        for number, question in enumerate(SHIPPED.questions, start=1):
            said = ", ".join(texts(question, replies.get(question.id)))
            row[f"Q{number:02}. [{question.id}] {question.text.replace('’', chr(39)).upper()}"] = said
            parts = zip(("Reason", "Notes", "Evidence"), beside(replies.get(question.id)), strict=True)
            row |= {f"{part} for {question.id}": words for part, words in parts}
        rows.append(row)
    return rows


def phone(people: People, mark: str, day: str, *, split: bool) -> list[Row]:
    """KoboToolbox and ODK: names of groups before names of questions, values, 0 and 1 for several."""
    rows = []
    for replies in people:
        row: Row = {
            day: "2026-11-23T09:30:11.123Z",
            f"part___1{mark}about___x": "",
            "about___organisation": "Riverside Advice",
            "_submitted_by": "ann",
            "meta/instanceID": "uuid:1",
        }
        for question in SHIPPED.questions:
            reply, name = replies.get(question.id), name_of(question.id)
            group = f"part___1{mark}{name}___screen{mark}"
            row[f"{group}{name}"] = " ".join(values(reply))
            for choice in (*question.choice, DONT_KNOW, NOT_US) if question.several and split else ():
                row[f"{group}{name}/{choice}"] = ("1" if choice in values(reply) else "0") if reply else ""
            row |= {f"{group}{name}___reason": beside(reply)[0], f"{group}{name}___note": beside(reply)[1]}
        rows.append(row)
    return rows


def kobo_labels(people: People) -> list[Row]:
    """KoboToolbox with labels in place of names, groups included, and only the columns with 0 and 1."""
    rows = []
    for replies in people:
        row: Row = {"_submission_time": "2026-11-23T09:30:11", "What is your organisation called?": "Riverside Advice"}
        for number, question in enumerate(SHIPPED.questions, start=1):
            reply = replies.get(question.id)
            head = f"Part/{question.text}"
            offered = [*texts(question, Chose(tuple(question.choice))), "I do not know", "Does not apply to us"]
            if question.several:
                row |= {f"{head}/{one}": str(int(one in texts(question, reply))) for one in offered}
            else:
                row[head] = "".join(texts(question, reply))
            row[f"Part/Question {number}: why does it not apply to you?"] = beside(reply)[0]
            row[f"Part/Question {number}: anything to add, or where it can be seen"] = beside(reply)[1]
        rows.append(row)
    return rows


def without_evidence(replies: Mapping[str, Reply]) -> dict[str, Reply]:
    return {name: replace(reply, evidence="") for name, reply in replies.items()}


WISHES = Wishes(today="2026-12-01")


def brought(raw: bytes, name: str = "answers.csv", pack: Pack = SHIPPED, wishes: Wishes = WISHES) -> Brought:
    return bring(pack, name, raw, wishes)


def sheets(raw: bytes, name: str = "answers.csv", pack: Pack = SHIPPED, wishes: Wishes = WISHES) -> list[AnswerSheet]:
    people = brought(raw, name, pack, wishes).people
    assert [person.problems for person in people] == [()] * len(people)
    return [person.sheet for person in people if person.sheet]


LAYOUTS: dict[str, tuple[str, Callable[[People], bytes]]] = {
    "Microsoft Forms, Excel": ("a.xlsx", lambda people: in_excel(microsoft(people))),
    "Microsoft Forms, CSV": ("a.csv", lambda people: in_csv(microsoft(people))),
    "Google Forms": ("a.csv", lambda people: in_csv(google(people), encoding="utf-8")),
}
PHONES: dict[str, tuple[str, Callable[[People], bytes]]] = {
    "KoboToolbox": ("a.csv", lambda people: in_csv(phone(people, "/", "_submission_time", split=True), ";")),
    "KoboToolbox, labels": ("a.csv", lambda people: in_csv(kobo_labels(people))),
    "ODK": ("a.csv", lambda people: in_csv(phone(people, "-", "SubmissionDate", split=False))),
    "ODK, split": ("a.csv", lambda people: in_csv(phone(people, "-", "SubmissionDate", split=True))),
}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("layout", [*LAYOUTS, *PHONES])
def test_answers_come_back_as_they_went_out(layout: str, seed: int) -> None:
    people = [some_replies(seed * 10 + number) for number in range(3)]
    name, make = {**LAYOUTS, **PHONES}[layout]
    back = sheets(make(people), name)
    expected = people if layout in LAYOUTS else [without_evidence(replies) for replies in people]
    assert [sheet.replies for sheet in back] == expected
    assert {(sheet.organisation, sheet.date, sheet.name) for sheet in back} == {("Riverside Advice", "2026-11-23", "")}


@pytest.mark.parametrize("seed", range(4))
def test_a_workbook_that_was_filled_in_comes_back(seed: int) -> None:
    replies = some_replies(seed)
    raw = filled(workbook(SHIPPED, "Riverside Advice", "trustee"), replies, {"effect": "=More", "links": "one\ntwo"})
    (person,) = brought(raw, "Ann’s answers.xlsx").people
    assert person.problems == ()
    assert person.sheet
    assert person.sheet.replies == replies
    assert person.sheet.discussion == {"effect": ("=More",), "links": ("one", "two")}
    assert (person.name, person.sheet.organisation) == ("anns-answers", "Riverside Advice")


def spoilt(spoil: Callable[[openpyxl.Workbook], object], name: str = "ann.xlsx") -> list[tuple[Code, str]]:
    """Return what is wrong with an answer workbook in which one question is answered and then something is spoilt."""
    book = openpyxl.load_workbook(BytesIO(workbook(TINY, "Us")))
    book["Answers"]["C3"] = "some"
    spoil(book)
    out = BytesIO()
    book.save(out)
    try:
        found = [problem for person in brought(out.getvalue(), name, TINY).people for problem in person.problems]
    except CollabcheckError as error:
        found = list(error.problems)
    return [(problem.code, str(problem.place)) for problem in found]


def fill(book: openpyxl.Workbook, **cells: str) -> None:
    for at, words in cells.items():
        book["Answers"][at] = words


def test_a_workbook_that_says_a_thing_twice_or_of_no_question_is_told_where() -> None:
    assert spoilt(lambda _: None) == []
    again = [(Code.TWO_VALUES, "ann.xlsx:20:7")]
    assert spoilt(lambda book: fill(book, C20="most", G20="q1")) == again
    assert spoilt(lambda book: fill(book, C20="most")) == [(Code.MISSING, "ann.xlsx:20:7")]
    assert spoilt(lambda book: fill(book, H1="Your answer")) == [(Code.COLUMN_TWICE, "ann.xlsx:1:8")]
    assert spoilt(lambda book: book.copy_worksheet(book["Answers"])) == [(Code.TWO_VALUES, "ann.xlsx")]


def rows_of(book: openpyxl.Workbook) -> dict[str, int]:
    """Return the rows of the answers by their ids."""
    return {str(cells[6].value): int(cells[6].row or 0) for cells in book["Answers"].iter_rows(min_row=2)}


def in_rows(**cells: str) -> Brought:
    """Return an answer workbook with “A” chosen, and words in columns of other rows, such as `the_rest__b__E="so"`."""
    book = openpyxl.load_workbook(BytesIO(workbook(TINY, "Us")))
    rows = rows_of(book)
    for name, words in {"the-rest/a C": "Yes", **cells}.items():
        id_, column = name.split()
        book["Answers"][f"{column}{rows[id_]}"] = words
    out = BytesIO()
    book.save(out)
    return brought(out.getvalue(), "ann.xlsx", TINY)


def test_words_beside_several_choices_of_a_question_are_all_kept_in_their_order() -> None:
    beside_each = {"the-rest/b E": "of b", "the-rest E": "of all", "the-rest/a E": "of a", "the-rest/b F": "there"}
    (person,) = in_rows(**beside_each).people
    assert person.sheet
    assert person.sheet.replies == {"the-rest": Chose(("a",), "of all\nof a\nof b", "there")}


def test_an_error_among_words_that_are_joined_is_told() -> None:
    (person,) = in_rows(**{"the-rest/b E": "#N/A ", "the-rest E": "of all"}).people
    assert [problem.code for problem in person.problems] == [Code.BAD_VALUE]


def test_what_stands_beside_a_discussion_prompt_is_told_to_be_left_out() -> None:
    found = in_rows(**{"in_it C": "talk", "in_it E": "a note", "in_it D": "a reason"})
    assert found.people[0].sheet
    assert found.people[0].sheet.discussion == {"in_it": ("talk",)}
    assert [warning.partition(" is left out")[0].partition(": ")[2] for warning in found.warnings] == [
        "the reason “a reason”",
        "the note “a note”",
    ]


def beside_start(book: openpyxl.Workbook, *rows: tuple[str, str]) -> None:
    for row in rows:
        book["Start here"].append(row)


def test_who_answered_is_read_from_the_first_sheet_only() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(TINY, "Us")))
    book["Answers"]["C3"] = "some"
    contacts = book.create_sheet("Contacts")
    for row in (("Organisation", "Gamma"), ("Date", "2020-01-01"), ("Your name (chair)", "Zoe")):
        contacts.append(row)
    out = BytesIO()
    book.save(out)
    found = brought(out.getvalue(), "ann.xlsx", TINY, replace(WISHES, keep_respondent=True))
    assert found.people[0].sheet
    assert (found.people[0].sheet.organisation, found.people[0].sheet.date) == ("Us", "2026-12-01")
    assert found.people[0].sheet.name == ""
    assert any("“Contacts” is left out" in warning for warning in found.warnings)


def test_two_organisations_or_days_in_one_workbook_are_told_and_none_of_them_wins() -> None:
    two = [Code.TWO_VALUES]
    assert [code for code, _ in spoilt(lambda book: beside_start(book, ("Organisation:", "Beta")))] == two
    days = (("Date", "2020-01-01"), ("Date", "2021-01-01"))
    assert [code for code, _ in spoilt(lambda book: beside_start(book, *days))] == two
    assert spoilt(lambda book: beside_start(book, ("Organisation", "Us "))) == []
    assert spoilt(lambda book: beside_start(book, ("Your name", "Ann"), ("Your name", "Bob"))) == []


@pytest.mark.parametrize("words", ["#N/A", "=1+1"])
def test_an_error_or_a_formula_without_a_result_is_no_answer_and_no_note(words: str) -> None:
    assert spoilt(lambda book: fill(book, C3=words)) == [(Code.BAD_WORKBOOK, "ann.xlsx:3:3")]
    assert spoilt(lambda book: fill(book, E3=words)) == [(Code.BAD_WORKBOOK, "ann.xlsx:3:5")]


def test_a_formula_without_a_result_hides_no_other_problem() -> None:
    found = spoilt(lambda book: fill(book, C3="=1+1", E3="so", C7="nonsense"))
    assert found == [(Code.BAD_WORKBOOK, "ann.xlsx:3:3"), (Code.UNKNOWN_LEVEL, "ann.xlsx:7:3")]
    rows = [{"q1": "=1+1", "the-rest": "nonsense"}, {"q1": "nonsense", "the-rest": "a"}]
    book = openpyxl.load_workbook(BytesIO(in_excel(rows)))
    book.worksheets[0]["A2"].data_type = "f"
    out = BytesIO()
    book.save(out)
    both = brought(out.getvalue(), "a.xlsx", TINY, Wishes(today="2026-12-01", organisation="Us"))
    assert [str(problem.place) for problem in both.problems] == ["a.xlsx:2:1"]
    wrong = [str(problem.place) for person in both.people for problem in person.problems]
    assert wrong == ["a.xlsx:2:2", "a.xlsx:3:1"]


def test_a_file_name_with_an_e_mail_address_is_not_passed_on() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(TINY, "Us")))
    book["Answers"]["C3"] = "some"
    out = BytesIO()
    book.save(out)
    for name in ("ann@example.org.xlsx", "ann\uff20example.org.xlsx"):
        assert [person.name for person in brought(out.getvalue(), name, TINY).people] == ["answers"]


def filled(raw: bytes, replies: Mapping[str, Reply], talk: Mapping[str, str]) -> bytes:
    """Fill an answer workbook in, as a person would."""
    book = openpyxl.load_workbook(BytesIO(raw), rich_text=True)
    sheet = book["Answers"]
    for cells in sheet.iter_rows(min_row=2):
        id_ = str(cells[6].value or "")
        name, _, choice = id_.partition("/")
        reply = replies.get(name)
        question = SHIPPED.question.get(name)
        if question and choice:
            cells[2].value = ("Yes" if choice in values(reply) else "No") if isinstance(reply, Chose) else None
        elif question:
            several = question.several and isinstance(reply, Chose)
            cells[2].value = None if several else "".join(texts(question, reply))
            for cell, words in zip(cells[3:6], beside(reply), strict=True):
                cell.value, cell.data_type = words or None, "s" if words else "n"
        elif id_ in talk:
            cells[2].value, cells[2].data_type = talk[id_], "s"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


# Columns.

TINY = a_pack(
    a_question("q1", "size", text="How big are you, really?"),
    a_question(
        "the-rest",
        "size",
        several=True,
        full_at=3,
        choices=[*(a_choice(name, 1) for name in "abc"), a_choice("no-one", alone=True)],
    ),
    discussion=[{"id": "in_it", "text": "What is in it?", "hint": "Any."}],
)


def tiny(text: str, **wishes: Any) -> Brought:
    return brought(text.encode(), pack=TINY, wishes=Wishes(**{"today": "2026-12-01", "organisation": "Us", **wishes}))


def problems(text: str, **wishes: Any) -> list[Problem]:
    try:
        found = tiny(text, **wishes)
        return [*found.problems, *(problem for person in found.people for problem in person.problems)]
    except CollabcheckError as error:
        return list(error.problems)


def meaning(header: str) -> str:
    (column, *_) = tiny(f'"{header}",q1,the-rest\n').columns
    return column.what.name if isinstance(column.what, Left) else str(column.what)


HEADERS = {
    "In it": "in_it",
    "What is in it": "in_it",
    "q1 note": "q1 note",
    "q1___note": "q1 note",
    "Notes on q1": "q1 note",
    "How big are you, really? [Comment]": "q1 note",
    "How far is the-rest? [A of it.]": "the-rest/a",
    "How far is the-rest?.B of it.": "the-rest/b",
    "group/the_rest/no-one": "the-rest/no-one",
    "the-rest/dont-know": "the-rest/dont-know",
    "Organization name": "organisation",
    "Name of your charity": "organisation",
    "Completion time": "date",
    "Your name": "PERSONAL",
    "E-mail address": "PERSONAL",
    "Home address": "PERSONAL",
    "Points - How big are you, really?": "TOOL",
    "_uuid": "TOOL",
    "How is the weather?": "UNKNOWN",
    **dict.fromkeys(("Notes", "Status", "Score", "Feedback on partners", "Part 2 comments"), "UNKNOWN"),
    **dict.fromkeys(("_notes", "_status", "KEY", "meta/instanceID", "Feedback - How big?"), "TOOL"),
    "part___1-q1___screen-q1___note": "q1 note",
    "non-q1": "UNKNOWN",
    "pre/non-q1": "UNKNOWN",
    "non-q1 note": "UNKNOWN",
}


@pytest.mark.parametrize(("header", "expected"), HEADERS.items())
def test_a_column_is_known_by_its_header(header: str, expected: str) -> None:
    assert meaning(header) == expected


@pytest.mark.parametrize(
    "header",
    ["q1", "Q1 ", "[q1] Pa mor?", "q1. Pa mor?", "q1: Pa mor?", "Pa mor? [q1]", "7. how BIG are you really", "grp/q1"],
)
def test_a_question_is_known_by_its_id_or_its_words(header: str) -> None:
    assert str(tiny(f'"{header}"\nsome\n').columns[0].what) == "q1"


def test_columns_come_in_any_order_and_an_unknown_one_is_a_warning() -> None:
    found = tiny("Weather,the-rest,q1\nwet,A of it.,some\n")
    (person,) = found.people
    assert person.sheet
    assert person.sheet.replies == {"q1": Chose(("some",)), "the-rest": Chose(("a",))}
    assert any("“Weather” is left out" in warning for warning in found.warnings)


def test_a_column_with_e_mail_addresses_is_left_out_whatever_it_is_called() -> None:
    found = tiny("Contact,q1\nann@example.org,some\n")
    assert found.columns[0].what is Left.PERSONAL
    assert tiny("Contact,q1\nann@example.org,some\n", keep_respondent=True).people[0].sheet.name == "ann@example.org"  # type: ignore[union-attr]


def test_a_table_without_a_question_of_the_pack_is_refused() -> None:
    assert [problem.code for problem in problems("Name,Phone\nAnn,123\n")] == [Code.NO_COLUMNS]


def test_two_columns_for_one_question_are_refused_at_the_second() -> None:
    (problem,) = problems("q1,Other,q1. How big are you?\nsome,,most\n")
    assert (problem.code, str(problem.place)) == (Code.COLUMN_TWICE, "answers.csv:1:3")


def test_a_mapping_reads_headers_in_another_language_and_is_saved_as_it_was_used(tmp_path: Any) -> None:
    text = "Mudiad,Maint,Gweddill,Tywydd,Dyddiad\nNi,some,a,glaw,2026-11-20\n"
    given = Given(
        organisation="Mudiad", date="Dyddiad", columns={"q1": "Maint", "the-rest": "Gweddill"}, left_out=("Tywydd",)
    )
    found = tiny(text, organisation="", mapping=given)
    (person,) = found.people
    assert person.sheet
    assert (person.sheet.organisation, person.sheet.date) == ("Ni", "2026-11-20")
    assert found.warnings == ()
    (tmp_path / "map.yaml").write_text(mapping_text(mapping_of(TINY, found.columns)), encoding="utf-8")
    assert read_mapping(tmp_path / "map.yaml") == given


def test_a_mapping_that_names_what_is_not_there_is_refused() -> None:
    found = problems("q1\nsome\n", mapping=Given(columns={"q1": "Maint", "q9": "q1"}))
    assert {problem.code for problem in found} == {Code.UNKNOWN_ID}
    assert len(found) == 2


def test_a_mapping_means_the_very_header_before_one_that_is_like_it() -> None:
    text = "Maint?,Maint!\nsome,most\n"
    found = tiny(text, mapping=Given(columns={"q1": "Maint!"}))
    assert found.people[0].sheet
    assert found.people[0].sheet.replies == {"q1": Chose(("most",))}
    assert [one.code for one in problems(text, mapping=Given(columns={"q1": "maint"}))] == [Code.COLUMN_TWICE]
    twice = Given(columns={"q1": "Maint!", "the-rest": "Maint!"})
    assert [one.code for one in problems(text, mapping=twice)] == [Code.COLUMN_TWICE]


def test_what_a_column_may_mean_is_said_of_no_more_columns_than_anybody_reads() -> None:
    found = tiny("q1," + ",".join(f"the-resst {number}" for number in range(30)) + "\n")
    told = [words for words in found.warnings if "no question is like it" in words]
    assert len(told) == 30
    assert [number for number, words in enumerate(told) if "Did you mean “the-rest”?" in words] == list(range(25))


def test_a_character_is_compared_alike_also_after_more_than_are_remembered() -> None:
    every = [chr(number) for number in range(0x3000)]
    before = [(plain(sign), signed(sign)) for sign in every[:500]]
    assert plain(" ".join(every)) == " ".join(" ".join(plain(sign) for sign in every).split())
    assert [(plain(sign), signed(sign)) for sign in every[:500]] == before
    assert plain("Ça, c’est – ⿊ ☑ – “ok”?") == "ça cest 黑 ok"
    assert signed("Ça, c’est – ⿊ ☑ – “ok”?") == "ça cest 黑 ☑ ok ?"


def test_vowel_signs_tell_words_apart() -> None:
    assert plain("कि") != plain("का")


def test_the_number_in_a_header_is_that_of_the_table() -> None:
    assert meaning("Comments on question 1") == "UNKNOWN"
    found = tiny("4. [q1] Maint?,Comments on question 4\nsome,so\n")
    assert str(found.columns[1].what) == "q1 note"


OURS = "Question 2: anything to add, or where it can be seen"


def beside_number(*headers: str) -> str:
    """Return what our own header for the note on question 2 means beside others."""
    table = ",".join(f'"{header}"' for header in ("q1", *headers, OURS))
    column = tiny(f"{table}\n").columns[-1].what
    return column.name if isinstance(column, Left) else str(column)


def test_the_number_of_the_pack_counts_only_where_the_table_does_not_use_it_for_something_else() -> None:
    assert beside_number("the-rest") == "the-rest note"
    assert beside_number("3. How is the weather?") == "the-rest note"
    assert beside_number("2. the-rest") == "the-rest note"
    for weather in ("2. How is the weather?", "Q2 How is the weather?", "Part/02) How is the weather?"):
        assert beside_number(weather) == "UNKNOWN"


PAPERS = {"a": "Accounts", "notes": "Notes", "e": "Evidence", "r": "Reason"}


def of_papers(*headers: str) -> list[str]:
    """Return what columns mean beside a question with choices that are called like a note."""
    choices = [{"id": id_, "text": text, "points": 1} for id_, text in PAPERS.items()]
    pack = a_pack(a_question("q1", "size", text="Which do you keep?", several=True, full_at=3, choices=choices))
    table = ",".join(f'"{header}"' for header in headers)
    return [str(column.what) for column in brought(f"{table}\n".encode(), pack=pack).columns]


@pytest.mark.parametrize(
    "written", ["Which do you keep? [{}]", "which do you keep/{}", "q1. {}", "3. q1/{}", "Q1 – “{}”"]
)
def test_a_choice_that_is_called_like_a_note_is_one_beside_the_columns_of_all_others(written: str) -> None:
    headers = [written.format(text) for text in PAPERS.values()]
    assert of_papers(*headers) == [f"q1/{id_}" for id_ in PAPERS]
    assert of_papers("Notes on q1", *headers) == ["q1 note", *(f"q1/{id_}" for id_ in PAPERS)]


def test_a_column_is_a_note_where_not_all_choices_have_one_or_the_choice_has_one_already() -> None:
    assert of_papers("q1", "Which do you keep? [Notes]") == ["q1", "q1 note"]
    assert of_papers("q1/a", "q1/e", "q1 [Notes]") == ["q1/a", "q1/e", "q1 note"]
    assert of_papers("q1", "q1 [Notes]", "q1 [Evidence]") == ["q1", "q1 note", "q1 evidence"]
    assert of_papers(*(f"q1/{id_}" for id_ in PAPERS), "q1 [Notes]")[-1] == "q1 note"
    assert of_papers("q1/a", "q1/e", "q1/r", "q1 notes") == ["q1/a", "q1/e", "q1/r", "q1 note"]


def test_columns_of_choices_that_differ_in_signs_or_are_called_like_a_note_are_told_apart() -> None:
    texts = {"ten": "10", "less": "< 10", "more": "> 10", "note": "Note", "reason": "Reason"}
    choices = [{"id": id_, "text": text, "points": 1} for id_, text in texts.items()]
    pack = a_pack(a_question("q1", "size", text="How many?", several=True, full_at=3, choices=choices))
    for headers in ([f"Part/How many?/{text}" for text in texts.values()], [f"q1/{id_}" for id_ in texts]):
        found = brought(f"{','.join(headers)},q1 note\n1,0,0,1,0,so\n".encode(), pack=pack)
        assert [str(column.what) for column in found.columns] == [*(f"q1/{id_}" for id_ in texts), "q1 note"]
    (column,) = brought(b"how many [<10]\n", pack=pack).columns
    assert str(column.what) == "q1/less"
    with pytest.raises(CollabcheckError):
        brought(b"Half,q1/note,q1/Note\n", pack=pack)


def test_notes_that_are_e_mail_addresses_are_left_out() -> None:
    found = tiny("q1,q1 note\nsome,ann@example.org\n")
    assert found.columns[1].what is Left.PERSONAL


@pytest.mark.parametrize(
    "header", ["Email (q1 note)", "Your phone [q1 note]", "Name/the-rest", "q1 note: your name", "Name [q1]"]
)
def test_a_header_that_asks_who_answered_is_personal_whatever_else_is_in_it(header: str) -> None:
    assert tiny(f'"{header}",{"q1" if "rest" in header else "the-rest"}\n').columns[0].what is Left.PERSONAL


@pytest.mark.parametrize("header", ["q1. What is your name for it?", "[q1] Name", "q1"])
def test_a_header_that_begins_with_an_id_is_a_question_whatever_follows(header: str) -> None:
    assert str(tiny(f'"{header}",the-rest\n').columns[0].what) == "q1"


@pytest.mark.parametrize("header", ["q1 note", "q1 evidence", "in_it", "q1 reason"])
@pytest.mark.parametrize("cell", ["Ann <ann@example.org>", "ann@x.org, bob@x.org", "Ann Other, ann\uff20example.org"])
def test_a_column_of_addresses_is_personal_however_they_are_written(header: str, cell: str) -> None:
    assert tiny(f'{header},the-rest\n"{cell}",a\n').columns[0].what is Left.PERSONAL
    sentence = "Ask ann@example.org for the minutes of May"
    assert isinstance(tiny(f"{header},the-rest\n{sentence},a\n").columns[0].what, Holds)


def test_the_name_is_kept_for_each_person_or_else_the_address() -> None:
    rows = ",ann@example.org,some\nBob <bob@x.org>,b@x.org,some\nCy,,most\n"
    found = tiny(f"Name,Email,q1\n{rows}", keep_respondent=True)
    assert [person.sheet.name for person in found.people if person.sheet] == ["ann@example.org", "Bob", "Cy"]
    assert [person.sheet.name for person in tiny(f"Name,Email,q1\n{rows}").people if person.sheet] == [""] * 3


def test_an_address_in_a_note_is_not_kept_as_the_name() -> None:
    found = tiny("q1,q1 note\nsome,ann@example.org\n", keep_respondent=True)
    assert [person.sheet.name for person in found.people if person.sheet] == [""]


def test_no_message_repeats_an_e_mail_address() -> None:
    (problem,) = problems("q1\nAnn ann@example.org\n")
    assert problem.message.startswith("“Ann (an e-mail address)” is not an answer to “q1”")
    (problem, *_) = problems(f"q1\n{'x' * 110} ann@example.org\n")
    assert "ann@" not in problem.message
    (problem,) = problems("q1,\nsome,ann@example.org\n")
    assert "ann@" not in problem.message


@pytest.mark.parametrize("header", ["ann@example.org", "What would ann@example.org add?", "q1 note ann@example.org"])
def test_a_column_with_an_e_mail_address_in_its_header_is_left_out(header: str) -> None:
    assert tiny(f'q1,"{header}"\nsome,so\n').columns[1].what is Left.PERSONAL


def test_an_e_mail_address_in_the_words_of_a_question_does_not_lose_its_answers() -> None:
    assert str(tiny('"q1. How far? Ask ann@example.org"\nsome\n').columns[0].what) == "q1"


def test_a_quote_before_a_cell_is_what_a_person_wrote() -> None:
    (person,) = tiny("q1,q1 note\nsome,'=1+1\n").people
    assert person.sheet
    assert person.sheet.replies["q1"].note == "'=1+1"


def test_letters_that_are_not_in_utf_8_are_told_once() -> None:
    text = "q1,q1 note\nsome,café\nmost,café\n"
    told = [
        [warning for warning in brought(text.encode(encoding), pack=TINY).warnings if "UTF-8" in warning]
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252")
    ]
    assert [len(warnings) for warnings in told] == [0, 0, 0, 1]
    assert told[3][0].startswith("answers.csv: it is not saved as UTF-8")


def test_rows_that_are_the_same_in_every_cell_are_both_named() -> None:
    found = tiny("ID,q1\n1,some\n1,most\n1,some \n2,some\n")
    assert len(found.people) == 4
    assert [warning.partition(",")[0] for warning in found.warnings if "same" in warning] == [
        "answers.csv:4:1: this row is the same in every cell as row 2"
    ]
    assert not any("same" in warning for warning in tiny("ID,q1\n1,\n1,\n2,some\n").warnings)


# Cells.


def test_an_answer_that_is_none_is_told_with_its_row_column_and_the_nearest_level() -> None:
    (problem,) = problems("Id,q1\n1,some\n2,Mots of it.\n")
    assert (problem.code, str(problem.place)) == (Code.UNKNOWN_LEVEL, "answers.csv:3:2")
    assert problem.advice == "Did you mean “Most of it.”?"


def test_columns_of_yes_and_no_are_put_together() -> None:
    (person,) = tiny("the-rest/a,the-rest/b,the-rest/c\nTRUE,0,B of it.\n").people
    assert [problem.code for problem in person.problems] == [Code.UNKNOWN_LEVEL]
    (person,) = tiny("the-rest/a,the-rest/b,the-rest/c\nTRUE,0,C of it.\n").people
    assert person.sheet
    assert person.sheet.replies == {"the-rest": Chose(("a", "c"))}


@pytest.mark.parametrize("error", ["#N/A", "#REF!"])
@pytest.mark.parametrize("column", range(4))
def test_an_error_of_a_spreadsheet_in_a_table_is_no_answer_no_note_and_no_name(error: str, column: int) -> None:
    cells = ["some", "so", "1", "Us"]
    cells[column] = error
    (problem,) = problems(f"q1,q1 note,the-rest/a,Organisation\n{','.join(cells)}\n", organisation="")
    assert (problem.code, str(problem.place)) == (Code.BAD_VALUE, f"answers.csv:2:{column + 1}")
    assert error in problem.message


def test_a_note_without_an_answer_is_not_dropped_silently() -> None:
    found = tiny("q1,q1 note,the-rest\n,we rent,a\n")
    (told,) = (warning for warning in found.warnings if "we rent" in warning)
    assert told.startswith("answers.csv:2:2: the note “we rent” is left out, as “q1” has no answer.")
    assert "To keep it, answer the question" in told


# Days, names, files.

DAYS = {
    ("23/11/2026 09:30:11", "01/02/2026 10:00:00"): ("2026-11-23", "2026-02-01"),
    ("11/23/2026 9:30:11", "1/2/2026 10:00:00"): ("2026-11-23", "2026-01-02"),
    ("11/23/26 9:30:11", ""): ("2026-11-23", "2026-12-01"),
    ("2026/11/23 9:30:11 AM GMT", "2026-11-24T10:00:00.000+00:00"): ("2026-11-23", "2026-11-24"),
    ("Nov 23, 2026 9:30:11 AM", "2026-02-03"): ("2026-11-23", "2026-02-03"),
}


@pytest.mark.parametrize(("cells", "days"), DAYS.items())
def test_the_day_of_the_answers_is_read_as_the_column_shows(cells: Sequence[str], days: Sequence[str]) -> None:
    found = tiny("Timestamp,q1\n" + "".join(f'"{cell}",some\n' for cell in cells))
    assert [person.sheet.date for person in found.people if person.sheet] == list(days)


def test_days_that_could_be_read_in_two_ways_are_told() -> None:
    assert any("day first" in warning for warning in tiny("Timestamp,q1\n03/04/2026,some\n").warnings)
    assert [problem.code for problem in problems("Timestamp,q1\n31/02/2026,some\n")] == [Code.BAD_VALUE]


def test_the_organisation_is_asked_for_if_nothing_names_it() -> None:
    (problem,) = problems("q1\nsome\n", organisation="")
    assert problem.code is Code.MISSING
    assert "--organisation" in problem.advice
    assert "mapping" in problem.advice


def test_an_organisation_that_nothing_names_is_told_once_and_one_that_a_row_lacks_at_that_row() -> None:
    assert [str(one.place) for one in set(problems("q1\nsome\nmost\nall\n", organisation=""))] == ["answers.csv"]
    (problem,) = problems("Sefydliad,q1\nUs,some\n,most\n", organisation="", mapping=Given(organisation="Sefydliad"))
    assert str(problem.place) == "answers.csv:3:1"
    assert problem.advice == "Fill in “Sefydliad”; or name it with --organisation."


@pytest.mark.parametrize(
    ("organisation", "name"),
    [
        ("Riverside Advice", "001-riverside-advice"),
        ("../../etc/passwd", "001-etc-passwd"),
        ("Cymdeithas y Dŵr", "001-cymdeithas-y-dwr"),
        ("=cmd|' /C calc'!A0", "001-cmd-c-calc-a0"),
        ("漢", "001"),
        ("x" * 150, f"001-{'x' * 40}"),
    ],
)
def test_the_name_of_a_sheet_is_safe_whatever_the_organisation_is_called(organisation: str, name: str) -> None:
    (person,) = tiny("q1\nsome\n", organisation=organisation).people
    assert person.name == name


def test_a_row_without_answers_is_told_and_one_without_anything_is_not() -> None:
    found = tiny("Timestamp,q1\n2026-11-23,\n,\n2026-11-24,some\n")
    assert len(found.people) == 1
    assert [warning for warning in found.warnings if "row" in warning] == [
        "answers.csv:2:1: there are no answers in this row."
    ]


@pytest.mark.parametrize("name", ["answers.xlsx", "answers.xls"])
@pytest.mark.parametrize("raw", [b"q1\nsome\n", b"<html><table>", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_only_has_the_name_of_a_workbook_is_refused(name: str, raw: bytes) -> None:
    with pytest.raises(CollabcheckError) as caught:
        brought(raw, name)
    assert caught.value.problems[0].code in (Code.CANNOT_READ, Code.BAD_WORKBOOK)
