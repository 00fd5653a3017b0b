"""What `pack check` finds, as data, and in lines that editors understand."""

from collections.abc import Iterable, Sequence
from typing import Any

from collabcheck.doctor.remarks import Told
from collabcheck.doctor.summary import FactorSummary, Summary
from collabcheck.pack import Pack

Data = dict[str, Any]


def checked_data(
    errors: Iterable[Told], warnings: Iterable[Told], explained: Iterable[Told], about: tuple[Pack, Summary] | None
) -> Data:
    """Return all that was found; figures only `about` a pack that can be read."""
    return {
        "schema_version": "1",
        "kind": "pack-check",
        **({"pack": {"id": about[0].pack, "version": about[0].version}} if about else {}),
        "errors": list(map(_told, errors)),
        "warnings": list(map(_told, warnings)),
        "explained": list(map(_told, explained)),
        **({"figures": _figures(about[1])} if about else {}),
    }


def lines(errors: Sequence[Told], warnings: Sequence[Told]) -> str:
    """Return a line for each error and warning: file:line:column, how bad it is, what it is and what to do."""
    told = sorted([*((one, "error") for one in errors), *((one, "warning") for one in warnings)])
    return "".join(f"{_spot(one)}: {how}: {one.message}. {one.advice} [{one.code}]\n" for one, how in told)


def _spot(one: Told) -> str:
    place = one.place
    return f"{place.file}:{place.line or 1}:{place.column or 1}"


def _told(one: Told) -> Data:
    return {
        "file": one.place.file,
        "line": one.place.line,
        "column": one.place.column,
        "code": one.code,
        "message": one.message,
        "advice": one.advice,
        **({"because": one.because} if one.because else {}),
    }


def _figures(summary: Summary) -> Data:
    return {
        "scored_questions": summary.scored,
        "context_questions": summary.context,
        "conditional_questions": summary.conditional,
        "asked": {"fewest": summary.asked.fewest, "most": summary.asked.most} if summary.asked else None,
        "minutes": summary.minutes,
        "minutes_by_words": summary.minutes_by_words,
        "factors": list(map(_factor, summary.factors)),
        "sources": dict(summary.sources),
        "resources": {
            "everywhere": summary.everywhere,
            "by_nation": dict(summary.by_nation),
            "replaced": summary.replaced,
        },
    }


def _factor(one: FactorSummary) -> Data:
    parts = [
        {"id": part.question.id, "weight": part.weight, "share": round(float(part.share), 1)} for part in one.parts
    ]
    return {"id": one.factor.id, "kind": one.factor.kind, "weight": one.factor.weight, "questions": parts}
