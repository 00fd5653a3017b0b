"""YAML and JSON text to plain data and the place of everything: the only door for both.

Nothing here composes or constructs. YAML comes as parser events and JSON as tokens; one reader puts both together,
without recursion and under the same limits, so the same content gives the same data.
"""

import json
import os
import re
import stat
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice
from pathlib import Path as FilePath
from typing import Any, Final, Literal, NamedTuple, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from collabcheck.problems import Code, CollabcheckError, Finding, Path, Place, Problem, did_you_mean

M = TypeVar("M", bound=BaseModel)
Kind = Literal["yaml", "json"]

MAX_BYTES: Final = 400_000  # a sheet has a few thousand and a large pack 200,000; keeps the slowest file under a second
MAX_DEPTH: Final = 20  # a pack needs 12; libyaml's parser dies (SIGSEGV) from about 3,000
MAX_NODES: Final = 20_000  # a pack of 200,000 bytes has 7,000
MAX_TEXT: Final = 20_000  # the longest text that the models take has 4,000 characters
MAX_DIGITS: Final = 18  # such a number is exact in every program that reads the file
MAX_PROBLEMS: Final = 50  # more than anyone corrects in one go
MAX_WORDS: Final = 5_000  # characters of messages and advice, for the same reason
SHOWN: Final = 60  # characters of what people wrote that a message repeats

