"""What every test shares: Hypothesis runs the same examples everywhere, and no test waits for a clock.

Folders have no `__init__.py`, so a test file's name is unique in the whole of tests/, and builders are imported
by `from builders import site_folder`.
"""

import os
import sqlite3
import warnings
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from builders import site_config
from newsgen.render.template_loader import ThemeLoader
from newsgen.render.templates import make_environment
from newsgen.render.theme import StaticFiles

settings.register_profile(
    "newsgen",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("newsgen")

os.environ["NEWSGEN_LANG"] = "en"  # messages are compared in English, whatever the machine speaks


class Connection(sqlite3.Connection):
    """Warns where it was not closed, as Python does since 3.13: what is open keeps a file locked on Windows."""

    is_open = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_open = True

    def close(self):
        super().close()
        self.is_open = False

    def __del__(self):
        if self.is_open:
            warnings.warn(f"unclosed database in {self!r}", ResourceWarning, stacklevel=1)


sqlite3.connect = partial(sqlite3.connect, factory=Connection)


@pytest.fixture(scope="session", autouse=True)
def compiled_theme():
    """The theme's templates are compiled once for all tests of a process.

    Builds render in children, which inherit the code; without it each child would compile them again.
    """
    loader = ThemeLoader(Path("no site"))
    theme = make_environment(loader, site_config(), StaticFiles({}))
    for name in loader.list_templates():
        theme.get_template(name)


@pytest.fixture
def one_process(monkeypatch):
    """Small work is done in the test's own process, so that what is put in a function's place sees and stops it."""
    monkeypatch.setattr("newsgen.workers.pool.GUARDS_SMALL", False)
