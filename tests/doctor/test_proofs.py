"""What no answers can bring about is said, once, where it stands; and nothing is said that some answers disprove."""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest
from builders import BANDS, LEVELS, a_choice, a_factor, a_pack, a_question, a_sheet, an_area, ways
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collabcheck.assessment import Assessment, FactorResult, Score, Scored
from collabcheck.conditions import Truth, answers_in
from collabcheck.doctor.asked import never_asked
from collabcheck.doctor.bands import of_factor, of_whole
from collabcheck.doctor.implied import out_of_reach
from collabcheck.doctor.proofs import proofs
from collabcheck.doctor.reach import Effort, Ground
from collabcheck.doctor.remarks import Kind, Remark
from collabcheck.files.packs import load_pack
from collabcheck.implications import judge
from collabcheck.integrity import examine
from collabcheck.pack import Band, Pack
from collabcheck.scoring import band_of, mean, score

Data = dict[str, Any]

QUESTIONS = ("trends", 0, "themes", 0, "questions")


def said(pack: Pack) -> list[tuple[Any, ...]]:
    return [(remark.kind, *remark.path) for remark in proofs(pack)]


def the_only(pack: Pack) -> Remark:
    (remark,) = proofs(pack)
    return remark


def of(question: str, *choices: str) -> Data:
    return {"question": question, "is": list(choices)}


def flagged(points: int, cap: str, name: str = "all") -> Data:
    return a_choice(name, points, flag={"reason": "it burns", "caps_at": cap})


def weighing(name: str, factor: str, weight: int, *points: int) -> Data:
    choices = [a_choice(level, worth) for level, worth in zip(LEVELS, points or range(4), strict=False)]
    return a_question(name, {"factor": factor, "weight": weight, "because": "so"}, choices=choices)


def implying(when: Data, *questions: Data, **more: Any) -> Pack:
    implication = {"id": "so-what", "kind": "risk", "text": "So.", "why": "Because.", "when": when}
    return a_pack(*questions, implications=[implication], **more)


def test_a_pack_in_order_gets_no_remark() -> None:
    assert not list(proofs(a_pack()))


def test_the_shipped_pack_is_in_order() -> None:
    assert not list(proofs(load_pack()))


# Questions.


def test_a_question_whose_condition_cannot_hold_is_never_asked_and_what_waits_for_it_is_not_said_again() -> None:
    pack = a_pack(
        a_question("q1", "size"),
        a_question("q2", "size", when={"all": [of("q1", "all"), {"not": of("q1", "all", "most")}]}),
        a_question("q3", "size", when=of("q2", "all")),
    )
    remark = the_only(pack)
    assert (remark.kind, remark.path) == (Kind.NEVER_ASKED, (*QUESTIONS, 1, "when"))
    assert remark.message == "“q2” is never asked: no answers to earlier questions meet its condition"


def test_a_condition_on_a_question_that_is_not_asked_is_false() -> None:
    twice = {"all": [of("q1", "none"), of("q2", "all")]}
    q2 = a_question("q2", "size", when=of("q1", "all"))
    assert said(a_pack(a_question("q1", "size"), q2, a_question("q3", "size", when=twice))) == [
        (Kind.NEVER_ASKED, *QUESTIONS, 2, "when")
    ]


def test_several_answers_can_meet_what_one_cannot() -> None:
    both = {"all": [of("q1", "none"), of("q1", "all")]}
    one, several = a_question("q1", "size"), a_question("q1", "size", several=True, full_at=3)
    assert said(a_pack(one, a_question("q2", "size", when=both))) == [(Kind.NEVER_ASKED, *QUESTIONS, 1, "when")]
    assert not said(a_pack(several, a_question("q2", "size", when=both)))
    several["choices"] = [{**choice, "alone": choice["id"] == "none"} for choice in several["choices"]]
    assert said(a_pack(several, a_question("q2", "size", when=both))) == [(Kind.NEVER_ASKED, *QUESTIONS, 1, "when")]


# Bands.


def test_all_bands_that_no_answers_lead_to_are_named_in_one_remark() -> None:
    remark = the_only(a_pack(weighing("q1", "size", 1, 8, 9, 10)))
    assert (remark.kind, remark.path) == (Kind.UNREACHABLE_BAND, ("factors", 0, "id"))
    assert remark.message == "no answers put “size” in the bands “at-risk” and “developing”"
    assert not said(a_pack(weighing("q1", "size", 1, 0, 4, 10)))


