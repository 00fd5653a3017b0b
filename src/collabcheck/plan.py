"""The plan as people keep it: a table of words, most of them theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """The columns of ours, in the order of a new plan; the value is the header."""

    ID = "Id"
    """Which step it is; see `renewal.id_of`. Empty in people's own rows."""
    ORDER = "Order"
    """1 for what to do first; empty for what is not to do now."""
    STEP = "Step"
    FACTOR = "Factor"
    GAIN = "Gain"
    EFFORT = "Effort"
    GUIDANCE = "Guidance"
    OWNER = "Owner"
    DATE = "Date"
    STATUS = "Status"
    NOW = "Now"
    """What the answers say of it; what people say stands under Status."""


Row = Mapping[str, str]
"""What stands in each column, by its header."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps with who does them, until when, and how far they are. Every cell is text."""

    columns: tuple[str, ...] = ()
    """The headers in the order of the file, people's own included; none if there is no plan yet."""
    rows: tuple[Row, ...] = ()

    def header(self, column: Column) -> str:
        """Return what this plan calls a column of ours; our own word if it has none."""
        return next((header for header in self.columns if folded(header) == folded(column)), column.value)

    def has(self, column: Column) -> bool:
        """Say whether there is such a column."""
        return self.header(column) in self.columns

    def cell(self, row: Row, column: Column) -> str:
        """Return what a row has under a column of ours; nothing if there is no such column."""
        return row.get(self.header(column), "")


def folded(words: str) -> str:
    """Return a header, an id or a word of ours as it is compared: without case and surrounding blanks."""
    return words.strip().casefold()
