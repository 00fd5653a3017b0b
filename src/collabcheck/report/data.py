"""Results as numbers for other programs. docs/results.md explains every field.

Scores are from 0 to 100, or on the range that `scale` says, unrounded. Ids are the pack's. What is not there is null;
nothing is left out.
"""

from fractions import Fraction
from typing import Any

from collabcheck.advice import Advice, FindOut, Guidance, NextStep, Sensitivity, Weight
from collabcheck.answers import (
    AnswerSheet,
    Aside,
    Chose,
    DontKnow,
    NotApplicable,
    Presumed,
    Reply,
    Unproved,
    counted,
    quotable,
)
from collabcheck.assessment import AreaResult, Assessment, FactorResult, NotAssessed, RangeOnly, Score, Scored
from collabcheck.implications import Verdict
from collabcheck.lift import Lift
from collabcheck.pack import Pack
from collabcheck.position import gain
from collabcheck.questions import Question
from collabcheck.suitability import FormResult
from collabcheck.targets import TargetResult

SCHEMA_VERSION = "1"
"""Changes when a field changes its name or its meaning, not when one is added."""

Data = dict[str, Any]


def assessment_data(assessment: Assessment, advice: Advice, invited: int = 0) -> Data:
    """Return the assessment of one sheet and its advice as plain data."""
    return {
        **of_kind("assessment", assessment.pack),
        "sheet": _sheet(assessment.sheet),
        "invited": invited or None,
        **findings(assessment, advice),
        "lift": _lift(advice.lift) if isinstance(advice.lift, Lift) else None,
        "answers": {name: _answer(assessment.pack.question[name], r) for name, r in assessment.sheet.replies.items()},
        "not_scored": _not_scored(assessment),
    }


def of_kind(kind: str, pack: Pack) -> Data:
    """Return what every result begins with."""
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": kind,
        "pack": {"id": pack.pack, "version": pack.version},
        **_scale(pack),
    }


def _scale(pack: Pack) -> Data:
    """Return the range of all scores, if it is not from 0 to 100."""
    return {} if pack.display.usual else {"scale": {"from": pack.display.from_, "to": pack.display.to}}


def findings(assessment: Assessment, advice: Advice) -> Data:
    """Return what follows from the answers of one person or several, without a word that anyone wrote."""
    overall = assessment.overall
    return {
        "overall": {
            **score_data(assessment.pack, overall.score),
            "weakest": overall.weakest.factor.id if overall.weakest else None,
            **({"aggregate": "pooled"} if overall.pooled else {}),
        },
        "factors": [_factor(assessment.pack, result) for result in assessment.factors],
        "areas": [_area(assessment.pack, result) for result in assessment.areas],
        "gain": score_data(assessment.pack, gain(assessment)),
        "position": [position.kind.value for position in advice.position],
        "flags": _flags(assessment),
        "forms": [form_data(assessment.pack, result) for result in advice.forms],
        "implications": [_verdict(verdict) for verdict in advice.implications],
        "targets": {result.factor.id: _target(assessment.pack, result) for result in advice.targets},
        "considered": [form.id for form in advice.considered],
        "nations": [nation.id for nation in advice.nations],
        "holding_back": [_weight(assessment.pack, weight) for weight in advice.holding_back],
        "carrying": [_weight(assessment.pack, weight) for weight in advice.carrying],
        "steps": [_step(assessment.pack, step) for step in advice.steps],
        "find_out": [_find_out(item) for item in advice.find_out],
        "guidance": [_guidance(part) for part in advice.guidance],
        "weights": _sensitivity(advice.sensitivity),
        "asked": [question.id for question in assessment.asked],
    }


def _sheet(sheet: AnswerSheet) -> Data:
    return {
        "organisation": sheet.organisation,
        "date": sheet.date,
        "name": sheet.name or None,
        "pack_version": sheet.told_version or None,
        "discussion": {prompt: list(said) for prompt, said in sheet.discussion.items()},
        "targets": dict(sheet.targets),
    }


def score_data(pack: Pack, score: Score) -> Data:
    """Return a score with its range and bands."""
    match score:
        case NotAssessed():
            return {"status": "not-assessed", "score": None, "low": None, "high": None, "band": None}
        case RangeOnly(range=ends, bands=bands):
            status, value, band = "range-only", None, None
        case Scored(range=ends, bands=bands):
            status, value, band = "scored", shown(pack, score.score), score.band.id
    return {
        "status": status,
        "score": value,
        "low": shown(pack, ends.low),
        "high": shown(pack, ends.high),
        "band": {"score": band, "low": bands.low.id, "high": bands.high.id, "capped": bands.capped},
    }


def shown(pack: Pack, score: Fraction) -> float:
    """Return a score on the range of the pack, unrounded."""
    return float(pack.display.shown(score))


def _share(pack: Pack, points: Fraction) -> float:
    return float(pack.display.share(points))


