"""Pages to read: a trend, the list of trends, and the guidance."""

from collections.abc import Iterator, Sequence

from collabcheck.advice import serves
from collabcheck.pack import Pack, Resource, Trend
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Report, Section, Strong, Words
from collabcheck.report.outline.wording import about_resource, clause, count, day, inside, listing

KINDS = {"opportunity": "Opportunity", "risk": "Risk", "change": "Change"}


def trend_list(pack: Pack) -> Report:
    """Return the trends of a pack, each with its first sentence."""
    entries = tuple(
        Entry(
            (Strong(trend.title),),
            (
                (trend.summary[0].text,),
                (_size(trend),),
                *_tied(pack, trend),
                (f"Read it: collabcheck trends {trend.id}",),
            ),
        )
        for trend in pack.trends
    )
    sections = (Section("Trends", (Entries(entries),)), *coming(pack))
    return Report(pack.title, pack.about, pack.language, sections)


def coming(pack: Pack) -> Iterator[Section]:
    """Yield the questions that later versions will ask."""
    if pack.coming:
        told = ((one, f"From version {one.from_}, because {clause(one.because)}.") for one in pack.coming)
        yield Section(
            "Questions to come", (Entries(tuple(Entry((Strong(one.text),), ((why,),)) for one, why in told)),)
        )


def _tied(pack: Pack, trend: Trend) -> Iterator[Words]:
    """Say whether everybody is asked about a trend, and to which others it is tied, and how."""
    choice = pack.that_means("trend")
    if choice and trend.id in choice.choice:
        yield (f"Asked about only if you choose it: collabcheck assess --trend {trend.id}",)
    for related in trend.related:
        if related.trend:
            yield (f"Related: {related.title}. {related.why}",)


def _size(trend: Trend) -> str:
    return f"{count(len(trend.themes), 'theme', 'themes')}, {count(len(trend.questions), 'question', 'questions')}."


def trend_page(pack: Pack, trend: Trend) -> Report:
    """Return one trend to read: what it is, what it may mean, what to ask, and where to read on."""
    sections = (
        Section("What is happening", (Bullets(tuple((point.text,) for point in trend.summary)),)),
        Section("What it may mean for you", tuple(_implications(trend))),
        Section("Moving forward", sections=tuple(_themes(trend))),
        Section("To talk about", tuple(_prompts(trend))),
        Section("Related trends", tuple(_related(trend))),
        Section("Want to know more", tuple(_guidance([pack.resource[name] for name in trend.resources]))),
    )
    return Report(
        title=trend.title,
        subtitle=f"Where it comes from: {trend.based_on}.",
        language=pack.language,
        sections=tuple(section for section in sections if section.blocks or section.sections),
    )


def _implications(trend: Trend) -> Iterator[Block]:
    if trend.implications:
        yield Entries(tuple(Entry((Strong(KINDS[i.kind]), f": {i.text}")) for i in trend.implications))


def _themes(trend: Trend) -> Iterator[Section]:
    for theme in trend.themes:
        questions = Bullets(tuple((question.text,) for question in theme.questions))
        yield Section(theme.title, (Paragraph((theme.statement,)), questions))


def _prompts(trend: Trend) -> Iterator[Block]:
    if trend.discussion:
        yield Bullets(tuple((prompt.text,) for prompt in trend.discussion))


def _related(trend: Trend) -> Iterator[Block]:
    if trend.related:
        yield Entries(tuple(Entry((Strong(related.title),), ((related.why,),)) for related in trend.related))


def _guidance(resources: Sequence[Resource]) -> Iterator[Block]:
    if resources:
        yield Entries(tuple(about_resource(resource) for resource in resources))


def guidance_page(pack: Pack, *, factor: str = "", nation: str = "") -> Report:
    """Return the guidance, or what of it helps with a factor or applies in a nation, with all that is known of it."""
    chosen = [
        resource
        for resource in pack.resources
        if (not factor or factor in resource.factors) and serves(resource.nations, [nation] if nation else ())
    ]
    places = pack.that_means("nation")
    about = [f"For {inside(pack.factor[factor].title)}."] if factor else []
    about += [f"In {places.choice[nation].text}."] if places and nation else []
    current = tuple(_in_full(pack, resource) for resource in chosen if not resource.superseded_by)
    replaced = tuple(_in_full(pack, resource) for resource in chosen if resource.superseded_by)
    sections = [Section("Guidance", (Entries(current),))] if current else []
    sections += [Section("Replaced by something newer", (Entries(replaced),))] if replaced else []
    sections = sections or [Section("Guidance", (Paragraph(("The pack has none for this.",)),))]
    return Report("Guidance", " ".join(about) or "All that the pack names.", pack.language, tuple(sections))


def _in_full(pack: Pack, resource: Resource) -> Entry:
    entry = about_resource(resource)
    facts: list[Words] = []
    if resource.factors:
        facts.append((f"Helps with: {listing([pack.factor[name].title for name in resource.factors])}.",))
    facts.append((f"Applies in: {listing(_nations(pack, resource)) or 'every nation'}.",))
    if resource.superseded_by:
        facts.append((f"Read instead: {listing([pack.resource[name].title for name in resource.superseded_by])}.",))
    if resource.link:
        checked = "by nobody yet" if resource.checked == "never" else f"on {day(resource.checked)}"
        facts.append((f"Link last checked: {checked}.",))
    return Entry(entry.term, (*entry.lines, *facts))


def _nations(pack: Pack, resource: Resource) -> list[str]:
    question = pack.that_means("nation")
    return [question.choice[name].text if question else name for name in resource.nations]
