"""Small packs and sheets for tests: say what matters, the rest is filled in."""

from copy import deepcopy
from typing import Any

from collabcheck.answers import AnswerSheet, Chose, DontKnow, NotApplicable, Reply
from collabcheck.pack import Pack

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
    return Pack.model_validate(pack_data(*questions, **more))


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
