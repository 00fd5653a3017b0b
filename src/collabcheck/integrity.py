"""What only several fields of a pack together can get wrong: ids that lead nowhere, bands out of order, and the like.

`examine` is run once, when a pack is loaded; everything above relies on it.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from collabcheck.characters import blank
from collabcheck.conditions import AllOf, Answered, AnyOf, Condition, FactorBelow, Not
from collabcheck.display import plainly
from collabcheck.levels import ill_offered, way_to
from collabcheck.pack import Pack, Resource, placed_questions
from collabcheck.problems import Code, Finding, Path, did_you_mean
from collabcheck.questions import BESIDE, RESERVED, Choice, Choices, Flag, Question, Step

ENOUGH = 100
"""Nobody corrects so much in one go, and to find what may be meant instead takes time."""


MOST_INSTEAD = 100_000
"""Characters: a report repeats the question that is asked in the place of another, as often as it is."""


def examine(pack: Pack) -> tuple[Finding, ...]:
    """Return what would make the pack ask, score or advise wrongly, at most ENOUGH of it; nothing for a sound pack."""
    found = chain(
        _duplicates(pack),
        _clashes(pack),
        _bands(pack),
        _positions(pack),
        _factors(pack),
        _questions(pack),
        _choices(pack),
        _meanings(pack),
        _retired(pack),
        _forms(pack),
        _trends(pack),
        _resources(pack),
    )
    return tuple(islice(found, ENOUGH))


def _duplicates(pack: Pack) -> Iterator[Finding]:
    trends = list(enumerate(pack.trends))
    families: dict[str, list[tuple[Path, str]]] = {
        "band": [(("bands", i), band.id) for i, band in enumerate(pack.bands)],
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
        "dropped question": [(("retired", i), question.id) for i, question in enumerate(pack.retired)],
        "question to come": [(("coming", i), question.id) for i, question in enumerate(pack.coming)],
        "resource": [(("resources", i), resource.id) for i, resource in enumerate(pack.resources)],
    }
    for family, members in families.items():
        yield from _repeated(family, members)
    for path, choices in _placed_choices(pack):
        yield from _repeated("choice", [((*path, i), choice.id) for i, choice in enumerate(choices)])


def _placed_choices(pack: Pack) -> Iterator[tuple[Path, Choices]]:
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
                yield (
                    way_to(path, question, i),
                    f"{question.id}-{choice.id}",
                    f"the answer “{choice.id}” to “{question.id}”",
                )
    for t, trend in enumerate(pack.trends):
        for i, prompt in enumerate(trend.discussion):
            yield ("trends", t, "discussion", i), prompt.id, f"the discussion prompt “{prompt.id}”"


def _unknown(path: Path, family: str, name: str, known: Sequence[str]) -> Iterator[Finding]:
    if name not in known:
        advice = did_you_mean(name, known) or f"Use the id of a {family} that is there, or add it."
        yield Finding(path, Code.UNKNOWN_ID, f"there is no {family} with the id “{name}”", advice)


def _each_known(path: Path, family: str, names: Sequence[str], known: Sequence[str]) -> Iterator[Finding]:
    for i, name in enumerate(names):
        yield from _unknown((*path, i), family, name, known)


def _bands(pack: Pack) -> Iterator[Finding]:
    first, last = plainly(pack.display.from_), plainly(pack.display.to)
    if pack.display.width <= 0:
        message = f"a range from {first} to {last} leads nowhere"
        yield Finding(("display", "to"), Code.BANDS, message, f"Write more than {first}.")
        return
    if pack.display.width * 10**pack.display.decimals < 1:
        message = f"from {first} to {last} all scores are printed alike, with {pack.display.decimals} decimals"
        yield Finding(("display", "to"), Code.BANDS, message, "Write a wider range.")
    if pack.bands[0].from_ != pack.display.from_:
        message = f"the first band does not begin at {first}"
        yield Finding(("bands", 0, "from"), Code.BANDS, message, f"Write from: {first}.")
    for i, band in enumerate(pack.bands):
        if band.from_ >= pack.display.to:
            message = f"the band “{band.id}” begins at {plainly(band.from_)}, and no score is above {last}"
            yield Finding(("bands", i, "from"), Code.BANDS, message, f"Write less than {last}.")
    for i, (lower, upper) in enumerate(zip(pack.bands, pack.bands[1:], strict=False), start=1):
        if upper.from_ <= lower.from_:
            yield Finding(
                ("bands", i, "from"),
                Code.BANDS,
                f"the band “{upper.id}” does not begin above “{lower.id}”",
                "List the bands from the lowest to the highest, each with a larger “from”.",
            )


def _positions(pack: Pack) -> Iterator[Finding]:
    if pack.positions is not None:
        for name in ("gain_from", "ready_from"):
            yield from _unknown(("positions", name), "band", getattr(pack.positions, name), list(pack.band))


def _factors(pack: Pack) -> Iterator[Finding]:
    bands = list(pack.band)
    for i, factor in enumerate(pack.factors):
        path: Path = ("factors", i)
        yield from _reasoned(path, factor.weight, factor.because)
        if pack.aggregate == "pooled" and factor.kind == "risk" and factor.weight != 1:
            message = f"the weight of “{factor.id}” counts for nothing, as the overall result is pooled"
            yield Finding((*path, "weight"), Code.BAD_VALUE, message, "Remove it, or give its questions weights.")
        for name in factor.in_band:
            yield from _unknown((*path, "in_band", name), "band", name, bands)
        for name in bands:
            if name not in factor.in_band:
                yield Finding(
                    (*path, "in_band"),
                    Code.MISSING,
                    f"nothing is said about the band “{name}”",
                    f"Add a sentence for it: what “{name}” says about an organisation's {factor.title[:60].lower()}.",
                )
        if not any(link.factor == factor.id for question in pack.questions for link in question.informs):
            yield Finding(
                (*path, "id"),
                Code.UNKNOWN_ID,
                f"no question informs the factor “{factor.id}”",
                "Add one, or remove the factor.",
            )


def _reasoned(path: Path, weight: int, because: str) -> Iterator[Finding]:
    if weight != 1 and blank(because):
        yield Finding(
            (*path, "weight"),
            Code.MISSING,
            f"the weight {weight} has no reason",
            "Weights are judgements: add “because” and say why, or leave the weight out.",
        )


def _questions(pack: Pack) -> Iterator[Finding]:
    factors = [factor.id for factor in pack.factors]
    earlier: dict[str, Question] = {}
    for path, question in placed_questions(pack):
        if question.when is not None:
            yield from _condition((*path, "when"), question.when, earlier, pack, factors_allowed=False)
        for i, link in enumerate(question.informs):
            yield from _unknown((*path, "informs", i), "factor", link.factor, factors)
            yield from _reasoned((*path, "informs", i), link.weight, link.because)
        yield from ill_offered(path, question)
        earlier[question.id] = question


def _retired(pack: Pack) -> Iterator[Finding]:
    """Find questions that are gone or to come, and have the id of another."""
    length = 0
    for i, question in enumerate(pack.retired):
        if question.id in pack.question:
            message = f"“{question.id}” is asked, so it has not been dropped"
            advice = "Take it out here; or, if that is another question, give that one an id of its own."
            yield Finding(("retired", i, "id"), Code.DUPLICATE_ID, message, advice)
        if question.instead is not None:
            yield from _asked(("retired", i, "instead"), question.instead, pack)
            length += len(pack.question[question.instead].text) if question.instead in pack.question else 0
            if length > MOST_INSTEAD:
                message = f"with this one, the questions asked instead have more than {MOST_INSTEAD:,} characters"
                advice = "Shorten them, or leave “instead” out here."
                yield Finding(("retired", i, "instead"), Code.TOO_BIG, message, advice)
                break
    for i, to_come in enumerate(pack.coming):
        if to_come.id in pack.question:
            message = f"“{to_come.id}” is asked already"
            advice = "Take it out here; or, if that is another question, give this one an id of its own."
            yield Finding(("coming", i, "id"), Code.DUPLICATE_ID, message, advice)
        elif to_come.id in pack.retirement:
            message = f"“{to_come.id}” is the id of a question that was dropped, and answers to that one are kept"
            yield Finding(("coming", i, "id"), Code.DUPLICATE_ID, message, "Give it an id of its own.")


def _asked(path: Path, name: str, pack: Pack) -> Iterator[Finding]:
    """Find the id of a question that this version does not ask."""
    if name in pack.question:
        return
    if gone := pack.retirement.get(name):
        message = f"the question “{name}” is not asked any more, as “retired” says"
        advice = f"Name the one that is asked in its place: “{gone.instead}”." if gone.instead in pack.question else ""
        yield Finding(path, Code.UNKNOWN_ID, message, advice or "Name one that is asked now, or take this out.")
    elif name in pack.arrival:
        message = f"the question “{name}” is not asked yet, as “coming” says"
        yield Finding(path, Code.UNKNOWN_ID, message, "Name one that is asked now, or take this out.")
    else:
        yield from _unknown(path, "question", name, list(pack.question))


def _meanings(pack: Pack) -> Iterator[Finding]:
    """Find questions that the program would pass over, because another one means the same."""
    seen: set[str] = set()
    for path, question in placed_questions(pack):
        if question.means and question.means in seen:
            message = f"another question already means “{question.means}”"
            yield Finding((*path, "means"), Code.DUPLICATE_ID, message, "Remove one of the two.")
        if question.means == "form" and not any(choice.id in pack.form for choice in question.choices):
            message = "none of its answers is a form of collaboration of this pack"
            yield Finding((*path, "means"), Code.UNKNOWN_ID, message, "Give the answers the ids of forms.")
        if question.means == "trend":
            yield from _choice_of_trends(path, question, pack)
        seen.add(question.means)


def _choice_of_trends(path: Path, question: Question, pack: Pack) -> Iterator[Finding]:
    """Find a choice of trends that could not be made before their questions are asked, or that is none."""
    if path[0] != "context":
        advice = "Move it to “context”, which is asked first."
        yield Finding((*path, "means"), Code.CONDITION_ORDER, "trends are chosen before any is asked about", advice)
    if not any(choice.id in pack.trend for choice in question.choices):
        message = "none of its answers is a trend of this pack"
        yield Finding((*path, "means"), Code.UNKNOWN_ID, message, "Give the answers the ids of trends.")


def _choices(pack: Pack) -> Iterator[Finding]:
    for path, choices in _placed_choices(pack):
        for i, choice in enumerate(choices):
            yield from _reserved((*path, i), choice)
            yield from _flag((*path, i, "flag"), choice.flag, pack)
            yield from _step((*path, i, "step"), choice.step, pack)
    for path, question in placed_questions(pack):
        for name, flag in question.flags_.items():
            yield from _flag((*path, "flags", name), flag, pack)
        for name, step in question.steps_.items():
            yield from _step((*path, "steps", name), step, pack)


def _flag(path: Path, flag: Flag | None, pack: Pack) -> Iterator[Finding]:
    if flag is not None:
        yield from _unknown((*path, "caps_at"), "band", flag.caps_at, list(pack.band))


def _step(path: Path, step: Step | None, pack: Pack) -> Iterator[Finding]:
    if step is not None:
        yield from _each_known((*path, "resources"), "resource", step.resources, list(pack.resource))


def _reserved(path: Path, choice: Choice) -> Iterator[Finding]:
    if meaning := RESERVED.get(choice.id.replace("_", "-")):
        yield Finding((*path, "id"), Code.DUPLICATE_ID, f"“{choice.id}” is {meaning}", "Choose another id.")


def _condition(
    path: Path, condition: Condition, earlier: dict[str, Question], pack: Pack, *, factors_allowed: bool
) -> Iterator[Finding]:
    match condition:
        case Answered():
            yield from _answered(path, condition, earlier, pack)
        case FactorBelow():
            if not factors_allowed:
                yield Finding(
                    path,
                    Code.CONDITION_ORDER,
                    "a question cannot wait for a factor, which is known only at the end",
                    "Use an earlier question and its answers.",
                )
            yield from _unknown((*path, "factor"), "factor", condition.factor, list(pack.factor))
            yield from _unknown((*path, "below"), "band", condition.below, list(pack.band))
        case AllOf():
            for i, part in enumerate(condition.all_):
                yield from _condition((*path, "all", i), part, earlier, pack, factors_allowed=factors_allowed)
        case AnyOf():
            for i, part in enumerate(condition.any_):
                yield from _condition((*path, "any", i), part, earlier, pack, factors_allowed=factors_allowed)
        case Not():
            yield from _condition((*path, "not"), condition.not_, earlier, pack, factors_allowed=factors_allowed)


def _answered(path: Path, condition: Answered, earlier: dict[str, Question], pack: Pack) -> Iterator[Finding]:
    if condition.question in earlier:
        known = list(earlier[condition.question].choice)
        yield from _each_known((*path, "is"), f"answer to “{condition.question}”", condition.is_, known)
    elif condition.question in pack.question:
        yield Finding(
            (*path, "question"),
            Code.CONDITION_ORDER,
            f"the question “{condition.question}” is not asked before this one",
            "A condition can look only at earlier questions: change the order, or the condition.",
        )
    else:
        yield from _asked((*path, "question"), condition.question, pack)


def _forms(pack: Pack) -> Iterator[Finding]:
    bands = list(pack.band)
    for i, form in enumerate(pack.forms):
        for j, lean in enumerate(form.leans_on):
            yield from _unknown(("forms", i, "leans_on", j, "factor"), "factor", lean.factor, list(pack.factor))
            if lean.at_least is not None:
                yield from _unknown(("forms", i, "leans_on", j, "at_least"), "band", lean.at_least, bands)


def _trends(pack: Pack) -> Iterator[Finding]:
    for t, trend in enumerate(pack.trends):
        for i, implication in enumerate(trend.implications):
            path: Path = ("trends", t, "implications", i, "when")
            yield from _condition(path, implication.when, pack.question, pack, factors_allowed=True)
        for i, related in enumerate(trend.related):
            if related.trend is not None:
                known = list(pack.trend)
                yield from _unknown(("trends", t, "related", i, "trend"), "trend", related.trend, known)
        yield from _each_known(("trends", t, "resources"), "resource", trend.resources, list(pack.resource))


def _resources(pack: Pack) -> Iterator[Finding]:
    nations = pack.that_means("nation")
    for i, resource in enumerate(pack.resources):
        path: Path = ("resources", i)
        yield from _each_known((*path, "factors"), "factor", resource.factors, list(pack.factor))
        yield from _each_known((*path, "superseded_by"), "resource", resource.superseded_by, list(pack.resource))
        yield from _each_known((*path, "forms"), "form", resource.forms, list(pack.form))
        if nations is not None:
            yield from _each_known((*path, "nations"), "nation", resource.nations, list(nations.choice))
        yield from _found(path, resource)


def _found(path: Path, resource: Resource) -> Iterator[Finding]:
    if resource.link is None and blank(resource.find):
        yield Finding(
            path,
            Code.MISSING,
            f"nobody can find “{resource.title[:60]}”",
            "Add “link” with the publisher's own page, or “find” with words that say how to find it.",
        )
