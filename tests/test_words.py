"""Words that try to be more than words go through every field into every output, stay words, and can still be read."""

import csv
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import openpyxl
import pytest
from builders import a_pack, a_question, a_sheet
from commands import tiny, write_tiny
from filling import Field, free
from laden import HARMLESS, Laden, Output, laden, lost, outputs, squeezed, template
from laden import written as everything
from markdown_it import MarkdownIt
from pages import Page
from payloads import EVERY, FAMILIES, LINES, NAMED
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output
from pydantic import ValidationError

from collabcheck.advice import advise
from collabcheck.answers import AnswerSheet, Aside, Chose
from collabcheck.characters import HIDDEN, one_line, visible
from collabcheck.files.packs import load_pack
from collabcheck.files.plans import PlanFile, csv_bytes, plan_from
from collabcheck.files.sheets import read_sheet, sheet_from, sheet_text
from collabcheck.fitting import SheetFile
from collabcheck.forms.blank import blank
from collabcheck.forms.excel import ANSWERS, START, workbook, xlsform
from collabcheck.forms.page import page as form
from collabcheck.forms.paper import paper
from collabcheck.pack import Pack
from collabcheck.prompts.askers import Asker, ListAsker, NumberedAsker, Option, Stop
from collabcheck.prompts.conversation import Conversation, opening, returning
from collabcheck.report import html, markdown, plain, terminal
from collabcheck.report.blocks import Report
from collabcheck.report.formats import FORMATS, Look
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.library import guidance_page
from collabcheck.scoring import score
from collabcheck.written import ADDRESS_PATTERN

OUTPUTS = ("report", "pooled", "progress", "partners", "cohort", "trends", "resources", "plan")
SHOWABLE = tuple(text for text in EVERY if not HIDDEN.search(text))
SHOWN = tuple("\n".join(SHOWABLE[i : i + 3]) for i in range(0, len(SHOWABLE), 3))
"""What a file may hold; the others are refused with their place when it is read."""
UNITS = len(LINES)
UNSEEN = re.compile(
    "[\xad\u034f\u115f\u1160\u180b-\u180f\u3164\ufdd0-\ufdef\ufe00-\ufe0d\uffa0\ufff0-\uffff\ue000\U000e0000-\U000e0fff]"
)
SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def hostile() -> Laden:
    """Return everything, laden with every payload in every field that there is more than one of."""
    return laden(LINES, UNITS)


@pytest.fixture(scope="module")
def harmless() -> Laden:
    """Return the same with harmless words."""
    return laden(HARMLESS, UNITS)


@pytest.fixture(scope="module")
def written() -> dict[str, tuple[Output, Output]]:
    """Return every page and its numbers: hostile, and harmless."""
    hostile, harmless = (everything(words, UNITS) for words in (LINES, HARMLESS))
    return {name: (hostile[name], harmless[name]) for name in OUTPUTS}


def acts_or_hides(text: str) -> set[str]:
    """Return the characters that could do something to a terminal, or are not seen there."""
    return {
        letter
        for letter in set(text) - {"\n"}
        if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp", "Cs"} or UNSEEN.match(letter)
    }


# What there is.


def test_there_are_payloads_of_every_family_and_none_twice() -> None:
    assert len(NAMED) >= 90
    assert len({*EVERY}) == len(EVERY)
    assert all(FAMILIES.values())


def test_every_field_that_takes_words_is_filled_with_every_payload(hostile: Laden) -> None:
    assert {*hostile.filling.filled} == free(Pack) | free(SheetFile)
    given: dict[Field, set[int]] = {}
    for field, which, _ in hostile.words.given.values():
        given.setdefault(field, set()).add(which)
    few = {field for field, payloads in given.items() if len(payloads) < len(LINES)}
    alone = {field for field in given if field[0] in {"Pack", "Band", "Positions", "Respondent"}}
    sheet = {("SheetFile", "organisation"), ("SheetFile", "pack_version")}
    assert few == alone | sheet | {("Plan", name) for name in ("header", "Owner", "Date", "Status")}


