"""The plan in words: its cells, its page in Markdown, and how many steps are in which state."""

from collections.abc import Iterator, Mapping
from re import fullmatch

from collabcheck.advice import Advice, NextStep, Reason
from collabcheck.pack import Pack
from collabcheck.plan import Column, Plan, Row
from collabcheck.renewal import Line, Renewed, State, id_of
from collabcheck.report.blocks import Block, Bullets, Link, Paragraph, Report, Section, Table, Words
from collabcheck.report.outline.wording import EFFORT, count, inside, named, points, towards
from collabcheck.scoring import Assessment

_RENEWED = (Column.ORDER, Column.GAIN, Column.NOW)
"""Written anew each time. What stands under the other columns is kept, as people may have changed it."""

_THEIRS = (Column.OWNER, Column.DATE, Column.STATUS)

_SAID = {
    State.DONE: "done",
    State.LATER: "for later",
    State.NOT_KNOWN: "not known any more",
    State.NOT_NEEDED: "no longer needed",
}


def tally(renewed: Renewed) -> str:
    """Say how many steps are in which state, such as “18 steps to do (3 new), 2 done, 1 no longer needed”."""
    new = renewed.count(State.NEW)
    to_do = f"{count(new + renewed.count(State.TO_DO), 'step', 'steps')} to do{f' ({new} new)' if new else ''}"
    return ", ".join(
        [to_do, *(f"{number} {said}" for state, said in _SAID.items() if (number := renewed.count(state)))]
    )


def plan_of(renewed: Renewed, assessment: Assessment, advice: Advice) -> Plan:
    """Return the plan to write: all that people typed as it was, and beside it what the new answers say."""
    before = renewed.before
    columns = (*before.columns, *(column.value for column in Column if not before.has(column)))
    return Plan(columns, tuple(_row(line, columns, before, assessment, advice) for line in renewed.lines))


def _row(line: Line, columns: tuple[str, ...], before: Plan, assessment: Assessment, advice: Advice) -> Row:
    cells = {header: line.row.get(header, "") for header in columns}
    for column, words in _words(line, assessment, advice).items():
        header = before.header(column)
        if column in _RENEWED or header not in line.row:
            cells[header] = words
    return cells


def _words(line: Line, assessment: Assessment, advice: Advice) -> Mapping[Column, str]:
    """Return what we have to say in a row; nothing in one of people's own."""
    if line.state is None:
        return {}
    ours = {Column.ORDER: "", Column.GAIN: "", Column.NOW: line.state.value}
    step = line.step
    if step is None:
        return ours
    return {
        **ours,
        Column.ID: id_of(step),
        Column.ORDER: str(line.order),
        Column.STEP: f"Find out: {step.do}" if _finds_out(step) else step.do,
        Column.FACTOR: "; ".join(assessment.pack.factor[link.factor].title for link in step.question.informs),
        Column.GAIN: _gain(step, towards(advice.considered)),
        Column.EFFORT: EFFORT[step.effort],
        Column.GUIDANCE: "\n".join(_guidance(step)),
    }


def _finds_out(step: NextStep) -> bool:
    return step.reason in (Reason.OPEN_FLAG, Reason.FIND_OUT)


def _gain(step: NextStep, goal: str) -> str:
    match step.reason:
        case Reason.FLAG:
            return "settles a red flag"
        case Reason.OPEN_FLAG:
            return "may be a red flag"
        case Reason.FIND_OUT:
            return "narrows a range"
        case Reason.ROOM:
            return f"up to {points(step.room)} {goal}"


def _guidance(step: NextStep) -> Iterator[str]:
    """Yield one line for each piece of guidance; for what is to be found out, who would know."""
    if _finds_out(step):
        yield f"Who would know: {inside(step.question.ask)}"
    for resource in step.resources:
        yield "".join(
            f"{span.text} ({span.address})" if isinstance(span, Link) else str(span) for span in named(resource)
        )


# In a report.


def kept(renewed: Renewed | None, step: NextStep) -> Iterator[Words]:
    """Yield what people wrote in the plan about a step: who, until when, how far."""
    for line in renewed.lines if renewed else ():
        if line.step is step and renewed:
            cells = ((column, renewed.before.cell(line.row, column)) for column in _THEIRS)
            said = "; ".join(f"{column.value.lower()}: {cell}" for column, cell in cells if cell.strip())
            yield from [(f"In your plan – {said}",)] if said else []


def progress(renewed: Renewed | None) -> Iterator[Block]:
    """Yield what has become of a plan since it was made."""
    if renewed and renewed.before.columns:
        yield Paragraph((f"By your answers now: {tally(renewed)}.",))
        done = [renewed.before.cell(line.row, Column.STEP) for line in renewed.lines if line.state is State.DONE]
        if done:
            yield Paragraph(("Done, by your answers:",))
            yield Bullets(tuple((step,) for step in done))


# As a page.


def page(plan: Plan, pack: Pack, organisation: str) -> Report:
    """Return a plan as a page with one table, in which addresses of guidance can be followed."""
    guidance = plan.header(Column.GUIDANCE)
    rows = tuple(
        tuple(_linked(row[header]) if header == guidance else (row[header],) for header in plan.columns)
        for row in plan.rows
    )
    table = Table("Owner, Date and Status are for you to fill in; add rows and columns of your own", plan.columns, rows)
    about = "The steps that follow from your answers. “Order” says what comes first, “Now” what new answers made of it."
    return Report(f"Plan: {organisation}", about, pack.language, (Section("Steps", (table,)),))


def _linked(words: str) -> Words:
    """Return words in which lines such as “title (address)” are links."""
    spans: list[str | Link] = []
    for i, line in enumerate(words.split("\n")):
        found = fullmatch(r"(\S.*) \((https?://[^\s<>\"\\^`{|}&]+)\)", line)
        spans += ["\n"] * bool(i) + [Link(found[1], found[2]) if found else line]
    return tuple(spans)
