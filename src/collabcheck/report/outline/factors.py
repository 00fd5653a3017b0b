"""The factors with their bars and sentences, and the red flags."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from collabcheck.answers import WITHHELD
from collabcheck.assessment import (
    AreaResult,
    Assessment,
    ClearedFlag,
    FactorResult,
    NotAssessed,
    RaisedFlag,
    RangeOnly,
    Score,
    Scored,
    band_now,
)
from collabcheck.display import plainly
from collabcheck.pack import Pack
from collabcheck.report.blocks import Block, Entries, Entry, Gauge, Gauges, Paragraph, Span, Stretch, Strong, Words
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.replies import raised_with
from collabcheck.report.outline.wording import (
    GIVES_AWAY,
    band_words,
    clause,
    figure,
    inside,
    listing,
    mark,
    reach,
    sentence,
    span,
)
from collabcheck.suitability import rank


def readiness(assessment: Assessment) -> Iterator[Block]:
    """Yield the risk factors: what the scale means, a bar for each, a sentence for each."""
    if assessment.risk:
        ways = (result.score for result in rank(assessment, ()))
        parts = (result.score for result in assessment.factors)
        areas = (result.score for result in assessment.areas)
        scores = (*parts, *areas, assessment.overall.score, *ways)
        pack, result = assessment.pack, headings(assessment.pack).result
        yield Paragraph((*_legend(pack, assessment.risk), *(f" {said}" for said in capped(scores))))
        yield from _areas(assessment, "risk", f"{result} by area")
        yield from _factors(pack, f"{result}, {reach(pack)}", assessment.risk)


def capped(scores: Iterable[Score]) -> Iterator[str]:
    """Yield what “capped” means, if one of these scores is: a way of working together may be for another reason."""
    if any(not isinstance(score, NotAssessed) and score.bands.capped for score in scores):
        yield "“Capped” means held down by a red flag; a way of working together, also by a factor that is in its way."


def gain(assessment: Assessment) -> Iterator[Block]:
    """Yield the opportunity factors."""
    if assessment.opportunity:
        words = headings(assessment.pack)
        yield Paragraph((f"{words.to_gain}. This does not count towards {words.counts}.",))
        yield from _areas(assessment, "opportunity", "What you could gain, by area")
        yield from _factors(assessment.pack, f"What you could gain, {reach(assessment.pack)}", assessment.opportunity)


def says(result: FactorResult) -> str:
    """Return what a factor's band says about the organisation: that of its score, or of the low end of its range."""
    match result.score:
        case NotAssessed():
            return ""
        case score:
            return result.factor.in_band[band_now(score).id]


def _legend(pack: Pack, results: Sequence[FactorResult]) -> Iterator[Span]:
    yield f"{headings(pack).higher}: "
    for i, band in enumerate(pack.bands):
        yield ", " if i else ""
        yield mark(pack, band)
        yield f" from {plainly(band.from_)}"
    yield "."
    if any(not isinstance(r.score, NotAssessed) and r.score.range.low != r.score.range.high for r in results):
        yield " A range shows what the unknown answers leave open."


def _areas(assessment: Assessment, kind: str, caption: str) -> Iterator[Block]:
    """Yield the areas of one kind, if there are any: a bar for each, a sentence for each."""
    pack, gain = assessment.pack, kind == "opportunity"
    if results := [result for result in assessment.areas if result.kind == kind]:
        rows = [gauge(pack, result.area.title, result.score, gain=gain) for result in results]
        yield Gauges(f"{caption}, {reach(pack)}", columns("Area"), scale(pack, gain=gain), tuple(rows))
        yield Entries(tuple(Entry((Strong(one.area.title),), tuple(_about_area(pack, one))) for one in results))


def _about_area(pack: Pack, result: AreaResult) -> Iterator[Words]:
    yield (result.area.meaning,)
    match result.score:
        case NotAssessed():
            names = _titles(result.factors)
            yield (f"Not assessed, as {names} {_are(result.factors)} not.",)
        case RangeOnly():
            yield (f"Part of it has no score, so there is a range but no score. {_made(result)}",)
        case Scored(band=band):
            said = result.area.in_band.get(band.id, "")
            yield (Strong(said), f" {_made(result)}") if said else (_made(result),)
    for flag in result.flags:
        yield _capped(pack, result.score, flag)


def _made(result: AreaResult) -> str:
    """Say of which factors an area is the mean, and which are left out of it."""
    known = [one for one in result.factors if not isinstance(one.score, NotAssessed)]
    missing = [one for one in result.factors if isinstance(one.score, NotAssessed)]
    why = f", as {_titles(missing)} {_are(missing)} not assessed" if missing else ""
    if len(known) == 1:
        return f"It is what {_titles(known)} is{why}."
    by_weight = " by weight" if len({one.weight for one in known}) > 1 else ""
    return f"It is the mean of {_titles(known)}{by_weight}{why}."


def _titles(results: Iterable[FactorResult]) -> str:
    return listing([f"“{one.factor.title}”" for one in results])


def _are(results: Sequence[FactorResult]) -> str:
    return "is" if len(results) == 1 else "are"


