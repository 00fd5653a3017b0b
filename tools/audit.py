"""Ask the public database of the Python Package Index whether a weakness is known in anything the program runs on.

    python3 tools/audit.py

It fails if one is known, and if anything could not be looked up. Where the database cannot be reached, it says so.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from release import everything

KNOWN_BAD = "jinja2==2.10"
"""Weaknesses of this are known since 2019: where none is told, it is the database that is not there."""

Asked = tuple[int, str, str]
"""What pip-audit exits with, and what it writes to standard output and to standard error."""


def main() -> int:
    """Ask, say what is known, and return the exit code."""
    if not answers(_ask([KNOWN_BAD])):
        sys.stdout.write("The database of known weaknesses was not reached: nothing was audited.\n")
        return 0
    needed = everything()
    code, lines = judge(_ask([f"{name}=={one.version}" for name, one in needed.items()], "--strict"), needed)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return code


def _ask(pins: Iterable[str], *more: str) -> Asked:
    options = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json", *more)
    with TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("".join(f"{pin}\n" for pin in pins), encoding="utf-8")
        done = subprocess.run(  # noqa: S603  our own
            [sys.executable, "-m", "pip_audit", *options, "--requirement", str(listed)],
            check=False,
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )
    if "No module named pip_audit" in done.stderr:
        raise SystemExit("pip-audit is not installed.")
    return done.returncode, done.stdout, done.stderr


def answers(asked: Asked) -> bool:
    """Say whether a weakness was told of what is known to have some."""
    return any(one.get("vulns") for one in _looked_up(asked[1]).values())


def judge(asked: Asked, names: Iterable[str]) -> tuple[int, list[str]]:
    """Return the exit code and what to say: all is well only if every package was looked up and nothing is known."""
    code, out, err = asked
    looked_up = _looked_up(out)
    found = [*_known(looked_up), *(f"{name} was not looked up" for name in names if name not in looked_up)]
    if found or code:
        return 1, [*found, *([err.strip()[-2000:]] if not looked_up else [])]
    return 0, [f"No weakness is known in any of {len(looked_up)} packages."]


def _looked_up(out: str) -> dict[str, Any]:
    try:
        return {one["name"]: one for one in json.loads(out)["dependencies"]}
    except ValueError:
        return {}


def _known(looked_up: dict[str, Any]) -> Iterator[str]:
    for name, one in looked_up.items():
        if "skip_reason" in one:
            yield f"{name} was not looked up: {one['skip_reason']}"
        for weakness in one.get("vulns", ()):
            mended = ", ".join(weakness["fix_versions"]) or "no version yet"
            yield f"{name} {one['version']}: {weakness['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
