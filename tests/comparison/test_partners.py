"""How two organisations would go together: both ways, and without a figure for it."""

from dataclasses import replace
from typing import Any

import pytest
from builders import a_choice, a_factor, a_pack, a_question, a_sheet, pack_data
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.answers import Aside, Chose, SetAside
from collabcheck.assessment import Assessment, RaisedFlag
from collabcheck.choosing import with_choices
from collabcheck.comparison.partners import TALK_FIRST, PartnerFit, Relation, Topic
from collabcheck.comparison.sides import compare
from collabcheck.pack import Pack
from collabcheck.scoring import score

FLAG = {"reason": "it is missing", "caps_at": "developing"}


def flagged() -> list[dict[str, Any]]:
    return [a_choice("none", 0, flag=FLAG), a_choice("some", 1), a_choice("most", 2), a_choice("all", 3)]


def a_form(name: str, factor: str) -> dict[str, Any]:
    lean = {"factor": factor, "weight": 1, "because": "It does."}
    return {"id": name, "title": f"A {name}", "meaning": "Together.", "leans_on": [lean]}


PACK = a_pack(
    a_question("size1", "size"),
    a_question("size2", "size", choices=flagged()),
    a_question("aims", "fit", fit=True),
    a_question("pace", "fit", fit=True),
    a_question("gain", "prize"),
    factors=[a_factor("size"), a_factor("fit"), a_factor("prize", kind="opportunity")],
    forms=[a_form("bid", "size"), a_form("merger", "fit")],
    context=[
        a_question(
            "forms", several=True, means="form", choices=[a_choice(name) for name in ("bid", "merger", "none-yet")]
        )
    ],
)
QUESTIONS = ("size1", "size2", "aims", "pace", "gain")


def a_side(name: str = "Riverside", **replies: Any) -> Assessment:
    words = {**dict.fromkeys(QUESTIONS, "most"), "forms": ("bid",), **replies}
    return score(PACK, replace(a_sheet(PACK, **words), organisation=name))


def fit(first: dict[str, Any], second: dict[str, Any]) -> PartnerFit:
    result = compare(a_side(**first), a_side("Carers", **second))
    assert isinstance(result, PartnerFit)
    return result


def relation(first: str, second: str) -> Relation:
    (match,) = (one for one in fit({"size1": first}, {"size1": second}).matches if one.pair.question.id == "size1")
    return match.relation


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("most", "some", Relation.FIRST_BRINGS),
        ("none", "all", Relation.SECOND_BRINGS),
        ("most", "all", Relation.BOTH_STRONG),
        ("some", "none", Relation.BOTH_WEAK),
        ("?", "all", Relation.OPEN),
        ("-", "all", Relation.OPEN),
    ],
)
def test_one_strong_and_one_weak_answer_may_complement_each_other(first: str, second: str, expected: Relation) -> None:
    assert relation(first, second) is expected


def test_what_one_of_many_brings_up_is_not_set_beside_the_partner() -> None:
    """Nor is it told that the organisation considers it; but a red flag that one person raises is."""
    only = {"question": "forms", "is": ["merger"]}
    pack = a_pack(
        a_question("size1", "size"),
        a_question("culture", "fit", fit=True, when=only, choices=flagged()),
        factors=[a_factor("size"), a_factor("fit")],
        forms=[a_form("bid", "size"), a_form("merger", "fit")],
        context=[a_question("forms", several=True, means="form", choices=[a_choice("bid"), a_choice("merger")])],
    )

    def side(name: str, *forms: tuple[str, ...]) -> Assessment:
        sheets = [replace(a_sheet(size1="all", culture="none", forms=one), organisation=name) for one in forms]
        return score(pack, *sheets)

    def joined(*forms: tuple[str, ...]) -> PartnerFit:
        result = compare(side("Riverside", ("bid", "merger")), side("Carers", *forms))
        assert isinstance(result, PartnerFit)
        return result

    of_one = joined(("bid", "merger"), ("bid",), ("bid",))
    assert [joint.form.id for joint in of_one.forms] == ["bid"]
    assert (of_one.differ, of_one.agree, of_one.untold) == ((), (), ())
    assert [flag.raised for flag in of_one.flags] == [2]
    of_half = joined(("bid", "merger"), ("bid", "merger"), ("bid",))
    assert [joint.form.id for joint in of_half.forms] == ["bid", "merger"]
    assert [pair.question.id for pair in of_half.agree] == ["culture"]


