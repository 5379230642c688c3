"""newsgen.json in the root of an output: it says that newsgen made the output, and identifies the build."""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from newsgen import __version__
from newsgen.core.urls import as_output

BUILD_INFO = as_output("newsgen.json")
_SPAN = 1 << 256


def read_build_info(folder: Path) -> bytes:
    """The bytes of newsgen.json, which no two different trees share; empty where there is none."""
    try:
        return (folder / BUILD_INFO).read_bytes()
    except OSError:
        return b""


def encode_build_info(site: str, files: int, digest: str) -> bytes:
    """The bytes of newsgen.json for a tree of so many files with this digest."""
    info = {"generator": "newsgen", "version": __version__, "site": site, "files": files, "digest": digest}
    return json.dumps(info, ensure_ascii=False, indent=1).encode() + b"\n"


def digest_file(output: str, made: bytes) -> int:
    """What a file adds to the digest of its tree: 256 bits of its path and of the digest of its bytes (32 bytes)."""
    return int.from_bytes(sha256(made + output.encode()).digest(), "big")


def format_digest(total: int) -> str:
    """The digest of a tree from the sum over its files, 64 hexadecimal digits.

    A sum costs the change: what a file added is subtracted, and what it adds now is added. Two trees that differ have
    sums that differ by a few hashes added and subtracted, and these are 0 modulo 2^256 by chance once in 2^256 cases
    (AdHash; Bellare and Micciancio, 1997). Somebody who picks files on purpose could search for such sets; but the
    digest only tells builds of one site apart, and an output is compared with it for nobody else.
    """
    return f"{total % _SPAN:064x}"


def digest_tree(files: Iterable[tuple[str, str]]) -> str:
    """The digest of a tree of these files (output, digest in hexadecimal), in any order."""
    return format_digest(sum(digest_file(output, bytes.fromhex(made)) for output, made in files))


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
