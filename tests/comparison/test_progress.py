"""What has changed in one organisation: said only as far as the ranges allow it."""

from dataclasses import replace
from typing import Any

import pytest
from builders import a_choice, a_factor, a_pack, a_question, a_sheet
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.answers import Aside, Chose, SetAside
from collabcheck.assessment import Assessment
from collabcheck.comparison.progress import Change, Move, Progress, Way
from collabcheck.comparison.sides import compare
from collabcheck.plan import Plan
from collabcheck.renewal import State, id_in
from collabcheck.report import plain
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.scoring import score

FLAG = {"reason": "it is missing", "caps_at": "developing"}


def levels() -> list[dict[str, Any]]:
    """Four levels with steps, of which the lowest raises a flag."""
    low = [
        a_choice(name, i, step={"do": f"Leave {name}.", "effort": 1}) for i, name in enumerate(("none", "some", "most"))
    ]
    return [{**low[0], "flag": FLAG}, *low[1:], a_choice("all", 3)]


PACK = a_pack(
    a_question("where", "size", choices=[a_choice("in", 0), a_choice("out", 1)]),
    a_question("q1", "size", choices=levels()),
    a_question("q2", "size", when={"question": "where", "is": ["in"]}),
    a_question("q3", "means"),
    a_question("gain", "prize"),
    factors=[a_factor("size"), a_factor("means"), a_factor("prize", kind="opportunity")],
)
THEN = {"where": "in", "q1": "some", "q2": "some", "q3": "some", "gain": "some"}


def a_side(date: str = "2026-11-23", **replies: str) -> Assessment:
    return score(PACK, replace(a_sheet(PACK, **{**THEN, **replies}), date=date))


def changed_to(plan: Plan | None = None, then: dict[str, str] | None = None, /, **now: Any) -> Progress:
    result = compare(a_side(**(then or {})), a_side("2027-11-23", **now), plan)
    assert isinstance(result, Progress)
    return result


def of_size(progress: Progress) -> Move:
    return next(move for factor, move in progress.factors if factor.id == "size")


REPLIES = st.fixed_dictionaries(
    {
        "where": st.sampled_from(["in", "out", "?"]),
        **{name: st.sampled_from(["none", "some", "most", "all", "?", "-"]) for name in ("q1", "q2", "q3", "gain")},
    }
)


@given(REPLIES)
def test_compared_with_itself_nothing_has_moved(replies: dict[str, str]) -> None:
    side = a_side(**replies)
    same = compare(side, side)
    assert isinstance(same, Progress)
    assert same.nothing_moved
    moves = [same.overall, *(move for _, move in (*same.factors, *same.forms))]
    assert not [move for move in moves if move.rose or move.fell]
    flags = same.flags
    assert (flags.gone, flags.came, flags.settled, flags.opened, flags.in_doubt) == ((), (), (), (), ())
    assert {line.state for line in same.steps.lines} <= {State.TO_DO}


@given(REPLIES, REPLIES)
def test_the_older_one_comes_first_whatever_the_order(then: dict[str, str], now: dict[str, str]) -> None:
    one, other = a_side(**then), a_side("2027-11-23", **now)
    assert compare(one, other) == compare(other, one)


@given(REPLIES, REPLIES)
def test_a_certain_move_stays_one_however_the_unknown_answers_turn_out(
    then: dict[str, str], now: dict[str, str]
) -> None:
    move = of_size(changed_to(None, then, **now))
    if not move.certain or move.way is Way.SAME:
        return
    for known in ("none", "all"):
        resolved = changed_to(
            None,
            {name: known if word == "?" and name != "where" else word for name, word in {**THEN, **then}.items()},
            **{name: known if word == "?" and name != "where" else word for name, word in {**THEN, **now}.items()},
        )
        assert of_size(resolved).way is move.way


@pytest.mark.parametrize(
    ("now", "way", "certain", "lift"),
    [
        ({"q1": "all", "q2": "all"}, Way.UP, True, 1),
        ({"q1": "none"}, Way.DOWN, True, 0),
        ({}, Way.SAME, True, 0),
        ({"q1": "?"}, Way.DOWN, False, 0),
        ({"q1": "all", "q2": "?"}, Way.UP, True, 1),
        ({"q1": "?", "q2": "?"}, Way.OPEN, False, 0),
        ({"where": "-", "q1": "-", "q2": "-"}, Way.OPEN, False, 0),
    ],
)
def test_where_a_factor_went(now: dict[str, str], way: Way, lift: int, *, certain: bool) -> None:
    move = of_size(changed_to(**now))
    assert (move.way, move.certain, move.lift) == (way, certain, lift)


