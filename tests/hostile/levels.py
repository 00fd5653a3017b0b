"""Packs that say what an answer counts as and requires, what is pooled, and which questions go and come."""

from collections.abc import Iterator

from hostile.cases import FULL_PACK, Case, Row, cases
from hostile.full import MANY, PACK, having

_COUNTS = "not_applicable: {counts_as: some}"
_THIRD = "informs: [size]\n            choices:"
_GONE = 'text: Was it so, since: "2", because: It is clear., instead: q1'
_LATER = 'text: Will it be so, from: "3", because: It will matter.'


# What answers count as, and what they require.

LEVELS: tuple[Row, ...] = (
    (
        "a level to count as that is not there",
        having(_COUNTS, "not_applicable: {counts_as: sum}"),
        ("unknown-id", 43, 41),
    ),
    (
        "a level of another question to count as",
        having(_COUNTS, "not_applicable: {counts_as: north}"),
        ("unknown-id", 43, 41),
    ),
    ("not known to count as", having(_COUNTS, "not_applicable: {counts_as: dont-know}"), ("unknown-id", 43, 41)),
    ("two levels to count as", having(_COUNTS, "not_applicable: {counts_as: [some, always]}"), ("wrong-type", 43, 41)),
    ("no level to count as", having(_COUNTS, "not_applicable: {counts_as: }"), ("missing", 43, 41)),
    ("points to count as", having(_COUNTS, "not_applicable: {counts_as: 3}"), ("bare-word", 43, 41)),
    ("a group of nothing to count as", having(_COUNTS, "not_applicable: {}"), ("missing", 43, 29)),
    (
        "a level to count as, and a reason",
        having(_COUNTS, "not_applicable: {counts_as: some, reason: so}"),
        ("unexpected", 43, 47),
    ),
    (
        "a level to count as without its key",
        having(_COUNTS, "not_applicable: some"),
        ("bad-value", 43, 29),
        "{counts_as: …}",
    ),
    (
        "a list of what does not apply takes",
        having(_COUNTS, "not_applicable: [allowed, with-reason]"),
        ("wrong-type", 43, 29),
    ),
    ("what does not apply takes is true", having(_COUNTS, "not_applicable: true"), ("wrong-type", 43, 29)),
    ("what does not apply takes is nothing", having(_COUNTS, "not_applicable:"), ("missing", 43, 28)),
    (
        "a level to count as that requires evidence",
        having(_THIRD, "informs: [size]\n            not_applicable: {counts_as: shown}\n            choices:"),
        ("bad-value", 58, 41),
    ),
    (
        "a level to count as in a question of context",
        having("            informs: [size]\n            scale", "            scale"),
        ("bad-value", 42, 41),
    ),
    (
        "a level to count as in what is not scored, that requires a note",
        having(
            "            informs: [size]\n            choices",
            "            not_applicable: {counts_as: noted}\n            choices",
        ),
        ("bad-value", 57, 41),
        ("bad-value", 60, 68),
        ("bad-value", 61, 67),
    ),
    ("a level to count as that has a red flag", having(_COUNTS, "not_applicable: {counts_as: never}"), "A trend"),
    (
        "a level to count as that stands alone",
        having("full_at: 2", "full_at: 2\n            not_applicable: {counts_as: no-one}"),
        "A trend",
    ),
    ("proof required", having("requires: note", "requires: proof"), ("bad-value", 60, 68)),
    ("a note and evidence required", having("requires: note", "requires: [note, evidence]"), ("wrong-type", 60, 68)),
    (
        "a note required twice",
        having("requires: note", "requires: note, requires: evidence"),
        ("duplicate-key", 60, 74),
    ),
    ("true required", having("requires: note", "requires: true"), ("wrong-type", 60, 68)),
    ("nothing required", having("requires: note", 'requires: ""'), ("bad-value", 60, 68)),
    (
        "a note required for a red flag",
        having("requires: note", "requires: note, flag: {reason: R, caps_at: low}"),
        ("bad-value", 60, 68),
    ),
    (
        "a note required of every level",
        PACK.replace("text: None of it}", "text: None of it, requires: note}").replace("evidence}", "note}"),
        "A trend",
    ),
    (
        "full marks that only answers reach which stand alone",
        having("full_at: 2", "full_at: 3", having("alone: true", "alone: true, points: 1")),
        ("points", 69, 22),
    ),
    (
        "full marks where every answer stands alone",
        PACK.replace("text: North", "text: North, alone: true").replace("text: South", "text: South, alone: true"),
        ("points", 69, 22),
    ),
    ("full marks of five thousand digits", having("full_at: 2", f"full_at: {MANY}"), ("bad-number", 69, 22)),
    ("full marks below nothing", having("full_at: 2", "full_at: -1"), ("bad-value", 69, 22)),
    ("full marks that are true", having("full_at: 2", "full_at: true"), ("wrong-type", 69, 22)),
    (
        "full marks of nothing but nothing",
        having(
            "id: south, text: South, points: 1",
            "id: south, text: South",
            having("text: North, points: 1", "text: North"),
        ),
        ("points", 69, 22),
    ),
)

# The mean of all questions.

