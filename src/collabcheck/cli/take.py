"""The main job: `assess` asks, `report` reads."""

import os
import shlex
import sys
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collabcheck.anonymity import FEWEST, SMALLEST_GROUP
from collabcheck.characters import one_line, shown, visible
from collabcheck.cli import shell
from collabcheck.cli.benchmarks import beside, read_others
from collabcheck.cli.group import check_apart, gather, withheld
from collabcheck.cli.options import Anonymous, AsReport, Force, Output, PackFolder, Plain, WhenColour, band_ids, targets
from collabcheck.cli.planning import open_plan, save_plan
from collabcheck.cli.shell import Colour
from collabcheck.problems import CollabcheckError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from collabcheck.advice import Advice
    from collabcheck.answers import AnswerSheet
    from collabcheck.assessment import Assessment
    from collabcheck.files.sheets import OpenSheet
    from collabcheck.pack import Pack
    from collabcheck.panel import Panel
    from collabcheck.prompts.askers import Asker
    from collabcheck.renewal import Renewed
    from collabcheck.report.blocks import Block, Report

_WARNINGS = 50
"""So many are shown of answers that are kept and not used."""


def assess(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="The answer sheet to fill in; made if new.")] = Path(
        "answers.yaml"
    ),
    pack: PackFolder = None,
    plain: Plain = False,
    color: WhenColour = Colour.AUTO,
) -> None:
    """Answer the questions in the terminal, then see the report.

    Every answer is saved at once. Stop when you like; run the same command again to go on.

    Examples:

      collabcheck assess

      collabcheck assess riverside.yaml

      collabcheck assess riverside.yaml --plain
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            "assess asks questions, so it needs a terminal. For a report on answers in a file: collabcheck report SHEET"
        )
    from rich.text import Text

    from collabcheck.advice import advise
    from collabcheck.files.packs import load_pack
    from collabcheck.report.formats import FORMATS
    from collabcheck.report.outline.assessment import report_on, summary
    from collabcheck.scoring import score

    questions = load_pack(pack)
    plainly, path = shell.asking_plainly(plain), sheet.absolute()
    asker = _asker(plain=plainly, color=color)
    again = partial(_line, "assess", pack=pack, plain=plain)
    answers = _interview(questions, path, asker, again=again, plain=plainly)
    safe = f"All your answers are safe. The file is {path}"
    with shell.ending_at_once(lambda: shell.tell(f"\n{safe}"), "" if plainly else "\x1b[0m"):
        assessment = score(questions, answers)
        look = shell.look_of("-", color, plain=plain)
        page = FORMATS["terminal"].write(report_on(assessment, advise(assessment)), {}, look)
        try:
            shell.deliver(page, "-", force=False)
        except CollabcheckError:
            shell.tell(safe)
            raise
    kept = path.with_suffix(".txt").name
    said = visible(summary(assessment))
    asker.show(Text(f"\nThat was the report. It begins further up, with “In short”: {said}"))
    shell.tell("To keep it as a file that any program can open or print:")
    shell.tell(f"  {_line('report', path, pack=pack)} -o {shlex.quote(kept)}\n\nYour answers are in {path}")


def _line(command: str, sheet: Path, *, pack: Path | None, plain: bool = False) -> str:
    """Return a command line to copy, which works in any folder, by the name the program was called."""
    name = shlex.split(os.environ.get("COLLABCHECK_COMMAND", "collabcheck"))
    options = [*(["--pack", str(pack.absolute())] if pack else []), *(["--plain"] if plain else [])]
    return shlex.join([*name, command, str(sheet), *options])


def _asker(*, plain: bool, color: Colour) -> "Asker":
    from collabcheck.prompts.askers import ListAsker, NumberedAsker

    width = shell.width_of(sys.stderr)
    if plain:
        return NumberedAsker(sys.stdin, sys.stderr, width)
    from prompt_toolkit.output import create_output

    # Where the cursor is: the answer may come when we have left, to the shell.
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
    streams = {"output": create_output(stdout=sys.stderr)}
    return ListAsker(sys.stderr, width, colour=shell.in_colour(color, sys.stderr), streams=streams)


def _interview(
    pack: "Pack", path: Path, asker: "Asker", *, again: "Callable[[Path], str]", plain: bool
) -> "AnswerSheet":
    """Ask until all is answered and checked. Whatever ends it early, the answers are on disk already."""
    from collabcheck.files.sheets import open_sheet
    from collabcheck.prompts.askers import ListAsker, Stop
    from collabcheck.prompts.conversation import Conversation

    now = datetime.now(tz=UTC).astimezone()
    with open_sheet(pack, path, now=f"{now:%H:%M on %d/%m/%Y}") as store:

        def save(sheet: "AnswerSheet") -> None:
            store.save(sheet.dated(pack, f"{now:%Y-%m-%d}"))

        talk: Conversation | None = None

        def leave(*, failed: bool = False) -> None:
            where = store.secure()
            store.close()
            if talk and talk.pending:
                shell.tell("\nA note was not saved, because its question has no answer yet.")
            if failed and store.unsaved:
                shell.tell("\nYour last answer was not saved.")
            _say_where(pack, path, store, where, again)

        with shell.ending_at_once(leave, "" if plain else ListAsker.UNDO):
            try:
                talk = Conversation(asker, pack, _begin(pack, path, store, asker, f"{now:%Y-%m-%d}"), save)
                talk.run()
                store.secure()
                return store.read()
            except Stop:
                leave()
                raise typer.Exit(shell.STOPPED) from None
            except CollabcheckError as error:
                if store.sheet is None:
                    raise
                shell.say_problems(error.problems)
                leave(failed=True)
                raise typer.Exit(shell.PROBLEMS) from error


def _begin(pack: "Pack", path: Path, store: "OpenSheet", asker: "Asker", today: str) -> "AnswerSheet":
    """Return the sheet to go on with: the one in the file, or a new one."""
    from collabcheck.prompts.conversation import begin_sheet, opening, returning

    if store.exists:
        sheet = store.read()
        for paragraph in returning(pack, sheet):
            asker.show(paragraph)
        return sheet
    for paragraph in opening(pack, str(path)):
        asker.show(paragraph)
    sheet = begin_sheet(asker, pack, today)
    store.save(sheet)
    return sheet


def _say_where(
    pack: "Pack", path: Path, store: "OpenSheet", where: Path | None, again: "Callable[[Path], str]"
) -> None:
    """Say how many answers are in the file, where it is, and how to go on; or that there is none."""
    if store.sheet is None and not store.exists:
        shell.tell("\nStopped. Nothing was answered, so there is no file.")
    elif where is None:
        lost = len(store.sheet.replies) if store.sheet else 0
        were = {0: "no answer was", 1: "1 answer was"}.get(lost, f"{lost} answers were")
        shell.tell(f"\nStopped. The file {path} has gone; {were} in it. It could not be written anew.")
    else:
        if store.anew:
            shell.tell(f"\nThe file {path} had gone, so the answers were written anew.")
        _say_how_many(pack, where, again(where))


def _say_how_many(pack: "Pack", where: Path, again: str) -> None:
    from collabcheck.files.sheets import read_sheet

    try:
        answered = len(read_sheet(pack, where).replies)
    except CollabcheckError as error:
        shell.tell(f"\nStopped. The file is {where}, and something is wrong with it:")
        shell.say_problems(error.problems)
        return
    said = {0: "No question is answered yet.", 1: "1 answer is safe."}.get(answered, f"{answered} answers are safe.")
    shell.tell(f"\nStopped. {said} The file is {where}\n\nTo go on, from any folder:\n  {again}")


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
        int, typer.Option("--invited", metavar="N", min=0, help="Of several sheets: how many people were asked.")
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
    from collabcheck.panel import pool
    from collabcheck.renewal import renew
    from collabcheck.report.outline.plan import tally
    from collabcheck.report.outline.withheld import without_words

    questions = load_pack(pack)
    _check_band(questions, require)
    aims = _targets(questions, target or ())
    read = gather(questions, sheet or ["answers.yaml"])
    check_apart((*read, *([str(benchmark)] if benchmark else [])), {"the report": output, "the plan": str(plan or "-")})
    if len(read) == 1 and (named or invited):
        raise UsageError("--invited and --named are for several sheets, and there is one.")
    if 0 < invited < len(read):
        raise UsageError(f"{len(read)} people have answered, so more than {invited} were asked.")
    answers = [replace(one, targets={**one.targets, **aims}) for one in read.values()]
    if anonymous:
        answers = withheld(questions, answers)
    of = {name: f"{shown(name)}: " if len(read) > 1 else "" for name in read}
    shell.tell_some([of[name] + line for name, one in read.items() for line in _kept(questions, one)], _WARNINGS)
    old = open_plan(plan) if plan else None
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
    if plan and old and renewed:
        save_plan(plan, old, renewed, assessment, advice)  # at once: people may have it open while they read the report
    shell.deliver(written, output, force=force)
    if renewed:
        shell.tell(f"The plan is in {plan}: {tally(renewed)}.")
    if require and _below(assessment, require):
        shell.tell(f"The overall result is below “{require}”.")
        raise typer.Exit(shell.BELOW)


def _page(
    panel: "Panel",
    advice: "Advice",
    plan: "Renewed | None",
    among: "Sequence[Block]",
    *,
    explain: bool,
    invited: int,
    named: bool,
) -> "Report":
    """Return the report on one person's answers, or on those of several."""
    if panel.people == 1:
        from collabcheck.report.outline.assessment import report_on

        return report_on(panel.assessment, advice, explain=explain, plan=plan, among=among)
    from collabcheck.report.outline.panel import panel_report

    return panel_report(panel, advice, invited=invited, named=named, explain=explain, plan=plan, among=among)


