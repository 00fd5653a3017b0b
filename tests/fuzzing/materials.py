"""Small good files of every kind that is read, and what is dangerous in each."""

import json
from typing import Any, Final

from builders import a_choice, a_pack, a_question

from fuzzing.mutations import SPLIT, Material

PACK: Final = a_pack(
    a_question("q1", "size"),
    a_question(
        "q2",
        choices=[a_choice("few"), a_choice("many", text="Many; so, many."), a_choice("none", alone=True)],
        several=True,
    ),
    context=[a_question("role", means="role", choices=[a_choice("trustee"), a_choice("staff")])],
    discussion=[{"id": "effect", "text": "What effect?", "hint": "In a word."}],
)
"""What all sheets and tables here answer."""

_Q1: Final = PACK.question["q1"].fingerprint


def encoded(*words: str) -> tuple[bytes, ...]:
    """Return words as they stand in a file."""
    return tuple(word.encode(errors="surrogatepass") for word in words)


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


BYTES: Final = (
    *(b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"%PDF"),
    *(b"\x7f", b"\x1b[2J", b"\x0c", b"\r", b"\n", b"\r\n", b"\t", b" ", b"  "),
    *encoded("\x85", "\u2028", "\u202e", "\u200b", "\ue000", "\ufffe", "é", "😀", "İ", "ß", "²", "٣", "a" * 70, "“”"),
)
"""What is dangerous in any text."""

_ODD: Final[tuple[object, ...]] = (
    *(None, True, False, 0, -1, 1, 7, 2.5, 1e300, 10**17, 10**18, [], {}, [[]], [None], {"": ""}, "", " ", "\n", "\t"),
    *(
        "no",
        "null",
        "12:30",
        "01234567",
        "1.10",
        "<<",
        "dont-know",
        "a b",
        "Ab",
        "a--b",
        "2026-02-30",
        "\u0662\u0660\u0662\u0666-11-23",
    ),
    *("\x00", "\ud800", "\u202e", "\u2028", "\ue000", "javascript:alert(1)", "https://a.b/<", "x" * 61, "x" * 201),
    *("q1", "q2", "size", "ready", "some", "few", "role", "staff", "b", "tiny", "1", _Q1, "00000000-00000000"),
    *(["some"], ["few", "none"], {"choice": "some"}, {"not_applicable": "x"}, {"all": []}, {"not": {"all": []}}),
)
"""What may stand in place of any part of data."""

# YAML and JSON.

_PLAIN: Final = encoded(
    *("yes", "no", "null", "~", "true", "012", "0x1f", "1_000", "12:30", "1e3", ".inf", "-.nan", "NaN", "9" * 19, "-0"),
    *("1.10", "2026-11-23", "=", "<<", "q1", "some", "dont-know"),
)
_YAML: Final = encoded(
    *("- ", ": ", ":", "? ", "?", "&a ", "*a ", "*a", "!!int ", "!", "!<x> ", "<<: ", "{", "}", "[", "]", ",", ", "),
    *("|\n ", ">-\n  ", "|#", "|2\n", "|+\n", "%YAML 1.1\n", "---\n", "--- ", "...\n", "#", " #", '"', "'", "''", "\\"),
    *(
        '"\\x41"',
        '"\\u0000"',
        '"\\ud800"',
        '"\\N"',
        '"\\/"',
        '"\\\n"',
        "@",
        "`",
        "%",
        "-",
        "\n- ",
        "\na: ",
        "\n  ",
        "\n\n",
    ),
    *("[" * 25, "{a: " * 22, "- " * 22, "? " * 5, "[?", "[a:", "a: 1\n", '{"a":1}', '"a" :', "'b' ", "\ta: "),
)
YAML: Final = Material(
    (
        b"",
        b"a: b\n",
        b"- 1\n- [x, 'y', \"z\\n\"]\n",
        b"a: {b: c, d: [1.5, -2, null]}\n",
        b"a:\n  - b: |\n      two\n      lines\n    c: >-\n      folded\n      text\n",
        b"---\n? a\n: b # so\n...\n",
        b'{"a": ["b", {"c": null}]}',
        b"'it''s': \"\\u00e9 \\\\ \\\n  b\"\nd: e f\n  g\n",
    ),
    (*_YAML, *_PLAIN, *BYTES),
)
_IN_JSON: Final = encoded(
    *('"', ":", '":', " :", ",", "{", "}", "[", "]", "[]", "\\", "\\u0031", "\\r", "\\n", "\\/", "\\ud83d\\ude00"),
    *("\\ud800", "\\u2028", "\\b", '"q1":"all",', '"answers":{},', '"asked":null,', '"":"",', '{"a":', "[[" * 20),
    *("Infinity", "-", "1.", ".5", "+1", "1E5", "//", "/*", "'"),
)
JSON: Final = Material(
    (
        b'{"a": ["b", {"c": null}], "d": -1.50}',
        b'["\\u00e9\\n\\\\", true, 0, {"": []}]',
        b'{"q1": "some", "a": {"b": {"c": [1, "x"]}}}',
        b'"x"',
        b"12",
    ),
    (*_IN_JSON, *_PLAIN, *BYTES),
    _ODD,
)

