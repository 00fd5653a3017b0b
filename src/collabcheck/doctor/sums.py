"""Parts of a sum, each an answer to a question, and what they can add up to; in whole numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import and_

from collabcheck.doctor.reach import Effort


@dataclass(frozen=True)  # no slots, so that what is read often is worked out once
class Part:
    """A question in a mean, with the answers that the way leaves open."""

    name: str
    each: int
    """What a point adds to the sum."""
    worth: tuple[int, ...]
    """By the best band that an answer leaves: all that it can be worth, a bit for each number of points."""

    @cached_property
    def leaving(self) -> tuple[int, ...]:
        """What answers can be worth that leave this band, or a better one."""
        kept = [0]
        for worth in reversed(self.worth):
            kept.append(kept[-1] | worth)
        return tuple(reversed(kept[1:]))

    def most(self, band: int) -> int:
        """Return the most that an answer adds that leaves this band."""
        return self.each * (self.leaving[band].bit_length() - 1)

    def least(self, band: int = 0) -> int:
        """Return the least that an answer adds that leaves this band."""
        worth = self.leaving[band]
        return self.each * ((worth & -worth).bit_length() - 1)

    def gap(self, band: int) -> int:
        """Return the widest step from what one answer adds to the next, of answers that leave this band."""
        between = f"{self.leaving[band]:b}".rstrip("0").split("1")[1:-1]
        return self.each * max((len(gap) + 1 for gap in between), default=0)

    def up_to(self, band: int, limit: int) -> int:
        """Return the most that an answer adds that leaves this band, and no more than the limit."""
        worth = self.leaving[band]
        points = min(limit // self.each, worth.bit_length()) if self.each else worth.bit_length()
        return self.each * ((worth & (2 << points) - 1).bit_length() - 1)

    def points(self, band: int) -> list[int]:
        """Return all that an answer can be worth that leaves this band, before its weight."""
        worth = self.leaving[band]
        return [i for i in range(worth.bit_length()) if worth >> i & 1]

    def one_by_one(self) -> Iterator[tuple[int, ...]]:
        """Yield what each single answer can be worth, by the band that it leaves."""
        for cap, worth in enumerate(self.worth):
            for i in range(worth.bit_length()):
                if worth >> i & 1:
                    yield tuple(1 << i if one == cap else 0 for one in range(len(self.worth)))

    def shared_with(self, other: "Part") -> "Part":
        """Return the part with the answers that another leaves open as well."""
        return self if other.worth == self.worth else replace(self, worth=tuple(map(and_, self.worth, other.worth)))


def within(parts: Sequence[Part], band: int, low: int, high: int | None, effort: Effort) -> bool | None:
    """Say whether answers that leave a band can add up to a sum from low to below high."""
    if not effort.spend(len(parts)):
        return None
    if not all(part.leaving[band] for part in parts):
        return False
    least, most = sum(part.least(band) for part in parts), sum(part.most(band) for part in parts)
    if most < low or (high is not None and least >= high):
        return False
    if high is None or least >= low or most < high:
        return True
    order = sorted(parts, key=lambda part: -part.each)
    return _fills(order, band, high - low, high - 1 - least) or _adds_up(order, band, low, high, effort)


def _fills(parts: Iterable[Part], band: int, width: int, room: int) -> bool:
    """Say whether it works to take of each part as much as still fits, the heaviest first."""
    for part in parts:
        room -= part.up_to(band, part.least(band) + room) - part.least(band)
    return room < width


def _adds_up(parts: Sequence[Part], band: int, low: int, high: int, effort: Effort) -> bool | None:
    """Say the same, all sums tried but those that the parts still to come lead past the goal."""
    least, most = sum(part.least(band) for part in parts), sum(part.most(band) for part in parts)
    sums = {0}
    for part in parts:
        least, most = least - part.least(band), most - part.most(band)
        points = part.points(band)
        if not effort.spend_if_left(len(sums) * len(points) + part.leaving[band].bit_length()):
            return None
        sums = {
            total
            for before in sums
            for worth in points
            if low - most <= (total := before + part.each * worth) < high - least
        }
    return bool(sums)


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """Say whether one is yes; None if none is, and one was not found out."""
    unknown = False
    for answer in answers:
        if answer:
            return True
        unknown = unknown or answer is None
    return None if unknown else False
