"""Old addresses: those that editors wrote down, and those of urls.lock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsgen.config.settings import Config
from newsgen.core.errors import Location, Problems
from newsgen.core.messages import say
from newsgen.core.site_files import ADDRESSES, SETTINGS
from newsgen.core.urls import (
    Output,
    as_output,
    escape_url,
    explain_old_path,
    make_absolute,
    parse_old_path,
    to_output,
    to_path,
    to_url,
)
from newsgen.model.content import PublishedAddress
from newsgen.model.manuscripts import Manuscript
from newsgen.model.pages import Redirect
from newsgen.model.permalinks import StoryLinks

PAGES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class RedirectTable:
    """Where every old address leads, and the addresses of what was removed for good."""

    redirects: tuple[Redirect, ...] = ()
    gone: tuple[str, ...] = ()


def make_redirect_table(
    links: StoryLinks,
    living: Sequence[tuple[Manuscript, str]],
    ended: Iterable[Manuscript],
    published: Mapping[str, PublishedAddress],
    problems: Problems,
) -> RedirectTable:
    """The table of a newspaper with the addresses `links`; `published` are the addresses of urls.lock.

    `living` have a page at the url that stands beside each, `ended` have none any more.
    """
    return _TableMaker(links, published, problems).make(living, list(ended))


class FirstAddresses:
    """The first address at which each story was published: feeds know it by that when it moves."""

    def __init__(self, published: Mapping[str, PublishedAddress], config: Config) -> None:
        self.published, self._config = published, config

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        urls = {to_url(to_output(path), self._config.base) for path in self.published}
        return frozenset(urls | {address.source for address in self.published.values()})

    def mentions(self, m: Manuscript, url: str) -> bool:
        """Whether urls.lock has a story, or its url."""
        return not self._mentioned.isdisjoint((m.source, url))

    @cached_property
    def _by_source(self) -> dict[str, str]:
        """The first path of each source; where an earlier newsgen did not note it, the first of its paths by name."""
        noted, others = {}, dict[str, str]()
        for path, address in self.published.items():
            if address.is_gone or not address.source:
                continue
            if address.first:
                noted[address.source] = address.first
            else:
                others[address.source] = min(path, others.get(address.source, path))
        return others | noted

    def find(self, m: Manuscript, url: str) -> str:
        """The first url of a story whose url is this one; "" where it is the same."""
        if not self.published:
            return ""
        path = to_path(url, self._config.base)
        address = self.published.get(path)
        if address is not None and address.source == m.source:
            first = address.first
        else:
            first = self._by_source.get(m.source, "") or self._find_by_alias(m)
        return to_url(to_output(first), self._config.base) if first and first != path else ""

    def _find_by_alias(self, m: Manuscript) -> str:
        """The first path of a story that was renamed: its old address is one of its aliases."""
        for alias in m.aliases:
            path = parse_old_path(alias.text, self._config.url)
            if path is not None and (address := self.published.get(path)) is not None:
                return address.first or path
        return ""


class _TableMaker:
    def __init__(self, links: StoryLinks, published: Mapping[str, PublishedAddress], problems: Problems) -> None:
        self.config, self.links, self.published, self.problems = links.config, links, published, problems
        self.found: dict[str, Redirect] = {}

    def make(self, living: Sequence[tuple[Manuscript, str]], ended: Sequence[Manuscript]) -> RedirectTable:
        urls = {m.source: url for m, url in living}
        live = set(urls.values())
        for m, url in living:
            for path, place in self._read_aliases(m):
                self._add(path, url, place)
        for path, address in self.published.items():
            target = urls.get(address.source)
            if target and self._to_url(path) not in live:
                self._add(path, target, Location(ADDRESSES, address.line))
        for old, target in self.config.redirects.items():
            if source := parse_old_path(old, self.config.url):
                self._add(source, self._resolve(target), Location(SETTINGS))
        ordered = tuple(self.found[path] for path in sorted(self.found))
        return RedirectTable(ordered, tuple(sorted(self._find_gone(ended, live))))

    def _find_gone(self, ended: Sequence[Manuscript], live: set[str]) -> set[str]:
        outputs = {f"/{self.links.of(m).output}".removesuffix("index.html") for m in ended}
        aliases = {path for m in ended for path, _ in self._read_aliases(m)}
        sources = {m.source for m in ended}
        past = {path for path, p in self.published.items() if p.is_gone or p.source in sources}
        paths = {path for path in outputs | aliases | past if self._to_url(path) not in live}
        return {f"{self.config.base}{path}" for path in paths} - self.found.keys()

    def _read_aliases(self, m: Manuscript) -> Iterator[tuple[str, Location]]:
        for alias in m.aliases:
            place = alias.place(m.source)
            path = parse_old_path(alias.text, self.config.url)
            if path is None:
                why, better = explain_old_path(alias.text, self.config.url)
                what = say("“{name}” cannot be an old address of this site: {why}", name=alias.text, why=why)
                fix = say("write a path from the site's root, such as `/news/2020/name.html`")
                if better:
                    fix = say("write `{name}`", name=better)
                self.problems.add(place, "bad-alias", what, fix)
            else:
                yield path, place

    def _add(self, path: str, target: str, place: Location) -> None:
        old = f"{self.config.base}{path}"
        kept = Location(ADDRESSES) if place.path == ADDRESSES else place
        known = self.found.setdefault(old, Redirect(old, target, _find_output(path), kept))
        if known.target != target:
            values = {"path": path, "target": known.target, "place": str(known.location)}
            what = say("the old address {path} leads to {target} already ({place})", **values)
            self.problems.add(place, "duplicate-address", what, say("remove one of the two"))

    def _to_url(self, path: str) -> str:
        return to_url(to_output(path), self.config.base)

    def _resolve(self, text: str) -> str:
        """Where a redirect of newsgen.yaml leads in the end: through others of them, and old addresses of stories."""
        while text.startswith("/"):
            path = parse_old_path(text, self.config.url) or text
            following = self.found.get(f"{self.config.base}{path}")
            if following is not None:
                return following.target
            further = self.config.redirects.get(text) or self.config.redirects.get(path)
            if further is None:
                return self._to_url(path)
            text = further
        return escape_url(make_absolute(text, self.config.url))


def _find_output(path: str) -> Output | None:
    """The output of the page that redirects on hosts without redirect rules; None for an address of no page."""
    name = path.rpartition("/")[2]
    if "." not in name:
        return as_output(to_output(f"{path}/"))
    return as_output(to_output(path)) if name.endswith(PAGES) else None
