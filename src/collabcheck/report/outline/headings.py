"""What reports call the result: readiness or, where a pack measures something else, by words that fit anything."""

from dataclasses import dataclass

from collabcheck.pack import Pack


@dataclass(frozen=True, slots=True)
class Headings:
    """The words for the overall result, and for the factors that it is made of."""

    result: str
    yours: str
    then_and_now: str
    of_each: str
    theirs: str
    by_group: str
    factor: str
    """One of those that the result is made of."""
    higher: str
    """What a higher figure means."""
    counts: str
    """What gains do not count towards."""
    to_gain: str
    """What the opportunity factors say."""


READINESS = Headings(
    result="Readiness",
    yours="How ready you are",
    then_and_now="How ready you were, and are",
    of_each="How ready each of you is",
    theirs="How ready they are",
    by_group="How ready each group is",
    factor="readiness factor",
    higher="A higher figure means readier",
    counts="readiness",
    to_gain="How much there is to gain by working with others",
)
MEASURED = Headings(
    result="Results",
    yours="Your results",
    then_and_now="Your results then and now",
    of_each="The results of each of you",
    theirs="Their results",
    by_group="The results of each group",
    factor="factor",
    higher="A higher figure is better",
    counts="the overall result",
    to_gain="How much there is to gain",
)


def headings(pack: Pack) -> Headings:
    """Return the words for the results of a pack."""
    return MEASURED if pack.measures else READINESS
