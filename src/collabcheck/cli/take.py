"""The main job: `report` on one sheet, or on all of one organisation."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collabcheck.anonymity import FEWEST, SMALLEST_GROUP
from collabcheck.characters import one_line, shown
from collabcheck.cli import shell
from collabcheck.cli.benchmarks import beside, read_others
from collabcheck.cli.group import check_apart, gather, pack_files, withheld
from collabcheck.cli.options import (
    Anonymous,
    AsReport,
    Force,
    Output,
    PackFolder,
    Plain,
    WhenColour,
    band_ids,
    no_such_factor,
    targets,
)
from collabcheck.cli.planning import open_plan, plan_bytes
from collabcheck.cli.shell import Colour
from collabcheck.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collabcheck.advice import Advice
    from collabcheck.answers import AnswerSheet
    from collabcheck.assessment import Assessment
    from collabcheck.pack import Pack
    from collabcheck.panel import Panel
    from collabcheck.renewal import Renewed
    from collabcheck.report.blocks import Report
    from collabcheck.report.outline.assessment import Among

_WARNINGS = 50
"""So many are shown of answers that are kept and not used."""


def report(
    sheet: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SHEET...",
            help="An answer sheet, answers.yaml if none is named; or several of one organisation, or a folder of them. "
            "- reads standard input.",
        ),
    ] = None,
    output: Output = "-",
    format_: AsReport = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the arithmetic, question by question.")] = False,
    require: Annotated[
        str,
        typer.Option(
            "--require",
            metavar="BAND",
            help="Exit with 4 if the overall result is below this band.",
            autocompletion=band_ids,
        ),
    ] = "",
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target",
            metavar="FACTOR=BAND",
            help="Say how far this factor is from this band. More than once; stronger than the sheet's targets.",
            autocompletion=targets,
        ),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            metavar="FILE",
            readable=False,  # we say ourselves what is wrong with it
            help="Keep all steps in this file, .csv or .md; what you type there stays.",
        ),
    ] = None,
    benchmark: Annotated[
        Path | None,
        typer.Option("--benchmark", metavar="FILE", help="Say where you stand among others; cohort makes such a file."),
    ] = None,
    invited: Annotated[
        int, typer.Option("--invited", metavar="N", min=0, help="How many people were asked for a sheet.")
    ] = 0,
    named: Annotated[bool, typer.Option("--named", help="Of several sheets: say who said what.")] = False,
    anonymous: Anonymous = False,
    smallest_group: Annotated[
        int,
        typer.Option(
            "--smallest-group",
            metavar="N",
            min=FEWEST,
            help="Of several sheets: show a role by itself from so many people on.",
        ),
    ] = SMALLEST_GROUP,
    pack: PackFolder = None,
    plain: Plain = False,
    color: WhenColour = Colour.AUTO,
    force: Force = False,
) -> None:
    """Print the report on an answer sheet, or on several of one organisation. Asks none of the questions.

    Several sheets are pooled: the report opens with where people differ most and what nobody knows.

    Examples:

      collabcheck report riverside.yaml

      collabcheck report riverside.yaml -o riverside.md

      collabcheck report riverside.yaml --explain

      collabcheck report riverside.yaml --target size=ready

      collabcheck report riverside.yaml --plan plan.csv

      collabcheck report answers/ --invited 12 -o board.html

      collabcheck report riverside.yaml --benchmark members.json

      collabcheck report riverside.yaml --anonymous -o for-our-funder.html

      collabcheck report - --format json < riverside.yaml
    """
    chosen = shell.format_of(format_, output)
    if anonymous and (named or plan):
        other = "--named says who said what" if named else "a plan holds names and words of people"
        raise UsageError(f"{other}, so it cannot go with --anonymous. Make two reports.")
    from collabcheck.advice import advise
    from collabcheck.files.packs import load_pack
    from collabcheck.files.saving import write_whole
    from collabcheck.panel import pool
    from collabcheck.renewal import renew
    from collabcheck.report.outline.plan import tally
    from collabcheck.report.outline.withheld import without_words

    questions = load_pack(pack)
    _check_band(questions, require)
    aims = _targets(questions, target or ())
    read = gather(questions, sheet or ["answers.yaml"])
    check_apart(
        (*read, *([str(benchmark)] if benchmark else []), *pack_files(pack)),
        {"the report": output, "the plan": str(plan or "-")},
    )
    shell.check_free(output, force=force or shell.may_ask())
    _check_people(len(read), invited=invited, named=named)
    answers = [replace(one, targets={**one.targets, **aims}) for one in read.values()]
    if anonymous:
        answers = withheld(questions, answers)
    shell.tell_some(list(_all_kept(questions, read)), _WARNINGS)
    old = open_plan(plan) if plan else None
    shell.check_free(str(plan or "-"), force=True)
    others = read_others(questions, benchmark)

    panel = pool(questions, answers, smallest_group=smallest_group)
    assessment = panel.assessment
    advice = advise(assessment)
    renewed = renew(old.plan, assessment, advice) if old else None
    among, places = beside(assessment, others)
    page = _page(panel, advice, renewed, among, explain=explain, invited=invited, named=named)
    data = {**_data(panel, advice, invited), **places}
    if anonymous:
        page, data = without_words(page), {**data, "anonymous": True}

    look = shell.look_of(output, color, plain=plain)
    written = chosen.write(page, data, look)
    kept = plan_bytes(plan, old, renewed, assessment, advice) if plan and old and renewed else b""
    shell.deliver(written, output, force=force)
    if plan and renewed:
        write_whole(plan, kept, force=True)  # last: what is new is marked only once, so in a report that is there
        shell.tell(f"The plan is in {shown(str(plan))}: {tally(renewed)}.")
    _require(assessment, require)


def _page(
    panel: "Panel",
    advice: "Advice",
    plan: "Renewed | None",
    among: "Among",
    *,
    explain: bool,
    invited: int,
    named: bool,
) -> "Report":
    """Return the report on one person's answers, or on those of several."""
    if panel.people == 1:
        from collabcheck.report.outline.assessment import report_on

        return report_on(panel.assessment, advice, invited=invited, explain=explain, plan=plan, among=among)
    from collabcheck.report.outline.panel import panel_report

    return panel_report(panel, advice, invited=invited, named=named, explain=explain, plan=plan, among=among)


