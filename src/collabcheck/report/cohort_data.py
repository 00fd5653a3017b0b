"""A cohort as numbers for other programs: as rounded, and with as much left out, as in the report that people read.

Null stands for what too few would share. docs/results.md explains every field.
"""

from fractions import Fraction
from typing import Any

from collabcheck.assessment import Scored
from collabcheck.cohort.answers import QuestionCount
from collabcheck.cohort.repeats import NO_REPEATS, Repeats
from collabcheck.cohort.standing import Standing
from collabcheck.cohort.summary import Cohort, Distribution, FactorSpread, Group, GroupMean, Other, whole
from collabcheck.pack import Pack
from collabcheck.report.data import of_kind, shown

Data = dict[str, Any]


def cohort_data(cohort: Cohort, *, left_out: int, aside: int, repeats: Repeats = NO_REPEATS) -> Data:
    """Return a cohort as plain data; `left_out` sheets could not be read, `aside` have answers that are not used."""
    return {
        **of_kind("cohort", cohort.pack),
        "sheets": cohort.sheets,
        "left_out": left_out,
        "with_answers_set_aside": aside,
        **_repeated(repeats),
        "smallest_group": cohort.smallest_group,
        "overall": distribution_data(cohort.pack, cohort.overall),
        "factors": [_factor(cohort.pack, one) for one in cohort.factors],
        "areas": [
            {"id": one.area.id, "kind": one.kind, **distribution_data(cohort.pack, one.spread)} for one in cohort.areas
        ],
        "flags": [
            {"question": one.question.id, "reason": one.flag.reason, "raised": one.raised, "answered": one.answered}
            for one in cohort.flags
        ],
        "steps": [{"question": one.question.id, "do": one.step.do, "ahead_of": one.ahead} for one in cohort.steps],
        "hidden_steps": cohort.hidden_steps,
        "questions": [_question(one) for one in cohort.questions],
        "by": cohort.by.id if cohort.by else None,
        "groups": [_group(cohort, one) for one in cohort.groups],
        "in_small_groups": cohort.in_small_groups,
    }


def _repeated(repeats: Repeats) -> Data:
    """Return how many organisations have more than one sheet, if any was noticed."""
    if not repeats.organisations:
        return {}
    found = {"organisations": repeats.organisations, "of": repeats.of, "sample": not repeats.everyone}
    return {"repeated": found}


def distribution_data(pack: Pack, spread: Distribution) -> Data:
    """Return how one score is spread, in whole points."""
    return {
        "scored": spread.scored,
        "range_only": spread.unclear,
        "not_assessed": spread.unassessed,
        "mean": None if spread.mean is None else _whole(pack, spread.mean),
        "quartiles": None if spread.quartiles is None else [_whole(pack, one) for one in spread.quartiles],
        "bands": list(spread.bands),
        "tens": list(spread.tens),
    }


def _factor(pack: Pack, one: FactorSpread) -> Data:
    found = one.reliability
    return {
        "id": one.factor.id,
        "kind": one.factor.kind,
        **distribution_data(pack, one.spread),
        "reliability": {
            "complete": found.complete,
            "alpha": None if found.alpha is None else round(found.alpha, 2),
            "item_rest": [None if one is None else round(one, 2) for one in found.item_rest],
        },
    }


def _question(one: QuestionCount) -> Data:
    return {
        "id": one.question.id,
        "answered": one.answered,
        "unanswered": one.unanswered,
        "not_asked": one.not_asked,
        "choices": dict(zip(one.question.choice, one.choices, strict=True)),
        "dont_know": one.dont_know,
        "not_applicable": one.not_applicable,
    }


def _group(cohort: Cohort, group: Group) -> Data:
    return {
        "answer": group.who.value.strip("/") if isinstance(group.who, Other) else group.who.id,
        "sheets": group.sheets,
        "overall": _mean(cohort.pack, group.overall),
        "factors": {
            factor.id: _mean(cohort.pack, mean) for factor, mean in zip(cohort.pack.factors, group.factors, strict=True)
        },
    }


def _mean(pack: Pack, mean: GroupMean | None) -> Data | None:
    return None if mean is None else {"scored": mean.scored, "mean": _whole(pack, mean.mean), "band": mean.band.id}


def _whole(pack: Pack, score: Fraction) -> float:
    """Return a score rounded to whole points of 100, on the range of the pack."""
    return whole(score) if pack.display.usual else shown(pack, Fraction(whole(score)))


def standing_data(pack: Pack, standing: Standing) -> Data:
    """Return where an organisation stands among others: a place for every score that both have."""
    scored = [place for place in standing.places if isinstance(place.score, Scored)]
    return {
        "sheets": standing.benchmark.sheets,
        "places": {
            place.factor.id if place.factor else "overall": {
                "lower": place.lower,
                "near": place.near,
                "higher": place.higher,
                "from": _whole(pack, Fraction(place.stretch.from_)),
                "to": _whole(pack, Fraction(place.stretch.to)),
                "quartiles": [_whole(pack, Fraction(one)) for one in place.scores.quartiles or ()] or None,
            }
            for place in scored
        },
    }
