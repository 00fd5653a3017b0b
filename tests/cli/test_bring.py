"""`import` writes a sheet for each person, or nothing; what it made of the table is told on standard error."""

import os
import sys
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from commands import TINY, Done, call, tiny, write_tiny

from collabcheck.forms.excel import workbook
from collabcheck.pack import Pack

TABLE = (
    "Timestamp,Email Address,Your name,Organisation,q1,q2,Weather\n"
    "2026-11-23,ann@example.org,Ann,Riverside Advice,Some of it.,all,wet\n"
    "2026-11-24,bob@example.org,Bob,=Marsh,I do not know,,dry\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with the tiny pack and a table."""
    write_tiny(tmp_path)
    (tmp_path / "answers.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: str = "sheets") -> list[str]:
    return sorted(path.name for path in Path(folder).glob("*")) if Path(folder).exists() else []


def test_every_row_becomes_a_sheet_that_report_reads() -> None:
    done = tiny("import", "answers.csv", "-o", "sheets")
    assert (done.code, done.out) == (0, "")
    assert written() == ["001-riverside-advice.yaml", "002-marsh.yaml"]
    assert tiny("report", "sheets/001-riverside-advice.yaml").code == 0
    assert 'organisation: "=Marsh"' in Path("sheets/002-marsh.yaml").read_text("utf-8")


def test_what_the_columns_hold_is_told_and_who_answered_is_left_out() -> None:
    done = tiny("import", "answers.csv", "-o", "sheets")
    assert "  q1 = “q1”\n" in done.err
    assert "Left out, because it says who answered: “Email Address”, “Your name”\n" in done.err
    assert "answers.csv:1:7: the column “Weather” is left out" in done.err
    assert done.err.endswith("Saved 2 sheets to sheets\n")
    texts = "".join(path.read_text("utf-8") for path in Path("sheets").iterdir())
    assert not any(word in texts for word in ("Ann", "Bob", "example.org", "wet"))


@pytest.mark.parametrize(
    "name",
    [
        "Us, 12 High Street, Tarrow",
        "Us, Church House, Tarrow",
        "Us (The Old Mill House)",
        "Us (ta1 2bc)",
        "Us 01234 567890",
        "Us, +44 (0)1234 567-890",
        "4a, The Old Road",
    ],
)
def test_an_address_or_a_number_in_the_name_of_the_organisation_is_told(name: str) -> None:
    Path("answers.csv").write_text(f'Organisation,q1\n"{name}",some\n"{name}",most\n', encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets")
    assert f"telephone number seems to stand in the name of the organisation: “{name}”\n" in done.err
    assert "import them into a new folder, with only the name after --organisation.\n" in done.err
    assert "telephone" not in tiny("import", "answers.csv", "-o", "new", "--organisation", "Us").err


@pytest.mark.parametrize(
    "name",
    [
        "Tarrow (charity 1234567)",
        "Us SC012345",
        "Company 01234567",
        "3rd Tarrow Scouts",
        "1 to 1 Support in Close",
        "Church House Trust",
        "Mind, Manor House Project",
        "The Court",
    ],
)
def test_what_organisations_are_called_is_no_address(name: str) -> None:
    Path("answers.csv").write_text(f'Organisation,q1\n"{name}",some\n', encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets")
    assert (done.code, "telephone" in done.err) == (0, False)


def test_an_empty_column_that_is_not_known_needs_no_second_look() -> None:
    Path("answers.csv").write_text("Organisation,q1,Status,Weather\nUs,some, ,wet\nUs,most,,\n", encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets", "--save-mapping", "map.yaml")
    assert "Left out, because nothing stands in it: “Status”\n" in done.err
    assert "the column “Status”" not in done.err
    assert "answers.csv:1:4: the column “Weather” is left out, as no question is like it." in done.err
    assert '  - "Status"\n' in Path("map.yaml").read_text("utf-8")


def test_no_e_mail_address_becomes_the_name_of_an_organisation() -> None:
    mixed = "Organisation,q1\nUs,some\nUs and them: ann@example.org,some\n"
    Path("answers.csv").write_text(mixed, encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets")
    assert "answers.csv:3:1: an e-mail address stands here, where the name of the organisation belongs" in done.err
    assert (done.code, "ann@" in done.err, written()) == (1, False, [])
    assert tiny("import", "answers.csv", "-o", "sheets", "--organisation", "Us").code == 0
    Path("answers.csv").write_text(mixed.replace("Us,", "Bob <bob@example.org>,"), encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "more")
    assert "Left out, because it says who answered: “Organisation”\n" in done.err
    assert (done.code, "[missing]" in done.err, "@" in done.err) == (1, True, False)


def test_no_e_mail_address_in_a_workbook_becomes_the_name_of_an_organisation() -> None:
    book = own_book("All of it.")
    (beside,) = (row for row in book["Start here"].iter_rows() if row[0].value == "Organisation")
    beside[1].value = "Us, ann@example.org"
    save_book(book, "ann.xlsx")
    done = tiny("import", "ann.xlsx", "-o", "sheets")
    assert (done.code, "an e-mail address stands here" in done.err, "ann@" in done.err) == (1, True, False)


def test_a_name_is_kept_if_that_is_asked_for() -> None:
    tiny("import", "answers.csv", "-o", "sheets", "--keep-respondent")
    text = Path("sheets/001-riverside-advice.yaml").read_text("utf-8")
    assert 'name: "Ann"' in text
    assert "ann@example.org" not in text


def test_nothing_is_written_if_anything_is_wrong() -> None:
    Path("answers.csv").write_text(TABLE + "2026-11-25,,,Us,Sum of it.,all,\n", encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets")
    assert done.code == 1
    problem = "answers.csv:4:5: “Sum of it.” is not an answer to “q1” (column “q1”) [unknown-level]\n    Did you mean"
    assert problem in done.err
    assert done.err.endswith("\nNothing was saved: 1 of 3 people has problems.\n")
    assert written() == []


def test_what_is_wrong_with_every_table_is_told_at_once() -> None:
    Path("bad.csv").write_text(TABLE.replace("Some of it.", "Sum of it."), encoding="utf-8")
    Path("twice.csv").write_text("q1,Q1\nsome,most\n", encoding="utf-8")
    save_book(own_book("Sum of it."), "ann.xlsx")
    done = tiny("import", "none.csv", "bad.csv", "ann.xlsx", "twice.csv", "-o", "sheets")
    told = [done.err.find(said) for said in ("none.csv: there is", "bad.csv:2:5: ", "ann.xlsx:3:3: ", "twice.csv:1:1")]
    assert -1 not in told
    assert told == sorted(told)
    assert "is not an answer to “q1” (cell C3) [unknown-level]" in done.err
    assert done.err.endswith("Nothing was saved: 2 of 4 tables cannot be used; 2 of 3 people have problems.\n")
    assert (done.code, written()) == (1, [])


def test_bad_rows_are_left_out_but_a_table_that_cannot_be_used_never_is() -> None:
    done = tiny("import", "none.csv", "answers.csv", "-o", "sheets", "--skip-bad-rows")
    assert done.err.endswith("Nothing was saved: 1 of 2 tables cannot be used.\n")
    assert (done.code, written()) == (1, [])


def test_a_table_with_far_too_many_problems_still_shows_its_columns() -> None:
    Path("answers.csv").write_text("Organisation,q1\n" + "Us,nonsense\n" * 600, encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets", "--save-mapping", "map.yaml", "--skip-bad-rows")
    assert "  q1 = “q1”\n" in done.err
    assert "more like these" in done.err
    assert done.err.endswith("Nothing but the mapping was saved: the table cannot be used.\n")
    assert Path("map.yaml").exists()


def test_a_table_that_is_named_twice_is_read_once() -> None:
    assert tiny("import", "answers.csv", "./answers.csv", "-o", "sheets").err.endswith("Saved 2 sheets to sheets\n")


def test_rows_with_problems_are_listed_and_left_out_if_that_is_asked_for() -> None:
    Path("answers.csv").write_text(TABLE + "2026-11-25,,,Us,Sum of it.,all,\n", encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets", "--skip-bad-rows")
    assert done.code == 0
    assert "[unknown-level]" in done.err
    assert "Left out for these problems: 1 of 3, at answers.csv:4:1" in done.err
    assert len(written()) == 2


def test_a_sheet_that_is_there_is_replaced_only_if_that_is_asked_for() -> None:
    Path("sheets").mkdir()
    Path("sheets/002-marsh.yaml").write_text("mine", encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets")
    assert done.code == 1
    assert "[file-exists]" in done.err
    assert written() == ["002-marsh.yaml"]
    assert tiny("import", "answers.csv", "-o", "sheets", "--force").code == 0
    assert Path("sheets/002-marsh.yaml").read_text("utf-8") != "mine"


OBSTACLES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (Path.mkdir, "it is a folder, not a file"),
    "a link that leads nowhere": (lambda path: path.symlink_to("nowhere.yaml"), "it is a link that leads to no file"),
    "a link in a circle": (lambda path: path.symlink_to(path.name), "it is a link that leads to no file"),
    "a device": (lambda path: path.symlink_to("/dev/null"), "it is a device or a pipe"),
    "a table that is read": (
        lambda path: path.symlink_to(Path("answers.csv").absolute()),
        "this command reads or writes this file",
    ),
}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_every_file_is_checked_before_the_first_is_written(obstacle: str) -> None:
    put, words = OBSTACLES[obstacle]
    Path("sheets").mkdir()
    put(Path("sheets/002-marsh.yaml"))
    done = tiny("import", "answers.csv", "-o", "sheets", "--force")
    assert f"sheets/002-marsh.yaml: {words}" in done.err
    assert done.err.endswith("Nothing was saved: not every file can be written.\n")
    assert (done.code, written()) == (1, ["002-marsh.yaml"])
    assert not Path("sheets/nowhere.yaml").exists()
    assert Path("answers.csv").read_text("utf-8") == TABLE


def test_a_file_is_no_folder_for_sheets() -> None:
    for folder in ("answers.csv", "answers.csv/sheets"):
        assert "answers.csv: this is not a folder [cannot-write]" in tiny("import", "answers.csv", "-o", folder).err
    assert Path("answers.csv").read_text("utf-8") == TABLE


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_in_which_nobody_may_write_is_told() -> None:
    Path("locked").mkdir(mode=0o500)
    assert "you may not write into this folder" in tiny("import", "answers.csv", "-o", "locked/sheets").err


def import_on_small_disk(table: str, *more: str) -> Done:
    """Import a table where no file can have more than 5,000 bytes."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    Path("answers.csv").write_text(table, encoding="utf-8")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, before[1]))
    try:
        return tiny("import", "answers.csv", "-o", "sheets", *more)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(("more", "what"), [((), "Nothing"), (("--save-mapping", "m.yaml"), "Nothing but the mapping")])
def test_if_the_disk_is_full_the_first_sheets_are_taken_back(more: Sequence[str], what: str) -> None:
    done = import_on_small_disk(f"Organisation,q1,q1 note\nUs,some,\nUs,some,{'x' * 9000}\n", *more)
    assert "[cannot-write]" in done.err
    assert done.err.endswith(f"\n{what} was saved: not every file can be written.\n")
    assert (done.code, written(), Path("m.yaml").exists()) == (1, [], bool(more))


@pytest.mark.parametrize("answer", ["some", "nonsense"])
@pytest.mark.parametrize("name", ["map.yaml", "sheets/map.yaml"])
def test_if_a_mapping_cannot_be_written_after_all_it_is_said_that_nothing_was_saved(name: str, answer: str) -> None:
    headers = ",".join(f"column {number:0500}" for number in range(20))
    done = import_on_small_disk(f"Organisation,q1,{headers}\nUs,{answer}\n", "--save-mapping", name)
    assert f"{Path(name)}: the file cannot be written: it would be larger" in done.err
    assert done.err.endswith("\nNothing was saved: not every file can be written.\n")
    assert (done.code, written(), Path("map.yaml").exists()) == (1, [], False)


def test_a_mapping_is_saved_and_used_again() -> None:
    assert tiny("import", "answers.csv", "-o", "one", "--save-mapping", "map.yaml").code == 0
    text = Path("map.yaml").read_text("utf-8")
    assert '  "q1": "q1"\n' in text
    Path("map.yaml").write_text(text.replace('"q1": "q1"', '"q1": "Maint"'), encoding="utf-8")
    Path("answers.csv").write_text(TABLE.replace("q1", "Maint"), encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "two", "--mapping", "map.yaml")
    assert done.code == 0, done.err
    assert "Weather” is left out" not in done.err
    assert Path("two/002-marsh.yaml").read_bytes() == Path("one/002-marsh.yaml").read_bytes()


def test_a_mapping_is_saved_though_there_is_more_to_do_and_what_that_is_is_told() -> None:
    Path("answers.csv").write_text("Organisation,q1,Dau\nUs,nonsense,all\n", encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets", "--save-mapping", "map.yaml")
    assert "answers.csv: there is no column for 1 of the 2 questions:\n  q2: “" in done.err
    assert "Saved to map.yaml\nIt has no column yet for 1 of the questions." in done.err
    assert done.err.endswith("there.\nNothing but the mapping was saved: the answers have problems.\n")
    assert written() == []


def test_a_mapping_is_not_written_where_a_sheet_is_to_be() -> None:
    done = tiny("import", "answers.csv", "-o", ".", "--save-mapping", "002-marsh.yaml", "--force")
    assert "002-marsh.yaml: this command reads or writes this file for something else" in done.err
    assert not Path("001-riverside-advice.yaml").exists()


@pytest.mark.parametrize(("name", "code"), [("map.yaml", 0), ("answers.csv", 1), ("./answers.csv", 1), ("pack", 1)])
def test_a_mapping_is_written_over_a_file_only_with_force_and_never_over_a_table(name: str, code: int) -> None:
    Path("map.yaml").write_text("mine", encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets", "--save-mapping", name)
    assert (done.code, written()) == (1, [])
    assert done.err.endswith("Nothing was saved: not every file can be written.\n")
    assert Path("map.yaml").read_text("utf-8") == "mine"
    assert tiny("import", "answers.csv", "-o", "sheets", "--save-mapping", name, "--force").code == code
    assert Path("answers.csv").read_text("utf-8") == TABLE


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sheets", "sheets: the folder for the sheets is to be here [file-exists]"),
        ("./sheets/../sheets", "the folder for the sheets is to be here [file-exists]"),
        ("nowhere/map.yaml", "nowhere/map.yaml: there is no folder “nowhere” [cannot-write]"),
        ("answers.csv/map.yaml", "answers.csv: this is not a folder [cannot-write]"),
        ("pack/trends.yaml", "pack/trends.yaml: this command reads or writes this file for something else"),
    ],
)
def test_a_place_where_no_mapping_can_be_is_told_before_anything_is_written(name: str, words: str) -> None:
    pack = Path("pack/trends.yaml").read_bytes()
    done = tiny("import", "answers.csv", "-o", "sheets", "--save-mapping", name, "--force")
    assert words in done.err
    assert done.err.endswith("\nNothing was saved: not every file can be written.\n")
    assert (done.code, Path("sheets").exists(), Path("pack/trends.yaml").read_bytes()) == (1, False, pack)


def test_a_mapping_in_the_folder_for_the_sheets_makes_it() -> None:
    done = tiny("import", "answers.csv", "-o", "sheets", "--save-mapping", "sheets/more/map.yaml")
    assert done.err.endswith("Saved 2 sheets to sheets\n")
    assert written() == ["001-riverside-advice.yaml", "002-marsh.yaml", "more"]


def test_no_mapping_is_made_of_what_cannot_be_read_or_needs_none() -> None:
    tiny("import", "none.csv", "-o", "sheets", "--save-mapping", "map.yaml")
    save_book(own_book("All of it."), "ann.xlsx")
    done = tiny("import", "ann.xlsx", "-o", "sheets", "--save-mapping", "map.yaml")
    assert "No mapping was saved" in done.err
    assert (written(), Path("map.yaml").exists()) == (["ann.yaml"], False)


def test_a_mapping_can_be_begun_from_headers_that_nobody_knows() -> None:
    Path("answers.csv").write_text("Un,Dau\nsome,all\n", encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets", "--save-mapping", "map.yaml")
    assert (done.code, written()) == (1, [])
    assert "[no-columns]" in done.err
    text = Path("map.yaml").read_text("utf-8")
    assert all(line in text for line in ('  "q1": ""\n', '  - "Un"\n'))
    Path("map.yaml").write_text(text.replace('"q1": ""', '"q1": "Un"').replace('  - "Un"\n', ""), encoding="utf-8")
    wishes = ("--mapping", "map.yaml", "--organisation", "Us")
    assert tiny("import", "answers.csv", "-o", "sheets", *wishes).code == 0


def test_a_mapping_has_a_place_for_the_organisation_and_the_day_though_no_column_has_them() -> None:
    Path("answers.csv").write_text("q1,Sefydliad\nsome,Us\nall,Us\nmost,Us\n", encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets", "--save-mapping", "map.yaml")
    assert done.err.count("which organisation this is") == 1
    assert "answers.csv: it does not say which organisation this is [missing]" in done.err
    assert done.err.endswith("Nothing but the mapping was saved: 3 of 3 people have problems.\n")
    text = Path("map.yaml").read_text("utf-8")
    assert '\norganisation: ""\ndate: ""\n' in text
    filled = text.replace('organisation: ""', 'organisation: "Sefydliad"').replace('left_out:\n  - "Sefydliad"\n', "")
    Path("map.yaml").write_text(filled, encoding="utf-8")
    assert tiny("import", "answers.csv", "-o", "sheets", "--mapping", "map.yaml").code == 0


@pytest.mark.parametrize("keep", [True, False])
def test_what_a_workbook_may_tell_of_who_answered_is_said_once_at_the_end(*, keep: bool) -> None:
    book = own_book("All of it.")
    (row,) = (cell.row for cell in book["Start here"]["A"] if str(cell.value).startswith("Your name"))
    book["Start here"][f"B{row}"] = "Ann Other"
    for name in ("ann.xlsx", "bob.xlsx"):
        save_book(book, name)
    done = tiny("import", "ann.xlsx", "bob.xlsx", "-o", "sheets", *(["--keep-respondent"] if keep else []))
    end = done.err.partition("Saved 2 sheets to sheets\n")[2]
    assert end.startswith("A sheet has the name of its workbook.")
    assert ("The names that people typed in are left out." in end) is not keep
    assert end.count("\n") == (1 if keep else 2)
    assert ("Ann Other" in Path("sheets/ann.yaml").read_text("utf-8")) is keep
    assert "name of its workbook" not in tiny("import", "answers.csv", "-o", "table").err


def test_an_answer_sheet_needs_no_import() -> None:
    done = tiny("import", "sheet.yaml", "-o", "sheets")
    assert done.err.startswith("sheet.yaml: this is an answer sheet already, not a table of answers [cannot-read]\n")
    assert "collabcheck report sheet.yaml" in done.err
    assert done.err.count("\n") == 3


def test_workbooks_of_several_people_go_into_one_folder() -> None:
    book = own_book("All of it.")
    save_book(own_book(None), "empty.xlsx")
    for name in ("Ann.xlsx", "Bob.xlsx"):
        save_book(book, name)
    assert "empty.xlsx: nobody has answered in it" in tiny("import", "empty.xlsx", "-o", "sheets").err
    done = tiny("import", "Ann.xlsx", "Bob.xlsx", "-o", "sheets", "--organisation", "Us")
    assert done.code == 0
    assert written() == ["ann.yaml", "bob.yaml"]
    Path("other").mkdir()
    save_book(book, "other/ann.xlsx")
    done = tiny("import", "Ann.xlsx", "other/ann.xlsx", "Bob.xlsx", "-o", "more", "--force")
    assert "other/ann.xlsx: its sheet would be “more/ann.yaml”, and so would that of Ann.xlsx" in done.err
    assert (done.code, written("more")) == (1, [])


def own_book(answer: str | None) -> openpyxl.Workbook:
    book = openpyxl.load_workbook(BytesIO(workbook(Pack.model_validate(TINY), "Riverside")))
    book["Answers"]["C3"] = answer
    return book


def save_book(book: openpyxl.Workbook, name: str, /, hidden: str = "", **sheets: Sequence[Sequence[str]]) -> None:
    """Save a workbook with more sheets."""
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if title == hidden else "visible"
    book.save(name)


ANSWERS = (("Organisation", "q1", "q2. Maint?"), ("Us", "some", "all"))
CONTACTS = (("Name", "q1"), ("Ann", "chair"))


def a_book(hidden: str = "", **sheets: Sequence[Sequence[str]]) -> None:
    """Save a workbook of somebody else’s making as “team.xlsx”."""
    book = openpyxl.Workbook()
    save_book(book, "team.xlsx", hidden, **sheets)


def test_no_sheet_of_a_workbook_is_dropped_in_silence() -> None:
    a_book(Notes=(("To do",), ("ring",)), Form=ANSWERS, People=CONTACTS, Old=ANSWERS, hidden="Old")
    done = tiny("import", "team.xlsx", "-o", "sheets")
    assert done.code == 0
    assert "team.xlsx: the sheet “Notes” is left out, as no question stands in its first row.\n" in done.err
    assert "the sheet “People” is left out, as fewer than two questions stand in its first row. If its" in done.err
    assert "team.xlsx: the hidden sheet “Old” looks like answers, and is not read." in done.err


def test_two_sheets_that_look_like_answers_are_a_problem() -> None:
    a_book(Form=ANSWERS, Old=ANSWERS)
    done = tiny("import", "team.xlsx", "-o", "sheets")
    assert "team.xlsx: 2 sheets look like answers: “Form”, “Old” [two-values]" in done.err
    save_book(own_book("All of it."), "ann.xlsx", Form=ANSWERS, Comments=(("None",),))
    assert "“Answers”, “Form” [two-values]" in tiny("import", "ann.xlsx", "-o", "sheets").err
    assert written() == []


def test_a_sheet_that_a_person_added_to_our_workbook_is_told() -> None:
    save_book(own_book("All of it."), "ann.xlsx", Comments=(("None",),))
    err = tiny("import", "ann.xlsx", "-o", "sheets").err
    assert "the sheet “Comments” is left out" in err
    assert "Start here" not in err


def test_answers_in_a_hidden_sheet_alone_are_told() -> None:
    a_book(Old=ANSWERS, hidden="Old")
    assert "Unhide the sheet “Old”" in tiny("import", "team.xlsx", "-o", "sheets").err


def test_a_mapping_says_which_sheet_holds_the_answers() -> None:
    Path("map.yaml").write_text("columns: {q1: Un, q2: Dau}\n", encoding="utf-8")
    a_book(Notes=CONTACTS, Form=(("Organisation", "Un", "Dau"), ("Us", "some", "all")))
    assert tiny("import", "team.xlsx", "-o", "sheets", "--mapping", "map.yaml").code == 0


def test_more_than_one_organisation_is_told_as_report_would_see_it() -> None:
    rows = "Us,some\nUS ,some\nUs Ltd,some\n"
    Path("answers.csv").write_text(f"Organisation,q1\n{rows}", encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets")
    assert "more than one organisation: “Us”, “Us Ltd”. A report is of one.\n" in done.err
    assert "--organisation" in done.err
    assert "more than one" not in tiny("import", "answers.csv", "-o", "one", "--organisation", "Us").err
    assert tiny("report", "one").code == 0


def test_a_table_comes_from_standard_input_too() -> None:
    assert tiny("import", "-", "-o", "sheets", stdin=TABLE).code == 0
    assert len(written()) == 2


@pytest.mark.parametrize(
    ("table", "code"),
    [("q1,q2\n", "empty-file"), ("Name\nAnn\n", "no-columns"), ("", "empty-file"), ("q1\nnone\n", "missing")],
)
def test_a_table_that_holds_no_answers_is_told(table: str, code: str) -> None:
    Path("answers.csv").write_text(table, encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets")
    assert done.code == 1
    assert f"[{code}]" in done.err
    assert "\nNothing was saved: " in done.err


def test_an_empty_table_among_others_is_told() -> None:
    Path("empty.csv").write_text("q1,q2\n", encoding="utf-8")
    done = tiny("import", "answers.csv", "empty.csv", "-o", "sheets")
    assert "empty.csv: there is no row under its headers.\n" in done.err
    assert done.code == 0


def test_one_mapping_is_of_one_table() -> None:
    assert tiny("import", "a.csv", "b.csv", "-o", "s", "--save-mapping", "m.yaml").code == 2


def test_a_file_that_is_not_there_is_a_problem() -> None:
    assert "[cannot-read]" in tiny("import", "none.csv", "-o", "sheets").err


def test_help_comes_without_a_table() -> None:
    assert "collabcheck import answers.csv -o sheets" in call("import", "--help").out
