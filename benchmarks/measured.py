"""What a program used until it ended, and whether that is within the aims."""

import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".benchmarks-venv"
PYTHON = str(ENVIRONMENT / "bin" / "python")
COLLABCHECK = str(ENVIRONMENT / "bin" / "collabcheck")
COMPARED = ("deon", "copier")

_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024
"""In so many bytes the system counts the largest size of a process."""
_LOOK = 0.05
"""Seconds between two looks at the memory of all processes."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a process used, with all those that it started and waited for."""

    processor: float
    """Time of the processors, user and system, in milliseconds."""
    clock: float
    """Time on the clock, in milliseconds."""
    largest: float
    """The most memory that one of the processes had (resident set), in MB."""
    together: float
    """The most that all had at once, what they share counted once, in MB; 0 where nobody looked."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What was found, once in every round, and the most that its median should be."""

    what: str
    most: float
    found: Sequence[float]

    @property
    def held(self) -> bool:
        """Whether it is no more than that."""
        return median(self.found) <= self.most

    @property
    def row(self) -> str:
        """A row of the table of aims."""
        spread = f"{min(self.found):.2f} – {max(self.found):.2f}" if len(self.found) > 1 else "once"
        verdict = "held" if self.held else "**not held**"
        return f"| {self.what} | {self.most:g} | {median(self.found):.2f} | {spread} | {verdict} |"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of RESULTS.md."""

    title: str
    lines: Sequence[str]
    aims: Sequence[Aim] = ()

    @property
    def text(self) -> Iterator[str]:
        """The part in Markdown, line by line."""
        yield from ("", f"## {self.title}", "", *self.lines)
        if self.aims:
            yield from ("", "| Aim | At most | Median | Least – most | |", "|---|--:|--:|--:|---|")
            yield from (aim.row for aim in self.aims)


def set_up() -> None:
    """Install this checkout, not editable, and what it is compared with, in an environment of their own."""
    if not Path(PYTHON).exists():
        venv.create(ENVIRONMENT, with_pip=True, symlinks=True, upgrade_deps=True)
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check", "--upgrade"]
    subprocess.run([*install, str(ROOT), *COMPARED], check=True, stdout=sys.stderr)


def run(*command: str, watch: bool = False) -> Used:
    """Run a command with its output in a pipe; with `watch`, look how much memory all its processes have."""
    begun = time.perf_counter()
    with subprocess.Popen(
        command, env=surroundings(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        with Watch(process.pid) if watch else nullcontext() as watching:
            said = process.stdout.read()
            used = ended(process, begun, watching.most if watching else 0)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{said.decode(errors='replace')[-2000:]}")
    return used


def ended(process: subprocess.Popen[bytes], begun: float, together: float = 0) -> Used:
    """Wait until a process has ended and return what it used."""
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    largest = usage.ru_maxrss * _OF_MAXRSS / 1e6
    return Used(1000 * (usage.ru_utime + usage.ru_stime), 1000 * clock, largest, together)


def surroundings() -> dict[str, str]:
    """Return the environment without anything that changes how Python starts."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def ratios(these: Sequence[float], those: Sequence[float]) -> list[float]:
    """Compare round by round, so that a slow moment of the machine weighs on both."""
    return [this / that for this, that in zip(these, those, strict=True)]


@dataclass(slots=True)
class Watch:
    """Looks again and again how much memory a process and its children have, where the system tells (Linux)."""

    process: int
    most: float = 0
    """In MB. What processes share is divided among them."""
    _over: Event = field(default_factory=Event)
    _looking: Thread | None = None

    def __enter__(self) -> Self:
        self._looking = Thread(target=self._look)
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._looking:
            self._looking.join()

    def _look(self) -> None:
        while not self._over.wait(_LOOK):
            self.most = max(self.most, sum(map(_share, _family(self.process))))


def _family(process: int) -> Iterator[int]:
    """Yield a process and all that it has started."""
    yield process
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return
    for child in told.split():
        yield from _family(int(child))


def _share(process: int) -> float:
    """Return the memory of a process in MB, of what it shares its part; 0 if it has ended."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) * 1024 / 1e6
