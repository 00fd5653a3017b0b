"""Small packs and sheets for tests: say what matters, the rest is filled in."""

from collections.abc import Sequence
from copy import deepcopy
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from collabcheck.answers import AnswerSheet, Chose, DontKnow, NotApplicable, Reply
from collabcheck.pack import Pack
from collabcheck.questions import Question
from collabcheck.scales import with_scales

LEVELS = ("none", "some", "most", "all")

BANDS: list[dict[str, Any]] = [
    {"id": "at-risk", "label": "At risk", "gain": "Little", "from": 0, "meaning": "Not yet."},
    {"id": "developing", "label": "Developing", "gain": "Some", "from": 40, "meaning": "On the way."},
    {"id": "ready", "label": "Ready", "gain": "Much", "from": 70, "meaning": "Go."},
]


def a_choice(name: str, points: int = 0, **more: Any) -> dict[str, Any]:
    """Return a choice as a pack file has it."""
    return {"id": name, "text": f"{name.capitalize()} of it.", "points": points, **more}


def a_question(name: str, *informs: str | dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a question with four levels worth 0 to 3, as a pack file has it."""
    return {
        "id": name,
        "text": f"How far is {name}?",
        "hint": "Think of last year.",
        "why": "It matters.",
        "ask": "The chair",
        "informs": list(informs),
        "choices": [a_choice(level, points) for points, level in enumerate(LEVELS)],
        **more,
    }


def a_factor(name: str, **more: Any) -> dict[str, Any]:
    """Return a risk factor as a pack file has it."""
    says: dict[str, str] = {band["id"]: f"{name} is {band['label']}." for band in BANDS}
    return {"id": name, "kind": "risk", "title": name.capitalize(), "meaning": "Something.", "in_band": says, **more}


def an_area(name: str, **more: Any) -> dict[str, Any]:
    """Return an area as a pack file has it."""
    return {"id": name, "title": name.capitalize(), "meaning": "Some factors.", **more}


def pack_data(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a whole pack as its file has it: these questions, or q1 and q2, and the factors that they inform."""
    asked = questions or (a_question("q1", "size"), a_question("q2", "size"))
    informed = [link if isinstance(link, str) else link["factor"] for q in asked for link in q["informs"]]
    trend: dict[str, Any] = {
        "id": "trend",
        "title": "A trend",
        "based_on": "A test",
        "summary": [{"text": "It goes on."}],
        "themes": [{"id": "theme", "title": "A theme", "statement": "Go on.", "questions": list(asked)}],
        **{key: more.pop(key) for key in ("discussion", "implications", "related") if key in more},
    }
    return {
        "pack": "tiny",
        "version": "1",
        "language": "en-GB",
        "title": "A tiny pack",
        "about": "For tests.",
        "licence": "CC0",
        "minutes": 1,
        "bands": deepcopy(BANDS),
        "factors": [a_factor(name) for name in dict.fromkeys(informed)],
        "trends": [trend],
        **more,
    }


def a_pack(*questions: dict[str, Any], **more: Any) -> Pack:
    """Return a pack with these questions."""
    return with_scales(Pack.model_validate(pack_data(*questions, **more)))


def a_reply(word: str | tuple[str, ...] | Reply) -> Reply:
    """Return a reply: a level, several, “?” for don't know, “-” for not applicable."""
    match word:
        case "?":
            return DontKnow()
        case "-":
            return NotApplicable("not us")
        case str():
            return Chose((word,))
        case tuple():
            return Chose(word)
        case _:
            return word


def a_sheet(pack: Pack | None = None, /, **replies: str | tuple[str, ...] | Reply) -> AnswerSheet:
    """Return a sheet with these replies; given a pack, it keeps the fingerprints of what was asked."""
    return AnswerSheet(
        pack=pack.pack if pack else "tiny",
        pack_version=pack.version if pack else "1",
        organisation="Riverside",
        date="2026-11-23",
        replies={name: a_reply(word) for name, word in replies.items()},
        asked={name: pack.question[name].fingerprint for name in replies} if pack else {},
    )


# Any pack, and any sheet that answers it.

_RARELY = st.sampled_from([False, False, True])
_EITHER = st.sampled_from(["none", "some"])
_CAPS = st.sampled_from(["at-risk", "developing", "ready"])


@st.composite
def _any_question(draw: st.DrawFn, name: str, earlier: Sequence[str], factors: Sequence[str]) -> dict[str, Any]:
    """Draw a question: its levels, flags, weights, several answers and condition, all of it or none."""
    several = draw(st.booleans())
    informs = draw(st.lists(st.sampled_from(factors), max_size=2, unique=True))
    if not earlier and not name.startswith("about"):
        informs = list(factors)  # an author cannot leave a factor without a question
    choices = [
        a_choice(
            level,
            draw(st.integers(0, 4)),
            **({"flag": {"reason": "it burns", "caps_at": draw(_CAPS)}} if draw(_RARELY) else {}),
            **({"step": {"do": "Do it.", "effort": 1}} if draw(_RARELY) else {}),
            **({"alone": draw(_RARELY)} if several else {}),
        )
        for level in LEVELS[: draw(st.integers(2, 4))]
    ]
    for choice in choices:
        if "flag" not in choice and draw(_RARELY) and informs:
            choice["requires"] = draw(st.sampled_from(["note", "evidence"]))
    choices[-1]["points"] = draw(st.integers(5, 7))
    weighed = [{"factor": factor, "weight": draw(st.integers(1, 4)), "because": "so"} for factor in informs]
    more: dict[str, Any] = {"several": True, "full_at": draw(st.integers(1, 5))} if several else {}
    if several and draw(_RARELY):
        more = {"several": True, "thresholds": sorted(draw(st.sets(st.integers(1, 5), min_size=1)))}
    plain = [choice["id"] for choice in choices if "requires" not in choice]
    if draw(_RARELY) and informs and plain:
        more["not_applicable"] = {"counts_as": draw(st.sampled_from(plain))}
    if draw(_RARELY) and earlier:
        leaves = [{"question": draw(st.sampled_from(earlier)), "is": [draw(_EITHER)]} for _ in range(2)]
        more["when"] = draw(st.sampled_from([leaves[0], {"not": leaves[0]}, {"all": leaves}, {"any": leaves}]))
    return a_question(name, *weighed, choices=choices, **more)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Draw a small pack with two questions about the organisation, about1 and about2, and a few others."""
    kinds = draw(st.lists(st.sampled_from(["risk", "risk", "opportunity"]), min_size=1, max_size=3))
    names = [f"f{i}" for i in range(len(kinds))]
    factors = [
        a_factor(name, kind=kind, weight=draw(st.integers(1, 4)), because="so")
        for name, kind in zip(names, kinds, strict=True)
    ]
    about = [draw(_any_question(name, [], names)) for name in ("about1", "about2")]
    asked: list[dict[str, Any]] = []
    for i in range(draw(st.integers(1, 5))):
        earlier = [] if not i else ["about1", *(question["id"] for question in asked)]
        asked.append(draw(_any_question(f"q{i}", earlier, names)))
    bands = [{**band, "from": start} for band, start in zip(BANDS, (0, draw(st.integers(1, 50)), 66.7), strict=True)]
    return a_pack(*asked, context=about, factors=factors, bands=bands, areas=_in_areas(draw, factors))


def _in_areas(draw: st.DrawFn, factors: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put some of the factors in an area of their kind, or none; return the areas."""
    for factor in factors:
        if draw(_RARELY):
            factor["area"] = f"{factor['kind']}-area"
    return [an_area(name) for name in dict.fromkeys(factor["area"] for factor in factors if "area" in factor)]


@st.composite
def sheets_of(draw: st.DrawFn, pack: Pack) -> AnswerSheet:
    """Draw a sheet that answers some of a pack, also what is not asked."""
    replies: dict[str, Any] = {
        question.id: draw(st.sampled_from(["", "?", "-", *ways(question) * 2])) for question in pack.questions
    }
    return a_sheet(pack, **{name: reply for name, reply in replies.items() if reply})


def ways(question: Question) -> list[tuple[str, ...]]:
    """Return every way to choose from a question."""
    sizes = range(1, len(question.choices) + 1) if question.several else [1]
    every = [way for size in sizes for way in combinations(question.choice, size)]
    return [way for way in every if len(way) == 1 or not any(question.choice[name].alone for name in way)]
