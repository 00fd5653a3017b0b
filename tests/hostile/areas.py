"""Packs with areas above their factors, and questions with thresholds."""

from collections.abc import Iterator

from hostile.cases import FULL_PACK, Case, Row, cases
from hostile.full import MANY, having

_AREA = "  - {id: whole, title: Whole, meaning: All of it., in_band: {low: Little is there., high: Much is there.}}\n"
_FACTOR = "  - {id: size, kind: risk, area: whole, "
_BARE = having("  - {id: size, kind: risk, ", _FACTOR, having("full_at: 2", "thresholds: [1, 2]"))
_PACK = having("scales:\n", f"areas:\n{_AREA}scales:\n", _BARE)
_WISH = "  - {id: wish, kind: opportunity, area: whole, title: Wish, meaning: M., in_band: {low: L., high: H.}}\n"
_SUMS = "thresholds: [1, 2]"


def _with(words: str, new: str, pack: str = _PACK) -> str:
    return having(words, new, pack)


# Areas.

AREAS: tuple[Row, ...] = (
    ("a good area and good thresholds", _PACK, "A trend"),
    ("an area that is not there", _with("area: whole", "area: hole"), ("unknown-id", 14, 34), ("unknown-id", 16, 10)),
    ("an area and no list of areas", _BARE, ("unknown-id", 14, 34)),
    ("a factor for an area", _with("area: whole", "area: size"), ("unknown-id", 14, 34), ("unknown-id", 16, 10)),
    ("two areas for a factor", _with("area: whole", "area: [whole, half]"), ("wrong-type", 14, 34)),
    ("no area after its key", _with("area: whole", "area: "), ("unknown-id", 16, 10)),
    ("an area for a factor that is true", _with("area: whole", "area: yes"), ("bare-word", 14, 34)),
    ("an area for a factor that is a number", _with("area: whole", "area: 1"), ("bare-word", 14, 34)),
    ("an area for a factor, twice", _with("area: whole", "area: whole, area: whole"), ("duplicate-key", 14, 41)),
    ("an area without a factor", _with("area: whole, ", ""), ("unknown-id", 16, 10)),
    (
        "an area of readiness and gain",
        _with(
            "areas:\n",
            f"{_WISH}areas:\n",
            _with("informs: [size]\n            choices", "informs: [wish]\n            choices"),
        ),
        ("bad-value", 15, 41),
    ),
    ("an area twice", _with("areas:\n", f"areas:\n{_AREA}"), ("duplicate-id", 17, 6)),
    ("an area with the id of a factor", _with("id: whole", "id: size", _with("area: whole", "area: size")), "A trend"),
    ("a sentence for one band of an area", _with(", high: Much is there.}", "}"), ("missing", 16, 61)),
    (
        "a sentence for a band of an area that is not there",
        _with("high: Much is there.", "higher: Much is there."),
        ("missing", 16, 61),
        ("unknown-id", 16, 93),
    ),
    ("a sentence of nothing for a band of an area", _with("high: Much is there.", 'high: ""'), ("bad-value", 16, 91)),
    (
        "a sentence that nobody sees for a band of an area",
        _with("high: Much is there.", r'high: "\u200b\u2800"'),
        ("bad-value", 16, 91),
    ),
    (
        "a list of sentences for an area",
        _with("in_band: {low: Little is there., high: Much is there.}", "in_band: [Little., Much.]"),
        ("wrong-type", 16, 61),
    ),
    (
        "no sentence for any band of an area",
        _with(", in_band: {low: Little is there., high: Much is there.}", ", in_band: {}"),
        "A trend",
    ),
    ("an area without a title", _with("title: Whole, ", ""), ("missing", 16, 5)),
    ("an area that is true", _with("id: whole", "id: true"), ("bare-word", 16, 10)),
    (
        "an area with its factors",
        _with("meaning: All of it.", "meaning: All of it., factors: [size]"),
        ("unexpected", 16, 52),
    ),
    ("an area with a weight", _with("meaning: All of it.", "meaning: All of it., weight: 2"), ("unexpected", 16, 52)),
    ("an area in an area", _with("meaning: All of it.", "meaning: All of it., area: whole"), ("unexpected", 16, 52)),
    ("areas in a word", _with(_AREA, "  whole\n"), ("wrong-type", 16, 3)),
    (
        "areas as a group",
        _with(f"areas:\n{_AREA}", "areas: {whole: {title: Whole, meaning: All of it.}}\n"),
        ("wrong-type", 15, 8),
    ),
    (
        "areas without end, and no factor in them",
        lambda: _with(
            "areas:\n", "areas:\n" + "".join(f"  - {{id: a{i}, title: T, meaning: M.}}\n" for i in range(2_500))
        ),
        ("unknown-id", 16, 10),
        "more like these",
    ),
)