def test_of_nations_and_trends_too_a_partner_learns_what_at_least_half_name() -> None:
    places = [a_choice("here"), a_choice("there"), a_choice("none", alone=True)]
    where = a_question("where", several=True, means="nation", choices=places)
    pack = a_pack(a_question("q1", "size"), context=[where])

    def told(*named: tuple[str, ...]) -> Any:
        board = score(pack, *(a_sheet(pack, q1="all", where=names) for names in named))
        partner = score(pack, replace(a_sheet(pack, q1="all", where=("here",)), organisation="Carers"))
        result = compare(board, partner)
        assert isinstance(result, PartnerFit)
        return result.about[0].first

    assert told(("here",), ("here", "there"), ("here",)) == Chose(("here",))
    assert told(("here",), ("none",)) == Chose(("here",)), "what stands alone is left out beside others"
    assert told(("here",), ("there",), ("none",)) is None


def test_a_question_that_one_of_many_was_asked_is_not_among_those_left_out() -> None:
    """A partner would learn from it what that one has in mind."""
    only = {"question": "plan", "is": ["merger"]}
    pack = a_pack(
        a_question("q1", "size"),
        a_question("culture", "size", when=only),
        context=[a_question("plan", choices=[a_choice("bid"), a_choice("merger")])],
    )
    old = SetAside("culture", Aside.CHANGED, Chose(("some",)), "1-2")
    one = replace(a_sheet(pack, q1="all", plan="merger"), set_aside=(old,))
    board = score(pack, one, *[a_sheet(pack, q1="all", plan="bid")] * 2)
    partner = score(pack, replace(a_sheet(pack, q1="all", plan="merger", culture="all"), organisation="Carers"))
    assert compare(board, partner).common.left_out == ()


def test_two_who_were_asked_about_different_trends_are_told_of_each_what_it_means() -> None:
    implied: dict[str, Any] = {
        "kind": "risk",
        "text": "Ah.",
        "why": "So.",
        "when": {"factor": "size", "below": "ready"},
    }
    data = pack_data(a_question("q1", "size"), implications=[{**implied, "id": "always"}])
    which = a_question("which", several=True, means="trend", choices=[a_choice("more"), a_choice("none")])
    theme = {**data["trends"][0]["themes"][0], "id": "more-theme", "questions": [a_question("q2", "size")]}
    more = {**data["trends"][0], "id": "more", "themes": [theme], "implications": [{**implied, "id": "chosen"}]}
    pack = with_choices(Pack.model_validate({**data, "context": [which], "trends": [*data["trends"], more]}))
    chose = score(pack, a_sheet(which=("more",), q1="none", q2="none"))
    left = score(pack, replace(a_sheet(which=("none",), q1="none"), organisation="Carers"))
    for sides, told in (((chose, left), ("yes", None)), ((left, chose), (None, "yes"))):
        result = compare(*sides)
        assert isinstance(result, PartnerFit)
        found = {one.id: tuple(v and v.applies.value for v in verdicts) for one, *verdicts in result.implications}
        assert found == {"always": ("yes", "yes"), "chosen": told}


def test_an_answer_that_raises_a_red_flag_is_no_strength_however_good_the_mean() -> None:
    many = [a_sheet(PACK, **dict.fromkeys(QUESTIONS, "all")) for _ in range(4)]
    many.append(a_sheet(PACK, **{**dict.fromkeys(QUESTIONS, "all"), "size2": "none"}))
    weak = score(PACK, replace(a_sheet(PACK, **dict.fromkeys(QUESTIONS, "some")), organisation="Carers"))
    result = compare(score(PACK, *many), weak)
    assert isinstance(result, PartnerFit)
    stands = {one.pair.question.id: one.relation for one in result.matches}
    assert stands == {"size1": Relation.FIRST_BRINGS, "size2": Relation.ALIKE}


@pytest.mark.parametrize(("first", "second"), [("all", "none"), ("none", "all")])
def test_a_difference_that_matters_is_named_whichever_way_it_goes(first: str, second: str) -> None:
    result = fit({"aims": first}, {"aims": second})
    assert [pair.question.id for pair in result.differ] == ["aims"]
    assert [pair.question.id for pair in result.agree] == ["pace"]
    assert result.talk_first[0].topic is Topic.DIFFERENCE


def test_the_furthest_apart_comes_first_and_what_is_not_known_is_apart() -> None:
    result = fit({"aims": "some", "pace": "none"}, {"aims": "most", "pace": "all"})
    assert [pair.question.id for pair in result.differ] == ["pace", "aims"]
    assert [pair.question.id for pair in fit({"aims": "?"}, {}).untold] == ["aims"]


