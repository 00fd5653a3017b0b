"""What became of the red flags and the steps of then, and what is to do next."""

from collections.abc import Iterator

from collabcheck.advice import FIRST_STEPS, NextStep
from collabcheck.assessment import OpenFlag, RaisedFlag
from collabcheck.comparison.progress import Progress
from collabcheck.plan import Column
from collabcheck.renewal import FIND_OUT, Line, State, id_in
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Strong
from collabcheck.report.outline.plan import kept, tally
from collabcheck.report.outline.replies import raised_with, said
from collabcheck.report.outline.wording import EFFORT, called, clause, doing, inside, sentence

# Red flags.


def standing_flags(progress: Progress) -> Iterator[Block]:
    """Yield the flags that stand, and those that could be raised."""
    flags = progress.flags
    if flags.stayed:
        yield Paragraph(("Raised then, and still raised:",))
        yield Entries(tuple(raised(progress, flag) for flag in flags.stayed))
    if flags.came:
        yield Paragraph((f"New: {'; '.join(clause(flag.flag.reason) for flag in flags.came)}.",))
    if flags.in_doubt:
        known = "not known to all of you now" if progress.now.people > 1 else "not known now"
        yield Paragraph((f"Raised then, and {known}. Find out if each still stands:",))
        yield Entries(tuple(_in_doubt(progress, flag) for flag in flags.in_doubt))
    if flags.still_open or flags.opened:
        yield Paragraph(("Not known, and each could be a red flag:",))
        yield Entries(
            (
                *(_open(flag, "Not known then, nor now.") for flag in flags.still_open),
                *(_open(flag, "Not known now.") for flag in flags.opened),
            )
        )


def _in_doubt(progress: Progress, flag: RaisedFlag) -> Entry:
    told = gone(progress, flag)
    return Entry(told.term, (*told.lines, (f"Who would know: {inside(flag.question.ask)}.",)))


def _open(flag: OpenFlag, since: str) -> Entry:
    reasons = ((f"It would be one if {clause(one.reason)}.",) for one in flag.flags)
    return Entry(
        (Strong(flag.question.text),), ((since,), *reasons, (f"Who would know: {inside(flag.question.ask)}.",))
    )


def gone(progress: Progress, flag: RaisedFlag) -> Entry:
    """Return a flag that was raised then, with what is answered now."""
    asked = any(question is flag.question for question in progress.now.asked)
    since = "By your other answers, it is not asked now."
    since = f"You now answer: {said(progress.now, flag.question)}" if asked else since
    people = progress.then.people
    who = "you" if people == 1 else f"{flag.by} of {people}"
    then = f"Then {who} answered: {raised_with(progress.then, flag)}"
    return Entry((Strong(sentence(flag.flag.reason)),), ((f"You were asked: {flag.question.text}",), (then,), (since,)))


def raised(progress: Progress, flag: RaisedFlag) -> Entry:
    """Return a flag that is raised now."""
    was_open = any(open_.question is flag.question for open_ in progress.then.unresolved)
    people = progress.now.people
    who = "You now answer" if people == 1 else f"{flag.by} of {people} now {'answers' if flag.by == 1 else 'answer'}"
    lines = (
        f"You were asked: {flag.question.text}",
        "It was not known then." if was_open else "",
        f"{who}: {raised_with(progress.now, flag)}",
    )
    return Entry((Strong(sentence(flag.flag.reason)),), tuple((line,) for line in lines if line))


# Steps.


def steps(progress: Progress) -> Iterator[Block]:
    """Yield what became of the steps."""
    renewed = progress.steps
    yield Paragraph((f"By your answers now: {tally(renewed)}.",))
    for state, title in _ENDED.items():
        steps = [_step_text(progress, line) for line in renewed.lines if line.state is state]
        if steps:
            yield Paragraph((title,))
            yield Bullets(tuple((step,) for step in steps))
    if apart := not_compared(progress):
        yield Paragraph(("Left out, because these questions were not the same then and now:",))
        yield Bullets(tuple((called(progress.now.pack, question),) for question in apart))


def not_compared(progress: Progress) -> list[str]:
    """Return the questions of whose steps nobody can say what became."""
    lines = (line for line in progress.steps.lines if line.state is State.NOT_COMPARED)
    return list(dict.fromkeys(id_in(progress.steps.before, line).partition("/")[0] for line in lines))


_ENDED = {
    State.DONE: "Done:",
    State.NOT_KNOWN: "Not known any more, because the answer that each follows from is not known now:",
    State.NOT_NEEDED: "Not needed any more:",
    State.LATER: "For later, as another step to the same question comes first:",
}


def _step_text(progress: Progress, line: Line) -> str:
    """Return a step as the plan has it; without words there, as the pack does; of a question it lost, the id."""
    plan = progress.steps.before
    if words := plan.cell(line.row, Column.STEP).strip():
        return words
    name = plan.cell(line.row, Column.ID).strip()
    asked, _, level = name.casefold().partition("/")
    question = progress.now.pack.question.get(asked)
    if question is None:
        return name
    if level == FIND_OUT:
        return f"Find out: {question.text}"
    choice = question.choice.get(level)
    return doing(progress.now.pack, question, choice.step.do) if choice and choice.step else question.text


def next_steps(progress: Progress) -> Iterator[Block]:
    """Yield what to do first now."""
    steps = progress.advice.steps[:FIRST_STEPS]
    if not steps:
        yield Paragraph(("Your answers call for no step. Look again when something changes.",))
        return
    yield Entries(tuple(_next_step(progress, step) for step in steps), numbered=True)
    if len(progress.advice.steps) > len(steps):
        apart = sum(line.step is not None and line.state is State.NOT_COMPARED for line in progress.steps.lines)
        which = f", {apart} of them to questions that were not the same then and now" if apart else ""
        yield Paragraph(
            (f"There are {len(progress.advice.steps)} steps in all{which}; the report on the new sheet explains them.",)
        )


def _next_step(progress: Progress, step: NextStep) -> Entry:
    pack = progress.now.pack
    do = f"Find out: {step.do}" if step.finds_out else doing(pack, step.question, step.do)
    about = [f"From the question: {step.question.text}"] if do == step.do else []
    about = [f"Who would know: {inside(step.question.ask)}."] if step.finds_out else about
    again = any(line.step is step and line.state is State.TO_DO for line in progress.steps.lines)
    effort = f"Effort: {EFFORT[step.effort]}.{' It was to do then, too.' if again else ''}"
    return Entry((Strong(do),), (*((words,) for words in about), (effort,), *kept(pack, progress.steps, step)))
