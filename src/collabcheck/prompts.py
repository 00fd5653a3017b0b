"""Asking in a terminal: two askers that can do the same, and the one conversation that both carry.

Everything here is written to standard error, so that standard output holds the report alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import IO, Any, Protocol

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from collabcheck.answers import AnswerSheet, Aside, Chose, DontKnow, NotApplicable, Reply
from collabcheck.interview import Interview, route
from collabcheck.pack import Pack, Prompt, Question
from collabcheck.report.outline.wording import WHY_ASIDE, count, reply_text
from collabcheck.report.terminal import visible


class Stop(Exception):
    """The person wants to stop, or the terminal is gone. What was answered is saved already."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be picked: a key to type, and words."""

    key: str
    text: str
    aside: str = ""
    """A word or two for a command, which is listed in a line below the answers."""


class Asker(Protocol):
    """A way to ask. Raises `Stop` on Ctrl-C, Ctrl-D and a closed terminal."""

    def show(self, *paragraphs: Text, indent: int = 0) -> None:
        """Print paragraphs, wrapped."""

    def pick(self, answers: Sequence[Option], commands: Sequence[Option], *, several: bool = False) -> tuple[str, ...]:
        """Let one be picked, or several of the answers; return the keys. Nothing is picked beforehand."""

    def write(self, label: str) -> str:
        """Let a line be written; return it without what cannot be seen; empty if nothing was written."""


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]+")


def clean(typed: str) -> str:
    """Return what was typed or pasted as one line, without the characters that a sheet cannot hold."""
    return _UNSEEN.sub(" ", typed).strip()


class NumberedAsker:
    """Asks with numbers and letters, line by line: no redrawing, nothing moves. Works on every terminal."""

    def __init__(self, reader: IO[str], writer: IO[str], width: int) -> None:
        self._reader, self._writer = reader, writer
        self._console = _console(writer, width, colour=False)

    def show(self, *paragraphs: Text, indent: int = 0) -> None:
        """Print paragraphs, wrapped."""
        _show(self._console, paragraphs, indent)

    def pick(self, answers: Sequence[Option], commands: Sequence[Option], *, several: bool = False) -> tuple[str, ...]:
        """Print the options in full and read a key, or several numbers."""
        listed = (*answers, *(command for command in commands if not command.aside))
        self.show(*(Text(f"{option.key}. {visible(option.text)}") for option in listed), indent=2)
        asides = ", ".join(f"{command.key} {command.aside}" for command in commands if command.aside)
        self.show(Text(f"Or: {asides}."))
        while True:
            typed = self._line("Your answers, such as 1 3" if several else "Your answer").lower()
            keys = tuple(dict.fromkeys(typed.replace(",", " ").split()))
            if len(keys) == 1 and any(keys[0] == option.key for option in (*answers, *commands)):
                return keys
            if several and keys and all(any(key == option.key for option in answers) for key in keys):
                return keys
            known = ", ".join(option.key for option in (*answers, *commands))
            self.show(Text(f"Type one of these and press Enter: {known}."))

    def write(self, label: str) -> str:
        """Read a line."""
        return self._line(label)

    def _line(self, label: str) -> str:
        self._writer.write(f"{label}: ")
        self._writer.flush()
        try:
            line = self._reader.readline()
        except (KeyboardInterrupt, OSError) as error:
            raise Stop from error
        if not line:
            raise Stop
        return clean(line)