# Sheets.

_HEAD: Final[dict[str, Any]] = {"pack": "tiny", "organisation": "Ŵyn", "date": "2026-11-23"}
SHEETS_IN_JSON: Final = Material(
    (
        _json({**_HEAD, "answers": {"q1": "some", "q2": ["few", "many"]}}),
        _json({**_HEAD, "answers": {"q1": {"choice": "all", "note": "at “10”: x"}}, "asked": {"q1": _Q1}}),
        _json(
            {**_HEAD, "answers": {"q1": {"not_applicable": "why"}, "role": "staff"}, "respondent": {"role": "staff"}}
        ),
        _json({**_HEAD, "answers": {"q2": "dont-know", "q9": "old"}, "asked": {"q9": _Q1}, "pack_version": "1"}),
        _json({**_HEAD, "answers": {}, "discussion": {"effect": ["a", "b"]}, "targets": {"size": "ready"}}),
    ),
    JSON.tokens,
    _ODD,
)
SHEETS_IN_YAML: Final = Material(
    (
        b"pack: tiny\norganisation: Us\ndate: 2026-11-23\nanswers: {q1: some}\n",
        b'pack: tiny\norganisation: "Us"\ndate: 2026-11-23\nanswers:\n  q1: {choice: all, note: "x: y"}\n  q2: [few]\n',
        b"pack: tiny\norganisation: Us\ndate: 2026-11-23\nanswers:\n  q2: {not_applicable: x}\nrespondent: {role: a}\n",
        b"pack: tiny\norganisation: Us\ndate: 2026-11-23\nanswers: {q9: x}\nasked: {q9: 00000000-00000000}\n",
        SHEETS_IN_JSON.seeds[4],
    ),
    YAML.tokens,
    _ODD,
)
LINES: Final = Material(
    (
        b"\n".join(SHEETS_IN_JSON.seeds[:2]) + b"\n",
        SHEETS_IN_JSON.seeds[2] + b"\n\n \n" + SHEETS_IN_JSON.seeds[0],
        _json({**_HEAD, "answers": {"q1": "much"}}) + b"\r\n" + SHEETS_IN_JSON.seeds[3],
    ),
    JSON.tokens,
)

# Packs, benchmarks and mappings.

_SMALLEST: Final[dict[str, Any]] = {
    "pack": "p",
    "version": "1",
    "language": "en",
    "title": "T",
    "about": "A",
    "licence": "L",
    "minutes": 1,
    "bands": [
        {"id": "low", "label": "L", "gain": "G", "from": 0, "meaning": "M"},
        {"id": "top", "label": "L", "gain": "G", "from": 50, "meaning": "M"},
    ],
    "factors": [{"id": "f", "kind": "risk", "title": "F", "meaning": "M", "in_band": {"low": "x", "top": "y"}}],
}


