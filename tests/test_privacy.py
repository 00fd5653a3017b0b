"""What people wrote goes where they want it and nowhere else: not into anonymous reports, messages or others' hands."""

import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from builders import a_choice, a_pack, a_question, a_sheet, pack_data, packs, sheets_of
from commands import Done, call, write_pack
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.advice import advise
from collabcheck.answers import Aside, Chose, DontKnow, NotApplicable, Reply, SetAside
from collabcheck.doctor.reading import grade
from collabcheck.files.keeping import open_sheet
from collabcheck.files.packs import load_pack
from collabcheck.report.data import assessment_data
from collabcheck.scoring import score

ROOT = Path(__file__).resolve().parents[1]
FLAG = {"reason": "it burns", "caps_at": "at-risk"}
PACK = pack_data(
    a_question("q1", "size"),
    a_question("q2", "size"),
    a_question("q3", "size", choices=[a_choice("bad", flag=FLAG), a_choice("good", 1)]),
    context=[a_question("role", means="role", choices=[a_choice("trustee"), a_choice("chief")])],
    discussion=[{"id": "effect", "text": "Effect?", "hint": "Any."}],
)
OLD = f"00000000-{a_pack(a_question('q1', 'size')).question['q1'].fingerprint[9:]}"
GONE = "00000000-00000000"
FORMATS = ("terminal", "markdown", "html", "word", "json")
words = st.text("abcdefghijklmnopqrstuvwxyz ", min_size=9, max_size=30).map(lambda drawn: f"zq{drawn}qz")
"""What nobody else writes."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a pack."""
    write_pack(tmp_path / "pack", PACK)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*line: str, **told: str) -> Done:
    return call(*line, "--pack", "pack", **told)


# Anonymous reports.


