"""Write the corpus of bad files into a folder, or run every one by itself and say what it costs.

    python tools/bad_files.py --write DIR
    python tools/bad_files.py

Each command is started anew here, as people start it; the tests fork, which is quicker.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from hostile.cases import Case
from hostile.corpus import CASES, READ_ALL_THE_SAME, SHUT, prepare

_SHOWN = 5


def main() -> bool:
    """Do what the command line says; return whether a file ended with another code than it should."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, metavar="DIR", help="only write the files, each in a folder of its own")
    folder = parser.parse_args().write
    if folder:
        for number, case in enumerate(CASES, start=1):
            prepare(case, folder / f"{number:03} {case.name}".replace("/", "-"))
        return False
    cases = [case for case in CASES if not (READ_ALL_THE_SAME and case in SHUT)]
    ran = [_run(case) for case in cases]
    wrong = [(case, code) for case, (code, *_) in zip(cases, ran, strict=True) if code != case.code]
    sys.stdout.write(f"{len(cases)} files; {len(wrong)} ended with another code than they should\n")
    sys.stdout.writelines(f"  {code} and not {case.code}: {case.name}\n" for case, code in wrong)
    for what, number, by in (
        ("slowest, in seconds of the processor", 1, 1.0),
        ("slowest, in seconds", 2, 1.0),
        ("largest, in megabytes", 3, 1e6),
    ):
        sys.stdout.write(f"{what}:\n")
        order = sorted(zip(cases, ran, strict=True), key=lambda pair: pair[1][number], reverse=True)
        sys.stdout.writelines(f"  {one[number] / by:6.2f}  {case.name}\n" for case, one in order[:_SHOWN])
    return bool(wrong)


def _run(case: Case) -> tuple[int, float, float, int]:
    """Return the exit code, the seconds of the processor and of the clock, and the bytes of memory."""
    with TemporaryDirectory() as name, open(os.devnull, "r+b") as nothing:  # noqa: PTH123  a device
        folder = Path(name) / "one"
        prepare(case, folder)
        with (folder / "bad.txt").open("rb") if case.reader.fed else open(os.devnull, "rb") as fed:  # noqa: PTH123  a device
            begun = perf_counter()
            command = [sys.executable, "-m", "collabcheck", *case.reader.command]
            process = subprocess.Popen(command, cwd=folder, stdin=fed, stdout=nothing, stderr=nothing)  # noqa: S603
            _, status, used = os.wait4(process.pid, 0)
            took = perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime, took, used.ru_maxrss * 1024


if __name__ == "__main__":
    sys.exit(main())