POOLED: tuple[Row, ...] = (
    ("a word that is nearly pooled", having("pooled", "pool"), ("bad-value", 9, 12)),
    ("a list of ways to make the overall result", having("pooled", "[pooled]"), ("wrong-type", 9, 12)),
    ("no way to make the overall result", having("pooled", ""), ("missing", 9, 11)),
    ("a factor with a weight", having("title: Size", "weight: 2, because: So., title: Size"), ("bad-value", 14, 36)),
    ("a question that weighs nothing", having("weight: 2", "weight: 0"), ("bad-value", 49, 46)),
    ("a question that weighs five thousand digits", having("weight: 2", f"weight: {MANY}"), ("bad-number", 49, 46)),
    (
        "a question that weighs eighteen digits",
        having("weight: 2", "weight: 999999999999999999"),
        ("bad-value", 49, 46),
    ),
    ("a question that weighs half", having("weight: 2", "weight: 0.5"), ("wrong-type", 49, 46)),
    (
        "a weight with a reason that nobody sees",
        having("because: It counts.", r'because: "\u200b\u2800"'),
        ("missing", 49, 46),
    ),
    ("nothing to pool", having("kind: risk", "kind: opportunity"), "A trend"),
)

# Questions that go, and questions to come.

TIMES: tuple[Row, ...] = (
    ("a question that takes its own place", having("instead: q1", "instead: gone"), ("unknown-id", 21, 77)),
    (
        "questions that take each other’s place",
        having(
            "retired:\n",
            f"retired:\n  - {{id: old, {_GONE.replace('q1', 'gone')}}}\n",
            having("instead: q1", "instead: old"),
        ),
        ("unknown-id", 21, 76),
        ("unknown-id", 22, 77),
    ),
    (
        "a question in whose place comes one that is to come",
        having("instead: q1", "instead: later"),
        ("unknown-id", 21, 77),
    ),
    (
        "a question in whose place comes none that is there",
        having("instead: q1", "instead: q11"),
        ("unknown-id", 21, 77),
    ),
    ("a question that is gone and asked", having("id: gone", "id: q1"), ("duplicate-id", 21, 6)),
    ("a question that is to come and asked", having("id: later", "id: q2"), ("duplicate-id", 23, 6)),
    ("a question that is gone and to come", having("id: later", "id: gone"), ("duplicate-id", 23, 6)),
    (
        "a question that is gone twice",
        having("retired:\n", f"retired:\n  - {{id: gone, {_GONE}}}\n"),
        ("duplicate-id", 22, 6),
    ),
    (
        "a condition on a question that is gone",
        having("            not_applicable: allowed", "            when: {question: gone, is: [yes-it-was]}"),
        ("unknown-id", 50, 30),
    ),
    (
        "a condition on a question to come",
        having("            not_applicable: allowed", "            when: {question: later, is: [yes-it-is]}"),
        ("unknown-id", 50, 30),
    ),
    ("gone since a number", having('since: "2"', "since: 1.10"), ("bare-word", 21, 40)),
    ("gone since it is true", having('since: "2"', "since: true"), ("bare-word", 21, 40)),
    ("gone since half past twelve", having('since: "2"', "since: 12:30"), ("bare-word", 21, 40)),
    ("gone since a day that is none", having('since: "2"', "since: 2026-02-30"), "A trend"),
    ("gone since blanks", having('since: "2"', 'since: "  "'), ("bad-value", 21, 40)),
    ("gone since something that nobody sees", having('since: "2"', r'since: "\u200b"'), ("bad-value", 21, 40)),
    ("gone since a name that is too long", having('since: "2"', f'since: "{MANY}"'), ("bad-value", 21, 40)),
    ("gone since nothing", having('since: "2", ', ""), ("missing", 21, 5)),
    (
        "gone for a reason that nobody sees",
        having("because: It is clear.", r'because: "\u2060\u3164"'),
        ("bad-value", 21, 54),
    ),
    ("gone for blanks", having("because: It is clear.", 'because: " "'), ("bad-value", 21, 54)),
    ("gone for no reason", having(", because: It is clear.", ""), ("missing", 21, 5)),
    ("gone with its answers", having("instead: q1", "scale: often"), ("unexpected", 21, 68)),
    ("gone as a group", having("retired:\n  - ", "retired:\n  "), ("wrong-type", 21, 3)),
    ("gone in a word", having(f"{{id: gone, {_GONE}}}", "gone"), ("wrong-type", 21, 5)),
    ("to come on no day", having('from: "3"', "from: 2026-02-30"), "A trend"),
    ("to come at half past twelve", having('from: "3"', "from: 12:30"), ("bare-word", 23, 44)),
    ("to come from nothing", having('from: "3"', 'from: ""'), ("bad-value", 23, 44)),
    ("to come without a version", having(', from: "3"', ""), ("missing", 23, 5)),
    (
        "to come with its answers",
        having("because: It will matter.", "scale: often, because: So."),
        ("unexpected", 23, 49),
    ),
    (
        "gone without end, each with another in its place that is not there",
        lambda: having(
            "retired:\n",
            "retired:\n"
            + "".join(f"  - {{id: g{i}, text: T, since: a, because: B, instead: h{i}}}\n" for i in range(2_500)),
        ),
        ("unknown-id", 21, 54),
        "more like these",
    ),
    (
        "gone without end, each with one long question in its place",
        lambda: having(
            "retired:\n",
            "retired:\n"
            + "".join(f"  - {{id: g{i}, text: T, since: a, because: B, instead: q1}}\n" for i in range(2_000)),
            having("text: How often\n", f"text: {'x' * 3_990}\n"),
        ),
        ("too-big", 46, 55),
    ),
    (
        "to come without end, and all gone",
        lambda: having("coming:\n", "coming:\n" + f"  - {{id: gone, {_LATER}}}\n" * 2_500),
        ("duplicate-id", 23, 6),
        "more like these",
    ),
)


def levels() -> Iterator[Case]:
    """Yield every case of a level, a weight or a question of another time."""
    yield from cases(FULL_PACK, (*LEVELS, *POOLED, *TIMES))
