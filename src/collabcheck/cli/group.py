"""Many sheets in one command: finding them, reading them all, and what speaks against pooling them."""

import os
import shlex
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from fnmatch import fnmatch
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from collabcheck.characters import one_line, shown
from collabcheck.cli import shell
from collabcheck.files.source.text import LINES, SHEETS
from collabcheck.problems import Code, CollabcheckError, Place, Problem, UsageError, of_whole_file

if TYPE_CHECKING:
    from collabcheck.answers import AnswerSheet, Reply
    from collabcheck.pack import Pack

TABLES = (".csv", ".xlsx", ".xlsm")
"""What a file ends in of which `import` makes sheets."""
WARNINGS = 10
"""So many warnings of one kind are told one by one."""


def check_apart(read: Iterable[str], written: Mapping[str, str]) -> None:
    """Refuse to write over a file that is read, or two files under one name; “-” is none.

    `written` has the files by what they are. A folder or a pattern that is read stands for the sheets in it.
    """
    read = [*read]
    given = [name for name in read if name != "-"]
    fed = _fed() if "-" in read else None
    taken = {os.path.realpath(name): "one of the files that are read" for name in given}
    for what, name in written.items():
        before = taken.setdefault(os.path.realpath(name), what) if name != "-" else what
        if before == what and name != "-" and any(_leads_to(one, name) for one in given):
            before = "among the sheets that are read"
        if fed and name != "-" and os.path.isfile(name) and os.path.samestat(fed, os.stat(name)):  # noqa: PTH113, PTH116
            before = "what standard input is read from"
        if before != what:
            raise UsageError(f"“{shown(name)}” is {before}. Name another file for {what}.")


def _fed() -> os.stat_result | None:
    """Return what standard input is, if the system knows."""
    with suppress(OSError, ValueError):
        return os.fstat(sys.stdin.fileno())
    return None


def pack_files(pack: Path | None) -> list[str]:
    """Return the files of a pack that is named, which are read."""
    return [str(pack / name) for name in ("trends.yaml", "resources.yaml")] if pack else []


def _leads_to(given: str, name: str) -> bool:
    """Say whether a file is a sheet in a folder, or one that a pattern may stand for."""
    real, source = os.path.realpath(name), os.path.realpath(given)
    if not os.path.isfile(real) or not real.lower().endswith(SHEETS + LINES):  # noqa: PTH113  never raises
        return False
    return Path(real).is_relative_to(source) or (has_magic(given) and fnmatch(real, source))


def gather(pack: "Pack", names: Sequence[str]) -> dict[str, "AnswerSheet"]:
    """Read every sheet that is named, or that is in a folder that is named; CollabcheckError with all that is wrong."""
    sheets: dict[str, AnswerSheet] = {}
    problems: list[Problem] = []
    for name in _found(names):
        try:
            sheets[name] = _read(pack, name)
        except CollabcheckError as error:
            problems += error.problems
    problems += _strangers(sheets)
    if problems:
        raise CollabcheckError(problems)
    shell.tell_some(list(_empty(sheets)), WARNINGS)
    shell.tell_some(list(_twice(sheets)), WARNINGS)
    return dict(_called(sheets)) if len(sheets) > 1 else sheets


def withheld(pack: "Pack", sheets: Sequence["AnswerSheet"]) -> "list[AnswerSheet]":
    """Return the sheets of one side as a report may have them that goes to others: without words, and roles.

    Who is alone loses the role altogether; that of several only makes groups, which are shown where they are large.
    """
    bare = [sheet.without_words(pack) for sheet in sheets]
    role = pack.that_means("role")
    if role is None or role.informs or role.flags or any(_rests_on(pack, role.id, sheet) for sheet in bare):
        return bare
    hidden = [replace(sheet, withheld=frozenset({role.id})) for sheet in bare]
    return hidden if len(hidden) > 1 else [replace(sheet, replies=_but(role.id, sheet)) for sheet in hidden]


def _rests_on(pack: "Pack", name: str, sheet: "AnswerSheet") -> bool:
    """Say whether other questions would be asked if this one had no reply."""
    from collabcheck.interview import route

    return route(pack, _but(name, sheet)) != route(pack, sheet.replies)


def _but(name: str, sheet: "AnswerSheet") -> "dict[str, Reply]":
    return {question: reply for question, reply in sheet.replies.items() if question != name}


def gather_both(pack: "Pack", first: str, second: str) -> "tuple[dict[str, AnswerSheet], dict[str, AnswerSheet]]":
    """Read two sides, each a sheet or a folder of sheets; CollabcheckError with the problems of both."""
    sides: list[dict[str, AnswerSheet]] = []
    problems: list[Problem] = []
    for name in (first, second):
        try:
            sides.append(gather(pack, [name]))
        except CollabcheckError as error:
            problems += error.problems
    if problems:
        raise CollabcheckError(problems)
    return sides[0], sides[1]


def _found(names: Sequence[str]) -> list[str]:
    """Return the files, each once: a folder stands for the sheets in it."""
    found: dict[str, str] = {}
    again: list[str] = []
    for name in names:
        inside = _inside(name) if os.path.isdir(name) else []  # noqa: PTH112  unlike Path’s, it never raises
        if os.path.isdir(name) and len(names) == 1 and not inside:  # noqa: PTH112
            raise UsageError(". ".join(_without_sheets(name)))
        for path in inside or [Path(name)]:
            called = "-" if name == "-" else str(path)
            first = found.setdefault("-" if name == "-" else os.path.realpath(path), called)
            if first != called:
                again.append(f"{shown(called)} is the same file as {shown(first)}, and counts once.")
    shell.tell_some([*again, *_deeper(names)], WARNINGS)
    return list(found.values())


