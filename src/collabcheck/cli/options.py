"""The options that several commands share, each said once."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from collabcheck.cli.shell import Colour
from collabcheck.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collabcheck.pack import Pack


class ReportFormat(StrEnum):
    """What a report can be written as."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    WORD = "word"
    JSON = "json"


class PageFormat(StrEnum):
    """What a page to read can be written as."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    WORD = "word"


E = TypeVar("E", bound=StrEnum)


def one_of(kind: type[E]) -> Callable[[str], E]:
    """Return what reads a word of this kind, and names the nearest one if it is none."""

    def read(word: str) -> E:
        if word not in list(kind):
            raise UsageError(f"“{word}” cannot stand there. {did_you_mean(word, list(kind))}")
        return kind(word)

    return read


def word(name: str, kind: type[StrEnum], words: str) -> Any:  # noqa: ANN401  what Typer gives has no public name
    """Return an option that takes one of the words of a kind, and offers them when someone presses Tab."""
    return typer.Option(
        name,
        metavar="|".join(kind),
        help=words,
        parser=one_of(kind),
        autocompletion=lambda incomplete: [word for word in kind if word.startswith(incomplete)],
    )


_WHICH_FORMAT = "The format, whatever the file's suffix says."

PackFolder = Annotated[
    Path | None,
    typer.Option("--pack", metavar="DIR", help="Use the pack in this folder instead of the one that ships."),
]
Plain = Annotated[
    bool, typer.Option("--plain", help="No columns, bars or redrawing: one fact a line. Also: ACCESSIBLE=1.")
]
WhenColour = Annotated[Colour, word("--color", Colour, "When to use colour; auto: on a terminal.")]
AsReport = Annotated[ReportFormat | None, word("--format", ReportFormat, _WHICH_FORMAT)]
AsPage = Annotated[PageFormat | None, word("--format", PageFormat, _WHICH_FORMAT)]
Output = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help="Write to this file; its suffix picks the format.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that exists.")]
Anonymous = Annotated[
    bool,
    typer.Option(
        "--anonymous",
        help="Leave out who answered, and all that they wrote: notes, evidence, reasons. The organisation stays named.",
    ),
]


# What the shell offers when someone presses Tab.


def trend_ids(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the trends of the pack."""
    yield from _beginning(incomplete, ((trend.id, trend.title) for trend in _pack(context).trends))


def factor_ids(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the factors of the pack."""
    yield from _beginning(incomplete, ((factor.id, factor.title) for factor in _pack(context).factors))


def band_ids(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the bands of the pack."""
    yield from _beginning(incomplete, ((band.id, band.label) for band in _pack(context).bands))


def targets(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer every factor of the pack with every band, written as a target."""
    pack = _pack(context)
    for factor in pack.factors:
        labels = ((band.id, band.label if factor.kind == "risk" else band.gain) for band in pack.bands)
        yield from _beginning(incomplete, ((f"{factor.id}={band}", f"{factor.title}, {said}") for band, said in labels))


def nation_ids(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the nations of the pack."""
    question = _pack(context).that_means("nation")
    yield from _beginning(incomplete, ((choice.id, choice.text) for choice in question.choices) if question else ())


def context_ids(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the questions about the organisation."""
    yield from _beginning(incomplete, ((question.id, question.text) for question in _pack(context).context))


def role_ids(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the roles of the pack."""
    question = _pack(context).that_means("role")
    yield from _beginning(incomplete, ((choice.id, choice.text) for choice in question.choices) if question else ())


def _pack(context: typer.Context) -> "Pack":
    from collabcheck.files.packs import load_pack

    return load_pack(context.params.get("pack"))


def _beginning(incomplete: str, known: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    yield from ((name, words) for name, words in known if name.startswith(incomplete))


def no_such_factor(pack: "Pack", word: str) -> UsageError:
    """Return that a pack has no such factor: the nearest, those of the area that was named, or all."""
    if any(area.id == word for area in pack.areas):
        inside = [factor.id for factor in pack.factors if factor.area == word]
        return UsageError(f"“{word}” is an area, and no factor. Use one of its factors: {', '.join(inside)}.")
    known = list(pack.factor)
    meant = did_you_mean(word, known) or f"Use one of: {', '.join(known)}."
    return UsageError(f"there is no factor “{word[:60]}”. {meant}")
