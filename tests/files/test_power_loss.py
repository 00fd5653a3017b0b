"""A model of a disk that loses its power: whatever it had kept back by then, the sheet is old or new."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from builders import a_pack, a_sheet

from collabcheck.files.keeping import open_sheet
from collabcheck.files.sheets import sheet_text
from collabcheck.problems import Code, CollabcheckError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be flushed there")

PACK = a_pack()
SHEETS = [a_sheet(PACK, q1="some"), a_sheet(PACK, q1="some", q2="most"), a_sheet(PACK, q1="all", q2="most")]
TEXTS = [sheet_text(PACK, sheet, json=False).encode() for sheet in SHEETS]
NAME, COPY = "sheet.yaml", "sheet (conflict 1).yaml"
PIECES = 3
"""So many calls a text is written in: a disk may keep each of them back."""


# What is asked of the disk.


@dataclass(frozen=True)
class Create:
    """A new file, empty."""

    name: str
    file: int


@dataclass(frozen=True)
class Write:
    """Bytes at the end of a file."""

    file: int
    data: bytes


@dataclass(frozen=True)
class Sync:
    """A file is flushed."""

    file: int


@dataclass(frozen=True)
class Name:
    """A name is given to another file, or to none."""

    name: str
    file: int | None


@dataclass(frozen=True)
class SyncFolder:
    """The names are flushed."""


@dataclass(frozen=True)
class Saved:
    """`save` has returned: the next question is asked."""


Step = Create | Write | Sync | Name | SyncFolder | Saved


class Recorder:
    """Lets all calls through, and writes down what they ask of the disk."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.steps: list[Step] = []
        self._files: dict[str, int] = {}
        self._open: dict[int, int | None] = {}  # which file; none for a folder
        self._real: dict[str, Any] = {name: getattr(os, name) for name in ("open", "write", "fsync", "replace")}
        self._real |= {name: getattr(os, name) for name in ("unlink", "link")}
        for name in self._real:
            patch.setattr(os, name, getattr(self, name))
        for name in ("rename", "ftruncate", "truncate", "symlink", "mkdir"):
            patch.setattr(os, name, None)  # not in the model

    def open(self, path: Any, flags: int, mode: int = 0o777) -> int:
        """Open a file; note it if it is new."""
        descriptor: int = self._real["open"](path, flags, mode)
        name = Path(path).name
        if flags & os.O_CREAT and name not in self._files:
            self._files[name] = len(self.steps)
            self.steps.append(Create(name, self._files[name]))
        self._open[descriptor] = None if Path(path).is_dir() else self._files.get(name)
        return descriptor

    def write(self, descriptor: int, data: Any) -> int:
        """Write a piece, and leave the rest to another call."""
        written: int = self._real["write"](descriptor, data[: max(len(TEXTS[0]) // PIECES, 1)])
        file = self._open[descriptor]
        assert file is not None
        self.steps.append(Write(file, bytes(data[:written])))
        return written

    def fsync(self, descriptor: int) -> None:
        """Flush a file, or the folder."""
        file = self._open[descriptor]
        self.steps.append(SyncFolder() if file is None else Sync(file))

    def replace(self, source: Any, target: Any) -> None:
        """Give a file the name of another."""
        self._real["replace"](source, target)
        file = self._files.pop(Path(source).name)
        self._files[Path(target).name] = file
        self.steps += [Name(Path(target).name, file), Name(Path(source).name, None)]

    def link(self, source: Any, target: Any) -> None:
        """Give a file a second name."""
        self._real["link"](source, target)
        self._files[Path(target).name] = self._files[Path(source).name]
        self.steps.append(Name(Path(target).name, self._files[Path(source).name]))

    def unlink(self, path: Any) -> None:
        """Take a name away."""
        self._real["unlink"](path)
        self._files.pop(Path(path).name, None)
        self.steps.append(Name(Path(path).name, None))


# What a disk may have kept back.

Content = bytes | None
"""What stands under a name; none if there is no such name."""


def after_a_loss(steps: Sequence[Step], name: str) -> set[Content]:
    """Return everything that may stand under a name when the power goes after these steps.

    Each change of a name since the folder was flushed may be on the disk or not, whatever came before or after it.
    Each piece of a file since that was flushed may be there, be cut short, be missing, or be room filled with zeros or
    with what was there before; in any combination.
    """
    return {content for file in files_under(steps, name) for content in contents(steps, file)}


def files_under(steps: Sequence[Step], name: str) -> set[int | None]:
    """Return the files that a name may stand for."""
    possible: set[int | None] = {None}
    last: int | None = None
    for step in steps:
        match step:
            case Create(named, file) | Name(named, file) if named == name:
                last = file
                possible = possible | {file}
            case SyncFolder():
                possible = {last}
            case _:
                pass
    return possible


def contents(steps: Sequence[Step], file: int | None) -> set[Content]:
    """Return what a file may hold."""
    if file is None:
        return {None}
    safe, pieces = b"", list[bytes]()
    for step in steps:
        match step:
            case Write(written, data) if written == file:
                pieces.append(data)
            case Sync(flushed) if flushed == file:
                safe, pieces = safe + b"".join(pieces), []
    return {safe + together(pieces, fates) for fates in product(FATES, repeat=len(pieces))}


FATES: tuple[Callable[[bytes], bytes | None], ...] = (
    lambda data: data,
    lambda data: data[: len(data) // 2],
    lambda data: bytes(len(data)),
    lambda data: b"\xa5" * len(data),
    lambda _: None,
)
"""What may become of a piece."""


def together(pieces: Sequence[bytes], fates: Sequence[Callable[[bytes], bytes | None]]) -> bytes:
    """Put pieces in their places; where one is missing or short before another, there are zeros."""
    content, end = b"", 0
    for piece, fate in zip(pieces, fates, strict=True):
        kept = fate(piece)
        if kept is not None:
            content = content.ljust(end, b"\0") + kept
        end += len(piece)
    return content


def losses(steps: Sequence[Step], name: str, texts: Sequence[Content]) -> tuple[int, list[str]]:
    """Cut the power after every step; return how many states were looked at, and which were neither old nor new.

    Of the texts the first is what was there before, and one more is confirmed each time `save` returns.
    """
    looked, wrong = 0, list[str]()
    for cut in range(len(steps) + 1):
        confirmed = sum(isinstance(step, Saved) for step in steps[:cut])
        at_rest = not cut or isinstance(steps[cut - 1], Saved)
        allowed = texts[confirmed : confirmed + (1 if at_rest else 2)]
        states = after_a_loss(steps[:cut], name)
        looked += len(states)
        wrong += [f"after step {cut}: {state!r}" for state in states if state not in allowed]
    return looked, wrong


def a_recording(folder: Path, patch: pytest.MonkeyPatch) -> list[Step]:
    """Return what the disk is asked for while a new sheet is opened, saved some times, and closed."""
    with patch.context() as inside:
        recorder = Recorder(inside)
        with open_sheet(PACK, folder / NAME, now="noon") as store:
            for sheet in SHEETS:
                store.save(sheet)
                recorder.steps.append(Saved())
    return recorder.steps


def test_after_any_loss_of_power_the_sheet_is_old_or_new_and_after_a_save_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = a_recording(tmp_path, monkeypatch)
    assert sum(isinstance(step, Saved) for step in steps) == len(TEXTS)
    looked, wrong = losses(steps, NAME, [None, *TEXTS])
    assert not wrong
    assert looked >= len(steps)


def test_so_is_a_sheet_that_somebody_else_changed_and_the_answers_beside_it_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        recorder = Recorder(patch)
        with open_sheet(PACK, tmp_path / NAME, now="noon") as store:
            store.save(SHEETS[0])
            recorder.steps.append(Saved())
            (tmp_path / NAME).write_text("theirs", "utf-8")
            with pytest.raises(CollabcheckError) as caught:
                store.save(SHEETS[1])
    assert caught.value.problems[0].code is Code.CHANGED_UNDERNEATH
    steps = recorder.steps
    first = steps.index(Saved()) + 1
    assert not [step for step in steps[first:] if isinstance(step, Name | Create) and step.name == NAME]
    assert after_a_loss(steps, COPY) == {TEXTS[1]}
    assert all(after_a_loss(steps[:cut], COPY) <= {None, b"", TEXTS[1]} for cut in range(len(steps) + 1))


# The model can fail.


def without(kind: type) -> Callable[[list[Step]], list[Step]]:
    return lambda steps: [step for step in steps if not isinstance(step, kind)]


def flushed_too_late(steps: list[Step]) -> list[Step]:
    """Flush each file only after it has its name."""
    late: list[Step] = []
    kept: list[Step] = []
    for step in steps:
        if isinstance(step, Sync):
            kept.append(step)
            continue
        if isinstance(step, SyncFolder):
            late += kept
            kept = []
        late.append(step)
    return late


def written_in_place(steps: list[Step]) -> list[Step]:
    """Write into the file itself, without a second file and a change of names."""
    new = next(step.file for step in steps if isinstance(step, Name) and step.name == NAME and step.file is not None)
    return [Create(NAME, new), *(step for step in steps if isinstance(step, Write | Sync | SyncFolder | Saved))]


@pytest.mark.parametrize(
    ("mistake", "seen_as"),
    [
        (without(Sync), "\\xa5"),
        (without(SyncFolder), "None"),
        (flushed_too_late, "\\x00"),
        (written_in_place, "\\x00"),
    ],
    ids=["file not flushed", "folder not flushed", "flushed too late", "written in place"],
)
def test_the_model_sees_a_save_that_leaves_something_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mistake: Callable[[list[Step]], list[Step]], seen_as: str
) -> None:
    _, wrong = losses(mistake(a_recording(tmp_path, monkeypatch)), NAME, [None, *TEXTS])
    assert any(seen_as in state for state in wrong)
