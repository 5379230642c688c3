"""The packaged theme: its files, its interface strings, and the digests by which pages name static files."""

import gettext
import os
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from newsgen.digests import digest
from newsgen.text import turns

THEME = Path(__file__).parent.parent / "theme"


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder with their "/"-separated paths in it, hidden ones left out; sorted."""
    for name in names_below(folder):
        yield name, folder / name


def names_below(folder: Path) -> Iterator[str]:
    """The paths in a folder of the files below it, "/"-separated, hidden ones left out; sorted."""
    top = len(os.path.join(folder, ""))  # noqa: PTH118 - a Path each would take longer than the walk
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        steps = root[top:].replace(os.sep, "/")
        for name in sorted(names):
            if not name.startswith("."):
                yield f"{steps}/{name}" if steps else name


def theme_static() -> dict[str, Path]:
    """The theme's static files, output → file."""
    return dict(files_below(THEME / "static"))


def isolate(text: str) -> str:
    """The text, in a `<bdi>` where it could turn what stands around it."""
    return Markup("<bdi>{}</bdi>").format(text) if turns(text) else text


def translations(language: str) -> gettext.NullTranslations:
    """The interface strings of a language; English where there is no catalogue."""
    wanted = [language.replace("-", "_"), language.partition("-")[0].partition("_")[0]]
    return gettext.translation("newsgen", THEME / "locale", wanted, fallback=True)


class Fingerprints:
    """Digests of static files for `asset()`, each read once."""

    def __init__(self, files: dict[str, Path]) -> None:
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