class ListAsker:
    """Asks with questionary: a list to move through with the arrow keys."""

    NOT_YET = "not-yet"

    def __init__(self, writer: IO[str], width: int, *, colour: bool, streams: Mapping[str, Any]) -> None:
        """Take the stream to print to, and the input and output that prompt_toolkit is to use."""
        self._console = _console(writer, width, colour=colour)
        self._width = width
        self._streams = streams

    def show(self, *paragraphs: Text, indent: int = 0) -> None:
        """Print paragraphs, wrapped."""
        _show(self._console, paragraphs, indent)

    def pick(self, answers: Sequence[Option], commands: Sequence[Option], *, several: bool = False) -> tuple[str, ...]:
        """Let one row of a list be picked; answers that a row would cut are first printed in full."""
        if several or any(self._row(option).endswith("…") for option in answers):
            self.show(*(Text(f"{option.key}. {visible(option.text)}") for option in answers), indent=2)
        rows = [Option("choose", "Choose one or more of these")] if several else list(answers)
        key = self._select([Option(self.NOT_YET, "not answered yet"), *rows, *commands])
        return self._tick(answers) if key == "choose" else (key,)

    def write(self, label: str) -> str:
        """Let a line be written."""
        import questionary

        return clean(self._ask(questionary.text, f"{label}:", qmark="", instruction=" "))

    def _select(self, rows: Sequence[Option]) -> str:
        import questionary

        choices = [questionary.Choice(title=self._row(row), value=row.key) for row in rows]
        while True:
            key = str(self._ask(questionary.select, "Your answer", choices=choices, qmark="", use_jk_keys=False))
            if key != self.NOT_YET:
                return key

    def _tick(self, answers: Sequence[Option]) -> tuple[str, ...]:
        import questionary

        choices = [questionary.Choice(title=self._row(option), value=option.key) for option in answers]
        keys = self._ask(
            questionary.checkbox,
            "Your answers",
            choices=choices,
            qmark="",
            instruction="(space ticks, Enter finishes)",
            use_jk_keys=False,
            validate=lambda ticked: bool(ticked) or "Tick at least one with the space bar.",
        )
        self.show(*(Text(visible(option.text)) for option in answers if option.key in keys), indent=2)
        return tuple(keys)

    def _row(self, option: Option) -> str:
        """Return a row that fits on one line: questionary would cut it without a sign."""
        numbered = f"{option.key}. {visible(option.text)}" if option.key.isdigit() else visible(option.text)
        room = max(self._width - 8, 12)
        return numbered if len(numbered) <= room else numbered[: room - 1].rstrip() + "…"

    def _ask(self, prompt: Callable[..., Any], message: str, **options: Any) -> Any:
        asked = prompt(message, **options, **self._streams)
        for key in ("c-d", "<sigint>") if "choices" in options else ():  # a list does not know them; a line does
            asked.application.key_bindings.add(key)(lambda event: event.app.exit(exception=EOFError))
        try:
            return asked.unsafe_ask()
        except (KeyboardInterrupt, EOFError) as error:
            raise Stop from error
        except SystemExit:  # a signal: prompt_toolkit would leave the cursor hidden, in the middle of the list
            with suppress(OSError):
                asked.application.renderer.erase()
            raise


def _console(writer: IO[str], width: int, *, colour: bool) -> Console:
    return Console(
        file=writer,
        width=max(min(width, 100), 20),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        emoji=False,
        highlight=False,
        markup=False,
        legacy_windows=False,
    )


def _show(console: Console, paragraphs: Sequence[Text], indent: int) -> None:
    for paragraph in paragraphs:
        console.print(Padding(paragraph, (0, 0, 0, indent)))
    console.print()


# The conversation.

KEEP = Option("k", "Keep the answer above")
UNKNOWN = Option("d", "I do not know")
NOT_US = Option("x", "Does not apply to us")
NOTE = Option("n", "Add a note or evidence", "to add a note")
WHY = Option("?", "Help: why we ask, who would know, what words mean", "for help")
BACK = Option("b", "Back to the question before", "to go back")
STOP = Option("q", "Save and stop", "to save and stop")
FINISH = Option("r", "Finish and see the report")