def test_a_band_that_only_a_flag_leads_to_is_reached() -> None:
    yes_or_no = [a_choice("none", 0), a_choice("all", 1)]
    pack = a_pack(a_question("q1", "size", choices=yes_or_no))
    assert the_only(pack).message == "no answers put “size” in the band “developing”"
    assert not said(a_pack(a_question("q1", "size", choices=[*yes_or_no, flagged(1, "developing", "most")])))


def test_a_best_answer_with_a_flag_that_caps_is_named_instead_of_the_band_that_it_bars() -> None:
    choices = [a_choice("none", 0), a_choice("some", 1), flagged(2, "developing")]
    remark = the_only(a_pack(a_question("q1", "size", choices=choices)))
    assert (remark.kind, remark.path) == (Kind.UNREACHABLE_BAND, (*QUESTIONS, 0, "choices", 2, "flag"))
    assert remark.message == (
        "full marks for “q1” take the answer “all” with its red flag, so that no band better than “developing” is left"
    )
    assert not said(a_pack(a_question("q1", "size", choices=[*choices, a_choice("most", 2)])))


def test_the_overall_result_has_a_remark_of_its_own_where_a_factor_reaches_the_band() -> None:
    burns = [flagged(0, "at-risk", "none"), flagged(0, "developing", "some")]
    about = a_question("about", choices=burns)
    remark = the_only(a_pack(a_question("q1", "size"), context=[about]))
    assert (remark.kind, remark.path) == (Kind.UNREACHABLE_BAND, ("bands", 2, "id"))
    assert remark.message == "no answers put the overall result in the band “ready”"
    assert not said(a_pack(a_question("q1", "size"), context=[{**about, "choices": [*burns, a_choice("all")]}]))


# Flags and weights.


def test_a_flag_that_caps_at_the_best_band_caps_nothing() -> None:
    remark = the_only(a_pack(a_question("q1", "size", choices=[flagged(0, "ready"), *map(a_choice, "abc", (1, 2, 3))])))
    assert (remark.kind, remark.path) == (Kind.NO_EFFECT, (*QUESTIONS, 0, "choices", 0, "flag", "caps_at"))
    assert remark.message == "this red flag caps nothing, as “ready” is the best band"


@pytest.mark.parametrize(("points", "idle"), [(0, True), (4, False)])
def test_a_flag_has_no_effect_if_no_answers_with_it_lead_above_its_cap(points: int, *, idle: bool) -> None:
    burning = [flagged(points, "developing"), a_choice("a", 0), a_choice("b", 8), a_choice("c", 10)]
    found = said(a_pack(a_question("q1", "size", choices=burning), a_question("q2", "size")))
    assert found == [(Kind.NO_EFFECT, *QUESTIONS, 0, "choices", 0, "flag")] * idle


def test_a_question_that_is_too_light_to_change_the_band_is_named_at_the_factor() -> None:
    def pack(weight: int) -> Pack:
        return a_pack(weighing("q1", "size", 20, 0, 1, 2), a_question("q2", {"factor": "size", "weight": weight}))

    remark = the_only(pack(1))
    assert (remark.kind, remark.path) == (Kind.NO_EFFECT, (*QUESTIONS, 1, "informs", 0))
    assert remark.message == "whatever the other answers are, none to “q2” changes the band of “size”"
    assert not said(pack(9))


def test_a_question_that_opens_another_one_has_an_effect_by_that() -> None:
    light = a_question("q2", {"factor": "size", "weight": 1})
    heavy = {**weighing("q3", "size", 30, 0, 1, 2), "when": of("q2", "all")}
    assert not said(a_pack(weighing("q1", "size", 20, 0, 1, 2), light, heavy))


@pytest.mark.parametrize(("weight", "idle"), [(1, True), (30, False)])
def test_a_factor_that_never_changes_the_overall_band_is_named(weight: int, *, idle: bool) -> None:
    factors = [a_factor("size", weight=60, because="so"), a_factor("reach", weight=weight, because="so")]
    pack = a_pack(weighing("q1", "size", 1, 0, 1, 2), a_question("q2", "reach"), factors=factors)
    assert said(pack) == [(Kind.NO_EFFECT, "factors", 1, "id")] * idle


# Implications.


