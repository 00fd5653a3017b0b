"""Words of headers and cells as they are compared: what changes no meaning is dropped, what may deny is kept."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache


def plain(words: str) -> str:
    """Return words as they are compared: letters and digits, without case, quotes, kinds of blanks and punctuation."""
    return _remembered(words) if len(words) < _LONG else _compared(words)


_LONG = 1000
"""Words of so many characters are not worth remembering."""


def _compared(words: str) -> str:
    return _without_marks(unicodedata.normalize("NFKC", " ".join(words.split())), _signs)


def _without_marks(words: str, between: Callable[[re.Match[str]], str]) -> str:
    return " ".join(re.sub(r"[\W_]+", between, re.sub("['’‘`\u00b4]", "", words.casefold())).split())


_remembered = lru_cache(maxsize=4096)(_compared)


def _signs(between: re.Match[str]) -> str:
    """Return what stands between letters as blanks, but for signs that belong to a letter, such as a vowel in Hindi."""
    return " " if between[0].isascii() else "".join(sign if _joins(sign) else " " for sign in between[0])


@lru_cache(maxsize=4096)
def _joins(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M") and not "\ufe00" <= sign <= "\ufe0f"  # those only change its look


def signed(words: str) -> str:
    """Return words as answers are compared: as `plain` does, but with the signs that may deny what is beside them."""
    return _signed_once(words) if len(words) < _LONG else _with_signs(words)


def _with_signs(words: str) -> str:
    same = unicodedata.normalize("NFKC", _RAISED.sub(" ", " ".join(words.split())))
    for pattern, sign in _WRITTEN_SIGNS:
        same = pattern.sub(sign, same)
    return _without_marks(same, _kept_signs)


_signed_once = lru_cache(maxsize=4096)(_with_signs)

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


def _kept_signs(between: re.Match[str]) -> str:
    return " " if between[0].isspace() else "".join(map(_kept_sign, between[0]))


@lru_cache(maxsize=4096)
def _kept_sign(sign: str) -> str:
    return sign if _joins(sign) else f" {sign} " if _may_deny(sign) else " "


def _may_deny(sign: str) -> bool:
    """Say whether a sign is more than punctuation: a cross, an arrow, a face; but not the bar between answers."""
    return sign in "?%" or (sign != "|" and unicodedata.category(sign) in ("So", "Sm"))
