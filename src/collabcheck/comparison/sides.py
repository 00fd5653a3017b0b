"""Compare two assessments: progress for one organisation, partner fit for two (docs/scoring.md, rule 11)."""

from collabcheck.assessment import Assessment
from collabcheck.comparison.partners import PartnerFit, match
from collabcheck.comparison.progress import Progress, since
from collabcheck.plan import Plan

Comparison = Progress | PartnerFit


def compare(first: Assessment, second: Assessment, plan: Plan | None = None) -> Comparison:
    """Compare two assessments by the same pack: progress if both are of one organisation, else partner fit.

    For progress the older one comes first, whatever the order. A plan takes the place of the steps of then.
    """
    if not first.sheet.same_organisation(second.sheet):
        return match(first, second)
    then, now = sorted((first, second), key=lambda side: side.sheet.date)
    return since(then, now, plan)
