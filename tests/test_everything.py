"""A pack that uses all that a pack can express, and one that uses nothing of it, each taken through every command."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import BANDS, a_choice, a_factor, a_question, an_area, pack_data
from commands import call, write_pack
from test_prompts import ScriptedAsker

from collabcheck.answers import AnswerSheet, Aside, Chose, DontKnow, NotApplicable, Reply, SetAside
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import sheet_text
from collabcheck.pack import Pack
from collabcheck.prompts.conversation import Conversation

STEP = {"do": "Take the first step.", "effort": 1, "resources": ["guide"]}
BURNS = {"reason": "it burns", "caps_at": "developing"}
LEVELS = [a_choice("never", 0), a_choice("often", 1), a_choice("always", 3)]
GUIDE = {
    "id": "guide", "title": "A guide", "publisher": "P", "date": "2025", "format": "PDF", "what": "What it is.",
    "useful": "For all.", "factors": ["care", "size", "wish"], "link": "https://example.org/", "checked": "2026-11-01",
}  # fmt: skip
TALK = [{"id": "effect", "text": "What effect has it?", "hint": "In a word."}]


def _positions() -> dict[str, str]:
    says = {name: f"Position: {name}." for name in ("go_ahead", "prepare", "no_need", "leave_it")}
    return {"gain_from": "developing", "ready_from": "ready", **says}


def _pack(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    size = {} if more.get("aggregate") else {"weight": 3, "because": "so"}
    inner, outer = ({"area": name} if more.get("areas") else {} for name in ("inner", "outer"))
    wish = a_factor("wish", kind="opportunity", **outer)
    factors = [a_factor("care", **inner), a_factor("size", **size, **inner), wish]
    lean = {"factor": "care", "weight": 1, "at_least": "ready", "because": "it does"}
    role = a_question("role", means="role", choices=[a_choice("trustee"), a_choice("staff")])
    form = {"id": "bid", "title": "A bid", "meaning": "Together.", "leans_on": [lean]}
    return pack_data(
        *questions, factors=factors, context=[role], forms=[form], positions=_positions(), resources=[GUIDE],
        discussion=TALK, **more,
    )  # fmt: skip


def everything() -> dict[str, Any]:
    """Return a pack that uses all that is told in docs/packs.md from “Scales” to “Questions that go”."""
    bands = [{**band, "from": start} for band, start in zip(BANDS, (1, 2.6, 3.8), strict=True)]
    shared = {"scale": "often", "steps": {"never": STEP}}
    tools = [a_choice("pen", 1), a_choice("phone", 2), a_choice("bare", 0, alone=True)]
    proof = [a_choice("said", 1, step=STEP), a_choice("shown", 2, requires="evidence"), a_choice("no", 0, flag=BURNS)]
    asked = (
        _bare("shared", "care", **shared, flags={"never": BURNS}, not_applicable="allowed"),
        _bare("counting", "care", **shared, not_applicable={"counts_as": "often"}),
        a_question("proof", "size", choices=proof),
        a_question(
            "tools", {"factor": "size", "weight": 4, "because": "so"}, choices=tools, several=True, thresholds=[1, 2]
        ),
        _bare("wanted", "wish", scale="often"),
    )
    gone = {"id": "gone", "text": "Is it gone?", "since": "1", "because": "it is", "instead": "proof"}
    return _pack(
        *asked,
        scales={"often": LEVELS},
        bands=bands,
        display={"from": 1, "to": 5, "decimals": 1},
        aggregate="pooled",
        measures="How well the group works",
        tested="One study has tested the scale.",
        source=["A paper of 2019"],
        areas=[
            an_area("inner", in_band={band["id"]: f"It is {band['label']} inside." for band in BANDS}),
            an_area("outer"),
        ],
        retired=[gone],
        coming=[{"id": "to-come", "text": "Is it to come?", "from": "2", "because": "it will"}],
    )


def nothing() -> dict[str, Any]:
    """Return a pack with the same questions that uses nothing of that."""
    tools = [a_choice("pen", 1), a_choice("phone", 2), a_choice("bare", 0, alone=True)]
    proof = [a_choice("said", 1, step=STEP), a_choice("shown", 2), a_choice("no", 0, flag=BURNS)]
    levels = [a_choice("never", 0, step=STEP), *LEVELS[1:]]
    return _pack(
        a_question("shared", "care", choices=[{**levels[0], "flag": BURNS}, *levels[1:]]),
        a_question("counting", "care", choices=levels),
        a_question("proof", "size", choices=proof),
        a_question("tools", "size", choices=tools, several=True, full_at=2),
        a_question("wanted", "wish", choices=LEVELS),
    )


def _bare(name: str, factor: str, **more: Any) -> dict[str, Any]:
    question = a_question(name, factor, **more)
    del question["choices"]
    return question


PACKS = {"everything": everything, "nothing": nothing}
NAMES = tuple(PACKS)


@cache
def _loaded(name: str, folder: Path) -> Pack:
    return load_pack(folder / name)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in a folder with both packs, and answers to each of a year ago, of now, of a colleague and of a partner."""
    monkeypatch.chdir(tmp_path)
    for name, make in PACKS.items():
        write_pack(tmp_path / name, make())
        pack = _loaded(name, tmp_path)
        for who, sheet in _sheets(pack).items():
            (tmp_path / f"{name}-{who}.yaml").write_text(sheet_text(pack, sheet, json=False), encoding="utf-8")
    yield tmp_path
    _loaded.cache_clear()