def write_sheet(name: str, organisation: str = "Riverside", date: str = "2026-11-23") -> list[str]:
    """Write a sheet with words wherever there can be some, and return these."""
    numbers, said = count(1), []

    def word() -> str:
        said.append(f"zq {name} {next(numbers)} qz")
        return said[-1]

    ids = [f"zq-{re.sub('[^a-z0-9]', '-', name)}-{end}" for end in ("once", "twice")]
    answers = {
        "role": {"choice": "chief", "note": word()},
        "q1": {"choice": "all" if date > "2027" else "none", "note": word(), "evidence": word()},
        "q2": {"choice": "dont-know", "note": word(), "evidence": word()},
        "q3": {"not_applicable": word(), "note": word(), "evidence": word()},
        ids[0]: {"choice": word(), "note": word(), "evidence": word()},
        ids[1]: {"not_applicable": word()},
    }
    data = {
        "pack": "tiny",
        "pack_version": word(),
        "organisation": organisation,
        "date": date,
        "respondent": {"name": word()},
        "answers": answers,
        "asked": dict.fromkeys(ids, GONE),
        "discussion": {"effect": [word(), word()], word(): word()},
        "targets": {"size": word(), word(): "ready"},
    }
    Path(f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    return [*said, *ids]


def text_of(path: Path) -> str:
    raw = path.read_bytes()
    if path.suffix != ".docx":
        return raw.decode()
    with ZipFile(BytesIO(raw)) as parts:
        written = [parts.read(name).decode() for name in parts.namelist() if not name.endswith(".png")]
    return "".join((re.sub(r"<[^>]+>", "", part) + "".join(re.findall('descr="([^"]*)"', part))) for part in written)


SUFFIXES = {"terminal": "txt", "markdown": "md", "html": "html", "word": "docx", "json": "json"}
ONE, SEVERAL = ("report", "a.json"), ("report", "a.json", "b.json", "--invited", "9")
COMPARED = (("compare", "a.json", "b.json"), ("compare", "a.json", "c.json"))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("line", [ONE, (*ONE, "--explain", "--plain"), SEVERAL, *COMPARED])
def test_an_anonymous_report_holds_no_word_that_people_typed(folder: Path, form: str, line: tuple[str, ...]) -> None:
    said = [*write_sheet("a"), *write_sheet("b", date="2027-11-23"), *write_sheet("c", "Carers")]
    output = folder / f"report.{SUFFIXES[form]}"
    done = run(*line, "--anonymous", "-o", str(output))
    assert done.code == 0, done.err
    text = text_of(output)
    assert [word for word in said if word in text or word.capitalize() in text] == []
    assert "zq" not in text.casefold()
    assert "Riverside" in text
    if form == "json":
        assert json.loads(text)["anonymous"] is True
    else:
        assert "Names of people, notes, evidence and reasons are left out." in " ".join(text.split())


@pytest.mark.parametrize("form", FORMATS)
def test_a_partner_sees_no_word_of_the_other_but_its_name(folder: Path, form: str) -> None:
    write_sheet("a")
    write_sheet("c", "Carers")
    output = folder / f"report.{SUFFIXES[form]}"
    assert run(*COMPARED[1], "-o", str(output)).code == 0
    text = " ".join(text_of(output).split())
    assert "zq" not in text.casefold()
    if form == "json":
        told = json.loads(text)
        assert (told["first"]["pack_version"], told["compatibility"]["no_longer_asked"]) == (None, 4)
    else:
        assert "4 questions that are no longer asked" in text


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("line", [ONE, COMPARED[0]])
def test_without_words_it_says_how_many_questions_are_no_longer_asked(line: tuple[str, ...]) -> None:
    write_sheet("a")
    write_sheet("b", date="2027-11-23")
    many = 2 if line is ONE else 4
    assert f"{many} questions that are no longer asked" in " ".join(run(*line, "--anonymous").out.split())
    told = json.loads(run(*line, "--anonymous", "--format", "json").out)
    assert (told.get("compatibility") or told["not_scored"])["no_longer_asked"] == many
    plain = json.loads(run(*line, "--format", "json").out)
    assert (plain.get("compatibility") or plain["not_scored"])["no_longer_asked"] == many


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("line", [ONE, SEVERAL, COMPARED[0]])
def test_without_the_option_the_words_are_there(line: tuple[str, ...]) -> None:
    said = [*write_sheet("a"), *write_sheet("b", date="2027-11-23")]
    out = " ".join(run(*line).out.split())
    assert [word for word in said if word in out]
    assert "anonymous" not in json.loads(run(*line, "--format", "json").out)


_replies = st.one_of(
    st.builds(Chose, st.tuples(st.sampled_from(["none", "all"])), words, words),
    st.builds(DontKnow, words, words),
    st.builds(NotApplicable, words, words, words),
)


@given(data=st.data())
def test_what_is_scored_for_it_holds_nothing_but_choices(data: st.DataObject) -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "size"))
    replies: dict[str, Reply] = {name: data.draw(_replies) for name in ("q1", "q2")}
    sheet = a_sheet(pack, **replies)
    aside = SetAside(data.draw(words), Aside.RETIRED, data.draw(_replies), data.draw(words))
    told = replace(
        sheet,
        pack_version=data.draw(words),
        name=data.draw(words),
        discussion={"effect": (data.draw(words),), data.draw(words): (data.draw(words),)},
        targets={"size": data.draw(words), data.draw(words): "ready"},
        set_aside=(aside,),
    )
    bare = told.without_words(pack)
    assert "zq" in repr(told)
    assert "zq" not in repr(bare)
    assert bare.without_words(pack) == bare


@given(data=st.data())
def test_it_scores_the_same(data: st.DataObject) -> None:
    pack = data.draw(packs())
    sheet = data.draw(sheets_of(pack))
    told = [assessment_data(one, advise(one)) for one in (score(pack, sheet), score(pack, sheet.without_words(pack)))]
    for one in told:
        del one["answers"], one["flags"]["cleared"]
    assert told[0] == told[1]


