"""Digests of the code of extensions and plugins: where it changes, what it made is made again."""

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from newsgen.core.digests import digest, digest_of
from newsgen.core.walk import walk_files


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