# Thresholds.

THRESHOLDS: tuple[Row, ...] = (
    ("thresholds that fall", _with(_SUMS, "thresholds: [2, 1]"), ("points", 71, 25)),
    ("a threshold twice", _with(_SUMS, "thresholds: [1, 1]"), ("points", 71, 25)),
    ("a threshold of nothing", _with(_SUMS, "thresholds: [0, 2]"), ("bad-value", 71, 26)),
    ("a threshold below nothing", _with(_SUMS, "thresholds: [-1, 2]"), ("bad-value", 71, 26)),
    ("half a threshold", _with(_SUMS, "thresholds: [0.5, 2]"), ("wrong-type", 71, 26)),
    ("a threshold in words", _with(_SUMS, "thresholds: [one, 2]"), ("wrong-type", 71, 26)),
    ("a threshold in quotes", _with(_SUMS, 'thresholds: ["1", 2]'), ("wrong-type", 71, 26)),
    ("a threshold that is true", _with(_SUMS, "thresholds: [true, 2]"), ("wrong-type", 71, 26)),
    ("a threshold that is nothing", _with(_SUMS, "thresholds: [1, ~]"), ("wrong-type", 71, 29)),
    ("a threshold at twelve minutes past one", _with(_SUMS, "thresholds: [1, 1:12]"), ("bare-word", 71, 29)),
    ("a threshold in eights", _with(_SUMS, "thresholds: [1, 02]"), ("wrong-type", 71, 29)),
    ("a threshold of infinity", _with(_SUMS, "thresholds: [1, .inf]"), ("wrong-type", 71, 29)),
    ("a threshold of five thousand digits", _with(_SUMS, f"thresholds: [1, {MANY}]"), ("bad-number", 71, 29)),
    ("a threshold of eighteen digits", _with(_SUMS, "thresholds: [1, 999999999999999999]"), ("points", 71, 25)),
    ("a threshold above all answers together", _with(_SUMS, "thresholds: [1, 3]"), ("points", 71, 25)),
    (
        "a threshold that only an answer reaches which stands alone",
        _with(_SUMS, "thresholds: [1, 3]", _with("alone: true", "alone: true, points: 3")),
        "A trend",
    ),
    ("thirty-one thresholds", _with(_SUMS, f"thresholds: {list(range(1, 32))}"), ("bad-value", 71, 25)),
    ("thresholds without end", _with(_SUMS, f"thresholds: [{'1, ' * 20_000}2]"), ("too-big", 71, 59582)),
    ("thresholds and full marks", _with(_SUMS, f"{_SUMS}\n            full_at: 2"), ("points", 71, 25)),
    ("thresholds twice", _with(_SUMS, f"{_SUMS}\n            {_SUMS}"), ("duplicate-key", 72, 13)),
    ("thresholds for one answer", _with("several: true\n            ", ""), ("points", 70, 25), ("bad-value", 74, 49)),
    (
        "thresholds for a scale",
        _with("            steps: {never", "            thresholds: [1]\n            steps: {never"),
        ("points", 43, 25),
    ),
    (
        "thresholds in a question of context",
        _with("            informs: [size]\n            several", "            several"),
        ("bad-value", 73, 63),
    ),
    ("no thresholds", _with(_SUMS, "thresholds: []"), ("points", 70, 22)),
    ("nothing after thresholds", _with(_SUMS, "thresholds:"), ("missing", 71, 24)),
    ("one threshold without a list", _with(_SUMS, "thresholds: 2"), ("wrong-type", 71, 25)),
    ("thresholds with a blank for a comma", _with(_SUMS, "thresholds: [1 2]"), ("wrong-type", 71, 26)),
    ("thresholds as levels by name", _with(_SUMS, "thresholds: {low: 1, high: 2}"), ("wrong-type", 71, 25)),
    ("a list of thresholds in a list", _with(_SUMS, "thresholds: [[1, 2]]"), ("wrong-type", 71, 26)),
)


def areas() -> Iterator[Case]:
    """Yield every case of an area or a threshold."""
    yield from cases(FULL_PACK, (*AREAS, *THRESHOLDS))
