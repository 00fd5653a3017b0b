"""Reads and writes plans: a table in CSV, or one in a Markdown page in which people may write whatever they like."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, islice, repeat
from pathlib import Path
from typing import Any, Final, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from collabcheck.characters import HIDDEN, shown
from collabcheck.files.source.draft import FEWER_BREAKS, MAX_BREAKS
from collabcheck.files.source.found import MAX_PROBLEMS, Found, few, quoted, refused
from collabcheck.files.source.text import EMPTY, hidden, read_bytes
from collabcheck.files.tables import DELIMITERS, Draft, Table, checked, table_bytes, table_from
from collabcheck.plan import Column, Plan, folded
from collabcheck.problems import Code, CollabcheckError, Place, Problem, of_whole_file

Kind = Literal["csv", "markdown"]

KINDS: Final[dict[str, Kind]] = {".csv": "csv", ".md": "markdown"}
"""What a plan can be kept as, by the suffix of its file."""

MAX_PAGE: Final = 150_000  # bytes; a plan of fifty steps has 30,000
MAX_LINES: Final = 5_000  # of a page; a long one has some hundreds
MAX_MARKS: Final = 20_000  # between cells, all over the page; a plan of fifty steps has 650

_HEAD: Final = 2  # lines of a table above its rows: the header, and hyphens
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<!\\)\|")
_SIGNS = re.compile(r"[\s>*+-]*")  # of a list, a quotation or an indented line
_STEP = re.compile(r"[\w-]+/(?:[\w-]+|\?)")
_ROW_MARKS: Final = 2
_ANOTHER = "Put the headers back, “Id” among them; or name another file, and a new plan is made."


@dataclass(frozen=True, slots=True)
class Page:
    """A table in Markdown as it stands in its page, and what stands around it."""

    before: bytes = b""
    after: bytes = b""
    newline: bytes = b"\n"
    cells: tuple[tuple[str, ...], ...] = ()
    """The Markdown in each cell: the header, the row of hyphens, then the rows."""
    lines: tuple[bytes, ...] = ()
    """These rows as they are laid out."""


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan, and what its file needs to be written again as people know it."""

    plan: Plan = field(default_factory=Plan)
    delimiter: str = DELIMITERS[0]
    page: Page | None = None
    """None if it is not in Markdown, or not written yet."""


def kind_of(path: Path) -> Kind | None:
    """Tell from the suffix how a plan is kept; None for a file that cannot be one."""
    return KINDS.get(path.suffix.lower())


def read_plan(path: Path) -> PlanFile:
    """Read a plan that people may have changed; CollabcheckError with all that is wrong."""
    name = shown(str(path))
    return plan_from(name, read_bytes(name, path), kind_of(path) or "csv")


def plan_from(name: str, raw: bytes, kind: Kind) -> PlanFile:
    """Read a plan from bytes; `name` is what messages call it."""
    if kind == "markdown":
        page, table = _page(name, raw)
        return PlanFile(_plan(table), page=page)
    table = table_from(name, raw)
    return PlanFile(_plan(table), table.delimiter)


def csv_bytes(plan: Plan, old: PlanFile) -> bytes:
    """Return a plan as CSV, with the delimiter that the file had before."""
    rows = ([row[header] for header in plan.columns] for row in plan.rows)
    return table_bytes(plan.columns, rows, old.delimiter)


def markdown_bytes(plan: Plan, written: str, old: PlanFile) -> bytes:
    """Return a plan as Markdown: `written` as it is or, in a page that people have, only its table in place of theirs.

    What people wrote around the table stays byte for byte, and so does each row and cell that still says the same.
    """
    if old.page is None:
        return written.encode()
    new, _ = _page("plan", written.encode(), ours=True)
    cells = _kept(new.cells, plan, old.page.cells, old.plan)
    known = dict(zip(old.page.cells, old.page.lines, strict=True))
    lines = (known.get(row) or f"| {' | '.join(row)} |".encode() for row in cells)
    return old.page.before + b"".join(line + old.page.newline for line in lines) + old.page.after


