"""Digests of code: where newsgen, a library, an extension or a plugin changes, what it made is made again."""

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from newsgen import __version__
from newsgen.core.digests import digest, digest_of
from newsgen.core.walk import walk_files

_KINDS = (".dist-info", ".egg-info")


def digest_files(paths: Iterable[Path]) -> str:
    """The digest of some files and their names."""
    return digest_of([(path.name, digest(path.read_bytes())) for path in paths])


def digest_package(module: str) -> str:
    """The digest of all modules of the package that a module is in, or of the module alone where it is in none."""
    package = module.partition(".")[0]
    spec = find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    paths = [path for folder in folders for _, path in walk_files(Path(folder)) if path.suffix == ".py"]
    paths += [Path(spec.origin)] if spec and spec.origin and spec.has_location and not folders else []
    return digest_files(paths)


def digest_modules(folder: Path) -> str:
    """The digest of all Python modules below a folder, with their paths in it."""
    parts = []
    for path in _list_modules(os.fspath(folder)):
        with open(path, "rb", buffering=0) as module:  # noqa: PTH123 - hundreds, at each start
            parts += [path[len(os.fspath(folder)) :].encode("utf-8", "surrogateescape"), module.read()]
    return digest(*parts)


@cache
def digest_newsgen(folder: Path) -> str:
    """The digest of newsgen's own code in its folder: in a checkout that is worked on, the version stays the same."""
    return digest_of([__version__, digest_modules(folder)])


def _list_modules(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                yield entry.path
            elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                yield from _list_modules(entry.path)


def find_versions(names: Collection[str]) -> list[str]:
    """The names of the folders that say which releases of some distributions are installed, `jinja2-3.1.6.dist-info`.

    Reading the metadata in these folders takes many times as long. The names are in lower case, with "-" in place of
    "_" and ".", as in `importlib.metadata`.
    """
    found: dict[str, str] = {}
    for folder in dict.fromkeys(sys.path):
        try:
            entries = os.listdir(folder or ".")  # noqa: PTH208 - hundreds, at each start
        except OSError:  # a zip file, or a folder that is not there
            continue
        for entry in entries:
            if entry.endswith(_KINDS):
                name = entry.partition("-")[0].lower().replace("_", "-").replace(".", "-")
                if name in names:
                    found.setdefault(name, entry)
    return [found.get(name, "") for name in names]