@pytest.mark.parametrize(
    ("when", "kind"),
    [
        ({"all": [of("q1", "none"), of("q1", "all")]}, Kind.NEVER_APPLIES),
        (of("q1", "none", "some", "most"), None),
        (of("q1", *LEVELS), Kind.ALWAYS_APPLIES),
        ({"factor": "size", "below": "at-risk"}, Kind.NEVER_APPLIES),
        ({"factor": "size", "below": "ready"}, None),
        ({"all": [{"factor": "size", "below": "ready"}, of("q1", "all")]}, Kind.NEVER_APPLIES),
        ({"all": [{"factor": "size", "below": "ready"}, of("q1", "most")]}, Kind.NEVER_APPLIES),
        ({"all": [{"factor": "size", "below": "ready"}, of("q2", "all")]}, None),
        ({"any": [{"factor": "size", "below": "ready"}, {"not": of("q2", "all")}, of("q2", "all")]}, "always-applies"),
        ({"all": [{"factor": "size", "below": "ready"}, {"not": {"factor": "reach", "below": "ready"}}]}, None),
    ],
)
def test_an_implication_that_answers_cannot_switch_is_named(when: Data, kind: Kind | None) -> None:
    pack = implying(when, weighing("q1", "size", 1, 0, 40, 70, 100), a_question("q2", "reach"))
    path = ("trends", 0, "implications", 0, "when")
    if kind is None:
        assert not said(pack)
    else:
        assert said(pack) == [(kind, *path)]


def test_what_is_said_of_an_implication() -> None:
    assert the_only(implying({"factor": "size", "below": "at-risk"})).message == "no answers make “so-what” apply"
    remark = the_only(implying({"not": {"factor": "size", "below": "at-risk"}}))
    assert remark.message == "“so-what” applies whatever the answers are"


def test_an_implication_on_a_question_that_is_never_asked_is_not_said_again() -> None:
    q2 = a_question("q2", "size", when={"all": [of("q1", "none"), of("q1", "all")]})
    found = said(implying(of("q2", "all"), a_question("q1", "size"), q2))
    assert [kind for kind, *_ in found] == [Kind.NEVER_ASKED]


# Limits.


def hard(**more: Any) -> Pack:
    """Return a pack of which it would take too long to find out whether q2 is ever asked."""
    chance = Random(3)
    about = [a_question(f"a{i}", choices=[a_choice("yes"), a_choice("no")]) for i in range(60)]
    clauses = [
        {"any": [of(f"a{chance.randrange(60)}", chance.choice(["yes", "no"])) for _ in "abc"]} for _ in range(270)
    ]
    factor = more.pop("factor", "size")
    return a_pack(a_question("q1", "size"), a_question("q2", factor, when={"all": clauses}), context=about, **more)


def test_what_would_take_too_long_is_said_not_to_be_proved() -> None:
    pack = hard()
    assert not examine(pack)
    first = next(proofs(pack))
    assert (first.kind, first.path) == (Kind.NOT_PROVED, (*QUESTIONS, 1, "when"))
    assert first.message == "it was not found out whether “q2” is ever asked"


def test_many_follow_up_questions_are_no_reason_not_to_prove_it() -> None:
    pairs = [
        question
        for i in range(100)
        for question in (a_question(f"q{i}", "size"), a_question(f"q{i}-more", "size", when=of(f"q{i}", "all")))
    ]
    assert not said(a_pack(*pairs))


# The same by trying all complete answers.

WEIGHTS, POINTS, STARTS = (1, 1, 2, 7, 20), (0, 0, 1, 1, 2, 3), (10, 25, 33.3, 40, 50, 66.7, 70, 75, 90, 99)


def a_condition(chance: Random, earlier: list[Data], factors: list[str], depth: int = 2) -> Data:
    shape = chance.choice(["all", "any", "not", "leaf", "leaf", "leaf"] if depth else ["leaf"])
    if shape == "not":
        return {"not": a_condition(chance, earlier, factors, depth - 1)}
    if shape != "leaf":
        return {shape: [a_condition(chance, earlier, factors, depth - 1) for _ in range(2)]}
    if factors and chance.random() < 0.5:
        return {"factor": chance.choice(factors), "below": chance.choice(["at-risk", "developing", "ready"])}
    question = chance.choice(earlier)
    names = [choice["id"] for choice in question["choices"]]
    return of(question["id"], *chance.sample(names, chance.choice([1, 1, 1, len(names)])))


