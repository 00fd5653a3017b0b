"""The worked example in docs/scoring.md is what the program does with the very pack and sheet that stand there."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from builders import a_pack

from collabcheck.advice import Advice, Sensitivity, advise
from collabcheck.answers import Chose
from collabcheck.assessment import Assessment, FactorResult, Overall, RangeOnly, Scored
from collabcheck.files.sheets import sheet_from
from collabcheck.files.source.misfits import build
from collabcheck.files.source.reader import read_text
from collabcheck.integrity import examine
from collabcheck.lift import Lift
from collabcheck.pack import Pack
from collabcheck.report.blocks import Mark
from collabcheck.report.outline.wording import band_words, figure, part_of, span
from collabcheck.scoring import band_of, score
from collabcheck.targets import against

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "scoring.md").read_text(encoding="utf-8")
Row = dict[str, str]


def hundredths(value: Fraction) -> str:
    """Print a part of a score as the arithmetic does."""
    return part_of(a_pack(), value)


def block(heading: str) -> bytes:
    """Return the YAML that stands under a heading."""
    return section(heading).partition("```yaml\n")[2].partition("```")[0].encode()


def section(heading: str) -> str:
    """Return what stands from a heading to the next one of any level."""
    return re.split(r"^#+ ", PAGE.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str, *columns: str) -> list[Row]:
    """Return the rows of the tables that have these columns."""
    found: list[Row] = []
    header: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells or not header:
            header = cells
        elif header == list(columns) and not set(line) <= set("|- "):
            found.append(dict(zip(header, cells, strict=True)))
    return found


@pytest.fixture(scope="module")
def pack() -> Pack:
    made = build(Pack, read_text("the pack in docs/scoring.md", block("The pack"), "yaml"))
    assert examine(made) == ()
    return made


@pytest.fixture(scope="module")
def assessment(pack: Pack) -> Assessment:
    return score(pack, sheet_from(pack, "the sheet in docs/scoring.md", block("The sheet")))


@pytest.fixture(scope="module")
def advice(assessment: Assessment) -> Advice:
    return advise(assessment)


def scored(result: FactorResult | Overall) -> Scored:
    assert isinstance(result.score, Scored)
    return result.score


def shown(pack: Pack, result: FactorResult | Overall) -> str:
    return "".join(word.label if isinstance(word, Mark) else str(word) for word in band_words(pack, scored(result)))


def test_each_answer_adds_what_the_tables_say(assessment: Assessment) -> None:
    found = [
        row
        for result in assessment.factors
        for row in [
            *[
                {
                    "Question": part.question.id,
                    "Points": f"{part.points} of {part.question.most}",
                    "Weight": str(part.weight),
                    "Adds": hundredths(part.contribution),
                    "Room": hundredths(part.room),
                }
                for part in result.parts
            ],
            *[
                {
                    "Question": gap.question.id,
                    "Points": "not known",
                    "Weight": str(gap.weight),
                    "Adds": "–",
                    "Room": "–",
                }
                for gap in result.gaps
            ],
            *[
                {"Question": question.id, "Points": "does not apply", "Weight": "–", "Adds": "–", "Room": "–"}
                for question in result.left_out
            ],
        ]
    ]
    written = rows(section("Factors"), "Question", "Points", "Weight", "Adds", "Room")
    order = list(assessment.pack.question)
    assert written == sorted(found, key=lambda row: order.index(row["Question"]))


def test_the_factors_are_as_written(assessment: Assessment) -> None:
    columns = ("Factor", "Weight", "Score", "Low", "High", "Band of the score", "Shown as")
    assert rows(section("Factors"), *columns) == [
        {
            "Factor": result.factor.id,
            "Weight": str(result.weight),
            "Score": hundredths(scored(result).score),
            "Low": hundredths(scored(result).range.low),
            "High": hundredths(scored(result).range.high),
            "Band of the score": band_of(assessment.pack, scored(result).score).label,
            "Shown as": shown(assessment.pack, result),
        }
        for result in assessment.factors
    ]


def test_the_overall_result_is_as_written(assessment: Assessment) -> None:
    overall = scored(assessment.overall)
    assert rows(section("Overall"), "Result", "Score", "Low", "High", "Shown as") == [
        {
            "Result": "overall",
            "Score": hundredths(overall.score),
            "Low": hundredths(overall.range.low),
            "High": hundredths(overall.range.high),
            "Shown as": shown(assessment.pack, assessment.overall),
        }
    ]


def test_the_figures_in_the_text_are_right(assessment: Assessment) -> None:
    overall, weakest = scored(assessment.overall), assessment.overall.weakest
    parts = [(part.weight, part.contribution) for result in assessment.factors for part in result.parts]
    answered = sum(weight for weight, _ in parts)
    pooled = sum(
        (part.weight * Fraction(100 * part.points, part.question.most) for r in assessment.factors for part in r.parts),
        Fraction(0),
    )
    assert weakest is not None
    assert re.findall(r"\*\*([^*]+)\*\*", section("Overall")) == [
        figure(assessment.pack, overall.score),
        span(assessment.pack, overall),
        weakest.factor.id,
        hundredths(pooled / answered),
    ]


def test_the_flags_are_as_written(assessment: Assessment) -> None:
    assert [flag.question.id for flag in assessment.raised] == ["checks"]
    assert [flag.question.id for flag in assessment.unresolved] == ["data-terms"]


def test_the_steps_are_in_the_order_written(advice: Advice) -> None:
    columns = ("Step", "Question", "Reason", "Room", "Effort", "Room ÷ effort")
    assert rows(section("First steps"), *columns) == [
        {
            "Step": str(number),
            "Question": step.question.id,
            "Reason": step.reason.name.lower().replace("_", " "),
            "Room": hundredths(step.room),
            "Effort": str(step.effort),
            "Room ÷ effort": hundredths(step.room / step.effort),
        }
        for number, step in enumerate(advice.steps, start=1)
    ]


def test_the_answer_that_would_lift_a_band_is_the_one_written(assessment: Assessment, advice: Advice) -> None:
    lift, now = advice.lift, assessment.sheet.replies
    assert isinstance(lift, Lift)
    reply = now[lift.question.id]
    assert isinstance(reply, Chose)
    text = section("Which answer would lift a band?")
    assert rows(text, "Question", "Answer now", "Would have to be", "Lifts", "From", "To") == [
        {
            "Question": lift.question.id,
            "Answer now": " ".join(reply.choices),
            "Would have to be": " ".join(lift.reply.choices),
            "Lifts": lift.factor.id if lift.factor else "overall",
            "From": lift.before.label,
            "To": lift.after.label,
        }
    ]
    then = score(assessment.pack, replace(assessment.sheet, replies={**now, lift.question.id: lift.reply}))
    scores = [hundredths(scored(result).score) for result in (then.factors[1], then.overall)]
    assert re.findall(r"\d+\.\d\d", text) == scores


def test_the_targets_are_as_written(assessment: Assessment) -> None:
    results = against(assessment, dict.fromkeys(("people", "agreements"), "ready"))
    parts = {(result.factor.id, part.question.id): part for result in assessment.factors for part in result.parts}
    text = section("How far from a target?")
    assert rows(text, "Factor", "Question", "Weight", "Value × 100", "Short by") == [
        {
            "Factor": result.factor.id,
            "Question": fall.question.id,
            "Weight": str(part.weight),
            "Value × 100": hundredths(Fraction(100 * part.points, fall.question.most)),
            "Short by": hundredths(fall.points),
        }
        for result in results
        for fall in result.short
        for part in [parts[result.factor.id, fall.question.id]]
    ]
    assert rows(text, "Factor", "Score", "Gap", "Reached", "But for a flag") == [
        {
            "Factor": result.factor.id,
            "Score": hundredths(result.score.score),
            "Gap": hundredths(result.gap),
            "Reached": result.reached.value,
            "But for a flag": "yes" if result.held_by else "no",
        }
        for result in results
        if isinstance(result.score, Scored) and result.gap is not None
    ]


def test_equal_weights_do_what_is_written(assessment: Assessment, advice: Advice) -> None:
    other = score(assessment.pack, assessment.sheet, equal_weights=True)
    results: dict[str, FactorResult | Overall] = {result.factor.id: result for result in other.factors}
    results["overall"] = other.overall
    assert rows(section("Would equal weights change anything?"), "With equal weights", "Score", "Shown as") == [
        {
            "With equal weights": name,
            "Score": hundredths(scored(result).score),
            "Shown as": shown(assessment.pack, result),
        }
        for name, result in results.items()
    ]
    assert advice.sensitivity == Sensitivity(all_equal=False)


def test_without_half_of_the_answers_there_is_only_a_range(pack: Pack) -> None:
    half = block("The sheet").replace(b"  checks: word-of-mouth\n", b"")
    assert isinstance(score(pack, sheet_from(pack, "half", half)).factors[1].score, Scored), "exactly half is enough"
    fewer = score(pack, sheet_from(pack, "less", half.replace(b"  ending: in-writing\n", b"")))
    assert isinstance(fewer.factors[1].score, RangeOnly)
    assert isinstance(fewer.overall.score, RangeOnly), "one risk factor without a score leaves the whole without one"


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [("62.5", 0, "63"), ("69.96", 1, "69.9"), ("69.96", 0, "69.9"), ("39.7", 0, "39.7")],
)
def test_figures_are_printed_as_rule_4_says(pack: Pack, value: str, decimals: int, printed: str) -> None:
    assert figure(pack, Fraction(value), decimals) == printed
