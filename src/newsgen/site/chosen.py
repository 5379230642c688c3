"""The stories that editors named under `related`: found by path or slug, or a problem that says what to write."""

from collections import defaultdict
from collections.abc import Iterable

from newsgen.errors import Location, Problems, did_you_mean
from newsgen.model import Manuscript


class Chosen:
    """Finds the stories that lists of `related` name. `broken` are sources that could not be read."""

    def __init__(self, manuscripts: Iterable[Manuscript], broken: frozenset[str], problems: Problems) -> None:
        self._problems, self._broken = problems, broken
        self._by_path: dict[str, str] = {}
        self._by_slug: defaultdict[str, list[Manuscript]] = defaultdict(list)
        for m in manuscripts:
            if not m.is_page:
                self._by_path[m.path] = m.source
                self._by_slug[m.slug].append(m)

    def by_story(self, public: Iterable[Manuscript]) -> dict[str, tuple[str, ...]]:
        """The sources that each public story names, in its order; stories that name none are left out."""
        chosen = {}
        for m in public:
            named = (self.find(ref.text, Location(m.source, ref.line, ref.column), "related to") for ref in m.related)
            if found := tuple(source for source in named if source):
                chosen[m.source] = found
        return chosen

    def find(self, name: str, place: Location, noun: str) -> str | None:
        """The source of the story that an editor named to be `noun` ("related to"); None after saying what is wrong."""
        stem = name.removeprefix("/").removeprefix("content/")
        for path in (stem, f"{stem}.md", f"{stem.rstrip('/')}/index.md"):
            if path in self._by_path:
                return self._by_path[path]
            if path in self._broken:
                return None
        named = self._by_slug.get(name, [])
        if len(named) == 1:
            return named[0].source
        if named:
            what = f"“{name}” is the slug of {len(named)} stories"
            self._problems.add(place, "ambiguous-related", what, f"write the path of one: `{named[0].path}`")
        elif not self._broken or "/" in stem:
            fix = did_you_mean(name, self._by_path)
            if not fix.startswith("did"):
                fix = "write the path of a story, such as `kinh-te/gia-vai.md`, or its slug"
            self._problems.add(place, "missing-related", f"there is no story “{name}” to be {noun}", fix)
        return None
