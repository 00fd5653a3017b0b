"""Characters that cannot be seen: which of them a file may not hold, and how a terminal shows the others."""

import re

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
"""Control characters, separators that only some programs take for line ends, surrogates and non-characters."""

GLUE = "\ue000"
"""Stands in our own text for a space at which no line is broken; in other people's it is shown as its code."""

ACTS_OR_HIDES = re.compile(
    f"[{GLUE}\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What could act on a terminal, reorder letters, or carry words that nobody sees; not what gives emoji their colour."""
UNSEEN = re.compile(
    f"{ACTS_OR_HIDES.pattern[:-1]}\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u2800\ufe0e-\ufe0f\ufe20-\ufe2f]"
)
"""What nobody sees if nothing else is there: also accents without a letter, and the Braille sign without a dot."""
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\].*?(?:\x07|\x1b\\)")


def visible(words: str) -> str:
    """Return words as a terminal may have them: a character that could act or hide is shown as its code."""
    return ACTS_OR_HIDES.sub(lambda found: _code(ord(found[0])), words.replace("\t", " "))


def _code(number: int) -> str:
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004  the most that four digits hold


def shown(name: str) -> str:
    """Return a name, such as a file's, as a message may have it: on one line, with nothing that acts or hides."""
    return visible(name).replace("\n", "\\u000a")


def blank(words: str) -> bool:
    """Say whether there is nothing to be seen in words."""
    return not (words.strip() if words.isascii() else UNSEEN.sub("", words).strip())


def one_line(typed: str) -> str:
    """Return what was typed or pasted as one line, without the characters that a file cannot hold."""
    return HIDDEN.sub(" ", " ".join(_ESCAPES.sub("", typed).split())).strip()
