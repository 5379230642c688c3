"""The search of one output for words of hidden stories: a function of its bytes, called wherever these are at hand."""

from pathlib import Path

from newsgen.build.memory import LastBuild
from newsgen.content.source_text import read_source
from newsgen.core.errors import Problem
from newsgen.render.hidden_files import Files
from newsgen.render.scanning import Canary, Found, Scanner

NONE = Files()


def read_typed(site: Path, source: str) -> str:
    """The text of a source as its editor typed it; "" where it cannot be read."""
    found = read_source(site, source)
    return "" if isinstance(found, Problem) else found.text


class LeakSearch:
    """Searches outputs with one scanner.

    Outputs that the last build searched are only searched for what was hidden since. Those in which something was
    excused are searched for everything: the story that excused it may have changed.
    """

    def __init__(self, scanner: Scanner, last: LastBuild) -> None:
        self.scanner, self.last = scanner, last
        self._newly = scanner.among(last.canaries)

    def new(self, output: str, data: bytes, source: str = "") -> Found:
        """What an output shows that the build before did not have; `source` is the story whose page it is."""
        return self.scanner.search(output, data, source)

    @property
    def newly_hidden(self) -> tuple[Canary, ...]:
        """The canaries that the build before did not search for."""
        return self._newly.canaries

    def must_read(self, output: str) -> bool:
        """Whether an output that the build before searched is searched again."""
        return bool(self._again(output).canaries)

    def again(self, output: str, data: bytes, source: str = "") -> Found:
        """What an output shows that the build before searched, beside what it was found to show then."""
        scanner = self._again(output)
        found = scanner.search(output, data, source)
        before = NONE if scanner is self.scanner else self.named(output)
        return Found(found.leaks, found.files.with_those(before), found.is_excused)

    def named(self, output: str) -> Files:
        """The files of hidden stories that the build before found an output to name."""
        return self.last.named.get(output, NONE)

    def _again(self, output: str) -> Scanner:
        return self.scanner if output in self.last.excused else self._newly