@dataclass(slots=True)
class Conversation:
    """One person answering: asks, and hands every reply to `save` before it goes on."""

    asker: Asker
    pack: Pack
    sheet: AnswerSheet
    save: Callable[[AnswerSheet], None]

    def run(self) -> AnswerSheet:
        """Ask everything that is not answered yet, then let the answers be checked; return them."""
        started = self._interview().done
        self._questions(self._interview())
        if not started:
            for prompt in self.pack.prompts:
                if prompt.id not in self.sheet.discussion:
                    self._talk(prompt)
        self._check()
        return self.sheet

    def _interview(self) -> Interview:
        return Interview.begin(self.pack, self.sheet.replies)

    def _questions(self, interview: Interview) -> None:
        """Ask from where the interview stands until every question has a reply."""
        theme = ""
        while interview.here:
            theme = self._heading(interview, theme)
            interview = self._question(interview)

    def _heading(self, interview: Interview, before: str) -> str:
        """Show how far we are, and the theme when it is a new one."""
        theme, statement = _theme(self.pack, interview.question)
        if theme != before:
            self.asker.show(
                Text(), Text(visible(theme).upper(), "bold"), *([Text(visible(statement))] if statement else [])
            )
        number, total = interview.position
        self.asker.show(Text(), Text(f"Question {number} of {total}"))
        return theme

    def _question(self, interview: Interview) -> Interview:
        """Ask one question until it has a reply, or the person moves elsewhere."""
        question, note, evidence = interview.question, "", ""
        while True:
            self._show_question(question, note, evidence)
            reply = self.sheet.replies.get(question.id)
            keys = self.asker.pick(_answers(question), _commands(reply), several=question.several)
            match keys:
                case (KEEP.key,):
                    return interview.keep()
                case (BACK.key,):
                    return interview.back()
                case (STOP.key,):
                    raise Stop
                case (WHY.key,):
                    self._explain(question)
                case (NOTE.key,):
                    note, evidence = self._note(question, note, evidence)
                case _:
                    given = self._reply(question, keys, note, evidence)
                    if given is not None:
                        self._record(question, given)
                        return interview.reply(given)

    def _show_question(self, question: Question, note: str, evidence: str) -> None:
        self.asker.show(Text(visible(question.text), "bold"), Text(visible(question.hint)))
        reply = self.sheet.replies.get(question.id)
        if reply is not None:
            self.asker.show(*_said(question, reply), indent=2)
        for aside in self.sheet.set_aside:
            if aside.question == question.id and isinstance(aside.reply, Chose):
                was = ", ".join(question.choice[c].text if c in question.choice else c for c in aside.reply.choices)
                self.asker.show(Text(f"The answers to this question have changed. Yours was: {visible(was)}"), indent=2)
        if note or evidence:
            kept = [Text(f"{name}: {visible(said)}") for name, said in (("Note", note), ("Evidence", evidence)) if said]
            self.asker.show(*kept, Text("This is saved with your answer: now choose one."), indent=2)

    def _explain(self, question: Question) -> None:
        words = [Text(f"“{visible(word)}”: {visible(meaning)}") for word, meaning in question.jargon.items()]
        self.asker.show(
            Text(f"Why we ask: {visible(question.why)}"),
            Text(f"Who would know: {visible(question.ask)}"),
            *words,
            indent=2,
        )

    def _note(self, question: Question, note: str, evidence: str) -> tuple[str, str]:
        """Let a note and evidence be written; put them with the reply at once, if there is one."""
        reply = self.sheet.replies.get(question.id)
        if reply is not None:
            note, evidence = reply.note, reply.evidence
        note = self._changed("Note", note)
        if reply is not None:
            self._record(question, replace(reply, note=note))
        evidence = self._changed("Evidence, such as a web address", evidence)
        if reply is None:
            return note, evidence
        self._record(question, replace(reply, note=note, evidence=evidence))
        return "", ""

    def _changed(self, label: str, before: str) -> str:
        if before:
            self.asker.show(Text(f"So far: {visible(before)}. Enter alone keeps it; a single - removes it."), indent=2)
        typed = self.asker.write(label if before else f"{label} (Enter alone for none)")
        return "" if typed == "-" else typed or before

    def _reply(self, question: Question, keys: tuple[str, ...], note: str, evidence: str) -> Reply | None:
        """Return the reply that was picked; none if the person did not say why it does not apply."""
        before = self.sheet.replies.get(question.id)
        if before is not None:
            note, evidence = note or before.note, evidence or before.evidence
        match keys:
            case (UNKNOWN.key,):
                return DontKnow(note, evidence)
            case (NOT_US.key,):
                reason = self.asker.write("Why does it not apply? (Enter alone goes back)")
                return NotApplicable(reason, note, evidence) if reason else None
            case _:
                picked = {int(key) - 1 for key in keys}
                chosen = tuple(choice.id for i, choice in enumerate(question.choices) if i in picked)
                return Chose(chosen, note, evidence)

    def _record(self, question: Question, reply: Reply) -> None:
        self._keep(self.sheet.answer(question, reply))

    def _keep(self, sheet: AnswerSheet) -> None:
        self.save(sheet)
        self.sheet = sheet

    def _talk(self, prompt: Prompt) -> None:
        """Ask a question to talk about; nothing needs to be written."""
        self.asker.show(Text(visible(prompt.text), "bold"), Text(visible(prompt.hint)))
        said = self.sheet.discussion.get(prompt.id, ())
        if said:
            self.asker.show(*(Text(visible(line)) for line in said), indent=2)
            more = "; what you write is added" if prompt.several else ""
            self.asker.show(Text(f"Enter alone keeps what is there{more}; a single - removes it."))
        for line in self._lines(prompt):
            said = () if line == "-" else (*said, line) if prompt.several else (line,)
            others = {key: words for key, words in self.sheet.discussion.items() if key != prompt.id}
            self._keep(replace(self.sheet, discussion={**others, prompt.id: said} if said else others))

    def _lines(self, prompt: Prompt) -> Iterator[str]:
        line = self.asker.write("One a line; Enter alone ends the list" if prompt.several else "Enter alone leaves it")
        while line:
            yield line
            line = self.asker.write("Another") if prompt.several and line != "-" else ""

    def _check(self) -> None:
        """Show all answers and let any be changed, until the person is content."""
        while True:
            asked = route(self.pack, self.sheet.replies)
            self.asker.show(
                Text("CHECK YOUR ANSWERS", "bold"), Text("To change one, choose it. Everything is saved as you go.")
            )
            rows = [_row(q.text, reply_text(q, self.sheet.replies.get(q.id))) for q in asked]
            rows += [_row(p.text, " · ".join(self.sheet.discussion.get(p.id, ("–",)))) for p in self.pack.prompts]
            options = [Option(str(i), row) for i, row in enumerate(rows, start=1)]
            (key,) = self.asker.pick(options, (FINISH, STOP))
            if key == FINISH.key:
                return
            if key == STOP.key:
                raise Stop
            self._change(int(key) - 1, asked)

    def _change(self, number: int, asked: Sequence[Question]) -> None:
        """Ask one thing again, and whatever the new answer makes necessary."""
        if number >= len(asked):
            self._talk(self.pack.prompts[number - len(asked)])
            return
        self._question(self._interview().go_to(asked[number].id))
        self._questions(self._interview())