@pytest.mark.usefixtures("folder")
def test_who_alone_has_answered_is_not_told() -> None:
    write_sheet("a")
    assert "Chief of it" in run(*ONE).out
    out = run(*ONE, "--anonymous").out
    assert "Chief of it" not in out
    assert "The role of whoever answered is left out." in " ".join(out.split())
    told = json.loads(run(*ONE, "--anonymous", "--format", "json").out)
    assert "role" not in [*told["answers"], *told["asked"], *told["not_scored"]["not_asked"]]
    assert "Does not apply. The reason is left out." in " ".join(out.split())


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["terminal", "json"])
def test_a_role_that_one_of_many_has_is_not_told_and_a_large_group_is(form: str) -> None:
    for name in "abcdefghijk":
        write_sheet(name)
    alone = json.loads(Path("a.json").read_text("utf-8"))
    alone["answers"]["role"] = "trustee"
    Path("a.json").write_text(json.dumps(alone), encoding="utf-8")
    line = ("report", *(f"{name}.json" for name in "abcdefghijk"), "--format", form)
    assert "trustee" in run(*line).out.casefold()
    assert "trustee" not in run(*line, "--anonymous").out.casefold()
    Path("a.json").write_text(json.dumps({**alone, "answers": {**alone["answers"], "role": "chief"}}), encoding="utf-8")
    assert "chief" in run(*line, "--anonymous").out.casefold(), "they are all one group"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("more", [(), ("--anonymous",)])
def test_a_score_of_one_person_is_not_told_as_that_of_a_large_role(
    folder: Path, form: str, more: tuple[str, ...]
) -> None:
    nothing: dict[str, Any] = {name: {"not_applicable": "no"} for name in ("q1", "q2", "q3")}
    everyone: list[tuple[str, dict[str, Any]]] = [
        *[("trustee", nothing)] * 4,
        ("trustee", {**nothing, "q1": "none"}),
        *[("chief", {"q1": "all"})] * 7,
    ]
    for number, (role, answers) in enumerate(everyone):
        sheet = {"pack": "tiny", "organisation": "R", "date": "2026-11-23", "answers": {"role": role, **answers}}
        (folder / f"{number:02}.json").write_text(json.dumps(sheet), encoding="utf-8")
    output = folder / f"out.{SUFFIXES[form]}"
    assert run("report", str(folder), *more, "-o", str(output), "--force").code == 0
    text = " ".join(text_of(output).split())
    if form == "json":
        assert [(one["people"], one["overall"], one["factors"]) for one in json.loads(text)["groups"]] == [
            (5, None, []),
            (7, None, []),
        ]
    else:
        assert len(re.findall("not shown(?! as a group)", text)) == 2
        assert "“Not shown” stands where too few" in text


@pytest.mark.parametrize(("role", "stays"), [("trustee", True), ("chief", False)])
def test_a_role_stays_only_where_other_questions_would_be_asked_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: str, *, stays: bool
) -> None:
    when = {"question": "role", "is": ["chief"]}
    write_pack(tmp_path / "pack", {**PACK, "trends": pack_data(a_question("q1", "size", when=when))["trends"]})
    monkeypatch.chdir(tmp_path)
    text = f"pack: tiny\norganisation: R\ndate: 2026-11-23\nanswers: {{role: {role}, q1: most}}\n"
    (tmp_path / "sheet.yaml").write_text(text, encoding="utf-8")
    plain, bare = (
        json.loads(run("report", "sheet.yaml", "--format", "json", *more).out) for more in ((), ("--anonymous",))
    )
    assert bare["asked"] == [name for name in plain["asked"] if stays or name != "role"]
    assert ("role" in bare["answers"]) is stays
    assert bare["overall"] == plain["overall"]


