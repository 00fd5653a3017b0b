"""The conversation that both askers carry: one question at a time, every reply on disk before the next."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rich.text import Text

from collabcheck.answers import AnswerSheet, Aside, Chose, DontKnow, NotApplicable, Reply, bare, lacking
from collabcheck.characters import visible
from collabcheck.fitting import NAMELESS
from collabcheck.interview import Interview, route
from collabcheck.pack import Pack, Prompt
from collabcheck.prompts.askers import Asker, Option, Stop
from collabcheck.questions import Question
from collabcheck.report.outline.replies import as_said, reply_text
from collabcheck.report.outline.wording import called, count, why_aside
from collabcheck.written import LONGEST, LONGEST_NAME

KEEP = Option("k", "Keep the answer above")
UNKNOWN = Option("d", "I do not know")
NOT_US = Option("x", "Does not apply to us")
NOTE = Option("n", "Add a note or evidence", "to add a note")
WHY = Option("?", "Help: why we ask, who would know, what words mean", "for help")
BACK = Option("b", "Back to the question before", "to go back")
BACK_TO_ALL = Option("b", "Back to your answers", "to go back to your answers")
STOP = Option("q", "Save and stop", "to save and stop")
FINISH = Option("r", "Finish and see the report")


@dataclass(slots=True)
class Conversation:
    """One person answering: asks, and hands every reply to `save` before it goes on."""

    asker: Asker
    pack: Pack
    sheet: AnswerSheet
    save: Callable[[AnswerSheet], None]
    pending: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Notes and evidence by question, written before there was an answer to save them with."""

    def run(self) -> AnswerSheet:
        """Ask everything that is not answered yet, then let the answers be checked; return them."""
        complete = self._interview().done
        self._questions(self._interview())
        if not complete:
            self._talk_about(prompt for prompt in self.pack.prompts if prompt.id not in self.sheet.discussion)
        self._check()
        return self.sheet

    @property
    def unsaved(self) -> tuple[str, ...]:
        """The notes that are in no file, because their questions have no answer yet: in words, to be copied."""
        return tuple(
            f"{question.text}\n" + "\n".join(line.plain for line in _remarks(*said))
            for question in self.pack.questions
            if any(said := self.pending.get(question.id, ("", ""))) and said != _with(self._before(question))
        )

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
            self.asker.show(Text(visible(theme).upper(), "bold"), *([Text(visible(statement))] if statement else []))
        number, total = interview.position
        self.asker.show(Text(f"Question {number} of {total}"))
        return theme

    def _question(self, interview: Interview, back: Option = BACK) -> Interview:
        """Ask one question until it has a reply, or the person moves elsewhere."""
        question, explained = interview.question, False
        while True:
            self._show_question(question, explained=explained)
            reply = self.sheet.replies.get(question.id)
            chosen = _keys(question, reply)
            keys = self.asker.pick(_answers(question), _commands(reply, back), several=question.several, chosen=chosen)
            match keys:
                case (KEEP.key,):
                    return interview.keep()
                case (BACK.key,):
                    return interview.back()
                case (STOP.key,):
                    raise Stop
                case (WHY.key,):
                    explained = True
                case (NOTE.key,):
                    self._note(question)
                case _:
                    given = self._reply(question, keys)
                    if given is not None:
                        self._record(question, given)
                        return interview.reply(given)

    def _show_question(self, question: Question, *, explained: bool) -> None:
        self.asker.show(Text(visible(question.text), "bold"), Text(visible(question.hint)))
        if explained:
            self.asker.show(*_explanation(question), indent=2)
        reply = self.sheet.replies.get(question.id)
        if reply is not None:
            self.asker.show(*_said(question, reply), indent=2)
        before = self._before(question)
        if before is not None:
            self.asker.show(_said_before(question, before), indent=2)
        kept = _remarks(*self._remarks(question))
        if kept and reply is None:
            self.asker.show(*kept, Text("This is saved with your answer: now choose one."), indent=2)

    def _before(self, question: Question) -> Reply | None:
        """Return what was answered to an older version of a question, as long as it is not answered anew."""
        return next((aside.reply for aside in self.sheet.set_aside if aside.question == question.id), None)

    def _remarks(self, question: Question) -> tuple[str, str]:
        """Return the note and evidence that go with an answer: saved with it, written before it, or of an older one."""
        reply = self.sheet.replies.get(question.id)
        if reply is None and question.id in self.pending:
            return self.pending[question.id]
        return _with(reply or self._before(question))

    def _note(self, question: Question) -> None:
        """Let a note and evidence be written: saved at once with the reply, or kept until there is one."""
        note, evidence = self._remarks(question)
        note = self._changed("Note", note)
        self._annotate(question, note, evidence)
        evidence = self._changed("Evidence, such as minutes", evidence)
        self._annotate(question, note, evidence)

    def _annotate(self, question: Question, note: str, evidence: str) -> None:
        reply = self.sheet.replies.get(question.id)
        if reply is None:
            self.pending[question.id] = (note, evidence)
        elif (reply.note, reply.evidence) != (note, evidence):
            self._record(question, replace(reply, note=note, evidence=evidence))

    def _changed(self, label: str, before: str) -> str:
        if before:
            self.asker.show(Text(f"So far: {visible(before)}. Enter alone keeps it; a single - removes it."), indent=2)
        typed = write(self.asker, label if before else f"{label} (Enter alone for none)")
        return "" if typed == "-" else typed or before

    def _reply(self, question: Question, keys: tuple[str, ...]) -> Reply | None:
        """Return the reply that was picked; none if it lacks a reason, or its parts do not go together."""
        note, evidence = self._remarks(question)
        match keys:
            case (UNKNOWN.key,):
                return DontKnow(note, evidence)
            case (NOT_US.key,):
                without = "goes back" if question.wants_reason else "gives no reason"
                reason = write(self.asker, f"Why does it not apply? (Enter alone {without})")
                return NotApplicable(reason, note, evidence) if reason or not question.wants_reason else None
            case _:
                picked = {int(key) - 1 for key in keys}
                chosen = [choice for i, choice in enumerate(question.choices) if i in picked]
                alone = [choice for choice in chosen if choice.alone]
                if alone and len(chosen) > 1:
                    self.asker.show(
                        Text(f"“{visible(alone[0].text)}” cannot stand beside other answers. Choose again.")
                    )
                    return None
                return self._proved(question, Chose(tuple(choice.id for choice in chosen), note, evidence))

    def _proved(self, question: Question, reply: Chose) -> Chose:
        """Ask for what an answer requires so that it counts; it may be left out."""
        for part in lacking(question, reply):
            label = f"{_PROOF[part]} (Enter alone leaves it out, and your answer is kept but not counted)"
            words = write(self.asker, label)
            reply = replace(reply, note=words) if part == "note" else replace(reply, evidence=words)
        return reply

    def _record(self, question: Question, reply: Reply) -> None:
        self._keep(self.sheet.answer(question, reply))
        self.pending.pop(question.id, None)

    def _keep(self, sheet: AnswerSheet) -> None:
        self.save(sheet)
        self.sheet = sheet

    def _talk_about(self, prompts: Iterable[Prompt]) -> None:
        left = tuple(prompts)
        if left:
            last = count(len(left), "question", "questions")
            words = f"{last} to answer in your own words. They are not scored; Enter alone leaves one."
            self.asker.show(Text("TO TALK ABOUT", "bold"), Text(words))
        for prompt in left:
            self._talk(prompt)

    def _talk(self, prompt: Prompt) -> None:
        """Ask a question to talk about; nothing needs to be written."""
        self.asker.show(Text(visible(prompt.text), "bold"), Text(visible(prompt.hint)))
        said = self.sheet.discussion.get(prompt.id, ())
        if said:
            self.asker.show(*(Text(visible(line)) for line in said), indent=2)
            more = "; what you write is added" if prompt.several else ""
            self.asker.show(Text(f"Enter alone keeps what is there{more}; a single - removes it."))
        for line in self._lines(prompt, removable=bool(said)):
            if line is None:
                self.asker.show(Text(f"{count(len(said), 'line was', 'lines were')} removed."))
                said = ()
            else:
                said = (*said, line) if prompt.several else (line,)
            others = {key: words for key, words in self.sheet.discussion.items() if key != prompt.id}
            self._keep(replace(self.sheet, discussion={**others, prompt.id: said} if said else others))

    def _lines(self, prompt: Prompt, *, removable: bool) -> Iterator[str | None]:
        """Yield the lines that are written; none if the first is the sign that removes those that are there."""
        line = write(self.asker, "Your words, one a line (Enter alone ends)" if prompt.several else "Your words")
        if line == "-" and removable:
            yield None
            return
        while line:
            yield line
            line = write(self.asker, "Another", more=True) if prompt.several else ""

    def _check(self) -> None:
        """Show all answers and let any be changed, until the person is content."""
        while True:
            asked = route(self.pack, self.sheet.replies)
            self.asker.show(
                Text("CHECK YOUR ANSWERS", "bold"), Text("To change one, choose it. Everything is saved as you go.")
            )
            rows = [_row(q.text, reply_text(q, self.sheet.replies.get(q.id))) for q in asked]
            rows += [_row(p.text, " · ".join(self.sheet.discussion.get(p.id, ("–",)))) for p in self.pack.prompts]
            rows.append(_row(NAMELESS, self.sheet.organisation))
            options = [Option(str(i), row) for i, row in enumerate(rows, start=1)]
            (key,) = self.asker.pick(options, (FINISH, STOP))
            if key == FINISH.key:
                return
            if key == STOP.key:
                raise Stop
            self._change(int(key) - 1, asked)

    def _change(self, number: int, asked: Sequence[Question]) -> None:
        """Ask one thing again, and whatever the new answer makes necessary."""
        if number < len(asked):
            self._question(self._interview().go_to(asked[number].id), BACK_TO_ALL)
            self._questions(self._interview())
        elif number < len(asked) + len(self.pack.prompts):
            self._talk(self.pack.prompts[number - len(asked)])
        else:
            name = write(self.asker, f"{NAMELESS} (Enter alone keeps it)", LONGEST_NAME)
            if not name or _is_name(name):
                self._keep(replace(self.sheet, organisation=name or self.sheet.organisation))
            else:
                self.asker.show(Text("That is no name, so it stays as it was."))


