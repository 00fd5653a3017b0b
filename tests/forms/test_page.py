"""The form for a browser: what is in the page, what is not, and that it asks the same questions as the program."""

import json
import random
import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from builders import LEVELS, a_choice, a_pack, a_question
from hypothesis import given, settings
from pages import Page
from payloads import HOSTILE, PAYLOADS, words

from collabcheck.answers import Chose, lacking
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import sheet_from
from collabcheck.files.source import draft
from collabcheck.files.source import text as texts
from collabcheck.fitting import SheetFile, reply_to
from collabcheck.forms.page import SHARED, page
from collabcheck.interview import route
from collabcheck.pack import Pack
from collabcheck.problems import CollabcheckError
from collabcheck.questions import DONT_KNOW

SIGNS = '"><svg onload=alert(1)></script><script>alert(1)</script><!--'


def hostile(text: str) -> Pack:
    """Return a pack with this text wherever an author writes, of which a form shows something."""
    more: dict[str, Any] = dict.fromkeys(("text", "hint", "why", "ask"), text[:4000])
    choices = [a_choice("one", text=text[:4000]), a_choice("two", 1, text=text[:4000])]
    return a_pack(
        a_question("q1", "size", choices=choices, jargon={text[:60]: text[:4000]}, **more),
        title=text,
        about=text,
        discussion=[{"id": "effect", "text": text[:4000], "hint": text[:4000]}],
    )


PLAIN = Page(page(hostile("plain words"), "plain words")).kinds()


@pytest.mark.parametrize("text", [*(text[:4000] for text in PAYLOADS), HOSTILE, SIGNS])
def test_words_of_authors_and_of_the_organisation_stay_words(text: str) -> None:
    assert Page(page(hostile(text), text)).kinds() == PLAIN


@settings(deadline=None)
@given(words)
def test_any_words_stay_words(text: str) -> None:
    assert Page(page(hostile(text), text)).kinds() == PLAIN


