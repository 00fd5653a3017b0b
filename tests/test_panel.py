"""Several people of one organisation: pooled by the same rules, compared level by level, and hidden where few."""

from fractions import Fraction

import pytest
from builders import a_choice, a_factor, a_pack, a_question, a_sheet
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.answers import AnswerSheet, NotApplicable
from collabcheck.assessment import Assessment, RangeOnly, Scored
from collabcheck.pack import Pack
from collabcheck.panel import Agreement, Panel, Tally, pool
from collabcheck.scoring import score

ROLES = ("trustee", "staff", "volunteer")
ROLE = a_question("role", means="role", choices=[a_choice(name) for name in ROLES])
PACK = a_pack(
    ROLE,
    a_question("q1", "size"),
    a_question("q2", "size"),
    a_question(
        "danger",
        "size",
        choices=[a_choice("bad", 0, flag={"reason": "it burns", "caps_at": "at-risk"}), a_choice("good", 1)],
    ),
)


def panel(*sheets: AnswerSheet, pack: Pack = PACK, smallest: int = 5) -> Panel:
    return pool(pack, sheets, smallest_group=smallest)


def on(name: str, *words: str) -> Tally:
    """Return the tally of a question that was answered so."""
    made = panel(*(a_sheet(**{name: word}) for word in words))
    return next(tally for tally in made.tallies if tally.question.id == name)


# Pooling.


words = st.sampled_from(["none", "some", "most", "all", "?", "-"])
sheets = st.builds(
    lambda a, b, c: a_sheet(q1=a, q2=b, danger=c), words, words, st.sampled_from(["bad", "good", "?", "-"])
)


@given(sheets)
def test_one_sheet_pooled_is_that_sheet(sheet: AnswerSheet) -> None:
    assert panel(sheet).assessment == score(PACK, sheet)


@given(st.lists(sheets, min_size=2, max_size=5))
def test_the_order_of_the_sheets_changes_nothing(several: list[AnswerSheet]) -> None:
    assert panel(*several) == panel(*several[::-1])


@given(st.lists(sheets, min_size=1, max_size=4))
def test_a_score_lies_in_its_range_and_contributions_add_up(several: list[AnswerSheet]) -> None:
    for result in panel(*several).assessment.factors:
        if isinstance(result.score, Scored):
            assert sum(part.contribution for part in result.parts) == result.score.score
            assert sum(part.contribution + part.room for part in result.parts) == 100


@given(sheets, st.integers(2, 4))
def test_people_who_say_the_same_score_as_one_of_them(sheet: AnswerSheet, people: int) -> None:
    together, alone = (panel(*[sheet] * n).assessment for n in (people, 1))
    assert [result.score for result in together.factors] == [result.score for result in alone.factors]


def test_a_question_is_worth_the_mean_of_those_who_chose() -> None:
    (size,) = panel(a_sheet(q1="none"), a_sheet(q1="all"), a_sheet(q1="all"), a_sheet(q1="-")).assessment.factors
    part = next(part for part in size.parts if part.question.id == "q1")
    assert part.points == Fraction(6, 3)


def test_what_some_do_not_know_widens_the_range_by_their_share() -> None:
    pack = a_pack(a_question("q1", "size"))
    (size,) = panel(a_sheet(q1="all"), a_sheet(q1="?"), pack=pack).assessment.factors
    assert isinstance(size.score, Scored)
    assert (size.score.score, size.score.range.low, size.score.range.high) == (
        Fraction(100),
        Fraction(50),
        Fraction(100),
    )
    (size,) = panel(a_sheet(q1="all"), a_sheet(q1="?"), a_sheet(q1="?"), pack=pack).assessment.factors
    assert isinstance(size.score, RangeOnly), "less than half is answered"


def test_one_person_is_enough_to_raise_a_flag_and_it_says_how_many_did() -> None:
    made = panel(a_sheet(danger="bad"), a_sheet(danger="good"), a_sheet(danger="?")).assessment
    assert [(flag.question.id, flag.by) for flag in made.raised] == [("danger", 1)]
    assert made.unresolved == ()
    half_know, few_know = (panel(a_sheet(danger="good"), *[a_sheet(danger="?")] * n).assessment for n in (1, 2))
    assert half_know.unresolved == ()
    assert [flag.question.id for flag in few_know.unresolved] == ["danger"]


# Agreement.


@pytest.mark.parametrize(
    ("given", "deviation", "agreement"),
    [
        (("most", "most", "most"), 0, Agreement.AGREED),
        (("some", "most", "most"), Fraction(4, 9), Agreement.AGREED),
        (("none", "all", "all"), Fraction(4, 3), Agreement.MIXED),
        (("none", "none", "all", "all"), Fraction(3, 2), Agreement.DIVIDED),
        (("none", "some", "most", "all"), 1, Agreement.MIXED),
    ],
)
def test_agreement_is_the_average_deviation_in_steps(
    given: tuple[str, ...], deviation: Fraction, agreement: str
) -> None:
    tally = on("q1", *given)
    assert (tally.deviation, tally.agreement) == (deviation, agreement)


