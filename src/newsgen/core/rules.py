"""Every rule as data, from rules.json: its name, what it means, the usual fix, its level. docs/errors.md is made of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

Level = Literal["off", "warning", "error"]
ERROR: Level = "error"
WARNING: Level = "warning"

CHECK_GROUP = "What `newsgen check` adds"
"""The group of the rules that a build does not apply: what they find breaks nothing."""


class Rule(msgspec.Struct, frozen=True, array_like=True):
    """A rule: `meaning` is a sentence, `fix` the usual fix, `level` its default.

    An error protects what readers get, so it stays one; newsgen.yaml may change the level of a warning.
    """

    meaning: str
    fix: str
    level: Level = ERROR


FILE = Path(__file__).with_suffix(".json")

GROUPS: Mapping[str, Mapping[str, Rule]] = msgspec.json.decode(FILE.read_bytes(), type=dict[str, dict[str, Rule]])
"""The rules by name, in groups by title."""

RULES: Mapping[str, Rule] = {name: rule for group in GROUPS.values() for name, rule in group.items()}
"""All rules by name."""

ADJUSTABLE = frozenset(name for name, rule in RULES.items() if rule.level != ERROR)
"""The rules whose level newsgen.yaml may change."""

MIGRATING = ("dead-link", "missing-image")
"""The rules that are warnings while a site moves in (`migrating: true`)."""
