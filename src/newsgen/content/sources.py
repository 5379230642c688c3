"""The files of a site: which there are, what each is for, and their text."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newsgen.errors import Location, Problems
from newsgen.text import nfc

CONTENT, STATIC, DATA, TEMPLATES = "content", "static", "data", "templates"
FRONT_MATTER_BYTES = 64 * 1024
BODY_BYTES = 2 * 1024 * 1024
PRIVATE_ENDINGS = ("~", ".swp", ".swo", ".bak", ".orig", ".tmp", ".pem", ".key")


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a site, as paths relative to it, sorted.

    `assets` are the files of content/ that are no articles and `static` those of static/, both as
    output → source: what is at `content/a/b.jpg` is published at `a/b.jpg`.
    """

    articles: tuple[str, ...]
    assets: dict[str, str]
    static: dict[str, str]
    data: tuple[str, ...]


def find_sources(site: Path, problems: Problems) -> Sources:
    """Walk the site's folders. Hidden files, editors' backups and keys are passed over."""
    articles: list[str] = []
    assets: dict[str, str] = {}
    for source in _walk(site, CONTENT, problems):
        if source.endswith(".md"):
            articles.append(source)
        else:
            assets[nfc(source.removeprefix("content/"))] = source
    static = {nfc(source.removeprefix("static/")): source for source in _walk(site, STATIC, problems)}
    data = tuple(_walk(site, DATA, problems))
    return Sources(tuple(articles), assets, static, data)


def _walk(site: Path, folder: str, problems: Problems) -> Iterator[str]:
    root = site / folder
    if root.is_dir():
        inside = os.path.realpath(site)
        yield from _walk_folder(root, PurePosixPath(folder), inside, frozenset(), problems)


def _walk_folder(
    folder: Path, name: PurePosixPath, site: str, above: frozenset[str], problems: Problems
) -> Iterator[str]:
    real = os.path.realpath(folder)
    if real in above:
        _refuse(name, "link-loop", "is a link back to a folder above it", "remove the link", problems)
        return
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        source = name / entry.name
        if _is_private(entry.name):
            continue
        if entry.is_symlink() and not _is_open(os.path.realpath(entry.path), site):
            fix = "copy the file here instead of linking to it"
            _refuse(source, "link-outside", "is a link that leaves the site, or leads to a hidden file", fix, problems)
        elif not entry.name.isprintable():
            _refuse(source, "odd-name", "has a character in its name that cannot be shown", "rename it", problems)
        elif entry.is_dir():
            yield from _walk_folder(Path(entry.path), source, site, above | {real}, problems)
        elif entry.is_file():
            yield str(source)
        else:
            _refuse(source, "not-a-file", "is neither a file nor a folder", "remove it", problems)


def _is_private(name: str) -> bool:
    hidden = name.startswith((".", "#")) and name != ".well-known"
    return hidden or name.casefold().endswith(PRIVATE_ENDINGS) or name in ("Thumbs.db", "desktop.ini")


def _is_open(path: str, site: str) -> bool:
    """Whether a real path lies in the site, and none of its steps below it is private."""
    real = Path(path)
    return real.is_relative_to(site) and not any(map(_is_private, real.relative_to(site).parts))


def _refuse(name: PurePosixPath, rule: str, what: str, fix: str, problems: Problems) -> None:
    problems.add(Location(os.fsencode(name).decode("utf-8", "backslashreplace")), rule, f"this {what}", fix)
