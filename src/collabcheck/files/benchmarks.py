"""Benchmarks in and out of files."""

import json
from pathlib import Path

from collabcheck.benchmark import Benchmark, check
from collabcheck.characters import shown
from collabcheck.files.source.document import Document
from collabcheck.files.source.misfits import build, locate
from collabcheck.files.source.mistaken import named_unlike_benchmark, other_than_benchmark
from collabcheck.files.source.reader import kind_by, read_text
from collabcheck.files.source.text import read_bytes
from collabcheck.pack import Pack
from collabcheck.problems import CollabcheckError, Findings


def read_benchmark(pack: Pack, path: Path) -> Benchmark:
    """Read a benchmark that goes with a pack; CollabcheckError with everything that is wrong with it."""
    document = _read(path)
    try:
        benchmark = build(Benchmark, document)
    except CollabcheckError as error:
        raise other_than_benchmark(document.file, document.data) or error from error
    try:
        check(pack, benchmark)
    except Findings as found:
        raise locate(document, found.findings) from found
    return benchmark


def _read(path: Path) -> Document:
    name = shown(str(path))
    raw = read_bytes(name, path)
    try:
        return read_text(name, raw, kind_by(path))
    except CollabcheckError as error:
        raise named_unlike_benchmark(name) or error from error


def benchmark_text(benchmark: Benchmark) -> str:
    """Return a benchmark as it stands in a file."""
    return json.dumps(benchmark.model_dump(mode="json", by_alias=True, exclude_none=True), indent=2) + "\n"