def test_the_limits_are_a_sixth_and_a_third_of_the_levels() -> None:
    assert on("q1", "none", "some", "none", "some", "none", "some").agreement is Agreement.AGREED  # 1/2 < 4/6
    assert on("q1", "none", "none", "most").deviation == Fraction(8, 9)
    assert on("q1", "none", "none", "most").agreement is Agreement.MIXED


@pytest.mark.parametrize("given", [("most",), ("most", "?"), ("?", "-"), ("-",)])
def test_nobody_agrees_alone(given: tuple[str, ...]) -> None:
    assert on("q1", *given).agreement is Agreement.UNTOLD


def test_r_wg_is_one_in_full_agreement_and_never_below_nothing() -> None:
    assert on("q1", "some", "some").r_wg == 1
    assert on("q1", "none", "all").r_wg == 0
    assert on("q1", "some", "most", "most").r_wg == 1 - Fraction(1, 3) * 12 / 15


def test_the_agenda_begins_with_the_widest_apart() -> None:
    made = panel(
        *(a_sheet(q1=a, q2=b) for a, b in (("none", "some"), ("all", "all"), ("none", "some"), ("all", "all")))
    )
    assert [tally.question.id for tally in made.differing] == ["q1", "q2"]


MERGING_QUESTIONS = (
    a_question("plan", choices=[a_choice("merger"), a_choice("bid")]),
    a_question("size", "size"),
    a_question(
        "debts",
        "size",
        when={"question": "plan", "is": ["merger"]},
        choices=[a_choice("hidden", 0, flag={"reason": "it burns", "caps_at": "developing"}), a_choice("known", 3)],
    ),
)
MERGING = a_pack(*MERGING_QUESTIONS)


def test_what_fewer_than_half_were_asked_is_heard_and_not_scored() -> None:
    """One member who thinks of a merger makes no merger; but a red flag that one raises is raised."""
    dreams, others = a_sheet(plan="merger", size="all", debts="hidden"), a_sheet(plan="bid", size="all")
    few, half = (panel(dreams, *[others] * n, pack=MERGING).assessment for n in (2, 1))
    assert [one.question.id for one in few.heard] == ["plan", "size", "debts"]
    assert [question.id for question in few.asked] == ["plan", "size"]
    assert [flag.question.id for flag in few.raised] == ["debts"]
    assert [float(result.score.score) for result in few.factors if isinstance(result.score, Scored)] == [100]
    assert [float(result.score.score) for result in half.factors if isinstance(result.score, Scored)] == [50]


def test_who_does_not_say_what_they_plan_puts_no_further_questions_on_the_agenda() -> None:
    unsure, others = a_sheet(plan="?", size="all"), a_sheet(plan="bid", size="all")
    made = panel(unsure, *[others] * 2, pack=MERGING)
    assert (made.unknown, made.assessment.unknown, made.assessment.unresolved) == ((), (), ())
    alone = panel(unsure, pack=MERGING)
    assert [tally.question.id for tally in alone.unknown] == ["debts"], "alone, it is asked"


def test_what_does_not_apply_to_more_than_half_of_those_asked_does_not_apply() -> None:
    def with_debts(*words: str) -> Assessment:
        return panel(*(a_sheet(plan="merger", size="all", debts=word) for word in words), pack=MERGING).assessment

    most, half = with_debts("-", "-", "-", "known"), with_debts("-", "-", "known", "known")
    assert [question.id for question in most.factors[0].left_out] == ["debts"]
    assert isinstance(most.sheet.replies["debts"], NotApplicable)
    assert [flag.question.id for flag in most.cleared] == ["debts"]
    assert half.factors[0].left_out == ()
    flagged = with_debts("-", "-", "-", "hidden")
    assert ([flag.by for flag in flagged.raised], flagged.cleared) == ([1], ())


def test_what_fewer_than_half_can_answer_is_listed_and_what_nobody_can_comes_first() -> None:
    one_knows, half_know = a_sheet(q1="most", q2="?", danger="good"), a_sheet(q1="?", q2="?", danger="good")
    made = panel(one_knows, half_know, half_know)
    assert [tally.question.id for tally in made.unknown] == ["q2", "q1"]
    assert [question.id for question in made.assessment.unknown] == ["q1", "q2"], "the same questions in each list"
    assert [tally.question.id for tally in panel(one_knows, half_know).unknown] == ["q2"]


@pytest.mark.parametrize(
    ("one", "other", "alone"),
    [("most", "?", True), ("most", "-", True), ("most", "some", False), ("?", "?", False), ("?", "-", False)],
)
def test_of_two_people_what_only_one_has_an_answer_to_is_listed(one: str, other: str, *, alone: bool) -> None:
    made = panel(a_sheet(q1=one, q2="all", danger="good"), a_sheet(q1=other, q2="all", danger="good"))
    assert [tally.question.id for tally in made.one_sided] == (["q1"] if alone else [])
    assert panel(a_sheet(q1="most"), a_sheet(q1="?"), a_sheet(q1="?")).one_sided == ()


# Groups.


