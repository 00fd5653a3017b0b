"""The plan beside a report: read and made before anything is written."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from collabcheck.characters import shown
from collabcheck.problems import UsageError

if TYPE_CHECKING:
    from collabcheck.advice import Advice
    from collabcheck.assessment import Assessment
    from collabcheck.files.plans import PlanFile
    from collabcheck.renewal import Renewed


def open_plan(path: Path) -> "PlanFile":
    """Read the plan that people keep in a file; an empty one, if there is no such file yet."""
    from collabcheck.files.plans import KINDS, PlanFile, kind_of, read_plan

    if kind_of(path) is None:
        raise UsageError(f"a plan cannot be kept in “{shown(str(path))}”. End its name in one of: {', '.join(KINDS)}.")
    return read_plan(path) if os.path.lexists(path) else PlanFile()


def plan_bytes(path: Path, old: "PlanFile", renewed: "Renewed", assessment: "Assessment", advice: "Advice") -> bytes:
    """Return the plan as it takes the place of the old one; CollabcheckError if it could not be read again."""
    from collabcheck.files.plans import csv_bytes, kind_of, markdown_bytes, plan_from
    from collabcheck.report import markdown
    from collabcheck.report.outline.plan import page, plan_of

    kind, plan = kind_of(path) or "csv", plan_of(renewed, assessment, advice)
    if kind == "csv":
        written = csv_bytes(plan, old)
    else:
        shown = page(plan, assessment.pack, assessment.sheet.organisation)
        written = markdown_bytes(plan, markdown.render(shown), old)
    plan_from(str(path), written, kind)
    return written
