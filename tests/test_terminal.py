"""In a real terminal: everything fits, everything can be stopped, and what was confirmed is in the file."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import a_choice, a_question, pack_data
from commands import surroundings, write_pack

from collabcheck.answers import AnswerSheet
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import read_sheet

pexpect: Any = pytest.importorskip("pexpect", reason="pexpect is not installed")
pyte: Any = pytest.importorskip("pyte", reason="pyte is not installed")
termios: Any = pytest.importorskip("termios", reason="there are no pseudo-terminals here")

pytestmark = pytest.mark.terminal

PATIENCE = 20
"""Seconds to wait for something to appear, on a machine that has much else to do."""
LONG = "Our plan says where we lead, where we join in and what we leave to others, and the board has looked at it twice"
TALK = [{"id": "effect", "text": "What effect has it?", "hint": "In a word."}]
TINY = pack_data(
    a_question("q1", "size", choices=[a_choice("no"), a_choice("partly", 1, text=LONG), a_choice("yes", 2)]),
    a_question("q2", "size", when={"question": "q1", "is": ["yes"]}),
    a_question("q3", "size", several=True, full_at=3),
    discussion=TALK,
)
DOWN, ENTER, CTRL_C = "\x1b[B", "\r", "\x03"


class Window:
    """A terminal window in which the program runs."""

    def __init__(self, *words: str, columns: int = 80, rows: int = 40, **told: str) -> None:
        self.columns = columns
        self.raw = ""
        self.screen = pyte.Screen(columns * 2, rows)  # twice as wide: what is too long stands out instead of wrapping
        self._stream = pyte.Stream(self.screen)
        self.widest = ""
        self.text = ""
        environment = surroundings(**{"TERM": "xterm-256color", **told})
        self._child: Any = pexpect.spawn(
            sys.executable, ["-m", "collabcheck", *words], dimensions=(rows, columns), env=environment, encoding="utf-8"
        )
        self._child.delaybeforesend = None
        self._child.delayafterclose = self._child.delayafterterminate = 0
        self.screen.write_process_input = self._child.send
        self._before = self.modes()

    def modes(self) -> list[Any]:
        """Return how the terminal treats what is typed, such as whether it is echoed."""
        modes: list[Any] = termios.tcgetattr(self._child.child_fd)
        return modes

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was before the program ran, and shows the cursor."""
        return self.modes()[:4] == self._before[:4] and not self.screen.cursor.hidden

    def until(self, words: str, *, after: str = "") -> "Window":
        """Wait until these words stand on the screen, wrapped or not; below these others, if it says so."""
        return self._wait(lambda: words in (self.text.rpartition(after)[2] if after else self.text), words)

    def prompted(self, *labels: str) -> "Window":
        """Wait until the numbered asker is ready to read a line: what comes before that, it drops."""
        wanted = labels or ("Your answer:", "Your answers, such as 1 3:")
        return self._wait(lambda: self.text.endswith(wanted), f"{wanted} at the end")

    def asked(self, question: str, *, numbered: bool) -> "Window":
        """Wait until a question is asked, with all its answers, so that it can be answered."""
        words = f"How far is {question}?"
        self.until(words)
        return self.prompted() if numbered else self.until("Save and stop", after=words)

    def _wait(self, reached: Callable[[], bool], for_what: str) -> "Window":
        end = time.monotonic() + PATIENCE
        while not reached():
            if time.monotonic() > end or not self._read():
                pytest.fail(f"never came: {for_what}\n" + "\n".join(filter(str.strip, self.screen.display)))
        return self

    def _read(self) -> bool:
        """Take in what the program has written; say whether there may be more."""
        try:
            part = self._child.read_nonblocking(10_000, timeout=0.05)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += part
        self._stream.feed(part)
        rows = [self.screen.buffer[y] for y in sorted(self.screen.buffer)]
        lines = ["".join(row[x].data for x in range(max(row, default=-1) + 1)).rstrip() for row in rows]
        self.widest = max([self.widest, *lines], key=len)
        self.text = " ".join(" ".join(lines).split())
        return True

    def type(self, *keys: str) -> "Window":
        """Press keys; the program may read them when it likes."""
        self._child.send("".join(keys))
        return self

    def answer(self, row: int) -> "Window":
        """Choose the answer with this number from a list."""
        return self.type(DOWN * row, ENTER)

    def kill(self, number: int) -> int:
        """Send a signal and return the exit code."""
        os.kill(self._child.pid, number)
        return self.end()

    def end(self) -> int:
        """Wait until the program has ended; return its exit code, or minus the signal that killed it."""
        end = time.monotonic() + PATIENCE
        while self._read() and time.monotonic() < end:
            pass
        while self._child.isalive() and time.monotonic() < end:
            time.sleep(0.01)
        code: int = -self._child.signalstatus if self._child.signalstatus else self._child.exitstatus
        return code

    def close(self) -> None:
        """Close the window, whatever the program is doing."""
        if self._child.isalive():
            self._child.kill(signal.SIGKILL)
        self._child.close(force=True)


