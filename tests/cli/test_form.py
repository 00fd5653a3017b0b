"""`form` writes the kind that the file's name ends in, and says what it cannot do."""

from pathlib import Path

import pytest
from commands import call, call_outside, tiny, write_tiny


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a tiny pack."""
    write_tiny(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "begins"),
    [("form.html", "<!doctype html>"), ("form.yaml", "# yaml-language-server"), ("form.md", "# A tiny pack\n")],
)
def test_the_name_of_the_file_picks_the_kind(folder: Path, name: str, begins: str) -> None:
    done = tiny("form", "-o", name, "--organisation", "Riverside")
    assert (done.code, done.out, done.err) == (0, "", f"Saved to {name}\n")
    text = (folder / name).read_text(encoding="utf-8")
    assert text.startswith(begins)
    assert "Riverside" in text


@pytest.mark.parametrize("options", [(), ("--xlsform",)])
def test_a_workbook_and_an_xlsform_are_excel_files(folder: Path, options: tuple[str, ...]) -> None:
    assert tiny("form", "-o", "form.xlsx", *options).code == 0
    assert (folder / "form.xlsx").read_bytes().startswith(b"PK")


def test_what_an_xlsform_cannot_have_filled_in_is_refused() -> None:
    assert tiny("form", "-o", "form.xlsx", "--xlsform", "--organisation", "Riverside").code == 2


def test_a_blank_sheet_has_a_report_of_its_own() -> None:
    assert call("form", "-o", "form.yaml", "--organisation", "Riverside", "--role", "trustee").code == 0
    assert "Answered by: Trustee" in call("report", "form.yaml").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "needs a name"),
        (("-o", "form.pdf"), "no form goes with “form.pdf”"),
        (("-o", "form.html", "--role", "trustee"), "does not ask for the role"),
        (("-o", "form.html", "--xlsform"), "--xlsform writes a file that ends in .xlsx"),
        (("-o", "form.html", "--organisation", "x" * 201), "201 characters"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(folder: Path, words: tuple[str, ...], said: str) -> None:
    done = tiny("form", *words)
    assert done.code == 2
    assert said in done.err
    assert not list(folder.glob("form.*"))


def test_an_unknown_role_is_told_with_the_nearest_one() -> None:
    done = call("form", "-o", "form.html", "--role", "truste")
    assert (done.code, "Did you mean “trustee”?" in done.err) == (2, True)


def test_a_file_that_exists_is_not_replaced_unasked(folder: Path) -> None:
    (folder / "form.html").write_text("mine", encoding="utf-8")
    assert tiny("form", "-o", "form.html").code == 1
    assert (folder / "form.html").read_text(encoding="utf-8") == "mine"
    assert tiny("form", "-o", "form.html", "--force").code == 0


def test_a_time_zone_that_makes_no_sense_stops_nothing(tmp_path: Path) -> None:
    done = call_outside("form", "-o", str(tmp_path / "f.yaml"), TZ="XXX99:99:99")
    assert done.code == 0, done.err
