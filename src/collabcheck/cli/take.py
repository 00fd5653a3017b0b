"""The main job: `assess` asks, `report` reads."""

import shlex
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from collabcheck.cli import shell
from collabcheck.cli.options import Force, Output, PackFolder, Plain, ReportFormat, WhenColour, band_ids
from collabcheck.cli.shell import Colour
from collabcheck.problems import UsageError

if TYPE_CHECKING:
    from collabcheck.answers import AnswerSheet
    from collabcheck.files.sheets import OpenSheet
    from collabcheck.pack import Pack
    from collabcheck.prompts import Asker
    from collabcheck.report.formats import Format, Look
    from collabcheck.scoring import Assessment

STOPPED = 130
BELOW = 4


def assess(
    sheet: Annotated[Path, typer.Argument(metavar="[SHEET]", help="The answer sheet to fill in; made if new.")] = Path(
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
    from collabcheck.files.packs import load_pack

    questions = load_pack(pack)
    asker = _asker(plain=shell.plain_wanted(plain), color=color)
    answers = _interview(questions, sheet, asker, again=_line("assess", sheet, pack))
    _print_report(questions, answers, plain=plain, color=color)
    shell.tell(f"\nYour answers are in {sheet}. To see this report again:\n  {_line('report', sheet, pack)}")


def _line(command: str, sheet: Path, pack: Path | None) -> str:
    """Return a command line to copy."""
    return shlex.join(["collabcheck", command, str(sheet), *(["--pack", str(pack)] if pack else [])])


def _asker(*, plain: bool, color: Colour) -> "Asker":
    from collabcheck.prompts import ListAsker, NumberedAsker

    width = shell.width_of(sys.stderr)
    if plain:
        return NumberedAsker(sys.stdin, sys.stderr, width)
    from prompt_toolkit.output import create_output

    streams = {"output": create_output(stdout=sys.stderr)}
    return ListAsker(sys.stderr, width, colour=shell.in_colour(color, sys.stderr), streams=streams)


def _interview(pack: "Pack", path: Path, asker: "Asker", *, again: str) -> "AnswerSheet":
    """Ask until all is answered and checked. Whatever ends it early, the answers are on disk already."""
    from collabcheck.files.sheets import open_sheet
    from collabcheck.prompts import Conversation, Stop

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _leave)
    now = datetime.now(tz=UTC).astimezone()
    with open_sheet(pack, path, now=f"{now:%H:%M on %d/%m/%Y}") as store:
        try:
            sheet = _begin(pack, path, store, asker, f"{now:%Y-%m-%d}")
            return Conversation(asker, pack, sheet, store.save).run()
        except (Stop, KeyboardInterrupt):  # Ctrl-C also comes between two questions
            _say_where(store, path, again)
            raise typer.Exit(STOPPED) from None


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _begin(pack: "Pack", path: Path, store: "OpenSheet", asker: "Asker", today: str) -> "AnswerSheet":
    """Return the sheet to go on with: the one in the file, or a new one."""
    from dataclasses import replace

    from collabcheck.prompts import begin_sheet, opening, returning

    if store.exists:
        sheet = store.read()
        asker.show(*returning(pack, sheet))
        return replace(sheet, date=today, pack_version=pack.version)
    asker.show(*opening(pack, str(path)))
    sheet = begin_sheet(asker, pack, today)
    store.save(sheet)
    return sheet


def _say_where(store: "OpenSheet", path: Path, again: str) -> None:
    if not store.exists:
        shell.tell("\nStopped. Nothing was answered, so there is no file.")
        return
    answered = len(store.read().replies)
    said = "1 answer is" if answered == 1 else f"{answered} answers are"
    shell.tell(f"\nStopped. {said} safe in {path}. To go on:\n  {again}")


def report(
    sheet: Annotated[str, typer.Argument(metavar="SHEET", help="An answer sheet; - reads standard input.")],
    output: Output = "-",
    format_: Annotated[
        ReportFormat | None, typer.Option("--format", help="The format, whatever the file's suffix says.")
    ] = None,
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
    pack: PackFolder = None,
    plain: Plain = False,
    color: WhenColour = Colour.AUTO,
    force: Force = False,
) -> None:
    """Print the report on an answer sheet. Never asks anything.

    Examples:

      collabcheck report riverside.yaml

      collabcheck report riverside.yaml -o riverside.md

      collabcheck report riverside.yaml --explain

      collabcheck report - --format json < riverside.yaml
    """
    chosen = _format(format_, output)
    from collabcheck.files.packs import load_pack

    questions = load_pack(pack)
    _check_band(questions, require)
    answers = _read(questions, sheet)
    _say_kept(questions, answers)
    look = shell.look_of(output, color, plain=plain)
    text, assessment = _render(questions, answers, chosen, look, explain=explain)
    shell.deliver(text, output, force=force)
    if require and _below(assessment, require):
        shell.tell(f"The overall result is below “{require}”.")
        raise typer.Exit(BELOW)


def _format(wish: ReportFormat | None, output: str) -> "Format":
    """Return the format asked for, or the one that the file's suffix names, or the terminal's."""
    from collabcheck.report.formats import FORMATS, by_suffix

    if wish is not None:
        return FORMATS[wish.value]
    if output == "-":
        return FORMATS["terminal"]
    found = by_suffix(output)
    if found is None:
        suffixes = ", ".join(suffix for format_ in FORMATS.values() for suffix in format_.suffixes)
        raise UsageError(f"no format goes with “{output}”: end its name in one of {suffixes}, or add --format")
    return found


def _check_band(pack: "Pack", band: str) -> None:
    from collabcheck.problems import did_you_mean

    known = [known.id for known in pack.bands]
    if band and band not in known:
        raise UsageError(f"there is no band “{band}”. {did_you_mean(band, known)}")


def _read(pack: "Pack", name: str) -> "AnswerSheet":
    from collabcheck.files.sheets import read_sheet, sheet_from

    if name == "-":
        return sheet_from(pack, "standard input", sys.stdin.buffer.read())
    return read_sheet(pack, Path(name))


def _say_kept(pack: "Pack", sheet: "AnswerSheet") -> None:
    """Warn of answers that are kept but do not count, by name."""
    from collabcheck.report.outline.wording import WHY_ASIDE

    for aside in sheet.set_aside:
        shell.tell(f"Not scored: “{aside.question}”, because {WHY_ASIDE[aside.why]}.")
    for name in sorted(sheet.reworded(pack)):
        shell.tell(f"The words of “{name}” have changed since it was answered: check that the answer still fits.")


def _render(
    pack: "Pack", sheet: "AnswerSheet", format_: "Format", look: "Look", *, explain: bool
) -> tuple[str, "Assessment"]:
    from collabcheck.advice import advise
    from collabcheck.report.data import assessment_data
    from collabcheck.report.outline.assessment import report_on
    from collabcheck.scoring import score

    assessment = score(pack, sheet)
    advice = advise(assessment)
    text = format_.write(report_on(assessment, advice, explain=explain), assessment_data(assessment, advice), look)
    return text, assessment


def _print_report(pack: "Pack", sheet: "AnswerSheet", *, plain: bool, color: Colour) -> None:
    from collabcheck.report.formats import FORMATS

    text, _ = _render(pack, sheet, FORMATS["terminal"], shell.look_of("-", color, plain=plain), explain=False)
    shell.deliver(text, "-", force=False)


def _below(assessment: "Assessment", band: str) -> bool:
    """Say whether the overall result may be below a band: its low end counts, caps included."""
    from collabcheck.scoring import NotAssessed

    result = assessment.overall.score
    wanted = next(known for known in assessment.pack.bands if known.id == band)
    return isinstance(result, NotAssessed) or result.bands.low.starts < wanted.starts
