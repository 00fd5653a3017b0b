"""What is not there: steps without an action or guidance, and what nothing in the pack makes use of."""

import re
from collections.abc import Iterator, Sequence

from collabcheck.conditions import Condition, answers_in
from collabcheck.doctor.remarks import Kind, Remark
from collabcheck.pack import Implication, Pack, Resource, placed_questions
from collabcheck.problems import Path
from collabcheck.questions import Choice, Question, Step

FEW = 3
"""So many things that lack the same are told one by one; beyond, it is one habit, and told once."""
_NAMED = 5
"""So many names can be read in one sentence."""


def gaps(pack: Pack) -> Iterator[Remark]:
    """Yield what an author would expect to be there, or to be used, and is not."""
    yield from _unused_resources(pack)
    yield from _unused_questions(pack)
    yield from _unused_scales(pack)
    yield from _overdue(pack)
    yield from _no_steps(pack)
    yield from _no_guidance(pack)
    yield from _single_questions(pack)
    yield from _lonely_weights(pack)
    yield from _no_sources(pack)


def quoted(names: Sequence[str]) -> str:
    """Return names in quotes as a sentence lists them, the first few of many."""
    shown = [f"“{name[:60]}”" for name in names[:_NAMED]]
    if len(names) > _NAMED:
        return f"{', '.join(shown)} and {len(names) - _NAMED} more"
    return " and ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)


# What nothing makes use of.


def _unused_resources(pack: Pack) -> Iterator[Remark]:
    """Find guidance that nothing leads to; what has been replaced stays on the list to say by what."""
    named = {name for trend in pack.trends for name in trend.resources}
    named.update(name for _, step in _steps(pack) for name in step.resources)
    for i, resource in enumerate(pack.resources):
        if not (resource.factors or resource.superseded_by or resource.id in named):
            yield Remark(
                ("resources", i),
                Kind.UNUSED,
                f"nothing leads to “{resource.id}”: it names no factor, and no step and no trend names it",
                "Name under “factors” what it helps with, or name it in a step, or remove it.",
            )


def _steps(pack: Pack) -> Iterator[tuple[Question, Step]]:
    for question in pack.questions:
        yield from ((question, choice.step) for choice in question.choices if choice.step is not None)


def _unused_questions(pack: Pack) -> Iterator[Remark]:
    looked_at = {leaf.question for condition in _conditions(pack) for leaf in answers_in(condition)}
    for path, question in placed_questions(pack):
        if not (question.informs or question.means or question.fit or question.id in looked_at):
            yield Remark(
                path,
                Kind.UNUSED,
                f"the answers to “{question.id}” change nothing: it informs no factor, and no condition looks at it",
                "Use it in a “when”, or remove it, as every question takes people’s time. "
                "If it is there to tell groups apart in a cohort, leave it.",
            )


def _unused_scales(pack: Pack) -> Iterator[Remark]:
    used = {question.scale for question in pack.questions}
    for name in pack.scales:
        if name not in used:
            message = f"no question has the scale “{name}”"
            yield Remark(("scales", name), Kind.UNUSED, message, "Name it as the “scale” of a question, or remove it.")


def _overdue(pack: Pack) -> Iterator[Remark]:
    for i, question in enumerate(pack.coming):
        if question.from_ == pack.version or _is_before(question.from_, pack.version):
            since = "this version" if question.from_ == pack.version else f"version {question.from_}"
            message = f"“{question.id}” is to be asked from {since} on, and is not asked"
            yield Remark(
                ("coming", i, "from"), Kind.UNUSED, message, "Move it to where it is asked, or name a later version."
            )


def _is_before(one: str, other: str) -> bool:
    """Say whether a version is before another; not where that cannot be told from their names."""
    numbers = [[int(part) for part in name.split(".")] for name in (one, other) if _NUMBERED.fullmatch(name)]
    return len(numbers) > 1 and numbers[0] < numbers[1]


_NUMBERED = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})*")


def _conditions(pack: Pack) -> Iterator[Condition]:
    yield from (question.when for question in pack.questions if question.when is not None)
    yield from (implication.when for _, implication in _placed_implications(pack))


def _placed_implications(pack: Pack) -> Iterator[tuple[Path, Implication]]:
    for t, trend in enumerate(pack.trends):
        for i, implication in enumerate(trend.implications):
            yield ("trends", t, "implications", i), implication


# Steps and guidance.


def _no_steps(pack: Pack) -> Iterator[Remark]:
    """Find levels below the top that lead nowhere; one remark for a question, or for all with a scale."""
    alike: dict[tuple[str, tuple[int, ...]], list[tuple[Path, Question]]] = {}
    for path, question in placed_questions(pack):
        bare = [i for i, choice in enumerate(question.choices) if _below_top(question, choice) and choice.step is None]
        if bare:
            alike.setdefault((question.scale or question.id, tuple(bare)), []).append((path, question))
    for (name, numbers), found in alike.items():
        path, question = found[0]
        if found[1:]:
            asked = f"one of {len(found)} questions with the scale “{name}”, such as “{question.id}”,"
            yield _no_step(("scales", name, *numbers[: len(numbers) == 1]), asked, question, numbers)
        else:
            yield _no_step(_of_choices(path, numbers), f"“{question.id}”", question, numbers)


