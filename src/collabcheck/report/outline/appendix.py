"""The end of a report: every answer, how it was scored, and how far to trust it."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from collabcheck.advice import Advice
from collabcheck.answers import Chose, Reply
from collabcheck.pack import Question
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Section, Strong, Table, Words
from collabcheck.report.outline.wording import figure, hundredths, inside, listing, reply_text
from collabcheck.scoring import Assessment, FactorResult, NotAssessed, RangeOnly, Scored

HONESTY = Bullets(
    (
        ("These are your own answers. Nobody has checked them, and this is not a validated scale.",),
        ("It is made for talking inside your organisation. It is not made for a funder to choose by.",),
        ("The top level is not the right aim for everyone. “Better not to go ahead yet” is a good result too.",),
    )
)


# Every answer.


def answers(assessment: Assessment) -> Iterator[Section]:
    """Yield every question that was asked with its answer, theme by theme; then what was talked about and set aside."""
    pack = assessment.pack
    yield from _theme(assessment, "About the organisation", pack.context)
    for trend in pack.trends:
        for theme in trend.themes:
            yield from _theme(assessment, theme.title, theme.questions)
    prompts = {prompt.id: prompt.text for prompt in pack.prompts}
    said = assessment.sheet.discussion.items()
    if said:
        entries = (Entry((Strong(prompts.get(key, key)),), tuple((word,) for word in words)) for key, words in said)
        yield Section("What you talked about", (Entries(tuple(entries)),))
    aside = tuple(_aside(assessment))
    if aside:
        yield Section("Kept but not scored", (Entries(aside),))


def _theme(assessment: Assessment, title: str, questions: Iterable[Question]) -> Iterator[Section]:
    asked = {question.id for question in assessment.asked}
    entries = tuple(_answer(assessment, question) for question in questions if question.id in asked)
    if entries:
        yield Section(title, (Entries(entries),))


def _answer(assessment: Assessment, question: Question) -> Entry:
    reply = assessment.sheet.replies.get(question.id)
    lines: list[Words] = [(reply_text(question, reply),), *_said_with(reply)]
    if question.id in assessment.sheet.reworded(assessment.pack):
        lines.append(("The words of this question have changed since. Check that the answer still fits.",))
    return Entry((Strong(question.text),), tuple(lines))


def _said_with(reply: Reply | None) -> Iterator[Words]:
    if reply is not None and reply.note:
        yield (f"Note: {reply.note}",)
    if reply is not None and reply.evidence:
        yield (f"Evidence: {reply.evidence}",)


def _aside(assessment: Assessment) -> Iterator[Entry]:
    replies = assessment.sheet.replies
    for question in assessment.not_asked:
        yield Entry(
            (Strong(question.text),),
            (
                (reply_text(question, replies[question.id]),),
                *_said_with(replies[question.id]),
                ("Not scored: your other answers mean that this question is not asked.",),
            ),
        )
    for aside in assessment.sheet.set_aside:
        known = assessment.pack.question.get(aside.question)
        was = ", ".join(aside.reply.choices) if isinstance(aside.reply, Chose) else ""
        lines: list[Words] = [(f"The old answer: {was}",)] if was else []
        lines += [*_said_with(aside.reply), (f"Not scored: {aside.why.value}.",)]
        yield Entry((Strong(known.text if known else aside.question),), tuple(lines))


# The method.


def method(assessment: Assessment, advice: Advice) -> Iterator[Block]:
    """Yield how the scores came about, in words."""
    pack = assessment.pack
    bands = listing([f"{band.label} from {band.from_:g}" for band in pack.bands])
    lines = (
        "Each answer is worth its points out of the most that its question offers.",
        "A factor’s score is the mean of its answered questions, times 100: by weight, where weights differ.",
        "An answer that is not known counts as nothing. It widens the range: from all the worst to all the best.",
        "With fewer than half of a factor’s questions answered there is a range but no score.",
        "A question that does not apply is left out altogether.",
        f"The bands: {bands}. A score is put in its band before it is rounded.",
        "A red flag caps its factors, and the overall result, whatever their average.",
        "The overall result is the mean of the readiness factors, not of all questions. Gains are no part of it.",
        _weights(advice),
    )
    yield Bullets(tuple((line,) for line in lines))
    yield Paragraph((f"Question pack: {pack.pack}, version {pack.version}. {pack.licence}",))


def _weights(advice: Advice) -> str:
    sensitivity = advice.sensitivity
    if sensitivity.all_equal:
        return "All weights are equal. Weights are judgements, and here none is made."
    changed = [f"the band of {inside(factor.title)}" for factor in sensitivity.bands_changed]
    changed += ["the overall band"] if sensitivity.overall_changed else []
    changed += ["the first three steps"] if sensitivity.steps_changed else []
    if not changed:
        return "Weights are judgements. Equal weights would change no band, and none of the first three steps."
    return f"Weights are judgements. Equal weights would change {listing(changed)}."


# The arithmetic, for a person with a pencil.


def arithmetic(assessment: Assessment) -> Iterator[Section]:
    """Yield each factor’s sum, question by question, and the overall one."""
    for result in (*assessment.risk, *assessment.opportunity):
        yield Section(result.factor.title, tuple(_sum(assessment, result)))
    yield Section("Overall", tuple(_overall(assessment)))


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
            (reply_text(part.question, assessment.sheet.replies[part.question.id]),),
            (f"{part.points} of {part.question.most}",),
            (str(part.weight),),
            (hundredths(part.contribution),),
            (hundredths(part.room),),
        )


def _gap_rows(assessment: Assessment, result: FactorResult) -> Iterator[tuple[Words, ...]]:
    for gap in result.gaps:
        yield (
            (gap.question.text,),
            (reply_text(gap.question, assessment.sheet.replies.get(gap.question.id)),),
            (f"{gap.lowest} to {gap.question.most} of {gap.question.most}",),
            (str(gap.weight),),
            ("–",),
            ("–",),
        )


def _working(assessment: Assessment, result: FactorResult) -> Iterator[str]:
    pack = assessment.pack
    if result.left_out:
        yield f"Left out, because they do not apply: {listing([f'“{q.text}”' for q in result.left_out])}."
    got = sum((part.weight * Fraction(part.points, part.question.most) for part in result.parts), Fraction(0))
    answered = sum(part.weight for part in result.parts)
    terms = " + ".join(_term(part.weight, part.points, part.question.most) for part in result.parts) or "0"
    match result.score:
        case NotAssessed():
            yield "None of its questions applies, so it is not assessed."
            return
        case Scored(score=value):
            yield f"Score: ({terms}) ÷ {answered} × 100 = {got} ÷ {answered} × 100 = {figure(pack, value, 1)}."
        case RangeOnly():
            weight = answered + sum(gap.weight for gap in result.gaps)
            yield f"Answered: a weight of {answered} out of {weight}, less than half, so there is no score."
    if result.gaps:
        yield from _range(assessment, result, got, answered)
    for flag in result.flags:
        yield f"A red flag caps it at {flag.cap.label}: {flag.flag.reason.rstrip('.')}."


def _range(assessment: Assessment, result: FactorResult, got: Fraction, answered: int) -> Iterator[str]:
    if isinstance(result.score, NotAssessed):
        return
    weight = answered + sum(gap.weight for gap in result.gaps)
    worst = sum((gap.weight * Fraction(gap.lowest, gap.question.most) for gap in result.gaps), Fraction(0))
    best = Fraction(sum(gap.weight for gap in result.gaps))
    low, high = (figure(assessment.pack, end, 1) for end in (result.score.range.low, result.score.range.high))
    yield f"Lowest, with every unknown answer at its worst: ({got} + {worst}) ÷ {weight} × 100 = {low}."
    yield f"Highest, with every unknown answer at its best: ({got} + {best}) ÷ {weight} × 100 = {high}."


def _term(weight: int, got: int, most: int) -> str:
    return f"{got}/{most}" if weight == 1 else f"{weight} × {got}/{most}"


def _overall(assessment: Assessment) -> Iterator[Block]:
    pack, score = assessment.pack, assessment.overall.score
    if isinstance(score, NotAssessed):
        yield Paragraph(("No readiness factor is assessed, so there is no overall result.",))
        return
    assessed = [(result.weight, result.score) for result in assessment.risk]
    known = [(weight, part) for weight, part in assessed if not isinstance(part, NotAssessed)]
    if isinstance(score, Scored):
        scores = [(weight, part.score) for weight, part in known if isinstance(part, Scored)]
        yield Paragraph((f"Score: {_mean(scores)} = {figure(pack, score.score, 1)}.",))
    else:
        yield Paragraph(("Not every readiness factor has a score, so there is a range but no overall score.",))
    if score.range.low != score.range.high:
        lows = [(weight, part.range.low) for weight, part in known]
        highs = [(weight, part.range.high) for weight, part in known]
        yield Paragraph((f"Lowest: {_mean(lows)} = {figure(pack, score.range.low, 1)}.",))
        yield Paragraph((f"Highest: {_mean(highs)} = {figure(pack, score.range.high, 1)}.",))
    for flag in assessment.raised:
        yield Paragraph((f"A red flag caps it at {flag.cap.label}: {flag.flag.reason.rstrip('.')}.",))


def _mean(terms: Sequence[tuple[int, Fraction]]) -> str:
    values = " + ".join(f"{'' if weight == 1 else f'{weight} × '}{hundredths(value)}" for weight, value in terms)
    return f"({values}) ÷ {sum(weight for weight, _ in terms)}"
