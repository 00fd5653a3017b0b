"""The forms of collaboration in the order of rule 7, each with what is in its way."""

from typing import Any

from builders import a_factor, a_pack, a_question, a_sheet

from collabcheck.advice import advise
from collabcheck.assessment import NotAssessed, RangeOnly, Scored
from collabcheck.pack import Pack
from collabcheck.scoring import score
from collabcheck.suitability import FormResult


def a_form(name: str, *leans: tuple[str, int, str | None]) -> dict[str, Any]:
    leaning = [
        {"factor": factor, "weight": weight, "because": "It must.", **({"at_least": band} if band else {})}
        for factor, weight, band in leans
    ]
    return {"id": name, "title": f"A {name}", "meaning": "Together.", "leans_on": leaning}


def a_forms_pack(*forms: dict[str, Any]) -> Pack:
    places = [{"id": form["id"], "text": form["title"]} for form in forms]
    return a_pack(
        a_question("near", "near"),
        a_question("far", "far"),
        a_question("far2", "far"),
        factors=[a_factor("near"), a_factor("far")],
        context=[a_question("plan", means="form", several=True, choices=[*places, {"id": "none", "text": "None"}])],
        forms=list(forms),
    )


BOTH = a_forms_pack(a_form("bid", ("near", 3, None), ("far", 1, None)), a_form("merger", ("far", 1, "ready")))


def ranked(pack: Pack = BOTH, /, **words: Any) -> tuple[FormResult, ...]:
    return advise(score(pack, a_sheet(**words))).forms


def the(name: str, results: tuple[FormResult, ...]) -> FormResult:
    return next(result for result in results if result.form.id == name)


def test_a_forms_score_is_the_mean_of_its_factors_by_its_own_weights() -> None:
    result = the("bid", ranked(near="all", far="none", far2="none")).score
    assert isinstance(result, Scored)
    assert result.score == 75
    assert result.band.id == "ready"


def test_the_forms_that_are_considered_come_first_then_the_readiest() -> None:
    words = {"near": "all", "far": "none", "far2": "none"}
    assert [result.form.id for result in ranked(**words)] == ["bid", "merger"]
    assert [(r.form.id, r.considered) for r in ranked(**words, plan=("merger",))] == [("merger", True), ("bid", False)]


def test_a_form_with_something_in_its_way_comes_after_one_that_is_less_ready() -> None:
    words = {"near": "none", "far": "most", "far2": "most"}
    assert [result.form.id for result in ranked(**words)] == ["bid", "merger"]
    (obstacle,) = the("merger", ranked(**words)).in_the_way
    assert (obstacle.factor.id, obstacle.needs.id, obstacle.certain, obstacle.because) == (
        "far",
        "ready",
        True,
        "It must.",
    )


def test_what_unknown_answers_could_put_in_the_way_is_not_certain() -> None:
    (obstacle,) = the("merger", ranked(near="all", far="most", far2="?")).in_the_way
    assert not obstacle.certain
    (obstacle,) = the("merger", ranked(near="all", far="all", far2="?")).in_the_way
    assert not obstacle.certain, "the score is high enough, and its range is not"
    assert not the("merger", ranked(near="all", far="all", far2="all")).in_the_way


def test_a_flag_of_a_factor_caps_the_form_that_leans_on_it() -> None:
    choices = [{"id": "all", "text": "All", "points": 3, "flag": {"reason": "it burns", "caps_at": "at-risk"}}]
    choices = [{"id": "none", "text": "None"}, *choices]
    pack = a_pack(a_question("q1", "size", choices=choices), forms=[a_form("bid", ("size", 1, "developing"))])
    (result,) = ranked(pack, q1="all")
    assert isinstance(result.score, Scored)
    assert (result.score.band.id, result.score.bands.capped) == ("at-risk", True)
    assert [obstacle.factor.id for obstacle in result.in_the_way] == ["size"]


def test_a_form_has_no_score_while_one_of_its_factors_has_none() -> None:
    assert isinstance(the("bid", ranked(near="all")).score, RangeOnly)
    assert isinstance(the("merger", ranked(near="all", far="-", far2="-")).score, NotAssessed)
