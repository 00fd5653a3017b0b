"""Answer sheets: what is said about a wrong one, that a written one reads back the same, and that none is lost."""

import errno
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import a_choice, a_pack, a_question, a_sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.answers import AnswerSheet, Aside, Chose, DontKnow, NotApplicable, Reply, SetAside
from collabcheck.characters import HIDDEN
from collabcheck.files.keeping import open_sheet
from collabcheck.files.sheets import read_sheet, sheet_from, sheet_text
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError, Problem

TALK = [
    {"id": "effect", "text": "What effect?", "hint": "In a word."},
    {"id": "links", "text": "Which links?", "hint": "Any.", "several": True},
]


def question(name: str, *levels: str, **more: object) -> dict[str, Any]:
    """Return a question with these levels, or no, partly and yes; YAML programs disagree on two of the three."""
    choices = [a_choice(level, points) for points, level in enumerate(levels or ("no", "partly", "yes"))]
    return a_question(name, "trust", **{"choices": choices, **more})


PACK = a_pack(
    question("q1"),
    question("q2"),
    question("q-3", "few", "some", "many", several=True, full_at=2),
    context=[question("role", "trustee", "staff", means="role", informs=[])],
    discussion=TALK,
)
HEAD = "pack: tiny\norganisation: Riverside Advice\ndate: 2026-11-23\n"
KILLS = 6  # starting the program takes longest; test_saving kills more often
not_windows = pytest.mark.skipif(sys.platform == "win32", reason="links and kill are different there")


def problems(text: str, pack: Pack = PACK) -> tuple[Problem, ...]:
    with pytest.raises(CollabcheckError) as caught:
        sheet_from(pack, "sheet.yaml", text.encode())
    return caught.value.problems


def refusal(do: Callable[[], object]) -> Problem:
    with pytest.raises(CollabcheckError) as caught:
        do()
    (problem,) = caught.value.problems
    return problem


# What is said about a wrong sheet.


@pytest.mark.parametrize(
    ("text", "code", "place", "advice"),
    [
        (HEAD + "answers:\n  q11: yes-\n", Code.UNKNOWN_QUESTION, "5:3", "Did you mean “q1”?"),
        (HEAD + "answers:\n  q1: partially\n", Code.UNKNOWN_LEVEL, "5:7", "Did you mean “partly”?"),
        (HEAD + "answers:\n  q1: 'maybe'\n", Code.UNKNOWN_LEVEL, "5:7", "Use one of: no, partly, yes, dont-know."),
        (HEAD + "answers:\n  q1: {choice: mostly, note: x}\n", Code.UNKNOWN_LEVEL, "5:16", "Use one of"),
        (HEAD + "answers:\n  q1: [partly, 'yes']\n", Code.TWO_VALUES, "5:7", "Keep the one that fits best."),
        (HEAD + "answers:\n  q-3: [few, many, few]\n", Code.TWO_VALUES, "5:20", "Name it once."),
        (HEAD + "answers:\n  q1: {not_applicable: ' '}\n", Code.NO_REASON, "5:24", "Write the reason in words"),
        (HEAD + "answers: {}\nrespondent: Ann\n", Code.WRONG_TYPE, "5:13", "key: value"),
        (HEAD + "answers:\n  q1: 2\n", Code.BARE_WORD, "5:7", "in quotes"),
        (HEAD + "answers:\n  q1: no\n", Code.BARE_WORD, "5:7", 'Put it in quotes: "no"'),
        (HEAD + "answers:\n\tq1: 'no'\n", Code.TAB, "5:1", "Use spaces instead"),
        ("pack: tiny\ndate: 2026-11-23\nanswers: {}\n", Code.MISSING, "1:1", "organisation"),
        ("pack: tiny\norganisation: R\ndate: 2026-02-30\nanswers: {}\n", Code.BAD_VALUE, "3:7", "."),
        ("pack: tine\n" + HEAD[11:] + "answers: {q1: x}\n", Code.WRONG_PACK, "1:7", "--pack"),
        (HEAD + "answers: {}\ntargets: {trast: ready}\n", Code.UNKNOWN_ID, "5:18", "Did you mean “trust”?"),
        (HEAD + "answers: {}\ntarget: {}\n", Code.UNEXPECTED, "5:1", "Did you mean “targets”?"),
        (
            HEAD + "answers: {role: staff}\nrespondent: {role: trustee}\n",
            Code.ROLE_TWICE,
            "5:20",
            "Keep one of the two.",
        ),
    ],
)
def test_a_wrong_sheet_is_told_where_and_what_to_do(text: str, code: Code, place: str, advice: str) -> None:
    (problem,) = problems(text)
    assert (problem.code, str(problem.place)) == (code, f"sheet.yaml:{place}")
    assert advice in problem.advice + problem.message
    assert problem.message


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    text = "pack: tiny\ndate: 23 November\nanswers:\n  q1: 7\n  q2: mostly\n  q9: 'yes'\n  q-3: few\n"
    assert [(problem.code, problem.place.line) for problem in problems(text)] == [
        (Code.MISSING, 1),
        (Code.BAD_VALUE, 2),
        (Code.BARE_WORD, 4),
        (Code.UNKNOWN_LEVEL, 5),
        (Code.UNKNOWN_QUESTION, 6),
    ]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5) | st.sampled_from(["q1", "yes", "tiny"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["choice", "note", "not_applicable", "q1", "q2", "role", "trust"]), inner)
    ),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            **{key: ANYTHING | st.just("tiny") for key in ("pack", "organisation", "x")},
            "date": st.just("2026-11-23") | ANYTHING,
            **dict.fromkeys(("respondent", "answers", "targets", "discussion", "asked"), ANYTHING),
        },
    )
    | ANYTHING
)
def test_whatever_a_sheet_holds_it_is_read_or_refused(content: object) -> None:
    found: tuple[Problem, ...] = ()
    try:
        sheet_from(PACK, "sheet.json", json.dumps(content).encode())
    except CollabcheckError as error:
        found = error.problems
    assert found == tuple(sorted(found))
    assert all(problem.message and problem.place.file == "sheet.json" for problem in found)