def _no_step(path: Path, asked: str, question: Question, bare: Sequence[int]) -> Remark:
    names = quoted([question.choices[i].id for i in bare])
    return Remark(
        path,
        Kind.NO_STEP,
        f"whoever answers {asked} with {names} is not told what to do next",
        "Add a “step” with an action that someone can start on Monday.",
    )


def _below_top(question: Question, choice: Choice) -> bool:
    return bool(question.informs) and question.worth(choice.points) < question.most


def _of_choices(path: Path, numbers: Sequence[int]) -> Path:
    """Return the way to one choice; for more than one, to all of them."""
    return (*path, "choices", *numbers[: len(numbers) == 1])


def _no_guidance(pack: Pack) -> Iterator[Remark]:
    """Find what leads to no guidance.

    Guidance reaches people by the steps and by the factors. An author who names it in no step at all has chosen the
    second way, and is asked for no more than that each factor has some.
    """
    if not pack.resources:
        yield Remark(
            ("resources",),
            Kind.NO_GUIDANCE,
            "the pack has no guidance, so nobody is told where to read on",
            "Add at least one resource for each factor, in resources.yaml.",
        )
        return
    current = {resource.id for resource in pack.resources if not resource.superseded_by}
    yield from _factors_without(pack, [resource for resource in pack.resources if resource.id in current])
    if any(step.resources for _, step in _steps(pack)):
        yield from _steps_without(pack, current)


def _factors_without(pack: Pack, current: Sequence[Resource]) -> Iterator[Remark]:
    helped = {name for resource in current for name in resource.factors}
    for i, factor in enumerate(pack.factors):
        if factor.id not in helped:
            yield Remark(
                ("factors", i),
                Kind.NO_GUIDANCE,
                f"no guidance helps with the factor “{factor.id}”, or only such as has been replaced",
                f"Add a resource, or write “{factor.id}” under “factors” of one that helps.",
            )


def _steps_without(pack: Pack, current: set[str]) -> Iterator[Remark]:
    for path, question in placed_questions(pack):
        bare = [
            i
            for i, choice in enumerate(question.choices)
            if choice.step is not None and current.isdisjoint(choice.step.resources)
        ]
        if bare:
            names = quoted([question.choices[i].id for i in bare])
            yield Remark(
                _of_choices(path, bare),
                Kind.NO_GUIDANCE,
                f"the step after {names} in “{question.id}” names no guidance, or only such as has been replaced",
                "Name a resource that helps with it under “resources” of the step.",
            )


# What rests on little.


def _single_questions(pack: Pack) -> Iterator[Remark]:
    for i, factor in enumerate(pack.factors):
        if len(informing := pack.informing[factor.id]) == 1:
            yield Remark(
                ("factors", i),
                Kind.ONE_QUESTION,
                f"only “{informing[0][0].id}” informs the factor “{factor.id}”, so one answer decides its band",
                "Let another question inform it too, or fold it into a factor that is near to it.",
            )


def _lonely_weights(pack: Pack) -> Iterator[Remark]:
    """Find weights with nothing beside them that they could be weighed against."""
    for i, factor in enumerate(pack.factors):
        if factor.weight > 1 and [one.kind for one in pack.factors].count(factor.kind) == 1:
            among = f"it is the only {factor.kind} factor"
            yield _lonely(("factors", i, "weight"), f"“{factor.id}”", among)
    for path, question in placed_questions(pack):
        for i, link in enumerate(question.informs):
            pooled = pack.aggregate == "pooled" and pack.factor[link.factor].kind == "risk"
            if link.weight > 1 and not pooled and len(pack.informing[link.factor]) == 1:
                among = f"no other question informs “{link.factor}”"
                yield _lonely((*path, "informs", i, "weight"), f"“{question.id}”", among)
    for i, form in enumerate(pack.forms):
        if len(form.leans_on) == 1 and form.leans_on[0].weight > 1:
            among = f"“{form.id}” leans on nothing else"
            yield _lonely(("forms", i, "leans_on", 0, "weight"), f"“{form.leans_on[0].factor}”", among)


def _lonely(path: Path, name: str, among: str) -> Remark:
    return Remark(path, Kind.NO_EFFECT, f"the weight of {name} changes nothing, as {among}", "Write 1.")


def _no_sources(pack: Pack) -> Iterator[Remark]:
    """Find what does not say where it comes from, in a pack that says so elsewhere."""
    questions = [(path, question.id, question.source) for path, question in placed_questions(pack)]
    implications = [(path, one.id, one.source) for path, one in _placed_implications(pack)]
    yield from _without_source("question", questions)
    yield from _without_source("implication", implications)


def _without_source(family: str, members: Sequence[tuple[Path, str, tuple[str, ...]]]) -> Iterator[Remark]:
    bare = [(path, name) for path, name, source in members if not source]
    if len(bare) == len(members):
        return
    advice = "Name it under “source”, as others do."
    if len(bare) > FEW:
        message = f"{len(bare)} of {len(members)} {family}s do not say where they come from, such as “{bare[0][1]}”"
        yield Remark(bare[0][0], Kind.NO_SOURCE, message, advice)
        return
    for path, name in bare:
        yield Remark(path, Kind.NO_SOURCE, f"the {family} “{name}” does not say where it comes from", advice)
