"""Packs in which questions share choices, or scores are printed on a range of their own."""

from collections.abc import Iterator

from hostile.cases import FULL_PACK, Case, Row, cases
from hostile.full import MANY, PACK, having

_DISPLAY = "display: {from: 1, to: 5, decimals: 1}"
_STEPS = "steps: {never: {do: Begin., effort: 1}}"
_FLAGS = "flags: {never: {reason: nobody begins, caps_at: low}}"
_OFTEN = "    - {id: always, text: Always, points: 3}\n"
_FIRST = "            scale: often\n            steps"
_THIRD = "informs: [size]\n            choices:"


def _asked_of(scale: str, questions: int) -> str:
    """Return the pack with another scale, and as many questions that have it."""
    asked = "          - {id: x%d, text: T, hint: H, why: W, ask: A, informs: [size], scale: large}\n"
    return having("scales:\n", f"scales:\n  large:\n{scale}") + "".join(asked % i for i in range(questions))


def _large(choices: int, length: int, more: str = "") -> str:
    """Return the choices of a scale, each with as many characters."""
    return "".join(f"    - {{id: c{i}, text: {'x' * length}, points: {i}{more}}}\n" for i in range(choices))


# Choices that questions share.

SCALES: tuple[Row, ...] = (
    ("a good one", PACK, "A trend"),
    ("a scale that is not there", having(_FIRST, _FIRST.replace("often", "ofen")), ("unknown-id", 40, 20)),
    ("no scales", PACK.replace("  often:", "  seldom:"), ("unknown-id", 40, 20), ("unknown-id", 51, 20)),
    ("scales of nothing", having("scales:", "scales:\nx:"), ("missing", 15, 8), ("unexpected", 16, 1)),
    ("a list of scales", having("scales:\n  often:\n", "scales:\n  -\n"), ("wrong-type", 16, 3)),
    ("a scale of nothing", having("scales:\n", "scales:\n  none:\n"), ("missing", 16, 8)),
    ("an empty scale", having("scales:\n", "scales:\n  none: []\n"), ("bad-value", 16, 9)),
    ("a scale of one choice", having("scales:\n", "scales:\n  one: [{id: a, text: A}]\n"), ("bad-value", 16, 8)),
    ("a scale of thirty-one choices", having("scales:\n", f"scales:\n  many:\n{_large(31, 1)}"), ("bad-value", 17, 5)),
    ("a scale that is itself", having("scales:\n", "scales:\n  same: same\n"), ("wrong-type", 16, 9)),
    (
        "a scale that names another",
        having("scales:\n", "scales:\n  one: {scale: other}\n  other: {scale: one}\n"),
        ("wrong-type", 16, 8),
        ("wrong-type", 17, 10),
    ),
    (
        "choices that name a scale",
        having("scales:\n", "scales:\n  one: [{id: a, text: A, scale: one}, {id: b, text: B}]\n"),
        ("unexpected", 16, 26),
    ),
    (
        "a scale that repeats itself",
        having("scales:\n", "scales:\n  one: &o [*o, *o]\n"),
        ("forbidden-yaml", 16, 8),
        ("forbidden-yaml", 16, 12),
        ("forbidden-yaml", 16, 16),
    ),
    ("a scale twice", having("scales:\n", "scales:\n  often: []\n"), ("duplicate-key", 17, 3)),
    ("a scale with a hidden character in its name", having("  often:", '  "of\u200bten":'), ("bad-value", 16, 3)),
    ("a choice of a scale twice", having(_OFTEN, _OFTEN * 2), ("duplicate-id", 20, 8)),
    (
        "a choice of a scale called dont-know",
        having(_OFTEN, _OFTEN + "    - {id: dont-know, text: Unknown}\n"),
        ("duplicate-id", 20, 8),
    ),
    (
        "a flag without a band in a scale that nothing has",
        having("scales:\n", "scales:\n  one: [{id: a, text: A, flag: {reason: R, caps_at: lo}}, {id: b, text: B}]\n"),
        ("unknown-id", 16, 53),
    ),
    (
        "a scale in which all is worth the same",
        having("points: 1}", "points: 0}", having("points: 3}", "points: 0}")),
        ("points", 40, 20),
        ("points", 51, 20),
    ),
    (
        "an answer alone in a scale for single ones",
        having("text: Never}", "text: Never, alone: true}"),
        ("bad-value", 40, 20),
        ("bad-value", 51, 20),
    ),
    (
        "a scale that requires a note, and the question has a flag",
        having("text: Never}", "text: Never, requires: note}"),
        ("bad-value", 42, 28),
    ),
    (
        "a scale that requires a note, and nothing is scored",
        having(
            "[{factor: size, weight: 2, because: It counts.}]", "[]", having("points: 3}", "points: 3, requires: note}")
        ),
        ("bad-value", 51, 20),
    ),
    (
        "a scale and choices",
        having(_FIRST, f"            choices: [{{id: a, text: A}}, {{id: b, text: B}}]\n{_FIRST}"),
        ("unexpected", 41, 13),
    ),
    (
        "a scale in the place of its name",
        having(_FIRST, _FIRST.replace("often", "[{id: a, text: A}, {id: b, text: B}]")),
        ("wrong-type", 40, 20),
    ),
    ("neither a scale nor choices", having(_FIRST, "            steps"), ("missing", 34, 13)),
    (
        "a step from a choice that the scale has not",
        having(_STEPS, "steps:\n              nver: {do: Begin., effort: 1}"),
        ("unknown-id", 42, 15),
    ),
    (
        "a step in lines of its own from a choice that the scale has not",
        having(_STEPS, "steps:\n              nver:\n                do: Begin.\n                effort: 1"),
        ("unknown-id", 42, 15),
    ),
    (
        "a flag on a choice that the scale has not",
        having(_FLAGS, _FLAGS.replace("never:", "nver:")),
        ("unknown-id", 42, 21),
    ),
    ("a flag without a band", having(_FLAGS, _FLAGS.replace(": low", ": lo")), ("unknown-id", 42, 61)),
    (
        "a step to guidance that is not there",
        having("effort: 1}", "effort: 1, resources: [boko]}"),
        ("unknown-id", 41, 64),
    ),
    ("a step that is none", having("{do: Begin., effort: 1}", "~"), ("wrong-type", 41, 28)),
    (
        "a step twice",
        having(_STEPS, _STEPS[:-1] + ", never: {do: End., effort: 1}}"),
        ("duplicate-key", 41, 53),
        ("duplicate-key", 41, 61),
        ("duplicate-key", 41, 71),
    ),
    (
        "steps and flags without a scale",
        having(_THIRD, f"informs: [size]\n            {_STEPS}\n            {_FLAGS}\n            choices:"),
        ("unexpected", 58, 13),
        ("unexpected", 59, 13),
    ),
    (
        "an answer of a scale that has one name with a question",
        having("id: q2", "id: q1-some", having(_FIRST, f"            several: true\n            full_at: 4\n{_FIRST}")),
        ("duplicate-id", 46, 13),
    ),
    (
        "steps without end from choices that the scale has not",
        lambda: having(_STEPS, f"steps: {{{', '.join(f'x{i}: {{do: B, effort: 1}}' for i in range(3_000))}}}"),
        ("unknown-id", 41, 21),
        "more like these",
    ),
    (
        "one scale for as many questions as a file can hold",
        lambda: _asked_of(_large(30, 1), 2_100),
        ("too-big", 304, 82),
    ),
    (
        "a scale of long words for as many questions as a file can hold",
        lambda: _asked_of(_large(30, 3_500), 2_100),
        ("too-big", 108, 80),
    ),
    (
        "a scale of long flags for two hundred questions",
        lambda: _asked_of(_large(2, 1, f", flag: {{reason: {'x' * 3_900}, caps_at: low}}"), 200),
        ("too-big", 128, 81),
    ),
    (
        "a scale of guidance without end",
        lambda: _asked_of(_large(2, 1, f", step: {{do: D, effort: 1, resources: [{'x, ' * 6_000}]}}"), 200),
        ("too-big", 77, 80),
    ),
    ("as much as scales may make of a pack", lambda: _asked_of(_large(30, 60), 198), "A trend"),
    (
        "scales without end, each with a choice twice",
        lambda: having(
            "scales:\n",
            "scales:\n" + "".join(f"  s{i}: [{{id: a, text: A}}, {{id: a, text: B}}]\n" for i in range(1_500)),
        ),
        ("duplicate-id", 16, 27),
        "more like these",
    ),
)

