"""The report on one sheet: how ready we are, why it says so, and what to do first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from collabcheck.advice import FIRST_STEPS, Advice, FindOut, NextStep, Reason, Weight
from collabcheck.answers import Chose, DontKnow, NotApplicable, Presumed, Unproved
from collabcheck.assessment import Assessment, FactorResult, NotAssessed, RangeOnly, Scored
from collabcheck.pack import Pack
from collabcheck.position import gain as gain_overall
from collabcheck.renewal import Renewed
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Mark, Paragraph, Report, Section, Strong, Words
from collabcheck.report.outline.ahead import lifting, targets
from collabcheck.report.outline.appendix import HONESTY, answers, method
from collabcheck.report.outline.arithmetic import arithmetic
from collabcheck.report.outline.factors import flags, gain, readiness, says
from collabcheck.report.outline.meaning import forms, implications, together
from collabcheck.report.outline.plan import kept, progress
from collabcheck.report.outline.wording import (
    EFFORT,
    about_resource,
    by,
    clause,
    considering,
    count,
    day,
    figure,
    inside,
    listing,
    mark,
    named,
    out_of,
    points,
    reply_text,
    said,
    span,
    towards,
    withheld,
    worth,
)
from collabcheck.scoring import strength

WEIGHTIEST = 3
"""How many of the answers that carry most, and that hold back most, are shown."""
GUIDANCE = 3
"""For how many factors guidance is shown, and how much for each; the command `resources` lists all."""


@dataclass(frozen=True, slots=True)
class Among:
    """Where the organisation stands among others, as `outline.standing` says it."""

    short: tuple[Block, ...]
    full: tuple[Block, ...]


ALONE = Among((), ())
"""Set beside no others."""


def report_on(
    assessment: Assessment,
    advice: Advice,
    *,
    explain: bool = False,
    plan: Renewed | None = None,
    among: Among = ALONE,
) -> Report:
    """Return the report on one sheet; with `explain`, its arithmetic too; with a plan, what has become of that."""
    sections = (
        Section("In short", tuple(headline(assessment, advice, among))),
        *body(assessment, advice, plan, among),
        Section("All your answers", sections=tuple(answers(assessment)), new_page=True),
        *ending(assessment, advice, explain=explain),
    )
    return Report(
        title=title(assessment),
        subtitle=_subtitle(assessment),
        language=assessment.pack.language,
        sections=filled(sections),
    )


def title(assessment: Assessment) -> str:
    """Return what a report is called."""
    return f"{assessment.pack.title}: {assessment.sheet.organisation}"


def filled(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return the sections that say something."""
    return tuple(section for section in sections if section.blocks or section.sections)


def body(assessment: Assessment, advice: Advice, plan: Renewed | None, among: Among) -> tuple[Section, ...]:
    """Return what every report on an organisation says after its beginning, whether one or many answered."""
    return (
        Section("What you can build on", tuple(_strengths(assessment, advice))),
        Section("How ready you are", tuple(readiness(assessment))),
        Section("What you could gain", (*gain(assessment), *together(assessment, advice.position))),
        Section("Among others", among.full),
        Section("Which way of working together", tuple(forms(assessment, advice))),
        Section("Red flags", tuple(flags(assessment))),
        Section("First steps", tuple(_first_steps(assessment.pack, advice, plan))),
        Section("Your plan", tuple(progress(plan))),
        Section("Your targets", tuple(targets(assessment, advice.targets))),
        Section("What to find out, and from whom", tuple(_finding_out(advice))),
        Section("What holds you back most", tuple(_weaknesses(assessment, advice))),
        Section("What it may mean for you", tuple(implications(advice))),
        Section("Guidance that helps", sections=tuple(_guidance(advice))),
    )


def ending(assessment: Assessment, advice: Advice, *, explain: bool) -> tuple[Section, ...]:
    """Return how it was scored, and how far to trust it."""
    return (
        Section("How this was scored", tuple(method(assessment, advice))),
        Section("The arithmetic", sections=tuple(arithmetic(assessment)) if explain else ()),
        Section("Read this with care", (HONESTY,)),
    )


