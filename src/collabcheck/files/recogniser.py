"""Sheets in JSON that need no closer look, read at once; whatever is the least unusual is left to `sheets`.

Most of ten thousand sheets hold plain answers to questions that have not changed. To recognise one takes a twentieth of
the time of reading it with the place of every word, which is needed only to say what is wrong. What is not a plain
answer goes through the same model and the same `fit` as in every other sheet, so no rule stands here a second time.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from collabcheck.answers import SheetFile, fit
from collabcheck.characters import HIDDEN
from collabcheck.coding import UNANSWERED, Codes, code
from collabcheck.files.source.text import BOM
from collabcheck.pack import DONT_KNOW, Pack
from collabcheck.problems import Findings

_LONGEST: Final = 20_000
"""Bytes. No text in such a sheet can be too long; a sheet of forty answers with a note on each has 8,000."""
_UNKNOWN: Final = "?"
_APART: Final = (" :", "\n:", "\t:")
"""What the colon of a key looks like that does not stand right after it."""


class Recogniser:
    """Reads sheets in JSON that answer one pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._plain = [
            (question.id, {name: name for name in (UNANSWERED, DONT_KNOW, *question.choice)})
            for question in pack.questions
        ]
        self._at = {question.id: i for i, question in enumerate(pack.questions)}
        self._fingerprints = {question.id: question.fingerprint for question in pack.questions}
        self._role = pack.that_means("role")

    def codes(self, raw: bytes) -> Codes | None:
        """Return a sheet as codes; None if it needs a closer look, which does not mean that anything is wrong."""
        text, data = _parsed(raw)
        answers, asked = data.get("answers"), data.get("asked", {})
        if not isinstance(answers, dict) or not isinstance(asked, dict) or _may_hide(text):
            return None
        odd = {name: given for name, given in answers.items() if given.__class__ is not str or not given}
        if self._role and "respondent" in data and self._role.id in answers:
            odd[self._role.id] = answers[self._role.id]
        plain = {**answers, **dict.fromkeys(odd, UNANSWERED)} if odd else answers
        codes = [words.get(plain.get(name, UNANSWERED), _UNKNOWN) for name, words in self._plain]
        known = len(codes) - codes.count(UNANSWERED) + len(odd) == len(answers) and _UNKNOWN not in codes
        current = asked == self._fingerprints or asked.items() <= self._fingerprints.items()
        if not known or not current or _may_repeat(text, _keys(data, odd)):
            return None
        return self._with({**data, "answers": odd, "asked": {}}, codes)

    def _with(self, rest: Mapping[str, Any], codes: list[str]) -> Codes | None:
        """Return codes with those of what is no plain answer, if all of that is as it should be."""
        try:
            sheet = fit(self._pack, SheetFile.model_validate(rest))
        except (ValidationError, Findings):
            return None
        for name, reply in sheet.replies.items():
            codes[self._at[name]] = code(self._pack.question[name], reply)
        return tuple(codes)


def _parsed(raw: bytes) -> tuple[str, Mapping[str, Any]]:
    """Return the text of a file and its data; no data if it is not for us."""
    if len(raw) > _LONGEST:
        return "", {}
    try:
        text = (raw.replace(b"\r\n", b"\n") if b"\r" in raw else raw).removeprefix(BOM).decode()
        data = json.loads(text)
    except (ValueError, RecursionError):
        return "", {}
    return text, data if isinstance(data, dict) else {}


def _may_hide(text: str) -> bool:
    """Say whether there may be characters that a sheet may not hold, as they are or behind a backslash."""
    if "\\" in text and any(escape in text for escape in ("\\b", "\\f", "\\r", "\\u")):
        return True
    return "\r" in text or "\x7f" in text or not (text.isascii() or not HIDDEN.search(text))


def _may_repeat(text: str, keys: int) -> bool:
    """Say whether a key may stand twice in a group, of which a parser keeps only one: there are more colons then."""
    if text.count(":") == keys:
        return False
    return text.count('":') != keys or any(apart in text for apart in _APART)


def _keys(data: Mapping[str, Any], odd: Mapping[str, Any]) -> int:
    """Return how many keys there are in a sheet, in its groups, and in those of its answers that have parts."""
    groups = (group for group in (*data.values(), *odd.values()) if group.__class__ is dict)
    return len(data) + sum(map(len, groups))