@pytest.mark.parametrize(
    "line",
    [(*SEVERAL, "--named"), (*ONE, "--plan", "plan.csv"), ("compare", "a.json", "b.json", "--plan", "plan.csv")],
)
def test_it_goes_with_nothing_that_names_people(folder: Path, line: tuple[str, ...]) -> None:
    write_sheet("a")
    write_sheet("b", date="2027-11-23")
    done = run(*line, "--anonymous")
    assert (done.code, done.out) == (2, "")
    assert "cannot go with --anonymous" in done.err
    assert not (folder / "plan.csv").exists()


# Who may read a file.

TABLE = "organisation,date,q1,q2\nRiverside,2026-11-23,none,all\nCarers,2026-11-23,all,all\n"


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def all_that_is_written(folder: Path) -> None:
    """Write every kind of file that there is."""
    done = [
        *(run("report", "a.json", "-o", f"report.{suffix}", "--force") for suffix in SUFFIXES.values()),
        run("report", "a.json", "--plan", "plan.csv"),
        run("report", "a.json", "--plan", "plan.md"),
        run("compare", "a.json", "c.json", "-o", "compared.md", "--force"),
        run(
            *("cohort", "in", "-o", "cohort.md", "--benchmark", "benchmark.json", "--rows", "rows.csv"),
            *("--smallest-group", "3", "--force"),
        ),
        run("import", "table.csv", "-o", "sheets", "--save-mapping", "mapping.yaml", "--force"),
        *(run("form", "-o", f"form.{suffix}", "--force") for suffix in ("html", "yaml", "md", "xlsx")),
    ]
    assert [one.err for one in done if one.code] == []
    path = folder / "new.yaml"
    with open_sheet(load_pack(Path("pack")), path, now="") as store:
        assert mode_of(folder / ".new.yaml.lock") == 0o600
        sheet = store.read() if store.exists else a_sheet(q1="all")
        store.save(sheet)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="the folder decides there")
@pytest.mark.parametrize("mask", [0, 0o022])
def test_every_new_file_is_its_owners_alone_and_one_that_was_shared_stays_shared(folder: Path, mask: int) -> None:
    with umask(mask):
        for name in ("a", "c"):
            write_sheet(name, organisation=name)
        (folder / "in").mkdir()
        for number in range(4):
            write_sheet(f"in/{number}", organisation=str(number))
        (folder / "table.csv").write_text(TABLE, encoding="utf-8")
        before = {path for path in folder.rglob("*") if path.is_file()}
        all_that_is_written(folder)
        written = {path for path in folder.rglob("*") if path.is_file()} - before
        kinds = {path.suffix for path in written}
        assert {".txt", ".md", ".html", ".docx", ".json", ".csv", ".yaml", ".xlsx"} <= kinds
        assert {path.name: oct(mode_of(path)) for path in written if mode_of(path) != 0o600} == {}
        assert mode_of(folder / "sheets") == 0o700, "the names of its files tell of organisations"
        for path in written:
            path.chmod(0o640)
        all_that_is_written(folder)
        assert {path.name: oct(mode_of(path)) for path in written if mode_of(path) != 0o640} == {}


# Messages.

