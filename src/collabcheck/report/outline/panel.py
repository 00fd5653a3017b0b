"""The report on several people of one organisation: where they differ, what nobody knows, what they say together."""

from collections.abc import Iterable, Iterator, Sequence

from collabcheck.advice import Advice
from collabcheck.answers import AnswerSheet, Chose, Reply
from collabcheck.assessment import FactorResult, NotAssessed, RaisedFlag, Score, Scored
from collabcheck.pack import Factor
from collabcheck.panel import PAIR, Agreement, Panel, Tally
from collabcheck.questions import Question
from collabcheck.renewal import Renewed
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Report, Section, Strong, Table, Words
from collabcheck.report.outline.appendix import HONESTY
from collabcheck.report.outline.assessment import ALONE, Among, body, ending, filled, headline, title
from collabcheck.report.outline.wording import (
    GIVES_AWAY,
    band_words,
    clause,
    count,
    days,
    figure,
    inside,
    listing,
    reply_text,
    sentence,
    span,
    unknown_voices,
    voices,
    withheld,
)

AGENDA = 5
"""How many questions of each kind an agenda holds: what one meeting can talk about, and one page has room for."""
FEW = 7
"""Of so many people at most, each can guess what the others said."""

CARE = Bullets(
    (
        ("Each figure is a mean of your answers. It can be the same whether you agree or are divided.",),
        ("A range shows what those who do not know leave open. It does not show how far apart you are.",),
        ("A red flag counts in full, even if only one of you raises it.",),
        *HONESTY.items,
    )
)


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
    agenda = tuple(_agenda(panel, named=named))
    sections = (
        Section("Talk about these first", agenda),
        Section("In short", tuple(headline(assessment, advice, among)), new_page=bool(agenda)),
        Section("Who answered", tuple(_who(panel, invited, named=named))),
        *body(assessment, advice, plan, among),
        Section("By role", tuple(_by_role(panel))),
        Section("What people wrote", sections=tuple(_written(panel, named=named))),
        Section("All answers", tuple(_close(panel)), tuple(_answers(panel, named=named)), new_page=True),
        *ending(assessment, advice, explain=explain)[:-1],
        Section("Read this with care", (CARE,)),
    )
    people = count(panel.people, "person", "people")
    return Report(
        title=title(assessment),
        subtitle=f"{people} answered, {days(assessment.sheets)}. Your own answers, which nobody has checked.",
        language=assessment.pack.language,
        sections=filled(sections),
    )


# The agenda, which is to stand on one page.


def _agenda(panel: Panel, *, named: bool) -> Iterator[Block]:
    """Yield the questions on which people differ most, what only one of two knows, and the red flags."""
    yield from _differing(panel, named=named)
    if panel.one_sided:
        yield Paragraph(("Only one of you has an answer here. Settle it together:",))
        entries = (
            Entry((Strong(tally.question.text),), ((f"{'; '.join(_given(panel, tally, named=named))}.",),))
            for tally in panel.one_sided[:AGENDA]
        )
        yield Entries(tuple(entries))
        yield from _more(panel.one_sided)
    if panel.assessment.raised:
        some = any(flag.by < panel.people for flag in panel.assessment.raised)
        why = ". Where only some of you raise one, ask each other why:" if some else ":"
        yield Paragraph((f"Your answers raise these red flags{why}",))
        yield Bullets(tuple((_flag(panel, flag),) for flag in panel.assessment.raised))
    yield from _unknown(panel)


def _differing(panel: Panel, *, named: bool) -> Iterator[Block]:
    if panel.differing:
        yield Paragraph(("Here you differ most. Ask each other what you have in mind.",))
        entries = (
            Entry((Strong(tally.question.text),), ((_from_to(panel, tally, named=named),),))
            for tally in panel.differing[:AGENDA]
        )
        yield Entries(tuple(entries), numbered=True)
        yield from _more(panel.differing)
    elif _agreed(panel):
        yield Paragraph(("There is no question on which you differ.",))


def _agreed(panel: Panel) -> int:
    return sum(tally.agreement is Agreement.AGREED for tally in panel.tallies)


def _close(panel: Panel) -> Iterator[Block]:
    if agreed := _agreed(panel):
        yield Paragraph((f"On {count(agreed, 'question', 'questions')} your answers are close.",))


def _more(tallies: Sequence[Tally]) -> Iterator[Block]:
    """Say that an agenda does not hold them all."""
    rest = len(tallies) - AGENDA
    if rest > 0:
        yield Paragraph((f"{count(rest, 'more is', 'more are')} under “All answers”.",))


