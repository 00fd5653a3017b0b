"""Many inputs for every reader, the same for the same seed: what came of them, and each that broke a promise."""

import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Final

from fuzzing.mutations import LONGEST, mutated
from fuzzing.readers import READERS, Reader, in_time, taken

ROUND: Final = 10_000
"""So many inputs are made from one beginning; rounds can be done in any order, and by any process."""

_POOL: Final = 40
"""So many inputs that were taken are kept to be changed further."""


@dataclass(frozen=True, slots=True)
class Find:
    """An input that broke a promise, and how."""

    reader: str
    raw: bytes
    why: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the inputs of one reader."""

    reader: str
    inputs: int
    taken: int
    finds: tuple[Find, ...]


def rounds(inputs: int, seed: int) -> Iterator[tuple[int, int, int]]:
    """Yield the rounds that so many inputs are: the seed, the number of the round, and its inputs."""
    for number, first in enumerate(range(0, inputs, ROUND)):
        yield seed, number, min(ROUND, inputs - first)


def run_round(seed: int, number: int, inputs: int) -> list[Tally]:
    """Give every reader its share of a round."""
    chance = Random(f"{seed} {number}")
    return [run(reader, part, chance) for reader, part in zip(READERS, parts(inputs), strict=True)]


def parts(inputs: int) -> list[int]:
    """Return the shares of all readers, which add up to all inputs."""
    shares = [reader.share for reader in READERS]
    ends = [inputs * sum(shares[:i]) // sum(shares) for i in range(len(shares) + 1)]
    return [end - start for start, end in pairwise(ends)]


def run(reader: Reader, inputs: int, chance: Random) -> Tally:
    """Give a reader inputs made from its seeds, and from those that it has taken."""
    pool: list[bytes] = list(reader.material.seeds)
    finds: list[Find] = []
    good = 0
    with in_time() as start:
        for _ in range(inputs):
            raw = mutated(chance.choice(pool), chance.choice(pool), reader.material, chance)
            start()
            outcome = attempt(reader, raw)
            if isinstance(outcome, Find):
                finds.append(outcome)
            elif outcome:
                good += 1
                _keep(raw, reader.material.seeds, pool, chance)
    return Tally(reader.name, inputs, good, tuple(finds))


def attempt(reader: Reader, raw: bytes) -> bool | Find:
    """Say whether a reader takes an input, or how it broke a promise."""
    try:
        return taken(reader, raw)
    except Exception:  # noqa: BLE001  any that is not our own is what we look for
        return Find(reader.name, raw, traceback.format_exc(limit=-6))


def _keep(raw: bytes, seeds: Sequence[bytes], pool: list[bytes], chance: Random) -> None:
    """Keep an input to be changed further, unless it grows; the seeds stay."""
    if len(raw) > min(LONGEST, 1.5 * max(map(len, seeds))):
        return
    if len(pool) < _POOL + len(seeds):
        pool.append(raw)
    else:
        pool[chance.randrange(len(seeds), len(pool))] = raw


def added(tallies: Sequence[Tally]) -> list[Tally]:
    """Return what came of all rounds, a line for each reader."""
    inputs, good = Counter[str](), Counter[str]()
    finds: dict[str, list[Find]] = {reader.name: [] for reader in READERS}
    for tally in tallies:
        inputs[tally.reader] += tally.inputs
        good[tally.reader] += tally.taken
        finds[tally.reader] += tally.finds
    return [Tally(name, inputs[name], good[name], tuple(found)) for name, found in finds.items()]
