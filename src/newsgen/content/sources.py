"""The files of a site: which there are, and what each is for."""

import os
import re
import stat
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path, PurePosixPath

from newsgen.core.errors import Location, Problem, Problems
from newsgen.core.messages import Message, say
from newsgen.core.opening import MAX_FOLDERS, is_inside, is_loop, is_private
from newsgen.core.site_files import CONTENT, DATA, STATIC, TEMPLATES
from newsgen.core.text import FORBIDDEN, is_reserved, nfc
from newsgen.core.walk import Obstacle, walk
from newsgen.media.photos import is_photo, locate_output
from newsgen.media.sidecar_names import is_sidecar

FRONT_MATTER_BYTES = 1024 * 1024
BODY_BYTES = 2 * 1024 * 1024
ODD_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
"""Endings of files that were meant as articles, besides `.md` itself."""

TEXT_ENDINGS = (".txt", ".doc", ".docx", ".odt", ".rtf", "")
"""Endings of files that may have been meant as articles, unless a story links to them."""


_PLAIN = re.compile(r"[A-JL-Za-z0-9._-]+\.md")
"""Names that no other name becomes in Unicode form C. `K` is not among them: U+212A becomes `K`."""

_ANY = Location("")
REFUSED = {
    Obstacle.LINK_OUTSIDE: Problem(
        _ANY,
        "link-outside",
        say("this is a link that leaves the site, or leads to a hidden file"),
        say("copy the file here instead of linking to it"),
    ),
    Obstacle.LINK_ABOVE: Problem(
        _ANY, "link-loop", say("this is a link back to a folder above it"), say("remove the link")
    ),
    Obstacle.LINK_LOOP: Problem(
        _ANY,
        "link-loop",
        say("this is a link that leads back to itself"),
        say("remove it, or put the file in its place"),
    ),
    Obstacle.TOO_DEEP: Problem(
        _ANY,
        "too-deep",
        say("this lies deeper than {most} folders", most=MAX_FOLDERS),
        say("move it up: an address has only a few steps"),
    ),
    Obstacle.NOT_A_FILE: Problem(
        _ANY,
        "not-a-file",
        say("this is neither a file nor a folder"),
        say("remove it, or put the file in its place"),
    ),
}
"""What is wrong with a file behind each obstacle, wherever it lies."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a site, as paths relative to it, sorted.

    `assets` are the files of content/ that are no articles and `static` those of static/, both as
    output → source: what is at `content/a/b.jpg` is published at `a/b.jpg`, and a photo `c.heic` at `a/c.heic.webp`.
    `sidecars` are the files of both folders that tell of pictures; they are never published. `refused` are the paths
    below these folders of what is there and cannot be used.
    """

    articles: tuple[str, ...]
    assets: dict[str, str]
    static: dict[str, str]
    data: tuple[str, ...]
    sidecars: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()

    @property
    def files(self) -> dict[str, str]:
        """The files that stories may show or link to, as output → source."""
        return {**self.assets, **self.static}

    @property
    def others(self) -> tuple[str, ...]:
        """All files but the articles."""
        return *self.assets.values(), *self.static.values(), *self.data, *self.sidecars


def find_sources(site: Path, problems: Problems) -> Sources:
    """Walk the site's folders. Hidden files, editors' backups and keys are passed over."""
    articles: list[str] = []
    assets: dict[str, str] = {}
    sidecars: list[str] = []
    refused: set[str] = set()
    for source in _walk(site, CONTENT, problems, refused):
        if source.endswith(".md"):
            articles.append(source)
        elif is_sidecar(source):
            sidecars.append(source)
        else:
            _add_file(assets, source, problems)
            if source.casefold().endswith(ODD_ENDINGS):
                fix = say("rename it to `{stem}.md`, or move it out of content/", stem=PurePosixPath(source).stem)
                what = say("this is not read as an article, since its name does not end in `.md`")
                problems.warn(Location(source), "odd-ending", what, fix)
    static: dict[str, str] = {}
    for source in _walk(site, STATIC, problems, refused):
        if is_sidecar(source):
            sidecars.append(source)
        else:
            _add_file(static, source, problems)
    data = list_data(site, problems)
    list(_walk(site, TEMPLATES, problems, set()))  # for its problems alone
    return Sources(tuple(articles), assets, static, data, tuple(sidecars), frozenset(refused))


def _add_file(files: dict[str, str], source: str, problems: Problems) -> None:
    """Add a file by the output at which it is published; a photo that is converted must not take another one's."""
    output = locate_output(source)
    if (other := files.setdefault(output, source)) != source:
        photo, taken = (source, other) if is_photo(source) else (other, source)
        what = say("the photo is published as {output}, and so is {source}", output=output, source=taken)
        problems.add(Location(photo), "duplicate-address", what, say("rename one of the two"))