def test_a_sheet_is_read_from_a_file_by_its_suffix(tmp_path: Path) -> None:
    sheet = a_sheet(PACK, q1="yes")
    for name in ("a.yaml", "a.json"):
        (tmp_path / name).write_text(sheet_text(PACK, sheet, json=name.endswith("json")), "utf-8")
        assert read_sheet(PACK, tmp_path / name) == sheet
    assert refusal(lambda: read_sheet(PACK, tmp_path / "none.yaml")).code is Code.CANNOT_READ


def test_a_role_written_beside_the_name_is_an_answer() -> None:
    sheet = sheet_from(PACK, "-", (HEAD + "respondent: {name: Ann, role: staff}\nanswers: {}\n").encode())
    assert (sheet.name, sheet.replies) == ("Ann", {"role": Chose(("staff",))})


# When the pack has changed.

OLD_PACK = a_pack(question("q1"), question("q2"), question("gone"), question("same"))
NEW_PACK = a_pack(
    question("q1", text="Put in other words?"),
    question("q2", "no", "partly", "mostly", "yes"),
    question("same"),
)
NOTED = Chose(("partly",), "a note", "https://example.org")


def on_the_new_pack() -> AnswerSheet:
    old = a_sheet(OLD_PACK, q1="yes", q2=NOTED, gone=NOTED, same="no")
    return sheet_from(NEW_PACK, "-", sheet_text(OLD_PACK, old, json=False).encode())


def test_answers_to_an_older_pack_are_kept_word_for_word() -> None:
    sheet = on_the_new_pack()
    assert sheet.replies == {"q1": Chose(("yes",)), "same": Chose(("no",))}
    assert sheet.reworded(NEW_PACK) == {"q1"}
    assert {aside.question: (aside.why, aside.reply) for aside in sheet.set_aside} == {
        "q2": (Aside.CHANGED, NOTED),
        "gone": (Aside.RETIRED, NOTED),
    }


@pytest.mark.parametrize("as_json", [False, True])
def test_saving_loses_nothing_of_an_older_pack(*, as_json: bool) -> None:
    sheet = on_the_new_pack()
    again = sheet_from(NEW_PACK, "-", sheet_text(NEW_PACK, sheet, json=as_json).encode())
    assert again == sheet
    back = sheet_from(OLD_PACK, "-", sheet_text(NEW_PACK, again, json=as_json).encode())
    assert back == a_sheet(OLD_PACK, q1="yes", q2=NOTED, gone=NOTED, same="no")


