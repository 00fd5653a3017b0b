"""Packs that their authors broke, one slip each: `pack check` names the slip in words that they understand.

Each is the pack that `pack new` makes, with one text in it changed.
"""

import json
import re
from pathlib import Path

import pytest
from commands import call

from collabcheck.files.packs import installed

STARTER = installed("data") / "starter"
TRENDS, RESOURCES = ((STARTER / name).read_text(encoding="utf-8") for name in ("trends.yaml", "resources.yaml"))

SLIPS = (
    # What it is, what is changed, into what, and what is told.
    (
        "a tab",
        '    label: "At risk"',
        '\tlabel: "At risk"',
        "tab",
        "a tab stands here; programs disagree on how wide it is",
    ),
    (
        "a quote that is not closed",
        'hint: "Think of an ordinary week."',
        'hint: "Think of an ordinary week.',
        "bad-yaml",
        "this does not go with what stands above it: the indentation is off, or a quote ends too early or not at all",
    ),
    ("no without quotes", 'text: "No."', "text: no", "bare-word", "the bare word “no” means false to many programs"),
    (
        "a time without quotes",
        'text: "Yes."',
        "text: 12:30",
        "bare-word",
        "the bare “12:30” is a number of minutes or seconds to some programs",
    ),
    (
        "a version without quotes",
        'version: "1"',
        "version: 1.10",
        "bare-word",
        "text expected, but without quotes “1.10” is a number",
    ),
    (
        "a colon in a text",
        'title: "Looking after people"',
        "title: Care: what it takes",
        "bad-yaml",
        "this colon comes inside text without quotes, or its line is indented too far",
    ),
    (
        "a bracket at the start",
        'title: "Looking after people"',
        "title: [draft] Looking after people",
        "bad-yaml",
        "text without quotes cannot begin with “[”",
    ),
    (
        "a key twice",
        '    title: "Looking after people"',
        '    title: "Looking after people"\n    title: "Care"',
        "duplicate-key",
        "the key “title” is here for the second time; the first is in line 39",
    ),
    (
        "a key misspelt",
        '            hint: "Think of an ordinary week."',
        '            hnit: "Think of an ordinary week."',
        "unexpected",
        "“hnit” has no meaning here",
    ),
    (
        "a part left out",
        '            why: "People leave where nobody has time for them."\n',
        "",
        "missing",
        "“why” is missing",
    ),
    ("an id with capitals", "- id: contact", "- id: Contact", "bad-value", "“Contact” is not an id"),
    (
        "a choice twice",
        "- id: one-person",
        "- id: nobody",
        "duplicate-id",
        "another choice already has the id “nobody”",
    ),
    ("a factor misspelt", "informs: [gain]", "informs: [gian]", "unknown-id", "there is no factor with the id “gian”"),
    (
        "a list without brackets",
        "informs: [gain]",
        "informs: gain",
        "wrong-type",
        "a list expected, but this is text: “gain”",
    ),
    (
        "a resource misspelt",
        "resources: [a-guide]",
        "resources: [a-giude]",
        "unknown-id",
        "there is no resource with the id “a-giude”",
    ),
    (
        "a question misspelt",
        "{question: volunteers, is",
        "{question: volunteer, is",
        "unknown-id",
        "there is no question with the id “volunteer”",
    ),
    (
        "an answer misspelt",
        "is: [some-now]",
        "is: [some-nwo]",
        "unknown-id",
        "there is no answer to “volunteers” with the id “some-nwo”",
    ),
    (
        "a later question",
        "when: {question: volunteers, is: [some-now]}",
        "when: {question: waiting, is: [some-wait]}",
        "condition-order",
        "the question “waiting” is not asked before this one",
    ),
    ("bands out of order", "    from: 60", "    from: 0", "bands", "the band “ready” does not begin above “at-risk”"),
    ("a first band above 0", "    from: 0", "    from: 10", "bands", "the first band does not begin at 0"),
    (
        "a band without a sentence",
        '      ready: "Volunteers would know whom to turn to."\n',
        "",
        "missing",
        "nothing is said about the band “ready”",
    ),
    (
        "a weight without a reason",
        "informs: [care]",
        "informs: [{factor: care, weight: 2}]",
        "missing",
        "the weight 2 has no reason",
    ),
    (
        "several without full marks",
        '            ask: "Whoever runs your services"\n            informs: [gain]',
        '            ask: "Whoever runs your services"\n            several: true\n            informs: [gain]',
        "points",
        "a scored question with several answers does not say when it has full marks",
    ),
    ("a band misspelt", "caps_at: at-risk", "caps_at: at-rsik", "unknown-id", "there is no band with the id “at-rsik”"),
    (
        "a question of a band",
        "when: {question: volunteers, is: [some-now]}",
        "when: {factor: care, below: ready}",
        "condition-order",
        "a question cannot wait for a factor, which is known only at the end",
    ),
    ("effort of 5", "effort: 2", "effort: 5", "bad-value", "“5” is too high"),
    (
        "an address without https",
        '    find: "Say how to find it."',
        "    link: www.example.org",
        "bad-value",
        "“www.example.org” is not a web address",
    ),
    (
        "guidance nobody can find",
        '    find: "Say how to find it."\n',
        "",
        "missing",
        "nobody can find “A guide to involving volunteers”",
    ),
    (
        "a text cut off",
        'title: "Volunteering"',
        "title: Volunteering is #1 here",
        "cut-off",
        "the text ends before “#1 here”, which YAML takes for a remark",
    ),
    (
        "curly quotes",
        'title: "Volunteering"',
        "title: “Volunteering now”",
        "curly-quotes",
        "the curly quotes around this text are part of it, as YAML knows only straight ones",
    ),
    (
        "a question nobody is asked",
        "when: {question: volunteers, is: [some-now]}",
        "when: {all: [{question: volunteers, is: [some-now]}, {question: volunteers, is: [none-now]}]}",
        "never-asked",
        "“staying” is never asked: no answers to earlier questions meet its condition",
    ),
    (
        "an implication of everybody",
        "is: [some-wait, many-wait]",
        "is: [none-wait, some-wait, many-wait]",
        "always-applies",
        "“room-to-grow” applies whatever the answers are",
    ),
    (
        "an implication of nobody",
        "when: {question: waiting, is: [some-wait, many-wait]}",
        "when: {all: [{question: waiting, is: [some-wait]}, {question: waiting, is: [many-wait]}]}",
        "never-applies",
        "no answers make “room-to-grow” apply",
    ),
    (
        "a flag that holds nothing",
        "caps_at: at-risk",
        "caps_at: ready",
        "no-effect",
        "this red flag caps nothing, as “ready” is the best band",
    ),
    (
        "a level that leads nowhere",
        (
            '                step: {do: "With your staff, list what each would hand over.", '
            "effort: 1, resources: [a-guide]}\n"
        ),
        "",
        "no-step",
        "whoever answers “tasks” with “no-task” is not told what to do next",
    ),
    (
        "a leading question",
        'text: "How many people wait for your help?"',
        'text: "Surely people wait for your help?"',
        "leading",
        "“Surely” tells people which answer is expected of them",
    ),
    (
        "a question that says not",
        'text: "How many people wait for your help?"',
        'text: "Do you not have people who wait?"',
        "negative",
        "it asks what is not so, and whoever reads in a hurry answers the opposite",
    ),
    (
        "an abbreviation",
        'text: "How many people wait for your help?"',
        'text: "How many people wait for your CVS?"',
        "jargon",
        "not everybody who is asked “waiting” will know “CVS”",
    ),
    (
        "a long hard question",
        'text: "How many people wait for your help?"',
        (
            'text: "To what extent does your organisational infrastructure '
            'facilitate sustainable participation opportunities?"'
        ),
        "hard-to-read",
        "the words of “waiting” take about 15 years of school to read, and 9 is a lot already",
    ),
    (
        "a copy",
        '    find: "Say how to find it."',
        "    link: https://www.scribd.com/document/1",
        "copy",
        "the link of “a-guide” leads to www.scribd.com, a site where anybody puts up copies, which",
    ),
    (
        "an open link",
        '    find: "Say how to find it."',
        "    link: http://example.org/guide",
        "not-secure",
        "the link of “a-guide” is not secure: others on the way can change what people read",
    ),
    (
        "an old guide",
        'date: "not dated"',
        'date: "2003"',
        "old",
        "“a-guide” is from 2003, and neither “superseded_by” nor “useful” tells people what that",
    ),
    (
        "a guide that replaces itself",
        "    factors: [care, gain]",
        "    superseded_by: [a-guide]\n    factors: [care, gain]",
        "no-successor",
        "what replaces “a-guide” leads round in a circle, so that nothing is left to read",
    ),
    (
        "a band that no answers reach",
        "points: 3\n          - id: tasks",
        'points: 3\n                flag: {reason: "they wait", caps_at: at-risk}\n          - id: tasks',
        "unreachable-band",
        "full marks for “waiting” take the answer “many-wait” with its red flag, so that no band",
    ),
    (
        "a factor of one question",
        "            informs: [gain]\n            choices:\n              - id: no-task",
        "            choices:\n              - id: no-task",
        "one-question",
        "only “waiting” informs the factor “gain”, so one answer decides its band",
    ),
)


