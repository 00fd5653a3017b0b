"""A report as one page that needs nothing else: no script, no request, and it prints on A4."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from collabcheck.characters import visible
from collabcheck.report import charts, compared
from collabcheck.report.blocks import UNSAID, UNSHOWN, Report

GROUPS = 4
"""So many stand beside all of them in a table that compares groups: more have no room on paper."""


def text(words: object) -> object:
    """Return words with nothing in them that acts or hides; the template engine escapes what HTML would read."""
    return visible(words) if isinstance(words, str) and not isinstance(words, Markup) else words


def _lines(words: str) -> Markup:
    """Return words that may have several lines."""
    return Markup("<br>").join(str(text(words)).split("\n"))


def render(report: Report) -> bytes:
    """Return the whole report as a page of HTML, in UTF-8."""
    style = files("collabcheck.report").joinpath("page.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    page = _environment().get_template("page.html").render(report=report, style=Markup(style), digest=digest)  # noqa: S704  our own file
    return f"{page}\n".encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("collabcheck.report", ""),
        autoescape=True,
        finalize=text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lines"] = _lines
    environment.filters["kind"] = _kind
    environment.globals.update(bars=charts.bars, lines_of=charts.lines, strips=charts.strips, square=charts.square)
    environment.globals.update(compared=compared.compared, parts=compared.parts, groups=GROUPS)
    environment.globals.update(unshown=UNSHOWN, unsaid=UNSAID)
    return environment


def _kind(part: Any) -> str:  # noqa: ANN401  a block or a span
    """Return what a part of a report is, by name."""
    return type(part).__name__
