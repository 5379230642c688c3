"""urls.lock: every address that the paper has published, with its source. It lies in the site's folder, in its git.

A line is `path <tab> source <tab> state <tab> mark`: `state` is `live` or `gone`, `mark` the short digests of the
story's notes (`updated`, `corrections`), of its sentences, and of all that readers see of it.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from newsgen.decoding import decode
from newsgen.digests import digest
from newsgen.errors import Location, Problem, Problems
from newsgen.site.redirects import Published

FILE = "urls.lock"
HEAD = (
    "# Every address that this paper has published. Written by newsgen build; keep it in git. See docs/addresses.md\n"
)


def read_ledger(site: Path, problems: Problems) -> dict[str, Published]:
    """The addresses published so far, by their path from the site's root; empty when there is no file."""
    try:
        raw = (site / FILE).read_bytes()
    except FileNotFoundError:
        return {}
    text = decode(raw, FILE)
    if isinstance(text, Problem):
        problems.extend([text])
        return {}
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != 4 or parts[2] not in ("live", "gone") or not parts[0].startswith("/"):
            what, fix = "this line is no address of the ledger", "take both sides of a merge, whole lines of each"
            problems.add(Location(FILE, number), "urls-lock", what, fix)
            continue
        path, source, state, mark = parts
        found[path] = Published(source, state == "gone", mark, number)
    return found


def is_kept(site: Path) -> bool:
    """Whether the site keeps a ledger."""
    return (site / FILE).is_file()


def ledger_digest(site: Path) -> str:
    """The digest of the file; "" where there is none."""
    path = site / FILE
    return digest(path.read_bytes()) if path.is_file() else ""


def write_ledger(site: Path, ledger: Mapping[str, Published]) -> None:
    """Write the file in one step; the same ledger gives the same bytes, and is not written again.

    Raises:
        OSError: when the machine refuses it.
    """
    data = ledger_bytes(ledger)
    path, part = site / FILE, site / f".{FILE}.part"
    if path.is_file() and path.read_bytes() == data:
        return
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def ledger_bytes(ledger: Mapping[str, Published]) -> bytes:
    """The file of a ledger: one line an address, sorted, so that git can merge two of them."""
    lines = (f"{path}\t{p.source}\t{'gone' if p.is_gone else 'live'}\t{p.mark}\n" for path, p in sorted(ledger.items()))
    return (HEAD + "".join(lines)).encode()
