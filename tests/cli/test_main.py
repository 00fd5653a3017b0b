"""What the whole program does alike: help, wrong usage, bugs, colour, and streams that cannot say everything."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import weakref
from io import StringIO
from pathlib import Path

import pytest
from commands import SHEET, Done, call, call_outside, surroundings, tiny, write_tiny

from collabcheck import __version__
from collabcheck.cli.options import PageFormat, ReportFormat
from collabcheck.cli.shell import Colour, in_colour
from collabcheck.report.formats import FORMATS

COMMANDS = ("assess", "report", "trends", "resources", "pack check", "pack new", "pack schema")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a tiny pack and a sheet."""
    write_tiny(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Help.


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_every_command(option: str) -> None:
    done = call(option)
    assert (done.code, done.err) == (0, "")
    for command in COMMANDS:
        assert re.search(rf"^  {command.split()[0]} ", done.out, re.MULTILINE)


def test_help_says_what_the_exit_codes_mean() -> None:
    said = " ".join(call("--help").out.split())
    assert "0 done" in said
    assert "130 stopped" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_examples_that_use_options_it_has(command: str) -> None:
    out = call(*command.split(), "--help").out
    examples = re.findall(r"^    collabcheck (.+)$", out.partition("Examples:")[2], re.MULTILINE)
    assert len(examples) >= 2
    options = out.partition("Options:")[2]
    for example in examples:
        assert f"{example} ".startswith(f"{command} ")
        for option in re.findall(r"(?<= )--?[a-z]+", example):
            assert re.search(rf"(^|[ ,]){option}\b", options, re.MULTILINE)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_a_narrow_terminal(command: str) -> None:
    out = call(*command.split(), "-h", COLUMNS="80", TERMINAL_WIDTH="80").out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_no_markup_and_no_colour(command: str) -> None:
    out = call(*command.split(), "-h", FORCE_COLOR="1").out
    assert "\x1b" not in out
    assert not set(out) & set("╭│╰`")


def test_the_program_alone_shows_its_help() -> None:
    done = call()
    assert "Usage: " in done.out + done.err
    assert "assess" in done.out + done.err


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_printed(option: str) -> None:
    assert call(option) == call_outside(option) == Done(0, f"collabcheck {__version__}\n", "")


# Wrong usage.


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("reprot", "sheet.yaml"), "report"),
        (("asses",), "assess"),
        (("trend",), "trends"),
        (("report", "sheet.yaml", "--explian"), "--explain"),
        (("report", "sheet.yaml", "--colour", "never"), "--color"),
        (("resources", "--nations", "wales"), "--nation"),
        (("report", "sheet.yaml", "--format", "jsn"), "json"),
        (("report", "sheet.yaml", "--color", "alway"), "always"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_what_was_meant(words: tuple[str, ...], meant: str) -> None:
    done = call(*words)
    assert (done.code, done.out) == (2, "")
    assert meant in done.err.partition("Error: ")[2]


@pytest.mark.parametrize("words", [("report", "a", "--require"), ("--nonsense",), ("trends", "a", "b")])
def test_wrong_usage_exits_with_2_and_names_help(words: tuple[str, ...]) -> None:
    done = call(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("words", [("report", "--\x1b[2Jx"), ("report", "--\x9b2Jx=1"), ("-\x07",)])
def test_no_option_can_act_on_the_terminal_that_repeats_it(words: tuple[str, ...]) -> None:
    done = call(*words)
    assert (done.code, done.out) == (2, "")
    assert "there is no option" in done.err
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.err)


@pytest.mark.parametrize(
    "words",
    [
        ("report", "sheet.yaml", "--pack", "pack", "-o", "x.pdf"),
        ("report", "sheet.yaml", "--pack", "pack", "--require", "redy"),
        ("report", "sheet.yaml", "--format", "jsn"),
        ("report", "sheet.yaml", "--color", "alway"),
        ("trends", "nonsense"),
        ("assess", "new.yaml"),
    ],
)
def test_nobody_is_called_invalid(words: tuple[str, ...]) -> None:
    assert not re.search(r"invalid|value error|please|sorry", call(*words).err, re.IGNORECASE)


# Bugs, and being stopped.


def test_a_bug_is_owned_up_to_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collabcheck.advice.advise", a_bug)
    done = tiny("report", "sheet.yaml")
    assert (done.code, done.out) == (3, "")
    assert "our fault, not yours" in done.err
    assert "COLLABCHECK_DEBUG=1" in done.err
    assert "Traceback" not in done.err
    assert "pandas are bears" not in done.err


def test_a_bug_shows_its_traceback_to_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collabcheck.advice.advise", a_bug)
    done = tiny("report", "sheet.yaml", COLLABCHECK_DEBUG="1")
    assert done.code == 3
    assert "Traceback" in done.err
    assert "ZeroDivisionError: pandas are bears" in done.err


def test_a_problem_in_a_file_has_no_traceback_even_for_who_asks() -> None:
    assert "Traceback" not in tiny("report", "nowhere.yaml", COLLABCHECK_DEBUG="1").err


def test_ctrl_c_while_a_report_is_made_exits_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("collabcheck.advice.advise", stopped)
    done = tiny("report", "sheet.yaml", "-o", "r.md")
    assert (done.code, done.out) == (130, "")
    assert "Traceback" not in done.err
    assert not Path("r.md").exists()


def test_ctrl_c_where_exceptions_are_lost_while_the_program_starts_ends_it_at_once() -> None:
    starting = """
import signal, sys, weakref
from collabcheck.__main__ import main

class Finder:
    def find_spec(name, *_):
        if name == "collabcheck.cli.main":
            there = {name}
            ended = weakref.ref(there, lambda _: signal.raise_signal(signal.SIGINT))
            del there

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Finder)
sys.argv = ["collabcheck", "--help"]
main()
"""
    done = subprocess.run([sys.executable, "-c", starting], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.split()) == (130, b"", [b"Stopped."])


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_signal_where_exceptions_are_lost_ends_the_program_soon_after(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    number = getattr(signal, name)

    def work(*_: object) -> None:
        there = {name}
        ended = weakref.ref(there, lambda _: signal.raise_signal(number))
        del there
        assert ended() is None
        time.sleep(20)

    monkeypatch.setattr("collabcheck.advice.advise", work)
    hook = sys.unraisablehook
    done = tiny("report", "sheet.yaml", "-o", "r.md")
    assert (done.code, done.out) == (128 + number, "")
    assert capfd.readouterr().err == "Stopped. No file is half-written.\n"
    assert sys.unraisablehook is hook
    assert not Path("r.md").exists()


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"])
@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("report sheet.yaml", "r.md"),
        ("compare sheet.yaml other.yaml", "r.html"),
        ("form", "form.xlsx"),
        ("import table.csv", "sheets"),
    ],
)
def test_a_signal_in_the_middle_of_a_file_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], name: str, command: str, output: str
) -> None:
    number = getattr(signal, name)
    Path("other.yaml").write_text(SHEET.replace("Riverside", "Marsh"), encoding="utf-8")
    Path("table.csv").write_text("Organisation,q1\nRiverside,some\nMarsh,most\n", encoding="utf-8")
    before = everything()
    calls = iter([*[False] * (2 if output == "sheets" else 0), True])  # when the first of two sheets is there

    def flush(_: int) -> None:
        if next(calls):
            signal.raise_signal(number)

    monkeypatch.setattr(os, "fsync", flush)
    done = tiny(*command.split(), "-o", output)
    assert (done.code, done.out, next(calls, None)) == (128 + number, "", None)
    assert capfd.readouterr().err == "Stopped. No file is half-written.\n"
    assert everything() == before


