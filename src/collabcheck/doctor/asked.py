"""Which questions can be asked at all."""

from collections.abc import Mapping
from typing import Final

from collabcheck.conditions import answers_in
from collabcheck.doctor.claims import Unproved
from collabcheck.doctor.reach import Effort, Ground, Search, Way
from collabcheck.questions import Question

START: Final = Way({}, {})
"""Before anything is asked."""


def never_asked(ground: Ground, effort: Effort) -> Unproved[str]:
    """Return the questions that no answers lead to, but for those that wait for one of them."""
    waiting = [question for question in ground.pack.questions if question.when is not None]
    onward = Search(ground, [question.id for question in waiting], effort)
    led: dict[str, Way] = {}
    found: dict[bool, list[str]] = {True: [], False: []}
    beyond: set[str] = set()
    for question in waiting:
        if way := _onward(question, onward, led, effort):
            led[question.id] = way
            continue
        afresh = Search(ground, [question.id], effort.share())
        if not any(way.asked[question.id] for way in afresh.ways()):
            if beyond.isdisjoint(leaf.question for leaf in answers_in(question.when)):
                found[afresh.complete].append(question.id)
            beyond.add(question.id)
    return Unproved(tuple(found[True]), tuple(found[False]))


def _onward(question: Question, search: Search, led: Mapping[str, Way], effort: Effort) -> Way | None:
    """Find answers that lead to a question, from those that lead to the last one that it waits for."""
    search.effort = effort.share()
    last = max((leaf.question for leaf in answers_in(question.when)), key=search.ground.number.__getitem__)
    ways = search.ways([question.id], led.get(last, START))
    return next((way for way in ways if way.asked[question.id]), None)
