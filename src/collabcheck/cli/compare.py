"""`compare`: one organisation at two dates, or two organisations."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collabcheck.characters import shown
from collabcheck.cli import shell
from collabcheck.cli.group import check_apart, gather_both, pack_files, withheld
from collabcheck.cli.options import Anonymous, AsReport, Force, Output, PackFolder, Plain, WhenColour
from collabcheck.cli.shell import Colour
from collabcheck.problems import UsageError

if TYPE_CHECKING:
    from collabcheck.answers import AnswerSheet
    from collabcheck.plan import Plan

_ALIKE = 0.85
"""From how alike two names are, they may be one organisation’s."""


def compare(
    first: Annotated[
        str,
        typer.Argument(
            metavar="A", help="An answer sheet, or a folder of sheets of one organisation; - reads standard input."
        ),
    ],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    output: Output = "-",
    format_: AsReport = None,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", metavar="FILE", help="Say what became of the steps in this plan; it is only read."),
    ] = None,
    anonymous: Anonymous = False,
    pack: PackFolder = None,
    plain: Plain = False,
    color: WhenColour = Colour.AUTO,
    force: Force = False,
) -> None:
    """Compare two answer sheets: what has changed in a year, or how two organisations would go together.

    Two sheets of one organisation: what got better, what slipped, which steps are done. Of two organisations: what to
    talk about first, what each could bring, red flags on either side. Notes and evidence are not shown to a partner.

    Examples:

      collabcheck compare riverside-2026.yaml riverside-2027.yaml

      collabcheck compare riverside-2026.yaml riverside-2027.yaml --plan plan.csv

      collabcheck compare riverside.yaml carers-centre.yaml -o first-meeting.html

      collabcheck compare riverside-2026.yaml riverside-2027.yaml --anonymous -o for-our-funder.html
    """
    chosen = shell.format_of(format_, output)
    if anonymous and plan:
        raise UsageError("a plan holds names and words of people, so it cannot go with --anonymous. Leave out one.")
    if first == second == "-":
        raise UsageError("only one of the two sheets can come from standard input. Name a file for the other.")
    from collabcheck.comparison.sides import compare as compared
    from collabcheck.files.packs import load_pack
    from collabcheck.report.comparison_data import comparison_data
    from collabcheck.report.outline.comparison import report_on_two
    from collabcheck.report.outline.withheld import without_words
    from collabcheck.scoring import score

    questions = load_pack(pack)
    sides = gather_both(questions, first, second)
    check_apart((*sides[0], *sides[1], *([str(plan)] if plan else []), *pack_files(pack)), {"the report": output})
    read = [withheld(questions, list(side.values())) if anonymous else side.values() for side in sides]
    left, right = (score(questions, *side) for side in read)
    one, other = left.sheet, right.sheet
    _check_comparable(one, other, plan)
    kept = _plan(plan) if plan else None
    comparison = compared(left, right, kept)
    for line in _about_order(one, other, first, second):
        shell.tell(line)
    page, data = report_on_two(comparison), comparison_data(comparison)
    if anonymous:
        page, data = without_words(page), {**data, "anonymous": True}
    look = shell.look_of(output, color, plain=plain)
    shell.deliver(chosen.write(page, data, look), output, force=force)


def _plan(path: Path) -> "Plan":
    from collabcheck.files.plans import KINDS, kind_of, read_plan

    if kind_of(path) is None:
        raise UsageError(
            f"a plan cannot be read from “{shown(str(path))}”. Its name ends in one of: {', '.join(KINDS)}."
        )
    return read_plan(path).plan


def _check_comparable(first: "AnswerSheet", second: "AnswerSheet", plan: Path | None) -> None:
    """Refuse two sheets of one organisation and day, and a plan that belongs to neither of two organisations."""
    from collabcheck.report.outline.wording import day

    same = first.same_organisation(second)
    if same and first.date == second.date:
        name = shown(first.organisation)
        raise UsageError(
            f"both sheets are of {name} on {day(first.date)}, so nothing can have changed between them. "
            "Name two sheets with different dates, or of two organisations."
        )
    if plan and not same:
        raise UsageError(
            f"a plan goes with one organisation at two dates; these sheets are of {shown(first.organisation)} and "
            f"{shown(second.organisation)}. Leave out --plan."
        )


def _about_order(first: "AnswerSheet", second: "AnswerSheet", one: str, other: str) -> Iterator[str]:
    """Say that the older sheet comes first, and that two names may mean one organisation."""
    from difflib import SequenceMatcher

    if first.same_organisation(second):
        if first.date > second.date:
            yield f"“{shown(other)}” is older than “{shown(one)}”, so it comes first."
    elif SequenceMatcher(None, first.organisation.casefold(), second.organisation.casefold()).ratio() >= _ALIKE:
        names = f"“{shown(first.organisation)}” and “{shown(second.organisation)}”"
        yield f"{names} are taken for two organisations. If they are one, write its name alike in both sheets."
