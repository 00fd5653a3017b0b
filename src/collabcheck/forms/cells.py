"""Cells of an Excel file: words stay words, rows are as tall as these need, and the bytes are the same each time."""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from math import ceil
from textwrap import wrap
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from collabcheck.characters import visible
from collabcheck.forms.xlsform import LONGEST_CELL, cell_length
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError, of_whole_file

_NAME: Final = "Calibri"
LINE: Final = 14.5  # points
TALLEST: Final = 400.0  # points; Excel takes no row above 409
_CODED: Final = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
BLUE, PALE, GREY, CREAM = "1D4E89", "E8EEF5", "5B6470", "FFFBEA"
_EDGE = Side(style="thin", color="8A94A0")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def header(sheet: Worksheet, widths: Mapping[str, int]) -> None:
    """Write the first row, which stays in view and stands on every printed page."""
    for number, (header, width) in enumerate(widths.items(), start=1):
        cell = put(sheet, 1, number, header, font=font_of(bold=True, color="FFFFFF"))
        cell.fill = PatternFill("solid", start_color=BLUE)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.row_dimensions[1].height = 2 * LINE + 4
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"


def height(*columns: tuple[str, int]) -> float:
    """Return how tall a row must be for these words in columns of these widths."""
    lines = (sum(max(1, ceil(len(line) / width)) for line in words.split("\n")) for words, width in columns)
    return min(max(lines) * LINE, TALLEST)


def pieces(words: str, width: int) -> Sequence[str]:
    """Return words in as many pieces as they need rows, if they stand in a column of this width."""
    pieces = [""]
    for line in words.split("\n"):
        for part in wrap(line, 20 * width, replace_whitespace=False, drop_whitespace=False) or [""]:
            longer = f"{pieces[-1]}\n{part}".removeprefix("\n")
            fits = height((longer, width)) < TALLEST
            pieces[-1:] = [longer] if fits or not pieces[-1] else [pieces[-1], part]
    return pieces


def rich(parts_: Iterable[tuple[str, InlineFont | None]]) -> CellRichText:
    """Return words of several fonts for one cell."""
    held = ((_uncoded(words), font) for words, font in parts_ if words)
    return CellRichText(*[TextBlock(font, words) if font else words for words, font in held])


def font_of(size: int = 11, *, bold: bool = False, color: str = "000000") -> Font:
    """Return a font for a cell."""
    return Font(name=_NAME, size=size, bold=bold, color=color)


def inline(size: int = 11, *, bold: bool = False, italic: bool = False, color: str = "000000") -> InlineFont:
    """Return a font for a part of a cell."""
    return InlineFont(rFont=_NAME, sz=size, b=bold, i=italic, color=Color(color))


def put(sheet: Worksheet, row: int, column: int, words: str | CellRichText, *, font: Font | None = None) -> Cell:
    """Write words into a cell, as words, whatever they begin with and whatever codes are in them."""
    return write(sheet, row, column, _uncoded(words) if isinstance(words, str) else words, font=font)


def _uncoded(words: str) -> str:
    """Return words in which Excel takes nothing, such as _x0041_, for the code of a letter."""
    return _CODED.sub("_x005F_x", words)


def write(sheet: Worksheet, row: int, column: int, words: str | CellRichText, *, font: Font | None = None) -> Cell:
    """Write words into a cell, as words, whatever they begin with."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("the first cell of a merged area is a cell")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if words:
        cell.value = words
        cell.data_type = "s"
    if font:
        cell.font = font
    return cell


def open_up(cell: object) -> None:
    """Let people write in a cell, and show that they may."""
    if not isinstance(cell, Cell):
        raise TypeError("only the first cell of a merged area can be written in")
    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", start_color=CREAM)
    cell.border = _BOX
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.number_format = "@"  # so that what people type stays as they typed it


def finish(sheet: Worksheet, *, landscape: bool) -> None:
    """Lock what is not to be written in, without a password; lay the sheet out for A4."""
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.5, 0.6, 0.25
    if sheet.oddFooter is not None and sheet.oddFooter.center is not None:  # an empty footer is false
        sheet.oddFooter.center.text = "&P / &N"


# The same bytes, whenever they are made.


def bytes_of(book: Workbook, pack: Pack) -> bytes:
    """Return a workbook as a file; CollabcheckError if words of the pack do not fit into a cell."""
    for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
        if cell_length(str(cell.value or "")) >= LONGEST_CELL:  # openpyxl cuts off the rest, or Excel refuses it
            raise _too_long(pack, str(cell.value))
    book.properties.title, book.properties.creator = pack.title, "collabcheck"
    written, same = BytesIO(), BytesIO()
    book.save(written)
    with ZipFile(written) as archive, ZipFile(same, "w") as out:
        for name in sorted(archive.namelist(), key=_rank):
            part = ZipInfo(name, _EPOCH)
            part.compress_type, part.external_attr = ZIP_DEFLATED, 0o600 << 16
            data = archive.read(name)
            out.writestr(part, _timeless(data) if name == "docProps/core.xml" else data)
    return same.getvalue()


def _too_long(pack: Pack, words: str) -> CollabcheckError:
    message = f"words that stand together have {LONGEST_CELL:,} characters or more, which no cell can hold: "
    advice = "Shorten these words; or use another form, such as form.html."
    return of_whole_file(pack.pack, Code.TOO_BIG, message + f"“{visible(words[:60])} …”", advice)


def _rank(name: str) -> tuple[bool, str]:
    return name != "[Content_Types].xml", name


def _timeless(properties: bytes) -> bytes:
    """Return the properties without the moment at which they were written."""
    return re.sub(rb"(<dcterms:\w+ [^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", properties)
