"""Files of content/ found by their names alone, for what was misspelled or has moved."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable

from newsgen.core.errors import nearest


class FilesByName:
    """Paths by the name of their file, or of its folder for an index.md."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._by_folder: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for path in paths:
            folder, name = _apart(path)
            self._by_name[name].append(path)
            self._by_folder[folder][name] = path

    def nearest(self, path: str) -> str | None:
        """The one file of the same name in any folder, or else the nearest name in the same folder."""
        folder, name = _apart(path)
        same = self._by_name.get(name, [])
        if len(same) == 1:
            return same[0]
        beside = self._by_folder.get(folder, {})
        close = nearest(name, beside)
        return beside[close] if close is not None else None


def _apart(path: str) -> tuple[str, str]:
    """The folder and the name of a story."""
    folder, name = posixpath.split(path.removesuffix(".md"))
    return posixpath.split(folder) if name == "index" and folder else (folder, name)
