"""Words of headers and cells as they are compared: what changes no meaning is dropped, what may deny is kept."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final


def plain(words: str) -> str:
    """Return words as they are compared: letters and digits, without case, quotes, kinds of blanks and punctuation."""
    if len(words) > _LONGEST_HEADER:
        return _compared(words)
    return _remembered(words) if len(words) < _LONG else _remembered_long(words)


_LONG: Final = 1000
"""Of words with so many characters, fewer are remembered."""

_LONGEST_HEADER: Final = 2000
"""Words with more characters are not worth remembering."""


def _compared(words: str) -> str:
    return _without_marks(unicodedata.normalize("NFKC", " ".join(words.split())), _FOR_WORDS)


def _without_marks(words: str, becomes: "_Becomes") -> str:
    return " ".join(words.casefold().translate(becomes).split())


class _Becomes(dict[int, str]):
    """What becomes of each character, worked out when it is met first; of so many that no text can fill the memory."""

    def __init__(self, mark: Callable[[str], str]) -> None:
        super().__init__(dict.fromkeys(map(ord, "'’‘`\u00b4"), ""))
        self._mark = mark

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        becomes = sign if sign.isalnum() or _joins(sign) else self._mark(sign)
        if len(self) < _MANY:
            self[code] = becomes
        return becomes


_MANY: Final = 4096


def _joins(sign: str) -> bool:
    """Say whether a sign belongs to the letter before it, such as a vowel in Hindi."""
    return unicodedata.category(sign).startswith("M") and not "\ufe00" <= sign <= "\ufe0f"  # those only change its look


_FOR_WORDS: Final = _Becomes(lambda _: " ")
_remembered = lru_cache(maxsize=4096)(_compared)
_remembered_long = lru_cache(maxsize=512)(_compared)


def signed(words: str) -> str:
    """Return words as answers are compared: as `plain` does, but with the signs that may deny what is beside them."""
    return _signed_once(words) if len(words) < _LONG else _with_signs(words)


def _with_signs(words: str) -> str:
    same = " ".join(words.split())
    same = same if same.isascii() else unicodedata.normalize("NFKC", _RAISED.sub(" ", same))
    for pattern, sign in _WRITTEN_SIGNS if _PERHAPS_WRITTEN.search(same) else ():
        same = pattern.sub(sign, same)
    return _without_marks(same, _WITH_SIGNS)


_signed_once = lru_cache(maxsize=4096)(_with_signs)

_PERHAPS_WRITTEN: Final = re.compile(r"[\d!]|\[\s*\]|\(\s*\)")
"""Stands in all words in which one of the following does."""

_WRITTEN_SIGNS = (
    (re.compile(r"\[\s*\]|\(\s*\)"), "☐"),
    (re.compile(r"(?<![\w.])\.(?=\d)"), "0\u2219"),  # .5 is 0.5
    (re.compile(r"(?<=\d)\.(?=\d)"), "\u2219"),
    (re.compile(r"(?<=\d)\s*[/\u2044\u2215]\s*(?=\d)"), "\u2044"),  # what ½ has inside
    (re.compile(r"(?<=\d)\s*[-\u2010-\u2015]\s*(?=\d)"), "\u2212"),
    (re.compile(r"(?<!\w)[-\u2010-\u2015](?=\d)"), "\u2212"),  # a minus
    (re.compile(r"!(?=\w)"), "¬"),
)
"""What people type for a sign: an empty box, what belongs to a number, a “not”."""

_RAISED = re.compile("(?<=\\d)(?=[²³¹¼-¾⁰-₉⅐-↉①-⒛])")
"""Stands between a number and a digit or a fraction of another kind: 1½ is not 11/2."""


def _may_deny(sign: str) -> bool:
    """Say whether a sign is more than punctuation: a cross, an arrow, a face; but not the bar between answers."""
    return sign in "?%" or (sign != "|" and unicodedata.category(sign) in ("So", "Sm"))


_WITH_SIGNS: Final = _Becomes(lambda sign: f" {sign} " if _may_deny(sign) else " ")
