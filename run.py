"""Set up and run everything, given only Python 3.11 or newer.

    python3 run.py example    show the report on a made-up organisation
    python3 run.py assess     answer the questions yourself; so too: report, form, import, compare, cohort,
                              trends, resources, pack
    python3 run.py tests      run the tests; what follows goes to pytest
    python3 run.py checks     run the linter, the formatter, the type checker and the import contracts

The first run makes a virtual environment in .venv beside this file; nothing else is changed.
"""

import hashlib
import os
import shlex
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

EXAMPLE = "examples/riverside-advice.yaml"
COMMANDS = ("assess", "report", "form", "import", "compare", "cohort", "trends", "resources", "pack")
"""What the program itself does; for these, files are those of the folder that one is in."""
CHECKS = {
    "ruff check": ("-m", "ruff", "check"),
    "ruff format --check": ("-m", "ruff", "format", "--check"),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", "from importlinter.cli import lint_imports_command as run; run(['--no-logo'])"),
}
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
VERSION = ".".join(map(str, sys.version_info[:2]))


def main(*arguments: str) -> int:
    """Do what the first argument says and return the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python is just what this line is for
        return say(f"This needs Python 3.11 or newer; {sys.executable} is Python {VERSION}.")
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is for the program that runs; it ends as it sees fit
    command = arguments[0] if arguments else ""
    if command == "example":
        return set_up("[word]") or python("-m", "collabcheck", "report", EXAMPLE)
    if command in COMMANDS:
        return set_up("[word]") or python("-m", "collabcheck", *arguments, folder=None)
    if command == "tests":
        return set_up("[dev]") or python("-m", "pytest", *arguments[1:])
    if command == "checks":
        return set_up("[dev]") or check()
    return say(__doc__ or "", code=2)


def check() -> int:
    """Run every check, also after one has failed, and name those that did."""
    failed = []
    for name, arguments in CHECKS.items():
        say(f"\n{name}")
        if python(*arguments):
            failed.append(name)
    return say(f"\nFailed: {', '.join(failed)}") if failed else 0


def set_up(extras: str) -> int:
    """Make .venv and install the package in it, unless that is done already."""
    if any(is_done(done) for done in (extras, "[dev]")):
        return 0
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        return say(
            "This Python cannot make virtual environments: it came without “venv” or “ensurepip”.\n"
            f"On Debian and Ubuntu they are in a package of their own: apt-get install python{VERSION}-venv"
        )
    say("Setting up in .venv (once, about a minute)…")
    steps = [[str(PYTHON), "-m", "pip", "install", "--quiet", "--editable", f".{extras}"]]
    if not has_pip():
        steps.insert(0, [sys.executable, "-m", "venv", "--clear", str(VENV)])
    for step in steps:
        reason = failure(*step)
        if reason:
            return say(f"{reason}\nSetting up failed, for the reason above, at: {' '.join(step)}")
    stamp(extras).write_text(digest(), encoding="utf-8")
    return 0


def is_done(extras: str) -> bool:
    """Tell whether .venv still works and was made from these very files in this very place."""
    return PYTHON.is_file() and stamp(extras).is_file() and stamp(extras).read_text(encoding="utf-8") == digest()


def stamp(extras: str) -> Path:
    """Return the file in .venv that remembers what was installed."""
    return VENV / f"installed{extras}"


def digest() -> str:
    """Return a fingerprint of all that makes .venv what it is."""
    return hashlib.sha256(f"{VERSION} {ROOT} ".encode() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def has_pip() -> bool:
    """Tell whether there is a .venv with this version of Python and pip."""
    test = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return PYTHON.is_file() and not failure(str(PYTHON), "-c", test)


def failure(*command: str) -> str:
    """Run a command quietly; return what it said if it failed, and nothing if it did not."""
    settings = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0"}
    done = subprocess.run(
        command, check=False, cwd=ROOT, env=settings, input="", capture_output=True, encoding="utf-8", errors="replace"
    )
    return f"{done.stdout}{done.stderr}".strip() or f"exit code {done.returncode}" if done.returncode else ""


def python(*arguments: str, folder: Path | None = ROOT) -> int:
    """Run the Python of .venv in a folder, on this terminal, and return its exit code."""
    told = {**os.environ, "COLLABCHECK_COMMAND": shlex.join(["python3", str(ROOT / "run.py")])}
    code = subprocess.run([PYTHON, *arguments], check=False, cwd=folder, env=told).returncode
    return code if code >= 0 else 128 - code


def say(text: str, code: int = 1) -> int:
    """Write a line to standard error and return the exit code."""
    print(text, file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
