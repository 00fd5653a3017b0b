"""Ids that stand for two things, in a pack or in its tables and forms, so that one would be taken for the other."""

from collections.abc import Iterator, Sequence

from collabcheck.levels import way_to
from collabcheck.pack import Pack, placed_questions
from collabcheck.problems import Code, Finding, Path
from collabcheck.questions import BESIDE, RESERVED, Choice, Choices


def named_twice(pack: Pack) -> Iterator[Finding]:
    """Find ids that stand for two things."""
    yield from _duplicates(pack)
    yield from _clashes(pack)
    for path, choices in placed_choices(pack):
        for i, choice in enumerate(choices):
            yield from _reserved((*path, i), choice)


def _duplicates(pack: Pack) -> Iterator[Finding]:
    trends = list(enumerate(pack.trends))
    families: dict[str, list[tuple[Path, str]]] = {
        "band": [(("bands", i), band.id) for i, band in enumerate(pack.bands)],
        "area": [(("areas", i), area.id) for i, area in enumerate(pack.areas)],
        "factor": [(("factors", i), factor.id) for i, factor in enumerate(pack.factors)],
        "form": [(("forms", i), form.id) for i, form in enumerate(pack.forms)],
        "trend": [(("trends", i), trend.id) for i, trend in trends],
        "theme": [(("trends", t, "themes", i), x.id) for t, trend in trends for i, x in enumerate(trend.themes)],
        "implication": [
            (("trends", t, "implications", i), x.id) for t, trend in trends for i, x in enumerate(trend.implications)
        ],
        "prompt": [
            (("trends", t, "discussion", i), x.id) for t, trend in trends for i, x in enumerate(trend.discussion)
        ],
        "question": [(path, question.id) for path, question in placed_questions(pack)],
        "resource": [(("resources", i), resource.id) for i, resource in enumerate(pack.resources)],
    }
    for family, members in families.items():
        yield from _repeated(family, members)
    for path, choices in placed_choices(pack):
        yield from _repeated("choice", [((*path, i), choice.id) for i, choice in enumerate(choices)])


def placed_choices(pack: Pack) -> Iterator[tuple[Path, Choices]]:
    """Yield the choices of every scale and of every question without one, with their path in the file."""
    yield from ((("scales", name), choices) for name, choices in pack.scales.items())
    yield from (((*path, "choices"), one.choices) for path, one in placed_questions(pack) if one.scale is None)


def _repeated(family: str, members: Sequence[tuple[Path, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, name in members:
        if name in seen:
            yield Finding(
                (*path, "id"),
                Code.DUPLICATE_ID,
                f"another {family} already has the id “{name}”",
                "Give it an id of its own.",
            )
        seen.add(name)


def _clashes(pack: Pack) -> Iterator[Finding]:
    """Find what has one name with something else in tables and forms, so that one answer would be taken for another."""
    first: dict[str, str] = {f"about-{what}": f"the {what} in the form for phones" for what in _ABOUT}
    for path, name, what in _named(pack):
        other = first.setdefault(name.replace("_", "-"), what)
        if other != what:
            message = f"{what} and {other} would have the same name in tables"
            yield Finding((*path, "id"), Code.DUPLICATE_ID, message, "Give one of the two another id.")


_ABOUT = ("intro", "organisation", "date")
"""What a form for phones asks or says first; see `forms.xlsform`."""


def _named(pack: Pack) -> Iterator[tuple[Path, str, str]]:
    """Yield what has a name in tables: the path of its id, the name, and what it is."""
    for path, question in placed_questions(pack):
        yield path, question.id, f"the question “{question.id}”"
        yield from ((path, f"{question.id}-{part}", f"the {part} on “{question.id}”") for part in BESIDE)
        for i, choice in enumerate(question.choices if question.several else ()):
            if choice.id.replace("_", "-") not in RESERVED:  # told of already
                here = way_to(path, question, i)
                yield here, f"{question.id}-{choice.id}", f"the answer “{choice.id}” to “{question.id}”"
    for t, trend in enumerate(pack.trends):
        for i, prompt in enumerate(trend.discussion):
            yield ("trends", t, "discussion", i), prompt.id, f"the discussion prompt “{prompt.id}”"


def _reserved(path: Path, choice: Choice) -> Iterator[Finding]:
    if meaning := RESERVED.get(choice.id.replace("_", "-")):
        yield Finding((*path, "id"), Code.DUPLICATE_ID, f"“{choice.id}” is {meaning}", "Choose another id.")
