"""A command loads only what it needs, so that it starts at once. How long it takes: benchmarks/."""

import subprocess
import sys
from pathlib import Path

import pytest

SHEET = "pack: collaborative-working\norganisation: Riverside Advice\ndate: 2026-11-23\nanswers:\n  income: small\n"
FOR_ASKING_AND_OTHER_FORMATS = {"questionary", "prompt_toolkit", "jinja2", "openpyxl", "docx", "markdown_it", "asyncio"}


@pytest.mark.parametrize("options", [(), ("--format", "json")], ids=["terminal", "json"])
def test_a_report_loads_nothing_that_asks_or_writes_other_formats(tmp_path: Path, options: tuple[str, ...]) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET, encoding="utf-8")
    loaded = loaded_by("report", str(sheet), *options)
    assert "pydantic" in loaded
    assert loaded & FOR_ASKING_AND_OTHER_FORMATS == set()


def test_the_version_loads_no_library() -> None:
    assert loaded_by("--version") & {"typer", "pydantic", "rich", "yaml", *FOR_ASKING_AND_OTHER_FORMATS} == set()


def test_help_loads_no_models_and_no_terminal_library() -> None:
    assert loaded_by("--help") & {"pydantic", "rich", "yaml", *FOR_ASKING_AND_OTHER_FORMATS} == set()


def loaded_by(*arguments: str) -> set[str]:
    """Return the top-level modules that a command loads."""
    command = [sys.executable, "-X", "importtime", "-m", "collabcheck", *arguments]
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-500:]
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}