def everything() -> list[Path]:
    return sorted(path for path in Path().rglob("*") if path.is_file())


def a_bug(*_: object) -> None:
    raise ZeroDivisionError("pandas are bears")


# Colour.


class Terminal(StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(
    ("wish", "environment", "on_a_terminal", "elsewhere"),
    [
        ("auto", {}, True, False),
        ("always", {}, True, True),
        ("never", {}, False, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb", "CLICOLOR": "0"}, True, True),
        ("never", {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False, False),
        ("auto", {"NO_COLOR": "1"}, False, False),
        ("auto", {"NO_COLOR": "0"}, False, False),  # any text counts: no-color.org
        ("auto", {"NO_COLOR": ""}, True, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False, False),
        ("auto", {"FORCE_COLOR": "1"}, True, True),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"FORCE_COLOR": ""}, True, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, True, True),
        ("auto", {"CLICOLOR_FORCE": "0"}, True, False),
        ("auto", {"FORCE_COLOR": "1", "CLICOLOR": "0", "TERM": "dumb"}, True, True),
        ("auto", {"CLICOLOR": "0"}, False, False),
        ("auto", {"CLICOLOR": "1"}, True, False),
        ("auto", {"TERM": "dumb"}, False, False),
        ("auto", {"TERM": "xterm-256color"}, True, False),
    ],
)
def test_colour_is_decided_by_the_option_then_the_environment_then_the_stream(
    monkeypatch: pytest.MonkeyPatch,
    wish: str,
    environment: dict[str, str],
    on_a_terminal: bool,  # noqa: FBT001  a table
    elsewhere: bool,  # noqa: FBT001
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert in_colour(Colour(wish), Terminal()) is on_a_terminal
    assert in_colour(Colour(wish), StringIO()) is elsewhere


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "always", "--plain"), {}, False),
        (("--color", "always", "--format", "markdown"), {}, False),
    ],
)
def test_the_report_obeys(words: tuple[str, ...], environment: dict[str, str], *, coloured: bool) -> None:
    out = tiny("report", "sheet.yaml", *words, **environment).out
    assert ("\x1b[" in out) is coloured


