"""Benchmarks in and out of files."""

import json
from pathlib import Path

from collabcheck.benchmark import Benchmark, check
from collabcheck.files.source.misfits import build, locate
from collabcheck.files.source.reader import read_file
from collabcheck.pack import Pack
from collabcheck.problems import Findings


def read_benchmark(pack: Pack, path: Path) -> Benchmark:
    """Read a benchmark that goes with a pack; CollabcheckError with everything that is wrong with it."""
    document = read_file(path)
    benchmark = build(Benchmark, document)
    try:
        check(pack, benchmark)
    except Findings as found:
        raise locate(document, found.findings) from found
    return benchmark


def benchmark_text(benchmark: Benchmark) -> str:
    """Return a benchmark as it stands in a file."""
    return json.dumps(benchmark.model_dump(mode="json", by_alias=True, exclude_none=True), indent=2) + "\n"
