"""Benchmarks: `cohort` leaves one, `report` sets an organisation beside it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from collabcheck.characters import shown
from collabcheck.cli import shell
from collabcheck.problems import Code, of_whole_file

if TYPE_CHECKING:
    from collabcheck.assessment import Assessment
    from collabcheck.benchmark import Benchmark
    from collabcheck.cohort.counting import Count
    from collabcheck.pack import Pack
    from collabcheck.report.outline.assessment import Among


def read_others(pack: "Pack", path: Path | None) -> "Benchmark | None":
    """Read the benchmark that is named, if one is."""
    if path is None:
        return None
    from collabcheck.files.benchmarks import read_benchmark

    return read_benchmark(pack, path)


def beside(assessment: "Assessment", others: "Benchmark | None") -> "tuple[Among, dict[str, Any]]":
    """Return what a report and its numbers say about the place of an organisation among others, if there are any."""
    from collabcheck.report.outline.assessment import ALONE

    if others is None:
        return ALONE, {}
    from collabcheck.cohort.standing import stand
    from collabcheck.report.cohort_data import standing_data
    from collabcheck.report.outline.standing import among

    standing = stand(assessment, others)
    return among(assessment.pack, standing), {"among_others": standing_data(assessment.pack, standing)}


def save_benchmark(pack: "Pack", count: "Count", path: Path, smallest_group: int, *, force: bool) -> None:
    """Write the benchmark of a cohort; CollabcheckError if there is no score of enough of them to be in it."""
    from collabcheck.cohort.standing import benchmark_of
    from collabcheck.files.benchmarks import benchmark_text
    from collabcheck.files.saving import write_whole

    made = benchmark_of(pack, count, smallest_group=smallest_group)
    if not (made.overall or made.factors):
        message = f"no benchmark was made: of {count.sheets} organisations, fewer than {smallest_group} have any score"
        advice = "Wait until more have answered, or ask them to answer more."
        raise of_whole_file(shown(str(path)), Code.TOO_FEW, message, advice)
    write_whole(path, benchmark_text(made).encode(), force=force)
    command = "collabcheck report SHEET --benchmark FILE"
    shell.tell(f"The benchmark is in {shown(str(path))}. Give it to members: {command}")
