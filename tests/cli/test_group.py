"""`report` on several sheets of one organisation: all are read, none is mistaken, and nobody is named unasked."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from builders import a_choice, a_question, pack_data
from commands import Done, call, write_pack

PACK = pack_data(
    a_question("role", means="role", choices=[a_choice("trustee"), a_choice("staff")]),
    a_question("q1", "size"),
    a_question("q2", "size"),
    discussion=[{"id": "effect", "text": "Effect?", "hint": "Any."}],
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a pack that asks for the role."""
    write_pack(tmp_path / "pack", PACK)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sheet(name: str, *answers: str, organisation: str = "Riverside", person: str = "", more: str = "") -> str:
    """Write a sheet and return its name."""
    path = Path(f"{name}.yaml")
    path.parent.mkdir(exist_ok=True)
    who = f"respondent: {{name: {person}}}\n" if person else ""
    lines = "".join(f"  {line}\n" for line in answers)
    text = f"pack: tiny\norganisation: {organisation}\ndate: 2026-11-23\n{who}answers:\n{lines}{more}"
    path.write_text(text, encoding="utf-8")
    return str(path)


def report(*words: str) -> Done:
    return call("report", *words, "--pack", "pack")


def divided() -> tuple[str, str, str]:
    return (
        sheet("ann", "role: trustee", "q1: none", 'q2: {choice: some, note: "we never did"}', person="Ann"),
        sheet("bob", "role: trustee", "q1: all", "q2: dont-know", person="Bob", more='discussion: {effect: "Much."}\n'),
        sheet("cy", "role: staff", "q1: all", "q2: dont-know", person="Cy"),
    )


def test_the_report_opens_with_what_people_see_differently_and_what_nobody_knows() -> None:
    done = report(*divided())
    assert (done.code, done.err) == (0, "")
    order = [
        "TALK ABOUT THESE FIRST",
        "From “None of it” (1) to “All of it” (2).",
        "Fewer than half of you",
        "IN SHORT",
    ]
    assert sorted(order, key=done.out.index) == order


def test_that_nobody_differs_is_said_only_where_all_say_the_same() -> None:
    """A board that names a bid and a merger has its largest disagreement there, though it is not scored."""
    same = report(sheet("a", "q1: all", "q2: some"), sheet("b", "q1: all", "q2: some")).out
    assert "There is no question on which you differ." in same
    forms = a_question("forms", means="form", several=True, choices=[a_choice("merger"), a_choice("bid")])
    leans = [{"factor": "size", "weight": 1, "because": "It does."}]
    pack = pack_data(
        forms,
        a_question("q1", "size"),
        forms=[{"id": name, "title": name, "meaning": "So.", "leans_on": leans} for name in ("merger", "bid")],
    )
    write_pack(Path("two"), pack)
    names = [sheet(f"p{i}", f"forms: [{form}]", "q1: all") for i, form in enumerate(("merger", "bid", "bid"))]
    names.append(sheet("p3", "q1: all"))
    names.append(sheet("p4", "q1: all"))
    out = " ".join(call("report", *names, "--pack", "two").out.split())
    assert "There is no question on which you differ." not in out
    assert "On 1 question single answers differ: see “All answers”." in out
    assert "No way of working together is named by half of you. Some name: bid (2 of 5) and merger (1 of 5)." in out


def test_an_answer_that_does_not_count_is_told_with_the_reason() -> None:
    names = [sheet(f"p{i}", f"q1: {said}") for i, said in enumerate(("none", *["{not_applicable: closed}"] * 3))]
    out = " ".join(report(*names).out.split())
    assert "More than half say that it does not apply, so it is not scored." in out[out.index("ALL ANSWERS") :]


