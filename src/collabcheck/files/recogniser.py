"""Sheets in JSON that need no closer look, read at once; whatever is the least unusual is left to `sheets`.

Most of ten thousand sheets hold plain answers to questions that have not changed. To recognise one takes a twentieth of
the time of reading it with the place of every word, which is needed only to say what is wrong. What is not a plain
answer goes through the same model and the same `fit` as in every other sheet, so no rule stands here a second time.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import from_json

from collabcheck.answers import Chose, NotApplicable
from collabcheck.characters import HIDDEN, blank
from collabcheck.coding import MOST_REMEMBERED, UNANSWERED, Codes, code
from collabcheck.files.source.draft import MAX_BREAKS
from collabcheck.files.source.text import BOM
from collabcheck.fitting import SheetFile, fit, reply_that_fits, wrong_around
from collabcheck.pack import Pack
from collabcheck.problems import Findings
from collabcheck.questions import DONT_KNOW, NOT_APPLICABLE, Question

_LONGEST: Final = 20_000
"""Bytes. No text in such a sheet can be too long; a sheet of forty answers with a note on each has 8,000."""
_UNKNOWN: Final = "?"
_ORDINARY: Final = 1_000
"""Characters of a note or a reason that no rule looks into, unless it is longer or blank."""
_APART: Final = (b" :", b"\n:", b"\t:")
"""What the colon of a key looks like that does not stand right after it."""


class Recogniser:
    """Reads sheets in JSON that answer one pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._plain = [(question.id, _plain(question)) for question in pack.questions]
        self._at = {question.id: i for i, question in enumerate(pack.questions)}
        self._fingerprints = {question.id: question.fingerprint for question in pack.questions}
        self._role = pack.that_means("role")
        self._known: dict[object, str] = {}

    def codes_of(self, data: object) -> Codes | None:
        """Return the data of a sheet as codes, if no key stood twice in it.

        None if it needs a closer look, which does not mean that it is wrong.
        """
        answers, asked = (data.get("answers"), data.get("asked", {})) if isinstance(data, dict) else (None, None)
        if not isinstance(data, dict) or not isinstance(answers, dict) or not isinstance(asked, dict):
            return None
        odd = {name: given for name, given in answers.items() if given.__class__ is not str or not given}
        if self._role and "respondent" in data and self._role.id in answers:
            odd[self._role.id] = answers[self._role.id]
        plain = {**answers, **dict.fromkeys(odd, UNANSWERED)} if odd else answers
        codes = [words.get(plain.get(name, UNANSWERED), _UNKNOWN) for name, words in self._plain]
        known = len(codes) - codes.count(UNANSWERED) + len(odd) == len(answers) and _UNKNOWN not in codes
        if (
            known
            and odd.keys() <= self._at.keys()
            and (asked == self._fingerprints or asked.items() <= self._fingerprints.items())
        ):
            return self._with(data, odd, codes)
        return None

    def _with(self, data: Mapping[str, Any], odd: Mapping[str, object], codes: list[str]) -> Codes | None:
        """Return codes with those of what is no plain answer, if all of that is as it should be."""
        around = {name: part for name, part in data.items() if name not in ("answers", "asked")}
        try:
            if "respondent" in data:  # who may answer a question there, with a role
                replies = fit(self._pack, SheetFile.model_validate({**around, "answers": odd})).replies
                found = {name: code(self._pack.question[name], reply) for name, reply in replies.items()}
            elif wrong_around(self._pack, SheetFile.model_validate({**around, "answers": {}})):
                return None
            else:
                found = {name: self._odd(name, given) for name, given in odd.items()}
        except (ValidationError, Findings):
            return None
        for name, one in found.items():
            codes[self._at[name]] = one
        return None if _UNKNOWN in codes else tuple(codes)

    def _odd(self, name: str, given: object) -> str:
        """Return the code of what is no plain answer, found out once for all that read alike."""
        key = (name, _alike(given))
        try:
            known = self._known.get(key)
        except TypeError:  # it holds what cannot be looked up
            return self._look(name, given)
        if known is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._look(name, given)
        return known

    def _look(self, name: str, given: object) -> str:
        question = self._pack.question[name]
        reply = reply_that_fits(question, given)
        return _UNKNOWN if reply is None and given is not None else code(question, reply)


def _plain(question: Question) -> dict[str, str]:
    """Return the words that are an answer by themselves, each with its code."""
    words = {name: name for name in (UNANSWERED, DONT_KNOW, *question.choice)}
    words |= {name: code(question, Chose((name,))) for name in question.required}
    return words if question.wants_reason else {**words, NOT_APPLICABLE: code(question, NotApplicable(""))}


def _alike(given: object) -> object:
    """Return what decides how an answer reads: the same for all whose notes and reasons are but other words."""
    if isinstance(given, dict):
        return tuple([(part, words if part == "choice" else _settled(words)) for part, words in given.items()])
    return tuple(given) if isinstance(given, list) else given


def _settled(words: object) -> object:
    return "…" if isinstance(words, str) and len(words) <= _ORDINARY and not blank(words) else words


def parsed(raw: bytes) -> dict[str, Any] | None:
    """Return the data of a sheet in JSON that no two programs read in two ways; None if one might."""
    raw = (raw.replace(b"\r\n", b"\n") if b"\r" in raw else raw).removeprefix(BOM)
    if len(raw) > _LONGEST or raw.count(b"\\n") > MAX_BREAKS or _may_hide(raw):
        return None
    try:
        data = from_json(raw, allow_inf_nan=False)
    except ValueError:
        return None
    return data if isinstance(data, dict) and not _may_repeat(raw, _keys(data)) else None


def _may_hide(raw: bytes) -> bool:
    """Say whether there may be characters that a sheet may not hold, as they are or behind a backslash."""
    if b"\\" in raw and any(escape in raw for escape in (b"\\b", b"\\f", b"\\r", b"\\u")):
        return True
    if b"\r" in raw or b"\x7f" in raw:
        return True
    return not raw.isascii() and HIDDEN.search(raw.decode(errors="replace")) is not None


def _may_repeat(raw: bytes, keys: int) -> bool:
    """Say whether a key may stand twice in a group, of which a parser keeps only one: there are more colons then."""
    if raw.count(b":") == keys:
        return False
    return raw.count(b'":') != keys or any(apart in raw for apart in _APART)


def _keys(data: Mapping[str, Any]) -> int:
    """Return how many keys there are in a sheet, in its groups, and in those of its answers that have parts."""
    groups = [group for group in data.values() if group.__class__ is dict]
    inner = [part for group in groups for part in group.values() if part.__class__ is dict]
    return len(data) + sum(map(len, groups)) + sum(map(len, inner))