def _sheets(pack: Pack) -> dict[str, AnswerSheet]:
    now = AnswerSheet(pack.pack, pack.version, "Riverside", "2026-11-23", targets={"care": "ready"})
    replies: dict[str, Reply] = {
        "role": Chose(("staff",)),
        "shared": NotApplicable("" if pack.scales else "we have none"),
        "counting": NotApplicable("we do not count"),
        "proof": Chose(("shown",)),
        "tools": Chose(("pen", "phone")),
        "wanted": Chose(("always",), "we want it"),
    }
    for name, reply in replies.items():
        now = now.answer(pack.question[name], reply)
    if pack.retired:
        now = replace(now, set_aside=(SetAside("gone", Aside.RETIRED, Chose(("yes",)), "0123abcd-0123abcd"),))
    proved = Chose(("shown",), evidence="minutes of May")
    other = now.answer(pack.question["proof"], proved).answer(pack.question["shared"], Chose(("never",)))
    return {
        "now": now,
        "then": replace(now.answer(pack.question["proof"], DontKnow()), date="2025-11-23"),
        "colleague": replace(other, name="Ann", targets={}),
        "partner": replace(other, organisation="Hillside", targets={}),
    }


def run(name: str, command: str, *words: str) -> str:
    """Run a command with a pack; return what it wrote, to standard output or to a file named out.*."""
    done = call(command, *words, "--pack", name)
    assert (done.code, done.err if done.code else "") == (0, "")
    return done.out


def uses(name: str, told: str, *words: str) -> None:
    """Find words in what is told of the pack that uses everything, and not of the other."""
    for word in words:
        assert (word in told) is (name == "everything"), word


# Asking and reporting.


@pytest.mark.parametrize("name", NAMES)
def test_assess(name: str, folder: Path) -> None:
    pack = _loaded(name, folder)
    everything_ = name == "everything"
    script = ["2", "x", "" if everything_ else "none here", "x", "we do not count", "2"]
    script += [*(["minutes of May"] if everything_ else []), "1 2", "3", "a lot", "r"]
    asker = ScriptedAsker(script)
    saved: list[AnswerSheet] = []
    blank = AnswerSheet(pack.pack, pack.version, "Riverside", "2026-11-23")
    done = Conversation(asker, pack, blank, saved.append).run()
    assert done.replies["proof"] == Chose(("shown",), evidence="minutes of May" if everything_ else "")
    assert done.replies["counting"] == NotApplicable("we do not count")
    uses(
        name, asker.shown.getvalue(), "It counts as “Often of it”.", "This counts only if you say where it can be seen"
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["txt", "md", "html", "json"])
def test_report(name: str, kind: str, folder: Path) -> None:
    run(name, "report", f"{name}-now.yaml", "--explain", "-o", f"out.{kind}")
    told = (folder / f"out.{kind}").read_text(encoding="utf-8")
    if kind == "json":
        data = json.loads(told)
        assert ("scale" in data) is (name == "everything")
        lacking = ["evidence"] if name == "everything" else None
        assert data["answers"]["proof"].get("lacks") == lacking
        assert data["answers"]["counting"].get("counts_as") == ("often" if name == "everything" else None)
        assert [one["score"] for one in data["factors"]] == (
            [pytest.approx(1 + 4 / 3), 5, 5] if name == "everything" else [None, 100, 100]
        )
        assert [one["id"] for one in data["areas"]] == (["inner", "outer"] if name == "everything" else [])
        assert data["targets"]["care"]["reached"] == ("no" if name == "everything" else "unknown")
    else:
        plain = told.replace("\\", "").replace("\n", " ")
        uses(name, plain, "Results by area", "What you could gain, by area", "is the mean of “Care” and “Size”.")
        uses(name, plain, "How well the group works:", "One study", "A paper of 2019")
        uses(name, plain, "Is it gone?", "It is made from all its questions at once")
        uses(
            name, plain, "It counts as “Often of it”.", "Not counted until you say where it can be seen.", "from 1 to 5"
        )
        assert ("0 to 100" in plain) is (name == "nothing")


