"""The law tests have two tiers: quick ones in `make test`, deep ones (NEWSGEN_LAW=deep) with a new seed each time."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import clean_builds


def pytest_report_header():
    """Say which tier runs, and the seed by which a deep run can be repeated (NEWSGEN_LAW_SEED)."""
    return f"laws: {'deep' if clean_builds.DEEP else 'quick'}, seed {clean_builds.SEED}"


@pytest.fixture
def workshop():
    """A folder of the test's own, in memory where the system has such a place."""
    with TemporaryDirectory(prefix="law-", dir=clean_builds.IN_MEMORY, ignore_cleanup_errors=True) as folder:
        yield Path(folder)
