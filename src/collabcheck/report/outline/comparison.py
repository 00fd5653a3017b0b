"""A comparison as a Report."""

from typing import assert_never

from collabcheck.comparison.partners import PartnerFit
from collabcheck.comparison.progress import Progress
from collabcheck.comparison.sides import Comparison
from collabcheck.report.blocks import Report
from collabcheck.report.outline.changes import changes
from collabcheck.report.outline.partners import partners


def report_on_two(comparison: Comparison) -> Report:
    """Return the report on what has changed, or on how two organisations would go together."""
    match comparison:
        case Progress():
            return changes(comparison)
        case PartnerFit():
            return partners(comparison)
        case _:
            assert_never(comparison)
