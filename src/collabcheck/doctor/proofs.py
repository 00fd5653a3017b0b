"""What no answers can bring about: questions, bands, flags, weights and implications that are in a pack for nothing.

It is proved, for all complete answers, or said not to be. Where some answers bring it about, nothing is said.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from collabcheck.conditions import Truth, answers_in
from collabcheck.doctor.asked import never_asked
from collabcheck.doctor.bands import Standing, of_factor, of_whole
from collabcheck.doctor.implied import out_of_reach
from collabcheck.doctor.means import worth_by_cap
from collabcheck.doctor.reach import Effort, Ground, Search, Whole
from collabcheck.doctor.remarks import Kind, Remark
from collabcheck.pack import Factor, Implication, Pack, placed_questions
from collabcheck.problems import Path
from collabcheck.questions import Choice, Question

STEPS: Final = 400_000
"""So many steps are taken for a pack, a few seconds; from then on, only LEAST_SHARE for each proof."""
NAMED: Final = 4
"""So many ids are named in one message."""

SIMPLER: Final = (
    "Check it by hand, or make it simpler: fewer conditions, or points and weights with fewer different values."
)


def proofs(pack: Pack) -> Iterator[Remark]:
    """Yield what no answers can bring about, and what could not be proved."""
    ground = Ground(pack)
    effort = Effort(STEPS)
    asked = never_asked(ground, effort)
    yield from _never_asked(pack, asked.never, asked.unsure)
    spoilt = list(_spoilt(ground))
    yield from (remark for _, remark in spoilt)
    yield from _standings(ground, {question.id for question, _ in spoilt}, effort)
    never = {*asked.never, *asked.unsure}
    for t, trend in enumerate(pack.trends):
        for i, implication in enumerate(trend.implications):
            if never.isdisjoint(leaf.question for leaf in answers_in(implication.when)):
                yield from _implication(("trends", t, "implications", i, "when"), implication, ground, effort)


def _never_asked(pack: Pack, never: Sequence[str], unsure: Sequence[str]) -> Iterator[Remark]:
    for path, question in placed_questions(pack):
        if question.id in never:
            message = f"“{question.id}” is never asked: no answers to earlier questions meet its condition"
            advice = "Change the condition, or remove the question."
            yield Remark((*path, "when"), Kind.NEVER_ASKED, message, advice)
        elif question.id in unsure:
            message = f"it was not found out whether “{question.id}” is ever asked"
            yield Remark((*path, "when"), Kind.NOT_PROVED, message, SIMPLER)


def _spoilt(ground: Ground) -> Iterator[tuple[Question, Remark]]:
    """Yield the questions whose best answers all raise a flag that caps."""
    search = Search(ground, [], Effort(STEPS))
    for path, question in placed_questions(ground.pack):
        worth = worth_by_cap(search.answers(question.id), None, ground.top)
        best = max(range(ground.top + 1), key=lambda cap: (worth[cap].bit_length(), cap))
        if question.informs and best < ground.top:
            flagged = [i for i, choice in enumerate(question.choices) if ground.cap(choice) == best]
            at = max(flagged, key=lambda i: question.choices[i].points)
            message = (
                f"full marks for “{question.id}” take the answer “{question.choices[at].id}” with its red flag, "
                f"so that no band better than “{ground.pack.bands[best].id}” is left"
            )
            advice = "Take the flag off the best answer, or make another answer worth the most."
            yield question, Remark((*path, "choices", at, "flag"), Kind.UNREACHABLE_BAND, message, advice)


def _standings(ground: Ground, spoilt: Collection[str], effort: Effort) -> Iterator[Remark]:
    """Yield what there is to say of each factor and area, of the overall result, and of flags, which matter to all."""
    pack = ground.pack
    standings = [of_factor(ground, factor, effort) for factor in pack.factors]
    for i, (factor, standing) in enumerate(zip(pack.factors, standings, strict=True)):
        capped = any(question.id in spoilt for question, _ in pack.informing[factor.id])
        yield from _factor(ground, i, standing, capped=capped)
    areas = [of_whole(ground, area, effort) for area in ground.areas]
    for i, standing in enumerate(areas):
        yield from _area(ground, i, standing, standings, capped=bool(spoilt))
    whole = of_whole(ground, ground.overall, effort)
    yield from _overall(ground, whole, standings, capped=bool(spoilt))
    yield from _flags(ground, [*standings, *areas, whole])


def _factor(ground: Ground, number: int, standing: Standing, *, capped: bool) -> Iterator[Remark]:
    factor = ground.pack.factors[number]
    path: Path = ("factors", number, "id")
    if not standing.assessed:
        return
    never = standing.never("band")
    named = [name for name in never if not (capped and ground.band[name] == ground.top)]
    if named:
        message = f"no answers put “{factor.id}” in {_named('band', named)}"
        advice = "Change what its answers are worth, or where the bands begin."
        yield Remark(path, Kind.UNREACHABLE_BAND, message, advice)
    if len(never) < ground.top:
        yield from _weights(ground.pack, factor, standing.never("question"))
    if doubts := _doubts(standing, f"“{factor.id}”"):
        yield Remark(path, Kind.NOT_PROVED, doubts, SIMPLER)


def _weights(pack: Pack, factor: Factor, names: Collection[str]) -> Iterator[Remark]:
    for path, question in placed_questions(pack):
        for i, link in enumerate(question.informs):
            if link.factor == factor.id and question.id in names:
                message = f"whatever the other answers are, none to “{question.id}” changes the band of “{factor.id}”"
                advice = "Give it more weight here, or leave the factor out."
                yield Remark((*path, "informs", i), Kind.NO_EFFECT, message, advice)


def _doubts(standing: Standing, name: str) -> str:
    """Say what could not be settled of a factor, an area or the overall result, by its name; nothing if all is."""
    bands, questions, factors = (standing.unsure(kind) for kind in ("band", "question", "factor"))
    doubts = [
        *([f"whether answers put {name} in {_named('band', bands)}"] if bands else []),
        *([f"whether an answer to {_named('question', questions)} can change its band"] if questions else []),
        *([f"whether {_named('factor', factors)} can change the band of {name}"] if factors else []),
    ]
    return f"it was not found out {', and '.join(doubts)}" if doubts else ""


def _overall(ground: Ground, whole: Standing, standings: Sequence[Standing], *, capped: bool) -> Iterator[Remark]:
    pack = ground.pack
    if not any(factor.kind == "risk" and one.assessed for factor, one in zip(pack.factors, standings, strict=True)):
        return
    if named := _news(ground, ground.overall, whole, standings, capped=capped):
        message = f"no answers put the overall result in {_named('band', named)}"
        advice = "Look at the weights of the factors, at red flags, and at where the bands begin."
        yield Remark(("bands", ground.band[named[0]], "id"), Kind.UNREACHABLE_BAND, message, advice)
    for i, factor in enumerate(pack.factors):
        if factor.id in whole.never("factor") and len(whole.never("band")) < ground.top:
            message = f"the overall result is in the same band with “{factor.id}” and without it, whatever the answers"
            advice = "Give it more weight, or leave it out."
            yield Remark(("factors", i, "weight" if factor.weight > 1 else "id"), Kind.NO_EFFECT, message, advice)
    if doubts := _doubts(whole, "the overall result"):
        yield Remark(("bands",), Kind.NOT_PROVED, doubts, SIMPLER)


def _area(
    ground: Ground, number: int, standing: Standing, standings: Sequence[Standing], *, capped: bool
) -> Iterator[Remark]:
    area, path = ground.pack.areas[number], ("areas", number, "id")
    if not standing.assessed or len(ground.areas[number].factors) == 1:
        return
    if named := _news(ground, ground.areas[number], standing, standings, capped=capped):
        message = f"no answers put the area “{area.id}” in {_named('band', named)}"
        yield Remark(path, Kind.UNREACHABLE_BAND, message, "Look at the weights of its factors, and at red flags.")
    for i, factor in enumerate(ground.pack.factors):
        if factor.id in standing.never("factor") and len(standing.never("band")) < ground.top:
            message = (
                f"the area “{area.id}” is in the same band with “{factor.id}” and without it, whatever the answers"
            )
            advice = "Give this factor more weight, or take it out of the area."
            yield Remark(("factors", i, "area"), Kind.NO_EFFECT, message, advice)
    if doubts := _doubts(standing, f"the area “{area.id}”"):
        yield Remark(path, Kind.NOT_PROVED, doubts, SIMPLER)


def _news(
    ground: Ground, whole: Whole, standing: Standing, standings: Sequence[Standing], *, capped: bool
) -> list[str]:
    """Return the bands out of reach, without those that all its factors fail to reach or a flag takes away."""
    pairs = zip(ground.pack.factors, standings, strict=True)
    ids = {factor.id for factor in whole.factors}
    own = [set(one.never("band")) for factor, one in pairs if factor.id in ids and one.assessed]
    said = set.intersection(*own) if own else set()
    said |= {ground.pack.bands[-1].id} if capped else set()
    return [name for name in standing.never("band") if name not in said]


def _flags(ground: Ground, standings: Sequence[Standing]) -> Iterator[Remark]:
    for path, question in placed_questions(ground.pack):
        for i, choice in enumerate(question.choices):
            here: Path = (*path, "choices", i, "flag")
            if choice.flag and ground.cap(choice) == ground.top:
                message = f"this red flag caps nothing, as “{choice.flag.caps_at}” is the best band"
                yield Remark((*here, "caps_at"), Kind.NO_EFFECT, message, "Name a lower band, or remove the flag.")
            elif choice.flag and standings[-1].can_be_asked(question.id):
                above = {band.id for band in ground.pack.bands[ground.cap(choice) + 1 :]}
                capped = [one for one in standings if one.has_flag(question.id, choice.id)]
                lowers = [one.of_flag(question.id, choice.id) for one in capped]
                if not any(lowers) and any(above.difference(one.never("band")) for one in capped):
                    yield _idle(here, choice, sure=None not in lowers)


def _idle(path: Path, choice: Choice, *, sure: bool) -> Remark:
    if not sure:
        message = f"it was not found out whether the red flag of “{choice.id}” can lower a band"
        return Remark(path, Kind.NOT_PROVED, message, SIMPLER)
    message = (
        f"the red flag of “{choice.id}” lowers no band: whatever the other answers are, none would be better without"
    )
    return Remark(path, Kind.NO_EFFECT, message, "Let it cap at a lower band, or remove it.")


def _implication(path: Path, implication: Implication, ground: Ground, effort: Effort) -> Iterator[Remark]:
    found = out_of_reach(ground, implication, effort)
    if Truth.YES in found.never:
        message = f"no answers make “{implication.id}” apply"
        yield Remark(path, Kind.NEVER_APPLIES, message, "Change the condition, or remove the implication.")
    elif Truth.NO in found.never:
        message = f"“{implication.id}” applies whatever the answers are"
        advice = "Narrow the condition, or say it of everybody in the summary of the trend."
        yield Remark(path, Kind.ALWAYS_APPLIES, message, advice)
    elif found.unsure:
        verb = "applies" if Truth.YES in found.unsure else "fails to apply"
        message = f"it was not found out whether “{implication.id}” ever {verb}"
        yield Remark(path, Kind.NOT_PROVED, message, SIMPLER)


def _named(family: str, names: Sequence[str]) -> str:
    """Return ids in a sentence: the band “a”; the bands “a” and “b”; many are cut short."""
    shown = [f"“{name}”" for name in names[:NAMED]]
    rest = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    *most, last = *shown, *rest
    return f"the {family}s {', '.join(most)} and {last}" if most else f"the {family} {last}"
