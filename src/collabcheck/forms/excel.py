"""The questions as Excel files: a workbook that one person fills in, and an XLSForm. The only door for openpyxl.

Whatever the words of a pack are, they are written as words: nothing in these files is a formula. The bytes are the same
whenever they are made.
"""

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
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from collabcheck.characters import visible
from collabcheck.forms import xlsform as form
from collabcheck.forms.parts import DOES_NOT_APPLY, I_DO_NOT_KNOW, asides, numbers, parts
from collabcheck.forms.xlsform import LONGEST_CELL, cell_length
from collabcheck.pack import Pack, Prompt
from collabcheck.problems import Code, CollabcheckError, of_whole_file
from collabcheck.questions import Question

START, ANSWERS, HELP, LISTS = "Start here", "Answers", "Help", "Lists"
"""The sheets of the workbook; the last one is hidden, and holds what the drop-downs offer."""

COLUMNS: Final = {
    "Question": 40,
    "What you can answer": 44,
    "Your answer": 36,
    "Why it does not apply": 19,
    "Note": 22,
    "Where it can be seen": 19,
    "Id": 15,
}
"""The headers of the answers with their widths in characters; the import knows them (files.imports)."""

HELPS: Final = {"Question": 44, "Who would know": 32, "Why we ask": 44, "What words mean": 52}
"""The headers of the help with their widths; the page for a browser and the terminal say the same of each question."""

YES, NO = "Yes", "No"

_ANSWER: Final = 3
_OPEN: Final = range(_ANSWER, 7)  # columns that people write in
_NAME: Final = "Calibri"
_LINE: Final = 14.5  # points
_TALLEST: Final = 400.0  # points; Excel takes no row above 409
_LONG_AGO: Final = "36526"  # the first day of 2000, as Excel counts them
_CODED: Final = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_BLUE, _PALE, _GREY, _CREAM = "1D4E89", "E8EEF5", "5B6470", "FFFBEA"
_THIN = Border(bottom=Side(style="thin", color="C9D1DA"))
_EDGE = Side(style="thin", color="8A94A0")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


# The answer workbook.


def workbook(pack: Pack, organisation: str = "", role: str = "") -> bytes:
    """Return a workbook for one person: a row for each question, and a drop-down in each."""
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook has a sheet")
    _start(first, pack, organisation)
    answers, helps, lists = (book.create_sheet(name) for name in (ANSWERS, HELP, LISTS))
    _Answers(answers, lists).fill(pack, role)
    _help(helps, pack)
    book.security = WorkbookProtection(lockStructure=True)
    return _bytes(book, pack)


def _start(sheet: Worksheet, pack: Pack, organisation: str) -> None:
    sheet.title = START
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 70
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=2)
    _put(sheet, 1, 1, pack.title, font=_font(18, bold=True, color=_BLUE))
    sheet.row_dimensions[1].height = min(2 * _height((pack.title, 50)), _TALLEST)
    minutes = "1 minute" if pack.minutes == 1 else f"{pack.minutes} minutes"
    rows = [
        *_pieces(pack.about, 105),
        f"It takes about {minutes}. You can save it, close it and go on later.",
        f"Go to the sheet “{ANSWERS}” below. Click on a yellow cell, then on its arrow, and choose what fits best.",
        f"If nobody knows, choose “{I_DO_NOT_KNOW}” near the end of the list. That is a good answer.",
        f"If a question does not concern you, choose “{DOES_NOT_APPLY}” at the end of the list, and say why beside it.",
        f"The sheet “{HELP}” says of each question who would know, why we ask, and what words mean.",
        "There are no right or wrong answers, and you need not answer everything.",
        "Save the file and send it back to whoever sent it to you: they will see what you wrote.",
    ]
    for number, words in enumerate(rows, start=2):
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=2)
        _put(sheet, number, 1, words)
        sheet.row_dimensions[number].height = _height((words, 105)) + 6
    about = {"Organisation": organisation, "Your name, if you like": "", "Date": ""}
    for number, (label, words) in enumerate(about.items(), start=len(rows) + 3):
        _put(sheet, number, 1, label, font=_font(bold=True))
        _open(_put(sheet, number, 2, words))
        sheet.row_dimensions[number].height = 22
    _take_day(sheet, sheet.cell(len(rows) + 2 + len(about), 2))
    _finish(sheet, landscape=False)


