"""urls.lock: every address that the paper has published, with its source. It is kept in git with the site.

A line is `path <tab> source <tab> state <tab> fingerprint`. `state` is `live` or `gone`. The fingerprint holds short
digests of the story's notes (`updated`, `corrections`), of its sentences, and of everything that readers see. A story
that moved has the path of its first address in a fifth field.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

from newsgen.config.settings import Config
from newsgen.core.decoding import decode
from newsgen.core.digests import digest
from newsgen.core.errors import Location, Problem, Problems
from newsgen.core.messages import Message, say
from newsgen.core.site_files import ADDRESSES
from newsgen.core.urls import is_old_path, to_path
from newsgen.core.writing import replace_file
from newsgen.model.content import PublishedAddress
from newsgen.model.manuscripts import Manuscript
from newsgen.model.permalinks import StoryLinks

_MARK = re.compile(r"([0-9a-f]{1,64}(:[A-Za-z0-9+/]*={0,2}(:[0-9a-f]{1,64})?)?)?")
"""A story's digests, as `address_book.Fingerprint` writes them."""

HEAD = (
    "# Every address that this paper has published. Written by newsgen build; keep it in git. See docs/addresses.md\n"
)


def read_address_file(site: Path, problems: Problems) -> Mapping[str, PublishedAddress]:
    """The addresses published so far, by their path from the site's root; empty when there is no file."""
    try:
        raw = (site / ADDRESSES).read_bytes()
    except FileNotFoundError:
        raw = b""
    found, faults = _parse(raw)
    problems.extend(faults)
    return found


@lru_cache(maxsize=1)  # a preview reads the same file again after every save
def _parse(raw: bytes) -> tuple[Mapping[str, PublishedAddress], Sequence[Problem]]:
    """The addresses in the bytes of a file, and the problems of its lines."""
    text, problems = decode(raw, ADDRESSES), Problems()
    if isinstance(text, Problem):
        return {}, [text]
    found = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if (fault := _find_fault(fields)) is not None:
            column, what = fault
            fix = say("restore the line from git, or delete it; after a merge take whole lines of both sides")
            problems.add(Location(ADDRESSES, number, column), "urls-lock", what, fix)
            continue
        path, source, state, mark, *first = fields
        found[path] = PublishedAddress(source, state == "gone", mark, number, *first)
    return found, problems.found


def _find_fault(fields: list[str]) -> tuple[int, Message] | None:
    """The column and the description of the first fault in a line's fields; None for a line that newsgen can write."""
    if len(fields) not in (4, 5):
        return 1, say("this line has {count} fields between tabs, not the 4 that an address has", count=len(fields))
    path, source, state, mark, *first = fields
    columns = [1 + sum(len(field) + 1 for field in fields[:n]) for n in range(5)]
    if not is_old_path(path):
        return columns[0], say("“{path}” is not the path of an address that newsgen publishes", path=path)
    if not source.isprintable():
        return columns[1], say("“{source}” is not the path of a source", source=source)
    if state not in ("live", "gone"):
        return columns[2], say("“{state}” is neither `live` nor `gone`", state=state)
    if not _MARK.fullmatch(mark):
        return columns[3], say("“{mark}” is not a mark that newsgen writes", mark=mark)
    if first and not is_old_path(first[0]):
        return columns[4], say("“{path}” is not the path of an address that newsgen publishes", path=first[0])
    return None


def has_address_file(site: Path) -> bool:
    """Whether the site has the file."""
    return (site / ADDRESSES).is_file()


def digest_address_file(site: Path) -> str:
    """The digest of the file; "" where there is none."""
    path = site / ADDRESSES
    return digest(path.read_bytes()) if path.is_file() else ""


def write_address_file(site: Path, addresses: Mapping[str, PublishedAddress]) -> None:
    """Replace the file in one step. Nothing is written where its bytes would be the same.

    Raises:
        OSError: when the file cannot be written.
    """
    data = encode_address_file(addresses)
    path = site / ADDRESSES
    if path.is_file() and path.read_bytes() == data:
        return
    replace_file(path, data, lasting=True)


def encode_address_file(addresses: Mapping[str, PublishedAddress]) -> bytes:
    """The bytes of the file: one line per address, sorted, so that git can merge two versions."""
    lines = (_write_line(path, published) for path, published in sorted(addresses.items()))
    return (HEAD + "".join(lines)).encode()


def _write_line(path: str, published: PublishedAddress) -> str:
    fields = [path, published.source, "gone" if published.is_gone else "live", published.fingerprint]
    return "\t".join([*fields, published.first] if published.first else fields) + "\n"


def keep_published_slugs(
    manuscripts: Iterable[Manuscript], addresses: Mapping[str, PublishedAddress], config: Config
) -> Iterable[Manuscript]:
    """The manuscripts; one whose title makes another slug today keeps the slug that urls.lock has for it."""
    links = StoryLinks(config)

    def settle(m: Manuscript) -> Manuscript:
        if not m.former_slug:
            return m
        former = replace(m, slug=m.former_slug)
        known = addresses.get(to_path(links.of(former).url, config.base))
        return former if known is not None and known.source == m.source and not known.is_gone else m

    return map(settle, manuscripts) if addresses else manuscripts
