"""`import` writes a sheet for each person, or nothing; what it made of the table is told on standard error."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from commands import TINY, call, tiny, write_tiny

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


def test_a_name_is_kept_if_that_is_asked_for() -> None:
    tiny("import", "answers.csv", "-o", "sheets", "--keep-respondent")
    text = Path("sheets/001-riverside-advice.yaml").read_text("utf-8")
    assert 'name: "Ann"' in text
    assert "ann@example.org" not in text


def test_nothing_is_written_if_anything_is_wrong() -> None:
    Path("answers.csv").write_text(TABLE + "2026-11-25,,,Us,Sum of it.,all,\n", encoding="utf-8")
    done = tiny("import", "answers.csv", "-o", "sheets")
    assert done.code == 1
    assert "answers.csv:4:5: “Sum of it.” is not an answer to “q1” [unknown-level]\n    Did you mean" in done.err
    assert written() == []


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


def test_workbooks_of_several_people_go_into_one_folder() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(Pack.model_validate(TINY), "Riverside")))
    book.save("empty.xlsx")
    book["Answers"]["C3"] = "All of it."
    book.save("Ann.xlsx")
    book.save("Bob.xlsx")
    assert "empty.xlsx: nobody has answered in it" in tiny("import", "empty.xlsx", "-o", "sheets").err
    done = tiny("import", "Ann.xlsx", "Bob.xlsx", "-o", "sheets", "--organisation", "Us")
    assert done.code == 0
    assert written() == ["ann.yaml", "bob.yaml"]
    Path("other").mkdir()
    book.save("other/ann.xlsx")
    assert tiny("import", "Ann.xlsx", "other/ann.xlsx", "-o", "more").code == 2
    assert written("more") == []


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


def test_one_mapping_is_of_one_table() -> None:
    assert tiny("import", "a.csv", "b.csv", "-o", "s", "--save-mapping", "m.yaml").code == 2


def test_a_file_that_is_not_there_is_a_problem() -> None:
    assert "[cannot-read]" in tiny("import", "none.csv", "-o", "sheets").err


def test_help_comes_without_a_table() -> None:
    assert "collabcheck import answers.csv -o sheets" in call("import", "--help").out
