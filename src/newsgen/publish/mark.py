"""The mark by which a tree is known as newsgen's own, and one tree from another: a small file in its root."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from newsgen import __version__
from newsgen.core.digests import digest
from newsgen.core.urls import as_output

MARK = as_output("newsgen.json")
"""The mark's name."""


def mark_of(output: Path) -> bytes:
    """The mark of the tree at an output, which every other tree has another of; empty where there is none."""
    try:
        return (output / MARK).read_bytes()
    except OSError:
        return b""


def mark_bytes(site: str, target: Mapping[str, str]) -> bytes:
    """The mark of a tree of these files."""
    mark = {
        "generator": "newsgen",
        "version": __version__,
        "site": site,
        "files": len(target),
        "digest": tree_digest(target.items()),
    }
    return json.dumps(mark, ensure_ascii=False, indent=1).encode() + b"\n"


def tree_digest(files: Iterable[tuple[str, str]]) -> str:
    """The digest of a tree, of its outputs and the digests of their bytes."""
    return digest(*(part.encode() for pair in sorted(files) for part in pair))


def marked_digest(folder: Path) -> str:
    """The digest in a folder's mark; "" when there is none."""
    try:
        name = json.loads(mark_of(folder))["digest"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return name if isinstance(name, str) and name.isalnum() else ""


def is_own(folder: Path) -> bool:
    """Whether newsgen made a folder."""
    try:
        return bool(json.loads((folder / MARK).read_bytes())["generator"] == "newsgen")
    except (FileNotFoundError, IsADirectoryError, ValueError, KeyError, TypeError, RecursionError):
        return False
