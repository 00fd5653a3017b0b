"""What both kinds of comparison share: the chart with two marks, two answers side by side, what was compared."""

from collections.abc import Iterable, Iterator, Sequence

from collabcheck.assessment import Assessment, Score
from collabcheck.comparison.questions import Common, Why, told_versions
from collabcheck.pack import Pack
from collabcheck.questions import Question
from collabcheck.report.blocks import Block, Bullets, Dumbbell, Dumbbells, Paragraph
from collabcheck.report.outline.factors import gauge, scale
from collabcheck.report.outline.wording import (
    called,
    count,
    days,
    dropped,
    no_longer_asked,
    per_cent,
    reach,
    sentence,
)

Row = tuple[str, Score, Score]
"""A name, and the score of either side."""


def chart(
    pack: Pack, caption: str, sides: tuple[str, str], rows: Iterable[Row], *, of: str = "Factor", gain: bool = False
) -> Iterator[Block]:
    """Yield a chart with two marks a row, if there is a row; its caption ends with the range of scores."""
    lines = tuple(
        Dumbbell(label, gauge(pack, sides[0], first, gain=gain), gauge(pack, sides[1], second, gain=gain))
        for label, first, second in rows
    )
    if lines:
        columns = (of, sentence(reach(pack)).rstrip("."))
        yield Dumbbells(f"{caption}, {reach(pack)}", columns, sides, scale(pack, gain=gain), lines)


def about(question: Question) -> str:
    """Return what a question is called beside two answers to it; nobody’s role is a matter of progress or fit."""
    return "Who answered" if question.means == "role" else question.text


def shared(first: Assessment, second: Assessment, common: Common) -> Iterator[Block]:
    """Yield for how many people a side speaks, if not for one, and which part is compared, if not all."""
    for side in (first, second):
        if len(side.sheets) > 1:
            who = f"{side.sheet.organisation}, {days(side.sheets)}: {len(side.sheets)} people answered."
            yield Paragraph((f"{who} Each score is the mean of theirs, which can hide that they differ.",))
    if common.share < 1:
        share = f"{per_cent(common.share)} per cent of the scored questions were the same for both."
        rest = "The rest is left out, so scores can differ from those in each report: see “How this was compared”."
        yield Paragraph((f"{share} {rest}",))


def compared(first: Assessment, second: Assessment, common: Common) -> Iterator[Block]:
    """Yield how far the two were asked the same, and what is left out because they were not."""
    asked, alone = count(len(common.compared), "scored question", "scored questions"), len(common.compared) == 1
    versions = [version for version in told_versions(first, second) if version]
    if not common.left_out:
        said = _versions(first.pack, versions) if _one(versions) else ""
        both = f"to which both have a reply {'is' if alone else 'are'} compared; none is left out"
        yield Paragraph((f"{said}{asked} {both}.",))
        yield from _more(first, second)
        return
    said = _versions(first.pack, versions) if len(versions) > 1 else ""
    same = "was the same for both. Only this one counts" if alone else "were the same for both. Only these count"
    yield Paragraph((f"{said}{asked} {same} here.",))
    yield Paragraph(("Left out:",))
    known = [one for one in common.left_out if one.why is not Why.RETIRED]
    lines = [f"{called(first.pack, one.question)} ({WHY[one.why]})" for one in known]
    gone = [one.question for one in common.left_out if one.why is Why.RETIRED]
    told = [first.pack.retirement[name] for name in gone if name in first.pack.retirement]
    lines += [f"{one.text} ({dropped(first.pack, one)})" for one in told]
    lines += [no_longer_asked(len(gone) - len(told))] if len(gone) > len(told) else []
    yield Bullets(tuple((line,) for line in lines))
    yield from _more(first, second)


def _more(first: Assessment, second: Assessment) -> Iterator[Block]:
    """Say how many questions only one of the two was asked, as these count in its scores."""
    progress = first.sheet.same_organisation(second.sheet)
    for side, other, when in ((first, second, "Then"), (second, first, "Now")):
        if more := sum(bool(question.informs) and question not in other.asked for question in side.asked):
            who = f"{when} you were" if progress else f"{side.sheet.organisation} was"
            count_ = "it counts in the scores there" if more == 1 else "they count in the scores there"
            yield Paragraph((f"{who} asked {more} more by other answers; {count_}.",))


def _one(versions: Sequence[str]) -> bool:
    return len(set(versions)) == 1


def _versions(pack: Pack, versions: Sequence[str]) -> str:
    """Say with which versions of the questions the two were answered, and which is the one of today."""
    if not _one(versions):
        return f"They were answered with versions {' and '.join(versions)} of the questions. "
    today = "" if versions[0] == pack.version else f", which are at {pack.version} today"
    return f"Both were answered with version {versions[0]} of the questions{today}. "


WHY = {
    Why.CHANGED: "what it takes as an answer has changed",
    Why.REWORDED: "it was asked in other words",
    Why.ONE_SIDED: "only one of the two has an answer to it",
}
