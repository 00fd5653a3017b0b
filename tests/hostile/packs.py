"""Packs, and the guidance beside them."""

from collections.abc import Iterator

from hostile.cases import GUIDANCE as OF_GUIDANCE
from hostile.cases import PACK as OF_PACK
from hostile.cases import Case, Row, cases
from hostile.good import BREAK, GUIDANCE, PACK, at


def _where(words: str, new: str) -> str:
    """Return the pack with the first such words in it changed."""
    assert words in PACK, words
    return PACK.replace(words, new, 1)


def _repeated(lines: int) -> str:
    """Return a question as often as that, each with an id of its own."""
    asked = "          - {id: x%d, text: T, hint: H, why: W, ask: A, informs: [sise%d], "
    question = f"{asked}choices: [{{id: a, text: A}}, {{id: b, text: B, points: 1}}]}}\n"
    return "".join(question % (i, i) for i in range(lines))


_BOOK = "  - {id: boo%d, title: T, publisher: P, date: D, format: F, what: W, useful: U, find: X}\n"

PACKS: tuple[Row, ...] = (
    ("nothing", "", ("empty-file", 0, 0)),
    ("a list", "- a\n", ("wrong-type", 1, 1)),
    (
        "repeats of repeats",
        lambda: "a: &a [x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(2_000)),
        ("forbidden-yaml", 1, 4),
        "more like these",
    ),
    ("line breaks without end", lambda: _where("A tiny pack", f'"a{BREAK * 2_001}"'), ("too-big", 4, 8)),
    ("brackets in brackets", lambda: "[" * 100_000, ("too-deep", 1, 21)),
    ("a byte order mark", "\ufeff" + PACK, "A trend"),
    ("cp1252", _where("A tiny pack", "A tiny p\xe4ck").encode("cp1252"), ("not-utf8", 4, 16)),
    ("an escape sequence", _where("A tiny pack", "A \x1b[2J pack"), ("control-character", 4, 10)),
    ("text that turns round", _where("A trend", "A \u202etrend"), "\\u202etrend"),
    (
        "a key that only a later version would write",
        _where("minutes: 1", "minutes: 1\npack_format: 2"),
        ("unexpected", 8, 1),
    ),
    (
        "a question of a later version",
        _where("full_at: 2", "full_at: 2\n            range: [1, 2]"),
        ("unexpected", 44, 13),
    ),
    ("a version that is a number", _where('"1"', "1.10"), ("bare-word", 2, 10)),
    ("a language in words", _where("en-GB", "English"), ("bad-value", 3, 11)),
    ("no licence", _where("licence: CC0", "# none"), ("missing", 1, 1)),
    ("no time to answer", _where("minutes: 1", "minutes: 0"), ("bad-value", 7, 10)),
    ("all time to answer", _where("minutes: 1", "minutes: 999999999999999999"), ("bad-value", 7, 10)),
    ("half a minute", _where("minutes: 1", "minutes: 0.5"), ("wrong-type", 7, 10)),
    ("minutes in words", _where("minutes: 1", 'minutes: "1"'), ("wrong-type", 7, 10)),
    ("minutes that are true", _where("minutes: 1", "minutes: true"), ("wrong-type", 7, 10)),
    ("one band", at(10, "", PACK), ("bad-value", 9, 3)),
    ("a band from no number", _where("from: 60", "from: .nan"), ("wrong-type", 10, 48)),
    ("a band without end", _where("from: 60", "from: .inf"), ("wrong-type", 10, 48)),
    ("a band below all", _where("from: 60", "from: -1"), ("bands", 10, 48)),
    ("a band of nineteen digits", _where("from: 60", "from: 0.1234567890123456789"), ("bad-number", 10, 48)),
    ("a first band that is not the first", _where("from: 0", "from: 5"), ("bands", 9, 51)),
    ("bands in the wrong order", _where("from: 60", "from: 0"), ("bands", 10, 48)),
    ("two bands of one id", _where("{id: high", "{id: low"), ("duplicate-id", 10, 6), ("unknown-id", 12, 95)),
    ("an id that leads out of the folder", _where("{id: high", '{id: "../../etc"'), ("bad-value", 10, 10)),
    ("an id with capitals", _where("pack: tiny", "pack: Tiny"), ("bad-value", 1, 7)),
    ("an id with a line end", _where("pack: tiny", r'pack: "tiny\n"'), ("bad-value", 1, 7)),
    ("an id that is too long", _where("pack: tiny", f"pack: {'x' * 61}"), ("bad-value", 1, 7)),
    ("a weight without a reason", _where("title: Size", "weight: 3, title: Size"), ("missing", 12, 36)),
    ("a weight below one", _where("title: Size", "weight: -1, because: so, title: Size"), ("bad-value", 12, 36)),
    ("a band about which nothing is said", _where(", high: Large enough.", ""), ("missing", 12, 71)),
    ("a band that is not there", _where("high: Large enough.", "high: Large., huge: Huge."), ("unknown-id", 12, 109)),
    (
        "a factor of no question",
        _where(
            "  - {id: size,",
            "  - {id: more, kind: risk, title: T, meaning: M, in_band: {low: L, high: H}}\n  - {id: size,",
        ),
        ("unknown-id", 12, 10),
    ),
    ("a factor that is not there", _where("informs: [size]", "informs: [sise]"), ("unknown-id", 32, 99)),
    ("a factor named twice", _where("informs: [size]", "informs: [size, size]"), ("duplicate-id", 32, 89)),
    ("two questions of one id", _where("{id: q2", "{id: q1"), ("duplicate-id", 34, 14)),
    (
        "two questions for the role",
        _where("            several: true", "            means: role\n            several: true"),
        ("duplicate-id", 42, 13),
    ),
    ("a question that means what none can", _where("means: role", "means: rank"), ("bad-value", 19, 12)),
    ("two answers of one id", _where("{id: most", "{id: none"), ("duplicate-id", 33, 55)),
    ("an answer called dont-know", _where("{id: most", "{id: dont-know"), ("duplicate-id", 33, 55)),
    (
        "answers that are all worth the same",
        _where(", points: 2}, {id: all, text: All, points: 3}", "}, {id: all, text: All}"),
        ("points", 33, 23),
    ),
    ("points below nothing", _where("points: 2", "points: -2"), ("bad-value", 33, 91)),
    ("points without end", _where("points: 2", "points: .inf"), ("wrong-type", 33, 91)),
    ("half a point", _where("points: 2", "points: 2.5"), ("wrong-type", 33, 91)),
    ("no full marks", _where("            full_at: 2\n", ""), ("points", 42, 22)),
    ("full marks that nobody reaches", _where("full_at: 2", "full_at: 3"), ("points", 43, 22)),
    (
        "full marks for a single answer",
        _where("ask: The chair, informs", "full_at: 2, ask: The chair, informs"),
        ("points", 32, 82),
    ),
    (
        "an answer alone among single ones",
        _where("{id: none, text: None of it}", "{id: none, text: None of it, alone: true}"),
        ("bad-value", 33, 60),
    ),
    (
        "a flag without a band",
        _where("{id: none, text: None of it}", "{id: none, text: None, flag: {reason: R, caps_at: lo}}"),
        ("unknown-id", 33, 74),
    ),
    (
        "a step to guidance that is not there",
        _where("{id: none, text: None of it}", "{id: none, text: None, step: {do: D, effort: 1, resources: [boko]}}"),
        ("unknown-id", 33, 84),
    ),
    (
        "one answer to choose from",
        _where(
            "choices: [{id: chair, text: The chair}, {id: staff, text: Staff}]",
            "choices: [{id: chair, text: The chair}]",
        ),
        ("bad-value", 20, 14),
    ),
    (
        "a condition on a later question",
        _where("ask: The chair, informs", "when: {question: q3, is: [north]}, ask: C, informs"),
        ("condition-order", 32, 90),
    ),
    (
        "a condition on itself",
        _where("ask: The chair, informs", "when: {question: q1, is: [all]}, ask: C, informs"),
        ("condition-order", 32, 90),
    ),
    (
        "a condition on nothing",
        _where("ask: The chair, informs", "when: {question: q9, is: [all]}, ask: C, informs"),
        ("unknown-id", 32, 90),
    ),
    (
        "a condition on a factor",
        _where("ask: The chair, informs", "when: {factor: size, below: high}, ask: C, informs"),
        ("condition-order", 32, 79),
    ),
    (
        "a condition of nothing",
        _where("ask: The chair, informs", "when: {all: []}, ask: C, informs"),
        ("bad-value", 32, 85),
    ),
    (
        "a condition with two meanings",
        _where("ask: The chair, informs", "when: {question: role, is: [chair], not: {}}, ask: C, informs"),
        ("unexpected", 32, 80),
        "“is” does not go with",
    ),
    (
        "conditions in conditions",
        _where(
            "ask: The chair, informs",
            f"when: {'{not: ' * 18}{{question: role, is: [chair]}}{'}' * 18}, ask: C, informs",
        ),
        ("too-deep", 32, 157),
    ),
    ("no trends", PACK.partition("trends:")[0] + "trends: []\n", ("bad-value", 21, 9)),
    ("no questions", PACK.partition("        questions:")[0] + "        questions: []\n", ("bad-value", 31, 20)),
    ("a text that is too long", _where("A tiny pack", "x" * 4001), ("bad-value", 4, 8)),
    (
        "questions without end, each with a factor that is not there",
        lambda: PACK + _repeated(1_200),
        ("unknown-id", 45, 66),
        "more like these",
    ),
    (
        "the same question without end",
        lambda: PACK + _repeated(1_100).replace("sise", "size").replace("{id: x", "{id: q1, why_: x"),
        ("unexpected", 45, 22),
        "more like these",
    ),
    (
        "themes without end",
        lambda: PACK + "      - {id: theme, title: A, statement: B, questions: []}\n" * 3_900,
        ("bad-value", 45, 56),
        "more like these",
    ),
)

