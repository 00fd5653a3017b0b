"""Other people's words in Markdown: in reports and in forms, all of them pass through here."""

import re

from collabcheck.characters import visible

_ACTIVE = re.compile(r"[\\`*_\[\]<>|~&#$@!]|(?<=www)\.|(?<=[a-z]):(?=//)")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def in_markdown(words: str) -> str:
    """Return words so that no character of theirs acts as Markdown or HTML."""
    escaped = _ACTIVE.sub(lambda found: f"\\{found[0]}", visible(words))
    escaped = _AT_START.sub(lambda found: f"{found[1]}{_held(found[2])}", escaped)
    return "<br>".join(escaped.split("\n"))


def _held(start: str) -> str:
    return f"&#{ord(start[0])};{start[1:]}" if start[0].isdigit() else f"\\{start}"