def _subtitle(assessment: Assessment) -> str:
    role = assessment.pack.that_means("role")
    reply = assessment.sheet.replies.get(role.id) if role else None
    who = [assessment.sheet.name] if assessment.sheet.name else []
    if role and isinstance(reply, Chose):
        who.append(reply_text(role, reply))
    answered = f" Answered by: {', '.join(who)}." if who else ""
    if role and withheld(assessment, role):
        answered = f"{answered} The role of whoever answered is left out."
    return f"{day(assessment.sheet.date)}.{answered} Your own answers, which nobody has checked."


# In short.


def headline(assessment: Assessment, advice: Advice, among: Among) -> Iterator[Block]:
    """Yield the result in short: strengths, the weakest factor, what it means, flags, and what to do first."""
    result, meaning = _overall(assessment)
    yield Paragraph(result, lead=True)
    yield from [Paragraph((meaning,))] if meaning else []
    yield from _ends(assessment)
    yield from _placed(assessment, advice)
    yield from _flagged(assessment)
    yield from among.short
    if advice.considered:
        yield Paragraph((f"You say you are considering: {listing(considering(assessment, advice.considered))}.",))
    if assessment.people == 1:
        yield Paragraph((_completeness(assessment),))
    if advice.steps:
        yield Paragraph(("Do these first; “First steps” below says how and why:",))
        first = tuple(_steps(assessment.pack, advice, None))[:FIRST_STEPS]
        yield Entries(tuple(Entry(entry.term) for entry in first), numbered=True)


def summary(assessment: Assessment) -> str:
    """Return the overall result in a line."""
    result, meaning = _overall(assessment)
    said = "".join(
        span if isinstance(span, str) else span.label if isinstance(span, Mark) else span.text for span in result
    )
    return f"{said} {meaning}".strip()


def _overall(assessment: Assessment) -> tuple[Words, str]:
    """Say the overall band with its figure; then what could move it, and what the band means."""
    pack, score = assessment.pack, assessment.overall.score
    name = f"How ready {assessment.sheet.organisation} is to work with others: "
    match score:
        case NotAssessed():
            return (f"{name}not assessed, because none of the questions about it applies.",), ""
        case RangeOnly():
            return (name, *_could_be(pack, score)), ""
        case Scored(score=value, band=band):
            moved = f"The answers that are not known could move it to anything from {span(pack, score)}. "
            known = score.range.low == score.range.high
            words = (name, mark(pack, band), f", {figure(pack, value)} {out_of(pack)}.")
            return words, f"{'' if known else moved}{band.meaning}"


def _could_be(pack: Pack, score: RangeOnly) -> Words:
    """Say from which band to which the unknown answers could make it; with figures, if these leave anything out."""
    low, high = (mark(pack, band) for band in (score.bands.low, score.bands.high))
    ends = span(pack, score)
    everything = f"{figure(pack, Fraction(0))} to {figure(pack, Fraction(100))}"
    figures = "" if ends == everything else f" ({ends} {out_of(pack)})"
    if low == high:
        return (low, f"{figures}. Too little is known for one figure.")
    return ("too little is known. It could be anything from ", low, " to ", high, f"{figures}.")


def _placed(assessment: Assessment, advice: Advice) -> Iterator[Block]:
    """Say what gain and readiness mean together, or what they could."""
    scored = isinstance(assessment.overall.score, Scored) and isinstance(gain_overall(assessment), Scored)
    here, could_be = advice.position[:1], advice.position[1:]
    if here and could_be and not scored:
        yield Paragraph(("Too much is unknown to say which of these is true of you:",))
        yield Bullets(tuple((position.says,) for position in advice.position))
        return
    for position in here:
        yield Paragraph((position.says,))
    if could_be:
        yield Paragraph(("The answers that are not known could change that to this:",))
        yield Bullets(tuple((position.says,) for position in could_be))


