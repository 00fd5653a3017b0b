"""The same answers in YAML, JSON, CSV and Excel give the same sheet and the same report, byte for byte."""

import csv
from collections.abc import Mapping
from functools import cache
from io import BytesIO, StringIO

import openpyxl
from builders import ways
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collabcheck.advice import advise
from collabcheck.answers import AnswerSheet, Chose, DontKnow, NotApplicable, Reply
from collabcheck.files.imports.bringing import bring
from collabcheck.files.imports.people import Wishes
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import sheet_from, sheet_text
from collabcheck.forms.excel import ANSWERS, START, workbook
from collabcheck.questions import DONT_KNOW, Question
from collabcheck.report.data import assessment_data
from collabcheck.report.formats import FORMATS, Look
from collabcheck.report.outline.assessment import report_on
from collabcheck.scoring import score
from fuzzing.strategies import Data, written

PACK = load_pack()
DAY = "2026-11-23"
NOT_US = "Does not apply to us"
SIGNS = "aB9 é“”\"'’,;:|/=+-@#<&>[]{}()%!?*\\\n\nŵ😀"

quick = set(Phase) - {Phase.shrink, Phase.explain}  # an example takes a fifth of a second

words = st.text(SIGNS, max_size=15).map(str.strip)
some_words = words.filter(bool)


@st.composite
def replies(draw: st.DrawFn) -> dict[str, Reply]:
    """Draw replies of every kind to some questions of the pack that ships."""
    asked = draw(st.lists(st.sampled_from(PACK.questions), unique_by=lambda question: question.id, max_size=12))
    return {question.id: draw(a_reply(question)) for question in PACK.questions if question in asked}


def a_reply(question: Question) -> st.SearchStrategy[Reply]:
    chosen = st.builds(Chose, st.sampled_from(ways(question)), words, words)
    return chosen | st.builds(DontKnow, words, words) | st.builds(NotApplicable, some_words, words, words)


def as_data(given_: Mapping[str, Reply]) -> Data:
    """Return a sheet as its file has it, every answer with all of its parts."""
    return {
        "pack": PACK.pack,
        "pack_version": PACK.version,
        "organisation": "Riverside Advice",
        "date": DAY,
        "answers": {name: _with_parts(reply) for name, reply in given_.items()},
    }


def _with_parts(reply: Reply) -> Data:
    match reply:
        case Chose(choices=choices):
            answer: Data = {"choice": list(choices)}
        case DontKnow():
            answer = {"choice": DONT_KNOW}
        case NotApplicable(reason=reason):
            answer = {"not_applicable": reason}
    return {**answer, "note": reply.note, "evidence": reply.evidence}


def in_csv(given_: Mapping[str, Reply]) -> bytes:
    """Return a table with a row, as a survey tool exports it, under our question ids."""
    row = {"organisation": "Riverside Advice", "date": DAY}
    for name, reply in given_.items():
        parts = dict(zip(("reason", "note", "evidence"), _beside(reply), strict=True))
        row |= {name: _answer(reply), **{f"{name} {part}": said for part, said in parts.items()}}
    out = StringIO(newline="")
    csv.writer(out).writerows([list(row), list(row.values())])
    return out.getvalue().encode()


def _answer(reply: Reply) -> str:
    match reply:
        case Chose(choices=choices):
            return "; ".join(choices)
        case DontKnow():
            return DONT_KNOW
        case NotApplicable():
            return NOT_US


def _beside(reply: Reply) -> tuple[str, str, str]:
    return reply.reason if isinstance(reply, NotApplicable) else "", reply.note, reply.evidence


@cache
def _blank() -> openpyxl.Workbook:
    """Return our own workbook; it takes long to open, so one is filled in again and again."""
    return openpyxl.load_workbook(BytesIO(workbook(PACK, "Riverside Advice")), rich_text=True)


def in_excel(given_: Mapping[str, Reply]) -> bytes:
    """Return our own workbook as a person fills it in."""
    book = _blank()
    for row in book[START].iter_rows(max_col=2):
        if row[0].value == "Date":
            row[1].value = DAY
    for cells in book[ANSWERS].iter_rows(min_row=2):
        name, _, choice = str(cells[6].value or "").partition("/")
        reply = given_.get(name)
        said = [""] * 4
        if reply is not None:
            said = [_ticked(reply, choice)] if choice else [_in_words(PACK.question[name], reply), *_beside(reply)]
        for cell, one in zip(cells[2:6] if name in PACK.question else (), said, strict=False):
            cell.value, cell.data_type = one or None, "s" if one else "n"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _ticked(reply: Reply, choice: str) -> str:
    return "" if not isinstance(reply, Chose) else "Yes" if choice in reply.choices else "No"


def _in_words(question: Question, reply: Reply) -> str:
    match reply:
        case Chose(choices=choices):
            return "" if question.several else question.choice[choices[0]].text
        case DontKnow():
            return "I do not know"
        case NotApplicable():
            return NOT_US


def imported(name: str, raw: bytes) -> AnswerSheet:
    """Return the sheet that `import` writes, as it is read again."""
    (person,) = bring(PACK, name, raw, Wishes(today="2000-01-01")).people
    assert person.sheet, person.problems
    return sheet_from(PACK, "a.yaml", sheet_text(PACK, person.sheet, json=False).encode(), "yaml")


def reported(sheet: AnswerSheet) -> object:
    assessment = score(PACK, sheet)
    advice = advise(assessment)
    return FORMATS["json"].write(report_on(assessment, advice), assessment_data(assessment, advice), Look())


@settings(deadline=None, max_examples=6, phases=quick, suppress_health_check=list(HealthCheck))
@given(replies().filter(bool))
def test_the_same_answers_give_the_same_report_in_four_kinds_of_file(given_: dict[str, Reply]) -> None:
    data = as_data(given_)
    read = {
        "YAML": sheet_from(PACK, "a.yaml", written(data, "yaml"), "yaml"),
        "JSON": sheet_from(PACK, "a.json", written(data, "json"), "json"),
        "CSV": imported("a.csv", in_csv(given_)),
        "Excel": imported("a.xlsx", in_excel(given_)),
    }
    first, *others = read.values()
    assert first.replies == given_
    for other in others:
        assert (other.replies, other.organisation, other.date) == (first.replies, first.organisation, first.date)
        assert reported(other) == reported(first)
