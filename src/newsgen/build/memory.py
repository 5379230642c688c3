"""Hints that a build saves for the next one. Without them, or with wrong ones, everything is made again."""

import time
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

import msgspec
from msgspec.structs import replace

from newsgen import __version__
from newsgen.config.settings import Config
from newsgen.content.sources import Sources, find_sources
from newsgen.core.digests import digest, digest_of
from newsgen.core.errors import Problem, Problems
from newsgen.core.site_files import ADDRESSES, FOLDERS, PLUGINS, SETTINGS, TEMPLATES
from newsgen.core.stamps import RACY_NS, Stamp, encode_if_settled, read_stamp
from newsgen.core.walk import walk_files, walk_names
from newsgen.plugins.registry import NO_PLUGINS, Plugins
from newsgen.render.scanning import Files
from newsgen.render.theme import PACKAGED, THEME, Theme

LIBRARIES = (
    "babel",
    "comrak",
    "imagesize",
    "jinja2",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "python-slugify",
    "pyyaml",
    "selectolax",
    "text-unidecode",
    "tzdata",
)


class LastBuild(msgspec.Struct):
    """The last build: the digest of its inputs, the span of time in which they give the same output, its report.

    `copied` has the copied files: output → source, the source's stamp, the digest of its bytes. `canaries` are those
    for which all outputs were searched, `excused` the outputs that show one as other stories do, `named` the files of
    hidden stories that each output names. `at` is the moment of the build.
    """

    inputs: str = ""
    since: str = ""
    until: str = ""
    build_id: str = ""
    numbers: tuple[int, int, int] = (0, 0, 0)
    warnings: tuple[Problem, ...] = ()
    copied: dict[str, tuple[str, str, str]] = {}
    canaries: tuple[str, ...] = ()
    excused: frozenset[str] = frozenset()
    named: dict[str, Files] = {}
    at: str = ""

    def still_holds(self, inputs: str, now: datetime) -> bool:
        """Whether a build with these inputs at this moment would make the same output."""
        if not inputs or inputs != self.inputs:
            return False
        begun = not self.since or datetime.fromisoformat(self.since) <= now
        return begun and (not self.until or now < datetime.fromisoformat(self.until))


def compute_epoch(config: Config, plugins: Plugins = NO_PLUGINS) -> str:
    """The digest of what every output depends on besides its sources: programs, settings, interface strings.

    It leaves out `defaults` of newsgen.yaml, which are a part of stories, and the code of plugins, which is an answer.
    """
    versions = [f"{name} {_get_version(name)}" for name in LIBRARIES]
    versions += [python_version(), *map(_digest_extension, config.markdown.extensions)]
    folders = plugins.theme.folders.values()
    strings = [(name, digest(path.read_bytes())) for folder in folders for name, path in walk_files(folder / "locale")]
    names = [plugin.name for plugin in plugins.loaded]
    return digest_of([_digest_newsgen(), versions, strings, names, repr(replace(config, defaults={}, plugins=()))])


@cache
def _digest_newsgen() -> str:
    """The digest of newsgen's own code: in a checkout that is worked on, the version stays the same."""
    modules = [(name, digest(path.read_bytes())) for name, path in walk_files(THEME.parent) if name.endswith(".py")]
    return digest_of([__version__, modules])


def _get_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _digest_extension(name: str) -> str:
    """The digest of the code of a Markdown extension."""
    from importlib.metadata import entry_points  # start-up: only where extensions are asked for

    from newsgen.core.code_digest import digest_package  # start-up: only where extensions are asked for

    values = [point.value for point in entry_points(group="markdown.extensions", name=name)]
    return digest_of([name, digest_package((values[0] if values else name).partition(":")[0])])


def digest_sources(snapshot: "Snapshot", basis: str, themes: Theme = PACKAGED) -> str:
    """The digest of the stamps of all files of a build; "" when one is too new to be trusted, or gone."""
    now, folders = time.time_ns(), themes.folders.items()
    paths = ((shown + name, path) for shown, folder in folders for name, path in walk_files(folder))
    theme = {name: encode_if_settled(read_stamp(str(path)), now) for name, path in paths}
    stamps = {**snapshot.stamp_all(), **theme}
    if not all(stamps.values()):
        return ""
    lines = (f"{name}\0{stamp}" for name, stamp in stamps.items())
    return digest(basis.encode(), "\n".join(lines).encode("utf-8", "surrogateescape"))


class Snapshot:
    """The stamps of a site's files at one moment, by which a file that changed, came or went since is noticed.

    Files that come and go change their folder: where one has changed since `begun`, in nanoseconds, all are walked.
    """

    def __init__(self, site: Path, sources: Sources, begun: int) -> None:
        self._site, self._sources, self._begun = site, sources, begun
        self._taken = time.time_ns()
        self._templates = list(walk_names(site / TEMPLATES))
        self._others = [*sources.assets.values(), *sources.static.values(), *sources.data]
        self._others += [f"{TEMPLATES}/{name}" for name in self._templates]
        self._seen = self._look(sources.articles), self._look(self._others)
        self._addresses = self._look((ADDRESSES,))

    def stamp_stories(self) -> dict[str, str]:
        """The stamps of the articles' files."""
        return {
            s: encode_if_settled(seen, self._taken)
            for s, seen in zip(self._sources.articles, self._seen[0], strict=True)
        }

    def stamp_all(self) -> dict[str, str]:
        """The stamps of all files that a build reads, but for newsgen.yaml and urls.lock."""
        others = zip(self._others, self._seen[1], strict=True)
        return {**self.stamp_stories(), **{name: encode_if_settled(seen, self._taken) for name, seen in others}}

    def has_changed(self) -> bool:
        """Whether the site has changed."""
        if self._look(self._sources.articles) != self._seen[0] or self.has_changed_beside_stories():
            return True
        folders = {name.rpartition("/")[0] for name in (*self._sources.articles, *self._others)}
        stamps = self._look([*folders, *FOLDERS])
        latest = max((stamp[2] for stamp in stamps if stamp), default=0)
        return latest > self._begun - RACY_NS and find_sources(self._site, Problems()) != self._sources

    def has_changed_beside_stories(self) -> bool:
        """Whether a file other than a story has changed: a story that is saved after it was read does no harm."""
        if list(walk_names(self._site / TEMPLATES)) != self._templates:
            return True
        return self._look(self._others) != self._seen[1] or self._look((ADDRESSES,)) != self._addresses

    def _look(self, names: Sequence[str]) -> list[Stamp | None]:
        return [read_stamp(f"{self._site}/{name}") for name in names]


def stamp_files(site: Path) -> dict[str, Stamp | None]:
    """The stamp (size, times, inode) of every file of a site, by its path; None for one that has just gone."""
    stamps = {name: read_stamp(f"{site}/{name}") for name in (SETTINGS, ADDRESSES)}
    for folder in (*FOLDERS, PLUGINS):
        stamps.update((f"{folder}/{name}", read_stamp(f"{site}/{folder}/{name}")) for name in walk_names(site / folder))
    return stamps