# The range on which scores are printed.

RANGES: tuple[Row, ...] = (
    ("a range backwards", having(_DISPLAY, "display: {from: 5, to: 1}"), ("bands", 8, 24)),
    ("a range from a number to itself", having(_DISPLAY, "display: {from: 1, to: 1.0}"), ("bands", 8, 24)),
    ("a range to minus zero", having(_DISPLAY, "display: {from: 0, to: -0.0}"), ("bands", 8, 24)),
    ("a range to no number", having(_DISPLAY, "display: {from: 1, to: .nan}"), ("wrong-type", 8, 24)),
    ("a range without end", having(_DISPLAY, "display: {from: 1, to: .inf}"), ("wrong-type", 8, 24)),
    (
        "a range to one with four hundred zeros",
        having(_DISPLAY, "display: {from: 1, to: 1e400}"),
        ("wrong-type", 8, 24),
    ),
    (
        "a range of eighteen digits",
        having(_DISPLAY, "display: {from: 1, to: 999999999999999999}"),
        ("bad-value", 8, 24),
    ),
    ("a range far below nothing", having(_DISPLAY, "display: {from: -1000001, to: 5}"), ("bad-value", 8, 17)),
    ("a range of five thousand digits", having(_DISPLAY, f"display: {{from: 1, to: {MANY}}}"), ("bad-number", 8, 24)),
    (
        "a range of five thousand decimals",
        having(_DISPLAY, f"display: {{from: 1, to: 5.{MANY}}}"),
        ("bad-number", 8, 24),
    ),
    (
        "a range that a float cannot tell from none",
        having(_DISPLAY, "display: {from: 1, to: 1.00000000000000001}"),
        ("bands", 8, 24),
    ),
    (
        "a range in which all figures are one",
        having(_DISPLAY, "display: {from: 1, to: 1.0001, decimals: 3}"),
        ("bands", 8, 24),
        ("bands", 12, 48),
    ),
    ("a range in words", having(_DISPLAY, "display: 1 to 5"), ("wrong-type", 8, 10)),
    ("a range as a list", having(_DISPLAY, "display: [1, 5]"), ("wrong-type", 8, 10)),
    ("a range of nothing", having(_DISPLAY, "display:"), ("missing", 8, 9)),
    (
        "a range in quotes",
        having(_DISPLAY, 'display: {from: "1", to: "5"}'),
        ("wrong-type", 8, 17),
        ("wrong-type", 8, 26),
    ),
    ("a range that is true", having(_DISPLAY, "display: {from: true, to: 5}"), ("wrong-type", 8, 17)),
    ("a range in per cent", having(_DISPLAY, "display: {from: 1, to: 100%}"), ("wrong-type", 8, 24)),
    ("decimals below nothing", having("decimals: 1", "decimals: -1"), ("bad-value", 8, 37)),
    ("ninety-nine decimals", having("decimals: 1", "decimals: 99"), ("bad-value", 8, 37)),
    ("one and a half decimals", having("decimals: 1", "decimals: 1.5"), ("wrong-type", 8, 37)),
    ("decimals that are true", having("decimals: 1", "decimals: true"), ("wrong-type", 8, 37)),
    ("decimals in words", having("decimals: 1", "decimals: one"), ("wrong-type", 8, 37)),
    ("decimals of five thousand digits", having("decimals: 1", f"decimals: {MANY}"), ("bad-number", 8, 37)),
    ("a range that was taken out, and the bands were not", having(_DISPLAY, ""), ("bands", 11, 51)),
    ("a first band below the range", having("from: 1, meaning", "from: 0, meaning"), ("bands", 11, 51)),
    ("a first band a hair above it", having("from: 1, meaning", "from: 1.0000001, meaning"), ("bands", 11, 51)),
    ("a band at the end of it", having("from: 3.4", "from: 5"), ("bands", 12, 48)),
    ("a band on the usual range", having("from: 3.4", "from: 60"), ("bands", 12, 48)),
    (
        "a large range, and bands that begin elsewhere",
        having(_DISPLAY, "display: {from: 123456.7, to: 987654}"),
        ("bands", 11, 51),
        "Write from: 123456.7.",
    ),
)


def scales() -> Iterator[Case]:
    """Yield every case of a scale or a range."""
    yield from cases(FULL_PACK, (*SCALES, *RANGES))