def test_one_against_one_among_many_who_do_not_know_is_said_as_it_is() -> None:
    names = [sheet(f"p{i}", f"q1: {word}") for i, word in enumerate(("none", "all", *["dont-know"] * 3))]
    out = " ".join(report(*names).out.split())
    agenda, answers = out[: out.index("IN SHORT")], out[out.index("ALL ANSWERS") :]
    assert "How far is q1? 2 of 5 have one, and they disagree. Who would know: the chair." in agenda
    assert "you differ" not in agenda, "what fewer than half know is to be found out first"
    assert "Only two answered, and they disagree. 1 says “None of it”." in answers
    assert "are divided." not in out[: out.index("Read this with care".upper())]


def test_what_an_agenda_has_no_room_for_is_told_after_what_it_lists() -> None:
    write_pack(Path("many"), pack_data(*(a_question(f"q{i}", "size") for i in range(9))))
    names = [sheet(name, *(f"q{i}: dont-know" for i in range(9))) for name in ("one", "two")]
    out = call("report", *names, "--pack", "many").out
    agenda = out[: out.index("IN SHORT")]
    order = ["Find out before you decide anything on them:", "How far is q4?", "4 more are under “All answers”."]
    assert sorted(order, key=agenda.index) == order


def test_the_days_on_which_people_answered_are_told() -> None:
    names = [sheet("one", "q1: all"), sheet("two", "q1: all")]
    Path("two.yaml").write_text(Path("two.yaml").read_text("utf-8").replace("11-23", "12-02"), encoding="utf-8")
    assert "2 people answered, 23 November to 2 December 2026." in report(*names).out


def test_why_a_danger_does_not_apply_is_told_for_each_who_says_so_in_no_order_of_people() -> None:
    bad = [a_choice("bad", 0, flag={"reason": "it burns", "caps_at": "at-risk"}), a_choice("good", 1)]
    write_pack(Path("two"), pack_data(a_question("q1", "size", choices=bad), a_question("q2", "size")))
    reasons = {"one": "no fire", "two": "no fire", "six": "all of it is stone"}
    names = [sheet(name, f'q1: {{not_applicable: "{why}"}}', "q2: all") for name, why in reasons.items()]
    out = " ".join(call("report", *names, "--pack", "two").out.split())
    assert "Reasons given: “All of it is stone.” “No fire.”" in out
    assert out.index("words can give away who wrote them") < out.index("Reasons given:")
    assert "Reason given: “No fire.”" in call("report", *names[:2], "--pack", "two").out
    alone = call("report", names[0], "--pack", "two").out
    assert "Your reason: No fire." in alone
    assert "give away" not in alone
    left_out = call("report", *names, "--pack", "two", "--anonymous").out
    assert "The reason is left out." in left_out
    assert "give away" not in left_out


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_of_two_people_neither_comes_first_at_every_question(form: str) -> None:
    bad = [a_choice("bad", 0, flag={"reason": "it burns", "caps_at": "at-risk"}), a_choice("good", 1)]
    write_pack(Path("two"), pack_data(*(a_question(f"q{i}", "size", choices=bad) for i in (1, 2)), a_question("q3")))
    ann = sheet("ann", "q1: {not_applicable: Ann a}", "q2: {not_applicable: Z by Ann}", "q3: all")
    bob = sheet("bob", "q1: {not_applicable: Bob b}", "q2: {not_applicable: A by Bob}", "q3: all")
    out = call("report", ann, bob, "--pack", "two", "--format", form).out
    assert out.index("Ann a") < out.index("Bob b")
    assert out.index("A by Bob") < out.index("Z by Ann")


def test_the_sums_of_several_people_say_that_points_are_a_mean() -> None:
    out = " ".join(report(*divided(), sheet("di", "q1: none"), "--explain", "--plain").out.split())
    assert "Points: 1.5 of 3 on average (3/2)" in out
    assert "((3/2)/3 + 1/3)" in out


def test_what_only_one_of_two_knows_is_on_their_agenda() -> None:
    ann, bob, _ = divided()
    out = report(ann, bob).out
    agenda = out[: out.index("IN SHORT")]
    assert "Only one of you has an answer here. Settle it together:" in agenda
    assert "1 says “Some of it”; 1 does not know." in agenda
    assert "To these you have no answer." not in agenda
    assert "To these you have no answer." in report(sheet("x", "q1: dont-know"), sheet("y", "q1: dont-know")).out


