"""Walk through a folder: its files in order, links followed inside the site, hidden ones skipped."""

import os
from collections.abc import Callable, Iterator
from enum import Enum, auto
from pathlib import Path

from newsgen.core.opening import MAX_FOLDERS, is_inside, is_loop, is_private


class Obstacle(Enum):
    """Why a walk skips an entry."""

    LINK_OUTSIDE = auto()
    LINK_ABOVE = auto()
    LINK_LOOP = auto()
    TOO_DEEP = auto()
    NOT_A_FILE = auto()


Refuse = Callable[[str, Obstacle], None]
"""A function that is called with each obstacle and its path."""

Accept = Callable[[str], bool]
"""A function that says whether to enter a folder or yield a file, by its path."""


def walk_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder, sorted, each with its "/"-separated path in it; hidden ones are skipped."""
    for name in walk_names(folder):
        yield name, folder / name


def walk_names(folder: Path) -> Iterator[str]:
    """The "/"-separated paths of the files below a folder, sorted; hidden ones are skipped.

    Links are followed inside the folder's parent, but not to a folder above the link.
    """
    inside = os.path.dirname(os.path.realpath(folder))  # noqa: PTH120
    yield from walk(os.fspath(folder), "", inside)


def walk(
    folder: str, name: str, site: str, *, accept: Accept | None = None, refuse: Refuse | None = None
) -> Iterator[str]:
    """The files below `folder`, each as `name` with its path in it; links may lead anywhere in the real path `site`.

    Without `refuse`, a folder that cannot be listed counts as empty.

    Raises:
        OSError: when a folder cannot be listed, for a walk with `refuse`.
    """
    yield from _Walk(site, accept, refuse).walk_below(folder, name, os.path.realpath(folder), frozenset())


class _Walk:
    def __init__(self, site: str, accept: Accept | None, refuse: Refuse | None) -> None:
        self.site, self.accept, self.refuse = site, accept, refuse

    def walk_below(self, folder: str, name: str, real: str, above: frozenset[str]) -> Iterator[str]:
        if real in above or len(above) >= MAX_FOLDERS:
            self.skip(name, Obstacle.LINK_ABOVE if real in above else Obstacle.TOO_DEEP)
            return
        for entry in self.list_entries(folder):
            path = f"{name}/{entry.name}" if name else entry.name
            if is_private(entry.name):
                continue
            is_link = entry.is_symlink()
            target = os.path.realpath(entry.path) if is_link else ""
            if is_link and not is_inside(target, self.site):
                self.skip(path, Obstacle.LINK_OUTSIDE)
            elif self.accept is not None and not self.accept(path):
                continue
            elif is_link and is_loop(entry.path):
                self.skip(path, Obstacle.LINK_LOOP)
            elif entry.is_dir():
                yield from self.walk_below(entry.path, path, target or f"{real}/{entry.name}", above | {real})
            elif entry.is_file():
                yield path
            else:
                self.skip(path, Obstacle.NOT_A_FILE)

    def skip(self, path: str, obstacle: Obstacle) -> None:
        if self.refuse is not None:
            self.refuse(path, obstacle)

    def list_entries(self, folder: str) -> list[os.DirEntry[str]]:
        """The entries of a folder by name; none of a folder that was just removed."""
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if self.refuse is not None and not isinstance(error, FileNotFoundError):
                raise
            return []
