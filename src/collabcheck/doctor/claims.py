"""Claims that some answers prove: tried way by way until each is proved, or no way is left."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from collabcheck.doctor.reach import Search

K = TypeVar("K")
T = TypeVar("T")

Claim = Callable[[T], bool | None]
"""Says whether some answers on a way prove something; None if it cannot tell."""


@dataclass(frozen=True, slots=True)
class Unproved(Generic[K]):
    """The claims for which no answers were found."""

    never: tuple[K, ...]
    """Those that no answers prove."""
    unsure: tuple[K, ...]
    """Those where nobody can tell."""


def try_claims(claims: Mapping[K, Claim[T]], found: Iterator[T], search: Search) -> Unproved[K]:
    """Try claims on all that a search finds, as far as it takes."""
    left, unsure = dict(claims), set[K]()
    while left and (one := next(found, None)) is not None:
        answers = {key: claim(one) for key, claim in left.items()}
        unsure |= {key for key, answer in answers.items() if answer is None}
        left = {key: claim for key, claim in left.items() if not answers[key]}
        search.effort.spend(len(left))
    never = tuple(key for key in left if search.complete and key not in unsure)
    return Unproved(never, tuple(key for key in left if key not in never))
