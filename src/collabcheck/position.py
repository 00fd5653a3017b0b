"""Where gain and readiness together place the organisation (docs/scoring.md, rule 6)."""

from dataclasses import dataclass
from enum import StrEnum

from collabcheck.assessment import Assessment, NotAssessed, Score, band_now
from collabcheck.pack import Band, Positions
from collabcheck.scoring import mean


class Kind(StrEnum):
    """One of the four positions."""

    GO_AHEAD = "go-ahead"
    PREPARE = "prepare"
    NO_NEED = "no-need"
    LEAVE_IT = "leave-it"


@dataclass(frozen=True, slots=True)
class Position:
    """A position, and the pack's sentence for it."""

    kind: Kind
    says: str


def gain(assessment: Assessment) -> Score:
    """Return the mean of the opportunity factors by weight, apart from readiness and untouched by its flags."""
    return mean(assessment.pack, [(result.weight, result.score) for result in assessment.opportunity], ())


def place(assessment: Assessment) -> tuple[Position, ...]:
    """Return the position, and after it those that unknown answers could still make of it; none without both scores.

    The first is that of the scores; where there is no score, of the low ends, and no likelier than the others.
    """
    positions, ready, gains = assessment.pack.positions, assessment.overall.score, gain(assessment)
    if positions is None or isinstance(ready, NotAssessed) or isinstance(gains, NotAssessed):
        return ()
    kinds = [
        _kind(assessment, positions, gain_band, ready_band)
        for gain_band in (band_now(gains), gains.bands.low, gains.bands.high)
        for ready_band in (band_now(ready), ready.bands.low, ready.bands.high)
    ]
    says = {
        Kind.GO_AHEAD: positions.go_ahead,
        Kind.PREPARE: positions.prepare,
        Kind.NO_NEED: positions.no_need,
        Kind.LEAVE_IT: positions.leave_it,
    }
    return tuple(Position(kind, says[kind]) for kind in dict.fromkeys(kinds))


def _kind(assessment: Assessment, positions: Positions, gains: Band, ready: Band) -> Kind:
    enough = gains.starts >= assessment.pack.band[positions.gain_from].starts
    if ready.starts >= assessment.pack.band[positions.ready_from].starts:
        return Kind.GO_AHEAD if enough else Kind.NO_NEED
    return Kind.PREPARE if enough else Kind.LEAVE_IT
