"""The one answer that would lift a band: the nearest there is, and never lost by the short cut that looks for it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from builders import BANDS, a_choice, a_factor, a_pack, a_question, a_sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.answers import Chose, NotApplicable
from collabcheck.assessment import Assessment, NotAssessed, Score, Scored
from collabcheck.lift import Lift, NoLift, lift
from collabcheck.pack import Pack
from collabcheck.questions import Question
from collabcheck.report.blocks import Mark, Paragraph
from collabcheck.report.outline.ahead import lifting
from collabcheck.scoring import score, strength

FLAG = {"reason": "it burns", "caps_at": "at-risk"}
NAMES = ("none", "some", "most", "all")


def levels(*efforts: int, **flags: str) -> list[dict[str, Any]]:
    """Four levels, the first of them with steps of these efforts, and flags by level, each with its cap."""
    steps = [{"step": {"do": "Do it.", "effort": effort}} for effort in efforts] + [{}] * 4
    flagged = {name: {"flag": {"reason": "it burns", "caps_at": flags[name]}} for name in flags}
    return [a_choice(name, i, **steps[i], **flagged.get(name, {})) for i, name in enumerate(NAMES)]


def turned(pack: Pack, /, **words: Any) -> Lift:
    found = lift(score(pack, a_sheet(**words)))
    assert isinstance(found, Lift)
    return found


def the(found: Lift) -> tuple[str, tuple[str, ...], str | None, str, str]:
    """Return the question, the reply that would do it, what it lifts, and from where to where."""
    lifted = found.factor.id if found.factor else None
    return found.question.id, found.reply.choices, lifted, found.before.id, found.after.id


# Which of several.


def test_the_overall_result_comes_before_any_factor() -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "reach"), a_question("q3", "reach"))
    assert the(turned(pack, q1="most", q2="some", q3="most")) == ("q1", ("all",), None, "developing", "ready")


def test_where_no_answer_lifts_the_overall_result_the_weakest_factor_is_next() -> None:
    pack = a_pack(*(a_question(name, name[0]) for name in ("a1", "a2", "b1", "b2", "c1", "c2")))
    words = {"a1": "some", "a2": "some", "b1": "none", "b2": "none", "c1": "none", "c2": "none"}
    assert the(turned(pack, **words)) == ("b1", ("all",), "b", "at-risk", "developing")


def test_where_none_lifts_the_weakest_factor_either_another_does() -> None:
    four = [a_question(f"q{i}", "size") for i in range(4)]
    pack = a_pack(*four, *(a_question(f"r{i}", "reach") for i in range(4)))
    words = dict.fromkeys(("q0", "q1", "q2", "q3", "r3"), "none") | dict.fromkeys(("r0", "r1"), "most") | {"r2": "none"}
    assert the(turned(pack, **words)) == ("r0", ("all",), "reach", "at-risk", "developing")


def test_the_fewest_levels_up_come_first_then_the_least_effort_then_the_order_of_the_pack() -> None:
    pack = a_pack(*(a_question(f"q{i}", "size", choices=levels(3, 3, effort)) for i, effort in enumerate((3, 2, 2))))
    assert the(turned(pack, q0="most", q1="most", q2="most"))[:2] == ("q1", ("all",))
    yes_or_no = [a_choice("no", 0, step={"do": "Do it.", "effort": 3}), a_choice("yes", 1)]
    pack = a_pack(a_question("q1", "size", choices=levels(1, 1, 1)), a_question("q2", "size", choices=yes_or_no))
    assert the(turned(pack, q1="none", q2="no"))[:2] == ("q2", ("yes",))


def test_an_answer_without_a_step_comes_after_the_dearest() -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "size", choices=levels(3, 3, 3)))
    assert turned(pack, q1="most", q2="most").question.id == "q2"


def test_an_answer_that_is_known_comes_before_one_that_could_turn_out() -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "size"), a_question("q3", "size"))
    found = turned(pack, q1="?", q2="none", q3="most")
    assert (found.question.id, found.known) == ("q3", True)


def test_an_answer_that_is_hardly_better_is_nothing_to_aim_at_unless_no_other_does_it() -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "size"))
    assert the(turned(pack, q1="none", q2="most"))[:2] == ("q2", ("all",)), "and not from none to some of q1"
    bands = [{**band, "from": start} for band, start in zip(BANDS, (0, 30, 90), strict=True)]
    choices = [a_choice("none"), a_choice("some", 1), a_choice("all", 3, flag={**FLAG, "caps_at": "at-risk"})]
    assert the(turned(a_pack(a_question("q1", "size", choices=choices), bands=bands), q1="none"))[:2] == (
        "q1",
        ("some",),
    )


# What counts as an answer that could be.


def test_an_answer_nobody_knows_may_turn_out_to_do_it() -> None:
    heavy = {"factor": "size", "weight": 5, "because": "it decides"}
    pack = a_pack(*(a_question(f"q{i}", heavy) for i in range(2)), a_question("q2", "size"), a_question("q3", "size"))
    found = turned(pack, q0="?", q1="some", q2="none", q3="none")
    assert (the(found)[:2], found.known) == (("q1", ("most",)), True)
    found = turned(pack, q0="?", q1="-", q2="none", q3="none")
    assert (found.question.id, found.known, found.low_end) == ("q0", False, True)


def test_a_flag_that_goes_lifts_what_it_capped() -> None:
    pack = a_pack(a_question("q1", "size", choices=levels(none="at-risk")), a_question("q2", "size"))
    assert the(turned(pack, q1="none", q2="all")) == ("q1", ("some",), None, "at-risk", "developing")


def test_a_lower_level_is_no_way_out_of_a_flag() -> None:
    choices = [a_choice("none"), a_choice("rumour", 1, flag=FLAG), a_choice("papers", 2), a_choice("list", 3)]
    pack = a_pack(a_question("q1", "size", choices=choices), a_question("q2", "size"))
    assert the(turned(pack, q1="rumour", q2="most"))[:2] == ("q1", ("papers",))


def test_as_many_points_without_the_flag_are_better() -> None:
    choices = [a_choice("none"), a_choice("rumour", 3, flag=FLAG), a_choice("list", 3)]
    pack = a_pack(a_question("q1", "size", choices=choices))
    assert the(turned(pack, q1="rumour")) == ("q1", ("list",), None, "at-risk", "ready")


def test_of_several_answers_one_more_may_do_it() -> None:
    choices = [a_choice("a", 1), a_choice("b", 1), a_choice("c", 1), a_choice("nothing", alone=True)]
    pack = a_pack(a_question("q1", "size", several=True, full_at=2, choices=choices))
    found = turned(pack, q1=("b",))
    assert (the(found)[1], found.picked.id, found.after.id) == (("a", "b"), "a", "ready")
    assert the(turned(pack, q1=("nothing",)))[1] == ("a",), "what stands alone gives way"


def test_of_several_answers_the_one_with_the_flag_may_go() -> None:
    choices = [a_choice("a", 2), a_choice("b", 1, flag=FLAG)]
    pack = a_pack(a_question("q1", "size", several=True, full_at=2, choices=choices))
    found = turned(pack, q1=("a", "b"))
    assert (the(found)[1], found.picked.id, found.after.id) == (("a",), "b", "ready")


def test_a_flag_on_a_question_that_informs_nothing_may_go_too() -> None:
    choices = [a_choice("no"), a_choice("yes", flag=FLAG)]
    pack = a_pack(a_question("q1", "size"), context=[a_question("debts", choices=choices)])
    assert the(turned(pack, q1="all", debts="yes")) == ("debts", ("no",), None, "at-risk", "ready")


def test_what_is_asked_because_of_an_answer_counts() -> None:
    pack = a_pack(
        a_question("q1", "size"),
        a_question("q2", "size", choices=[a_choice("no"), a_choice("yes", 1)]),
        a_question("q3", "size", when={"question": "q1", "is": ["some"]}),
    )
    assert the(turned(pack, q1="some", q2="yes", q3="none")) == ("q1", ("most",), None, "developing", "ready")


# What is compared.


def test_a_range_is_lifted_by_its_low_end() -> None:
    pack = a_pack(*(a_question(f"q{i}", "size") for i in range(5)))
    found = turned(pack, q0="all")
    assert (the(found), found.low_end, found.known) == (("q1", ("all",), None, "at-risk", "developing"), True, False)


def test_a_range_is_not_lifted_by_an_answer_of_the_worst_kind() -> None:
    pack = a_pack(*(a_question(f"q{i}", "size") for i in range(3)))
    assert turned(pack, q0="all").reply.choices != ("none",), "though it would make the range into a score of 50"


def test_what_is_known_counts_for_a_score_in_full_though_much_is_unknown() -> None:
    pack = a_pack(*(a_question(f"q{i}", "size") for i in range(4)))
    found = turned(pack, q0="none", q1="none")
    assert (the(found), found.low_end) == (("q0", ("all",), None, "at-risk", "developing"), False)


def test_a_score_may_be_lifted_by_what_turns_out() -> None:
    heavy = {"factor": "size", "weight": 4, "because": "it decides"}
    pack = a_pack(a_question("q0", heavy), *(a_question(f"q{i}", "size") for i in range(1, 5)))
    found = turned(pack, **dict.fromkeys(("q1", "q2", "q3", "q4"), "none"))
    assert (the(found), found.known) == (("q0", ("all",), None, "at-risk", "developing"), False)
    assert not found.low_end


def test_gains_are_nothing_to_lift() -> None:
    pack = a_pack(
        a_question("q1", "size"),
        a_question("q2", "prize"),
        factors=[a_factor("size"), a_factor("prize", kind="opportunity")],
    )
    assert lift(score(pack, a_sheet(q1="all", q2="none"))) is NoLift.NONE_LEFT


def test_what_does_not_apply_is_not_told_to_change() -> None:
    pack = a_pack(*(a_question(f"q{i}", "size") for i in range(2)))
    assert turned(pack, q0="-", q1="some").question.id == "q1"


def test_there_may_be_none() -> None:
    pack = a_pack(*(a_question(f"q{i}", "size") for i in range(9)))
    assert lift(score(pack, a_sheet(**{f"q{i}": "none" for i in range(9)}))) is NoLift.OUT_OF_REACH
    assert lift(score(pack, a_sheet(**{f"q{i}": "all" for i in range(9)}))) is NoLift.NONE_LEFT
    assert lift(score(pack, a_sheet(**{f"q{i}": "-" for i in range(9)}))) is NoLift.NONE_LEFT


# The short cut.

COUNT = st.integers(0, 3)
ENOUGH = st.one_of(
    st.integers(1, 4).map(lambda full: {"full_at": full}),
    st.sets(st.integers(1, 4), min_size=1).map(lambda sums: {"thresholds": sorted(sums)}),
)


@st.composite
def questions(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """Draw a question with flags, weights, effort, several answers and a condition, or without."""
    name, several = f"q{number}", draw(st.booleans())
    choices = [
        a_choice(
            choice,
            draw(COUNT),
            **(
                {"flag": {"reason": "it burns", "caps_at": draw(st.sampled_from(["at-risk", "developing"]))}}
                if flag
                else {}
            ),
            **({"step": {"do": "Do it.", "effort": draw(st.integers(1, 3))}} if draw(st.booleans()) else {}),
            **({"alone": draw(st.booleans())} if several else {}),
        )
        for choice in NAMES[: draw(st.integers(2, 4))]
        for flag in [draw(COUNT) == 0]
    ]
    best = max(choices, key=lambda choice: choice["points"])
    best["points"] += 1
    informs = draw(st.sampled_from([["size"], ["reach"], ["size", "reach"], ["reach", "prize"], []]))
    when = {"question": f"q{draw(st.integers(0, number - 1))}", "is": ["some"]} if number and draw(COUNT) == 0 else None
    return a_question(
        name,
        *({"factor": factor, "weight": draw(st.integers(1, 3)), "because": "so"} for factor in informs),
        choices=choices,
        when={"not": when} if when and draw(st.booleans()) else when,
        **({"several": True, **draw(ENOUGH)} if several else {}),
    )


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """Draw a small pack and a sheet that answers some of it."""
    asked = [draw(questions(number)) for number in range(draw(st.integers(2, 6)))]
    factors = [
        a_factor("size", weight=draw(st.integers(1, 3))),
        a_factor("reach"),
        a_factor("prize", kind="opportunity"),
    ]
    bands = [{**band, "from": start} for band, start in zip(BANDS, (0, draw(st.integers(1, 50)), 70), strict=True)]
    pack = a_pack(*asked, factors=factors, bands=bands)
    replies: dict[str, Any] = {
        question.id: draw(st.sampled_from(["?", "-", "", *possible(question) * 2])) for question in pack.questions
    }
    return score(pack, a_sheet(**{name: reply for name, reply in replies.items() if reply}))


def possible(question: Question) -> list[tuple[str, ...]]:
    """Return every way to choose from a question."""
    names = [choice.id for choice in question.choices]
    sizes = range(1, len(names) + 1) if question.several else [1]
    ways = [way for size in sizes for way in combinations(names, size)]
    return [way for way in ways if len(way) == 1 or not any(question.choice[name].alone for name in way)]


def brute_force(assessment: Assessment) -> Iterator[tuple[Any, ...]]:
    """Yield every lift there is, with what decides between them first: all replies tried, nothing left out."""
    aims = [None, *sorted((r for r in assessment.factors if r.factor.kind == "risk"), key=strength)]
    for place, aim in enumerate(aims):
        factor = aim.factor.id if aim else None
        for number, question in enumerate(assessment.asked):
            for way in possible(question):
                order = nearness(assessment, question, way)
                then = with_reply(assessment, question, way)
                bands = lifted(result(assessment, factor), result(then, factor))
                if order is not None and bands is not None:
                    yield (place, *order[:4], number, order[4], question.id, way, factor, *bands)


def result(assessment: Assessment, factor: str | None) -> Score:
    if factor is None:
        return assessment.overall.score
    return next(one.score for one in assessment.factors if one.factor.id == factor)


def with_reply(assessment: Assessment, question: Question, way: tuple[str, ...]) -> Assessment:
    replies = {**assessment.sheet.replies, question.id: Chose(way)}
    return score(assessment.pack, replace(assessment.sheet, replies=replies))


def lifted(before: Score, after: Score) -> tuple[str, str] | None:
    """Return the bands from which and to which a result is lifted."""
    if isinstance(before, NotAssessed) or isinstance(after, NotAssessed):
        return None
    was = before.band if isinstance(before, Scored) else before.bands.low
    now = after.band if isinstance(before, Scored) and isinstance(after, Scored) else after.bands.low
    return (was.id, now.id) if now.starts > was.starts else None


def nearness(
    assessment: Assessment, question: Question, way: tuple[str, ...]
) -> tuple[bool, bool, int, int, int] | None:
    """Return what decides between replies: known, poor, levels up, effort, place; None for what is no better answer."""
    reply, worth = assessment.sheet.replies.get(question.id), value(question, way)
    steps = {choice.points for choice in question.choices}
    if not isinstance(reply, Chose):
        if isinstance(reply, NotApplicable) or not question.informs or len(way) > 1:
            return None
        poor, up = 2 * worth < question.most, sum(min(steps) < step <= worth_of(question, way) for step in steps)
        return True, poor, up, 4, place_of(question, way[0])
    had, dropped = value(question, reply.choices), [n for n in reply.choices if n not in way]
    rid = any(question.choice[name].flag for name in dropped) and (question.several or worth >= had)
    changed = the_one_changed(question, set(reply.choices), set(way))
    if changed is None or not (rid or (question.informs and worth > had)):
        return None
    efforts = [question.choice[name].step for name in reply.choices]
    effort = min((step.effort for step in efforts if step), default=4)
    up = 1 if question.several else sum(had < step <= worth for step in steps)
    return False, not rid and 2 * worth < question.most, up, effort, place_of(question, changed)


def value(question: Question, way: tuple[str, ...]) -> int:
    total = worth_of(question, way)
    return sum(total >= enough for enough in question.thresholds) if question.thresholds else min(total, question.most)


def worth_of(question: Question, way: tuple[str, ...]) -> int:
    return sum(question.choice[name].points for name in way)


def place_of(question: Question, name: str) -> int:
    return [choice.id for choice in question.choices].index(name)


def the_one_changed(question: Question, had: set[str], has: set[str]) -> str | None:
    """Return the one choice that is new, or else the one that is dropped; None if more than that changes."""
    if not question.several:
        return None if had == has else next(iter(has))
    stays = {name for name in had if not question.choice[name].alone}
    for name in question.choice:
        if (name in had and has == had - {name}) or (
            name not in had and has == {name} | (set() if question.choice[name].alone else stays)
        ):
            return name
    return None


@settings(max_examples=300, deadline=None)
@given(assessments())
def test_the_short_cut_never_loses_a_turn_nor_finds_another(assessment: Assessment) -> None:
    found, best = lift(assessment), min(brute_force(assessment), key=lambda one: one[:7], default=None)
    if isinstance(found, Lift):
        assert best is not None
        assert (*the(found)[:1], set(found.reply.choices), *the(found)[2:]) == (best[7], set(best[8]), *best[9:])
    else:
        assert best is None


# In words.


def said(pack: Pack, /, **words: Any) -> str:
    assessment = score(pack, a_sheet(**words))
    (block,) = lifting(assessment, lift(assessment))
    assert isinstance(block, Paragraph)
    return "".join(
        word if isinstance(word, str) else word.label if isinstance(word, Mark) else word.text for word in block.words
    )


def test_it_is_said_what_would_have_to_become_true() -> None:
    assert said(a_pack(a_question("q1", "size")), q1="most") == (
        "One answer alone would lift the overall result from Developing to Ready. "
        "Asked “How far is q1?”, you say: “Most of it.” What you would have to be able to say: “All of it.”"
    )


def test_it_is_said_first_if_the_overall_result_takes_more() -> None:
    pack = a_pack(*(a_question(name, name[0]) for name in ("a1", "a2", "b1", "b2", "c1", "c2")))
    words = said(pack, a1="some", a2="some", b1="none", b2="none", c1="none", c2="none")
    assert words.startswith(
        "No single answer would lift the overall result. "
        "One alone would lift the weakest factor (b) from At risk to Developing. Asked “How far is b1?”"
    )


def test_a_factor_is_named_alone_where_the_overall_result_is_at_the_top() -> None:
    pack = a_pack(a_question("q1", "size"), *(a_question(f"r{i}", "reach") for i in range(2)))
    assert said(pack, q1="most", r0="all", r1="all").startswith(
        "One answer alone would lift the weakest factor (size) from Developing to Ready."
    )


def test_an_answer_that_is_not_known_is_said_to_be_one_that_could_turn_out() -> None:
    pack = a_pack(*(a_question(f"q{i}", "size") for i in range(5)))
    assert said(pack, q0="all") == (
        "One answer that is not known yet could lift the low end of the overall result from At risk to Developing. "
        "It would, if it turned out that the answer to “How far is q1?” is: “All of it.”"
    )


def test_of_several_answers_it_is_said_which_would_come_or_go() -> None:
    choices = [a_choice("a", 1), a_choice("b", 1, flag=FLAG), a_choice("c", 1)]
    question = a_question("q1", "size", several=True, full_at=2, choices=choices)
    assert said(a_pack(question), q1=("a",)).endswith("What you would have to be able to say as well: “C of it.”")
    assert said(a_pack(question), q1=("a", "b")).endswith("What you would have to be able to leave out: “B of it.”")


def test_that_none_would_do_is_said_too_unless_there_is_nothing_to_lift() -> None:
    pack = a_pack(*(a_question(f"q{i}", "size") for i in range(9)))
    assert said(pack, **{f"q{i}": "none" for i in range(9)}) == (
        "No single answer would lift the overall result, or a readiness factor, into a higher band. It takes several."
    )
    top = score(pack, a_sheet(**{f"q{i}": "all" for i in range(9)}))
    assert list(lifting(top, lift(top))) == []