LOADER: Final[type] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WORDS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None, "~": None, "": None}
BARE: Final = {"y": "true", "yes": "true", "on": "true", "n": "false", "no": "false", "off": "false"}
NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")
CLOCK: Final = re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?")
TOKEN: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]|[^\s",:{}\[\]]+')
PLANES: Final = "".join(f"{chr(n << 16)}-{chr((n << 16) + 0xFFFD)}" for n in range(1, 17))
HIDDEN: Final = re.compile(f"[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd{PLANES}]")
"""Control characters, separators that only some programs take for line ends, surrogates and non-characters."""


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data, and where each part of it stands in its file."""

    file: str
    data: object
    text: str = field(default="", repr=False)
    values: Mapping[Path, int] = field(default_factory=dict, repr=False)
    """Where each value begins, counted in characters of the text."""
    keys: Mapping[Path, int] = field(default_factory=dict, repr=False)
    """Where each key begins."""

    def place(self, path: Path) -> Place:
        """Return where the value stands, or the nearest thing around it that is in the file."""
        return _place(self.file, self.text, self.values.get(self.nearest(path), -1))

    def key_place(self, path: Path) -> Place:
        """Return where the key of the value stands; the value itself, if it has no key."""
        return _place(self.file, self.text, self.key_at(self.nearest(path)))

    def key_at(self, path: Path) -> int:
        """Return the character where the key of this very path begins, or its value; -1 if it is not in the file."""
        return self.keys.get(path, self.values.get(path, -1))

    def nearest(self, path: Path) -> Path:
        """Return the longest way along the path that is in the file; pydantic's tags of unions are not."""
        if path in self.values:
            return path
        ways: dict[Path, int] = {(): -1}  # each way, and which part of the path it took last
        for i, part in enumerate(path):
            ways |= {(*way, part): i for way in ways if (*way, part) in self.values}
        return max(ways, key=lambda way: (len(way), ways[way]))

    def at(self, path: Path) -> object:
        """Return the value at a path that is in the file."""
        value: Any = self.data
        for part in path:
            value = value[part]
        return value


def read_file(path: FilePath) -> Document:
    """Read a file by its suffix: JSON if it is .json, otherwise YAML. CollabcheckError with all that is wrong."""
    name = _shown_name(str(path))
    return read_text(name, _bytes(name, path), "json" if path.suffix.lower() == ".json" else "yaml")


def read_text(name: str, raw: bytes, kind: Kind, loader: type = LOADER) -> Document:
    """Read what a file or standard input holds; `name` is what messages call it."""
    name = _shown_name(name)
    text = _decoded(name, raw)
    if found := list(_unreadable(text, kind)):
        raise _error(name, text, found)
    reader = _Reader(text)
    try:
        _read_json(reader) if kind == "json" else _read_yaml(reader, loader)
    except _Stop as stop:
        reader.found.append(stop.found)
    if reader.found:
        raise _error(name, text, reader.found)
    if reader.data is None:
        raise _alone(name, *_EMPTY)
    return Document(name, reader.data, text, reader.values, reader.keys)


def kind_of(raw: bytes) -> Kind:
    """Tell what standard input holds: JSON if it begins with a brace."""
    return "json" if raw.removeprefix(_BOM).lstrip().startswith(b"{") else "yaml"


def build(model: type[M], document: Document) -> M:
    """Return the document as a model; CollabcheckError with everything that does not fit, in plain English."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        wrongs = _wrongs(document, error.errors(include_url=False, include_input=False))
    found = [_in_words(model, document, wrong) for wrong in wrongs[:MAX_PROBLEMS]]
    raise _error(document.file, document.text, found, len(wrongs))


def locate(document: Document, findings: Iterable[Finding]) -> CollabcheckError:
    """Return the findings as problems, each at its place in the document."""
    at_key = {Code.UNEXPECTED, Code.UNKNOWN_QUESTION, Code.DUPLICATE_ID}
    found = []
    for finding in findings:
        path = document.nearest(finding.path)
        at = document.key_at(path) if finding.code in at_key else document.values.get(path, -1)
        found.append(_Found(at, finding.code, _clean(finding.message), _clean(finding.advice)))
    return _error(document.file, document.text, found)


# Problems, before and after they have a place.


class _Found(NamedTuple):
    at: int
    """The character it is about; -1 for the whole file."""
    code: Code
    message: str
    advice: str


class _Stop(Exception):
    """There is no reading on after this."""

    def __init__(self, at: int, code: Code, message: str, advice: str) -> None:
        self.found = _Found(at, code, message, advice)


def _error(name: str, text: str, found: Sequence[_Found], total: int = 0) -> CollabcheckError:
    """Return the first problems in the order of the file, and how many more there are."""
    ordered = sorted(found)
    sizes = accumulate(len(one.message) + len(one.advice) for one in ordered[:MAX_PROBLEMS])
    shown = ordered[: max(1, sum(size <= MAX_WORDS for size in sizes))]
    problems = [Problem(_place(name, text, one.at), one.code, one.message, one.advice) for one in shown]
    if more := max(total, len(ordered)) - len(shown):
        last = problems[-1]
        problems.append(Problem(last.place, last.code, f"… and {more} more like these", "Correct these first."))
    return CollabcheckError(problems)


def _alone(name: str, code: Code, message: str, advice: str) -> CollabcheckError:
    return _error(name, "", [_Found(-1, code, message, advice)])


def _place(name: str, text: str, at: int) -> Place:
    if at < 0:
        return Place(name)
    return Place(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _clean(text: str) -> str:
    """Return the text with every character that a terminal could obey written as its number."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def _shown_name(name: str) -> str:
    return name if name.isprintable() else _clean(name)


def _quoted(text: str) -> str:
    """Return the text as a message repeats it: in quotes, on one line, not too long."""
    short = " ".join(text[: SHOWN * 2].split())
    return f"“{_clean(short[: SHOWN - 1])}…”" if len(short) > SHOWN or len(text) > SHOWN * 2 else f"“{_clean(short)}”"


# From the disk to characters.

_BOM = b"\xef\xbb\xbf"
_AS_UTF8 = "Save it again as UTF-8 (in Notepad: Save as, then Encoding: UTF-8)."
_EMPTY = (Code.EMPTY_FILE, "there is nothing in it", "Check that this is the right file, and that it was saved.")
_TOO_BIG = (
    Code.TOO_BIG,
    f"it has more than {MAX_BYTES:,} bytes, far more than a sheet or a pack needs",
    "Check that this is the right file.",
)
_UNREADABLE: Mapping[type[Exception], tuple[str, str]] = {
    FileNotFoundError: ("there is no such file", "Check the name and the folder."),
    NotADirectoryError: ("there is no such file", "Check the folder: a part of it is a file."),
    PermissionError: ("you may not read it", "Ask its owner to let you, or copy it to a folder of your own."),
}
_OTHER_FORMATS = {
    rb"PK\x03\x04": (
        Code.CANNOT_READ,
        "this is an Excel, Word or zip file, not YAML or JSON",
        "To read answers from a table, use “collabcheck import”.",
    ),
    rb"%PDF": (Code.CANNOT_READ, "this is a PDF, not YAML or JSON", "Name the file it was made from."),
    rb"\xff\xfe|\xfe\xff|.?\x00": (Code.NOT_UTF8, "its text is saved as UTF-16 (“Unicode”), not UTF-8", _AS_UTF8),
}


def _bytes(name: str, path: FilePath) -> bytes:
    """Read a file that is really a file, and no more of it than the limit; a pipe or device never blocks."""
    try:
        if path.is_dir():
            raise _alone(name, Code.CANNOT_READ, "this is a folder, not a file", "Name a file in it.")
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # Windows lacks one, others one
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                advice = "Save what it gives to a file; or send it to standard input, and write - for the file."
                raise _alone(name, Code.CANNOT_READ, "this is a pipe or a device, not a file", advice)
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = ("the system cannot open it", "Check the name, and that the disk is there.")
        raise _alone(name, Code.CANNOT_READ, *_UNREADABLE.get(type(error), reason)) from error


def _decoded(name: str, raw: bytes) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark, with line ends of one kind."""
    if len(raw) > MAX_BYTES:
        raise _alone(name, *_TOO_BIG)
    for start, problem in _OTHER_FORMATS.items():
        if re.match(start, raw):
            raise _alone(name, *problem)
    raw = raw.removeprefix(_BOM).replace(b"\r\n", b"\n")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        message = f"the character here (byte {raw[error.start]:02X}) is not UTF-8"
        raise _error(name, before, [_Found(len(before), Code.NOT_UTF8, message, _AS_UTF8)]) from None
    if not text.strip():
        raise _alone(name, *_EMPTY)
    return text


def _unreadable(text: str, kind: Kind) -> Iterator[_Found]:
    """Find what the parsers must not see, as they disagree on it or take very long."""
    for hit in islice(HIDDEN.finditer(text), MAX_PROBLEMS):
        yield _hidden(hit, hit.start())
    if kind == "yaml" and "\t" in text:
        message = f"a tab stands here, the first of {text.count(chr(9))}; programs disagree on how wide it is"
        yield _Found(text.index("\t"), Code.TAB, message, "Use spaces instead; inside double quotes, write \\t.")
    if kind == "yaml" and (order := re.search("^%", text, re.MULTILINE)):
        message = "a line that begins with “%” gives orders to YAML programs; they are not followed here"
        yield _Found(order.start(), Code.FORBIDDEN_YAML, message, "Remove the line; if it is text, indent it.")


def _hidden(hit: re.Match[str], at: int) -> _Found:
    message = f"an invisible character (U+{ord(hit.group()):04X}) stands here"
    return _Found(at, Code.CONTROL_CHARACTER, message, "Delete it, or type the text around it again.")


# From characters to data.


class _Reader:
    """Puts values together as they come, in the order of the file; keeps where they stand and what is wrong."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.data: object = None
        self.values: dict[Path, int] = {}
        self.keys: dict[Path, int] = {}
        self.found: list[_Found] = []
        self._nodes = 0
        self._escapes = "\\" in text
        # The list or group that is open, the way to it, and the way to the value whose key came last.
        self._into: list[object] | dict[str | int, object] | None = None
        self._path: Path = ()
        self._due: Path | None = ()
        self._around: list[tuple[list[object] | dict[str | int, object] | None, Path]] = []

    def complain(self, at: int, code: Code, message: str, advice: str) -> None:
        """Note a problem and read on."""
        self.found.append(_Found(at, code, message, advice))

    def scalar(self, text: str, at: int, *, plain: bool) -> None:
        """Take a text; a plain one may stand for something else."""
        if len(text) > MAX_TEXT:
            message = f"this text has {len(text):,} characters, more than {MAX_TEXT:,}"
            self.complain(at, Code.TOO_BIG, message, "Shorten it; or check that a quote is not missing.")
        if self._escapes and (hit := HIDDEN.search(text)):
            self.found.append(_hidden(hit, at))
        value = self._plain(text, at) if plain else text
        if self._due is None and type(self._into) is dict:
            self._take_key(text, at, value, merge=plain and text == "<<")
        else:
            self._put(value, at)

    def open(self, data: list[object] | dict[str | int, object], at: int) -> None:
        """Begin a list or group; it is the place for what comes until it is closed."""
        if self._due is None and type(self._into) is dict:
            advice = "Write the key as text, such as “key: value”."
            raise _Stop(at, Code.KEY_NOT_TEXT, "a list or group stands where a key belongs", advice)
        if len(self._around) == MAX_DEPTH:
            advice = "Check the brackets and the indentation."
            raise _Stop(at, Code.TOO_DEEP, f"more than {MAX_DEPTH} lists and groups lie inside each other", advice)
        self._around.append((self._into, self._path))
        self._path = self._put(data, at)
        self._into = data

    def close(self) -> None:
        """End the list or group begun last."""
        self._into, self._path = self._around.pop()

    def _put(self, value: object, at: int) -> Path:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _Stop(
                at, Code.TOO_BIG, f"it has more than {MAX_NODES:,} values", "Check that this is the right file."
            )
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

    def _take_key(self, text: str, at: int, value: object, *, merge: bool) -> None:
        self._due = path = (*self._path, text)
        first = self.keys.setdefault(path, at)
        if first != at:
            message = f"the key {_quoted(text)} is here for the second time; the first is in line {self._line(first)}"
            self.complain(at, Code.DUPLICATE_KEY, message, "Keep one of the two.")
        elif merge:
            message = "“<<” copies other keys in YAML, which is not done here"
            self.complain(at, Code.FORBIDDEN_YAML, message, "Write the keys out.")
        elif type(value) is not str:
            message = f"the key {_quoted(text)} is not text for YAML programs" if text else "a key is missing here"
            self.complain(
                at, Code.KEY_NOT_TEXT, message, f'Put it in quotes: "{text[:SHOWN]}".' if text else "Write one."
            )

    def _plain(self, text: str, at: int) -> object:
        """Return what a plain text stands for: a number, true, false, nothing, or, mostly, itself."""
        if text in WORDS:
            return WORDS[text]
        if meaning := BARE.get(text.lower()):
            message = f"the bare word “{text}” means {meaning} to many programs"
            self.complain(at, Code.BARE_WORD, message, f'Put it in quotes: "{text}"; or write {meaning}.')
        elif text[0] in "+-0123456789":
            return self._number(text, at)
        return text

    def _number(self, text: str, at: int) -> object:
        number = NUMBER.fullmatch(text)
        if CLOCK.fullmatch(text):
            message = f"the bare {_quoted(text)} is a number of minutes or seconds to some programs"
            self.complain(at, Code.BARE_WORD, message, f'Put it in quotes: "{text[:SHOWN]}".')
        if not number:
            return text
        if len(text) > MAX_DIGITS and sum(map(str.isdigit, text)) > MAX_DIGITS:
            message = f"the number {_quoted(text)} has more than {MAX_DIGITS} digits"
            self.complain(at, Code.BAD_NUMBER, message, "Round it; if it is a reference, put it in quotes.")
            return 0
        return float(text) if number[1] else int(text)

    def _line(self, at: int) -> int:
        return bisect_left(self._line_ends, at) + 1

    @cached_property
    def _line_ends(self) -> list[int]:
        return [hit.start() for hit in re.finditer("\n", self.text)]


# YAML.

# What both of PyYAML's parsers say, and what it means. The place is where the broken thing begins …
_BROKEN: Final = {
    "unexpected (?:end of stream|document)": (
        "the quote that opens here is never closed",
        'Close it; inside double quotes, write \\" for a quote.',
    ),
    "could not find expected ':'": (
        "this line is neither “key: value” nor part of the text above it",
        "Write a colon and a space after the key; put text of several lines in double quotes.",
    ),
    "start any token|an alias|an anchor|a tag|tag handle": (
        "text without quotes cannot begin with “{char}”",
        "Put the text in double quotes.",
    ),
    "a flow (?:sequence|mapping)": (
        "this “{char}” is not closed, or a comma is missing after it (noticed in line {line})",
        "Close it, and write commas between its parts; if it is text, put it in double quotes.",
    ),
    "a block scalar": (
        "“{char}” announces text on the lines below, and more stands beside it",
        "Begin the text on the next line, indented; or put it in double quotes.",
    ),
}
# … or where the parser noticed.
_NOTICED: Final = {
    "escape|hexdec": (
        "a backslash in double quotes stands for a special character, and this one is not known",
        "Write \\\\ for a backslash, or use single quotes.",
    ),
    "mapping values": (
        "this colon comes inside text without quotes, or its line is indented too far",
        "Put the whole text in double quotes, or line the key up with the keys above it.",
    ),
    "sequence entries": (
        "a list cannot begin on the line of its key",
        "Begin it on the next line, each item with “- ”.",
    ),
    "node content": (
        "a value is missing here, or a bracket or comma is out of place",
        "Write the value; if it is text with brackets or commas, put it in double quotes.",
    ),
    "expected key|block end|'-' indicator|document start": (
        "this does not go with what stands above it: the indentation is off, or a quote was closed too early",
        "Line it up with its neighbours; put text that has quotes in it in quotes of the other kind.",
    ),
    "": ("from here on this is not YAML", "Check quotes, colons and indentation here and in the line before."),
}


def _read_yaml(reader: _Reader, loader: type) -> None:
    """Feed the reader from YAML events."""
    in_brackets = 0
    for event, at in _events(reader.text, loader):
        match event:
            case yaml.ScalarEvent():
                if event.anchor or event.tag:
                    _refuse_marks(reader, at, event.anchor, event.tag)
                if (in_brackets or event.style in {"|", ">"}) and _is_disputed(reader.text, event, at):
                    message = "programs disagree on where this text without quotes begins or ends"
                    reader.complain(at, Code.BAD_YAML, message, "Put it in double quotes.")
                reader.scalar(event.value, at, plain=not event.style)
            case yaml.CollectionStartEvent():
                _refuse_marks(reader, at, event.anchor, event.tag)
                in_brackets += bool(in_brackets or event.flow_style)
                reader.open({} if isinstance(event, yaml.MappingStartEvent) else [], at)
            case yaml.CollectionEndEvent():
                in_brackets -= bool(in_brackets)
                reader.close()
            case yaml.AliasEvent():
                _refuse(reader, at, "*", "repeats another part")
                reader.scalar(f"*{event.anchor}", at, plain=False)
            case yaml.DocumentStartEvent() if reader.values:
                advice = "Make a file of each part, or take out the line of hyphens."
                raise _Stop(at, Code.SEVERAL_DOCUMENTS, "a second document begins here", advice)


def _is_disputed(text: str, event: yaml.ScalarEvent, at: int) -> bool:
    """Tell whether PyYAML's two parsers part ways at this text: [why?] and [a:{}] and |#."""
    if event.style:
        return bool(re.match("[|>][-+0-9]*#", text[at : at + 4]))
    end = at + len(event.value)
    return "?" in event.value or bool(re.match(r":[]\[{},?]", text[end : end + 2]))


def _refuse_marks(reader: _Reader, at: int, anchor: str | None, tag: str | None) -> None:
    if anchor:
        _refuse(reader, at, "&", "gives this part a name")
    if tag:
        _refuse(reader, at, "!", "sets a type")


def _refuse(reader: _Reader, at: int, sign: str, use: str) -> None:
    advice = "Write it without; if it is text, put it in double quotes."
    reader.complain(at, Code.FORBIDDEN_YAML, f"“{sign}” {use} in YAML, which is not done here", advice)


def _events(text: str, loader: type) -> Iterator[tuple[yaml.Event, int]]:
    """Yield the events and where they begin. PyYAML throws more than its own errors, and none of them leaves here."""
    try:
        for event in yaml.parse(text, Loader=loader):
            yield event, event.start_mark.index  # type: ignore[union-attr]  # events from a parser have marks
    except yaml.MarkedYAMLError as error:
        raise _syntax(text, error) from None
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, OverflowError, RecursionError):
        advice = "Check the characters after backslashes, tags and anchors."
        raise _Stop(-1, Code.BAD_YAML, "this is not YAML that can be read", advice) from None


