"""`cohort`: many organisations."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from glob import has_magic
from heapq import nsmallest
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collabcheck.anonymity import FEWEST, SMALLEST_GROUP
from collabcheck.characters import shown
from collabcheck.cli import shell
from collabcheck.cli.benchmarks import save_benchmark
from collabcheck.cli.group import check_apart, pack_files
from collabcheck.cli.options import AsReport, Force, Output, PackFolder, Plain, WhenColour, context_ids
from collabcheck.cli.shell import Colour
from collabcheck.problems import Code, CollabcheckError, Place, Problem, UsageError, did_you_mean, of_whole_file

if TYPE_CHECKING:
    from collabcheck.cli.working import Part
    from collabcheck.cohort.counting import Count
    from collabcheck.cohort.repeats import Noticing, Repeats
    from collabcheck.files.saving import Write
    from collabcheck.pack import Pack
    from collabcheck.questions import Question

_NOWHERE = "there is no such file or folder"
_SHOWN = 200
"""So many problems are told; there are three of a sheet at most."""
_MOST_SAID = 40_000
"""So many bytes of them, which is room for each."""


def cohort(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Answer sheets, folders of them, patterns in quotes, or files with a sheet in JSON a line (.jsonl). "
            "- reads such lines from standard input.",
        ),
    ],
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="QUESTION",
            help="Show groups by what they answer to this question about the organisation, such as income.",
            autocompletion=context_ids,
        ),
    ] = "",
    output: Output = "-",
    format_: AsReport = None,
    benchmark: Annotated[
        Path | None,
        typer.Option(
            "--benchmark", metavar="FILE", help="Write how all score, for report --benchmark; no one is in it."
        ),
    ] = None,
    rows: Annotated[
        Path | None,
        typer.Option("--rows", metavar="FILE", help="Write a table (CSV) with a row for each sheet and factor."),
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out sheets that cannot be read, and say how many.")
    ] = False,
    smallest_group: Annotated[
        int,
        typer.Option("--smallest-group", metavar="N", min=FEWEST, help="Say nothing of fewer organisations than this."),
    ] = SMALLEST_GROUP,
    processes: Annotated[
        int, typer.Option("--processes", metavar="N", min=0, help="Count with so many; 0 is one for each processor.")
    ] = 0,
    pack: PackFolder = None,
    plain: Plain = False,
    color: WhenColour = Colour.AUTO,
    force: Force = False,
) -> None:
    """Sum up the sheets of many organisations: where they are ready, what they lack, what would help most of them.

    Each sheet counts as one organisation. Groups that are too small are left out, so that nobody can be found.

    Examples:

      collabcheck cohort sheets/

      collabcheck cohort sheets/ --by income -o members.html

      collabcheck cohort members.jsonl --skip-bad --benchmark members.json
    """
    chosen = shell.format_of(format_, output)
    from collabcheck.cli.working import Task, work
    from collabcheck.cohort.counting import Counting
    from collabcheck.cohort.repeats import Noticing
    from collabcheck.cohort.summary import summarise
    from collabcheck.files.many import batches
    from collabcheck.files.packs import load_pack
    from collabcheck.report.cohort_data import cohort_data
    from collabcheck.report.outline.cohort import cohort_report

    questions = load_pack(pack)
    group = _question(questions, by) if by else None
    if "-" in (str(rows), str(benchmark)):
        raise UsageError("--rows and --benchmark need the name of a file.")
    written = {"the report": output, "the rows": str(rows or "-"), "the benchmark": str(benchmark or "-")}
    _check_there(paths)
    check_apart([*paths, *pack_files(pack)], written)
    for name in written.values():
        shell.check_free(name, force=force)
    counted = _Counted(Counting(questions).nothing(), Noticing())
    parts = work(Task(questions, by, rows=rows is not None), batches(paths, sys.stdin.buffer), processes)
    with _rows(questions, rows, force=force) as keep:
        for part in _watched(parts, plain=plain):
            counted.add(part)
            keep(part.rows)
        counted.check(paths, smallest_group, skip_bad=skip_bad)
    if rows:
        shell.tell(
            f"The rows are in {shown(str(rows))}. They say what each one answered: keep them as safe as the sheets."
        )

    result = summarise(questions, counted.count, group, smallest_group=smallest_group)
    repeats = counted.noticing.repeats()
    page = cohort_report(result, left_out=counted.bad, aside=counted.aside, repeats=repeats)
    data = cohort_data(result, left_out=counted.bad, aside=counted.aside, repeats=repeats)
    _tell_repeats(repeats)

    shell.deliver(chosen.write(page, data, shell.look_of(output, color, plain=plain)), output, force=force)
    if benchmark:
        save_benchmark(questions, counted.count, benchmark, smallest_group, force=force)


def _question(pack: "Pack", name: str) -> "Question":
    """Return the question by which to group: one about the organisation, as scores follow from the others."""
    known = [question.id for question in pack.context]
    if name not in known:
        raise UsageError(f"there is no question “{name[:60]}” about the organisation. {did_you_mean(name, known)}")
    return pack.question[name]


class _Counted:
    """What all batches hold together."""

    def __init__(self, nothing: "Count", noticing: "Noticing") -> None:
        self.count = nothing
        self.noticing = noticing
        self.aside = self.bad = 0
        self._problems: list[Problem] = []

    def add(self, part: "Part") -> None:
        """Add a batch. Of the problems those are kept that come first in order, whatever order they are found in."""
        self.count.add(part.count)
        self.noticing.take(part.organisations)
        self.aside += part.aside
        self.bad += part.bad
        self._problems = nsmallest(_SHOWN, [*self._problems, *part.problems])

    def check(self, paths: Iterable[str], smallest_group: int, *, skip_bad: bool) -> None:
        """Refuse what cannot be summed up; CollabcheckError or UsageError."""
        if not self.count.sheets and not self.bad:
            raise _without_sheets([path for path in paths if path == "-" or os.path.isfile(path)])  # noqa: PTH113  never raises
        if self.bad and not skip_bad:
            shell.say_problems(self._problems, _MOST_SAID)
            shell.tell(
                f"{self.bad} of {self.count.sheets + self.bad} sheets cannot be read. To go on without: --skip-bad"
            )
            raise typer.Exit(shell.PROBLEMS)
        if self.bad:
            shell.say_problems(self._problems, _MOST_SAID)
            shell.tell(f"Left out for these problems: {self.bad} of {self.count.sheets + self.bad} sheets.")
        if self.count.sheets < smallest_group:
            message = f"of {self.count.sheets} nothing can be said: it takes {smallest_group} organisations"
            advice = "Add sheets of other organisations. For one organisation: collabcheck report."
            raise of_whole_file(", ".join(paths), Code.TOO_FEW, message, advice)


def _without_sheets(files: Sequence[str]) -> Exception:
    """Return what to say if there is no sheet: in files that are empty, or at all."""
    if not files:
        return UsageError("there is no answer sheet there. Sheets end in .yaml, .yml, .json or .jsonl.")
    advice = "Check that this is the right file, and that it was saved."
    names = ", ".join("standard input" if name == "-" else shown(name) for name in files)
    return of_whole_file(names, Code.EMPTY_FILE, "there is nothing in it", advice)


def _tell_repeats(repeats: "Repeats") -> None:
    """Name organisations that have more than one sheet, to whoever holds the sheets."""
    for name, sheets in repeats.named:
        shell.tell(f"“{shown(name)}” has {sheets} sheets here, and counts {sheets} times.")
    rest = repeats.organisations - len(repeats.named)
    if repeats.named and not repeats.everyone:
        shell.tell("There may be more like these: of so many organisations, only a sample was looked at.")
    elif rest:
        shell.tell(f"… and {rest} more like these")


def _check_there(names: Sequence[str]) -> None:
    """Refuse names that lead nowhere: they are mistyped, and no sheet that could be left out."""
    missing = [name for name in names if name != "-" and not os.path.lexists(name) and not _matches(name)]
    if missing:
        advice = "Check the name, and the folder you are in."
        raise CollabcheckError([Problem(Place(shown(name)), Code.CANNOT_READ, _NOWHERE, advice) for name in missing])


def _matches(name: str) -> bool:
    from collabcheck.files.many import matching

    return has_magic(name) and next(matching(name), None) is not None


def _watched(parts: "Iterator[Part]", *, plain: bool) -> "Iterator[Part]":
    """Yield the parts and show on a terminal how many sheets have been counted."""
    first = list(islice(parts, 1))  # before anything is drawn: other processes are best begun while there is one thread
    if not sys.stderr.isatty() or shell.plain_wanted(plain):
        yield from chain(first, parts)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} sheets counted"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        for part in chain(first, parts):
            progress.advance(task, part.count.sheets + part.bad)
            yield part


@contextmanager
def _rows(pack: "Pack", path: Path | None, *, force: bool) -> "Iterator[Write]":
    """Give a way to keep rows: a file, which is there when all is well; or none."""
    if path is None:
        yield lambda _: None
        return
    from collabcheck.files.saving import writing
    from collabcheck.report.rows import header

    with writing(path, force=force) as write:
        write(header(pack).encode())
        yield write
