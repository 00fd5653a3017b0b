"""What only several fields of a pack together can get wrong: ids that lead nowhere, bands out of order, and the like.

`examine` is run once, when a pack is loaded; everything above relies on it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from collabcheck.characters import blank
from collabcheck.conditions import AllOf, Answered, AnyOf, Condition, FactorBelow, Not
from collabcheck.display import MOST_DECIMALS, plainly
from collabcheck.levels import unsound
from collabcheck.naming import named_twice, placed_choices
from collabcheck.pack import Factor, Pack, Resource, placed_questions
from collabcheck.problems import Code, Finding, Path, did_you_mean
from collabcheck.questions import Coming, Flag, Question, Retired, Step

ENOUGH = 100
"""Nobody corrects so much in one go, and to find what may be meant instead takes time."""

MOST_INSTEAD = 100_000
"""Characters in questions that are asked in place of others: a report repeats each as often as it is named."""


def examine(pack: Pack) -> tuple[Finding, ...]:
    """Return what would make the pack ask, score or advise wrongly, at most ENOUGH of it; nothing for a sound pack."""
    found = chain(
        named_twice(pack),
        _bands(pack),
        _positions(pack),
        _factors(pack),
        _areas(pack),
        _questions(pack),
        _choices(pack),
        _meanings(pack),
        _not_asked(pack),
        _forms(pack),
        _trends(pack),
        _resources(pack),
    )
    return tuple(islice(found, ENOUGH))


def _unknown(path: Path, family: str, name: str, known: Sequence[str]) -> Iterator[Finding]:
    if name not in known:
        advice = did_you_mean(name, known) or f"Use the id of one that is there, or add the {family}."
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
        decimals = "1 decimal" if pack.display.decimals == 1 else f"{pack.display.decimals or 'no'} decimals"
        message = f"from {first} to {last} all scores are printed alike, with {decimals}"
        more = ", or more decimals" if pack.display.decimals < MOST_DECIMALS else ""
        yield Finding(("display", "to"), Code.BANDS, message, f"Write a wider range{more}.")
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
        if pack.aggregate == "pooled" and factor.kind == "risk" and factor.weight != 1 and factor.area is None:
            message = f"the weight of “{factor.id}” counts for nothing, as the overall result is pooled"
            yield Finding((*path, "weight"), Code.BAD_VALUE, message, "Remove it, or give its questions weights.")
        yield from _in_band((*path, "in_band"), factor.title, factor.in_band, bands)
        if not any(link.factor == factor.id for question in pack.questions for link in question.informs):
            yield Finding(
                (*path, "id"),
                Code.UNKNOWN_ID,
                f"no question informs the factor “{factor.id}”",
                "Add one, or remove the factor.",
            )


def _in_band(path: Path, title: str, said: Mapping[str, str], bands: Sequence[str]) -> Iterator[Finding]:
    for name in said:
        yield from _unknown((*path, name), "band", name, bands)
    for name in bands:
        if name not in said:
            message = f"nothing is said about the band “{name}”"
            advice = f"Add “{name}: …” with what it says about an organisation in “{title[:60]}”."
            yield Finding(path, Code.MISSING, message, advice)


def _areas(pack: Pack) -> Iterator[Finding]:
    kinds: dict[str, Factor] = {}
    for i, factor in enumerate(pack.factors):
        if factor.area is not None:
            yield from _unknown(("factors", i, "area"), "area", factor.area, [area.id for area in pack.areas])
            first = kinds.setdefault(factor.area, factor)
            if first.kind != factor.kind:
                message = f"“{first.id}” is in the area “{factor.area}” too and has the kind {first.kind}"
                advice = "Readiness and gains have no mean: give each kind an area of its own."
                yield Finding(("factors", i, "area"), Code.BAD_VALUE, message, advice)
    for i, area in enumerate(pack.areas):
        if area.in_band:
            yield from _in_band(("areas", i, "in_band"), area.title, area.in_band, list(pack.band))
        if area.id not in kinds:
            message = f"no factor is in the area “{area.id}”"
            advice = f"Write “area: {area.id}” under the factors that belong to it, or remove the area."
            yield Finding(("areas", i, "id"), Code.UNKNOWN_ID, message, advice)


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
        yield from unsound(path, question)
        earlier[question.id] = question


def _not_asked(pack: Pack) -> Iterator[Finding]:
    """Find questions that are asked though called gone or to come, and those not asked that should replace others."""
    by_field: dict[str, Sequence[Retired | Coming]] = {"retired": pack.retired, "coming": pack.coming}
    for field, questions in by_field.items():
        seen: set[str] = set()
        for i, one in enumerate(questions):
            if one.id in pack.question:
                message = f"“{one.id}” is under “{field}”, and is asked all the same"
                advice = "Remove it from one of the two. If what is asked is another question, give that another id."
                yield Finding((field, i, "id"), Code.DUPLICATE_ID, message, advice)
            elif field == "coming" and one.id in pack.retirement:
                message = f"“{one.id}” is the id of a question that was dropped, and answers to that one are kept"
                yield Finding((field, i, "id"), Code.DUPLICATE_ID, message, "Give it an id of its own.")
            elif one.id in seen:
                message = f"“{one.id}” is already under “{field}”"
                yield Finding((field, i, "id"), Code.DUPLICATE_ID, message, "Remove one of the two.")
            seen.add(one.id)
    yield from _instead(pack)


def _instead(pack: Pack) -> Iterator[Finding]:
    """Find questions that nobody is asked in place of others, and more of them than a report has room for."""
    length = 0
    for i, gone in enumerate(pack.retired):
        if gone.instead is None:
            continue
        path: Path = ("retired", i, "instead")
        yield from _no_question(path, gone.instead, pack)
        length += len(pack.question[gone.instead].text) if gone.instead in pack.question else 0
        if length > MOST_INSTEAD:
            message = f"with this one, the questions asked instead have more than {MOST_INSTEAD:,} characters"
            yield Finding(path, Code.TOO_BIG, message, "Shorten them, or leave “instead” out here.")
            break


def _no_question(path: Path, name: str, pack: Pack) -> Iterator[Finding]:
    """Find the name of a question that nobody is asked, with the reason where the pack says it."""
    if name in pack.question:
        return
    if gone := pack.retirement.get(name):
        use = (
            f"Use “{gone.instead}”, which is asked in its place"
            if gone.instead in pack.question
            else "Use one that is asked"
        )
        message = f"nobody is asked “{name}” any more: it is under “retired”"
        yield Finding(path, Code.UNKNOWN_ID, message, f"{use}, or remove this.")
    elif name in pack.arrival:
        message = f"nobody is asked “{name}” yet: it is under “coming”"
        yield Finding(path, Code.UNKNOWN_ID, message, "Use one that is asked, or remove this until then.")
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
    for path, choices in placed_choices(pack):
        for i, choice in enumerate(choices):
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
        yield from _no_question((*path, "question"), condition.question, pack)


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
            "Add “link” with the publisher’s own page, or “find” with words that say how to find it.",
        )
