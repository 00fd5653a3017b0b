"""A document as it comes, part by part, from either kind of text and under the same limits."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from collabcheck.characters import HIDDEN
from collabcheck.files.source.found import SHOWN, Found, Stop, quoted
from collabcheck.files.source.text import hidden
from collabcheck.problems import Code, Path

MAX_DEPTH: Final = 20  # a pack needs 12; libyaml's parser dies (SIGSEGV) from about 3,000
MAX_NODES: Final = 20_000  # a pack of 200,000 bytes has 7,000
MAX_TEXT: Final = 20_000  # the longest text that the models take has 4,000 characters
MAX_BREAKS: Final = 2_000  # in all texts together; a long sheet has a hundred, and terminal and Word lay out each line
MAX_DIGITS: Final = 18  # such a number is exact in every program that reads the file

FEWER_BREAKS: Final = "Take out empty lines; or put several lines into one."

WORDS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None, "~": None, "": None}
NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")
_BARE: Final = {"y": "true", "yes": "true", "on": "true", "n": "false", "no": "false", "off": "false"}
_CLOCK: Final = re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?")

Parts = list[object] | dict[str | int, object]
"""A list or a group: what holds other values."""


class Draft:
    """Puts values together as they come, in the order of the file; keeps where they stand and what is wrong."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.data: object = None
        self.values: dict[Path, int] = {}
        self.keys: dict[Path, int] = {}
        self.found: list[Found] = []
        self._nodes = self._breaks = 0
        # The list or group that is open, the way to it, and the way to the value whose key came last.
        self._into: Parts | None = None
        self._path: Path = ()
        self._due: Path | None = ()
        self._around: list[tuple[Parts | None, Path]] = []

    def complain(self, at: int, code: Code, message: str, advice: str) -> None:
        """Note a problem and read on."""
        self.found.append(Found(at, code, message, advice))

    def scalar(self, text: str, at: int, *, plain: bool) -> None:
        """Take a text; a plain one may stand for something else."""
        if len(text) > MAX_TEXT:
            message = f"this text has {len(text):,} characters, more than {MAX_TEXT:,}"
            self.complain(at, Code.TOO_BIG, message, "Shorten it; or check that a quote is not missing.")
        self._count_breaks(text, at)
        # The file was searched for invisible characters before; only escapes in quotes can bring new ones.
        if not (plain or text.isprintable()) and (hit := HIDDEN.search(text)):
            self.found.append(hidden(hit, at))
        value = self._plain(text, at) if plain else text
        if self._due is None and type(self._into) is dict:
            self._take_key(text, at, value, plain=plain)
        else:
            self._put(value, at)

    def open(self, data: Parts, at: int) -> None:
        """Begin a list or group; it is the place for what comes until it is closed."""
        if self._due is None and type(self._into) is dict:
            advice = "Write the key as text, such as “key: value”."
            raise Stop(at, Code.KEY_NOT_TEXT, "a list or group stands where a key belongs", advice)
        if len(self._around) == MAX_DEPTH:
            advice = "Check the brackets and the indentation."
            raise Stop(at, Code.TOO_DEEP, f"more than {MAX_DEPTH} lists and groups lie inside each other", advice)
        self._around.append((self._into, self._path))
        self._path = self._put(data, at)
        self._into = data

    def close(self) -> None:
        """End the list or group begun last."""
        self._into, self._path = self._around.pop()

    def _count_breaks(self, text: str, at: int) -> None:
        before, self._breaks = self._breaks, self._breaks + text.count("\n")
        if before <= MAX_BREAKS < self._breaks:
            message = f"its texts have more than {MAX_BREAKS:,} line breaks up to the end of this one"
            self.complain(at, Code.TOO_BIG, message, FEWER_BREAKS)

    def _put(self, value: object, at: int) -> Path:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = f"it has more than {MAX_NODES:,} values"
            raise Stop(at, Code.TOO_BIG, message, "Check that this is the right file.")
        path, into = self._due, self._into
        if isinstance(into, list):
            path = (*self._path, len(into))
            into.append(value)
        elif into is None or path is None:
            path, self.data = (), value
        else:
            into[path[-1]] = value
        self._due = None
        self.values[path] = at
        return path

    def _take_key(self, text: str, at: int, value: object, *, plain: bool) -> None:
        self._due = path = (*self._path, text)
        first = self.keys.setdefault(path, at)
        if first != at:
            line = bisect_left(self._line_ends, first) + 1
            where = "earlier in this line" if "\n" not in self.text[first:at] else f"in line {line}"
            message = f"the key {quoted(text)} is here for the second time; the first is {where}"
            self.complain(at, Code.DUPLICATE_KEY, message, "Keep one of the two.")
        elif plain and text == "<<":
            message = "“<<” copies other keys in YAML, which is not done here"
            self.complain(at, Code.FORBIDDEN_YAML, message, "Write the keys out.")
        elif plain and not text:
            self.complain(at, Code.KEY_NOT_TEXT, "a key is missing here", "Write one.")
        elif type(value) is not str:
            message = f"the key {quoted(text)} is not text for YAML programs"
            self.complain(at, Code.KEY_NOT_TEXT, message, f'Put it in quotes: "{text[:SHOWN]}".')

    def _plain(self, text: str, at: int) -> object:
        """Return what a plain text stands for: a number, true, false, nothing, or, mostly, itself."""
        if text in WORDS:
            return WORDS[text]
        if meaning := _BARE.get(text.lower()):
            message = f"the bare word “{text}” means {meaning} to many programs"
            self.complain(
                at,
                Code.BARE_WORD,
                message,
                f'Put it in quotes: "{text}". Where only true or false can stand, write {meaning}.',
            )
        elif text[0] in "+-0123456789":
            return self._number(text, at)
        return text

    def _number(self, text: str, at: int) -> object:
        number = NUMBER.fullmatch(text)
        if _CLOCK.fullmatch(text):
            message = f"the bare {quoted(text)} is a number of minutes or seconds to some programs"
            self.complain(at, Code.BARE_WORD, message, f'Put it in quotes: "{text[:SHOWN]}".')
        if not number:
            return text
        if sum(map(str.isdigit, text)) > MAX_DIGITS:
            message = f"the number {quoted(text)} has more than {MAX_DIGITS} digits"
            self.complain(at, Code.BAD_NUMBER, message, "Round it; if it is a reference, put it in quotes.")
            return 0
        return float(text) if number[1] else int(text)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [hit.start() for hit in re.finditer("\n", self.text)]
