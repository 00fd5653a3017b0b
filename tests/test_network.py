"""Nothing that the program does opens a way to another computer."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from commands import SHEET, surroundings, write_tiny

LINES = "\n".join(
    f'{{"pack": "tiny", "organisation": "Member {n}", "date": "2026-11-23", "answers": {{"q1": "all", "q2": "some"}}}}'
    for n in range(1200)
)
TRAPPED = """
import sys

trapped = []

def trap(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")):
        with open("trapped.txt", "a", encoding="utf-8") as told:
            told.write(f"{event} {arguments[1:]!r}\\n")

sys.addaudithook(trap)
from collabcheck.cli.main import run
"""
"""Writes down every such event of a process, and of those that it starts."""
RUN = (
    TRAPPED
    + """
import json

codes = []
for words in json.loads(sys.argv[1]):
    sys.argv = ["collabcheck", *words]
    codes.append(run())
sys.stdout.write(f"\\n{json.dumps(codes)}\\n")
"""
)
"""Runs one command after the other."""
ASKED = (
    TRAPPED
    + """
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from collabcheck.prompts.askers import ListAsker

with create_pipe_input() as keyboard:
    keyboard.send_text("Riverside\\r")
    asker = ListAsker(sys.stderr, lambda: 80, colour=False, streams={"input": keyboard, "output": DummyOutput()})
    print(asker.write("What is it called?"))
"""
)
COMMANDS = (
    ("--version",),
    ("--help",),
    *(("report", "sheet.yaml", "-o", f"report.{suffix}") for suffix in ("txt", "md", "html", "docx", "json")),
    ("report", "sheet.yaml", "other.yaml", "--plan", "plan.csv"),
    ("report", "sheet.yaml", "other.yaml", "--anonymous"),
    ("report", "sheet.yaml", "--plan", "plan.md"),
    ("compare", "sheet.yaml", "later.yaml"),
    ("compare", "sheet.yaml", "partner.yaml"),
    ("cohort", "members.jsonl", "--processes", "2", "--rows", "rows.csv", "--benchmark", "benchmark.json"),
    ("form", "-o", "form.html"),
    ("form", "-o", "form.xlsx"),
    ("import", "table.csv", "-o", "sheets"),
    ("trends", "trend"),
    ("resources",),
    ("assess", "new.yaml"),
    ("report", "nowhere.yaml"),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with something for every command."""
    write_tiny(tmp_path)
    for name, old, new in (
        ("other", "q1: most", "q1: none"),
        ("later", "2026-11-23", "2027-11-23"),
        ("partner", "Riverside", "Lakeside"),
    ):
        (tmp_path / f"{name}.yaml").write_text(SHEET.replace(old, new), encoding="utf-8")
    (tmp_path / "members.jsonl").write_text(LINES, encoding="utf-8")
    (tmp_path / "table.csv").write_text("organisation,date,q1,q2\nR,2026-11-23,none,all\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def outside(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", env=surroundings()
    )


def test_no_command_opens_a_socket(folder: Path) -> None:
    lines = [[*words, *([] if words[0].startswith("-") else ["--pack", "pack"])] for words in COMMANDS]
    done = outside(RUN, json.dumps(lines))
    assert "Traceback" not in done.stderr, done.stderr
    trapped = folder / "trapped.txt"
    assert not trapped.exists(), trapped.read_text(encoding="utf-8")
    codes = json.loads(done.stdout.splitlines()[-1])
    failed = [(words[0], code) for words, code in zip(COMMANDS, codes, strict=True) if code]
    assert failed == [("assess", 2), ("report", 1)], done.stderr


def test_the_trap_closes(folder: Path) -> None:
    outside(f"{TRAPPED}\nimport socket\nsocket.socket()")
    assert "socket.__new__" in (folder / "trapped.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="a program wakes itself in another way there")
def test_asking_opens_none_that_leads_anywhere(folder: Path) -> None:
    """What waits for keys wakes itself through two ends of a pipe inside the process; that is all."""
    done = outside(ASKED)
    assert (done.returncode, done.stdout) == (0, "Riverside\n"), done.stderr
    trapped = folder / "trapped.txt"
    told = trapped.read_text(encoding="utf-8").splitlines() if trapped.exists() else []
    assert [line for line in told if not line.startswith(f"socket.__new__ ({int(socket.AF_UNIX)},")] == []