def _data(panel: "Panel", advice: "Advice", invited: int) -> dict[str, Any]:
    if panel.people == 1:
        from collabcheck.report.data import assessment_data

        return assessment_data(panel.assessment, advice, invited)
    from collabcheck.report.panel_data import panel_data

    return panel_data(panel, advice, invited)


def _check_people(people: int, *, invited: int, named: bool) -> None:
    """Refuse what is for several people if there is one, and fewer invited than have answered."""
    if people == 1 and named:
        raise UsageError("--named is for several sheets, and there is one. Leave it out.")
    if 0 < invited < people:
        raise UsageError(f"{people} people have answered, so more than {invited} were asked.")


def _check_band(pack: "Pack", band: str) -> None:
    from collabcheck.problems import did_you_mean

    if band and band not in pack.band:
        raise UsageError(f"there is no band “{band}”. {did_you_mean(band, list(pack.band))}")


def _targets(pack: "Pack", pairs: "Sequence[str]") -> dict[str, str]:
    aims = [_target(pack, pair) for pair in pairs]
    twice = next((factor for i, (factor, _) in enumerate(aims) if factor in dict(aims[:i])), "")
    if twice:
        raise UsageError(f"there are two targets for “{twice}”. Give one.")
    return dict(aims)


def _target(pack: "Pack", pair: str) -> tuple[str, str]:
    """Return the factor and the band that are named as FACTOR=BAND."""
    factor, _, band = pair.partition("=")
    if not band:
        such = f"{pack.factors[0].id}={pack.bands[-1].id}"
        raise UsageError(
            f"“{pair[:60]}” is not a factor and a band. Write --target FACTOR=BAND, such as --target {such}."
        )
    if factor not in pack.factor:
        raise no_such_factor(pack, factor)
    _check_band(pack, band)
    return factor, band


def _all_kept(pack: "Pack", sheets: "Mapping[str, AnswerSheet]") -> "Iterator[str]":
    """Warn of what is kept and does not count, once for all of several sheets."""
    of: dict[str, list[str]] = {}
    for name, sheet in sheets.items():
        for line in _kept(pack, sheet):
            of.setdefault(line, []).append(name)
    for line, names in of.items():
        one = f"{shown(names[0])}: " if len(sheets) > 1 else ""
        yield f"{one if len(names) == 1 else f'{len(names)} sheets: '}{line}"


def _kept(pack: "Pack", sheet: "AnswerSheet") -> "Iterator[str]":
    """Warn of answers that are kept but do not count, by name."""
    from collabcheck.report.outline.wording import why_aside

    if (sheet.set_aside or sheet.reworded(pack)) and sheet.pack_version not in ("", pack.version):
        yield f"It answers another version of the questions than this one, which is {pack.version}."
    for aside in sheet.set_aside:
        yield f"Not scored: “{one_line(aside.question)}”, as {why_aside(pack, aside)}."
    for name in sorted(sheet.reworded(pack)):
        yield f"The words of “{name}” have changed since it was answered: check that the answer still fits."


def _require(assessment: "Assessment", band: str) -> None:
    """End with the exit code for it if the overall result may be below a band: its low end counts, caps included."""
    from collabcheck.assessment import NotAssessed

    result = assessment.overall.score
    if band and (isinstance(result, NotAssessed) or result.bands.low.starts < assessment.pack.band[band].starts):
        shell.tell(f"The overall result is below “{band}”.")
        raise typer.Exit(shell.BELOW)