def test_a_new_answer_takes_the_place_of_the_old_one() -> None:
    sheet = on_the_new_pack()
    for name in ("q1", "q2"):
        sheet = sheet.answer(NEW_PACK.question[name], Chose(("yes",)))
    again = sheet_from(NEW_PACK, "-", sheet_text(NEW_PACK, sheet, json=False).encode())
    assert (again.replies["q2"], again.reworded(NEW_PACK)) == (Chose(("yes",)), frozenset())
    assert [aside.question for aside in again.set_aside] == ["gone"]


# That it reads back the same.

LETTERS = st.characters(exclude_categories=["Cs"]).filter(lambda letter: not HIDDEN.search(letter))
ODD = st.sampled_from(
    ["", " ", "no", "~", "null", "1.10", "12:30", "- a", "# b", "a: b", '"', "'", "\\", "\n", "\t", "%", "{{"]
)
TEXTS = st.lists(ODD | st.text(LETTERS, max_size=30), max_size=4).map("".join)
SEEN = TEXTS.filter(lambda text: bool(text.strip()))
NAMES = SEEN.map(str.strip).filter(lambda text: len(text) <= 200)


def replies_with(choices: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[Reply]:
    return (
        st.builds(Chose, choices, TEXTS, TEXTS)
        | st.builds(DontKnow, TEXTS, TEXTS)
        | st.builds(NotApplicable, SEEN, TEXTS, TEXTS)
    )


ONE = st.sampled_from(["no", "partly", "yes"]).map(lambda level: (level,))
SEVERAL = st.lists(st.sampled_from(["few", "some", "many"]), min_size=1, unique=True).map(tuple)
ROLE = st.sampled_from(["trustee", "staff"]).map(lambda role: (role,))
OLD_CHOICES = st.lists(st.sampled_from(["older", "old", "no", "x: y"]), min_size=1, max_size=12).map(tuple)
RETIRED = st.builds(
    SetAside,
    st.from_regex(r"[a-z0-9]{1,9}([-_][a-z0-9]{1,9})?", fullmatch=True).filter(lambda name: name not in PACK.question),
    st.just(Aside.RETIRED),
    replies_with(OLD_CHOICES),
    st.sampled_from(["00000000-12345678", "0123abcd-89abcdef"]),
)


@st.composite
def sheets(draw: st.DrawFn) -> AnswerSheet:
    kinds = {"role": ROLE, "q1": ONE, "q2": ONE, "q-3": SEVERAL}
    replies = {name: draw(replies_with(kind)) for name, kind in kinds.items() if draw(st.booleans())}
    asides = draw(st.lists(RETIRED, max_size=3, unique_by=lambda aside: aside.question))
    if "q2" not in replies and draw(st.booleans()):
        asides.append(SetAside("q2", Aside.CHANGED, draw(replies_with(OLD_CHOICES)), "11111111-22222222"))
    prints = {name: PACK.question[name].fingerprint for name in replies}
    if "q1" in prints and draw(st.booleans()):
        prints["q1"] = "11111111-" + prints["q1"].partition("-")[2]
    return AnswerSheet(
        pack="tiny",
        pack_version=draw(st.sampled_from(["", "2026.1", "1"])),
        organisation=draw(NAMES),
        date="2026-11-23",
        name=draw(st.just("") | NAMES),
        replies=replies,
        discussion={
            name: tuple(draw(st.lists(TEXTS, min_size=1, max_size=3)))
            for name in ("effect", "links")
            if draw(st.booleans())
        },
        targets={"trust": "ready"} if draw(st.booleans()) else {},
        set_aside=tuple(asides),
        asked=prints,
    )


@settings(max_examples=60, deadline=None)
@given(sheets(), st.booleans())
def test_a_written_sheet_reads_back_the_same(sheet: AnswerSheet, as_json: bool) -> None:  # noqa: FBT001
    text = sheet_text(PACK, sheet, json=as_json)
    assert sheet_from(PACK, "sheet", text.encode()) == sheet
    assert sheet_text(PACK, sheet_from(PACK, "sheet", text.encode()), json=as_json) == text


def test_a_sheet_is_pleasant_to_read() -> None:
    sheet = a_sheet(PACK, q1="no", q2=NotApplicable("we have none"))
    sheet = sheet.answer(PACK.question["q-3"], Chose(("few", "many")))
    sheet = replace(sheet, name="Siân", discussion={"effect": ("Big",), "links": ("https://a", "https://b")})
    sheet = replace(sheet, set_aside=(SetAside("no", Aside.RETIRED, DontKnow("Ŵyn knows"), "0123abcd-89abcdef"),))
    shown = sheet_text(PACK, sheet, json=False, schema="a.json")
    assert (
        shown.partition("\n# Written by the program")[0]
        == """\
# yaml-language-server: $schema=a.json
pack: "tiny"
pack_version: "1"
organisation: "Riverside"
date: "2026-11-23"

respondent:
  name: "Siân"

# One answer for each question: the choice that fits best, or dont-know.
answers:
  q1: "no"
  q2:
    not_applicable: "we have none"
  q-3: ["few", "many"]
  # Answers to an older version of the questions: kept, not used.
  "no":
    choice: "dont-know"
    note: "Ŵyn knows"

discussion:
  effect: "Big"
  links: ["https://a", "https://b"]
"""
    )


def test_the_order_of_answers_is_that_of_the_pack() -> None:
    there, back = a_sheet(PACK, q1="yes", q2="no"), a_sheet(PACK, q2="no", q1="yes")
    assert sheet_text(PACK, there, json=False) == sheet_text(PACK, back, json=False)


# Filling one in.


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sheet.yaml"


def names(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


@pytest.mark.parametrize("name", ["sheet.yaml", "sheet.yml", "sheet.json", "sheet"])
def test_a_new_sheet_is_saved_and_resumed(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with open_sheet(PACK, path, now="now") as opened:
        assert not opened.exists
        opened.save(a_sheet(PACK, q1="yes"))
        opened.save(a_sheet(PACK, q1="yes", q2="no"))
        assert sorted(names(path)) == [f".{name}.lock", name]
    with open_sheet(PACK, path, now="now") as opened:
        assert opened.exists
        assert opened.read() == a_sheet(PACK, q1="yes", q2="no")
        opened.save(a_sheet(PACK, q1="no"))
    assert read_sheet(PACK, path) == a_sheet(PACK, q1="no")
    assert names(path) == [name]


def test_a_sheet_is_open_once(path: Path) -> None:
    with open_sheet(PACK, path, now="half past two"):
        problem = refusal(open_sheet(PACK, path, now="later").__enter__)
    assert (problem.code, problem.place.file) == (Code.IN_USE, str(path))
    assert "half past two" in problem.message


def test_the_lock_goes_when_the_sheet_turns_out_to_be_wrong(path: Path) -> None:
    path.write_text("pack: tiny\n", "utf-8")
    with pytest.raises(CollabcheckError), open_sheet(PACK, path, now="now") as opened:
        opened.read()
    assert names(path) == ["sheet.yaml"]


def test_a_folder_that_is_not_there_is_told_before_the_first_question(tmp_path: Path) -> None:
    problem = refusal(open_sheet(PACK, tmp_path / "none" / "sheet.yaml", now="now").__enter__)
    assert problem.code is Code.CANNOT_WRITE
    assert "no such folder" in problem.message
    assert "Make the folder first" in problem.advice


def test_a_folder_to_read_only_is_told_before_the_first_question(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*_: object) -> int:  # as root may write in any folder
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refusing)
    problem = refusal(open_sheet(PACK, path, now="now").__enter__)
    assert problem.code is Code.CANNOT_WRITE
    assert "folder of your own" in problem.advice


def test_what_another_program_wrote_is_not_overwritten(path: Path) -> None:
    (path.parent / "sheet (conflict 1).yaml").write_text("from last week", "utf-8")
    with open_sheet(PACK, path, now="now") as opened:
        opened.save(a_sheet(PACK, q1="yes"))
        path.write_text("theirs", "utf-8")
        problem = refusal(lambda: opened.save(a_sheet(PACK, q1="no")))
    ours = path.parent / "sheet (conflict 2).yaml"
    assert (problem.code, problem.place.file) == (Code.CHANGED_UNDERNEATH, str(path))
    assert str(ours) in problem.message
    assert path.read_text("utf-8") == "theirs"
    assert read_sheet(PACK, ours) == a_sheet(PACK, q1="no")
    assert names(path) == ["sheet (conflict 1).yaml", "sheet (conflict 2).yaml", "sheet.yaml"]


def test_a_sheet_that_was_there_and_not_read_is_not_overwritten(path: Path) -> None:
    path.write_text("theirs", "utf-8")
    with open_sheet(PACK, path, now="now") as opened:
        assert refusal(lambda: opened.save(a_sheet(PACK, q1="no"))).code is Code.CHANGED_UNDERNEATH
    assert path.read_text("utf-8") == "theirs"


def by_a_folder(path: Path) -> None:
    path.mkdir()


def by_a_link(path: Path) -> None:
    (path.parent / "elsewhere.yaml").write_text("theirs", "utf-8")
    path.symlink_to("elsewhere.yaml")


def by_a_link_to_the_same(path: Path) -> None:
    (path.parent / "moved.yaml").write_text(sheet_text(PACK, a_sheet(PACK, q1="yes"), json=False), "utf-8")
    path.symlink_to("moved.yaml")


def by_a_link_to_nothing(path: Path) -> None:
    path.symlink_to("nothing")


def by_a_pipe(path: Path) -> None:
    os.mkfifo(path)


def as_it_is(path: Path) -> tuple[int, int, int]:
    """Return what changes if something else is put there, or written in it; to look at a link sets its atime."""
    found = path.lstat()
    return found.st_ino, found.st_mode, found.st_mtime_ns


@not_windows
@pytest.mark.parametrize("replaced", [by_a_folder, by_a_link, by_a_link_to_the_same, by_a_link_to_nothing, by_a_pipe])
def test_what_took_the_place_of_a_sheet_is_left_alone(path: Path, replaced: Callable[[Path], None]) -> None:
    with open_sheet(PACK, path, now="now") as opened:
        opened.save(a_sheet(PACK, q1="yes"))
        path.unlink()
        replaced(path)
        before = as_it_is(path)
        assert refusal(lambda: opened.save(a_sheet(PACK, q1="no"))).code is Code.CHANGED_UNDERNEATH
        assert as_it_is(path) == before
    assert read_sheet(PACK, path.parent / "sheet (conflict 1).yaml") == a_sheet(PACK, q1="no")


def test_a_change_while_we_write_is_seen_as_long_as_nothing_is_in_its_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def slow(descriptor: int) -> None:
        real(descriptor)
        path.write_text("theirs", "utf-8")

    with open_sheet(PACK, path, now="now") as opened:
        opened.save(a_sheet(PACK, q1="yes"))
        monkeypatch.setattr(os, "fsync", slow)
        assert refusal(lambda: opened.save(a_sheet(PACK, q1="no"))).code is Code.CHANGED_UNDERNEATH
    assert path.read_text("utf-8") == "theirs"
    assert read_sheet(PACK, path.parent / "sheet (conflict 1).yaml") == a_sheet(PACK, q1="no")


def test_who_leaves_a_sheet_that_was_changed_has_a_copy_of_their_own_and_the_answers_as_they_gave_them(
    path: Path,
) -> None:
    with open_sheet(PACK, path, now="now") as opened:
        opened.save(a_sheet(PACK, q1="yes"))
        path.write_text("theirs", "utf-8")
        copy = path.parent / "sheet (conflict 1).yaml"
        assert [opened.secure(), opened.secure()] == [copy, copy]
        assert opened.changed
        assert opened.answers() == read_sheet(PACK, copy) == a_sheet(PACK, q1="yes")
    assert path.read_text("utf-8") == "theirs"
    assert names(path) == ["sheet (conflict 1).yaml", "sheet.yaml"]


def test_a_sheet_that_cannot_be_read_when_one_leaves_counts_as_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*_: object, **__: object) -> object:
        raise PermissionError(errno.EACCES, "Permission denied")

    with open_sheet(PACK, path, now="now") as opened:
        opened.save(a_sheet(PACK, q1="yes"))
        with monkeypatch.context() as patch:
            patch.setattr(io, "open", refusing)
            assert opened.secure() == path.parent / "sheet (conflict 1).yaml"


@not_windows
@pytest.mark.parametrize(("letters", "refused"), [(234, False), (235, True), (245, True)])
def test_a_name_needs_room_for_the_files_beside_it(tmp_path: Path, letters: int, *, refused: bool) -> None:
    path = tmp_path / f"{'x' * letters}.yaml"
    if refused:
        assert "its name is too long" in refusal(open_sheet(PACK, path, now="now").__enter__).message
        assert list(tmp_path.iterdir()) == []
        return
    with open_sheet(PACK, path, now="now") as opened:
        opened.save(a_sheet(PACK, q1="yes"))
        path.write_text("theirs", "utf-8")
        assert opened.secure() is not None
        assert opened.changed


def test_a_sheet_that_was_removed_is_written_again(path: Path) -> None:
    with open_sheet(PACK, path, now="now") as opened:
        opened.save(a_sheet(PACK, q1="yes"))
        path.unlink()
        opened.save(a_sheet(PACK, q1="no"))
    assert read_sheet(PACK, path) == a_sheet(PACK, q1="no")


@not_windows
def test_a_linked_sheet_stays_linked_and_is_locked_where_it_lies(path: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    real = tmp_path / "far" / "real.yaml"
    path.symlink_to(real)
    with open_sheet(PACK, path, now="now") as opened:
        opened.save(a_sheet(PACK, q1="yes"))
        assert refusal(open_sheet(PACK, real, now="later").__enter__).code is Code.IN_USE
    assert path.is_symlink()
    assert read_sheet(PACK, real) == a_sheet(PACK, q1="yes")


@pytest.mark.parametrize("note", ["\x1b[2J", "\ud800", "\u2028", "x" * 20_001], ids=["escape", "half", "line", "long"])
def test_what_could_not_be_read_again_does_not_replace_what_can(path: Path, note: str) -> None:
    with open_sheet(PACK, path, now="now") as opened:
        opened.save(a_sheet(PACK, q1="yes"))
        with pytest.raises(CollabcheckError):
            opened.save(a_sheet(PACK, q1=Chose(("no",), note)))
        assert opened.read() == a_sheet(PACK, q1="yes")


@pytest.mark.parametrize("function", ["write", "fsync", "replace", "open", "close"])
def test_after_a_failure_the_next_save_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch, function: str) -> None:
    real = getattr(os, function)
    answers = ["no", "partly", "yes"]
    for fail_at in range(1, 5):
        with open_sheet(PACK, path, now="now") as opened:
            if opened.exists:
                opened.read()
            opened.save(a_sheet(PACK, q1=answers[fail_at % 3]))
            calls = iter(range(1, 100))

            def failing(*arguments: object, **more: object) -> object:
                if next(calls) == fail_at:  # noqa: B023
                    raise OSError(errno.EIO, "Input/output error")
                return real(*arguments, **more)

            codes = set()
            with monkeypatch.context() as patch:
                patch.setattr(os, function, failing)
                try:
                    opened.save(a_sheet(PACK, q1=answers[(fail_at + 1) % 3]))
                except CollabcheckError as error:
                    codes = {problem.code for problem in error.problems}
            assert codes <= {Code.CANNOT_WRITE}
            opened.save(a_sheet(PACK, q1=answers[(fail_at + 2) % 3]))
        assert read_sheet(PACK, path) == a_sheet(PACK, q1=answers[(fail_at + 2) % 3])
        assert names(path) == ["sheet.yaml"]


FILL_IN = """
import sys
from pathlib import Path
from builders import a_sheet
from collabcheck.files.keeping import open_sheet
from test_sheets import PACK
with open_sheet(PACK, Path(sys.argv[1]), now="now") as opened:
    while True:
        for number, level in enumerate(("no", "partly", "yes")):
            opened.save(a_sheet(PACK, q1=level, q2=level))
            print(number, flush=True)
"""


@not_windows
def test_a_killed_interview_keeps_what_was_confirmed_and_can_be_taken_up_again(path: Path) -> None:
    chance = random.Random(2026)
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here), str(here.parent)])}
    levels = ("no", "partly", "yes")
    for _ in range(KILLS):
        path.unlink(missing_ok=True)
        command = [sys.executable, "-c", FILL_IN, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as program:
            assert program.stdout is not None
            program.stdout.readline()
            time.sleep(chance.uniform(0, 0.02))
            program.send_signal(signal.SIGKILL)
            confirmed = int((program.stdout.read().split() or [b"0"])[-1])
        with open_sheet(PACK, path, now="later") as opened:
            saved = opened.read()
            may_be = (levels[confirmed], levels[(confirmed + 1) % 3])
            expected = [a_sheet(PACK, q1=level, q2=level) for level in may_be]
            assert saved in expected
            opened.save(saved)
        assert names(path) == ["sheet.yaml"]
