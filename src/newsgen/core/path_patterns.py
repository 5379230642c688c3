"""Patterns of paths, as settings have them: `*` and `?` within a step, `**` for any number of steps.

A pattern also matches whatever is in a folder that it names.
"""

import re
from functools import cache

from newsgen.core.text import nfc


def split_path(path: str) -> list[str]:
    """The steps of a path or pattern."""
    return [step for step in nfc(path).split("/") if step]


def rate_pattern(path: str) -> tuple[int, int]:
    """A key that sorts the most specific pattern first: that with more steps, then that with fewer wildcards."""
    steps = [step for step in split_path(path) if step != "**"]
    return -len(steps), path.count("*") + path.count("?")


@cache
def make_pattern(path: str) -> re.Pattern[str]:
    """A pattern for the beginning of the paths, each with a `/` at its end, that a pattern of settings matches."""
    steps = split_path(path)
    return re.compile("".join("(?:[^/]+/)*" if step == "**" else f"{_translate(step)}/" for step in steps))


def _translate(step: str) -> str:
    signs = {"*": "[^/]*", "?": "[^/]"}
    return "".join(signs.get(sign) or re.escape(sign) for sign in step)
