"""The report on one sheet: how ready we are, why it says so, and what to do first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from collabcheck.advice import Advice, FindOut, Weight
from collabcheck.answers import Chose, DontKnow, Unproved
from collabcheck.assessment import Assessment, Scored
from collabcheck.pack import Pack
from collabcheck.renewal import Renewed
from collabcheck.report.blocks import Block, Entries, Entry, Paragraph, Report, Section, Strong, Words
from collabcheck.report.outline.ahead import lifting, targets
from collabcheck.report.outline.appendix import answers, honesty, method
from collabcheck.report.outline.arithmetic import arithmetic
from collabcheck.report.outline.factors import flags, gain, readiness
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.meaning import forms, implications, together
from collabcheck.report.outline.plan import progress
from collabcheck.report.outline.replies import no_answer, reply_text, said, withheld
from collabcheck.report.outline.short import in_short
from collabcheck.report.outline.steps import first_steps
from collabcheck.report.outline.wording import (
    about_resource,
    clause,
    day,
    inside,
    listing,
    mark,
    points,
    responses,
    sentence,
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
    invited: int = 0,
    explain: bool = False,
    plan: Renewed | None = None,
    among: Among = ALONE,
) -> Report:
    """Return the report on one sheet; with `explain`, its arithmetic too; with a plan, what has become of that."""
    sections = (
        Section("In short", tuple(in_short(assessment, advice, among.short))),
        *body(assessment, advice, plan, among),
        Section("All your answers", sections=tuple(answers(assessment)), new_page=True),
        *ending(assessment, advice, explain=explain),
    )
    return Report(
        title=title(assessment),
        subtitle=_subtitle(assessment, invited),
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
        Section(headings(assessment.pack).yours, tuple(readiness(assessment))),
        Section("What you could gain", (*gain(assessment), *together(assessment, advice.position))),
        Section("Among others", among.full),
        Section("Which way of working together", tuple(forms(assessment, advice))),
        Section("Red flags", tuple(flags(assessment))),
        Section("First steps", tuple(first_steps(assessment.pack, advice, plan))),
        Section("Your plan", tuple(progress(plan))),
        Section("Your targets", tuple(targets(assessment, advice.targets))),
        Section("What to find out, and from whom", tuple(_finding_out(advice.find_out, assessment.people))),
        Section("What holds you back most", tuple(_weaknesses(assessment, advice))),
        Section("What it may mean for you", tuple(implications(advice))),
        Section("Guidance that helps", sections=tuple(_guidance(assessment.pack, advice))),
    )


def ending(assessment: Assessment, advice: Advice, *, explain: bool) -> tuple[Section, ...]:
    """Return how it was scored, and how far to trust it."""
    return (
        Section("How this was scored", tuple(method(assessment, advice))),
        Section("The arithmetic", sections=tuple(arithmetic(assessment)) if explain else ()),
        Section("Read this with care", (honesty(assessment.pack),)),
    )


def _subtitle(assessment: Assessment, invited: int) -> str:
    role = assessment.pack.that_means("role")
    reply = assessment.sheet.replies.get(role.id) if role else None
    who = [assessment.sheet.name] if assessment.sheet.name else []
    if role and isinstance(reply, Chose):
        who.append(clause(reply_text(role, reply)))
    answered = f" Answered by: {', '.join(who)}." if who else ""
    if role and withheld(assessment, role):
        answered = f"{answered} The role of whoever answered is left out."
    asked = f" {responses(1, invited)}" if invited else ""
    return f"{day(assessment.sheet.date)}.{answered}{asked} Your own answers, which nobody has checked."


# What weighs, what to find out, what to do.


def _strengths(assessment: Assessment, advice: Advice) -> Iterator[Block]:
    """Yield the factors in the highest band, and the answers that give most."""
    pack, figures, top = assessment.pack, isinstance(assessment.overall.score, Scored), assessment.pack.bands[-1]
    ready = [r for r in assessment.risk if isinstance(r.score, Scored) and r.score.bands.low == top]
    if ready:
        names = listing([inside(result.factor.title) for result in sorted(ready, key=strength, reverse=True)])
        yield Paragraph((mark(assessment.pack, top), f": {names}."))
    if advice.carrying:
        yield Paragraph(("These are your best answers:",))
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


def _finding_out(items: Sequence[FindOut], people: int) -> Iterator[Block]:
    """Group what is not known by who would know it."""
    if items:
        yield Paragraph(("Each answer you find narrows a range above. Who would know, and what to ask:",))
        yield Entries(
            tuple(
                Entry((Strong(who),), tuple(_to_find_out(item, people) for item in items if item.question.ask == who))
                for who in dict.fromkeys(item.question.ask for item in items)
            )
        )


def _to_find_out(item: FindOut, people: int) -> Words:
    if people > 1:
        return (f"{item.question.text} ({sentence(', '.join(no_answer(item.heard)))})",)
    match item.heard.replies:
        case (Unproved() as reply,):
            return (f"{item.question.text} Your answer: {reply_text(item.question, reply)}",)
        case (DontKnow(note=note),):
            return (f"{item.question.text} (Your note: {note})" if note else item.question.text,)
        case _ if item.heard.aside:
            return (f"{item.question.text} (You answered an older version, which does not count: answer this one.)",)
        case _:
            return (f"{item.question.text} (Not answered yet.)",)


# Guidance.


def _guidance(pack: Pack, advice: Advice) -> Iterator[Section]:
    shown: set[str] = set()
    for part in advice.guidance[:GUIDANCE]:
        fresh = [resource for resource in part.resources if resource.id not in shown][:GUIDANCE]
        shown |= {resource.id for resource in fresh}
        if fresh:
            yield Section(part.factor.title, (Entries(tuple(about_resource(resource) for resource in fresh)),))
    if shown:
        place = listing([clause(nation.text) for nation in advice.nations])
        unsaid = "You did not say where you work, so it is for every nation. " if pack.that_means("nation") else ""
        covers = f"It is for {place}. " if place else unsaid
        rest = "The weakest factors come first. Whoever makes this report can list the rest: “collabcheck resources”."
        moved = "Publishers move their pages: where a link fails, search for the title."
        yield Section("About this guidance", (Paragraph((f"{covers}{rest} {moved}",)),))
