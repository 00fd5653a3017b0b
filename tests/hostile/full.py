"""A good pack that uses what the small one does not, and a sheet for it."""

PACK = """\
pack: full
version: "2"
language: en-GB
title: A full pack
about: For tests.
licence: CC0
minutes: 1
display: {from: 1, to: 5, decimals: 1}
aggregate: pooled
bands:
  - {id: low, label: At risk, gain: Little, from: 1, meaning: Not yet.}
  - {id: high, label: Ready, gain: Much, from: 3.4, meaning: Go.}
factors:
  - {id: size, kind: risk, title: Size, meaning: How large., in_band: {low: Too small., high: Large enough.}}
scales:
  often:
    - {id: never, text: Never}
    - {id: some, text: Sometimes, points: 1}
    - {id: always, text: Always, points: 3}
retired:
  - {id: gone, text: Was it so, since: "2", because: It is clear., instead: q1}
coming:
  - {id: later, text: Will it be so, from: "3", because: It will matter.}
trends:
  - id: trend
    title: A trend
    based_on: A test
    summary: [{text: It goes on.}]
    themes:
      - id: theme
        title: A theme
        statement: Go on.
        questions:
          - id: q1
            text: How often
            hint: Last year.
            why: It matters.
            ask: The chair
            informs: [size]
            scale: often
            steps: {never: {do: Begin., effort: 1}}
            flags: {never: {reason: nobody begins, caps_at: low}}
            not_applicable: {counts_as: some}
          - id: q2
            text: How often then
            hint: Last year.
            why: It matters.
            ask: The chair
            informs: [{factor: size, weight: 2, because: It counts.}]
            not_applicable: allowed
            scale: often
          - id: q3
            text: How far
            hint: Last year.
            why: It matters.
            ask: The chair
            informs: [size]
            choices:
              - {id: none, text: None of it}
              - {id: noted, text: Some of it, points: 1, requires: note}
              - {id: shown, text: All of it, points: 2, requires: evidence}
          - id: q4
            text: Which ones
            hint: All that apply.
            why: It matters.
            ask: Staff
            informs: [size]
            several: true
            full_at: 2
            choices:
              - {id: north, text: North, points: 1}
              - {id: south, text: South, points: 1, requires: evidence}
              - {id: no-one, text: None, alone: true}
"""
SHEET = """\
pack: full
pack_version: "2"
organisation: Riverside Advice
date: 2026-11-23
answers:
  q1: not-applicable
  q2: always
  q3: {choice: noted, note: "we meet monthly"}
  q4: {choice: [north, south], evidence: "https://example.org/minutes"}
"""
TABLE = """\
organisation,date,q1,q2,q3,q3 note,q3 evidence,q3 reason,q4
Riverside Advice,2026-11-23,never,some,noted,we meet,,,north
"""
MAPPING = """\
organisation: organisation
date: date
columns:
  q1: q1
  q2: q2
left_out:
  - q3
  - q3 note
  - q3 evidence
  - q3 reason
  - q4
"""
MANY = "9" * 5000
"""More digits than any number may have."""


def having(words: str, new: str, pack: str = PACK) -> str:
    """Return the pack with such words in it changed."""
    assert words in pack, words
    return pack.replace(words, new, 1)
