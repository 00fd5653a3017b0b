"""Whole interviews through a pseudo-terminal: somebody who answers at random, and somebody who pulls the plug."""

import random
import re
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from builders import a_choice, a_question, pack_data
from commands import call, write_pack
from windows import CTRL_C, DOWN, ENTER, PATIENCE, Window

from collabcheck.answers import AnswerSheet, Chose, DontKnow, NotApplicable, Reply
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import read_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTIONS = ("q1", "q2", "q3", "q4")
SEVERAL = "q3"
PACK = pack_data(
    *(a_question(name, "size") for name in ("q1", "q2")),
    a_question(SEVERAL, "size", several=True, full_at=3, choices=[a_choice(level, i) for i, level in enumerate("abc")]),
    a_question("q4", "size"),
    discussion=[{"id": "effect", "text": "What effect has it?", "hint": "In a word."}],
)
_LEVELS = ("none", "some", "most", "all")
_QUESTION = r"How far is (q\d)\?(?:\x1b\[0m)?\s+Think of last year"
_TALK = r"What effect has it\?(?:\x1b\[0m)?\s+In a word"
_CHECK = r"CHECK YOUR ANSWERS"
_NEXT = re.compile(f"{_QUESTION}|({_TALK})|({_CHECK})")
"""What comes on the screen when a reply is on disk: another question, or the end."""
_REPORT = re.compile("Your answers are in ")
_NOTE = re.compile(r"Note(?: \(Enter alone for none\))?:")
_EVIDENCE = re.compile(r"Evidence, such as minutes(?: \(Enter alone for none\))?:")
_REASON = re.compile(r"Why does it not apply\?")
_TICKS = re.compile("space bar ticks")
_NAME = re.compile("The name of your organisation")
_READY = ("Your answer: ", "Your answers, such as 1 3: ", "Your words: ")
_ENDS = ("none): ", "back): ", "Note: ", "minutes: ", "organisation: ", *_READY)

LONGEST = 4.0
"""Seconds that an interview takes, about: kills come at any moment of them, or close to an answer."""


class Gone(Exception):
    """The program has ended."""


@dataclass(frozen=True)
class State:
    """What is in a sheet, as far as a person can tell."""

    organisation: str = ""
    replies: dict[str, Reply] = field(default_factory=dict)
    effect: str = ""

    @classmethod
    def of(cls, sheet: AnswerSheet) -> "State":
        """Return what is in a sheet that was read."""
        return cls(sheet.organisation, dict(sheet.replies), " ".join(sheet.discussion.get("effect", ())))

    def answered(self, question: str, reply: Reply) -> "State":
        """Return what is in the sheet when this reply is."""
        return replace(self, replies={**self.replies, question: reply})