_PROOF = {
    "note": "This counts only with a note",
    "evidence": "This counts only if you say where it can be seen",
}


def _theme(pack: Pack, question: Question) -> tuple[str, str]:
    for trend in pack.trends:
        for theme in trend.themes:
            if question in theme.questions:
                return theme.title, theme.statement
    return "About your organisation", ""


def _answers(question: Question) -> list[Option]:
    return [Option(str(i), choice.text) for i, choice in enumerate(question.choices, start=1)]


def _commands(reply: Reply | None, back: Option) -> list[Option]:
    keep = [KEEP] if reply is not None else []
    return [*keep, UNKNOWN, NOT_US, NOTE, WHY, back, STOP]


def _keys(question: Question, reply: Reply | None) -> list[str]:
    """Return the keys of an earlier answer."""
    chosen = reply.choices if isinstance(reply, Chose) else ()
    return [str(i) for i, choice in enumerate(question.choices, start=1) if choice.id in chosen]


def _explanation(question: Question) -> list[Text]:
    words = [Text(f"“{visible(word)}”: {visible(meaning)}") for word, meaning in question.jargon.items()]
    return [Text(f"Why we ask: {visible(question.why)}"), Text(f"Who would know: {visible(question.ask)}"), *words]


def _said(question: Question, reply: Reply) -> list[Text]:
    answer = Text(f"Your answer so far: {visible(reply_text(question, reply))}")
    return [answer, *_remarks(reply.note, reply.evidence)]