def test_a_file_has_no_colour_though_the_terminal_has(folder: Path) -> None:
    tiny("report", "sheet.yaml", "-o", "r.txt", FORCE_COLOR="1")
    assert "\x1b" not in (folder / "r.txt").read_text(encoding="utf-8")


def test_colour_changes_no_word() -> None:
    coloured = tiny("report", "sheet.yaml", "--color", "always").out
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == tiny("report", "sheet.yaml").out


# Streams that cannot say everything.


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_what_a_stream_cannot_say_becomes_a_question_mark(folder: Path, encoding: str) -> None:
    sheet = folder / "sheet.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("Riverside", "Glan yr Afon Ŵyl"), "utf-8")
    done = call_outside("report", "sheet.yaml", "--pack", "pack", PYTHONIOENCODING=encoding)
    warning = (
        f"Some letters cannot be shown in {encoding}; question marks stand for them. To keep them all, add: -o FILE"
    )
    assert (done.code, done.err.splitlines()) == (0, [warning])
    assert done.out.splitlines()[0] == "A tiny pack: Glan yr Afon ?yl Advice"


@pytest.mark.skipif(os.name == "nt", reason="a shell closes streams in another way there")
@pytest.mark.parametrize(
    "line", ["report sheet.yaml --pack pack", "trends --pack pack", "--help", "--version", "report -h"]
)
@pytest.mark.parametrize("where", [">&-", ">/dev/full"])
def test_what_cannot_be_written_to_standard_output_is_told_with_a_remedy(line: str, where: str) -> None:
    if "full" in where and not Path("/dev/full").exists():
        pytest.skip("only where there is such a device")
    command = f"exec {shlex.quote(sys.executable)} -m collabcheck {line} {where}"
    done = subprocess.run(["sh", "-c", command], check=False, capture_output=True, env=surroundings(), encoding="utf-8")  # noqa: S607
    assert (done.returncode, done.stdout) == (1, "")
    assert re.search("is closed|is full|Bad file descriptor|No space left", done.stderr)
    assert re.search("Name a file|Free some space|Check the disk", done.stderr)
    assert "Exception" not in done.stderr


