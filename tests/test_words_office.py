"""Tables and workbooks laden with hostile words in LibreOffice: no cell is a formula, and every word can be read."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, parse

import pytest
from builders import a_choice, a_pack, a_question, a_sheet
from laden import MARK, laden, squeezed
from payloads import EVERY, LINES

from collabcheck.characters import HIDDEN
from collabcheck.coding import codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.files.plans import PlanFile, csv_bytes
from collabcheck.forms.excel import workbook, xlsform
from collabcheck.report import rows

OFFICE = shutil.which("soffice")
SHOWABLE = tuple(text for text in EVERY if not HIDDEN.search(text))
AS_CSV = "CSV:44,34,76,1,,0,false,true,true,false,false,0,true,false,true"
"""Commas, double quotes, UTF-8; every number is recognised, and every formula would be evaluated."""
TABLE, KIND = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office"))

pytestmark = pytest.mark.skipif(OFFICE is None, reason="there is no office here")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with everything that a spreadsheet can open, as LibreOffice has it."""
    folder = tmp_path_factory.mktemp("office")
    made = laden(SHOWABLE, len(LINES))
    (folder / "plan.csv").write_bytes(csv_bytes(made.plan, PlanFile()))
    (folder / "rows.csv").write_text(_rows(), encoding="utf-8")
    (folder / "sum.csv").write_text('"=1+1"\n', encoding="utf-8")
    (folder / "form.xlsx").write_bytes(workbook(made.pack, made.people[0].organisation))
    (folder / "xlsform.xlsx").write_bytes(xlsform(made.pack))
    for options, suffix in (([f"--infilter={AS_CSV}"], "csv"), ([], "xlsx")):
        files = sorted(map(str, folder.glob(f"*.{suffix}")))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        into = ["--convert-to", "fods", "--outdir", str(folder)]
        command = [str(OFFICE), profile, "--headless", *options, *into, *files]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        if not list(folder.glob("*.fods")):
            pytest.skip("the office here opens no tables: it came without Calc")
    return folder


def _rows() -> str:
    names = ("some", "1-2", "1e5")
    pack = a_pack(a_question("q1", "size"), context=[a_question("about", choices=[*map(a_choice, names)])])
    sheets = [codes_of(pack, a_sheet(about=name, q1="some").replies) for name in (*names, "?", "-")]
    outcomes = [*Counting(pack).outcomes(sheets)]
    return rows.header(pack) + "".join(rows.rows(pack, outcomes, range(1, len(sheets) + 1)))


def cells(path: Path) -> Iterator[Element]:
    yield from parse(path).getroot().iter(f"{TABLE}table-cell")  # noqa: S314  our own file


def formulas(path: Path) -> list[str]:
    return [formula for cell in cells(path) if (formula := cell.get(f"{TABLE}formula"))]


def text_of(cell: Element) -> str:
    return "\n".join("".join(part.itertext()) for part in cell if part.tag.endswith("}p"))


@pytest.mark.parametrize("name", ["plan", "rows", "form", "xlsform"])
def test_no_cell_is_a_formula(folder: Path, name: str) -> None:
    assert formulas(folder / f"{name}.fods") == []


def test_a_formula_would_be_noticed(folder: Path) -> None:
    assert formulas(folder / "sum.fods") == ["of:=1+1"]


@pytest.mark.parametrize("name", ["form", "xlsform"])
def test_every_cell_of_a_workbook_is_text(folder: Path, name: str) -> None:
    kinds = {cell.get(f"{KIND}value-type") for cell in cells(folder / f"{name}.fods")}
    assert kinds <= {"string", None}


@pytest.mark.parametrize("name", ["plan", "form", "xlsform"])
def test_every_word_can_be_read(folder: Path, name: str) -> None:
    made = laden(SHOWABLE, len(LINES))
    shown = squeezed("\n".join(map(text_of, cells(folder / f"{name}.fods"))))
    marks = {*MARK.findall(shown)}
    wanted = {mark: squeezed(made.words.given[mark][2]) for mark in marks}
    assert len(marks) > 200
    missing = [text for text in wanted.values() if text not in shown]
    assert [text for text in missing if name != "xlsform" or "_x0041_" not in text] == [], (
        "what reads it knows no codes"
    )


def test_what_was_answered_stands_in_the_rows_as_it_was(folder: Path) -> None:
    root = parse(folder / "rows.fods").getroot()  # noqa: S314  our own file
    header, *read = [
        [text_of(cell) for cell in row.iter(f"{TABLE}table-cell")] for row in root.iter(f"{TABLE}table-row")
    ]
    about = {row[header.index("sheet")]: row[header.index("about")] for row in read}
    number = about.pop("3")
    assert about == {"1": "some", "2": "1-2", "4": "dont-know", "5": "/"}
    assert float(number) == 1e5, "an id that is a number is taken for one"
