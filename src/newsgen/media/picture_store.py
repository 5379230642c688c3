"""Pictures that were made once: kept by the digest of the source's bytes and of the recipe.

What is kept is a hint. Each entry begins with a digest of its key and its bytes, so that a damaged one, one of another
name or one that is half written counts as missing; and whoever can write here gets nothing published that the recipe
could not have made: bytes from the store are checked as the recipe says.
"""

import os
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from newsgen.core.digests import digest
from newsgen.core.opening import OPEN_FLAGS
from newsgen.core.site_files import STATE
from newsgen.media.recipes import Recipe

DAY = 24 * 60 * 60
KEPT_SECONDS = 90 * DAY
"""How long an entry that no build asks for is kept."""

_SEAL = 32
"""Characters of the digest before the bytes."""


class PictureStore:
    """The store of a site, in a folder that all its outputs share."""

    def __init__(self, site: Path) -> None:
        self.folder = site / STATE / "pictures"

    def make(self, recipe: Recipe, source: str, data: bytes) -> bytes:
        """What a recipe makes of a source with these bytes, from the store if it is there.

        Raises:
            PictureFault: when nothing can be published of it.
        """
        if not recipe.is_costly:
            return recipe.make(source, data)
        key = make_key(recipe, data)
        found = self._find(key)
        if found is not None and recipe.is_fit(found):
            return found
        made = recipe.make(source, data)
        with suppress(OSError):  # without the store it is made again
            self._keep(key, made)
        return made

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


def make_key(recipe: Recipe, data: bytes) -> str:
    """The key of what a recipe makes of a source with these bytes."""
    return digest(recipe.key.encode(), data)


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _seal(key: str, made: bytes) -> bytes:
    return digest(key.encode(), made).encode()
