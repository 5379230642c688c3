"""The packaged theme: its files, its interface strings, and the digests by which pages name static files."""

import gettext
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from newsgen.core.digests import digest
from newsgen.core.messages import say
from newsgen.core.queries import Query, QueryMethods, show_presence
from newsgen.core.questions import OnQuestion, ignore_question
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


class Fingerprints(QueryMethods):
    """Digests of static files for `asset()`, each read once."""

    def __init__(self, files: Mapping[str, Path], on_question: OnQuestion = ignore_question) -> None:
        super().__init__(on_question)
        self._files = files

    @Query(say("the file {output}"), show=show_presence, outside=True)
    def static(self, output: str) -> str:
        """Eight hexadecimal digits of the digest of a static file, "" for one that is not published."""
        return digest(self._files[output].read_bytes())[:8] if output in self._files else ""
