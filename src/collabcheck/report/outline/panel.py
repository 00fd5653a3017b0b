"""The report on several people of one organisation: where they differ, what nobody knows, what they say together."""

from collections.abc import Iterator, Sequence
from functools import partial

from collabcheck.advice import Advice
from collabcheck.answers import AnswerSheet, Chose, Reply
from collabcheck.assessment import NotAssessed, Score, Scored
from collabcheck.pack import Pack
from collabcheck.panel import Panel, Tally
from collabcheck.questions import Question
from collabcheck.renewal import Renewed
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Report, Section, Strong, Table, Words
from collabcheck.report.outline.agenda import agenda, agreed
from collabcheck.report.outline.appendix import honesty, set_aside
from collabcheck.report.outline.assessment import ALONE, Among, body, ending, filled, title
from collabcheck.report.outline.replies import choosers, reply_text, withheld
from collabcheck.report.outline.short import in_short
from collabcheck.report.outline.told import beside, given_by, how_far, lines_of, name_of
from collabcheck.report.outline.wording import GIVES_AWAY, band_words, count, days, figure, responses, span

FEW = 7
"""Of so many people at most, each can guess what the others said."""


def panel_report(  # noqa: PLR0913  what a report may hold besides
    panel: Panel,
    advice: Advice,
    *,
    invited: int = 0,
    named: bool = False,
    explain: bool = False,
    plan: Renewed | None = None,
    among: Among = ALONE,
) -> Report:
    """Return the report on a panel; `named` says who said what, which otherwise nobody learns from it."""
    assessment = panel.assessment
    first = tuple(agenda(panel, named=named))
    sections = (
        Section("Talk about these first", first),
        Section("In short", tuple(in_short(assessment, advice, among.short)), new_page=bool(first)),
        Section("Who answered", tuple(_who(panel, invited, named=named))),
        *body(assessment, advice, plan, among),
        Section("By role", tuple(_by_role(panel))),
        Section("What people wrote", sections=tuple(_written(panel, named=named))),
        Section("All answers", tuple(_close(panel)), tuple(_answers(panel, named=named)), new_page=True),
        *ending(assessment, advice, explain=explain)[:-1],
        Section("Read this with care", (_care(panel.assessment.pack),)),
    )
    people = count(panel.people, "person", "people")
    return Report(
        title=title(assessment),
        subtitle=f"{people} answered, {days(assessment.sheets)}. Your own answers, which nobody has checked.",
        language=assessment.pack.language,
        sections=filled(sections),
    )


# Who they are, and what each group says.


def _who(panel: Panel, invited: int, *, named: bool) -> Iterator[Block]:
    if invited:
        yield Paragraph((responses(panel.people, invited),))
    role = panel.assessment.pack.that_means("role")
    heard = next((heard for heard in panel.assessment.heard if heard.question is role), None)
    if heard is not None and not named:
        number = len(heard.replies) - len(heard.chosen)
        silent = [f"{number} did not say in which role"] if number else []
        yield Bullets(tuple((f"{words}.",) for words in (*choosers(heard), *silent)))
    if role is not None and withheld(panel.assessment, role):
        yield Paragraph(("How many have which role is left out, as a role can be as good as a name.",))
    if named:
        yield Bullets(tuple((_named(role, sheet),) for sheet in sorted(panel.assessment.sheets, key=name_of)))
        yield Paragraph(("This report says who said what. Pass it on only to those whom all of you agreed on.",))
    elif panel.people <= FEW:
        yield Paragraph(
            ("So few have answered that each can guess what the others said. Agree beforehand that this is fine.",)
        )


def _named(role: Question | None, sheet: AnswerSheet) -> str:
    """Return what a person is called, and the role."""
    reply = sheet.replies.get(role.id) if role else None
    return f"{name_of(sheet)}: {reply_text(role, reply)}" if role and isinstance(reply, Chose) else name_of(sheet)


def _by_role(panel: Panel) -> Iterator[Block]:
    """Yield each factor as every group sees it, where groups are large enough."""
    if panel.groups:
        columns = (
            "Area or factor" if panel.assessment.areas else "Factor",
            "All",
            *(f"{group.role.text} ({group.people})" for group in panel.groups),
        )
        areas = zip(panel.assessment.areas, *(group.areas for group in panel.groups), strict=True)
        factors = zip(panel.assessment.factors, *(group.factors for group in panel.groups), strict=True)
        rows = [_row(panel, one.area.title, one.kind, one.score, *each) for one, *each in areas]
        rows += [_row(panel, one.factor.title, one.factor.kind, one.score, *each) for one, *each in factors]
        yield Paragraph(("The same questions, seen by each group. Where they differ, neither is wrong: ask why.",))
        yield Table("The factors by role", columns, tuple(rows))
        if any(None in (*group.areas, *group.factors) for group in panel.groups):
            why = "too few of a group have an answer that counts, or where these few could be worked out"
            yield Paragraph((f"“{_NOT_SHOWN.capitalize()}” stands where {why}.",))
    if panel.hidden and panel.assessment.pack.that_means("role"):
        some = count(panel.hidden, "of you is not shown as a group", "of you are not shown as a group")
        who = some if panel.groups else "No group is shown by itself"
        yield Paragraph((f"{who}, so that nobody’s answers can be guessed.",))