def test_the_policy_allows_only_the_style_and_the_scripts_that_are_there() -> None:
    text = page(a_pack()).decode()
    parts = re.findall("<style>(.*?)</style>", text, re.DOTALL) + re.findall("<script>(.*?)</script>", text, re.DOTALL)
    style, *scripts = [f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" for part in parts]
    policy = (
        f"default-src 'none'; style-src {style}; script-src {' '.join(scripts)}; base-uri 'none'; form-action 'none'"
    )
    assert f'content="{policy}"' in text


def test_the_page_names_no_address_and_carries_no_script_in_its_elements() -> None:
    text = page(load_pack())
    assert b"http://" not in text
    assert b"https://" not in text
    for tag, attributes in Page(text).elements:
        assert tag not in ("link", "img", "iframe", "object", "base")
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style", "action")]


def test_what_answers_are_worth_is_not_in_the_page() -> None:
    flag = {"reason": "Secret danger.", "caps_at": "at-risk"}
    step = {"do": "Secret step.", "effort": 1}
    choices = [a_choice("none", 37, flag=flag, step=step), a_choice("all", 41, step=step)]
    weight = {"factor": "a-factor", "weight": 43, "because": "Secret reason."}
    text = page(a_pack(a_question("q1", weight, choices=choices))).decode()
    assert "secret" not in text.casefold()
    assert text.count("at-risk") == text.count("a-factor") == 1, "the names that a file may have among its targets"
    assert set(re.findall(r'"(\w+)":', data_text(text))) == {
        *("pack", "version", "role", "hidden", "unseen", "questions", "factors", "bands", "prompts"),
        *("id", "fingerprint", "several", "choices", "alone", "wants_reason", "requires", "when"),
    }


def test_all_that_a_person_needs_to_answer_is_there() -> None:
    pack, shown = load_pack(), Page(page(load_pack())).words
    for question in pack.questions:
        parts = (question.text, question.hint, question.why, question.ask, *question.jargon.values())
        assert [part for part in (*parts, *(choice.text for choice in question.choices)) if part not in shown] == []
    assert [prompt.text for prompt in pack.prompts if prompt.text not in shown] == []


def test_nothing_is_chosen_beforehand_but_the_role_that_was_asked_for() -> None:
    role = a_question("role", means="role", choices=[a_choice("trustee"), a_choice("staff")])
    other = a_question("other", choices=[a_choice("trustee"), a_choice("staff")])
    pack = a_pack(a_question("q1", "size"), context=[role, other])
    assert "checked" not in {name for _, attributes in Page(page(pack)).elements for name in attributes}
    filled = Page(page(pack, "Riverside", "trustee")).elements
    assert [(one["name"], one["value"]) for _, one in filled if "checked" in one] == [("answer.role", "trustee")]
    assert [one["value"] for _, one in filled if one.get("id") == "organisation"] == ["Riverside"]


def test_only_the_question_about_the_role_offers_no_way_out() -> None:
    role = a_question("role", means="role", choices=[a_choice("trustee"), a_choice("staff")])
    elements = Page(page(a_pack(a_question("q1", "size"), context=[role]))).elements
    given = [(one["name"], one["value"]) for _, one in elements if one.get("type") == "radio"]
    assert [value for name, value in given if name == "answer.role"] == ["trustee", "staff"]
    assert [value for name, value in given if name == "answer.q1"][-2:] == ["dont-know", ""]
    assert "reason.role" not in [one.get("id") for _, one in elements]


def test_questions_have_the_numbers_that_they_have_on_paper() -> None:
    pack, text = load_pack(), page(load_pack()).decode()
    for number, question in enumerate(pack.questions, start=1):
        assert text.count(f"<h3>{number}. ") == 1
        assert f'<div class="row" data-of="answer.{question.id}">\n<dt>{number}. ' in text


# The same questions as the program asks.


def test_the_page_asks_the_same_questions_as_the_program() -> None:
    chance = random.Random(4)
    cases, expected = [], []
    for _ in range(100):
        pack = random_pack(chance)
        questions = json.loads(data_text(page(pack).decode()))["questions"]
        sets = [random_answers(pack, chance) for _ in range(30)]
        cases.append({"questions": questions, "sets": sets})
        expected.append([asked(pack, answers) for answers in sets])
    assert len({tuple(ids) for routes in expected for ids in routes}) > 100, "conditions decide something"
    work = "given.map(({questions, sets}) => sets.map((set) => route(questions, table(Object.entries(set)))))"
    assert told_by_rules(cases, work) == expected


def asked(pack: Pack, answers: dict[str, Any]) -> list[str]:
    replies = {name: reply_to(tuple(given) if isinstance(given, list) else given) for name, given in written(answers)}
    return [question.id for question in route(pack, replies)]


def written(answers: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the answers as the models have them."""
    sheet = SheetFile.model_validate({"pack": "tiny", "organisation": "-", "date": "2026-11-23", "answers": answers})
    return list(sheet.answers.items())


def told_by_rules(given: object, work: str) -> Any:
    """Return what the rules of the page make of what is given; they know nothing of a page."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node.js here")
    shared, rules, *_ = re.findall("<script>(.*?)</script>", page(a_pack()).decode(), re.DOTALL)
    ask = 'const given = JSON.parse(require("fs").readFileSync(0, "utf8"));'
    done = subprocess.run(
        [node, "-e", f"{shared}\n{rules}\n{ask}\nconsole.log(JSON.stringify({work}))"],
        input=json.dumps(given),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)


def random_pack(chance: random.Random) -> Pack:
    """Return a pack of 8 questions, most of which depend on earlier ones; one has a name that JavaScript knows."""
    names = ["q1", "q2", "constructor", *(f"q{number}" for number in range(4, 9))]
    questions = []
    for place, name in enumerate(names):
        when = {"when": random_condition(names[:place], chance)} if place and chance.random() < 0.8 else {}
        questions.append(a_question(name, "size", several=chance.random() < 0.3, full_at=3, **when))
    return a_pack(*questions)


def random_condition(names: list[str], chance: random.Random, depth: int = 0) -> dict[str, Any]:
    kind = chance.choice(("leaf", "leaf", "all", "any", "not")) if depth < 3 else "leaf"
    if kind == "leaf":
        return {"question": chance.choice(names), "is": chance.sample(LEVELS, chance.randint(1, 2))}
    if kind == "not":
        return {"not": random_condition(names, chance, depth + 1)}
    return {kind: [random_condition(names, chance, depth + 1) for _ in range(chance.randint(1, 3))]}


def random_answers(pack: Pack, chance: random.Random) -> dict[str, Any]:
    """Return answers in every way that a sheet may put them, to some of the questions."""
    answers: dict[str, Any] = {}
    for question in pack.questions:
        choice: Any = chance.sample(LEVELS, 2) if question.several and chance.random() < 0.5 else chance.choice(LEVELS)
        ways = (choice, choice, choice, {"choice": choice, "note": "x"}, [chance.choice(LEVELS)], "dont-know")
        others = ({"choice": "dont-know", "note": "x"}, ["dont-know"], {"not_applicable": "not us"})
        if chance.random() < 0.8:
            answers[question.id] = chance.choice((*ways, *others))
    return answers


# The same files as the program reads.

ASKED = a_pack(
    a_question("q1", "size"),
    a_question("forms", several=True, choices=[a_choice("bid"), a_choice("merger"), a_choice("none", alone=True)]),
    context=[a_question("role", means="role", choices=[a_choice("trustee"), a_choice("staff")])],
    discussion=[{"id": "effect", "text": "Effect?", "hint": "Any."}],
)
OLD, NOW = "00000000-00000000", ASKED.question["q1"].fingerprint
FIELDS: dict[str, tuple[list[Any], list[Any]]] = {
    "pack_version": (["", "1", "0.1"], ["x" * 41, None, 5]),
    "targets": (
        [{}, {"size": "ready"}, None],
        [{"gone": "ready"}, {"size": "gone"}, [], {"size": ["ready"]}, {"size": None}, {"size": "x" * 201}],
    ),
    "respondent": (
        [{}, {"name": "Ann"}, {"role": "staff"}, {"role": ""}],
        [None, {"name": 5}, {"name": None}, {"role": "gone"}, {"age": "5"}],
    ),
    "discussion": (
        [{}, {"effect": "x"}, {"effect": ["x", "y"]}, {"effect": None}, None],
        [{"gone": "x"}, {"gone": None}, {"effect": 5}, {"effect": [["x"]]}, "x"],
    ),
    "asked": ([{}, {"q1": NOW}, {"q1": OLD, "q9": OLD}, None], [{"q1": "x"}, {"Q 1": OLD}, {"q1": None}]),
    "more": ([], [3]),
}
ANSWERS: dict[str, list[Any]] = {
    "q1": [
        *("all", "gone", DONT_KNOW, "", "x" * 201, None, 5, True, [], ["all"], ["all", "most"], [DONT_KNOW]),
        *({"choice": "all"}, {"choice": ["all"], "note": "x"}, {"choice": "all", "note": None}, {"note": "x"}),
        *({"not_applicable": "x", "evidence": "y"}, {"not_applicable": " "}, {"not_applicable": ""}),
        *({"not_applicable": "x" * 4001}, {"not_applicable": "x", "choice": "all"}, {"choice": "all", "more": "x"}),
    ],
    "forms": [["bid", "merger"], ["bid", "bid"], ["bid", "none"], ["bid", DONT_KNOW], ["none"], "bid", {"choice": []}],
    "role": ["staff", "trustee", DONT_KNOW, ["staff", "trustee"]],
    "q9": ["all", 5],
}


def test_the_page_opens_what_the_program_reads_and_what_it_saves_again_is_read() -> None:
    chance = random.Random(5)
    sheets = [random_sheet(chance) for _ in range(1500)]
    form = json.loads(data_text(page(ASKED).decode()))
    opened = told_by_rules({"form": form, "sheets": [json.dumps(sheet) for sheet in sheets]}, AGAIN)
    reads = [is_read(sheet) for sheet in sheets]
    assert [sheet for sheet, read, again in zip(sheets, reads, opened, strict=True) if read is not bool(again)] == []
    assert [again for again in opened if again and not is_read(again)] == []
    assert 300 < sum(reads) < 1200, "many are read, and many are not"


AGAIN = """given.sheets.map((words) => {
    try {
        const sheet = readSheet(given.form, words);
        return sheetOf(given.form, sheet, sheet.kept, "2026-11-24");
    } catch (error) {
        if (error instanceof Misfit) return null;
        throw error;
    }
})"""


def random_sheet(chance: random.Random) -> dict[str, Any]:
    """Return a sheet of which each part is as it should be, or is not."""
    sheet: dict[str, Any] = {"pack": "tiny", "organisation": "Riverside", "date": "2026-11-23"}
    for field, (right, wrong) in FIELDS.items():
        fate = chance.random()
        if fate < 0.08:
            sheet[field] = chance.choice(wrong)
        elif fate < 0.6 and right:
            sheet[field] = chance.choice(right)
    answers = {name: chance.choice(given) for name, given in ANSWERS.items() if chance.random() < 0.25}
    return {**sheet, "answers": answers}


def is_read(sheet: dict[str, Any]) -> bool:
    try:
        sheet_from(ASKED, "sheet.json", json.dumps(sheet).encode())
    except CollabcheckError:
        return False
    return True


def test_the_limits_of_the_page_are_those_of_the_program() -> None:
    longest, name = SHARED["LONGEST"], SHARED["LONGEST_NAME"]
    assert isinstance(longest, int)
    assert isinstance(name, int)
    whole = {"pack": "tiny", "organisation": "x" * name, "date": "2026-11-23", "respondent": {"name": "x" * name}}
    assert is_read({**whole, "answers": {"q1": {"not_applicable": "x" * longest}}})
    assert not is_read({**whole, "answers": {"q1": {"not_applicable": "x" * (longest + 1)}}})
    assert not is_read({**whole, "answers": {}, "organisation": "x" * (name + 1)})
    of_files = (draft.MAX_TEXT, draft.MAX_NODES, draft.MAX_BREAKS, texts.MAX_BYTES)
    limits = ("LONGEST_IN_FILES", "MOST_IN_FILES", "MOST_BREAKS_IN_FILES", "BIGGEST_FILE")
    assert tuple(SHARED[limit] for limit in limits) == of_files


def data_text(text: str) -> str:
    (found,) = re.findall('<script type="application/json" id="pack">(.*?)</script>', text, re.DOTALL)
    return str(found)


# What else an answer may take.


def test_the_page_takes_what_the_program_takes_of_a_question_that_does_not_apply() -> None:
    pack = a_pack(a_question("q1", "size"), a_question("q2", "size", not_applicable="allowed"))
    questions = json.loads(data_text(page(pack).decode()))["questions"]
    given = ["not-applicable", {"choice": "not-applicable", "note": "n"}, {"not_applicable": "we have none"}]
    work = "given.given.map((one) => given.questions.map((question) => fits(question, one)))"
    assert told_by_rules({"questions": questions, "given": given}, work) == [[False, True], [False, True], [True, True]]
    assert told_by_rules({}, 'choicesOf("not-applicable")') == []


def test_the_page_says_what_is_missing_beside_an_answer_so_that_it_counts() -> None:
    choices = [a_choice("none"), a_choice("some", 1, requires="note"), a_choice("all", 2, requires="evidence")]
    pack = a_pack(a_question("q1", "size", choices=choices, several=True, full_at=3))
    (question,) = json.loads(data_text(page(pack).decode()))["questions"]
    given = [
        "none",
        "some",
        ["some", "all"],
        {"choice": "all", "note": "n"},
        {"choice": "all", "evidence": "e"},
        "dont-know",
    ]
    replies = [reply_to(one) for _, one in written({str(i): one for i, one in enumerate(given)})]
    missing = [list(lacking(pack.question["q1"], reply)) if isinstance(reply, Chose) else [] for reply in replies]
    work = "given.given.map((one) => lackingIn(given.question, one))"
    assert told_by_rules({"question": question, "given": given}, work) == missing
    assert missing == [[], ["note"], ["note", "evidence"], ["evidence"], [], []]
    assert page(pack).decode().count("“All of it.” counts only if you say where it can be seen.") == 1