# What is seen.


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_terminal_gets_no_character_that_acts_and_all_words(written: Any, hostile: Laden, name: str) -> None:
    (page, _), (twin, _) = written[name]
    shown, ours = (terminal.render(one, width=80, colour=True) for one in (page, twin))
    assert {*SEQUENCE.findall(shown)} <= {*SEQUENCE.findall(ours)}
    assert acts_or_hides(SEQUENCE.sub("", shown)) == set()
    assert lost(hostile, ours, SEQUENCE.sub("", shown)) == []


@pytest.mark.parametrize("name", OUTPUTS)
def test_plain_text_has_no_character_that_acts_and_all_words(written: Any, hostile: Laden, name: str) -> None:
    (page, _), (twin, _) = written[name]
    shown = plain.render(page)
    assert acts_or_hides(shown) == set()
    assert lost(hostile, plain.render(twin), shown) == []


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_page_is_built_of_the_same_elements_and_has_all_words(written: Any, hostile: Laden, name: str) -> None:
    (page, _), (twin, _) = written[name]
    shown, ours = html.render(page), html.render(twin)
    check_page(hostile, shown, ours)


def check_page(hostile: Laden, shown: bytes, ours: bytes) -> None:
    page, twin = Page(shown), _twin(ours)
    assert built(page) == built(twin)
    assert acts_or_hides(shown.decode()) == set()
    assert lost(hostile, twin.words, page.words) == []


@cache
def _twin(page: bytes) -> Page:
    """Return a page that many others are compared with."""
    return Page(page)


