"""How many organisations scored, as a small file in which nobody can be found."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from collabcheck.anonymity import FEWEST
from collabcheck.pack import Pack
from collabcheck.problems import Code, Finding, Findings, Path
from collabcheck.written import Id, Listed, Model

Points = Annotated[int, Field(ge=0, le=100)]


class Stretch(Model):
    """A part of the scale, and how many score in it."""

    from_: Annotated[Points, Field(alias="from")]
    to: Points
    """Scores below this; 100 itself is in the last stretch."""
    sheets: Annotated[int, Field(ge=0)]
    """Nobody, or enough."""


class Scores(Model):
    """How one score is spread over the organisations."""

    quartiles: Annotated[Listed[Points], Field(min_length=3, max_length=3)] | None = None
    """The scores a quarter, half and three quarters up their order, in whole points; none of a few organisations."""
    stretches: Annotated[Listed[Stretch], Field(min_length=1, max_length=20)]
    """From 0 to 100, each beginning where the one before it ends."""


class Benchmark(Model):
    """How many organisations scored. It holds nothing of fewer than the smallest group."""

    benchmark: Literal["1"]
    """The version of this kind of file."""
    pack: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    """The id of the pack that they answered."""
    pack_version: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    sheets: Annotated[int, Field(ge=FEWEST)]
    """How many sheets it was made from."""
    overall: Scores | None = None
    factors: dict[Id, Scores] = Field(default_factory=dict)
    """By factor; those that too few have a score for are left out."""


def check(pack: Pack, benchmark: Benchmark) -> None:
    """Raise `Findings` with what speaks against comparing results of this pack with a benchmark."""
    findings = [*_other_pack(pack, benchmark), *_gaps(("overall",), benchmark.overall, benchmark.sheets)]
    for name, scores in benchmark.factors.items():
        if name not in pack.factor:
            message = f"the pack has no factor called “{name}”"
            findings.append(Finding(("factors", name), Code.UNKNOWN_ID, message, "Make the benchmark again."))
        findings += _gaps(("factors", name), scores, benchmark.sheets)
    if findings:
        raise Findings(findings)


def _other_pack(pack: Pack, benchmark: Benchmark) -> Iterator[Finding]:
    if (benchmark.pack, benchmark.pack_version) != (pack.pack, pack.version):
        theirs, ours = f"{benchmark.pack} {benchmark.pack_version}", f"{pack.pack} {pack.version}"
        message = f"this benchmark is of “{theirs}”, and the answers are to “{ours}”"
        yield Finding(("pack",), Code.WRONG_PACK, message, "Ask for one that was made with the same questions.")


def _gaps(path: Path, scores: Scores | None, sheets: int) -> Iterator[Finding]:
    if scores is None:
        return
    ends = [0, *(stretch.to for stretch in scores.stretches)]
    starts = [*(stretch.from_ for stretch in scores.stretches), 100]
    if list(scores.quartiles or ()) != sorted(scores.quartiles or ()):
        message = "the quartiles do not go from the lowest to the highest"
        yield Finding((*path, "quartiles"), Code.BAD_VALUE, message, "Ask for the file again as it was made.")
    if sum(stretch.sheets for stretch in scores.stretches) > sheets:
        message = f"the stretches hold more than the {sheets} organisations there are"
        yield Finding((*path, "stretches"), Code.BAD_VALUE, message, "Ask for the file again as it was made.")
    if any(0 < stretch.sheets < FEWEST for stretch in scores.stretches):
        message = f"a stretch has fewer than {FEWEST} organisations in it"
        yield Finding((*path, "stretches"), Code.BAD_VALUE, message, "Ask for the file again as it was made.")
    if starts != ends or any(low >= high for low, high in pairwise(ends)):
        message = "the stretches do not go from 0 to 100, each beginning where the one before it ends"
        yield Finding((*path, "stretches"), Code.BAD_VALUE, message, "Ask for the file again as it was made.")
