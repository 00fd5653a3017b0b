"""Packs that their authors broke, one slip each: `pack check` names the slip in words that they understand.

Each is the pack that `pack new` makes, with one text in it changed.
"""

import json
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
        "a tab stands here, the first of 1; programs disagree on how wide it is",
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
        "this does not go with what stands above it: the indentation is off, or a quote was closed",
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


def test_the_pack_that_they_broke_is_sound() -> None:
    told = json.loads(call("pack", "check", str(STARTER), "--format", "json").out)
    assert (told["errors"], told["warnings"]) == ([], [])