def _deeper(names: Sequence[str]) -> Iterator[str]:
    """Warn of files in folders inside those that are named, which are not read, though they may be sheets."""
    named = {os.path.realpath(name): name for name in names if os.path.isdir(name)}  # noqa: PTH112  the same
    for name in named.values():
        for folder in _with_sheets(name):
            if os.path.realpath(folder) not in named:
                yield f"What is in {shown(str(folder))} is not read. Name that folder too, if its files belong here."


def _with_sheets(name: str) -> Iterator[Path]:
    """Yield the folders in a folder that hold what could be sheets; what cannot be looked into is passed over."""
    for folder in sorted(Path(name).iterdir()):
        with suppress(OSError):
            if not folder.name.startswith(".") and any(map(_is_sheet, folder.iterdir())):
                yield folder


def _inside(folder: str) -> list[Path]:
    try:
        return sorted(filter(_is_sheet, Path(folder).iterdir()))
    except OSError as error:
        message, advice = "the system cannot open this folder", "Check the name, and that you may read what is in it."
        raise of_whole_file(folder, Code.CANNOT_READ, message, advice) from error


def _without_sheets(folder: str) -> tuple[str, str]:
    """Return what to say of a folder without a sheet, and what to do: there may be tables to make some of."""
    message = f"there is no answer sheet in the folder “{shown(folder)}”"
    tables = [path for path in sorted(Path(folder).iterdir()) if path.suffix.lower() in TABLES]
    deeper = next(_with_sheets(folder), None)
    if deeper is not None:
        return message, f"There may be some in “{shown(str(deeper))}”: name that folder."
    if not tables:
        return message, f"Sheets end in {', '.join(SHEETS)}."
    first = shlex.quote(shown(str(tables[0])))
    return message, f"Bring its tables in first, such as: collabcheck import {first} -o sheets"


def _is_sheet(path: Path) -> bool:
    """Tell the sheets in a folder from what else is there, such as the schema that editors read."""
    from collabcheck.files.sheets import SCHEMA

    ours = path.suffix.lower() in SHEETS and path.name != SCHEMA and not path.name.startswith(".")
    return ours and path.is_file()


def _read(pack: "Pack", name: str) -> "AnswerSheet":
    from collabcheck.files.sheets import read_sheet, sheet_from
    from collabcheck.files.source.text import MAX_BYTES

    if name == "-":
        return sheet_from(pack, "standard input", sys.stdin.buffer.read(MAX_BYTES + 1))
    if os.path.isdir(name):  # noqa: PTH112  the same
        raise of_whole_file(shown(name), Code.CANNOT_READ, *_without_sheets(name))
    return read_sheet(pack, Path(name))


def _strangers(sheets: dict[str, "AnswerSheet"]) -> Iterator[Problem]:
    """Find the sheets of other organisations than the first."""
    first = next(iter(sheets), "")
    for name, sheet in sheets.items():
        if not sheet.same_organisation(sheets[first]):
            mine, other = one_line(sheets[first].organisation), one_line(sheet.organisation)
            message = f"this sheet is of “{other}”, and {shown(first)} is of “{mine}”"
            advice = "Pool the sheets of one organisation. To set two beside each other: collabcheck compare."
            yield Problem(Place(name), Code.OTHER_ORGANISATION, message, advice)


def _empty(sheets: dict[str, "AnswerSheet"]) -> Iterator[str]:
    """Warn of sheets without an answer among several, such as a form that nobody has filled in."""
    if len(sheets) > 1:
        for file, sheet in sheets.items():
            if not sheet.replies and not sheet.set_aside:
                yield f"{shown(file)} holds no answer, and counts as a person. Leave it out if it is a blank form."


def _twice(sheets: dict[str, "AnswerSheet"]) -> Iterator[str]:
    """Warn of sheets that seem to be one person's: the same name, or every answer and note the same."""
    seen: dict[str, str] = {}
    for file, sheet in sheets.items():
        marks = {f"name {' '.join(sheet.name.casefold().split())}": "name"} if sheet.name else {}
        marks |= {f"replies {sheet.replies!r}": "answers"} if sheet.replies else {}
        twice = next((mark for mark in marks if mark in seen), "")
        if twice:
            same = f"hold the same {marks[twice]}. Both count. Leave one out if they are from one person."
            yield f"{shown(file)} and {shown(seen[twice])} {same}"
        for mark in marks:
            seen.setdefault(mark, file)


def _called(sheets: dict[str, "AnswerSheet"]) -> Iterator[tuple[str, "AnswerSheet"]]:
    """Call each person after the file, who gave no name, so that the file can be found; only a named report says so."""
    stems = Counter(Path(file).stem for file in sheets)
    for file, sheet in sheets.items():
        stem = Path(file).stem
        by_file = "standard input" if file == "-" else stem if stems[stem] == 1 else file
        yield file, sheet if sheet.name else replace(sheet, name=one_line(by_file))
