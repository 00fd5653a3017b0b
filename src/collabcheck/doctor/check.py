"""`check(pack, …)`: all that its author should know of a pack that can be used."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from collabcheck.doctor.gaps import gaps
from collabcheck.doctor.guidance import guidance
from collabcheck.doctor.proofs import proofs
from collabcheck.doctor.remarks import Kind, Remark
from collabcheck.doctor.words import words
from collabcheck.pack import Explained, Pack
from collabcheck.problems import Path


@dataclass(frozen=True, slots=True)
class Examined:
    """What there is to say of a pack."""

    remarks: tuple[Remark, ...]
    explained: tuple[tuple[Remark, str], ...]
    """Those that the pack explains, each with the reason it gives."""


def check(pack: Pack, today: str, others: Iterable[Remark] = ()) -> Examined:
    """Return what was found in a pack, and what it explains of that; `others` were found in its files."""
    found = (*others, *proofs(pack), *gaps(pack), *words(pack), *guidance(pack, today))
    reasons = [(remark, _reasons(pack, remark)) for remark in found]
    used = {i for _, given in reasons for i in given}
    return Examined(
        remarks=(*(remark for remark, given in reasons if not given), *_needless(pack, used)),
        explained=tuple((remark, pack.explained[given[0]].because) for remark, given in reasons if given),
    )


def _reasons(pack: Pack, remark: Remark) -> list[int]:
    """Return which of the pack’s explanations are about a remark."""
    names = set(_names(pack, remark.path))
    return [i for i, one in enumerate(pack.explained) if one.remark == remark.kind and _about(one, names)]


def _about(explained: Explained, names: set[str]) -> bool:
    return not explained.about or not names.isdisjoint(explained.about)


def _names(pack: Pack, path: Path) -> Iterator[str]:
    """Yield the ids of a part of the pack and of all that is around it."""
    part: object = pack
    for step in path:
        named = str(step) if isinstance(part, dict) else ""
        part = part[int(step)] if isinstance(part, tuple) else _of(part, step)
        yield from (name for name in [named or getattr(part, "id", "")] if name)


def _of(part: object, step: str | int) -> object:
    return part.get(step) if isinstance(part, dict) else getattr(part, str(step), None)


def _needless(pack: Pack, used: set[int]) -> Iterator[Remark]:
    for i, one in enumerate(pack.explained):
        if i not in used:
            message = f"there is no remark “{one.remark[:60]}” here that this explains"
            yield Remark(("explained", i), Kind.UNUSED, message, "Remove it, or check the word and the ids.")
