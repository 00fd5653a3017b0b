"""Running many commands, each in a process of its own that may use only so much; its memory and time are measured.

Started as a program it loads everything once, then forks for each command, as a start takes longer than most cases.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MEMORY = 2_000_000_000
"""Bytes of addresses, after which a process ends: far more than it should use, and less than a machine has."""
SECONDS = 20
"""Of processor time, and of waiting: a guard, not a measure."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did, and what that took."""

    code: int
    """The exit code; below zero it is the signal that ended it."""
    out: str
    err: str
    memory: int
    """Bytes, at the most."""
    seconds: float
    """Of processor time."""


def run_all(jobs: Iterable[tuple[Path, tuple[str, ...], bool]]) -> list[Ran]:
    """Run commands, each in a folder; those that are `fed` get the file “bad.txt” there on standard input."""
    told = json.dumps([(str(folder), words, fed) for folder, words, fed in jobs])
    done = subprocess.run([sys.executable, __file__], input=told, check=True, capture_output=True, encoding="utf-8")
    results = [json.loads(line) for line in done.stdout.splitlines()]
    return [Ran(*result) for result in results]


def _main() -> None:
    for line in _each(json.load(sys.stdin)):
        sys.stdout.write(f"{json.dumps(line)}\n")
        sys.stdout.flush()


def _each(jobs: Iterable[tuple[str, list[str], bool]]) -> Iterator[list[object]]:
    import collabcheck.cli.main  # noqa: F401, PLC0415

    for name in ("take", "cohort", "bring", "read"):
        __import__(f"collabcheck.cli.{name}")
    for name in _LOADED:
        __import__(name)
    for folder, words, fed in jobs:
        child = os.fork()
        if not child:
            _child(Path(folder), words, fed=fed)
        _, status, used = os.wait4(child, 0)
        out, err = ((Path(f"{folder}.{end}")).read_text("utf-8", "backslashreplace") for end in ("out", "err"))
        yield [os.waitstatus_to_exitcode(status), out, err, used.ru_maxrss * 1024, used.ru_utime + used.ru_stime]


_LOADED = (
    "collabcheck.advice",
    "collabcheck.cli.working",
    "collabcheck.files.imports.bringing",
    "collabcheck.files.packs",
    "collabcheck.files.plans",
    "collabcheck.files.sheets",
    "collabcheck.panel",
    "collabcheck.report.terminal",
    "collabcheck.report.outline.assessment",
    "collabcheck.report.outline.library",
)


def _child(folder: Path, words: list[str], *, fed: bool) -> None:
    """Be the command, within limits, and end."""
    os.chdir(folder)
    for number, name, flags in (
        (0, "bad.txt" if fed else os.devnull, os.O_RDONLY),
        (1, f"{folder}.out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, f"{folder}.err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        os.dup2(os.open(name, flags, 0o600), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  what was read there before is not ours
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(SECONDS)
    sys.argv = ["collabcheck", *words]
    from collabcheck.cli.main import run  # noqa: PLC0415

    code = 99
    try:
        code = run()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    _main()