def any_question(chance: Random, name: str, earlier: list[Data], factors: list[str]) -> Data:
    several = chance.random() < 0.25
    choices = [a_choice(level, chance.choice(POINTS)) for level in LEVELS[: chance.choice([2, 2, 3])]]
    for choice in choices:
        if chance.random() < 0.2:
            choice |= {"flag": {"reason": "it burns", "caps_at": chance.choice(["at-risk", "developing", "ready"])}}
        if several and chance.random() < 0.3:
            choice |= {"alone": True}
    informs = factors if not earlier else chance.sample(factors, chance.randint(0, min(2, len(factors))))
    weighed = [{"factor": factor, "weight": chance.choice(WEIGHTS), "because": "so"} for factor in informs]
    full = chance.randint(1, max(1, sum(choice["points"] for choice in choices)))
    more: Data = {"several": True, "full_at": full} if several else {}
    if several and chance.random() < 0.5:
        more = {"several": True, "thresholds": sorted({full, *(chance.randint(1, full) for _ in range(2))})}
    if earlier and chance.random() < 0.5:
        more["when"] = a_condition(chance, earlier, [])
    return a_question(name, *weighed, choices=choices, **more)


def tiny_pack(chance: Random) -> Pack:
    factors = [f"f{i}" for i in range(chance.randint(1, 3))]
    asked: list[Data] = []
    for i in range(chance.randint(1, 4)):
        asked.append(any_question(chance, f"q{i}", asked, factors))
    starts = (0, *sorted(chance.sample(STARTS, 2)))
    when = a_condition(chance, asked, factors)
    kinds = [chance.choice(["risk", "risk", "risk", "opportunity"]) for _ in factors]
    areas = [{"area": f"{kind}-area"} if chance.random() < 0.7 else {} for kind in kinds]
    return implying(
        when,
        *asked,
        factors=[
            a_factor(name, kind=kind, weight=chance.choice(WEIGHTS), because="so", **area)
            for name, kind, area in zip(factors, kinds, areas, strict=True)
        ],
        areas=[an_area(name) for name in dict.fromkeys(area["area"] for area in areas if area)],
        bands=[{**band, "from": start} for band, start in zip(BANDS, starts, strict=True)],
    )


def in_band(score: Score) -> str:
    return score.band.id if isinstance(score, Scored) else ""


