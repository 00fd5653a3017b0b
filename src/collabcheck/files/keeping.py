"""An answer sheet kept safe while somebody fills it in."""

import errno
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path
from stat import S_ISREG, filemode

from collabcheck.answers import AnswerSheet
from collabcheck.characters import shown
from collabcheck.files.lock import Lock
from collabcheck.files.saving import cannot_write, real_file, replace_whole, sweep, write_conflict_copy
from collabcheck.files.sheets import SCHEMA, fitted, sheet_from, sheet_text
from collabcheck.files.source.reader import kind_by, read_text
from collabcheck.files.source.text import read_bytes
from collabcheck.pack import Pack
from collabcheck.problems import Code, of_whole_file

_SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
_BESIDE = 16
"""So much longer than the sheet's own name are those of the files beside it: the lock, a copy, one being written."""
_LONGEST_NAME = 255


@contextmanager
def open_sheet(pack: Pack, path: Path, *, now: str, schema: str = SCHEMA) -> Iterator["OpenSheet"]:
    """Keep a sheet, which may be new, to ourselves; CollabcheckError at once if it is in use or cannot be written.

    `now` is what others are told who try to open it meanwhile. A link to a sheet stays a link.
    """
    _check_folder(Path(os.path.realpath(path)).parent)
    try:
        target = real_file(path)
        _check_name(target)
        lock = Lock(path, target, now)
        lock.take()
    except OSError as error:
        raise cannot_write(path, error) from error
    store = OpenSheet(pack, path, target, schema, lock)
    try:
        sweep(target)
        yield store
    finally:
        store.close()


def _check_folder(folder: Path) -> None:
    """Refuse a folder in which nothing can be written, before the sheet in it is blamed."""
    with suppress(OSError):  # what cannot be looked at is told when it is written
        if folder.is_dir() and not os.access(folder, os.W_OK):
            message = "this folder, or the disk it is on, can only be read, and answers are saved there"
            advice = "Copy the sheet into a folder of your own, if there is one, and go on there."
            raise of_whole_file(folder, Code.CANNOT_WRITE, message, advice)


def _check_name(target: Path) -> None:
    """Refuse a name that leaves no room for the files beside the sheet, before anything is answered; OSError."""
    longest = 0
    with suppress(OSError, ValueError, AttributeError):  # there is none to ask on Windows
        longest = os.pathconf(target.parent, "PC_NAME_MAX")
    if len(os.fsencode(target.name)) + _BESIDE > (longest if longest > 0 else _LONGEST_NAME):
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))


class _Changed(Exception):
    """Another program has changed the file since we read or wrote it."""


