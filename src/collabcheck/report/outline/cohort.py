"""The report on a cohort: where many organisations are ready, what they lack, and what would help most of them."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from collabcheck.cohort.summary import Cohort, Distribution, FactorSpread, Group, Other, QuestionCount, whole
from collabcheck.pack import Pack
from collabcheck.report.blocks import (
    Block,
    Bullets,
    Entries,
    Entry,
    Heat,
    HeatCell,
    HeatRow,
    Middle,
    Paragraph,
    Point,
    Report,
    Section,
    Strip,
    Strips,
    Strong,
    Table,
    Words,
)
from collabcheck.report.outline.assessment import filled
from collabcheck.report.outline.factors import scale
from collabcheck.report.outline.wording import STRIPS, clause, count, inside, listing, mark, named, sentence
from collabcheck.scoring import band_of

MOST = 10
"""So many steps, and questions that nobody can answer, are named; more than that is no choice of what to do."""

CARE = Bullets(
    (
        ("These are organisations’ own answers. Nobody has checked them, and researchers have not tested this scale.",),
        ("Each sheet counts once. If an organisation sent several, it counts several times.",),
        ("Those who answered chose to. They may not be like those who did not.",),
        ("It is made for seeing where help is needed. It is not made for choosing among organisations.",),
        ("A figure that rests on too few is left out, and sometimes another with it, so that nobody can be found.",),
        ("Do not pass on two reports on nearly the same organisations: what differs tells on the few that are new.",),
    )
)

_MIDDLE_HALF = " The middle half leaves out the quarter that score lowest and the quarter that score highest."
_OFFER = (
    "The next steps that most organisations have before them. Something offered for one of these, such as "
    "training or a template, would be of use to the most."
)
_CONSISTENCY = (
    "Cronbach’s alpha says how far the questions of a factor go together, from 0 to 1; about 0.7 is usual. It "
    "does not say that they are the right questions. A question that goes least with the rest, by its correlation "
    "with their sum, may ask about something else. Where questions are meant to be different, no high alpha is "
    "wanted."
)


def cohort_report(cohort: Cohort, *, left_out: int = 0, aside: int = 0) -> Report:
    """Return the report; `left_out` sheets could not be read, `aside` have answers that are kept and not used."""
    risk = [one for one in cohort.factors if one.factor.kind == "risk"]
    gain = [one for one in cohort.factors if one.factor.kind == "opportunity"]
    sections = (
        Section("In short", tuple(_in_short(cohort, risk, gain))),
        Section("What was counted", (Bullets(tuple((line,) for line in _counted(cohort, left_out, aside))),)),
        Section("Readiness", tuple(_spreads(cohort, risk, gain=False))),
        Section("What there is to gain", tuple(_spreads(cohort, gain, gain=True))),
        Section(_by_title(cohort), tuple(_by(cohort)), new_page=True),
        Section("Red flags", tuple(_flags(cohort))),
        Section("Where help would reach most", tuple(_steps(cohort))),
        Section("What is not known", tuple(_unknown(cohort))),
        Section("All answers", sections=tuple(_answers(cohort)), new_page=True),
        Section("For the author of the questions", tuple(_reliability(cohort))),
        Section("Read this with care", (CARE,)),
    )
    return Report(
        title=f"{cohort.pack.title}: many organisations",
        subtitle=f"{_organisations(cohort.sheets)}. Their own answers, which nobody has checked.",
        language=cohort.pack.language,
        sections=filled(sections),
    )


# In short.


def _in_short(cohort: Cohort, risk: Sequence[FactorSpread], gain: Sequence[FactorSpread]) -> Iterator[Block]:
    pack, overall = cohort.pack, cohort.overall
    if overall.mean is None or overall.quartiles is None:
        yield Paragraph(("Too few have answered enough for an overall result.",), lead=True)
    else:
        low, _, high = map(whole, overall.quartiles)
        band = mark(pack, band_of(pack, overall.mean))
        words = (
            f"On average they score {whole(overall.mean)} of 100 overall, ",
            band,
            f". Half of them score {low} to {high}.",
        )
        yield Paragraph(words, lead=True)
    yield Bullets(tuple(_points(cohort, risk, gain)))


def _points(cohort: Cohort, risk: Sequence[FactorSpread], gain: Sequence[FactorSpread]) -> Iterator[Words]:
    if None not in cohort.overall.bands:
        yield (f"Of {cohort.overall.scored} with an overall result: ", *_bands(cohort.pack, cohort.overall), ".")
    ranked = _ranked(risk)
    if len(ranked) > 1:
        yield (f"Weakest on average: {_level(ranked[0])}. Strongest: {_level(ranked[-1])}.",)
    if gains := _ranked(gain):
        yield (f"On average there is most to gain here: {_level(gains[-1])}.",)
    if cohort.flags and cohort.flags[0].raised:
        flag = cohort.flags[0]
        known = ", of those that can be shown" if any(one.raised is None for one in cohort.flags) else ""
        yield (f"The red flag that most raise{known}, {flag.raised} of {flag.answered}: {sentence(flag.flag.reason)}",)
    if cohort.steps:
        step = cohort.steps[0]
        known = ", of those that can be shown" if cohort.hidden_steps else ""
        yield (f"The step that is next for most{known}, {step.ahead} of {cohort.sheets}: {sentence(step.step.do)}",)


def _ranked(spreads: Iterable[FactorSpread]) -> list[FactorSpread]:
    return sorted((one for one in spreads if one.spread.mean is not None), key=lambda one: one.spread.mean or 0)


def _level(one: FactorSpread) -> str:
    return f"{inside(one.factor.title)} ({whole(one.spread.mean or Fraction(0))})"


def _bands(pack: Pack, spread: Distribution, *, gain: bool = False) -> Words:
    """Return how many are in each band, as far as that can be shown."""
    shown = [(mark(pack, band, gain=gain), _number(n)) for band, n in zip(pack.bands, spread.bands, strict=True)]
    return tuple(part for i, (band, n) in enumerate(shown) for part in (f"{', ' if i else ''}{n} ", band))


def _organisations(number: int) -> str:
    return count(number, "organisation", "organisations")


def _number(number: int | None) -> str:
    return "not shown" if number is None else str(number)


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
    yield f"Nothing is said of fewer than {cohort.smallest_group} organisations, so that nobody can be found."


# How scores are spread.


def _spreads(cohort: Cohort, spreads: Sequence[FactorSpread], *, gain: bool) -> Iterator[Block]:
    if not spreads:
        return
    pack = cohort.pack
    rows = [strip(pack, one.factor.title, one.spread, gain=gain) for one in spreads]
    whole_row = [] if gain else [strip(pack, "Overall", cohort.overall)]
    yield Strips(
        caption=f"{'What they could gain' if gain else 'How ready they are'}, from 0 to 100",
        columns=("Factor", "Organisations for every 10 points", "Mean", "Middle half", "Bands"),
        scale=scale(pack, gain=gain),
        rows=(*whole_row, *rows),
        key=(STRIPS, _MIDDLE_HALF),
    )
    yield Entries(tuple(Entry((Strong(one.factor.title),), tuple(_about(one))) for one in spreads))


def strip(pack: Pack, label: str, spread: Distribution, *, gain: bool = False) -> Strip:
    """Return the row of a chart for one score."""
    if spread.mean is None or spread.quartiles is None:
        return Strip(label, (None,) * 10, "too few", None, ())
    low, median, high = map(whole, spread.quartiles)
    first, second, third = spread.quartiles
    middle = Middle(first, Point(second, str(median)), third, f"{low} to {high}, half of all below {median}")
    return Strip(label, spread.tens, str(whole(spread.mean)), middle, _bands(pack, spread, gain=gain))


def _about(one: FactorSpread) -> Iterator[Words]:
    yield (one.factor.meaning,)
    missing = one.spread.unclear
    if missing:
        yield (f"{count(missing, 'organisation has', 'organisations have')} answered too little for a score.",)
    if one.spread.unassessed:
        yield (f"It does not concern {_organisations(one.spread.unassessed)}.",)


# By group.


def _by_title(cohort: Cohort) -> str:
    return f"By answer: {cohort.by.text}" if cohort.by else ""


def _by(cohort: Cohort) -> Iterator[Block]:
    if cohort.by is None:
        return
    if cohort.in_small_groups:
        left = count(cohort.in_small_groups, "organisation is", "organisations are")
        why = "and as many more as it takes so that these cannot be worked out from the rest."
        few = f"groups of fewer than {cohort.smallest_group}"
        yield Paragraph((f"{left} in groups that are not shown: {few}, {why}",))
    if not cohort.groups:
        yield Paragraph(("No group is large enough to be shown.",))
        return
    columns = tuple(f"{_who(group)} ({group.sheets})" for group in cohort.groups)
    for kind, caption, first in (
        ("risk", "How ready each group is: means from 0 to 100", [HeatRow("Overall", tuple(_cells(cohort, 0)))]),
        ("opportunity", "What each group could gain: means from 0 to 100", []),
    ):
        rows = [
            HeatRow(factor.title, tuple(_cells(cohort, i, gain=kind == "opportunity")))
            for i, factor in enumerate(cohort.pack.factors, start=1)
            if factor.kind == kind
        ]
        if rows:
            key = ("In brackets: how many organisations. A dash stands where a mean would tell on too few.",)
            yield Heat(caption, "Factor", columns, (*first, *rows), key)


def _who(group: Group) -> str:
    match group.who:
        case Other.SEVERAL:
            return "More than one of these"
        case Other.NOT_APPLICABLE:
            return "Does not apply"
        case Other.UNKNOWN:
            return "Not known"
        case choice:
            return choice.text


def _cells(cohort: Cohort, i: int, *, gain: bool = False) -> Iterator[HeatCell | None]:
    """Yield the mean of each group: overall for 0, or of the factor with this number."""
    for group in cohort.groups:
        mean = (group.overall, *group.factors)[i]
        yield HeatCell(str(whole(mean.mean)), mark(cohort.pack, mean.band, gain=gain)) if mean else None


# What would help.


def _flags(cohort: Cohort) -> Iterator[Block]:
    shown = [flag for flag in cohort.flags if flag.raised is not None]
    if shown:
        yield Bullets(
            tuple(
                (
                    Strong(f"{flag.raised} of {flag.answered}"),
                    f": {sentence(flag.flag.reason)} The question was: {flag.question.text}",
                )
                for flag in shown
            )
        )
    if len(shown) < len(cohort.flags):
        yield Paragraph(
            (f"How many raise {_others(len(cohort.flags) - len(shown))} is not shown: too few do, or too few do not.",)
        )


def _others(flags: int) -> str:
    return "one more" if flags == 1 else f"{flags} others"


def _steps(cohort: Cohort) -> Iterator[Block]:
    if not cohort.steps:
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
        yield Paragraph((f"For {_others(cohort.hidden_steps)} it is not shown how many have them ahead.",))


def _unknown(cohort: Cohort) -> Iterator[Block]:
    some = [(one.dont_know, one) for one in cohort.questions if one.question.informs and one.dont_know]
    most = sorted(some, key=lambda two: -Fraction(two[0], two[1].answered))[:MOST]
    if most:
        yield Paragraph(("The questions to which the most organisations do not know the answer.",))
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
        entries = [Entry((Strong(question.text),), tuple(_answer(counts[question.id]))) for question in questions]
        yield Section(title, (Entries(tuple(entries)),))


def _answer(one: QuestionCount) -> Iterator[Words]:
    told = [(clause(choice.text), number) for choice, number in zip(one.question.choices, one.choices, strict=True)]
    told += [("I do not know", one.dont_know), ("Does not apply", one.not_applicable)]
    said = [f"“{words}” {number}" for words, number in told if number]
    hidden = [f"“{words}”" for words, number in told if number is None]
    if said:
        yield (f"{'; '.join(said)}.",)
    if hidden:
        yield (f"Not shown, as too few say one of them: {listing(hidden)}.",)
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
    rows = tuple(tuple(_consistency(cohort.pack, one)) for one in cohort.factors)
    columns = ("Factor", "Goes least with the rest", "Correlation", "Alpha", "Complete sheets")
    yield Table("How far the questions of each factor go together", columns, rows)


def _consistency(pack: Pack, one: FactorSpread) -> Iterator[Words]:
    found = one.reliability
    questions = [question.id for question, _ in pack.informing[one.factor.id]]
    known = [(value, name) for value, name in zip(found.item_rest, questions, strict=True) if value is not None]
    least = min(known, default=None)
    yield (one.factor.title,)
    yield (least[1] if least else "",)
    yield (f"{least[0]:.2f}" if least else "",)
    yield (f"not computed: n = {found.complete}" if found.alpha is None else f"{found.alpha:.2f}",)
    yield (str(found.complete),)
