"""What it costs to sum up the sheets of many organisations, beside only loading the same files."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

from measured import COLLABCHECK, PYTHON, ROOT, Aim, Part, Used, ratios, run, surroundings

GENERATE, ONE_SHEET = (str(ROOT / "benchmarks" / name) for name in ("generate.py", "one_sheet.py"))
LOAD_FILES = """\
import json, os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            json.load(file)
"""
LOAD_LINES = """\
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    for line in file:
        try:
            json.loads(line)
        except ValueError:
            pass
"""
LOAD_YAML = """\
import os, sys, yaml
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            yaml.load(file, yaml.CSafeLoader)
"""
MOST_MB, MOST_APART = 60, 5
"""How much memory one process may take, and how much that may differ from one size of cohort to another."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much is measured."""

    json: int
    """Files in JSON."""
    yaml: int
    """Files in YAML."""
    lines: int
    """Lines that are compared with only loading them."""
    sizes: tuple[int, ...]
    """Lines in a cohort: as few as can be, then more and more."""
    rounds: int
    scored: int
    """Sheets that are scored in one process."""


FULL = Amounts(100_000, 20_000, 100_000, (10, 1_000, 10_000, 100_000, 1_000_000), 5, 2_000)
QUICK = Amounts(20_000, 2_000, 50_000, (10, 1_000, 10_000, 50_000), 3, 500)


@dataclass(frozen=True, slots=True)
class Sheets:
    """Where made-up sheets stand."""

    json: str
    yaml: str
    lines: Mapping[int, str]
    """Files by the number of their lines."""


def generate(amounts: Amounts, folder: Path) -> Sheets:
    """Make sheets up. The shorter files hold the first lines of the longest."""
    longest = folder / "all.jsonl"
    wanted = ((amounts.sizes[-1], longest), (amounts.json, folder / "json"), (amounts.yaml, folder / "yaml", "--yaml"))
    commands = [[PYTHON, GENERATE, *map(str, words)] for words in wanted]
    begun = [subprocess.Popen(command, env=surroundings()) for command in commands]
    if sum(process.wait() for process in begun):
        sys.exit("No sheets could be made up.")
    lines = {size: beginning(longest, size) for size in sorted({amounts.lines, *amounts.sizes[:-1]})}
    return Sheets(str(folder / "json"), str(folder / "yaml"), {**lines, amounts.sizes[-1]: str(longest)})


def beginning(file: Path, lines: int) -> str:
    """Write the first lines of a file into one of their own and return its name."""
    shorter = file.with_name(f"{lines}.jsonl")
    with file.open("rb") as whole, shorter.open("wb") as part:
        part.writelines(islice(whole, lines))
    return str(shorter)


def cohort(path: str, *options: str, watch: bool = False) -> Used:
    """Run `collabcheck cohort`."""
    return run(COLLABCHECK, "cohort", path, "--skip-bad", *options, watch=watch)


# Beside loading.


@dataclass(frozen=True, slots=True)
class Beside:
    """The same sheets loaded only, and summed up."""

    what: str
    sheets: int
    path: str
    program: str
    """What only loads them."""
    loader: str
    most: float
    """So many times the processor time of only loading is the aim."""

    def measure(self, rounds: int) -> tuple[str, Aim]:
        """Run both once in every round, after a first round that does not count; return a row and what was found."""
        pairs = [(run(PYTHON, "-c", self.program, self.path), cohort(self.path)) for _ in range(rounds + 1)][1:]
        loaded, summed = zip(*pairs, strict=True)
        found = ratios(processor(summed), processor(loaded))
        each = (f"{1000 * median(processor(side)) / self.sheets:.1f}" for side in (loaded, summed))
        row = f"| {self.sheets:,} {self.what} | {' | '.join(each)} | {clock(summed):.1f} |"
        return row, Aim(f"cohort over {self.sheets:,} {self.what} ÷ {self.loader}", self.most, found)


def beside_loading(amounts: Amounts, sheets: Sheets) -> Part:
    """Compare with only loading, in the three ways in which sheets come."""
    ways = (
        Beside("files in JSON", amounts.json, sheets.json, LOAD_FILES, "json.load", 2.5),
        Beside("lines of JSON", amounts.lines, sheets.lines[amounts.lines], LOAD_LINES, "json.loads", 3),
        Beside("files in YAML", amounts.yaml, sheets.yaml, LOAD_YAML, "CSafeLoader", 1.3),
    )
    rows, aims = zip(*(way.measure(amounts.rounds) for way in ways), strict=True)
    head = (
        "Every sheet is checked in full and scored. The start of the program and the report are counted too.",
        f"Processor time; each was run {amounts.rounds} times, in turn with the other.",
        "",
        "| Sheets | Only loaded, µs each | Summed up, µs each | Summed up, s on the clock |",
        "|---|--:|--:|--:|",
    )
    return Part("A cohort beside only loading the same files", [*head, *rows], aims)