class OpenSheet:
    """A sheet that is being filled in. What was saved is on disk, whole; what others wrote is never overwritten."""

    def __init__(self, pack: Pack, path: Path, target: Path, schema: str, lock: Lock) -> None:
        self._pack, self._path, self._target, self._schema, self._lock = pack, path, target, schema, lock
        self._ours: set[str] = set()  # digests of what we read or wrote
        self._copy: Path | None = None
        self.sheet: AnswerSheet | None = None
        """The sheet as we last read it, or were to save it; none before."""
        self.unsaved = False
        """Whether the last that was to be saved is in no file."""
        self.anew = False
        """Whether the file had gone, and was to be written anew."""
        self.changed = False
        """Whether another program had changed the file when we left it, so that the answers were to go beside it."""

    @property
    def exists(self) -> bool:
        """Whether there is a file to go on with."""
        try:
            return self._target.exists()
        except OSError as error:
            raise cannot_write(self._path, error) from error

    def read(self) -> AnswerSheet:
        """Read the sheet as it is now; the place of its schema is kept, whatever it is."""
        name = shown(str(self._path))
        raw = read_bytes(name, self._path)
        self._ours = {sha256(raw).hexdigest()}
        document = read_text(name, raw, kind_by(self._path))
        if named := _SCHEMA_LINE.match(document.text):
            self._schema = named[1]
        self.sheet = fitted(self._pack, document)
        return self.sheet

    def save(self, sheet: AnswerSheet) -> None:
        """Write the sheet; when this returns, it is on disk.

        If another program has changed the file since we read or wrote it, the answers go to a new file beside it,
        and CollabcheckError (changed-underneath) names both. After any error the file is whole, old or new.
        A sheet that could not be read again is refused for what is wrong with it.
        """
        self.unsaved = True
        data = self._data(sheet)
        sheet_from(self._pack, str(self._path), data)  # what cannot be read again must not replace what can
        self.sheet = sheet
        try:
            self._replace(data)
        except OSError as error:
            raise cannot_write(self._path, error) from error
        self._ours = {sha256(data).hexdigest()}
        self.unsaved = False

    def secure(self) -> Path | None:
        """Return the file that the answers are in; None if they are in none, and can be put in none.

        If the file has gone, they are written anew: there, or as a copy in the folder one is in, or at home. If
        another program has changed it, it is left as it is, and they are written beside it, or in those folders.
        """
        if self._copy or self.sheet is None:
            return self._copy or self._path
        there = self._what_is_there()
        if there in self._ours:
            return self._path
        self.changed, self.anew = bool(there), not there
        elsewhere = [self._copy_into(Path.cwd), self._copy_into(Path.home)] if _says_something(self.sheet) else []
        data = self._data(self.sheet)
        for put in (self._copy_into(lambda: self._target.parent) if there else self._put_back, *elsewhere):
            with suppress(OSError, RuntimeError):  # so Python says that it knows no home
                where = put(data)
                self.unsaved = False
                return where
        return None

    def answers(self) -> AnswerSheet:
        """Return the answers as they read from what was last saved, whatever is in the file by now."""
        return sheet_from(self._pack, str(self._path), self._data(self.sheet)) if self.sheet else self.read()

    def close(self) -> None:
        """Leave nothing behind but the sheet, also in the middle of a save."""
        sweep(self._target)
        self._lock.release()

    def _data(self, sheet: AnswerSheet) -> bytes:
        text = sheet_text(self._pack, sheet, json=self._path.suffix.lower() == ".json", schema=self._schema)
        return text.encode(errors="surrogatepass")

    def _what_is_there(self) -> str:
        """Return the digest of what is in the file; empty if there is none."""
        try:
            return _digest(self._target)
        except NotADirectoryError:  # its folder has become a file
            return ""
        except OSError:
            return "what nobody can read"

    def _put_back(self, data: bytes) -> Path:
        replace_whole(self._target, data)
        self._ours.add(sha256(data).hexdigest())
        return self._path

    def _copy_into(self, folder: Callable[[], Path]) -> Callable[[bytes], Path]:
        def put(data: bytes) -> Path:
            self._copy = write_conflict_copy(folder() / self._target.name, data)
            return self._copy

        return put

    def _replace(self, data: bytes) -> None:
        known = {"", *self._ours}

        def check() -> None:
            if _digest(self._target) not in known:
                raise _Changed

        self._ours.add(sha256(data).hexdigest())  # before, in case the new file is there when flushing fails
        try:
            replace_whole(self._target, data, check=check)
        except _Changed:
            self._save_beside(data)

    def _save_beside(self, data: bytes) -> None:
        self._copy = write_conflict_copy(self._target, data)
        self.unsaved = False
        raise of_whole_file(
            self._path,
            Code.CHANGED_UNDERNEATH,
            f"another program has changed it meanwhile, so it was left as it is; your answers are in “{self._copy}”",
            "Compare the two files, keep what is right in one of them, and go on with that one.",
        )


def _says_something(sheet: AnswerSheet) -> bool:
    return bool(sheet.replies or sheet.discussion)


def _digest(target: Path) -> str:
    """Return a digest of what is in a file; empty if there is none. A folder, a pipe or a link is none that we know."""
    try:
        mode = target.lstat().st_mode
        if not S_ISREG(mode):
            return filemode(mode)  # links were followed when the sheet was opened: this one is new
        with target.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