class Person:
    """Answers at random in a window, and remembers what the screen has confirmed."""

    def __init__(self, window: Window, chance: random.Random, certain: State | None, *, numbered: bool) -> None:
        self.certain, self.possible = certain, certain
        self.actions = 0
        self.ready: Callable[[], None] = lambda: None
        self.typed: Callable[[], None] = lambda: None
        self._window, self._chance, self._numbered = window, chance, numbered
        self._pending: dict[str, tuple[str, str]] = {}
        self._shown = _NEXT

    def answer_all(self) -> None:
        """Go on until the report; raises `Gone` if the program ends before."""
        self._wait(re.compile(f"{_NAME.pattern}|{_NEXT.pattern}"))
        self.ready()
        if self.certain is None:
            name = self._word()
            self._do(name, _NEXT, State(name))
        while self._shown is not _REPORT:
            self._one()

    def settle(self) -> None:
        """When the program has ended, take what was drawn last for what it confirms."""
        if self._shown.search(self._window.raw, self._window.typed_at):
            self.certain = self.possible

    def _one(self) -> None:
        """Do one thing at whatever is on the screen."""
        found = list(_NEXT.finditer(self._window.raw))[-1]
        question, talk, _ = found.groups()
        if question:
            self._at_question(question)
        elif talk:
            said = self._word()
            self._do(said, _NEXT, replace(self._now, effect=said))
        elif self._chance.random() < 0.5:
            self._shown = _REPORT
            self._do("r", _REPORT, self._now)
        else:
            self._do(str(self._chance.randint(1, len(QUESTIONS) + 1)), _NEXT, self._now)

    @property
    def _now(self) -> State:
        return self.certain or State()

    def _at_question(self, question: str) -> None:
        before = self._now.replies.get(question)
        what = self._chance.choices(("answer", "d", "x", "n", "b", "k"), (6, 1, 1, 2, 1, 1))[0]
        match what:
            case "answer" if question == SEVERAL:
                self._several(before)
            case "answer":
                level = self._chance.randrange(len(_LEVELS))
                self._reply(question, str(level + 1), Chose((_LEVELS[level],)))
            case "d":
                self._reply(question, "d", DontKnow())
            case "x":
                reason = self._word()
                self._do("x", _REASON, self._now)
                self._reply(question, reason, NotApplicable(reason))
            case "n":
                self._note(question, before)
            case "k" if before is None:
                self._do("b", _NEXT, self._now)
            case _:
                self._do(what, _NEXT, self._now)

    def _several(self, before: Reply | None) -> None:
        wanted = sorted(self._chance.sample(range(3), self._chance.randint(1, 3)))
        reply = Chose(tuple("abc"[number] for number in wanted))
        if self._numbered:
            self._reply(SEVERAL, " ".join(str(number + 1) for number in wanted), reply)
            return
        ticked = before.choices if isinstance(before, Chose) else ()
        self._do("c", _TICKS, self._now)
        keys = "".join((" " if (i in wanted) != ("abc"[i] in ticked) else "") + DOWN for i in range(3))
        self._reply(SEVERAL, keys, reply)

    def _reply(self, question: str, keys: str, reply: Reply) -> None:
        before = self._now.replies.get(question)
        note, evidence = (before.note, before.evidence) if before else self._pending.get(question, ("", ""))
        self._do(keys, _NEXT, self._now.answered(question, replace(reply, note=note, evidence=evidence)))
        self._pending.pop(question, None)

    def _note(self, question: str, before: Reply | None) -> None:
        note, evidence = self._word(), self._word()
        self._do("n", _NOTE, self._now)
        if before is None:
            self._pending[question] = (note, self._pending.get(question, ("", ""))[1])
            self._do(note, _EVIDENCE, self._now)
            self._pending[question] = (note, evidence)
            self._do(evidence, _NEXT, self._now)
        else:
            noted = replace(before, note=note)
            self._do(note, _EVIDENCE, self._now.answered(question, noted))
            self._do(evidence, _NEXT, self._now.answered(question, replace(noted, evidence=evidence)))

    def _word(self) -> str:
        return "".join(self._chance.choices("abcdefgh", k=8))

    def _do(self, keys: str, then: re.Pattern[str], state: State) -> None:
        """Type, and wait for what confirms it."""
        self.possible, self._shown = state, then
        self.actions += 1
        self._window.type(keys, ENTER)
        self.typed()
        self._wait(then)
        self.certain = state

    def _wait(self, shown: re.Pattern[str]) -> None:
        """Wait until something new is on the screen, and something can be typed."""
        end = time.monotonic() + PATIENCE

        def reached() -> bool:
            raw, at = self._window.raw, self._window.typed_at
            found = list(shown.finditer(raw, at))
            if not found or shown is _REPORT:
                return bool(found)
            if self._numbered:
                return raw.endswith(_ENDS)
            drawn = found[-1]
            return not _NEXT.match(drawn[0]) or re.search("Save and stop|Your words:", raw[drawn.end() :]) is not None

        while not reached():
            assert time.monotonic() < end, (
                f"never came: {shown.pattern}, but: {self._window.raw[self._window.typed_at - 300 :]!r}"
            )
            if not self._window.read():
                raise Gone