# Messages stay short, and on lines of their own.


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "a", "b", "x\u202ey\nz"),
        ("report", "--require", "x\u202ey\nz"),
        ("report", "x\u202ey\nz"),
        ("report", "sheet.yaml", "--plan", "x\u202ey\nz"),
        ("report", "sheet.yaml", "-o", "x\u202ey\nz"),
        ("form", "-o", "x\u202ey\nz"),
        ("cohort", "x\u202ey\nz"),
        ("import", "x\u202ey\nz.csv"),
    ],
)
def test_words_of_the_command_line_act_on_no_terminal_and_break_no_line(words: tuple[str, ...]) -> None:
    done = tiny(*words)
    assert done.code in (1, 2)
    assert "\u202e" not in done.err
    assert "\nz" not in done.err


@pytest.mark.parametrize("option", ["--require", "--target", "--format", "--color", "--invited"])
def test_a_value_without_end_is_cut(option: str) -> None:
    assert len(tiny("report", "sheet.yaml", option, "x" * 100_000).err) < 3_000


def test_problems_of_many_files_are_told_as_far_as_anybody_reads(folder: Path) -> None:
    (folder / "many").mkdir()
    for number in range(60):
        (folder / "many" / f"{number}.yaml").write_text(
            "pack: tiny\n" + "".join(f"k{i}: x\n" for i in range(60)), "utf-8"
        )
    done = tiny("report", "many")
    assert len(done.err.encode()) < 6_500
    assert re.search(r"… and \d\d more files with problems$", done.err.rstrip())
    deep = folder / ("d" * 200) / ("e" * 200) / ("f" * 200)
    deep.mkdir(parents=True)
    (deep / "a.yaml").write_text("".join(f"k{i}: x\n" for i in range(60)), "utf-8")
    assert len(tiny("report", str(deep / "a.yaml")).err.encode()) < 6_500


def test_a_name_with_a_line_break_stays_on_its_line(folder: Path) -> None:
    for name, organisation in (("n1", "Riverside\nError: x"), ("n2", "Riverside\nError: y")):
        sheet = f"pack: tiny\norganisation: {json.dumps(organisation)}\ndate: 2026-11-23\nanswers: {{q1: most}}\n"
        (folder / f"{name}.yaml").write_text(sheet, "utf-8")
    for line in (
        ("compare", "n1.yaml", "n2.yaml"),
        ("compare", "n1.yaml", "n1.yaml"),
        ("report", "n1.yaml", "n2.yaml"),
    ):
        assert "\nError: x" not in tiny(*line).err


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_so_do_problems(folder: Path, encoding: str) -> None:
    (folder / "ŵ.yaml").write_text("pack: ŵŷ\n", encoding="utf-8")
    done = call_outside("report", "ŵ.yaml", "--pack", "pack", PYTHONIOENCODING=encoding)
    assert (done.code, done.out) == (1, "")
    assert "?.yaml:1:" in done.err
    assert "Traceback" not in done.err


def test_a_file_is_utf_8_whatever_the_stream_is(folder: Path) -> None:
    sheet = folder / "sheet.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("Riverside", "Ŵyl"), "utf-8")
    done = call_outside("report", "sheet.yaml", "--pack", "pack", "-o", "r.md", PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "Ŵyl" in (folder / "r.md").read_text(encoding="utf-8")


def test_the_formats_on_offer_are_those_that_can_be_written() -> None:
    assert [format_.value for format_ in ReportFormat] == list(FORMATS)
    assert [format_.value for format_ in PageFormat] == [name for name, one in FORMATS.items() if one.of_pages]