def _factor(pack: Pack, result: FactorResult) -> Data:
    return {
        "id": result.factor.id,
        "kind": result.factor.kind,
        "weight": result.weight,
        **score_data(pack, result.score),
        "parts": [
            {
                "question": part.question.id,
                "weight": part.weight,
                "points": _number(part.points),
                "most": part.question.most,
                "contribution": _share(pack, part.contribution),
                "room": _share(pack, part.room),
            }
            for part in result.parts
        ],
        "unknown": [
            {"question": gap.question.id, "weight": gap.weight, "lowest": gap.lowest, "most": gap.question.most}
            for gap in result.gaps
        ],
        "not_applicable": [question.id for question in result.left_out],
        "flags": [flag.question.id for flag in result.flags],
    }


def _area(pack: Pack, result: AreaResult) -> Data:
    return {
        "id": result.area.id,
        "kind": result.kind,
        **score_data(pack, result.score),
        "factors": [one.factor.id for one in result.factors],
        "flags": [flag.question.id for flag in result.flags],
    }


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _weight(pack: Pack, weight: Weight) -> Data:
    return {
        "question": weight.question.id,
        "contribution": _share(pack, weight.contribution),
        "room": _share(pack, weight.room),
    }


def _step(pack: Pack, step: NextStep) -> Data:
    return {
        "reason": step.reason.value,
        "question": step.question.id,
        "do": step.do,
        "effort": step.effort,
        "room": _share(pack, step.room),
        "at_first": _share(pack, step.at_first),
        "resources": [resource.id for resource in step.resources],
    }


def _find_out(item: FindOut) -> Data:
    kinds = (("not-counted", item.heard.unproved), ("dont-know", item.heard.dont_know))
    said = next((kind for kind, number in kinds if number), None)
    return {"question": item.question.id, "ask": item.question.ask, "said": said}


def _reply(reply: Reply) -> Data:
    match reply:
        case Chose(choices=choices):
            said: Data = {"choices": list(choices)}
        case DontKnow():
            said = {"dont_know": True}
        case NotApplicable(reason=reason):
            said = {"not_applicable": reason}
    return {**said, "note": quotable(reply.note) or None, "evidence": quotable(reply.evidence) or None}


def _answer(question: Question, reply: Reply) -> Data:
    """Return a reply, and what it counts as where that is something else."""
    match counted(question, reply):
        case Presumed(choices=(level,)):
            return {**_reply(reply), "counts_as": level}
        case Unproved(lacks=lacks):
            return {**_reply(reply), "lacks": list(lacks)}
        case _:
            return _reply(reply)


def _flags(assessment: Assessment) -> Data:
    return {
        "raised": [
            {"question": f.question.id, "choice": f.choice.id, "reason": f.flag.reason, "caps_at": f.cap.id}
            for f in assessment.raised
        ],
        "unresolved": [{"question": f.question.id, "ask": f.question.ask} for f in assessment.unresolved],
        "cleared": [{"question": f.question.id, "reason": f.reason} for f in assessment.cleared],
    }


def form_data(pack: Pack, result: FormResult) -> Data:
    """Return how ready an organisation is for a form, and what is in its way."""
    obstacles = [{"factor": o.factor.id, "needs": o.needs.id, "certain": o.certain} for o in result.in_the_way]
    return {
        "id": result.form.id,
        "considered": result.considered,
        **score_data(pack, result.score),
        "in_the_way": obstacles,
    }


def _verdict(verdict: Verdict) -> Data:
    telling = [question.id for question in verdict.would_tell]
    return {"id": verdict.implication.id, "applies": verdict.applies.value, "would_tell": telling}


def _lift(lift: Lift) -> Data:
    return {
        "question": lift.question.id,
        "choices": list(lift.reply.choices),
        "known": lift.known,
        "factor": lift.factor.id if lift.factor else None,
        "low_end": lift.low_end,
        "from": lift.before.id,
        "to": lift.after.id,
        "at_worst": lift.at_worst.id,
    }


def _target(pack: Pack, result: TargetResult) -> Data:
    return {
        "band": result.wanted.id,
        "reached": result.reached.value,
        "gap": None if result.gap is None else _share(pack, result.gap),
        "short": [{"question": fall.question.id, "points": _share(pack, fall.points)} for fall in result.short],
        "unknown": [question.id for question in result.unknown],
        "held_by": [flag.question.id for flag in result.held_by],
    }


def _guidance(part: Guidance) -> Data:
    return {"factor": part.factor.id, "resources": [resource.id for resource in part.resources]}


def _sensitivity(sensitivity: Sensitivity) -> Data:
    return {
        "all_equal": sensitivity.all_equal,
        "equal_weights_change": {
            "factors": [factor.id for factor in sensitivity.bands_changed],
            "areas": [area.id for area in sensitivity.areas_changed],
            "overall": sensitivity.overall_changed,
            "first_three_steps": sensitivity.steps_changed,
        },
    }


def _not_scored(assessment: Assessment) -> Data:
    sheet = assessment.sheet
    return {
        "not_asked": [question.id for question in assessment.not_asked],
        "set_aside": [
            {"question": aside.question, "why": aside.why.value, **_reply(aside.reply)}
            for aside in sheet.set_aside
            if not aside.nameless
        ],
        "no_longer_asked": sum(aside.why is Aside.RETIRED for aside in sheet.set_aside),
        "reworded": sorted(sheet.reworded(assessment.pack)),
    }
