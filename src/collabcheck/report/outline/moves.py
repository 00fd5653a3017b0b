"""Where a score went, in words: the band first, and only as far as the ranges allow it."""

from collabcheck.assessment import NotAssessed, RangeOnly, Score, Scored
from collabcheck.comparison.progress import Move, Way
from collabcheck.pack import Pack
from collabcheck.report.blocks import Words
from collabcheck.report.outline.wording import figure, mark, span
from collabcheck.scoring import band_of


def moved(pack: Pack, move: Move) -> Words:
    """Say where a score went: the band first, and only as far as the ranges allow it."""
    match move.before, move.after:
        case NotAssessed(), NotAssessed():
            return ("not assessed, then or now",)
        case NotAssessed(), after:
            return ("not assessed then; now ", *_standing(pack, after))
        case before, NotAssessed():
            return (*_standing(pack, before), " then; not assessed now")
        case (Scored() as before, Scored() as after):
            return (*_from_to(pack, move, before, after), _perhaps(move))
        case before, after:
            known = () if move.certain else ("too little is known to say if it moved: ",)
            then, now = _standing(pack, before), _standing(pack, after)
            return (*known, *then, " then; ", *now, " now")


def _perhaps(move: Move) -> str:
    """Say what the answers that are not known could make of a move."""
    if move.lift and not move.lift_certain:
        return f", though the answers that are not known could mean that its band is no {_comparative(move)}"
    if move.lift or move.certain or move.way is Way.SAME:
        return ""
    return f", though the answers that are not known could mean that it is no {_comparative(move)}"


def _comparative(move: Move) -> str:
    return "higher" if move.rose else "lower"


def _from_to(pack: Pack, move: Move, before: Scored, after: Scored) -> Words:
    old, new = _figures(pack, before, after)
    here = mark(pack, after.band)
    if move.lift:
        was, is_ = (f"{said}{_held(pack, score)}" for said, score in ((old, before), (new, after)))
        return ("from ", mark(pack, before.band), f" ({was}) to ", here, f" ({is_})")
    went = {Way.UP: f"up from {old} to {new}", Way.DOWN: f"down from {old} to {new}"}
    return ("still ", here, f", {went.get(move.way, f'at {new} as before')}")


def _held(pack: Pack, score: Scored) -> str:
    """Say that a red flag, and not the figure, decides the band."""
    return "" if band_of(pack, score.score) == score.band else ", held down by a red flag"


def _figures(pack: Pack, before: Scored, after: Scored) -> tuple[str, str]:
    """Print two scores; with a decimal, if they would look the same though they are not."""
    whole = figure(pack, before.score), figure(pack, after.score)
    if whole[0] != whole[1] or before.score == after.score:
        return whole
    return figure(pack, before.score, 1), figure(pack, after.score, 1)


def _standing(pack: Pack, score: Score) -> Words:
    match score:
        case Scored(score=value, band=band):
            return (mark(pack, band), f" ({figure(pack, value)})")
        case RangeOnly():
            return (f"anything from {span(pack, score)}",)
        case NotAssessed():
            return ("not assessed",)