class Plug:
    """Kills the program: at any moment, shortly after a reply was typed, or in the middle of saving one."""

    def __init__(self, window: Window, chance: random.Random, folder: Path) -> None:
        self.way = chance.choice(("at any moment", "after a reply", "inside a save", "inside a save"))
        self._window, self._folder = window, folder
        self._last = chance.randint(1, 9)
        self._delay = chance.uniform(0, {"at any moment": LONGEST, "after a reply": 0.03}.get(self.way, 0.0005))
        self._over = Event()
        self._thread = Thread(target=self._pull, daemon=True)
        if self.way == "at any moment":
            self._thread.start()

    def reply(self) -> None:
        """Hear that something was typed."""
        self._last -= 1
        if self._last == 0 and self.way != "at any moment":
            self._thread.start()

    def put_away(self) -> None:
        """Pull it no more."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _pull(self) -> None:
        end = time.monotonic() + 1
        while self.way == "inside a save" and time.monotonic() < end and not left_over(self._folder):
            pass
        if not self._over.wait(self._delay):
            self._window.send(signal.SIGKILL)


@dataclass
class Kills:
    """Kills interviews on one sheet after another, and looks at what is left of each."""

    folder: Path
    chance: random.Random
    figures: Counter[str] = field(default_factory=Counter)
    _certain: State | None = None

    def __post_init__(self) -> None:
        """Write the pack."""
        write_pack(self.folder / "pack", PACK)
        self._pack = load_pack(self.folder / "pack")
        self._sheet = self.folder / "mine.yaml"

    def run(self, kills: int) -> Counter[str]:
        """Kill so many times, look each time, and return what happened."""
        sys.setswitchinterval(0.0001)  # who pulls the plug is not kept waiting by who reads the screen
        while self.figures["kills"] < kills:
            self._once()
        self._last_start()
        return self.figures

    def _window(self, *, numbered: bool) -> Window:
        plain = ["--plain"] if numbered else []
        return Window("assess", str(self._sheet), "--pack", str(self.folder / "pack"), *plain)

    def _once(self) -> None:
        """Start, answer, be killed, and look."""
        numbered = self.chance.random() < 0.5
        window = self._window(numbered=numbered)
        person = Person(window, self.chance, self._certain, numbered=numbered)
        plug = Plug(window, self.chance, self.folder)

        person.ready, person.typed = self._look_whether_swept, plug.reply
        self.figures["starts"] += 1
        try:
            person.answer_all()
        except Gone:
            person.settle()
        finally:
            plug.put_away()
            code = window.end()
            window.close()
        self._look(person, window, code)
        if code == -signal.SIGKILL:
            self.figures.update(("kills", f"kills {plug.way}", f"kills of {'numbers' if numbered else 'lists'}"))

    def _look_whether_swept(self) -> None:
        assert not left_over(self.folder), "a temporary file was not swept at the start"

    def _look(self, person: Person, window: Window, code: int) -> None:
        """See that the sheet holds what was confirmed, and that `report` can read it."""
        assert code in {0, -signal.SIGKILL}, f"{code}\n{window.raw[-3000:]}"
        state = State.of(read_sheet(self._pack, self._sheet)) if self._sheet.exists() else None
        assert state in (person.certain, person.possible), f"{state}\n{person.certain}\n{person.possible}"
        self.figures["actions"] += person.actions
        if code == 0:
            assert state == person.certain
            self._sheet.unlink()
            self._certain = None
            self.figures["interviews finished"] += 1
            return
        self._certain = state
        self.figures["temporary files left by the dead"] += len(left_over(self.folder))
        self.figures["locks left by the dead"] += (self.folder / ".mine.yaml.lock").exists()
        if person.certain != person.possible:
            self.figures["unconfirmed and " + ("saved" if state == person.possible else "not saved")] += 1
        if state:
            self.figures["confirmed answers found again"] += len(state.replies)
            done = call("report", str(self._sheet), "--pack", str(self.folder / "pack"))
            assert done.code == 0, done.err

    def _last_start(self) -> None:
        window = self._window(numbered=True)
        window.prompted(*(end.rstrip() for end in _ENDS))
        assert window.type(CTRL_C).end() == 130
        window.close()
        assert {path.name for path in self.folder.iterdir()} <= {"pack", "mine.yaml"}


def left_over(folder: Path) -> list[str]:
    """Return the temporary files of saves."""
    return [path.name for path in folder.glob(".mine.yaml.tmp-*")]
