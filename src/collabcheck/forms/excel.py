"""The questions as Excel files: a workbook that one person fills in, and an XLSForm. The only door for openpyxl.

Whatever the words of a pack are, they are written as words: nothing in these files is a formula. The bytes are the same
whenever they are made.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from collabcheck.forms import xlsform as form
from collabcheck.forms.cells import (
    BLUE,
    GREY,
    LINE,
    PALE,
    TALLEST,
    bytes_of,
    finish,
    font_of,
    header,
    height,
    inline,
    open_up,
    pieces,
    put,
    rich,
    write,
)
from collabcheck.forms.parts import DOES_NOT_APPLY, I_DO_NOT_KNOW, asides, numbers, parts
from collabcheck.pack import Pack, Prompt
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
_LONG_AGO: Final = "36526"  # the first day of 2000, as Excel counts them
_THIN = Border(bottom=Side(style="thin", color="C9D1DA"))


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
    return bytes_of(book, pack)


def _start(sheet: Worksheet, pack: Pack, organisation: str) -> None:
    sheet.title = START
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 70
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=2)
    put(sheet, 1, 1, pack.title, font=font_of(18, bold=True, color=BLUE))
    sheet.row_dimensions[1].height = min(2 * height((pack.title, 50)), TALLEST)
    minutes = "1 minute" if pack.minutes == 1 else f"{pack.minutes} minutes"
    rows = [
        *pieces(pack.about, 105),
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
        put(sheet, number, 1, words)
        sheet.row_dimensions[number].height = height((words, 105)) + 6
    about = {"Organisation": organisation, "Your name, if you like": "", "Date": ""}
    for number, (label, words) in enumerate(about.items(), start=len(rows) + 3):
        put(sheet, number, 1, label, font=font_of(bold=True))
        open_up(put(sheet, number, 2, words))
        sheet.row_dimensions[number].height = 22
    _take_day(sheet, sheet.cell(len(rows) + 2 + len(about), 2))
    finish(sheet, landscape=False)


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
        header(self._sheet, COLUMNS)
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
        finish(self._sheet, landscape=True)

    def _heading(self, title: str, statement: str) -> None:
        self._row += 1
        last = len(COLUMNS)
        self._sheet.merge_cells(start_row=self._row, start_column=1, end_row=self._row, end_column=last)
        words = [(title, inline(13, bold=True, color=BLUE)), (f"   {statement}" if statement else "", None)]
        put(self._sheet, self._row, 1, rich(words)).alignment = Alignment(vertical="center", wrap_text=True)
        for number in range(1, last + 1):
            self._sheet.cell(self._row, number).fill = PatternFill("solid", start_color=PALE)
        held = height((f"{title}   {statement}", sum(COLUMNS.values()) - 40))  # the title is larger
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
            offered, *rest = pieces("\n".join(f"• {text}" for text in choices), COLUMNS["What you can answer"])
            self._line(question.id, (head, question.hint, more), offered, (*choices, *others), chosen)
            for piece in rest:
                self._further(piece)

    def _further(self, how: str) -> None:
        """Go on with what can be answered, which is too long for one row."""
        self._row += 1
        for number in range(1, len(COLUMNS) + 1):
            self._sheet.cell(self._row, number).border = _THIN
        put(self._sheet, self._row, 2, how)
        self._sheet.row_dimensions[self._row].height = height((how, COLUMNS["What you can answer"])) + 4

    def _prompt(self, prompt: Prompt) -> None:
        how = "In your own words, one to a line." if prompt.several else "In your own words."
        self._line(prompt.id, (prompt.text, prompt.hint, ""), how, (), "", under=True)
        self._sheet.row_dimensions[self._row].height = 6 * LINE

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
        grey = inline(color=GREY)
        parts_ = [(text, inline(bold=True)), (f"\n{hint}" if hint else "", grey)]
        parts_ += [(f"\n{condition}" if condition else "", inline(italic=True, color=GREY))]
        widths = list(COLUMNS.values())
        for number in range(1, len(COLUMNS) + 1):
            self._sheet.cell(self._row, number).border = _THIN
        put(self._sheet, self._row, 1, rich(parts_))
        put(self._sheet, self._row, 2, how)
        put(self._sheet, self._row, len(COLUMNS), id_, font=font_of(8, color=GREY))
        for number in _OPEN if not under else (_ANSWER,):
            open_up(self._sheet.cell(self._row, number))
        put(self._sheet, self._row, _ANSWER, chosen)
        if offered:
            self._validation(offered).add(self._sheet.cell(self._row, _ANSWER))
        asked_ = "\n".join(filter(None, asked))
        tall = height((asked_, widths[0]), (how, widths[1]), (id_, widths[-1] + 9))  # ids are in small letters
        self._sheet.row_dimensions[self._row].height = tall + 4

    def _validation(self, offered: tuple[str, ...]) -> DataValidation:
        """Return the drop-down with these words, which stand in a column of the hidden sheet."""
        if offered not in self._offered:
            column = len(self._offered) + 1
            for number, words in enumerate(offered, start=1):
                last = put(self._lists, number, column, words)
            area = f"{quote_sheetname(LISTS)}!${last.column_letter}$1:${last.column_letter}${len(offered)}"
            rule = DataValidation("list", formula1=area, allow_blank=True, showErrorMessage=True)
            rule.errorTitle, rule.error = "Choose from the list", "Choose one of the answers in the list, or none."
            self._sheet.add_data_validation(rule)
            self._offered[offered] = rule
        return self._offered[offered]


def _help(sheet: Worksheet, pack: Pack) -> None:
    """Write who would know the answer to each question, why we ask it, and what words mean."""
    header(sheet, HELPS)
    for row, question in enumerate(pack.questions, start=2):
        meanings = "\n".join(f"“{word}”: {meaning}" for word, meaning in question.jargon.items())
        who = "" if question.means == "role" else question.ask
        texts = (f"{row - 1}. {question.text}", who, question.why, meanings)
        for column, words in enumerate(texts, start=1):
            put(sheet, row, column, words, font=font_of(bold=column == 1)).border = _THIN
        widths = (width - 6 for width in HELPS.values())  # bold words take more room than others
        sheet.row_dimensions[row].height = height(*zip(texts, widths, strict=True)) + 4
    finish(sheet, landscape=True)


# The XLSForm.


def xlsform(pack: Pack) -> bytes:
    """Return the questions as an XLSForm."""
    book = Workbook()
    for name, columns, rows in (
        ("survey", form.SURVEY, form.survey(pack)),
        ("choices", form.CHOICES, form.choices(pack)),
        ("settings", form.SETTINGS, [form.settings(pack)]),
    ):
        _sheet(book.create_sheet(name), columns, rows)
    book.remove(book.worksheets[0])
    return bytes_of(book, pack)


def _sheet(sheet: Worksheet, columns: Sequence[str], rows: Iterable[form.Row]) -> None:
    for number, word in enumerate(columns, start=1):
        cell = write(sheet, 1, number, word, font=font_of(bold=True))
        sheet.column_dimensions[cell.column_letter].width = 24
    for number, row in enumerate(rows, start=2):
        for column, word in enumerate(columns, start=1):
            write(sheet, number, column, row.get(word, ""))  # what reads these forms knows no codes
    sheet.freeze_panes = "A2"