@pytest.mark.parametrize("name", NAMES)
def test_full_marks_caps_and_targets(name: str) -> None:
    data = json.loads(run(name, "report", f"{name}-colleague.yaml", "--format", "json", "--target", "size=ready"))
    care, size, _ = data["factors"]
    tools = next(part for part in size["parts"] if part["question"] == "tools")
    assert (tools["points"], tools["most"], tools["room"]) == (2, 2, 0), "more than full marks is no more"
    assert [flag["question"] for flag in data["flags"]["raised"]] == ["shared"]
    assert (size["band"]["score"], data["overall"]["band"]["score"]) == ("ready", "developing"), (
        "the flag caps the whole"
    )
    assert data["overall"]["band"]["capped"], "by the flag, as the figure alone would be ready"
    assert (care["band"]["score"], care["flags"]) == ("at-risk", ["shared"])
    assert (data["targets"]["size"]["reached"], data["targets"]["size"]["gap"]) == ("yes", 0)


@pytest.mark.parametrize("name", NAMES)
def test_report_for_word_and_a_plan(name: str, folder: Path) -> None:
    run(name, "report", f"{name}-colleague.yaml", "-o", "out.docx", "--plan", "plan.csv")
    assert (folder / "out.docx").read_bytes().startswith(b"PK")
    plan = (folder / "plan.csv").read_text(encoding="utf-8")
    assert "Take the first step." in plan, "the step that is the question’s own"
    assert "a red flag calls for it" in plan


@pytest.mark.parametrize("name", NAMES)
def test_a_pooled_report(name: str) -> None:
    told = run(name, "report", f"{name}-now.yaml", f"{name}-colleague.yaml", "--plain")
    uses(name, told, "by saying that it does not apply", "has an answer that is not counted yet", "from 1 to 5")
    assert "It burns. (1 of 2)" in told


@pytest.mark.parametrize("name", NAMES)
def test_compare(name: str) -> None:
    since = run(name, "compare", f"{name}-then.yaml", f"{name}-now.yaml", "--plain")
    uses(name, since, "from 1 to 5", "Is it gone?", "Results by area, then and now")
    partner = run(name, "compare", f"{name}-now.yaml", f"{name}-partner.yaml", "--plain")
    uses(name, partner, "Results of each, from 1 to 5", "Results of each, by area")
    assert "we do not count" not in partner
    assert "minutes of May" not in partner