_NOT_SHOWN = "not shown"


def _row(panel: Panel, title: str, kind: str, *scores: Score | None) -> tuple[Words, ...]:
    return ((title,), *(_cell(panel, kind, score) for score in scores))


def _cell(panel: Panel, kind: str, score: Score | None) -> Words:
    pack = panel.assessment.pack
    if score is None:
        return (_NOT_SHOWN,)
    if isinstance(score, NotAssessed):
        return ("not assessed",)
    said = figure(pack, score.score) if isinstance(score, Scored) else span(pack, score)
    return (f"{said} ", *band_words(pack, score, gain=kind == "opportunity"))


# What they wrote, and all they said.


def _written(panel: Panel, *, named: bool) -> Iterator[Section]:
    """Yield the notes and evidence under each question, and what was said under each prompt for a talk."""
    notes = ((question, _notes(panel, question, named=named)) for question in panel.assessment.asked)
    entries = tuple(Entry((Strong(question.text),), lines) for question, lines in notes if lines)
    if entries:
        care = f"Read these before you pass the report on: {GIVES_AWAY}."
        yield Section("Notes to the questions", (*(() if named else (Paragraph((care,)),)), Entries(entries)))
    for prompt in panel.assessment.pack.prompts:
        said = [(sheet, word) for sheet in panel.assessment.sheets for word in sheet.discussion.get(prompt.id, ())]
        if said:
            yield Section(prompt.text, (Bullets(lines_of(said, named=named)),))


def _notes(panel: Panel, question: Question, *, named: bool) -> tuple[Words, ...]:
    given = [(sheet, sheet.replies.get(question.id)) for sheet in panel.assessment.sheets]
    return tuple(beside([(sheet, reply) for sheet, reply in given if reply], named=named))


def _answers(panel: Panel, *, named: bool) -> Iterator[Section]:
    """Yield every question with how many gave each answer, and how far they agree."""
    pack = panel.assessment.pack
    themes = [("About the organisation", pack.context)]
    themes += [(theme.title, theme.questions) for trend in pack.trends for theme in trend.themes]
    tallies = {tally.question.id: tally for tally in panel.tallies}
    for name, questions in themes:
        asked = [tallies[question.id] for question in questions if question.id in tallies]
        if asked:
            yield Section(name, (Entries(tuple(_answer(panel, tally, named=named) for tally in asked)),))
    asides = set_aside(panel.assessment.pack, panel.assessment.sheets, partial(_old, named=named))
    if aside := (*_not_asked(panel), *asides):
        yield Section("Kept but not scored", (Entries(aside),))


def _not_asked(panel: Panel) -> Iterator[Entry]:
    """Yield the questions that people answered though their other answers mean that these are not asked of them."""
    heard = {one.question.id: sum(reply is not None for reply in one.replies) for one in panel.assessment.heard}
    for question in panel.assessment.pack.questions:
        name = question.id
        gave = sum(name in sheet.replies and name not in sheet.withheld for sheet in panel.assessment.sheets)
        if unasked := gave - heard.get(name, 0):
            answers = count(unasked, "answer that is not scored", "answers that are not scored")
            why = "By the other answers of whoever gave it, this question is not asked."
            yield Entry((Strong(question.text),), ((f"{answers}. {why}",),))


def _old(said: Sequence[tuple[AnswerSheet, Reply]], *, named: bool) -> Iterator[Words]:
    old = lines_of([(sheet, ", ".join(r.choices)) for sheet, r in said if isinstance(r, Chose)], named=named)
    yield from [("The old answers:",), *old] if old else []
    yield from beside(said, named=named)


def _answer(panel: Panel, tally: Tally, *, named: bool) -> Entry:
    lines = (*how_far(tally), *given_by(panel, tally, named=named), *_why_unscored(tally))
    return Entry((Strong(tally.question.text),), tuple((f"{line}.",) for line in lines))


def _why_unscored(tally: Tally) -> Iterator[str]:
    """Say why answers do not count."""
    heard = tally.heard
    if not heard.shared:
        yield f"Only {count(len(heard.replies), 'of you was', 'of you were')} asked, so it is not scored"
    elif not heard.applies and heard.chosen:
        yield "More than half say that it does not apply, so it is not scored"


def _close(panel: Panel) -> Iterator[Block]:
    if close := agreed(panel):
        yield Paragraph((f"On {count(close, 'question', 'questions')} your answers are close.",))


def _care(pack: Pack) -> Bullets:
    return Bullets(
        (
            ("Each figure is a mean of your answers. It can be the same whether you agree or are divided.",),
            ("A range shows what those who do not know leave open. It does not show how far apart you are.",),
            ("A red flag counts in full, even if only one of you raises it.",),
            *honesty(pack).items,
        )
    )
