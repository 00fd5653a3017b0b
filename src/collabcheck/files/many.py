"""Sheets by the hundred thousand: found one after the other, and read with no more than a batch of them in memory."""

import os
import re
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from glob import escape, has_magic, iglob
from io import BytesIO
from itertools import chain, islice
from typing import BinaryIO, Final

from collabcheck.characters import shown
from collabcheck.coding import Codes, codes_of
from collabcheck.files.recogniser import Recogniser, parsed
from collabcheck.files.sheets import SCHEMA, fitted
from collabcheck.files.source.reader import read_text
from collabcheck.files.source.text import LINES, MAX_BYTES, SHEETS, open_file, read_bytes
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError, Problem, of_whole_file

PER_BATCH: Final = 500
BYTES_PER_BATCH: Final = 4_000_000
"""A batch of lines ends there too: 500 sheets have half as many, and 500 lines from a stranger fifty times that."""
LONGEST: Final = 100_000_000
"""Bytes of a line: one that goes on is no sheet, and may never end."""
PER_SHEET: Final = 3
"""So many problems are told of one sheet: one who has thousands corrects the first and looks again."""


_SEPARATORS = re.escape(os.sep + (os.altsep or ""))
_ANY_DEPTH = re.compile(rf"(?:^|(?<=[{_SEPARATORS}]))\*\*(?:[{_SEPARATORS}]+|$)")


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
    """What it is called in problems."""
    source: str | bytes
    """Its path; or, of standard input, what it held."""
    start: int
    """Where in the source the first line begins, in bytes."""
    line: int
    """The number of that line in the file, from 1."""
    lines: int
    """How many lines there are; blank ones are no sheets."""
    first: int
    """The number of the first sheet in the cohort, from 1."""


Batch = Files | Lines


@dataclass(slots=True)
class Read:
    """What a batch holds."""

    codes: list[Codes] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """The number of each in the cohort; one that cannot be read leaves a gap."""
    organisations: list[str] = field(default_factory=list)
    """What each calls its organisation."""
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
            first = yield from _line_batches(name, stdin, first)
            continue
        waiting.append(name)
        if len(waiting) == PER_BATCH:
            yield Files(tuple(waiting), first)
            first += PER_BATCH
            waiting.clear()
    if waiting:
        yield Files(tuple(waiting), first)


def _found(names: Sequence[str]) -> Iterator[str]:
    """Yield each file once, whatever leads to it: those that are named, then what else is in the folders named."""
    named: set[str] = set()
    folders: dict[str, str] = {}
    for name in chain.from_iterable(map(_matches, dict.fromkeys(names))):
        real = name if name == "-" else os.path.realpath(name)
        if os.path.isdir(real):  # noqa: PTH112  never raises
            folders.setdefault(real, name)
        elif real not in named and os.path.basename(name) != SCHEMA:  # noqa: PTH119  there may be many
            named.add(real)
            yield name
    for real, name in folders.items():
        yield from _inside(name, real, named | folders.keys())


def _matches(name: str) -> Iterator[str]:
    """Yield what matches a pattern; the name itself if it is none, or if nothing does."""
    matches = matching(name) if has_magic(name) and not os.path.lexists(name) else iter(())
    yield next(matches, name)
    yield from matches


def matching(pattern: str) -> Iterator[str]:
    """Yield what matches a pattern, some of it twice; “**” follows no link to a folder, which may lead in a circle."""
    deep = _ANY_DEPTH.search(pattern)
    if not deep:
        yield from iglob(pattern)  # noqa: PTH207  a Path has no patterns that begin at the root
        return
    above, below = pattern[: deep.start()], pattern[deep.end() :] or "*"
    for top in iglob(above) if above else [os.curdir]:  # noqa: PTH207  the same
        for folder, inside, _ in os.walk(top):
            inside[:] = [name for name in inside if not name.startswith(".")]
            for path in matching(os.path.join(escape(folder), below)):  # noqa: PTH118  there may be many
                if not (os.path.islink(path) and os.path.isdir(path)):  # noqa: PTH112, PTH114  never raises
                    yield path


def _inside(folder: str, real: str, named: Collection[str]) -> Iterator[str]:
    """Yield the sheets in a folder and the folders in it, as the disk gives them: sorting takes all names at once.

    What is `named` by its real path is not looked at here.
    """
    waiting = [(folder, real)]
    while waiting:
        folder, real = waiting.pop()
        for entry in _entries(folder):
            link = entry.is_symlink()
            here = os.path.realpath(entry.path) if link else os.path.join(real, entry.name)  # noqa: PTH118  ten times as quick
            if entry.name.startswith(".") or entry.name == SCHEMA or here in named:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, here))
            elif entry.name.lower().endswith(SHEETS + LINES) and (link or entry.is_file()):
                yield entry.path


