"""The first page of the report on several people, which is the agenda of their meeting."""

from collections.abc import Iterator, Sequence

from collabcheck.assessment import RaisedFlag
from collabcheck.panel import PAIR, Agreement, Panel, Tally
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Strong, Words
from collabcheck.report.outline.replies import no_answer
from collabcheck.report.outline.told import by_how_many, given_by
from collabcheck.report.outline.wording import clause, count, inside, sentence

AGENDA = 5
"""How many questions of each kind an agenda holds: what one meeting can talk about, and one page has room for."""


def agenda(panel: Panel, *, named: bool) -> Iterator[Block]:
    """Yield the questions on which people differ most, what only one of two knows, and the red flags."""
    yield from _differing(panel, named=named)
    if panel.one_sided:
        yield Paragraph(("Only one of you has an answer here. Settle it together:",))
        entries = (
            Entry((Strong(tally.question.text),), ((f"{'; '.join(given_by(panel, tally, named=named))}.",),))
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
    elif agreed(panel):
        yield Paragraph((_nearly(panel),))


def _nearly(panel: Panel) -> str:
    """Say on how many questions single answers differ, though none are far apart."""
    apart = sum(tally.question.means not in _FACTS and _differ(tally) for tally in panel.tallies)
    if not apart:
        return "There is no question on which you differ."
    where = count(apart, "question", "questions")
    close = "On the scored questions to which at least half of you have an answer, your answers are close"
    return f"{close}. On {where} single answers differ: see “All answers”."


_FACTS = ("role", "nation", "trend")


def _differ(tally: Tally) -> bool:
    said = {frozenset(reply.choices) for reply in tally.heard.chosen}
    return len(said) > 1 or bool(said and tally.heard.reasons)


def agreed(panel: Panel) -> int:
    """Return on how many questions the answers are close."""
    return sum(tally.agreement is Agreement.AGREED for tally in panel.tallies)


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
    low, high = (
        f"“{clause(heard.question.choice[end].text)}” ({by_how_many(panel, tally, end, named=named)})" for end in ends
    )
    rest = (
        count(between, "is in between", "are in between") if between else "",
        *no_answer(heard),
    )
    start = "You are divided, from" if tally.agreement is Agreement.DIVIDED else "From"
    return f"{'; '.join((f'{start} {low} to {high}', *filter(None, rest)))}."


def _flag(panel: Panel, flag: RaisedFlag) -> str:
    return f"{sentence(flag.flag.reason)} ({flag.by} of {panel.people})"


def _unknown(panel: Panel) -> Iterator[Block]:
    if panel.unknown:
        some = (
            "To these you have no answer" if panel.people == PAIR else "Fewer than half of you have an answer to these"
        )
        yield Paragraph((f"{some}. Find out before you decide anything on them:",))
        yield Bullets(tuple(_to_find_out(panel, tally) for tally in panel.unknown[:AGENDA]))
        yield from _more(panel.unknown)


def _to_find_out(panel: Panel, tally: Tally) -> Words:
    could = any(flag.question is tally.question for flag in panel.assessment.unresolved)
    flag = " It could be a red flag." if could else ""
    known = "" if panel.people == PAIR else f" {_how_many_know(tally)}."
    return (Strong(tally.question.text), f"{known}{flag} Who would know: {inside(tally.question.ask)}.")


def _how_many_know(tally: Tally) -> str:
    known, older = len(tally.heard.chosen), tally.heard.aside
    disagree = ", and they disagree" if tally.agreement is Agreement.DIVIDED else ""
    again = f"; {older} answered an older version, and could answer this one" if older else ""
    return f"{known or 'None'} of {tally.heard.people} {'has' if known < PAIR else 'have'} one{disagree}{again}"