def test_an_agenda_names_the_flags_with_how_many_raise_them_and_no_more_questions_than_fit_on_a_page() -> None:
    bad = [a_choice("bad", 0, flag={"reason": "it burns", "caps_at": "at-risk"}), a_choice("good", 1)]
    questions = [a_question(f"q{i}", "size") for i in range(9)]
    write_pack(Path("many"), pack_data(a_question("danger", "size", choices=bad), *questions))
    answers = [[f"q{i}: {word}" for i in range(9)] for word in ("none", "all")]
    names = [sheet("one", "danger: bad", *answers[0]), sheet("two", "danger: good", *answers[1])]
    out = call("report", *names, "--pack", "many").out
    agenda = out[: out.index("IN SHORT")]
    assert "It burns. (1 of 2)" in agenda
    assert "5 more are under “All answers”." in " ".join(agenda.split())
    assert "You are divided, from “" in agenda
    assert "\n5. " in agenda
    assert "\n6. " not in agenda


def test_nobody_is_named_unless_it_is_asked_for_in_any_format() -> None:
    names = divided()
    for form in ("terminal", "markdown", "html", "json"):
        out = report(*names, "--format", form).out
        assert not [name for name in ("Ann", "Bob", "Cy") if name in out]
        assert "we never did" in out
        assert "Much." in out
    named = report(*names, "--named").out
    assert "Bob and Cy: “All of it”." in named
    assert "Ann: we never did" in named
    assert "Cy: Staff of it." in named


def test_who_gives_no_name_is_called_after_the_file_and_only_where_names_are_asked_for() -> None:
    names = [sheet("a/zoe", "q1: none"), sheet("b/zoe", "q1: all"), sheet("b/ike", "role: staff", "q1: all")]
    named = report(*names, "--named").out
    assert f"{Path('a', 'zoe.yaml')}: “None of it”." in named
    assert f"{Path('b', 'zoe.yaml')} and ike: “All of it”." in named
    assert "ike: Staff of it." in named
    for form in ("terminal", "markdown", "html", "json"):
        out = report(*names, "--format", form).out
        assert not [name for name in ("zoe", "ike") if name in out]


def test_the_order_of_notes_does_not_tell_whose_they_are() -> None:
    notes = {"Ann": ("zebra", "one"), "Bob": ("apple", "two"), "Cy": ("mango", "three")}
    names = [
        sheet(name, f"q1: {{choice: all, note: {first}}}", f"q2: {{choice: all, note: {second}}}", person=name)
        for name, (first, second) in notes.items()
    ]
    out = report(*names).out
    for words in (["apple", "mango", "zebra"], ["one", "three", "two"]):
        assert sorted(words, key=out.index) == words


def test_a_sheet_in_a_folder_is_never_written_over() -> None:
    for name in ("ann", "bob"):
        sheet(f"answers/{name}", "q1: all")
    before = Path("answers/ann.yaml").read_bytes()
    assert report("answers", "-o", "answers/ann.yaml", "--format", "markdown", "--force").code == 2
    assert Path("answers/ann.yaml").read_bytes() == before


def test_what_is_in_a_folder_and_no_sheet_is_passed_over() -> None:
    sheet("answers/one", "q1: none")
    Path("answers/answers.schema.json").write_text("{}", encoding="utf-8")
    Path("answers/.one.yaml.lock").write_text("1", encoding="utf-8")
    Path("answers/more.yaml").mkdir()
    assert report("answers").code == 0


def test_sheets_in_a_folder_inside_are_not_read_and_that_is_said() -> None:
    Path("answers").mkdir()
    for name, level in (("answers/one", "none"), ("answers/two", "some"), ("answers/staff/three", "all")):
        sheet(name, f"q1: {level}")
    (told,) = report("answers").err.splitlines()
    assert told == "What is in answers/staff is not read. Name that folder too, if its files belong here."
    assert report("answers", "answers/staff").err == "", "it is named"


