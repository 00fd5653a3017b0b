"""What it costs to score one sheet once the program runs, beside a bare loop in plain Python.

python benchmarks/one_sheet.py FILE.jsonl SHEETS ROUNDS    prints the microseconds a sheet of every round, as JSON
"""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from collabcheck.answers import AnswerSheet, Chose
from collabcheck.coding import Codes, codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.files.many import PER_BATCH
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import sheet_from
from collabcheck.pack import Pack
from collabcheck.problems import CollabcheckError
from collabcheck.scoring import points, score


def main(file: str, sheets: str, rounds: str) -> None:
    """Measure all three in every round, after a first round that does not count."""
    pack = load_pack()
    given = list(islice(readable(pack, Path(file)), int(sheets)))
    weights = [weight for links in pack.informing.values() for _, weight in links]
    values, codes = [worth(pack, sheet) for sheet in given], [codes_of(pack, sheet.replies) for sheet in given]
    counting = Counting(pack)
    found: dict[str, list[float]] = {"bare": [], "score": [], "count": []}
    for number in range(int(rounds) + 1):
        taken = bare(weights, values), scored(pack, given), counted(counting, codes)
        if number:
            for times, seconds in zip(found.values(), taken, strict=True):
                times.append(1e6 * seconds / len(given))
    print(json.dumps({"weights": len(weights), **found}))


def readable(pack: Pack, file: Path) -> Iterator[AnswerSheet]:
    """Yield the sheets of a file that are as they should be."""
    with file.open("rb") as lines:
        for line in lines:
            try:
                yield sheet_from(pack, file.name, line, "json")
            except CollabcheckError:
                continue


def worth(pack: Pack, sheet: AnswerSheet) -> list[int]:
    """Return what a sheet’s answers are worth, question by question and factor by factor; 0 for what is no choice."""
    replies = [(question, sheet.replies.get(question.id)) for links in pack.informing.values() for question, _ in links]
    return [points(question, reply) if isinstance(reply, Chose) else 0 for question, reply in replies]


def bare(weights: Sequence[int], sheets: Iterable[Sequence[int]]) -> float:
    """Return the seconds for one multiplication and one addition a weight."""
    begun = time.process_time()
    for values in sheets:
        total = 0
        for weight, value in zip(weights, values, strict=True):
            total += weight * value
    return time.process_time() - begun


def scored(pack: Pack, sheets: Iterable[AnswerSheet]) -> float:
    """Return the seconds for scoring sheets with all that a report needs."""
    begun = time.process_time()
    for sheet in sheets:
        score(pack, sheet)
    return time.process_time() - begun


def counted(counting: Counting, codes: Sequence[Codes]) -> float:
    """Return the seconds for counting sheets as `cohort` does."""
    begun = time.process_time()
    for first in range(0, len(codes), PER_BATCH):
        counting.count(codes[first : first + PER_BATCH])
    return time.process_time() - begun


if __name__ == "__main__":
    main(*sys.argv[1:])
