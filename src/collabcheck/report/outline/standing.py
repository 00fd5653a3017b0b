"""Where an organisation stands among others, in words and on a chart."""

from collections.abc import Iterator
from fractions import Fraction

from collabcheck.assessment import Scored
from collabcheck.cohort.partition import Part, tens_of
from collabcheck.cohort.standing import Place, Standing
from collabcheck.pack import Pack
from collabcheck.report.blocks import Block, Middle, Paragraph, Point, Strip, Strips
from collabcheck.report.outline.factors import scale
from collabcheck.report.outline.wording import STRIPS, count, figure

_NOT_AN_AIM = "They say where you stand, not where you should be: what you need depends on what you want to do."


def among(pack: Pack, standing: Standing) -> Iterator[Block]:
    """Yield how many score lower and higher, overall and for each factor."""
    others = count(standing.benchmark.sheets, "organisation", "organisations")
    yield Paragraph((f"Here are your scores beside those of {others} that answered the same questions. {_NOT_AN_AIM}",))
    ready = [place for place in standing.places if place.factor is None or place.factor.kind == "risk"]
    gain = [place for place in standing.places if place not in ready]
    for caption, places, gains in (("Readiness beside others", ready, False), ("Gain beside others", gain, True)):
        if places:
            yield Strips(
                caption=f"{caption}, from 0 to 100",
                columns=("Factor", "Others for every 10 points", "Half of them are below", "Middle half", "Beside you"),
                scale=scale(pack, gain=gains),
                rows=tuple(_strip(pack, place) for place in places),
                key=(STRIPS,),
                here="You",
            )


def _strip(pack: Pack, place: Place) -> Strip:
    low, median, high = place.scores.quartiles
    middle = Middle(Fraction(low), Point(Fraction(median), str(median)), Fraction(high), f"{low} to {high}")
    counts = tuple(tens_of(Part(one.from_, one.to, one.sheets) for one in place.scores.stretches))
    label = place.factor.title if place.factor else "Overall"
    if not isinstance(place.score, Scored):
        return Strip(label, counts, str(median), middle, ("no place, as you have no score here",))
    near = f"{place.near} from {place.stretch.from_} to {place.stretch.to} as you"
    beside = f"{place.lower} lower, {near}, {place.higher} higher"
    here = Point(place.score.score, figure(pack, place.score.score))
    return Strip(label, counts, str(median), middle, (beside,), here)
