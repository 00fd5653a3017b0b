"""A panel as numbers for other programs. docs/results.md explains every field. It holds no names."""

from collections.abc import Iterator

from collabcheck.advice import Advice
from collabcheck.answers import WITHHELD, quotable
from collabcheck.assessment import Assessment
from collabcheck.panel import Group, Panel, Tally
from collabcheck.report.data import Data, findings, of_kind, score_data
from collabcheck.voices import Heard


def panel_data(panel: Panel, advice: Advice, invited: int = 0) -> Data:
    """Return a panel and the advice on it as plain data."""
    dates = sorted({sheet.date for sheet in panel.assessment.sheets})
    return {
        **of_kind("panel", panel.assessment.pack),
        "organisation": panel.assessment.sheet.organisation,
        "dates": [dates[0], dates[-1]],
        "people": panel.people,
        "invited": invited or None,
        **findings(panel.assessment, advice),
        "differing": [tally.question.id for tally in panel.differing],
        "unknown": [tally.question.id for tally in panel.unknown],
        "questions": {tally.question.id: _tally(tally) for tally in panel.tallies},
        "groups": [_group(panel.assessment, group) for group in panel.groups],
        "hidden": panel.hidden,
        "discussion": {prompt: list(said) for prompt, said in panel.assessment.sheet.discussion.items()},
        "raised_by": [
            {"question": flag.question.id, "choice": flag.choice.id, "people": flag.by}
            for flag in panel.assessment.raised
        ],
    }


def _tally(tally: Tally) -> Data:
    return {
        "counts": tally.heard.counts,
        **({"presumed": len(tally.heard.presumed)} if tally.question.counts_as else {}),
        **({"not_counted": tally.heard.unproved} if tally.question.required else {}),
        "unknown": tally.heard.unknown,
        "dont_know": tally.heard.dont_know,
        "set_aside": tally.heard.aside,
        "not_applicable": len(tally.heard.reasons),
        "agreement": tally.agreement.value,
        "deviation": None if tally.deviation is None else float(tally.deviation),
        "r_wg": None if tally.r_wg is None else float(tally.r_wg),
        "reasons": sorted(reason for reason in _reasons(tally.heard) if reason not in ("", WITHHELD)),
        "notes": sorted(note for reply in tally.heard.replies if reply and (note := quotable(reply.note))),
    }


def _reasons(heard: Heard) -> Iterator[str]:
    """Yield why it does not apply, also where that counts as a level."""
    yield from heard.reasons
    yield from (reply.reason for reply in heard.presumed)


def _group(assessment: Assessment, group: Group) -> Data:
    pack = assessment.pack
    return {
        "role": group.role.id,
        "people": group.people,
        "overall": None if group.overall is None else score_data(pack, group.overall),
        "factors": [
            {"id": factor.id, **score_data(pack, figure)}
            for factor, figure in zip(pack.factors, group.factors, strict=True)
            if figure is not None
        ],
        "areas": [
            {"id": result.area.id, **score_data(pack, figure)}
            for result, figure in zip(assessment.areas, group.areas, strict=True)
            if figure is not None
        ],
    }
