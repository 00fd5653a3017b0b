"""The charts of a Word document as small pictures, which look the same whatever fonts a machine has."""

from collections.abc import Iterable
from fractions import Fraction
from io import BytesIO
from zlib import compress, crc32

from docx.document import Document as Paper
from docx.oxml.xmlchemy import BaseOxmlElement as Node
from docx.shared import Pt

from collabcheck.report.blocks import Dumbbell, Gauge, Mark, Stretch, Strip
from collabcheck.report.word.nodes import node, short
from collabcheck.report.word.styles import BLUE, COLOURS, GREY

DOTS = 6
"""Dots in a point: fine enough for paper."""
EDGE = 6
"""Points beside the scale, so that a mark at its end is whole."""
TALL, LEAST = 12, 2
"""Points: the height of a full cell, and of one with the fewest in it."""

_PALETTE = ("FFFFFF", "1B2127", "DDE3EA", "A9B3BF", GREY, *COLOURS)
_PAPER, _INK, _TRACK, _LINE, _GREY, _LOWEST = range(6)
_BLUE = _PALETTE.index(BLUE)


class Picture:
    """Dots of a few colours over a scale from 0 to 100. Across, all is said on that scale; down, in points."""

    def __init__(self, wide: int, high: int, *, edge: int = EDGE) -> None:
        self.wide, self.high, self._edge = wide, high, edge
        self._rows = [bytearray(wide * DOTS) for _ in range(high * DOTS)]

    def box(self, ends: tuple[Fraction | int, Fraction | int], down: tuple[float, float], colour: int) -> None:
        """Fill what lies between two places of the scale."""
        left, right = map(self._at, ends)
        for row in self._down(*down):
            row[left:right] = bytes([colour]) * (right - left)

    def hatch(self, ends: tuple[Fraction | int, Fraction | int], down: tuple[float, float], colour: int) -> None:
        """Fill it with stripes, which tell it from what is full without colour."""
        left, right = map(self._at, ends)
        for y, row in enumerate(self._down(*down)):
            for x in range(left, right):
                row[x] = colour if (x + y) % 12 < 5 else _TRACK  # noqa: PLR2004  dots
        self.tick(ends[1], down, colour)

    def tick(self, at: Fraction | int, down: tuple[float, float], colour: int, *, dots: int = 3) -> None:
        """Draw a line across the scale."""
        middle = self._at(at)
        for row in self._down(*down):
            row[middle - dots : middle + dots] = bytes([colour]) * (2 * dots)

    def diamond(self, at: Fraction, middle: float, radius: float, colour: int) -> None:
        """Draw a mark on the scale."""
        x, y, most = self._at(at), round(middle * DOTS), round(radius * DOTS)
        for down in range(-most, most + 1):
            wide = most - abs(down)
            self._rows[y + down][x - wide : x + wide + 1] = bytes([colour]) * (2 * wide + 1)

    def file(self) -> bytes:
        """Return the picture as a PNG, which can be seen through where nothing is drawn."""
        head = (self.wide * DOTS).to_bytes(4) + (self.high * DOTS).to_bytes(4) + bytes((8, 3, 0, 0, 0))
        dots = compress(b"".join(b"\0" + row for row in self._rows), 9)
        parts = ((b"IHDR", head), (b"PLTE", bytes.fromhex("".join(_PALETTE))), (b"tRNS", b"\0"), (b"IDAT", dots))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_part(*part) for part in (*parts, (b"IEND", b"")))

    def _at(self, place: Fraction | int) -> int:
        return round((self._edge + Fraction(place) * (self.wide - 2 * self._edge) / 100) * DOTS)

    def _down(self, top: float, bottom: float) -> list[bytearray]:
        return self._rows[round(top * DOTS) : round(bottom * DOTS)]


def _part(kind: bytes, inside: bytes) -> bytes:
    return len(inside).to_bytes(4) + kind + inside + crc32(kind + inside).to_bytes(4)


