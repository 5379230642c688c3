"""`defaults` of newsgen.yaml: front matter for all stories of a folder, or of files that match a pattern."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from newsgen.config.reading import find_setting
from newsgen.core.digests import digest
from newsgen.core.path_patterns import make_pattern, rate_pattern
from newsgen.core.yaml_tree import Mapping, follow

ALTERNATIVES = {"author": "authors", "authors": "author"}
"""Two names of one field: a default of one does not apply to a story with the other."""


class FieldDefaults(msgspec.Struct, frozen=True):
    """The default fields of a story, and the digest of them and their places; "" where there are none."""

    fields: Mapping
    key: str = ""


@dataclass(frozen=True, slots=True)
class DefaultSource:
    """Where a default comes from: the path of its entry in `defaults`, and its line in newsgen.yaml."""

    field: str
    path: str
    line: int


class Defaults:
    """The entries of `defaults`, by path or pattern of files below content/.

    Where several match a story, the most specific one counts for each field: the one with more steps in its path, then
    the one with fewer wildcards, then the later one.
    """

    def __init__(self, entries: Iterable[tuple[str, Mapping]]) -> None:
        last_first = [*entries][::-1]
        ordered = sorted(last_first, key=lambda entry: rate_pattern(entry[0]))
        self.entries = [(path, make_pattern(path), fields) for path, fields in ordered]
        self._merged: dict[tuple[int, ...], FieldDefaults] = {(): FieldDefaults(Mapping({}, 1, 1))}

    def for_path(self, path: str) -> FieldDefaults:
        """The defaults of a story; `path` is that of its file below content/."""
        fitting = tuple(number for number, (_, pattern, _) in enumerate(self.entries) if pattern.match(f"{path}/"))
        if fitting not in self._merged:
            self._merged[fitting] = self._merge(fitting)
        return self._merged[fitting]

    def find_sources(
        self, path: str, own: Mapping, fit: Callable[[Mapping], Mapping] | None
    ) -> Iterator[DefaultSource]:
        """The source of each field that a story does not set itself; `fit` filters the fields of an entry."""
        for entry, pattern, fields in self.entries:
            if not pattern.match(f"{path}/"):
                continue
            own, before = merge_defaults(own, fit(fields) if fit else fields), own
            for name, (key, _) in own.entries.items():
                if name not in before.entries:
                    yield DefaultSource(name, entry, key.line)
            extra, known = follow(own, ("extra",)), follow(before, ("extra",))
            if isinstance(extra, Mapping) and isinstance(known, Mapping):
                for name in extra.entries.keys() - known.entries.keys():
                    yield DefaultSource(f"extra.{name}", entry, extra.entries[name][0].line)

    def find_unused(self, paths: Collection[str]) -> Iterator[str]:
        """The entries that match none of these paths."""
        for entry, pattern, _ in self.entries:
            if not any(pattern.match(f"{path}/") for path in paths):
                yield entry

    def _merge(self, fitting: tuple[int, ...]) -> FieldDefaults:
        merged = Mapping({}, 1, 1)
        for number in fitting:
            merged = merge_defaults(merged, self.entries[number][2])
        return FieldDefaults(merged, digest(repr(merged).encode()))


def read_defaults(site: Path) -> Defaults:
    """The defaults in the newsgen.yaml of a site."""
    node = find_setting(site, "defaults")
    entries = node.entries.items() if isinstance(node, Mapping) else ()
    return Defaults((path, fields) for path, (_, fields) in entries if isinstance(fields, Mapping))


def merge_defaults(own: Mapping, given: Mapping) -> Mapping:
    """A mapping of fields with those of `given` that it lacks; `extra` is merged name by name."""
    taken = own.entries.keys() | {other for name, other in ALTERNATIVES.items() if name in own.entries}
    entries = own.entries | {name: entry for name, entry in given.entries.items() if name not in taken}
    if "extra" in own.entries and "extra" in given.entries:
        (key, extra), (_, others) = own.entries["extra"], given.entries["extra"]
        if isinstance(extra, Mapping) and isinstance(others, Mapping):
            entries["extra"] = key, replace(extra, entries=others.entries | extra.entries)
    return replace(own, entries=entries)
