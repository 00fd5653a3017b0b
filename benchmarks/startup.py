"""How long collabcheck takes to start, measured beside the programs and libraries it can be compared with.

python benchmarks/startup.py [--rounds N]; README.md beside this file says how to read what it writes.
"""

import argparse
import os
import platform
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".benchmarks-venv"
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
EXAMPLE = str(ROOT / "examples" / "riverside-advice.yaml")
PYTHON = str(ENVIRONMENT / "bin" / "python")
COMPARED = ("deon", "copier")
VERSIONS_OF = ("collabcheck", "typer", "pydantic", "rich", "PyYAML", *COMPARED)

LITERAL = "import typer, yaml, pydantic, rich"
AS_USED = """\
import typer, yaml, rich.console
from pydantic import BaseModel
class Model(BaseModel):
    name: str
"""

BARE, VERSION, HELP = "bare Python", "collabcheck --version", "collabcheck --help"
REPORT, JSON = "collabcheck report", "collabcheck report --format json"
IMPORTS, IMPORTS_USED = "four imports, as written", "four imports, as used"
DEON, COPIER = "deon --help", "copier --version"
COMMANDS = {
    BARE: (PYTHON, "-c", "pass"),
    VERSION: (str(ENVIRONMENT / "bin" / "collabcheck"), "--version"),
    HELP: (str(ENVIRONMENT / "bin" / "collabcheck"), "--help"),
    REPORT: (str(ENVIRONMENT / "bin" / "collabcheck"), "report", EXAMPLE),
    JSON: (str(ENVIRONMENT / "bin" / "collabcheck"), "report", EXAMPLE, "--format", "json"),
    IMPORTS: (PYTHON, "-c", LITERAL),
    IMPORTS_USED: (PYTHON, "-c", AS_USED),
    DEON: (str(ENVIRONMENT / "bin" / "deon"), "--help"),
    COPIER: (str(ENVIRONMENT / "bin" / "copier"), "--version"),
}
NEVER_FOR_A_REPORT = ("questionary", "prompt_toolkit", "jinja2", "openpyxl", "docx", "asyncio")


@dataclass(frozen=True, slots=True)
class Aim:
    """One command takes at most so many times the processor time of another."""

    command: str
    other: str
    most: float


AIMS = (
    Aim(VERSION, BARE, 1.5),
    Aim(HELP, BARE, 8),
    Aim(HELP, DEON, 1),
    Aim(REPORT, IMPORTS_USED, 1.25),
    Aim(REPORT, IMPORTS, 1.25),
    Aim(REPORT, COPIER, 0.5),
)

Times = Mapping[str, list[float]]
"""The milliseconds of each command, one number a round."""


def main() -> None:
    """Set up, measure, write and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often each command is run (default: 15)")
    rounds = max(9, parser.parse_args().rounds)
    set_up()
    times = measure(rounds)
    text = "\n".join(page(rounds, times, loaded_by_report())) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


def set_up() -> None:
    """Install this checkout, not editable, and what it is compared with, in an environment of their own."""
    if not Path(PYTHON).exists():
        venv.create(ENVIRONMENT, with_pip=True, symlinks=True, upgrade_deps=True)
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check", "--upgrade"]
    subprocess.run([*install, str(ROOT), *COMPARED], check=True, stdout=sys.stderr)


def measure(rounds: int) -> Times:
    """Run every command once in every round, in turn, after a first round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 1):
        for name, command in COMMANDS.items():
            taken = processor_time(command)
            if number:
                times[name].append(taken)
    return times


def processor_time(command: Sequence[str]) -> float:
    """Run a command with its output in a pipe and return its processor time, user and system, in milliseconds."""
    with subprocess.Popen(
        command, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{said.decode(errors='replace')}")
    return 1000 * (usage.ru_utime + usage.ru_stime)


def environment() -> dict[str, str]:
    """Return the environment without anything that changes how Python starts."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def loaded_by_report() -> list[str]:
    """Name the modules that a report must not load and does."""
    command = [PYTHON, "-X", "importtime", "-m", "collabcheck", "report", EXAMPLE]
    told = subprocess.run(command, check=True, env=environment(), capture_output=True, encoding="utf-8").stderr
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}
    return sorted(loaded & set(NEVER_FOR_A_REPORT))


def page(rounds: int, times: Times, loaded: Sequence[str]) -> Iterator[str]:
    """Yield the lines of RESULTS.md."""
    yield "# How long it takes to start"
    yield ""
    yield f"Made by `benchmarks/startup.py`; [README.md](README.md) says how to read it. {machine()}"
    yield f"Processor time (user and system) of whole processes, each run {rounds} times, in turn with the others."
    yield ""
    yield "| Command | Least, ms | Median, ms | Most, ms | Times bare Python |"
    yield "|---|--:|--:|--:|--:|"
    for name, taken in times.items():
        relative = median(ratios(taken, times[BARE]))
        yield f"| {name} | {min(taken):.0f} | {median(taken):.0f} | {max(taken):.0f} | {relative:.2f} |"
    yield ""
    yield "| Aim | At most | Median of the ratios | Least – most | Held |"
    yield "|---|--:|--:|--:|---|"
    for aim in AIMS:
        pairs = ratios(times[aim.command], times[aim.other])
        held = "yes" if median(pairs) <= aim.most else "**no**"
        spread = f"{min(pairs):.2f} – {max(pairs):.2f}"
        yield f"| {aim.command} ÷ {aim.other} | {aim.most:.2f} | {median(pairs):.2f} | {spread} | {held} |"
    yield ""
    yield f"Not needed for a report, and loaded all the same: {', '.join(loaded) or 'nothing'}."
    yield f"(Looked for: {', '.join(NEVER_FOR_A_REPORT)}.)"


def ratios(these: Sequence[float], those: Sequence[float]) -> list[float]:
    """Compare round by round, so that a slow moment of the machine weighs on both."""
    return [this / that for this, that in zip(these, those, strict=True)]


def machine() -> str:
    """Say what the numbers depend on: cores, Python and the versions installed."""
    ask = "import sys, importlib.metadata as m; print(*map(m.version, sys.argv[1:]))"
    told = subprocess.run([PYTHON, "-c", ask, *VERSIONS_OF], check=True, capture_output=True, encoding="utf-8").stdout
    versions = ", ".join(f"{name} {version}" for name, version in zip(VERSIONS_OF, told.split(), strict=True))
    return f"{os.cpu_count()} cores, Python {platform.python_version()}; {versions}."


if __name__ == "__main__":
    main()
