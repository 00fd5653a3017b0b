"""Counting sheets comes to what scoring each of them says, whatever the pack, the order and the batches."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from builders import a_choice, a_factor, a_pack, a_question, a_sheet, packs, sheets_of
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.answers import AnswerSheet, Chose
from collabcheck.assessment import Assessment, NotAssessed, RangeOnly, Score, Scored
from collabcheck.coding import MOST_REMEMBERED, NOT_ASKED, SEVERAL, Codes, code, codes_of, counts_as
from collabcheck.cohort.counting import Count, Counting, Spread
from collabcheck.cohort.outcomes import NONE, UNCLEAR, scale_of, unit_of
from collabcheck.pack import Pack
from collabcheck.questions import Question
from collabcheck.scoring import points, score

FLAG = {"reason": "it burns", "caps_at": "at-risk"}


@st.composite
def cohorts(draw: st.DrawFn) -> tuple[Pack, list[AnswerSheet]]:
    pack = draw(packs())
    return pack, draw(st.lists(sheets_of(pack), min_size=1, max_size=6))


def coded(pack: Pack, sheets: Sequence[AnswerSheet]) -> list[Codes]:
    return [codes_of(pack, sheet.replies) for sheet in sheets]


def counted(pack: Pack, *sheets: AnswerSheet, by: str = "") -> Count:
    return Counting(pack, by).count(coded(pack, sheets))


def place(pack: Pack, found: Score) -> int:
    match found:
        case Scored(band=band):
            return pack.bands.index(band)
        case RangeOnly():
            return UNCLEAR
        case NotAssessed():
            return NONE


def spread_of(pack: Pack, scores: Sequence[Score]) -> Spread:
    """Return how scores are spread, worked out one by one."""
    known = [one.score for one in scores if isinstance(one, Scored)]
    total = sum(known, Fraction(0)) * scale_of(pack)
    assert total.denominator == 1
    return Spread(int(total), Counter(int(10 * one) for one in known), Counter(place(pack, one) for one in scores))


def spreads_of(pack: Pack, made: Sequence[Assessment]) -> list[Spread]:
    factors = [[one.factors[i].score for one in made] for i in range(len(pack.factors))]
    return [spread_of(pack, scores) for scores in ([one.overall.score for one in made], *factors)]


def answers_of(pack: Pack, made: Sequence[Assessment]) -> list[Counter[str]]:
    """Return how many gave which answer to each question, or were not asked."""
    asked = [{question.id for question in one.asked} for one in made]
    return [
        Counter(
            code(question, one.replies.get(question.id)) if question.id in ids else NOT_ASKED
            for one, ids in zip(made, asked, strict=True)
        )
        for question in pack.questions
    ]


def items_of(pack: Pack, made: Sequence[Assessment]) -> list[list[Counter[tuple[str, int]]]]:
    """Return which answers came with which totals, from the sheets that answer all questions of a factor."""
    found = []
    for i, factor in enumerate(pack.factors):
        questions, unit = [question for question, _ in pack.informing[factor.id]], unit_of(pack, factor)
        complete = [one for one in made if len(one.factors[i].parts) == len(questions)]
        replies = [[(question, reply(one, question)) for question in questions] for one in complete]
        totals = [sum(points(q, given) * unit // q.most for q, given in row) for row in replies]
        rows = [[code(*pair) for pair in row] for row in replies]
        found.append(
            [Counter(zip((row[j] for row in rows), totals, strict=True)) for j in range(len(questions))],
        )
    return found


def reply(one: Assessment, question: Question) -> Chose:
    given = one.replies[question.id]
    assert isinstance(given, Chose)
    return given


@settings(max_examples=150, deadline=None)
@given(cohorts())
def test_counting_says_what_scoring_each_sheet_says(cohort: tuple[Pack, list[AnswerSheet]]) -> None:
    pack, sheets = cohort
    made = [score(pack, sheet) for sheet in sheets]
    count = counted(pack, *sheets)
    assert count.sheets == len(sheets)
    assert count.spreads == {"": spreads_of(pack, made)}
    assert count.codes == answers_of(pack, made)
    assert count.items == items_of(pack, made)


@settings(max_examples=40, deadline=None)
@given(cohorts())
def test_groups_are_counted_as_if_each_were_alone(cohort: tuple[Pack, list[AnswerSheet]]) -> None:
    pack, sheets = cohort
    by = pack.question["about1"]
    groups: dict[str, list[AnswerSheet]] = {}
    for sheet in sheets:
        given = counts_as(by, code(by, sheet.replies.get(by.id)))
        groups.setdefault(SEVERAL if " " in given else given, []).append(sheet)
    alone = {name: counted(pack, *members).spreads[""] for name, members in groups.items()}
    assert counted(pack, *sheets, by=by.id).spreads == alone


@settings(max_examples=40, deadline=None)
@given(cohorts(), st.data())
def test_order_and_batches_change_nothing(cohort: tuple[Pack, list[AnswerSheet]], data: st.DataObject) -> None:
    pack, sheets = cohort
    whole = counted(pack, *sheets, by="about2")
    shuffled = coded(pack, data.draw(st.permutations(sheets)))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sheets)), max_size=3)))
    parts = [shuffled[start:end] for start, end in pairwise([0, *cuts, len(sheets)])]
    counting = Counting(pack, "about2")  # what it remembers of one batch must not tell in the next
    added = counting.nothing()
    for part in data.draw(st.permutations(parts)):
        added.add(counting.count(part))
    assert added == whole


@settings(max_examples=40, deadline=None)
@given(cohorts())
def test_the_outcomes_of_one_sheet_are_its_scores_with_their_ranges(cohort: tuple[Pack, list[AnswerSheet]]) -> None:
    pack, sheets = cohort
    for sheet, (codes, outcomes) in zip(sheets, Counting(pack).outcomes(coded(pack, sheets)), strict=True):
        made = score(pack, sheet)
        assert [outcome.score for outcome in outcomes] == [one.score for one in made.factors]
        told = dict(zip(pack.question, codes, strict=True))
        assert {name for name, given in told.items() if given == NOT_ASKED} == set(pack.question) - {
            question.id for question in made.asked
        }


# What once went wrong, or nearly.


def test_a_batch_without_sheets_comes_to_nothing() -> None:
    counting = Counting(a_pack())
    assert counting.count([]) == counting.nothing()
    assert list(counting.outcomes([])) == []


def test_many_flags_that_set_the_same_cap_are_one_cap() -> None:
    choices = [a_choice(name, 1, flag=FLAG) for name in "abcdefgh"]
    pack = a_pack(a_question("q1", "size", choices=choices, several=True, full_at=1))
    for number in range(1, 9):
        count = counted(pack, a_sheet(q1=tuple("abcdefgh"[:number])))
        assert [spread.places for spread in count.spreads[""]] == [Counter({0: 1}), Counter({0: 1})]


def test_a_pack_without_risk_factors_has_no_overall_result_and_is_counted() -> None:
    pack = a_pack(a_question("q1", "prize"), factors=[a_factor("prize", kind="opportunity")])
    count = counted(pack, a_sheet(q1="all"), a_sheet(q1="none"))
    overall, prize = count.spreads[""]
    assert overall == Spread(places=Counter({NONE: 2}))
    assert prize.places == Counter({2: 1, 0: 1})


def test_a_flag_on_a_question_that_informs_nothing_caps_the_overall_result_alone() -> None:
    debts = a_question("debts", choices=[a_choice("no"), a_choice("yes", flag=FLAG)])
    pack = a_pack(a_question("q1", "size"), context=[debts])
    overall, size = counted(pack, a_sheet(q1="all", debts="yes")).spreads[""]
    assert (overall.places, size.places) == (Counter({0: 1}), Counter({2: 1}))
    assert overall.total == size.total == 100 * scale_of(pack)


def test_an_answer_to_what_is_not_asked_is_neither_counted_nor_does_it_raise_a_flag() -> None:
    flagged = [a_choice("bad", flag=FLAG), a_choice("good", 1)]
    pack = a_pack(
        a_question("q1", "size"),
        a_question("q2", "size", choices=flagged, when={"question": "q1", "is": ["none"]}),
    )
    count = counted(pack, a_sheet(q1="all", q2="bad"))
    assert count.codes[1] == Counter({NOT_ASKED: 1})
    assert count.spreads[""][0].places == Counter({2: 1})


def test_a_score_on_the_edge_of_a_band_is_in_the_higher_one() -> None:
    bands = [("at-risk", 0), ("developing", 33.4), ("ready", 50)]
    pack = a_pack(
        a_question("q1", "size"),
        a_question("q2", "size"),
        bands=[{"id": n, "label": n, "gain": n, "from": start, "meaning": n} for n, start in bands],
    )
    half, third = counted(pack, a_sheet(q1="all", q2="none")), counted(pack, a_sheet(q1="some", q2="some"))
    assert half.spreads[""][0].places == Counter({2: 1})
    assert third.spreads[""][0].places == Counter({0: 1})


def test_more_answers_than_are_remembered_are_counted_all_the_same() -> None:
    choices = [a_choice(f"c{i}", 2**i if i < 9 else 0) for i in range(14)]
    pack = a_pack(a_question("q1", "size", choices=choices, several=True, full_at=511))
    names = [[f"c{i}" for i in range(14) if number >> i & 1] for number in range(1, MOST_REMEMBERED + 101)]
    sheets = [(" ".join(chosen),) for chosen in names]
    (spread, _), more = Counting(pack, "q1").count([*sheets, *sheets]).spreads[SEVERAL], sheets
    worth = [sum(2 ** int(name[1:]) for name in codes[0].split() if int(name[1:]) < 9) for codes in more]
    several = [value for value, (codes,) in zip(worth, more, strict=True) if " " in codes]
    assert Fraction(spread.total, scale_of(pack)) == Fraction(2 * 100 * sum(several), 511)
