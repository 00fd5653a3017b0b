"""The parts of a workbook as the parser goes through them: its sheets, styles, texts and cells."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""What in a number format stands for itself, or is a colour or a condition."""

_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
"""Counts all hours, minutes or seconds of a length of time, which is no time of a day."""

_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
"""The number formats for days and times that every Excel knows by number."""


@dataclass(slots=True)
class Book:
    """The sheets with the ids of their parts, whether they can be seen, and the day from which days are counted."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    """The ids of those that somebody has hidden."""
    since: datetime = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet knows no time zones

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """Take in an element that begins."""
        if tag == "sheet":
            link = next((value for key, value in given.items() if key.endswith(":id")), "")
            self.sheets.append((given.get("name", ""), link))
            self.hidden |= {link} if given.get("state", "visible") != "visible" else set()
        elif tag == "workbookPr" and given.get("date1904") in ("1", "true"):
            self.since = datetime(1904, 1, 1)  # noqa: DTZ001  the same


@dataclass(slots=True)
class Styles:
    """Which styles show a number as a day or a time."""

    _dated: list[bool] = field(default_factory=list)
    _formats: dict[str, str] = field(default_factory=dict)
    _inside: bool = False

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """Take in an element that begins."""
        if tag == "numFmt":
            self._formats[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyles", "dxfs"):
            self._inside = tag == "cellXfs"
        elif tag == "xf" and self._inside:
            self._dated.append(self._is_dated(given.get("numFmtId", "0")))

    def _is_dated(self, number: str) -> bool:
        if number in self._formats:
            return _shows_day(self._formats[number][:500])
        return number.isdecimal() and int(number[:9]) in _DATES

    def dated(self, style: str) -> bool:
        """Say whether a style, by its number, shows days or times."""
        return style.isdecimal() and int(style[:9]) < len(self._dated) and self._dated[int(style[:9])]


def _shows_day(code: str) -> bool:
    """Say whether a number format shows a number as a day or a time, and not as a length of time."""
    aside = _ASIDE.findall(code)
    return not any(map(_ELAPSED.fullmatch, aside)) and bool(re.search("[ymdhs]", _ASIDE.sub("", code).lower()))


@dataclass(slots=True)
class _Words:
    """Collects the text of one element, with its runs, and without the guide to its sound."""

    parts: list[str] = field(default_factory=list)
    _taking: bool = False
    _sound: bool = False

    def start(self, tag: str) -> None:
        self._sound = self._sound or tag == "rPh"
        self._taking = tag in ("t", "v") and not self._sound

    def end(self, tag: str) -> None:
        self._sound = self._sound and tag != "rPh"
        self._taking = False

    def add(self, words: str) -> None:
        if self._taking:
            self.parts.append(words)

    def take(self) -> str:
        """Return what was collected, and begin anew."""
        if not self.parts:
            return ""
        text, self.parts = "".join(self.parts), []
        if "_x" not in text and "\r" not in text:
            return text
        return _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


@dataclass(slots=True)
class Strings:
    """The texts that cells refer to by number."""

    all: list[str] = field(default_factory=list)
    _words: _Words = field(default_factory=_Words)

    def start(self, tag: str, _given: Mapping[str, str]) -> None:
        """Take in an element that begins."""
        self._words.start(tag)

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        self._words.end(tag)
        if tag == "si":
            self.all.append(self._words.take())

    def words(self, words: str) -> None:
        """Take in words between elements."""
        self._words.add(words)


Found = Callable[[int, int, str], None]
"""What is told of each cell that has something in it: its row, its column and its text."""


class Cells:
    """The cells of one sheet that have something in them. What the sheet says of its own size is not believed."""

    def __init__(self, strings: list[str], styles: Styles, found: Found, *, since: datetime) -> None:
        self.cells: dict[int, dict[int, str]] = {}
        self.broken: list[tuple[int, int, str]] = []
        """Row, column and text of cells whose formula went wrong; without text if it was never calculated."""
        self.muddled: list[tuple[int, int, str]] = []
        """Row and column of cells that may belong to another row or be another cell, and why."""
        self._strings, self._styles, self._found, self._since = strings, styles, found, since
        self._words = _Words()
        self._row = self._column = self._said = 0
        self._again = False
        self._given: Mapping[str, str] = {}
        self._formula = False

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """Take in an element that begins."""
        if tag == "row":
            self._row, self._column = _number(given.get("r")) or self._row + 1, 0
            self._again = self._row in self.cells
        elif tag == "c":
            at = _REFERENCE.fullmatch(given.get("r", ""))
            self._column = _column(at[1]) if at else self._column + 1
            self._said = int(at[2]) if at else self._row
            self._given, self._formula = given, False
            self._words.take()
        else:
            self._formula = self._formula or tag == "f"
            self._words.start(tag)

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        self._words.end(tag)
        if tag == "c":
            self._take(self._text(self._words.take()))

    def _take(self, text: str) -> None:
        kind = self._given.get("t", "n")
        if text.strip():
            self._found(self._row, self._column, text)
            self._check_place()
        if kind == "e" or (self._formula and not text and kind != "str"):  # an empty result says that it is a text
            self.broken.append((self._row, self._column, text))
        elif text.strip():
            self.cells.setdefault(self._row, {})[self._column] = text

    def _check_place(self) -> None:
        """Find a cell that would be put where another is, or into the row of somebody else."""
        row, column = self._row, self._column
        if self._said != row:
            self.muddled.append((row, column, f"cell {cell_name(self._said, column)} stands in row {row}"))
        elif self._again:
            self._again = False  # told once, not of each cell
            self.muddled.append((row, column, f"row {row} is there twice"))
        elif column in self.cells.get(row, {}):
            self.muddled.append((row, column, f"cell {cell_name(row, column)} is there twice"))

    def words(self, words: str) -> None:
        """Take in words between elements."""
        self._words.add(words)

    def _text(self, stored: str) -> str:
        match self._given.get("t", "n"):
            case "s":
                return self._strings[int(stored)] if stored.isdecimal() else ""
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(stored, stored)
            case "n" if self._styles.dated(self._given.get("s", "")):
                return _day(stored, self._since)
            case "n":
                return stored.removesuffix(".0")
            case "d":
                return stored.replace("T", " ", 1)
            case _:
                return stored


def cell_name(row: int, column: int) -> str:
    """Return what a spreadsheet calls a cell, such as “H3”."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def _number(digits: str | None) -> int:
    return int(digits) if digits and digits.isdecimal() and len(digits) <= 7 else 0  # noqa: PLR2004  1,048,576 rows


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _day(stored: str, since: datetime) -> str:
    """Return a day, a time or both in ISO form, from the days that have passed."""
    try:
        moment = since + timedelta(seconds=round(float(stored) * 86_400))
    except (ValueError, OverflowError):
        return stored
    if float(stored) < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d}" if float(stored).is_integer() else f"{moment:%Y-%m-%d %H:%M:%S}"
