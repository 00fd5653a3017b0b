"""Running the command line: in this process, or in another; in a folder with a tiny pack and a sheet."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

from builders import a_question, pack_data

from collabcheck.cli.main import run

TINY = pack_data(
    a_question("q1", "size"), a_question("q2", "size"), discussion=[{"id": "effect", "text": "Effect?", "hint": "Any."}]
)
SHEET = """\
pack: tiny
organisation: Riverside Advice
date: 2026-11-23
answers:
  q1: most
  q2: {choice: all, note: "we meet [monthly]", evidence: "https://example.org/minutes"}
"""
_TOLD = (
    "COLLABCHECK_COMMAND",
    "COLLABCHECK_DEBUG",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR_FORCE",
    "CLICOLOR",
    "TERM",
    "COLUMNS",
    "ACCESSIBLE",
)
"""What the environment says of terminals; a test says it itself."""


@dataclass(frozen=True)
class Done:
    """What a command did: its exit code, and what it wrote where."""

    code: int
    out: str
    err: str


def write_pack(folder: Path, pack: dict[str, Any]) -> Path:
    """Write a pack into a folder of its own, and return that."""
    folder.mkdir()
    (folder / "trends.yaml").write_text(json.dumps(pack), encoding="utf-8")
    return folder


def write_tiny(folder: Path) -> None:
    """Write the tiny pack and a sheet that answers it: “pack” and “sheet.yaml”."""
    write_pack(folder / "pack", TINY)
    (folder / "sheet.yaml").write_text(SHEET, encoding="utf-8")


def surroundings(**told: str) -> dict[str, str]:
    """Return the environment, in which nothing is said of terminals but what is given."""
    return {**{name: value for name, value in os.environ.items() if name not in _TOLD}, **told}


def call(*words: str, stdin: bytes | str = b"", **told: str) -> Done:
    """Run a command line as it is typed after `collabcheck`."""
    typed = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with (
        patch.dict(os.environ, surroundings(**told), clear=True),
        patch.object(sys, "argv", ["collabcheck", *words]),
        patch.object(sys, "stdin", TextIOWrapper(BytesIO(typed), encoding="utf-8")),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
    ):
        code = run()
    return Done(code, _written(out), _written(err))


def _written(stream: TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def tiny(command: str, *words: str, stdin: bytes | str = b"", **told: str) -> Done:
    """Run a command with the tiny pack."""
    return call(command, *words, "--pack", "pack", stdin=stdin, **told)


def call_outside(*words: str, **told: str) -> Done:
    """Run a command line in another process, which nothing of ours has touched."""
    command = [sys.executable, "-m", "collabcheck", *words]
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, env=surroundings(**told))
    encoding = told.get("PYTHONIOENCODING", "utf-8")
    out = done.stdout.decode("utf-8" if "json" in words else encoding)  # data is UTF-8 whatever the terminal can show
    return Done(done.returncode, out, done.stderr.decode(encoding))
