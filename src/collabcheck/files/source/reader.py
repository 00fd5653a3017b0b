"""Files and texts to documents.

Nothing here composes or constructs. YAML comes as parser events and JSON as tokens; one draft puts both together,
without recursion and under the same limits, so the same content gives the same data.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Final

import yaml

from collabcheck.characters import shown
from collabcheck.files.source.document import Document
from collabcheck.files.source.draft import NUMBER, WORDS, Draft
from collabcheck.files.source.found import Stop, quoted, refused
from collabcheck.files.source.syntax import broken_json, broken_yaml
from collabcheck.files.source.text import BOM, EMPTY, Kind, decoded, read_bytes, unreadable
from collabcheck.problems import Code, of_whole_file

LOADER: Final[type] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COLON_AND_END: Final = re.compile(r" *:[]\[{},?]")
_TOKEN: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]|[^\s",:{}\[\]]+')


def read_file(path: Path) -> Document:
    """Read a file by its suffix: JSON if it is .json, otherwise YAML. CollabcheckError with all that is wrong."""
    name = shown(str(path))
    return read_text(name, read_bytes(name, path), kind_by(path))


def read_text(name: str, raw: bytes, kind: Kind, loader: type = LOADER) -> Document:
    """Read what a file or standard input holds; `name` is what messages call it."""
    name = shown(name)
    text = decoded(name, raw)
    if found := list(unreadable(text, kind)):
        raise refused(name, text, found)
    draft = _draft(text, kind, loader)
    if draft.found:
        raise refused(name, text, draft.found)
    if draft.data is None:
        raise of_whole_file(name, *EMPTY)
    return Document(name, draft.data, text, draft.values, draft.keys)


def kind_by(path: PurePath) -> Kind:
    """Tell what a file holds by its suffix."""
    return "json" if path.suffix.lower() == ".json" else "yaml"


def kind_of(raw: bytes) -> Kind:
    """Tell what standard input holds: JSON if it begins with a brace."""
    return "json" if raw.removeprefix(BOM).lstrip().startswith(b"{") else "yaml"


def _draft(text: str, kind: Kind, loader: type) -> Draft:
    draft = Draft(text)
    try:
        _read_json(draft) if kind == "json" else _read_yaml(draft, loader)
    except Stop as stop:
        draft.found.append(stop.found)
    except _TooDeepForParserError:
        return _draft(text, kind, yaml.SafeLoader)
    return draft


class _TooDeepForParserError(Exception):
    """The parser in C gave up while it looked ahead; the one in Python goes on to where our own limit is."""


def _read_yaml(draft: Draft, loader: type) -> None:
    """Fill the draft from YAML events."""
    in_brackets = 0
    for event, at in _events(draft.text, loader):
        match event:
            case yaml.ScalarEvent():
                if event.anchor or event.tag:
                    _refuse_marks(draft, at, event.anchor, event.tag)
                if (in_brackets or event.style in {"|", ">"}) and _is_disputed(draft.text, event, at):
                    message = "programs disagree on where this text without quotes begins or ends"
                    draft.complain(at, Code.BAD_YAML, message, "Put it in double quotes.")
                draft.scalar(event.value, at, plain=not event.style)
            case yaml.CollectionStartEvent():
                _refuse_marks(draft, at, event.anchor, event.tag)
                in_brackets += bool(in_brackets or event.flow_style)
                draft.open({} if isinstance(event, yaml.MappingStartEvent) else [], at)
            case yaml.CollectionEndEvent():
                in_brackets -= bool(in_brackets)
                draft.close()
            case yaml.AliasEvent():
                _refuse(draft, at, "*", "repeats another part")
                draft.scalar(f"*{event.anchor}", at, plain=False)
            case yaml.DocumentStartEvent() if draft.values:
                advice = "Make a file of each part, or take out the line of hyphens."
                raise Stop(at, Code.SEVERAL_DOCUMENTS, "a second document begins here", advice)


def _is_disputed(text: str, event: yaml.ScalarEvent, at: int) -> bool:
    """Tell whether PyYAML's two parsers part ways at this text: [why?] and [a:{}] and [a :] and |#."""
    if event.style:
        return bool(re.match("[|>][-+0-9]*#", text[at : at + 4]))
    end = at + len(event.value)
    return "?" in event.value or _COLON_AND_END.match(text, end) is not None


def _refuse_marks(draft: Draft, at: int, anchor: str | None, tag: str | None) -> None:
    if anchor:
        _refuse(draft, at, "&", "gives this part a name")
    if tag:
        _refuse(draft, at, "!", "sets a type")


def _refuse(draft: Draft, at: int, sign: str, use: str) -> None:
    advice = "Write it without; if it is text, put it in double quotes."
    draft.complain(at, Code.FORBIDDEN_YAML, f"“{sign}” {use} in YAML, which is not done here", advice)


def _events(text: str, loader: type) -> Iterator[tuple[yaml.Event, int]]:
    """Yield the events and where they begin. PyYAML throws more than its own errors, and none of them leaves here."""
    try:
        for event in yaml.parse(text, Loader=loader):
            yield event, event.start_mark.index  # type: ignore[union-attr]  # events from a parser have marks
    except yaml.MarkedYAMLError as error:
        if loader is not yaml.SafeLoader and "nesting depth" in str(error.problem):
            raise _TooDeepForParserError from None
        begun, noticed = (mark.index if mark else -1 for mark in (error.context_mark, error.problem_mark))
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise broken_yaml(text, f"{error.context} {error.problem}", begun, noticed, line) from None
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, OverflowError, RecursionError):
        advice = "Check the characters after backslashes, tags and anchors."
        raise Stop(-1, Code.BAD_YAML, "this is not YAML that can be read", advice) from None


def _read_json(draft: Draft) -> None:
    """Fill the draft from JSON tokens, once the library has found nothing wrong with how they follow each other."""
    try:
        json.loads(draft.text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise broken_json(error) from None
    except RecursionError:
        pass  # the draft stops long before that, and says where
    for hit in _TOKEN.finditer(draft.text):
        _take_word(draft, hit.group(), hit.start())


def _take_word(draft: Draft, word: str, at: int) -> None:
    if word[0] == '"':
        draft.scalar(json.loads(word) if "\\" in word else word[1:-1], at, plain=False)
    elif word in "{[":
        draft.open({} if word == "{" else [], at)
    elif word in "}]":
        draft.close()
    elif word in WORDS or NUMBER.fullmatch(word):
        draft.scalar(word, at, plain=True)
    else:
        message = f"{quoted(word)} is not a number written in plain digits"
        raise Stop(at, Code.BAD_NUMBER, message, "Write it out, such as 1000 or 0.001.")
