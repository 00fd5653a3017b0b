"""Keeping a file to one program at a time."""

import json
import os
import platform
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

from collabcheck.files.saving import temp_prefix, write_all
from collabcheck.problems import Code, CollabcheckError, of_whole_file

_PAUSE = 0.02
_LOCK_TRIES = 5
_RELEASE_TRIES = 2
_LOCK_BYTES = 1000


@dataclass(frozen=True, slots=True)
class _Holder:
    host: str
    process: int
    since: str

    @property
    def alive(self) -> bool:
        """Whether the program may still run; on another computer nobody can tell, so yes."""
        return self.host != platform.node() or _runs(self.process)

    def __str__(self) -> str:
        where = "" if self.host == platform.node() else f" on the computer “{self.host}”"
        return f"another window{where} has had it open since {self.since} (process {self.process})"


class Lock:
    """Keeps a file to one program: a small file beside it says who has it. One that nobody holds now is replaced."""

    def __init__(self, path: Path, target: Path, since: str) -> None:
        self._path = path
        self._file = target.with_name(f".{target.name}.lock")
        self._aside = Path(f"{target.parent / temp_prefix(target)}{os.getpid() % 10**8:08}")
        self._text = json.dumps({"host": platform.node(), "process": os.getpid(), "since": since}).encode()

    def take(self) -> None:
        """Take the lock; CollabcheckError (in-use) if another program has it, OSError if it cannot be written."""
        for _ in range(_LOCK_TRIES):
            try:
                self._create()
            except FileExistsError:
                with suppress(FileNotFoundError):
                    self._clear(self._refuse_if_held())
            else:
                return
        raise self._in_use("another window is opening it too")

    def release(self) -> None:
        """Give the lock back, if it is still ours."""
        for _ in range(_RELEASE_TRIES):
            with suppress(OSError):
                if _read(self._file) == self._text:
                    self._file.unlink()
                return

    def _create(self) -> None:
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            try:
                write_all(descriptor, self._text)
            finally:
                os.close(descriptor)
        except BaseException:
            with suppress(OSError):
                self._file.unlink()
            raise

    def _refuse_if_held(self) -> bytes:
        """Return what a lock says that nobody holds. One that is still being written is given a moment."""
        text = b""
        self._refuse_what_is_no_lock()
        for _ in range(_LOCK_TRIES):
            try:
                text = _read(self._file)
            except PermissionError as error:
                raise self._in_use("another person on this computer has it open") from error
            holder = _holder(text)
            if holder is not None and holder.alive:
                raise self._in_use(str(holder))
            if holder is not None:
                break
            time.sleep(_PAUSE)
        return text

    def _refuse_what_is_no_lock(self) -> None:
        """Name what is in the place of the lock, instead of the sheet, if it can be none."""
        mode = self._file.lstat().st_mode
        if S_ISDIR(mode) or S_ISLNK(mode):
            what = "a folder" if S_ISDIR(mode) else "a link"
            message = f"this is {what}, where a small file should say who has “{self._path.name}” open"
            raise of_whole_file(self._file, Code.CANNOT_WRITE, message, "Delete it, and run the same command again.")

    def _clear(self, stale: bytes) -> None:
        """Remove a stale lock; give it back if another program has replaced it since we looked."""
        self._file.replace(self._aside)
        with suppress(OSError):
            if _read(self._aside) != stale:
                self._file.hardlink_to(self._aside)
        self._aside.unlink()

    def _in_use(self, who: str) -> CollabcheckError:
        advice = f"Finish there first. If nobody has it open any more, delete “{self._file}” and try again."
        return of_whole_file(self._path, Code.IN_USE, who, advice)


def _read(lock: Path) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(lock, flags)
    try:
        return os.read(descriptor, _LOCK_BYTES)
    finally:
        with suppress(OSError):  # it was only read
            os.close(descriptor)


def _holder(text: bytes) -> _Holder | None:
    """Read who holds a lock; None if it does not say."""
    try:
        match json.loads(text):
            case {"host": str(host), "process": int(process), "since": str(since)} if process > 0:
                return _Holder(_printable(host), process, _printable(since))
            case _:
                return None
    except (ValueError, RecursionError):
        return None


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())[:60]


if sys.platform == "win32":
    _MAY_QUERY, _REFUSED, _STILL_ACTIVE = 0x1000, 5, 259  # from the Windows headers

    def _runs(process: int) -> bool:
        """Tell whether a process runs. os.kill would end it on Windows."""
        import ctypes  # noqa: PLC0415 - not needed elsewhere

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = kernel.OpenProcess(_MAY_QUERY, 0, process)
        if not handle:
            return ctypes.get_last_error() == _REFUSED
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == _STILL_ACTIVE

else:

    def _runs(process: int) -> bool:
        """Tell whether a process runs."""
        try:
            os.kill(process, 0)
        except PermissionError:
            return True
        except (ProcessLookupError, OverflowError):
            return False
        return True
