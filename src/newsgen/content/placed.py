"""The language of a source by its place or name: content/en/town/a.md and content/town/a.en.md are in en."""

import re

from newsgen.config import Config
from newsgen.errors import Location, Problems

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Placed:
    """Tells languages by paths below content/. In a paper of one language paths say nothing."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._folders = {f"{language.path}/": code for code, language in config.languages.items()}
        self._endings = {f".{language.path}.md": code for code, language in config.languages.items()}

    def plain(self, path: str) -> str:
        """The path without what tells its language: pages/a.md for en/pages/a.md and for pages/a.en.md."""
        folder = next((folder for folder in self._folders if path.startswith(folder)), "")
        ending = next((ending for ending in self._endings if path.endswith(ending)), "")
        path = path.removeprefix(folder)
        return f"{path.removesuffix(ending)}.md" if ending else path

    def lang(self, given: str, path: str, place: Location, problems: Problems) -> str:
        """A story's language: what its field at `place` says, or else its path, or else the paper's."""
        folder = next((code for folder, code in self._folders.items() if path.startswith(folder)), "")
        placed = folder or next((code for ending, code in self._endings.items() if path.endswith(ending)), "")
        if given and not LANGUAGE.fullmatch(given):
            problems.add(place, "bad-value", f"`lang` is not a language code: “{given}”", "write `lang: en`")
        elif given and (own := self.config.language_of(given)) is None:
            known = " or ".join(f"`lang: {code}`" for code in (self.config.language, *self.config.languages))
            fix = f"write {known}, or put `{given}` under `languages:` in newsgen.yaml"
            problems.add(place, "unknown-language", f"the paper has no pages in “{given}”", fix)
        elif given and placed and own != placed:
            what = f"`lang` is “{given}”, and the file lies among those in “{placed}”"
            problems.add(place, "language-folder", what, f"write `lang: {placed}`, or move or rename the file")
        return given or placed or self.config.language
