"""What was found once: inputs that broke a promise, by what they are; none of them may again."""

import json
from typing import Any, Final

from fuzzing.books import a_book, row
from fuzzing.materials import PACK, PACKS
from fuzzing.mutations import SPLIT

_HEAD: Final[dict[str, Any]] = {"pack": PACK.pack, "organisation": "Us", "date": "2026-11-23"}
_MANY: Final = 60


def _sheet(**more: object) -> bytes:
    return json.dumps({**_HEAD, "answers": {}, **more}).encode()


def _a_pack_with_one_question_many_times() -> bytes:
    data = json.loads(PACKS.seeds[0])
    data["trends"][0]["themes"][0]["questions"] *= _MANY
    return json.dumps(data).encode()


def _broken_and_unfitting() -> bytes:
    wrong = {f"a{i}": ["x", i] for i in range(_MANY)}
    return _sheet(answers={**wrong, **{f"b{i}": "nonsense" for i in range(_MANY)}})


def _a_mapping_of_nothing() -> bytes:
    return json.dumps({"columns": {f"no{i}": "One" for i in range(_MANY)}}).encode() + SPLIT + b"One\nsome\n"


FINDS: Final = (
    # More was said than anybody reads, or than a terminal shows.
    ("a question with a very long name", "sheets in JSON", _sheet(answers={"x" * 8_000: "some"})),
    ("a prompt with a very long name", "sheets in JSON", _sheet(discussion={"x" * 8_000: "some"})),
    ("a factor with a very long name", "sheets in JSON", _sheet(targets={"x" * 8_000: "ready"})),
    ("many answers of a wrong kind, and many to no question", "sheets in JSON", _broken_and_unfitting()),
    ("one question many times", "packs", _a_pack_with_one_question_many_times()),
    ("one step many times", "plans in CSV", b"Id,Now\n" + b"q1/none,new\n" * _MANY),
    ("many people with nonsense", "answers in CSV", b"organisation,q1\n" + b"Us,neither this nor that\n" * _MANY),
    (
        "one header many times",
        "workbooks, their parts",
        a_book(row(*["What your organisation is called"] * _MANY) + row("some")),
    ),
    ("a mapping of many columns that are not there", "mappings", _a_mapping_of_nothing()),
    # Advice named a header with a character that cannot be seen.
    ("a hidden character in a header", "mappings", b"columns: {q1: Who}" + SPLIT + "One,W\u200bo\nsome,x\n".encode()),
    # One of PyYAML's parsers took it and the other did not, so that a sheet was read on some machines only.
    ("a blank before a colon that ends a key in brackets", "YAML, both parsers", b"[a :, b]\n"),
    ("a blank before a colon and a bracket", "YAML, both parsers", b"- {a b :}\n- [c  :[]]\n"),
    # A line with nothing but a mark has no first cell to look at.
    ("a mark alone before a plan", "plans in Markdown", b"|\n|Id|Now|\n|-|-|\n|q1/none|new|\n"),
    # The parsers put nothing in different places, which is no harm.
    ("nothing after a colon in braces", "YAML, both parsers", b"a: {b: , d: [1.5, -2, null]}\n"),
)
"""What the input is, the reader, and the bytes."""
