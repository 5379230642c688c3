"""The language (content/en/town/a.md, content/town/a.en.md) and the section of a source, by its path."""

import re
from pathlib import PurePosixPath

from newsgen.config.settings import Config, SectionConfig, folder_key
from newsgen.core.errors import Location, Problems
from newsgen.core.messages import join_with_or, say
from newsgen.core.text import slugify

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def is_number(folder: str) -> bool:
    """Whether the name of a folder is made of digits only, as those of years and months are."""
    return folder.isascii() and folder.isdigit()


class SourcePaths:
    """Finds languages and sections by paths below content/. In a paper of one language paths give sections only."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._folders = {f"{language.path}/": code for code, language in config.languages.items()}
        self._endings = {f".{language.path}.md": code for code, language in config.languages.items()}
        listed = (config.sections, *(language.sections for language in config.languages.values()))
        places = {name: section.folder for sections in listed for name, section in sections.items()}
        self._listed = frozenset((*places, *map(folder_key, places.values())))
        main = _get_custom_folders(config.sections)
        self._section_folders: dict[str, list[str]] = {}
        self._custom_folders = {config.language: main}
        for code, language in config.languages.items():  # a language takes over what it does not use otherwise
            taken = {name: folder for name, folder in main.items() if folder_key(folder) not in language.sections}
            self._custom_folders[code] = taken | _get_custom_folders(language.sections)

    def remove_language(self, path: str) -> str:
        """The path without its language: pages/a.md for en/pages/a.md and for pages/a.en.md."""
        folder = self._get_language_folder(path)
        ending = next((ending for ending in self._endings if path.endswith(ending)), "")
        path = path.removeprefix(folder)
        return f"{path.removesuffix(ending)}.md" if ending else path

    def get_section_folders(self, path: str) -> list[str]:
        """The folders that make a story's section, or the names of a section that has another folder than its name.

        The folder of an index.md is the story's own. Folders of digits, such as 2014/10, tell when it was written: they
        are left out unless newsgen.yaml lists them.
        """
        folder, _, name = path.rpartition("/")
        if name == "index.md" or name.count(".") > 1:  # it may name a language
            return self._find_section_folders(path)
        if (found := self._section_folders.get(folder)) is None:
            found = self._section_folders[folder] = self._find_section_folders(path)
        return found

    def _find_section_folders(self, path: str) -> list[str]:
        pure = PurePosixPath(self.remove_language(path))
        parts = list(pure.parts[:-1])
        found: list[str] = []
        for folder in parts[:-1] if pure.name == "index.md" and len(parts) > 1 else parts:
            if not is_number(folder) or "/".join(map(slugify, [*found, folder])) in self._listed:
                found.append(folder)
        custom = self._custom_folders[self._find_language(path) or self.config.language]
        known = {folder_key(folder): section for section, folder in custom.items()}
        keys = list(map(slugify, found)) if known else []
        for count in range(len(keys), 0, -1):
            if section := known.get("/".join(keys[:count])):
                return [*section.split("/"), *found[count:]]
        return found

    def get_section(self, path: str) -> str:
        """A story's section after the folder of its language, if that has one: en/town for en/town/2014/a.md."""
        return (self._get_language_folder(path) + "/".join(self.get_section_folders(path))).removesuffix("/")

    def get_folder(self, name: str) -> str:
        """The folder below content/ of a section, named as `section_name` does: en/business for en/kinh-te."""
        language = self._get_language_folder(f"{name}/")
        section, below = name.removeprefix(language), ""
        custom = self._custom_folders[self._folders.get(language, self.config.language)]
        while section and section not in custom:
            section, _, last = section.rpartition("/")
            below = f"/{last}{below}"
        return f"{language}{custom[section]}{below}" if section else name

    def _get_language_folder(self, path: str) -> str:
        return next((folder for folder in self._folders if path.startswith(folder)), "")

    def _find_language(self, path: str) -> str:
        """The language of a path; "" where it has none."""
        folder = self._folders.get(self._get_language_folder(path), "")
        return folder or next((code for ending, code in self._endings.items() if path.endswith(ending)), "")

    def read_language(self, given: str, path: str, place: Location, problems: Problems) -> str:
        """A story's language: what its field at `place` says, or else its path, or else the paper's."""
        placed = self._find_language(path)
        if given and not LANGUAGE.fullmatch(given):
            what = say("`{name}` is not a language code: “{code}”", name="lang", code=given)
            problems.add(place, "bad-value", what, say("write `lang: en`"))
        elif given and (code := self.config.language_of(given)) is None:
            known = join_with_or([f"`lang: {code}`" for code in (self.config.language, *self.config.languages)])
            fix = say("write {known}, or put `{code}` under `languages:` in newsgen.yaml", known=known, code=given)
            problems.add(place, "unknown-language", say("the paper has no pages in “{code}”", code=given), fix)
        elif given and placed and code != placed:
            what = say("`lang` is “{given}”, and the file lies among those in “{placed}”", given=given, placed=placed)
            fix = say("write `lang: {code}`, or move or rename the file", code=placed)
            problems.add(place, "language-folder", what, fix)
        return given or placed or self.config.language


def _get_custom_folders(sections: dict[str, SectionConfig]) -> dict[str, str]:
    """The folders of the sections whose folder is not their name."""
    return {name: section.folder.strip("/") for name, section in sections.items() if section.folder}
