"""Sheets by the hundred thousand: found one after the other, and read with no more than a batch of them in memory."""

import os
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from glob import has_magic, iglob
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from collabcheck.characters import visible
from collabcheck.coding import Codes, codes_of
from collabcheck.files.recogniser import Recogniser
from collabcheck.files.sheets import SCHEMA, sheet_from
from collabcheck.files.source.text import MAX_BYTES, read_bytes
from collabcheck.pack import Pack
from collabcheck.problems import CollabcheckError, Place, Problem

SHEETS: Final = (".yaml", ".yml", ".json")
LINES: Final = (".jsonl", ".ndjson")
"""What files end in that hold a sheet in JSON in every line."""

PER_BATCH: Final = 500
PER_SHEET: Final = 3
"""So many problems are told of one sheet: one who has thousands corrects the first and looks again."""


@dataclass(frozen=True, slots=True)
class Files:
    """Sheets that each are a file."""

    names: tuple[str, ...]
    first: int
    """The number of the first one in the cohort, from 1."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Sheets that each are a line of one file."""

    file: str
    lines: tuple[tuple[int, bytes], ...]
    """With their numbers, from 1; blank ones left out."""
    first: int
    """The number of the first one in the cohort, from 1."""


Batch = Files | Lines


@dataclass(slots=True)
class Read:
    """What a batch holds."""

    codes: list[Codes] = field(default_factory=list)
    aside: int = 0
    """How many of them have answers that are kept and not used, because the pack has changed."""
    bad: int = 0
    """How many others cannot be read."""
    problems: list[Problem] = field(default_factory=list)
    """Why, with at most PER_SHEET for each."""


# Finding.


def batches(names: Sequence[str], stdin: BinaryIO) -> Iterator[Batch]:
    """Yield the sheets of files, folders with all that is in them, patterns such as "2026/*.json", and of “-”."""
    waiting: list[str] = []
    first = 1
    for name in _found(names):
        if name == "-" or (name.lower().endswith(LINES) and os.path.isfile(name)):  # noqa: PTH113  never raises
            for batch in _line_batches(name, stdin, first):
                yield batch
                first += len(batch.lines)
            continue
        waiting.append(name)
        if len(waiting) == PER_BATCH:
            yield Files(tuple(waiting), first)
            first += PER_BATCH
            waiting.clear()
    if waiting:
        yield Files(tuple(waiting), first)


def _found(names: Sequence[str]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        if os.path.isdir(name):  # noqa: PTH112  the same
            yield from _inside(name)
        elif has_magic(name) and not os.path.lexists(name):
            yield from iglob(name, recursive=True)  # noqa: PTH207  a Path has no patterns that begin at the root
        else:
            yield name


def _inside(folder: str) -> Iterator[str]:
    """Yield the sheets in a folder and the folders in it, as the disk gives them: sorting takes all names at once."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name == SCHEMA:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _inside(entry.path)
            elif entry.name.lower().endswith(SHEETS + LINES) and entry.is_file():
                yield entry.path


def _line_batches(name: str, stdin: BinaryIO, first: int) -> Iterator[Lines]:
    with nullcontext(stdin) if name == "-" else Path(name).open("rb") as file:
        numbered = _numbered(file)
        while lines := tuple(islice(numbered, PER_BATCH)):
            yield Lines("standard input" if name == "-" else visible(name), lines, first)
            first += len(lines)


def _numbered(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank. Of one that is too long only the beginning is kept, which is too long too."""
    number = 0
    while line := file.readline(MAX_BYTES + 2):
        number += 1
        yield from [(number, line)] if line.strip() else ()
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = file.readline(MAX_BYTES + 2)


# Reading.


def read(pack: Pack, recogniser: Recogniser, batch: Batch) -> Read:
    """Read a batch. What is wrong with a sheet is told and does not stop the others."""
    found = Read()
    for place, given in _each(batch):
        try:
            raw = read_bytes(place.file, Path(given)) if isinstance(given, str) else given
            in_json = not isinstance(given, str) or given.lower().endswith(".json")
            codes = recogniser.codes(raw) if in_json else None
            if codes is None:
                sheet = sheet_from(pack, place.file, raw, "json" if in_json else "yaml")
                codes = codes_of(pack, sheet.replies)
                found.aside += bool(sheet.set_aside)
            found.codes.append(codes)
        except CollabcheckError as error:
            found.bad += 1
            found.problems += _told(error, place)
    return found


def _each(batch: Batch) -> Iterator[tuple[Place, str | bytes]]:
    """Yield the sheets of a batch: where each stands, and the name of its file or the sheet itself."""
    match batch:
        case Files(names):
            yield from ((Place(visible(name)), name) for name in names)
        case Lines(file, lines):
            yield from ((Place(file, number, 1), line) for number, line in lines)


def _told(error: CollabcheckError, place: Place) -> Iterator[Problem]:
    """Yield the first problems of a sheet; one that is a line has them in that line."""
    for problem in error.problems[:PER_SHEET]:
        at = (
            replace(problem.place, line=place.line, column=max(problem.place.column, 1))
            if place.line
            else problem.place
        )
        yield replace(problem, place=at)
