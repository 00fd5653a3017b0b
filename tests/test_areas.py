"""Areas: a level above the factors, each the mean of its factors by weight (rule 6)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from builders import BANDS, a_choice, a_factor, a_pack, a_question, a_sheet, an_area, packs, sheets_of
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.advice import advise
from collabcheck.answers import AnswerSheet
from collabcheck.assessment import AreaResult, NotAssessed, RangeOnly, Scored
from collabcheck.coding import codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.cohort.outcomes import NONE, UNCLEAR
from collabcheck.cohort.standing import benchmark_of
from collabcheck.cohort.summary import Cohort, Distribution, summarise
from collabcheck.comparison.sides import compare
from collabcheck.doctor.proofs import proofs
from collabcheck.doctor.remarks import Kind
from collabcheck.doctor.summary import summarise as in_figures
from collabcheck.integrity import examine
from collabcheck.pack import Pack
from collabcheck.panel import pool
from collabcheck.problems import Code
from collabcheck.report import plain
from collabcheck.report.cohort_data import cohort_data
from collabcheck.report.comparison_data import comparison_data
from collabcheck.report.data import assessment_data
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.cohort import cohort_report
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.report.outline.figures import pack_figures
from collabcheck.report.outline.panel import panel_report
from collabcheck.report.panel_data import panel_data
from collabcheck.scoring import score

HEAVY = {"weight": 3, "because": "so"}
FACTORS = (
    a_factor("lead", area="inside", **HEAVY), a_factor("team", area="inside"), a_factor("money", area="inside"),
    a_factor("law"), a_factor("wish", kind="opportunity", area="outside"),
)  # fmt: skip
QUESTIONS = tuple(a_question(f"of-{factor['id']}", factor["id"]) for factor in FACTORS)
AREAS = (
    an_area("inside", in_band={band["id"]: f"Inside it is {band['label']}." for band in BANDS}), an_area("outside"),
)  # fmt: skip


def pack_of(*questions: dict[str, Any], **more: Any) -> Pack:
    given_ = {"factors": list(FACTORS), "areas": list(AREAS), **more}
    return a_pack(*(questions or QUESTIONS), **given_)


PACK = pack_of()
WORDS = {"of-lead": "all", "of-team": "none", "of-money": "none", "of-law": "some", "of-wish": "most"}


def sheet(**changed: Any) -> AnswerSheet:
    return a_sheet(PACK, **{**WORDS, **{name.replace("_", "-"): word for name, word in changed.items()}})


def areas(pack: Pack = PACK, **changed: Any) -> Sequence[AreaResult]:
    return score(pack, sheet(**changed)).areas


# What it comes to.


def test_an_area_is_the_mean_of_its_factors_by_weight_and_changes_no_other_result() -> None:
    inside, outside = areas()
    assert isinstance(inside.score, Scored)
    assert inside.score.score == Fraction(3 * 100, 5)
    assert [one.factor.id for one in inside.factors] == ["lead", "team", "money"]
    assert isinstance(outside.score, Scored)
    assert outside.score.score == Fraction(200, 3)
    without = pack_of(areas=[], factors=[{k: v for k, v in one.items() if k != "area"} for one in FACTORS])
    assert score(PACK, sheet()).overall.score == score(without, sheet()).overall.score


def test_what_is_not_known_leaves_a_range_and_what_does_not_apply_is_left_out() -> None:
    inside, outside = areas(of_team="?", of_wish="-")
    assert isinstance(inside.score, RangeOnly)
    assert [inside.score.range.low, inside.score.range.high] == [60, 80]
    assert isinstance(outside.score, NotAssessed)
    (inside, _) = areas(of_team="-", of_money="-")
    assert isinstance(inside.score, Scored)
    assert inside.score.score == 100


def test_red_flags_of_its_factors_cap_it_and_those_of_others_do_not() -> None:
    flagged = [a_choice("none", 0, flag={"reason": "it burns", "caps_at": "at-risk"}), a_choice("all", 3)]

    def band(name: str) -> str:
        asked = [
            a_question(one["id"], *one["informs"], choices=flagged) if one["id"] == name else one for one in QUESTIONS
        ]
        (inside, _) = areas(pack_of(*asked), of_team="none", of_law="none")
        assert isinstance(inside.score, Scored)
        assert inside.score.score == 60
        return inside.score.band.id

    assert band("of-team") == "at-risk"
    assert band("of-law") == "developing"


def test_areas_are_means_of_factors_where_the_overall_result_is_pooled_too() -> None:
    pooled = pack_of(aggregate="pooled")
    assert examine(pooled) == (), "weights count in the area"
    (inside, _) = areas(pooled)
    assert isinstance(inside.score, Scored)
    assert inside.score.score == 60


def test_equal_weights_that_would_change_the_band_of_an_area_are_told() -> None:
    made = score(PACK, sheet())
    assert [area.id for area in advise(made).sensitivity.areas_changed] == ["inside"], "60 would be 33"
    assert "the band of inside" in plain.render(report_on(made, advise(made)))


# What is told of it.


def test_a_report_has_a_chart_and_a_sentence_for_each_area_and_the_sum_behind_it() -> None:
    made = score(PACK, sheet(of_team="?"))
    told = plain.render(report_on(made, advise(made), explain=True))
    assert "Readiness by area, from 0 to 100" in told
    assert "What you could gain, by area" in told
    assert "Part of it has no score, so there is a range but no score." in told
    assert "It is the mean of “Lead”, “Team” and “Money” by weight." in told
    assert "It is what “Wish” is." in told
    assert "A red flag caps its factors, their areas, and the overall result" in told
    assert "Not every factor of it has a score, so there is a range but no score." in told
    assert "Lowest: (3 × 100.00 + 0.00 + 0.00) ÷ 5 = 60.0." in told
    full = plain.render(report_on(score(PACK, sheet()), advise(made), explain=True))
    assert "Inside it is Developing." in full
    assert "Score: (3 × 100.00 + 0.00 + 0.00) ÷ 5 = 60.0." in full
    data = assessment_data(made, advise(made))["areas"]
    assert [(one["id"], one["kind"], one["status"], one["low"]) for one in data] == [
        ("inside", "risk", "range-only", 60), ("outside", "opportunity", "scored", pytest.approx(200 / 3)),
    ]  # fmt: skip
    assert data[0]["factors"] == ["lead", "team", "money"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "It is the mean of “Lead”, “Team” and “Money” by weight."),
        ({"of_lead": "-"}, "It is the mean of “Team” and “Money”, as “Lead” is not assessed."),
        ({"of_team": "-", "of_money": "-"}, "It is what “Lead” is, as “Team” and “Money” are not assessed."),
        ({"of_lead": "-", "of_team": "-", "of_money": "-"}, "Not assessed, as “Lead”, “Team” and “Money” are not."),
        ({"of_wish": "-"}, "Not assessed, as “Wish” is not."),
    ],
)
def test_a_report_says_of_which_factors_an_area_is_the_mean(changed: dict[str, str], words: str) -> None:
    made = score(PACK, sheet(**changed))
    assert words in plain.render(report_on(made, advise(made)))


def test_the_method_of_a_report_says_what_areas_are_and_that_flags_cap_them() -> None:
    made = score(PACK, sheet())
    told = plain.render(report_on(made, advise(made)))
    assert "An area’s score is the mean of its factors’, by weight where weights differ." in told
    assert "A red flag caps its factors, their areas, and the overall result, whatever their average." in told


def test_a_report_on_a_pack_without_areas_does_not_speak_of_them() -> None:
    made = score(a_pack(), a_sheet(q1="all", q2="?"))
    assert "area" not in plain.render(report_on(made, advise(made), explain=True)).lower()


def test_then_and_now_and_two_organisations_are_compared_by_area() -> None:
    then = score(PACK, sheet(of_lead="none"))
    now = score(PACK, AnswerSheet(**{**_parts(sheet()), "date": "2027-01-01"}))
    moved = compare(then, now)
    assert "Readiness by area, then and now" in plain.render(report_on_two(moved))
    inside, outside = comparison_data(moved)["areas"]
    assert (inside["id"], inside["way"], inside["bands"], outside["way"]) == ("inside", "up", "up", "same")
    partner = score(PACK, AnswerSheet(**{**_parts(sheet(of_lead="none")), "organisation": "Hillside"}))
    fit = compare(now, partner)
    told = plain.render(report_on_two(fit))
    assert "Readiness of each, by area" in told
    assert "What each could gain, by area" in told
    first, _ = comparison_data(fit)["areas"]
    assert (first["first"]["score"], first["second"]["score"]) == (60, 0)


def _parts(one: AnswerSheet) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("pack", "pack_version", "organisation", "date", "replies", "asked")}


# Several people.


ROLES = a_question("role", means="role", choices=[a_choice("staff"), a_choice("trustee")])


def of_roles(**of_one_trustee: str) -> Any:
    """Return a panel of five staff and five trustees, one of whom may answer otherwise."""
    pack = pack_of(context=[ROLES])
    staff = [a_sheet(pack, role="staff", **WORDS) for _ in range(5)]
    trustees = [a_sheet(pack, role="trustee", **WORDS) for _ in range(4)]
    other = {name.replace("_", "-"): word for name, word in of_one_trustee.items()}
    return pool(pack, [*staff, *trustees, a_sheet(pack, role="trustee", **{**WORDS, **other})])


def test_roles_have_areas_of_which_all_factors_are_shown_and_no_others() -> None:
    staff, trustees = of_roles().groups
    assert isinstance(staff.areas[0], Scored)
    assert staff.areas == trustees.areas
    panel = of_roles(of_team="?")
    _, trustees = panel.groups
    names = [factor.id for factor in panel.assessment.pack.factors]
    assert trustees.factors[names.index("team")] is None, "only four have a say"
    assert trustees.factors[names.index("lead")] is not None
    assert trustees.areas[0] is None, "team could be worked out from it and the others"
    assert trustees.areas[1] is not None
    told = plain.render(panel_report(panel, advise(panel.assessment)))
    assert "Area or factor" in told
    data = panel_data(panel, advise(panel.assessment))["groups"]
    assert [[area["id"] for area in one["areas"]] for one in data] == [["outside"], ["outside"]]


# Many organisations.


@settings(max_examples=60, deadline=None)
@given(packs(), st.data())
def test_many_are_counted_as_each_is_scored(pack: Pack, data: st.DataObject) -> None:
    pack = pack.altered(aggregate=data.draw(st.sampled_from(["mean-of-factors", "pooled"])))
    sheets = data.draw(st.lists(sheets_of(pack), min_size=1, max_size=4))
    counting = Counting(pack)
    count = counting.count([codes_of(pack, one.replies) for one in sheets])
    scale = counting._scale  # noqa: SLF001  what its sums are parts of
    order = list(pack.band)
    for i, found in enumerate(count.areas):
        scores = [score(pack, one).areas[i].score for one in sheets]
        known = [one for one in scores if isinstance(one, Scored)]
        assert Fraction(found.spread.total, scale) == sum((one.score for one in known), Fraction(0))
        places = {place: times for place, times in found.spread.places.items() if times}
        expected = [order.index(one.band.id) for one in known]
        expected += [UNCLEAR for one in scores if isinstance(one, RangeOnly)]
        expected += [NONE for one in scores if isinstance(one, NotAssessed)]
        assert places == {place: expected.count(place) for place in set(expected)}


def cohort_of(*sheets: tuple[int, AnswerSheet]) -> Cohort:
    """Return what sheets say, each given with how many there are of it; counted in two parts, as many are."""
    codes = [codes_of(PACK, one.replies) for times, one in sheets for _ in range(times)]
    counting = Counting(PACK)
    count = counting.count(codes[: len(codes) // 2])
    count.add(counting.count(codes[len(codes) // 2 :]))
    return summarise(PACK, count)


def inside_of(*sheets: tuple[int, AnswerSheet]) -> Distribution:
    return cohort_of(*sheets).areas[0].spread


def test_a_cohort_tells_the_mean_and_the_bands_of_an_area() -> None:
    inside = inside_of((6, sheet()), (6, sheet(of_lead="none")))
    assert inside.mean == 30
    assert inside.bands == (6, 6, 0)
    cohort = cohort_of((6, sheet()), (6, sheet(of_lead="none")))
    told = plain.render(cohort_report(cohort))
    assert told.index("How ready they are by area, from 0 to 100") < told.index("How ready they are, from 0 to 100")
    assert "Inside" in told
    data = cohort_data(cohort, left_out=0, aside=0)["areas"]
    assert [(one["id"], one["kind"], one["mean"], one["scored"]) for one in data] == [
        ("inside", "risk", 30, 12), ("outside", "opportunity", 67, 12),
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["-", "?"])
def test_no_figure_of_an_area_is_told_where_a_few_have_only_some_of_its_factors(word: str) -> None:
    few = inside_of((12, sheet()), (2, sheet(of_team=word)))
    assert few.mean is None
    assert few.quartiles is None
    assert {*few.bands, *few.tens} == {None}
    assert few.scored == (14 if word == "-" else 12)
    enough = inside_of((12, sheet()), (5, sheet(of_team=word)))
    assert enough.mean is not None
    told = plain.render(cohort_report(cohort_of((12, sheet()), (2, sheet(of_team=word)))))
    assert "its own would tell on these few" in told


def test_no_figure_of_an_area_is_told_where_only_a_few_have_all_of_its_factors() -> None:
    """Most have only “lead”, of which the area is then made; so what differs from “lead” is of the few."""
    most = sheet(of_team="-", of_money="-")
    few = cohort_of((12, most), (1, sheet(of_lead="none")))
    (lead, *_), (inside, _) = few.factors, few.areas
    assert lead.spread.mean is not None
    assert (inside.spread.scored, inside.spread.mean) == (13, None)
    assert {*inside.spread.bands, *inside.spread.tens} == {None}
    told = plain.render(cohort_report(few))
    assert "only a few have a score for all of its factors" in told
    assert inside_of((12, most), (5, sheet(of_lead="none"))).mean is not None


def test_no_figure_of_an_area_is_told_where_a_few_have_one_factor_and_others_another() -> None:
    """If all of “lead” are known to have full marks, what is left of the area is of those without it."""
    whole, without_team, without_lead = sheet(), sheet(of_team="-"), sheet(of_lead="-")
    assert inside_of((9, whole), (4, without_team), (2, without_lead)).mean is None
    assert inside_of((9, whole), (5, without_team), (5, without_lead)).mean is not None


def test_a_benchmark_holds_factors_and_the_whole_and_no_areas() -> None:
    found = benchmark_of(PACK, Counting(PACK).count([codes_of(PACK, sheet().replies)] * 12))
    assert found.overall is not None
    assert list(found.factors) == [factor.id for factor in PACK.factors]


# For authors.


@pytest.mark.parametrize(
    ("factor", "area", "code", "path"),
    [
        ({"area": "insde"}, {}, Code.UNKNOWN_ID, ("factors", 0, "area")),
        ({"area": "outside"}, {}, Code.BAD_VALUE, ("factors", 4, "area")),
        ({}, {"in_band": {"ready": "It is."}}, Code.MISSING, ("areas", 0, "in_band")),
        ({}, {"in_band": {"redy": "It is."}}, Code.UNKNOWN_ID, ("areas", 0, "in_band", "redy")),
        ({}, {"id": "outside"}, Code.DUPLICATE_ID, ("areas", 1, "id")),
    ],
)
def test_what_is_wrong_with_areas_is_told(
    factor: dict[str, Any], area: dict[str, Any], code: Code, path: tuple[str | int, ...]
) -> None:
    pack = pack_of(factors=[{**FACTORS[0], **factor}, *FACTORS[1:]], areas=[{**AREAS[0], **area}, AREAS[1]])
    assert (code, path) in [(one.code, one.path) for one in examine(pack)]


def test_an_area_without_a_factor_is_told_with_what_to_write() -> None:
    (finding,) = examine(pack_of(areas=[*AREAS, an_area("empty")]))
    assert (finding.path, finding.advice) == (
        ("areas", 2, "id"),
        "Write “area: empty” under the factors that belong to it, or remove the area.",
    )


def test_a_band_that_only_the_area_cannot_reach_is_found() -> None:
    """Each factor can be at risk; but where one is, the other is as good as it gets."""
    when = {word: {"question": "a", "is": [word]} for word in ("none", "all")}
    asked = (
        a_question("a", "one", choices=[a_choice("none", 0), a_choice("all", 3)]),
        a_question("c", "two", choices=[a_choice("nearly", 9), a_choice("all", 10)], when=when["none"]),
        a_question("e", "two", when=when["all"]),
    )
    factors = [a_factor(name, area="both") for name in ("one", "two")]
    found = list(proofs(a_pack(*asked, factors=factors, areas=[an_area("both")])))
    told = [(one.path, one.kind) for one in found if "area" in one.message]
    assert told == [(("areas", 0, "id"), Kind.UNREACHABLE_BAND)]
    assert "no answers put the area “both” in the band “at-risk”" in [one.message for one in found]


def test_a_factor_that_cannot_matter_to_its_area_is_found() -> None:
    rest = [a_choice("none", 0), a_choice("all", 3)]
    factors = [a_factor("one", area="both", weight=9, because="so"), a_factor("two", area="both")]
    asked = a_question("a", "one", choices=rest), a_question("b", "two")
    found = [one for one in proofs(a_pack(*asked, factors=factors, areas=[an_area("both")])) if "area" in one.message]
    assert [(one.path, one.kind) for one in found if "“two”" in one.message] == [
        (("factors", 1, "area"), Kind.NO_EFFECT)
    ]


def test_an_author_sees_which_factors_are_in_no_area() -> None:
    assert "In no area: law." in plain.render(pack_figures(PACK, in_figures(PACK)))
