"""Scales that several questions share: after `with_scales` each question has its choices, and no more is to know."""

from collections.abc import Iterator

from collabcheck.pack import Pack, Theme, Trend, placed_questions
from collabcheck.problems import Code, Finding, Findings, Path, did_you_mean
from collabcheck.questions import Choice, Choices, Question


def with_scales(pack: Pack) -> Pack:
    """Return a pack in which every question has its choices; raise `Findings` with all that stands in the way."""
    findings = tuple(found for path, question in placed_questions(pack) for found in _unfit(pack, path, question))
    if findings:
        raise Findings(findings)
    if not pack.scales:
        return pack
    return pack.altered(
        context=tuple(_filled(pack, question) for question in pack.context),
        trends=tuple(_trend(pack, trend) for trend in pack.trends),
    )


def _trend(pack: Pack, trend: Trend) -> Trend:
    return trend.model_copy(update={"themes": tuple(_theme(pack, theme) for theme in trend.themes)})


def _theme(pack: Pack, theme: Theme) -> Theme:
    return theme.model_copy(update={"questions": tuple(_filled(pack, question) for question in theme.questions)})


def _filled(pack: Pack, question: Question) -> Question:
    if question.scale is None:
        return question
    choices = tuple(_own(question, choice) for choice in pack.scales[question.scale])
    return question.model_copy(update={"choices": choices})


def _own(question: Question, choice: Choice) -> Choice:
    """Return a choice of a scale with the step and the flag that the question has for it, if it has any."""
    own = {"step": question.steps_.get(choice.id), "flag": question.flags_.get(choice.id)}
    given = {name: part for name, part in own.items() if part is not None}
    return choice.model_copy(update=given) if given else choice


# What stands in the way.


def _unfit(pack: Pack, path: Path, question: Question) -> Iterator[Finding]:
    scale = pack.scales.get(question.scale) if question.scale else None
    if question.scale is None and not question.choices:
        message = f"“{question.id}” has neither “choices” nor a “scale”"
        yield Finding(path, Code.MISSING, message, "Add one of the two.")
    elif question.scale and question.choices:
        message = f"“{question.id}” has “choices” and a “scale”"
        yield Finding((*path, "scale"), Code.UNEXPECTED, message, "Keep one of the two.")
    elif question.scale and scale is None:
        message = f"there is no scale with the id “{question.scale}”"
        advice = did_you_mean(question.scale, list(pack.scales)) or "Add it under “scales”, or list the “choices” here."
        yield Finding((*path, "scale"), Code.UNKNOWN_ID, message, advice)
    else:
        yield from _astray(path, question, scale)


def _astray(path: Path, question: Question, scale: Choices | None) -> Iterator[Finding]:
    """Find steps and flags of a question’s own that belong to no choice of its scale."""
    for part, names in (("steps", question.steps_), ("flags", question.flags_)):
        if names and scale is None:
            message = f"“{part}” is for questions with a scale"
            yield Finding((*path, part), Code.UNEXPECTED, message, f"Write “{part[:-1]}” under the choice itself.")
        known = [choice.id for choice in scale or ()]
        for name in names if scale else ():
            if name not in known:
                message = f"the scale “{question.scale}” has no choice “{name}”"
                advice = did_you_mean(name, known) or "Take its id from the scale."
                yield Finding((*path, part, name), Code.UNKNOWN_ID, message, advice)