def processor(used: Iterable[Used]) -> list[float]:
    """Return the milliseconds of the processors."""
    return [one.processor for one in used]


def clock(used: Iterable[Used]) -> float:
    """Return the seconds on the clock."""
    return median(one.clock for one in used) / 1000


# Growing.

Runs = Mapping[tuple[int, int], list[Used]]
"""What was used, by the number of sheets and of processes."""


def growing(amounts: Amounts, sheets: Sheets) -> Part:
    """Sum up more and more sheets, with one process and with two."""
    runs: dict[tuple[int, int], list[Used]] = {(size, many): [] for many in (1, 2) for size in amounts.sizes}
    often = {size: min(max(amounts.sizes[-1] // (3 * size), 1), 5 * amounts.rounds) for size in amounts.sizes}
    for number in range(max(often.values())):
        for (size, many), used in runs.items():
            if number < often[size]:
                used.append(cohort(sheets.lines[size], "--processes", str(many), watch=True))
    return Part("A cohort that grows", list(table(amounts, runs)), list(aims_of_growing(amounts, runs)))


def table(amounts: Amounts, runs: Runs) -> Iterator[str]:
    """Yield what each number of sheets took."""
    least, *_, most = amounts.sizes
    yield "Lines of JSON. Largest: the most memory that one process had (resident set), as the system counts it."
    yield "Together: the most that was seen of all processes at once, what they share counted once."
    yield ""
    yield "| Sheets | Processes | Runs | Processor, s | Clock, s | More a sheet, µs | Largest, MB | Together, MB |"
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|"
    for (size, many), used in runs.items():
        each = f"{1000 * median(marginal(runs, size, many)):.1f}" if size > least else ""
        times = f"{median(processor(used)) / 1000:.2f} | {clock(used):.2f} | {each}"
        yield f"| {size:,} | {many} | {len(used)} | {times} | {largest(used):.1f} | {together(used)} |"
    yield ""
    gain = clock(runs[most, 1]) / clock(runs[most, 2])
    yield f"More a sheet: processor time beyond that for {least} sheets, which stands for the start and the report."
    yield f"With two processes {most:,} sheets are done {gain:.2f} times as fast."


def aims_of_growing(amounts: Amounts, runs: Runs) -> Iterator[Aim]:
    """Yield how memory and the cost of a sheet grow."""
    _, few, *_, many = amounts.sizes
    cost = median(marginal(runs, many, 1))
    yield Aim(
        f"a sheet of {many:,} ÷ a sheet of {few:,}, one process", 1.1, [cost / one for one in marginal(runs, few, 1)]
    )
    peaks = [[largest(runs[size, count]) for size in amounts.sizes[1:]] for count in (1, 2)]
    yield Aim("memory of the largest process of all, MB", MOST_MB, [max(map(max, peaks))])
    for count, sizes in enumerate(peaks, start=1):
        what = f"how far that differs from {few:,} to {many:,} sheets, {count} at work, MB"
        yield Aim(what, MOST_APART, [max(sizes) - min(sizes)])


def marginal(runs: Runs, size: int, many: int) -> list[float]:
    """Return the milliseconds of each sheet beyond those of the smallest cohort, which stands for the start."""
    least = min(size for size, _ in runs)
    starts, whole = processor(runs[least, many]), processor(runs[size, many])
    taken = starts[: len(whole)] if len(whole) > 1 else [median(starts)]
    return [(all_ - start) / (size - least) for all_, start in zip(whole, taken, strict=True)]


def largest(used: Iterable[Used]) -> float:
    """Return the size of the largest process, in MB."""
    return median(one.largest for one in used)


def together(used: Iterable[Used]) -> str:
    """Return the size of all processes together, in MB, where it is known."""
    seen = max(one.together for one in used)
    return f"{seen:.1f}" if seen else "not known"


# One sheet.


def one_sheet(amounts: Amounts, sheets: Sheets) -> Part:
    """Score and count sheets in one process, beside a bare loop."""
    words = (sheets.lines[amounts.lines], str(amounts.scored), str(5 * amounts.rounds))
    told = subprocess.run(
        [PYTHON, ONE_SHEET, *words], check=True, env=surroundings(), capture_output=True, encoding="utf-8"
    )
    found = json.loads(told.stdout)
    bare = found["bare"]
    lines = [
        f"{amounts.scored:,} sheets that have been read already, {len(bare)} times.",
        f"The bare loop multiplies and adds once for each of the {found['weights']} weights.",
        "",
        "| What | µs a sheet | Times the bare loop |",
        "|---|--:|--:|",
    ]
    for what, name in (("bare loop", "bare"), ("`score(pack, sheet)`", "score"), ("counting in a cohort", "count")):
        lines.append(f"| {what} | {median(found[name]):.1f} | {median(ratios(found[name], bare)):.1f} |")
    return Part("Scoring one sheet", lines)
