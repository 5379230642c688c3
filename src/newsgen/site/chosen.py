"""The stories that editors named under `related`: found by path or slug, or a problem that says what to write."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from newsgen.config import Config
from newsgen.errors import Location, Problems, nearest
from newsgen.filenames import FilesByName
from newsgen.model import Manuscript, Reference
from newsgen.site.inputs import Inputs


class Chosen:
    """Finds the stories that editors name, or with `pages` the standing pages."""

    def __init__(self, config: Config, inputs: Inputs, problems: Problems, *, pages: bool = False) -> None:
        self._config, self._problems, self._broken = config, problems, inputs.broken
        self._unreadable = inputs.unreadable
        self._noun = "page" if pages else "story"
        self._by_path = {m.path: m for m in inputs.manuscripts if m.is_page is pages}

    @cached_property
    def _by_slug(self) -> Mapping[str, list[Manuscript]]:
        found: defaultdict[str, list[Manuscript]] = defaultdict(list)
        for m in self._by_path.values():
            found[m.slug].append(m)
        return found

    @cached_property
    def _files(self) -> FilesByName:
        return FilesByName(self._by_path)

    def by_story(self, public: Iterable[Manuscript]) -> dict[str, tuple[str, ...]]:
        """The sources that each public story names, in its order; stories that name none are left out."""
        chosen = {}
        for m in public:
            if found := tuple(source for ref in m.related if (source := self._related(m, ref))):
                chosen[m.source] = found
        return chosen

    def _related(self, m: Manuscript, ref: Reference) -> str | None:
        place = ref.place(m.source)
        other, language_of = self._find(ref.text, place, "related to"), self._config.language_of
        if other is not None and self._config.languages and language_of(other.lang) != language_of(m.lang):
            what = f"“{ref.text}” is a story in “{other.lang}”, and lists hold one language only"
            self._problems.add(place, "other-language", what, f"name a story in “{m.lang}”, or link to it in the text")
        return other.source if other else None

    def language_of(self, m: Manuscript) -> str:
        """The paper's language among whose stories one stands; in a paper of one language that one."""
        return self._config.language_of(m.lang) or self._config.language

    def beside(self, m: Manuscript) -> str | None:
        """The source whose translation a file is by its name, as `a.en.md` is of `a.md`; None where there is none."""
        if not self._config.languages:
            return None
        language = self._config.languages.get(self._config.language_of(m.lang) or "")
        ending = f".{language.path}.md" if language else ""
        if not ending or not m.path.endswith(ending):
            return None
        original = self._by_path.get(f"{m.path.removesuffix(ending)}.md")
        return original.source if original else None

    def find(self, name: str, place: Location, noun: str) -> str | None:
        """The source of the story that an editor named to be `noun` ("related to"); None after saying what is wrong."""
        found = self._find(name, place, noun)
        return found.source if found else None

    def _find(self, name: str, place: Location, noun: str) -> Manuscript | None:
        stem = name.removeprefix("/").removeprefix("content/")
        for path in (stem, f"{stem}.md", f"{stem.rstrip('/')}/index.md"):
            if path in self._by_path:
                return self._by_path[path]
            if path in self._broken:
                return None
        named = self._by_slug.get(name, [])
        if len(named) == 1:
            return named[0]
        if named:
            plural = "stories" if self._noun == "story" else "pages"
            what = f"“{name}” is the slug of {len(named)} {plural}"
            self._problems.add(place, "ambiguous-related", what, f"write the path of one: `{named[0].path}`")
        elif "/" in stem or not self._unreadable.may_be_called(name):
            close = nearest(name, self._by_slug) if "/" not in stem and not stem.endswith(".md") else None
            close = close or self._files.nearest(stem)
            example = "section/name.md" if self._noun == "story" else "pages/name.md"
            fix = f"write the path of a {self._noun}, such as `{example}`, or its slug"
            fix = f"did you mean `{close}`?" if close is not None else fix
            what = f"there is no {self._noun} “{name}” to be {noun}"
            self._problems.add(place, "missing-related", what, fix)
        return None
