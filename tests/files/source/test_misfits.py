"""From data to a model: what does not fit is told at its place and in words."""

import json
import re
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, StringConstraints
from sources import spots

from collabcheck.files.source import misfits
from collabcheck.files.source.misfits import build, locate
from collabcheck.files.source.reader import read_text
from collabcheck.files.source.text import Kind
from collabcheck.fitting import SheetFile
from collabcheck.pack import Pack
from collabcheck.problems import Code, CollabcheckError, Finding, Place, Problem
from collabcheck.written import Id, Listed, Model


def problems_with(model: type[BaseModel], text: str, kind: Kind = "yaml") -> tuple[Problem, ...]:
    """Return the problems of a text that can be read but does not fit the model."""
    document = read_text("f", text.encode(), kind)
    with pytest.raises(CollabcheckError) as caught:
        build(model, document)
    return caught.value.problems


class Part(Model):
    """What a list of a model is made of."""

    name: Id
    size: int = 0
    ok: bool = False


class Whole(Model):
    """One field of every kind that the models have."""

    title: Annotated[str, StringConstraints(min_length=2, max_length=5)]
    kind: Literal["risk", "opportunity"] = "risk"
    parts: Listed[Part] = ()
    words: dict[Id, str] = Field(default={})
    either: str | Listed[str] = ""


def test_misfits_say_what_was_expected_and_what_to_do() -> None:
    found = problems_with(
        Whole,
        "title: 1.10\nkind: riks\nparts:\n- {name: Bad Id, size: 1.0}\n- {nam: x, ok: 'yes'}\n- three\n"
        "words: {Big: [x], a: null}\neither: {}\ntitel: x\n",
    )
    assert [(str(p.place)[2:], p.code) for p in found] == [
        ("1:8", Code.BARE_WORD),
        ("2:7", Code.BAD_VALUE),
        ("4:10", Code.BAD_VALUE),
        ("4:24", Code.WRONG_TYPE),
        ("5:4", Code.UNEXPECTED),
        ("5:16", Code.WRONG_TYPE),
        ("6:3", Code.WRONG_TYPE),
        ("7:9", Code.BAD_VALUE),
        ("7:14", Code.WRONG_TYPE),
        ("7:22", Code.BARE_WORD),
        ("8:9", Code.WRONG_TYPE),
        ("9:1", Code.UNEXPECTED),
    ]
    assert "“1.10” is a number" in found[0].message
    assert found[0].advice == 'Put it in quotes: "1.10".'
    assert found[1].advice == "Did you mean “risk”?"
    assert found[4].advice == "Did you mean “name”?", "and it is not told as missing, too"
    assert found[6].message == "a group of keys expected, but this is text: “three”"
    assert found[6].advice == "Write what belongs here, each as “key: value”: name."
    assert found[8].message == "text expected, but this is a list"
    assert found[10].message == "text or a list expected, but this is a group of keys"
    assert found[11].advice == "Check its spelling, or remove it.", "no field is free"


@pytest.mark.parametrize(
    ("title", "message"),
    [('""', "this text is empty"), ("a", "at least 2"), ("abcdef", "5 at most"), ("[a]", "text expected")],
)
def test_limits_are_named(title: str, message: str) -> None:
    (found,) = problems_with(Whole, f"title: {title}")
    assert message in found.message


def test_nothing_where_something_belongs_is_missing() -> None:
    (found,) = problems_with(Whole, "kind: risk\ntitle:\n")
    assert (found.code, found.place) == (Code.MISSING, Place("f", 2, 7))
    assert found.message == "text expected, but there is nothing"


def test_json_misfits_have_places_too() -> None:
    (found,) = problems_with(Whole, '{"title": "abc",\n\t"parts": [{"name": 5}]}', "json")
    assert (found.code, found.place) == (Code.BARE_WORD, Place("f", 2, 21))


CONDITION = """\
pack: p
trends:
- implications:
  - when: {all: [{question: q}, {not: {question: q, iz: [a]}}, {any: []},
                 {factor: [f], below: b}, {question: 3, is: a}]}
"""


def test_tags_of_unions_do_not_mislead() -> None:
    found = [p for p in problems_with(Pack, CONDITION) if p.place.line > 3 and p.place.column > 5]
    assert [(p.place.line, p.place.column, p.message) for p in found] == [
        (4, 18, "“is” is missing"),
        (4, 53, "“iz” has no meaning here"),
        (4, 70, "this list has 0 items; it needs at least 1"),
        (5, 27, "text expected, but this is a list"),
        (5, 54, "text expected, but without quotes “3” is a number"),
        (5, 61, "a list expected, but this is text: “a”"),
    ]
    assert found[1].advice == "Did you mean “is”?"


def test_a_short_list_is_not_blamed_for_a_bad_item() -> None:
    base = "pack: p\norganisation: o\ndate: 2026-11-23\n"
    (found,) = problems_with(SheetFile, base + "answers: {a: {choice: [{}]}}")
    assert found.message == "text expected, but this is a group of keys"
    (found,) = problems_with(SheetFile, base + "answers: {a: []}")
    assert "at least 1" in found.message
    (found,) = problems_with(SheetFile, base + "answers: {a: {choice: b, not_applicable: c}}")
    assert found.message == "“choice” does not go with the other keys here"
    (found,) = problems_with(SheetFile, base.replace("11-23", "02-30") + "answers: {}")
    assert "“2026-02-30” is no day" in found.message