class Tried:
    """What all complete answers to a pack come to."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        answers = list(product(*(ways(question) for question in pack.questions)))
        assume(len(answers) <= 100)
        self.every = {one: score(pack, a_sheet(**dict(zip(pack.question, one, strict=True)))) for one in answers}

    def asked(self) -> set[str]:
        """Return the questions that are asked of anyone."""
        return {question.id for one in self.every.values() for question in one.asked}

    def bands(self, factor: str) -> set[str]:
        """Return the bands that a factor comes to."""
        return {in_band(self.result(one, factor).score) for one in self.every.values()}

    def overall(self) -> set[str]:
        """Return the bands that the overall result comes to."""
        return {in_band(one.overall.score) for one in self.every.values()}

    def changing(self, factor: str) -> Iterator[str]:
        """Yield the questions of which another answer changes the band of a factor."""
        for answers, one in self.every.items():
            for i, question in enumerate(self.pack.questions):
                others = [self.every[*answers[:i], way, *answers[i + 1 :]] for way in ways(question)]
                if any(self.bands_differ(one, other, factor) for other in others):
                    yield question.id

    def bands_differ(self, one: Assessment, other: Assessment, factor: str) -> bool:
        """Say whether a factor is in two bands."""
        return in_band(self.result(one, factor).score) != in_band(self.result(other, factor).score)

    def mattering(self) -> Iterator[str]:
        """Yield the factors without which the overall band is sometimes another."""
        for one in self.every.values():
            for result in one.risk:
                rest = [(other.weight, other.score) for other in one.risk if other is not result]
                if in_band(mean(self.pack, rest, [flag.cap for flag in one.raised])) != in_band(one.overall.score):
                    yield result.factor.id

    def areas(self, number: int) -> set[str]:
        """Return the bands that an area comes to."""
        return {in_band(one.areas[number].score) for one in self.every.values()}

    def mattering_to(self, number: int) -> Iterator[str]:
        """Yield the factors without which the band of an area is sometimes another."""
        for area in (one.areas[number] for one in self.every.values()):
            for result in area.factors:
                rest = [(other.weight, other.score) for other in area.factors if other is not result]
                if in_band(mean(self.pack, rest, [flag.cap for flag in area.flags])) != in_band(area.score):
                    yield result.factor.id

    def lowering(self) -> Iterator[tuple[str, str]]:
        """Yield the flags that sometimes lower a band."""
        for one in self.every.values():
            results = [(result.score, result.flags) for result in one.factors] + [(one.overall.score, one.raised)]
            results += [(area.score, area.flags) for area in one.areas]
            for level, flags in results:
                for flag in flags if isinstance(level, Scored) else ():
                    caps = [other.cap for other in flags if other is not flag]
                    if self.capped(level, caps) != in_band(level):
                        yield flag.question.id, flag.choice.id

    def capped(self, level: Score, caps: list[Band]) -> str:
        """Return the band of a score under these caps."""
        assert isinstance(level, Scored)
        return min((band_of(self.pack, level.score), *caps), key=lambda band: band.starts).id

    @staticmethod
    def result(one: Assessment, factor: str) -> FactorResult:
        """Return the result of a factor."""
        return next(result for result in one.factors if result.factor.id == factor)


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_all_that_is_proved_is_so_and_nothing_else_is(chance: Random) -> None:
    pack = tiny_pack(chance)
    assume(not examine(pack))
    tried, ground, effort = Tried(pack), Ground(pack), Effort(10_000_000)
    never = never_asked(ground, effort).never
    assert tried.asked().isdisjoint(never)
    dark = pack.question.keys() - tried.asked()
    assert all(
        name in never or any(leaf.question in dark for leaf in answers_in(pack.question[name].when)) for name in dark
    )
    standings = [of_factor(ground, factor, effort) for factor in pack.factors]
    for factor, standing in zip(pack.factors, standings, strict=True):
        assert set(standing.never("band")) == pack.band.keys() - tried.bands(factor.id)
        informing = {question.id for question, _ in pack.informing[factor.id]} & tried.asked()
        assert set(standing.never("question")) == informing - set(tried.changing(factor.id))
    whole = of_whole(ground, ground.overall, effort)
    risk = {factor.id for factor in pack.factors if factor.kind == "risk"}
    assert set(whole.never("band")) == pack.band.keys() - tried.overall()
    assert set(whole.never("factor")) == (risk - set(tried.mattering()) if len(risk) > 1 else set())
    areas = [of_whole(ground, area, effort) for area in ground.areas]
    for i, (area, standing) in enumerate(zip(ground.areas, areas, strict=True)):
        assert set(standing.never("band")) == pack.band.keys() - tried.areas(i)
        own = {factor.id for factor in area.factors}
        assert set(standing.never("factor")) == (own - set(tried.mattering_to(i)) if len(own) > 1 else set())
    flags = {(question.id, choice.id) for question in pack.questions for choice, _ in question.flags}
    capping = [*standings, *areas, whole]
    assert {flag for flag in flags for one in capping if one.has_flag(*flag) and one.of_flag(*flag)} == set(
        tried.lowering()
    )
    assert not any(one.unproved.unsure for one in capping)
    (implication,) = pack.trends[0].implications
    came_to = {judge(one)[0].applies for one in tried.every.values()}
    found = out_of_reach(ground, implication, effort)
    assert (set(found.never), found.unsure) == ({Truth.YES, Truth.NO} - came_to, ())


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(3, 80))
def test_however_little_is_tried_nothing_is_proved_that_is_not_so(chance: Random, least: int) -> None:
    pack = tiny_pack(chance)
    assume(not examine(pack))
    tried, ground, effort = Tried(pack), Ground(pack), Effort(0, least=least)
    assert tried.asked().isdisjoint(never_asked(ground, effort).never)
    for factor in pack.factors:
        standing = of_factor(ground, factor, effort)
        reached = pack.band.keys() - {*standing.never("band"), *standing.unsure("band")}
        assert reached <= tried.bands(factor.id) <= pack.band.keys() - {*standing.never("band")} | {""}
        assert set(standing.never("question")).isdisjoint(tried.changing(factor.id))
    whole = of_whole(ground, ground.overall, effort)
    assert tried.overall().isdisjoint(whole.never("band"))
    assert set(whole.never("factor")).isdisjoint(tried.mattering())
    came_to = {judge(one)[0].applies for one in tried.every.values()}
    assert came_to.isdisjoint(out_of_reach(ground, pack.trends[0].implications[0], effort).never)


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False))
def test_each_place_gets_a_kind_of_remark_once(chance: Random) -> None:
    pack = tiny_pack(chance)
    assume(not examine(pack))
    found = said(pack)
    assert len(found) == len(set(found))


def test_what_is_not_proved_is_said_of_the_area_that_it_is_about() -> None:
    factors = [a_factor(name, area="both") for name in ("size", "team")]
    found = list(proofs(hard(factor="team", factors=factors, areas=[an_area("both")])))
    (of_area,) = (one for one in found if one.path == ("areas", 0, "id"))
    assert of_area.message == "it was not found out whether the factor “team” can change the band of the area “both”"
    (of_all,) = (one for one in found if one.path == ("bands",))
    assert of_all.message.endswith("whether the factor “team” can change the band of the overall result")
