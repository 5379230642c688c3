"""What the search of all outputs found, and what follows: leaks, and files that only stories not seen show."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from newsgen.leaks import Canary, Found
from newsgen.tracing import Leak


@dataclass(slots=True)
class Verdict:
    """The findings of one run, by output.

    `excused` are the outputs that the next run searches again; `named` the files of hidden stories that each output
    names.
    """

    leaks: list[Leak] = field(default_factory=list)
    excused: set[str] = field(default_factory=set)
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _places: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def take(self, output: str, found: Found, source: str = "", *, is_copy: bool = False) -> None:
        """Note what was found in an output; `source` is the story or the copied file."""
        self.leaks += [Leak(canary, output, source, is_copy) for canary in found.leaks]
        if found.is_excused:
            self.excused.add(output)
        if found.files:
            self.named[output] = found.files
        self._places[output] = source, is_copy

    def withheld(self, canaries: Iterable[Canary], static: Mapping[str, object], shown: Collection[str]) -> set[str]:
        """The static files that hidden stories name, no published story shows and no published output names."""
        kept = {c.file for c in canaries if c.file in static and f"static/{c.file}" not in shown}
        while public := {file for output, files in self.named.items() if output not in kept for file in files} & kept:
            kept -= public
        return kept

    def files_shown(
        self, canaries: Iterable[Canary], files: Mapping[str, str], shown: Collection[str]
    ) -> Iterator[Leak]:
        """A leak for each output that names a file beside a hidden story, which no published story shows."""
        beside = {c.file: c for c in canaries if c.file in files and files[c.file] not in shown}
        for output, named in self.named.items():
            place = self._places.get(output, ("", False))
            yield from (Leak(beside[file], output, *place) for file in named if file in beside)