@pytest.mark.parametrize("name", NAMES)
def test_cohort(name: str, folder: Path) -> None:
    pack = _loaded(name, folder)
    (folder / "many").mkdir()
    for i in range(12):
        who = list(_sheets(pack).values())[i % 3]
        text = sheet_text(pack, replace(who, organisation=f"Group {i}"), json=i % 2 == 0)
        (folder / "many" / f"{i}.{'json' if i % 2 == 0 else 'yaml'}").write_text(text, encoding="utf-8")
    files = ("--benchmark", "bench.json", "--rows", "rows.csv", "--smallest-group", "3")
    told = run(name, "cohort", "many", *files, "--plain")
    uses(
        name, told, "on a scale from 1 to 5 overall" if "Too few" not in told else "Organisations for every 0.4 points"
    )
    uses(name, told, "Inner")
    scores = [line.split(",") for line in (folder / "rows.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert len(scores) == 12 * 4
    highest = max(float(line[4]) for line in scores if line[4])
    assert highest == (5 if name == "everything" else 100)
    beside = run(name, "report", f"{name}-colleague.yaml", "--benchmark", "bench.json", "--plain")
    uses(name, beside, "Others for every 0.4 points")


# Forms, and back.


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["yaml", "md", "html"])
def test_forms(name: str, kind: str, folder: Path) -> None:
    run(name, "form", "-o", f"form.{kind}")
    told = (folder / f"form.{kind}").read_text(encoding="utf-8")
    uses(name, told, "“Shown of it.” counts only if you say where it can be seen.")
    no_reason = {"yaml": "you need not say why", "md": "Why, if you like", "html": "You can leave this empty."}
    uses(name, told, no_reason[kind])


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_is_filled_in_and_imported(name: str, folder: Path) -> None:
    run(name, "form", "-o", "form.xlsx")
    book = openpyxl.load_workbook(folder / "form.xlsx", rich_text=False)
    sheet = book["Answers"]
    uses(
        name,
        " ".join(str(cell.value) for row in sheet for cell in row),
        "counts only if you say where",
        "need not say why",
    )
    rows = {str(row[-1].value): row for row in sheet.iter_rows(max_col=7)}
    rows["counting"][2].value = rows["shared"][2].value = "Does not apply to us"
    rows["proof"][2].value = "Shown of it."
    if name == "nothing":
        rows["counting"][3].value = rows["shared"][3].value = "we have none"
    book["Start here"].cell(*_beside(book["Start here"], "Organisation")).value = "Riverside"
    book.save(folder / "filled.xlsx")
    done = call("import", "filled.xlsx", "-o", "sheets", "--pack", name)
    assert done.code == 0, done.err
    uses(name, done.err, "“proof” is kept and does not count, for lack of evidence.")
    (made,) = (folder / "sheets").iterdir()
    told = run(name, "report", str(made), "--plain")
    uses(name, told, "Not counted until you say where it can be seen.", "It counts as “Often of it”.")


def _beside(sheet: Any, label: str) -> tuple[int, int]:
    return next((cell.row, 2) for row in sheet for cell in row if cell.value == label)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_for_phones_and_what_it_gives(name: str, folder: Path) -> None:
    run(name, "form", "-o", "phones.xlsx", "--xlsform")
    book = openpyxl.load_workbook(BytesIO((folder / "phones.xlsx").read_bytes()))
    fields = {str(row[1].value) for row in book["survey"].iter_rows()}
    assert ("proof___evidence" in fields) is (name == "everything")
    header = "about___organisation,about___date,shared,proof,proof___evidence"
    (folder / "table.csv").write_text(f"{header}\nRiverside,2026-11-23,always,shown,minutes of May\n", encoding="utf-8")
    done = call("import", "table.csv", "-o", "sheets", "--pack", name)
    assert (done.code, "does not count" in done.err) == (0, False)
    (made,) = (folder / "sheets").iterdir()
    assert "minutes of May" in made.read_text(encoding="utf-8")


# For readers and authors.


@pytest.mark.parametrize("name", NAMES)
def test_trends_and_resources(name: str) -> None:
    assert "A trend" in run(name, "trends", "trend", "--plain")
    uses(name, run(name, "trends", "--plain"), "Questions to come", "Is it to come?")
    assert "A guide" in run(name, "resources", "--plain")


@pytest.mark.parametrize("name", NAMES)
def test_pack_check(name: str) -> None:
    done = call("pack", "check", name, "--format", "json")
    assert done.code == 0
    data = json.loads(done.out)
    assert data["errors"] == []
    assert "unused" not in {one["code"] for one in data["warnings"]}
    text = call("pack", "check", name, "--plain").out
    uses(name, text, "Is it to come?", "Is it gone?", "The areas with their factors")
    assert "“shared”" not in "".join(line for line in text.splitlines() if "[no-step]" in line and "never" in line)


def test_pack_check_finds_a_scale_that_is_not_there_with_the_one_that_is_meant(folder: Path) -> None:
    data = everything()
    data["trends"][0]["themes"][0]["questions"][0]["scale"] = "oftn"
    write_pack(folder / "wrong", data)
    done = call("pack", "check", "wrong", "--format", "lines")
    assert done.code == 1
    assert "there is no scale with the id “oftn”" in done.out
    assert "often" in done.out
    assert call("report", "everything-now.yaml", "--pack", "wrong").code == 1


def test_pack_schema_knows_all_of_it() -> None:
    schema = json.loads(call("pack", "schema").out)
    question = schema["$defs"]["Question"]["properties"]
    assert {"scale", "steps", "flags", "not_applicable", "full_at", "thresholds"} <= question.keys()
    assert "requires" in schema["$defs"]["Choice"]["properties"]
    assert {"scales", "display", "aggregate", "areas", "retired", "coming"} <= schema["properties"].keys()
