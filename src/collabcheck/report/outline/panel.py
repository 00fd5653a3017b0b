"""The report on several people of one organisation: where they differ, what nobody knows, what they say together."""

from collections.abc import Iterable, Iterator, Sequence

from collabcheck.advice import Advice
from collabcheck.answers import AnswerSheet, Chose, Reply
from collabcheck.pack import Question
from collabcheck.panel import Agreement, Panel, Tally
from collabcheck.renewal import Renewed
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Report, Section, Strong, Table, Words
from collabcheck.report.outline.assessment import body, ending, filled, headline, title
from collabcheck.report.outline.wording import (
    band_words,
    count,
    day,
    figure,
    inside,
    listing,
    reply_text,
    sentence,
    span,
    voices,
)
from collabcheck.scoring import FactorResult, NotAssessed, Scored

AGENDA = 7
"""How many questions a meeting can talk about."""

_HOW_FAR = {Agreement.DIVIDED: "You are divided.", Agreement.MIXED: "You see it somewhat differently."}


def panel_report(
    panel: Panel, advice: Advice, *, invited: int = 0, named: bool = False, explain: bool = False, plan: Renewed | None
) -> Report:
    """Return the report on a panel; `named` says who said what, which otherwise nobody learns from it."""
    assessment = panel.assessment
    sections = (
        Section("Talk about these first", tuple(_agenda(panel, named=named))),
        Section("What nobody knows, or few", tuple(_unknown(panel))),
        Section("In short", tuple(headline(assessment, advice))),
        Section("Who answered", tuple(_who(panel, invited))),
        *body(assessment, advice, plan),
        Section("By role", tuple(_by_role(panel))),
        Section("What people wrote", sections=tuple(_written(panel, named=named))),
        Section("All answers", sections=tuple(_answers(panel, named=named)), new_page=True),
        *ending(assessment, advice, explain=explain),
    )
    people = count(panel.people, "person", "people")
    return Report(
        title=title(assessment),
        subtitle=f"{people} answered{_when(assessment.sheets)}. Your own answers, which nobody has checked.",
        language=assessment.pack.language,
        sections=filled(sections),
    )


def _when(sheets: Sequence[AnswerSheet]) -> str:
    days = sorted({sheet.date for sheet in sheets})
    return f" between {day(days[0])} and {day(days[-1])}" if len(days) > 1 else f" on {day(days[0])}"


# The agenda.


def _agenda(panel: Panel, *, named: bool) -> Iterator[Block]:
    """Yield the questions on which people differ most."""
    differing = panel.differing
    agreed = sum(tally.agreement is Agreement.AGREED for tally in panel.tallies)
    if differing:
        rest = len(differing) - AGENDA
        more = f" {count(rest, 'more stands', 'more stand')} under “All answers”." if rest > 0 else ""
        yield Paragraph(
            (f"Here you differ most. That is where a talk helps: ask each other what you have in mind.{more}",)
        )
        entries = (Entry((Strong(t.question.text),), tuple(_said(panel, t, named=named))) for t in differing[:AGENDA])
        yield Entries(tuple(entries), numbered=True)
    few = [flag for flag in panel.assessment.raised if 2 * flag.by < panel.people]
    if few:
        yield Paragraph(("Few of you see these dangers, and the others do not. Ask what the few know:",))
        said = (f"{sentence(flag.flag.reason)} ({count(flag.by, 'answer says', 'answers say')} so.)" for flag in few)
        yield Bullets(tuple((words,) for words in said))
    if agreed:
        all_ = "" if differing else " There is no question on which you differ."
        yield Paragraph((f"On {count(agreed, 'question', 'questions')} your answers are close.{all_}",))


def _said(panel: Panel, tally: Tally, *, named: bool) -> Iterator[Words]:
    """Yield how many gave each answer; or, named, who."""
    if tally.agreement in _HOW_FAR:
        yield (_HOW_FAR[tally.agreement],)
    if not named:
        yield from ((f"{words}.",) for words in voices(tally.heard))
        return
    for said, people in _by_reply(panel, tally.question):
        yield (f"{listing(people)}: {said}",)


def _by_reply(panel: Panel, question: Question) -> Iterator[tuple[str, list[str]]]:
    """Yield each reply with those who gave it, in the order of the levels."""
    asked = [sheet for sheet in panel.assessment.sheets if question.id in sheet.replies]
    replies = {reply_text(question, sheet.replies[question.id]): sheet.replies[question.id] for sheet in asked}
    for said in sorted(replies, key=lambda words: _level(question, replies[words])):
        yield said, [_name(panel, s) for s in asked if reply_text(question, s.replies[question.id]) == said]


def _level(question: Question, reply: Reply) -> tuple[int, ...]:
    order = list(question.choice)
    return tuple(order.index(name) for name in reply.choices) if isinstance(reply, Chose) else (len(order),)


