"""Find files by their names alone, for paths that are misspelled or out of date."""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from newsgen.core.errors import MIN_LIKENESS
from newsgen.core.text import slugify

_NUMBERS = re.compile(r"\d+")
SHORT = 8
"""Names with fewer letters may also differ in a doubled letter, or in two letters that changed places."""


def find_nearest_file(name: str, known: Iterable[str]) -> str | None:
    """The file that a misspelled name means, if one is similar; endings, diacritics and separators count little.

    A file with another number (`anh-3.jpg` for `anh-5.jpg`) is another file.
    """
    letters, numbers = _stem(name)
    ending = posixpath.splitext(name)[1]
    matcher = SequenceMatcher()
    matcher.set_seq2(letters)
    similar: list[tuple[float, bool, str]] = []
    for other in known:
        other_letters, other_numbers = _stem(other)
        if numbers <= other_numbers or other_numbers <= numbers:
            matcher.set_seq1(other_letters)
            if likeness := _likeness(matcher, letters, other_letters):
                similar.append((likeness, other.endswith(ending), other))
    return max(similar)[-1] if similar else None


@lru_cache(maxsize=1 << 16)
def _stem(name: str) -> tuple[str, Counter[str]]:
    """The letters and digits of a name without its ending, and the numbers in it."""
    stem = posixpath.splitext(name)[0]
    words = slugify(stem) or stem.casefold()
    return words.replace("-", ""), Counter(_NUMBERS.findall(words))


def _likeness(matcher: SequenceMatcher[str], letters: str, others: str) -> float:
    """From MIN_LIKENESS to 1 for the same letters; 0 where one is no misspelling of the other."""
    if len(letters) < SHORT and set(letters) == set(others) and matcher.ratio() > 0.5:
        return max(matcher.ratio(), MIN_LIKENESS)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < MIN_LIKENESS:
        return 0
    likeness = matcher.ratio()
    return likeness if likeness >= MIN_LIKENESS else 0


class FilesByName:
    """Paths of stories by the name of their file, or of its folder for an index.md."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._by_folder: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for path in paths:
            folder, name = _split(path)
            self._by_name[name].append(path)
            self._by_folder[folder][name] = path

    def nearest(self, path: str) -> str | None:
        """The file of this name in any folder if there is only one, or else the nearest name in the same folder."""
        folder, name = _split(path)
        same = self._by_name.get(name, [])
        if len(same) == 1:
            return same[0]
        beside = self._by_folder.get(folder, {})
        close = find_nearest_file(name, beside)
        return beside[close] if close is not None else None


def _split(path: str) -> tuple[str, str]:
    """The folder and the name of a story."""
    folder, name = posixpath.split(path.removesuffix(".md"))
    return posixpath.split(folder) if name == "index" and folder else (folder, name)