def test_a_score_can_be_surely_higher_and_its_band_not() -> None:
    move = of_size(changed_to(q1="all", q2="?"))
    assert (move.certain, move.lift, move.lift_certain) == (True, 1, False)
    assert of_size(changed_to(q1="all", q2="all")).lift_certain


def test_a_flag_that_is_gone_can_lift_the_band_by_itself() -> None:
    move = of_size(changed_to(None, {"where": "out", "q1": "none"}, where="out", q1="some"))
    assert (move.rose, move.way) == (True, Way.UP)


def kinds(progress: Progress) -> dict[str, Change]:
    return {one.pair.question.id: one.change for one in progress.changed}


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        ({}, {"q1": "most"}, Change.BETTER),
        ({}, {"q1": "none"}, Change.WORSE),
        ({"q1": "?"}, {"q1": "none"}, Change.LEARNT),
        ({"q1": "?"}, {"q1": "-"}, Change.LEARNT),
        ({}, {"q1": "?"}, Change.LOST),
        ({}, {"q1": "-"}, Change.OTHER),
    ],
)
def test_what_became_of_an_answer(then: dict[str, str], now: dict[str, str], change: Change) -> None:
    assert kinds(changed_to(None, then, **now)) == {"q1": change}


def test_more_to_gain_is_neither_better_nor_worse() -> None:
    assert kinds(changed_to(gain="all")) == {"gain": Change.OTHER}


def test_a_question_that_is_no_longer_asked_is_no_answer_that_got_worse() -> None:
    assert kinds(changed_to(where="out"))["q2"] is Change.APART


@pytest.mark.parametrize(
    ("then", "now", "kind"),
    [
        ("none", "some", "gone"),
        ("some", "none", "came"),
        ("none", "none", "stayed"),
        ("?", "some", "settled"),
        ("none", "?", "in_doubt"),
        ("some", "?", "opened"),
        ("?", "?", "still_open"),
        ("?", "none", "came"),
    ],
)
def test_what_became_of_a_red_flag(then: str, now: str, kind: str) -> None:
    flags = changed_to(None, {"q1": then}, q1=now).flags
    names = ("gone", "came", "stayed", "settled", "in_doubt", "opened", "still_open")
    assert {name: len(getattr(flags, name)) for name in names} == {name: int(name == kind) for name in names}


def test_of_several_people_nothing_has_moved_only_if_everyone_says_what_was_said() -> None:
    then = people("2026-11-23", "some", "some", "all")
    same, other = people("2027-11-23", "all", "some", "some"), people("2027-11-23", "some", "some", "none")
    for now, moved in ((same, False), (other, True)):
        result = compare(then, now)
        assert isinstance(result, Progress)
        assert (result.same_answers, result.nothing_moved) == (True, not moved)
        page = plain.render(report_on_two(result))
        assert ("Every middle answer is what it was on 23 November 2026." in page) is moved
        assert ("Nothing has moved" in page) is not moved


def test_people_who_each_name_another_way_did_know_what_they_had_in_mind() -> None:
    choices = [a_choice("bid"), a_choice("merger"), a_choice("event")]
    form = a_question("plan", several=True, means="form", choices=choices)
    pack = a_pack(a_question("q1", "size"), context=[form])

    def board(date: str, *plans: str) -> Assessment:
        return score(pack, *(replace(a_sheet(pack, q1="all", plan=(plan,)), date=date) for plan in plans))

    apart, agreed = ("bid", "merger", "event"), ("bid", "bid", "bid")
    for then, now in ((apart, agreed), (agreed, apart)):
        result = compare(board("2026-11-23", *then), board("2027-11-23", *now))
        assert isinstance(result, Progress)
        assert [one.change for one in result.changed] == [Change.OTHER]


def people(date: str, *words: str) -> Assessment:
    """Return what several people say who answer q1 so."""
    return score(PACK, *(replace(a_sheet(PACK, **{**THEN, "q1": word}), date=date) for word in words))


@pytest.mark.parametrize(
    ("now", "kind"),
    [(("none", "all", "all"), "stayed"), (("all", "all", "all"), "gone"), (("all", "all", "?"), "in_doubt")],
)
def test_a_flag_that_one_of_several_raised_is_accounted_for(now: tuple[str, ...], kind: str) -> None:
    result = compare(people("2026-11-23", "none", "all", "?"), people("2027-11-23", *now))
    assert isinstance(result, Progress)
    assert [flag.by for flag in getattr(result.flags, kind)] == [1]
    assert result.flags.opened == ()


