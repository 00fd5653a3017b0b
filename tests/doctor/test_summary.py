"""A pack in figures."""

from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from builders import a_choice, a_factor, a_pack, a_question, pack_data, packs, ways
from hypothesis import assume, given, settings

from collabcheck.answers import Chose
from collabcheck.doctor.summary import Asked, summarise
from collabcheck.files.packs import load_pack
from collabcheck.interview import route
from collabcheck.pack import Pack

MANY_LEVELS = [a_choice(f"c{i}", i) for i in range(30)]


def waits_for(name: str, *choices: str) -> dict[str, Any]:
    return {"when": {"question": name, "is": list(choices)}}


def test_questions_are_counted_by_what_they_are_for() -> None:
    about = a_question("about", choices=[a_choice("yes"), a_choice("no")])
    pack = a_pack(a_question("q1", "size"), a_question("q2", "size", **waits_for("about", "yes")), context=[about])
    found = summarise(pack)
    assert (found.scored, found.context, found.conditional) == (2, 1, 1)
    assert found.asked == Asked(2, 3)


def test_questions_that_shut_each_other_out_are_not_added_up() -> None:
    pack = a_pack(
        a_question("q1", "size"),
        a_question("q2", "size", **waits_for("q1", "none")),
        a_question("q3", "size", **waits_for("q2", "none")),
        a_question("q4", "size", when={"not": {"question": "q1", "is": ["none"]}}),
    )
    assert summarise(pack).asked == Asked(2, 4)


@settings(max_examples=60)
@given(packs())
def test_the_fewest_and_the_most_are_those_of_all_ways_to_answer(pack: Pack) -> None:
    named = [name for name in ("about1", *(q.id for q in pack.questions[2:-1])) if f"'{name}'" in _conditions(pack)]
    each = [[(), *ways(pack.question[name])] for name in named]
    assume(prod(map(len, each)) <= 4_000)  # one by one, more would take minutes
    replies = ({name: Chose(way) for name, way in zip(named, one, strict=True) if way} for one in product(*each))
    lengths = {len(route(pack, one)) for one in replies}
    assert summarise(pack).asked == Asked(min(lengths), max(lengths))


def _conditions(pack: Pack) -> str:
    return repr([question.when for question in pack.questions])


def test_what_cannot_be_gone_through_is_left_out() -> None:
    asked = [a_question(f"q{i}", "size", **(waits_for(f"q{i - 1}", "none") if i else {})) for i in range(40)]
    assert summarise(a_pack(*asked)).asked is None


def test_many_ways_to_choose_several_are_not_gone_through_one_by_one() -> None:
    many = a_question("many", several=True, choices=MANY_LEVELS)
    waiting = [a_question(f"q{i}", "size", **waits_for("many", f"c{i}")) for i in range(30)]
    assert summarise(a_pack(a_question("q", "size"), *waiting, context=[many])).asked is None


def test_minutes_grow_with_the_words() -> None:
    short = summarise(a_pack(minutes=7))
    long = summarise(a_pack(a_question("q1", "size", hint="word " * 700), a_question("q2", "size"), minutes=7))
    assert short.minutes == long.minutes == 7
    assert (short.minutes_by_words, long.minutes_by_words) == (1, 4)


def test_shares_of_a_factor_go_by_weight_and_add_up() -> None:
    heavy = a_question("q2", {"factor": "size", "weight": 2, "because": "so"})
    (factor,) = summarise(a_pack(a_question("q1", "size"), heavy)).factors
    assert [(part.question.id, part.weight, part.share) for part in factor.parts] == [
        ("q1", 1, Fraction(100, 3)),
        ("q2", 2, Fraction(200, 3)),
    ]


def test_sources_are_counted_wherever_they_are_named() -> None:
    data = pack_data(
        a_question("q1", "size", source=["Q1", "S1"]),
        factors=[a_factor("size", source=["S1"])],
        related=[{"title": "Other", "why": "Close.", "source": ["S1", "S1"]}],
    )
    assert summarise(Pack.model_validate(data)).sources == (("S1", 3), ("Q1", 1))


def test_resources_are_counted_by_nation() -> None:
    common = {"publisher": "P", "date": "2020", "format": "PDF", "what": "W.", "useful": "U.", "find": "Ask."}
    names = {"a": ["wales", "england"], "b": ["wales"], "c": []}
    resources = [{"id": name, "title": name, "nations": nations, **common} for name, nations in names.items()]
    resources.append({"id": "old", "title": "Old", "superseded_by": ["a"], **common})
    where = a_question("where", means="nation", choices=[a_choice(n) for n in ("england", "wales", "scotland")])
    found = summarise(a_pack(context=[where], resources=resources))
    assert found.by_nation == (("england", 1), ("wales", 2), ("scotland", 0))
    assert (found.everywhere, found.replaced) == (1, 1)


def test_nations_are_counted_also_where_nobody_asks_for_them() -> None:
    resource = {
        "id": "a", "title": "A", "publisher": "P", "date": "2020", "format": "PDF", "what": "W.", "useful": "U.",
        "find": "Ask.", "nations": ["wales"],
    }  # fmt: skip
    assert summarise(a_pack(resources=[resource])).by_nation == (("wales", 1),)


def test_the_pack_that_ships_takes_as_long_as_it_says() -> None:
    found = summarise(load_pack())
    assert abs(found.minutes - found.minutes_by_words) <= 3
    assert found.asked is not None
    assert found.asked.most == found.scored + found.context
