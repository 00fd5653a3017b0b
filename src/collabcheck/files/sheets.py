"""Answer sheets in and out of files: read, and put into words."""

from collections.abc import Iterator, Mapping
from json import dumps
from pathlib import Path

from pydantic import ValidationError

from collabcheck.answers import AnswerSheet, Chose, DontKnow, NotApplicable, Reply, SetAside
from collabcheck.characters import shown
from collabcheck.escaping import in_yaml, key_in_yaml
from collabcheck.files.source.document import Document
from collabcheck.files.source.found import few
from collabcheck.files.source.misfits import build, locate
from collabcheck.files.source.mistaken import named_unlike_sheet, other_than_sheet
from collabcheck.files.source.reader import kind_by, kind_of, read_text
from collabcheck.files.source.text import Kind, read_bytes
from collabcheck.fitting import SheetFile, fit
from collabcheck.pack import Pack
from collabcheck.problems import CollabcheckError, Findings, Problem
from collabcheck.problems import Path as Way
from collabcheck.questions import DONT_KNOW, NOT_APPLICABLE

SCHEMA = "answers.schema.json"
"""Where an editor finds what a sheet may say: beside it, so that opening a sheet asks nothing of the internet."""

Value = str | list[str] | Mapping[str, "Value"]
"""What a sheet is made of."""

_LONGEST_ROW = 100


# Reading.


def read_sheet(pack: Pack, path: Path) -> AnswerSheet:
    """Read an answer sheet that fits the pack; CollabcheckError with every problem, each with its place."""
    name = shown(str(path))
    return sheet_from(pack, name, read_bytes(name, path), kind_by(path))


def sheet_from(pack: Pack, name: str, raw: bytes, kind: Kind | None = None) -> AnswerSheet:
    """Read an answer sheet from bytes. If nobody says what it is, it is JSON if it begins with a brace."""
    try:
        return fitted(pack, read_text(name, raw, kind or kind_of(raw)))
    except CollabcheckError as error:
        if kind != "json" and (mistaken := named_unlike_sheet(name, raw)):
            raise mistaken from error
        raise


def fitted(pack: Pack, document: Document) -> AnswerSheet:
    """Return the sheet in a document; CollabcheckError with every problem, each with its place."""
    try:
        written = build(SheetFile, document)
    except CollabcheckError as error:
        mistaken = other_than_sheet(document.file, document.data)
        raise mistaken or CollabcheckError(few([*error.problems, *_also_wrong(pack, document)])) from error
    try:
        return fit(pack, written)
    except Findings as found:
        raise locate(document, found.findings) from found


def _also_wrong(pack: Pack, document: Document) -> tuple[Problem, ...]:
    """Find what does not fit the pack in the sound parts of a broken sheet, so that all is told at once."""
    sound = _sound_parts(document.data)
    try:
        fit(pack, SheetFile.model_validate({"pack": pack.pack, "organisation": "-", "date": "2000-01-01", **sound}))
    except Findings as found:
        return locate(document, found.findings).problems
    return ()


def _sound_parts(data: object) -> dict[str, object]:
    """Return what there is of a sheet without its wrong fields and answers."""
    if not isinstance(data, dict):
        return {"answers": {}}
    wrong: set[tuple[str | int, ...]] = set()
    try:
        SheetFile.model_validate(data)
    except ValidationError as error:
        wrong = {one["loc"][:2] for one in error.errors(include_url=False, include_input=False, include_context=False)}
    fields = {way[0] for way in wrong if way[0] != "answers"}
    answers = data.get("answers")
    sound = answers if isinstance(answers, dict) else {}
    return {
        **{field: value for field, value in data.items() if field not in fields},
        "answers": {question: given for question, given in sound.items() if ("answers", question) not in wrong},
    }


# Writing.


def sheet_text(pack: Pack, sheet: AnswerSheet, *, json: bool, schema: str = SCHEMA) -> str:
    """Return the sheet as it stands in a file, which reads back the same: JSON, or YAML with every text in quotes."""
    content = _content(pack, sheet)
    if json:
        return dumps(content, ensure_ascii=False, indent=2) + "\n"
    lines = _lines(content, (), _comments(sheet))
    return "\n".join([f"# yaml-language-server: $schema={schema}", *lines, ""])


def _content(pack: Pack, sheet: AnswerSheet) -> dict[str, Value]:
    questions = [question for question in pack.questions if question.id in sheet.replies]
    kept = _kept(sheet)
    parts: dict[str, Value] = {
        "pack": sheet.pack,
        "pack_version": sheet.pack_version,
        "organisation": sheet.organisation,
        "date": sheet.date,
        "respondent": {"name": sheet.name} if sheet.name else {},
        "answers": {
            **{question.id: _reply(sheet.replies[question.id]) for question in questions},
            **{aside.question: _reply(aside.reply) for aside in kept},
        },
        "discussion": {prompt: _said(said) for prompt, said in sheet.discussion.items() if said},
        "targets": dict(sheet.targets),
        "asked": {
            **{question.id: sheet.asked.get(question.id, question.fingerprint) for question in questions},
            **{aside.question: aside.fingerprint for aside in kept},
        },
    }
    return {key: value for key, value in parts.items() if value or key == "answers"}


def _kept(sheet: AnswerSheet) -> list[SetAside]:
    return [aside for aside in sheet.set_aside if aside.question not in sheet.replies]


def _reply(reply: Reply) -> Value:
    remarks = {key: said for key, said in (("note", reply.note), ("evidence", reply.evidence)) if said}
    given: str | list[str]
    match reply:
        case NotApplicable(reason=""):
            given = NOT_APPLICABLE
        case NotApplicable(reason=reason):
            return {"not_applicable": reason, **remarks}
        case DontKnow():
            given = DONT_KNOW
        case Chose(choices=choices):
            given = choices[0] if len(choices) == 1 else list(choices)
    return {"choice": given, **remarks} if remarks else given


def _said(said: tuple[str, ...]) -> Value:
    return said[0] if len(said) == 1 and said[0] else list(said)


def _comments(sheet: AnswerSheet) -> dict[Way, str]:
    comments: dict[Way, str] = {
        ("answers",): "One answer for each question: the choice that fits best, or dont-know.",
        ("asked",): "Written by the program, to notice later if a question has changed. Leave it as it is.",
    }
    for aside in _kept(sheet)[:1]:
        comments["answers", aside.question] = "Answers to an older version of the questions: kept, not used."
    return comments


def _lines(part: Mapping[str, Value], way: Way, comments: Mapping[Way, str]) -> Iterator[str]:
    """Yield the lines of a mapping in YAML, with comments above the entries that have one."""
    indent = "  " * len(way)
    for key, value in part.items():
        here = (*way, key)
        if isinstance(value, Mapping) and not way:
            yield ""
        if here in comments:
            yield f"{indent}# {comments[here]}"
        start = f"{indent}{key_in_yaml(key)}:"
        if isinstance(value, Mapping) and value:
            yield start
            yield from _lines(value, here, comments)
        else:
            yield from _rows(start, indent, value)


def _rows(start: str, indent: str, value: Value) -> Iterator[str]:
    """Yield a text or a list, on one line if it is not too long."""
    if isinstance(value, str):
        yield f"{start} {in_yaml(value)}"
        return
    items = [in_yaml(item) for item in value]
    row = f"{start} [{', '.join(items)}]" if isinstance(value, list) else f"{start} {{}}"
    if len(row) <= _LONGEST_ROW:
        yield row
    else:
        yield start
        yield from (f"{indent}  - {item}" for item in items)
