"""Every reader of files from outside, and what must hold of whatever it is given.

A reader takes an input, says False or raises `CollabcheckError` where it does not take it, and raises `AssertionError`
where a promise is broken.
"""

import json
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Final

import yaml

from collabcheck.advice import advise
from collabcheck.answers import AnswerSheet
from collabcheck.characters import visible
from collabcheck.coding import Codes, codes_of
from collabcheck.files.benchmarks import benchmark_text, read_benchmark
from collabcheck.files.imports.bringing import bring
from collabcheck.files.imports.columns import mapping_of
from collabcheck.files.imports.mapping import Mapping, mapping_text, read_mapping
from collabcheck.files.imports.people import Brought, Wishes
from collabcheck.files.many import PER_SHEET, batches, read
from collabcheck.files.packs import RESOURCES, TRENDS, load_pack
from collabcheck.files.plans import PlanFile, csv_bytes, markdown_bytes, plan_from
from collabcheck.files.recogniser import Recogniser, parsed
from collabcheck.files.sheets import fitted, sheet_from, sheet_text
from collabcheck.files.source.document import Document
from collabcheck.files.source.found import few
from collabcheck.files.source.misfits import build
from collabcheck.files.source.reader import read_text
from collabcheck.files.source.text import Kind
from collabcheck.files.tables import table_bytes, table_from
from collabcheck.plan import Plan
from collabcheck.problems import Code, CollabcheckError, Problem
from collabcheck.report import markdown
from collabcheck.report.outline.plan import page
from collabcheck.scoring import score
from fuzzing import books, materials
from fuzzing.materials import PACK
from fuzzing.mutations import SPLIT, Material, packed

MOST_SAID: Final = 6_000
"""Bytes of all that is said about one file."""

LONGEST: Final = 2.0
"""Seconds of our own time that a small file may take; the slowest takes a hundredth of it."""

LOADERS: Final[tuple[type, ...]] = (yaml.SafeLoader, *filter(None, [getattr(yaml, "CSafeLoader", None)]))
RECOGNISER: Final = Recogniser(PACK)
WISHES: Final = Wishes(today="2026-11-23", organisation="Us")


@dataclass(frozen=True, slots=True)
class Reader:
    """A way in for files, what they are made from, and how many of a thousand inputs it is given."""

    name: str
    material: Material
    read: Callable[[bytes], object]
    share: int
    """Readers that take long are given fewer, so that none has more than a sixth of the time."""


def taken(reader: Reader, raw: bytes) -> bool:
    """Give a reader an input and say whether it is taken; raise whatever is wrong with how it is taken or refused."""
    try:
        return reader.read(raw) is not False
    except CollabcheckError as error:
        check(error.problems)
    return False


def check(problems: tuple[Problem, ...]) -> None:
    """See that problems can be acted on, and shown: each has a place, words that show all they hold, and a remedy."""
    assert problems
    assert sum(len(_said(problem).encode()) for problem in problems) <= MOST_SAID, "too much is said"
    for problem in problems:
        place = problem.place
        assert place.file, problem
        assert (place.line > 0) == (place.column > 0), problem
        assert problem.code in Code, problem
        for words in (place.file, problem.message, problem.advice):
            assert words.strip(), problem
            assert words == visible(words), problem


def _said(problem: Problem) -> str:
    """Return a problem as the command line says it."""
    return f"{problem.place}: {problem.message} [{problem.code}]\n    {problem.advice}\n"


@contextmanager
def in_time() -> Iterator[Callable[[], object]]:
    """Yield what sets a clock anew: what takes out-of-proportion time after that fails, if the system can count it.

    It is the time of this process that counts; how busy the machine is makes no difference.
    """
    if not hasattr(signal, "setitimer"):
        yield lambda: None
        return
    before = signal.signal(signal.SIGVTALRM, _too_long)
    try:
        yield partial(signal.setitimer, signal.ITIMER_VIRTUAL, LONGEST)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise AssertionError(f"it takes more than {LONGEST} seconds")


# YAML and JSON.


def _in_yaml(raw: bytes) -> Document:
    """Read YAML with both parsers: they give the same or both refuse."""
    read = [_document(raw, "yaml", loader) for loader in LOADERS]
    good = [one for one in read if isinstance(one, Document)]
    if len(good) < len(read):
        assert not good, "only one of the parsers takes it"
        for one in read:
            if isinstance(one, CollabcheckError):
                check(one.problems)
                refusal = one
        raise refusal
    first, *others = good
    for other in others:
        assert repr(first.data) == repr(other.data)
        assert (_places(first), first.keys) == (_places(other), other.keys)
    return first