def _flagged(assessment: Assessment) -> Iterator[Block]:
    """Name the flags that are raised, and say how many could be."""
    if assessment.raised:
        lowest = min((flag.cap for flag in assessment.raised), key=lambda band: band.starts)
        raised = count(len(assessment.raised), "red flag", "red flags")
        reasons = "; ".join(f"{clause(flag.flag.reason)}{by(flag, assessment)}" for flag in assessment.raised)
        until = "Until that is settled" if len(assessment.raised) == 1 else "Until all are settled"
        yield Paragraph(
            (
                f"Your answers raise {raised}: {reasons}. {until}, the overall result cannot rise above ",
                mark(assessment.pack, lowest),
                ".",
            )
        )
    if assessment.unresolved:
        could = count(len(assessment.unresolved), "question", "questions")
        are = "is" if len(assessment.unresolved) == 1 else "are"
        yield Paragraph((f"{could} that could raise a red flag {are} not settled yet.",))


def _ends(assessment: Assessment) -> Iterator[Block]:
    """Name the strongest factor, if it is not weak too, then the weakest; say of which factors too little is known."""
    weakest = assessment.overall.weakest
    known = [result for result in assessment.risk if isinstance(result.score, Scored)]
    unknown = [inside(result.factor.title) for result in assessment.risk if isinstance(result.score, RangeOnly)]
    best = max(known, key=strength, default=None)
    if best is not None and best is not weakest and _above_the_lowest(assessment, best):
        ready = isinstance(best.score, Scored) and best.score.bands.low == assessment.pack.bands[-1]
        strongest = f"{'Your strength' if ready else 'Your strongest point so far'} is "
        yield Paragraph((strongest, Strong(inside(best.factor.title)), f". {says(best)}"))
    if weakest is not None and known:
        among = "The weakest factor" if not unknown else "Of the factors with a score, the weakest"
        yield Paragraph((f"{among} is ", Strong(inside(weakest.factor.title)), f". {says(weakest)}"))
    if unknown:
        yield Paragraph((f"Too little is known for a score of {listing(unknown)}.",))


def _above_the_lowest(assessment: Assessment, result: FactorResult) -> bool:
    return isinstance(result.score, Scored) and result.score.band != assessment.pack.bands[0]


def _completeness(assessment: Assessment) -> str:
    scored = [question for question in assessment.asked if question.informs]
    replies = [assessment.replies.get(question.id) for question in scored]
    unproved = sum(isinstance(reply, Unproved) for reply in replies)
    kinds = (
        (unproved, "has an answer that is not counted yet", "have an answer that is not counted yet"),
        (sum(isinstance(reply, DontKnow) for reply in replies) - unproved, "is not known", "are not known"),
        (sum(isinstance(reply, NotApplicable | Presumed) for reply in replies), "does not apply", "do not apply"),
        (sum(reply is None for reply in replies), "has no answer yet", "have no answer yet"),
    )
    rest = [count(*kind) for kind in kinds if kind[0]]
    if not rest:
        return f"All {len(scored)} scored questions that you were asked are answered."
    known = sum(isinstance(reply, Chose) and not isinstance(reply, Presumed) for reply in replies)
    answered = count(known, "is answered", "are answered")
    return f"Of the {len(scored)} scored questions that you were asked, {answered}; {listing(rest)}."


# What weighs, what to find out, what to do.


def _strengths(assessment: Assessment, advice: Advice) -> Iterator[Block]:
    """Yield the factors in the highest band, and the answers that give most."""
    pack, figures, top = assessment.pack, isinstance(assessment.overall.score, Scored), assessment.pack.bands[-1]
    ready = [r for r in assessment.risk if isinstance(r.score, Scored) and r.score.bands.low == top]
    if ready:
        names = listing([inside(result.factor.title) for result in sorted(ready, key=strength, reverse=True)])
        yield Paragraph((mark(assessment.pack, top), f": {names}."))
    if advice.carrying:
        yield Paragraph(("These answers carry you most:",))
        yield Entries(
            tuple(
                _weight(
                    assessment,
                    weight,
                    f"It gives {points(pack, weight.contribution)} of the overall result." if figures else "",
                )
                for weight in advice.carrying[:WEIGHTIEST]
            )
        )


