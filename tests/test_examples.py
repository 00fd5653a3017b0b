"""The made-up organisations in examples/: what people see, kept word for word.

When a report is meant to change: `pytest tests/test_examples.py --refresh`, then read the difference.
"""

import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, assert_never

import pytest
from commands import call
from docx import Document
from docx.oxml.ns import qn
from pages import Page

from collabcheck.advice import advise
from collabcheck.answers import AnswerSheet, NotApplicable
from collabcheck.assessment import Assessment
from collabcheck.coding import codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.cohort.summary import Cohort, summarise
from collabcheck.comparison.sides import Comparison, compare
from collabcheck.files.packs import load_pack
from collabcheck.files.plans import PlanFile, csv_bytes, markdown_bytes
from collabcheck.files.sheets import read_sheet, sheet_from, sheet_text
from collabcheck.files.source.misfits import build
from collabcheck.files.source.reader import read_file
from collabcheck.fitting import SheetFile, fit
from collabcheck.interview import route
from collabcheck.pack import Pack
from collabcheck.panel import Panel, pool
from collabcheck.plan import Plan
from collabcheck.renewal import renew
from collabcheck.report import markdown
from collabcheck.report.blocks import (
    Block,
    Bullets,
    Chart,
    Dumbbells,
    Entries,
    Gauges,
    Heat,
    Link,
    Mark,
    Paragraph,
    Quadrants,
    Report,
    Section,
    Strips,
    Strong,
    Table,
    Words,
)
from collabcheck.report.cohort_data import cohort_data
from collabcheck.report.comparison_data import comparison_data
from collabcheck.report.data import assessment_data
from collabcheck.report.formats import FORMATS, Look
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.cohort import cohort_report
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.report.outline.panel import panel_report
from collabcheck.report.outline.plan import page as plan_page
from collabcheck.report.outline.plan import plan_of
from collabcheck.report.panel_data import panel_data
from collabcheck.report.word import document
from collabcheck.scoring import score

FOLDER = Path(__file__).resolve().parent.parent / "examples"
OFFICE = shutil.which("soffice")
SCHEMA = "../schema/answers.schema.json"
NAMES = ("marsh-lane-arts", "riverside-advice", "two-shores-care")
COMPARED = {
    "riverside-progress": ("riverside-advice", "riverside-advice-2027"),
    "riverside-and-carers": ("riverside-advice", "tarrow-carers-centre"),
}
"""Comparisons, with their two sheets."""

BOARD = "tarrow-board"
"""A folder with the sheets of nine people; twelve were asked."""

COHORT = "members"
"""A file with the made-up sheets of many organisations, one a line, shown by income."""

ON_THE_BOARD = tuple(f"{BOARD}/{path.stem}" for path in sorted((FOLDER / BOARD).glob("*.yaml")))
SHEETS = tuple(dict.fromkeys((*NAMES, *(name for pair in COMPARED.values() for name in pair), *ON_THE_BOARD)))
LEFT_OPEN = {"two-shores-care": ["integration-plan"]}
"""Questions without an answer, on purpose."""

OPTIONS = {
    ".txt": (),
    ".plain.txt": ("--plain",),
    ".md": ("--format", "markdown"),
    ".html": ("--format", "html"),
    ".json": ("--format", "json"),
    ".explain.txt": ("--explain",),
}
"""How to ask for each report, by the end of its name."""

WITH_ARITHMETIC = "riverside-advice"
REPORTS = [
    (name, end)
    for name in (*NAMES, *COMPARED, BOARD, COHORT)
    for end in OPTIONS
    if end != ".explain.txt" or name == WITH_ARITHMETIC
]
IN_WORDS = [(name, end) for name, end in REPORTS if end != ".json"]


@pytest.fixture(scope="module")
def pack(request: pytest.FixtureRequest) -> Pack:
    """Return the pack that ships; with --refresh, once the sheets and reports have been written for it."""
    pack = load_pack(None)
    if request.config.getoption("--refresh"):
        for name in SHEETS:
            sheet_path(name).write_bytes(as_written(pack, sheet_for_today(pack, name), name))
        for name, end in REPORTS:
            report_path(name, end).write_bytes(written(pack, name, end))
        for kind in ("csv", "md"):
            plan_path(kind).write_bytes(planned(pack, kind))
    return pack


def plan_path(kind: str) -> Path:
    return FOLDER / f"{WITH_ARITHMETIC}.plan.{kind}"


def planned(pack: Pack, kind: str) -> bytes:
    """Return the first plan that the command makes for the example that shows most."""
    assessment = score(pack, read_sheet(pack, sheet_path(WITH_ARITHMETIC)))
    advice = advise(assessment)
    plan = plan_of(renew(Plan(), assessment, advice), assessment, advice)
    if kind == "csv":
        return csv_bytes(plan, PlanFile())
    shown = plan_page(plan, pack, assessment.sheet.organisation)
    return markdown_bytes(plan, markdown.render(shown), PlanFile())