def _from_to(panel: Panel, tally: Tally, *, named: bool) -> str:
    """Say how far apart the answers are: the lowest and the highest, and how many gave another or none."""
    heard, counts = tally.heard, tally.heard.counts
    given = sorted(counts, key=lambda name: heard.question.choice[name].points)
    ends = given[0], given[-1]
    between = len(heard.chosen) - sum(counts[end] for end in ends)
    low, high = (f"“{clause(heard.question.choice[end].text)}” ({_by(panel, tally, end, named=named)})" for end in ends)
    rest = (
        count(between, "is in between", "are in between") if between else "",
        *unknown_voices(heard),
        count(len(heard.reasons), "says that it does not apply", "say that it does not apply") if heard.reasons else "",
    )
    who = f" Who would know: {inside(tally.question.ask)}." if tally in panel.unknown else ""
    divided = tally.agreement is Agreement.DIVIDED
    start = f"{next(_how_far(tally))}{':' if _only_two(tally) else ','} from" if divided else "From"
    return f"{'; '.join((f'{start} {low} to {high}', *filter(None, rest)))}.{who}"


def _by(panel: Panel, tally: Tally, choice: str, *, named: bool) -> str:
    if not named:
        return str(tally.heard.counts[choice])
    said = tally.question.choice[choice].text
    return listing(dict(_by_reply(panel, tally.question))[said])


def _given(panel: Panel, tally: Tally, *, named: bool) -> list[str]:
    """Return how many gave each answer; or, named, who."""
    if not named:
        return voices(tally.heard)
    return [f"{_all(panel, people)}: “{clause(said)}”" for said, people in _by_reply(panel, tally.question)]


def _all(panel: Panel, people: Sequence[str]) -> str:
    return listing(people) if len(people) < panel.people else "All of you"


def _by_reply(panel: Panel, question: Question) -> Iterator[tuple[str, list[str]]]:
    """Yield each reply with those who gave it, in the order of the levels."""
    people: dict[str, list[str]] = {}
    given = [(sheet, sheet.replies[question.id]) for sheet in panel.assessment.sheets if question.id in sheet.replies]
    for sheet, reply in sorted(given, key=lambda one: _level(question, one[1])):
        people.setdefault(reply_text(question, reply), []).append(_name(sheet))
    yield from ((said, sorted(names)) for said, names in people.items())


def _level(question: Question, reply: Reply) -> tuple[int, ...]:
    order = list(question.choice)
    return tuple(order.index(name) for name in reply.choices) if isinstance(reply, Chose) else (len(order),)


def _name(sheet: AnswerSheet) -> str:
    return sheet.name or "Somebody"


def _flag(panel: Panel, flag: RaisedFlag) -> str:
    return f"{sentence(flag.flag.reason)} ({flag.by} of {panel.people})"


def _unknown(panel: Panel) -> Iterator[Block]:
    above = (*panel.differing[:AGENDA], *panel.one_sided)
    unknown = [tally for tally in panel.unknown if tally not in above]
    if unknown:
        who = "Neither of you can" if panel.people == PAIR else "At least half of you cannot"
        yield Paragraph((f"{who} answer these. Find out before you decide anything on them:",))
        yield Bullets(tuple(_to_find_out(panel, tally) for tally in unknown[:AGENDA]))
        yield from _more(unknown)


def _to_find_out(panel: Panel, tally: Tally) -> Words:
    could = any(flag.question is tally.question for flag in panel.assessment.unresolved)
    flag = " It could be a red flag." if could else ""
    return (Strong(tally.question.text), f"{flag} Who would know: {inside(tally.question.ask)}.")


# Who they are, and what each group says.


def _who(panel: Panel, invited: int, *, named: bool) -> Iterator[Block]:
    if invited:
        share = round(100 * panel.people / invited)
        yield Paragraph((f"{panel.people} of the {invited} people who were asked have answered: {share} per cent.",))
    role = panel.assessment.pack.that_means("role")
    heard = next((heard for heard in panel.assessment.heard if heard.question is role), None)
    if heard is not None and not named:
        yield Bullets(tuple((f"{words}.",) for words in voices(heard)))
    if role is not None and withheld(panel.assessment, role):
        yield Paragraph(("How many have which role is left out, as a role can be as good as a name.",))
    if named:
        yield Bullets(tuple((_named(role, sheet),) for sheet in sorted(panel.assessment.sheets, key=_name)))
        yield Paragraph(("This report says who said what. Pass it on only to those whom all of you agreed on.",))
    elif panel.people <= FEW:
        yield Paragraph(
            ("So few have answered that each can guess what the others said. Agree beforehand that this is fine.",)
        )


