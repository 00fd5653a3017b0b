"""The table of formats: name, suffixes and writer. The only module that knows all writers."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from collabcheck.characters import ACTS_OR_HIDES
from collabcheck.problems import UsageError
from collabcheck.report.blocks import Report


@dataclass(frozen=True, slots=True)
class Look:
    """How a terminal report is to look."""

    width: int = 80
    colour: bool = False
    plain: bool = False


Written = str | bytes
"""Text, which standard output may show as best it can; or bytes, which must be exactly these."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a result down."""

    name: str
    suffixes: tuple[str, ...]
    what: str
    write: Callable[[Report, dict[str, Any], Look], Written]
    of_pages: bool = True
    """Whether a page to read can be written in it too."""
    for_screens: bool = True
    """Whether a terminal can show it."""


def _terminal(report: Report, _data: dict[str, Any], look: Look) -> str:
    if look.plain:
        from collabcheck.report import plain

        return plain.render(report)
    from collabcheck.report import terminal

    return terminal.render(report, width=look.width, colour=look.colour)


def _markdown(report: Report, _data: dict[str, Any], _look: Look) -> str:
    from collabcheck.report import markdown

    return markdown.render(report)


def _html(report: Report, _data: dict[str, Any], _look: Look) -> bytes:
    from collabcheck.report import html

    return html.render(report)


def _word(report: Report, _data: dict[str, Any], _look: Look) -> bytes:
    try:
        from collabcheck.report.word import document
    except ModuleNotFoundError as missing:
        if missing.name != "docx":
            raise
        raise UsageError("Word needs one more package. Install it with: pip install python-docx") from None
    return document.render(report)


def _json(_report: Report, data: dict[str, Any], _look: Look) -> bytes:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return (
        f"{ACTS_OR_HIDES.sub(lambda found: json.dumps(found[0])[1:-1], text)}\n".encode()
    )  # codes, which say the same


FORMATS = {
    format_.name: format_
    for format_ in (
        Format("terminal", (".txt",), "opens in any program", _terminal),
        Format("markdown", (".md", ".markdown"), "Markdown", _markdown),
        Format("html", (".html", ".htm"), "a page for a browser; it prints well", _html),
        Format("word", (".docx",), "a Word document", _word, for_screens=False),
        Format("json", (".json",), "numbers for other programs", _json, of_pages=False),
    )
}


def by_suffix(name: str) -> Format | None:
    """Return the format that a file name asks for, if any does."""
    suffix = PurePath(name).suffix.lower()
    return next((format_ for format_ in FORMATS.values() if suffix in format_.suffixes), None)