WRONG = {
    "an unknown level": ("q1", "everything"),
    "an unknown question": ("q9", "all"),
    "two answers": ("q1", ["all", "none"]),
    "a number": ("q1", 7),
    "no reason": ("q1", {"not_applicable": " "}),
    "a key that has no meaning": ("q1", {"choice": "all", "nota": "x"}),
    "a note that is no text": ("q1", {"choice": "all", "note": ["x"]}),
    "an evidence that is no text": ("q1", {"choice": "all", "evidence": {"x": "x"}}),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_a_problem_repeats_no_note_name_or_reason_from_its_place(folder: Path, wrong: str, suffix: str) -> None:
    write_sheet("a")
    data = json.loads(Path("a.json").read_text(encoding="utf-8"))
    data["pack_version"], data["targets"], data["discussion"] = "", {}, {"effect": ["zq said qz"]}
    name, given_ = WRONG[wrong]
    data["answers"][name] = given_
    (folder / f"bad.{suffix}").write_text(json.dumps(data), encoding="utf-8")
    for line in (("report", f"bad.{suffix}"), ("cohort", f"bad.{suffix}", "a.json", "--skip-bad")):
        done = run(*line, COLLABCHECK_DEBUG="1")
        assert done.code == 1
        assert "zq" not in done.err
        assert "Traceback" not in done.err


LONG = "the chair does not know of it yet, as ann told us in may, and bob in june, when we met"
MISPLACED: dict[str, dict[str, Any]] = {
    "an answer": {"answers": {"q1": LONG}},
    "answers": {"answers": {"q1": ["all", LONG]}},
    "a question": {"answers": {LONG: "all"}},
    "all answers": {"answers": LONG},
    "beside a choice": {"answers": {"q1": {"choice": "all", LONG: "x"}}},
    "a role": {"respondent": {"role": LONG}},
    "a respondent": {"respondent": {LONG: "x"}},
    "a prompt": {"discussion": {LONG: "x"}},
    "a factor": {"targets": {LONG: "ready"}},
    "a band": {"targets": {"size": LONG}},
    "a version": {"pack_version": LONG},
    "a day": {"date": LONG},
    "a fingerprint": {"asked": {"q1": LONG}},
    "a key": {LONG: "x"},
}


@pytest.mark.parametrize("wrong", MISPLACED)
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_of_words_in_a_wrong_place_no_more_is_repeated_than_it_takes_to_find_them(
    folder: Path, wrong: str, suffix: str
) -> None:
    sheet = {"pack": "tiny", "organisation": "R", "date": "2026-11-23", "answers": {"q1": "all"}, **MISPLACED[wrong]}
    (folder / f"bad.{suffix}").write_text(json.dumps(sheet), encoding="utf-8")
    done = run("report", f"bad.{suffix}")
    assert done.code == 1
    assert [LONG[i : i + 61] for i in range(len(LONG) - 60) if LONG[i : i + 61] in done.err] == []


def test_of_an_answer_that_is_none_its_beginning_is_repeated(folder: Path) -> None:
    sheet = {"pack": "tiny", "organisation": "R", "date": "2026-11-23", **MISPLACED["an answer"]}
    (folder / "bad.json").write_text(json.dumps(sheet), encoding="utf-8")
    assert LONG[:50] in run("report", "bad.json").err


@pytest.mark.usefixtures("folder")
def test_a_bug_is_told_without_what_it_was_about(monkeypatch: pytest.MonkeyPatch) -> None:
    write_sheet("a")

    def a_bug(assessment: object) -> None:
        raise KeyError(repr(assessment))

    monkeypatch.setattr("collabcheck.advice.advise", a_bug)
    done = run("report", "a.json")
    assert (done.code, "zq a" in done.err) == (3, False)


# Numbers of several.


def test_the_numbers_of_several_people_and_of_many_organisations_hold_no_name(folder: Path) -> None:
    for name in ("a", "b"):
        write_sheet(name)
    names = re.compile(
        "|".join(re.escape(json.loads(Path(f"{name}.json").read_text("utf-8"))["respondent"]["name"]) for name in "ab")
    )
    assert not names.search(run("report", "a.json", "b.json", "--format", "json").out)
    (folder / "in").mkdir()
    for number in range(6):
        write_sheet(f"in/{number}", organisation=f"zq {number} qz")
    done = run("cohort", "in", "--format", "json")
    assert done.code == 0, done.err
    assert "zq" not in done.out


# The words to hand out.


def test_the_words_for_those_who_answer_are_plain() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    lines = [line.removeprefix(">").strip() for line in page.splitlines() if line.startswith(">")]
    paragraphs = "\n".join(line or "\n" for line in lines).split("\n\n")
    box = "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    assert len(box.split()) > 100
    assert grade(box) <= 8
