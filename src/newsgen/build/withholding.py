"""What the search of all outputs found, and what follows: leaks, and files that only hidden stories show."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from newsgen.build.leak_places import Leak
from newsgen.render.scanning import Canary, Files, Found

NONE = Files()


@dataclass(slots=True)
class Findings:
    """What one run's search found, by output.

    `excused` are the outputs that the next run searches again; `files` the hidden stories' files that each output says
    or shows.
    """

    leaks: list[Leak] = field(default_factory=list)
    excused: set[str] = field(default_factory=set)
    files: dict[str, Files] = field(default_factory=dict)
    _places: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def add(self, output: str, found: Found, source: str = "", *, is_copy: bool = False) -> None:
        """Note what was found in an output; `source` is the story or the copied file."""
        self.leaks += [Leak(canary, output, source, is_copy) for canary in found.leaks]
        if found.is_excused:
            self.excused.add(output)
        if found.files != NONE:
            self.files[output] = found.files
        self._places[output] = source, is_copy

    def withheld(self, files: Collection[str]) -> set[str]:
        """Which of these static files are not published: no published output holds their address."""
        kept = set(files)
        while public := {f for o, found in self.files.items() if o not in kept for f in found.shown if f != o} & kept:
            kept -= public
        return kept

    def drop(self, withheld: Collection[str]) -> None:
        """Forget the leaks of files that are not published."""
        self.leaks = [leak for leak in self.leaks if not (leak.is_copy and leak.output in withheld)]

    def paths_said(self, canaries: Iterable[Canary], hidden: Collection[str]) -> Iterator[Leak]:
        """A leak for each published output that says the path of a hidden file."""
        paths = {c.file: c for c in canaries if c.what == "file" and c.file in hidden}
        for output, found in self.files.items():
            if output not in hidden:
                place = self._places.get(output, ("", False))
                yield from (
                    Leak(paths[file], output, *place) for file in found.said if file in paths and file != output
                )
