"""The scores of two organisations side by side: how ready each is, what each could gain, and what both consider."""

from collections.abc import Iterator, Sequence

from collabcheck.advice import Advice
from collabcheck.assessment import NotAssessed
from collabcheck.comparison.partners import JointForm, PartnerFit
from collabcheck.report.blocks import Block, Entries, Entry, Paragraph, Strong, Words
from collabcheck.report.outline.factors import capped
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.pairs import chart
from collabcheck.report.outline.wording import inside, listing, mark
from collabcheck.suitability import FormResult


def several(fit: PartnerFit) -> bool:
    """Say whether more than one person answered for either side."""
    return max(fit.first.people, fit.second.people) > 1


def names(fit: PartnerFit) -> tuple[str, str]:
    """Return what the two are called."""
    return fit.first.sheet.organisation, fit.second.sheet.organisation


def nothing_in_common(fit: PartnerFit) -> str:
    """Say that no form is considered by both, and what each considers."""
    said = [
        f"{name} considers {listing([inside(form.title) for form in advice.considered])}"
        for name, advice in zip(names(fit), fit.advice, strict=True)
        if advice.considered
    ]
    both = "most of you on both sides consider" if several(fit) else "both of you consider"
    return f"There is no way of working together that {both}.{f' {listing(said)}.' if said else ''}"


def readiness(fit: PartnerFit) -> Iterator[Block]:
    """Yield how ready each is, by area and by factor."""
    rows = [(pair.factor.title, pair.first, pair.second) for pair in fit.factors if pair.factor.kind == "risk"]
    yield from _areas(fit, "risk", f"{headings(fit.first.pack).result} of each, by area")
    yield from chart(fit.first.pack, f"{headings(fit.first.pack).result} of each", names(fit), rows)
    pairs = [(pair.first, pair.second) for pair in fit.factors]
    pairs += [(one.score, other.score) for one, other in fit.areas]
    pairs += [(joint.first.score, joint.second.score) for joint in fit.forms]
    yield from (Paragraph((said,)) for said in capped(score for pair in pairs for score in pair))
    open_ = [
        inside(pair.factor.title)
        for pair in fit.factors
        if pair.factor.kind == "risk" and not pair.certain and not isinstance(pair.first, NotAssessed)
    ]
    words = "Far apart is not bad: where one is further on, it may help the other."
    yield Paragraph((f"{words}{f' What is not known could change this for {listing(open_)}.' if open_ else ''}",))


def _areas(fit: PartnerFit, kind: str, caption: str) -> Iterator[Block]:
    rows = [(one.area.title, one.score, other.score) for one, other in fit.areas if one.kind == kind]
    yield from chart(fit.first.pack, caption, names(fit), rows, of="Area", gain=kind == "opportunity")


def forms(fit: PartnerFit) -> Iterator[Block]:
    """Yield the forms that both consider, with what is in the way of each; nothing where the pack tells none apart."""
    if not fit.first.pack.forms:
        return
    if not fit.forms:
        yield Paragraph((nothing_in_common(fit),))
        return
    rows = [(joint.form.title, joint.first.score, joint.second.score) for joint in fit.forms]
    caption = f"{headings(fit.first.pack).result} for what both of you consider"
    yield from chart(fit.first.pack, caption, names(fit), rows, of="Form")
    yield Entries(tuple(Entry((Strong(joint.form.title),), tuple(_joint(fit, joint))) for joint in fit.forms))
    alone = [_alone(name, advice, fit.forms) for name, advice in zip(names(fit), fit.advice, strict=True)]
    if any(alone):
        yield Paragraph((" ".join(filter(None, alone)),))


def _joint(fit: PartnerFit, joint: JointForm) -> Iterator[Words]:
    yield (joint.form.meaning,)
    for name, result in zip(names(fit), (joint.first, joint.second), strict=True):
        yield from _in_the_way(fit, name, result)
        if not (result.in_the_way or result.flags):
            yield (f"{name}: nothing that it needs is too low.",)


def _in_the_way(fit: PartnerFit, name: str, result: FormResult) -> Iterator[Words]:
    for obstacle in result.in_the_way:
        stands = "in the way is" if obstacle.certain else "could be in the way:"
        needs = mark(fit.first.pack, obstacle.needs)
        yield (f"{name}: {stands} {inside(obstacle.factor.title)}, which should be ", needs, " at least.")
    for flag in result.flags:
        yield (f"{name}: a red flag stands over it, from the question “{flag.question.text}”",)


def _alone(name: str, advice: Advice, joint: Sequence[JointForm]) -> str:
    both = [one.form for one in joint]
    rest = [form for form in advice.considered if form not in both]
    return f"{name} also considers {listing([inside(form.title) for form in rest])}." if rest else ""


def gains(fit: PartnerFit) -> Iterator[Block]:
    """Yield what each could gain."""
    rows = [(pair.factor.title, pair.first, pair.second) for pair in fit.factors if pair.factor.kind == "opportunity"]
    yield from _areas(fit, "opportunity", "What each could gain, by area")
    yield from chart(fit.first.pack, "What each could gain", names(fit), rows, gain=True)
    if rows:
        yield Paragraph(("If one could gain much more than the other, talk about what makes it fair.",))
