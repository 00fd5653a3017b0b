"""A page of HTML, taken apart."""

from collections import Counter
from functools import cached_property
from html.parser import HTMLParser


class Page(HTMLParser):
    """What a browser would find: the elements with their attributes, and the words outside of style."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._words: list[str] = []
        self._in_style = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        self._words += [] if tag in ("a", "span", "strong") else ["\n"]
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        """Note that a style has ended."""
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        """Note words."""
        self._words += [] if self._in_style else [data]

    @cached_property
    def words(self) -> str:
        """The words, with each element that is more than a stretch of them on a line of its own."""
        return "".join(self._words)

    def kinds(self) -> Counter[str]:
        """Count the elements but line breaks, which are only how words are laid out, and lines of labels of charts."""
        return Counter(tag for tag, _ in self.elements if tag not in ("br", "text"))
