"""Addresses: from a story to the url readers share and the output that serves it.

A permalink is a promise, so it is made only of what an editor typed (section, date, slug) and of the patterns and
words in newsgen.yaml: never of the clock, of other stories, or of the order of files.
"""

from functools import cache

import msgspec

from newsgen.config.settings import Config
from newsgen.core.urls import Output, as_output, to_output, to_url
from newsgen.model.manuscripts import Manuscript


class Permalink(msgspec.Struct, frozen=True, gc=False):
    """One address in both spellings: `url` for readers, `output` for the disk."""

    url: str
    output: Output


class Permalinks:
    """The addresses of one edition's pages."""

    def __init__(self, config: Config) -> None:
        self.config, self.base, self.words = config, config.base, config.addresses
        self.prefix, self._taxonomies = config.prefix, config.every_taxonomy
        self._cached = cache(self.from_root)
        self._pattern_of, self._path_of = cache(config.section_permalink), cache(config.section_path)

    def at(self, path: str) -> Permalink:
        """The address of a path such as "/a/b/" or "/a.html" from the front page of this language."""
        return self._cached(f"{self.prefix}{path}")

    def from_root(self, path: str) -> Permalink:
        """The address of a path from the root of the site."""
        output = as_output(to_output(path))
        return Permalink(to_url(output, self.base), output)

    def story(self, manuscript: Manuscript) -> Permalink:
        """The address of a story, of a page of content/pages/, or of the page at whose head an `_index.md` stands."""
        if manuscript.is_intro:
            return self.section(manuscript.section) if manuscript.section else self.home
        if manuscript.url:
            return self.from_root(manuscript.url)
        if manuscript.date is None:
            return self.from_root(self.prefix + self.config.page_permalink.format(slug=manuscript.slug))
        at = manuscript.date.isoformat()
        pattern, section = self._pattern_of(manuscript.section), self._path_of(manuscript.section)
        path = pattern.format(section=section, year=at[:4], month=at[5:7], day=at[8:10], slug=manuscript.slug)
        return self.from_root(f"{self.prefix}{path}")

    @property
    def home(self) -> Permalink:
        """The front page."""
        return self.at("/")

    @property
    def latest(self) -> Permalink:
        """The "latest news" index."""
        return self.at(f"/{self.words.latest}/")

    @property
    def latest_fragment(self) -> Permalink:
        """The shared box of latest stories."""
        return self.at(f"/{self.words.latest}.fragment.html")

    def section(self, section: str) -> Permalink:
        """A section's front."""
        return self.at(f"/{self._path_of(section)}/")

    def taxonomy(self, name: str) -> Permalink:
        """The list of a taxonomy's terms."""
        return self.at(f"/{self._taxonomies[name].address}/")

    def term(self, taxonomy: str, slug: str) -> Permalink:
        """A term's page, below those of the terms above it."""
        settings, steps = self._taxonomies[taxonomy], [slug]
        while steps[0] in settings.terms and settings.terms[steps[0]].parent:
            steps.insert(0, settings.terms[steps[0]].parent)
        return self.at(f"/{settings.address}/{'/'.join(steps)}/")

    def author(self, slug: str) -> Permalink:
        """An author's page."""
        return self.at(f"/{self.words.author}/{slug}/")

    @property
    def corrections(self) -> Permalink:
        """The page of all corrections."""
        return self.at(f"/{self.words.corrections}/")

    @property
    def search(self) -> Permalink:
        """The page on which readers search."""
        return self.at(f"/{self.words.search}/")

    @property
    def opensearch(self) -> Permalink:
        """What tells browsers how to search the paper."""
        return self.at("/opensearch.xml")

    def archive(self, year: int | None = None, month: int | None = None) -> Permalink:
        """The archive, a year's or a month's page of it."""
        steps = "".join(f"/{part:02d}" for part in (year, month) if part is not None)
        return self.at(f"/{self.words.archive}{steps}/")

    def numbered(self, front: Permalink, number: int) -> Permalink:
        """A numbered page of the list whose front page is `front`."""
        return self._cached(f"/{front.output.removesuffix('index.html')}{self.words.page}/{number}/")


class StoryLinks:
    """The addresses of the stories of a whole newspaper, each in its edition; `editions` are those of all pages."""

    def __init__(self, config: Config) -> None:
        self.config, self._code_of = config, cache(config.edition_of)
        self.editions = {code: Permalinks(edition) for code, edition in config.editions.items()}

    def of(self, manuscript: Manuscript) -> Permalink:
        """The address of a story, of a page of content/pages/, or of the page at whose head an `_index.md` stands."""
        return self.editions[self._code_of(manuscript.lang)].story(manuscript)
