"""In a real terminal: everything fits, everything can be stopped, and what was confirmed is in the file."""

import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from builders import a_choice, a_question, pack_data
from commands import write_pack
from windows import COLLABCHECK, CTRL_C, CTRL_Z, DOWN, ENTER, Window

from collabcheck.answers import AnswerSheet, Chose
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import read_sheet

resource: Any = pytest.importorskip("resource", reason="there are no limits to set here")

pytestmark = pytest.mark.terminal

LONG = "Our plan says where we lead, where we join in and what we leave to others, and the board has looked at it twice"
TALK = [{"id": "effect", "text": "What effect has it?", "hint": "In a word."}]
TINY = pack_data(
    a_question("q1", "size", choices=[a_choice("no"), a_choice("partly", 1, text=LONG), a_choice("yes", 2)]),
    a_question("q2", "size", when={"question": "q1", "is": ["yes"]}),
    a_question(
        "q3",
        "size",
        several=True,
        full_at=3,
        choices=[*a_question("q3")["choices"], a_choice("neither", alone=True)],
    ),
    discussion=TALK,
)
TICKS = "space bar ticks"


def may_mount() -> bool:
    """Say whether this account may make disks of its own, which nobody else sees."""
    unshare = shutil.which("unshare")
    return (
        unshare is not None and not subprocess.run([unshare, "-m", "true"], check=False, capture_output=True).returncode
    )