def _take_day(sheet: Worksheet, cell: object) -> None:
    """Let a cell take a day, which is one whatever the country of who types it."""
    if not isinstance(cell, Cell):
        raise TypeError("only the first cell of a merged area can be written in")
    cell.number_format = "yyyy-mm-dd"
    cell.alignment = Alignment(horizontal="left", vertical="top")
    rule = DataValidation("date", operator="greaterThan", formula1=_LONG_AGO, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "This is not a day", "Write the day such as 2026-11-23, or leave it out."
    rule.promptTitle, rule.prompt, rule.showInputMessage = "The day you answer", "Such as 2026-11-23.", True
    sheet.add_data_validation(rule)
    rule.add(cell)


class _Answers:
    """The sheet with the questions, which is being filled, and the hidden one with what the drop-downs offer."""

    def __init__(self, sheet: Worksheet, lists: Worksheet) -> None:
        self._sheet, self._lists = sheet, lists
        self._row = 1
        self._offered: dict[tuple[str, ...], DataValidation] = {}

    def fill(self, pack: Pack, role: str) -> None:
        """Write every question in its part, then what to talk about."""
        _header(self._sheet, COLUMNS)
        chosen = {
            question.id: question.choice[role].text for question in (pack.that_means("role"),) if question and role
        }
        for part in parts(pack):
            self._heading(part.title, part.statement)
            for question in part.questions:
                self._question(pack, question, chosen.get(question.id, ""))
        if pack.prompts:
            self._heading("To talk about", "Write your answer under “Your answer”.")
            for prompt in pack.prompts:
                self._prompt(prompt)
        self._lists.sheet_state = "hidden"
        _finish(self._sheet, landscape=True)

    def _heading(self, title: str, statement: str) -> None:
        self._row += 1
        last = len(COLUMNS)
        self._sheet.merge_cells(start_row=self._row, start_column=1, end_row=self._row, end_column=last)
        words = [(title, _inline(13, bold=True, color=_BLUE)), (f"   {statement}" if statement else "", None)]
        _put(self._sheet, self._row, 1, _rich(words)).alignment = Alignment(vertical="center", wrap_text=True)
        for number in range(1, last + 1):
            self._sheet.cell(self._row, number).fill = PatternFill("solid", start_color=_PALE)
        held = _height((f"{title}   {statement}", sum(COLUMNS.values()) - 40))  # the title is larger
        self._sheet.row_dimensions[self._row].height = max(26, held + 8)

    def _question(self, pack: Pack, question: Question, chosen: str) -> None:
        more = "\n".join(asides(pack, question))
        choices = [choice.text for choice in question.choices]
        others = () if question.means == "role" else (I_DO_NOT_KNOW, DOES_NOT_APPLY)
        head = f"{numbers(pack)[question.id]}. {question.text}"
        if question.several:
            how = "You can choose several: say Yes or No in each row below."
            self._line(question.id, (head, question.hint, more), how, others, chosen)
            for choice in question.choices:
                self._line(f"{question.id}/{choice.id}", ("", "", ""), choice.text, (YES, NO), "", under=True)
        else:
            offered, *rest = _pieces("\n".join(f"• {text}" for text in choices), COLUMNS["What you can answer"])
            self._line(question.id, (head, question.hint, more), offered, (*choices, *others), chosen)
            for piece in rest:
                self._further(piece)

    def _further(self, how: str) -> None:
        """Go on with what can be answered, which is too long for one row."""
        self._row += 1
        for number in range(1, len(COLUMNS) + 1):
            self._sheet.cell(self._row, number).border = _THIN
        _put(self._sheet, self._row, 2, how)
        self._sheet.row_dimensions[self._row].height = _height((how, COLUMNS["What you can answer"])) + 4

    def _prompt(self, prompt: Prompt) -> None:
        how = "In your own words, one to a line." if prompt.several else "In your own words."
        self._line(prompt.id, (prompt.text, prompt.hint, ""), how, (), "", under=True)
        self._sheet.row_dimensions[self._row].height = 6 * _LINE

    def _line(
        self,
        id_: str,
        asked: tuple[str, str, str],
        how: str,
        offered: tuple[str, ...],
        chosen: str,
        *,
        under: bool = False,
    ) -> None:
        """Write one row: what is asked, what can be answered, and the cells for it."""
        self._row += 1
        text, hint, condition = asked
        grey = _inline(color=_GREY)
        parts_ = [(text, _inline(bold=True)), (f"\n{hint}" if hint else "", grey)]
        parts_ += [(f"\n{condition}" if condition else "", _inline(italic=True, color=_GREY))]
        widths = list(COLUMNS.values())
        for number in range(1, len(COLUMNS) + 1):
            self._sheet.cell(self._row, number).border = _THIN
        _put(self._sheet, self._row, 1, _rich(parts_))
        _put(self._sheet, self._row, 2, how)
        _put(self._sheet, self._row, len(COLUMNS), id_, font=_font(8, color=_GREY))
        for number in _OPEN if not under else (_ANSWER,):
            _open(self._sheet.cell(self._row, number))
        _put(self._sheet, self._row, _ANSWER, chosen)
        if offered:
            self._validation(offered).add(self._sheet.cell(self._row, _ANSWER))
        asked_ = "\n".join(filter(None, asked))
        height = _height((asked_, widths[0]), (how, widths[1]), (id_, widths[-1] + 9))  # ids are in small letters
        self._sheet.row_dimensions[self._row].height = height + 4

    def _validation(self, offered: tuple[str, ...]) -> DataValidation:
        """Return the drop-down with these words, which stand in a column of the hidden sheet."""
        if offered not in self._offered:
            column = len(self._offered) + 1
            for number, words in enumerate(offered, start=1):
                last = _put(self._lists, number, column, words)
            area = f"{quote_sheetname(LISTS)}!${last.column_letter}$1:${last.column_letter}${len(offered)}"
            rule = DataValidation("list", formula1=area, allow_blank=True, showErrorMessage=True)
            rule.errorTitle, rule.error = "Choose from the list", "Choose one of the answers in the list, or none."
            self._sheet.add_data_validation(rule)
            self._offered[offered] = rule
        return self._offered[offered]


def _help(sheet: Worksheet, pack: Pack) -> None:
    """Write who would know the answer to each question, why we ask it, and what words mean."""
    _header(sheet, HELPS)
    for row, question in enumerate(pack.questions, start=2):
        meanings = "\n".join(f"“{word}”: {meaning}" for word, meaning in question.jargon.items())
        who = "" if question.means == "role" else question.ask
        texts = (f"{row - 1}. {question.text}", who, question.why, meanings)
        for column, words in enumerate(texts, start=1):
            _put(sheet, row, column, words, font=_font(bold=column == 1)).border = _THIN
        widths = (width - 6 for width in HELPS.values())  # bold words take more room than others
        sheet.row_dimensions[row].height = _height(*zip(texts, widths, strict=True)) + 4
    _finish(sheet, landscape=True)


def _header(sheet: Worksheet, widths: Mapping[str, int]) -> None:
    """Write the first row, which stays in view and stands on every printed page."""
    for number, (header, width) in enumerate(widths.items(), start=1):
        cell = _put(sheet, 1, number, header, font=_font(bold=True, color="FFFFFF"))
        cell.fill = PatternFill("solid", start_color=_BLUE)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.row_dimensions[1].height = 2 * _LINE + 4
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"


def _height(*columns: tuple[str, int]) -> float:
    """Return how tall a row must be for these words in columns of these widths."""
    lines = (sum(max(1, ceil(len(line) / width)) for line in words.split("\n")) for words, width in columns)
    return min(max(lines) * _LINE, _TALLEST)


def _pieces(words: str, width: int) -> Sequence[str]:
    """Return words in as many pieces as they need rows, if they stand in a column of this width."""
    pieces = [""]
    for line in words.split("\n"):
        for part in wrap(line, 20 * width, replace_whitespace=False, drop_whitespace=False) or [""]:
            longer = f"{pieces[-1]}\n{part}".removeprefix("\n")
            fits = _height((longer, width)) < _TALLEST
            pieces[-1:] = [longer] if fits or not pieces[-1] else [pieces[-1], part]
    return pieces


def _rich(parts_: Iterable[tuple[str, InlineFont | None]]) -> CellRichText:
    held = ((_uncoded(words), font) for words, font in parts_ if words)
    return CellRichText(*[TextBlock(font, words) if font else words for words, font in held])


def _font(size: int = 11, *, bold: bool = False, color: str = "000000") -> Font:
    return Font(name=_NAME, size=size, bold=bold, color=color)


def _inline(size: int = 11, *, bold: bool = False, italic: bool = False, color: str = "000000") -> InlineFont:
    return InlineFont(rFont=_NAME, sz=size, b=bold, i=italic, color=Color(color))


def _put(sheet: Worksheet, row: int, column: int, words: str | CellRichText, *, font: Font | None = None) -> Cell:
    """Write words into a cell, as words, whatever they begin with and whatever codes are in them."""
    return _write(sheet, row, column, _uncoded(words) if isinstance(words, str) else words, font=font)


def _uncoded(words: str) -> str:
    """Return words in which Excel takes nothing, such as _x0041_, for the code of a letter."""
    return _CODED.sub("_x005F_x", words)


def _write(sheet: Worksheet, row: int, column: int, words: str | CellRichText, *, font: Font | None = None) -> Cell:
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


def _open(cell: object) -> None:
    """Let people write in a cell, and show that they may."""
    if not isinstance(cell, Cell):
        raise TypeError("only the first cell of a merged area can be written in")
    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", start_color=_CREAM)
    cell.border = _BOX
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.number_format = "@"  # so that what people type stays as they typed it


def _finish(sheet: Worksheet, *, landscape: bool) -> None:
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


# The XLSForm.


def xlsform(pack: Pack) -> bytes:
    """Return the questions as an XLSForm."""
    book = Workbook()
    for name, header, rows in (
        ("survey", form.SURVEY, form.survey(pack)),
        ("choices", form.CHOICES, form.choices(pack)),
        ("settings", form.SETTINGS, [form.settings(pack)]),
    ):
        _sheet(book.create_sheet(name), header, rows)
    book.remove(book.worksheets[0])
    return _bytes(book, pack)


def _sheet(sheet: Worksheet, header: Sequence[str], rows: Iterable[form.Row]) -> None:
    for number, word in enumerate(header, start=1):
        cell = _write(sheet, 1, number, word, font=_font(bold=True))
        sheet.column_dimensions[cell.column_letter].width = 24
    for number, row in enumerate(rows, start=2):
        for column, word in enumerate(header, start=1):
            _write(sheet, number, column, row.get(word, ""))  # what reads these forms knows no codes
    sheet.freeze_panes = "A2"


# The same bytes, whenever they are made.


def _bytes(book: Workbook, pack: Pack) -> bytes:
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
