"""What every test shares: Hypothesis runs the same examples everywhere, and no test waits for a clock.

Folders have no `__init__.py`, so a test file's name is unique in the whole of tests/, and builders are imported
by `from builders import site_folder`.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "newsgen",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("newsgen")

os.environ["NEWSGEN_LANG"] = "en"  # messages are compared in English, whatever the machine speaks


@pytest.fixture
def one_process(monkeypatch):
    """Small work is done in the test's own process, so that what is put in a function's place sees and stops it."""
    monkeypatch.setattr("newsgen.workers.pool.GUARDS_SMALL", False)