def _data(panel: "Panel", advice: "Advice", invited: int) -> dict[str, Any]:
    if panel.people == 1:
        from collabcheck.report.data import assessment_data

        return assessment_data(panel.assessment, advice)
    from collabcheck.report.panel_data import panel_data

    return panel_data(panel, advice, invited)


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
    from collabcheck.problems import did_you_mean

    factor, _, band = pair.partition("=")
    if not band:
        such = f"{pack.factors[0].id}={pack.bands[-1].id}"
        raise UsageError(
            f"“{pair[:60]}” is not a factor and a band. Write --target FACTOR=BAND, such as --target {such}."
        )
    if factor not in pack.factor:
        raise UsageError(f"there is no factor “{factor[:60]}”. {did_you_mean(factor, list(pack.factor))}")
    _check_band(pack, band)
    return factor, band


def _kept(pack: "Pack", sheet: "AnswerSheet") -> "Iterator[str]":
    """Warn of answers that are kept but do not count, by name."""
    from collabcheck.report.outline.wording import WHY_ASIDE

    for aside in sheet.set_aside:
        yield f"Not scored: “{one_line(aside.question)}”, because {WHY_ASIDE[aside.why]}."
    for name in sorted(sheet.reworded(pack)):
        yield f"The words of “{name}” have changed since it was answered: check that the answer still fits."


def _below(assessment: "Assessment", band: str) -> bool:
    """Say whether the overall result may be below a band: its low end counts, caps included."""
    from collabcheck.assessment import NotAssessed

    result = assessment.overall.score
    return isinstance(result, NotAssessed) or result.bands.low.starts < assessment.pack.band[band].starts
