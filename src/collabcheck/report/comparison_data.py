"""A comparison as numbers for other programs, without what either side wrote. docs/results.md explains every field."""

from collabcheck.answers import Chose, DontKnow, NotApplicable, Presumed, Reply
from collabcheck.assessment import Assessment, NotAssessed, RaisedFlag, Score, Scored
from collabcheck.comparison.partners import JointForm, PartnerFit, SideFlags
from collabcheck.comparison.progress import Move, Progress
from collabcheck.comparison.questions import Common, Pair, Why, told_versions
from collabcheck.comparison.sides import Comparison
from collabcheck.pack import Pack
from collabcheck.renewal import id_in
from collabcheck.report.data import Data, form_data, of_kind, score_data
from collabcheck.report.outline.wording import figure


def comparison_data(comparison: Comparison) -> Data:
    """Return a comparison as plain data."""
    match comparison:
        case Progress():
            return _progress(comparison)
        case PartnerFit():
            return _partner_fit(comparison)


def _compared(kind: str, first: Assessment, common: Common) -> Data:
    left_out = [
        {"question": one.question, "why": one.why.value} for one in common.left_out if one.why is not Why.RETIRED
    ]
    return {
        **of_kind(kind, first.pack),
        "compatibility": {
            "per_cent": float(100 * common.share),
            "compared": [question.id for question in common.compared],
            "left_out": left_out,
            "no_longer_asked": common.retired,
        },
    }


def _sides(first: Assessment, second: Assessment) -> tuple[Data, Data]:
    one, other = told_versions(first, second)
    return _side(first, one), _side(second, other)


def _side(assessment: Assessment, version: str) -> Data:
    sheet = assessment.sheet
    return {"organisation": sheet.organisation, "date": sheet.date, "pack_version": version or None}


def _progress(progress: Progress) -> Data:
    flags, pack = progress.flags, progress.now.pack
    then, now = _sides(progress.then, progress.now)
    return {
        **_compared("progress", progress.now, progress.common),
        "then": then,
        "now": now,
        "overall": _move(pack, progress.overall),
        "factors": [{"id": factor.id, **_move(pack, move)} for factor, move in progress.factors],
        "areas": [{"id": one.area.id, **_move(pack, move)} for one, move in progress.areas],
        "forms": [{"id": form.id, **_move(pack, move)} for form, move in progress.forms],
        "changed": [{"change": one.change.value, **_pair(one.pair, "then", "now")} for one in progress.changed],
        "flags": {
            "gone": [flag.question.id for flag in flags.gone],
            "came": [flag.question.id for flag in flags.came],
            "stayed": [flag.question.id for flag in flags.stayed],
            "settled": [flag.question.id for flag in flags.settled],
            "in_doubt": [flag.question.id for flag in flags.in_doubt],
            "opened": [flag.question.id for flag in flags.opened],
            "still_open": [flag.question.id for flag in flags.still_open],
        },
        "steps": [
            {"id": id_in(progress.steps.before, line), "state": line.state.value, "order": line.order or None}
            for line in progress.steps.lines
            if line.state
        ],
    }


def _move(pack: Pack, move: Move) -> Data:
    return {
        "then": score_data(pack, move.before),
        "now": score_data(pack, move.after),
        "way": move.way.value,
        "certain": move.certain,
        "bands": {1: "up", -1: "down", 0: "same"}[move.lift],
        "bands_certain": move.lift_certain,
    }


def _pair(pair: Pair, first: str, second: str) -> Data:
    return {"question": pair.question.id, first: _bare(pair.first), second: _bare(pair.second)}


def _bare(reply: Reply | None) -> Data | None:
    """Return a reply without the words of those who gave it; a partner may not be meant to see them."""
    match reply:
        case Presumed(choices=(level,)):
            return {"not_applicable": True, "counts_as": level}
        case Chose(choices=choices):
            return {"choices": list(choices)}
        case DontKnow():
            return {"dont_know": True}
        case NotApplicable():
            return {"not_applicable": True}
        case None:
            return None


def _partner_fit(fit: PartnerFit) -> Data:
    first, second = _sides(fit.first, fit.second)
    return {
        **_compared("partner-fit", fit.first, fit.common),
        "first": first,
        "second": second,
        "talk_first": [{"topic": talk.topic.value, "question": talk.pair.question.id} for talk in fit.talk_first],
        "suits": {
            "differ": [_pair(pair, "first", "second") for pair in fit.differ],
            "agree": [_pair(pair, "first", "second") for pair in fit.agree],
            "not_known": [_pair(pair, "first", "second") for pair in fit.untold],
        },
        "factors": [
            {
                "id": pair.factor.id,
                "kind": pair.factor.kind,
                "relation": pair.relation.value,
                "certain": pair.certain,
                **_both(fit, pair.first, pair.second),
            }
            for pair in fit.factors
        ],
        "areas": [
            {"id": one.area.id, "kind": one.kind, **_both(fit, one.score, other.score)} for one, other in fit.areas
        ],
        "questions": [{"relation": one.relation.value, **_pair(one.pair, "first", "second")} for one in fit.matches],
        "about": [_pair(pair, "first", "second") for pair in fit.about],
        "flags": [
            {"question": flag.question.id, "first": _flag_state(flag.first), "second": _flag_state(flag.second)}
            for flag in fit.flags
        ],
        "considered": {
            "both": [joint.form.id for joint in fit.forms],
            "first": [form.id for form in fit.advice[0].considered],
            "second": [form.id for form in fit.advice[1].considered],
        },
        "forms": [_joint(fit, joint) for joint in fit.forms],
        "implications": [
            {"id": implication.id, "first": one and one.applies.value, "second": other and other.applies.value}
            for implication, one, other in fit.implications
        ],
        "unknown": {
            "first": [question.id for question in fit.first.unknown],
            "second": [question.id for question in fit.second.unknown],
        },
    }


def _joint(fit: PartnerFit, joint: JointForm) -> Data:
    """Return a form that both consider, with how ready either is for it."""
    sides = (("first", fit.first, joint.first), ("second", fit.second, joint.second))
    results = {name: _told(side, one.score, form_data(side.pack, one)) for name, side, one in sides}
    return {"id": joint.form.id, **results}


def _both(fit: PartnerFit, first: Score, second: Score) -> Data:
    """Return a score of either side."""
    sides = (("first", fit.first, first), ("second", fit.second, second))
    return {name: _told(side, score, score_data(side.pack, score)) for name, side, score in sides}


def _told(side: Assessment, score: Score, data: Data) -> Data:
    """Return a score as a partner may have it: of several as it is printed, for exact means tell who said what."""
    if side.people == 1 or isinstance(score, NotAssessed):
        return data
    figures = {"low": score.range.low, "high": score.range.high}
    figures |= {"score": score.score} if isinstance(score, Scored) else {}
    return {**data, **{name: float(figure(side.pack, value)) for name, value in figures.items()}}


def _flag_state(flags: SideFlags) -> str | None:
    if not flags:
        return None
    return "raised" if isinstance(flags[0], RaisedFlag) else "unresolved"
