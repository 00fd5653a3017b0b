"""Counting with several processes comes to what one comes to, in the same order, and none of them outlives us."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from builders import a_pack, a_question

from collabcheck.cli.working import Part, Task, work
from collabcheck.cohort.counting import Counting
from collabcheck.files.many import Batch, Lines, batches

PACK = a_pack(a_question("q1", "size"), a_question("q2", "size"), context=[a_question("income")])
LEVELS = ("none", "some", "most", "all")
SHEET = '{{"pack": "tiny", "organisation": "A", "date": "2026-11-23", "answers": {{"q1": "{}", "income": "{}"}}}}'


def a_line(number: int) -> str:
    return "{" if number % 97 == 0 else SHEET.format(LEVELS[number % 4], LEVELS[number % 3])


LINES = "\n".join(map(a_line, range(1, 2601))).encode()


def parts(task: Task, processes: int) -> list[Part]:
    return list(work(task, batches(["-"], BytesIO(LINES)), processes))


def test_the_number_of_processes_changes_nothing() -> None:
    task = Task(PACK, "income", rows=True)
    alone = parts(task, 1)
    assert len(alone) == 6
    assert parts(task, 3) == alone
    assert b"".join(part.rows for part in alone).startswith(b"1,some,overall,risk,33.3333,")


def test_all_that_can_be_read_is_counted_and_all_else_is_told() -> None:
    added = Counting(PACK).nothing()
    told = parts(Task(PACK), 2)
    for part in told:
        added.add(part.count)
        assert part.rows == b""
    good = [(LEVELS[n % 3], LEVELS[n % 4], "") for n in range(1, 2601) if n % 97]
    assert added == Counting(PACK).count(good)
    assert [problem.place.line for part in told for problem in part.problems] == list(range(97, 2601, 97))
    assert sum(part.bad for part in told) == 26


def test_no_sheets_are_no_parts() -> None:
    assert list(work(Task(PACK), [])) == []


def test_no_more_batches_are_taken_than_are_worked_on() -> None:
    taken = count()

    def endless() -> Iterator[Batch]:
        for number in taken:
            yield Lines("standard input", a_line(1).encode(), 0, number + 1, 1, number + 1)

    made = work(Task(PACK), endless(), 2)
    for _ in range(20):
        next(made)
    assert next(taken) <= 20 + 2 * 2 + 2


# Processes that end.

OTHERS = """
import sys
from io import BytesIO
from itertools import count
from builders import a_pack, a_question
from collabcheck.cli.working import Task, work
from collabcheck.files.many import Lines

pack = a_pack(a_question("q1", "size"))
made = work(Task(pack), (Lines("-", b"{", 0, 1, 1, n) for n in count(1)), 2)
next(made)
import multiprocessing
print(*(process.pid for process in multiprocessing.active_children()), flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="kill is different there")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_when_we_are_killed_no_process_stays_behind(how: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OTHERS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    ) as ours:
        assert ours.stdout is not None
        numbers = [int(number) for number in ours.stdout.readline().split()]
        assert len(numbers) == 2
        ours.send_signal(how)
        ours.wait()
        assert ours.stdout.read() == b"", "the pipe ends only when all that have it are gone"
    for _ in range(100):
        if not any(map(runs, numbers)):
            return
        time.sleep(0.05)
    pytest.fail("a process still runs")


def runs(number: int) -> bool:
    """Tell whether a process runs; one that has ended and that nobody has asked about does not."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    said = Path(f"/proc/{number}/stat")
    return not said.exists() or said.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