def _name(panel: Panel, sheet: AnswerSheet) -> str:
    """Return the name that a person gave, or else the role, with a number that tells them apart."""
    role = panel.assessment.pack.that_means("role")
    reply = sheet.replies.get(role.id) if role else None
    called = reply_text(role, reply) if role and isinstance(reply, Chose) else "Somebody"
    number = next(i for i, other in enumerate(panel.assessment.sheets, start=1) if other is sheet)
    return sheet.name or f"{called} (sheet {number})"


def _unknown(panel: Panel) -> Iterator[Block]:
    if panel.unknown:
        yield Paragraph(("At least half of you cannot answer these. Find out before you decide anything on them:",))
        yield Entries(
            tuple(
                Entry(
                    (Strong(tally.question.text),),
                    ((f"{'; '.join(voices(tally.heard))}.",), (f"Who would know: {inside(tally.question.ask)}.",)),
                )
                for tally in panel.unknown
            )
        )


# Who they are, and what each group says.


def _who(panel: Panel, invited: int) -> Iterator[Block]:
    if invited:
        share = round(100 * panel.people / invited)
        yield Paragraph((f"{panel.people} of the {invited} people who were asked have answered: {share} in 100.",))
    role = panel.assessment.pack.that_means("role")
    heard = next((heard for heard in panel.assessment.heard if heard.question is role), None)
    if heard is not None:
        yield Bullets(tuple((f"{words}.",) for words in voices(heard)))
    if panel.people <= AGENDA:
        yield Paragraph(
            ("So few have answered that each can guess what the others said. Agree beforehand that this is fine.",)
        )


def _by_role(panel: Panel) -> Iterator[Block]:
    """Yield each factor as every group sees it, where groups are large enough."""
    if panel.groups:
        columns = ("Factor", "All", *(f"{group.role.text} ({group.people})" for group in panel.groups))
        rows = zip(panel.assessment.factors, *(group.assessment.factors for group in panel.groups), strict=True)
        yield Paragraph(("The same questions, seen by each group. Where they differ, neither is wrong: ask why.",))
        yield Table("The factors by role", columns, tuple(_row(panel, results) for results in rows))
    if panel.hidden and panel.assessment.pack.that_means("role"):
        hidden = count(panel.hidden, "person is", "people are")
        yield Paragraph(
            (f"{hidden} in groups too small to show by themselves, or left out so that these stay hidden.",)
        )


def _row(panel: Panel, results: Sequence[FactorResult]) -> tuple[Words, ...]:
    return ((results[0].factor.title,), *(_cell(panel, result) for result in results))


def _cell(panel: Panel, result: FactorResult) -> Words:
    pack, score = panel.assessment.pack, result.score
    if isinstance(score, NotAssessed):
        return ("not assessed",)
    said = figure(pack, score.score) if isinstance(score, Scored) else span(pack, score)
    return (f"{said} ", *band_words(pack, score, gain=result.factor.kind == "opportunity"))


# What they wrote, and all they said.


def _written(panel: Panel, *, named: bool) -> Iterator[Section]:
    """Yield the notes and evidence under each question, and what was said under each prompt for a talk."""
    notes = ((question, _notes(panel, question, named=named)) for question in panel.assessment.asked)
    entries = tuple(Entry((Strong(question.text),), lines) for question, lines in notes if lines)
    if entries:
        care = "Read these before you pass the report on: words can give away who wrote them."
        yield Section("Notes to the questions", (Paragraph((care,)), Entries(entries)))
    for prompt in panel.assessment.pack.prompts:
        said = [(sheet, word) for sheet in panel.assessment.sheets for word in sheet.discussion.get(prompt.id, ())]
        if said:
            yield Section(prompt.text, (Bullets(_lines(panel, said, named=named)),))


def _notes(panel: Panel, question: Question, *, named: bool) -> tuple[Words, ...]:
    given = [(sheet, sheet.replies.get(question.id)) for sheet in panel.assessment.sheets]
    notes = [(sheet, reply.note) for sheet, reply in given if reply and reply.note]
    evidence = [(sheet, f"Evidence: {reply.evidence}") for sheet, reply in given if reply and reply.evidence]
    return (*_lines(panel, notes, named=named), *_lines(panel, evidence, named=named))


def _lines(panel: Panel, said: Iterable[tuple[AnswerSheet, str]], *, named: bool) -> tuple[Words, ...]:
    """Return who said what; or what was said, in an order of the words, which tells nothing of who is who."""
    if named:
        return tuple((f"{_name(panel, sheet)}: {words}",) for sheet, words in said)
    return tuple((words,) for words in sorted(words for _, words in said))


def _answers(panel: Panel, *, named: bool) -> Iterator[Section]:
    """Yield every question with how many gave each answer, and how far they agree."""
    pack = panel.assessment.pack
    themes = [("About the organisation", pack.context)]
    themes += [(theme.title, theme.questions) for trend in pack.trends for theme in trend.themes]
    tallies = {tally.question.id: tally for tally in panel.tallies}
    for name, questions in themes:
        asked = [tallies[question.id] for question in questions if question.id in tallies]
        if asked:
            entries = (
                Entry((Strong(tally.question.text),), tuple(_said(panel, tally, named=named))) for tally in asked
            )
            yield Section(name, (Entries(tuple(entries)),))