def test_what_is_for_several_is_refused_for_one() -> None:
    assert report(sheet("one", "q1: none"), "--named").code == 2


def test_of_those_who_were_asked_one_may_be_the_first_to_answer() -> None:
    sheet("answers/one", "q1: none")
    done = report("answers", "--invited", "3")
    assert (done.code, done.err) == (0, "")
    assert "1 of the 3 people who were asked has answered: 33 per cent." in " ".join(done.out.split())
    assert json.loads(report("answers", "--invited", "3", "--format", "json").out)["invited"] == 3
    assert json.loads(report("answers", "--format", "json").out).get("invited") is None


def test_a_folder_stands_for_the_sheets_in_it() -> None:
    sheet("answers/one", "q1: none")
    sheet("answers/two", "q1: all")
    Path("answers/notes.txt").write_text("not a sheet", encoding="utf-8")
    assert "2 people answered" in report("answers").out
    assert report("answers") == report("answers/two.yaml", "answers/one.yaml")
    assert report("answers", "answers/one.yaml") == report("answers"), "a file counts once"


def test_an_empty_folder_is_wrong_usage() -> None:
    Path("empty").mkdir()
    assert report("empty").code == 2


def test_a_folder_that_holds_only_tables_is_sent_to_the_import() -> None:
    Path("tables").mkdir()
    for name in ("bob.csv", "ann.xlsx"):
        Path("tables", name).touch()
    command = f"collabcheck import {Path('tables', 'ann.xlsx')} -o sheets"
    for words in (("tables",), ("tables", sheet("one", "q1: none"))):
        done = report(*words)
        assert done.code == (2 if len(words) == 1 else 1)
        assert "there is no answer sheet in the folder “tables”" in done.err
        assert f"Bring its tables in first, such as: {command}" in done.err
    assert command in call("compare", "tables", "one.yaml", "--pack", "pack").err


@pytest.mark.parametrize("command", ["report", "compare"])
def test_a_report_among_the_sheets_is_told_in_one_line(command: str) -> None:
    for name in ("own/ann", "own/bob"):
        sheet(name, f"q1: {'none' if name == 'own/ann' else 'all'}")
    assert report("own", "-o", "own/board.json").code == 0
    rest = [sheet("other", "q1: all", organisation="Hillside")] if command == "compare" else []
    done = call(command, "own", *rest, "--pack", "pack")
    board = Path("own", "board.json")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(
        f"{board}: this is a report, not an answer sheet [cannot-read]\n    Name the answer sheet"
    )
    assert done.err.count("\n") == 2


def test_a_sheet_without_an_answer_is_told_among_others_only() -> None:
    blank, other = sheet("blank", "q1:"), sheet("one", "q1: none")
    assert "blank.yaml holds no answer, and counts as a person. Leave it out" in report(blank, other).err
    assert "holds no answer" not in report(blank).err


def test_a_folder_with_one_sheet_gives_the_report_on_that_sheet() -> None:
    name = sheet("answers/one", "q1: none", "q2: all")
    assert report("answers") == report(name)


def test_sheets_of_another_organisation_are_refused_by_name() -> None:
    names = [sheet("one", "q1: none"), sheet("two", "q1: all", organisation="Hillside"), sheet("three", "q1: all")]
    done = report(*names)
    assert (done.code, done.out) == (1, "")
    assert "two.yaml: this sheet is of “Hillside”, and one.yaml is of “Riverside” [other-organisation]" in done.err
    assert report(names[0], sheet("four", "q1: all", organisation='"river  side "'.replace("  ", ""))).code == 0


def test_the_problems_of_all_sheets_are_told_at_once() -> None:
    done = report(sheet("one", "q1: nine"), sheet("two", "q1: ten"), "nowhere.yaml")
    assert done.code == 1
    assert done.err.count("[unknown-level]") == 2
    assert "nowhere.yaml" in done.err