def _places(document: Document) -> dict[tuple[str | int, ...], int]:
    """Return where the values stand; where there is nothing, each parser has its own idea of where that is."""
    return {path: at for path, at in document.values.items() if document.value(path) is not None}


def _document(raw: bytes, kind: Kind, loader: type = LOADERS[-1]) -> Document | CollabcheckError:
    try:
        return read_text(f"a.{kind}", raw, kind, loader)
    except CollabcheckError as error:
        return error


def _in_json(raw: bytes) -> None:
    """Read JSON: as the library reads it, and as YAML reads it if it does."""
    document = read_text("a.json", raw, "json")
    assert repr(document.data) == repr(json.loads(document.text))
    same = _document(raw, "yaml")
    assert isinstance(same, CollabcheckError) or repr(same.data) == repr(document.data)


# Sheets.


def _sheet(raw: bytes, kind: Kind) -> None:
    """Read a sheet: it can be written and read again, and is recognised as nothing else."""
    document = read_text(f"a.{kind}", raw, kind)
    codes = RECOGNISER.codes_of(document.data)
    try:
        sheet = fitted(PACK, document)
    except CollabcheckError:
        assert codes is None, "what does not fit is recognised"
        raise
    assert codes in (None, codes_of(PACK, sheet.replies))
    _comes_back(sheet)


def _comes_back(sheet: AnswerSheet) -> None:
    for kind in ("json", "yaml"):
        text = sheet_text(PACK, sheet, json=kind == "json")
        assert sheet_from(PACK, "a", text.encode(), "json" if kind == "json" else "yaml") == sheet


def _looked_at(raw: bytes) -> Codes | None:
    try:
        return codes_of(PACK, sheet_from(PACK, "a.json", raw, "json").replies)
    except CollabcheckError:
        return None


def _recognised(raw: bytes) -> bool:
    """Recognise a sheet, or leave it to a closer look: what is recognised is what that finds."""
    data = parsed(raw)
    codes = RECOGNISER.codes_of(data) if data is not None else None
    assert codes is None or codes == _looked_at(raw)
    return codes is not None


def _from_standard_input(raw: bytes) -> None:
    sheet_from(PACK, "standard input", raw)


def _in_lines(raw: bytes) -> bool:
    """Read sheets by the line: what comes of each is what comes of it alone."""
    whole = raw if raw.endswith(b"\n") else raw + b"\n"
    lines = [line for line in BytesIO(whole) if not line.isspace()]
    found = [read(PACK, RECOGNISER, batch) for batch in batches(["-"], BytesIO(raw))]
    alone = [codes for line in lines if (codes := _looked_at(line)) is not None]
    assert [codes for one in found for codes in one.codes] == alone
    assert sum(one.bad for one in found) == len(lines) - len(alone)
    problems = [problem for one in found for problem in one.problems]
    for line in {problem.place.line for problem in problems}:
        told = tuple(problem for problem in problems if problem.place.line == line)
        assert len(told) <= PER_SHEET
        check(told)
    return bool(alone)


# Files that are read from the disk.


@cache
def _folder() -> Path:
    """Return a folder of this process, in memory where there is such a place."""
    memory = "/dev/shm"  # noqa: S108  in it comes a folder with a name of its own
    kept = tempfile.TemporaryDirectory(prefix="fuzzing-", dir=memory if os.access(memory, os.W_OK) else None)
    _KEPT.append(kept)
    return Path(kept.name)


_KEPT: Final[list["tempfile.TemporaryDirectory[str]"]] = []


