"""The files of a site: which there are, what each is for, and their text."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newsgen.core.errors import Location, Problems
from newsgen.core.messages import Message, say
from newsgen.core.opening import DEEPEST, is_inside, is_loop, is_private
from newsgen.core.text import FORBIDDEN, is_reserved, nfc
from newsgen.core.urls import as_output

CONTENT, STATIC, DATA, TEMPLATES = "content", "static", "data", "templates"
FRONT_MATTER_BYTES = 1024 * 1024
BODY_BYTES = 2 * 1024 * 1024
ODD_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
"""How files end that were meant as articles, but for `.md` itself."""
LOOP = say("this is a link that leads back to itself")

TEXT_ENDINGS = (".txt", ".doc", ".docx", ".odt", ".rtf", "")
"""How files end that may have been meant as articles, unless a story links to them."""


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

    @property
    def files(self) -> dict[str, str]:
        """Those that stories may show or link to, as output → source."""
        return {**self.assets, **self.static}


def find_sources(site: Path, problems: Problems) -> Sources:
    """Walk the site's folders. Hidden files, editors' backups and keys are passed over."""
    articles: list[str] = []
    assets: dict[str, str] = {}
    for source in _walk(site, CONTENT, problems):
        if source.endswith(".md"):
            articles.append(source)
        else:
            assets[as_output(nfc(source.removeprefix("content/")))] = source
            if source.casefold().endswith(ODD_ENDINGS):
                fix = say("rename it to `{stem}.md`, or move it out of content/", stem=PurePosixPath(source).stem)
                what = say("this is not read as an article, since its name does not end in `.md`")
                problems.warn(Location(source), "odd-ending", what, fix)
    static: dict[str, str] = {
        as_output(nfc(source.removeprefix("static/"))): source for source in _walk(site, STATIC, problems)
    }
    data = tuple(_walk(site, DATA, problems))
    for _ in _walk(site, TEMPLATES, problems):
        pass
    return Sources(tuple(articles), assets, static, data)


def _walk(site: Path, folder: str, problems: Problems) -> Iterator[str]:
    root, inside = site / folder, os.path.realpath(site)
    if root.is_symlink() and not is_inside(os.path.realpath(root), inside):
        _refuse_link(folder, problems)
    elif is_loop(str(root)):
        _refuse(folder, "link-loop", LOOP, say("remove the link"), problems)
    elif os.path.lexists(root) and not root.is_dir():
        what = say("this should be a folder, and is none")
        _refuse(folder, "not-a-folder", what, say("rename or remove it"), problems)
    elif root.is_dir():
        yield from _walk_folder(str(root), folder, inside, frozenset(), problems)


def _walk_folder(folder: str, name: str, site: str, above: frozenset[str], problems: Problems) -> Iterator[str]:
    real = os.path.realpath(folder)
    if real in above:
        what = say("this is a link back to a folder above it")
        _refuse(name, "link-loop", what, say("remove the link"), problems)
        return
    if len(above) >= DEEPEST:
        what = say("this lies deeper than {most} folders", most=DEEPEST)
        _refuse(name, "too-deep", what, say("move it up: an address has only a few steps"), problems)
        return
    seen: dict[str, str] = {}
    for entry in _entries(folder):
        if is_private(entry.name):
            continue
        source = f"{name}/{entry.name}"
        twin = seen.setdefault(nfc(entry.name), entry.name)
        if entry.is_symlink() and not is_inside(os.path.realpath(entry.path), site):
            _refuse_link(source, problems)
        elif not _is_fit(entry.name, twin, source, problems):
            continue
        elif entry.is_symlink() and is_loop(entry.path):
            _refuse(source, "link-loop", LOOP, say("remove the link"), problems)
        elif entry.is_dir():
            yield from _walk_folder(entry.path, source, site, above | {real}, problems)
        elif entry.is_file():
            yield source
        else:
            what = say("this is neither a file nor a folder")
            _refuse(source, "not-a-file", what, say("remove it"), problems)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder by name; nothing in one that has just gone."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []


def _is_fit(name: str, twin: str, source: str, problems: Problems) -> bool:
    """Whether a name can stand on every system, and beside its `twin`, the first of this spelling in the folder."""
    if not name.isprintable():
        what = say("this has a character in its name that cannot be shown")
        _refuse(source, "odd-name", what, say("rename it"), problems)
    elif is_reserved(name):
        what = say(
            "this has a name that some systems refuse: such as `con`, `nul` and `com1`, those with {signs}, with a dot "
            "or space at the end",
            signs=FORBIDDEN,
        )
        _refuse(source, "reserved-name", what, say("rename it"), problems)
    elif twin != name:
        what = say("this has the same name as another one here, written with other characters: {twin!a}", twin=twin)
        _refuse(source, "same-name", what, say("keep one of the two, or rename it"), problems)
    else:
        return True
    return False


def _refuse_link(source: str, problems: Problems) -> None:
    what = say("this is a link that leaves the site, or leads to a hidden file")
    _refuse(source, "link-outside", what, say("copy the file here instead of linking to it"), problems)


def _refuse(name: str, rule: str, what: Message, fix: Message, problems: Problems) -> None:
    problems.add(Location(os.fsencode(name).decode("utf-8", "backslashreplace")), rule, what, fix)
