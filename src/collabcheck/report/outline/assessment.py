"""The report on one sheet: how ready we are, why it says so, and what to do first."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from collabcheck.advice import FIRST_STEPS, Advice, FindOut, NextStep, Reason, Weight
from collabcheck.answers import Chose, DontKnow, NotApplicable
from collabcheck.pack import Pack
from collabcheck.report.blocks import (
    Block,
    Bullets,
    Entries,
    Entry,
    Gauge,
    Gauges,
    Paragraph,
    Report,
    Section,
    Strong,
    Words,
)
from collabcheck.report.outline.appendix import HONESTY, answers, arithmetic, method
from collabcheck.report.outline.wording import (
    EFFORT,
    about_resource,
    band_words,
    count,
    day,
    figure,
    inside,
    listing,
    mark,
    named,
    points,
    reply_text,
    sentence,
    span,
)
from collabcheck.scoring import Assessment, FactorResult, NotAssessed, RangeOnly, Scored

WEIGHTIEST = 3
"""How many of the answers that carry most, and that hold back most, are shown."""
GUIDANCE = 3
"""For how many factors guidance is shown, and how much for each; the command `resources` lists all."""


def report_on(assessment: Assessment, advice: Advice, *, explain: bool = False) -> Report:
    """Return the report on one sheet; with `explain`, its arithmetic too."""
    sections = (
        Section("In short", tuple(_headline(assessment, advice))),
        Section("How ready you are", tuple(_readiness(assessment))),
        Section("What you could gain", tuple(_gain(assessment))),
        Section("Red flags", tuple(_flags(assessment))),
        Section("The answers that weigh most", tuple(_weighing(assessment, advice))),
        Section("What to find out, and from whom", tuple(_finding_out(advice))),
        Section("First steps", tuple(_first_steps(advice))),
        Section("Guidance that helps", sections=tuple(_guidance(advice))),
        Section("All your answers", sections=tuple(answers(assessment))),
        Section("How this was scored", tuple(method(assessment, advice))),
        Section("The arithmetic", sections=tuple(arithmetic(assessment)) if explain else ()),
        Section("Read this with care", (HONESTY,)),
    )
    return Report(
        title=f"{assessment.pack.title}: {assessment.sheet.organisation}",
        subtitle=_subtitle(assessment),
        language=assessment.pack.language,
        sections=tuple(section for section in sections if section.blocks or section.sections),
    )


def _subtitle(assessment: Assessment) -> str:
    role = assessment.pack.that_means("role")
    reply = assessment.sheet.replies.get(role.id) if role else None
    who = [assessment.sheet.name] if assessment.sheet.name else []
    if role and isinstance(reply, Chose):
        who.append(reply_text(role, reply))
    answered = f", answered by: {', '.join(who)}" if who else ""
    return f"{day(assessment.sheet.date)}{answered}"


# In short.


def _headline(assessment: Assessment, advice: Advice) -> Iterator[Block]:
    yield Paragraph((*_overall(assessment), *_weakest(assessment)), lead=True)
    if assessment.raised:
        lowest = min((flag.cap for flag in assessment.raised), key=lambda band: band.from_)
        raised = count(len(assessment.raised), "red flag is raised", "red flags are raised")
        cap = mark(assessment.pack, lowest)
        yield Paragraph((f"{raised}. Until dealt with, the overall result can be no better than ", cap, "."))
    strongest = _strongest(assessment)
    if strongest is not None:
        yield Paragraph(("Your strongest factor is ", Strong(inside(strongest.factor.title)), f". {_says(strongest)}"))
    if advice.considered:
        forms = listing([inside(form.title) for form in advice.considered])
        yield Paragraph((f"You say you are considering: {forms}.",))
    yield Paragraph((_completeness(assessment),))


def _overall(assessment: Assessment) -> Words:
    pack, name = assessment.pack, assessment.sheet.organisation
    match assessment.overall.score:
        case NotAssessed():
            return ("No question about readiness has an answer yet, so there is no overall result.",)
        case RangeOnly(bands=bands) as score:
            unknown = (
                f"Too much is unknown for one overall figure: it lies somewhere from {span(pack, score)} out of 100."
            )
            return (f"{name} is ", *band_words(pack, bands), f". {unknown} ")
        case Scored(score=value, bands=bands) as score:
            said = f": {figure(pack, value)} out of 100 overall"
            if bands.capped:
                said = f": its answers come to {figure(pack, value)} out of 100 overall, and red flags cap that"
            if span(pack, score):
                said += f". Once the unknown answers are in, it will lie somewhere from {span(pack, score)}"
            return (f"{name} is ", *band_words(pack, bands), f"{said}. ")


def _weakest(assessment: Assessment) -> Words:
    weakest = assessment.overall.weakest
    if weakest is None or isinstance(weakest.score, NotAssessed):
        return ()
    return ("The weakest factor is ", Strong(inside(weakest.factor.title)), f". {_says(weakest)}")


def _strongest(assessment: Assessment) -> FactorResult | None:
    """Return the best risk factor, unless it is in the lowest band or the weakest too."""

    def strength(result: FactorResult) -> tuple[float, Fraction]:
        match result.score:
            case Scored(score=value, bands=bands):
                return bands.low.from_, value
            case _:
                return -1.0, Fraction(0)

    best = max(assessment.risk, key=strength, default=None)
    if best is None or best is assessment.overall.weakest or not isinstance(best.score, Scored):
        return None
    return best if best.score.bands.low != assessment.pack.bands[0] else None


def _says(result: FactorResult) -> str:
    return "" if isinstance(result.score, NotAssessed) else result.factor.in_band[result.score.bands.low.id]


def _completeness(assessment: Assessment) -> str:
    scored = [question for question in assessment.asked if question.informs]
    replies = [assessment.sheet.replies.get(question.id) for question in scored]
    kinds = (
        (sum(isinstance(reply, DontKnow) for reply in replies), "is not known", "are not known"),
        (sum(isinstance(reply, NotApplicable) for reply in replies), "does not apply", "do not apply"),
        (sum(reply is None for reply in replies), "has no answer yet", "have no answer yet"),
    )
    rest = [count(*kind) for kind in kinds if kind[0]]
    if not rest:
        return f"All {len(scored)} scored questions that concern you are answered."
    known = sum(isinstance(reply, Chose) for reply in replies)
    return f"Of the {len(scored)} scored questions you were asked, {known} are answered; {listing(rest)}."


# Factors.


def _readiness(assessment: Assessment) -> Iterator[Block]:
    yield Paragraph((_legend(assessment.pack),))
    yield _gauges(assessment.pack, "Readiness, from 0 to 100", assessment.risk)
    yield Entries(tuple(_factor(assessment.pack, result) for result in assessment.risk))


def _gain(assessment: Assessment) -> Iterator[Block]:
    if assessment.opportunity:
        yield Paragraph(("How much there is to gain by working with others. It is no part of how ready you are.",))
        yield _gauges(assessment.pack, "What you could gain, from 0 to 100", assessment.opportunity)
        yield Entries(tuple(_factor(assessment.pack, result) for result in assessment.opportunity))


def _legend(pack: Pack) -> str:
    starts = [f"{mark(pack, band).shape} {band.label} from {band.from_:g}" for band in pack.bands]
    return f"The higher, the readier: {', '.join(starts)}. A range shows what the unknown answers leave open."


def _gauges(pack: Pack, caption: str, results: Iterable[FactorResult]) -> Gauges:
    return Gauges(caption, tuple(_gauge(pack, result) for result in results))


def _gauge(pack: Pack, result: FactorResult) -> Gauge:
    title = result.factor.title
    if isinstance(result.score, NotAssessed):
        return Gauge(title, None, Fraction(0), Fraction(0), "not assessed", "", ())
    words = band_words(pack, result.score.bands, gain=result.factor.kind == "opportunity")
    match result.score:
        case RangeOnly(range=ends) as score:
            return Gauge(title, None, ends.low, ends.high, "no score", span(pack, score), words)
        case Scored(score=value, range=ends) as score:
            return Gauge(title, value, ends.low, ends.high, figure(pack, value), span(pack, score), words)


def _factor(pack: Pack, result: FactorResult) -> Entry:
    return Entry((Strong(result.factor.title),), tuple(_about(pack, result)))


def _about(pack: Pack, result: FactorResult) -> Iterator[Words]:
    if isinstance(result.score, NotAssessed):
        yield ("Not assessed: none of its questions applies to you.",)
        return
    low, high = result.score.bands.low, result.score.bands.high
    if isinstance(result.score, RangeOnly):
        yield ("Fewer than half of its questions are answered, so there is a range but no score.",)
    elif low == high:
        yield (result.factor.in_band[low.id],)
    else:
        yield (f"At the low end: {result.factor.in_band[low.id]}",)
        yield (f"At the high end: {result.factor.in_band[high.id]}",)
    for flag in result.flags:
        because = f" because {flag.flag.reason.rstrip('.')}."
        value = f"{figure(pack, result.score.score)}, capped" if isinstance(result.score, Scored) else "Capped"
        yield (f"{value} at ", mark(pack, flag.cap), because)


# Flags.


def _flags(assessment: Assessment) -> Iterator[Block]:
    if not assessment.raised:
        yield Paragraph(("Your answers raise no red flag.",))
    else:
        yield Paragraph(("Raised by your answers. Deal with these before anything else:",))
        yield Entries(
            tuple(
                Entry(
                    (Strong(sentence(flag.flag.reason)),),
                    (
                        (f"You were asked: {flag.question.text}",),
                        (f"You answered: {flag.choice.text}",),
                        ("Until dealt with, the result can be no better than ", mark(assessment.pack, flag.cap), "."),
                    ),
                )
                for flag in assessment.raised
            )
        )
    if assessment.unresolved:
        yield Paragraph(("Not settled. These could be red flags, and nobody has said yet:",))
        yield Entries(
            tuple(
                Entry((Strong(flag.question.text),), ((f"Who would know: {flag.question.ask}",),))
                for flag in assessment.unresolved
            )
        )
    if assessment.cleared:
        yield Paragraph(("Set aside, because you say they do not apply to you:",))
        yield Bullets(
            tuple((f"{flag.question.text} Your reason: {sentence(flag.reason)}",) for flag in assessment.cleared)
        )


# What weighs, what to find out, what to do.


def _weighing(assessment: Assessment, advice: Advice) -> Iterator[Block]:
    if advice.holding_back:
        yield Paragraph(("These answers hold you back most:",))
        yield Entries(
            tuple(
                _weight(assessment, weight, f"A better answer could add up to {points(weight.room)} overall.")
                for weight in advice.holding_back[:WEIGHTIEST]
            )
        )
    if advice.carrying:
        yield Paragraph(("These answers carry you most:",))
        yield Entries(
            tuple(
                _weight(assessment, weight, f"It gives {points(weight.contribution)} of the overall result.")
                for weight in advice.carrying[:WEIGHTIEST]
            )
        )


def _weight(assessment: Assessment, weight: Weight, worth: str) -> Entry:
    answer = reply_text(weight.question, assessment.sheet.replies[weight.question.id])
    return Entry((Strong(weight.question.text),), ((f"You answered: {answer}",), (worth,)))


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
    return (f"{item.question.text} (Your note: {item.said.note})" if item.said.note else item.question.text,)


def _first_steps(advice: Advice) -> Iterator[Block]:
    if not advice.steps:
        yield Paragraph(("Your answers call for none. Look again when something changes.",))
        return
    shown = advice.steps[:FIRST_STEPS]
    yield Paragraph(
        ("Red flags come first, then what might be one, then what gains most for the effort. Start at the top.",)
    )
    yield Entries(tuple(_step(step) for step in shown), numbered=True)


def _step(step: NextStep) -> Entry:
    who = f"Who would know: {step.question.ask}"
    match step.reason:
        case Reason.OPEN_FLAG:
            return Entry((Strong(f"Find out: {step.do}"),), (("Why: the answer may be a red flag.",), (who,)))
        case Reason.FLAG:
            why = "Why: your answer raises a red flag."
        case Reason.ROOM:
            why = f"Why: up to {points(step.room)} of the overall result hang on it."
    lines: list[Words] = [(f"{why} Effort: {EFFORT[step.effort]}.",), (f"It is about: {step.question.text}",)]
    lines += [(f"Guidance from {resource.publisher}: ", *named(resource)) for resource in step.resources]
    return Entry((Strong(step.do),), tuple(lines))


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
        covers = f"It covers {place}." if place else "You did not say where you work, so it covers every nation."
        rest = "The factors with most room come first; the command “collabcheck resources” lists the rest."
        moved = "Publishers move their pages: where a link fails, search for the title."
        yield Section("About this guidance", (Paragraph((f"{covers} {rest} {moved}",)),))