def list_data(site: Path, problems: Problems) -> tuple[str, ...]:
    """The files of data/, sorted."""
    return tuple(_walk(site, DATA, problems, set()))


def add_story(site: Path, sources: Sources, source: str) -> Sources | None:
    """The sources with a new article, as `find_sources` would find them; None where it has to walk the folders again.

    The name must be plain, and articles must lie in or below its folder already.
    """
    folder, _, name = source.rpartition("/")
    if not source.startswith(f"{CONTENT}/") or not _PLAIN.fullmatch(name) or is_private(name) or is_reserved(name):
        return None
    articles = list(sources.articles)
    place = bisect_left(articles, source.split("/"), key=lambda path: path.split("/"))
    beside = articles[max(0, place - 1) : place + 1]
    if source in beside or not any(known.startswith(f"{folder}/") for known in beside):
        return None
    try:
        is_plain = os.path.realpath(site / folder) == f"{os.path.realpath(site)}/{folder}"
        is_there = is_plain and stat.S_ISREG((site / source).lstat().st_mode)
    except OSError:
        return None
    if not is_there:
        return None
    articles.insert(place, source)
    return replace(sources, articles=tuple(articles))


def _walk(site: Path, folder: str, problems: Problems, refused: set[str]) -> Iterator[str]:
    """The files below a folder of the site. What cannot be used is a problem, and its path there goes to `refused`."""
    root, inside = site / folder, os.path.realpath(site)
    seen: dict[str, str] = {}

    def refuse(source: str, obstacle: Obstacle) -> None:
        refused.add(_name_output(source))
        fault = REFUSED[obstacle]
        _refuse(source, fault.rule, fault.what, fault.fix, problems)

    def takes(source: str) -> bool:
        is_fit = _is_fit(site, source, seen.setdefault(nfc(source), source), problems)
        if not is_fit:
            refused.add(_name_output(source))
        return is_fit

    if root.is_symlink() and not is_inside(os.path.realpath(root), inside):
        refuse(folder, Obstacle.LINK_OUTSIDE)
    elif is_loop(str(root)):
        refuse(folder, Obstacle.LINK_LOOP)
    elif os.path.lexists(root) and not root.is_dir():
        what, fix = say("this should be a folder, and is none"), say("rename or remove it")
        _refuse(folder, "not-a-folder", what, fix, problems)
    elif root.is_dir():
        yield from walk(str(root), folder, inside, accept=takes, refuse=refuse)


def _name_output(source: str) -> str:
    """The path of a source below the folder of the site in which it lies."""
    return nfc(source.partition("/")[2])


def _is_fit(site: Path, source: str, twin: str, problems: Problems) -> bool:
    """Whether a name can stand on every system, and beside its `twin`, the first of this spelling in the folder."""
    name = source.rpartition("/")[2]
    if not name.isprintable():
        what = say("this has a character in its name that cannot be shown")
        _refuse(source, "odd-name", what, _suggest_name(site, source), problems)
    elif is_reserved(name):
        what = say(
            "this has a name that some systems refuse: such as `con`, `nul` and `com1`, those with {signs}, with a dot "
            "or space at the end",
            signs=FORBIDDEN,
        )
        _refuse(source, "reserved-name", what, _suggest_name(site, source), problems)
    elif twin != source:
        other = twin.rpartition("/")[2]
        what = say("this has the same name as another one here, written with other characters: {twin!a}", twin=other)
        _refuse(source, "same-name", what, say("keep one of the two, or rename it"), problems)
    else:
        return True
    return False


def _suggest_name(site: Path, source: str) -> Message:
    """The fix of a file or folder whose name cannot stand: a name that can, and that nothing beside it has."""
    folder, _, name = source.rpartition("/")
    shown = "".join(sign for sign in name if sign.isprintable())
    device, dot, rest = "".join("-" if sign in FORBIDDEN else sign for sign in shown).rstrip(". ").partition(".")
    device = device.rstrip() or "a"
    for number in count():
        better = f"{device}-{number}{dot}{rest}" if number else f"{device}{dot}{rest}"
        if not is_reserved(better) and not (site / folder / better).exists():
            break
    return say("rename it to `{name}`, and write this name where stories refer to it", name=better)


def _refuse(name: str, rule: str, what: Message, fix: Message, problems: Problems) -> None:
    problems.add(Location(os.fsencode(name).decode("utf-8", "backslashreplace")), rule, what, fix)
