"""The good files beside which the bad ones lie, and from which many are made by changing one line."""

from pathlib import Path

from hostile import full

BREAK = "\\n"
"""A line break in quotes, as YAML and JSON write it."""

PACK = """\
pack: tiny
version: "1"
language: en-GB
title: A tiny pack
about: For tests.
licence: CC0
minutes: 1
bands:
  - {id: low, label: At risk, gain: Little, from: 0, meaning: Not yet.}
  - {id: high, label: Ready, gain: Much, from: 60, meaning: Go.}
factors:
  - {id: size, kind: risk, title: Size, meaning: How large., in_band: {low: Too small., high: Large enough.}}
context:
  - id: role
    text: Who are you
    hint: Your role.
    why: To see who answers.
    ask: You
    means: role
    choices: [{id: chair, text: The chair}, {id: staff, text: Staff}]
trends:
  - id: trend
    title: A trend
    based_on: A test
    summary: [{text: It goes on.}]
    discussion: [{id: effect, text: Effect, hint: Any.}]
    themes:
      - id: theme
        title: A theme
        statement: Go on.
        questions:
          - {id: q1, text: How far, hint: Last year., why: It matters., ask: The chair, informs: [size],
             choices: [{id: none, text: None of it}, {id: most, text: Most of it, points: 2}, {id: all, text: All, points: 3}]}
          - {id: q2, text: How often, hint: Last year., why: It matters., ask: The chair, informs: [size],
             choices: [{id: none, text: Never}, {id: most, text: Mostly, points: 2}, {id: all, text: Always, points: 3}]}
          - id: q3
            text: Which ones
            hint: All that apply.
            why: It matters.
            ask: Staff
            informs: [size]
            several: true
            full_at: 2
            choices: [{id: north, text: North, points: 1}, {id: south, text: South, points: 1}, {id: no-one, text: None, alone: true}]
"""  # noqa: E501  authors write such lines
GUIDANCE = """\
resources:
  - id: book
    title: A book
    publisher: Us
    date: not dated
    format: book
    what: A book.
    useful: A little.
    link: https://example.org/book
    factors: [size]
"""
SHEET = """\
pack: tiny
pack_version: "1"
organisation: Riverside Advice
date: 2026-11-23
respondent: {role: chair}
answers:
  q1: most
  q2: {choice: all, note: "we meet monthly", evidence: "https://example.org/minutes"}
  q3: [north, south]
discussion:
  effect: Much.
targets: {size: high}
"""
JSON = """\
{
 "pack": "tiny",
 "organisation": "Riverside Advice",
 "date": "2026-11-23",
 "answers": {
  "q1": "most",
  "q2": {"choice": "all", "note": "monthly"},
  "q3": ["north", "south"]
 }
}
"""
LINE = (
    '{"pack": "tiny", "organisation": "Riverside Advice", "date": "2026-11-23", "answers": {"q1": "most", "q2": "all"}}'
)
TABLE = """\
organisation,date,q1,q2,q3,q2 note
Riverside Advice,2026-11-23,most,all,north; south,"we meet, monthly"
Tarrow Trust,2026-11-22,none,most,north,
Hill Club,2026-11-21,all,dont-know,no-one,
"""
MAPPING = """\
organisation: organisation
date: date
columns:
  q1: q1
  q2: q2
left_out:
  - q3
"""
BENCHMARK = """\
{
 "benchmark": "1",
 "pack": "tiny",
 "pack_version": "1",
 "sheets": 12,
 "overall": {
  "quartiles": [20, 50, 80],
  "stretches": [{"from": 0, "to": 50, "sheets": 6}, {"from": 50, "to": 100, "sheets": 6}]
 },
 "factors": {
  "size": {"quartiles": [20, 50, 80], "stretches": [{"from": 0, "to": 100, "sheets": 12}]}
 }
}
"""
PLAN = """\
Id,Order,Step,Factor,Gain,Effort,Guidance,Owner,Date,Status,Now
q1/most,1,Do it,Size,1,1,,Ann,,open,to do
q2/most,2,Do that,Size,1,1,,Bob,,open,to do
"""
PAGE = """\
# Our plan

| Id | Order | Step | Owner | Now |
| --- | --- | --- | --- | --- |
| q1/most | 1 | Do it | Ann | to do |
| q2/most | 2 | Do that | Bob | to do |

Agreed in May.
"""


def at(line: int, text: str, good: str = SHEET) -> str:
    """Return a good file with another line there."""
    lines = good.split("\n")
    return "\n".join([*lines[: line - 1], text, *lines[line:]])


def lay_out(folder: Path) -> None:
    """Write the good files into a folder."""
    (folder / "pack").mkdir(parents=True)
    (folder / "full").mkdir()
    (folder / "bad").mkdir()
    for name, text in _BESIDE.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


_BESIDE = {
    "pack/trends.yaml": PACK,
    "pack/resources.yaml": GUIDANCE,
    "full/trends.yaml": full.PACK,
    "bad/trends.yaml": PACK,
    "good.yaml": SHEET,
    "good.csv": TABLE,
    "full.csv": full.TABLE,
}
"""The folder “bad” is for packs; a case writes one of its files over."""