def drawn(paper: Paper, picture: Picture, said: str) -> Node:
    """Return a run with the picture in it, and what it shows in words."""
    inline = paper.part.new_pic_inline(BytesIO(picture.file()), Pt(picture.wide), Pt(picture.high))
    for side in "TBLR":
        inline.set(f"dist{side}", "0")  # or LibreOffice leaves room beside it
    inline.docPr.set("descr", short(said, 1000))
    return node("r", node("drawing", inline))


def number(drawings: Iterable[Node]) -> None:
    """Number all pictures of a document, in which each needs a number of its own."""
    for i, drawing in enumerate(drawings, start=1):
        drawing.set("id", str(i))
        drawing.set("name", f"Chart {i}")


def bar(row: Gauge, scale: Iterable[Stretch], wide: int) -> Picture:
    """Draw a bar: full up to the low end, striped up to the high end, and a line at the score."""
    picture = Picture(wide, 12, edge=1)
    _scale(picture, scale)
    picture.box((0, 100), (2, 10), _TRACK)
    level = next((span.level for span in row.bands if isinstance(span, Mark)), 1)
    picture.box((0, row.low), (2, 10), _LOWEST + level)
    if row.high > row.low:
        picture.hatch((row.low, row.high), (2, 10), _LOWEST + level)
    if row.score is not None:
        picture.tick(row.score, (0.5, 11.5), _INK, dots=4)
    return picture


def _scale(picture: Picture, scale: Iterable[Stretch]) -> None:
    for stretch in scale:
        picture.tick(stretch.starts, (0, picture.high), _LINE, dots=2)


def dumbbell(row: Dumbbell, scale: Iterable[Stretch], wide: int) -> Picture:
    """Draw a line with a mark for each score, what lies between, and what is open on either side."""
    picture = Picture(wide, 12)
    _scale(picture, scale)
    picture.box((0, 100), (5.5, 6.5), _LINE)
    for end, down in zip(row.ends, ((2, 6), (6, 10)), strict=True):
        if end.high > end.low:
            picture.hatch((end.low, end.high), down, _GREY)
    first, second = row.first.score, row.second.score
    if first is not None and second is not None:
        picture.box((min(first, second), max(first, second)), (5, 7), _GREY)
    if first is not None:
        picture.diamond(first, 6, 5, _BLUE)
        picture.diamond(first, 6, 3.6, _PAPER)
    if second is not None:
        picture.diamond(second, 6, 2.2 if first == second else 5, _BLUE)
    return picture


def strip(row: Strip, scale: Iterable[Stretch], wide: int) -> Picture:
    """Draw a column or an empty frame for each count; below them the middle half, and the one organisation."""
    picture = Picture(wide, TALL + 13)
    _scale(picture, scale)
    _columns(picture, row)
    if row.middle:
        picture.box((row.middle.low, row.middle.high), (TALL + 5.5, TALL + 6.5), _INK)
        for at, room in ((row.middle.low, 3), (row.middle.median.at, 1), (row.middle.high, 3)):
            picture.tick(at, (TALL + room, TALL + 12 - room), _INK)
    if row.here:
        picture.diamond(row.here.at, TALL + 6, 5, _BLUE)
    return picture


def _columns(picture: Picture, row: Strip) -> None:
    """Draw a column for each count on the floor of its cell, and a frame for one that is not shown."""
    each = Fraction(100, len(row.counts))
    for i, share in enumerate(row.shares):
        ends = i * each, (i + 1) * each
        if share is None:
            picture.box(ends, (1, TALL), _LINE)
            picture.box((ends[0] + 1, ends[1] - 1), (2, TALL - 1), _PAPER)
        else:
            picture.box(ends, (1, TALL), _TRACK)
            picture.box(ends, (TALL - max(float(share) * (TALL - 1), LEAST) if share else TALL, TALL), _GREY)
    for i in range(len(row.counts) + 1):
        picture.tick(i * each, (0, TALL), _PAPER, dots=2)
