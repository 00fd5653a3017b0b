"""Answer sheets in and out of files: read, put into words, and kept safe while someone fills one in."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from json import dumps
from pathlib import Path
from stat import S_ISREG, filemode

from pydantic import ValidationError

from collabcheck.answers import AnswerSheet, Chose, DontKnow, NotApplicable, Reply, SetAside
from collabcheck.characters import visible
from collabcheck.escaping import in_yaml, key_in_yaml
from collabcheck.files.saving import Lock, cannot_write, real_file, replace_whole, sweep, write_conflict_copy
from collabcheck.files.source.document import Document
from collabcheck.files.source.found import few
from collabcheck.files.source.misfits import build, locate
from collabcheck.files.source.mistaken import named_unlike_sheet, other_than_sheet
from collabcheck.files.source.reader import kind_by, kind_of, read_text
from collabcheck.files.source.text import Kind, read_bytes
from collabcheck.fitting import SheetFile, fit
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError, Findings, Problem, of_whole_file
from collabcheck.problems import Path as Way
from collabcheck.questions import DONT_KNOW

SCHEMA = "answers.schema.json"
"""Where an editor finds what a sheet may say: beside it, so that opening a sheet asks nothing of the internet."""

Value = str | list[str] | Mapping[str, "Value"]
"""What a sheet is made of."""

_LONGEST_ROW = 100
_SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


# Reading.


def read_sheet(pack: Pack, path: Path) -> AnswerSheet:
    """Read an answer sheet that fits the pack; CollabcheckError with every problem, each with its place."""
    name = visible(str(path))
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


# Keeping a sheet safe while it is filled in.


@contextmanager
def open_sheet(pack: Pack, path: Path, *, now: str, schema: str = SCHEMA) -> Iterator["OpenSheet"]:
    """Keep a sheet, which may be new, to ourselves; CollabcheckError at once if it is in use or cannot be written.

    `now` is what others are told who try to open it meanwhile. A link to a sheet stays a link.
    """
    _check_folder(Path(os.path.realpath(path)).parent)
    try:
        target = real_file(path)
        lock = Lock(path, target, now)
        lock.take()
    except OSError as error:
        raise cannot_write(path, error) from error
    store = OpenSheet(pack, path, target, schema, lock)
    try:
        sweep(target)
        yield store
    finally:
        store.close()


def _check_folder(folder: Path) -> None:
    """Refuse a folder in which nothing can be written, before the sheet in it is blamed."""
    with suppress(OSError):  # what cannot be looked at is told when it is written
        if folder.is_dir() and not os.access(folder, os.W_OK):
            message = "this folder, or the disk it is on, can only be read, and answers are saved there"
            advice = "Copy the sheet into a folder of your own, if there is one, and go on there."
            raise of_whole_file(folder, Code.CANNOT_WRITE, message, advice)


class _Changed(Exception):
    """Another program has changed the file since we read or wrote it."""


class OpenSheet:
    """A sheet that is being filled in. What was saved is on disk, whole; what others wrote is never overwritten."""

    def __init__(self, pack: Pack, path: Path, target: Path, schema: str, lock: Lock) -> None:
        self._pack, self._path, self._target, self._schema, self._lock = pack, path, target, schema, lock
        self._ours: set[str] = set()  # digests of what we read or wrote
        self._copy: Path | None = None
        self.sheet: AnswerSheet | None = None
        """The sheet as we last read it, or were to save it; none before."""
        self.unsaved = False
        """Whether the last that was to be saved is in no file."""
        self.anew = False
        """Whether the file had gone and was written anew."""

    @property
    def exists(self) -> bool:
        """Whether there is a file to go on with."""
        try:
            return self._target.exists()
        except OSError as error:
            raise cannot_write(self._path, error) from error

    def read(self) -> AnswerSheet:
        """Read the sheet as it is now; the place of its schema is kept, whatever it is."""
        name = visible(str(self._path))
        raw = read_bytes(name, self._path)
        self._ours = {sha256(raw).hexdigest()}
        document = read_text(name, raw, kind_by(self._path))
        if named := _SCHEMA_LINE.match(document.text):
            self._schema = named[1]
        self.sheet = fitted(self._pack, document)
        return self.sheet

    def save(self, sheet: AnswerSheet) -> None:
        """Write the sheet; when this returns, it is on disk.

        If another program has changed the file since we read or wrote it, the answers go to a new file beside it,
        and CollabcheckError (changed-underneath) names both. After any error the file is whole, old or new.
        A sheet that could not be read again is refused for what is wrong with it.
        """
        self.unsaved = True
        data = self._data(sheet)
        sheet_from(self._pack, str(self._path), data)  # what cannot be read again must not replace what can
        self.sheet = sheet
        try:
            self._replace(data)
        except OSError as error:
            raise cannot_write(self._path, error) from error
        self._ours = {sha256(data).hexdigest()}
        self.unsaved = False

    def secure(self) -> Path | None:
        """Return the file that the answers are in; None if they are in none, and can be put in none.

        If the file has gone, they are written anew: there, or as a copy in the folder one is in, or at home.
        """
        if self._copy or self.sheet is None or self._is_there():
            return self._copy or self._path
        elsewhere = [self._copy_into(Path.cwd), self._copy_into(Path.home)] if self.sheet.replies else []
        data = self._data(self.sheet)
        for put in (self._put_back, *elsewhere):
            with suppress(OSError, RuntimeError):  # so Python says that it knows no home
                where = put(data)
                self.anew, self.unsaved = True, False
                return where
        return None

    def close(self) -> None:
        """Leave nothing behind but the sheet, also in the middle of a save."""
        sweep(self._target)
        self._lock.release()

    def _data(self, sheet: AnswerSheet) -> bytes:
        text = sheet_text(self._pack, sheet, json=self._path.suffix.lower() == ".json", schema=self._schema)
        return text.encode(errors="surrogatepass")

    def _is_there(self) -> bool:
        with suppress(OSError):
            return self._target.exists()
        return False

    def _put_back(self, data: bytes) -> Path:
        replace_whole(self._target, data)
        self._ours.add(sha256(data).hexdigest())
        return self._path

    def _copy_into(self, folder: Callable[[], Path]) -> Callable[[bytes], Path]:
        def put(data: bytes) -> Path:
            self._copy = write_conflict_copy(folder() / self._target.name, data)
            return self._copy

        return put

    def _replace(self, data: bytes) -> None:
        known = {"", *self._ours}

        def check() -> None:
            if _digest(self._target) not in known:
                raise _Changed

        self._ours.add(sha256(data).hexdigest())  # before, in case the new file is there when flushing fails
        try:
            replace_whole(self._target, data, check=check)
        except _Changed:
            self._save_beside(data)

    def _save_beside(self, data: bytes) -> None:
        self._copy = write_conflict_copy(self._target, data)
        self.unsaved = False
        raise of_whole_file(
            self._path,
            Code.CHANGED_UNDERNEATH,
            f"another program has changed it meanwhile, so it was left as it is; your answers are in “{self._copy}”",
            "Compare the two files, keep what is right in one of them, and go on with that one.",
        )


def _digest(target: Path) -> str:
    """Return a digest of what is in a file; empty if there is none. A folder, a pipe or a link is none that we know."""
    try:
        mode = target.lstat().st_mode
        if not S_ISREG(mode):
            return filemode(mode)  # links were followed when the sheet was opened: this one is new
        with target.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