GUIDANCES: tuple[Row, ...] = (
    ("nothing", "", ("empty-file", 0, 0)),
    ("no guidance", "resources: []\n", "A trend"),
    ("a key that only a later version would write", f"{GUIDANCE}format: 2\n", ("unexpected", 11, 1)),
    ("a link that runs a program", at(9, "    link: javascript:alert(1)", GUIDANCE), ("bad-value", 9, 11)),
    ("a link to a file", at(9, "    link: file:///etc/passwd", GUIDANCE), ("bad-value", 9, 11)),
    ("a link that holds its data", at(9, "    link: data:text/html,x", GUIDANCE), ("bad-value", 9, 11)),
    ("a link with a blank in it", at(9, "    link: https://example.org/ x", GUIDANCE), ("bad-value", 9, 11)),
    (
        "a link with a quote in it",
        at(9, """    link: 'https://example.org/"onclick="x'""", GUIDANCE),
        ("bad-value", 9, 11),
    ),
    ("a link that is too long", at(9, f"    link: https://example.org/{'x' * 500}", GUIDANCE), ("bad-value", 9, 11)),
    ("guidance that nobody finds", at(9, "", GUIDANCE), ("missing", 2, 5)),
    ("guidance for nothing", at(10, "    factors: [sise]", GUIDANCE), ("unknown-id", 10, 15)),
    ("guidance that nothing replaces", at(10, "    superseded_by: [none]", GUIDANCE), ("unknown-id", 10, 21)),
    ("guidance twice", GUIDANCE + GUIDANCE.partition("\n")[2], ("duplicate-id", 11, 5)),
    ("checked on no day", at(10, "    checked: 2026-02-30", GUIDANCE), ("bad-value", 10, 14)),
    ("checked some day", at(10, "    checked: some day", GUIDANCE), ("bad-value", 10, 14)),
    ("a type", at(2, "  - !!map", GUIDANCE), ("forbidden-yaml", 2, 5)),
    (
        "guidance without end that nothing replaces",
        lambda: (
            "resources:\n"
            + "".join(_BOOK % i for i in range(1_800))
            + GUIDANCE.partition("\n")[2]
            + f"    superseded_by: [{', '.join(f'bo{i}' for i in range(2_500))}]\n"
        ),
        ("unknown-id", 1_811, 21),
        "more like these",
    ),
)


def packs() -> Iterator[Case]:
    """Yield every case of a pack."""
    yield from cases(OF_PACK, PACKS)
    yield from cases(OF_GUIDANCE, GUIDANCES)
