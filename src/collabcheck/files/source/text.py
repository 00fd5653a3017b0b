"""From the disk to characters: nothing in them that two programs would read in two ways."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from collabcheck.characters import HIDDEN
from collabcheck.files.source.found import MAX_PROBLEMS, Found, refused
from collabcheck.problems import Code, CollabcheckError, of_whole_file

Kind = Literal["yaml", "json"]

SHEETS: Final = (".yaml", ".yml", ".json")
"""What answer sheets end in."""
LINES: Final = (".jsonl", ".ndjson")
"""What files end in that hold a sheet in JSON in every line."""

MAX_BYTES: Final = 400_000  # a sheet has a few thousand and a large pack 200,000; keeps the slowest file under a second

BOM = b"\xef\xbb\xbf"
_AS_UTF8 = "Save it again as UTF-8 (in Notepad: Save as, then Encoding: UTF-8)."
EMPTY = (Code.EMPTY_FILE, "there is nothing in it", "Check that this is the right file, and that it was saved.")
_UNREADABLE: Mapping[type[Exception], tuple[str, str]] = {
    FileNotFoundError: ("there is no such file", "Check the name and the folder."),
    NotADirectoryError: ("there is no such file", "Check the folder: a part of it is a file."),
    PermissionError: ("you may not read it", "Ask its owner to let you, or copy it to a folder of your own."),
}
_OTHER_FORMATS = {
    rb"PK\x03\x04": (
        Code.CANNOT_READ,
        "this is an Excel, Word or zip file, not YAML or JSON",
        "A report is made from an answer sheet: a text file that ends in .yaml or .json.",
    ),
    rb"%PDF": (Code.CANNOT_READ, "this is a PDF, not YAML or JSON", "Name the file it was made from."),
    rb"\xff\xfe|\xfe\xff|.?\x00": (Code.NOT_UTF8, "its text is saved as UTF-16 (“Unicode”), not UTF-8", _AS_UTF8),
}


def read_bytes(name: str, path: Path | str, most: int = MAX_BYTES) -> bytes:
    """Read a file that is really a file, and one byte more of it than the most; a pipe or device never blocks."""
    descriptor = open_file(name, path)
    try:
        size = os.fstat(descriptor).st_size
        read, left = [], most + 1
        while left and (piece := os.read(descriptor, min(left, size + 1))):
            read.append(piece)
            left -= len(piece)
        return b"".join(read)
    except OSError as error:
        raise _unopened(name, path, error) from error
    finally:
        os.close(descriptor)


def open_file(name: str, path: Path | str) -> int:
    """Open what is really a file; CollabcheckError if it is not. A pipe or a device never blocks."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # Windows lacks one, others one
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise _unopened(name, path, error) from error
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError as error:
        os.close(descriptor)
        raise _unopened(name, path, error) from error
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise of_whole_file(name, Code.CANNOT_READ, *_FOLDER)
    advice = "Save what it gives to a file; or send it to standard input, and write - for the file."
    raise of_whole_file(name, Code.CANNOT_READ, "this is a pipe or a device, not a file", advice)


_FOLDER = ("this is a folder, not a file", "Name a file in it.")


def _unopened(name: str, path: Path | str, error: Exception) -> CollabcheckError:
    reason = ("the system cannot open it", "Check the name, and that the disk is there.")
    folder = os.path.isdir(path)  # noqa: PTH112  Windows does not open one; and this never raises
    return of_whole_file(name, Code.CANNOT_READ, *(_FOLDER if folder else _UNREADABLE.get(type(error), reason)))


def decoded(name: str, raw: bytes) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark, with line ends of one kind."""
    if len(raw) > MAX_BYTES:
        message = f"it has more than {MAX_BYTES:,} bytes, far more than a sheet or a pack needs"
        raise of_whole_file(name, Code.TOO_BIG, message, "Check that this is the right file.")
    for start, problem in _OTHER_FORMATS.items():
        if re.match(start, raw):
            raise of_whole_file(name, *problem)
    raw = raw.removeprefix(BOM).replace(b"\r\n", b"\n")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        message = f"the character here (byte {raw[error.start]:02X}) is not UTF-8"
        raise refused(name, before, [Found(len(before), Code.NOT_UTF8, message, _AS_UTF8)]) from None
    if not text.strip():
        raise of_whole_file(name, *EMPTY)
    return text


def unreadable(text: str, kind: Kind) -> Iterator[Found]:
    """Find what the parsers must not see, as they disagree on it or take very long."""
    for hit in islice(HIDDEN.finditer(text), MAX_PROBLEMS):
        yield hidden(hit, hit.start())
    if kind == "yaml" and "\t" in text:
        tabs = text.count("\t")
        first = f", the first of {tabs:,}" if tabs > 1 else ""
        message = f"a tab stands here{first}; programs disagree on how wide it is"
        yield Found(text.index("\t"), Code.TAB, message, "Use spaces instead; inside double quotes, write \\t.")
    if kind == "yaml" and (order := re.search("^%", text, re.MULTILINE)):
        message = "a line that begins with “%” gives orders to YAML programs; they are not followed here"
        yield Found(order.start(), Code.FORBIDDEN_YAML, message, "Remove the line; if it is text, indent it.")


def hidden(hit: re.Match[str], at: int) -> Found:
    """Return what a hit of HIDDEN is."""
    message = f"an invisible character (U+{ord(hit.group()):04X}) stands here"
    return Found(at, Code.CONTROL_CHARACTER, message, "Delete it, or type the text around it again.")
