"""Themes: their files, their interface strings, and the digests of static files."""

import gettext
from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec
from markupsafe import Markup

from newsgen.core.digests import digest
from newsgen.core.messages import say
from newsgen.core.queries import Query, QueryMethods, show_presence
from newsgen.core.questions import OnQuestion, ignore_question
from newsgen.core.text import has_right_to_left
from newsgen.core.urls import as_output
from newsgen.core.walk import walk_files

THEME = Path(__file__).parent.parent / "theme"
PREFIX = "theme/"
WITHHELD = "-"
"""What stands for the digest of a picture that nobody may see."""

OF_PLUGIN = "theme-of-"
"""How the names of files in themes begin in messages."""


class Theme(msgspec.Struct, frozen=True):
    """The themes below a site's own files: those of its plugins in their order, by their names, then the packaged one.

    Each is a folder with `templates/`, `static/` and `locale/`. In messages the packaged one is `theme/`, and that of a
    plugin `cards` is `theme-of-cards/`.
    """

    plugins: Mapping[str, Path] = msgspec.field(default_factory=dict)

    @property
    def folders(self) -> Mapping[str, Path]:
        """The folder of each theme by its name in messages, the nearest first."""
        return {**{f"{OF_PLUGIN}{name}/": folder for name, folder in self.plugins.items()}, PREFIX: THEME}

    def static(self) -> dict[str, Path]:
        """The static files, output → file."""
        found: dict[str, Path] = {}
        for folder in reversed([*self.folders.values()]):
            found.update((as_output(name), path) for name, path in walk_files(folder / "static"))
        return found

    def shown(self, path: Path) -> str | None:
        """The name in messages of a file of a theme; None for any other."""
        for name, folder in self.folders.items():
            if path.is_relative_to(folder):
                return name + path.relative_to(folder).as_posix()
        return None

    def root(self, path: Path) -> Path | None:
        """The folder of the theme that a file is in; None for any other file."""
        return next((folder for folder in self.folders.values() if path.is_relative_to(folder)), None)

    def translations(self, language: str) -> gettext.NullTranslations:
        """The interface strings of a language; English where no catalogue has them."""
        wanted = [language.replace("-", "_"), language.partition("-")[0].partition("_")[0]]
        nearest, *others = (
            gettext.translation("newsgen", folder / "locale", wanted, fallback=True) for folder in self.folders.values()
        )
        for other in others:
            nearest.add_fallback(other)
        return nearest


PACKAGED = Theme()
"""The packaged theme alone."""


def isolate(text: str) -> str:
    """The text, in a `<bdi>` if it has right-to-left characters, which could reorder the text around it."""
    return Markup("<bdi>{}</bdi>").format(text) if has_right_to_left(text) else text


class StaticFiles(QueryMethods):
    """The digests of static files, for `asset()`; `withheld` are pictures that nobody may see."""

    def __init__(
        self,
        files: Mapping[str, Path],
        on_question: OnQuestion = ignore_question,
        withheld: Collection[str] = frozenset(),
    ) -> None:
        super().__init__(on_question)
        self._files, self._withheld = files, withheld

    @Query(say("the file {output}"), show=show_presence, outside=True)
    def static(self, output: str) -> str:
        """Eight hexadecimal digits of the digest of a static file; "" for one that is not there."""
        if output in self._withheld:
            return WITHHELD
        return digest(self._files[output].read_bytes())[:8] if output in self._files else ""
