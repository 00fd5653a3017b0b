"""Writing files whole or not at all."""

import errno
import math
import os
import re
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path

from collabcheck.problems import Code, CollabcheckError, of_whole_file

Write = Callable[[bytes], None]
Check = Callable[[], None]

_UNSYNCABLE = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF, errno.ENOSYS}
"""What a file system says that has no way to flush a folder; the rename itself has succeeded."""

_RENAME_TRIES = 20
_PAUSE = 0.02
_READER_TRIES = 250  # five seconds

_NOT_YOURS = "You may not write there: choose a folder of your own, or ask its owner."
_IN_WORDS = {
    errno.ENOSPC: ("the disk is full", "Free some space on the disk, then run the same command again."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, then run the same command again."),
    errno.EFBIG: ("it would be larger than you may write", "Name a file on another disk."),
    errno.EBADF: ("it is closed", "Name a file with -o FILE, or leave it open."),
    errno.EACCES: ("permission was refused", _NOT_YOURS),
    errno.EPERM: ("permission was refused", _NOT_YOURS),
    errno.EROFS: ("that disk can only be read", "Choose a folder on another disk."),
    errno.ENOENT: ("there is no such folder", "Make the folder first, or choose one that exists."),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", "Choose a folder that exists."),
    errno.ENAMETOOLONG: ("its name is too long", "Give it a shorter name."),
}
"""Why a file cannot be written, and what to do, by what the system says."""


def write_whole(path: Path, data: bytes, *, force: bool) -> None:
    """Write a report: all of it or, after a failure, none of it. A name that is taken is refused unless `force`."""
    with writing(path, force=force) as write:
        write(data)


@contextmanager
def writing(path: Path, *, force: bool) -> Iterator[Write]:
    """Give a way to write a file piece by piece, which is there when all is done, and not at all after a failure.

    A name that is taken is refused at once unless `force`.
    """
    with ExitStack() as after:
        try:
            write = after.enter_context(_into_stream(path) if _is_stream(path) else _in_place(path, force=force))
        except OSError as error:
            raise cannot_write(path, error) from error

        def saying_why(data: bytes) -> None:
            try:
                write(data)
            except OSError as error:
                raise cannot_write(path, error) from error

        yield saying_why
        try:
            after.close()
        except OSError as error:
            raise cannot_write(path, error) from error


@contextmanager
def _into_stream(path: Path) -> Iterator[Write]:
    with os.fdopen(_pipe(path), "wb") if path.is_fifo() else path.open("wb") as file:
        yield partial(write_all, file.fileno())


def _pipe(path: Path) -> int:
    """Open a pipe; refuse one that nobody reads, which would take for ever. One who starts with us has a moment."""
    for _ in range(_READER_TRIES):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            time.sleep(_PAUSE)
        else:
            os.set_blocking(descriptor, True)
            return descriptor
    advice = "Start what reads it first, or name an ordinary file."
    raise of_whole_file(path, Code.CANNOT_WRITE, "it is a pipe, and nothing reads from it", advice)


def check_free(path: Path, *, force: bool) -> None:
    """Refuse a name at once that `write_whole` would refuse when all is done."""
    if _is_stream(path):
        return
    try:
        target = real_file(path)
        if not os.access(target.parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise cannot_write(path, error) from error
    _refuse_taken(path, target, force=force)


def _refuse_taken(path: Path, target: Path, *, force: bool) -> None:
    if target.exists() and not force:
        advice = "Add --force to replace it, or name another."
        raise of_whole_file(path, Code.FILE_EXISTS, "there is such a file already", advice)


@contextmanager
def _in_place(path: Path, *, force: bool) -> Iterator[Write]:
    target = real_file(path)
    _refuse_taken(path, target, force=force)
    sweep(target, before=time.time() - 3600)  # whatever comes of this one; younger ones may be in use
    with _replacing(target) as write:
        yield write


def _is_stream(path: Path) -> bool:
    """Tell a device or a pipe, such as /dev/null: it is written to, and must never be renamed over."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def real_file(path: Path) -> Path:
    """Return the ordinary file that a path leads to, links followed; it may be new. Raises if it cannot be written."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        advice = "Remove the link, or name another file."
        raise of_whole_file(path, Code.CANNOT_WRITE, "it is a link that leads in a circle", advice)
    if target.is_dir():
        raise of_whole_file(path, Code.CANNOT_WRITE, "it is a folder, not a file", "Add the name of a file.")
    if target.exists() and not target.is_file():
        raise of_whole_file(path, Code.CANNOT_WRITE, "it is a device or a pipe, not a file", "Name an ordinary file.")
    if target.exists() and not os.access(target, os.W_OK):
        advice = "Make it writable in its properties, or name another file."
        raise of_whole_file(path, Code.CANNOT_WRITE, "it is marked as read-only", advice)
    target.parent.stat()
    return target


def replace_whole(target: Path, data: bytes, *, check: Check = lambda: None) -> None:
    """Put `data` in place of a file, whose mode is kept, or make a new one that only its owner can read.

    The file has the old bytes or the new, whatever happens, and the new ones outlive a loss of power. Raises OSError.
    At the last moment before, `check` may raise, and the file stays as it is.
    """
    with _replacing(target, check) as write:
        write(data)


@contextmanager
def _replacing(target: Path, check: Check = lambda: None, *, swept_with: Path | None = None) -> Iterator[Write]:
    """Give a way to write what takes the place of a file when all is done, as `replace_whole` says."""
    descriptor, name = tempfile.mkstemp(prefix=temp_prefix(swept_with or target), dir=target.parent)
    temp = Path(name)
    try:
        try:
            _keep_mode(descriptor, target)
            yield partial(write_all, descriptor)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        check()
        _rename(temp, target)
    except BaseException:
        with suppress(OSError):
            temp.unlink()
        raise
    _sync_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, unless it is there; CollabcheckError if it cannot be made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def write_conflict_copy(target: Path, data: bytes) -> Path:
    """Write `data` to a new file beside this one, such as “sheet (conflict 1).yaml”, and return its path."""
    for number in count(1):
        copy = target.with_name(f"{target.stem} (conflict {number}){target.suffix}")
        try:
            descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        break
    try:
        os.close(descriptor)
        with _replacing(copy, swept_with=target) as write:
            write(data)
    except BaseException:
        with suppress(OSError):
            if not copy.stat().st_size:
                copy.unlink()
        raise
    return copy


def temp_prefix(target: Path) -> str:
    """Return how the names of all files begin that are made for a moment beside this one."""
    return f".{target.name}.tmp-"


def _keep_mode(descriptor: int, target: Path) -> None:
    if sys.platform != "win32" and target.exists():
        with suppress(OSError):  # a disk without modes, such as a memory stick
            os.fchmod(descriptor, stat.S_IMODE(target.stat().st_mode) & 0o777)


def write_all(descriptor: int, data: bytes) -> None:
    """Write to an open file until everything is written."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _rename(temp: Path, target: Path) -> None:
    """Rename over the target; on Windows a virus scanner may hold it for a moment."""
    for _ in range(_RENAME_TRIES if sys.platform == "win32" else 0):
        with suppress(PermissionError):
            temp.replace(target)
            return
        time.sleep(_PAUSE)
    temp.replace(target)


def _sync_folder(folder: Path) -> None:
    try:
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:  # on Windows, always: folders cannot be opened
        if error.errno not in _UNSYNCABLE:
            raise


def sweep(target: Path, *, before: float = math.inf) -> None:
    """Remove what a program that was killed left half-written beside this file, if last touched before this time."""
    leftover = re.compile(re.escape(temp_prefix(target)) + r"[a-z0-9_]{8}")
    with suppress(OSError), os.scandir(target.parent) as entries:
        for entry in entries:
            if leftover.fullmatch(entry.name) and entry.stat(follow_symlinks=False).st_mtime < before:
                with suppress(OSError):
                    Path(entry.path).unlink()


def cannot_write(path: Path, error: OSError) -> CollabcheckError:
    """Return the error that says in plain words why a file cannot be written, and what to do."""
    unknown = (f"the system says “{error.strerror or error}”", "Try again, or name a file in another folder.")
    reason, advice = _IN_WORDS.get(error.errno or 0, unknown)
    return of_whole_file(path, Code.CANNOT_WRITE, f"the file cannot be written: {reason}", advice)
