"""Other people's words in Markdown and in YAML: in reports, forms and sheets, all of them pass through here."""

import json
import re

from collabcheck.characters import visible

_ACTIVE = re.compile(r"(?P<mail>(?<=[\w.+-])@(?=[\w.-]))|[\\`*_\[\]<>|~&#$@!]|(?<=[Ww]{3})\.|(?<=[A-Za-z]):(?=//)")
_PLAIN_KEY = re.compile(r"(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_INDENTED = re.compile("^ {4}")


def in_markdown(words: str) -> str:
    """Return words so that no character of theirs acts as Markdown or HTML."""
    escaped = _ACTIVE.sub(_escaped, visible(words))
    escaped = _AT_START.sub(lambda found: f"{found[1]}{_held(found[2])}", escaped)
    return "<br>".join(_INDENTED.sub("&#32;   ", escaped).split("\n"))


def _escaped(found: re.Match[str]) -> str:
    """Return a sign that does nothing; as code where GitHub would make a link of an e-mail address, escaped or not."""
    return "`@`" if found["mail"] else f"\\{found[0]}"


def _held(start: str) -> str:
    return f"&#{ord(start[0])};{start[1:]}" if start[0].isdigit() else f"\\{start}"


def in_yaml(words: str) -> str:
    """Return words in quotes as JSON has them, which YAML reads in the same way."""
    return json.dumps(words, ensure_ascii=False)


def key_in_yaml(name: str) -> str:
    """Return the name of a key, in quotes where it could be taken for something else."""
    return name if _PLAIN_KEY.fullmatch(name) else in_yaml(name)