@pytest.mark.parametrize(
    ("old", "new", "code", "message"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS]
)
def test_a_slip_is_named_where_it_is(tmp_path: Path, old: str, new: str, code: str, message: str) -> None:
    texts = {"trends.yaml": TRENDS, "resources.yaml": RESOURCES}
    (home,) = [name for name, text in texts.items() if old in text][:1]
    texts[home] = texts[home].replace(old, new, 1)
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = json.loads(call("pack", "check", str(tmp_path), "--format", "json").out)
    found = [
        one
        for one in (*told["errors"], *told["warnings"])
        if one["code"] == code and one["message"].startswith(message)
    ]
    assert len(found) == 1, told
    assert found[0]["file"] == str(tmp_path / home)
    assert found[0]["advice"]


SCALE = """\
scales:
  amount:
    - {id: none-wait, text: "None.", points: 0}
    - {id: some-wait, text: "Some.", points: 2}
    - {id: many-wait, text: "Many.", points: 3}

"""
WITH_SCALE = {"trends:\n": f"{SCALE}trends:\n"}
LEVELS = TRENDS[
    TRENDS.index("            choices:\n              - id: none-wait") : TRENDS.index("          - id: tasks")
]
BEFORE_LEVELS = "            informs: [gain]\n            choices:\n              - id: none-wait"
BEST = '                text: "Many, or for months."\n'
GONE = 'retired:\n  - {id: queue, text: "How long is the queue?", since: "1", because: "it was vague"'


