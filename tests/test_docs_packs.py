"""The tutorial in docs/packs.md: done as it says, step by step; and its list of what `pack check` says."""

import re
import shlex
from pathlib import Path

import pytest
from commands import Done, call

from collabcheck.doctor.remarks import Kind

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "packs.md").read_text(encoding="utf-8")
TUTORIAL = PAGE.partition("## From an empty folder to a first report")[2].partition("\n## ")[0]
INSTRUMENT = PAGE.partition("## A published instrument as a pack")[2].partition("\n## ")[0]
SAYS = PAGE.partition("## What pack check says")[2].partition("\n## ")[0]
BLOCK = re.compile(r"^```(shell|yaml|text)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def run(line: str) -> Done:
    name, *words = shlex.split(line)
    assert name == "collabcheck"
    return call(*words)


def test_the_tutorial_leads_to_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = iter(BLOCK.findall(TUTORIAL))

    def of(kind: str) -> str:
        found, text = next(blocks)
        assert found == kind
        return str(text)

    trends = tmp_path / "my-pack" / "trends.yaml"
    assert run(of("shell")).code == 0
    assert "No errors and no warnings." in run(of("shell")).out
    begun = trends.read_text(encoding="utf-8")
    before, line, after = begun.partition("      - id: worth-it\n")
    question = of("yaml")
    trends.write_text(f"{before}{question}{line}{after}", encoding="utf-8")
    warned = run(of("shell"))
    assert warned.code == 0
    assert of("text").replace("my-pack/", str(Path("my-pack", "_"))[:-1]) in warned.out
    assert "No errors and 2 warnings." in warned.out
    better = question.partition("            choices:\n")[0] + of("yaml")
    trends.write_text(f"{before}{better}{line}{after}", encoding="utf-8")
    assert run(of("shell")).code == 0
    (tmp_path / "answers.yaml").write_text(of("yaml"), encoding="utf-8")
    report = run(of("shell"))
    assert report.code == 0
    assert "nobody has looked into what happens if a volunteer is hurt" in " ".join(report.out.split())
    assert run(of("shell")).code == 0
    assert (tmp_path / "questions.html").exists()
    assert next(blocks, None) is None


def test_the_published_instrument_is_a_pack_and_reports_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ((_, pack),) = BLOCK.findall(INSTRUMENT)
    Path("mine").mkdir()
    Path("mine", "trends.yaml").write_text(pack, encoding="utf-8")
    checked = call("pack", "check", "mine", "--strict")
    assert (checked.code, "No errors and no warnings." in checked.out) == (0, True), checked.out
    ids = ("trust-words", "trust-work", "load-share")
    answers = "".join(f"  {name}: agree\n" for name in (*ids, "load-few"))
    head = "pack: standing-together\norganisation: Our group\ndate: 2026-11-23\nanswers:\n"
    Path("answers.yaml").write_text(head + answers, encoding="utf-8")
    told = call("report", "answers.yaml", "--pack", "mine", "--plain").out
    assert "How well your group works together: Borderline, 3.5 on a scale from 1 to 5." in told
    assert "Trust: 4.0, Strength" in told
    assert "A fair load: 3.0, Borderline" in told
    assert "Researchers have tested the scale in one study." in " ".join(told.split())


def test_every_kind_of_warning_is_explained_once_and_no_other() -> None:
    rows = re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \|", SAYS, re.MULTILINE)
    assert sorted(word for row in rows for word in re.findall(r"`([a-z-]+)`", row)) == sorted(Kind)