def _weaknesses(assessment: Assessment, advice: Advice) -> Iterator[Block]:
    pack, figures = assessment.pack, isinstance(assessment.overall.score, Scored)
    yield from lifting(assessment, advice.lift)
    if advice.holding_back:
        yield Paragraph(("Better answers to these questions would lift the result most:",))
        yield Entries(
            tuple(
                _weight(
                    assessment,
                    weight,
                    f"The best answer would add {points(pack, weight.room)} to the overall result." if figures else "",
                )
                for weight in advice.holding_back[:WEIGHTIEST]
            )
        )


def _weight(assessment: Assessment, weight: Weight, worth: str) -> Entry:
    answer = f"{'You answered' if assessment.people == 1 else 'Your answers'}: {said(assessment, weight.question)}"
    return Entry((Strong(weight.question.text),), tuple((line,) for line in (answer, worth) if line))


def _finding_out(advice: Advice) -> Iterator[Block]:
    """Group what is not known by who would know it."""
    if advice.find_out:
        yield Paragraph(("Each answer you find narrows a range above. Who would know, and what to ask:",))
        people = dict.fromkeys(item.question.ask for item in advice.find_out)
        yield Entries(
            tuple(
                Entry((Strong(who),), tuple(_to_find_out(item) for item in advice.find_out if item.question.ask == who))
                for who in people
            )
        )


def _to_find_out(item: FindOut) -> Words:
    if item.said is None:
        return (f"{item.question.text} (Not answered yet.)",)
    if isinstance(item.said, Unproved):
        return (f"{item.question.text} (Your answer: {reply_text(item.question, item.said)})",)
    return (f"{item.question.text} (Your note: {item.said.note})" if item.said.note else item.question.text,)


def _first_steps(pack: Pack, advice: Advice, plan: Renewed | None) -> Iterator[Block]:
    if not advice.steps:
        yield Paragraph(("Your answers call for none. Look again when something changes.",))
        return
    yield Paragraph(("Red flags come first, then what to find out, then what gains most for the effort.",))
    steps = tuple(_steps(pack, advice, plan))
    yield Entries(steps[:FIRST_STEPS], numbered=True)
    if plan:
        yield Paragraph(("Every step is in your plan.",))
    elif len(steps) > FIRST_STEPS:
        yield Paragraph(("There are more. Whoever makes this report can keep all of them in a plan, with “--plan”.",))


def _steps(pack: Pack, advice: Advice, plan: Renewed | None) -> Iterator[Entry]:
    """Yield the steps; those that settle possible flags as one, and those that only find something out as one."""
    goal = towards(advice.considered)
    for reason, group in groupby(advice.steps, key=lambda step: step.reason):
        steps = list(group)
        match reason:
            case Reason.OPEN_FLAG:
                yield _find_out("Settle the possible red flags", "Why: each could hold the result down.", steps)
            case Reason.FIND_OUT:
                yield _find_out("Find out what else is not known", "Why: the result is less certain without it.", steps)
            case _:
                yield from (_step(pack, step, goal, plan) for step in steps)


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
        why = "It settles a red flag."
    lines: list[Words] = [(f"{why} Effort: {EFFORT[step.effort]}.",), (f"From the question: {step.question.text}",)]
    lines += [(f"Guidance from {resource.publisher}: ", *named(resource)) for resource in step.resources]
    return Entry((Strong(step.do),), (*lines, *(kept(plan, step) if plan else ())))


# Guidance.


def _guidance(advice: Advice) -> Iterator[Section]:
    shown: set[str] = set()
    for part in advice.guidance[:GUIDANCE]:
        fresh = [resource for resource in part.resources if resource.id not in shown][:GUIDANCE]
        shown |= {resource.id for resource in fresh}
        if fresh:
            yield Section(part.factor.title, (Entries(tuple(about_resource(resource) for resource in fresh)),))
    if shown:
        place = listing([nation.text for nation in advice.nations])
        covers = f"It is for {place}." if place else "You did not say where you work, so it is for every nation."
        rest = "The weakest factors come first. Whoever makes this report can list the rest: “collabcheck resources”."
        moved = "Publishers move their pages: where a link fails, search for the title."
        yield Section("About this guidance", (Paragraph((f"{covers} {rest} {moved}",)),))
