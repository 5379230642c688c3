"""Find the stories that editors name, by path or slug, or report a problem that says what to write."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from newsgen.config.settings import Config
from newsgen.core.errors import MIN_LIKENESS, Location, Problems, find_nearest
from newsgen.core.filenames import FilesByName
from newsgen.core.messages import Message, say
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript, PartialManuscript, Reference

RELATED = say("related to")
"""What a story is that another one names under `related`."""


class Choices(dict[str, tuple[str, ...]]):
    """The sources of the stories that editors chose for each story, by its source."""

    @cached_property
    def followers(self) -> Mapping[str, list[str]]:
        """The sources of the stories for which each was chosen."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for follower, sources in self.items():
            for source in sources:
                found[source].append(follower)
        return found


class StoryFinder:
    """Finds the stories that editors name, or with `pages` the standing pages.

    `searched` are the paths and slugs by which it looked for them.
    """

    def __init__(self, config: Config, inputs: Content, problems: Problems, *, pages: bool = False) -> None:
        self._config, self._problems, self._broken = config, problems, inputs.broken
        self._unreadable = inputs.unreadable
        self._pages, self.searched = pages, set[str]()
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

    def find_related(self, public: Iterable[Manuscript]) -> Choices:
        """The sources that each public story names, in its order; stories that name none are left out."""
        chosen = Choices()
        for m in public:
            if m.related and (found := tuple(source for ref in m.related if (source := self._find_related(m, ref)))):
                chosen[m.source] = found
        return chosen

    def check_broken(self, remnants: Iterable[PartialManuscript]) -> None:
        """Report the related stories that are missing, of sources whose front matter cannot be read whole."""
        for remnant in remnants:
            for ref in remnant.related:
                self._find(ref.text, ref.place(remnant.source), RELATED)

    def _find_related(self, m: Manuscript, ref: Reference) -> str | None:
        place = ref.place(m.source)
        other, edition_of = self._find(ref.text, place, RELATED), self._config.edition_of
        if other is not None and edition_of(other.lang) != edition_of(m.lang):
            values = {"name": ref.text, "lang": other.lang}
            what = say("“{name}” is a story in “{lang}”, and lists hold one language only", **values)
            fix = say("name a story in “{lang}”, or link to it in the text", lang=m.lang)
            self._problems.add(place, "other-language", what, fix)
        return other.source if other else None

    def get_language(self, m: Manuscript) -> str:
        """The language of the edition in which a story stands."""
        return self._config.edition_of(m.lang) or self._config.language

    def find_original(self, m: Manuscript) -> str | None:
        """The source of the original by the file's name: of `a.en.md` that is `a.md`; None where there is none."""
        language = self._config.languages.get(self._config.edition_of(m.lang))
        ending = f".{language.path}.md" if language else ""
        if not ending or not m.path.endswith(ending):
            return None
        original = self._by_path.get(f"{m.path.removesuffix(ending)}.md")
        return original.source if original else None

    def find(self, name: str, place: Location, role: Message) -> str | None:
        """The source of the story that an editor named for a `role` ("related to"); None after saying what is wrong."""
        found = self._find(name, place, role)
        return found.source if found else None

    def _find(self, name: str, place: Location, role: Message) -> Manuscript | None:
        stem = name.removeprefix("/").removeprefix("content/")
        paths = (stem, f"{stem}.md", f"{stem.rstrip('/')}/index.md")
        self.searched.update((name, *paths))
        for path in paths:
            if path in self._by_path:
                return self._by_path[path]
            if path in self._broken:
                return None
        named = self._by_slug.get(name, [])
        if len(named) == 1:
            return named[0]
        if named:
            what = say("“{name}” is the slug of {count} pages", name=name, count=len(named))
            if not self._pages:
                what = say("“{name}” is the slug of {count} stories", name=name, count=len(named))
            fix = say("write the path of one: `{path}`", path=named[0].path)
            self._problems.add(place, "ambiguous-related", what, fix)
        elif "/" in stem or not self._unreadable.may_be_called(name):
            is_slug = "/" not in stem and not stem.endswith(".md")
            close = find_nearest(name, self._by_slug, MIN_LIKENESS) if is_slug else None
            close = close or self._files.nearest(stem)
            what = say("there is no page “{name}” to be {role}", name=name, role=role)
            fix = say("write the path of a page, such as `pages/name.md`, or its slug")
            if not self._pages:
                what = say("there is no story “{name}” to be {role}", name=name, role=role)
                fix = say("write the path of a story, such as `section/name.md`, or its slug")
            if close is not None:
                fix = say("did you mean `{name}`?", name=close)
            self._problems.add(place, "missing-related", what, fix)
        return None
