"""`report` gives the report and nothing else, where it was asked for; `assess` never asks a machine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import call_outside, surroundings, tiny, write_tiny

TITLE = "A tiny pack: Riverside Advice\n"
BAD = """\
pack: tiny
organisation: Riverside Advice
date: 2026-11-23
answers:
  q2: allof
  q1: {not_applicable: " "}
  q3: most
  q11: most
"""
not_windows = pytest.mark.skipif(sys.platform == "win32", reason="there are no such devices and pipes")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a tiny pack and a sheet."""
    write_tiny(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Where the report goes.


def test_the_report_goes_to_standard_output_and_nothing_else_does() -> None:
    done = tiny("report", "sheet.yaml")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(TITLE)
    assert "we meet [monthly]" in done.out


def test_a_dash_for_output_is_standard_output() -> None:
    assert tiny("report", "sheet.yaml", "-o", "-") == tiny("report", "sheet.yaml")


@pytest.mark.parametrize(
    ("name", "start"), [("r.md", "# A tiny pack"), ("r.TXT", TITLE), ("r.json", "{\n"), ("r.markdown", "# A tiny pack")]
)
def test_a_files_suffix_picks_the_format_and_the_message_goes_to_standard_error(
    folder: Path, name: str, start: str
) -> None:
    done = tiny("report", "sheet.yaml", "-o", name)
    assert (done.code, done.out, done.err) == (0, "", f"Saved to {name}\n")
    assert (folder / name).read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize(
    ("name", "start"), [("r.html", b"<!doctype html>"), ("r.HTM", b"<!doctype"), ("r.docx", b"PK")]
)
def test_a_page_and_a_word_document_are_written_as_they_are(folder: Path, name: str, start: bytes) -> None:
    assert tiny("report", "sheet.yaml", "-o", name).err == f"Saved to {name}\n"
    assert (folder / name).read_bytes().startswith(start)


def test_without_its_package_word_says_how_to_get_it_and_writes_nothing(folder: Path) -> None:
    gone = "import sys; sys.modules['docx'] = None; from collabcheck.cli.main import run; sys.exit(run())"
    words = ["report", "sheet.yaml", "--pack", "pack", "-o", "r.docx"]
    done = subprocess.run([sys.executable, "-c", gone, *words], check=False, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: Word needs one more package. Install it with: pip install python-docx")
    assert not (folder / "r.docx").exists()


def test_the_format_option_is_stronger_than_the_suffix(folder: Path) -> None:
    assert tiny("report", "sheet.yaml", "-o", "r.txt", "--format", "json").code == 0
    assert json.loads((folder / "r.txt").read_text(encoding="utf-8"))["sheet"]["organisation"] == "Riverside Advice"


def test_any_name_will_do_with_a_format(folder: Path) -> None:
    assert tiny("report", "sheet.yaml", "-o", "r", "--format", "markdown").code == 0
    assert (folder / "r").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("name", ["report.pdf", "report", ".", "md", "report.md.bak"])
def test_an_unknown_suffix_is_refused_and_the_known_ones_are_named(folder: Path, name: str) -> None:
    done = tiny("report", "sheet.yaml", "-o", name)
    assert (done.code, done.out) == (2, "")
    for word in (name, ".txt", ".md", ".json", "--format"):
        assert word in done.err
    assert sorted(path.name for path in folder.iterdir()) == ["pack", "sheet.yaml"]


def test_every_format_is_written_to_standard_output() -> None:
    assert tiny("report", "sheet.yaml", "--format", "terminal") == tiny("report", "sheet.yaml")
    assert tiny("report", "sheet.yaml", "--format", "markdown").out.startswith("# A tiny pack")
    assert json.loads(tiny("report", "sheet.yaml", "--format", "json").out)["pack"]


def test_a_file_that_exists_is_left_alone(folder: Path) -> None:
    (folder / "r.md").write_text("mine", encoding="utf-8")
    done = tiny("report", "sheet.yaml", "-o", "r.md")
    assert (done.code, done.out) == (1, "")
    assert "r.md: there is such a file already [file-exists]" in done.err
    assert "--force" in done.err
    assert (folder / "r.md").read_text(encoding="utf-8") == "mine"


def test_force_replaces_a_file_that_exists(folder: Path) -> None:
    (folder / "r.md").write_text("mine", encoding="utf-8")
    assert tiny("report", "sheet.yaml", "-o", "r.md", "--force").code == 0
    assert (folder / "r.md").read_text(encoding="utf-8").startswith("# A tiny pack")


def test_a_report_never_replaces_the_answers_by_accident(folder: Path) -> None:
    (folder / "sheet.json").write_text("{}", encoding="utf-8")
    assert tiny("report", "sheet.yaml", "-o", "sheet.json").code == 1
    assert (folder / "sheet.json").read_text(encoding="utf-8") == "{}"


def test_a_folder_that_is_not_there_is_a_problem_and_not_a_bug() -> None:
    done = tiny("report", "sheet.yaml", "-o", "nowhere/r.md")
    assert done.code == 1
    assert "nowhere/r.md: the file cannot be written: there is no such folder [cannot-write]" in done.err.replace(
        "\\", "/"
    )


@not_windows
def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = [sys.executable, "-m", "collabcheck", "report", "sheet.yaml", "--pack", "pack"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # long before the report is ready, as `head -0` would
        assert (process.stderr.read(), process.wait()) == (b"", 0)


@not_windows
def test_a_reader_that_leaves_in_the_middle_is_no_error() -> None:
    line = f'{sys.executable} -m collabcheck report sheet.yaml --pack pack --explain; echo "code $?" >&2'
    done = subprocess.run(["/bin/sh", "-c", f"({line}) | head -n 1"], check=False, capture_output=True)
    assert done.stdout == TITLE.encode()
    assert done.stderr == b"code 0\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_standard_output_is_a_problem_and_not_a_bug() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "collabcheck", "report", "sheet.yaml", "--pack", "pack"],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert done.returncode == 1
    assert b"standard output: the file cannot be written: the disk is full [cannot-write]" in done.stderr


# What it says.


def test_explain_adds_the_arithmetic_and_takes_nothing_away() -> None:
    plain = tiny("report", "sheet.yaml", "--plain").out.splitlines()
    explained = tiny("report", "sheet.yaml", "--plain", "--explain").out.splitlines()
    assert len(explained) > len(plain)
    assert set(plain) <= set(explained)


def test_plain_draws_nothing() -> None:
    usual, plain = tiny("report", "sheet.yaml").out, tiny("report", "sheet.yaml", "--plain").out
    assert "█" in usual
    assert not set(plain) & set("█▒·▲●▼─•")


@pytest.mark.parametrize("environment", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}])
def test_the_environment_can_ask_for_plain(environment: dict[str, str]) -> None:
    assert tiny("report", "sheet.yaml", **environment) == tiny("report", "sheet.yaml", "--plain")


@pytest.mark.parametrize("columns", ["40", "60", "80", "120"])
def test_the_report_keeps_to_the_width(columns: str) -> None:
    lines = tiny("report", "sheet.yaml", "--explain", COLUMNS=columns).out.splitlines()
    assert max(map(len, lines)) <= int(columns)


def test_the_same_run_twice_gives_the_same_bytes() -> None:
    words = ("report", "sheet.yaml", "--pack", "pack", "--explain")
    first, second = (call_outside(*words, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.code == 0
    assert first == second
    for name in ("terminal", "markdown", "json"):
        assert tiny("report", "sheet.yaml", "--format", name) == tiny("report", "sheet.yaml", "--format", name)


@not_windows
def test_a_file_is_the_same_whether_it_is_made_at_a_terminal_or_not(folder: Path) -> None:
    pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed")
    words = ["-m", "collabcheck", "report", "sheet.yaml", "--pack", "pack", "--explain", "-o", "there.txt"]
    pexpect.spawn(sys.executable, words, dimensions=(24, 50), env=surroundings(TERM="xterm-256color")).wait()
    tiny("report", "sheet.yaml", "--explain", "-o", "here.txt")
    assert (folder / "there.txt").read_bytes() == (folder / "here.txt").read_bytes()


def test_answers_to_an_older_pack_are_named_on_standard_error_only(folder: Path) -> None:
    asked = 'asked: {q1: "00000000-00000000", gone: "00000000-00000000"}\n'
    sheet = (
        'pack: tiny\npack_version: "later"\norganisation: R\ndate: 2026-11-23\n'
        f"answers: {{q1: old, q2: all, gone: yes-once}}\n{asked}"
    )
    (folder / "old.yaml").write_text(sheet, encoding="utf-8")
    done = tiny("report", "old.yaml")
    assert done.code == 0
    assert "It answers another version of the questions than this one, which is 1." in done.err
    assert "Not scored: “q1”, as what it takes as an answer has changed." in done.err
    assert "Not scored: “gone”, as this version of the pack does not ask it." in done.err
    assert not set(done.err.splitlines()) & set(done.out.splitlines())


# --require.


@pytest.mark.parametrize(("q1", "q2", "band", "code"), [
    ("most", "all", "ready", 0),
    ("most", "all", "at-risk", 0),
    ("none", "some", "developing", 4),
    ("most", "some", "ready", 4),
    ("all", "dont-know", "developing", 0),  # 50 to 100
    ("all", "dont-know", "ready", 4),  # may be below
    ("dont-know", "dont-know", "at-risk", 0),
])  # fmt: skip
def test_require_says_with_its_exit_code_whether_a_level_is_reached(
    folder: Path, q1: str, q2: str, band: str, code: int
) -> None:
    text = f"pack: tiny\norganisation: R\ndate: 2026-11-23\nanswers: {{q1: {q1}, q2: {q2}}}\n"
    (folder / "other.yaml").write_text(text, encoding="utf-8")
    done = tiny("report", "other.yaml", "--require", band)
    assert done.code == code
    assert done.out == tiny("report", "other.yaml").out  # the report comes all the same
    assert done.err == (f"The overall result is below “{band}”.\n" if code else "")


def test_require_with_nothing_assessed_is_below() -> None:
    sheet = b"pack: tiny\norganisation: R\ndate: 2026-11-23\nanswers: {}\n"
    assert tiny("report", "-", "--require", "ready", stdin=sheet).code == 4


def test_a_file_is_saved_although_the_level_is_not_reached(folder: Path) -> None:
    (folder / "sheet.yaml").write_text(
        (folder / "sheet.yaml").read_text("utf-8").replace("q1: most", "q1: none"), "utf-8"
    )
    assert tiny("report", "sheet.yaml", "--require", "ready", "-o", "r.md").code == 4
    assert (folder / "r.md").exists()


def test_an_unknown_band_is_refused_before_anything_is_written(folder: Path) -> None:
    done = tiny("report", "sheet.yaml", "--require", "redy", "-o", "r.md")
    assert (done.code, done.out) == (2, "")
    assert "“redy”" in done.err
    assert "Did you mean “ready”?" in done.err
    assert not (folder / "r.md").exists()


# --target.


def test_a_target_is_said_to_be_reached_or_not() -> None:
    assert "Your targets" not in tiny("report", "sheet.yaml", "--plain").out
    aimed = tiny("report", "sheet.yaml", "--plain", "--target", "size=ready")
    assert (aimed.code, aimed.err) == (0, "")
    assert "You aim at Ready, from 70. Reached: the score is 83 now.\n" in aimed.out
    assert "3.3 points short: How far is q1?\n" in aimed.out


def test_a_target_on_the_command_line_is_stronger_than_the_sheets_and_changes_no_sheet(folder: Path) -> None:
    text = f"{(folder / 'sheet.yaml').read_text('utf-8')}targets: {{size: ready}}\n"
    (folder / "sheet.yaml").write_text(text, encoding="utf-8")
    for words, band in ((), "ready"), (("--target", "size=developing"), "developing"):
        data = json.loads(tiny("report", "sheet.yaml", "--format", "json", *words).out)
        assert data["sheet"]["targets"] == {"size": band}
        assert data["targets"]["size"]["band"] == band
    assert (folder / "sheet.yaml").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("siez=ready", "there is no factor “siez”. Did you mean “size”?"),
        ("size=redy", "there is no band “redy”. Did you mean “ready”?"),
        ("size", "Write --target FACTOR=BAND, such as --target size=ready."),
        ("size=", "Write --target FACTOR=BAND, such as --target size=ready."),
        ("=ready", "there is no factor “”. Use one of: size."),
    ],
)
def test_a_target_that_cannot_be_is_refused_before_anything_is_written(folder: Path, word: str, advice: str) -> None:
    done = tiny("report", "sheet.yaml", "--target", word, "-o", "r.md")
    assert (done.code, done.out) == (2, "")
    assert advice in " ".join(done.err.split())
    assert not (folder / "r.md").exists()


# What it reads.


def test_a_dash_reads_standard_input(folder: Path) -> None:
    text = (folder / "sheet.yaml").read_bytes()
    assert tiny("report", "-", stdin=text) == tiny("report", "sheet.yaml")


def test_standard_input_may_be_json() -> None:
    sheet = {
        "pack": "tiny",
        "organisation": "Riverside Advice",
        "date": "2026-11-23",
        "answers": {
            "q1": "most",
            "q2": {"choice": "all", "note": "we meet [monthly]", "evidence": "https://example.org/minutes"},
        },
    }
    assert tiny("report", "-", stdin=json.dumps(sheet).encode()) == tiny("report", "sheet.yaml")


def test_problems_in_standard_input_have_places_too() -> None:
    done = tiny("report", "-", stdin=BAD.encode())
    assert "standard input:5:7: “allof” is not an answer to “q2” [unknown-level]" in done.err


def test_all_problems_are_told_at_once_in_order_and_nothing_is_written(folder: Path) -> None:
    (folder / "bad.yaml").write_text(BAD, encoding="utf-8")
    done = tiny("report", "bad.yaml", "-o", "r.md")
    assert (done.code, done.out) == (1, "")
    places = [line.split(": ")[0] for line in done.err.splitlines() if not line.startswith(" ")]
    assert places == ["bad.yaml:5:7", "bad.yaml:6:24", "bad.yaml:7:3", "bad.yaml:8:3"]
    assert "Did you mean “all”?" in done.err
    assert not (folder / "r.md").exists()


def test_every_problem_has_a_code_and_something_to_do(folder: Path) -> None:
    (folder / "bad.yaml").write_text(BAD, encoding="utf-8")
    lines = tiny("report", "bad.yaml").err.splitlines()
    assert all(line.endswith("]") for line in lines[::2])
    assert all(line.startswith("    ") and line.strip() for line in lines[1::2])


@pytest.mark.parametrize(("name", "code"), [("nowhere.yaml", "cannot-read"), ("nowhere/sheet.yaml", "cannot-read")])
def test_a_sheet_that_is_not_there_is_a_problem_with_the_file(name: str, code: str) -> None:
    done = tiny("report", name)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{name}: ")
    assert f"[{code}]" in done.err


def test_a_pack_with_problems_is_told_before_the_sheet_is_read(folder: Path) -> None:
    trends = folder / "pack" / "trends.yaml"
    trends.write_text(
        trends.read_text("utf-8").replace('"size"', '"site"', 1).replace('"minutes": 1', '"minutes": 0'), "utf-8"
    )
    done = tiny("report", "nowhere.yaml")
    assert (done.code, done.out) == (1, "")
    assert "trends.yaml:" in done.err
    assert "nowhere" not in done.err


# assess.


@pytest.mark.parametrize("stdin", [b"", b"\n\n\n", b"Riverside\n1\n1\n"])
def test_assess_without_a_terminal_asks_nothing_and_names_the_command_to_use(folder: Path, stdin: bytes) -> None:
    done = tiny("assess", "new.yaml", stdin=stdin)
    assert (done.code, done.out) == (2, "")
    assert "needs a terminal" in done.err
    assert "collabcheck report SHEET" in done.err
    assert not (folder / "new.yaml").exists()


# What must not be lost.


@pytest.mark.parametrize("output", ["sheet.yaml", "./sheet.yaml", "pack/../sheet.yaml", "link.md"])
def test_a_report_is_never_written_over_its_own_sheet(folder: Path, output: str) -> None:
    before = (folder / "sheet.yaml").read_bytes()
    if output == "link.md":
        if sys.platform == "win32":
            pytest.skip("links need a right there")
        (folder / "link.md").symlink_to("sheet.yaml")
    done = tiny("report", "sheet.yaml", "-o", output, "--format", "json", "--force")
    assert (done.code, done.out) == (2, "")
    assert "is one of the files that are read" in done.err
    assert (folder / "sheet.yaml").read_bytes() == before


def test_without_a_name_the_sheet_is_the_one_that_assess_makes(folder: Path) -> None:
    (folder / "sheet.yaml").rename(folder / "answers.yaml")
    assert tiny("report").out.startswith(TITLE)


def test_data_keeps_every_character_where_standard_output_cannot_show_it(folder: Path) -> None:
    sheet = folder / "sheet.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("monthly", "£5 – Ŵyn"), encoding="utf-8")
    done = call_outside("report", "sheet.yaml", "--pack", "pack", "--format", "json", PYTHONIOENCODING="ascii")
    assert json.loads(done.out)["answers"]["q2"]["note"] == "we meet [£5 – Ŵyn]"


@not_windows
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "2>/dev/full"])
def test_a_stream_that_is_closed_or_full_is_no_fault_of_ours(folder: Path, closed: str) -> None:
    sheet = folder / "sheet.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("q1: most", "q1: none"), encoding="utf-8")
    line = f"{sys.executable} -m collabcheck report sheet.yaml --pack pack --require ready {closed}"
    done = subprocess.run(["/bin/sh", "-c", line], check=False, capture_output=True, env=surroundings())
    assert done.returncode == (1 if closed == ">&-" else 4)  # there the report would have gone nowhere
    assert b"Traceback" not in done.stderr


def test_a_name_that_is_too_long_is_said_to_be(folder: Path) -> None:
    done = tiny("report", "sheet.yaml", "-o", f"{'x' * 300}.md")
    assert done.code == 1
    assert "its name is too long" in done.err
    assert sorted(path.name for path in folder.iterdir()) == ["pack", "sheet.yaml"]


@pytest.mark.parametrize("columns", ["²", "9" * 5000, "-5", "abc", ""])
def test_a_width_that_is_no_number_is_passed_over(columns: str) -> None:
    assert tiny("report", "sheet.yaml", COLUMNS=columns).code == 0
