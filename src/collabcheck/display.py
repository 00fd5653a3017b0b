"""The range on which scores are printed. They are worked out from 0 to 100, and converted where people read them."""

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated

from pydantic import Field

from collabcheck.written import Model

End = Annotated[float, Field(ge=-1_000_000, le=1_000_000)]
"""Where scores begin or end; there are no instruments with more."""

MOST_DECIMALS = 3


class Display(Model):
    """The range on which scores are told, in place of 0 to 100 (rule 4)."""

    from_: Annotated[End, Field(alias="from")] = 0
    """What the lowest score is printed as."""
    to: End = 100
    """What the highest is printed as."""
    decimals: Annotated[int, Field(ge=0, le=MOST_DECIMALS)] = 0
    """How many digits stand after the point."""

    @cached_property
    def usual(self) -> bool:
        """Whether it is from 0 to 100."""
        return (self.from_, self.to) == (0, 100)

    @cached_property
    def low(self) -> Fraction:
        """The lowest figure exactly as written."""
        return Fraction(str(self.from_))

    @cached_property
    def width(self) -> Fraction:
        """How far it is from the lowest figure to the highest."""
        return Fraction(str(self.to)) - self.low

    def share(self, points: Fraction) -> Fraction:
        """Return on this range what is a part of 100."""
        return points * self.width / 100

    def shown(self, score: Fraction) -> Fraction:
        """Return a score on this range."""
        return self.low + self.share(score)

    def score(self, shown: Fraction) -> Fraction:
        """Return the score from 0 to 100 that is shown as this."""
        return (shown - self.low) * 100 / self.width


def plainly(number: float | Fraction) -> str:
    """Return a bound as people write it, with every digit: 1234567 and not 1.23457e+06."""
    exact = number if isinstance(number, Fraction) else Fraction(str(number))
    return f"{(Decimal(exact.numerator) / exact.denominator).normalize():f}"