def _a_pack(**more: Any) -> dict[str, Any]:
    question = {
        "id": "q1",
        "text": "Q",
        "hint": "H",
        "why": "W",
        "ask": "A",
        "informs": ["f"],
        "choices": [{"id": "a", "text": "A"}, {"id": "b", "text": "B", "points": 1}],
        **more,
    }
    theme = {"id": "h", "title": "T", "statement": "S", "questions": [question]}
    trend = {"id": "t", "title": "T", "based_on": "B", "summary": [{"text": "S"}], "themes": [theme]}
    return {**_SMALLEST, "trends": [trend]}


_CHOICES: Final = [
    {"id": "a", "text": "A", "flag": {"reason": "R", "caps_at": "low"}},
    {"id": "b", "text": "B", "points": 2, "step": {"do": "D", "effort": 1, "resources": ["r"]}},
]
_GUIDE: Final = {
    "id": "r",
    "title": "T",
    "publisher": "P",
    "date": "D",
    "format": "F",
    "what": "W",
    "useful": "U",
    "link": "https://example.org",
    "factors": ["f"],
}


def _scaled() -> dict[str, Any]:
    """Return a pack with all that a pack can express besides."""
    pack = _a_pack(
        scale="s",
        steps={"a": {"do": "D", "effort": 1}},
        flags={"a": {"reason": "R", "caps_at": "low"}},
        not_applicable={"counts_as": "a"},
    )
    del pack["trends"][0]["themes"][0]["questions"][0]["choices"]
    return {
        **pack,
        "scales": {"s": [{"id": "a", "text": "A"}, {"id": "b", "text": "B", "points": 1, "requires": "evidence"}]},
        "display": {"from": 1, "to": 5, "decimals": 1},
        "aggregate": "pooled",
        "areas": [{"id": "a", "title": "A", "meaning": "M", "in_band": {"low": "L", "top": "T"}}],
        "factors": [{**factor, "area": "a"} for factor in pack["factors"]],
        "bands": [{**band, "from": start} for band, start in zip(pack["bands"], (1, 2.5), strict=True)],
        "retired": [{"id": "q0", "text": "Q", "since": "1", "because": "B", "instead": "q1"}],
        "coming": [{"id": "q9", "text": "Q", "from": "2", "because": "B"}],
    }


PACKS: Final = Material(
    (
        _json(_a_pack()),
        _json(_a_pack(choices=_CHOICES, several=True, full_at=2)) + SPLIT + _json({"resources": [_GUIDE]}),
        _json(_a_pack(when={"any": [{"question": "q0", "is": ["a"]}, {"not": {"factor": "f", "below": "top"}}]})),
        _json({**_a_pack(), "resources": [{**_GUIDE, "superseded_by": ["r2"]}]}),
        _json(_a_pack(choices=_CHOICES, several=True, thresholds=[1, 2])),
        _json(_scaled()),
    ),
    (*JSON.tokens, *YAML.tokens, SPLIT),
    _ODD,
)
_SCORES: Final = {
    "quartiles": [20, 40, 60],
    "stretches": [{"from": 0, "to": 50, "sheets": 5}, {"from": 50, "to": 100, "sheets": 0}],
}
BENCHMARKS: Final = Material(
    (
        _json({"benchmark": "1", "pack": "tiny", "pack_version": "1", "sheets": 12, "overall": _SCORES}),
        _json({"benchmark": "1", "pack": "tiny", "pack_version": "1", "sheets": 9, "factors": {"size": _SCORES}}),
    ),
    JSON.tokens,
    (*_ODD, _SCORES, 3, 50, 100),
)

# Tables.

