"""Pictures that were made once: kept by the digest of the source's bytes and of the recipe.

What is kept is a hint. Each entry begins with a digest of its key and its bytes, so that a damaged one, one of another
name or one that is half written counts as missing; and whoever can write here gets nothing published that the recipe
could not have made: bytes from the store are checked as the recipe says.
"""

import os
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from newsgen.core.digests import digest
from newsgen.core.opening import OPEN_FLAGS
from newsgen.core.site_files import STATE
from newsgen.media.recipes import Recipe, make_together

DAY = 24 * 60 * 60
KEPT_SECONDS = 90 * DAY
"""How long an entry that no build asks for is kept."""

_SEAL = 32
"""Characters of the digest before the bytes."""


class Made(NamedTuple):
    """What was made by a recipe: its bytes, its key in the store, "" for none, and whether it was made just now."""

    data: bytes
    key: str
    is_new: bool


class PictureStore:
    """The store of a site, in a folder that all its outputs share."""

    def __init__(self, site: Path) -> None:
        self.folder = site / STATE / "pictures"

    def make(self, recipe: Recipe, source: str, data: bytes) -> bytes:
        """What a recipe makes of a source with these bytes, from the store if it is there.

        Raises:
            PictureFault: when nothing can be published of it.
        """
        return next(self.make_all([recipe], source, data)).data

    def make_all(self, recipes: Sequence[Recipe], source: str, data: bytes) -> "Iterator[Made]":
        """The same for several recipes, in their order; what is not in the store is made together.

        Raises:
            PictureFault: when nothing can be published of it.
        """
        known = digest(data) if any(recipe.is_costly for recipe in recipes) else ""
        keys = [make_key(recipe, known) if recipe.is_costly else "" for recipe in recipes]
        found = [self._find(key) if key else None for key in keys]
        is_there = [one is not None and recipe.is_fit(one) for one, recipe in zip(found, recipes, strict=True)]
        missing = make_together([r for r, there in zip(recipes, is_there, strict=True) if not there], source, data)
        for key, one, there in zip(keys, found, is_there, strict=True):
            made = one if there and one is not None else next(missing)
            if key and not there:
                with suppress(OSError):  # without the store it is made again
                    self._keep(key, made)
            yield Made(made, key, is_new=bool(key) and not there)

    def remove_others(self, used: Collection[str]) -> int:
        """Remove all entries but these; how many."""
        return sum(map(_remove, [path for path in self._list_files() if path.name not in used]))

    def tidy(self, used: Collection[str]) -> None:
        """Once a day: note that a build uses these entries, and remove those that none has used for a long time.

        What killed runs left goes after a day.
        """
        now, swept = time.time(), self.folder / "tidied"
        with suppress(OSError):
            if swept.exists() and now - swept.lstat().st_mtime < DAY:
                return
            swept.touch()
        for path in self._list_files():
            with suppress(OSError):
                if path.name in used:
                    os.utime(path)
                elif now - path.lstat().st_mtime > (DAY if path.name.startswith(".") else KEPT_SECONDS):
                    _remove(path)

    def _find(self, key: str) -> bytes | None:
        try:
            descriptor = os.open(self._locate(key), OPEN_FLAGS | getattr(os, "O_NOFOLLOW", 0))
            with os.fdopen(descriptor, "rb") as file:
                raw = file.read()
        except OSError:
            return None
        return raw[_SEAL:] if raw[:_SEAL] == _seal(key, raw[_SEAL:]) else None

    def _keep(self, key: str, made: bytes) -> None:
        path = self._locate(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{key}.{os.getpid()}")
        try:
            with part.open("xb") as file:
                file.write(_seal(key, made) + made)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def _locate(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _list_files(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("??/*") if not path.is_dir())


def make_key(recipe: Recipe, known: str) -> str:
    """The key of what a recipe makes of a source, of whose bytes this is the digest."""
    return digest(recipe.key.encode(), known.encode())


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _seal(key: str, made: bytes) -> bytes:
    return digest(key.encode(), made).encode()
