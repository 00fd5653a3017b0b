"""A pack in figures, for its author."""

from collections.abc import Iterator

from collabcheck.doctor.summary import FactorSummary, Part, Summary
from collabcheck.pack import Factor, Pack
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Report, Section, Strong
from collabcheck.report.outline.assessment import filled
from collabcheck.report.outline.library import coming
from collabcheck.report.outline.wording import count, dropped, listing, sentence


def pack_figures(pack: Pack, summary: Summary) -> Report:
    """Return what a pack asks of people, what its factors rest on, and where it comes from."""
    sections = (
        Section("What it asks", (Bullets(tuple((line,) for line in _asks(summary))),)),
        Section("What its factors rest on", (*_areas(pack), *_factors(summary))),
        Section("Where it comes from", tuple(_sources(summary))),
        Section("Guidance", tuple(_guidance(pack, summary))),
        *coming(pack),
        Section("Questions that were dropped", tuple(_dropped(pack))),
    )
    return Report(
        title=f"{pack.title}: the pack in figures",
        subtitle=f"{pack.pack}, version {pack.version}.",
        language=pack.language,
        sections=filled(sections),
    )


def _asks(summary: Summary) -> Iterator[str]:
    whole = count(summary.scored + summary.context, "question", "questions")
    yield f"{whole}: {summary.scored} scored, {summary.context} about the organisation."
    if summary.conditional:
        yield f"{count(summary.conditional, 'is', 'are')} asked only after certain answers to others."
    if summary.asked and summary.asked.fewest < summary.asked.most:
        yield f"One person is asked at least {summary.asked.fewest} and at most {summary.asked.most}."
    yield (
        f"The pack says that it takes {count(summary.minutes, 'minute', 'minutes')}. By its words, reading and "
        f"choosing take about {summary.minutes_by_words}."
    )


def _areas(pack: Pack) -> Iterator[Block]:
    if pack.areas:
        yield Paragraph(("The areas with their factors; each is the mean of these, by weight:",))
        entries = ((area.id, listing([_factor(one) for one in pack.members[area.id]])) for area in pack.areas)
        yield Entries(tuple(Entry((Strong(name),), ((f"{factors}.",),)) for name, factors in entries))
        if alone := [factor.id for factor in pack.factors if factor.area is None]:
            yield Paragraph((f"In no area: {listing(alone)}.",))


def _factor(factor: Factor) -> str:
    return factor.id if factor.weight == 1 else f"{factor.id} (weight {factor.weight})"


def _factors(summary: Summary) -> Iterator[Block]:
    yield Paragraph(("Each question with its part of the factor in per cent, when all are asked:",))
    yield Entries(tuple(Entry((Strong(one.factor.id),), ((f"{_parts(one)}.",),)) for one in summary.factors))


def _parts(one: FactorSummary) -> str:
    return ", ".join(f"{part.question.id}{_weight(part)} {round(part.share)}" for part in one.parts)


def _weight(part: Part) -> str:
    return f" (weight {part.weight})" if part.weight != 1 else ""


def _sources(summary: Summary) -> Iterator[Block]:
    if summary.sources:
        yield Paragraph(
            (f"How many things name each source: {listing([f'{name} {n}' for name, n in summary.sources])}.",)
        )


def _dropped(pack: Pack) -> Iterator[Block]:
    if pack.retired:
        yield Entries(tuple(Entry((Strong(one.text),), ((sentence(dropped(pack, one)),),)) for one in pack.retired))


def _guidance(pack: Pack, summary: Summary) -> Iterator[Block]:
    if pack.resources:
        here = [f"{n} for {name}" for name, n in summary.by_nation]
        replaced = f" {count(summary.replaced, 'has', 'have')} been replaced." if summary.replaced else ""
        yield Paragraph((f"In use: {listing([f'{summary.everywhere} for everywhere', *here])}.{replaced}",))
