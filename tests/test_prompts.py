"""Whoever answers, whichever way they are asked: nothing is answered for them, and nothing they said is lost."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO, TextIOWrapper
from itertools import pairwise
from typing import Any

import pytest
from builders import a_choice, a_pack, a_question, a_sheet, pack_data
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.text import Text

from collabcheck.answers import AnswerSheet, Chose, DontKnow, NotApplicable
from collabcheck.characters import one_line
from collabcheck.files.sheets import sheet_from, sheet_text
from collabcheck.pack import Pack
from collabcheck.problems import CollabcheckError
from collabcheck.prompts.askers import Asker, ListAsker, NumberedAsker, Option, Stop
from collabcheck.prompts.conversation import Conversation, begin_sheet, opening, returning, write

TALK = [
    {"id": "effect", "text": "What effect has it?", "hint": "In a word."},
    {"id": "links", "text": "Which links help?", "hint": "Any.", "several": True},
]
QUESTIONS = (
    a_question("q1", "size", jargon={"VCS": "groups such as yours"}),
    a_question("q2", "size", when={"question": "q1", "is": ["most", "all"]}),
    a_question("q3", "size", several=True, full_at=3),
)
PACK = a_pack(*QUESTIONS)
TALKING = a_pack(a_question("q1", "size"), discussion=TALK)
NOBODY = AnswerSheet("tiny", "1", "Riverside", "2026-11-23")
ALL_ANSWERED = a_sheet(PACK, q1="some", q3=("none",))

DOWN, ENTER, CTRL_C, CTRL_D, CTRL_U = "\x1b[B", "\r", "\x03", "\x04", "\x15"
FIRST, STOP_HERE = "(the first row)", "(Ctrl-D)"
"""What a script can say beside keys and words: Enter on the first row of a list; the end of input."""


# Three ways to carry out one script: the keys and words that a person gives, one for each time they are asked.


class ScriptedAsker:
    """Answers from a script, and keeps what it was shown."""

    def __init__(self, script: Sequence[str]) -> None:
        self._script = iter(script)
        self.shown = StringIO()

    def show(self, *paragraphs: Text, indent: int = 0) -> None:
        """Keep it."""
        self.shown.writelines(f"{' ' * indent}{paragraph.plain}\n" for paragraph in paragraphs)

    def pick(
        self,
        answers: Sequence[Option],
        commands: Sequence[Option],
        *,
        several: bool = False,
        chosen: Sequence[str] = (),  # noqa: ARG002  the script says it all
    ) -> tuple[str, ...]:
        """Return the next of the script that can be picked."""
        self.show(*(Text(f"{option.key}. {option.text}") for option in (*answers, *commands)))
        while True:
            keys = picked(self.write(""), answers, commands, several=several)
            if keys:
                return keys

    def write(self, label: str, *, more: bool = False, start: str = "") -> str:  # noqa: ARG002  the script says it all
        """Return the next of the script."""
        self.show(Text(label))
        word = next(self._script, STOP_HERE)
        if word == STOP_HERE:
            raise Stop
        return one_line(word)


def picked(word: str, answers: Sequence[Option], commands: Sequence[Option], *, several: bool) -> tuple[str, ...]:
    """Return the keys in a word of a script; none if they cannot be picked here."""
    keys = tuple(dict.fromkeys(word.replace(",", " ").split()))
    of_answers = {option.key for option in answers}
    if (len(keys) == 1 and keys[0] in of_answers | {option.key for option in commands}) or (
        several and set(keys) <= of_answers
    ):
        return keys
    return ()


class TypingAsker:
    """The list asker, and someone at the keyboard who carries out the script."""

    def __init__(self, script: Sequence[str], keyboard: PipeInput, shown: StringIO) -> None:
        self._script = iter(script)
        self._keyboard = keyboard
        streams = {"input": keyboard, "output": DummyOutput()}
        self._asker = ListAsker(shown, lambda: 100, colour=False, streams=streams)
        self.show = self._asker.show

    def pick(
        self,
        answers: Sequence[Option],
        commands: Sequence[Option],
        *,
        several: bool = False,
        chosen: Sequence[str] = (),
    ) -> tuple[str, ...]:
        """Move to the row that the script says, and press Enter; at the end of the script, Ctrl-C."""
        rows = [
            "",
            *(["choose"] if several else [option.key for option in answers]),
            *(option.key for option in commands),
        ]
        while (word := next(self._script, CTRL_C)) not in {STOP_HERE, CTRL_C, FIRST}:
            keys = picked(word, answers, commands, several=several)
            if keys and keys[0] in rows:
                self._keyboard.send_text(DOWN * rows.index(keys[0]) + ENTER)
                break
            if keys:
                change = {*keys} ^ {*chosen}  # what was ticked before is ticked already
                ticks = "".join((" " if option.key in change else "") + DOWN for option in answers)
                self._keyboard.send_text(DOWN + ENTER + ticks + ENTER)
                break
        else:
            self._press(word)
        return self._asker.pick(answers, commands, several=several, chosen=chosen)

    def write(self, label: str, *, more: bool = False, start: str = "") -> str:
        """Type the next of the script instead of what stands there; a text of several lines is pasted."""
        word = next(self._script, CTRL_C)
        self._keyboard.send_text(CTRL_U if start else "")
        if word in {STOP_HERE, CTRL_C}:
            self._press(word)
        else:
            self._keyboard.send_text((f"\x1b[200~{word}\x1b[201~" if "\n" in word else word) + ENTER)
        return self._asker.write(label, more=more, start=start)

    def _press(self, word: str) -> None:
        self._keyboard.send_text({FIRST: ENTER + CTRL_C, STOP_HERE: CTRL_D + DOWN + ENTER}.get(word, word))


class Keyboard(StringIO):
    """Lines that are typed, and echoed; Ctrl-C where the script says so."""

    def __init__(self, typed: str, screen: StringIO) -> None:
        super().__init__(typed)
        self._screen = screen

    def readline(self, *arguments: int) -> str:  # type: ignore[override]
        """Return the next line."""
        line = super().readline(*arguments)
        if line.rstrip("\n") == CTRL_C:
            raise KeyboardInterrupt
        self._screen.write(line)
        return "" if line.rstrip("\n") == STOP_HERE else line


@dataclass
class Taken:
    """What came of a conversation."""

    begun_with: AnswerSheet
    finished: bool = False
    shown: str = ""
    saved: list[AnswerSheet] = field(default_factory=list)
    seen_when_saved: list[str] = field(default_factory=list)
    """What was on the screen each time, when saving was done."""

    @property
    def sheet(self) -> AnswerSheet:
        """What is on disk in the end."""
        return self.saved[-1] if self.saved else self.begun_with


Take = Callable[..., Taken]


def taking(kind: str) -> Take:
    """Return a function that carries out a script, from a sheet, with a pack."""

    def take(*script: str, pack: Pack = PACK, sheet: AnswerSheet = NOBODY) -> Taken:
        taken = Taken(sheet)
        with create_pipe_input() as keyboard:
            asker, shown = an_asker(kind, script, keyboard)

            def save(now: AnswerSheet) -> None:
                taken.saved.append(now)
                taken.seen_when_saved.append(shown.getvalue())

            try:
                end = Conversation(asker, pack, sheet, save).run()
            except Stop:
                pass
            else:
                taken.finished = True
                assert end == taken.sheet
        taken.shown = shown.getvalue()
        return taken

    return take


def an_asker(kind: str, script: Sequence[str], keyboard: PipeInput) -> tuple[Asker, StringIO]:
    match kind:
        case "scripted":
            scripted = ScriptedAsker(script)
            return scripted, scripted.shown
        case "numbered":
            shown = StringIO()
            return NumberedAsker(Keyboard("".join(f"{word}\n" for word in script), shown), shown, lambda: 100), shown
        case _:
            shown = StringIO()
            return TypingAsker(script, keyboard, shown), shown


@pytest.fixture(params=["scripted", "numbered", "list"])
def take(request: pytest.FixtureRequest) -> Take:
    """Carry out scripts in each of three ways: with a made-up asker and with both real ones."""
    return taking(request.param)


@pytest.fixture(params=["numbered", "list"])
def really(request: pytest.FixtureRequest) -> Take:
    """Carry out scripts with both real askers."""
    return taking(request.param)


def said(words: str) -> str:
    """Return what is shown as one line, wherever it was wrapped."""
    return " ".join(words.split())


# Answering.


def test_one_choice_is_recorded_and_the_next_question_follows(take: Take) -> None:
    taken = take("2")
    assert taken.sheet == a_sheet(PACK, q1="some")
    assert "How far is q3?" in taken.shown


def test_several_choices_are_recorded_in_the_order_of_the_pack(take: Take) -> None:
    assert take("1", "3 1").sheet.replies["q3"] == Chose(("none", "most"))


def test_one_of_several_will_do(take: Take) -> None:
    assert take("1", "4").sheet.replies["q3"] == Chose(("all",))


def test_several_numbers_for_a_question_that_takes_one_are_not_an_answer(take: Take) -> None:
    assert take("1 2").saved == []


def test_not_knowing_is_an_answer(take: Take) -> None:
    assert take("d").sheet.replies == {"q1": DontKnow()}


def test_does_not_apply_is_an_answer_once_there_is_a_reason(take: Take) -> None:
    assert take("x", "we are three people").sheet.replies == {"q1": NotApplicable("we are three people")}


def test_does_not_apply_without_a_reason_asks_the_same_question_again(take: Take) -> None:
    taken = take("x", "", "4")
    assert taken.sheet.replies == {"q1": Chose(("all",))}
    assert len(taken.saved) == 1


def test_a_reason_of_spaces_is_no_reason(take: Take) -> None:
    assert take("x", "   ").saved == []


def test_every_reply_is_saved_before_the_next_question_is_shown(take: Take) -> None:
    taken = take("3", "d", "1 2", "r")
    assert [list(sheet.replies) for sheet in taken.saved] == [["q1"], ["q1", "q2"], ["q1", "q2", "q3"]]
    for seen, coming in zip(taken.seen_when_saved, ("How far is q2?", "How far is q3?", "CHECK YOUR"), strict=True):
        assert coming not in seen
    assert taken.finished


def test_how_far_it_is_counts_the_questions_that_are_asked(take: Take) -> None:
    shown = take("1").shown
    assert "Question 1 of 3" in shown
    assert "Question 2 of 2" in shown


def test_the_theme_is_said_once(take: Take) -> None:
    assert take("1").shown.count("A THEME") == 1


# Nothing is answered by accident.


@pytest.mark.parametrize("line", ["", " ", "0", "5", "y", "99", "1 2", "yes", "k", "r", "choose"])
def test_a_line_that_is_no_answer_answers_nothing_and_says_what_would(line: str) -> None:
    taken = taking("numbered")(line, line)
    assert taken.saved == []
    assert taken.shown.count("Type one of these and press Enter: 1, 2, 3, 4, d, x, n, ?, b, q.") == 2


def test_an_empty_line_answers_nothing_where_several_can_be_chosen() -> None:
    assert list(taking("numbered")("1", "", ",", "", "2 9").sheet.replies) == ["q1"]


def test_an_empty_line_finishes_nothing_on_the_last_page() -> None:
    assert not taking("numbered")("", "", sheet=ALL_ANSWERED).finished


@pytest.mark.parametrize("sheet", [NOBODY, a_sheet(PACK, q1="some")], ids=["one", "several"])
def test_enter_on_the_first_row_answers_nothing(sheet: AnswerSheet) -> None:
    taken = taking("list")(FIRST, sheet=sheet)
    assert (taken.saved, taken.finished) == ([], False)


def test_enter_on_the_first_row_finishes_nothing_on_the_last_page() -> None:
    assert not taking("list")(FIRST, sheet=ALL_ANSWERED).finished


def test_a_list_of_several_with_nothing_ticked_answers_nothing() -> None:
    with create_pipe_input() as keyboard:
        asker = ListAsker(StringIO(), lambda: 80, colour=False, streams={"input": keyboard, "output": DummyOutput()})
        keyboard.send_text(DOWN + ENTER + ENTER + CTRL_C)
        with pytest.raises(Stop):
            asker.pick([Option("1", "One"), Option("2", "Two")], [], several=True)


def test_a_list_of_several_has_ticks_at_the_earlier_answer() -> None:
    with create_pipe_input() as keyboard:
        asker = ListAsker(StringIO(), lambda: 80, colour=False, streams={"input": keyboard, "output": DummyOutput()})
        answers = [Option("1", "One"), Option("2", "Two"), Option("3", "Three")]
        keyboard.send_text(DOWN + ENTER + ENTER)
        assert asker.pick(answers, [], several=True, chosen=["1", "3"]) == ("1", "3")
        keyboard.send_text(DOWN + ENTER + " " + ENTER)
        assert asker.pick(answers, [], several=True, chosen=["1", "3"]) == ("3",)


def test_ticking_nothing_goes_back_to_the_list() -> None:
    with create_pipe_input() as keyboard:
        asker = ListAsker(StringIO(), lambda: 80, colour=False, streams={"input": keyboard, "output": DummyOutput()})
        keyboard.send_text(DOWN + ENTER + " " + ENTER + DOWN * 2 + ENTER)
        assert asker.pick([Option("1", "One")], [Option("b", "Back")], several=True, chosen=["1"]) == ("b",)


def test_capital_letters_and_commas_will_do() -> None:
    assert taking("numbered")("D", "1,3").sheet == taking("numbered")("d", "1 3").sheet


# Going back, keeping.


def test_back_shows_the_answer_given_and_keeps_it(take: Take) -> None:
    taken = take("2", "b")
    assert "Your answer so far: Some of it." in taken.shown
    assert taken.sheet == a_sheet(PACK, q1="some")


def test_keep_goes_on_without_a_change(take: Take) -> None:
    taken = take("2", "b", "k", "1", "r")
    assert taken.finished
    assert taken.sheet == a_sheet(PACK, q1="some", q3=("none",))


def test_there_is_nothing_to_keep_before_there_is_an_answer(take: Take) -> None:
    assert take("k").saved == []


def test_back_at_the_first_question_stays_there(take: Take) -> None:
    taken = take("b", "b", "1")
    assert taken.sheet == a_sheet(PACK, q1="none")


def test_back_and_another_answer_replaces_the_first(take: Take) -> None:
    assert take("2", "b", "1").sheet == a_sheet(PACK, q1="none")


# Notes.


def test_a_note_written_before_the_answer_is_saved_with_it(take: Take) -> None:
    taken = take("n", "we met", "https://example.org/minutes", "2")
    assert taken.sheet.replies == {"q1": Chose(("some",), "we met", "https://example.org/minutes")}
    assert "Note: we met" in taken.shown
    assert "Evidence: https://example.org/minutes" in taken.shown


@pytest.mark.parametrize(("word", "reply"), [("d", DontKnow("we met")), ("x", NotApplicable("too small", "we met"))])
def test_a_note_goes_with_every_kind_of_reply(take: Take, word: str, reply: DontKnow | NotApplicable) -> None:
    assert take("n", "we met", "", word, "too small").sheet.replies["q1"] == reply


def test_a_note_on_an_answered_question_is_saved_at_once(take: Take) -> None:
    taken = take("2", "b", "n", "we met", "", "q")
    assert taken.sheet.replies == {"q1": Chose(("some",), "we met")}


def test_a_note_on_an_answered_question_is_saved_before_evidence_is_asked_for(take: Take) -> None:
    taken = take("2", "b", "n", "we met", STOP_HERE)
    assert taken.sheet.replies == {"q1": Chose(("some",), "we met")}


def test_another_answer_keeps_the_note(take: Take) -> None:
    taken = take("n", "we met", "minutes", "2", "b", "3")
    assert taken.sheet.replies == {"q1": Chose(("most",), "we met", "minutes")}


def test_enter_alone_keeps_a_note_and_a_dash_removes_it(take: Take) -> None:
    taken = take("n", "we met", "minutes", "2", "b", "n", "", "-", "q")
    assert taken.sheet.replies == {"q1": Chose(("some",), "we met")}
    assert "So far: we met. Enter alone keeps it; a single - removes it." in said(taken.shown)


def test_a_note_can_be_taken_back_before_the_answer(take: Take) -> None:
    assert take("n", "we met", "", "n", "-", "", "2").sheet.replies == {"q1": Chose(("some",))}


def test_a_note_without_an_answer_can_be_copied_when_one_stops() -> None:
    talk = Conversation(ScriptedAsker(["n", "we met", "minutes", "q"]), PACK, NOBODY, lambda _: None)
    with pytest.raises(Stop):
        talk.run()
    assert talk.unsaved == ("How far is q1?\nNote: we met\nEvidence: minutes",)
    talk = Conversation(ScriptedAsker(["n", "", "", "q"]), PACK, NOBODY, lambda _: None)
    with pytest.raises(Stop):
        talk.run()
    assert talk.unsaved == ()


# Help.


def test_help_says_why_we_ask_who_would_know_and_what_words_mean(take: Take) -> None:
    taken = take("?")
    for words in ("Why we ask: It matters.", "Who would know: The chair", "“VCS”: groups such as yours"):
        assert words in taken.shown
    assert taken.saved == []
    assert taken.shown.count("How far is q1?") == 2  # and asks again


# Stopping.

MOMENTS: dict[str, tuple[tuple[str, ...], AnswerSheet, Pack]] = {
    "a question": ((), a_sheet(PACK), PACK),
    "a question with several answers": ((), a_sheet(PACK, q1="some"), PACK),
    "the reason": (("x",), a_sheet(PACK), PACK),
    "the note": (("n",), a_sheet(PACK), PACK),
    "the evidence": (("n", "we met"), a_sheet(PACK), PACK),
    "the check": ((), ALL_ANSWERED, PACK),
    "what to talk about": (("3",), ALL_ANSWERED, a_pack(*QUESTIONS, discussion=TALK)),
    "a list of things to talk about": (("4",), ALL_ANSWERED, a_pack(*QUESTIONS, discussion=TALK)),
}


@pytest.mark.parametrize("way", [CTRL_C, STOP_HERE], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_one_can_stop_anywhere(really: Take, moment: str, way: str) -> None:
    script, sheet, pack = MOMENTS[moment]
    taken = really(*script, way, sheet=sheet, pack=pack)
    assert not taken.finished
    assert taken.sheet == sheet


@pytest.mark.parametrize("moment", ["a question", "a question with several answers", "the check"])
def test_q_stops(take: Take, moment: str) -> None:
    script, sheet, pack = MOMENTS[moment]
    taken = take(*script, "q", "1", sheet=sheet, pack=pack)
    assert not taken.finished
    assert taken.sheet == sheet


def test_ctrl_d_stops_while_several_are_being_ticked() -> None:
    with create_pipe_input() as keyboard:
        asker = ListAsker(StringIO(), lambda: 80, colour=False, streams={"input": keyboard, "output": DummyOutput()})
        keyboard.send_text(DOWN + ENTER + " " + CTRL_D)
        with pytest.raises(Stop):
            asker.pick([Option("1", "One"), Option("2", "Two")], [], several=True)


def test_a_terminal_that_goes_away_stops() -> None:
    class Gone(StringIO):
        def readline(self, *_: int) -> str:  # type: ignore[override]
            raise OSError(5, "Input/output error")

    with pytest.raises(Stop):
        NumberedAsker(Gone(), StringIO(), lambda: 80).write("Note")
    with create_pipe_input() as keyboard:
        keyboard.close()
        with pytest.raises(Stop):
            ListAsker(StringIO(), lambda: 80, colour=False, streams={"input": keyboard, "output": DummyOutput()}).write(
                "Note"
            )


def test_an_interview_cut_anywhere_goes_on_to_the_same_sheet() -> None:
    take, script = taking("scripted"), ("4", "d", "2 3", "r")
    whole = take(*script)
    for cut in range(1, len(script)):
        assert take(*script[cut:], sheet=take(*script[:cut]).sheet).sheet == whole.sheet


def test_what_cannot_be_saved_is_told_and_not_taken_for_answered(take: Take) -> None:
    def full(_: AnswerSheet) -> None:
        raise CollabcheckError([])

    talk = Conversation(ScriptedAsker(["1", "1"]), PACK, NOBODY, full)
    with pytest.raises(CollabcheckError):
        talk.run()
    assert talk.sheet == NOBODY
    assert take("1").saved  # and with a disk that works it is saved


# Questions that depend on others.


def test_an_answer_opens_a_question(take: Take) -> None:
    assert "How far is q2?" in take("3").shown


def test_an_answer_closes_a_question(take: Take) -> None:
    assert "How far is q2?" not in take("1").shown


@pytest.mark.parametrize("word", ["d", "x"])
def test_a_question_is_asked_while_nobody_knows_whether_it_matters(take: Take, word: str) -> None:
    assert "How far is q2?" in take(word, "unsure").shown


def test_an_answer_to_a_question_that_closes_again_is_kept_and_not_shown(take: Take) -> None:
    taken = take("3", "4", "b", "b", "1", "2", "r")
    assert taken.finished
    assert taken.sheet.replies == a_sheet(q1="none", q2="all", q3=("some",)).replies
    assert "How far is q2?" not in taken.shown.rpartition("CHECK YOUR")[2]


# Checking the answers.


@pytest.mark.parametrize("kind", ["scripted", "numbered"])
def test_all_answers_are_shown_before_the_end(kind: str) -> None:
    taken = taking(kind)("1", "1 2", "r")
    shown = taken.shown.rpartition("CHECK YOUR ANSWERS")[2]
    assert taken.finished
    assert "1. How far is q1? — None of it." in shown
    assert "2. How far is q3? — None of it. · Some of it." in shown


def test_an_answer_can_be_changed_and_the_check_comes_again(take: Take) -> None:
    taken = take("1", "4", sheet=ALL_ANSWERED)
    assert taken.sheet.replies["q1"] == Chose(("all",))
    taken = take("1", "1", "r", sheet=ALL_ANSWERED)
    assert taken.finished
    assert taken.shown.count("CHECK YOUR ANSWERS") == 2


def test_a_changed_answer_that_opens_a_question_has_it_asked(take: Take) -> None:
    taken = take("1", "4", "2", "r", sheet=ALL_ANSWERED)
    assert taken.finished
    assert taken.sheet.replies == a_sheet(q1="all", q2="some", q3=("none",)).replies


def test_looking_at_an_answer_and_keeping_it_changes_nothing(take: Take) -> None:
    taken = take("2", "k", "r", sheet=ALL_ANSWERED)
    assert taken.finished
    assert taken.saved == []


def test_going_back_from_an_answer_that_is_looked_at_goes_to_all_answers(take: Take) -> None:
    taken = take("1", "b", "r", sheet=ALL_ANSWERED)
    assert taken.shown.count("CHECK YOUR ANSWERS") == 2
    assert taken.finished
    assert taken.saved == []


def test_everything_answered_already_goes_straight_to_the_check(take: Take) -> None:
    taken = take("r", sheet=ALL_ANSWERED)
    assert taken.finished
    assert "How far is q1?" not in taken.shown.partition("CHECK")[0]


def test_the_name_of_the_organisation_can_be_changed_on_the_last_page(take: Take) -> None:
    taken = take("3", "Riverside Advice", "r", sheet=ALL_ANSWERED)
    assert taken.finished
    assert taken.sheet.organisation == "Riverside Advice"
    assert take("3", "", "r", sheet=ALL_ANSWERED).sheet.organisation == "Riverside"


LONER = a_pack(
    a_question("q1", several=True, choices=[a_choice("a"), a_choice("b"), a_choice("none", alone=True)]),
    a_question("q2", "size"),
)


def test_none_of_these_beside_one_of_these_is_asked_again(take: Take) -> None:
    taken = take("1 3", "3", pack=LONER)
    assert "“None of it.” cannot stand beside other answers." in said(taken.shown)
    assert taken.sheet.replies == {"q1": Chose(("none",))}
    assert len(taken.saved) == 1


def test_a_note_without_an_answer_waits_while_one_looks_at_another_question(take: Take) -> None:
    script = ("2", "n", "we met", "minutes", "b", "k")
    shown = said(take(*script).shown.rpartition("How far is q3?")[2])
    assert "Note: we met Evidence: minutes This is saved with your answer: now choose one." in shown
    assert list(take(*script).sheet.replies) == ["q1"]
    taken = take(*script, "1 2")
    assert taken.sheet.replies["q3"] == Chose(("none", "some"), "we met", "minutes")


# Questions to talk about.


def test_what_there_is_to_talk_about_can_be_left(take: Take) -> None:
    taken = take("1", "", "", "r", pack=TALKING)
    assert taken.finished
    assert taken.sheet.discussion == {}
    assert "What effect has it?" in taken.shown


def test_what_is_said_is_kept(take: Take) -> None:
    assert take("1", "much", "", "r", pack=TALKING).sheet.discussion == {"effect": ("much",)}


def test_what_was_said_before_is_not_asked_for_again(take: Take) -> None:
    before = NOBODY.answer(TALKING.question["q1"], DontKnow())
    half = AnswerSheet("tiny", "1", "Riverside", "2026-11-23", discussion={"effect": ("much",)})
    taken = take("d", "a link", "", "r", pack=TALKING, sheet=half)
    assert taken.finished
    assert taken.sheet.replies == before.replies
    assert taken.sheet.discussion == {"effect": ("much",), "links": ("a link",)}


def test_several_things_are_said_one_a_line(take: Take) -> None:
    taken = take("1", "", "https://example.org", "a book", "", "r", pack=TALKING)
    assert taken.sheet.discussion == {"links": ("https://example.org", "a book")}


def test_a_line_that_was_given_is_saved_before_the_next_is_asked_for(take: Take) -> None:
    taken = take("1", "", "https://example.org", "a book", STOP_HERE, pack=TALKING)
    assert taken.sheet.discussion == {"links": ("https://example.org", "a book")}


def test_more_lines_are_added_to_those_that_are_there_and_a_dash_removes_them_all(take: Take) -> None:
    before = take("1", "", "a link", "", pack=TALKING).sheet
    assert take("3", "a book", "", "r", pack=TALKING, sheet=before).sheet.discussion == {"links": ("a link", "a book")}
    assert take("3", "-", "r", pack=TALKING, sheet=before).sheet.discussion == {}


def test_a_dash_removes_nothing_but_as_the_first_line_where_that_was_offered(take: Take) -> None:
    assert take("1", "-", "", "r", pack=TALKING).sheet.discussion == {"effect": ("-",)}
    before = take("1", "", "a link", "", pack=TALKING).sheet
    added = take("3", "a book", "-", "a page", "", "r", pack=TALKING, sheet=before)
    assert added.sheet.discussion == {"links": ("a link", "a book", "-", "a page")}
    assert "removed." not in added.shown


def test_it_is_said_how_many_lines_were_removed(take: Take) -> None:
    before = take("1", "", "a link", "a book", "", pack=TALKING).sheet
    assert "2 lines were removed." in take("3", "-", "r", pack=TALKING, sheet=before).shown


def test_what_was_said_is_shown_again_and_can_be_kept_changed_or_removed(take: Take) -> None:
    before = a_sheet(TALKING, q1="none")
    before = AnswerSheet(
        "tiny", "1", "Riverside", "2026-11-23", "", before.replies, {"effect": ("much",)}, asked=before.asked
    )
    kept = take("2", "", "r", pack=TALKING, sheet=before)
    assert kept.finished
    assert kept.saved == []
    assert "much" in kept.shown
    assert "Enter alone keeps what is there" in kept.shown
    assert take("2", "little", "r", pack=TALKING, sheet=before).sheet.discussion == {"effect": ("little",)}
    assert take("2", "-", "r", pack=TALKING, sheet=before).sheet.discussion == {}


# Coming back to a pack that has changed since.

OLD = a_pack(*QUESTIONS, a_question("gone", "size"))
CHANGED = a_question("q3", "size", several=True, full_at=3)
CHANGED["choices"] = [a_choice("none"), a_choice("much", 3)]
REWORDED = {**QUESTIONS[0], "text": "How near is q1?"}
NEW = a_pack(REWORDED, QUESTIONS[1], CHANGED)


@pytest.fixture
def resumed() -> AnswerSheet:
    """A sheet that was filled in with the old pack and is read with the new one."""
    old = a_sheet(OLD, q1="some", q3=("none", "most"), gone="all")
    return sheet_from(NEW, "sheet.yaml", sheet_text(OLD, old, json=False).encode())


def test_who_comes_back_is_told_how_far_they_are_and_what_has_changed(resumed: AnswerSheet) -> None:
    told = "\n".join(line.plain for line in returning(NEW, resumed))
    assert "1 question is answered, 1 to go" in told
    assert "“gone”, this version of the pack does not ask it. Your answer stays in the file, unscored." in told
    assert "“How far is q3?”, what it takes as an answer has changed. You are asked again." in told
    assert "The words of “How near is q1?” have changed. Your answer is kept: check it." in told


def test_a_question_with_changed_answers_is_asked_again_and_the_old_answer_shown(
    take: Take, resumed: AnswerSheet
) -> None:
    taken = take("2", "r", pack=NEW, sheet=resumed)
    assert taken.finished
    assert (
        "The answers to this question have changed. Yours was: None of it. · “most”, which is no answer any more"
        in said(taken.shown)
    )
    assert taken.sheet.replies == a_sheet(q1="some", q3=("much",)).replies
    assert [aside.question for aside in taken.sheet.set_aside] == ["gone"]


@pytest.mark.parametrize(
    ("old", "shown"),
    [
        (Chose(("some",), "we met", "minutes"), "“some”, which is no answer any more"),
        (DontKnow("we met", "minutes"), "I do not know."),
        (NotApplicable("too small", "we met", "minutes"), "Does not apply. Reason: Too small."),
    ],
)
def test_an_old_answer_is_shown_with_all_that_was_said_and_the_note_goes_with_the_new_one(
    take: Take, old: Chose | DontKnow | NotApplicable, shown: str
) -> None:
    before = sheet_from(NEW, "s.yaml", sheet_text(OLD, a_sheet(OLD, q1="some", q3=old), json=False).encode())
    taken = take("2", "r", pack=NEW, sheet=before)
    assert f"Yours was: {shown}" in said(taken.shown)
    assert "Note: we met Evidence: minutes This is saved with your answer: now choose one." in said(taken.shown)
    assert taken.sheet.replies["q3"] == Chose(("much",), "we met", "minutes")
    changed = take("n", "-", "a web page", "d", "r", pack=NEW, sheet=before)
    assert changed.sheet.replies["q3"] == DontKnow("", "a web page")


def test_what_was_retired_is_still_in_the_file_at_the_end(take: Take, resumed: AnswerSheet) -> None:
    text = sheet_text(NEW, take("2", "r", pack=NEW, sheet=resumed).sheet, json=False)
    assert 'gone: "all"' in text


# What is typed and pasted.

PASTED = "line one\nline\ttwo\r\nthe\x1b end\x9b\u2028"


def test_pasted_lines_tabs_and_escapes_become_one_line() -> None:
    taken = taking("list")("x", PASTED)
    reply = taken.sheet.replies["q1"]
    assert isinstance(reply, NotApplicable)
    assert reply.reason.split() == ["line", "one", "line", "two", "the", "end"]
    assert reply.reason.isprintable()
    assert sheet_from(PACK, "sheet.yaml", sheet_text(PACK, taken.sheet, json=False).encode()) == taken.sheet


def test_tabs_and_escapes_are_taken_out_of_a_line() -> None:
    taken = taking("numbered")("x", "we\tmet\x1b\x07\x9b\x00\ufeff often\r")
    reply = taken.sheet.replies["q1"]
    assert isinstance(reply, NotApplicable)
    assert reply.reason.split() == ["we", "met", "often"]
    assert reply.reason.isprintable()


@given(st.text())
def test_whatever_is_typed_becomes_one_line_that_a_sheet_can_hold(typed: str) -> None:
    sheet = NOBODY.answer(PACK.question["q1"], DontKnow(one_line(typed)))
    assert len(one_line(typed).splitlines()) <= 1
    assert sheet_from(PACK, "sheet.yaml", sheet_text(PACK, sheet, json=False).encode()) == sheet


def test_other_peoples_words_are_shown_as_they_are_and_cannot_act(really: Take) -> None:
    rude = "[b]bold[/] :smile: [/x] \x1b[2J\u202e"
    data = pack_data(a_question("q1", "size"))
    data["trends"][0]["themes"][0]["questions"][0] |= {"text": rude, "hint": rude}
    pack = Pack.model_validate(data)
    shown = really("n", rude.replace("\x1b", ""), "", "1", "b", pack=pack).shown
    assert "[b]bold[/] :smile: [/x] \\u001b[2J\\u202e" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    shown = StringIO()
    choices = [a_choice(f"c{i}", i, text="Some words that go on and on " * 4) for i in range(3)]
    pack = a_pack(a_question("q1", "size", choices=choices, hint="A hint that is quite long " * 5))
    script = Keyboard("?\nn\na note\n\n1\nb\nz\nk\n", shown)
    with pytest.raises(Stop):
        Conversation(NumberedAsker(script, shown, lambda: width), pack, NOBODY, lambda _: None).run()
    assert max(map(len, shown.getvalue().splitlines())) <= width


@pytest.mark.parametrize("width", [30, 60, 80])
def test_a_row_of_a_list_shows_every_word_on_lines_that_fit(width: int) -> None:
    long = "The board has agreed in writing who may decide what, and when it will look at it again"
    row = ListAsker(StringIO(), lambda: width, colour=False, streams={})._row(Option("2", long))  # noqa: SLF001
    assert said(row) == long
    assert max(len(line) for line in f"   2) {row}".split("\n")) <= width


# Beginning.


def test_people_are_told_before_they_begin_how_long_it_takes_where_it_is_kept_and_that_they_may_stop() -> None:
    told = "\n".join(line.plain for line in opening(PACK, "riverside.yaml"))
    for words in ("about 1 minute", "stop at any question", "riverside.yaml", "Nothing is sent", "no right or wrong"):
        assert words in told


@pytest.mark.parametrize("kind", ["scripted", "numbered", "list"])
def test_a_name_is_asked_for_until_there_is_one(kind: str) -> None:
    with create_pipe_input() as keyboard:
        asker, _ = an_asker(kind, ["", "  ", "Riverside Advice"], keyboard)
        sheet = begin_sheet(asker, PACK, "2026-11-23")
    assert sheet == AnswerSheet("tiny", "1", "Riverside Advice", "2026-11-23")


@pytest.mark.parametrize("name", ["The name of your organisation", "\u200b\u2060"])
@pytest.mark.parametrize("kind", ["scripted", "numbered", "list"])
def test_what_is_no_name_is_not_taken_for_one(kind: str, name: str) -> None:
    with create_pipe_input() as keyboard:
        asker, _ = an_asker(kind, [name, "Riverside"], keyboard)
        assert begin_sheet(asker, PACK, "2026-11-23").organisation == "Riverside"
    taken = taking(kind)("3", name, "r", sheet=ALL_ANSWERED)
    assert taken.finished
    assert taken.sheet == ALL_ANSWERED
    assert "That is no name, so it stays as it was." in taken.shown


def test_a_name_that_is_too_long_is_said_to_be_and_asked_for_again() -> None:
    asker = ScriptedAsker(["Riverside " * 100, "Riverside"])
    assert begin_sheet(asker, PACK, "2026-11-23").organisation == "Riverside"
    assert "That is 999 characters; 200 is the most." in asker.shown.getvalue()


def test_a_reason_that_is_too_long_is_asked_for_again_and_nothing_is_lost(take: Take) -> None:
    taken = take("2", "b", "x", "long " * 1000, "shorter")
    assert taken.sheet.replies == {"q1": NotApplicable("shorter")}
    assert "characters; 4,000 is the most. What fits ends with “long long" in said(taken.shown)


def test_a_line_that_is_too_long_can_be_made_shorter_in_a_list() -> None:
    with create_pipe_input() as keyboard:
        asker = ListAsker(StringIO(), lambda: 80, colour=False, streams={"input": keyboard, "output": DummyOutput()})
        keyboard.send_text("x" * 12 + ENTER + "\x7f" * 3 + ENTER)
        assert write(asker, "Note", 10, more=True) == "x" * 9  # one of several, so that nothing is dropped


def test_a_strict_stream_ends_nothing_and_its_bytes_are_not_taken() -> None:
    class Terminal(BytesIO):
        def read1(self, _: int | None = -1) -> bytes:
            return self.readline()

    typed = TextIOWrapper(Terminal(b"caf\xe9\ncaf\n"), encoding="utf-8", errors="strict")
    shown = StringIO()
    assert NumberedAsker(typed, shown, lambda: 80).write("Note") == "caf"
    assert "nothing was taken" in said(shown.getvalue())


# The askers are equal.

WORDS = ("1", "2", "3", "4", "1 3", "d", "x", "n", "?", "b", "k", "r", "", "-", "we met", "q")
SCRIPTS = st.lists(st.sampled_from(WORDS), max_size=40)
EQUAL = a_pack(*QUESTIONS, discussion=TALK)


@settings(deadline=None)
@given(SCRIPTS)
def test_the_numbered_asker_does_what_was_decided(script: list[str]) -> None:
    assert outcome("numbered", script) == outcome("scripted", script)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(WORDS[:-1]), min_size=6, max_size=20))
def test_the_list_asker_does_what_was_decided(script: list[str]) -> None:
    assert outcome("list", script) == outcome("scripted", script)


@settings(deadline=None)
@given(SCRIPTS)
def test_whatever_is_decided_no_reply_that_was_saved_is_ever_lost(script: list[str]) -> None:
    saved = taking("scripted")(*script, pack=EQUAL).saved
    for before, after in pairwise(saved):
        assert set(before.replies) <= set(after.replies)


def outcome(kind: str, script: Sequence[str]) -> tuple[Any, ...]:
    taken = taking(kind)(*script, pack=EQUAL)
    return taken.sheet, len(taken.saved), taken.finished


def test_the_list_asker_has_a_row_for_every_key_of_the_numbered_one() -> None:
    offered = list(offers())
    assert offered
    for answers, commands in offered:
        keys = [option.key for option in (*answers, *commands)]
        assert len(set(keys)) == len(keys)
        assert ListAsker.NOT_YET not in keys


def offers() -> Iterator[tuple[Sequence[Option], Sequence[Option]]]:
    """Return all that is offered in a conversation through every kind of page."""
    seen: list[tuple[Sequence[Option], Sequence[Option]]] = []

    class Watching(ScriptedAsker):
        def pick(
            self,
            answers: Sequence[Option],
            commands: Sequence[Option],
            *,
            several: bool = False,
            chosen: Sequence[str] = (),
        ) -> tuple[str, ...]:
            seen.append((answers, commands))
            return super().pick(answers, commands, several=several, chosen=chosen)

    Conversation(Watching(["4", "1", "b", "k", "1 2", "", "", "r"]), EQUAL, NOBODY, lambda _: None).run()
    yield from seen
