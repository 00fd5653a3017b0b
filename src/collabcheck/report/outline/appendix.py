"""The end of a report: every answer, how it was scored, and how far to trust it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from collabcheck.advice import Advice
from collabcheck.answers import AnswerSheet, Chose, NotApplicable, Reply, quotable
from collabcheck.assessment import Assessment
from collabcheck.display import plainly
from collabcheck.pack import Pack
from collabcheck.questions import Question
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Section, Strong, Words
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.replies import as_said, not_us, reply_text
from collabcheck.report.outline.wording import (
    called,
    inside,
    listing,
    no_longer_asked,
    reach,
    tested,
    why_aside,
)

Told = Callable[[Sequence[tuple[AnswerSheet, Reply]]], Iterable[Words]]
"""Puts what people replied to one question into lines."""


def honesty(pack: Pack) -> Bullets:
    """Return how far to trust a report."""
    return Bullets(
        (
            (f"These are your own answers. Nobody has checked them{tested(pack)}",),
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
    if reply is not None and (note := quotable(reply.note)):
        yield (f"Note: {note}",)
    if reply is not None and (evidence := quotable(reply.evidence)):
        yield (f"Evidence: {evidence}",)


def _aside(assessment: Assessment) -> Iterator[Entry]:
    replies = assessment.sheet.replies
    for question in assessment.not_asked:
        yield Entry(
            (Strong(question.text),),
            (
                (as_said(question, replies[question.id]),),
                *_said_with(replies[question.id]),
                ("Not scored: your other answers mean that this question is not asked.",),
            ),
        )
    yield from set_aside(assessment.pack, [assessment.sheet], lambda said: _old(said[0][1]))


def _old(reply: Reply) -> Iterator[Words]:
    if isinstance(reply, Chose):
        yield (f"The old answer: {', '.join(reply.choices)}",)
    if isinstance(reply, NotApplicable):
        yield (f"The old answer: {not_us(reply.reason)}",)
    yield from _said_with(reply)


def set_aside(pack: Pack, sheets: Sequence[AnswerSheet], told: Told) -> Iterator[Entry]:
    """Yield what was answered to older versions, question by question, as `told` puts it; known questions come first.

    Of a question whose id is left out nothing is said but that it is there.
    """
    given = [(sheet, aside) for sheet in sheets for aside in sheet.set_aside]
    kept = {aside.question: aside for _, aside in reversed(given) if not aside.nameless}
    for name in sorted(kept, key=lambda name: (name not in pack.question, name)):
        said = [(sheet, aside.reply) for sheet, aside in given if aside.question == name]
        yield Entry((Strong(called(pack, name)),), (*told(said), (f"Not scored: {why_aside(pack, kept[name])}.",)))
    if nameless := {aside.question for _, aside in given if aside.nameless}:
        yield Entry((Strong(no_longer_asked(len(nameless))),), (("Not scored, and left out here.",),))


# The method.


def method(assessment: Assessment, advice: Advice) -> Iterator[Block]:
    """Yield how the scores came about, in words."""
    pack = assessment.pack
    bands = listing([f"{band.label} from {plainly(band.from_)}" for band in pack.bands])
    their_areas = ", their areas" if pack.areas else ""
    no_gains = " Gains are no part of it." if assessment.opportunity else ""
    scaled = "times 100" if pack.display.usual else f"brought to a scale {reach(pack)}"
    lines = (
        "Each answer is worth its points out of the most that its question offers.",
        *_thresholds(pack),
        f"A factor’s score is the mean of its answered questions, {scaled}: by weight, where weights differ.",
        "An answer that is not known is left out of the score. It widens the range, from the worst to the best.",
        "With less than half of a factor answered, by weight, there is a range but no score.",
        f"A question that does not apply is left out altogether{_unless_it_counts(pack)}.",
        *_requirements(pack),
        f"The bands: {bands}. A score is put in its band before it is rounded.",
        f"A red flag caps its factors{their_areas}, and the overall result, whatever their average.",
        *_areas(pack),
        f"The overall result is {_aggregate(pack)}.{no_gains}",
        _weights(pack, advice),
    )
    yield Bullets(tuple((line,) for line in lines))
    if len(pack.trends) > 1:
        titles = listing([f"“{trend.title}”" for trend in assessment.trends])
        yield Paragraph((f"The scores rest on the questions about {titles}.",))
    yield Paragraph((f"The questions: {pack.title}, version {pack.version} (licence: {pack.licence}).",))
    if pack.source:
        yield Paragraph((f"Where they come from: {'; '.join(pack.source)}",))


def _areas(pack: Pack) -> Iterator[str]:
    if pack.areas:
        yield "An area’s score is the mean of its factors’, by weight where weights differ. It changes no other result."


def _unless_it_counts(pack: Pack) -> str:
    counting = any(question.counts_as for question in pack.questions)
    return ", unless it counts as one of its answers: then that stands beside it" if counting else ""


def _thresholds(pack: Pack) -> Iterator[str]:
    if any(question.thresholds for question in pack.questions):
        yield "Where points have thresholds, what counts is how many of these your answers reach together, out of all."


def _requirements(pack: Pack) -> Iterator[str]:
    if any(question.required for question in pack.questions):
        yield "Some answers count only with a note, or where it says what shows them. Without, they are not known."


def _aggregate(pack: Pack) -> str:
    """Return how the overall result is made."""
    if pack.aggregate == "pooled":
        return "the mean of all its questions, by weight: a factor with more questions counts more"
    return f"the mean of the {headings(pack).factor}s, not of all questions"


def _weights(pack: Pack, advice: Advice) -> str:
    sensitivity = advice.sensitivity
    if sensitivity.all_equal and pack.aggregate == "pooled":
        return "Every question counts the same. That is a judgement as well."
    if sensitivity.all_equal:
        return "Every question and every factor counts the same. That is a judgement as well."
    changed = [f"the band of {inside(factor.title)}" for factor in sensitivity.bands_changed]
    changed += [f"the band of {inside(area.title)}" for area in sensitivity.areas_changed]
    changed += ["the overall band"] if sensitivity.overall_changed else []
    changed += ["the first three steps"] if sensitivity.steps_changed else []
    if not changed:
        return "Weights are judgements. Equal weights would change no band, and none of the first three steps."
    return f"Weights are judgements. Equal weights would change {listing(changed)}."