def _plan(table: Table) -> Plan:
    """Return the plan that a table is; a table without ids, or with one of them twice, is none."""
    plan = Plan(table.header, tuple(dict(zip(table.header, row, strict=True)) for row in table.rows))
    if not plan.has(Column.ID):
        raise of_whole_file(table.file, Code.NOT_A_PLAN, "its first row has no column “Id”, as a plan has", _ANOTHER)
    if problems := [*_twice(plan, table), *_broken_up(table)]:
        raise CollabcheckError(few(problems))
    return plan


def _twice(plan: Plan, table: Table) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row, line in zip(plan.rows, table.lines, strict=True):
        name = folded(plan.cell(row, Column.ID))
        if name and first.setdefault(name, line) != line:
            message = f"the step {quoted(name)} is here for the second time; the first is in line {first[name]}"
            advice = "Keep one of the two. A step of your own needs no Id."
            yield Problem(Place(table.file, line, 1), Code.STEP_TWICE, message, advice)


def _broken_up(table: Table) -> Iterator[Problem]:
    """Find the row up to which all cells together have too many line breaks."""
    breaks = accumulate(sum(cell.count("\n") for cell in row) for row in table.rows)
    for line in [line for line, so_far in zip(table.lines, breaks, strict=True) if so_far > MAX_BREAKS][:1]:
        message = f"its cells have more than {MAX_BREAKS:,} line breaks up to the end of this row"
        yield Problem(Place(table.file, line, 1), Code.TOO_BIG, message, FEWER_BREAKS)


# Markdown.


_Lines = list[tuple[int, tuple[str, ...]]]
"""A table of a page: the number of each line, from 0, and the words in its cells; the header comes first."""


def _page(name: str, raw: bytes, *, ours: bool = False) -> tuple[Page, Table]:
    """Find the one table of a page that has a column “Id”, by the rules by which Markdown is shown.

    What is `ours` is taken as it comes: it is checked as a whole, once it is put together with what people wrote.
    """
    text = _text(name, raw, 10 * MAX_PAGE if ours else MAX_PAGE)
    if not ours:
        _check_marks(name, text)
    tables, inside = _tables(text)
    (top, header), *rows = _the_plan(name, tables)
    shown, lines = text.split("\n"), raw.splitlines(keepends=True)
    end = top + _HEAD + len(rows)
    if not ours:
        _check_undivided(name, shown, inside)
    cells = [_split(line) for line in shown[top:end]]
    draft = Draft(text, list(_unseen(shown, top, end)), "write the | between the two as \\|")
    draft.check(top + 1, header, enumerate(cells[_HEAD:], start=top + _HEAD + 1))
    if draft.found and not ours:
        raise refused(name, text, draft.found)
    page = Page(
        before=b"".join(lines[:top]),
        after=b"".join(lines[end:]),
        newline=b"\r\n" if lines[top].endswith(b"\r\n") else b"\n",
        cells=tuple(tuple(islice(chain(row, repeat("")), len(header))) for row in cells),
        lines=tuple(line.rstrip(b"\r\n") for line in lines[top:end]),
    )
    return page, Table(name, header, tuple(row for _, row in rows), tuple(line + 1 for line, _ in rows))


def _check_marks(name: str, text: str) -> None:
    """Refuse a page that would take long to read, or much memory."""
    for what, sign, most in (("lines", "\n", MAX_LINES), ("marks between cells (|)", "|", MAX_MARKS)):
        if text.count(sign) > most:
            message = f"it has more than {most:,} {what}, too many for a plan"
            raise of_whole_file(name, Code.TOO_BIG, message, "Keep the plan in a page of its own.")


def _check_undivided(name: str, shown: Sequence[str], inside: Collection[int]) -> None:
    """Refuse a page with a row outside its table: it would be added again, without what people wrote in it."""
    for number, line in enumerate(shown):
        if number not in inside and _like_a_row(_SIGNS.sub("", line, count=1)):
            message = "this looks like a row of the plan, and stands outside its table"
            advice = (
                "Remove what divides it from the table, such as an empty line, a comment or a sign before it. "
                "If it is no row, write its | as \\|."
            )
            raise CollabcheckError([Problem(Place(name, number + 1, 1), Code.NOT_A_PLAN, message, advice)])


def _like_a_row(line: str) -> bool:
    marks = len(_BETWEEN.findall(line))
    return (line.startswith("|") and marks >= _ROW_MARKS) or any(marks and _STEP.fullmatch(c) for c in _split(line)[:1])


