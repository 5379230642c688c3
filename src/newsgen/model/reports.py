"""The report of a build."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from newsgen.core.errors import Problem


class AddressChange(msgspec.Struct, frozen=True, gc=False):
    """A public address that a build added, changed or removed (`change`), with the reason."""

    url: str
    change: str
    kind: str
    title: str
    source: str
    reason: str


class Cost(msgspec.Struct, frozen=True, gc=False):
    """The cost of a template, a page or a question: how many pages, and seconds over all processes."""

    name: str
    pages: int
    seconds: float


class Profile(msgspec.Struct, frozen=True, gc=False):
    """Where the time of a build went; in each field the longest come first.

    `moved` are questions whose answers changed, with the pages made for them; `reasons` counts pages by the reason why
    they were made; `markdown` is the seconds spent on bodies; `hints` are sentences that name a setting.
    """

    templates: tuple[Cost, ...] = ()
    slowest: tuple[Cost, ...] = ()
    moved: tuple[Cost, ...] = ()
    reasons: Mapping[str, int] = {}
    markdown: float = 0.0
    hints: tuple[str, ...] = ()


@dataclass(slots=True)
class BuildReport:
    """What a run did: counts of outputs, seconds of each stage, warnings, and a profile if one was requested.

    `pages` counts all pages of the site, `made` those rendered in this run, `kept` those of earlier runs; `changed`
    counts outputs that are new or different, `removed` those that are gone; `addresses` has all of these with reasons.
    `pictures` counts the pictures that were resized or converted.
    """

    pages: int = 0
    made: int = 0
    kept: int = 0
    changed: int = 0
    files: int = 0
    stories: int = 0
    removed: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    profile: Profile | None = None
    addresses: list[AddressChange] = field(default_factory=list)
    pictures: int = 0