def test_what_seems_to_be_one_person_twice_is_a_warning() -> None:
    done = report(sheet("one", "q1: none", person="Ann"), sheet("two", "q1: all", person="ann "))
    assert done.code == 0
    assert (
        "two.yaml and one.yaml hold the same name. Both count. Leave one out if they are from one person." in done.err
    )
    assert "hold the same answers" in report(sheet("three", "q1: some"), sheet("four", "q1: some")).err


def test_of_many_such_warnings_the_rest_are_counted() -> None:
    for i in range(15):
        sheet(f"same/s{i:02}", "q1: some")
    told = report("same").err.splitlines()
    assert len(told) == 11
    assert told[-1] == "… and 4 more like these"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("options", [(), ("--named",), ("-o", "odd\n\x1b[31mname.yaml", "--format", "markdown")])
def test_no_name_of_a_file_acts_on_the_terminal(options: tuple[str, ...]) -> None:
    odd = sheet("odd\n\x1b[31mname", "q1: some")
    other = sheet("other", "q1: some", organisation="Hillside")
    for names in ((odd, sheet("one", "q1: some")), (sheet("a", "q1: some"), odd)):
        done = report(*names, *options)
        assert "\x1b" not in done.out + done.err
        assert "odd\n" not in done.out + done.err
    assert "odd\\u000a\\u001b[31mname.yaml is of" in report(odd, other).err


@pytest.mark.parametrize("more", [(), ("one.yaml",)])
def test_a_name_that_is_too_long_is_a_problem_of_that_file(more: tuple[str, ...]) -> None:
    sheet("one", "q1: some")
    done = report(*more, f"{'x' * 300}.yaml")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{'x' * 300}.yaml: ")


def test_the_response_rate_is_told_when_the_number_of_invited_is_known() -> None:
    assert "3 of the 12 people who were asked have answered: 25 per cent." in report(*divided(), "--invited", "12").out
    assert "who were asked" not in report(*divided()).out


@pytest.mark.parametrize("options", [("--smallest-group", "2"), ("--invited", "-1")])
def test_numbers_that_cannot_be_are_wrong_usage(options: tuple[str, ...]) -> None:
    assert report(*divided(), *options).code == 2


def test_a_small_group_is_in_no_format_shown_by_itself() -> None:
    names = [sheet(f"t{i}", "role: trustee", "q1: all") for i in range(6)]
    names += [sheet(f"s{i}", "role: staff", "q1: none") for i in range(4)]
    data = json.loads(report(*names, "--format", "json").out)
    assert (data["groups"], data["hidden"]) == ([], 10)
    assert "The factors by role" not in report(*names).out
    more = [*names, sheet("s4", "role: staff", "q1: none")]
    data = json.loads(report(*more, "--format", "json").out)
    assert [(group["role"], group["people"]) for group in data["groups"]] == [("trustee", 6), ("staff", 5)]
    assert "The factors by role" in report(*more).out


def test_a_plan_can_be_kept_for_all_of_them() -> None:
    done = report(*divided(), "--plan", "plan.csv")
    assert done.code == 0
    assert "The plan is in plan.csv" in done.err
    assert "q2/?" in Path("plan.csv").read_text("utf-8"), "only one of them knows"


def test_answers_to_an_older_version_are_not_told_as_unknown() -> None:
    """A person who answered is not said not to know; what does not count is listed, and told once for all."""
    asked = "asked: {q1: 00000000-00000000}\n"
    names = [sheet(f"p{i}", "q1: most", "q2: all", person=f"P{i}", more=asked) for i in range(3)]
    names.append(sheet("blank", "q2: all", person="Blank"))
    done = report(*names, "--plain")
    out = " ".join(done.out.split())
    assert "3 gave an answer to an older version, which does not count" in out
    assert "1 has not answered" in out
    assert "do not know" not in out.replace("those who do not know", "")
    kept = out[out.index("Kept but not scored") :]
    assert (
        kept.index("How far is q1?") < kept.index("The old answers:") < kept.index("most") < kept.index("Not scored:")
    )
    (told,) = [line for line in done.err.splitlines() if "q1" in line]
    assert told == "3 sheets: Not scored: “q1”, as what it takes as an answer has changed."
    data = json.loads(report(*names, "--format", "json").out)["questions"]["q1"]
    assert (data["unknown"], data["dont_know"], data["set_aside"]) == (4, 0, 3)


