"""Where one organisation stands among many: what a benchmark says of them, and the place in it of one score."""

from dataclasses import dataclass

from collabcheck.anonymity import FEWEST, SMALLEST_GROUP
from collabcheck.assessment import Assessment, Score, Scored
from collabcheck.benchmark import Benchmark, Scores, Stretch
from collabcheck.cohort.counting import Count, Spread
from collabcheck.cohort.summary import parts, quartiles, together, whole
from collabcheck.pack import Factor, Pack


def benchmark_of(pack: Pack, count: Count, *, smallest_group: int = SMALLEST_GROUP) -> Benchmark:
    """Return the benchmark of counted sheets."""
    smallest = max(smallest_group, FEWEST)
    overall, *factors = (_scores(pack, spread, smallest) for spread in together(count))
    return Benchmark(
        benchmark="1",
        pack=pack.pack,
        pack_version=pack.version,
        sheets=count.sheets,
        overall=overall,
        factors={factor.id: one for factor, one in zip(pack.factors, factors, strict=True) if one},
    )


def _scores(pack: Pack, spread: Spread, smallest: int) -> Scores | None:
    if spread.tenths.total() < smallest:
        return None
    stretches = tuple(
        Stretch.model_validate({"from": part.low, "to": part.high, "sheets": part.sheets})
        for part in parts(pack, spread, smallest)
    )
    found = quartiles(spread, smallest)
    return Scores(quartiles=found and tuple(map(whole, found)), stretches=stretches)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one score stands among those of others."""

    factor: Factor | None
    """None for the overall result."""
    score: Score
    scores: Scores
    lower: int
    """How many score in a lower stretch; all three are 0 where there is no score."""
    near: int
    """How many score in the same."""
    higher: int
    stretch: Stretch
    """The one that the score is in; the first where there is no score."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An organisation beside others."""

    benchmark: Benchmark
    places: tuple[Place, ...]
    """Overall, then for every factor that the benchmark has, in pack order."""


def stand(assessment: Assessment, benchmark: Benchmark) -> Standing:
    """Return where an organisation stands among those of a benchmark."""
    overall = [_place(None, assessment.overall.score, benchmark.overall)] if benchmark.overall else []
    factors = [
        _place(one.factor, one.score, benchmark.factors[one.factor.id])
        for one in assessment.factors
        if one.factor.id in benchmark.factors
    ]
    return Standing(benchmark, (*overall, *factors))


def _place(factor: Factor | None, score: Score, scores: Scores) -> Place:
    if not isinstance(score, Scored):
        return Place(factor, score, scores, 0, 0, 0, scores.stretches[0])
    at = max(i for i, stretch in enumerate(scores.stretches) if score.score >= stretch.from_)
    counts = [stretch.sheets for stretch in scores.stretches]
    return Place(factor, score, scores, sum(counts[:at]), counts[at], sum(counts[at + 1 :]), scores.stretches[at])