def sheet_path(name: str) -> Path:
    return FOLDER / f"{name}.yaml"


def report_path(name: str, end: str) -> Path:
    return FOLDER / f"{name}{end}"


def sheet_for_today(pack: Pack, name: str) -> AnswerSheet:
    """Return the sheet as if it had been answered with the pack as it is now."""
    sheet = build(SheetFile, read_file(sheet_path(name)))
    return fit(pack, sheet.model_copy(update={"asked": {}, "pack_version": pack.version}))


def as_written(pack: Pack, sheet: AnswerSheet, name: str) -> bytes:
    """Return the sheet as the program saves it, with the schema where a checkout has it."""
    return sheet_text(pack, sheet, json=False, schema=schema_of(name)).encode()


def schema_of(name: str) -> str:
    return f"{'../' * name.count('/')}{SCHEMA}"


def report_of(pack: Pack, name: str, end: str) -> Report:
    if name == COHORT:
        return cohort_report(cohort_of(pack))
    if name in COMPARED:
        return report_on_two(comparison_of(pack, name))
    if name == BOARD:
        board = board_of(pack)
        return panel_report(board, advise(board.assessment), invited=12, plan=None)
    assessment = assessment_of(pack, name)
    return report_on(assessment, advise(assessment), explain="--explain" in OPTIONS[end])


def data_of(pack: Pack, name: str) -> dict[str, Any]:
    if name == COHORT:
        return cohort_data(cohort_of(pack), left_out=0, aside=0)
    if name in COMPARED:
        return comparison_data(comparison_of(pack, name))
    if name == BOARD:
        board = board_of(pack)
        return panel_data(board, advise(board.assessment), 12)
    assessment = assessment_of(pack, name)
    return assessment_data(assessment, advise(assessment))


def board_of(pack: Pack) -> Panel:
    return pool(pack, [read_sheet(pack, sheet_path(name)) for name in ON_THE_BOARD])


def cohort_of(pack: Pack) -> Cohort:
    sheets = [sheet_from(pack, COHORT, line) for line in lines_path().read_bytes().splitlines()]
    count = Counting(pack, "income").count([codes_of(pack, sheet.replies) for sheet in sheets])
    return summarise(pack, count, pack.question["income"])


def lines_path() -> Path:
    return FOLDER / f"{COHORT}.jsonl"


def assessment_of(pack: Pack, name: str) -> Assessment:
    return score(pack, read_sheet(pack, sheet_path(name)))


def comparison_of(pack: Pack, name: str) -> Comparison:
    first, second = COMPARED[name]
    return compare(assessment_of(pack, first), assessment_of(pack, second))


def written(pack: Pack, name: str, end: str) -> bytes:
    """Return the report as the command writes it, 80 columns wide and without colour."""
    options = OPTIONS[end]
    format_ = FORMATS[options[1] if "--format" in options else "terminal"]
    look = Look(width=80, colour=False, plain="--plain" in options)
    result = format_.write(report_of(pack, name, end), data_of(pack, name), look)
    return result if isinstance(result, bytes) else result.encode()


# The reports.


@pytest.mark.parametrize(("name", "end"), REPORTS)
def test_a_report_is_as_it_was(pack: Pack, name: str, end: str) -> None:
    assert written(pack, name, end).decode().splitlines() == report_path(name, end).read_text("utf-8").splitlines()
    assert written(pack, name, end) == report_path(name, end).read_bytes()


@pytest.mark.parametrize("kind", ["csv", "md"])
def test_a_plan_is_as_it_was_and_with_the_same_answers_it_stays_so(pack: Pack, kind: str, tmp_path: Path) -> None:
    assert planned(pack, kind) == plan_path(kind).read_bytes()
    copy = tmp_path / plan_path(kind).name
    copy.write_bytes(plan_path(kind).read_bytes())
    assert call("report", str(sheet_path(WITH_ARITHMETIC)), "--plan", str(copy)).code == 0
    assert copy.read_bytes() == plan_path(kind).read_bytes()


@pytest.mark.usefixtures("pack")
def test_the_command_prints_these_very_bytes_whatever_python_does_with_its_hashes() -> None:
    kept = b"".join(report_path(name, end).read_bytes() for name, end in REPORTS)
    assert printed(hash_seed="1") == kept
    assert printed(hash_seed="2") == kept


ALL_REPORTS = """
import sys
from collabcheck.cli.main import run
for line in sys.stdin.read().splitlines():
    sys.argv = ["collabcheck", *line.split("|")]
    if run() != 0:
        sys.exit(line)
"""


