"""What reports call the result, where a pack measures something other than readiness."""

from dataclasses import replace
from typing import Any

import pytest
from builders import BANDS, a_factor, a_pack, a_question, a_sheet, an_area

from collabcheck.advice import advise
from collabcheck.coding import codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.cohort.standing import benchmark_of, stand
from collabcheck.cohort.summary import summarise
from collabcheck.comparison.sides import compare
from collabcheck.pack import Pack
from collabcheck.panel import pool
from collabcheck.report import plain
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.cohort import cohort_report
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.report.outline.panel import panel_report
from collabcheck.report.outline.standing import among
from collabcheck.scoring import score

LABELS = ("Concern", "Borderline", "Strength")
NEUTRAL = [{**band, "label": label, "meaning": label} for band, label in zip(BANDS, LABELS, strict=True)]
SAYS = {band["id"]: "It stands so." for band in BANDS}


def pack_of(**more: Any) -> Pack:
    factors = [a_factor("trust", in_band=SAYS, area="all"), a_factor("load", in_band=SAYS, area="all")]
    factors += [a_factor("wish", kind="opportunity", in_band=SAYS)]
    asked = [a_question(f"q-{factor['id']}", factor["id"]) for factor in factors]
    income = a_question("income", informs=[])
    form = {
        "id": "bid",
        "title": "A bid",
        "meaning": "Together.",
        "leans_on": [{"factor": "load", "weight": 1, "because": "so"}],
    }
    return a_pack(
        *asked, factors=factors, bands=NEUTRAL, areas=[an_area("all")], context=[income], forms=[form], **more
    )


def told(pack: Pack) -> str:
    """Return what every kind of report says."""
    words: dict[str, Any] = {"q-trust": "most", "q-load": "some", "q-wish": "all", "income": "some"}
    then = a_sheet(pack, **words)
    now = replace(a_sheet(pack, **{**words, "q-load": "all"}), date="2027-11-23")
    made = score(pack, now)
    panel = pool(pack, [then, a_sheet(pack, **{**words, "q-trust": "none"})])
    counting = Counting(pack, "income")
    many = counting.count([codes_of(pack, now.replies)] * 12)
    beside = among(pack, stand(made, benchmark_of(pack, many)))
    reports = (
        report_on(made, advise(made), explain=True, among=beside),
        report_on(score(pack, then), advise(score(pack, then))),
        panel_report(panel, advise(panel.assessment)),
        report_on_two(compare(score(pack, then), made)),
        report_on_two(compare(made, score(pack, replace(now, organisation="Carers")))),
        cohort_report(summarise(pack, many, pack.question["income"])),
    )
    return "\n".join(map(plain.render, reports))


@pytest.mark.parametrize("aggregate", ["mean-of-factors", "pooled"])
def test_of_what_is_not_readiness_no_report_speaks_as_if_it_were(aggregate: str) -> None:
    words = told(pack_of(aggregate=aggregate, measures="How well your group works together", tested="It is tested."))
    about = [line for line in words.splitlines() if "ready" in line.lower() or "readi" in line.lower()]
    assert about == []
    assert "How much there is to gain. This does not count" in words
    assert "working with others" not in words
    assert words.count("How well your group works together:") >= 3
    for heading in ("Your results", "Your results then and now", "The results of each of you", "Results by area"):
        assert heading in words


def test_without_that_word_reports_speak_of_readiness() -> None:
    words = told(pack_of())
    for heading in (
        "How ready you are",
        "How ready you were, and are",
        "How ready each of you is",
        "Readiness by area",
    ):
        assert heading in words
    assert "results of each" not in words
    assert "to gain by working with others" in words