_IN_TABLES: Final = encoded(
    *(
        ",",
        ";",
        "|",
        '"',
        '""',
        '"\n"',
        '",',
        "=1+1",
        "'=",
        "''",
        "+",
        "@",
        "sep=;\n",
        "#N/A",
        "#REF!",
        "-",
        "–",
        "x",
        "1",
        "0",
    ),
    *(
        "q1",
        "q1 note",
        "note on q1",
        "q1 reason",
        "q1 evidence",
        "q2",
        "q2/few",
        "q2/dont-know",
        "Q1. ",
        "[q1]",
        "Organisation",
    ),
    *(
        "Date",
        "Name",
        "E-mail",
        "a@b.cd",
        "effect",
        "Does not apply: x",
        "Does not apply to us (x)",
        "I do not know",
        "some",
    ),
    *(
        "few; many",
        "few, none",
        "few many",
        "Some of it.",
        "2026-11-23",
        "23/11/2026",
        "99/99/99",
        "11/12/13",
        "May 3, 2026",
    ),
    *(
        "0000-00-00",
        "Yes",
        "No",
        "TRUE",
        "✓",
        "anonymous",
        "many\n",
        "Question 1: ",
        "group/",
        "Id",
        "id",
        ",,,,",
        "\n\n",
    ),
)
TABLES: Final = Material(
    (
        b'Id,Owner,Note\nq1/none,Ann,"a, ""b"""\n',
        b"\xef\xbb\xbfId;Now\r\nq1/none;'=x\r\n;\r\n",
        b'a\tb\n"two\nlines"\tx\n',
        "Id,É\nx,ŵ\n".encode("utf-16"),
        "Id,É\nx,é\n".encode("cp1252"),
    ),
    (*_IN_TABLES, *BYTES),
)
PLANS: Final = Material((*TABLES.seeds[:2], b"Step,ID,Status\nOur own,,\nAsk,q1/none,done\n"), TABLES.tokens)
ANSWERS: Final = Material(
    (
        b"Organisation,q1,q1 note,q2,Date\nUs,some,so,few; many,2026-11-23\n",
        b"1. How far is q1?;q2/few;q2/many;role\r\nAll of it.;1;0;staff\r\nI do not know;No;Yes;\r\n",
        b'organisation,q1,q1 reason,effect,Email\nUs,"Does not apply: we have none",,"Much; so",a@b.cd\n',
        b"organisation,q2,start,end\nUs,I do not know,03/04/2026 10:00,23/11/2026\nUs,none,,\n",
    ),
    TABLES.tokens,
)
_A_MAPPING: Final = (
    b'organisation: "Org"\ndate: ""\ncolumns:\n  "q1": "One"\n  "q2/few": "Few"\n  "q1 note": ""\n',
    b"organisation: Org\nname: Who\ncolumns: {q1: One, effect: Few}\nleft_out:\n  - Rest\n",
)
MAPPINGS: Final = Material(
    tuple(one + SPLIT + b"Org,One,Few,Rest,Who\nUs,some,1,x,Ann\n" for one in _A_MAPPING),
    (*YAML.tokens, *_IN_TABLES, SPLIT, *encoded("columns:", "left_out: ", "Few", "Rest", "Who", "date: Rest\n")),
)
MARKDOWN: Final = Material(
    (
        b"| Id | Owner |\n|---|:-:|\n| q1/none | Ann |\n",
        b"# Plan\r\n\r\n|Id|Now|\r\n|-|-|\r\n|q1/none|*new* \\| `a`|\r\n\r\nEnd\r\n",
        b'Text\n\nId | Note\n---|---\nq1 | [a](<https://a.b> "t") <br> c\n | &lt; ![i](x)\n\n> quoted\n',
    ),
    (
        *encoded(
            *(
                "|",
                "\\|",
                "\\\\|",
                "||",
                "|-|-|\n",
                "---",
                ":-",
                "| Id |\n|-|\n",
                "\n\n",
                "\n| a | b |\n",
                "> ",
                "- ",
                "    ",
            ),
            *(
                "`",
                "``",
                "```\n",
                "~~~\n",
                "*",
                "**",
                "_",
                "[",
                "](",
                ")",
                "[a](b)",
                "<br>",
                "<BR/>",
                "<i>",
                "<!--",
                "-->",
            ),
            *(
                "&amp;",
                "&#0;",
                "&#124;",
                "&nbsp;",
                "<https://a.b>",
                "![",
                "[a]: b\n",
                "[a]",
                "# ",
                "===\n",
                "\\",
                "1. ",
                "Id",
            ),
        ),
        *BYTES,
    ),
)