def printed(hash_seed: str) -> bytes:
    """Return all reports, one after the other, from a process of their own."""
    lines = "\n".join("|".join((*typed(name), *OPTIONS[end])) for name, end in REPORTS)
    forcing = ("ACCESSIBLE", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM")
    environment = {key: value for key, value in os.environ.items() if key not in forcing}
    environment |= {"COLUMNS": "80", "PYTHONUTF8": "1", "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-c", ALL_REPORTS]
    done = subprocess.run(command, check=False, env=environment, input=lines.encode(), capture_output=True)
    assert done.returncode == 0, done.stderr.decode()[-500:]
    return done.stdout.replace(b"\r\n", b"\n")


def typed(name: str) -> tuple[str, ...]:
    """Return what is typed for a report, but for its options."""
    if name in COMPARED:
        return "compare", *(str(sheet_path(sheet)) for sheet in COMPARED[name])
    if name == BOARD:
        return "report", str(FOLDER / BOARD), "--invited", "12"
    if name == COHORT:
        return "cohort", str(lines_path()), "--by", "income"
    return "report", str(sheet_path(name))


@pytest.mark.parametrize(("name", "end"), [report for report in REPORTS if report[0] != COHORT])
def test_a_report_names_its_organisation(pack: Pack, name: str, end: str) -> None:
    for sheet in COMPARED.get(name, ON_THE_BOARD[:1] if name == BOARD else (name,)):
        organisation = read_sheet(pack, sheet_path(sheet)).organisation
        assert words(organisation) in words(bare(report_path(name, end)))


@pytest.mark.parametrize("end", [end for name, end in REPORTS if name == "riverside-and-carers"])
def test_a_partner_is_shown_no_word_that_the_other_wrote(pack: Pack, end: str) -> None:
    page = words(bare(report_path("riverside-and-carers", end)))
    for name in COMPARED["riverside-and-carers"]:
        sheet = read_sheet(pack, sheet_path(name))
        theirs = [text for reply in sheet.replies.values() for text in (reply.note, reply.evidence) if text]
        theirs += [reply.reason for reply in sheet.replies.values() if isinstance(reply, NotApplicable)]
        theirs += [text for said in sheet.discussion.values() for text in said]
        assert theirs
        assert [text for text in theirs if words(text) in page] == []


# The sheets.


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_written_as_the_program_writes_it(pack: Pack, name: str) -> None:
    assert as_written(pack, read_sheet(pack, sheet_path(name)), name) == sheet_path(name).read_bytes()


@pytest.mark.parametrize("name", SHEETS)
def test_an_editor_finds_the_schema_of_a_sheet(name: str) -> None:
    assert sheet_path(name).read_text("utf-8").startswith(f"# yaml-language-server: $schema={schema_of(name)}\n")
    assert (sheet_path(name).parent / schema_of(name)).is_file()


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_answers_the_questions_as_they_are_now(pack: Pack, name: str) -> None:
    sheet = read_sheet(pack, sheet_path(name))
    asked = [question.id for question in route(pack, sheet.replies)]
    assert sheet.pack_version == pack.version
    assert (sheet.set_aside, sheet.reworded(pack)) == ((), frozenset())
    assert [name for name in sheet.replies if name not in asked] == []
    assert [question for question in asked if question not in sheet.replies] == LEFT_OPEN.get(name, [])


def test_everything_in_the_gallery_is_tested_and_shown() -> None:
    expected = {f"{name}.yaml" for name in SHEETS if "/" not in name} | {f"{name}{end}" for name, end in REPORTS}
    expected |= {"README.md", BOARD, lines_path().name}
    expected |= {plan_path(kind).name for kind in ("csv", "md")}
    assert {path.name for path in FOLDER.iterdir() if not path.name.startswith(".")} == expected
    page = (FOLDER / "README.md").read_text("utf-8")
    assert [name for name in sorted(expected) if name != "README.md" and f"({name})" not in page] == []


# The same facts in the same order, whatever the format.


@pytest.mark.parametrize("name", [*NAMES, *COMPARED, BOARD, COHORT])
def test_a_page_is_light(name: str) -> None:
    assert report_path(name, ".html").stat().st_size < 100_000


@pytest.mark.parametrize(("name", "end"), IN_WORDS)
def test_every_format_tells_the_same_facts_in_the_same_order(pack: Pack, name: str, end: str) -> None:
    page = words(bare(report_path(name, end)))
    report = report_of(pack, name, end)
    assert first_missing(texts(report), page) is None
    assert first_missing(addresses(report), page) is None


@pytest.mark.parametrize("name", [*NAMES, *COMPARED, BOARD, COHORT])
def test_a_word_document_tells_the_same_facts_in_the_same_order(pack: Pack, name: str) -> None:
    report = report_of(pack, name, ".txt")
    body = Document(BytesIO(document.render(report))).element.body
    page = words("\n".join("".join(piece.text or "" for piece in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))))
    assert first_missing(texts(report), page) is None
    assert first_missing(addresses(report), page) is None


@pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice here")
@pytest.mark.parametrize("name", [*NAMES, *COMPARED, BOARD])
def test_an_office_program_shows_all_of_a_word_document(pack: Pack, name: str, tmp_path: Path) -> None:
    report = report_of(pack, name, ".txt")
    (tmp_path / "report.docx").write_bytes(document.render(report))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    to_text = [str(OFFICE), home, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "report.docx"]
    subprocess.run(to_text, check=True, cwd=tmp_path, capture_output=True, timeout=120)
    assert first_missing(texts(report), words((tmp_path / "report.txt").read_text("utf-8-sig"))) is None


def bare(path: Path) -> str:
    """Return the text of a report without the markup of its format."""
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        return Page(text.encode()).words
    if path.suffix != ".md":
        return text
    return html.unescape(re.sub(r"\\([^\w\s])", r"\1", text.replace("<br>", " ")))


_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> str:
    """Return the words and figures alone, in small letters, with a space on either side of each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def first_missing(facts: Iterator[str], page: str) -> str | None:
    """Return the first fact that the page does not have after the one before it."""
    at = 0
    for fact in facts:
        wanted = words(fact)
        found = page.find(wanted, at)
        if found < 0 and wanted.strip():
            return fact
        at = max(at, found + len(wanted) - 1)
    return None


def texts(report: Report) -> Iterator[str]:
    """Yield every piece of text in a report but addresses, captions and keys of charts, which not all formats have."""
    yield from (report.title, report.subtitle)
    for section in report.sections:
        yield from _of_section(section)


def _of_section(section: Section) -> Iterator[str]:
    yield section.title
    for block in section.blocks:
        yield from _of_block(block)
    for inner in section.sections:
        yield from _of_section(inner)


def _of_block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(words=said):
            yield from _of_words(said)
        case Bullets(items=items):
            yield from (text for item in items for text in _of_words(item))
        case Entries(items=entries):
            yield from (text for e in entries for line in (e.term, *e.lines) for text in _of_words(line))
        case Table(caption=caption, rows=table):
            yield caption
            yield from (text for cells in table for cell in cells for text in _of_words(cell))
        case chart:
            yield from _of_chart(chart)


def _of_chart(chart: Chart) -> Iterator[str]:
    match chart:
        case Gauges(rows=rows):
            yield from (text for row in rows for text in (row.label, row.figure, row.span, *_of_words(row.bands)))
        case Quadrants(rows=rows, here=here):
            yield from (text for row in rows for text in (row.label, row.figure, row.span, *_of_words(row.bands)))
            yield from _of_words(here)
        case Dumbbells(rows=dumbbells):
            for row in dumbbells:
                yield row.label
                yield from (text for end in row.ends for text in (end.figure, end.span, *_of_words(end.bands)))
        case Strips(rows=strips):
            for strip in strips:
                span = strip.middle.span if strip.middle else ""
                yield from (strip.label, strip.figure, span, *_of_words(strip.bands))
                yield strip.here.figure if strip.here else ""
        case Heat(rows=heat):
            for line in heat:
                yield from (line.label, *(cell.figure for cell in line.cells if cell))
        case _:
            assert_never(chart)


def _of_words(said: Words) -> Iterator[str]:
    for span in said:
        match span:
            case str():
                yield span
            case Strong(text=text) | Link(text=text) | Mark(label=text):
                yield text
            case _:
                assert_never(span)


def addresses(report: Report) -> Iterator[str]:
    """Yield the address of every link."""
    for section in report.sections:
        yield from _addresses_in(section)


def _addresses_in(section: Section) -> Iterator[str]:
    for block in section.blocks:
        yield from (span.address for line in _lines(block) for span in line if isinstance(span, Link))
    for inner in section.sections:
        yield from _addresses_in(inner)


def _lines(block: Block) -> Iterator[Words]:
    match block:
        case Paragraph(words=said):
            yield said
        case Bullets(items=items):
            yield from items
        case Entries(items=entries):
            yield from (line for entry in entries for line in (entry.term, *entry.lines))
        case Gauges(rows=rows) | Quadrants(rows=rows):
            yield from (row.bands for row in rows)
        case Dumbbells(rows=dumbbells):
            yield from (end.bands for row in dumbbells for end in row.ends)
        case Strips(rows=strips, key=key):
            yield from (*(strip.bands for strip in strips), key)
        case Heat(key=key):
            yield key
        case Table(rows=table):
            yield from (cell for cells in table for cell in cells)
        case _:
            assert_never(block)