def _entries(folder: str) -> Iterator["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError as error:
        raise _cannot_read(folder, error) from error


def _cannot_read(name: str, error: OSError) -> CollabcheckError:
    message = f"it cannot be opened: the system says “{error.strerror or error}”"
    return of_whole_file(shown(name), Code.CANNOT_READ, message, "Check that you may read it.")


def _line_batches(name: str, stdin: BinaryIO, first: int) -> Generator[Lines, None, int]:
    """Yield the lines of a file by the batch, and return the number of the sheet after them.

    They are only said where they are, for whoever reads them to open; but standard input can be read just once.
    """
    line, start, fed = 1, 0, name == "-"
    called = "standard input" if fed else shown(name)
    with nullcontext(stdin) if fed else _opened(name) as file:
        while lines := _some(called, file):
            yield Lines(called, b"".join(lines) if fed else name, start, line, len(lines), first)
            line += len(lines)
            first += sum(map(_is_sheet, lines))
            start = 0 if fed else file.tell()
    return first


def _opened(name: str) -> BinaryIO:
    return os.fdopen(open_file(shown(name), name), "rb")


def _some(name: str, file: BinaryIO) -> list[bytes]:
    """Take the lines of one batch."""
    taken: list[bytes] = []
    size = 0
    try:
        for line in islice(_lines(name, file), PER_BATCH):
            taken.append(line)
            size += len(line)
            if size > BYTES_PER_BATCH:
                break
    except OSError as error:
        raise _cannot_read(name, error) from error
    return taken


def _lines(name: str, file: BinaryIO) -> Iterator[bytes]:
    """Yield lines, each with the sign at its end; of one that is too long, only a beginning that is too long too."""
    while line := file.readline(MAX_BYTES + 2):
        rest, size = line, len(line)
        while len(rest) > MAX_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(MAX_BYTES + 2)
            size += len(rest)
            if size > LONGEST:
                message = f"a line has more than {LONGEST:,} bytes, and may never end"
                raise of_whole_file(name, Code.TOO_BIG, message, "Check that this is a file of answer sheets.")
        yield line if line.endswith(b"\n") else line + b"\n"


def _is_sheet(line: bytes) -> bool:
    return not line.isspace() or len(line) > MAX_BYTES


# Reading.


def read(pack: Pack, recogniser: Recogniser, batch: Batch) -> Read:
    """Read a batch. What is wrong with a sheet is told and does not stop the others."""
    found = Read()
    for number, (name, line, given) in enumerate(_each(batch), start=batch.first):
        try:
            codes, organisation, aside = _codes(pack, recogniser, name, given)
            found.aside += aside
            found.codes.append(codes)
            found.numbers.append(number)
            found.organisations.append(organisation)
        except CollabcheckError as error:
            found.bad += 1
            found.problems += _told(error, line)
    return found


def _codes(pack: Pack, recogniser: Recogniser, name: str, given: str | bytes) -> tuple[Codes, str, bool]:
    """Read a sheet, from a file or as it is: its codes, its organisation, and whether answers are kept and not used."""
    raw = read_bytes(name, given) if isinstance(given, str) else given
    if not isinstance(given, str) or given.lower().endswith(".json"):
        if (data := parsed(raw)) and (codes := recogniser.codes_of(data)):
            return codes, data["organisation"], False
        document = read_text(name, raw, "json")
    else:
        document = read_text(name, raw, "yaml")
        if isinstance(document.data, dict) and (codes := recogniser.codes_of(document.data)):
            return codes, document.data["organisation"], False
    sheet = fitted(pack, document)
    return codes_of(pack, sheet.replies), sheet.organisation, bool(sheet.set_aside)


def _each(batch: Batch) -> Iterator[tuple[str, int, str | bytes]]:
    """Yield the sheets of a batch: what its file is called, its line if it is one, and its path or the sheet itself."""
    match batch:
        case Files(names):
            yield from ((shown(name), 0, name) for name in names)
        case Lines(file=file, line=first):
            yield from (
                (file, number, line) for number, line in enumerate(_read_again(batch), first) if _is_sheet(line)
            )


def _read_again(batch: Lines) -> Iterator[bytes]:
    """Yield the lines of a batch from its source."""
    with BytesIO(batch.source) if isinstance(batch.source, bytes) else _opened(batch.source) as file:
        file.seek(batch.start)
        lines = 0
        for line in islice(_lines(batch.file, file), batch.lines):
            yield line
            lines += 1
    if lines < batch.lines:
        message = "it was cut short while it was being read"
        raise of_whole_file(batch.file, Code.CANNOT_READ, message, "Run it again once nothing writes to it.")


def _told(error: CollabcheckError, line: int) -> Iterator[Problem]:
    """Yield the first problems of a sheet; one that is a line has them in that line."""
    for problem in error.problems[:PER_SHEET]:
        at = replace(problem.place, line=line, column=max(problem.place.column, 1)) if line else problem.place
        yield replace(problem, place=at)
