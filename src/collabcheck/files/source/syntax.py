"""What an error of syntax means: where to look, what is wrong there and what to do, in words."""

import json
import re
from typing import Final

from collabcheck.characters import visible
from collabcheck.files.source.found import Stop
from collabcheck.problems import Code

_NO_START: Final = "start any token|an alias|an anchor|a tag|tag handle"
_AFTER_VALUE: Final = "expected key|block end|'-' indicator|document start"
_BRACKETED: Final = re.compile(r"[:-] +([\[{])[^\]}\n]*[\]}] *\Z")
"""A line up to where text goes on after a bracket that began it."""

# What both of PyYAML's parsers say, and what it means. The place is where the broken thing begins …
_BROKEN: Final = {
    "unexpected (?:end of stream|document)": (
        "the quote that opens here is never closed",
        'Close it; inside double quotes, write \\" for a quote.',
    ),
    "could not find expected ':'": (
        "this line is neither “key: value” nor part of the text above it",
        "Write a colon and a space after the key; put text of several lines in double quotes.",
    ),
    _NO_START: (
        "text without quotes cannot begin with “{char}”",
        "Put the text in double quotes.",
    ),
    "a flow (?:sequence|mapping)": (
        "this “{char}” is not closed, or a comma is missing after it (noticed in line {line})",
        "Close it, and write commas between its parts; if it is text, put it in double quotes.",
    ),
    "a block scalar": (
        "“{char}” announces text on the lines below, and more stands beside it",
        "Begin the text on the next line, indented; or put it in double quotes.",
    ),
}
# … or where the parser noticed.
_NOTICED: Final = {
    "escape|hexdec": (
        "a backslash in double quotes stands for a special character, and this one is not known",
        "Write \\\\ for a backslash, or use single quotes.",
    ),
    "mapping values": (
        "this colon comes inside text without quotes, or its line is indented too far",
        "Put the whole text in double quotes, or line the key up with the keys above it.",
    ),
    "sequence entries": (
        "a list cannot begin on the line of its key",
        "Begin it on the next line, each item with “- ”.",
    ),
    "node content": (
        "a value is missing here, or a bracket or comma is out of place",
        "Write the value; if it is text with brackets or commas, put it in double quotes.",
    ),
    _AFTER_VALUE: (
        "this does not go with what stands above it: the indentation is off, or a quote ends too early or not at all",
        "Line it up with its neighbours, and close each quote; put text with quotes in it in quotes of the other kind.",
    ),
    "": ("from here on this is not YAML", "Check quotes, colons and indentation here and in the line before."),
}
# What the JSON library says, and what it means.
_JSON: Final = {
    "Expecting property name": ("a key in double quotes belongs here", "Write one, or take out the comma before it."),
    "Illegal trailing comma": ("no comma may stand before a closing bracket", "Take it out."),
    "Expecting ','": ("a comma or a closing bracket belongs here", 'Write it; a quote inside text is written \\".'),
    "Expecting ':'": ("a colon belongs here, between the key and its value", "Write it."),
    "Expecting value": ("a value belongs here", "Write one; text goes in double quotes, and no comma after the last."),
    "Extra data": ("the content ended before this", "Remove what follows, or check the brackets before it."),
    "Unterminated string": ("the quote that opens here is never closed", 'Close it; write \\" for a quote inside.'),
    "Invalid control": ("a line ends inside quotes here, or a tab stands there", "Close it; or write \\n or \\t."),
    "Invalid \\": ("this backslash stands for a special character that is not known", "Write \\\\ for a backslash."),
    "": ("from here on this is not JSON", "Check the quotes, commas and brackets before it."),
}


def broken_yaml(text: str, said: str, begun: int, noticed: int, line: int) -> Stop:
    """Put into words what a YAML parser said; `begun` is -1 where it told only where it noticed."""
    needle, (message, advice) = next(row for row in (_BROKEN | _NOTICED).items() if re.search(row[0], said))
    if needle == _AFTER_VALUE and (bracketed := _BRACKETED.search(text, text.rfind("\n", 0, noticed) + 1, noticed)):
        noticed, (message, advice) = bracketed.start(1), _BROKEN[_NO_START]
    at = begun if needle in _BROKEN and begun >= 0 else noticed
    return Stop(at, Code.BAD_YAML, message.format(char=visible(text[at : at + 1]), line=line), advice)


def broken_json(error: json.JSONDecodeError) -> Stop:
    """Put into words what the JSON library said."""
    words = next(words for start, words in _JSON.items() if error.msg.startswith(start))
    return Stop(error.pos, Code.BAD_JSON, *words)
