"""Extras: packages that some commands need and newsgen is not always installed with."""

from importlib.util import find_spec

from newsgen.core.errors import ConfigError, Location, Problem
from newsgen.core.messages import say

EXTRAS = {"cluster": ("distributed",), "links": ("httpx",), "online": ("starlette", "uvicorn", "httptools", "redis")}
"""The packages of each extra, by the names under which they are imported."""


def require(extra: str, command: str) -> None:
    """Check that the packages of an extra are installed, for a command.

    Raises:
        ConfigError: with what is missing, and how it is installed.
    """
    missing = [name for name in EXTRAS[extra] if find_spec(name) is None]
    if missing:
        names = ", ".join(missing)
        what = say("`{command}` needs packages that are not installed: {names}", command=command, names=names)
        fix = say('run `pip install "newsgen[{extra}]"`', extra=extra)
        raise ConfigError(Problem(Location(command), "missing-package", what, fix))
