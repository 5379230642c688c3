"""newsgen.json in the root of an output: it says that newsgen made the output, and identifies the build."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from newsgen import __version__
from newsgen.core.digests import digest
from newsgen.core.urls import as_output

BUILD_INFO = as_output("newsgen.json")


def read_build_info(folder: Path) -> bytes:
    """The bytes of newsgen.json, which no two different trees share; empty where there is none."""
    try:
        return (folder / BUILD_INFO).read_bytes()
    except OSError:
        return b""


def encode_build_info(site: str, target: Mapping[str, str]) -> bytes:
    """The bytes of newsgen.json for a tree of these files (output → digest)."""
    info = {
        "generator": "newsgen",
        "version": __version__,
        "site": site,
        "files": len(target),
        "digest": digest_tree(target.items()),
    }
    return json.dumps(info, ensure_ascii=False, indent=1).encode() + b"\n"


def digest_tree(files: Iterable[tuple[str, str]]) -> str:
    """The digest of a tree: of its outputs and the digests of their bytes."""
    return digest(*(part.encode() for pair in sorted(files) for part in pair))


def read_tree_digest(folder: Path) -> str:
    """The digest in a folder's newsgen.json; "" when there is none."""
    try:
        name = json.loads(read_build_info(folder))["digest"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return name if isinstance(name, str) and name.isalnum() else ""


def read_site_address(folder: Path) -> str:
    """The address of the site whose output a folder is; "" where newsgen did not make it."""
    try:
        address = json.loads(read_build_info(folder))["site"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return address if isinstance(address, str) else ""


def is_newsgen_output(folder: Path) -> bool:
    """Whether newsgen made a folder.

    Raises:
        OSError: when the machine does not let newsgen look.
    """
    try:
        return bool(json.loads((folder / BUILD_INFO).read_bytes())["generator"] == "newsgen")
    except (FileNotFoundError, IsADirectoryError, ValueError, KeyError, TypeError, RecursionError):
        return False
