"""The report on a cohort: where many organisations are ready, what they lack, and what would help most of them."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import floor

from collabcheck.cohort.answers import QuestionCount
from collabcheck.cohort.outcomes import compared
from collabcheck.cohort.reliability import FEWEST_COMPLETE, Reliability
from collabcheck.cohort.repeats import NO_REPEATS, Repeats
from collabcheck.cohort.summary import Cohort, FactorSpread
from collabcheck.pack import Pack
from collabcheck.report.blocks import (
    Block,
    Bullets,
    Entries,
    Entry,
    Paragraph,
    Report,
    Section,
    Strong,
    Words,
)
from collabcheck.report.outline.assessment import filled
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.spreads import bands, by_answer, by_title, half, organisations, side, spreads
from collabcheck.report.outline.wording import (
    clause,
    coarse,
    count,
    inside,
    listing,
    mark,
    named,
    out_of,
    sentence,
    tested,
)
from collabcheck.scoring import band_of

MOST = 10
"""So many steps, and questions that nobody can answer, are named; more than that is no choice of what to do."""

_FLAGS = "How many raise each, of those who answered its question. Each is worded as an organisation reads it:"
_OFFER = (
    "The steps that are next for the largest numbers, each worded as an organisation reads it. Something offered for "
    "one of these, such as training or a template, would be of use to the most."
)
_OF_SHOWN = ", of those that can be shown"
_WHY_HIDDEN = "too few do, or too few do not, or it would give another number away"
_CONSISTENCY = (
    "Cronbach’s alpha says how far the questions of a factor go together, from 0 to 1; about 0.7 is usual. It "
    "does not say that they are the right questions. Below it stands each question with its correlation with the sum "
    "of the others, the lowest first. A question that goes little with the rest may ask about something else. Where "
    "questions are meant to be different, no high figure is wanted."
)


def cohort_report(cohort: Cohort, *, left_out: int = 0, aside: int = 0, repeats: Repeats = NO_REPEATS) -> Report:
    """Return the report; `left_out` sheets could not be read, `aside` have answers that are kept and not used.

    `repeats` says which organisations have more than one sheet; none is named.
    """
    counted = (*_counted(cohort, left_out, aside), *_repeated(repeats), _floor(cohort))
    risk = [one for one in cohort.factors if one.factor.kind == "risk"]
    gain = [one for one in cohort.factors if one.factor.kind == "opportunity"]
    sections = (
        Section("In short", tuple(_in_short(cohort, risk, gain))),
        Section("What was counted", (Bullets(tuple((line,) for line in counted)),)),
        Section(headings(cohort.pack).result, tuple(spreads(cohort, risk, gain=False))),
        Section("What there is to gain", tuple(spreads(cohort, gain, gain=True))),
        Section(by_title(cohort), tuple(by_answer(cohort))),
        Section("Red flags", tuple(_flags(cohort))),
        Section("Where help would reach most", tuple(_steps(cohort))),
        Section("What is not known", tuple(_unknown(cohort))),
        Section("All answers", sections=tuple(_answers(cohort)), new_page=True),
        Section("For the author of the questions", tuple(_reliability(cohort))),
        Section("Read this with care", (_care(cohort.pack),)),
    )
    return Report(
        title=f"{cohort.pack.title}: many organisations",
        subtitle=f"{organisations(cohort.sheets)}. Their own answers, which nobody has checked.",
        language=cohort.pack.language,
        sections=filled(sections),
    )


# In short.


def _in_short(cohort: Cohort, risk: Sequence[FactorSpread], gain: Sequence[FactorSpread]) -> Iterator[Block]:
    pack, overall = cohort.pack, cohort.overall
    if overall.mean is None:
        yield Paragraph(("Too few have answered enough for an overall result.",), lead=True)
    else:
        near = {"<": "just under ", ">": "just over "}.get(side(pack, overall.mean), "")
        band = mark(pack, band_of(pack, overall.mean))
        middle = f" The middle half of them score {half(pack, overall.quartiles)}." if overall.quartiles else ""
        out = "of 100" if pack.display.usual else out_of(pack)
        words = (f"On average they score {near}{coarse(pack, overall.mean)} {out} overall, ", band, f".{middle}")
        yield Paragraph(words, lead=True)
    yield Bullets(tuple(_points(cohort, risk, gain)))


def _points(cohort: Cohort, risk: Sequence[FactorSpread], gain: Sequence[FactorSpread]) -> Iterator[Words]:
    if None not in cohort.overall.bands:
        yield (
            f"Of {cohort.overall.scored} with an overall result, red flags counted: ",
            *bands(cohort.pack, cohort.overall),
            ".",
        )
    pack, ranked = cohort.pack, _ranked(risk)
    if len(ranked) > 1:
        yield (f"Weakest on average: {_level(pack, ranked[0])}. Strongest: {_level(pack, ranked[-1])}.",)
    if gains := _ranked(gain):
        yield (f"On average there is most to gain here: {_level(pack, gains[-1])}.",)
    if cohort.flags and cohort.flags[0].raised:
        flag = cohort.flags[0]
        known = _OF_SHOWN if any(one.raised is None for one in cohort.flags) else ""
        often = f"The red flag raised most often{known}, by {flag.raised} of {flag.answered}"
        yield (f"{often}: “{sentence(flag.flag.reason)}”",)
    if cohort.steps:
        step = cohort.steps[0]
        known = _OF_SHOWN if cohort.hidden_steps else ""
        often = f"The step that is next for the largest number{known}, {step.ahead} of {cohort.sheets}"
        about = f", about “{clause(step.question.text)}”" if step.step.do in cohort.pack.repeated_steps else ""
        yield (f"{often}{about}: “{sentence(step.step.do)}”",)


def _ranked(spreads: Iterable[FactorSpread]) -> list[FactorSpread]:
    return sorted((one for one in spreads if one.spread.mean is not None), key=lambda one: one.spread.mean or 0)


def _level(pack: Pack, one: FactorSpread) -> str:
    return f"{inside(one.factor.title)} ({coarse(pack, one.spread.mean or Fraction(0))})"


# What was counted.


def _counted(cohort: Cohort, left_out: int, aside: int) -> Iterator[str]:
    yield f"{count(cohort.sheets, 'sheet was', 'sheets were')} counted, each as one organisation."
    if left_out:
        yield f"{left_out} more could not be read, and {'is' if left_out == 1 else 'are'} left out."
    if aside:
        yield (
            f"{count(aside, 'sheet has', 'sheets have')} answers to questions that have changed since. "
            "These answers are not used."
        )
    unclear = cohort.overall.unclear + cohort.overall.unassessed
    if unclear:
        yield f"{count(unclear, 'organisation has', 'organisations have')} answered too little for an overall result."


def _repeated(repeats: Repeats) -> Iterator[str]:
    """Say that some organisations count more than once, where whoever reads on would take each sheet for another."""
    if repeats.organisations:
        share = floor(100 * repeats.organisations / repeats.of)
        some = (
            f"About {share} per cent of organisations have"
            if share
            else "Some organisations, fewer than 1 in 100, have"
        )
        if repeats.everyone:
            some = count(repeats.organisations, "organisation has", "organisations have")
        yield (
            f"{some} more than one sheet here. Each sheet counts as one organisation, so such an organisation counts "
            "more than once, and a group may be smaller than its number says."
        )


def _floor(cohort: Cohort) -> str:
    fewer = f"fewer than {cohort.smallest_group} organisations"
    return f"No score and no answer is shown of {fewer}, so that nobody can be found."


# What would help.


def _flags(cohort: Cohort) -> Iterator[Block]:
    shown = [flag for flag in cohort.flags if flag.raised is not None]
    if shown:
        yield Paragraph((_FLAGS,))
        yield Bullets(
            tuple(
                (
                    Strong(f"{flag.raised} of {flag.answered}"),
                    f": “{sentence(flag.flag.reason)}” The question was: {flag.question.text}",
                )
                for flag in shown
            )
        )
    if hidden := len(cohort.flags) - len(shown):
        which = ("one more" if hidden == 1 else f"{hidden} others") if shown else "red flags"
        yield Paragraph((f"How many raise {which} is not shown: {_WHY_HIDDEN}.",))


def _steps(cohort: Cohort) -> Iterator[Block]:
    if not cohort.steps:
        none = "For no step can it be shown how many have it next:"
        yield from [Paragraph((f"{none} {_WHY_HIDDEN}.",))] if cohort.hidden_steps else []
        return
    yield Paragraph((_OFFER,))
    entries = []
    for one in cohort.steps[:MOST]:
        help_ = [named(cohort.pack.resource[name]) for name in one.step.resources]
        lines: list[Words] = [(f"Next for {one.ahead} of {cohort.sheets}. Question: {one.question.text}",)]
        lines += [("Guidance: ", *words) for words in help_]
        entries.append(Entry((Strong(sentence(one.step.do)),), tuple(lines)))
    yield Entries(tuple(entries), numbered=True)
    if cohort.hidden_steps:
        more = count(cohort.hidden_steps, "more step is", "more steps are")
        yield Paragraph((f"{more} left out, as it cannot be shown for how many: {_WHY_HIDDEN}.",))


def _unknown(cohort: Cohort) -> Iterator[Block]:
    some = [(one.dont_know, one) for one in cohort.questions if one.question.informs and one.dont_know]
    most = sorted(some, key=lambda two: -Fraction(two[0], two[1].answered))[:MOST]
    hidden = any(one.question.informs and one.dont_know is None for one in cohort.questions)
    if hidden and not most:
        yield Paragraph((f"For no question can it be shown how many do not know the answer: {_WHY_HIDDEN}.",))
    if most:
        known = _OF_SHOWN if hidden else ""
        yield Paragraph((f"The questions to which the most organisations do not know the answer{known}:",))
        yield Bullets(
            tuple(
                (Strong(one.question.text), f" {number} of {one.answered}. Who would know: {inside(one.question.ask)}.")
                for number, one in most
            )
        )


# All answers.


def _answers(cohort: Cohort) -> Iterator[Section]:
    counts = {one.question.id: one for one in cohort.questions}
    parts = [("About the organisations", cohort.pack.context)]
    parts += [(theme.title, theme.questions) for trend in cohort.pack.trends for theme in trend.themes]
    for title, questions in parts:
        told = [question for question in questions if question.id in counts or question is cohort.by]
        entries = [Entry((Strong(question.text),), tuple(_answer(counts.get(question.id)))) for question in told]
        if entries:
            yield Section(title, (Entries(tuple(entries)),))


def _answer(one: QuestionCount | None) -> Iterator[Words]:
    if one is None:
        yield ("Not shown here: with the groups above, it would tell on members.",)
        return
    several = ", who could give several answers" if one.question.several else ""
    told = [(clause(choice.text), number) for choice, number in zip(one.question.choices, one.choices, strict=True)]
    told += [("I do not know", one.dont_know), ("Does not apply", one.not_applicable)]
    said = [f"“{words}” {number}" for words, number in told if number]
    hidden = [f"“{words}”" for words, number in told if number is None]
    if said:
        yield (f"Of {one.answered} who answered{several}: {'; '.join(said)}.",)
    if hidden:
        yield (f"Not shown, so that nobody can be found: {listing(hidden)}.",)
    rest = []
    if one.unanswered:
        rest.append(f"{one.unanswered} left it out")
    if one.not_asked:
        rest.append(f"{one.not_asked} were not asked")
    if rest:
        yield (sentence("; ".join(rest)),)


# For the author.


def _reliability(cohort: Cohort) -> Iterator[Block]:
    yield Paragraph((_CONSISTENCY,))
    alike: dict[tuple[Words, ...], list[str]] = {}
    for one in cohort.factors:
        alike.setdefault(tuple(_consistency(cohort, one)), []).append(one.factor.title)
    yield Entries(tuple(Entry((Strong("; ".join(titles)),), lines) for lines, titles in alike.items()))


def _consistency(cohort: Cohort, one: FactorSpread) -> Iterator[Words]:
    found = one.reliability
    if found.alpha is None:
        fewest = max(FEWEST_COMPLETE, cohort.smallest_group)
        yield (f"Alpha is not computed: {_why_not(found, fewest)}.",)
    else:
        sheets = "" if found.complete is None else f", from {found.complete} sheets that answer all its questions"
        yield (f"Alpha {found.alpha:.2f}{sheets}.",)
    asked = compared(cohort.pack, one.factor)
    known = [(value, question) for value, question in zip(found.item_rest, asked, strict=True) if value is not None]
    for value, question in sorted(known, key=lambda two: two[0]):
        yield (f"{question.text} ({question.id}): {value:.2f}",)


def _why_not(found: Reliability, fewest: int) -> str:
    """Say why there is no alpha."""
    if len(found.item_rest) < 2:  # noqa: PLR2004  one question agrees with itself
        return "it takes two questions"
    if found.complete is None:
        return f"it takes {fewest} sheets that answer all its questions, and not all alike"
    if found.complete < fewest:
        sheets = count(found.complete, "sheet answers", "sheets answer")
        return f"{sheets} all its questions, and it takes {fewest}"
    return f"on all {found.complete} sheets that answer its questions, the answers come to the same"


def _care(pack: Pack) -> Bullets:
    lines = (
        f"These are organisations’ own answers. Nobody has checked them{tested(pack)}",
        "Each sheet counts once. If an organisation sent several, it counts several times.",
        "Those who answered chose to. They may not be like those who did not.",
        "It is made for seeing where help is needed. It is not made for choosing among organisations.",
        "A figure that rests on too few is left out, and sometimes another with it, so that nobody can be found.",
        "Do not pass on two reports on nearly the same organisations: what differs tells on the few that are new.",
    )
    return Bullets(tuple((line,) for line in lines))
