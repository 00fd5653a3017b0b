"""What YAML makes of a text without quotes, and its author did not mean."""

import re
from collections.abc import Iterator

from collabcheck.doctor.remarks import Kind, Remark
from collabcheck.files.source.document import Document
from collabcheck.files.source.found import quoted

_REMARK = re.compile(r"[ \t]+#(.*)")
_IN_QUOTES = "\"'|>"
_CURLY = re.compile("[“”„‟‘’].*[“”„‟‘’]", re.DOTALL)


def traps(document: Document) -> Iterator[Remark]:
    """Yield texts that end at a “#”, and those with curly quotes where straight ones were meant."""
    for path, at in document.values.items():
        text = document.value(path)
        if not isinstance(text, str) or not text or document.text[at] in _IN_QUOTES:
            continue
        if " " in text and (cut := _REMARK.match(document.text, _end(document.text, text, at))):
            message = f"the text ends before {quoted(f'#{cut[1]}')}, which YAML takes for a remark"
            advice = "Put the whole text in double quotes. If it is a remark, give it a line of its own."
            yield Remark(path, Kind.CUT_OFF, message, advice)
        if _CURLY.fullmatch(text):
            message = "the curly quotes around this text are part of it, as YAML knows only straight ones"
            advice = 'Use straight double quotes (") around it. If people are to see the curly ones, put those inside.'
            yield Remark(path, Kind.CURLY_QUOTES, message, advice)


def _end(whole: str, text: str, at: int) -> int:
    """Return where a text without quotes ends, which may go over several lines."""
    found = re.compile(r"\s+".join(map(re.escape, text.split()))).match(whole, at)
    return found.end() if found else len(whole)