def beside_levels(*lines: str) -> dict[str, str]:
    """Put lines into the question “waiting”, before its levels."""
    return {
        BEFORE_LEVELS: BEFORE_LEVELS.replace(
            "            choices", "".join(f"{' ' * 12}{x}\n" for x in lines) + " " * 12 + "choices"
        )
    }


def at_the_top(text: str) -> dict[str, str]:
    """Put a field into the pack, after its minutes."""
    return {"minutes: 5\n": f"minutes: 5\n{text}\n"}


NEWER = (
    # What it is, what is changed into what, where it is told, what is told, and what to do.
    (
        "a scale misspelt",
        WITH_SCALE | {LEVELS: "            scale: amuont\n"},
        "amuont\n",
        "there is no scale with the id “amuont”",
        "Did you mean “amount”?",
    ),
    (
        "a scale beside choices",
        WITH_SCALE | beside_levels("scale: amount"),
        "scale: amount\n",
        "“waiting” has “choices” and a “scale”",
        "Keep one of the two.",
    ),
    (
        "scales in a list",
        {"trends:\n": SCALE.replace("  amount:\n", "  - amount:\n") + "trends:\n"},
        "- amount:",
        "a group of keys expected, but this is a list",
        "Begin each with its id, or its word, and a colon in place of the hyphen.",
    ),
    (
        "a scale without points",
        {"trends:\n": re.sub(", points: .", "", SCALE) + "trends:\n", LEVELS: "            scale: amount\n"},
        "amount\n",
        "every answer is worth the same",
        "Give the levels different points, or remove “informs”.",
    ),
    (
        "a scale of one level",
        {"trends:\n": 'scales:\n  amount:\n    - {id: none-wait, text: "None."}\ntrends:\n'},
        "- {id: none-wait",
        "this list has 1 item; it needs at least 2",
        "Add to it.",
    ),
    (
        "evidence for a whole question",
        beside_levels("requires: evidence"),
        "requires: evidence\n",
        "“requires” has no meaning here",
        "Write it one level deeper, under “choices”.",
    ),
    (
        "two things required",
        {BEST: f"{BEST}                requires: [evidence, note]\n"},
        "[evidence, note]",
        "a word expected, but this is a list",
        "Use one of: evidence, note.",
    ),
    (
        "evidence where nothing is scored",
        {'        text: "Yes."\n': '        text: "Yes."\n        requires: evidence\n'},
        "evidence\n",
        "“volunteers” is not scored, so that “requires” does nothing to “some-now”",
        "Remove “requires”, or name the factor of the question under “informs”.",
    ),
    (
        "a display in words",
        at_the_top("display: 1 to 5"),
        "1 to 5",
        "a group of keys expected, but this is text: “1 to 5”",
        "Write what belongs here, each as “key: value”: from, to, decimals.",
    ),
    (
        "a display the wrong way round",
        at_the_top("display: {from: 5, to: 1}"),
        "1}",
        "a range from 5 to 1 leads nowhere",
        "Write more than 5.",
    ),
    (
        "a question retired and asked",
        at_the_top(GONE.replace("queue", "waiting", 1) + "}"),
        "id: waiting, text",
        "“waiting” is under “retired”, and is asked all the same",
        "Remove it from one of the two. If what is asked is another question, give that another id.",
    ),
    (
        "a condition on a retired question",
        at_the_top(GONE + ", instead: waiting}") | {"when: {question: waiting": "when: {question: queue"},
        "queue, is",
        "nobody is asked “queue” any more: it is under “retired”",
        "Use “waiting”, which is asked in its place, or remove this.",
    ),
    (
        "a question to come since",
        at_the_top(GONE.replace("retired", "coming") + "}"),
        'since: "1"',
        "“since” has no meaning here",
        "Did you mean “from”?",
    ),
    (
        "does not apply as a level",
        beside_levels("not_applicable: none-wait"),
        "none-wait\n",
        "“none-wait” is not one of the words that can stand here",
        "Use one of: with-reason, allowed; or {counts_as: …}.",
    ),
    (
        "does not apply with a hyphen",
        beside_levels("not_applicable: {counts-as: none-wait}"),
        "counts-as: none-wait}",
        "“counts-as” has no meaning here",
        "Did you mean “counts_as”?",
    ),
    (
        "does not apply as a level with a note",
        beside_levels("not_applicable: {counts_as: many-wait}") | {BEST: f"{BEST}                requires: note\n"},
        "many-wait}",
        "“many-wait” requires a note, and “does not apply” comes without",
        "Name a level that requires nothing.",
    ),
    (
        "a weight in a pooled pack",
        at_the_top("aggregate: pooled")
        | {"    kind: risk\n": '    kind: risk\n    weight: 2\n    because: "It matters."\n'},
        "2\n",
        "the weight of “care” counts for nothing, as the overall result is pooled",
        "Remove it, or give its questions weights.",
    ),
    (
        "an aggregate in half a word",
        at_the_top("aggregate: mean"),
        "mean\n",
        "“mean” is not one of the words that can stand here",
        "Use one of: mean-of-factors, pooled.",
    ),
    (
        "full marks out of reach",
        beside_levels("several: true", "full_at: 9"),
        "9\n",
        "all answers that can stand together are worth 5, so nobody can have full marks",
        "Write 5 or less, or give the answers more points.",
    ),
    (
        "full marks for one answer",
        beside_levels("full_at: 3"),
        "3\n",
        "“full_at” is for questions with several answers",
        "Remove it, or add “several: true” to the question.",
    ),
)


@pytest.mark.parametrize(
    ("changes", "where", "message", "advice"), [slip[1:] for slip in NEWER], ids=[slip[0] for slip in NEWER]
)
def test_a_slip_in_a_newer_field_is_told_once_with_its_place_and_its_remedy(
    tmp_path: Path, changes: dict[str, str], where: str, message: str, advice: str
) -> None:
    text = TRENDS
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "trends.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "resources.yaml").write_text(RESOURCES, encoding="utf-8")
    told = json.loads(call("pack", "check", str(tmp_path), "--format", "json").out)
    (found,) = told["errors"]
    line = text.splitlines(keepends=True)[found["line"] - 1]
    assert (found["message"], found["advice"]) == (message, advice)
    assert line[found["column"] - 1 :].startswith(where)


def test_the_pack_that_they_broke_is_sound() -> None:
    told = json.loads(call("pack", "check", str(STARTER), "--format", "json").out)
    assert (told["errors"], told["warnings"]) == ([], [])