def _named(role: Question | None, sheet: AnswerSheet) -> str:
    """Return what a person is called, and the role."""
    reply = sheet.replies.get(role.id) if role else None
    return f"{_name(sheet)}: {reply_text(role, reply)}" if role and isinstance(reply, Chose) else _name(sheet)


def _by_role(panel: Panel) -> Iterator[Block]:
    """Yield each factor as every group sees it, where groups are large enough."""
    if panel.groups:
        columns = ("Factor", "All", *(f"{group.role.text} ({group.people})" for group in panel.groups))
        rows = zip(panel.assessment.factors, *(group.factors for group in panel.groups), strict=True)
        yield Paragraph(("The same questions, seen by each group. Where they differ, neither is wrong: ask why.",))
        yield Table("The factors by role", columns, tuple(_row(panel, *row) for row in rows))
        if any(None in group.factors for group in panel.groups):
            why = "too few of a group have an answer that counts, or where these few could be worked out"
            yield Paragraph((f"“{_NOT_SHOWN.capitalize()}” stands where {why}.",))
    if panel.hidden and panel.assessment.pack.that_means("role"):
        some = count(panel.hidden, "of you is not shown as a group", "of you are not shown as a group")
        who = some if panel.groups else "No group is shown by itself"
        yield Paragraph((f"{who}, so that nobody’s answers can be guessed.",))


_NOT_SHOWN = "not shown"


def _row(panel: Panel, whole: FactorResult, *groups: Score | None) -> tuple[Words, ...]:
    factor = whole.factor
    return ((factor.title,), *(_cell(panel, factor, score) for score in (whole.score, *groups)))


def _cell(panel: Panel, factor: Factor, score: Score | None) -> Words:
    pack = panel.assessment.pack
    if score is None:
        return (_NOT_SHOWN,)
    if isinstance(score, NotAssessed):
        return ("not assessed",)
    said = figure(pack, score.score) if isinstance(score, Scored) else span(pack, score)
    return (f"{said} ", *band_words(pack, score, gain=factor.kind == "opportunity"))


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
            yield Section(prompt.text, (Bullets(_lines(said, named=named)),))


def _notes(panel: Panel, question: Question, *, named: bool) -> tuple[Words, ...]:
    given = [(sheet, sheet.replies.get(question.id)) for sheet in panel.assessment.sheets]
    notes = [(sheet, reply.note) for sheet, reply in given if reply and reply.note]
    evidence = [(sheet, f"Evidence: {reply.evidence}") for sheet, reply in given if reply and reply.evidence]
    return (*_lines(notes, named=named), *_lines(evidence, named=named))


def _lines(said: Iterable[tuple[AnswerSheet, str]], *, named: bool) -> tuple[Words, ...]:
    """Return who said what; or what was said, in an order of the words, which tells nothing of who is who."""
    if named:
        return tuple((f"{_name(sheet)}: {words}",) for sheet, words in said)
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
            yield Section(name, (Entries(tuple(_answer(panel, tally, named=named) for tally in asked)),))


def _answer(panel: Panel, tally: Tally, *, named: bool) -> Entry:
    lines = (*_how_far(tally), *_given(panel, tally, named=named))
    return Entry((Strong(tally.question.text),), tuple((f"{line}.",) for line in lines))


def _how_far(tally: Tally) -> Iterator[str]:
    """Say how far those who answered agree, if they do not."""
    who = "Those who answered" if _many_unknown(tally) else "You"
    match tally.agreement:
        case Agreement.DIVIDED if _only_two(tally):
            yield "Only two answered, and they disagree"
        case Agreement.DIVIDED:
            yield f"{who} are divided"
        case Agreement.MIXED:
            yield f"{who} see it somewhat differently"
        case Agreement.AGREED | Agreement.UNTOLD:
            return


def _many_unknown(tally: Tally) -> bool:
    return 2 * tally.heard.unknown >= tally.heard.people


def _only_two(tally: Tally) -> bool:
    """Say whether so few answered, of many, that one stands against one."""
    return _many_unknown(tally) and len(tally.heard.chosen) == PAIR
