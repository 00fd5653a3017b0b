"""What the result means: for which form of collaboration, and which implications of the trend apply."""

from collections.abc import Iterator, Sequence

from collabcheck.advice import Advice
from collabcheck.assessment import Assessment, NotAssessed, Scored
from collabcheck.conditions import Truth
from collabcheck.implications import Verdict
from collabcheck.position import Kind, Position
from collabcheck.position import gain as gain_overall
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Gauges, Paragraph, Quadrants, Strong, Words
from collabcheck.report.outline.factors import columns, gauge, scale
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.wording import clause, inside, mark, reach, supporters
from collabcheck.suitability import FormResult

FIELDS = {
    Kind.LEAVE_IT: "Leave it for now",
    Kind.NO_NEED: "No need now",
    Kind.PREPARE: "Prepare first",
    Kind.GO_AHEAD: "Go ahead",
}
"""The names of the four positions on a chart."""


def together(assessment: Assessment, position: Sequence[Position]) -> Iterator[Block]:
    """Yield gain and readiness as one picture, where both are assessed."""
    pack, lines = assessment.pack, assessment.pack.positions
    if lines is not None and position:
        yield Quadrants(
            f"Both together, each {reach(pack)}",
            columns("Of what"),
            across=gauge(pack, headings(pack).yours, assessment.overall.score),
            up=gauge(pack, "What you could gain", gain_overall(assessment), gain=True),
            across_from=pack.band[lines.ready_from].starts,
            up_from=pack.band[lines.gain_from].starts,
            fields=(FIELDS[Kind.LEAVE_IT], FIELDS[Kind.NO_NEED], FIELDS[Kind.PREPARE], FIELDS[Kind.GO_AHEAD]),
            here=_here(assessment, [f"“{FIELDS[one.kind]}”" for one in position]),
        )


def _here(assessment: Assessment, names: Sequence[str]) -> Words:
    """Say in which field the organisation is, or in which it could be; none is put first without both scores."""
    scored = isinstance(assessment.overall.score, Scored) and isinstance(gain_overall(assessment), Scored)
    if not scored and len(names) > 1:
        return (f"Where that places you cannot be said yet: {' or '.join(names)}.",)
    could_be = f", could be {' or '.join(names[1:])}" if names[1:] else ""
    return ("Where that places you: ", Strong(names[0]), f"{could_be}.")


def forms(assessment: Assessment, advice: Advice) -> Iterator[Block]:
    """Yield how ready the organisation is for each form, and what stands in the way."""
    if advice.forms:
        first = "Those you are considering come first. " if advice.considered else ""
        yield Paragraph((f"{first}Each leans on some factors more than on others, so the figures differ.",))
        rows = [gauge(assessment.pack, result.form.title, result.score) for result in advice.forms]
        caption = f"{headings(assessment.pack).result} for each form, {reach(assessment.pack)}"
        yield Gauges(caption, columns("Form"), scale(assessment.pack), tuple(rows))
        yield Entries(tuple(_form(assessment, result) for result in advice.forms))


def _form(assessment: Assessment, result: FormResult) -> Entry:
    pack, people, number = assessment.pack, assessment.people, supporters(assessment, result.form)
    considers = f"{number} of {people} {'considers' if number == 1 else 'consider'} it."
    lines: list[Words] = [(result.form.meaning,)]
    lines += [("You are considering it." if people == 1 else considers,)] if number else []
    for obstacle in result.in_the_way:
        stands = "In the way" if obstacle.certain else "Could be in the way"
        needs = f"{stands}: {inside(obstacle.factor.title)}, which should be "
        lines.append((needs, mark(pack, obstacle.needs), f" at least. {obstacle.because}"))
    lines += [(f"A red flag stands over it: {clause(flag.flag.reason)}.",) for flag in result.flags]
    if not (result.in_the_way or result.flags) and not isinstance(result.score, NotAssessed):
        lines.append(("No factor that it needs is too low.",))
    return Entry((Strong(result.form.title),), tuple(lines))


def implications(advice: Advice) -> Iterator[Block]:
    """Yield what the trend may mean for this organisation, what cannot be told yet, and what does not apply."""
    by = {truth: [verdict for verdict in advice.implications if verdict.applies is truth] for truth in Truth}
    if by[Truth.YES]:
        yield Paragraph(("This applies to you:",))
        yield Entries(tuple(Entry((Strong(v.implication.text),), ((v.implication.why,),)) for v in by[Truth.YES]))
    if by[Truth.UNKNOWN]:
        yield Paragraph(("Nobody can tell yet whether this does:",))
        yield Entries(tuple(_unknown(verdict) for verdict in by[Truth.UNKNOWN]))
    if by[Truth.NO]:
        yield Paragraph(("By your answers, these touch you less:",))
        yield Bullets(tuple((verdict.implication.text,) for verdict in by[Truth.NO]))


def _unknown(verdict: Verdict) -> Entry:
    lines = tuple((f"It depends on: {question.text}",) for question in verdict.would_tell)
    return Entry((Strong(verdict.implication.text),), lines)