def _factors(pack: Pack, caption: str, results: Sequence[FactorResult]) -> Iterator[Block]:
    rows = [gauge(pack, r.factor.title, r.score, gain=r.factor.kind == "opportunity") for r in results]
    gains = any(result.factor.kind == "opportunity" for result in results)
    yield Gauges(caption, columns("Factor"), scale(pack, gain=gains), tuple(rows))
    yield Entries(tuple(Entry((Strong(result.factor.title),), tuple(_about(pack, result))) for result in results))


def columns(first: str) -> tuple[str, str, str, str, str]:
    """Return the headings over a chart's figures."""
    return first, "Bar", "Score", "Range", "Band"


def scale(pack: Pack, *, gain: bool = False) -> tuple[Stretch, ...]:
    """Return the bands as parts of a chart's scale."""
    return tuple(Stretch(band.starts, mark(pack, band, gain=gain)) for band in pack.bands)


def gauge(pack: Pack, label: str, score: Score, *, gain: bool = False) -> Gauge:
    """Return the row of a chart for a score."""
    if isinstance(score, NotAssessed):
        return Gauge(label, Fraction(0), Fraction(0), "not assessed", "", (), None)
    words = band_words(pack, score, gain=gain)
    value = score.score if isinstance(score, Scored) else None
    said = "no score" if value is None else figure(pack, value)
    return Gauge(label, score.range.low, score.range.high, said, span(pack, score), words, value)


def _about(pack: Pack, result: FactorResult) -> Iterator[Words]:
    yield (result.factor.meaning,)
    match result.score:
        case NotAssessed():
            yield ("Not assessed: none of its questions applies to you.",)
        case RangeOnly():
            yield ("Less than half of what it rests on is answered, so there is a range but no score.",)
        case Scored():
            yield (Strong(says(result)), " Not all of it is known." if result.gaps else "")
    for flag in result.flags:
        yield _capped(pack, result.score, flag)


def _capped(pack: Pack, score: Score, flag: RaisedFlag) -> Words:
    because = f" because {clause(flag.flag.reason)}."
    match score:
        case Scored(score=value) if _lowers(pack, flag, value):
            return (
                f"The score of {figure(pack, value)} does not count in full: a red flag holds it at ",
                mark(pack, flag.cap),
                because,
            )
        case _:
            return (
                "It cannot rise above ",
                mark(pack, flag.cap),
                f" while a red flag stands: {clause(flag.flag.reason)}.",
            )


def _lowers(pack: Pack, flag: RaisedFlag, value: Fraction) -> bool:
    """Say whether a score would be in a better band but for the flag."""
    return any(value >= band.starts for band in pack.bands if band.starts > flag.cap.starts)


# Flags.


def flags(assessment: Assessment) -> Iterator[Block]:
    """Yield the flags that are raised, those that could be, and those that were set aside."""
    if assessment.raised:
        yield Paragraph(("Raised by your answers. Deal with these before anything else:",))
        yield Entries(tuple(_raised(assessment, flag) for flag in assessment.raised))
    else:
        yield Paragraph((f"Your answers raise no red flag{' so far' if assessment.unresolved else ''}.",))
    if assessment.unresolved:
        yield Paragraph(("Not known yet. Each of these could be a red flag:",))
        yield Entries(
            tuple(
                Entry(
                    (Strong(open_.question.text),),
                    (
                        *((f"It would be one if {clause(flag.reason)}.",) for flag in open_.flags),
                        (f"Who would know: {inside(open_.question.ask)}.",),
                    ),
                )
                for open_ in assessment.unresolved
            )
        )
    if assessment.cleared:
        told = assessment.people > 1 and any(flag.reason != WITHHELD for flag in assessment.cleared)
        care = f". Read the reasons before you pass the report on: {GIVES_AWAY}." if told else ":"
        yield Paragraph((f"Set aside, because you say they do not apply to you{care}",))
        yield Entries(tuple(_cleared(assessment, flag) for flag in assessment.cleared))


def _cleared(assessment: Assessment, flag: ClearedFlag) -> Entry:
    return Entry((Strong(flag.question.text),), ((_why(assessment, flag),),))


def _why(assessment: Assessment, flag: ClearedFlag) -> str:
    """Say why a question does not apply: one person’s reason, or those of several, each in quotes."""
    if flag.reason == WITHHELD:
        return sentence(WITHHELD)
    if not flag.reason:
        return "No reason is given, and none is needed."
    if assessment.people == 1:
        return f"Your reason: {sentence(flag.reason)}"
    heard = next(heard for heard in assessment.heard if heard.question is flag.question)
    reasons = [f"“{sentence(reason)}”" for reason in dict.fromkeys(filter(None, heard.reasons))]
    return f"{'Reasons' if len(reasons) > 1 else 'Reason'} given: {' '.join(reasons)}"


def _raised(assessment: Assessment, flag: RaisedFlag) -> Entry:
    people = assessment.people
    who = "You answered" if people == 1 else f"{flag.by} of {people} people"
    return Entry(
        (Strong(sentence(flag.flag.reason)),),
        (
            (f"You were asked: {flag.question.text}",),
            (f"{who}: {raised_with(assessment, flag)}",),
            ("Until this is dealt with, the result cannot rise above ", mark(assessment.pack, flag.cap), "."),
        ),
    )
