"""What a source's place or name says: its language (content/en/town/a.md, content/town/a.en.md) and its section."""

import re
from pathlib import PurePosixPath

from newsgen.config import Config
from newsgen.errors import Location, Problems
from newsgen.text import slugify

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def is_number(folder: str) -> bool:
    """Whether the name of a folder is made of digits only, as those of years and months are."""
    return folder.isascii() and folder.isdigit()


class Placed:
    """Tells languages and sections by paths below content/. In a paper of one language paths tell sections only."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._folders = {f"{language.path}/": code for code, language in config.languages.items()}
        self._endings = {f".{language.path}.md": code for code, language in config.languages.items()}
        listed = (config.sections, *(language.sections for language in config.languages.values()))
        self._listed = frozenset(name for sections in listed for name in sections)

    def plain(self, path: str) -> str:
        """The path without what tells its language: pages/a.md for en/pages/a.md and for pages/a.en.md."""
        folder = next((folder for folder in self._folders if path.startswith(folder)), "")
        ending = next((ending for ending in self._endings if path.endswith(ending)), "")
        path = path.removeprefix(folder)
        return f"{path.removesuffix(ending)}.md" if ending else path

    def folders(self, path: str) -> list[str]:
        """The folders that make a story's section. The folder of an index.md is the story's own.

        Folders of digits, such as 2014/10, tell when it was written: they are left out unless newsgen.yaml lists them.
        """
        pure = PurePosixPath(self.plain(path))
        parts = list(pure.parts[:-1])
        found: list[str] = []
        for folder in parts[:-1] if pure.name == "index.md" and len(parts) > 1 else parts:
            if not is_number(folder) or "/".join(map(slugify, [*found, folder])) in self._listed:
                found.append(folder)
        return found

    def section_folder(self, path: str) -> str:
        """The folder below content/ that a story's section has: en/town for en/town/2014/a.md."""
        language = next((folder for folder in self._folders if path.startswith(folder)), "")
        return (language + "/".join(self.folders(path))).removesuffix("/")

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
