"""The packaged theme: its files, its interface strings, and the digests by which pages name static files."""

import gettext
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from markupsafe import Markup

from newsgen.core.digests import digest
from newsgen.core.opening import DEEPEST, is_inside, is_loop
from newsgen.core.text import turns
from newsgen.core.urls import as_output

THEME = Path(__file__).parent.parent / "theme"


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder with their "/"-separated paths in it, hidden ones left out; sorted."""
    for name in names_below(folder):
        yield name, folder / name


def names_below(folder: Path) -> Iterator[str]:
    """The paths in a folder of the files below it, "/"-separated, hidden ones left out; sorted.

    Links to folders are followed as long as they lead to where the folder itself lies, and not to one above.
    """
    real = os.path.realpath(folder)
    yield from _names_below(os.fspath(folder), "", real, frozenset(), os.path.dirname(real))  # noqa: PTH120


def _names_below(folder: str, steps: str, real: str, above: frozenset[str], site: str) -> Iterator[str]:
    if len(above) >= DEEPEST:
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    folders = []
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if not (entry.is_symlink() and is_loop(entry.path)) and entry.is_dir():
            folders.append(entry)
        else:
            yield steps + entry.name
    for entry in folders:
        lies = os.path.realpath(entry.path) if entry.is_symlink() else f"{real}/{entry.name}"
        if not entry.is_symlink() or (lies not in above | {real} and is_inside(lies, site)):
            yield from _names_below(entry.path, f"{steps}{entry.name}/", lies, above | {real}, site)


def theme_static() -> dict[str, Path]:
    """The theme's static files, output → file."""
    return {as_output(name): path for name, path in files_below(THEME / "static")}


def isolate(text: str) -> str:
    """The text, in a `<bdi>` where it could turn what stands around it."""
    return Markup("<bdi>{}</bdi>").format(text) if turns(text) else text


def translations(language: str) -> gettext.NullTranslations:
    """The interface strings of a language; English where there is no catalogue."""
    wanted = [language.replace("-", "_"), language.partition("-")[0].partition("_")[0]]
    return gettext.translation("newsgen", THEME / "locale", wanted, fallback=True)


class Fingerprints:
    """Digests of static files for `asset()`, each read once."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._known: dict[str, str] = {}

    def of(self, output: str) -> str:
        """Eight hexadecimal digits of a static file's digest.

        Raises:
            KeyError: when no such file is published.
        """
        if output not in self._known:
            self._known[output] = digest(self._files[output].read_bytes())[:8]
        return self._known[output]

    def fingerprint(self, output: str) -> str:
        """As `of`, "" for a file that is not published."""
        return self.of(output) if output in self._files else ""
