"""Whatever call to the system fails while a sheet is open: it is old or new, and what was confirmed is in it."""

import errno
import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from builders import a_pack, a_sheet

from collabcheck.files.keeping import open_sheet
from collabcheck.files.sheets import sheet_text
from collabcheck.problems import Code, CollabcheckError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes, links and locks are different there")

CALLS = (
    *("open", "read", "write", "fsync", "close"),
    *("stat", "lstat", "fstat", "access", "readlink", "scandir", "fchmod"),
    *("replace", "rename", "link", "unlink"),
)
"""All calls that opening, saving, copying and closing make; `Path` and `tempfile` make theirs through them."""

PACK = a_pack()
SHEETS = [a_sheet(PACK), a_sheet(PACK, q1="some"), a_sheet(PACK, q1="some", q2="most")]
TEXTS = [sheet_text(PACK, sheet, json=False).encode() for sheet in SHEETS]
THEIRS = b"what somebody else wrote"
NAME, COPY = "sheet.yaml", "sheet (conflict 1).yaml"

THEIR_OPEN = io.open
"""For them nothing fails."""

Fault = Callable[[], BaseException]


@dataclass
class Faults:
    """Makes the n-th call fail, or from then on every call of that kind; counts and names the calls."""

    fault: Fault
    fail_at: int
    for_good: bool
    after: bool = False
    calls: int = 0
    failing: str = ""
    failed: bool = False

    def put_into(self, patch: pytest.MonkeyPatch) -> None:
        """Take the place of the system's calls."""
        for name in CALLS:
            patch.setattr(os, name, self._call(name, getattr(os, name)))
        patch.setattr(io, "open", self._call("open", io.open))

    def _call(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **more: object) -> object:
            self.calls += 1
            if self.calls == self.fail_at:
                self.failing = name
            elif not (self.for_good and name == self.failing):
                return None if name == "fsync" else real(*given, **more)  # what a disk does is not the question here
            self.failed = True
            self._half_done(name, real, given)
            raise self.fault()

        return call

    def _half_done(self, name: str, real: Callable[..., object], given: tuple[object, ...]) -> None:
        """Do what a call has done when it fails: a write has written a part; a file is closed all the same."""
        match name, given:
            case "write", (int(descriptor), memoryview() as data) if not self.after:
                real(descriptor, data[: len(data) // 2])
            case "close", _:
                real(*given)
            case "scandir", _:
                pass
            case _ if self.after:
                result = real(*given)
                if isinstance(result, io.IOBase):
                    result.close()
            case _:
                pass


def error(number: int) -> Fault:
    return lambda: OSError(number, os.strerror(number))


# Whole lives of an open sheet.


@dataclass
class Life:
    """What came of a sheet while it was open: what was on disk before, and how many saves were confirmed."""

    path: Path
    texts: list[bytes | None]
    confirmed: int = 0
    told: list[BaseException] = field(default_factory=list)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (CollabcheckError, OSError, KeyboardInterrupt) as error_:
            self.told.append(error_)

    def live(self, *, conflict: bool) -> None:
        """Open the sheet, save it twice, and close it; in between, somebody else may write into it."""
        with self._telling(), open_sheet(PACK, self.path, now="noon") as store:
            if store.exists:
                store.read()
            for number, sheet in enumerate(SHEETS[1:]):
                if conflict and number:
                    with THEIR_OPEN(self.path, "wb") as file:
                        file.write(THEIRS)
                    self.texts = [THEIRS, THEIRS, THEIRS]
                store.save(sheet)
                self.confirmed += 1

    @property
    def content(self) -> bytes | None:
        """What is in the file now."""
        return self.path.read_bytes() if self.path.exists() else None

    def check(self, faults: Faults) -> None:
        """See that the sheet is whole and holds what was confirmed, that all was told, and that nothing is left."""
        may_be = self.texts[self.confirmed : self.confirmed + (2 if self.told else 1)]
        assert self.content in may_be
        assert self.told or self.content == self.texts[-1]
        copy = self.path.with_name(COPY)
        beside = copy.read_bytes() if copy.exists() else None
        reserved = self._interrupted or (faults.for_good and faults.failing == "stat")  # nobody could look at it
        assert beside in {None, TEXTS[2]} or (beside == b"" and reserved), beside
        in_words = [one for one in self.told if not isinstance(one, OSError)]
        assert in_words == self.told or faults.failing == "close"  # `run` puts into words that reading could not end
        codes = {problem.code for one in self.told if isinstance(one, CollabcheckError) for problem in one.problems}
        assert codes <= {Code.CANNOT_WRITE, Code.CANNOT_READ, Code.CHANGED_UNDERNEATH}
        if Code.CHANGED_UNDERNEATH in codes:
            assert beside == TEXTS[2]
        if not self._interrupted and not (faults.for_good and faults.failing in {"unlink", "open", "read", "scandir"}):
            assert {one.name for one in self.path.parent.iterdir()} <= {NAME, COPY}

    @property
    def _interrupted(self) -> bool:
        return any(isinstance(one, KeyboardInterrupt) for one in self.told)

    def next_start(self, patch: pytest.MonkeyPatch) -> None:
        """See that the next window can go on, and clears away what was left."""
        before = self.content
        patch.setattr(os, "kill", dead)
        with open_sheet(PACK, self.path, now="later") as store:
            assert self.content == before
            if store.exists and before != THEIRS:
                store.read()
                store.save(SHEETS[2])
        assert {one.name for one in self.path.parent.iterdir()} <= {NAME, COPY}
        self.path.unlink(missing_ok=True)
        self.path.with_name(COPY).unlink(missing_ok=True)


def dead(*_: int) -> None:
    raise ProcessLookupError


@pytest.mark.parametrize("start", ["new", "there", "conflict"])
@pytest.mark.parametrize(
    ("fault", "for_good", "after"),
    [
        *((error(number), good, False) for number in (errno.ENOSPC, errno.EIO, errno.EACCES) for good in (False, True)),
        (error(errno.EINTR), False, False),
        (KeyboardInterrupt, False, False),
        (KeyboardInterrupt, False, True),
    ],
    ids=lambda one: "" if callable(one) else str(one),
)
def test_whatever_call_fails_the_sheet_is_old_or_new_and_holds_what_was_confirmed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    start: str,
    fault: Fault,
    for_good: bool,  # noqa: FBT001  a parameter of pytest
    after: bool,  # noqa: FBT001  the same
) -> None:
    seen: Counter[str] = Counter()
    for fail_at in count(1):
        life = Life(tmp_path / NAME, [TEXTS[0] if start == "there" else None, *TEXTS[1:]])
        if start == "there":
            life.path.write_bytes(TEXTS[0])
        faults = Faults(fault, fail_at, for_good, after)
        with monkeypatch.context() as patch:
            faults.put_into(patch)
            life.live(conflict=start == "conflict")
        life.check(faults)
        with monkeypatch.context() as patch:
            life.next_start(patch)
        if not faults.failed:
            break
        seen[faults.failing] += 1
    assert {"open", "read", "write", "fsync", "close", "lstat", "replace", "scandir", "unlink"} <= {*seen}
    assert seen.total() > 30
