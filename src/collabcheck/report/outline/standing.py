"""Where an organisation stands among others, in words and on a chart."""

from collections.abc import Iterator
from fractions import Fraction

from collabcheck.assessment import Scored
from collabcheck.cohort.partition import Part, tens_of
from collabcheck.cohort.standing import Place, Standing
from collabcheck.pack import Pack
from collabcheck.report.blocks import Block, Middle, Paragraph, Point, Strip, Strips
from collabcheck.report.outline.assessment import Among
from collabcheck.report.outline.factors import scale
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.spreads import edges, ten
from collabcheck.report.outline.wording import coarse, count, figure, reach, span, strips

_NOT_AN_AIM = "They say where you stand, not where you should be: what you need depends on what you want to do."


def among(pack: Pack, standing: Standing) -> Among:
    """Return how many score lower and higher: overall in short, and for each factor."""
    short = tuple(Paragraph((said,)) for said in _overall(pack, standing))
    return Among(short, (*short, *_in_full(pack, standing)))


def _in_full(pack: Pack, standing: Standing) -> Iterator[Block]:
    others = count(standing.benchmark.sheets, "organisation", "organisations")
    if not standing.places:
        few = f"Too few of the {others} in the benchmark have a score, so there is nothing to set yours beside."
        yield Paragraph((few,))
        return
    yield Paragraph((f"Here are your scores beside those of {others} that answered the same questions. {_NOT_AN_AIM}",))
    ready = [place for place in standing.places if place.factor is None or place.factor.kind == "risk"]
    gain = [place for place in standing.places if place not in ready]
    for caption, places, gains in (
        (f"{headings(pack).result} beside others", ready, False),
        ("Gain beside others", gain, True),
    ):
        if places:
            yield Strips(
                caption=f"{caption}, {reach(pack)}",
                columns=(
                    "Factor",
                    f"Others for every {ten(pack)} points",
                    "Their middle score",
                    "Their middle half",
                    "Beside you",
                ),
                scale=scale(pack, gain=gains),
                rows=tuple(_strip(pack, place) for place in places),
                key=(strips(pack),),
                edges=edges(pack),
                here="You",
            )


def _overall(pack: Pack, standing: Standing) -> Iterator[str]:
    """Yield where the overall result stands, if it does."""
    for place in standing.places:
        if place.factor is None and isinstance(place.score, Scored):
            of = count(place.lower + place.near + place.higher, "organisation", "organisations")
            lower = count(place.lower, "scores lower", "score lower")
            near = f"{count(place.near, 'is', 'are')} {_near(pack, place)}"
            higher = count(place.higher, "scores higher", "score higher")
            yield f"Of {of} in the benchmark that have an overall result, {lower} than you, {near}, and {higher}."


def _strip(pack: Pack, place: Place) -> Strip:
    label = place.factor.title if place.factor else "Overall"
    counts = tuple(tens_of(Part(one.from_, one.to, one.sheets) for one in place.scores.stretches))
    middle = _middle(pack, place)
    median = middle.median.figure if middle else "not shown, as they are few"
    if not isinstance(place.score, Scored):
        return Strip(label, counts, median, middle, ("no place, as you have no score here",))
    beside = f"{place.lower} lower; {place.near} {_near(pack, place)}; {place.higher} higher"
    open_ = span(pack, place.score)
    unknown = f"; your own range is {open_}" if open_ else ""
    here = Point(place.score.score, figure(pack, place.score.score))
    return Strip(label, counts, median, middle, (f"{beside}{unknown}",), here)


def _middle(pack: Pack, place: Place) -> Middle | None:
    if place.scores.quartiles is None:
        return None
    low, median, high = map(Fraction, place.scores.quartiles)
    return Middle(low, Point(median, coarse(pack, median)), high, f"{coarse(pack, low)} to {coarse(pack, high)}")


def _near(pack: Pack, place: Place) -> str:
    """Say where those are who may be on either side, as no finer place is told."""
    low, high = (coarse(pack, Fraction(end)) for end in (place.stretch.from_, place.stretch.to))
    return f"in the same part of the scale ({low} to {high}), above or below you"
