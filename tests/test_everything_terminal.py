"""The pack that uses all that a pack can express, and the one that uses nothing of it, answered in a terminal."""

from pathlib import Path

import pytest
from commands import write_pack
from test_everything import NAMES, PACKS, run, uses
from windows import DOWN, ENTER, Window


@pytest.mark.parametrize("how", ["--plain", "--no-plain"])
@pytest.mark.parametrize("name", NAMES)
def test_assess_in_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, how: str) -> None:
    monkeypatch.chdir(tmp_path)
    write_pack(tmp_path / name, PACKS[name]())
    everything_, numbered = name == "everything", how == "--plain"
    window = Window("assess", "mine.yaml", "--pack", name, *([how] if numbered else []), rows=60)
    try:
        window.until("The name of your organisation:").type("Riverside", ENTER)
        for question, keys in (("role", "2"), ("shared", "x"), ("counting", "x"), ("proof", "2")):
            window.asked(question, numbered=numbered).type(keys, ENTER)
            if question == "shared":
                window.until("Why does it not apply?").type("" if everything_ else "none here", ENTER)
            if question == "counting":
                window.until("Why does it not apply?", after="How far is counting?").type("we do not count", ENTER)
        if everything_:
            window.until("This counts only if you say where it can be seen").type("minutes of May", ENTER)
        window.asked("tools", numbered=numbered).type(*(["1 2", ENTER] if numbered else ["1"]))
        if not numbered:
            window.until("space bar ticks").type(DOWN, " ", ENTER)
        window.asked("wanted", numbered=numbered).type("3", ENTER)
        window.until("What effect has it?").type("a lot", ENTER)
        window.until("Finish and see the report").type("r", ENTER)
        window.until("Your answers are in")
    finally:
        window.close()
    told = run(name, "report", "mine.yaml", "--plain")
    uses(name, told, "It counts as “Often of it”.", "Results by area", "from 1 to 5")
    assert ("minutes of May" in told) is everything_
