"""Measure collabcheck and write RESULTS.md; README.md beside this file says how to read it.

python3 benchmarks/results.py            all of it: a quarter of an hour, and 5 GB of disk for made-up sheets
python3 benchmarks/results.py --quick    less of everything, in three minutes
"""

import argparse
import platform
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from os import cpu_count
from pathlib import Path

import cohorts
import startup
from measured import COMPARED, PYTHON, ROOT, Part, set_up

RESULTS = ROOT / "benchmarks" / "RESULTS.md"
VERSIONS_OF = ("collabcheck", "typer", "pydantic", "rich", "PyYAML", *COMPARED)
PARTS = ("startup", "cohorts")


def main() -> None:
    """Set up, measure and print; write too, if everything was measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds and fewer sheets")
    parser.add_argument("--only", choices=PARTS, help="measure one part, print it, and write nothing")
    given = parser.parse_args()
    set_up()
    parts = list(measured(given.only, quick=given.quick))
    text = "\n".join(page(parts, quick=given.quick)) + "\n"
    print(text)
    if not given.only:
        RESULTS.write_text(text, encoding="utf-8")


def measured(only: str | None, *, quick: bool) -> Iterator[Part]:
    """Yield the parts; the made-up sheets are gone when the last is done."""
    if only != "cohorts":
        yield startup.measure(rounds=9 if quick else 15)
    if only != "startup":
        amounts = cohorts.QUICK if quick else cohorts.FULL
        with tempfile.TemporaryDirectory(prefix="collabcheck-") as folder:
            sheets = cohorts.generate(amounts, Path(folder))
            yield cohorts.beside_loading(amounts, sheets)
            yield cohorts.growing(amounts, sheets)
            yield cohorts.one_sheet(amounts, sheets)


def page(parts: Sequence[Part], *, quick: bool) -> Iterator[str]:
    """Yield the lines of RESULTS.md."""
    aims = [aim for part in parts for aim in part.aims]
    missed = [aim.what for aim in aims if not aim.held]
    yield "# What it costs"
    yield ""
    yield f"Made by `benchmarks/results.py{' --quick' if quick else ''}`; [README.md](README.md) says how to read it."
    yield f"{machine()}"
    if quick:
        yield ""
        yield "This was a quick run: fewer rounds and fewer sheets than the aims speak of."
    yield ""
    yield f"Of {len(aims)} aims {len(aims) - len(missed)} are held{'. Not held:' if missed else '.'}"
    yield from ("", *(f"- {what}" for what in missed)) if missed else ()
    for part in parts:
        yield from part.text


def machine() -> str:
    """Say what the numbers depend on: cores, Python and the versions installed."""
    ask = "import sys, importlib.metadata as m; print(*map(m.version, sys.argv[1:]))"
    told = subprocess.run([PYTHON, "-c", ask, *VERSIONS_OF], check=True, capture_output=True, encoding="utf-8").stdout
    versions = ", ".join(f"{name} {version}" for name, version in zip(VERSIONS_OF, told.split(), strict=True))
    return f"{cpu_count()} cores, Python {platform.python_version()}; {versions}."


if __name__ == "__main__":
    main()
