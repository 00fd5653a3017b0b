"""Ways through the questions: every sheet of complete answers takes exactly one, and each can be taken."""

from itertools import product
from typing import Any

import pytest
from builders import LEVELS, a_choice, a_pack, a_question, a_sheet, ways

from collabcheck.conditions import Answered, Truth
from collabcheck.doctor.reach import MOST_KINDS, Effort, Ground, Search, Way
from collabcheck.interview import route
from collabcheck.pack import Pack
from collabcheck.questions import Question

PLENTY = 100_000


def asked_if(name: str, condition: dict[str, Any]) -> dict[str, Any]:
    return a_question(name, "size", when=condition, choices=[a_choice("none", 0), a_choice("all", 1)])


def of(question: str, *choices: str) -> dict[str, Any]:
    return {"question": question, "is": list(choices)}


PACKS = {
    "no conditions": a_pack(),
    "a chain": a_pack(
        a_question("q1", "size"), asked_if("q2", of("q1", "all", "most")), asked_if("q3", {"not": of("q2", "none")})
    ),
    "several answers": a_pack(
        a_question("q1", "size", several=True, full_at=3),
        asked_if("q2", {"all": [of("q1", "some"), {"not": of("q1", "all")}]}),
        asked_if("q3", {"any": [of("q1", "none"), of("q2", "all")]}),
    ),
    "nothing leads to q3": a_pack(
        a_question("q1", "size"),
        asked_if("q2", of("q1", "all")),
        asked_if("q3", {"all": [of("q2", "all"), of("q1", "none")]}),
    ),
}


def found(pack: Pack) -> tuple[Search, list[Way]]:
    search = Search(Ground(pack), [question.id for question in pack.questions], Effort(PLENTY))
    every = list(search.ways())
    assert search.complete
    return search, every


def takes(search: Search, way: Way, question: Question, answer: tuple[str, ...]) -> bool:
    """Say whether an answer is of the kind that a way hangs on."""
    readers = search.ground.readers.get(question.id, {})
    return all(
        search.truth(Answered.model_validate(of(question.id, *named)), way.asked, way.met)
        is (Truth.YES if set(named) & set(answer) else Truth.NO)
        for named in readers
        if question.id in way.met
    )


@pytest.mark.parametrize("name", PACKS)
def test_every_sheet_takes_exactly_one_way_and_is_asked_what_it_says(name: str) -> None:
    pack = PACKS[name]
    search, every = found(pack)
    taken = set()
    for answers in product(*(ways(question) for question in pack.questions)):
        given = dict(zip(pack.question, answers, strict=True))
        asked = {question.id for question in route(pack, a_sheet(**given).replies)}
        mine = [
            i
            for i, way in enumerate(every)
            if all(takes(search, way, pack.question[one], given[one]) for one in way.met)
        ]
        assert len(mine) == 1
        assert asked == {one for one, yes in every[mine[0]].asked.items() if yes}
        taken.update(mine)
    assert len(taken) == len(every)


def test_ways_part_only_where_it_makes_a_difference() -> None:
    _, every = found(PACKS["a chain"])
    assert len(every) == 3
    assert len(found(a_pack())[1]) == 1


def test_beside_a_way_are_those_that_one_other_answer_leads_to() -> None:
    search, every = found(PACKS["a chain"])
    without = next(way for way in every if not way.asked["q2"])
    beside = [way.asked for way in search.beside(without, "q1")]
    assert [asked["q2"] for asked in beside] == [True, True]
    assert {asked["q3"] for asked in beside} == {True, False}


def test_several_answers_together_are_cut_off_at_full_marks_and_capped_by_their_lowest_flag() -> None:
    flag = {"reason": "it burns", "caps_at": "at-risk"}
    choices = [a_choice("a", 1), a_choice("b", 2, flag=flag), a_choice("c", 2), a_choice("d", 3, alone=True)]
    pack = a_pack(a_question("q1", "size", several=True, full_at=4, choices=choices))
    search = Search(Ground(pack), ["q1"], Effort(PLENTY))
    assert search.answers("q1") == {(0, 2): 0b1110, (0, 0): 0b11100}
    assert search.answers_with(pack.question["q1"], pack.question["q1"].choice["b"]) == {(0, 2): 0b11100}


def test_a_search_that_takes_too_long_stops_and_is_not_complete() -> None:
    search = Search(Ground(PACKS["a chain"]), ["q3"], Effort(3))
    assert len(list(search.ways())) < 3
    assert not search.complete


def test_answers_of_too_many_kinds_are_not_all_told_apart_and_that_is_known() -> None:
    choices = [a_choice(f"c{i}", 1) for i in range(12)]
    chances = [asked_if(f"q{i + 2}", of("q1", f"c{i}")) for i in range(12)]
    pack = a_pack(a_question("q1", "size", several=True, full_at=4, choices=choices), *chances)
    search = Search(Ground(pack), [question.id for question in pack.questions], Effort(PLENTY))
    kinds = {met for met, _ in search.answers("q1")}
    assert len(kinds) < 3 * MOST_KINDS
    assert kinds >= {1 << i for i in range(12)}
    next(search.ways())
    assert not search.complete


def test_a_part_of_an_effort_counts_for_the_whole() -> None:
    whole = Effort(80_000)
    part = whole.share()
    assert part.left == 10_000
    assert part.spend(9_999)
    assert whole.left == 70_001
    assert not part.spend_if_left(5)
    assert not part.spend(1)


def test_levels_of_builders_are_told_apart_by_what_conditions_name() -> None:
    search, _ = found(PACKS["a chain"])
    assert sorted(search.answers("q1")) == [(0, 2), (1, 2)]
    assert sum(worth.bit_count() for worth in search.answers("q1").values()) == len(LEVELS)
