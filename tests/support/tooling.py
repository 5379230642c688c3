"""Programs and npm packages that some tests need beside newsgen."""

import os
from pathlib import Path

import pytest

NODE_MODULES = Path(__file__).parents[1] / "browser/node_modules"
"""Where `make tools` puts the packages of tests/browser/package.json."""


def needed(path: str | Path | None, name: str) -> str:
    """The path of a tool; without it the test skips, or fails where NEWSGEN_REQUIRE_BROWSER asks for all."""
    if path and Path(path).exists():
        return str(path)
    reason = f"{name} is not on this machine"
    if os.environ.get("NEWSGEN_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)
