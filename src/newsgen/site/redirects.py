"""Old addresses: those that editors wrote down, and those that the paper's ledger remembers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsgen.config.settings import Config
from newsgen.content.permalinks import StoryLinks
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

PAGES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Table:
    """Where every old address leads, and the addresses behind which there is nothing any more."""

    redirects: tuple[Redirect, ...] = ()
    gone: tuple[str, ...] = ()


def draw_up(
    links: StoryLinks,
    living: Iterable[Manuscript],
    ended: Iterable[Manuscript],
    ledger: Mapping[str, PublishedAddress],
    problems: Problems,
) -> Table:
    """The table of a newspaper with the addresses `links`.

    `living` have a page at their address, `ended` have none any more.
    """
    return _Drawing(links, problems).table(list(living), list(ended), ledger)


class FirstAddresses:
    """The first address at which each story was published: feeds know it by that when it moves."""

    def __init__(self, ledger: Mapping[str, PublishedAddress], config: Config) -> None:
        self.ledger, self._config = ledger, config

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        urls = {to_url(to_output(path), self._config.base) for path in self.ledger}
        return frozenset(urls | {published.source for published in self.ledger.values()})

    def mentions(self, m: Manuscript, url: str) -> bool:
        """Whether the ledger has a story, or its url."""
        return not self._mentioned.isdisjoint((m.source, url))

    @cached_property
    def _of_source(self) -> dict[str, str]:
        """The first path of each source; where an earlier newsgen did not note it, the first of its paths by name."""
        noted, others = {}, dict[str, str]()
        for path, published in self.ledger.items():
            if published.is_gone or not published.source:
                continue
            if published.first:
                noted[published.source] = published.first
            else:
                others[published.source] = min(path, others.get(published.source, path))
        return others | noted

    def of(self, m: Manuscript, url: str) -> str:
        """The first url of a story whose url is this one; "" where it is the same."""
        path = to_path(url, self._config.base)
        known = self.ledger.get(path)
        if known is not None and known.source == m.source:
            first = known.first
        elif not (first := self._of_source.get(m.source, "")):
            first = self._of_alias(m)
        return to_url(to_output(first), self._config.base) if first and first != path else ""

    def _of_alias(self, m: Manuscript) -> str:
        """That of a story that was renamed: its old address is one of its aliases."""
        for alias in m.aliases if self.ledger else ():
            path = parse_old_path(alias.text, self._config.url)
            if path is not None and (known := self.ledger.get(path)) is not None:
                return known.first or path
        return ""


class _Drawing:
    def __init__(self, links: StoryLinks, problems: Problems) -> None:
        self.config, self.problems, self.links = links.config, problems, links
        self.found: dict[str, Redirect] = {}

    def table(
        self, living: Sequence[Manuscript], ended: Sequence[Manuscript], ledger: Mapping[str, PublishedAddress]
    ) -> Table:
        urls = {m.source: self.links.of(m).url for m in living}
        live = set(urls.values())
        for m in living:
            for path, place in self._aliases(m):
                self._add(path, urls[m.source], place)
        for path, published in ledger.items():
            target = urls.get(published.source)
            if target and self._url(path) not in live:
                self._add(path, target, Location(ADDRESSES, published.line))
        for old, target in self.config.redirects.items():
            asked = parse_old_path(old, self.config.url)
            if asked:
                self._add(asked, self._target(target), Location(SETTINGS))
        flat = tuple(self.found[path] for path in sorted(self.found))
        return Table(flat, tuple(sorted(self._gone(ended, ledger, live))))

    def _gone(self, ended: Sequence[Manuscript], ledger: Mapping[str, PublishedAddress], live: set[str]) -> set[str]:
        own = {f"/{self.links.of(m).output}".removesuffix("index.html") for m in ended}
        aliases = {path for m in ended for path, _ in self._aliases(m)}
        sources = {m.source for m in ended}
        past = {path for path, p in ledger.items() if p.is_gone or p.source in sources}
        paths = {path for path in own | aliases | past if self._url(path) not in live}
        return {f"{self.config.base}{path}" for path in paths} - self.found.keys()

    def _aliases(self, m: Manuscript) -> Iterator[tuple[str, Location]]:
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
        asked = f"{self.config.base}{path}"
        kept = Location(ADDRESSES) if place.path == ADDRESSES else place
        known = self.found.setdefault(asked, Redirect(asked, target, _stub(path), kept))
        if known.target != target:
            values = {"path": path, "target": known.target, "place": str(known.location)}
            what = say("the old address {path} leads to {target} already ({place})", **values)
            self.problems.add(place, "duplicate-address", what, say("remove one of the two"))

    def _url(self, path: str) -> str:
        return to_url(to_output(path), self.config.base)

    def _target(self, text: str) -> str:
        """Where a redirect of newsgen.yaml leads in the end: through others of them, and old addresses of stories."""
        while text.startswith("/"):
            path = parse_old_path(text, self.config.url) or text
            following = self.found.get(f"{self.config.base}{path}")
            if following is not None:
                return following.target
            further = self.config.redirects.get(text) or self.config.redirects.get(path)
            if further is None:
                return self._url(path)
            text = further
        return escape_url(make_absolute(text, self.config.url))


def _stub(path: str) -> Output | None:
    """The output of the page that leads on where a host knows no rules; None for one that would be no page."""
    name = path.rpartition("/")[2]
    if "." not in name:
        return as_output(to_output(f"{path}/"))
    return as_output(to_output(path)) if name.endswith(PAGES) else None