Open = Callable[..., Window]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a tiny pack."""
    write_pack(tmp_path / "pack", TINY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def running(folder: Path) -> Iterator[Open]:
    """Return a function that opens a window in which a command runs."""
    assert folder.exists()
    windows: list[Window] = []

    def window(*words: str, **told: Any) -> Window:
        windows.append(Window(*words, **told))
        return windows[-1]

    yield window
    for one in windows:
        one.close()


@pytest.fixture
def opened(running: Open) -> Open:
    """Return a function that opens a window in which someone fills in the sheet “mine.yaml”."""

    def window(*options: str, shipped: bool = False, **told: Any) -> Window:
        pack = () if shipped else ("--pack", "pack")
        return running("assess", "mine.yaml", *pack, *options, **told)

    return window


@pytest.fixture(params=["--plain", "list"])
def numbered(request: pytest.FixtureRequest) -> bool:
    """Do it with the numbered asker, and with lists."""
    return bool(request.param == "--plain")


def an_interview(opened: Open, *, numbered: bool, **how: Any) -> Window:
    return opened(*(["--plain"] if numbered else []), **how)


def pick(window: Window, *, numbered: bool, row: int) -> Window:
    return window.type(f"{row}{ENTER}") if numbered else window.answer(row)


def named(opened: Open, *, numbered: bool, **how: Any) -> Window:
    """Open a window and go as far as the first question."""
    window = an_interview(opened, numbered=numbered, **how).prompted("The name of your organisation:")
    return window.type("Riverside Advice", ENTER).asked("q1", numbered=numbered)


def answerable(window: Window, *, numbered: bool, after: str = "") -> Window:
    """Wait until the question that stands below these words can be answered."""
    return window.prompted() if numbered else window.until("Save and stop", after=after)


def press(window: Window, key: str, row: int, *, numbered: bool) -> Window:
    """Give a command: its key, or its row in the list."""
    return window.type(key, ENTER) if numbered else window.answer(row)


def choose(window: Window, *several: int, numbered: bool) -> Window:
    """Choose several answers at a question where nothing is ticked yet."""
    if numbered:
        return window.type(" ".join(map(str, several)), ENTER)
    ticks = "".join((" " if number in several else "") + DOWN for number in range(1, max(several) + 1))
    return window.answer(1).until(TICKS).type(ticks, ENTER)


def command(*words: str) -> str:
    """Return the line that is shown to be copied: it works in any folder."""
    return shlex.join(["collabcheck", words[0], str(Path("mine.yaml").absolute()), *words[1:]])


def to_go_on(*, numbered: bool) -> str:
    """Return the line that is shown to those who stop."""
    return command("assess", "--pack", str(Path("pack").absolute()), *(["--plain"] if numbered else []))


def in_the_file() -> AnswerSheet:
    return read_sheet(load_pack(Path("pack")), Path("mine.yaml"))


# A whole interview.


@pytest.mark.parametrize(("columns", "numbered"), [(60, True), (60, False), (80, False), (120, True)])
def test_a_whole_interview_fits_the_window_and_ends_with_the_report(
    opened: Open, columns: int, *, numbered: bool
) -> None:
    window = named(opened, numbered=numbered, columns=columns, rows=100)
    pick(window, numbered=numbered, row=3).asked("q2", numbered=numbered)
    if numbered:
        window.type("?", ENTER).until("Why we ask").prompted().type("n", ENTER)
        window.prompted("Note (Enter alone for none):").type("we met", ENTER)
        window.prompted("Evidence, such as minutes (Enter alone for none):").type(ENTER).until("Note: we met")
        window.prompted().type("2", ENTER).asked("q3", numbered=True).type("1 3", ENTER).until("What effect has it?")
        window.prompted("Your words:")
    else:
        window.type(DOWN * 8, ENTER).until("Save and stop", after="Why we ask").type(DOWN * 7, ENTER)
        window.until("Note (Enter alone for none):").type("we met", ENTER)
        window.until("minutes (Enter alone for none):").type(ENTER).until("Save and stop", after="Note: we met")
        window.answer(2).asked("q3", numbered=False)
        how = "(space bar ticks, Enter ends; none: back)" if columns > 60 else TICKS
        window.type(DOWN, ENTER).until(how).type(" ", DOWN, DOWN, " ", ENTER)
    window.until("Your words:", after="What effect has it?").type("Much", ENTER).until("CHECK YOUR ANSWERS")
    answerable(window.until("Finish and see the report"), numbered=numbered)
    assert len(window.widest) <= columns, window.widest
    window.type("r", ENTER).until("That was the report. It begins further up, with “In short”: ")
    assert window.until("Your answers are in ").end() == 0
    kept = f"  {command('report', '--pack', str(Path('pack').absolute()))} -o mine.txt\r\n"
    assert f"To keep it as a file that any program can open or print:\r\n{kept}" in window.raw
    assert window.raw.endswith(f"\r\n\r\nYour answers are in {Path('mine.yaml').absolute()}\r\n")
    assert "A tiny pack: Riverside Advice" in window.raw
    assert window.restored
    sheet = in_the_file()
    assert list(sheet.replies) == ["q1", "q2", "q3"]
    assert sheet.replies["q2"].note == "we met"
    assert sheet.replies["q3"] == Chose(("none", "most"))
    assert sheet.discussion == {"effect": ("Much",)}
    assert not list(Path().glob(".mine*"))
    copied = {"  collabcheck report ", "Your answers are in "}  # one fact a line, and a path to copy, are not broken
    assert numbered or {line.partition("/")[0] for line in window.wide} <= copied, window.wide


@pytest.mark.parametrize(("columns", "numbered"), [(60, False), (80, False), (120, False), (60, True)])
def test_the_shipped_questions_fit_the_window(opened: Open, columns: int, *, numbered: bool) -> None:
    window = an_interview(opened, numbered=numbered, shipped=True, columns=columns, rows=60)
    window.prompted("The name of your organisation:").type("Riverside Advice", ENTER)
    for number in range(1, 9):
        count = f"Question {number} of"
        answerable(window.until(count), numbered=numbered, after=count)
        several = number in {3, 4, 7}
        if several and not numbered:
            window.type(DOWN, ENTER).until(TICKS, after=count).type(" ", ENTER)
        else:
            pick(window, numbered=numbered, row=1)
    window.until("Question 9 of")
    assert len(window.widest) <= columns, window.widest


# Stopping.


@pytest.mark.parametrize("answered", [0, 2])
def test_ctrl_c_says_where_the_answers_are_and_the_same_question_comes_next_time(
    opened: Open, answered: int, *, numbered: bool
) -> None:
    window = named(opened, numbered=numbered)
    for number in range(1, answered + 1):
        pick(window, numbered=numbered, row=3).asked(f"q{number + 1}", numbered=numbered)
    assert window.type(CTRL_C).end() == 130
    kept = "2 answers are safe." if answered else "No question is answered yet."
    assert f"\nStopped. {kept} The file is {Path('mine.yaml').absolute()}\r\n" in window.raw
    assert window.raw.endswith(f"To go on, from any folder:\r\n  {to_go_on(numbered=numbered)}\r\n")
    assert "A note was not saved" not in window.text
    assert "Traceback" not in window.raw
    assert window.restored
    assert len(in_the_file().replies) == answered
    again = an_interview(opened, numbered=numbered).until(f"How far is q{answered + 1}?")
    assert f"Question {answered + 1} of 3" in again.text
    assert "Welcome back." in again.text


def test_ctrl_c_before_anything_is_answered_leaves_no_file(opened: Open, *, numbered: bool) -> None:
    window = an_interview(opened, numbered=numbered).prompted("The name of your organisation:")
    assert window.type(CTRL_C).end() == 130
    assert "Nothing was answered, so there is no file." in window.text
    assert window.restored
    assert [path.name for path in Path().iterdir()] == ["pack"]


def test_ctrl_d_stops_as_well(opened: Open) -> None:
    window = named(opened, numbered=False)
    assert window.type("\x04").end() == 130
    assert window.raw.endswith(f"To go on, from any folder:\r\n  {to_go_on(numbered=False)}\r\n")
    assert window.restored


def test_stopping_while_something_is_written_loses_only_that(opened: Open, *, numbered: bool) -> None:
    window = named(opened, numbered=numbered)
    pick(window, numbered=numbered, row=1).asked("q3", numbered=numbered)
    window.type("n", ENTER) if numbered else window.type(DOWN * 4, ENTER)
    window.until("Note (Enter alone for none):").type("half a no")
    assert window.type(CTRL_C).end() == 130
    assert window.restored
    assert list(in_the_file().replies) == ["q1"]


@pytest.mark.parametrize(
    ("name", "code", "numbered"),
    [
        ("SIGTERM", 143, True),
        ("SIGINT", 130, True),
        ("SIGTERM", 143, False),
        ("SIGHUP", 129, False),
        ("SIGINT", 130, False),
        ("SIGQUIT", 131, True),
        ("SIGQUIT", 131, False),
    ],
)
def test_a_signal_ends_it_at_once_and_loses_nothing(opened: Open, name: str, code: int, *, numbered: bool) -> None:
    window = named(opened, numbered=numbered)
    pick(window, numbered=numbered, row=1).asked("q3", numbered=numbered)
    assert window.kill(getattr(signal, name)) == code
    assert "Traceback" not in window.raw
    assert window.restored
    assert list(in_the_file().replies) == ["q1"]
    assert not list(Path().glob(".mine*"))


@pytest.mark.parametrize("answered", [1, 3])
def test_every_answer_confirmed_on_the_screen_outlives_a_kill(opened: Open, answered: int, *, numbered: bool) -> None:
    window = named(opened, numbered=numbered)
    coming = ["How far is q2?", "How far is q3?", "What effect has it?"]
    for number in range(answered):
        if number == 2 and not numbered:  # the question with several answers
            choose(window.asked("q3", numbered=False), 1, numbered=False)
        else:
            pick(window.asked(f"q{number + 1}", numbered=numbered), numbered=numbered, row=3)
        window.until(coming[number])
    assert window.kill(signal.SIGKILL) == -signal.SIGKILL
    assert len(in_the_file().replies) == answered
    assert list(Path().glob(".mine.yaml.lock"))  # nobody could take it away
    again = an_interview(opened, numbered=numbered).until("Welcome back.")
    answerable(again, numbered=numbered) if answered == 1 else again.until("What effect has it?")
    assert again.type(CTRL_C).end() == 130
    assert len(in_the_file().replies) == answered
    assert not list(Path().glob(".mine*"))


@pytest.mark.parametrize("moment", range(3))
def test_a_signal_ends_it_wherever_it_is_just_then(opened: Open, moment: int, *, numbered: bool) -> None:
    window = named(opened, numbered=numbered)
    pick(window, numbered=numbered, row=1)
    time.sleep(moment * 0.03)
    name = ("SIGHUP", "SIGTERM", "SIGINT")[moment % 3]
    number = getattr(signal, name)
    assert window.kill(number) == 128 + number
    assert "Traceback" not in window.raw
    assert "ignored" not in window.raw
    assert window.restored
    assert list(in_the_file().replies) in ([], ["q1"])
    assert "Stopped. " in window.text
    assert window.raw.endswith(f"To go on, from any folder:\r\n  {to_go_on(numbered=numbered)}\r\n")
    assert not list(Path().glob(".mine*"))


def test_ctrl_c_right_after_an_answer_ends_it(opened: Open) -> None:
    window = named(opened, numbered=False)
    assert window.type("1", ENTER, CTRL_C).end() == 130
    assert list(in_the_file().replies) == ["q1"]
    assert window.restored


def test_a_window_that_is_closed_ends_it_and_loses_nothing(opened: Open, *, numbered: bool) -> None:
    window = named(opened, numbered=numbered)
    pick(window, numbered=numbered, row=1).asked("q3", numbered=numbered)
    assert window.hang_up() == 129
    assert list(in_the_file().replies) == ["q1"]
    assert not list(Path().glob(".mine*"))


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash, which could stop a program and go on with it")
def test_ctrl_z_stops_it_for_a_while_and_gives_the_terminal_back(running: Open, *, numbered: bool) -> None:
    window = running(command=("bash", "--norc", "--noprofile", "-i"), PS1="ready> ").until("ready>")
    before = window.modes()
    words = ["assess", "mine.yaml", "--pack", "pack", *(["--plain"] if numbered else [])]
    window.type(shlex.join([*COLLABCHECK, *words]), ENTER).until("The name of your organisation:")
    if numbered:
        window.prompted("The name of your organisation:")
    window.type("Riverside", ENTER).asked("q1", numbered=numbered)
    window.type(CTRL_Z).until("ready>", after="[1]+ Stopped")
    assert window.modes() == before
    assert not window.screen.cursor.hidden
    window.type("fg", ENTER).until("collabcheck assess", after="ready> fg")
    if not numbered:
        window.until("Save and stop", after="ready> fg")
    pick(window, numbered=numbered, row=1).asked("q3", numbered=numbered)
    window.type(CTRL_C).until("ready>", after="Stopped. 1 answer is safe.")
    window.type("echo code=$?", ENTER).until("code=130")
    assert window.until("ready>", after="code=130").modes() == before
    assert list(in_the_file().replies) == ["q1"]


# Windows that are narrow, or change.


def test_a_window_of_20_columns_will_do(opened: Open, *, numbered: bool) -> None:
    window = an_interview(opened, numbered=numbered, columns=20, rows=200)
    window.until("ganisation:").type("Riverside", ENTER).asked("q1", numbered=numbered)
    pick(window, numbered=numbered, row=1).asked("q3", numbered=numbered)
    press(window, "d", 2, numbered=numbered).until("What effect has it?").until("Your words:").type(ENTER)
    answerable(window.until("Finish and see the"), numbered=numbered, after="Finish and see the")
    assert window.type("r", ENTER).until("Your answers are in").end() == 0
    assert window.restored
    assert list(in_the_file().replies) == ["q1", "q3"]


def test_a_window_may_be_pulled_narrower_and_wider_in_the_middle(opened: Open, *, numbered: bool) -> None:
    window = named(opened, numbered=numbered)
    for columns in (30, 120, 20, 80):
        window.resize(columns)
        time.sleep(0.05)
    pick(window, numbered=numbered, row=3).asked("q2", numbered=numbered)
    assert window.type(CTRL_C).end() == 130
    assert window.restored
    assert in_the_file().replies == {"q1": Chose(("yes",))}


# The terminal and the environment decide who asks.


@pytest.mark.parametrize("told", [{"TERM": "dumb"}, {"TERM": ""}, {"TERM": "unknown"}, {"ACCESSIBLE": "1"}])
def test_lines_and_numbers_are_used_where_nothing_can_be_redrawn(opened: Open, told: dict[str, str]) -> None:
    window = opened(**told).prompted("The name of your organisation:").type("Riverside", ENTER)
    window.until("Or: n to add a note, ? for help, b to go back, q to save and stop.").prompted()
    assert window.type("1", ENTER).asked("q3", numbered=True).type(CTRL_C).end() == 130
    assert "\x1b" not in window.raw
    assert list(in_the_file().replies) == ["q1"]


def test_no_colour_is_used_where_none_is_wanted(opened: Open) -> None:
    window = opened("--color", "never").until("The name of your organisation")
    assert "\x1b[1m" not in window.raw


# Streams that are closed or full.


def through_a_shell(running: Open, words: str) -> Window:
    """Run the program with its streams turned elsewhere."""
    command = shlex.join([*COLLABCHECK, "assess", "mine.yaml", "--pack", "pack", "--plain"])
    return running(command=("sh", "-c", f"{command} {words}"))


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- >&- 2>&-"])
def test_without_somebody_to_ask_it_asks_nothing(running: Open, closed: str) -> None:
    window = through_a_shell(running, closed)
    assert window.end() == 2
    assert window.restored
    assert [path.name for path in Path().iterdir()] == ["pack"]


@pytest.mark.parametrize(
    ("where", "why"), [(">&-", "because standard output is closed"), (">/dev/full", "the disk is full")]
)
def test_answers_are_safe_although_the_report_cannot_be_shown(running: Open, where: str, why: str) -> None:
    window = through_a_shell(running, where).prompted("The name of your organisation:").type("Riverside", ENTER)
    window.asked("q1", numbered=True).type("1", ENTER).asked("q3", numbered=True).type("d", ENTER)
    window.prompted("Your words:").type(ENTER).until("Finish and see the report").prompted().type("r", ENTER)
    assert window.end() == 1
    assert str(Path("mine.yaml").absolute()) in window.text.replace(" ", "").rpartition("Finish")[2]
    assert why in window.text
    assert "That was the report" not in window.text
    assert window.restored
    assert list(in_the_file().replies) == ["q1", "q3"]


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="one program cannot limit another here")
def test_a_disk_that_fills_up_is_told_and_the_answers_before_are_there(opened: Open, *, numbered: bool) -> None:
    window = named(opened, numbered=numbered)
    pick(window, numbered=numbered, row=1).asked("q3", numbered=numbered)
    resource.prlimit(window.process, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    assert press(window, "d", 2, numbered=numbered).end() == 1
    assert "[cannot-write]" in window.text
    assert window.restored
    assert list(in_the_file().replies) == ["q1"]
    assert not list(Path().glob(".mine*"))


ONLY_READ = "mount --bind kept kept && mount -o remount,ro,bind kept"
FULL = "mount -t tmpfs -o size=8k tmpfs kept && head -c 100000 /dev/zero > kept/zeros 2>/dev/null"


@pytest.mark.skipif(not may_mount(), reason="a disk can be made full or read-only only by root, in a namespace")
@pytest.mark.parametrize(("made", "reason"), [(ONLY_READ, "can only be read"), (FULL, "the disk is full")])
def test_a_place_where_nothing_can_be_saved_is_told_before_the_first_question(
    running: Open, made: str, reason: str
) -> None:
    Path("kept").mkdir()
    command = shlex.join([*COLLABCHECK, "assess", "kept/mine.yaml", "--pack", "pack", "--plain"])
    window = running(command=("unshare", "-m", "sh", "-c", f"{made}; {command}; code=$?; ls -A kept; exit $code"))
    assert window.end() == 1
    assert reason in window.text
    assert "organisation" not in window.text
    assert ".mine" not in window.text
    assert window.restored


@pytest.mark.skipif(not may_mount(), reason="a disk can be made full only by root, in a namespace")
def test_a_disk_that_is_full_before_the_first_answer_is_no_sheet_that_has_gone(running: Open) -> None:
    Path("kept").mkdir()
    nearly = "mount -t tmpfs -o size=8k tmpfs kept && head -c 4096 /dev/zero > kept/zeros"  # the lock has room
    command = shlex.join([*COLLABCHECK, "assess", "kept/mine.yaml", "--pack", "pack", "--plain"])
    window = running(command=("unshare", "-m", "sh", "-c", f"{nearly}; {command}"))
    window.prompted("The name of your organisation:")
    assert window.type("Riverside Advice", ENTER).end() == 1
    assert "the disk is full" in window.text
    assert "Nothing was answered, so there is no file." in window.text
    assert "has gone" not in window.text


# A sheet that goes away, or cannot be saved.


def two_answered(opened: Open, *, numbered: bool, **how: Any) -> Window:
    window = named(opened, numbered=numbered, **how)
    pick(window, numbered=numbered, row=3).asked("q2", numbered=numbered)
    return pick(window, numbered=numbered, row=2).asked("q3", numbered=numbered)


@pytest.mark.parametrize("key", [CTRL_C, f"q{ENTER}"])
def test_a_sheet_that_was_deleted_meanwhile_is_written_anew_when_one_stops(
    opened: Open, key: str, *, numbered: bool
) -> None:
    window = two_answered(opened, numbered=numbered)
    Path("mine.yaml").unlink()
    assert window.type(key).end() == 130
    assert "had gone, so the answers were written anew." in window.text
    assert f"\nStopped. 2 answers are safe. The file is {Path('mine.yaml').absolute()}\r\n" in window.raw
    assert list(in_the_file().replies) == ["q1", "q2"]
    assert not list(Path().glob(".mine*"))


def in_a_folder_that_goes(running: Open) -> Window:
    """Open a window with two answers in a sheet whose folder is deleted then."""
    Path("kept").mkdir()
    window = two_answered(lambda *_, **__: running("assess", "kept/mine.yaml", "--pack", "pack"), numbered=False)
    shutil.rmtree("kept")
    return window


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_if_its_folder_has_gone_the_answers_are_written_where_one_is(running: Open, name: str) -> None:
    number = getattr(signal, name)
    window = in_a_folder_that_goes(running)
    assert window.kill(number) == 128 + number
    copy = Path("mine (conflict 1).yaml").absolute()
    assert f"\nStopped. 2 answers are safe. The file is {copy}\r\n" in window.raw
    assert window.raw.endswith(f"{shlex.quote(str(copy))} --pack {Path('pack').absolute()}\r\n")
    assert list(read_sheet(load_pack(Path("pack")), copy).replies) == ["q1", "q2"]


def test_an_answer_whose_folder_has_gone_is_written_where_one_is(running: Open) -> None:
    window = in_a_folder_that_goes(running)
    assert window.answer(2).end() == 1
    assert "there is no such folder [cannot-write]" in window.text
    assert "\nStopped. 3 answers are safe. The file is " in window.raw
    assert "last answer was not saved" not in window.text
    assert len(read_sheet(load_pack(Path("pack")), Path("mine (conflict 1).yaml")).replies) == 3


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="there is no folder here in which nobody can write")
def test_if_the_answers_can_be_written_nowhere_that_is_said(running: Open) -> None:
    Path("kept").mkdir()
    command = shlex.join([*COLLABCHECK, "assess", str(Path("kept/mine.yaml").absolute()), "--plain"])
    line = f"P={shlex.quote(str(Path('pack').absolute()))}; cd /proc; {command} --pack $P"
    window = two_answered(lambda *_, **__: running(command=("sh", "-c", line), HOME="/proc"), numbered=True)
    shutil.rmtree("kept")
    assert window.type("q", ENTER).end() == 130
    assert f"{Path('kept/mine.yaml').absolute()} has gone; 2 answers were in it." in " ".join(window.raw.split())


def emptied(sheet: Path) -> None:
    sheet.write_bytes(b"")


def broken(sheet: Path) -> None:
    sheet.write_text(sheet.read_text("utf-8") + "foo: [\n", "utf-8")


def put_back(sheet: Path) -> None:
    sheet.write_text("pack: tiny\norganisation: R\ndate: 2026-11-23\nanswers: {q1: no}\n", "utf-8")


def a_folder_instead(sheet: Path) -> None:
    sheet.unlink()
    sheet.mkdir()


def a_pipe_instead(sheet: Path) -> None:
    sheet.unlink()
    os.mkfifo(sheet)


def a_dangling_link_instead(sheet: Path) -> None:
    sheet.unlink()
    sheet.symlink_to("nowhere/sheet.yaml")


OTHERS = [emptied, broken, put_back, a_folder_instead, a_pipe_instead, a_dangling_link_instead]


def in_the_copy() -> AnswerSheet:
    return read_sheet(load_pack(Path("pack")), Path("mine (conflict 1).yaml"))


@pytest.mark.parametrize("key", [CTRL_C, f"q{ENTER}"])
@pytest.mark.parametrize("other", OTHERS)
def test_a_sheet_that_another_program_changed_is_left_alone_when_one_stops_and_the_answers_go_beside_it(
    opened: Open, other: Callable[[Path], None], key: str
) -> None:
    window = two_answered(opened, numbered=True)
    other(Path("mine.yaml"))
    theirs = Path("mine.yaml").lstat()
    assert window.type(key).end() == 130
    assert f"Another program has changed {Path('mine.yaml').absolute()} meanwhile, so it was left" in window.raw
    copy = Path("mine (conflict 1).yaml").absolute()
    assert f"\nStopped. 2 answers are safe. The file is {copy}\r\n" in window.raw
    assert list(in_the_copy().replies) == ["q1", "q2"]
    assert Path("mine.yaml").lstat().st_mtime_ns == theirs.st_mtime_ns
    assert not list(Path().glob(".mine*"))


@pytest.mark.parametrize("other", OTHERS)
def test_the_report_is_on_what_was_answered_whatever_another_program_wrote_meanwhile(
    opened: Open, other: Callable[[Path], None]
) -> None:
    window = two_answered(opened, numbered=True).type("d", ENTER).prompted("Your words:").type("Much", ENTER)
    window.until("Finish and see the report").prompted()
    other(Path("mine.yaml"))
    assert window.type("r", ENTER).end() == 1
    assert "A tiny pack: Riverside Advice" in window.raw
    copy = Path("mine (conflict 1).yaml").absolute()
    assert f"so it was left as it is; your answers are in “{copy}”" in window.raw
    assert window.raw.endswith(f"\r\nYour answers are in {copy}\r\n")
    assert list(in_the_copy().replies) == ["q1", "q2", "q3"]
    assert in_the_copy().discussion == {"effect": ("Much",)}


def test_who_closes_the_window_on_a_changed_sheet_loses_nothing_either(opened: Open) -> None:
    window = two_answered(opened, numbered=False)
    emptied(Path("mine.yaml"))
    assert window.hang_up() == 129
    assert list(in_the_copy().replies) == ["q1", "q2"]


def test_a_sheet_that_nobody_changed_is_not_copied(opened: Open) -> None:
    assert two_answered(opened, numbered=True).type("q", ENTER).end() == 130
    assert sorted(path.name for path in Path().iterdir()) == ["mine.yaml", "pack"]


def test_ctrl_c_while_the_report_is_shown_says_where_the_answers_are(running: Open) -> None:
    os.mkfifo("pipe")
    end = os.open("pipe", os.O_RDWR | os.O_NONBLOCK)
    with suppress(BlockingIOError):
        while True:
            os.write(end, bytes(1000))  # until it is full: nobody reads
    command = shlex.join([*COLLABCHECK, "assess", "mine.yaml", "--pack", "pack", "--plain"])
    window = named(lambda *_, **__: running(command=("sh", "-c", f"exec {command} > pipe")), numbered=True)
    window.type("1", ENTER).asked("q3", numbered=True).type("d", ENTER).prompted("Your words:").type(ENTER)
    window.until("Finish and see the report").prompted().type("r", ENTER)
    time.sleep(2)  # what fills a pipe gives no sign
    assert window.type(CTRL_C).end() == 130
    os.close(end)
    assert f"All your answers are safe. The file is {Path('mine.yaml').absolute()}\r\n" in window.raw
    assert window.restored


@pytest.mark.parametrize("begun", [True, False])
def test_the_key_that_quits_ends_it_at_once(opened: Open, *, begun: bool, numbered: bool) -> None:
    window = named(opened, numbered=numbered)
    if begun:
        pick(window, numbered=numbered, row=1).asked("q3", numbered=numbered)
    assert window.type("\x1c").end() == 131
    assert "Stopped. " in window.text
    assert window.restored
    assert list(in_the_file().replies) == ["q1"][:begun]


@pytest.mark.skipif(not may_mount(), reason="a disk can be made read-only only by root, in a namespace")
def test_a_folder_that_can_only_be_read_is_named_and_not_the_sheet_in_it(running: Open) -> None:
    Path("kept").mkdir()
    Path("kept/mine.yaml").write_text("pack: tiny\norganisation: R\ndate: 2026-11-23\nanswers: {}\n", "utf-8")
    command = shlex.join([*COLLABCHECK, "assess", "kept/mine.yaml", "--pack", "pack", "--plain"])
    window = running(command=("unshare", "-m", "sh", "-c", f"{ONLY_READ}; {command}"))
    assert window.end() == 1
    assert "this folder, or the disk it is on, can only be read" in window.text
    assert "properties" not in window.text


def test_what_is_in_the_place_of_a_lock_is_named(opened: Open) -> None:
    Path(".mine.yaml.lock").mkdir()
    window = an_interview(opened, numbered=True)
    assert window.end() == 1
    lock = Path(".mine.yaml.lock").absolute()
    assert f"{lock}: this is a folder, where a small file should say who has “mine.yaml” open" in window.raw
    assert "Delete it, and run the same command again." in window.text


def test_a_folder_that_was_deleted_is_named(running: Open) -> None:
    Path("gone").mkdir()
    line = f"cd gone; rmdir ../gone; {shlex.join([*COLLABCHECK, 'assess', 'mine.yaml', '--plain'])}"
    window = running(command=("sh", "-c", line))
    assert window.end() == 1
    assert "the folder you are in has gone" in window.text
    assert not Path("/proc/self/cwd").exists() or str(Path("gone").absolute()) in window.raw


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash, which could stop a program and end it")
def test_a_stopped_program_that_is_ended_says_its_last_words_although_others_have_the_terminal(running: Open) -> None:
    window = running(command=("bash", "--norc", "--noprofile", "-i"), PS1="ready> ").until("ready>")
    words = shlex.join([*COLLABCHECK, "assess", "mine.yaml", "--pack", "pack", "--plain"])
    window.type(f"stty tostop; {words}", ENTER).prompted("The name of your organisation:")
    window.type("Riverside", ENTER).asked("q1", numbered=True).type(CTRL_Z).until("ready>", after="[1]+ Stopped")
    window.type("kill %1", ENTER).until("No question is answered yet.")
    time.sleep(0.5)  # until it has ended, a shell takes it for stopped
    window.type(ENTER).until("Exit 143")
    assert not list(Path().glob(".mine*"))


def test_ctrl_c_before_it_has_begun_leaves_no_traceback(running: Open) -> None:
    program = "import sys, _signal\nsys.argv[1:] = ['assess']\n"
    program += "class Early:\n def find_spec(self, name, *_):\n  if name == 'typer': _signal.raise_signal(2)\n"
    program += "sys.meta_path.insert(0, Early())\nfrom collabcheck.__main__ import main\nmain()"
    window = running(command=(COLLABCHECK[0], "-c", program))
    assert window.end() == 130
    assert window.raw.split() == ["Stopped."]


def test_a_name_without_room_for_the_files_beside_it_is_told_before_the_first_question(running: Open) -> None:
    window = running("assess", f"{'x' * 240}.yaml", "--pack", "pack", "--plain")
    assert window.end() == 1
    assert "its name is too long" in window.text
    assert [path.name for path in Path().iterdir()] == ["pack"]


def test_a_note_that_was_not_written_is_not_said_to_be_lost(opened: Open, *, numbered: bool) -> None:
    window = named(opened, numbered=numbered)
    press(window, "n", 6, numbered=numbered).until("Note (Enter alone for none):").type(ENTER)
    window.until("Evidence, such as minutes (Enter alone for none):")
    assert window.type(CTRL_C).end() == 130
    assert "A note was not saved" not in window.text


def test_the_number_of_one_of_several_answers_opens_the_list_with_a_tick(opened: Open) -> None:
    window = pick(named(opened, numbered=False), numbered=False, row=1).asked("q3", numbered=False)
    window.type("2").until("Neither of it.", after=TICKS).type(ENTER).until("What effect has it?")
    assert "Move to a row" not in window.text
    assert in_the_file().replies["q3"] == Chose(("some",))


def test_lines_of_a_paste_that_were_not_kept_are_told(opened: Open) -> None:
    window = named(opened, numbered=True).type("n", ENTER).prompted("Note (Enter alone for none):")
    window.type("we met\nand\nspoke\n").until("2 lines that came before this question were not kept.")
    window.prompted("Evidence, such as minutes (Enter alone for none):").type(ENTER).prompted()
    assert window.type("1", ENTER).asked("q3", numbered=True).type(CTRL_C).end() == 130
    assert in_the_file().replies["q1"] == Chose(("no",), "we met")


def test_all_lines_that_are_pasted_are_kept_where_one_may_write_several(running: Open) -> None:
    window = talking(running).type("one\n\ntwo\nthree\n").prompted("Another:")
    window.type(ENTER).until("CHECK YOUR ANSWERS").prompted()
    assert window.type(CTRL_C).end() == 130
    assert said_of_links() == ("one", "two", "three")


def talking(running: Open, *, numbered: bool = True) -> Window:
    """Open a window and go as far as a question to which one may write several lines."""
    talk = [{"id": "links", "text": "Which links help?", "hint": "Any.", "several": True}]
    write_pack(Path("talking"), pack_data(a_question("q1", "size"), discussion=talk))
    window = running("assess", "mine.yaml", "--pack", "talking", *["--plain"] * numbered)
    window.prompted("The name of your organisation:").type("Riverside", ENTER).asked("q1", numbered=numbered)
    return pick(window, numbered=numbered, row=1).until("Your words, one a line (Enter alone ends):")


def said_of_links() -> tuple[str, ...]:
    return read_sheet(load_pack(Path("talking")), Path("mine.yaml")).discussion["links"]


# Lines that are too long, and keys that are no characters.

CUT = "so nothing of it was taken. Write or paste less of it."


def test_a_line_that_the_terminal_cuts_is_not_taken(opened: Open) -> None:
    window = named(opened, numbered=True).type("n", ENTER).prompted("Note (Enter alone for none):")
    window.type("we are here " * 400, ENTER).until(CUT).prompted("Note (Enter alone for none):")
    assert "The line that begins “we are here we are here" in window.text
    window.type("x" + "漢" * 1365, ENTER).until("The line that begins “x漢漢").prompted("Note (Enter alone for none):")
    window.type("x" + "漢" * 1364, ENTER).prompted("Evidence, such as minutes (Enter alone for none):")
    window.type(ENTER).prompted().type("1", ENTER).asked("q3", numbered=True)
    window.type("x", ENTER).prompted("Why does it not apply? (Enter alone goes back):").type("We’re " * 600, ENTER)
    window.until("The line that begins “We’re We’re")
    assert window.type(CTRL_C).end() == 130
    assert in_the_file().replies == {"q1": Chose(("no",), "x" + "漢" * 1364)}


def test_a_line_that_the_terminal_cuts_is_not_taken_among_others_either(running: Open) -> None:
    window = talking(running)
    window.type(f"one\n{'two ' * 1100}\nthree\n").until(CUT).prompted("Another:").type(ENTER)
    window.until("CHECK YOUR ANSWERS").prompted()
    assert window.type(CTRL_C).end() == 130
    assert said_of_links() == ("one", "three")


@pytest.mark.parametrize("coding", ["", "utf-8:strict"])
def test_bytes_that_are_no_characters_are_refused_and_nothing_is_changed(
    opened: Open, coding: str, *, numbered: bool
) -> None:
    window = an_interview(opened, numbered=numbered, PYTHONIOENCODING=coding)
    window.prompted("The name of your organisation:")
    window.press_bytes(b"Caf\xe9 Riverside\r").until("A character came that cannot be read here")
    window.until("The name of your organisation:", after="without that one.")
    window.type("" if not numbered else "Caf Riverside", ENTER).asked("q1", numbered=numbered)
    assert window.type(CTRL_C).end() == 130
    assert in_the_file().organisation == "Caf Riverside"


@pytest.mark.parametrize("escape", ["\x1b[31m", "\x1b[1;31m", "\x1b[<0;3;3M", "\x1b[0m"])
def test_colours_in_a_paste_do_nothing(opened: Open, escape: str) -> None:
    window = named(opened, numbered=False).type(escape)
    time.sleep(0.3)  # what it must not do has no sign to wait for
    window.type(DOWN * 6, ENTER).until("Note (Enter alone for none):").type(f"see {escape}red ink", ENTER)
    window.until("Evidence, such as minutes (Enter alone for none):").type(ENTER).until("Note: see red ink")
    assert window.type(CTRL_C).end() == 130
    assert "exception" not in window.text
    assert window.restored


# What is pasted and what is left unsaved.


def paste_in_pieces(window: Window, words: str, size: int) -> None:
    """Paste as a terminal does that waits until there is room for more."""
    for start in range(0, len(words), size):
        window.type(words[start : start + size]).read()


def test_a_long_paste_that_comes_in_pieces_answers_no_further_question(opened: Open, *, numbered: bool) -> None:
    window = named(opened, numbered=numbered)
    press(window, "n", 6, numbered=numbered).until("Note (Enter alone for none):")
    paste_in_pieces(window, "first line\r" + "1 the minutes\r2\r1\r" * 2000, 4000)
    window.until("Evidence, such as minutes (Enter alone for none):", after="not kept")
    assert in_the_file().replies == {}
    assert window.type(CTRL_C).end() == 130
    assert in_the_file().replies == {}
    assert window.restored


def test_a_window_that_was_pulled_narrower_has_the_next_question_in_it(opened: Open, *, numbered: bool) -> None:
    window = named(opened, numbered=numbered, columns=100).resize(44)
    time.sleep(0.1)
    pick(window, numbered=numbered, row=3)
    asked = "How far is q2?"
    window.until(asked)
    answerable(window, numbered=numbered, after=asked)
    lines = [line.rstrip() for line in window.screen.display]
    below = lines[max(number for number, line in enumerate(lines) if asked in line) :]
    assert max(map(len, below)) <= 44, below
    assert window.type(CTRL_C).end() == 130


def test_questions_to_talk_about_can_be_stopped_by_signals_and_go_on_after_a_pause(
    running: Open, *, numbered: bool
) -> None:
    window = talking(running, numbered=numbered).type("one", ENTER)
    window.until("Another:")
    window.send(signal.SIGSTOP)
    time.sleep(0.2)
    window.send(signal.SIGCONT)
    window.type("two", ENTER).until("Another:", after="two")
    assert window.type("half a li").kill(signal.SIGTERM) == 143
    assert window.restored
    assert "Stopped. 1 answer is safe." in window.text
    assert said_of_links() == ("one", "two")


@pytest.mark.parametrize("paste", ["1\r2\r3\r", "\x1b[200~1\r2\r3\r\x1b[201~", "\x1b[200~1\n2\n\x1b[201~1\r"])
def test_a_paste_into_a_list_answers_no_further_question(opened: Open, paste: str) -> None:
    window = named(opened, numbered=False).type(paste)
    time.sleep(0.3)  # what it must not do has no sign to wait for
    window.type("\x1b[A").until("Save and stop")
    assert list(in_the_file().replies) in ([], ["q1"])
    assert window.type(CTRL_C).end() == 130
    assert window.restored
    assert list(in_the_file().replies) in ([], ["q1"])


@pytest.mark.parametrize(
    "word", ["River\x1b[A\x1b[Dside", "\x1b[200~River\nside\x1b[31m\x07\x1b[201~", "\x1b]0;x\x07River"]
)
def test_escapes_in_a_paste_are_not_kept_and_do_nothing(opened: Open, word: str, *, numbered: bool) -> None:
    window = an_interview(opened, numbered=numbered).prompted("The name of your organisation:")
    window.type(word, ENTER).asked("q1", numbered=numbered)
    assert window.type(CTRL_C).end() == 130
    assert "Rive" in in_the_file().organisation
    assert in_the_file().organisation.isprintable()
    assert in_the_file().replies == {}
    assert window.restored


def test_the_rest_of_a_paste_answers_no_further_question(opened: Open) -> None:
    window = named(opened, numbered=True).type("1\n2\n3\n").asked("q3", numbered=True)
    assert in_the_file().replies == {"q1": Chose(("no",))}
    window.type("2", ENTER).until("What effect has it?").prompted("Your words:")
    assert in_the_file().replies == {"q1": Chose(("no",)), "q3": Chose(("some",))}
    assert "Type one of these" not in window.text
    assert window.type(CTRL_C).end() == 130


def test_the_rest_of_a_paste_at_the_name_answers_no_question(opened: Open) -> None:
    window = an_interview(opened, numbered=True).prompted("The name of your organisation:")
    window.type("Riverside\n1\n2\n").asked("q1", numbered=True)
    assert window.type(CTRL_C).end() == 130
    assert (in_the_file().organisation, in_the_file().replies) == ("Riverside", {})


def test_a_note_without_an_answer_is_shown_again_and_its_loss_is_told(opened: Open, *, numbered: bool) -> None:
    window = pick(named(opened, numbered=numbered), numbered=numbered, row=1).asked("q3", numbered=numbered)
    press(window, "n", 4, numbered=numbered).until("Note (Enter alone for none):").type("we met", ENTER)
    window.until("Evidence, such as minutes (Enter alone for none):").type(ENTER)
    shown, earlier = "Note: we met This is saved with your answer: now choose one.", "Your answer so far: No of it."
    answerable(window.until(shown), numbered=numbered, after=shown)
    answerable(press(window, "b", 6, numbered=numbered).until(earlier), numbered=numbered, after=earlier)
    press(window, "k", 4, numbered=numbered).until(shown, after=earlier)
    answerable(window, numbered=numbered, after=shown)
    assert window.type(CTRL_C).end() == 130
    assert "Stopped. 1 answer is safe." in window.text
    assert "A note was not saved, because its question has no answer yet. To keep it, copy it:" in window.text
    assert "How far is q3? Note: we met" in window.text
    assert window.restored
    assert in_the_file().replies == {"q1": Chose(("no",))}


# Several answers.


def test_ticks_are_there_when_one_comes_back(opened: Open) -> None:
    window = pick(named(opened, numbered=False), numbered=False, row=1).asked("q3", numbered=False)
    choose(window, 1, 3, numbered=False).until("What effect has it?").until("Your words:").type(ENTER)
    window.until("CHECK YOUR ANSWERS").until("Finish and see the report").answer(2)
    earlier = "Your answer so far: None of it. · Most of it."
    answerable(window.until(earlier), numbered=False, after=earlier).answer(1).until("Neither of it.", after=TICKS)
    ticked = window.text.rpartition(TICKS)[2]
    assert [ticked.count(sign) for sign in "●○"] == [2, 3]
    window.type(DOWN, " ", ENTER).until("None of it. · Some of it. · Most of it.")
    assert in_the_file().replies["q3"] == Chose(("none", "some", "most"))


def test_ticking_nothing_goes_back_to_the_list(opened: Open) -> None:
    window = pick(named(opened, numbered=False), numbered=False, row=1).asked("q3", numbered=False)
    window.answer(1).until(TICKS).type(ENTER).until("Save and stop", after="Your answers:")
    assert TICKS not in window.text
    assert list(in_the_file().replies) == ["q1"]
    window.answer(2).until("What effect has it?")  # “I do not know”, in the list again
    assert list(in_the_file().replies) == ["q1", "q3"]


def test_none_of_these_beside_another_is_refused_and_asked_again(opened: Open, *, numbered: bool) -> None:
    window = pick(named(opened, numbered=numbered), numbered=numbered, row=1).asked("q3", numbered=numbered)
    refused = "“Neither of it.” cannot stand beside other answers. Choose again."
    choose(window, 1, 5, numbered=numbered).until(refused).until("How far is q3?", after=refused)
    answerable(window, numbered=numbered, after=refused)
    assert list(in_the_file().replies) == ["q1"]
    choose(window, 5, numbered=numbered).until("What effect has it?")
    assert in_the_file().replies["q3"] == Chose(("neither",))


# A report over a file that is there.


def test_ctrl_c_at_the_question_whether_to_replace_a_file_stops_and_leaves_it(running: Open) -> None:
    Path("mine.yaml").write_text("pack: tiny\norganisation: R\ndate: 2026-11-23\nanswers: {q1: partly}\n", "utf-8")
    Path("r.md").write_text("mine", "utf-8")
    window = running("report", "mine.yaml", "--pack", "pack", "-o", "r.md").until("Replace it? [y/N]:")
    time.sleep(0.5)  # Python sees a signal that comes just before it waits for a key only with the next key
    assert window.type(CTRL_C).end() == 130
    assert "Traceback" not in window.raw
    assert window.restored
    assert Path("r.md").read_text("utf-8") == "mine"
    assert sorted(path.name for path in Path().iterdir()) == ["mine.yaml", "pack", "r.md"]


# Two windows.


def test_a_second_window_on_the_same_sheet_is_told_and_the_first_goes_on(opened: Open) -> None:
    first = named(opened, numbered=False)
    second = an_interview(opened, numbered=False)
    assert second.end() == 1
    assert "another window has had it open since" in second.text
    assert "[in-use]" in second.text
    assert second.restored
    first.answer(1).until("How far is q3?")
    assert list(in_the_file().replies) == ["q1"]


def test_a_sheet_changed_by_another_program_is_left_alone_and_the_answers_go_beside_it(opened: Open) -> None:
    window = named(opened, numbered=True)
    sheet = Path("mine.yaml")
    sheet.write_text(sheet.read_text("utf-8").replace("Riverside Advice", "Someone else"), "utf-8")
    assert window.type("1", ENTER).end() == 1
    assert "[changed-underneath]" in window.text
    assert "Someone else" in sheet.read_text("utf-8")
    assert "q1" in Path("mine (conflict 1).yaml").read_text("utf-8")
    assert window.restored
