"""Give every reader broken and made-up files, as many as you like, and say what came of them.

    python3 tools/fuzz.py --inputs 1000000 --seed 1 --processes 2

The inputs are the same for the same number and seed, however many processes there are. What breaks a promise is kept in
a folder, and named; the exit code is 1 then. The tests do the same with fewer inputs: tests/fuzzing.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from time import monotonic
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from fuzzing.running import ROUND, Find, Tally, added, rounds, run_round  # the path comes first

MEMORY: Final = 100_000_000
"""Bytes that a process may need beyond those that it has at its start; an input that needs more breaks a promise."""

FINDS: Final = Path(gettempdir()) / "collabcheck-finds"

TOLD: Final = 30
"""Seconds between two lines of progress."""


def main(words: Sequence[str] | None = None) -> int:
    """Run as many inputs as asked for and print a table; return 1 if any broke a promise."""
    wanted = _options().parse_args(words)
    tallies: list[Tally] = []
    start = told = monotonic()
    for done, of_round in enumerate(_rounds(wanted.inputs, wanted.seed, wanted.processes), start=1):
        tallies = added([*tallies, *of_round])
        for find in (find for one in of_round for find in one.finds):
            _say(f"{find.reader} broke a promise: {_kept(find, wanted.finds)}")
        if monotonic() - told > TOLD:
            told = monotonic()
            inputs = min(done * ROUND, wanted.inputs)
            left = (told - start) * (wanted.inputs / inputs - 1) / 60
            _say(f"{inputs:,} of {wanted.inputs:,}, {left:.0f} minutes left")
    _say("\n".join(_table(tallies)))
    _say(f"{wanted.inputs:,} inputs with the seed {wanted.seed} in {monotonic() - start:,.0f} seconds")
    return any(one.finds for one in tallies)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Give every reader broken and made-up files.")
    parser.add_argument("--inputs", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--processes", type=int, default=1, metavar="P")
    parser.add_argument(
        "--finds", type=Path, metavar="DIR", default=FINDS, help=f"where to keep what broke a promise; {FINDS}"
    )
    return parser


def _rounds(inputs: int, seed: int, processes: int) -> Iterator[list[Tally]]:
    """Yield what came of each round; a process that dies, as the parser of YAML once did, ends it all."""
    with ProcessPoolExecutor(processes, initializer=_limit_memory) as pool:
        yield from pool.map(run_round, *zip(*rounds(inputs, seed), strict=True))


def _limit_memory() -> None:
    """Let this process have no more memory than it may need, where the system can see to it."""
    with suppress(ImportError, OSError):
        import resource  # noqa: PLC0415  there is none on Windows

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _table(tallies: Sequence[Tally]) -> Iterator[str]:
    """Yield the lines of what is printed at the end."""
    yield f"{'Reader':<24}{'Inputs':>12}{'Refused':>12}{'Taken':>12}{'Exceptions':>12}"
    finds = tuple(find for one in tallies for find in one.finds)
    every = Tally("All", sum(one.inputs for one in tallies), sum(one.taken for one in tallies), finds)
    for one in (*tallies, every):
        broke = len(one.finds)
        yield f"{one.reader:<24}{one.inputs:>12,}{one.inputs - one.taken - broke:>12,}{one.taken:>12,}{broke:>12,}"


def _kept(find: Find, folder: Path) -> Path:
    """Write an input into the folder, and beside it how it broke a promise; return where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{re.sub('[^a-z]+', '-', find.reader.lower())}-{sha256(find.raw).hexdigest()[:12]}"
    path.write_bytes(find.raw)
    path.with_suffix(".txt").write_text(find.why, encoding="utf-8", errors="backslashreplace")
    return path


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