def test_an_answer_to_a_question_that_was_not_asked_is_told_as_kept(folder: Path) -> None:
    only = {"question": "q1", "is": ["all"]}
    write_pack(folder / "conditional", pack_data(a_question("q1", "size"), a_question("q2", "size", when=only)))
    names = [sheet("one", "q1: all", "q2: some"), sheet("two", "q1: none", "q2: all")]
    out = " ".join(call("report", *names, "--pack", "conditional").out.split())
    assert "How far is q2? 1 answer that is not scored. By the other answers" in out.replace("• ", "")


def test_more_answers_than_people_who_were_asked_is_wrong_usage() -> None:
    assert report(*divided(), "--invited", "2").code == 2


def test_how_many_consider_a_form_and_see_a_danger_is_said(folder: Path) -> None:
    forms = a_question("forms", means="form", several=True, choices=[a_choice("merger"), a_choice("bid")])
    flagged = [a_choice("bad", 0, flag={"reason": "it burns", "caps_at": "at-risk"}), a_choice("good", 1)]
    leans = [{"factor": "size", "weight": 1, "because": "It does."}]
    pack = pack_data(
        forms,
        a_question("q1", "size", choices=flagged),
        forms=[{"id": name, "title": name, "meaning": "So.", "leans_on": leans} for name in ("merger", "bid")],
    )
    write_pack(folder / "two", pack)
    names = [sheet(f"p{i}", "forms: [bid]", "q1: good") for i in range(3)]
    names.append(sheet("p3", "forms: [bid, merger]", "q1: bad"))
    out = " ".join(call("report", *names, "--pack", "two").out.split())
    assert "You say you are considering: bid (4 of 4). Fewer of you consider: merger (1 of 4)." in out
    assert "It burns. (1 of 4)" in out
    assert "it burns (1 of 4 people)" in out


@pytest.mark.skipif(os.name == "nt", reason="links are made in another way there")
def test_a_sheet_that_is_named_twice_counts_once_and_that_is_said(folder: Path) -> None:
    sheet("ann", "q1: all")
    (folder / "self").symlink_to(".")
    done = report("ann.yaml", "self/ann.yaml")
    assert done.code == 0
    assert f"self{os.sep}ann.yaml is the same file as ann.yaml, and counts once." in done.err
    assert "people answered" not in done.out


@pytest.mark.skipif(os.name == "nt", reason="a shell is needed")
@pytest.mark.parametrize("command", ["report -", "cohort - --smallest-group 3"])
def test_what_standard_input_is_read_from_is_not_written_over(folder: Path, command: str) -> None:
    sheet("ann", "q1: all")
    before = (folder / "ann.yaml").read_bytes()
    line = (
        f"exec {shlex.quote(sys.executable)} -m collabcheck {command} --pack pack -o ann.yaml --format markdown --force"
    )
    done = subprocess.run(["sh", "-c", f"{line} < ann.yaml"], check=False, capture_output=True)  # noqa: S607
    assert done.returncode == 2
    assert b"what standard input is read from" in done.stderr
    assert (folder / "ann.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["trends.yaml", "resources.yaml"])
def test_the_files_of_a_pack_are_not_written_over(folder: Path, name: str) -> None:
    sheet("ann", "q1: all")
    output = folder / "pack" / name
    before = output.read_bytes() if output.exists() else None
    done = report("ann.yaml", "-o", str(output), "--format", "markdown", "--force")
    assert done.code == 2
    assert (output.read_bytes() if output.exists() else None) == before
