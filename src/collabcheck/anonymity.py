"""Small numbers, which would tell on people: which to hide, so that none can be worked out from the rest."""

from collections.abc import Collection, Hashable, Mapping
from typing import Final, TypeVar

SMALLEST_GROUP: Final = 5
"""From how many on a group is shown by itself."""
FEWEST: Final = 3
"""Fewer than that are never a group, whatever is asked for: two can work out each other's answers."""

Key = TypeVar("Key", bound=Hashable)


def to_hide(sizes: Mapping[Key, int], smallest: int, also: Collection[Key] = ()) -> frozenset[Key]:
    """Return which parts of a whole to hide; nobody in them can be worked out by taking the others from the whole.

    So besides the small parts, and those that are hidden `also`, the next smallest are hidden until those hidden are
    more than one, enough together, and enough for each to be more than a few. An empty part is no secret.
    """
    hidden = {key: size for key, size in sizes.items() if 0 < size < smallest or (size and key in also)}
    rest = {key: size for key, size in sizes.items() if size and key not in hidden}
    while rest and hidden and (len(hidden) == 1 or sum(hidden.values()) < max(smallest, len(hidden) + FEWEST - 1)):
        least = min(rest, key=rest.__getitem__)
        hidden[least] = rest.pop(least)
    return frozenset(hidden)


def to_show(counts: Mapping[Key, int], smallest: int) -> tuple[int | None, ...]:
    """Return the counts that may be shown of parts that make a whole; none if the whole is small itself."""
    if sum(counts.values()) < smallest:
        return (None,) * len(counts)
    hidden = to_hide(counts, smallest)
    return tuple(None if key in hidden else size for key, size in counts.items())
