"""Hints that a build saves for the next one. Without them, or with wrong ones, everything is made again."""

from datetime import datetime
from pathlib import Path
from platform import python_version
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from newsgen.config.settings import Config
from newsgen.core.code_digest import digest_newsgen, digest_package, find_versions
from newsgen.core.digests import digest, digest_of
from newsgen.core.errors import Problem
from newsgen.core.site_files import ADDRESSES, FOLDERS, PLUGINS, SETTINGS
from newsgen.core.stamps import Stamp, read_stamp
from newsgen.core.walk import walk_files, walk_names
from newsgen.plugins.registry import NO_PLUGINS, Plugins
from newsgen.render.hidden_files import Files
from newsgen.render.theme import THEME

LIBRARIES = (
    "babel",
    "comrak",
    "imagesize",
    "jinja2",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pillow",
    "pillow-heif",
    "pypdf",
    "python-slugify",
    "pyyaml",
    "selectolax",
    "text-unidecode",
    "tzdata",
)


class CopyRecord(NamedTuple):
    """A copied file: its source, the source's stamp, the digest of the bytes that are published, how they are made.

    `kept` is the key of these bytes in the store of pictures, "" where they are not in it.
    """

    path: str
    stamp: str
    digest: str
    recipe: str = ""
    kept: str = ""


class LastBuild(msgspec.Struct):
    """The last build: the digest of its inputs, the span of time in which they give the same output, its report.

    `copied` has the copied files by output. `canaries` are those
    for which all outputs were searched, `excused` the outputs that show one as other stories do, `named` the files of
    hidden stories that each output names. `at` is the moment of the build, `choices` the digest of its inputs but the
    files in folders.
    """

    inputs: str = ""
    since: str = ""
    until: str = ""
    build_id: str = ""
    numbers: tuple[int, int, int] = (0, 0, 0)
    warnings: tuple[Problem, ...] = ()
    copied: dict[str, CopyRecord] = {}
    canaries: tuple[str, ...] = ()
    excused: frozenset[str] = frozenset()
    named: dict[str, Files] = {}
    at: str = ""
    choices: str = ""

    def still_holds(self, inputs: str, now: datetime) -> bool:
        """Whether a build with these inputs at this moment would make the same output."""
        return bool(inputs) and inputs == self.inputs and self.is_in_span(now)

    def is_in_span(self, now: datetime) -> bool:
        """Whether nothing has come, ended or begun since the build only because time passed."""
        begun = not self.since or datetime.fromisoformat(self.since) <= now
        return begun and (not self.until or now < datetime.fromisoformat(self.until))


def compute_epoch(config: Config, plugins: Plugins = NO_PLUGINS) -> str:
    """The digest of what every output depends on besides its sources: programs, settings, interface strings.

    It leaves out `defaults` of newsgen.yaml, which are a part of stories, and the code of plugins and how tables are
    shown, which are answers.
    """
    config = replace(config, defaults={}, plugins=(), attachments=replace(config.attachments, files={}))
    versions = [*find_versions(LIBRARIES), python_version(), *map(_digest_extension, config.markdown.extensions)]
    folders = plugins.theme.folders.values()
    strings = [(name, digest(path.read_bytes())) for folder in folders for name, path in walk_files(folder / "locale")]
    names = [plugin.name for plugin in plugins.loaded]
    return digest_of([digest_newsgen(THEME.parent), versions, strings, names, repr(config)])


def _digest_extension(name: str) -> str:
    """The digest of the code of a Markdown extension."""
    from importlib.metadata import entry_points  # start-up: only where extensions are asked for

    values = [point.value for point in entry_points(group="markdown.extensions", name=name)]
    return digest_of([name, digest_package((values[0] if values else name).partition(":")[0])])


def stamp_files(site: Path) -> dict[str, Stamp | None]:
    """The stamp (size, times, inode) of every file of a site, by its path; None for one that has just gone."""
    stamps = {name: read_stamp(f"{site}/{name}") for name in (SETTINGS, ADDRESSES)}
    for folder in (*FOLDERS, PLUGINS):
        stamps.update((f"{folder}/{name}", read_stamp(f"{site}/{folder}/{name}")) for name in walk_names(site / folder))
    return stamps
