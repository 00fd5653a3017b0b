"""Scales that several questions share: after `with_scales` each question has its choices, and no more is to know."""

from collections.abc import Iterator

from collabcheck.pack import Pack, Theme, Trend, placed_questions
from collabcheck.problems import Code, Finding, Findings, Path, did_you_mean
from collabcheck.questions import Choice, Choices, Question


def with_scales(pack: Pack) -> Pack:
    """Return a pack in which every question has its choices; raise `Findings` with all that stands in the way."""
    findings = tuple(found for path, question in placed_questions(pack) for found in _unfit(pack, path, question))
    if findings := findings or tuple(_too_much(pack)):
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

MOST_CHOICES = 6_000
"""Of all questions with scales together: as many as a file without scales has room for."""
MOST_WORDS = 400_000
"""Characters in their choices, for the same reason."""


def _too_much(pack: Pack) -> Iterator[Finding]:
    """Find the question from which on scales make more of a pack than its file could hold without them."""
    sizes = {name: sum(map(_words_of, scale)) for name, scale in pack.scales.items()}
    choices = words = 0
    for path, question in placed_questions(pack):
        if question.scale is None:
            continue
        choices += len(pack.scales[question.scale])
        words += sizes[question.scale]
        if choices > MOST_CHOICES or words > MOST_WORDS:
            most = f"{MOST_CHOICES:,} choices" if choices > MOST_CHOICES else f"{MOST_WORDS:,} characters in choices"
            message = f"with this one, the questions with scales have more than {most}"
            yield Finding((*path, "scale"), Code.TOO_BIG, message, "Shorten the scale, or ask less.")
            return


def _words_of(choice: Choice) -> int:
    """Return how many characters stand in a choice; guidance that a step names counts as a few words."""
    step = len(choice.step.do) + 60 * len(choice.step.resources) if choice.step else 0
    return len(choice.text) + step + (len(choice.flag.reason) if choice.flag else 0)


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
