"""A survey of a site's folders: for each folder digests of the names and stamps of its files, from one walk.

Two surveys that are the same saw the same files: none changed, came or went between them.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsgen.core.digests import SIZE, digest
from newsgen.core.opening import MAX_FOLDERS, is_private
from newsgen.core.site_files import CONTENT, FOLDERS
from newsgen.core.stamps import Stamp, encode_if_settled, is_settled, make_stamp

Entry = tuple[str, Stamp | None]
"""The name of a file in its folder and its stamp, None for one that is gone or leads nowhere."""

Entries = list[Entry] | list[tuple[str, Stamp | None, str]]
ReadStamp = Callable[["os.DirEntry[str]"], Stamp | None]
NOTHING = b""
_STORIES = msgspec.msgpack.Decoder(list[Entry])


class Folder(NamedTuple):
    """A folder as it was seen.

    `stories` is the digest of the articles' names and stamps, `others` that of all other files, b"" for none. `changed`
    is the last moment at which one of the articles was changed, and one of the others, in nanoseconds. `entries` are
    the articles, encoded.
    """

    stories: bytes
    others: bytes
    changed: tuple[int, int]
    entries: bytes

    @property
    def digests(self) -> bytes:
        """Both digests as one."""
        return b"%s/%s" % (self.stories, self.others)

    def is_settled(self, taken: int) -> bool:
        """Whether all its files were changed so long before `taken` (nanoseconds) that their stamps can be trusted."""
        return is_settled(max(self.changed), taken)

    def are_others_settled(self, taken: int) -> bool:
        """The same of the files other than articles."""
        return is_settled(self.changed[1], taken)

    def list_stories(self) -> list[Entry]:
        """The articles by name."""
        return _STORIES.decode(self.entries) if self.entries else []


class Survey(NamedTuple):
    """What a walk through folders saw, by the names of the folders; `taken` is its beginning in nanoseconds."""

    folders: Mapping[str, Folder]
    taken: int

    @property
    def is_settled(self) -> bool:
        """Whether the stamps of all files can be trusted."""
        return all(folder.is_settled(self.taken) for folder in self.folders.values())

    def digest(self) -> str:
        """The digest of all that was seen; "" when a file was changed too shortly before to be trusted."""
        if not self.is_settled:
            return ""
        lines = (b"%s\0%s" % (os.fsencode(name), seen.digests) for name, seen in sorted(self.folders.items()))
        return digest(*lines)

    def is_same(self, other: "Survey") -> bool:
        """Whether both saw the same files."""
        mine, others = self.folders, other.folders
        return mine.keys() == others.keys() and all(seen.digests == others[name].digests for name, seen in mine.items())

    def is_same_beside_stories(self, other: "Survey") -> bool:
        """Whether both saw the same files other than articles."""
        mine, others = (
            {name: seen.others for name, seen in survey.folders.items() if seen.others} for survey in (self, other)
        )
        return mine == others

    def stamp_stories(self) -> dict[str, str]:
        """The stamp of each article as text, by its source; "" where it cannot be trusted."""
        return {
            f"{name}/{entry}": encode_if_settled(stamp, self.taken)
            for name, seen in self.folders.items()
            for entry, stamp in seen.list_stories()
        }

    def stamp_story(self, source: str) -> str:
        """The stamp of one article as text; "" where it cannot be trusted, or was not seen."""
        folder, _, name = source.rpartition("/")
        seen = self.folders.get(folder)
        stamps = dict(seen.list_stories()) if seen is not None else {}
        return encode_if_settled(stamps.get(name), self.taken)


def survey_site(site: Path, taken: int, more: Mapping[str, Path], *, stamps_stories: bool = True) -> Survey:
    """Walk through the folders of a site, and those of `more` under their names there; `taken` is the moment, in ns.

    Without `stamps_stories` no article is looked at, and the survey is only good for `is_same_beside_stories`.
    """
    roots = {**{name: site / name for name in FOLDERS}, **more}
    return Survey(dict(_walk_all(roots.items(), _read_stamp if stamps_stories else _read_no_stamp)), taken)


def _walk_all(roots: Iterable[tuple[str, Path]], stamp_story: ReadStamp) -> Iterator[tuple[str, Folder]]:
    for root, path in roots:
        pending = [(root, os.fspath(path), os.path.realpath(path), frozenset[str]())]
        while pending:
            name, place, real, above = pending.pop()
            if real in above or len(above) >= MAX_FOLDERS:
                continue
            seen, below = _look(place, stamp_story if root == CONTENT else None)
            yield name, seen
            within = above | {real}
            pending += [(f"{name}/{child}", f"{place}/{child}", to or f"{real}/{child}", within) for child, to in below]


def _look(place: str, stamp_story: ReadStamp | None) -> tuple[Folder, list[tuple[str, str]]]:
    """One folder, and the folders in it: the name of each, and the real path of one that is a link."""
    stories: list[Entry] = []
    others: list[tuple[str, Stamp | None, str]] = []
    below: list[tuple[str, str]] = []
    try:
        with os.scandir(place) as entries:
            for entry in entries:  # an archive has many files: what is done for each is kept short
                name = entry.name
                is_story = name.endswith(".md") and name[0] not in ".#"
                if is_story and stamp_story is not None and entry.is_file(follow_symlinks=False):
                    stories.append((name, stamp_story(entry)))
                    continue
                if is_private(name):
                    continue
                target = os.path.realpath(entry.path) if entry.is_symlink() else ""
                if os.path.isdir(target) if target else entry.is_dir():  # noqa: PTH112 - as above
                    below.append((name, target))
                    if target:
                        others.append((name, None, target))
                    continue
                others.append((name, _read_stamp(entry), target))
    except OSError:  # there is none, or it cannot be read
        others.append(("", _read_own_stamp(place), ""))
    encoded, changed = _encode(stories), (_find_last(stories), _find_last(others))
    return Folder(_digest(encoded), _digest(_encode(others)), changed, encoded), below


def _find_last(entries: Entries) -> int:
    """The last moment at which one of these files was changed."""
    return max((max(entry[1][1], entry[1][2]) for entry in entries if entry[1]), default=0)


def _read_stamp(entry: "os.DirEntry[str]") -> Stamp | None:
    try:
        return make_stamp(entry.stat())
    except OSError:
        return None


def _read_no_stamp(_entry: "os.DirEntry[str]") -> Stamp | None:
    return None


def _read_own_stamp(place: str) -> Stamp | None:
    """The stamp of what stands in the place of a folder; None where there is nothing."""
    try:
        return make_stamp(os.lstat(place))
    except OSError:
        return None


def _encode(entries: Entries) -> bytes:
    """Entries as bytes, by name; b"" for none. Names whose bytes are no text are escaped."""
    if not entries:
        return NOTHING
    entries.sort()
    try:
        return msgspec.msgpack.encode(entries)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode(
            [(name.encode("utf-8", "backslashreplace").decode(), *rest) for name, *rest in entries]
        )


def _digest(encoded: bytes) -> bytes:
    return blake2b(encoded, digest_size=SIZE).digest() if encoded else NOTHING