def _the_plan(name: str, tables: Sequence[_Lines]) -> _Lines:
    plans = [table for table in tables if folded(Column.ID) in map(folded, table[0][1])]
    if not plans:
        raise of_whole_file(name, Code.NOT_A_PLAN, "no table in it has a column “Id”, as a plan has", _ANOTHER)
    if len(plans) > 1:
        message, advice = "a second table with a column “Id” begins here", "Put all rows under one header."
        raise CollabcheckError([Problem(Place(name, plans[1][0][0] + 1, 1), Code.NOT_A_PLAN, message, advice)])
    return plans[0]


def _text(name: str, raw: bytes, most: int) -> str:
    try:
        text = checked(name, raw, most).decode("utf-8-sig")
    except UnicodeDecodeError:
        advice = "Save it again as UTF-8 (in Notepad: Save as, then Encoding: UTF-8)."
        raise of_whole_file(name, Code.NOT_UTF8, "its letters are not saved as UTF-8", advice) from None
    if not text.strip():
        raise of_whole_file(name, *EMPTY)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unseen(shown: Sequence[str], top: int, end: int) -> Iterator[Found]:
    """Find characters in the table that cannot be seen."""
    start = sum(len(line) + 1 for line in shown[:top])
    for hit in islice(HIDDEN.finditer("\n".join(shown[top:end])), MAX_PROBLEMS):
        yield hidden(hit, start + hit.start())


def _tables(text: str) -> tuple[list[_Lines], set[int]]:
    """Return the tables of a page that stand by themselves, and the numbers of all lines that are in a table.

    A table inside a list or a quotation is not ours.
    """
    markdown = MarkdownIt("commonmark").enable("table").disable("inline")  # words are read in our tables only
    markdown.normalizeLink = _as_written  # type: ignore[assignment]  # so that addresses come back as they were
    around: dict[str, Any] = {}
    tables: list[_Lines] = []
    inside: set[int] = set()
    outer = False
    for token in markdown.parse(text, around):
        if token.type == "table_open" and token.map:
            inside.update(range(*token.map))
        if token.type == "table_open" and token.level == 0:
            tables.append([])
        if token.level == 0 and token.nesting:
            outer = token.type == "table_open"
        if outer and token.map and token.type == "tr_open":
            tables[-1].append((token.map[0], ()))
        if outer and token.type == "inline":
            line, cells = tables[-1][-1]
            parts: list[Token] = []
            markdown.inline.parse(token.content, markdown, around, parts)
            tables[-1][-1] = (line, (*cells, _words(parts)))
    return tables, inside


def _as_written(address: str) -> str:
    return address


def _words(parts: Sequence[Token]) -> str:
    """Return what a reader sees of a cell, and the addresses of its links."""
    words: list[str] = []
    links: list[tuple[int, str]] = []
    for part in parts:
        match part.type:
            case "link_open":
                links.append((len(words), str(part.attrs["href"])))
            case "link_close":
                start, address = links.pop()
                words += [f" ({address})"] if "".join(words[start:]) != address else []
            case "html_inline" if _BREAK.fullmatch(part.content):
                words.append("\n")
            case _:
                words.append(part.content)
    return "".join(words)


def _split(line: str) -> list[str]:
    """Return the Markdown in the cells of a line."""
    cells = _BETWEEN.split(line.strip())
    cells = cells[cells[0] == "" :]
    return [cell.strip() for cell in (cells[:-1] if cells and cells[-1] == "" else cells)]


def _kept(
    new: Sequence[Sequence[str]], plan: Plan, old: Sequence[Sequence[str]], before: Plan
) -> Iterator[tuple[str, ...]]:
    """Yield the Markdown of each row: as it was, in each cell that has not changed."""
    for i, row in enumerate(new):
        was = old[i] if i < len(old) else ()
        yield tuple(
            was[j] if j < len(was) and (i < _HEAD or _same(plan, before, i - _HEAD, header)) else cell
            for j, (header, cell) in enumerate(zip(plan.columns, row, strict=True))
        )


def _same(plan: Plan, before: Plan, number: int, header: str) -> bool:
    return plan.rows[number][header] == before.rows[number].get(header)
