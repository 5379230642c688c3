"""The one walk through a folder: its files in order, links followed inside the site, hidden ones passed over."""

import os
from collections.abc import Callable, Iterator
from enum import Enum, auto
from pathlib import Path

from newsgen.core.opening import MAX_FOLDERS, is_inside, is_loop, is_private


class Obstacle(Enum):
    """Why a walk does not go into something, or does not give it."""

    LINK_OUTSIDE = auto()
    LINK_ABOVE = auto()
    LINK_LOOP = auto()
    TOO_DEEP = auto()
    NOT_A_FILE = auto()


Refuse = Callable[[str, Obstacle], None]
"""Told of each obstacle with its path."""

Accept = Callable[[str], bool]
"""Whether a walk goes into the folder, or gives the file, of this path."""


def walk_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder with their "/"-separated paths in it, hidden ones left out; sorted."""
    for name in walk_names(folder):
        yield name, folder / name


def walk_names(folder: Path) -> Iterator[str]:
    """The paths in a folder of the files below it, "/"-separated, hidden ones left out; sorted.

    Links to folders are followed as long as they lead to where the folder itself lies, and not to one above.
    """
    inside = os.path.dirname(os.path.realpath(folder))  # noqa: PTH120
    yield from walk(os.fspath(folder), "", inside)


def walk(
    folder: str, name: str, site: str, *, takes: Accept | None = None, refuse: Refuse | None = None
) -> Iterator[str]:
    """The files below `folder`, each as `name` with its path in it; links may lead anywhere in the real place `site`.

    Where nobody is told of obstacles, what cannot be listed has no files.

    Raises:
        OSError: when a folder cannot be listed, for a walk that tells obstacles.
    """
    yield from _Walk(site, takes, refuse).below(folder, name, os.path.realpath(folder), frozenset())


class _Walk:
    def __init__(self, site: str, takes: Accept | None, refuse: Refuse | None) -> None:
        self.site, self.takes, self.refuse = site, takes, refuse

    def below(self, folder: str, name: str, real: str, above: frozenset[str]) -> Iterator[str]:
        if real in above or len(above) >= MAX_FOLDERS:
            self.tell(name, Obstacle.LINK_ABOVE if real in above else Obstacle.TOO_DEEP)
            return
        for entry in self.entries(folder):
            path = f"{name}/{entry.name}" if name else entry.name
            if is_private(entry.name):
                continue
            is_link = entry.is_symlink()
            lies = os.path.realpath(entry.path) if is_link else ""
            if is_link and not is_inside(lies, self.site):
                self.tell(path, Obstacle.LINK_OUTSIDE)
            elif self.takes is not None and not self.takes(path):
                continue
            elif is_link and is_loop(entry.path):
                self.tell(path, Obstacle.LINK_LOOP)
            elif entry.is_dir():
                yield from self.below(entry.path, path, lies or f"{real}/{entry.name}", above | {real})
            elif entry.is_file():
                yield path
            else:
                self.tell(path, Obstacle.NOT_A_FILE)

    def tell(self, path: str, obstacle: Obstacle) -> None:
        if self.refuse is not None:
            self.refuse(path, obstacle)

    def entries(self, folder: str) -> list[os.DirEntry[str]]:
        """What is in a folder by name; nothing in one that has just gone."""
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if self.refuse is not None and not isinstance(error, FileNotFoundError):
                raise
            return []
