"""Options of the test run."""

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # how long an example takes depends on the machine
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --refresh, which rewrites the reports in examples/ instead of complaining that they differ."""
    parser.addoption("--refresh", action="store_true", help="write examples/ anew; then look at the difference")
