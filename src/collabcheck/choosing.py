"""Trends that people may leave out: what a pack says once becomes a condition of each of their questions."""

from collections.abc import Collection
from dataclasses import replace

from collabcheck.answers import AnswerSheet, Chose
from collabcheck.conditions import AllOf, Answered, Condition
from collabcheck.pack import Pack, Theme, Trend


def with_choices(pack: Pack) -> Pack:
    """Return a pack in which the questions of trends that can be chosen depend on that choice.

    These are the trends whose ids are answers to the question that means “trend”; all others are asked of everybody.
    """
    question = pack.that_means("trend")
    if question is None:
        return pack
    ways = {name: Answered.model_construct(question=question.id, is_=(name,)) for name in question.choice}
    trends = tuple(_if_chosen(trend, ways[trend.id]) if trend.id in ways else trend for trend in pack.trends)
    return pack.altered(trends=trends)


def _if_chosen(trend: Trend, chosen: Answered) -> Trend:
    themes = tuple(_theme(theme, chosen) for theme in trend.themes)
    return trend.model_copy(update={"themes": themes})


def _theme(theme: Theme, chosen: Answered) -> Theme:
    questions = tuple(one.model_copy(update={"when": _both(chosen, one.when)}) for one in theme.questions)
    return theme.model_copy(update={"questions": questions})


def _both(first: Answered, second: Condition | None) -> Condition:
    return first if second is None else AllOf.model_construct(all_=(first, second))


def choosing(pack: Pack, sheet: AnswerSheet, trends: Collection[str]) -> AnswerSheet:
    """Return a sheet in which these trends are chosen, and no other that can be left out; itself if none is named."""
    question = pack.that_means("trend")
    if question is None or not trends:
        return sheet
    named = tuple(name for name in question.choice if name in trends)
    none = tuple(name for name in question.choice if name not in pack.trend)[:1]
    return replace(sheet, replies={**sheet.replies, question.id: Chose(named or none)}) if named or none else sheet
