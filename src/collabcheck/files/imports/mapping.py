"""The file that says which column holds what, for headers in other words or another language."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from collabcheck.escaping import in_yaml
from collabcheck.files.source.misfits import build
from collabcheck.files.source.reader import read_file
from collabcheck.written import OR_NOTHING, Listed, Model


class Mapping(Model):
    """The header of the column for each thing that a sheet holds."""

    organisation: str = ""
    """The header of the column with the organisation’s name; empty if there is none."""
    date: str = ""
    """The header of the column that says when each person answered; empty if there is none."""
    name: str = ""
    """The header of the column with the person’s name, used with --keep-respondent."""
    columns: Annotated[dict[str, str], OR_NOTHING] = {}  # noqa: RUF012  pydantic copies a default
    """By what it holds, such as income, “income note” or nations/wales: the header; empty if there is none."""
    left_out: Listed[str] = ()
    """The headers of columns that are left out without a word."""


def read_mapping(path: Path) -> Mapping:
    """Read a mapping; CollabcheckError with all that is wrong with it."""
    return build(Mapping, read_file(path))


def mapping_text(mapping: Mapping) -> str:
    """Return a mapping as YAML, which reads back the same."""
    return "\n".join([*_lines(mapping), ""])


def _lines(mapping: Mapping) -> Iterator[str]:
    yield "# Which column of the table holds what. Change what stands after a colon, then import with --mapping."
    yield "# Nothing between the quotes means that there is no such column."
    yield f"organisation: {in_yaml(mapping.organisation)}"
    yield f"date: {in_yaml(mapping.date)}"
    if mapping.name:
        yield f"name: {in_yaml(mapping.name)}"
    yield "columns:"
    yield from (f"  {in_yaml(name)}: {in_yaml(header)}" for name, header in mapping.columns.items())
    if mapping.left_out:
        yield "left_out:"
        yield from (f"  - {in_yaml(header)}" for header in mapping.left_out)