def _file(name: str, raw: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(raw)
    return path


def _pack(raw: bytes) -> None:
    """Read a pack: one that is taken can be asked, scored and advised on."""
    trends, cut, resources = raw.partition(SPLIT)
    _file(TRENDS, trends)
    if cut:
        _file(RESOURCES, resources)
    else:
        (_folder() / RESOURCES).unlink(missing_ok=True)
    pack = load_pack(_folder())
    advise(score(pack, AnswerSheet(pack.pack, pack.version, "Us", "2026-11-23")))


def _benchmark(raw: bytes) -> None:
    benchmark = read_benchmark(PACK, _file("a.json", raw))
    assert read_benchmark(PACK, _file("again.json", benchmark_text(benchmark).encode())) == benchmark


# Tables and plans.


def _table(raw: bytes) -> None:
    """Read a table: written anew, it holds the same."""
    for ours in (True, False):
        table = table_from("a.csv", raw, ours=ours)
        again = table_from("a.csv", table_bytes(table.header, table.rows, table.delimiter)) if table.header else table
        assert (again.header, again.rows) == (table.header, table.rows)


def _csv_plan(raw: bytes) -> None:
    old = plan_from("a.csv", raw, "csv")
    again = plan_from("a.csv", csv_bytes(old.plan, old), "csv")
    assert again.plan == old.plan
    assert again.delimiter == old.delimiter or len(old.plan.columns) == 1


def _markdown_plan(raw: bytes) -> None:
    """Read a plan in a page: put back unchanged, it says the same, and all around it is as it was."""
    old = plan_from("a.md", raw, "markdown")
    assert old.page
    new = markdown_bytes(old.plan, markdown.render(page(old.plan, PACK, "Us")), old)
    assert new.startswith(old.page.before)
    assert new.endswith(old.page.after)
    assert plan_from("a.md", new, "markdown").plan == old.plan
    assert _filled(plan_from("a.csv", csv_bytes(old.plan, PlanFile()), "csv").plan) == _filled(old.plan)


def _filled(plan: Plan) -> list[list[str]]:
    """Return what a plan says; blank rows, and columns without a header, a spreadsheet writes for nothing."""
    named = [header for header in plan.columns if header.strip()]
    return [named, *([row[header] for header in named] for row in plan.rows if any(row.values()))]


# Imports.


NAMES: Final = ("a.txt", "-", "a.xlsx", "a.json", "a.yaml", "a.md", "a.html")
"""What a table may be called whose name says nothing, or something else."""


def _answers(raw: bytes) -> bool:
    return _brought("a.csv", raw)


def _misnamed(raw: bytes) -> bool:
    return _brought(NAMES[len(raw) % len(NAMES)], raw)


def _workbook(raw: bytes) -> bool:
    return _brought("a.xlsx", packed(raw))


def _zip(raw: bytes) -> bool:
    return _brought("a.xlsx", raw)


def _brought(name: str, raw: bytes) -> bool:
    """Bring answers in: each sheet can be read again, and the mapping that says what was done does it again."""
    brought = bring(PACK, name, raw, WISHES)
    sheets = _sheets_of(brought)
    for sheet in sheets:
        _comes_back(sheet)
    if sheets and brought.columns:
        text = mapping_text(mapping_of(PACK, brought.columns))
        mapping = build(Mapping, read_text("a.yaml", text.encode(), "yaml"))
        assert _sheets_of(bring(PACK, name, raw, Wishes(WISHES.today, WISHES.organisation, mapping))) == sheets
    return bool(sheets)


def _sheets_of(brought: Brought) -> list[AnswerSheet]:
    """Return the sheets of a table, after a look at what is said of it."""
    for problems in (_told(brought), brought.problems):
        if problems:
            check(tuple(problems))
    return [person.sheet for person in brought.people if person.sheet]


def _told(brought: Brought) -> tuple[Problem, ...]:
    """Return what the command says of the people of a table."""
    return tuple(few([problem for person in brought.people for problem in person.problems]))


def _mapping(raw: bytes) -> None:
    """Read a mapping, and a table with it: written anew, it is the same."""
    written, _, table = raw.partition(SPLIT)
    mapping = read_mapping(_file("a.yaml", written))
    assert read_mapping(_file("again.yaml", mapping_text(mapping).encode())) == mapping
    _sheets_of(bring(PACK, "a.csv", table, Wishes("2026-11-23", "Us", mapping, keep_respondent=True)))


READERS: Final = (
    Reader("YAML, both parsers", materials.YAML, _in_yaml, 60),
    Reader("JSON", materials.JSON, _in_json, 160),
    Reader("sheets in YAML", materials.SHEETS_IN_YAML, lambda raw: _sheet(raw, "yaml"), 60),
    Reader("sheets in JSON", materials.SHEETS_IN_JSON, lambda raw: _sheet(raw, "json"), 90),
    Reader("sheets of either kind", materials.SHEETS_IN_JSON, _from_standard_input, 30),
    Reader("recogniser", materials.SHEETS_IN_JSON, _recognised, 246),
    Reader("sheets in lines", materials.LINES, _in_lines, 25),
    Reader("packs", materials.PACKS, _pack, 20),
    Reader("benchmarks", materials.BENCHMARKS, _benchmark, 50),
    Reader("tables", materials.TABLES, _table, 135),
    Reader("plans in CSV", materials.PLANS, _csv_plan, 80),
    Reader("plans in Markdown", materials.MARKDOWN, _markdown_plan, 10),
    Reader("answers in CSV", materials.ANSWERS, _answers, 6),
    Reader("answers, misnamed", materials.ANSWERS, _misnamed, 4),
    Reader("mappings", materials.MAPPINGS, _mapping, 6),
    Reader("workbooks, their parts", books.WORKBOOKS, _workbook, 6),
    Reader("workbooks, their zip", books.ZIPS, _zip, 12),
)
