"""What a report says of itself that leaves out the words of those who answered; they never reach it."""

from dataclasses import replace

from collabcheck.report.blocks import Report

_LEFT_OUT = "Names of people, notes, evidence and reasons are left out."


def without_words(report: Report) -> Report:
    """Return a report on sheets without words, which says so where it begins."""
    return replace(report, subtitle=f"{report.subtitle} {_LEFT_OUT}")