def test_every_pattern_of_the_models_has_words_of_its_own() -> None:
    schema = json.dumps([Pack.model_json_schema(), SheetFile.model_json_schema()])
    found = {json.loads(f'"{raw}"') for raw in re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', schema)}
    assert found == set(misfits._PATTERNS)  # noqa: SLF001


def test_findings_get_their_places() -> None:
    document = read_text("f", b"answers:\n  a: b\n  c: [d]\n", "yaml")
    findings = [
        Finding(("answers", "c", 0), Code.UNKNOWN_LEVEL, "m\x1b", "a"),
        Finding(("answers", "a"), Code.UNKNOWN_QUESTION, "m", "a"),
        Finding(("answers", "a"), Code.UNKNOWN_ID, "m", "a"),
        Finding(("nowhere", 3), Code.MISSING, "m", "a"),
    ]
    found = locate(document, findings).problems
    assert spots(found) == [
        (Code.MISSING, 1, 1),
        (Code.UNKNOWN_QUESTION, 2, 3),
        (Code.UNKNOWN_ID, 2, 6),
        (Code.UNKNOWN_LEVEL, 3, 7),
    ]
    assert found[3].message == "m\\u001b"


def test_messages_repeat_little_and_nothing_that_a_terminal_obeys() -> None:
    long = "x\u202e\u200b " * 500
    texts = [f'"{long}": 1\n"{long}": 2', f"title: '{long}'", f"title: abc\n'{long}': 1", f"kind: '{long}'"]
    for text in texts:
        try:
            found = problems_with(Whole, text)
        except CollabcheckError as error:
            found = error.problems
        for problem in found:
            said = problem.message + problem.advice
            assert said.isprintable()
            assert len(said) < 800


def test_a_key_that_belongs_one_level_deeper_is_sent_there() -> None:
    (found,) = problems_with(Whole, "title: abc\nparts: [{name: a}]\nsize: 1\n")
    assert (found.message, found.advice) == ("“size” has no meaning here", "Write it one level deeper, under “parts”.")
    found, _ = problems_with(Whole, "titel: abc\nsize: 1\n")
    assert found.advice == "Did you mean “title”?", "a near key comes first"


@pytest.mark.parametrize(
    ("pack", "advice"),
    [
        ("trends: [{aggregate: pooled}]", "Write it beside “pack”, as it is about the whole file."),
        ("areas: [{factors: [size]}]", "Remove it, and write “area: …” under each of “factors” that belongs here."),
        (
            "context: [{when: place}]",
            "Write one of: {question: …, is: …}, {factor: …, below: …}, {all: …}, {any: …}, {not: …}.",
        ),
        ("context: [{jargon: [CVS]}]", "Begin each with its id, or its word, and a colon in place of the hyphen."),
        ("retired: [queue]", "Write what belongs here, each as “key: value”: id, text, since, because."),
    ],
)
def test_what_to_write_is_named_where_a_group_of_keys_belongs(pack: str, advice: str) -> None:
    assert advice in [found.advice for found in problems_with(Pack, pack)]


class Named(Model):
    """A group that can stand in place of a word."""

    level: Id


class Either(Model):
    """A field of words, and one of words or a group."""

    kind: Literal["risk", "opportunity"] = "risk"
    what: Literal["none", "some"] | Named = "none"


@pytest.mark.parametrize(
    ("text", "code", "said", "advice"),
    [
        ("kind: [risk]", Code.WRONG_TYPE, "a word expected, but this is a list", "Use one of: risk, opportunity."),
        ("kind:", Code.MISSING, "a word expected, but there is nothing", "or remove the line."),
        ("what: 3", Code.WRONG_TYPE, "a word expected, but this is a number: “3”", "none, some; or {level: …}."),
        ("what: high", Code.BAD_VALUE, "“high” is not one of the words", "Use one of: none, some; or {level: …}."),
        ("what: {level: }", Code.MISSING, "text expected, but there is nothing", "Write it, or remove the line."),
        ("what: {}", Code.MISSING, "“level” is missing", "Add “level: …” here."),
    ],
)
def test_what_is_none_of_the_words_that_can_stand_there_is_told_once(
    text: str, code: Code, said: str, advice: str
) -> None:
    (found,) = problems_with(Either, text)
    assert found.code is code
    assert said in found.message
    assert found.advice.endswith(advice)


def test_a_text_in_which_nothing_can_be_seen_is_empty() -> None:
    told = problems_with(Pack, 'title: "\\u200b"\nabout: " "\nversion: "\\u2800"\n')
    assert {str(p.place) for p in told if p.message == "this text is empty"} == {"f:1:8", "f:2:8", "f:3:10"}


def test_an_unknown_id_that_is_the_key_of_a_group_is_told_at_the_key() -> None:
    document = read_text("f", b"steps:\n  nver:\n    do: it\n", "yaml")
    found = locate(document, [Finding(("steps", "nver"), Code.UNKNOWN_ID, "m", "a")])
    assert [str(one.place) for one in found.problems] == ["f:2:3"]
