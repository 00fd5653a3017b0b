"""The offline form in a real browser: filled in with the keyboard alone, open to everyone, and it loses nothing.

It needs Chromium, and axe-core in .browser (`npm install --prefix .browser axe-core`); without these it is skipped.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import a_choice, a_question, a_sheet, pack_data
from commands import call, write_pack

from collabcheck.answers import Chose, DontKnow, NotApplicable
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import sheet_text
from collabcheck.forms.page import page

api: Any = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / ".browser/node_modules/axe-core/axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PACK = pack_data(
    a_question("q1", "size"),
    a_question("q2", "size", when={"question": "q1", "is": ["most", "all"]}),
    a_question("q3", "size", jargon={"far": "A long way."}),
    context=[
        a_question("forms", several=True, choices=[a_choice("bid"), a_choice("merger"), a_choice("none", alone=True)]),
        a_question("role", means="role", choices=[a_choice("trustee"), a_choice("staff")]),
    ],
    discussion=[
        {"id": "effect", "text": "Effect?", "hint": "Any."},
        {"id": "links", "text": "Links?", "hint": "All.", "several": True},
    ],
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Start one browser for all tests."""
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the form of the pack that ships, of a small one, and of a newer version of that."""
    folder = tmp_path_factory.mktemp("forms")
    newer = json.loads(json.dumps(PACK))
    changed, reworded, _ = newer["trends"][0]["themes"][0]["questions"]
    changed["choices"][0]["points"], reworded["text"] = 1, "How far is it now?"
    (folder / "shipped.html").write_bytes(page(load_pack()))
    (folder / "form.html").write_bytes(page(load_pack(write_pack(folder / "pack", PACK))))
    (folder / "newer.html").write_bytes(page(load_pack(write_pack(folder / "newer", newer))))
    (folder / "filled.html").write_bytes(page(load_pack(folder / "pack"), "Riverside", "trustee"))
    return folder


@pytest.fixture
def context(chromium: Any) -> Iterator[Any]:
    """Return a browser that nobody has used yet."""
    context = chromium.new_context(viewport={"width": 1100, "height": 900})
    yield context
    context.close()


def opened(context: Any, path: Path) -> Any:
    """Open a form."""
    form = context.new_page()
    form.set_default_timeout(10_000)
    form.goto(path.as_uri())
    return form


def started(context: Any, path: Path) -> Any:
    """Open a form and go to its first questions."""
    form = opened(context, path)
    form.fill("#organisation", "Riverside")
    form.click("#next")
    return form


def choose(form: Any, question: str, choice: str) -> None:
    form.locator(f'[id="answer.{question}"] input[value="{choice}"]').click()


def saved(form: Any) -> Any:
    """Save, and return what the browser was given."""
    with form.expect_download() as waiting:
        form.click("#save")
    return waiting.value


def sheet_in(form: Any) -> dict[str, Any]:
    sheet: dict[str, Any] = json.loads(Path(saved(form).path()).read_text(encoding="utf-8"))
    return sheet


# Answering.


BY_KEYBOARD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("organisation", ("Riverside",)),
    ("name", ("Ann Ŵyn", "Enter")),
    ("answer.forms", ("Space", "Tab", "Space")),
    ("answer.role", ("Space",)),
    ("next", ("Enter",)),
    ("answer.q1", ("ArrowDown", "ArrowDown")),
    ("answer.q2", ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Tab", "Tab", "Enter")),
    ("note.q2", ("we meet [monthly]", "Enter", "=1+1")),
    ("evidence.q2", ("https://example.org/minutes",)),
    ("answer.q3", ("ArrowUp",)),
    ("reason.q3", ("no <partner> yet",)),
    ("next", ("Enter",)),
    ("prompt.effect", ("More reach.",)),
    ("prompt.links", ("https://one.example", "Enter", "Enter", "https://two.example")),
    ("next", ("Enter",)),
)
"""Where Tab leads to, and what is pressed or typed there."""


def press(form: Any, name: str, keys: tuple[str, ...]) -> None:
    """Press Tab until this control has the focus, then these keys; what is not the name of a key is typed."""
    focus = "[document.activeElement.id, document.activeElement.name]"
    for _ in range(60):
        form.keyboard.press("Tab")
        if name in form.evaluate(focus):
            break
    else:
        raise AssertionError(name)
    for key in keys:
        (form.keyboard.press if key in ("Enter", "Space", "Tab", "ArrowDown", "ArrowUp") else form.keyboard.type)(key)


def test_the_keyboard_alone_gives_the_same_report_as_the_same_answers_typed_elsewhere(
    context: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load_pack(folder / "pack")
    form = opened(context, folder / "form.html")
    for name, keys in BY_KEYBOARD:
        press(form, name, keys)
    assert form.inner_text("h2:focus") == "Check your answers"
    with form.expect_download() as waiting:
        press(form, "next", ("Enter",))
    assert waiting.value.suggested_filename == "Riverside - trustee - Ann Ŵyn.json"
    waiting.value.save_as(tmp_path / "form.json")

    sheet = a_sheet(
        pack,
        forms=("bid", "merger"),
        role="trustee",
        q1="most",
        q2=DontKnow("we meet [monthly]\n=1+1", "https://example.org/minutes"),
        q3=NotApplicable("no <partner> yet"),
    )
    said = {"effect": ("More reach.",), "links": ("https://one.example", "https://two.example")}
    sheet = replace(sheet, date=form.evaluate("dayOf(new Date())"), name="Ann Ŵyn", discussion=said)
    assert (tmp_path / "form.json").read_text(encoding="utf-8") == sheet_text(pack, sheet, json=True)
    (tmp_path / "typed.yaml").write_text(sheet_text(pack, sheet, json=False), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names, how = ("form.json", "typed.yaml"), ("--pack", str(folder / "pack"), "--format", "json")
    of_form, of_typed = (call("report", name, *how) for name in names)
    assert (of_form.code, of_form.out) == (0, of_typed.out)


def test_a_question_appears_and_goes_as_its_condition_says_and_its_answer_stays_in_the_file(
    context: Any, folder: Path
) -> None:
    form = started(context, folder / "form.html")
    form.click("#next")
    second = form.locator('[id="answer.q2"]')
    assert second.is_visible(), "nothing is known yet, so it is asked"
    choose(form, "q1", "all")
    choose(form, "q2", "some")
    choose(form, "q1", "none")
    assert second.is_hidden()
    choose(form, "q3", "some")
    for _ in range(2):
        form.click("#next")
    assert not form.locator('[data-of="answer.q2"]').is_visible()
    assert "not asked any more" in form.inner_text("#unused")
    assert form.locator("#unused li").all_inner_texts() == [form.locator('[data-of="answer.q2"] dt').text_content()]
    assert sheet_in(form)["answers"] == {"q1": "none", "q2": "some", "q3": "some"}


def test_what_cannot_stand_beside_others_takes_their_place(context: Any, folder: Path) -> None:
    form = started(context, folder / "form.html")
    for choice, expected in (("bid", "bid"), ("none", "none"), ("merger", "merger"), ("dont-know", "dont-know")):
        choose(form, "forms", choice)
        assert sheet_in(form)["answers"] == {"forms": expected}


def test_what_is_missing_is_told_at_the_top_with_a_way_to_it(context: Any, folder: Path) -> None:
    form = opened(context, folder / "form.html")
    form.click("#next")
    assert form.title().startswith("Error: ")
    assert form.evaluate("document.activeElement.id") == "summary"
    form.click("text=Enter the name of your organisation >> nth=0")
    assert form.evaluate("document.activeElement.id") == "organisation"
    form.fill("#organisation", "\u200b \u2060")
    form.keyboard.press("Enter")
    assert form.title().startswith("Error: "), "a name in which nothing can be seen is none"
    form.fill("#organisation", "Riverside")
    form.keyboard.press("Enter")
    assert form.title().startswith("About your organisation")
    form.locator('[id="answer.forms"] [data-remarks] summary').click()
    form.fill('[id="note.forms"]', "x" * 4001)
    form.click("#next")
    told = form.locator("#summary li").all_inner_texts()
    assert told[0].startswith("Choose an answer, such as “I do not know”, to go with your note on “1. ")
    assert told[1:] == ["Shorten your note on “1. How far is forms?”: it has 4,001 characters, and 4,000 is the most"]
    form.fill('[id="note.forms"]', "")
    choose(form, "forms", "")
    form.fill('[id="reason.forms"]', "\u200b")
    form.click("#save")
    form.locator("#summary a").click()
    assert form.evaluate("document.activeElement.id") == "reason.forms"


def test_what_is_not_asked_any_more_spoils_no_file(context: Any, folder: Path) -> None:
    form = started(context, folder / "form.html")
    form.click("#next")
    choose(form, "q2", "")
    choose(form, "q1", "none")
    assert form.locator('[id="answer.q2"]').is_hidden()
    assert sheet_in(form)["answers"] == {"q1": "none"}
    choose(form, "q1", "all")
    form.fill('[id="reason.q2"]', "x" * 4001)
    choose(form, "q1", "none")
    form.click("#save")
    form.locator("#summary a").click()
    assert form.evaluate("document.activeElement.id") == "reason.q2"
    form.fill('[id="reason.q2"]', "we are new")
    assert form.locator('[id="answer.q2"]').is_hidden()
    assert sheet_in(form)["answers"] == {"q1": "none", "q2": {"not_applicable": "we are new"}}


def test_more_than_a_file_can_have_is_told_at_the_longest_text(context: Any, folder: Path) -> None:
    form = started(context, folder / "shipped.html")
    form.evaluate("""document.querySelectorAll("textarea").forEach((area) => { area.value = "€".repeat(3999); })""")
    form.evaluate(
        """document.querySelectorAll("input[value=dont-know]").forEach((input) => { input.checked = true; })"""
    )
    form.evaluate("""document.getElementById("note.nations").value += "x";""")
    choose(form, "role", "trustee")
    form.click("#save")
    assert "more in all than a file can have" in form.inner_text("#summary")
    form.locator("#summary a").click()
    assert form.evaluate("document.activeElement.id") == "note.nations"


def test_a_long_theme_is_asked_on_several_pages(context: Any, folder: Path) -> None:
    form = started(context, folder / "shipped.html")
    choose(form, "other-trends", "none-of-these")
    seen = []
    while form.inner_text("h2:visible") != "Check your answers":
        form.click("#next")
        seen.append((form.inner_text(".progress:visible"), form.inner_text("h2:focus")))
    titles = [*(f"Reaching funding ({page} of 3)" for page in (1, 2, 3)), "Speaking up and learning", "Serving people"]
    ends = ["To talk about", "Check your answers"]
    assert seen == [(f"Page {page} of 9", title) for page, title in enumerate([*titles, *ends], start=3)]
    assert form.locator("h3:visible", has_text="Reaching funding").all_inner_texts() == ["Reaching funding"]
    form.locator('[data-of="answer.open-books"] a').click()
    assert form.inner_text("h2:visible") == "Reaching funding (3 of 3)"
    form.click("#back")
    assert form.inner_text("h2:focus") == "Reaching funding (2 of 3)"


def test_a_page_of_which_nothing_is_asked_is_left_out(context: Any, tmp_path: Path) -> None:
    when = {"question": "q1", "is": ["all"]}
    later = [a_question(f"q{number}", "size", when=when) for number in range(2, 15)]
    pack = pack_data(a_question("q1", "size"), *later)
    (tmp_path / "form.html").write_bytes(page(load_pack(write_pack(tmp_path / "pack", pack))))
    form = started(context, tmp_path / "form.html")
    assert (form.inner_text("h2:focus"), form.inner_text(".progress:visible")) == ("A theme (1 of 2)", "Page 2 of 4")
    choose(form, "q1", "none")
    form.click("#next")
    assert (form.inner_text("h2:focus"), form.inner_text(".progress:visible")) == ("Check your answers", "Page 3 of 3")
    form.click("#back")
    assert form.inner_text("h2:focus") == "A theme (1 of 2)"


def test_any_answer_can_be_changed_from_the_check(context: Any, folder: Path) -> None:
    form = started(context, folder / "form.html")
    choose(form, "role", "staff")
    while form.inner_text("h2:visible") != "Check your answers":
        form.click("#next")
    form.locator('[data-of="answer.role"] a').click()
    assert form.evaluate("document.activeElement.value") == "staff"
    form.keyboard.press("ArrowUp")
    assert form.inner_text("#next") == "Back to the check"
    form.click("#next")
    assert form.inner_text('[data-of="answer.role"] .said') == "Trustee of it."


def test_back_goes_back_and_so_does_the_browser(context: Any, folder: Path) -> None:
    form = started(context, folder / "form.html")
    choose(form, "role", "staff")
    form.click("#next")
    form.click("#back")
    assert form.inner_text("h2:focus") == "About your organisation"
    form.go_back()
    assert form.inner_text("h2:visible") == "A theme"
    assert sheet_in(form)["answers"] == {"role": "staff"}


# Saving, and going on.


def test_it_says_whether_the_answers_are_saved_and_warns_whoever_leaves_without(context: Any, folder: Path) -> None:
    form = started(context, folder / "form.html")
    warned: list[str] = []

    def leave(dialog: Any) -> None:
        warned.append(dialog.type)
        dialog.accept()

    form.on("dialog", leave)
    assert form.inner_text("#status") == "Not saved yet"
    saved(form)
    now = form.evaluate("savedAt")
    assert form.inner_text("#status") == f"Saved {now}"
    assert re.fullmatch(r"Saved as “Riverside - \w{4}\.json”, among your downloads\.", form.inner_text("#saved"))
    choose(form, "role", "staff")
    assert (form.inner_text("#status"), form.inner_text("#saved")) == (f"Not saved since {now}", "")
    saved(form)
    form.reload()
    assert warned == []
    form.fill("#organisation", "Riverside")
    form.reload()
    assert warned == ["beforeunload"]


def test_a_saved_file_is_opened_again_with_all_that_it_holds(context: Any, folder: Path, tmp_path: Path) -> None:
    pack = load_pack(folder / "pack")
    sheet = a_sheet(pack, forms=("bid", "merger"), q1=Chose(("all",), "a note", "seen"), q2="?", q3="-")
    sheet = replace(sheet, name="Ann", targets={"size": "ready"}, discussion={"links": ("one", "two")})
    text = sheet_text(pack, sheet, json=True)
    (tmp_path / "sheet.json").write_text(text, encoding="utf-8")
    form = opened(context, folder / "form.html")
    form.set_input_files("#file", tmp_path / "sheet.json")
    assert "4 questions are answered" in form.inner_text("#opened:not(:empty)")
    assert form.input_value("#organisation") == "Riverside"
    assert {**sheet_in(form), "date": sheet.date} == json.loads(text)


def test_the_files_of_two_people_without_a_name_stay_apart_and_each_keeps_its_own(
    context: Any, folder: Path, tmp_path: Path
) -> None:
    names = [saved(started(context, folder / "filled.html")).suggested_filename for _ in range(2)]
    assert names[0] != names[1], "a facilitator puts both into one folder"
    assert all(re.fullmatch(r"Riverside - trustee - [a-z]{4}\.json", name) for name in names)
    form = started(context, folder / "filled.html")
    again = tmp_path / names[0].replace(".json", " (1).json")
    again.write_bytes(Path(saved(form).path()).read_bytes())
    form.set_input_files("#file", again)
    form.locator("#opened:not(:empty)").wait_for(state="attached")
    assert saved(form).suggested_filename == names[0]


@pytest.mark.parametrize(("given", "name"), [("///", ""), ("..a" + "b" * 90, f"a{'b' * 79} - ")])
def test_a_file_has_a_name_that_every_system_takes(context: Any, folder: Path, given: str, name: str) -> None:
    form = started(context, folder / "form.html")
    form.locator("#back").click()
    form.fill("#organisation", given)
    suggested = saved(form).suggested_filename
    assert re.fullmatch(rf"{name}[a-z]{{4}}\.json", suggested)


def test_an_answer_to_a_question_that_has_changed_is_kept_and_asked_again(
    context: Any, folder: Path, tmp_path: Path
) -> None:
    pack = load_pack(folder / "pack")
    sheet = a_sheet(pack, q1="most", q2="all", q3="some")
    (tmp_path / "sheet.json").write_text(sheet_text(pack, sheet, json=True), encoding="utf-8")
    form = opened(context, folder / "newer.html")
    form.set_input_files("#file", tmp_path / "sheet.json")
    form.locator("#opened:not(:empty)").wait_for()
    form.click("#next")
    form.click("#next")
    assert form.locator(".changed:visible").all_inner_texts() == [
        "The answers to this question have changed. Yours was: Most of it.",
        "The words of this question have changed. Check that your answer still fits.",
    ]
    untouched = sheet_in(form)
    assert (untouched["answers"], untouched["asked"]) == ({"q1": "most", "q2": "all", "q3": "some"}, dict(sheet.asked))
    choose(form, "q1", "all")
    choose(form, "q2", "all")
    assert form.locator(".changed:visible").count() == 0
    newer = load_pack(folder / "newer")
    assert sheet_in(form)["asked"] == {name: newer.question[name].fingerprint for name in ("q1", "q2", "q3")}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("answers: {}", "not saved by this form"),
        ("answers: {}", "If yours ends in .yaml, just send it back"),
        ("[]", "not saved by this form"),
        ('{"pack": "tiny", "organisation": "a\\u0000"}', "not saved by this form"),
        ('{"pack": "tiny", "answers": 3}', "in “answers”"),
        ('{"pack": "tiny", "more": 3}', "in “more”"),
        ('{"pack": "tiny", "organisation": 3}', "in “organisation”"),
        ('{"pack": "tiny", "respondent": {"name": []}}', "in “respondent”"),
        ('{"pack": "tiny", "answers": {"role": "staff"}, "respondent": {"role": "trustee"}}', "in “respondent”"),
        ('{"pack": "tiny", "asked": {"q1": 5}}', "in “asked”"),
        ('{"pack": "tiny", "asked": {"__proto__": "00000000-00000000"}}', "in “asked”"),
        ('{"pack": "tiny", "targets": {"size": ["ready"]}}', "in “targets”"),
        ('{"pack": "tiny", "targets": {"__proto__": "ready"}}', "in “targets”"),
        ('{"pack": "tiny", "targets": {"gone": "ready"}}', "in “targets”"),
        ('{"pack": "tiny", "targets": {"size": "gone"}}', "in “targets”"),
        ('{"pack": "tiny", "discussion": {"effect": 5}}', "in “discussion”"),
        ('{"pack": "tiny", "discussion": {"gone": "x"}}', "in “discussion”"),
        ('{"pack": "tiny", "answers": {"__proto__": "all"}}', "does not fit this form (__proto__)"),
        ('{"pack": "tiny", "answers": {"q9": 5}, "asked": {"q9": "00000000-00000000"}}', "does not fit this form (q9)"),
        ('{"pack": "tiny", "answers": {"q1": {"choice": "all", "note": null}}}', "does not fit this form (q1)"),
        ('{"pack": "other", "answers": {}}', "another form"),
        ('{"pack": "tiny", "answers": {"q1": "most-of"}}', "does not fit this form (q1)"),
        ('{"pack": "tiny", "answers": {"q1": {"not_applicable": ""}}}', "does not fit this form (q1)"),
        ('{"pack": "tiny", "answers": {"constructor": "all"}}', "does not fit this form (constructor)"),
    ],
)
def test_a_file_that_is_not_for_this_form_is_refused_in_plain_words(
    context: Any, folder: Path, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "sheet.json").write_text(content, encoding="utf-8")
    form = opened(context, folder / "form.html")
    form.fill("#organisation", "Ours")
    form.once("dialog", lambda dialog: dialog.accept())
    form.set_input_files("#file", tmp_path / "sheet.json")
    form.locator('[id="error.file"]:not(:empty)').wait_for()
    assert said in form.inner_text('[id="error.file"]')
    assert form.input_value("#organisation") == "Ours"


def test_what_was_wrong_with_a_file_is_not_said_of_the_next_one(context: Any, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "sheet.json").write_text("[]", encoding="utf-8")
    form = opened(context, folder / "form.html")
    form.set_input_files("#file", tmp_path / "sheet.json")
    form.locator('[id="error.file"]:not(:empty)').wait_for()
    form.fill("#organisation", "Ours")
    form.once("dialog", lambda dialog: dialog.dismiss())
    form.set_input_files("#file", tmp_path / "sheet.json")
    assert form.inner_text('[id="error.file"]') == ""
    assert form.input_value("#organisation") == "Ours"


def test_a_draft_is_kept_only_if_asked_for_and_erased_after_saving(context: Any, folder: Path) -> None:
    form = started(context, folder / "form.html")
    choose(form, "role", "staff")
    stored = "Object.keys(localStorage).length"
    assert form.evaluate(stored) == 0
    form.click("#back")
    form.check("#draft")
    form.fill("#name", "Ann")
    form.once("dialog", lambda dialog: dialog.accept())
    form.close(run_before_unload=False)
    again = opened(context, folder / "form.html")
    assert again.input_value("#name") == "Ann"
    again.uncheck("#draft")
    assert again.evaluate(stored) == 0
    again.check("#draft")
    assert again.evaluate(stored) == 1
    assert sheet_in(again)["answers"] == {"role": "staff"}
    assert again.evaluate(stored) == 0
    assert not again.is_checked("#draft")


@pytest.mark.parametrize(
    "spoil",
    [
        "draft.values = {}; draft.kept = {}",
        "draft.kept = null",
        "draft.kept.asides = 5",
        "draft.kept.asides = {q1: 5}",
        "draft.kept.asides = {q1: 'all'}",
        "draft.kept.asked = {q1: []}",
        'draft.kept.asked = JSON.parse(\'{"__proto__": "x"}\')',
        "draft.kept.discussion = {gone: 5}",
        "draft.kept.targets = []",
        "draft.kept.targets = {size: 'gone'}",
        "draft.kept.version = 5",
        "draft.values.name = true",
        "draft.values['answer.role=staff'] = 'yes'",
        "draft.values['answer.forms=none'] = draft.values['answer.forms=bid'] = true",
        "draft = 5",
    ],
)
def test_a_draft_that_does_not_fit_is_erased_and_the_page_still_works(context: Any, folder: Path, spoil: str) -> None:
    form = opened(context, folder / "form.html")
    form.check("#draft")
    form.fill("#name", "Ann")
    form.once("dialog", lambda dialog: dialog.accept())
    change = f"let draft = JSON.parse(localStorage.getItem(draftKey)); {spoil}"
    form.evaluate(f"() => {{ {change}; localStorage.setItem(draftKey, JSON.stringify(draft)) }}")
    again = opened(context, folder / "form.html")
    assert "did not fit this form" in again.inner_text("#drafted")
    assert (again.input_value("#name"), again.is_checked("#draft")) == ("", False)
    assert again.evaluate("Object.keys(localStorage).length") == 0
    again.fill("#organisation", "Riverside")
    assert sheet_in(again)["answers"] == {}


def test_a_draft_keeps_what_a_file_held_besides(context: Any, folder: Path, tmp_path: Path) -> None:
    sheet = a_sheet(load_pack(folder / "pack"), q1="most", q2="all", q3="-")
    sheet = replace(sheet, pack_version="0.1", targets={"size": "ready"}, discussion={"gone": ("one", "two")})
    text = sheet_text(load_pack(folder / "pack"), sheet, json=True)
    (tmp_path / "sheet.json").write_text(text, encoding="utf-8")
    form = opened(context, folder / "newer.html")
    form.check("#draft")
    form.once("dialog", lambda dialog: dialog.accept())
    form.set_input_files("#file", tmp_path / "sheet.json")
    form.locator("#opened:not(:empty)").wait_for()
    again = opened(context, folder / "newer.html")
    assert "Here is the draft" in again.inner_text("#drafted")
    assert {**sheet_in(again), "date": sheet.date} == json.loads(text)


def test_a_role_that_is_not_offered_stays_in_the_file(context: Any, folder: Path, tmp_path: Path) -> None:
    sheet = a_sheet(load_pack(folder / "pack"), role="?", q1="all")
    text = sheet_text(load_pack(folder / "pack"), sheet, json=True)
    (tmp_path / "sheet.json").write_text(text, encoding="utf-8")
    form = opened(context, folder / "form.html")
    form.set_input_files("#file", tmp_path / "sheet.json")
    form.locator("#opened:not(:empty)").wait_for()
    assert sheet_in(form)["answers"] == {"role": "dont-know", "q1": "all"}
    form.click("#next")
    choose(form, "role", "staff")
    assert sheet_in(form)["answers"] == {"role": "staff", "q1": "all"}


def test_what_is_filled_in_beforehand_goes_into_the_file(context: Any, folder: Path) -> None:
    form = opened(context, folder / "filled.html")
    sheet = sheet_in(form)
    assert (sheet["organisation"], sheet["answers"]) == ("Riverside", {"role": "trustee"})


# Open to everyone.


@pytest.mark.skipif(not AXE.is_file(), reason="there is no axe-core in .browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 320])
def test_axe_finds_nothing_in_any_section_and_nothing_is_wider_than_the_window(
    chromium: Any, folder: Path, scheme: str, width: int
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    form = opened(context, folder / "shipped.html")
    form.add_script_tag(path=str(AXE))
    form.click("#next")
    look_at(form, width)
    form.fill("#organisation", "Riverside")
    form.click("#next")
    choose(form, "income", "")
    form.locator("summary >> visible=true").first.click()
    form.click("#next")
    look_at(form, width)
    form.fill('[id="reason.income"]', "we are new")
    sections = 0
    while form.inner_text("h2:visible") != "Check your answers":
        form.click("#next")
        look_at(form, width)
        sections += 1
    assert sections == 11
    context.close()


def look_at(form: Any, width: int) -> None:
    form.evaluate("scrollTo(0, 0)")
    found = form.evaluate("axe.run()")
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["incomplete"]] == []
    assert form.evaluate("document.documentElement.scrollWidth") <= width


def test_it_asks_for_nothing_and_has_nothing_to_complain_of(context: Any, folder: Path) -> None:
    said: list[str] = []
    context.on("request", lambda request: said.append(request.url))
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    form = started(context, folder / "shipped.html")
    choose(form, "income", "small")
    saved(form)
    assert [words for words in said if not words.startswith("blob:")] == [(folder / "shipped.html").as_uri()]


@pytest.mark.parametrize("width", [320, 390, 1100])
def test_whatever_has_the_focus_can_be_seen_and_is_not_under_the_bar(
    chromium: Any, folder: Path, tmp_path: Path, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 640})
    form = opened(context, folder / "shipped.html")
    form.fill("#organisation", "Llanfair" * 10 + "pg")
    form.click("#next")
    tab_through(form)
    download = saved(form)
    assert download.suggested_filename in form.inner_text("#saved")
    tab_through(form)
    choose(form, "role", "trustee")
    tab_through(form)
    download = saved(form)
    download.save_as(tmp_path / download.suggested_filename)
    form.set_input_files("#file", tmp_path / download.suggested_filename)
    form.locator("#opened:not(:empty)").wait_for(state="attached")
    tab_through(form)
    context.close()


def tab_through(form: Any) -> None:
    """Go through a page with Tab and back, and look where the focus is; the bar has two short lines at most."""
    for key, last in (("Tab", "next"), ("Shift+Tab", "save")):
        for _ in range(60):
            form.keyboard.press(key)
            focus, outline, top, below, height = form.evaluate(FOCUS)
            assert (outline, height <= TWO_LINES) == ("solid", True)
            if focus == last:
                break
            assert top >= below, focus
        else:
            raise AssertionError(last)


TWO_LINES = 84
"""Pixels: words above a button, with the space around both."""

FOCUS = """(() => {
    const [bar, focus] = [document.querySelector(".bar").getBoundingClientRect(), document.activeElement];
    const outline = getComputedStyle(focus).outlineStyle;
    return [focus.id, outline, focus.getBoundingClientRect().top, bar.bottom, bar.height];
})()"""


def test_the_focus_stays_clear_of_the_bar_when_letters_are_twice_as_large(chromium: Any, folder: Path) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 1200})
    form = started(context, folder / "shipped.html")
    form.evaluate("document.documentElement.style.fontSize = '32px'")
    saved(form)
    tops = []
    for key in ["Tab"] * 20 + ["Shift+Tab"] * 19:
        form.keyboard.press(key)
        _, _, top, below, height = form.evaluate(FOCUS)
        tops.append(top - below)
    assert height > TWO_LINES
    assert min(tops) >= 0
    context.close()


def test_without_script_it_says_so(chromium: Any, folder: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    form = opened(context, folder / "form.html")
    assert "JavaScript is turned off" in form.inner_text("main")
    context.close()
