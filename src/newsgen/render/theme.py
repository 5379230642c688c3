"""The packaged theme: its files, its interface strings, and the digests by which pages name static files."""

import gettext
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from newsgen.core.digests import digest
from newsgen.core.text import turns
from newsgen.core.urls import as_output
from newsgen.core.walk import files_below

THEME = Path(__file__).parent.parent / "theme"


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
