"""The documents say what the program does: commands, options, exit codes, problems, modules, links and examples."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer.main
from commands import call

from collabcheck.cli import main, shell
from collabcheck.cli.main import app_for
from collabcheck.files.imports.bringing import bring
from collabcheck.files.imports.people import Wishes
from collabcheck.files.keeping import open_sheet
from collabcheck.files.packs import load_pack
from collabcheck.files.plans import read_plan
from collabcheck.files.sheets import read_sheet
from collabcheck.problems import Code, CollabcheckError

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md"), *ROOT.glob("benchmarks/*.md")]
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAN = re.sub(r"\\f[BIRP]", "", (ROOT / "man" / "collabcheck.1").read_text(encoding="utf-8")).replace("\\-", "-")
PROBLEMS = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
SCORING = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")
SOURCES = sorted((ROOT / "src" / "collabcheck").rglob("*.py"))


def fenced(page: str, kind: str) -> list[str]:
    """Return what stands in the code blocks of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# The command line.


def commands() -> dict[str, Any]:
    """Return the command itself and all below it, by name, such as “pack check”."""
    return {"collabcheck": (app := typer.main.get_command(app_for([]))), **dict(below(app))}


def below(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from below(command, f"{name} ")
        else:
            yield f"{before}{name}", command


def options() -> list[tuple[str, str]]:
    return [
        (name, option)
        for name, command in commands().items()
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("-")
    ]


@pytest.mark.parametrize("command", list(commands()))
def test_every_command_is_in_the_readme_and_on_the_manual_page(command: str) -> None:
    called = command if command == "collabcheck" else f"collabcheck {command}"
    assert called in README
    assert f".B {called}" in MAN


@pytest.mark.parametrize(("command", "option"), options())
def test_every_option_is_on_the_manual_page(command: str, option: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", section_of_man(command)), f"{option} of {command}"


def section_of_man(command: str) -> str:
    """Return what the manual page says of a command: where it names one, and where it speaks of all of them."""
    parts = re.split(r"^\.S[HS] +", MAN, flags=re.MULTILINE)
    of_all = ("OPTIONS", "Options of every command")
    return "".join(part for part in parts if part.startswith((command, *of_all)))


def test_the_manual_page_names_no_option_that_does_not_exist() -> None:
    known = {option for _, option in options()} | {"-h", "--help"}
    assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", re.sub(r"\\f[BIRP]", " ", MAN))) - known == set()


def test_the_exit_codes_are_in_the_readme_and_on_the_manual_page() -> None:
    table = README.partition("## Exit codes")[2].partition("\n## ")[0]
    said = re.findall(r"(\d+) [a-z]", str(main.collabcheck.__doc__).partition("Exit codes:")[2])
    assert re.findall(r"^\| (\d+) \|", table, flags=re.MULTILINE) == said
    assert said == ["0", "1", "2", "3", "4", "129", "130", "131", "143"]
    assert re.findall(r"^\.B (\d+)$", MAN.partition(".SH EXIT STATUS")[2], flags=re.MULTILINE) == said


@pytest.mark.parametrize("page", ["README.md", "man/collabcheck.1"])
def test_the_environment_variables_that_the_code_reads_are_named(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert {name for name in variables() if not re.search(rf"\b{name}\b", text)} == set()


def variables() -> set[str]:
    """Return what the code looks up in the environment."""
    reads = re.compile(r'(?:environ(?:\.get\(|\[)|\bset_\()"([A-Z_]+)"')
    return {name for source in SOURCES for name in reads.findall(source.read_text(encoding="utf-8"))}


def test_the_environment_variables_are_the_ones_we_know() -> None:
    known = {
        "ACCESSIBLE",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLLABCHECK_COMMAND",
        "COLLABCHECK_DEBUG",
        "COLUMNS",
        "FORCE_COLOR",
        "NO_COLOR",
        "TERM",
    }
    assert variables() == known


# What people are told to type.


def told() -> list[tuple[str, int]]:
    """Return every command in the documents with the exit code it is said to have; those that ask are left out."""
    lines = [
        line
        for page in [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
        for block in fenced(page.read_text(encoding="utf-8"), "console")
        for line in block.splitlines()
    ]
    assert lines
    assert [line for line in lines if not line.startswith("collabcheck ")] == []
    said = [(line.partition("#")[0].strip(), re.search(r"# exit code (\d+)", line)) for line in lines]
    return [
        (line, int(code[1]) if code else 0)
        for line, code in dict(said).items()
        if not line.startswith("collabcheck assess")
    ]


@pytest.mark.parametrize(("line", "code"), told())
def test_a_command_in_the_documents_does_what_they_say(tmp_path: Path, line: str, code: int) -> None:
    shell_program = shutil.which("sh")
    if shell_program is None:
        pytest.skip("there is no shell that understands < and |")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    done = subprocess.run(
        [shell_program, "-c", line],
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == code, done.stderr


def test_the_picture_in_the_readme_is_from_the_report(request: pytest.FixtureRequest) -> None:
    report = (ROOT / "examples" / "riverside-advice.txt").read_text(encoding="utf-8")
    picture = report[: report.index("WHAT YOU CAN BUILD ON")].rstrip() + "\n"
    (shown,) = fenced(README, "text")
    if request.config.getoption("--refresh"):
        (ROOT / "README.md").write_text(README.replace(shown, picture), encoding="utf-8", newline="\n")
    else:
        assert shown == picture, "run: python3 run.py tests tests/test_docs.py --refresh"


# Problems.


class Mishap(NamedTuple):
    """A way to come by a problem: what is changed in the pack and the sheet of docs/scoring.md, and what is run."""

    pack: tuple[str, str] = ("", "")
    sheet: tuple[str, str] = ("", "")
    raw: bytes | None = None
    """The whole sheet, in place of the one in the document."""
    run: str = "report answers.yaml --pack ."


def sheet(old: str, new: str) -> Mishap:
    return Mishap(sheet=(old, new))


def pack(old: str, new: str) -> Mishap:
    return Mishap(pack=(old, new))


MISHAPS = {
    Code.CANNOT_READ: Mishap(run="report anwsers.yaml"),
    Code.CANNOT_WRITE: Mishap(run="report answers.yaml --pack . -o nowhere/report.md"),
    Code.NOT_UTF8: Mishap(raw=b"pack: worked-example\norganisation: Caf\xe9 Trust\n"),
    Code.EMPTY_FILE: Mishap(raw=b"\n"),
    Code.TOO_BIG: Mishap(raw=b"pack: worked-example\n" + b"# \n" * 200_000),
    Code.TOO_DEEP: Mishap(raw=b"answers: " + b"[" * 30),
    Code.FILE_EXISTS: Mishap(run="report answers.yaml --pack . -o answers.md"),
    Code.BAD_YAML: sheet("organisation: Example Trust", "organisation: Example Trust: Leeds"),
    Code.BAD_JSON: Mishap(raw=b'{"pack": "worked-example" "date": "2026-11-23"}', run="report - --pack ."),
    Code.TAB: sheet("  ending:", "\tending:"),
    Code.DUPLICATE_KEY: sheet("  ending:", "  checks: papers\n  ending:"),
    Code.KEY_NOT_TEXT: sheet("  ending:", "  12: agreed\n  ending:"),
    Code.FORBIDDEN_YAML: sheet("stand-in: in-name", "stand-in: &same in-name"),
    Code.SEVERAL_DOCUMENTS: sheet("answers:", "---\nanswers:"),
    Code.CONTROL_CHARACTER: sheet("Example Trust", "Example\u2028Trust"),
    Code.BAD_NUMBER: sheet("Example Trust", "12345678901234567890"),
    Code.MISSING: sheet("date: 2026-11-23\n", ""),
    Code.UNEXPECTED: sheet("organisation:", "organization:"),
    Code.WRONG_TYPE: sheet("organisation: Example Trust", "organisation: [Example Trust]"),
    Code.BARE_WORD: sheet("stand-in: in-name", "stand-in: no"),
    Code.BAD_VALUE: sheet("2026-11-23", "23 November 2026"),
    Code.NO_PACK: Mishap(run="report answers.yaml --pack examples"),
    Code.DUPLICATE_ID: pack("id: data-terms", "id: checks"),
    Code.UNKNOWN_ID: pack("informs: [people]", "informs: [poeple]"),
    Code.CONDITION_ORDER: pack(
        "informs: [people]", "informs: [people]\n            when: {question: ending, is: [in-writing]}"
    ),
    Code.BANDS: pack("from: 70", "from: 30"),
    Code.POINTS: pack("text: By an agreement., points: 3", "text: By an agreement., points: 0"),
    Code.WRONG_PACK: sheet("pack: worked-example", "pack: collaborative-working"),
    Code.UNKNOWN_QUESTION: sheet("checks:", "cheks:"),
    Code.UNKNOWN_LEVEL: sheet("word-of-mouth", "papres"),
    Code.TWO_VALUES: sheet("checks: word-of-mouth", "checks: [papers, list]"),
    Code.NO_REASON: sheet("not_applicable: we have no staff", 'not_applicable: " "'),
    Code.OTHER_ORGANISATION: Mishap(run="report answers.yaml other.yaml --pack ."),
    Code.TOO_FEW: Mishap(run="cohort answers.yaml other.yaml --pack ."),
    Code.ROLE_TWICE: Mishap(
        raw=b"pack: collaborative-working\norganisation: Example Trust\ndate: 2026-11-23\n"
        b"respondent: {role: trustee}\nanswers:\n  role: volunteer\n",
        run="report answers.yaml",
    ),
}


def yaml_under(heading: str) -> str:
    return fenced(SCORING.partition(f"### {heading}\n")[2], "yaml")[0]


@pytest.fixture
def printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Mishap], str]:
    """Return what runs a command where a mishap has happened, and returns what it says."""
    monkeypatch.chdir(tmp_path)

    def run(mishap: Mishap) -> str:
        for file, heading, (old, new) in (
            ("trends.yaml", "The pack", mishap.pack),
            ("answers.yaml", "The sheet", mishap.sheet),
        ):
            text = yaml_under(heading)
            assert old in text
            Path(file).write_text(text.replace(old, new, 1), encoding="utf-8")
        if mishap.raw is not None:
            Path("answers.yaml").write_bytes(mishap.raw)
        Path("answers.md").touch()
        other = yaml_under("The sheet").replace("Example Trust", "Another Trust")
        Path("other.yaml").write_text(other, encoding="utf-8")
        with Path("answers.yaml").open(encoding="utf-8", errors="surrogateescape") as stdin:
            monkeypatch.setattr(sys, "stdin", stdin)
            monkeypatch.setattr(sys, "argv", ["collabcheck", *mishap.run.split()])
            assert main.run() == shell.PROBLEMS
        return capsys.readouterr().err

    return run


@pytest.mark.parametrize("code", MISHAPS)
def test_the_examples_of_problems_are_what_the_program_prints(code: Code, printed: Callable[[Mishap], str]) -> None:
    message = printed(MISHAPS[code])
    assert f"[{code}]" in message
    assert message in examples(code), message


def test_two_windows_on_one_sheet_are_told_what_the_document_says(
    printed: Callable[[Mishap], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed(MISHAPS[Code.CANNOT_READ])
    questions, path = load_pack(Path()), Path("answers.yaml")
    with open_sheet(questions, path, now="14:05 on 23/11/2026"), pytest.raises(CollabcheckError) as error:
        open_sheet(questions, path, now="14:06 on 23/11/2026").__enter__()
    assert said(error.value, tmp_path, capsys) in examples(Code.IN_USE)


def test_a_sheet_that_changed_underneath_is_told_of_as_the_document_says(
    printed: Callable[[Mishap], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed(MISHAPS[Code.CANNOT_READ])
    questions, path = load_pack(Path()), Path("answers.yaml")
    with open_sheet(questions, path, now="") as ours:
        answers = ours.read()
        path.write_text(f"{yaml_under('The sheet')}# theirs\n", encoding="utf-8")
        with pytest.raises(CollabcheckError) as error:
            ours.save(answers)
    assert said(error.value, tmp_path, capsys) in examples(Code.CHANGED_UNDERNEATH)


TABLES = {
    Code.BAD_TABLE: "Id,Owner\nchecks/papers,Ann,next Friday\n",
    Code.NOT_A_PLAN: "Step,Owner\nAsk for papers,Ann\n",
    Code.STEP_TWICE: "Id,Owner\nchecks/papers,Ann\nchecks/papers,Bob\n",
}


@pytest.mark.parametrize("code", TABLES)
def test_a_plan_that_cannot_be_read_is_told_of_as_the_document_says(
    code: Code, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(TABLES[code], encoding="utf-8")
    with pytest.raises(CollabcheckError) as error:
        read_plan(path)
    assert said(error.value, tmp_path, capsys) in examples(code)


IMPORTS = {
    Code.BAD_WORKBOOK: ("answers.xlsx", b"PK\x03\x04"),
    Code.NO_COLUMNS: ("answers.csv", b"Name,Phone\nAnn,123\n"),
    Code.COLUMN_TWICE: ("answers.csv", b"income,What was your income last year?\nsmall,\n"),
}


@pytest.mark.parametrize("code", IMPORTS)
def test_a_table_that_cannot_be_imported_is_told_of_as_the_document_says(
    code: Code, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, raw = IMPORTS[code]
    with pytest.raises(CollabcheckError) as error:
        raise CollabcheckError(bring(load_pack(None), name, raw, Wishes(today="2026-11-23")).problems)
    assert said(error.value, tmp_path, capsys) in examples(code)


def said(error: CollabcheckError, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what is printed of an error, without what differs from computer to computer."""
    shell.say_problems(error.problems)
    text = capsys.readouterr().err.replace(f"{folder.resolve()}{os.sep}", "")
    return re.sub(r"process \d+", "process 4711", text)


def examples(code: Code) -> list[str]:
    """Return the examples that docs/problems.md gives of a problem."""
    return fenced(PROBLEMS.partition(f"### {code}\n")[2].partition("\n### ")[0], "text")


def test_every_problem_is_explained_once_and_nothing_else_is() -> None:
    explained = re.findall(r"^### (.+)$", PROBLEMS, flags=re.MULTILINE)
    assert sorted(explained) == sorted(Code)


def test_every_problem_that_the_code_raises_has_an_example() -> None:
    raised = {
        code for code in Code for source in SOURCES if re.search(rf"\bCode\.{code.name}\b", source.read_text("utf-8"))
    }
    assert {code for code in raised if not examples(code)} == set()
    assert {code for code in Code if examples(code)} - raised == set()


# The map of the code.


def test_every_module_is_on_the_map_and_nothing_else_is() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| `([a-z_/]+\.py)` \|", page, flags=re.MULTILINE)
    modules = [path.relative_to(ROOT / "src" / "collabcheck").as_posix() for path in SOURCES]
    assert sorted(shown) == sorted(module for module in modules if not is_empty(module))


def is_empty(module: str) -> bool:
    """Tell a module that holds a docstring and nothing else."""
    tree = ast.parse((ROOT / "src" / "collabcheck" / module).read_text(encoding="utf-8"))
    return all(isinstance(line, ast.Expr) for line in tree.body)


def test_the_floors_are_those_that_are_checked() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    written = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("layers = [")[2].partition("]")[0]
    assert fenced(page, "floors")[0].split("\n")[:-1] == re.findall(r'"(.+)"', written)


# Links.


def links() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        text = re.sub(r"^(```|    ).*?$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for target in re.findall(r"\]\(<?([^)>]+)>?\)", text):
            if not target.startswith(("http://", "https://")):
                yield name_of(page), target


@pytest.mark.parametrize(("page", "target"), sorted(set(links())))
def test_every_link_leads_somewhere(page: str, target: str) -> None:
    file, _, anchor = target.partition("#")
    found = (ROOT / page).parent / file if file else ROOT / page
    assert found.exists()
    if anchor:
        assert anchor in anchors(found.read_text(encoding="utf-8"))


def anchors(page: str) -> set[str]:
    """Return the anchors of a page's headings, made as GitHub makes them."""
    found: set[str] = set()
    outside = re.sub(r"^```.*?^```$", "", page, flags=re.DOTALL | re.MULTILINE)
    for heading in re.findall(r"^#+ (.+)$", outside, flags=re.MULTILINE):
        anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        found.add(anchor if anchor not in found else f"{anchor}-1")
    return found


# Sheets and results.


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def a_sheet_with(line: str) -> str:
    return f"pack: collaborative-working\norganisation: Riverside Advice\ndate: 2026-11-23\nanswers:\n  {line}\n"


def sheets() -> list[str]:
    """Return the sheets that docs/answers.md shows whole, and one for each way to write an answer."""
    ways = page("answers.md").partition("## Ways to write an answer")[2].partition("\n## ")[0]
    lines = re.findall(r"^\|[^|]+\|[^|]*?`([a-z-]+:[^`]*)` \|$", ways, flags=re.MULTILINE)
    assert len(lines) > 5
    return [*fenced(page("answers.md"), "yaml"), *map(a_sheet_with, lines)]


@pytest.mark.parametrize("text", sheets())
def test_the_sheets_in_the_documents_can_be_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_sheet(load_pack(None), path).set_aside == ()


BY_ID = {"answers", "choices", "counts", "discussion", "factors", "places", "questions", "targets"}
"""Fields of a result whose keys are ids."""


def keys(value: object) -> set[str]:
    """Return the names of all fields of a result, at any depth."""
    match value:
        case dict():
            inner = {
                key: list(part.values()) if key in BY_ID and isinstance(part, dict) else part
                for key, part in value.items()
            }
            return set(value).union(*map(keys, inner.values()))
        case list():
            return set[str]().union(*map(keys, value))
        case _:
            return set()


def test_every_field_of_a_result_is_explained_and_no_other(tmp_path: Path) -> None:
    results = [json.loads(path.read_text(encoding="utf-8")) for path in ROOT.glob("examples/*.json")]
    results += of_many(tmp_path)
    said = page("results.md").partition("## Fields\n")[2]
    assert keys(results) - names(re.findall(r"`([^`]+)`", said)) == set()
    assert names(re.findall(r"^\| (`[^|]+) \|", said, flags=re.MULTILINE)) - keys(results) == set()


def of_many(folder: Path) -> Iterator[object]:
    """Yield what the examples say together, and one of them with its place among the others."""
    sheets, others = [str(path) for path in ROOT.glob("examples/**/*.yaml")], str(folder / "others.json")
    yield json.loads(call("cohort", *sheets, "--by", "role", "--format", "json", "--benchmark", others).out)
    yield json.loads(call("report", sheets[0], "--benchmark", others, "--format", "json").out)
    yield json.loads(call("report", sheets[0], "--anonymous", "--format", "json").out)


def names(words: list[str]) -> set[str]:
    return {name for word in words for name in re.findall(r"[a-z_]+", word)}


def test_the_two_commands_are_those_of_the_script() -> None:
    script = (ROOT / "run.py").read_text(encoding="utf-8")
    commands = re.findall(r"^    (python3 run\.py \w+)$", README, flags=re.MULTILINE)
    assert commands[:2] == ["python3 run.py example", "python3 run.py tests"]
    assert [command for command in commands if command not in script] == []
