"""Running many commands, each in a process of its own that may use only so much; its memory and time are measured.

Started as a program it runs a few commands on good files, so that all is loaded, then forks for each that it is told:
a start takes longer than most cases. Only where there is a fork, so not on Windows.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

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


Run = Callable[[Path, tuple[str, ...], bool], Ran]
"""Runs a command in a folder. One that is fed gets the file “bad.txt” there on standard input."""


@contextmanager
def runner() -> Iterator[Run]:
    """Give a way to run commands, one after the other."""
    command = [sys.executable, "-m", "hostile.running"]
    where = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8", env=where) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        to, back = program.stdin, program.stdout

        def run(folder: Path, words: tuple[str, ...], fed: bool) -> Ran:  # noqa: FBT001  as a job has it
            to.write(f"{json.dumps([str(folder), words, fed])}\n")
            to.flush()
            return Ran(*json.loads(back.readline()))

        yield run


def _main() -> None:
    _load()
    for line in sys.stdin:
        folder, words, fed = json.loads(line)
        child = os.fork()
        if not child:
            _child(Path(folder), words, fed=fed)
        _, status, used = os.wait4(child, 0)
        out, err = ((Path(f"{folder}.{end}")).read_text("utf-8", "backslashreplace") for end in ("out", "err"))
        code = os.waitstatus_to_exitcode(status)
        told = [code, out, err, used.ru_maxrss * 1024, used.ru_utime + used.ru_stime]
        sys.stdout.write(f"{json.dumps(told)}\n")
        sys.stdout.flush()


def _load() -> None:
    """Run a command of each kind on good files."""
    from collabcheck.cli.main import run  # noqa: PLC0415
    from hostile.books import a_book  # noqa: PLC0415
    from hostile.good import BENCHMARK, LINE, MAPPING, PAGE, PLAN, lay_out  # noqa: PLC0415

    files = {"b.json": BENCHMARK, "l.jsonl": f"{LINE}\n" * 3, "m.yaml": MAPPING, "p.csv": PLAN, "p.md": PAGE}
    with TemporaryDirectory() as name:
        folder = Path(name) / "good"
        lay_out(folder)
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        (folder / "a.xlsx").write_bytes(a_book())
        os.chdir(folder)
        for words in _WARM:
            sys.argv = ["collabcheck", *words.split(), "--pack", "pack"]
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as err:
                code = run()
            assert code == 0, err.getvalue()
        os.chdir("/")


_WARM = (
    "report good.yaml --plan p.csv --benchmark b.json",
    "report good.yaml --plan p.md",
    "cohort l.jsonl --smallest-group 3",
    "import good.csv -o from-csv --mapping m.yaml",
    "import a.xlsx -o from-xlsx",
    "trends",
)


def _child(folder: Path, words: list[str], *, fed: bool) -> None:
    """Be the command, within limits, and end."""
    import resource  # noqa: PLC0415  not on Windows

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
