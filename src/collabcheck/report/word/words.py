"""Sentences as runs of words, each with its look."""

import re
from collections.abc import Iterator
from typing import assert_never

from docx.document import Document as Paper
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Node

from collabcheck.report.blocks import Link, Mark, Span, Strong, Words
from collabcheck.report.word.nodes import node, run, styled

BANDS = ("LowestBand", "MiddleBand", "HighestBand")
"""The style of each level of bands."""

_SAFE_ADDRESS = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#]([\w./?#:@!$&'()*+,;=~-]|%[0-9A-Fa-f]{2})*)?")


def runs(paper: Paper, words: Words) -> Iterator[Node]:
    """Yield the runs of some words; a link needs the paper that keeps its address."""
    for span in words:
        yield from _span(paper, span)


def _span(paper: Paper, span: Span) -> Iterator[Node]:
    match span:
        case str():
            yield run(span)
        case Strong(text=strong):
            yield run(strong, styled("Strong"))
        case Link():
            yield from _link(paper, span)
        case Mark(label=label):
            whole = f"{span.shape} {label}".replace(" ", "\N{NO-BREAK SPACE}")
            yield run(whole, styled(BANDS[span.level]))
        case _:
            assert_never(span)


def _link(paper: Paper, link: Link) -> Iterator[Node]:
    """Yield a link, and its address to be read on paper; the words alone where Word might choke on the address."""
    if _SAFE_ADDRESS.fullmatch(link.address):
        active = node("hyperlink", run(link.text, styled("Hyperlink")))
        active.set(qn("r:id"), paper.part.relate_to(link.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        yield active
    else:
        yield run(link.text)
    if link.text != link.address:
        yield from (run(" "), run(link.address, styled("Address")))
