"""Where a leak comes from: the template, data file, setting, story or copied file that an editor can change."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, say
from newsgen.core.opening import OutsideSite, read_inside
from newsgen.core.plain_text import find_words
from newsgen.core.site_files import SETTINGS, TEMPLATES
from newsgen.core.walk import walk_names
from newsgen.render.scanning import Canary, says_words, text_of

WHAT = {
    "title": say("the title"),
    "slug": say("the slug"),
    "address": say("the address"),
    "text": say("the text"),
}


class Leak(msgspec.Struct, frozen=True):
    """A canary in one output. `source` is the story whose page it is, or the file of the site that is copied."""

    canary: Canary
    output: str
    source: str = ""
    is_copy: bool = False


class LeakLocator(msgspec.Struct, frozen=True):
    """Finds where the words of a leak come from. `shared` are sources of all pages, `stories` the published ones."""

    site: Path
    shared: tuple[str, ...]
    stories: tuple[str, ...]

    def locate(self, leaks: Iterable[Leak]) -> Iterator[Problem]:
        """One problem for each canary in pages, and one for each copied file that shows it."""
        pages: dict[Canary, dict[str, str]] = {}
        for leak in leaks:
            if leak.is_copy:
                yield self._locate_in_copy(leak)
            else:
                pages.setdefault(leak.canary, {})[leak.output] = leak.source
        for canary, outputs in pages.items():
            yield self._locate_in_pages(canary, outputs)

    def _locate_in_copy(self, leak: Leak) -> Problem:
        canary, what = leak.canary, _describe(leak.canary, f"/{leak.output}")
        if says_words(leak.output, canary.words):
            fix = say("give the file another name, or publish the story")
            return Problem(Location(leak.source), "leak", say("the name of {leak}", leak=what), fix)
        place = self._find(leak.source, canary.words) or Location(leak.source)
        return Problem(place, "leak", what, say("take it out of this file, or publish the story"))

    def _locate_in_pages(self, canary: Canary, outputs: Mapping[str, str]) -> Problem:
        what = _describe(canary, f"/{min(outputs)}", len(outputs) - 1)
        shown = [source for _, source in sorted(outputs.items()) if source]
        for source in dict.fromkeys((*self.shared, *shown, *self.stories)):
            if (place := self._find(source, canary.words)) is not None:
                return Problem(place, "leak", what, say("take it out here, or publish the story"))
        fix = say("find the template that puts it together, or publish the story")
        return Problem(Location(canary.source), "leak", what, fix)

    def _find(self, source: str, words: str) -> Location | None:
        try:
            data = read_inside(self.site, self.site / source)
        except (OSError, OutsideSite):
            return None
        text = text_of(source, data).decode("utf-8", "replace").removeprefix("\ufeff")
        at = find_words(words, text) if says_words(text, words) else None
        return None if at is None else Location(source, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _describe(canary: Canary, output: str, others: int = 0) -> Message:
    shown = say("the file /{file}", file=canary.file) if canary.file else WHAT[canary.what]
    where = say("{output} and {others} other outputs", output=output, others=others) if others else output
    who = canary.source
    return say(
        "{where} shows {shown} of {story}, which is {state}", where=where, shown=shown, story=who, state=canary.state
    )


def list_shared_sources(site: Path, others: Iterable[str]) -> tuple[str, ...]:
    """The sources of all pages besides stories: templates, settings, and `others`: data files, sidecars of pictures."""
    templates = sorted(f"{TEMPLATES}/{name}" for name in walk_names(site / TEMPLATES))
    return (*templates, *sorted(others), SETTINGS)
