"""What to do first, in words: what each step gives, what it takes, and which guidance helps with it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from collabcheck.advice import FIRST_STEPS, Advice, NextStep, Reason
from collabcheck.pack import Pack
from collabcheck.renewal import Renewed
from collabcheck.report.blocks import Block, Entries, Entry, Paragraph, Strong, Words
from collabcheck.report.outline.plan import kept
from collabcheck.report.outline.wording import EFFORT, doing, inside, named, towards, worth


def first_steps(pack: Pack, advice: Advice, plan: Renewed | None) -> Iterator[Block]:
    """Yield the first steps, and where the rest are."""
    if not advice.steps:
        yield Paragraph(("Your answers call for none. Look again when something changes.",))
        return
    yield Paragraph(("Red flags come first, then what to find out, then what gains most for the effort.",))
    all_ = tuple(steps(pack, advice, plan))
    yield Entries(all_[:FIRST_STEPS], numbered=True)
    if plan:
        yield Paragraph(("Every step is in your plan.",))
    elif len(all_) > FIRST_STEPS:
        yield Paragraph(("There are more. Whoever makes this report can keep all of them in a plan, with “--plan”.",))


def steps(pack: Pack, advice: Advice, plan: Renewed | None) -> Iterator[Entry]:
    """Yield the steps; those that settle possible flags as one, and those that only find something out as one."""
    goal = towards(advice.considered)
    for reason, group in groupby(advice.steps, key=lambda step: step.reason):
        alike = list(group)
        match reason:
            case Reason.OPEN_FLAG:
                yield _find_out("Settle the possible red flags", "Why: each could hold the result down.", alike)
            case Reason.FIND_OUT:
                yield _find_out("Find out what else is not known", "Why: the result is less certain without it.", alike)
            case _:
                yield from (_step(pack, step, goal, plan) for step in alike)


def _find_out(what: str, why: str, steps: Sequence[NextStep]) -> Entry:
    """Return what is to be found out as one step, each question with who would know."""
    who = [f"Who would know: {inside(step.question.ask)}." for step in steps]
    if len(steps) == 1:
        return Entry((Strong(f"Find out: {steps[0].question.text}"),), ((who[0],), (why,)))
    asked = tuple((f"{step.question.text} {knows}",) for step, knows in zip(steps, who, strict=True))
    return Entry((Strong(f"{what}, {len(steps)} questions in all."),), (*asked, (why,)))


def _step(pack: Pack, step: NextStep, goal: str, plan: Renewed | None) -> Entry:
    why = f"Worth {worth(pack, step, goal)}."
    if step.reason is Reason.FLAG:
        why = "A red flag calls for it."
    lines: list[Words] = [(f"{why} Effort: {EFFORT[step.effort]}.",)]
    lines += [] if step.do in pack.repeated_steps else [(f"From the question: {step.question.text}",)]
    lines += [(f"Guidance from {resource.publisher}: ", *named(resource)) for resource in step.resources]
    return Entry((Strong(doing(pack, step.question, step.do)),), (*lines, *(kept(pack, plan, step) if plan else ())))
