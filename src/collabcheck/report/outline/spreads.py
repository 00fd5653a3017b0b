"""How the scores of many are spread, and the means of groups: charts, with the figures that may be shown."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from collabcheck.cohort.answers import QuestionCount
from collabcheck.cohort.summary import Cohort, Distribution, FactorSpread, Group, GroupMean, Other, whole
from collabcheck.display import plainly
from collabcheck.pack import Pack
from collabcheck.report.blocks import (
    TOO_FEW,
    Block,
    Entries,
    Entry,
    Heat,
    HeatCell,
    HeatRow,
    Middle,
    Paragraph,
    Point,
    Span,
    Strip,
    Strips,
    Strong,
    Words,
)
from collabcheck.report.outline.factors import scale
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.wording import coarse, coarse_score, count, mark, reach, strips
from collabcheck.scoring import band_of

_MIDDLE_HALF = "The middle half leaves out the quarter that score lowest and the quarter that score highest."
_NO_MIDDLE_HALF = "Where a quarter of them would be too few, no middle half is shown."
_WITH_FLAGS = "Bands count red flags, which hold an organisation down. Means do not."
_ROUNDED = (
    "A figure with < or > is rounded over the edge of a band: the mean is just below or just above it. A decimal more "
    "would tell on members."
)
_UNEVEN = (
    "An area has no figures where only a few have a score for all of its factors, or a few have one for a factor and "
    "not for all: beside the figures of the factors, its own would tell on these few."
)


# How scores are spread.


def spreads(cohort: Cohort, shown: Sequence[FactorSpread], *, gain: bool) -> Iterator[Block]:
    """Yield charts of how some scores are spread, those of areas first, and what each is about."""
    if not shown:
        return
    pack = cohort.pack
    areas = [one for one in cohort.areas if one.kind == ("opportunity" if gain else "risk")]
    groups = [(one.area.title, one.area.meaning, one.spread) for one in areas]
    factors = [(one.factor.title, one.factor.meaning, one.spread) for one in shown]
    parts = [*groups, *factors]
    if groups:
        yield _chart(pack, "Area", (strip(pack, title, spread, gain=gain) for title, _, spread in groups), gain=gain)
    rows = [strip(pack, title, spread, gain=gain) for title, _, spread in factors]
    whole_row = [] if gain else [strip(pack, "Overall", cohort.overall)]
    yield _chart(pack, "Factor", (*whole_row, *rows), gain=gain)
    known = [spread for _, _, spread in parts] + ([] if gain else [cohort.overall])
    yield from (Paragraph((notes,)) for notes in (" ".join(_notes(known)),) if notes)
    if any(one.spread.mean is None and one.spread.scored >= cohort.smallest_group for one in areas):
        yield Paragraph((_UNEVEN,))
    yield Entries(tuple(Entry((Strong(title),), tuple(_about(meaning, spread))) for title, meaning, spread in parts))


def _chart(pack: Pack, each: str, rows: Iterable[Strip], *, gain: bool) -> Strips:
    """Return the chart of some scores, each of an area or of a factor."""
    of = " by area" if each == "Area" else ""
    return Strips(
        caption=f"{'What they could gain' if gain else headings(pack).theirs}{of}, {reach(pack)}",
        columns=(each, f"Organisations for every {ten(pack)} points", "Mean", "Middle half", "Bands"),
        scale=scale(pack, gain=gain),
        rows=tuple(rows),
        key=(strips(pack),),
        edges=edges(pack),
    )


def strip(pack: Pack, label: str, spread: Distribution, *, gain: bool = False) -> Strip:
    """Return the row of a chart for one score."""
    if spread.mean is None:
        return Strip(label, (None,) * 10, TOO_FEW, None, ())
    return Strip(label, spread.tens, coarse(pack, spread.mean), _middle(pack, spread), bands(pack, spread, gain=gain))


def _middle(pack: Pack, spread: Distribution) -> Middle | None:
    """Return the middle half in whole points, as anybody can measure what is drawn."""
    if spread.quartiles is None:
        return None
    low, median, high = (Fraction(whole(one)) for one in spread.quartiles)
    middle = coarse(pack, median)
    said = f"{half(pack, spread.quartiles)}, the middle score is {middle}"
    return Middle(low, Point(median, middle), high, said)


def _notes(spreads: Sequence[Distribution]) -> Iterator[str]:
    """Yield what has to be known of the figures of these scores."""
    scored = [one for one in spreads if one.mean is not None]
    if any(one.quartiles for one in scored):
        yield _MIDDLE_HALF
    if any(one.quartiles is None for one in scored):
        yield _NO_MIDDLE_HALF
    if scored:
        yield _WITH_FLAGS


def _about(meaning: str, spread: Distribution) -> Iterator[Words]:
    yield (meaning,)
    missing = spread.unclear
    if missing:
        yield (f"{count(missing, 'organisation has', 'organisations have')} answered too little for a score.",)
    if spread.unassessed:
        yield (f"It does not concern {organisations(spread.unassessed)}.",)


# By group.


def by_title(cohort: Cohort) -> str:
    """Return the question that divides a cohort, as a title; nothing if none does."""
    return f"By answer: {cohort.by.text}" if cohort.by else ""


def by_answer(cohort: Cohort) -> Iterator[Block]:
    """Yield the means of each group that is large enough."""
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
    yield Paragraph(("In brackets: how many organisations are in a group.",))
    columns = tuple(f"{_who(cohort, group)} ({group.sheets})" for group in cohort.groups)
    for kind, caption, first in (
        (
            "risk",
            f"{headings(cohort.pack).by_group}: means {reach(cohort.pack)}",
            [HeatRow("Overall", tuple(_cells(cohort, 0)))],
        ),
        ("opportunity", f"What each group could gain: means {reach(cohort.pack)}", []),
    ):
        rows = [
            HeatRow(factor.title, tuple(_cells(cohort, i, gain=kind == "opportunity")))
            for i, factor in enumerate(cohort.pack.factors, start=1)
            if factor.kind == kind
        ]
        if rows:
            yield Heat(
                caption, "Factor", columns, (*first, *rows), tuple(_key(cohort.pack, gain=kind == "opportunity"))
            )
    means = (mean for group in cohort.groups for mean in (group.overall, *group.factors) if mean)
    if any(side(cohort.pack, mean.mean) for mean in means):
        yield Paragraph((_ROUNDED,))


def _key(pack: Pack, *, gain: bool) -> Iterator[Span]:
    """Yield how to read a table of means."""
    for i, band in enumerate(pack.bands):
        yield ", " if i else ""
        yield mark(pack, band, gain=gain)
    yield ". A dash stands where a mean would tell on too few."


def _who(cohort: Cohort, group: Group) -> str:
    match group.who:
        case Other.SEVERAL:
            return "More than one of these"
        case Other.NOT_APPLICABLE:
            return "Does not apply"
        case Other.NOT_ASKED:
            return "Not asked"
        case Other.UNKNOWN:
            return _unsure(next((one for one in cohort.questions if one.question is cohort.by), None))
        case choice:
            return choice.text


def _unsure(told: QuestionCount | None) -> str:
    """Name the group of those who did not say, as far as it is known which of them there are."""
    if told and told.unanswered == 0:
        return "Do not know"
    return "Left it out" if told and told.dont_know == 0 else "Do not know or left it out"


def _cells(cohort: Cohort, i: int, *, gain: bool = False) -> Iterator[HeatCell | None]:
    """Yield the mean of each group: overall for 0, or of the factor with this number."""
    for group in cohort.groups:
        mean = (group.overall, *group.factors)[i]
        yield _cell(cohort.pack, mean, gain=gain) if mean else None


def _cell(pack: Pack, mean: GroupMean, *, gain: bool) -> HeatCell:
    return HeatCell(f"{side(pack, mean.mean)}{coarse(pack, mean.mean)}", mark(pack, mean.band, gain=gain))


# Figures.


def ten(pack: Pack) -> str:
    """Return how much a tenth of the scale is."""
    return plainly(pack.display.share(Fraction(10)))


def edges(pack: Pack) -> tuple[str, ...]:
    """Return where the tenths of the scale begin, and where the last one ends."""
    return tuple(plainly(pack.display.shown(Fraction(at))) for at in range(0, 101, 10))


def half(pack: Pack, quartiles: tuple[Fraction, Fraction, Fraction]) -> str:
    """Return from where to where the middle half of scores goes."""
    low, _, high = (coarse(pack, one) for one in quartiles)
    return low if low == high else f"{low} to {high}"


def side(pack: Pack, mean: Fraction) -> str:
    """Return on which side of its figure a mean is, where the figure seems to be in another band; else nothing.

    A score of one organisation gets a decimal there (rule 4). From means with decimals, scores could be worked out.
    """
    told = coarse_score(pack, mean)
    if band_of(pack, told) == band_of(pack, mean):
        return ""
    return "<" if told > mean else ">"


def bands(pack: Pack, spread: Distribution, *, gain: bool = False) -> Words:
    """Return how many are in each band, as far as that can be shown."""
    if set(spread.bands) == {None}:
        return ()
    shown = [(mark(pack, band, gain=gain), number(n)) for band, n in zip(pack.bands, spread.bands, strict=True)]
    return tuple(part for i, (band, n) in enumerate(shown) for part in (f"{', ' if i else ''}{n} ", band))


def organisations(many: int) -> str:
    """Return so many organisations in words."""
    return count(many, "organisation", "organisations")


def number(shown: int | None) -> str:
    """Return a count that may not be shown."""
    return "not shown" if shown is None else str(shown)
