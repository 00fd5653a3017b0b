"""How long collabcheck takes to start, beside the programs and libraries it can be compared with."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from measured import COLLABCHECK, ENVIRONMENT, PYTHON, ROOT, Aim, Part, ended, ratios, run, surroundings

EXAMPLE = str(ROOT / "examples" / "riverside-advice.yaml")
LITERAL = "import typer, yaml, pydantic, rich"
AS_USED = """\
import typer, yaml, rich.console
from pydantic import BaseModel
class Model(BaseModel):
    name: str
"""

BARE, VERSION, HELP = "bare Python", "collabcheck --version", "collabcheck --help"
REPORT, JSON = "collabcheck report", "collabcheck report --format json"
ASSESS, PLAIN = "collabcheck assess, to question 1", "collabcheck assess --plain, to question 1"
IMPORTS, IMPORTS_USED = "four imports, as written", "four imports, as used"
DEON, COPIER = "deon --help", "copier --version"
COMMANDS = {
    BARE: (PYTHON, "-c", "pass"),
    VERSION: (COLLABCHECK, "--version"),
    HELP: (COLLABCHECK, "--help"),
    REPORT: (COLLABCHECK, "report", EXAMPLE),
    JSON: (COLLABCHECK, "report", EXAMPLE, "--format", "json"),
    ASSESS: (COLLABCHECK, "assess"),
    PLAIN: (COLLABCHECK, "assess", "--plain"),
    IMPORTS: (PYTHON, "-c", LITERAL),
    IMPORTS_USED: (PYTHON, "-c", AS_USED),
    DEON: (str(ENVIRONMENT / "bin" / "deon"), "--help"),
    COPIER: (str(ENVIRONMENT / "bin" / "copier"), "--version"),
}
AIMS = (
    (VERSION, BARE, 1.5),
    (HELP, BARE, 8),
    (HELP, DEON, 1),
    (REPORT, BARE, 17),
    (REPORT, IMPORTS, 1.2),
    (REPORT, IMPORTS_USED, 1.2),
    (REPORT, COPIER, 1),
    (ASSESS, BARE, 22),
    (ASSESS, COPIER, 1),
)
"""A command, another, and how many times the processor time of the other it may take."""
NEVER_FOR_A_REPORT = ("questionary", "prompt_toolkit", "jinja2", "openpyxl", "docx", "asyncio")

NO_ANSWERS = "pack: collaborative-working\norganisation: Riverside Advice\ndate: 2026-11-23\nanswers: {}\n"
LAST = {ASSESS: b"Save and stop", PLAIN: b"Your answer:"}
"""What appears last when a question can be answered."""
LINES, COLUMNS = 60, 100
PATIENCE = 30
"""Seconds."""

Times = Mapping[str, list[float]]
"""The milliseconds of each command, one number a round."""


def measure(rounds: int) -> Part:
    """Run every command once in every round, in turn, after a first round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 1):
        for name, command in COMMANDS.items():
            taken = asking(command, LAST[name]) if name in LAST else run(*command).processor
            if number:
                times[name].append(taken)
    aims = [Aim(f"{this} ÷ {that}", most, ratios(times[this], times[that])) for this, that, most in AIMS]
    return Part("How long it takes to start", list(table(rounds, times, loaded_by_report())), aims)


def asking(command: Sequence[str], last: bytes) -> float:
    """Run a command in a terminal until these words appear, end it, and return its processor time."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    with TemporaryDirectory(prefix="collabcheck-") as folder:
        sheet = Path(folder, "answers.yaml")
        sheet.write_text(NO_ANSWERS, encoding="utf-8")
        with subprocess.Popen(
            (*command, str(sheet)),
            env={**surroundings(), "TERM": "xterm-256color"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        ) as process:
            os.close(theirs)
            seen = until(last, ours)
            process.send_signal(signal.SIGKILL)
            taken = ended(process, 0).processor
    os.close(ours)
    if last not in seen:
        sys.exit(f"{' '.join(command)} asked nothing:\n{seen.decode(errors='replace')[-2000:]}")
    return taken


def until(last: bytes, terminal: int) -> bytes:
    """Read what appears on a terminal until these words are there, or nothing more will come."""
    seen, latest = b"", time.monotonic() + PATIENCE
    while last not in seen and select.select([terminal], [], [], max(0, latest - time.monotonic()))[0]:
        try:
            seen += os.read(terminal, 65536)
        except OSError:  # the program has ended
            break
    return seen


def loaded_by_report() -> list[str]:
    """Name the modules that a report must not load and does."""
    command = [PYTHON, "-X", "importtime", "-m", "collabcheck", "report", EXAMPLE]
    told = subprocess.run(command, check=True, env=surroundings(), capture_output=True, encoding="utf-8").stderr
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}
    return sorted(loaded & set(NEVER_FOR_A_REPORT))


def table(rounds: int, times: Times, loaded: Sequence[str]) -> Iterator[str]:
    """Yield what each command took."""
    yield f"Processor time of whole processes, each run {rounds} times, in turn with the others."
    yield ""
    yield "| Command | Least, ms | Median, ms | Most, ms | Times bare Python |"
    yield "|---|--:|--:|--:|--:|"
    for name, taken in times.items():
        relative = median(ratios(taken, times[BARE]))
        yield f"| {name} | {min(taken):.0f} | {median(taken):.0f} | {max(taken):.0f} | {relative:.2f} |"
    yield ""
    yield f"Not needed for a report, and loaded all the same: {', '.join(loaded) or 'nothing'}."
    yield f"(Looked for: {', '.join(NEVER_FOR_A_REPORT)}.)"
