"""A cohort as a plain table for other programs: a row for each sheet and factor, without a name or a note.

Columns, in their order: `sheet`, its number in the cohort, in which one that cannot be read leaves a gap; the id of
every context question, with the code of its answer; `factor`; `kind`; `score`, `low` and `high` on the range of the
pack, with four digits after the point; `band`, `band_low` and `band_high`. What is not known is empty. `overall` stands
for the overall result.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from collabcheck.assessment import NotAssessed, RangeOnly, Score, Scored
from collabcheck.coding import Codes
from collabcheck.cohort.outcomes import Outcome, caps_of
from collabcheck.pack import Band, Pack
from collabcheck.scoring import mean, rate, together


def header(pack: Pack) -> str:
    """Return the first line."""
    about = [question.id for question in pack.context]
    return _line(["sheet", *about, "factor", "kind", "score", "low", "high", "band", "band_low", "band_high"])


def rows(pack: Pack, sheets: Iterable[tuple[Codes, tuple[Outcome, ...]]], numbers: Sequence[int]) -> Iterator[str]:
    """Yield the lines of sheets, which have these numbers."""
    for number, (codes, outcomes) in zip(numbers, sheets, strict=True):
        about = [str(number), *codes[: len(pack.context)]]
        caps = [
            band for question, code in zip(pack.questions, codes, strict=True) for band in caps_of(pack, question, code)
        ]
        yield _line([*about, "overall", "risk", *_score(pack, _overall(pack, outcomes, caps))])
        for factor, outcome in zip(pack.factors, outcomes, strict=True):
            yield _line([*about, factor.id, factor.kind, *_score(pack, outcome.score)])


def _overall(pack: Pack, outcomes: Sequence[Outcome], caps: Sequence[Band]) -> Score:
    """Return the overall result (docs/scoring.md, rule 6)."""
    pairs = zip(pack.factors, outcomes, strict=True)
    risk = [(factor, outcome) for factor, outcome in pairs if factor.kind == "risk"]
    if pack.aggregate == "pooled":
        return rate(pack, together([outcome.sums for _, outcome in risk]), caps)
    return mean(pack, [(factor.weight, outcome.score) for factor, outcome in risk], caps)


def _line(cells: Iterable[str]) -> str:
    return f"{','.join(cells)}\n"  # ids, signs and figures need no quotes


def _score(pack: Pack, score: Score) -> tuple[str, ...]:
    match score:
        case NotAssessed():
            return ("",) * 6
        case RangeOnly(range=span, bands=bands):
            value, band = "", ""
        case Scored(score=level, band=one, range=span, bands=bands):
            value, band = _figure(pack, level), one.id
    return value, _figure(pack, span.low), _figure(pack, span.high), band, bands.low.id, bands.high.id


def _figure(pack: Pack, value: Fraction) -> str:
    return f"{float(round(pack.display.shown(value), 4)):.4f}"