def built(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements with the names of their attributes, but for line breaks and the lines of labels of charts."""
    return [(tag, tuple(attributes)) for tag, attributes in page.elements if tag not in ("br", "text")]


COMMONMARK = MarkdownIt("commonmark")


def commonmark(text: str) -> bytes:
    """Return Markdown as its standard has it; tables are not part of that."""
    return _with_plain_at(COMMONMARK.render(text))


def _with_plain_at(shown: str) -> bytes:
    """Return a page without the code in which we put the sign of an e-mail address, so that it is no link."""
    return shown.replace("<code>@</code>", "@").encode()


def gfm(text: str) -> bytes:
    """Return Markdown as GitHub has it, HTML included."""
    library = pytest.importorskip("cmarkgfm", reason="cmarkgfm is not installed")
    options = library.cmark.Options.CMARK_OPT_UNSAFE | library.cmark.Options.CMARK_OPT_FOOTNOTES
    extensions = ["table", "autolink", "strikethrough", "tasklist"]
    shown: str = library.markdown_to_html_with_extensions(text, options, extensions)
    return _with_plain_at(shown)


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("render", [commonmark, gfm])
def test_markdown_makes_nothing_of_words_and_shows_all(written: Any, hostile: Laden, name: str, render: Any) -> None:
    (page, _), (twin, _) = written[name]
    check_page(hostile, *(render(markdown.render(one)) for one in (page, twin)))


def strings(data: Any) -> Iterator[str]:
    match data:
        case str():
            yield data
        case dict():
            for name, value in data.items():
                yield name
                yield from strings(value)
        case list() | tuple():
            for value in data:
                yield from strings(value)
        case _:
            pass


@pytest.mark.parametrize("name", ["report", "pooled", "progress", "partners", "cohort"])
def test_json_gives_back_every_word_and_shows_a_terminal_only_codes(written: Any, hostile: Laden, name: str) -> None:
    (page, data), (_, twin) = written[name]
    shown = FORMATS["json"].write(page, data, Look())
    assert isinstance(shown, bytes)
    assert acts_or_hides(shown.decode()) == set()
    back = list(strings(json.loads(shown)))
    assert lost(hostile, "\n".join(strings(twin)), "\n".join(back), coded=False) == []


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_word_document_is_built_of_the_same_parts_and_has_all_words(written: Any, hostile: Laden, name: str) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed")
    (page, _), (twin, _) = written[name]
    shown, ours = (parts_of(FORMATS["word"].write(one, {}, Look())) for one in (page, twin))
    assert shown.keys() == ours.keys()
    for part in ("word/_rels/document.xml.rels", "[Content_Types].xml", "word/settings.xml"):
        assert shown[part] == ours[part]
    tags, twins = (re.findall(r"<(w:\w+)", one["word/document.xml"]) for one in (shown, ours))
    layout = {"w:r", "w:rPr", "w:t", "w:br", "w:cantSplit"}  # follow from how long words are, and from their lines
    assert [tag for tag in tags if tag not in layout] == [tag for tag in twins if tag not in layout]
    assert lost(hostile, written_in(ours), written_in(shown)) == []


def parts_of(raw: Any) -> dict[str, str]:
    with ZipFile(BytesIO(raw)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


def written_in(paper: dict[str, str]) -> str:
    root = fromstring(paper["word/document.xml"])  # noqa: S314  our own document
    return "".join(element.text or "" for element in root.iter("{*}t"))


# Fields of which there is one: each payload by itself.


def test_titles_bands_and_names_stay_words_too() -> None:
    whole = laden(HARMLESS, 1)
    twin = next(outputs(whole))[1][0]
    ours = {write: write(twin) for write in (html.render, _as_commonmark, _as_gfm)}
    harmless = terminal.render(twin, width=100, colour=False)
    for payload in EVERY:
        made = laden((payload,), 1)
        page = next(outputs(made))[1][0]
        for write, plainly in ours.items():
            check_page(made, write(page), plainly)
        shown = terminal.render(page, width=100, colour=False)
        assert acts_or_hides(shown) == set()
        assert lost(made, harmless, shown) == []


def _as_commonmark(page: Report) -> bytes:
    return commonmark(markdown.render(page))


def _as_gfm(page: Report) -> bytes:
    return gfm(markdown.render(page))


# Forms.


@pytest.fixture(scope="module")
def forms(hostile: Laden, harmless: Laden) -> dict[str, tuple[Any, Any]]:
    shown, ours = map(_forms, (hostile, harmless))
    return {name: (shown[name], ours[name]) for name in shown}


def _forms(made: Laden) -> dict[str, Any]:
    return {
        "page": form(made.pack, made.people[0].organisation, "trustee"),
        "blank": blank(made.pack, "2026-11-23", "Ours", "trustee", "s.json"),
        "paper": paper(made.pack, made.people[0].organisation, "trustee"),
    }


def test_the_form_for_a_browser_is_built_of_the_same_elements(forms: Any, hostile: Laden) -> None:
    shown, ours = (re.sub(b'"version": "[^"]*"', b"", one) for one in forms["page"])  # data, which nobody sees
    check_page(hostile, shown, ours)


def test_the_data_in_the_form_cannot_end_its_element(forms: Any) -> None:
    (data,) = re.findall(b'<script type="application/json" id="pack">(.*?)</script>', forms["page"][0], re.DOTALL)
    assert not re.search(rb"[<>&]", data)
    assert json.loads(data)["pack"] == "tiny"


@pytest.mark.parametrize("render", [commonmark, gfm])
def test_the_form_on_paper_makes_nothing_of_the_words(forms: Any, hostile: Laden, render: Any) -> None:
    check_page(hostile, *map(render, forms["paper"]))


def test_the_blank_sheet_keeps_the_words_in_comments(forms: Any, hostile: Laden) -> None:
    shown, ours = forms["blank"]
    assert acts_or_hides("".join(line for line in shown.split("\n") if line.lstrip().startswith("#"))) == set()
    keys = re.compile(r"^ *[^ #\n][^:\n]*:", re.MULTILINE)
    assert keys.findall(shown) == keys.findall(ours)
    read = ("".join(re.sub("^ *#", "", line) for line in text.split("\n")) for text in (ours, shown))
    assert {field for field, _ in lost(_one_lined(hostile), *read)} <= {VERSION}, "which is not a comment"


VERSION: Field = ("Pack", "version")


def _one_lined(made: Laden) -> Laden:
    """Return the same, with the words as a comment has them: on one line, without what a file cannot hold."""
    words = made.words
    words_ = type(words)(LINES)
    words_.given = {mark: (field, which, one_line(text)) for mark, (field, which, text) in words.given.items()}
    return replace(made, words=words_)


# Tables, workbooks and sheets.


@pytest.fixture(scope="module")
def showable() -> tuple[Laden, Laden]:
    """Return everything with the payloads that files may hold, and its harmless twin."""
    return laden(SHOWN, len(SHOWN)), laden(HARMLESS, len(SHOWN))


RUNS = re.compile("[=+@\t\r\n\uff0b\uff0d\uff1d\uff20-]")
"""Begins what one spreadsheet or another takes for a formula."""


def test_no_cell_of_a_plan_begins_like_a_formula_and_all_read_back(showable: tuple[Laden, Laden]) -> None:
    made = showable[0]
    raw = csv_bytes(made.plan, PlanFile())
    cells = [cell for row in csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")) for cell in row]
    assert [cell for cell in cells if RUNS.match(cell)] == []
    assert sum(cell.startswith("'") for cell in cells) > 20
    assert plan_from("plan.csv", raw, "csv").plan == made.plan


def test_a_plan_in_markdown_reads_back_with_every_word(showable: tuple[Laden, Laden]) -> None:
    made = showable[0]
    page = dict(outputs(made))["plan"][0]
    raw = markdown.render(page).encode()
    back = plan_from("plan.md", raw, "markdown").plan
    assert (
        lost(made, *("\n".join(cell for row in plan.rows for cell in row.values()) for plan in (made.plan, back))) == []
    )


def _workbook(made: Laden) -> bytes:
    return workbook(made.pack, made.people[0].organisation)


def _xlsform(made: Laden) -> bytes:
    return xlsform(made.pack)


@pytest.mark.parametrize("write", [_workbook, _xlsform])
def test_every_cell_of_a_workbook_is_text(showable: tuple[Laden, Laden], write: Any) -> None:
    books = [openpyxl.load_workbook(BytesIO(write(made))) for made in showable]
    cells = ([cell for sheet in book for row in sheet.iter_rows() for cell in row] for book in books)
    shown, ours = ([cell for cell in of_book if cell.value is not None] for of_book in cells)
    assert {cell.data_type for cell in shown} == {"s"}
    whole = (  # long words are divided among rows on the others
        {(cell.parent.title, cell.coordinate) for cell in of_book if cell.parent.title not in (START, ANSWERS)}
        for of_book in (shown, ours)
    )
    assert next(whole) == next(whole)


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_a_sheet_holds_every_word_as_it_is(showable: tuple[Laden, Laden], name: str) -> None:
    made = showable[0]
    for sheet in (*made.people, made.partner):
        text = sheet_text(made.pack, sheet, json=name == "a.json")
        assert sheet_from(made.pack, name, text.encode()) == sheet


def test_a_table_brings_every_word_into_its_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_tiny(tmp_path)
    texts = [*dict.fromkeys(text.strip()[:150].strip() for text in SHOWABLE)]
    header = ["Organisation", "q1", "q1 note", "q2", *texts]
    names = [f"Org {text}" if "@" not in text else "Org" for text in texts]  # with an e-mail address, it is refused
    rows = [[name, "most", text, text, *[""] * len(texts)] for name, text in zip(names, texts, strict=True)]
    out = StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([header, *([*row[:3], "all", *row[4:]] for row in rows)])
    Path("table.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    done = tiny("import", "table.csv", "-o", "sheets")
    assert done.code == 0, done.err
    assert acts_or_hides(done.err) == set()
    pack = load_pack(Path("pack"))
    sheets = [read_sheet(pack, path) for path in sorted(Path("sheets").glob("*.yaml"))]
    assert [sheet.replies["q1"].note for sheet in sheets] == texts
    assert [squeezed(sheet.organisation) for sheet in sheets] == [squeezed(name) for name in names]
    assert all(re.fullmatch(r"[\w.-]+", path.name, re.ASCII) for path in Path("sheets").iterdir())
    out = StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    Path("wrong.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    done = tiny("import", "wrong.csv", "-o", "more")
    assert (done.code, Path("more").exists()) == (1, False)
    assert acts_or_hides(done.err) == set()


# What is said while somebody answers.


def test_what_is_asked_by_numbers_has_no_character_that_acts_and_all_words(hostile: Laden, harmless: Laden) -> None:
    shown, ours = map(_by_numbers, (hostile, harmless))
    assert acts_or_hides(shown) == set()
    assert lost(hostile, ours, shown) == []


def _by_numbers(made: Laden) -> str:
    screen = StringIO()
    sheet = _told(made)
    answers = "".join("?\nn\n\n\n1\n" for _ in range(UNITS)) + "\n" * UNITS + "r\n"
    asker = NumberedAsker(StringIO(answers), screen, lambda: 100)
    _converse(asker, made, sheet)
    return screen.getvalue()


def _told(made: Laden) -> AnswerSheet:
    """Return a sheet that has answers about the organisation, and some that are set aside."""
    first, questions = made.people[0], made.pack.questions
    both = zip(first.set_aside, questions[4:], strict=False)
    retired = tuple(replace(one, question=question.id, why=Aside.CHANGED) for one, question in both)
    about = {name: reply for name, reply in first.replies.items() if made.pack.question[name] in made.pack.context}
    return replace(first, replies=about, set_aside=retired, discussion={}, asked={})


def _converse(asker: Asker, made: Laden, sheet: AnswerSheet) -> None:
    asker.show(*opening(made.pack, visible("sheet.yaml")))
    asker.show(*returning(made.pack, sheet))
    with suppress(Stop):
        Conversation(asker, made.pack, sheet, lambda _: None).run()


class Typist(ListAsker):
    """The list asker, and someone who takes the first answer each time, and leaves at a list that is too long."""

    def __init__(self, keyboard: PipeInput, screen: StringIO) -> None:
        self._keyboard = keyboard
        output = Vt100_Output(screen, lambda: Size(rows=80, columns=100), term="xterm", enable_cpr=False)
        super().__init__(screen, lambda: 100, colour=False, streams={"input": keyboard, "output": output})

    def pick(self, answers: Sequence[Option], commands: Sequence[Option], **more: Any) -> tuple[str, ...]:
        """Press 1 and Enter."""
        self._keyboard.send_text("\x03" if len(answers) > self.LONG else "1\r")
        return super().pick(answers, commands, **more)

    def write(self, label: str, **more: Any) -> str:
        """Press Enter."""
        self._keyboard.send_text("\r")
        return super().write(label, **more)


CODES = re.compile(r"\x1b\[(\??)[0-9;]*([A-Za-z])")


def test_what_is_asked_in_lists_has_no_character_that_acts_and_all_words() -> None:
    units = len(LINES) // 4 + 1  # each has four answers
    made, twin = laden(LINES, units), laden(HARMLESS, units)
    shown, ours = map(_in_lists, (made, twin))
    assert {*CODES.findall(shown)} - {*CODES.findall(ours)} <= {("", "K")}, "it clears the ends of some lines"
    assert "\x1b[38;5;201" not in shown
    assert acts_or_hides(CODES.sub("", shown).replace("\r", "")) == set()
    assert lost(made, CODES.sub("", ours), CODES.sub("", shown)) == []


def _in_lists(made: Laden) -> str:
    screen = StringIO()
    with create_pipe_input() as keyboard:
        _converse(Typist(keyboard, screen), made, _told(made))
    return screen.getvalue()


# What is said when something is wrong.


@pytest.fixture
def tiny_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_tiny(tmp_path)


ACTING = [text for family in ("terminal", "rich", "unseen") for text in FAMILIES[family].values()]
USES: tuple[tuple[str, ...], ...] = (
    ("report", "{}.yaml"),
    ("report", "sheet.yaml", "--target", "{}"),
    ("report", "sheet.yaml", "--target", "size={}"),
    ("report", "sheet.yaml", "--require", "{}"),
    ("report", "sheet.yaml", "--plan", "{}"),
    ("report", "sheet.yaml", "--format", "{}"),
    ("report", "sheet.yaml", "-o", "{}"),
    ("compare", "sheet.yaml", "{}"),
    ("cohort", "{}"),
    ("cohort", "sheet.yaml", "--by", "{}"),
    ("trends", "{}"),
    ("resources", "--factor", "{}"),
    ("form", "-o", "{}"),
    ("form", "-o", "form.html", "--role", "{}"),
    ("import", "{}", "-o", "sheets"),
)


@pytest.mark.usefixtures("tiny_pack")
@pytest.mark.parametrize("use", USES, ids=" ".join)
def test_words_of_a_command_are_repeated_as_codes(use: tuple[str, ...]) -> None:
    for text in ACTING[:: max(1, len(ACTING) // 12)]:
        done = tiny(use[0], *(word.replace("{}", text.replace("\x00", "")) for word in use[1:]))
        assert done.code in (1, 2), text
        assert acts_or_hides(done.out + done.err) == set(), use


@pytest.mark.usefixtures("tiny_pack")
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", ["bad.json", "bad.yaml"])
def test_words_of_a_file_are_repeated_as_codes(family: str, name: str) -> None:
    texts = [text for text in FAMILIES[family].values() if not HIDDEN.search(text)] or ["x"]
    for part in ("pack", "answers", "level", "targets", "discussion", "role", "more", "asked"):
        sheet: dict[str, Any] = {"pack": "tiny", "organisation": "Ours", "date": "2026-11-23", "answers": {}}
        match part:
            case "pack":
                sheet["pack"] = texts[0][:200]
            case "level":
                sheet["answers"] = {"q1": texts[0][:200], "q2": [text[:200] for text in texts]}
            case "role":
                sheet["respondent"] = {"role": texts[0][:60]}
            case "more":
                sheet |= dict.fromkeys(texts, "x")
            case _:
                sheet[part] = dict.fromkeys(texts, "none")
        Path(name).write_text(json.dumps(sheet, ensure_ascii=name == "bad.yaml"), encoding="utf-8")
        done = tiny("report", name)
        assert done.code == 1
        assert len(done.err) < 6000
        assert acts_or_hides(done.out + done.err) == set(), part


# Addresses.

LEADS_ELSEWHERE = (
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://evil.example",
    "//evil.example",
    "HTTPS://evil.example",
    "https://good.example@evil.example",
    "https://good.example:80@evil.example/",
    "https://good.example\\@evil.example",
    "https://good.example\u202e/moc.live//:sptth",
    "https://good\u2024example",
    "https://\u0430pple.example",
    "https://good.example\uff0fevil",
    "https://good.example/\u200bevil",
    "https://good.example/a b",
    "https://good.example/<b>",
    'https://good.example/"x',
    "https://",
    "https:///evil.example",
    "https:good.example",
    " https://good.example",
    "https://good.example\n",
    "https://[::1]/",
)


@pytest.mark.parametrize("address", LEADS_ELSEWHERE)
def test_an_address_that_could_lead_elsewhere_than_it_seems_is_refused(address: str) -> None:
    data = template(1)
    data["resources"][0]["link"] = address
    with pytest.raises(ValidationError):
        Pack.model_validate(data)
    assert "://" not in address or not re.fullmatch(ADDRESS_PATTERN, address) or address.endswith("\n")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "https://www.example.org:8443/a_(b)/%C3%A9?x=1&y=[2]#z:~:text=@a",
        "https://xn--80ak6aa92e.example/",
        "https://example.org/?q=user@example.org",
    ],
)
def test_an_address_is_shown_in_full_as_it_is_and_leads_there(address: str) -> None:
    report = _with_link(address)
    page = Page(html.render(report))
    links = [attributes for tag, attributes in page.elements if tag == "a" and "rel" in attributes]
    assert {(link["href"], link["rel"]) for link in links} == {(address, "noopener noreferrer")}
    assert ("meta", {"name": "referrer", "content": "no-referrer"}) in page.elements
    for text in (page.words, plain.render(report), terminal.render(report, width=30, colour=False)):
        assert address in text
        assert "not secure" not in text
    for render in (commonmark, gfm):
        shown = Page(render(markdown.render(report)))
        coded = address.replace("[", "%5B").replace("]", "%5D")
        assert {attributes["href"] for tag, attributes in shown.elements if tag == "a"} <= {address, coded}
        assert address in shown.words


def test_an_address_that_is_not_secure_has_a_warning_beside_it() -> None:
    report = _with_link("http://example.org")
    for text in (plain.render(report), markdown.render(report), Page(html.render(report)).words):
        assert "this address is not secure: http, not https" in text


def _with_link(address: str) -> Report:
    data = template(1)
    data["resources"][0]["link"] = address
    return guidance_page(Pack.model_validate(data))


def test_addresses_that_people_write_are_words_and_never_links() -> None:
    pack = a_pack(a_question("q1", "size"))
    said = "https://example.org/minutes www.example.org ann@example.org javascript:x"
    assessment = score(pack, a_sheet(q1=Chose(("some",), note=said, evidence=said)))
    report = report_on(assessment, advise(assessment))
    pages = [html.render(report), *(render(markdown.render(report)) for render in (commonmark, gfm))]
    for page in map(Page, pages):
        assert {(attributes["href"] or "")[0] for tag, attributes in page.elements if tag == "a"} <= {"#"}
        assert page.words.count(said) == 2
