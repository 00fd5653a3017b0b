"""Conditions: a small tree that a pack states and answers decide, with three values. There is no expression language.

docs/scoring.md, rules 2 and 8.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from collabcheck.written import Id, Listed, Model


class Answered(Model):
    """True when an earlier question has one of these choices."""

    question: Id
    """The id of a question that stands earlier in the pack."""
    is_: Annotated[Listed[Id], Field(alias="is", min_length=1)]
    """One or more of its choices."""


class FactorBelow(Model):
    """True when a factor's band is lower than the one named. Only implications may use it."""

    factor: Id
    below: Id
    """The id of a band."""


class AllOf(Model):
    """True when every part is true."""

    all_: Annotated["Listed[Condition]", Field(alias="all", min_length=1)]


class AnyOf(Model):
    """True when at least one part is true."""

    any_: Annotated["Listed[Condition]", Field(alias="any", min_length=1)]


class Not(Model):
    """True when its part is false."""

    not_: Annotated["Condition", Field(alias="not")]


def _kind_of_condition(value: object) -> str:
    names = value if isinstance(value, dict) else {name.rstrip("_") for name in getattr(value, "model_fields_set", ())}
    return f"as {next((key for key in ('all', 'any', 'not', 'factor') if key in names), 'question')}"


Condition = Annotated[
    Annotated[Answered, Tag("as question")]
    | Annotated[FactorBelow, Tag("as factor")]
    | Annotated[AllOf, Tag("as all")]
    | Annotated[AnyOf, Tag("as any")]
    | Annotated[Not, Tag("as not")],
    Discriminator(_kind_of_condition),
]


class Truth(Enum):
    """Whether a condition holds, as far as the answers tell."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


OPPOSITE = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}


def holds(condition: Condition, leaf: Callable[[Answered | FactorBelow], Truth]) -> Truth:
    """Evaluate a condition; `leaf` says what is known of its parts."""
    match condition:
        case AllOf():
            truths = {holds(part, leaf) for part in condition.all_}
            return _first_of((Truth.NO, Truth.UNKNOWN), truths, otherwise=Truth.YES)
        case AnyOf():
            truths = {holds(part, leaf) for part in condition.any_}
            return _first_of((Truth.YES, Truth.UNKNOWN), truths, otherwise=Truth.NO)
        case Not():
            return OPPOSITE[holds(condition.not_, leaf)]
        case Answered() | FactorBelow():
            return leaf(condition)


def leaves(condition: Condition | None) -> Iterator[Answered | FactorBelow]:
    """Yield what a condition is made of, in its order; nothing for none."""
    match condition:
        case AllOf(all_=parts) | AnyOf(any_=parts):
            for part in parts:
                yield from leaves(part)
        case Not(not_=part):
            yield from leaves(part)
        case Answered() | FactorBelow():
            yield condition
        case None:
            pass


def answers_in(condition: Condition | None) -> Iterator[Answered]:
    """Yield the conditions on answers that a condition is made of."""
    yield from (leaf for leaf in leaves(condition) if isinstance(leaf, Answered))


def _first_of(candidates: Iterable[Truth], truths: set[Truth], *, otherwise: Truth) -> Truth:
    return next((truth for truth in candidates if truth in truths), otherwise)
