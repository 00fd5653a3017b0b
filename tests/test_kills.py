"""Whenever the program is killed, every answer that the screen has confirmed is in the sheet, which is whole."""

import random
from pathlib import Path

import pytest
from interviews import Kills

pytestmark = pytest.mark.terminal

KILLS = 12
"""Enough to see that it works; `tools/kills.py` does the same a thousand times."""


def test_what_was_confirmed_outlives_a_kill_at_any_moment(tmp_path: Path) -> None:
    figures = Kills(tmp_path, random.Random(2026)).run(KILLS)
    assert figures["kills"] == KILLS
    assert figures["confirmed answers found again"]