def _remarks(note: str, evidence: str) -> list[Text]:
    return [Text(f"{name}: {visible(said)}") for name, said in (("Note", note), ("Evidence", evidence)) if said]


def _with(reply: Reply | None) -> tuple[str, str]:
    """Return the note and evidence of a reply."""
    return (reply.note, reply.evidence) if reply else ("", "")


def _said_before(question: Question, reply: Reply) -> Text:
    """Return an answer to an older version of a question in words, as far as they are still there."""
    if isinstance(reply, Chose):
        choices = (
            question.choice[name].text if name in question.choice else f"“{name}”, which is no answer any more"
            for name in reply.choices
        )
        words = " · ".join(choices)
    else:
        words = as_said(question, reply)
    return Text(f"The answers to this question have changed. Yours was: {visible(words)}")


def _row(text: str, answer: str) -> str:
    return f"{text} — {answer}"


def write(asker: Asker, label: str, longest: int = LONGEST, *, more: bool = False) -> str:
    """Let a line be written that is not too long for a sheet."""
    typed = asker.write(label, more=more)
    while len(typed) > longest:
        fits = f"What fits ends with “{visible(typed[longest - 40 : longest].lstrip())}”. Write it shorter."
        asker.show(Text(f"That is {len(typed):,} characters; {longest:,} is the most. {fits}"))
        typed = asker.write(label, more=more, start=typed)
    return typed


def opening(pack: Pack, path: str) -> tuple[Text, ...]:
    """Return what people should know before the first question."""
    return (
        Text(visible(pack.title), "bold"),
        Text(visible(pack.about)),
        Text(
            f"It takes about {count(pack.minutes, 'minute', 'minutes')}. You can stop at any question and go on "
            "another day: every answer is saved at once. Nothing is sent anywhere, and who sees the file is up to "
            "you. There are no right or wrong answers, and “I do not know” is a good one."
        ),
        Text(f"Your answers go into a new file: {visible(path)}"),
    )


def returning(pack: Pack, sheet: AnswerSheet) -> tuple[Text, ...]:
    """Return what people should know who come back: how far they are, and which answers no longer fit."""
    asked = route(pack, sheet.replies)
    left = sum(question.id not in sheet.replies for question in asked)
    lines = [Text(f"Welcome back. {count(len(asked) - left, 'question is', 'questions are')} answered, {left} to go.")]
    for aside in sheet.set_aside:
        name = called(pack, aside.question)
        after = "You are asked again." if aside.why is Aside.CHANGED else "Your answer stays in the file, unscored."
        lines.append(Text(f"Since you answered “{visible(name)}”, {why_aside(pack, aside)}. {after}"))
    reworded = [pack.question[name].text for name in sorted(sheet.reworded(pack))]
    lines += [Text(f"The words of “{visible(text)}” have changed. Your answer is kept: check it.") for text in reworded]
    return tuple(lines)


def begin_sheet(asker: Asker, pack: Pack, today: str) -> AnswerSheet:
    """Ask whose answers these are, and return a sheet without answers."""
    while not _is_name(name := write(asker, NAMELESS, LONGEST_NAME)):
        asker.show(Text("Type its name and press Enter."))
    return AnswerSheet(pack.pack, pack.version, name, today)


def _is_name(typed: str) -> bool:
    """Say whether this can name an organisation: it can be seen, and is not what stands in a blank sheet."""
    return bool(bare(typed)) and typed != NAMELESS
