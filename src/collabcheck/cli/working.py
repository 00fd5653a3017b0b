"""Counting with all processors: batches of sheets go out to workers, and what they counted is added up."""

import gc
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import parent_process
from threading import Thread
from typing import Final

from collabcheck.cohort.counting import Count, Counting
from collabcheck.cohort.repeats import Marked, marked
from collabcheck.files.many import Batch, read
from collabcheck.files.recogniser import Recogniser
from collabcheck.pack import Pack
from collabcheck.problems import Code, Problem, of_whole_file
from collabcheck.report.rows import rows

_MOST: Final = 60
"""So many processes at most: Windows cannot wait for more."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with every batch."""

    pack: Pack
    by: str = ""
    """The id of a question by which sheets are grouped; or nothing."""
    rows: bool = False
    """Whether a row for each sheet and factor is wanted."""


@dataclass(frozen=True, slots=True)
class Part:
    """What came of one batch."""

    count: Count
    aside: int
    bad: int
    problems: tuple[Problem, ...]
    rows: bytes
    organisations: tuple[Marked, ...]
    """The organisation of each sheet."""


class _Worker:
    """Does one task with one batch after the other; what it has worked out once, it remembers."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._recogniser = Recogniser(task.pack)
        self._counting = Counting(task.pack, task.by)

    def work(self, batch: Batch) -> Part:
        found = read(self._task.pack, self._recogniser, batch)
        counted = self._counting.count(found.codes)
        sheets = self._counting.outcomes(found.codes)
        told = rows(self._task.pack, sheets, found.numbers) if self._task.rows else ()
        organisations = tuple(map(marked, found.organisations))
        return Part(counted, found.aside, found.bad, tuple(found.problems), "".join(told).encode(), organisations)


def work(task: Task, batches: Iterable[Batch], processes: int = 0) -> Iterator[Part]:
    """Yield what came of each batch, in their order, whatever the number of processes; 0 is one for each processor.

    Only as many batches are taken as are being worked on, so that a million sheets need no more memory than a thousand.
    """
    _tidy()
    given = iter(batches)
    first = list(islice(given, 2))
    processes = min(processes or _processors(), _MOST)
    if len(first) < 2 or processes == 1:  # noqa: PLR2004  one batch is done before another process has started
        yield from map(_Worker(task).work, chain(first, given))
        return
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=(task,)) as pool:
        ahead: deque[Future[Part]] = deque()
        try:
            for batch in chain(first, given):
                ahead.append(pool.submit(_work, batch))
                if len(ahead) > processes:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        except BrokenExecutor:
            message = "the system ended a process that was counting, mostly for lack of memory"
            raise of_whole_file(
                "cohort", Code.CANNOT_READ, message, "Close other programs, or add --processes 1."
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tidy() -> None:
    """Have garbage looked for often, and only in what comes from now on: each sheet that cannot be read leaves some."""
    gc.freeze()
    gc.set_threshold(2_000)


# In the other processes.

_here: list[_Worker] = []


def _begin(task: Task) -> None:
    for name in ("SIGINT", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGUSR1", "SIGUSR2"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)  # the first process says that it was stopped
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _tidy()
    Thread(target=_end_with_the_first, daemon=True).start()
    _here[:] = [_Worker(task)]


def _end_with_the_first() -> None:
    """Wait until the first process is gone, and go: if it was killed, nobody else says that there is no more work."""
    if first := parent_process():
        first.join()
        os._exit(1)  # what a batch comes to has nowhere to go


def _work(batch: Batch) -> Part:
    return _here[0].work(batch)
