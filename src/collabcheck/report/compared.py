"""Tables in which groups are compared: which these are, and how they are divided where a page is too narrow."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from collabcheck.report.blocks import Mark, Table


def compared(table: Table) -> bool:
    """Say whether a table sets the scores of groups beside each other: of all in the second column, then of each."""
    return any(isinstance(span, Mark) for cells in table.rows for cell in cells[1:] for span in cell)


def pieces(columns: int, most: int) -> Iterator[slice]:
    """Yield so many columns in as few pieces as can be, of at most so many each and about the same size."""
    count = ceil(columns / most)
    for i in range(count):
        yield slice(columns * i // count, columns * (i + 1) // count)


def parts(table: Table, most: int) -> Iterator[Table]:
    """Yield a table in parts of at most so many groups, each with the names and the scores of all."""
    for piece in [*pieces(len(table.columns) - 2, most)] or [slice(0)]:
        columns = (*table.columns[:2], *table.columns[2:][piece])
        yield replace(table, columns=columns, rows=tuple((*row[:2], *row[2:][piece]) for row in table.rows))