Open = Callable[..., Window]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a tiny pack."""
    write_pack(tmp_path / "pack", TINY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def opened(folder: Path) -> Iterator[Open]:
    """Return a function that opens a window in which someone fills in the sheet “mine.yaml”."""
    windows: list[Window] = []

    def window(*options: str, shipped: bool = False, **told: Any) -> Window:
        assert folder.exists()
        pack = () if shipped else ("--pack", "pack")
        windows.append(Window("assess", "mine.yaml", *pack, *options, **told))
        return windows[-1]

    yield window
    for one in windows:
        one.close()


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


def answerable(window: Window, *, numbered: bool) -> Window:
    return window.prompted() if numbered else window.until("Save and stop")


def unwrapped(words: str) -> str:
    """Return words without spaces, as a long path may be wrapped anywhere."""
    return "".join(words.split())


def sheet_path() -> str:
    return unwrapped(str(Path("mine.yaml").absolute()))


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
        window.type(DOWN * 8, ENTER).until("Why we ask").type(DOWN * 7, ENTER).until("Note").type("we met", ENTER)
        window.until("Evidence").type(ENTER).until("Note: we met").answer(2).until("How far is q3?")
        window.type(DOWN, ENTER).until("space bar ticks").type(" ", DOWN, DOWN, " ", ENTER)
    window.until("What effect has it?").type("Much", ENTER).until("CHECK YOUR ANSWERS")
    answerable(window.until("Finish and see the report"), numbered=numbered)
    assert len(window.widest) <= columns, window.widest
    window.type("r", ENTER).until("That was the report.").until("Your answers are in")
    assert window.end() == 0
    assert f"Youranswersarein{sheet_path()}" in unwrapped(window.text)
    assert f"collabcheckreport{sheet_path()}--pack{unwrapped(str(Path('pack').absolute()))}-omine.txt" in (
        unwrapped(window.text)
    )
    assert "A tiny pack: Riverside Advice" in window.raw
    assert window.restored
    sheet = in_the_file()
    assert list(sheet.replies) == ["q1", "q2", "q3"]
    assert sheet.replies["q2"].note == "we met"
    assert sheet.discussion == {"effect": ("Much",)}
    assert not list(Path().glob(".mine*"))
    plain_or_path = numbered or str(Path.cwd()) in window.widest  # one fact a line, and a path to copy, are not broken
    assert plain_or_path or len(window.widest) <= columns, window.widest


@pytest.mark.parametrize(("columns", "numbered"), [(60, False), (80, False), (120, False), (60, True)])
def test_the_shipped_questions_fit_the_window(opened: Open, columns: int, *, numbered: bool) -> None:
    window = an_interview(opened, numbered=numbered, shipped=True, columns=columns, rows=60)
    window.prompted("The name of your organisation:").type("Riverside Advice", ENTER)
    for number in range(1, 9):
        answerable(window.until(f"Question {number} of"), numbered=numbered)
        several = number in {3, 4}
        if several and not numbered:
            window.type(DOWN, ENTER).until("space bar ticks").type(" ", ENTER)
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
    assert unwrapped(f"{kept} The file is {sheet_path()}") in unwrapped(window.text)
    again_with = f"collabcheckassess{sheet_path()}--pack{unwrapped(str(Path('pack').absolute()))}"
    assert unwrapped(window.text).endswith(again_with + ("--plain" if numbered else ""))
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
    assert f"collabcheckassess{sheet_path()}" in unwrapped(window.text)
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
            window.asked("q3", numbered=False).type(DOWN, ENTER).until("space bar ticks").type(" ", ENTER)
        else:
            answerable(window, numbered=numbered)
            pick(window, numbered=numbered, row=3)
        window.until(coming[number])
    assert window.kill(signal.SIGKILL) == -signal.SIGKILL
    assert len(in_the_file().replies) == answered
    assert list(Path().glob(".mine.yaml.lock"))  # nobody could take it away
    again = an_interview(opened, numbered=numbered).until("Welcome back.")
    answerable(again, numbered=numbered) if answered == 1 else again.until("What effect has it?")
    assert again.type(CTRL_C).end() == 130
    assert len(in_the_file().replies) == answered
    assert not list(Path().glob(".mine*"))


# The terminal and the environment decide who asks.


@pytest.mark.parametrize("told", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}])
def test_lines_and_numbers_are_used_where_nothing_can_be_redrawn(opened: Open, told: dict[str, str]) -> None:
    window = opened(**told).prompted("The name of your organisation:").type("Riverside", ENTER)
    window.until("Or: n to add a note, ? for help, b to go back, q to save and stop.").prompted()
    assert window.type("1", ENTER).asked("q3", numbered=True).type(CTRL_C).end() == 130
    assert "\x1b" not in window.raw
    assert list(in_the_file().replies) == ["q1"]


def test_no_colour_is_used_where_none_is_wanted(opened: Open) -> None:
    window = opened("--color", "never").until("The name of your organisation")
    assert "\x1b[1m" not in window.raw


# What is pasted and what is left unsaved.


def test_the_rest_of_a_paste_answers_no_further_question(opened: Open) -> None:
    window = named(opened, numbered=True).type(f"1{ENTER}2{ENTER}3{ENTER}")
    window.asked("q3", numbered=True)
    assert window.type(CTRL_C).end() == 130
    assert list(in_the_file().replies) == ["q1"]


def test_a_note_without_an_answer_is_said_to_be_lost(opened: Open) -> None:
    window = (
        named(opened, numbered=True).type("n", ENTER).prompted("Note (Enter alone for none):").type("we met", ENTER)
    )
    window.prompted("Evidence, such as minutes (Enter alone for none):").type(ENTER).until("Note: we met").prompted()
    assert window.type("q", ENTER).end() == 130
    assert "A note was not saved, because its question has no answer yet." in window.text


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
