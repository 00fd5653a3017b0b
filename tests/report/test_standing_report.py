"""The place among others in words: what is whose, and nothing finer than a benchmark tells."""

from dataclasses import replace

from builders import a_factor, a_pack, a_question, a_sheet

from collabcheck.advice import advise
from collabcheck.benchmark import Benchmark, Scores
from collabcheck.cohort.standing import stand
from collabcheck.report import plain
from collabcheck.report.blocks import Report, Section, Strips
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.standing import among
from collabcheck.scoring import score

PACK = a_pack(a_question("q1", "size"), a_question("q2", "size"), a_question("q3", "size"), factors=[a_factor("size")])
SCORES = {
    "quartiles": (20, 41, 60),
    "stretches": [
        {"from": 0, "to": 30, "sheets": 11},
        {"from": 30, "to": 70, "sheets": 13},
        {"from": 70, "to": 100, "sheets": 7},
    ],
}


def a_benchmark(**more: object) -> Benchmark:
    made = {"benchmark": "1", "pack": "tiny", "pack_version": PACK.version, "sheets": 40, **more}
    return Benchmark.model_validate(made)


WHOLE = a_benchmark(overall=SCORES, factors={"size": SCORES})


def blocks(benchmark: Benchmark, **answers: str) -> Section:
    standing = stand(score(PACK, a_sheet(**answers)), benchmark)
    return Section("Among others", among(PACK, standing).full)


def words(benchmark: Benchmark, **answers: str) -> str:
    page = Report("T", "S", "en-GB", (blocks(benchmark, **answers),))
    return " ".join(plain.render(page).split())


def test_it_begins_with_the_overall_result_in_a_sentence() -> None:
    told = words(WHOLE, q1="most", q2="most", q3="some")
    assert told.startswith(
        "T S Among others Of 31 organisations in the benchmark that have an overall result, 11 score lower than you, "
        "13 are in the same part of the scale (30 to 70), above or below you, and 7 score higher."
    )


def test_the_report_in_short_says_where_the_overall_result_stands() -> None:
    assessment = score(PACK, a_sheet(q1="most", q2="most", q3="some"))
    page = report_on(assessment, advise(assessment), among=among(PACK, stand(assessment, WHOLE)))
    told = " ".join(plain.render(replace(page, sections=page.sections[:1])).split())
    assert "Of 31 organisations in the benchmark that have an overall result, 11 score lower than you," in told


def test_those_near_may_be_on_either_side_and_what_is_open_is_said() -> None:
    told = words(WHOLE, q1="most", q2="most", q3="?")
    near = "13 in the same part of the scale (30 to 70), above or below you"
    assert f"11 lower; {near}; 7 higher; your own range is 44 to 78; You: 67" in told
    assert "your own range" not in words(WHOLE, q1="most", q2="most", q3="most")


def test_the_figures_of_others_are_called_theirs() -> None:
    told = words(WHOLE, q1="most", q2="most", q3="most")
    assert "Size. Their middle score: 41; Their middle half: 20 to 60; Beside you: " in told


def test_without_quartiles_the_rest_is_told() -> None:
    few = Scores.model_validate({"stretches": SCORES["stretches"]})
    told = words(a_benchmark(overall=few), q1="most", q2="most", q3="most")
    assert "Their middle score: not shown, as they are few; Beside you: 11 lower" in told


def test_a_benchmark_without_scores_says_so_and_draws_nothing() -> None:
    made = blocks(a_benchmark(), q1="most", q2="most", q3="most")
    assert not [block for block in made.blocks if isinstance(block, Strips)]
    assert "Too few of the 40 organisations in the benchmark have a score" in words(a_benchmark(), q1="most")


def test_whoever_has_no_score_has_no_place() -> None:
    told = words(WHOLE)
    assert "no place, as you have no score here" in told
    assert "than you" not in told
