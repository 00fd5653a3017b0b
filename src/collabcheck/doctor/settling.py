"""What a condition comes to while some answers are open, and what it hangs on."""

from collections.abc import Callable, Sequence

from collabcheck.conditions import OPPOSITE, AllOf, Answered, AnyOf, Condition, FactorBelow, Not, Truth

Known = Callable[[Answered | FactorBelow], Truth]
"""Says what is known of a part."""


def settle(condition: Condition, known: Known) -> tuple[Truth, Answered | None]:
    """Return what a condition comes to and, if that is open, the first condition on an answer that it hangs on."""
    match condition:
        case Answered():  # first, as there are more of these than of all others
            truth = known(condition)
            return truth, condition if truth is Truth.UNKNOWN else None
        case AllOf(all_=parts):
            return _settle_all(parts, known, Truth.NO)
        case AnyOf(any_=parts):
            return _settle_all(parts, known, Truth.YES)
        case Not(not_=part):
            truth, hangs_on = settle(part, known)
            return OPPOSITE[truth], hangs_on
        case FactorBelow():
            return known(condition), None


def _settle_all(parts: Sequence[Condition], known: Known, decides: Truth) -> tuple[Truth, Answered | None]:
    """Settle parts of which one is enough if it comes to what decides."""
    seen: Truth = OPPOSITE[decides]
    open_at: Answered | None = None
    for part in parts:
        truth, hangs_on = settle(part, known)
        if truth is decides:
            return truth, None
        if truth is Truth.UNKNOWN:
            seen, open_at = truth, open_at or hangs_on
    return seen, open_at
