"""The sums behind a report, for a person with a pencil."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial

from collabcheck.assessment import (
    AreaResult,
    Assessment,
    FactorResult,
    NotAssessed,
    Part,
    RaisedFlag,
    RangeOnly,
    Result,
    Scored,
)
from collabcheck.display import plainly
from collabcheck.pack import Pack
from collabcheck.questions import Question
from collabcheck.report.blocks import Block, Paragraph, Section, Table, Words
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.replies import said
from collabcheck.report.outline.wording import clause, figure, inside, listing, part_of, tenths


def arithmetic(assessment: Assessment) -> Iterator[Section]:
    """Yield each factor’s sum, question by question, those of the areas, and the overall one."""
    words = (
        "Points: what the answer is worth, out of the most that the question offers. Adds: how much of the factor’s "
        "score comes from it. Room: how much more the best answer would add."
    )
    low = assessment.pack.display.from_
    above = f" What the answers add comes on top of {plainly(low)}, which is the lowest score." if low else ""
    levels = (Paragraph((line,)) for line in _levels(assessment))
    yield Section("How to read it", (Paragraph((f"{words}{above}",)), *levels))
    for result in (*assessment.risk, *assessment.opportunity):
        yield Section(result.factor.title, tuple(_sum(assessment, result)))
    for area in assessment.areas:
        yield Section(area.area.title, tuple(_area(assessment.pack, area)))
    yield Section("Overall", tuple(_overall(assessment)))


def _levels(assessment: Assessment) -> Iterator[str]:
    """Yield which sums of points make the levels of a question, where they are not what its answers are worth."""
    for question in assessment.asked:
        if question.thresholds and question.informs:
            sums = listing([str(number) for number in question.thresholds])
            worth = listing([f"“{choice.text}” {choice.points}" for choice in question.choices])
            first = f"Of “{question.text}”, points are the levels that its answers reach together"
            yield f"{first}: one more at {sums}. They count: {worth}."


def _sum(assessment: Assessment, result: FactorResult) -> Iterator[Block]:
    if result.parts or result.gaps:
        yield Table(
            f"What went into {inside(result.factor.title)}",
            ("Question", "Answer", "Points", "Weight", "Adds", "Room"),
            (*_part_rows(assessment, result), *_gap_rows(assessment, result)),
        )
    yield from (Paragraph((line,)) for line in _working(assessment, result))


def _part_rows(assessment: Assessment, result: FactorResult) -> Iterator[tuple[Words, ...]]:
    for part in result.parts:
        yield (
            (part.question.text,),
            (said(assessment, part.question),),
            (_points(assessment, part),),
            (str(part.weight),),
            (part_of(assessment.pack, part.contribution),),
            (part_of(assessment.pack, part.room),),
        )


def _points(assessment: Assessment, part: Part) -> str:
    """Print what an answer is worth; of several people, the mean."""
    most = part.question.most
    if assessment.people == 1:
        return f"{part.points} of {most}"
    exact = "" if part.points.denominator == 1 else f" ({part.points})"
    return f"{tenths(part.points).removesuffix('.0')} of {most} on average{exact}"


def _gap_rows(assessment: Assessment, result: FactorResult) -> Iterator[tuple[Words, ...]]:
    for gap in result.gaps:
        if gap.share < 1:  # some do know: it stands among the answers
            continue
        yield (
            (gap.question.text,),
            (said(assessment, gap.question),),
            (f"{gap.lowest} to {gap.question.most} of {gap.question.most}",),
            (str(gap.weight),),
            ("–",),
            ("–",),
        )


def _working(assessment: Assessment, result: Result) -> Iterator[str]:
    pack, of = assessment.pack, partial(_on_the_scale, assessment.pack)
    if result.left_out:
        yield f"Left out, because they do not apply: {listing([f'“{q.text}”' for q in result.left_out])}."
    got = sum(map(_worth, result.parts), Fraction(0))
    answered = sum(part.weight for part in result.parts)
    terms = " + ".join(_term(part.weight, part.points, part.question.most) for part in result.parts) or "0"
    match result.score:
        case NotAssessed():
            yield "None of its questions applies, so it is not assessed."
            return
        case Scored(score=value):
            yield f"Score: {of(f'({terms}) ÷ {answered}')} = {of(f'{got} ÷ {answered}')} = {figure(pack, value, 1)}."
        case RangeOnly():
            known = sum((part.weight * (1 - _unknown(result, part.question)) for part in result.parts), Fraction(0))
            yield f"Answered: a weight of {known} out of {_whole(result)}, less than half, so there is no score."
    if result.gaps:
        yield from _range(assessment, result)
    for flag in result.flags:
        yield _cap(flag)


def _range(assessment: Assessment, result: Result) -> Iterator[str]:
    if isinstance(result.score, NotAssessed):
        return
    got = sum((_worth(part) * (1 - _unknown(result, part.question)) for part in result.parts), Fraction(0))
    worst = sum((gap.weight * gap.share * Fraction(gap.lowest, gap.question.most) for gap in result.gaps), Fraction(0))
    best = sum((gap.weight * gap.share for gap in result.gaps), Fraction(0))
    weight, of = _whole(result), partial(_on_the_scale, assessment.pack)
    low, high = (figure(assessment.pack, end, 1) for end in (result.score.range.low, result.score.range.high))
    yield f"Lowest, with every unknown answer at its worst: {of(f'({got} + {worst}) ÷ {weight}')} = {low}."
    yield f"Highest, with every unknown answer at its best: {of(f'({got} + {best}) ÷ {weight}')} = {high}."


def _on_the_scale(pack: Pack, part: str) -> str:
    """Return what is to be done with a part of 1 to make a score of it."""
    width = f"{part} × {plainly(pack.display.width)}"
    return f"{plainly(pack.display.from_)} + {width}" if pack.display.from_ else width


def _worth(part: Part) -> Fraction:
    return part.weight * part.points / part.question.most


def _unknown(result: Result, question: Question) -> Fraction:
    """Return for which part of the people a question is not known."""
    return next((gap.share for gap in result.gaps if gap.question is question), Fraction(0))


def _whole(result: Result) -> int:
    """Return the weight of all questions that apply to anyone."""
    return sum(reading.weight for reading in result.readings if reading.people)


def _term(weight: int, got: Fraction, most: int) -> str:
    points = str(got) if got.denominator == 1 else f"({got})"
    return f"{points}/{most}" if weight == 1 else f"{weight} × {points}/{most}"


def _overall(assessment: Assessment) -> Iterator[Block]:
    pack, score = assessment.pack, assessment.overall.score
    if isinstance(score, NotAssessed):
        yield Paragraph((f"No {headings(pack).factor} is assessed, so there is no overall result.",))
        return
    if assessment.overall.pooled:
        yield Paragraph(("It is made from all its questions at once, each by its weight.",))
        yield from (Paragraph((line,)) for line in _working(assessment, assessment.overall.pooled))
        return
    yield from _mean_of(pack, assessment.risk, score, (headings(pack).factor, "overall score"))
    for flag in assessment.raised:
        yield Paragraph((_cap(flag),))


def _area(pack: Pack, result: AreaResult) -> Iterator[Block]:
    if isinstance(result.score, NotAssessed):
        yield Paragraph(("None of its factors is assessed, so it is not either.",))
        return
    yield from _mean_of(pack, result.factors, result.score, ("factor of it", "score"))
    for flag in result.flags:
        yield Paragraph((_cap(flag),))


def _mean_of(
    pack: Pack, results: Iterable[FactorResult], score: Scored | RangeOnly, names: tuple[str, str]
) -> Iterator[Block]:
    """Yield how the mean of some factors comes about; the names are of one of them, and of what is missing."""
    known = [(result.weight, result.score) for result in results if not isinstance(result.score, NotAssessed)]
    if isinstance(score, Scored):
        scores = [(weight, part.score) for weight, part in known if isinstance(part, Scored)]
        yield Paragraph((f"Score: {_mean(pack, scores)} = {figure(pack, score.score, 1)}.",))
    else:
        yield Paragraph((f"Not every {names[0]} has a score, so there is a range but no {names[1]}.",))
    if score.range.low != score.range.high:
        lows = [(weight, part.range.low) for weight, part in known]
        highs = [(weight, part.range.high) for weight, part in known]
        yield Paragraph((f"Lowest: {_mean(pack, lows)} = {figure(pack, score.range.low, 1)}.",))
        yield Paragraph((f"Highest: {_mean(pack, highs)} = {figure(pack, score.range.high, 1)}.",))


def _mean(pack: Pack, terms: Sequence[tuple[int, Fraction]]) -> str:
    values = " + ".join(f"{'' if weight == 1 else f'{weight} × '}{figure(pack, value, 2)}" for weight, value in terms)
    return f"({values}) ÷ {sum(weight for weight, _ in terms)}"


def _cap(flag: RaisedFlag) -> str:
    return f"A red flag: no better than {flag.cap.label}, because {clause(flag.flag.reason)}."