def test_a_role_is_scored_on_what_counts_for_all_and_on_nothing_else() -> None:
    """Otherwise what counts for all and not for a group would tell of the few in it who gave an answer."""
    pack = a_pack(*MERGING_QUESTIONS, context=[ROLE])

    def those(role: str, *plans: str) -> list[AnswerSheet]:
        return [a_sheet(role=role, plan=plan, size="all", debts="known") for plan in plans]

    sheets = [*those("trustee", *["merger"] * 5), *those("staff", *["merger"] * 2, *["bid"] * 6)]
    made = panel(*sheets, pack=pack)
    assert [question.id for question in made.assessment.asked] == ["role", "plan", "size", "debts"]
    staff = score(pack, *sheets[5:], counting={"size", "debts"})
    assert [group.factors for group in made.groups if group.role.id == "staff"] == [
        tuple(result.score for result in staff.factors)
    ]
    assert [reading.question.id for reading in staff.factors[0].readings] == ["size", "debts"]


def group_of(role: str, number: int) -> list[AnswerSheet]:
    return [a_sheet(role=role, q1="most") for _ in range(number)]


@pytest.mark.parametrize(
    ("sizes", "shown", "hidden"),
    [
        ({"trustee": 5, "staff": 5}, ["trustee", "staff"], 0),
        ({"trustee": 4, "staff": 4}, [], 8),
        ({"trustee": 6, "staff": 5, "volunteer": 1}, ["trustee"], 6),
        ({"trustee": 6, "staff": 3, "volunteer": 2}, ["trustee"], 5),
        ({"trustee": 6, "staff": 2, "volunteer": 1}, [], 9),
        ({"trustee": 9, "staff": 1}, [], 10),
    ],
)
def test_nobody_can_be_worked_out_from_what_is_shown(sizes: dict[str, int], shown: list[str], hidden: int) -> None:
    made = panel(*(sheet for role, number in sizes.items() for sheet in group_of(role, number)))
    assert ([group.role.id for group in made.groups], made.hidden) == (shown, hidden)


def test_those_who_do_not_say_their_role_are_a_group_too() -> None:
    made = panel(*group_of("trustee", 6), *group_of("staff", 5), a_sheet(q1="none"))
    assert [group.role.id for group in made.groups] == ["trustee"]


def test_a_smaller_floor_can_be_asked_for_but_never_below_three() -> None:
    both = [*group_of("trustee", 3), *group_of("staff", 3)]
    assert len(panel(*both, smallest=3).groups) == 2
    assert panel(*group_of("trustee", 2), *group_of("staff", 2), smallest=1).groups == ()


TWO_FACTORS = a_pack(
    ROLE, a_question("q1", "size"), a_question("q2", "links"), factors=[a_factor("size"), a_factor("links")]
)


def with_a_say(role: str, number: int, **replies: str) -> list[AnswerSheet]:
    return [a_sheet(TWO_FACTORS, role=role, **replies) for _ in range(number)]


def test_a_figure_of_one_person_in_a_large_group_is_not_shown() -> None:
    made = panel(
        *with_a_say("trustee", 4, q1="-", q2="most"),
        *with_a_say("trustee", 1, q1="none", q2="most"),
        *with_a_say("staff", 6, q1="all", q2="most"),
        *with_a_say("volunteer", 9, q1="all", q2="most"),
        pack=TWO_FACTORS,
    )
    shown = {group.role.id: [figure is not None for figure in (group.overall, *group.factors)] for group in made.groups}
    assert shown["trustee"] == [False, False, True], "nor the overall result, as with the other factor it would tell"
    assert shown["staff"] == [False, False, True], "nor the next smallest, as it would tell on the first"
    assert shown["volunteer"] == [True, True, True]


def test_a_figure_that_nobody_has_a_say_in_is_not_shown_and_hides_no_other() -> None:
    made = panel(
        *with_a_say("trustee", 5, q1="-", q2="most"), *with_a_say("staff", 6, q1="all", q2="most"), pack=TWO_FACTORS
    )
    assert [[figure is not None for figure in group.factors] for group in made.groups] == [[False, True], [True, True]]


_say = st.tuples(
    st.sampled_from([*ROLES, "?"]), st.sampled_from(["none", "most", "all", "-", "?"]), st.sampled_from(["none", "-"])
)


@given(st.lists(_say, min_size=1, max_size=22), st.integers(3, 5))
def test_every_figure_speaks_for_enough_and_so_does_what_is_left_of_the_whole(
    people: list[tuple[str, str, str]], smallest: int
) -> None:
    made = panel(
        *(a_sheet(TWO_FACTORS, role=role, q1=one, q2=other) for role, one, other in people),
        pack=TWO_FACTORS,
        smallest=smallest,
    )
    for at in range(2):
        says = {role: sum(who == role and said[at] not in "-?" for who, *said in people) for role in (*ROLES, "?")}
        shown = {group.role.id for group in made.groups if group.factors[at] is not None}
        assert all(says[role] >= smallest for role in shown)
        rest = [says[role] for role in says if role not in shown and says[role]]
        assert not shown or not rest or (len(rest) > 1 and sum(rest) >= smallest)
    for group in made.groups:
        assert group.overall is None or None not in group.factors
