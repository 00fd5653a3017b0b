"""The elements of a Word document, and the one door for words."""

from collections.abc import Iterable

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Node

from collabcheck.characters import visible

TOGETHER = 5
"""Lines of a list or an entry that stay on one page; were more held together, much of a page could stay empty."""


def text(words: str) -> str:
    """Return words with no character in them that acts, that hides, or that XML cannot hold."""
    return visible(words)


def short(words: str, most: int = 255) -> str:
    """Return words on one line, cut to as many characters as there is room for."""
    line = " ".join(text(words).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def styled(style: str) -> Node:
    """Return the mark that gives a run a style of its own."""
    return node("rStyle", val=style)


def run(words: str, *look: Node) -> Node:
    """Return words with one look: the only place where they enter the document."""
    run = node("r", node("rPr", *look))
    for i, line in enumerate(text(words).split("\n")):
        piece = node("t")
        piece.text = line
        piece.set(qn("xml:space"), "preserve")
        run.extend([node("br"), piece] if i else [piece])
    return run


def paragraph(style: str, runs: Iterable[Node], *marks: Node, kept: bool = False) -> Node:
    """Return a paragraph, which may be kept on the page of the next one."""
    with_next = (node("keepNext"),) if kept else ()
    return node("p", node("pPr", node("pStyle", val=style), *with_next, *marks), *runs)


def together(i: int, count: int) -> bool:
    """Say whether a line stays with the next: at the start, and at the end, so that the last is never alone."""
    return i < min(count, TOGETHER) or i == count - 1


def node(name: str, /, *inside: Node, **attributes: str) -> Node:
    """Return an element of Word's own kind of XML."""
    node = OxmlElement(f"w:{name}", {qn(f"w:{key}"): value for key, value in attributes.items()})
    node.extend(inside)
    return node