def test_nobody_can_stand_in_for_a_factor_that_should_suit_both() -> None:
    factors = fit({"aims": "all", "pace": "all"}, {"aims": "none", "pace": "none"}).factors
    assert next(pair.relation for pair in factors if pair.factor.id == "fit") is Relation.EACH_ITS_OWN


@pytest.mark.parametrize(
    ("first", "second", "expected", "certain"),
    [
        ({"size1": "all", "size2": "all"}, {"size1": "some", "size2": "some"}, Relation.FIRST_BRINGS, True),
        ({"size1": "all", "size2": "?"}, {}, Relation.FIRST_BRINGS, False),
        ({"size1": "?", "size2": "?"}, {}, Relation.OPEN, False),
        ({"size1": "some", "size2": "some"}, {"size1": "some", "size2": "some"}, Relation.BOTH_WEAK, True),
    ],
)
def test_for_a_factor_the_band_decides_and_ranges_say_how_surely(
    first: dict[str, str], second: dict[str, str], expected: Relation, *, certain: bool
) -> None:
    pair = fit(first, second).factors[0]
    assert (pair.relation, pair.certain) == (expected, certain)


def test_flags_on_both_sides_come_before_flags_on_one_and_open_ones_last() -> None:
    (both,) = fit({"size2": "none"}, {"size2": "none"}).flags
    (one,) = fit({"size2": "none"}, {"size2": "?"}).flags
    (open_,) = fit({}, {"size2": "?"}).flags
    assert (both.raised, one.raised, open_.raised) == (2, 1, 0)
    assert open_.first == ()


def test_of_several_people_no_flag_on_one_question_hides_another() -> None:
    choices = [a_choice("none", 0, flag=FLAG), a_choice("some", 1, flag=FLAG), a_choice("all", 2)]
    pack = a_pack(a_question("q1", "size", choices=choices))
    one, other = (a_sheet(pack, q1=word) for word in ("none", "some"))
    result = compare(score(pack, one, one, other), score(pack, replace(a_sheet(pack, q1="all"), organisation="Carers")))
    assert isinstance(result, PartnerFit)
    (flag,) = result.flags
    assert [side.by for side in flag.first if isinstance(side, RaisedFlag)] == [2, 1]
    assert (flag.raised, flag.second) == (1, ())


def test_where_most_of_several_people_do_not_know_nobody_can_tell() -> None:
    sheets = [a_sheet(PACK, aims=word, size1=word) for word in ("all", "?", "?")]
    result = compare(score(PACK, *sheets), a_side("Carers"))
    assert isinstance(result, PartnerFit)
    assert "aims" in [pair.question.id for pair in result.untold]
    assert next(one.relation for one in result.matches if one.pair.question.id == "size1") is Relation.OPEN


def test_only_what_both_consider_is_set_side_by_side() -> None:
    result = fit({"forms": ("bid", "merger")}, {"forms": ("merger",)})
    assert [joint.form.id for joint in result.forms] == ["merger"]
    assert not fit({"forms": ("bid",)}, {"forms": ("none-yet",)}).forms


def test_a_question_is_named_once_among_what_to_talk_about_first() -> None:
    result = fit({"size1": "none", "size2": "none", "aims": "none"}, {"size1": "none", "size2": "none"})
    topics = [(talk.topic, talk.pair.question.id) for talk in result.talk_first]
    assert topics == [(Topic.DIFFERENCE, "aims"), (Topic.FLAG, "size2"), (Topic.NOBODY, "size1")]


WORDS = st.sampled_from(["none", "some", "most", "all", "?", "-"])
REPLIES = st.fixed_dictionaries(dict.fromkeys(QUESTIONS, WORDS))
MIRRORED = {
    Relation.FIRST_BRINGS: Relation.SECOND_BRINGS,
    Relation.SECOND_BRINGS: Relation.FIRST_BRINGS,
}


@given(REPLIES, REPLIES)
def test_the_order_of_the_two_only_swaps_the_sides(first: dict[str, str], second: dict[str, str]) -> None:
    there, back = (
        compare(a_side(**first), a_side("Carers", **second)),
        compare(a_side("Carers", **second), a_side(**first)),
    )
    assert isinstance(there, PartnerFit)
    assert isinstance(back, PartnerFit)
    assert [MIRRORED.get(one.relation, one.relation) for one in there.matches] == [one.relation for one in back.matches]
    assert [MIRRORED.get(one.relation, one.relation) for one in there.factors] == [one.relation for one in back.factors]
    assert [talk.pair.question.id for talk in there.talk_first] == [talk.pair.question.id for talk in back.talk_first]
    assert len(there.talk_first) <= TALK_FIRST