def _syntax(text: str, error: yaml.MarkedYAMLError) -> _Stop:
    said = f"{error.context} {error.problem}"
    needle, (message, advice) = next(row for row in (_BROKEN | _NOTICED).items() if re.search(row[0], said))
    noticed = error.problem_mark or error.context_mark
    mark = (error.context_mark if needle in _BROKEN else None) or noticed
    at, line = (mark.index, noticed.line + 1) if mark and noticed else (-1, 0)
    return _Stop(at, Code.BAD_YAML, message.format(char=_clean(text[at : at + 1]), line=line), advice)


# JSON.

_JSON: Final = {
    "Expecting property name": ("a key in double quotes belongs here", "Write one, or take out the comma before it."),
    "Illegal trailing comma": ("no comma may stand before a closing bracket", "Take it out."),
    "Expecting ','": ("a comma or a closing bracket belongs here", 'Write it; a quote inside text is written \\".'),
    "Expecting ':'": ("a colon belongs here, between the key and its value", "Write it."),
    "Expecting value": ("a value belongs here", "Write one; text goes in double quotes, and no comma after the last."),
    "Extra data": ("the content ended before this", "Remove what follows, or check the brackets before it."),
    "Unterminated string": ("the quote that opens here is never closed", 'Close it; write \\" for a quote inside.'),
    "Invalid control": ("a line ends inside quotes here, or a tab stands there", "Close it; or write \\n or \\t."),
    "Invalid \\": ("this backslash stands for a special character that is not known", "Write \\\\ for a backslash."),
    "": ("from here on this is not JSON", "Check the quotes, commas and brackets before it."),
}


