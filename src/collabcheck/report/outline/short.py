"""The report on an organisation in short: how ready it is, why, and what to do first."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from collabcheck.advice import FIRST_STEPS, Advice
from collabcheck.answers import Chose, DontKnow, NotApplicable, Presumed, Unproved
from collabcheck.assessment import Assessment, FactorResult, NotAssessed, RangeOnly, Scored
from collabcheck.pack import Pack
from collabcheck.position import gain
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Mark, Paragraph, Span, Strong, Words
from collabcheck.report.outline.factors import says
from collabcheck.report.outline.replies import by
from collabcheck.report.outline.steps import steps
from collabcheck.report.outline.wording import (
    clause,
    considering,
    count,
    figure,
    inside,
    listing,
    mark,
    measured,
    out_of,
    span,
    supporters,
)
from collabcheck.scoring import strength


def in_short(assessment: Assessment, advice: Advice, among: Sequence[Block]) -> Iterator[Block]:
    """Yield strengths, the weakest factor, what it means, flags, the place `among` others, and what to do first."""
    result, meaning = _overall(assessment)
    yield Paragraph(result, lead=True)
    yield from [Paragraph((meaning,))] if meaning else []
    yield from _ends(assessment)
    yield from _placed(assessment, advice)
    yield from _flagged(assessment)
    yield from among
    yield from _considering(assessment, advice)
    if assessment.people == 1:
        yield Paragraph((_completeness(assessment),))
    if advice.steps:
        yield Paragraph(("Do these first; “First steps” below says how and why:",))
        first = tuple(steps(assessment.pack, advice, None))[:FIRST_STEPS]
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
    name = f"{measured(pack, assessment.sheet.organisation)}: "
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
    scored = isinstance(assessment.overall.score, Scored) and isinstance(gain(assessment), Scored)
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
        raised = count(len(assessment.raised), "red flag", "red flags")
        reasons = "; ".join(f"{clause(flag.flag.reason)}{by(flag, assessment)}" for flag in assessment.raised)
        yield Paragraph((f"Your answers raise {raised}: {reasons}. ", *_held_down(assessment)))
    if assessment.unresolved:
        could = count(len(assessment.unresolved), "question", "questions")
        are = "is" if len(assessment.unresolved) == 1 else "are"
        yield Paragraph((f"{could} that could raise a red flag {are} not settled yet.",))


def _held_down(assessment: Assessment) -> Words:
    """Say how far the overall result can rise while flags stand, and after the first of them are settled."""
    caps = [flag.cap for flag in assessment.raised]
    settled = {cap.id: number for number, cap in enumerate(caps, start=1)}
    words: list[Span] = []
    for cap in dict.fromkeys(caps):
        those = f"until {_the_first(settled[cap.id], len(caps))} settled, "
        held = "not above " if words else "the overall result cannot rise above "
        words += [f"; {those}{held}" if words else f"U{those[1:]}{held}", mark(assessment.pack, cap)]
    return (*words, ".")


def _the_first(number: int, of: int) -> str:
    """Name so many of those that are told."""
    if of == 1:
        return "that is"
    if number == of:
        return "all are"
    return "the first is" if number == 1 else f"the first {number} are"


def _considering(assessment: Assessment, advice: Advice) -> Iterator[Block]:
    """Name what the organisation considers; of several people, also what fewer than half of them do."""
    if advice.considered:
        yield Paragraph((f"You say you are considering: {listing(considering(assessment, advice.considered))}.",))
    few = [form for form in assessment.pack.forms if form not in advice.considered and supporters(assessment, form)]
    if few:
        none = "No way of working together is named by half of you. Some name"
        some = "Fewer of you consider" if advice.considered else none
        yield Paragraph((f"{some}: {listing(considering(assessment, few))}.",))


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
        yield Paragraph((f"Too little is known for a score of: {'; '.join(unknown)}.",))


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