def _theme(pack: Pack, question: Question) -> tuple[str, str]:
    for trend in pack.trends:
        for theme in trend.themes:
            if question in theme.questions:
                return theme.title, theme.statement
    return "About your organisation", ""


def _answers(question: Question) -> list[Option]:
    return [Option(str(i), choice.text) for i, choice in enumerate(question.choices, start=1)]


def _commands(reply: Reply | None) -> list[Option]:
    keep = [KEEP] if reply is not None else []
    return [*keep, UNKNOWN, NOT_US, NOTE, WHY, BACK, STOP]


def _said(question: Question, reply: Reply) -> list[Text]:
    lines = [("Your answer so far", reply_text(question, reply)), ("Note", reply.note), ("Evidence", reply.evidence)]
    return [Text(f"{name}: {visible(said)}") for name, said in lines if said]


def _row(text: str, answer: str) -> str:
    return f"{text} — {answer}"


def opening(pack: Pack, path: str) -> tuple[Text, ...]:
    """Return what people should know before the first question."""
    return (
        Text(visible(pack.title), "bold"),
        Text(visible(pack.about)),
        Text(
            f"It takes about {pack.minutes} minutes. You can stop at any question and go on another day: every answer "
            f"is saved at once, in the file {visible(path)} on this computer. Nothing is sent anywhere. Who sees the "
            "file is up to you. There are no right or wrong answers, and “I do not know” is a good one."
        ),
    )


def returning(pack: Pack, sheet: AnswerSheet) -> tuple[Text, ...]:
    """Return what people should know who come back: how far they are, and which answers no longer fit."""
    asked = route(pack, sheet.replies)
    left = sum(question.id not in sheet.replies for question in asked)
    lines = [Text(f"Welcome back. {count(len(asked) - left, 'question is', 'questions are')} answered, {left} to go.")]
    for aside in sheet.set_aside:
        question = pack.question.get(aside.question)
        name = question.text if question else aside.question
        after = "You are asked again." if aside.why is Aside.CHANGED else "Your answer stays in the file, unscored."
        lines.append(Text(f"Since you answered “{visible(name)}”, {WHY_ASIDE[aside.why]}. {after}"))
    for name in sorted(sheet.reworded(pack)):
        lines.append(
            Text(f"The words of “{visible(pack.question[name].text)}” have changed. Your answer is kept: check it.")
        )
    return tuple(lines)


def begin_sheet(asker: Asker, pack: Pack, today: str) -> AnswerSheet:
    """Ask whose answers these are, and return a sheet without answers."""
    name = ""
    while not name:
        name = asker.write("The name of your organisation")[:200]
    return AnswerSheet(pack.pack, pack.version, name, today)