def _read_json(reader: _Reader) -> None:
    """Feed the reader from JSON tokens, once the library has found nothing wrong with how they follow each other."""
    try:
        json.loads(reader.text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        words = next(words for start, words in _JSON.items() if error.msg.startswith(start))
        raise _Stop(error.pos, Code.BAD_JSON, *words) from None
    except RecursionError:
        pass  # the reader stops long before that, and says where
    for hit in TOKEN.finditer(reader.text):
        _take_word(reader, hit.group(), hit.start())


def _take_word(reader: _Reader, word: str, at: int) -> None:
    if word[0] == '"':
        reader.scalar(json.loads(word) if "\\" in word else word[1:-1], at, plain=False)
    elif word in "{[":
        reader.open({} if word == "{" else [], at)
    elif word in "}]":
        reader.close()
    elif word in WORDS or NUMBER.fullmatch(word):
        reader.scalar(word, at, plain=True)
    else:
        message = f"{_quoted(word)} is not a number written in plain digits"
        raise _Stop(at, Code.BAD_NUMBER, message, "Write it out, such as 1000 or 0.001.")


# From data to a model: what does not fit, in words.

_TYPES: Final = {
    "string_type": ("text", "Write one text here."),
    "int_type": ("a whole number", "Write it in digits without quotes, such as 3."),
    "float_type": ("a number", "Write it in digits without quotes, such as 3 or 2.5."),
    "bool_type": ("true or false", "Write true or false, in small letters and without quotes."),
    "tuple_type": ("a list", "Put it in square brackets, also if it is only one: [one]."),
    "dict_type": ("a group of keys", "Write “key: value” under it, one for each key."),
    "model_type": ("a group of keys", "Write “key: value” under it, one for each key."),
}
_BOUNDS: Final = {
    # (message, what pydantic calls the limit, advice)
    "string_too_short": ("this text has {size} characters; it needs at least {limit}", "min_length", "Write more."),
    "string_too_long": ("this text has {size} characters; it can have {limit} at most", "max_length", "Shorten it."),
    "too_short": ("this list has {size} items; it needs at least {limit}", "min_length", "Add to it."),
    "too_long": ("this list has {size} items; it can have {limit} at most", "max_length", "Take some out."),
    "greater_than_equal": ("{value} is too low", "ge", "Write {limit} or more."),
    "greater_than": ("{value} is too low", "gt", "Write more than {limit}."),
    "less_than_equal": ("{value} is too high", "le", "Write {limit} or less."),
    "less_than": ("{value} is too high", "lt", "Write less than {limit}."),
}
_PATTERNS: Final = {
    r"^[a-z0-9]+": ("an id", "Use small letters, digits and single hyphens, such as local-contracts."),
    r"^https?://": ("a web address", "Begin with https:// and leave no spaces, such as https://example.org/page."),
    r"^[a-z]{2,3}": ("a language", "Use its code, such as en or en-GB."),
    r"^\d{4}-": ("a day", "Write year-month-day, such as 2026-11-23."),
    "": ("what belongs here", "Compare it with an example."),
}


class _Wrong(NamedTuple):
    """What pydantic found at one place of the document; several errors where a union offered several ways."""

    at: int
    path: Path
    errors: list[ErrorDetails]


def _wrongs(document: Document, errors: Iterable[ErrorDetails]) -> list[_Wrong]:
    """Return the errors by place, in the order of the file, without those that only follow from others."""
    places: dict[tuple[int, Path], list[ErrorDetails]] = {}
    for error in errors:
        path = _way(document, error)
        places.setdefault((_at(document, path, error), path), []).append(error)
    around = {path[:i] for _, path in places for i in range(len(path))}
    wrongs = []
    for (at, path), found in places.items():
        # A part inside went wrong, or a union's other way got further: that error says more than this one.
        dull = {*_TYPES, "too_short"} if path in around else _TYPES.keys()
        telling = [error for error in found if error["type"] not in dull]
        if telling or path not in around:
            wrongs.append(_Wrong(at, path, telling or found))
    return sorted(wrongs, key=lambda wrong: wrong.at)


def _way(document: Document, error: ErrorDetails) -> Path:
    loc = error["loc"]
    if error["type"] != "missing":
        return document.nearest(loc)
    path = document.nearest(loc[:-1])
    while path and not isinstance(document.at(path), dict):
        path = path[:-1]
    return (*path, loc[-1])


def _at(document: Document, path: Path, error: ErrorDetails) -> int:
    if error["type"] == "missing":
        return document.values.get(path[:-1], -1)
    at_key = error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",)
    return document.key_at(path) if at_key else document.values.get(path, -1)


def _in_words(model: type[BaseModel], document: Document, wrong: _Wrong) -> _Found:
    error = wrong.errors[0]
    kind, context, name = error["type"], error.get("ctx", {}), str(wrong.path[-1]) if wrong.path else ""
    if kind == "missing":
        return _Found(wrong.at, Code.MISSING, f"{_quoted(name)} is missing", f"Add “{name}: …” here.")
    if kind == "extra_forbidden":
        group = document.at(wrong.path[:-1])
        words = _unexpected(name, set(group) if isinstance(group, dict) else set(), _models_at(model, error))
        return _Found(wrong.at, Code.UNEXPECTED, *words)
    value = name if error["loc"][-1:] == ("[key]",) else document.at(wrong.path)
    if kind in _TYPES:
        return _Found(wrong.at, *_wrong_type(value, _written(document, wrong, value), wrong.errors))
    shown = _quoted(_written(document, wrong, value))
    return _Found(wrong.at, Code.BAD_VALUE, *_bad_value(kind, context, value, shown))


def _unexpected(name: str, present: set[str], models: Iterable[type[BaseModel]]) -> tuple[str, str]:
    groups = [[one.alias or key for key, one in model.model_fields.items()] for model in models]
    if any(name in group for group in groups):
        return f"{_quoted(name)} does not go with the other keys here", "Keep only those that belong together."
    # Of the ways that a union offers, the one with most of the keys that are there is meant.
    meant = max(groups, key=lambda group: len(present.intersection(group)), default=[])
    free = [key for key in meant if key not in present]
    advice = did_you_mean(name, free) if free else ""
    return f"{_quoted(name)} has no meaning here", advice or "Check its spelling, or remove it."


def _written(document: Document, wrong: _Wrong, value: object) -> str:
    """Return the word as it stands in the file: 1.10 rather than 1.1."""
    if isinstance(value, str):
        return value
    hit = re.compile(r"[^\s,\]}#]*").match(document.text, max(wrong.at, 0))
    return hit.group() if hit and document.text else ""


def _wrong_type(value: object, written: str, errors: Sequence[ErrorDetails]) -> tuple[Code, str, str]:
    kinds = dict(_TYPES[error["type"]] for error in errors if error["type"] in _TYPES)
    expected, advice = " or ".join(kinds), next(iter(kinds.values()))
    if isinstance(value, list | dict):
        return Code.WRONG_TYPE, f"{expected} expected, but this is {_kind_of_value(value)}", advice
    if not written:
        return Code.MISSING, f"{expected} expected, but there is nothing", "Write it, or remove the line."
    if "text" in kinds and not isinstance(value, str):
        message = f"text expected, but without quotes {_quoted(written)} is {_kind_of_value(value)}"
        return Code.BARE_WORD, message, f'Put it in quotes: "{written[:SHOWN]}".'
    return Code.WRONG_TYPE, f"{expected} expected, but this is {_kind_of_value(value)}: {_quoted(written)}", advice


def _kind_of_value(value: object) -> str:
    kinds = {str: "text", bool: "true or false", list: "a list", dict: "a group of keys", type(None): "no value"}
    return kinds.get(type(value), "a number")


def _bad_value(kind: str, context: Mapping[str, Any], value: object, shown: str) -> tuple[str, str]:
    if isinstance(value, str) and not value.strip():
        return "this text is empty", "Write something; if it is not needed, remove the line."
    if kind in _BOUNDS:
        message, limit, advice = _BOUNDS[kind]
        size = len(value) if isinstance(value, str | list) else 0
        words = {"size": f"{size:,}", "value": shown, "limit": f"{context[limit]:,.12g}"}
        return message.format(**words), advice.format(**words)
    if kind == "literal_error":
        known = re.findall("'([^']*)'", context["expected"])
        return f"{shown} is not one of the words that can stand here", did_you_mean(str(value), known)
    if kind == "string_pattern_mismatch":
        words_for = next(words for start, words in _PATTERNS.items() if context["pattern"].startswith(start))
        return f"{shown} is not {words_for[0]}", words_for[1]
    if kind == "value_error":
        return f"{shown} cannot be used: {_clean(str(context['error']))[:SHOWN]}", "Correct it."
    return f"{shown} does not fit here", "Compare it with an example."


def _models_at(model: type[BaseModel], error: ErrorDetails) -> list[type[BaseModel]]:
    """Return the models that may stand around the value with the error; several, if a union offers them."""
    models = [model]
    for part in error["loc"][:-1]:
        fields = [one for m in models for name, one in m.model_fields.items() if part in (name, one.alias)]
        models = [m for one in fields for m in _models(one.annotation)] or models
    return models


def _models(kind: object) -> list[type[BaseModel]]:
    """Return the models that a type such as tuple[A | B, ...] is made of."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [model for part in get_args(kind) for model in _models(part)]
