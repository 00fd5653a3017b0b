"""The plan in words: its cells, its page in Markdown, and how many steps are in which state."""

from collections.abc import Iterator, Mapping
from re import fullmatch

from collabcheck.advice import Advice, NextStep, Reason
from collabcheck.assessment import Assessment
from collabcheck.pack import Pack
from collabcheck.plan import Column, Plan, Row, folded
from collabcheck.renewal import Line, Renewed, State, id_of
from collabcheck.report.blocks import Block, Bullets, Link, Paragraph, Report, Section, Table, Words
from collabcheck.report.outline.wording import EFFORT, count, doing, inside, named, towards, worth
from collabcheck.written import ADDRESS_PATTERN

_RENEWED = (Column.ORDER, Column.GAIN, Column.NOW)
"""Written anew each time. What stands under the other columns is kept, as people may have changed it."""

_THEIRS = (Column.OWNER, Column.DATE, Column.STATUS)

_DONE = {"done", "completed", "complete", "finished"}
"""What people write under Status when a step is behind them."""

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
    step = line.step
    if step is None:  # what it was worth stays as it was
        return {Column.ORDER: "", Column.NOW: line.state.value}
    return {
        Column.NOW: line.state.value,
        Column.ID: id_of(step),
        Column.ORDER: str(line.order),
        Column.STEP: _do(assessment.pack, step),
        Column.FACTOR: "; ".join(assessment.pack.factor[link.factor].title for link in step.question.informs),
        Column.GAIN: _gain(assessment.pack, step, towards(advice.considered)),
        Column.EFFORT: EFFORT[step.effort],
        Column.GUIDANCE: "\n".join(_guidance(step)),
    }


def _gain(pack: Pack, step: NextStep, goal: str) -> str:
    match step.reason:
        case Reason.FLAG:
            return "a red flag calls for it"
        case Reason.OPEN_FLAG:
            return "may be a red flag"
        case Reason.FIND_OUT:
            return "narrows a range"
        case Reason.ROOM:
            return worth(pack, step, goal)


def _guidance(step: NextStep) -> Iterator[str]:
    """Yield one line for each piece of guidance; for what is to be found out, who would know."""
    if step.finds_out:
        yield f"Who would know: {inside(step.question.ask)}"
    for resource in step.resources:
        yield "".join(
            f"{span.text} ({span.address})" if isinstance(span, Link) else str(span) for span in named(resource)
        )


# In a report.


def kept(pack: Pack, renewed: Renewed, step: NextStep) -> Iterator[Words]:
    """Yield what people wrote in the plan about a step: in other words, who, until when, how far."""
    for line in renewed.lines:
        if line.step is step:
            words = renewed.before.cell(line.row, Column.STEP)
            cells = [("step", words)] if words and words not in {_do(pack, step), step.do} else []
            cells += [(column.value.lower(), renewed.before.cell(line.row, column)) for column in _THEIRS]
            said = "; ".join(f"{name}: {cell}" for name, cell in cells if cell.strip())
            if said:
                yield (f"In your plan – {said}",)


def _do(pack: Pack, step: NextStep) -> str:
    return f"Find out: {step.do}" if step.finds_out else doing(pack, step.question, step.do)


def progress(renewed: Renewed | None) -> Iterator[Block]:
    """Yield what has become of a plan since it was made."""
    if renewed and renewed.before.columns:
        yield Paragraph((f"By your answers now: {tally(renewed)}.",))
        done = [_in_the_plan(renewed, line) for line in renewed.lines if line.state is State.DONE]
        if done:
            yield Paragraph(("Done, by your answers:",))
            yield Bullets(tuple((step,) for step in done))
        differ = [_in_the_plan(renewed, line) for line in renewed.lines if line.step and _said_done(renewed, line)]
        if differ:
            yield Paragraph(("Done, as the plan says, and yet your answers still call for it. Answer these again:",))
            yield Bullets(tuple((step,) for step in differ))


def _in_the_plan(renewed: Renewed, line: Line) -> str:
    return renewed.before.cell(line.row, Column.STEP)


def _said_done(renewed: Renewed, line: Line) -> bool:
    return folded(renewed.before.cell(line.row, Column.STATUS)) in _DONE


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
        found = fullmatch(rf"(\S.*) \(({ADDRESS_PATTERN[1:-1]})\)", line)
        spans += ["\n"] * bool(i) + [Link(found[1], found[2]) if found and "&" not in found[2] else line]
    return tuple(spans)