@pytest.mark.parametrize(("unsure", "kind"), [("?", "in_doubt"), ("all", "gone")])
def test_another_flag_of_its_question_does_not_settle_whether_one_is_gone(unsure: str, kind: str) -> None:
    choices = [{**choice, "flag": FLAG} if i < 2 else choice for i, choice in enumerate(levels())]
    pack = a_pack(a_question("q1", "size", choices=choices))
    then = score(pack, *[a_sheet(pack, q1="none")] * 2)
    now = score(pack, *(replace(a_sheet(pack, q1=word), date="2027-11-23") for word in ("some", unsure)))
    result = compare(then, now)
    assert isinstance(result, Progress)
    names = ("gone", "came", "stayed", "in_doubt")
    found = {name: [flag.choice.id for flag in getattr(result.flags, name)] for name in names}
    assert found == {**{name: [] for name in names}, "came": ["some"], kind: ["none"]}


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        (("all", "?", "?"), ("all", "all", "all"), Change.LEARNT),
        (("all", "all", "all"), ("all", "?", "?"), Change.LOST),
        (("all", "?", "?"), ("?", "?", "?"), None),
        (("some", "some", "?"), ("all", "all", "?"), Change.BETTER),
    ],
)
def test_several_people_know_if_most_of_them_do(
    then: tuple[str, ...], now: tuple[str, ...], change: Change | None
) -> None:
    result = compare(people("2026-11-23", *then), people("2027-11-23", *now))
    assert isinstance(result, Progress)
    assert kinds(result).get("q1") is change


def test_steps_of_then_are_done_by_the_answers_of_now() -> None:
    states = {line.row.get("Id"): line.state for line in changed_to(q1="most").steps.lines}
    assert states["q1/some"] is State.DONE


def test_a_plan_that_people_keep_takes_the_place_of_the_steps_of_then() -> None:
    plan = Plan(("Id", "Step", "Owner"), ({"Id": "q1/some", "Step": "Ours", "Owner": "Ann"}, {"Id": "", "Step": "Tea"}))
    steps = changed_to(plan, q1="most").steps
    assert [(line.row.get("Step"), line.state) for line in steps.lines[:2]] == [("Ours", State.DONE), ("Tea", None)]


def older(side: Assessment, name: str) -> Assessment:
    """Return a side as an older version of the pack left it, which offered other answers to this question."""
    sheet = side.sheet
    rest = {other: reply for other, reply in sheet.replies.items() if other != name}
    aside = SetAside(name, Aside.CHANGED, sheet.replies[name], "1-2")
    return score(PACK, replace(sheet, pack_version="0", replies=rest, set_aside=(aside,)))


def progress(then: Assessment, now: Assessment, plan: Plan | None = None) -> Progress:
    result = compare(then, now, plan)
    assert isinstance(result, Progress)
    return result


@pytest.mark.parametrize("now", ["none", "some", "all", "?", "-"])
def test_nothing_is_said_of_the_steps_of_a_question_that_has_changed(now: str) -> None:
    steps = progress(older(a_side(), "q1"), a_side("2027-11-23", q1=now)).steps
    assert {line.state for line in steps.lines if id_in(steps.before, line).startswith("q1/")} == {State.NOT_COMPARED}


@pytest.mark.parametrize("state", ["to do", "done"])
def test_nor_is_it_of_those_in_a_plan_and_what_is_peoples_own_stays_so(state: str) -> None:
    rows = ({"Id": "q1/some", "Now": state}, {"Id": "q2/?", "Now": state}, {"Id": "", "Step": "Tea"})
    steps = progress(older(a_side(), "q1"), a_side("2027-11-23", q1="all"), Plan(("Id", "Step", "Now"), rows)).steps
    assert [line.state for line in steps.lines[:3]] == [State.NOT_COMPARED, State.DONE, None]


def test_a_fact_whose_answers_have_changed_is_nothing_that_was_learnt() -> None:
    facts = a_pack(a_question("q1", "size"), context=[a_question("income"), a_question("staff")])
    now = replace(a_sheet(facts, q1="some", income="some", staff="some"), date="2027-11-23")
    aside = SetAside("income", Aside.CHANGED, Chose(("long-ago",)), "1-2")
    then = replace(a_sheet(facts, q1="some", staff="some"), pack_version="0", set_aside=(aside,))
    result = progress(score(facts, then), score(facts, now))
    assert result.nothing_moved
    assert [(one.question, one.scored) for one in result.common.left_out] == [("income", False)]
    assert result.common.share == 1
